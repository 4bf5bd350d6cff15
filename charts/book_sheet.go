package charts

import (
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"
)

const (
	headRow   = 4  // of a sheet's table
	shortRows = 26 // a table of so many rows has its chart below, a longer one beside
	bookRows  = excelRows - 40
	leastWide = 720 // pixels of a chart below its table
	mostWide  = 1080
)

// sheetWriter is one sheet on its way: the table at the left, the chart below or beside, and what is drawn and not in the table at the right.
type sheetWriter struct {
	*bookWriter
	*BookSheet
	name string

	plot  *plot
	links []seriesRef // where the cells of each series are
	wides []float64   // of the columns, in characters
	first int         // row of the table that is drawn
	block *block      // nil when the table holds all that is drawn
	cut   int         // rows that Excel has no room for
	chart place
}

// place is where the chart stands: its upper left cell and its size in pixels.
type place struct{ col, row, width, height int }

// seriesRef is where a series' name and values are; Percent when the cells hold Excel's percentages.
type seriesRef struct {
	col     int
	percent bool
}

// block holds what is drawn and not in the table: its first column, headers and rows.
type block struct {
	col     int
	columns []BookColumn
	rows    [][]BookCell
}

func (s *sheetWriter) write() error {
	if n := len(s.Rows); n > bookRows {
		s.cut, s.Rows = n-bookRows, s.Rows[:bookRows]
		s.Notes = append(s.Notes, s.Words.T("book.cut", bookRows, n))
	}
	s.plot = plotOf(s.Chart)
	if s.plot != nil && !s.bind() {
		s.block = s.plot.block(s.Words)
	}
	s.layOut()
	if err := s.frame(); err != nil {
		return err
	}
	// The chart goes before the rows: once they are written the sheet is closed.
	if s.plot != nil {
		if err := s.draw(); err != nil {
			return err
		}
	}
	return s.rows()
}

// layOut says where everything stands.
func (s *sheetWriter) layOut() {
	for i, c := range s.Columns {
		width := wide(c.head())
		if len([]rune(c.head())) > 12 {
			width = width * 2 / 3 // on two lines
		}
		for _, r := range s.Rows[:min(len(s.Rows), 400)] {
			if i < len(r.Cells) {
				width = max(width, min(r.Cells[i].wide(c), 46))
			}
		}
		s.wides = append(s.wides, float64(max(min(width, 46), 7)+3))
	}
	next := len(s.Columns) + 1
	if s.plot != nil {
		table := 0
		for _, w := range s.wides {
			table += columnPixels(w)
		}
		s.chart.width = min(max(table, leastWide), mostWide)
		s.chart.height = s.plot.height()
		s.chart.col, s.chart.row = 1, headRow+len(s.Rows)+len(s.Notes)+3
		covered := table
		if len(s.Rows) > shortRows {
			s.wides = append(s.wides, 3)
			// Not from the header on, which is printed on every page.
			s.chart.col, s.chart.row, s.chart.width, covered = next+1, headRow+1, leastWide, 0
			next++
		}
		for ; covered < s.chart.width; next++ {
			s.wides = append(s.wides, 12)
			covered += columnPixels(12)
		}
	}
	if s.plot == nil {
		covered := 0
		for _, w := range s.wides {
			covered += columnPixels(w)
		}
		for ; covered < leastWide; covered += columnPixels(12) {
			s.wides = append(s.wides, 12) // the lines over and under a narrow table want room
		}
	}
	if s.block == nil {
		return
	}
	s.wides = append(s.wides, 4)
	s.block.col = next + 1
	for i, c := range s.block.columns {
		width := wide(c.head())
		for _, r := range s.block.rows[:min(len(s.block.rows), 400)] {
			width = max(width, r[i].wide(c))
		}
		width = min(width, 40) // a series may be called by whatever people wrote, and Excel takes 255
		s.wides = append(s.wides, float64(width+3))
		if i >= s.plot.firstValue() {
			s.links = append(s.links, seriesRef{s.block.col + i, c.Unit == percentUnit})
		}
	}
}

// wide is about how many characters a cell takes.
func (c BookCell) wide(of BookColumn) int {
	switch {
	case c.Number.Valid():
		whole := len(c.Number.Round(0).String())
		if c.As != nil {
			of = *c.As
			whole += wide(of.Unit)
		}
		return whole + whole/3 + of.Places + 2
	case !c.Day.IsZero():
		return len(time.DateOnly)
	}
	return wide(c.Text)
}

// frame sets the widths of the columns, what stays in sight, the way back and what is printed.
func (s *sheetWriter) frame() error {
	for i, w := range s.wides {
		if err := s.file.SetColWidth(s.name, columnName(i+1), columnName(i+1), w); err != nil {
			return err
		}
	}
	keep := 0
	if len(s.Columns) > 6 {
		keep = 1
	}
	corner := cellName(keep+1, headRow+1)
	panes := &excelize.Panes{Freeze: true, XSplit: keep, YSplit: headRow, TopLeftCell: corner, ActivePane: "bottomLeft"}
	if keep > 0 {
		panes.ActivePane = "bottomRight"
	}
	if err := s.file.SetPanes(s.name, panes); err != nil {
		return err
	}
	grid := false
	if err := s.file.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: &grid}); err != nil {
		return err
	}
	if err := s.file.SetCellHyperLink(s.name, "A1", quoted(s.home)+"A1", "Location"); err != nil {
		return err
	}
	if len(s.Rows) > 0 {
		last := cellName(len(s.Columns), headRow+len(s.Rows))
		if err := s.file.AddIgnoredErrors(s.name, "A1:"+last, excelize.IgnoredErrorsNumberStoredAsText); err != nil {
			return err
		}
	}
	right, bottom := max(len(s.Columns), s.columnsUnder(place{1, 1, leastWide, 0})), headRow+len(s.Rows)+len(s.Notes)+2
	if s.plot != nil {
		right = max(right, s.chart.col+s.columnsUnder(s.chart)-1)
		bottom = max(bottom, s.chart.row+s.chart.height/rowPixels+1)
	}
	high := 0
	if s.plot != nil && len(s.Rows) <= shortRows {
		high = 1 // a chart is not torn apart
	}
	return s.page(s.name, span(1, 1, right, bottom), fmt.Sprintf("$%d:$%d", headRow, headRow), high)
}

// rowPixels is the height of a row that nobody set.
const rowPixels = 20

// columnsUnder is how many columns a chart covers.
func (s *sheetWriter) columnsUnder(at place) int {
	n := 0
	for left := at.width; left > 0 && at.col+n <= len(s.wides); n++ {
		left -= columnPixels(s.wides[at.col+n-1])
	}
	return n
}
