package ingest

import (
	"strings"
	"taizhang/internal/wording"

	"github.com/shopspring/decimal"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// reconciler adds columns up and holds the sheet's own sums against them.
type reconciler struct {
	table   *table
	columns []*summed
	byCol   map[int]*summed
	lines   int // of details so far
	totals  []totalLine
}

// summed is one column of figures, in base units.
type summed struct {
	heading  heading
	field    ledger.Field
	all      decimal.Decimal // since the top
	digit    decimal.Decimal // the smallest last digit seen, in base units
	decimals int32           // as many decimals have been seen
	seen     bool
	unit     *Unit
	last     figureAt
	unsure   bool   // a cell could not be read, or currencies mix, so no sum of the column can be told
	money    string // the currency of the column
}

// totalLine is a line of sums with what stood above it.
type totalLine struct {
	line  *gridRow
	sub   bool
	lines int               // details above
	above []decimal.Decimal // sums above, a column each
}

func newReconciler(t *table) *reconciler {
	r := &reconciler{table: t, byCol: map[int]*summed{}}
	for _, b := range t.bindings {
		if f := t.dataset.Fields[b.field]; f.Numeric() && f.Kind != ledger.Number && f.Name != "duration_days" && f.Name != "promised_days" {
			r.addColumn(&summed{heading: b.heading, field: f})
		}
	}
	f, _ := t.dataset.Field(t.dataset.Pivot.Value)
	for _, p := range t.pivots {
		if p.beside == nil {
			r.addColumn(&summed{heading: p.heading, field: f})
		}
	}
	for _, c := range t.checks {
		r.addColumn(&summed{heading: c.heading, field: f})
	}
	return r
}

func (r *reconciler) addColumn(s *summed) {
	r.columns = append(r.columns, s)
	r.byCol[s.heading.col] = s
}

// figureAt is what a column holds on one line.
type figureAt struct {
	line    *gridRow
	value   decimal.Decimal
	ok      bool // a figure; blanks and what is no figure are not
	unknown bool // a figure stands there but cannot be told
}

// figure reads a cell of a summed column in base units; ok is false for blanks and for what is no figure.
func (r *reconciler) figure(s *summed, line *gridRow) (decimal.Decimal, bool) {
	f := r.figureOn(s, line)
	return f.value, f.ok
}

// figureOn reads a cell once, though several sums may ask for it.
func (r *reconciler) figureOn(s *summed, line *gridRow) figureAt {
	if s.last.line == line {
		return s.last
	}
	s.last = figureAt{line: line}
	c := line.at(s.heading.col)
	if c == nil {
		return s.last
	}
	rd := r.table.reader.read(s.field, &s.heading, c)
	if s.money == "" {
		s.money = rd.currency
	}
	s.last.unknown = c.kind == cellUnknown || rd.fault != nil && rd.fault.severity == ledger.SeverityError || rd.currency != "" && rd.currency != s.money
	switch v := rd.value.(type) {
	case decimal.Decimal:
		r.noteDigit(s, c)
		s.last.value, s.last.ok = v, true
	case int64:
		s.digit = decimal.NewFromInt(1)
		s.last.value, s.last.ok = decimal.NewFromInt(v), true
	}
	return s.last
}

// noteDigit learns the column's last digit from a cell as written: 0.01 万元 is 100 元.
func (r *reconciler) noteDigit(s *summed, c *cell) {
	if s.unit == nil {
		unit, _ := r.table.reader.columnUnit(s.field, &s.heading)
		s.unit = &unit
	}
	n, bad := r.table.reader.figure(c, r.table.grid.display(c))
	exponent := min(n.Value.Exponent(), 0)
	if bad != nil || s.seen && exponent >= -s.decimals {
		return
	}
	s.decimals, s.seen = -exponent, true
	if s.digit = decimal.New(1, exponent); s.unit.Dimension != "" {
		s.digit = s.unit.ToBase(s.digit)
	}
}

// tolerance is half a last digit for every figure added.
func (s *summed) tolerance(n int) decimal.Decimal {
	return s.digit.Mul(decimal.NewFromInt(int64(max(n, 1)))).Div(decimal.NewFromInt(2))
}

// add takes a line of details into the sums.
func (r *reconciler) add(line *gridRow) {
	for _, s := range r.columns {
		f := r.figureOn(s, line)
		s.unsure = s.unsure || f.unknown
		if f.ok {
			s.all = s.all.Add(f.value)
		}
	}
	r.lines++
}

// isBareTotal reports a line of nothing but figures, each of them the sum of all details above: a total nobody labelled.
func (r *reconciler) isBareTotal(line *gridRow) bool {
	sums := 0
	for i := range line.cells {
		c := &line.cells[i]
		s := r.byCol[c.col]
		if s == nil || r.lines < 2 {
			return false
		}
		if v, ok := r.figure(s, line); !ok || !v.Equal(s.all) {
			return false
		}
		sums++
	}
	return sums > 0
}

// total keeps a line of sums; it is held against the details when all of them are known, for a sum may stand above them.
func (r *reconciler) total(line *gridRow) {
	t := totalLine{line: line.clone(), sub: r.isSubtotal(line), lines: r.lines}
	for _, s := range r.columns {
		t.above = append(t.above, s.all)
		if c := line.at(s.heading.col); c != nil && c.kind == cellUnknown {
			r.table.report(fault{ledger.SeverityNote, "formula_without_cached_value", "", "", text.T("problem.total_without_value", s.heading.caption())},
				address(line.no, s.heading.col), s.heading.caption())
		}
	}
	r.totals = append(r.totals, t)
	r.checkLine(line, true)
}

func (r *reconciler) isSubtotal(line *gridRow) bool {
	for i := range line.cells {
		if line.cells[i].kind == cellText && strings.Contains(wording.Fold(line.cells[i].text), "小计") {
			return true
		}
	}
	return false
}

func (r *reconciler) mismatch(s *summed, line *gridRow, said, sum decimal.Decimal) {
	unit := baseUnit(s.field)
	r.table.report(fault{ledger.SeverityWarning, "total_mismatch", said.String(), sum.String(),
		text.T("problem.total_mismatch", s.heading.caption(), said.String(), unit, sum.String(), unit, said.Sub(sum).String(), unit)},
		address(line.no, s.heading.col), s.heading.caption())
}

// checkLine holds the sums across a line (小计 of a quarter, 合计 of the year) against its months.
func (r *reconciler) checkLine(line *gridRow, isTotal bool) {
	for i := range r.table.checks {
		c := &r.table.checks[i]
		s := r.byCol[c.col]
		said, ok := r.figure(s, line)
		if !ok {
			continue
		}
		sum, n := decimal.Zero, 0
		for _, p := range r.table.addends(i) {
			f := r.figureOn(r.byCol[p.col], line)
			if f.unknown || isTotal && !f.ok {
				n = 0
				break
			}
			sum, n = sum.Add(f.value), n+1
		}
		if n > 0 && said.Sub(sum).Abs().GreaterThan(s.tolerance(n)) {
			r.mismatch(s, line, said, sum)
		}
	}
}

// addends are the pivot columns a check column adds up; none when that cannot be told.
func (t *table) addends(at int) []*pivotColumn {
	check := &t.checks[at]
	var list []*pivotColumn
	var months int
	for i := range t.pivots {
		p := &t.pivots[i]
		switch {
		case p.beside != nil, check.label != "" && p.label != check.label:
			continue
		case p.running:
			return nil
		case check.period.Year != 0 && p.dated:
			if p.period.Year != check.period.Year || p.period.FromMonth < check.period.FromMonth || p.period.ToMonth > check.period.ToMonth {
				continue
			}
		case !check.whole && check.label == "" && (p.col > check.col || at > 0 && p.col < t.checks[at-1].col):
			continue
		}
		months += p.period.ToMonth - p.period.FromMonth + 1
		list = append(list, p)
	}
	if p := check.period; p.Year != 0 && t.pivotDated() && months < p.ToMonth-p.FromMonth+1 {
		return nil
	}
	return list
}
