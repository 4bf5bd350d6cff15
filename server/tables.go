package server

import "taizhang/analytics"

// table is what stands under a card's title, or behind its chart.
type table struct {
	Caption string
	Columns []column
	Rows    []row
	Tall    bool // scrolls inside its card
	Fold    int  // the rows from here on are folded away until asked for; 0: none
}

// column is a header; Kind is num, day, word (kept on one line), text or empty.
type column struct {
	Label, Unit, Kind string
	Href              string // orders the lines by it
	Sorted            bool   // they are
}

// row is a line; Sum marks totals.
type row struct {
	Cells []cell
	Sum   bool
}

// cell is one value with what stands under it.
type cell struct {
	figure
	Kind  string // the column's
	Was   string // the value before, shown struck
	Small string // a second line
	Light *light
	Tag   *span
	Bar   *bar
	Spark string // path of a small line
}

// columns begins a table; headers are page.col.KEY, a kind may stand after a colon: "tax:num".
func (p page) columns(specs ...colSpec) *table {
	t := &table{}
	for _, s := range specs {
		t.Columns = append(t.Columns, column{Label: p.T("page.col." + s.key), Unit: s.unit, Kind: s.kind})
	}
	return t
}

type colSpec struct{ key, kind, unit string }

func col(key string) colSpec                 { return colSpec{key: key} }
func numCol(key, unit string) colSpec        { return colSpec{key, "num", unit} }
func dayCol(key string) colSpec              { return colSpec{key: key, kind: "day"} }
func textCol(key string) colSpec             { return colSpec{key: key, kind: "text"} }
func wordCol(key string) colSpec             { return colSpec{key: key, kind: "word"} }
func words(s string) cell                    { return cell{figure: figure{Value: orDash(s)}} }
func leads(s, href string) cell              { return cell{figure: figure{Value: orDash(s), Href: href}} }
func dated(d analytics.Date) cell            { return cell{figure: figure{Value: day(d)}} }
func (c cell) under(small string) cell       { c.Small = small; return c }
func (c cell) from(href string) cell         { c.Href = href; return c }
func (c cell) toned(tone string) cell        { c.Tone = tone; return c }
func (c cell) tagged(text, tone string) cell { c.Tag = &span{text, tone}; return c }

// num is a figure in a column whose header carries the unit.
func num(f figure) cell {
	f.Unit = ""
	return cell{figure: f}
}

// own is a figure that keeps its unit in the cell.
func own(f figure) cell { return cell{figure: f} }

// add puts a line into the table.
func (t *table) add(cells ...cell) { t.put(row{Cells: cells}) }

// sum puts a totals line into the table.
func (t *table) sum(cells ...cell) { t.put(row{Cells: cells, Sum: true}) }

func (t *table) put(r row) {
	for i := range r.Cells {
		if i < len(t.Columns) {
			r.Cells[i].Kind = t.Columns[i].Kind
		}
	}
	t.Rows = append(t.Rows, r)
}

func orDash(s string) string {
	if s == "" {
		return dash
	}
	return s
}

// changed shows a figure with the one before it, when it moved.
func changed(before, now figure) cell {
	c := cell{figure: now}
	if before.Value != dash && before.Value != now.Value {
		c.Was = before.Value
	}
	return c
}
