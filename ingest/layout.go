package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"

	"taizhang/internal/text"
	"taizhang/internal/wording"
	"taizhang/ledger"
)

// Origin says who decided how a table is read.
type Origin string

// The origins of a layout.
const (
	Recognised Origin = "recognised" // by its headers
	ByPerson   Origin = "person"     // mapped by hand, for this file
	Remembered Origin = "remembered" // mapped by hand before, for a table with the same headers
	NotRead    Origin = "not_read"   // nobody knows it, or a person left it unread
	Unfit      Origin = "unfit"      // a mapping that cannot be; Faults say why
)

// How much of a sheet a layout shows.
const (
	layoutLines   = 10
	layoutColumns = 120
)

// Layout is one table of a file, or a sheet nobody read, with how it was understood: what a person maps by hand.
type Layout struct {
	Mapping Mapping // as it was read, or would be
	Origin  Origin
	Shape   string         // names tables with the same headers; empty for a table without header
	Known   *Known         // the mapping it was read by, when that is remembered
	Faults  []text.Message // why the mapping does not fit
	Columns []LayoutColumn
	Lines   []LayoutLine
	Year    int               // that the sheet names, 0: none
	Given   map[string]string // field -> what the sheet says for all rows
}

// LayoutColumn is a column with its header and the unit that header and banner give it.
type LayoutColumn struct{ Column, Header, Unit string }

// LayoutLine is one of the first lines, its texts in the order of the layout's columns; Header marks those of the header.
type LayoutLine struct {
	No     uint32
	Header bool
	Cells  []string
}

// Known is a mapping that was confirmed with an earlier file.
type Known struct {
	Shape   string
	Mapping Mapping
	By, At  string // who confirmed it, and on which day
}

// lay shows the beginning of a table.
func lay(g *grid, mp Mapping, origin Origin) *Layout {
	l := &Layout{Mapping: mp, Origin: origin}
	begin := max(mp.From, 1)
	if mp.Header > begin+4 && mp.Header <= g.rows[len(g.rows)-1].no {
		begin = mp.Header - 4
	}
	width := 0
	var rows []*gridRow
	for i := range g.rows {
		r := &g.rows[i]
		if r.no < begin || len(r.cells) == 0 {
			continue
		}
		if rows = append(rows, r); len(rows) == layoutLines {
			break
		}
	}
	heads := g.headings(mp.Header, mp.rows())
	for _, r := range rows {
		width = max(width, r.cells[len(r.cells)-1].col+1)
	}
	if len(heads) > 0 {
		width = max(width, heads[len(heads)-1].col+1)
	}
	width = min(width, layoutColumns)
	for col := range width {
		l.Columns = append(l.Columns, LayoutColumn{Column: columnName(col)})
	}
	for _, h := range heads {
		if h.col < width {
			l.Columns[h.col].Header, l.Columns[h.col].Unit = h.caption(), h.unit
		}
	}
	for _, r := range rows {
		line := LayoutLine{No: r.no, Header: r.no >= mp.Header && r.no < mp.Header+uint32(mp.rows()), Cells: make([]string, width)}
		for col := range width {
			if c := r.at(col); c != nil {
				line.Cells[col] = clip(g.display(c))
			}
		}
		l.Lines = append(l.Lines, line)
	}
	l.Shape = shapeOf(heads)
	return l
}

// tell adds what was found beside the columns: units, year, values for all rows.
func (l *Layout) tell(t *table) {
	l.Year, l.Given = t.ctx.year, map[string]string{}
	for _, fv := range t.fixed {
		if !fv.given {
			l.Given[t.dataset.Fields[fv.field].Name] = clip(fv.raw)
		}
	}
	unit := func(f ledger.Field, h *heading) {
		if u, _ := t.reader.findUnit(f, h); h.col < len(l.Columns) && f.Numeric() {
			l.Columns[h.col].Unit = u.Text
		}
	}
	for i := range t.bindings {
		unit(t.dataset.Fields[t.bindings[i].field], &t.bindings[i].heading)
	}
	value, _ := t.dataset.Field(t.dataset.Pivot.Value)
	for i := range t.pivots {
		unit(value, &t.pivots[i].heading)
	}
}

var (
	anyYear    = regexp.MustCompile(`(?:19|20)\d\d年?度?`)
	anyMonths  = regexp.MustCompile(`(?:\d{1,4}|[一二三四五六七八九十]{1,6})月份?`)
	anyQuarter = regexp.MustCompile(`[一二三四1-4]季度`)
)

// key is a header without the months and years that change from file to file.
func (h *heading) key() string {
	said := headerForm(strings.Join(h.parts, ""))
	return anyQuarter.ReplaceAllString(anyMonths.ReplaceAllString(anyYear.ReplaceAllString(said, "年"), "月"), "季度")
}

// shapeOf names a header by its texts. Months side by side count once, so that a sheet keeps its shape as the year goes on.
func shapeOf(heads []heading) string {
	var keys []string
	for i := range heads {
		if key := heads[i].key(); key != "" && (len(keys) == 0 || keys[len(keys)-1] != key) {
			keys = append(keys, key)
		}
	}
	if len(keys) < 2 {
		return ""
	}
	sum := sha256.Sum256([]byte(strings.Join(keys, "\n")))
	return hex.EncodeToString(sum[:16])
}

// fitted gives a remembered mapping the columns of another file: by what their headers say, then by their order.
func (k *Known) fitted(g *grid, from, top uint32) Mapping {
	mp := k.Mapping
	mp.Sheet, mp.From, mp.Header, mp.Columns = g.name, from, top, nil
	byKey := map[string][]MappedColumn{}
	for _, c := range k.Mapping.Columns {
		byKey[c.Header] = append(byKey[c.Header], c)
	}
	for _, h := range g.headings(top, mp.Height) {
		list := byKey[h.key()]
		if len(list) == 0 {
			continue
		}
		c := list[0]
		if len(list) > 1 {
			byKey[h.key()] = list[1:]
		}
		c.Column = columnName(h.col)
		mp.Columns = append(mp.Columns, c)
	}
	for _, c := range k.Mapping.Columns {
		if c.Header == "" { // a column without a text over it is known by its place alone
			mp.Columns = append(mp.Columns, c)
		}
	}
	return mp
}

// withKeys notes what the headers of the columns say, for the next file.
func (mp *Mapping) withKeys(g *grid) {
	keys := map[string]string{}
	for _, h := range g.headings(mp.Header, mp.rows()) {
		keys[columnName(h.col)] = h.key()
	}
	columns := make([]MappedColumn, len(mp.Columns))
	for i, c := range mp.Columns {
		c.Column = strings.ToUpper(wording.Clean(c.Column))
		c.Header = keys[c.Column]
		columns[i] = c
	}
	mp.Columns = columns
}
