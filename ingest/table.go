package ingest

import (
	"slices"
	"strings"
	"taizhang/internal/wording"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// table turns the lines under a header into rows.
type table struct {
	*match
	ctx         sheetContext
	grid        *grid
	reader      valueReader
	file        *File
	out         *Sheet
	beside      map[*ledger.Dataset]*Sheet
	fixed       []fixedValue
	sources     map[int]uint32 // pivot column (or -1) -> Source
	raw         []string       // of the last line, to be used again
	rows        []uint32
	unitHere    string // the unit a line names in a column of its own
	sums        *reconciler
	skipWords   map[string]bool  // names that mark a line as no row, folded
	prose       map[int]bool     // columns of free words
	headerTexts map[int][]string // column -> the texts of its header
	previous    []any            // values of the line above, for 同上
	reported    map[string]bool
	newest      time.Time // the latest date of something that has happened, up to today
	undated     []int     // rows without the day that they themselves should say
	skipped     int
}

// draft is a row being read; bad says that an error blocks it.
type draft struct {
	ledger.Row
	bad  bool
	days []ledger.Day // those of a cell that names several, where the dataset spreads them
}

func newTable(f *File, g *grid, m *match, ctx sheetContext) *table {
	t := &table{match: m, ctx: ctx, grid: g, file: f, beside: map[*ledger.Dataset]*Sheet{}, sources: map[int]uint32{}, reported: map[string]bool{}, skipWords: map[string]bool{}}
	t.reader = valueReader{grid: g, dates: ctx.dates(), units: ctx.units}
	t.out = f.newSheet(m.dataset, g.name)
	t.sums = newReconciler(t)
	for _, v := range m.dataset.Skip.Values {
		t.skipWords[wording.NameKey(v)] = true
	}
	t.prose, t.headerTexts = t.proseColumns(), t.textsOfHeader()
	t.previous = make([]any, len(m.dataset.Fields))
	t.readFixed()
	t.readOffice()
	return t
}

// first is the number of the first line under the header.
func (t *table) first() uint32 { return t.top + uint32(t.height) }

// read walks the lines to the end of the sheet or to the header of another table, whose row it gives back (0: none).
func (t *table) read() uint32 {
	gap := false
	lastNo := t.first() - 1
	for r := range t.grid.from(t.first()) {
		t.grid.needed = r.no
		gap = gap || r.no > lastNo+1
		lastNo = r.no
		kind := t.classify(r)
		if kind != lineHeader && (gap || kind == lineText) && t.otherHeader(r) {
			t.sums.settle()
			return r.no
		}
		switch kind {
		case lineTotal:
			t.sums.total(r)
		case lineData:
			t.data(r)
		}
		gap = kind != lineData && kind != lineHeader
	}
	t.sums.settle()
	return 0
}

// otherHeader reports that a new table begins at or right below a line.
func (t *table) otherHeader(r *gridRow) bool {
	for next := range uint32(3) {
		row := t.grid.row(r.no + next)
		if row == nil {
			continue
		}
		if known := knownWords(row); known >= 3 && known*2 >= len(row.cells) {
			return true
		}
	}
	return false
}

// headerWords are all names of all fields, to see quickly that a line may be a header.
var headerWords = func() map[string]bool {
	words := map[string]bool{}
	for _, fields := range aliasForms {
		for _, forms := range fields {
			for _, form := range forms {
				words[form.text] = true
			}
		}
	}
	return words
}()

// data reads one line into one row, or one row a pivoted column.
func (t *table) data(r *gridRow) {
	if t.isExample(r) {
		return
	}
	base := t.baseRow(r)
	if t.isSkipped(base, r) {
		t.sums.add(r)
		t.skipped++
		t.keepSkipped(base, r)
		return
	}
	if t.sums.isBareTotal(r) {
		t.sums.total(r)
		return
	}
	if !t.named(base, r) {
		return
	}
	t.sums.add(r)
	t.sums.checkLine(r, false)
	t.previous = base.Values
	if len(t.pivots) == 0 {
		t.spread(base, r, -1)
		return
	}
	t.pivoted(base, r)
}

// baseRow reads the columns that name fields.
func (t *table) baseRow(r *gridRow) draft {
	t.unitHere = t.unitOf(r)
	row := draft{Row: ledger.Row{Values: make([]any, len(t.dataset.Fields)), SheetRow: r.no, Raw: t.raw[:0], Rows: t.rows[:0]}}
	for _, fv := range t.fixed {
		t.place(&row, fv.field, fv.reading)
		row.Raw = append(row.Raw, fv.raw)
		row.Rows = append(row.Rows, r.no)
	}
	for i := range t.bindings {
		b := &t.bindings[i]
		f := t.dataset.Fields[b.field]
		c, from := t.grid.value(r, b.col)
		if c != nil && from != r.no && f.Numeric() {
			c, from = nil, r.no // an amount over several lines counts once, on its first
		}
		row.Raw = append(row.Raw, t.written(from, b.col, c))
		row.Rows = append(row.Rows, from)
		t.placeCell(&row, b, c, from)
	}
	t.raw, t.rows = row.Raw, row.Rows // what is appended to a sheet is copied
	t.readCarried(&row, r)
	return row
}

// placeCell reads one cell into its field, or a span into its two dates.
func (t *table) placeCell(row *draft, b *binding, c *cell, from uint32) {
	f := t.dataset.Fields[b.field]
	if c != nil && c.kind == cellText && wording.IsSame(c.text) {
		row.Values[b.field] = t.previous[b.field]
		for _, into := range f.Into {
			at := t.dataset.Index(into)
			row.Values[at] = t.previous[at]
		}
		return
	}
	if f.Kind == ledger.Span {
		t.placeSpan(row, b, c, from)
		return
	}
	if f.Name == "unit" && f.Hidden && t.unitHere != "" {
		return // the value is kept in the base unit and brings it along
	}
	rd := t.reader.read(f, t.headingFor(f, &b.heading), c)
	if f.Name == t.dataset.Spread {
		rd, row.days = t.reader.days(f, &b.heading, c)
	}
	if rd.fault != nil {
		t.fail(row, *rd.fault, address(from, b.col), b.caption())
	}
	t.place(row, b.field, rd)
}

func (t *table) place(row *draft, field int, rd reading) {
	f := t.dataset.Fields[field]
	row.Values[field] = rd.value
	if rd.mark != "" {
		mark(row, f.Name, rd.mark)
	}
	if rd.value == nil {
		return
	}
	switch {
	case f.Kind == ledger.Money && f.Unit == "":
		t.fill(row, "currency", rd.currency)
	case f.Kind == ledger.Number && rd.unit != "":
		t.fill(row, "unit", rd.unit)
	case f.Kind == ledger.Period:
		if day, ok := rd.value.(ledger.Day); ok {
			t.fill(row, "period_months", day.Months())
		}
	}
}

// fill sets a field that stands beside another, where the dataset has it.
func (t *table) fill(row *draft, field string, value any) {
	if at := t.dataset.Index(field); at >= 0 {
		row.Values[at] = value
	}
}

// placeSpan reads 2015.3.1-2018.2.28 into two dates; a lease without end has the mark open.
func (t *table) placeSpan(row *draft, b *binding, c *cell, row0 uint32) {
	f := t.dataset.Fields[b.field]
	if c == nil || c.kind == cellUnknown || wording.IsNull(t.grid.display(c)) {
		return
	}
	shown := t.grid.display(c)
	from, to, open, err := ParseRange(shown, t.reader.dates)
	if err != nil {
		t.fail(row, *badValue("bad_range", shown, err).fault, address(row0, b.col), b.caption())
		return
	}
	for i, d := range []Date{from, to} {
		if !d.IsZero() {
			row.Values[t.dataset.Index(f.Into[i])] = dayOfDate(d)
			if d.Precision != "day" {
				mark(row, f.Into[i], d.Precision)
			}
		}
	}
	if open {
		mark(row, f.Into[1], "open")
	}
}

func mark(row *draft, field, value string) {
	if row.Marks == nil {
		row.Marks = map[string]string{}
	}
	row.Marks[field] = value
}

// isSkipped reports a line that is no row of the dataset, such as a vacant room.
func (t *table) isSkipped(row draft, r *gridRow) bool {
	s := t.dataset.Skip
	if s.Field == "" {
		return false
	}
	// 空 alone reads as NULL, so the cell itself is asked.
	raw := ""
	if b := t.fieldColumn(s.Field); b != nil {
		if c, _ := t.grid.value(r, b.col); c != nil {
			raw = t.grid.display(c)
		}
	}
	if raw == "" {
		return false
	}
	key := wording.NameKey(raw)
	return t.skipWords[key] || strings.HasPrefix(key, "空置")
}

// named reports that the line names its thing; a line of figures without a name is an error, one without either is nothing.
func (t *table) named(row draft, r *gridRow) bool {
	d := t.dataset
	at := d.Index(d.Subject)
	b := t.fieldColumn(d.Subject)
	if row.Values[at] != nil {
		return true
	}
	figures := hasFigure(d, row) || t.pivotFilled(r)
	switch {
	case b == nil, !figures:
		return figures
	}
	label := d.Fields[at].Zh
	f := fault{ledger.SeverityError, "missing_value", "", label, text.T("problem.missing_value", label)}
	t.fail(&row, f, address(r.no, b.col), b.caption())
	t.append(t.out, row, r, -1)
	return false
}

func hasFigure(d *ledger.Dataset, row draft) bool {
	for i, f := range d.Fields {
		if row.Values[i] != nil && !f.Hidden && (f.Numeric() || f.Kind == ledger.Date) {
			return true
		}
	}
	return false
}

func (t *table) pivotFilled(r *gridRow) bool {
	return slices.ContainsFunc(t.pivots, func(p pivotColumn) bool { return r.at(p.col) != nil })
}
