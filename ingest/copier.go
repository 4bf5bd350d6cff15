package ingest

import (
	"slices"

	"github.com/xuri/excelize/v2"
)

// copier writes cells as they were read into a new workbook.
type copier struct {
	book          *excelize.File
	name          string // of the sheet being written
	date, percent int
	head          int  // of a header
	fresh         bool // the workbook still has its first, empty sheet
}

func newCopier(grids []*grid) (*copier, error) {
	c := &copier{book: excelize.NewFile(), fresh: true}
	iso, percent := "yyyy-mm-dd", "0.##########%"
	var err error
	if c.date, err = c.book.NewStyle(&excelize.Style{CustomNumFmt: &iso}); err != nil {
		return nil, err
	}
	if c.percent, err = c.book.NewStyle(&excelize.Style{CustomNumFmt: &percent}); err != nil {
		return nil, err
	}
	c.head, err = c.book.NewStyle(&excelize.Style{Font: bold(11, ink), Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8F0FB"}}})
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(grids, func(g *grid) bool { return g.date1904 }) {
		old := true
		err = c.book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &old})
	}
	return c, err
}

// dress makes rows of the sheet look like a header over columns wide enough to read.
func (c *copier) dress(top, bottom uint32, width int) error {
	if err := c.book.SetColWidth(c.name, "A", columnName(width), 14); err != nil {
		return err
	}
	return c.book.SetCellStyle(c.name, address(top, 0), address(bottom, max(width-1, 0)), c.head)
}

// sheet begins a sheet; the first takes the place of the empty one.
func (c *copier) sheet(name string) error {
	c.name = name
	if c.fresh {
		c.fresh = false
		return c.book.SetSheetName("Sheet1", name)
	}
	_, err := c.book.NewSheet(name)
	return err
}

// row writes cells into a row, each with the type it had.
func (c *copier) row(no int, cells []cell) error {
	for i := range cells {
		if err := c.put(no, &cells[i]); err != nil {
			return err
		}
	}
	return nil
}

func (c *copier) put(no int, from *cell) error {
	at := address(uint32(no), from.col)
	switch from.kind {
	case cellNumber:
		return c.book.SetCellDefault(c.name, at, from.text)
	case cellDate:
		return c.styled(at, from.text, c.date)
	case cellPercent:
		return c.styled(at, from.text, c.percent)
	case cellBool:
		return c.book.SetCellBool(c.name, at, from.text == "1")
	}
	return c.book.SetCellStr(c.name, at, from.text)
}

func (c *copier) styled(at, digits string, style int) error {
	if err := c.book.SetCellDefault(c.name, at, digits); err != nil {
		return err
	}
	return c.book.SetCellStyle(c.name, at, at, style)
}

// merge merges what was merged within a part of a sheet, moved down by so many rows.
func (c *copier) merge(g *grid, within area, down int) error {
	for _, m := range g.merges {
		if m.top < within.top || m.bottom > within.bottom {
			continue
		}
		from, to := address(uint32(int(m.top)+down), m.left), address(uint32(int(m.bottom)+down), m.right)
		if err := c.book.MergeCell(c.name, from, to); err != nil {
			return err
		}
	}
	return nil
}

// printWide makes a sheet print across the page's width.
func printWide(book *excelize.File, sheet string) error {
	landscape, fit, wide, tall := "landscape", true, 1, 0
	if err := book.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall}); err != nil {
		return err
	}
	return book.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit})
}
