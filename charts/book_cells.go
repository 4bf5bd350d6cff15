package charts

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"taizhang/ledger"
)

var hundred = ledger.Int(100)

// heads is the header of a table; that over numbers stands at the right.
func (s *sheetWriter) heads(columns []BookColumn) ([]any, error) {
	cells := make([]any, len(columns))
	for i, c := range columns {
		look := cellLook{role: "head"}
		if s.counts(columns, i) {
			look.format = numberHead
		}
		id, err := s.style(look)
		if err != nil {
			return nil, err
		}
		cells[i] = excelize.Cell{StyleID: id, Value: bookText(c.head())}
	}
	return cells, nil
}

// counts reports whether a column of the table or of the block holds numbers.
func (s *sheetWriter) counts(columns []BookColumn, col int) bool {
	if s.block != nil && len(columns) > 0 && &columns[0] == &s.block.columns[0] {
		return col >= s.plot.firstValue()
	}
	for _, r := range s.Rows[:min(len(s.Rows), 50)] {
		if col < len(r.Cells) && r.Cells[col].Number.Valid() {
			return true
		}
	}
	return false
}

// line is a row of a table as cells.
func (s *sheetWriter) line(columns []BookColumn, row []BookCell, sum bool) ([]any, error) {
	cells := make([]any, len(columns))
	for i, c := range columns {
		one := BookCell{}
		if i < len(row) {
			one = row[i]
		}
		look, value := one.written(c)
		look.sum = sum
		id, err := s.style(look)
		if err != nil {
			return nil, err
		}
		cells[i] = excelize.Cell{StyleID: id, Value: value}
	}
	return cells, nil
}

// written is a cell's value as the workbook holds it, nil for blank, and how it looks. Figures that a double cannot keep are written as text.
func (c BookCell) written(of BookColumn) (cellLook, any) {
	switch {
	case c.Number.Valid():
		n, own := c.Number, ""
		if c.As != nil {
			of, own = *c.As, c.As.Unit
		}
		if of.Unit == percentUnit {
			n = n.Div(hundred)
		}
		look := cellLook{role: "number", format: withUnit(numberFormat(of), own), tone: c.Tone}
		if len(strings.Trim(strings.ReplaceAll(n.String(), ".", ""), "-0")) > exactDigits {
			look.format = ""
			return look, n.String()
		}
		f, _ := n.Float()
		return look, f
	case !c.Day.IsZero():
		return cellLook{role: "day", format: isoDay, tone: c.Tone}, c.Day
	case c.Text != "":
		return cellLook{role: "text", tone: c.Tone, wrap: wide(c.Text) > 40 || strings.Contains(c.Text, "\n")}, bookText(c.Text)
	}
	return cellLook{role: "text"}, nil
}

// firstValue is the first column of a block that is drawn.
func (p *plot) firstValue() int {
	if p.Form == ganttForm {
		return ganttStart
	}
	return 1
}

// The columns of a Gantt chart's block before its bars: the axis' label, the node, what the bar is, from when it is drawn, the last day.
const (
	ganttStart = 4
	ganttFirst = 5 // the first column of lengths
)

// block is what is drawn, as a table: a row a place, a column a series.
func (p *plot) block(w Words) *block {
	b := &block{}
	switch p.Form {
	case ganttForm:
		return p.ganttBlock(w)
	case curveForm:
		b.columns = []BookColumn{{Label: w.T("book.day")}}
	default:
		b.columns = []BookColumn{{Label: w.T("book.place")}}
	}
	for _, s := range p.Series {
		unit := p.Left
		if s.Second {
			unit = p.Right
		}
		b.columns = append(b.columns, BookColumn{Label: s.Name, Unit: lastWord(unit), Places: placesOf(s.Values)})
	}
	for i := range max(len(p.Places), len(p.Days)) {
		var row []BookCell
		if p.Form == curveForm {
			row = append(row, BookCell{Day: p.Days[i]})
		} else {
			row = append(row, BookCell{Text: p.Places[i]})
		}
		for _, s := range p.Series {
			row = append(row, BookCell{Number: s.Values[i]})
		}
		b.rows = append(b.rows, row)
	}
	return b
}

// ganttBlock has a row a bar: from when to when, and its length in days in the column of its kind, which makes its colour.
func (p *plot) ganttBlock(w Words) *block {
	b := &block{columns: []BookColumn{{Label: w.T("book.axis")}, {Label: w.T("page.col.node")}, {Label: w.T("book.track")}, {Label: w.T("book.until")}, {Label: w.T("book.from")}}}
	for _, t := range p.Tracks {
		b.columns = append(b.columns, BookColumn{Label: t.Name, Unit: w.unit("days")})
	}
	least := p.tick()
	for _, bar := range p.Bars {
		row := []BookCell{{Text: bar.Label}, {Text: bar.Node}, {}, {}, {}}
		row = padded(row, len(b.columns))
		if bar.Track >= 0 {
			row[2].Text, row[3].Day, row[4].Day = p.Tracks[bar.Track].Name, bar.To.AddDate(0, 0, -1), bar.From
			days := int64(bar.To.Sub(bar.From).Hours() / 24)
			row[ganttFirst+bar.Track].Number = ledger.Int(max(days, 1))
			if p.Tracks[bar.Track].Type != "line" {
				row[ganttFirst+bar.Track].Number = ledger.Int(least) // a mark as wide as can be seen
			}
		}
		b.rows = append(b.rows, row)
	}
	return b
}
