package charts

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// contents fills the first sheet: what the workbook is, on what it stands, and a link to every sheet.
func (b *bookWriter) contents() error {
	t := b.Words.T
	at := 1
	put := func(col int, value any, l cellLook) error {
		id, err := b.style(l)
		if err != nil {
			return err
		}
		cell, err := excelize.CoordinatesToCellName(col, at)
		if err != nil {
			return err
		}
		// A text set as a text is never read as a formula.
		if s, ok := value.(string); ok {
			err = b.file.SetCellStr(b.home, cell, bookText(s))
		} else {
			err = b.file.SetCellValue(b.home, cell, value)
		}
		if err != nil {
			return err
		}
		return b.file.SetCellStyle(b.home, cell, cell, id)
	}
	if err := put(1, b.Title, cellLook{role: "title"}); err != nil {
		return err
	}
	at++
	for _, f := range append(b.Facts, BookFact{t("book.address"), b.Address}, BookFact{t("book.blanks"), t("book.blanks.mean")}) {
		at++
		if err := put(1, f.Label, cellLook{role: "fact"}); err != nil {
			return err
		}
		for i, line := range broken(f.Text) {
			if i > 0 {
				at++
			}
			if err := put(2, line, cellLook{role: "plain"}); err != nil {
				return err
			}
		}
	}
	at += 2
	head := at
	for i, key := range []string{"book.number", "book.sheet", "book.rows", "book.chart", "book.about"} {
		format := ""
		if i == 2 {
			format = numberHead
		}
		if err := put(i+1, t(key), cellLook{role: "head", format: format}); err != nil {
			return err
		}
	}
	for i, s := range b.Sheets {
		at++
		if err := put(1, i+1, cellLook{role: "text"}); err != nil {
			return err
		}
		name, drawn, about := cellLook{role: "link"}, "", s.Hint
		if b.names[i] == "" {
			name, about = cellLook{role: "text", tone: "mute"}, s.Empty
		} else if err := b.file.SetCellHyperLink(b.home, cellName(2, at), quoted(b.names[i])+"A1", "Location"); err != nil {
			return err
		}
		if plotOf(s.Chart) != nil {
			drawn = t("book.native")
		}
		for col, one := range []struct {
			value any
			look  cellLook
		}{{s.Title, name}, {len(s.Rows), cellLook{role: "number", format: "#,##0"}}, {drawn, cellLook{role: "text"}}, {about, cellLook{role: "text", tone: "mute"}}} {
			if err := put(col+2, one.value, one.look); err != nil {
				return err
			}
		}
	}
	for col, width := range []float64{14, 34, 8, 18, 70} {
		if err := b.file.SetColWidth(b.home, columnName(col+1), columnName(col+1), width); err != nil {
			return err
		}
	}
	if err := b.file.SetPanes(b.home, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	grid := false
	if err := b.file.SetSheetView(b.home, 0, &excelize.ViewOptions{ShowGridLines: &grid}); err != nil {
		return err
	}
	// The sheet of contents is the first of a new file and is open already; to say so again would read every sheet back.
	return b.page(b.home, span(1, 1, 5, max(at, head)), "", 0)
}

// broken sets a long text on lines as wide as the sheet, parted where it lists things.
func broken(text string) []string {
	const most = 120
	var lines []string
	line := ""
	for _, part := range strings.SplitAfter(text, "、") {
		if line != "" && wide(line)+wide(part) > most {
			lines, line = append(lines, line), ""
		}
		line += part
	}
	return append(lines, line)
}

func cellName(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err) // both are ours
	}
	return name
}

func columnName(col int) string {
	name, err := excelize.ColumnNumberToName(col)
	if err != nil {
		panic(err) // ours
	}
	return name
}
