package ingest

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"taizhang/internal/wording"
	"taizhang/ledger"
)

// Mapping says how a person wants one table of a sheet to be read. It takes the
// place of what would be recognised; values, units and checks are read as ever.
type Mapping struct {
	Sheet   string            `json:"sheet"`             // the sheet's name, empty for CSV
	From    uint32            `json:"from"`              // the row the table's part of the sheet begins at, 1-based
	Dataset string            `json:"dataset"`           // LeftUnread: this is no table
	Header  uint32            `json:"header"`            // the header's first row, 1-based; without a header the first line
	Height  int               `json:"height"`            // how many rows the header takes, 0 to 3
	Columns []MappedColumn    `json:"columns,omitempty"` // a column that is not named is ignored; none at all: as recognised under this header
	Year    int               `json:"year,omitempty"`    // of months that name none
	Fixed   map[string]string `json:"fixed,omitempty"`   // field -> what it says on every row
}

// MappedColumn says what a column fills and what it is counted in.
type MappedColumn struct {
	Column string `json:"column"`           // its letter
	Header string `json:"header,omitempty"` // what its header says, without months; tells columns apart in the next file
	Field  string `json:"field"`            // a field's name, or one of the words below
	Unit   string `json:"unit,omitempty"`   // empty: as header and banner say
}

// What a column may be beside a field.
const (
	ColumnIgnored = "-"      // not read
	ColumnValue   = "@value" // its header is a month, a tax type or an indicator, its cells are the figures
	ColumnSum     = "@sum"   // it adds others up: compared, not loaded
	ColumnDay     = "@day"   // the day a row speaks of, in our own exports
	ColumnMarks   = "@marks" // the marks of a row's values, in our own exports
)

// LeftUnread is the Dataset of a mapping that says: this is no table.
const LeftUnread = "-"

// read makes a match of a mapping; ctx stands above its header.
func (mp *Mapping) read(g *grid, d *ledger.Dataset, ctx sheetContext) *match {
	heads := mp.headings(g)
	var m *match
	if len(mp.Columns) == 0 {
		m = matchDataset(d, heads, ctx)
	} else {
		m = mp.assign(d, heads, ctx)
	}
	m.top, m.height = mp.Header, mp.Height
	return m
}

// rows is the height of the header as far as it can be.
func (mp *Mapping) rows() int { return min(max(mp.Height, 0), headerHeight) }

// headings are those of the header, and one for each mapped column without a text over it.
func (mp *Mapping) headings(g *grid) []heading {
	heads := g.headings(mp.Header, mp.Height)
	for _, c := range mp.Columns {
		col, ok := columnIndex(c.Column)
		if !ok || c.Field == ColumnIgnored || slices.ContainsFunc(heads, func(h heading) bool { return h.col == col }) {
			continue
		}
		h := heading{col: col, parts: []string{c.Column}}
		h.prepare()
		heads = append(heads, h)
	}
	slices.SortFunc(heads, func(a, b heading) int { return a.col - b.col })
	return heads
}

// assign gives every heading what the mapping says, in the order matchDataset would.
func (mp *Mapping) assign(d *ledger.Dataset, heads []heading, ctx sheetContext) *match {
	m := &match{dataset: d}
	var bound, values []mappedHeading
	for _, h := range heads {
		c := mp.column(h.col)
		if c.Unit != "" {
			h.unit = c.Unit
		}
		switch c.Field {
		case ColumnValue, ColumnSum:
			values = append(values, mappedHeading{h, c.Field})
		case ColumnDay:
			m.carried.day = &h
		case ColumnMarks:
			m.carried.marks = &h
		case ColumnIgnored, "":
			if !isSequence(h) {
				m.free = append(m.free, h)
			}
		default:
			bound = append(bound, mappedHeading{h, c.Field})
		}
	}
	labels := m.spread(values, ctx)
	m.bindAs(bound)
	m.applyVariant()
	m.pivots = append(m.pivots, labels...)
	m.titled = ctx.titled(d)
	m.findMissing(ctx)
	m.weigh()
	return m
}

// mappedHeading is a heading with what a person made of it.
type mappedHeading struct {
	heading
	as string
}

func (mp *Mapping) column(col int) MappedColumn {
	name := columnName(col)
	for _, c := range mp.Columns {
		if c.Column == name {
			return c
		}
	}
	return MappedColumn{Column: name, Field: ColumnIgnored}
}

// spread takes the columns whose headers are values and those that add them
// up; it gives back the ones whose header names a value of the label.
func (m *match) spread(values []mappedHeading, ctx sheetContext) []pivotColumn {
	sums := map[int]bool{}
	var labels []pivotColumn
	for _, h := range values {
		sums[h.col] = h.as == ColumnSum
		switch {
		case h.as == ColumnValue && m.takeBeside(h.heading, ctx), m.takePivot(h.heading, ctx), m.takeNamed(h.heading, ctx):
		case h.as == ColumnSum:
			m.checks = append(m.checks, m.checkOf(h.heading, ctx))
		default:
			name, _ := SplitHeaderUnit(h.parts[len(h.parts)-1])
			labels = append(labels, pivotColumn{heading: h.heading, label: name})
		}
	}
	m.settlePivots()
	m.pivots = slices.DeleteFunc(m.pivots, func(p pivotColumn) bool {
		if sums[p.col] {
			m.checks = append(m.checks, checkColumn{heading: p.heading, period: p.period, label: p.label})
		}
		return sums[p.col]
	})
	slices.SortFunc(m.checks, func(a, b checkColumn) int { return a.col - b.col })
	return labels
}

// monthWithin finds a month among other words, which only a person's word makes one: 一月份入库.
var monthWithin = regexp.MustCompile(`(?:(?:19|20)\d\d年)?(?:\d{1,2}月?[-至~]\d{1,2}|\d{1,2}|十[一二]?|[一二三四五六七八九])月|(?:(?:19|20)\d\d年)?(?:[一二三四]季度|上半年|下半年)|(?:19|20)\d\d年?`)

// takeNamed takes a column whose header holds a month among other words.
func (m *match) takeNamed(h heading, ctx sheetContext) bool {
	for i := len(h.parts) - 1; i >= 0; i-- {
		found := monthWithin.FindString(wording.Narrow(h.parts[i]))
		if found == "" {
			continue
		}
		if _, err := ParseDate(h.parts[i], DateContext{Year: 2000}); err == nil {
			continue // 2016-06-29 and 6月底前 are days, not a month among words
		}
		p, err := ParsePeriod(found, DateContext{Year: ctx.year})
		if err == nil && p.Year != 0 {
			m.pivots = append(m.pivots, pivotColumn{heading: h, period: p, dated: true, label: m.labelValue(h)})
			return true
		}
		if _, err := ParsePeriod(found, DateContext{Year: 2000}); err == nil {
			m.yearless = true
			m.pivots = append(m.pivots, pivotColumn{heading: h, label: m.labelValue(h)})
			return true
		}
	}
	return false
}

// bindAs binds headings to fields in the order recognition binds them: where two fill one value, the last one counts.
func (m *match) bindAs(bound []mappedHeading) {
	for _, h := range bound {
		at := m.dataset.Index(h.as)
		score := m.likenessOf(h.heading, at)
		if m.dataset.Fields[at].Hidden {
			score -= 0.05
		}
		m.bindings = append(m.bindings, binding{heading: h.heading, field: at, score: score})
	}
	slices.SortStableFunc(m.bindings, func(a, b binding) int { return cmp.Compare(b.score, a.score) })
}

// mappingOf writes a match down as a mapping.
func mappingOf(g *grid, m *match, from uint32) Mapping {
	mp := Mapping{Sheet: g.name, From: from, Dataset: m.dataset.Name, Header: m.top, Height: m.height}
	as := map[int]string{}
	for _, b := range m.bindings {
		as[b.col] = cmp.Or(b.before, m.dataset.Fields[b.field].Name)
	}
	for _, p := range m.pivots {
		as[p.col] = ColumnValue
	}
	for _, c := range m.checks {
		as[c.col] = ColumnSum
	}
	if m.carried.day != nil {
		as[m.carried.day.col] = ColumnDay
	}
	if m.carried.marks != nil {
		as[m.carried.marks.col] = ColumnMarks
	}
	for _, h := range g.headings(m.top, m.height) {
		field := as[h.col]
		if field == "" {
			field = ColumnIgnored
		}
		mp.Columns = append(mp.Columns, MappedColumn{Column: columnName(h.col), Header: h.key(), Field: field})
	}
	return mp
}

// columnIndex reads a column's letter.
func columnIndex(letter string) (int, bool) {
	_, col, ok := parseAddress(strings.ToUpper(letter) + "1")
	return col, ok
}
