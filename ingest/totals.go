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
}

// summed is one column of figures, in base units.
type summed struct {
	heading heading
	field   ledger.Field
	check   bool            // a column of sums itself
	whole   bool            // of all months, not of those since the check column before
	part    decimal.Decimal // since the last 小计
	all     decimal.Decimal // since the top
	partN   int
	allN    int
	digit   decimal.Decimal // the smallest last digit seen, in base units
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
		r.addColumn(&summed{heading: c.heading, field: f, check: true, whole: c.whole})
	}
	return r
}

func (r *reconciler) addColumn(s *summed) {
	r.columns = append(r.columns, s)
	r.byCol[s.heading.col] = s
}

// figure reads a cell of a summed column in base units; ok is false for blanks and for what is no figure.
func (r *reconciler) figure(s *summed, line *gridRow) (decimal.Decimal, bool) {
	c := line.at(s.heading.col)
	if c == nil {
		return decimal.Zero, false
	}
	rd := r.table.reader.read(s.field, &s.heading, c)
	if rd.fault != nil && rd.fault.kind == "negative_value" {
		return decimal.Zero, false
	}
	switch v := rd.value.(type) {
	case decimal.Decimal:
		r.noteDigit(s, c)
		return v, true
	case int64:
		s.digit = decimal.NewFromInt(1)
		return decimal.NewFromInt(v), true
	}
	return decimal.Zero, false
}

// noteDigit learns the column's last digit from a cell as written: 0.01 万元 is 100 元.
func (r *reconciler) noteDigit(s *summed, c *cell) {
	n, bad := r.table.reader.figure(c, r.table.grid.display(c))
	if bad != nil {
		return
	}
	unit, _ := r.table.reader.columnUnit(s.field, &s.heading)
	digit := decimal.New(1, min(n.Value.Exponent(), 0))
	if unit.Dimension != "" {
		digit = unit.ToBase(digit)
	}
	if s.digit.IsZero() || digit.LessThan(s.digit) {
		s.digit = digit
	}
}

// tolerance is half a last digit for every figure added.
func (s *summed) tolerance(n int) decimal.Decimal {
	return s.digit.Mul(decimal.NewFromInt(int64(max(n, 1)))).Div(decimal.NewFromInt(2))
}

// add takes a line of details into the sums.
func (r *reconciler) add(line *gridRow) {
	for _, s := range r.columns {
		if v, ok := r.figure(s, line); ok {
			s.part, s.all = s.part.Add(v), s.all.Add(v)
		}
		s.partN++
		s.allN++
	}
}

// total holds a line of sums against the details, column by column.
func (r *reconciler) total(line *gridRow) {
	sub := r.isSubtotal(line)
	for _, s := range r.columns {
		c := line.at(s.heading.col)
		switch {
		case c != nil && c.kind == cellUnknown:
			r.table.report(fault{ledger.SeverityNote, "formula_without_cached_value", "", "", text.T("problem.total_without_value", s.heading.caption())},
				address(line.no, s.heading.col), s.heading.caption())
		case c != nil:
			r.hold(s, line, sub)
		}
		s.part, s.partN = decimal.Zero, 0
	}
	r.checkLine(line)
}

func (r *reconciler) isSubtotal(line *gridRow) bool {
	for i := range line.cells {
		if line.cells[i].kind == cellText && strings.Contains(wording.Fold(line.cells[i].text), "小计") {
			return true
		}
	}
	return false
}

func (r *reconciler) hold(s *summed, line *gridRow, sub bool) {
	said, ok := r.figure(s, line)
	if !ok {
		return
	}
	sum, n := s.all, s.allN
	if sub {
		sum, n = s.part, s.partN
	}
	if n == 0 || said.Sub(sum).Abs().LessThanOrEqual(s.tolerance(n)) {
		return
	}
	// A total of a group may be called 合计 too.
	if !sub && s.partN > 0 && said.Sub(s.part).Abs().LessThanOrEqual(s.tolerance(s.partN)) {
		return
	}
	r.mismatch(s, line, said, sum)
}

func (r *reconciler) mismatch(s *summed, line *gridRow, said, sum decimal.Decimal) {
	unit := baseUnit(s.field)
	r.table.report(fault{ledger.SeverityWarning, "total_mismatch", said.String(), sum.String(),
		text.T("problem.total_mismatch", s.heading.caption(), said.String(), unit, sum.String(), unit, said.Sub(sum).String(), unit)},
		address(line.no, s.heading.col), s.heading.caption())
}

// checkLine holds the sums across a line (小计 of a quarter, 合计 of the year) against its months.
func (r *reconciler) checkLine(line *gridRow) {
	if len(r.table.checks) == 0 || r.table.cumulative() {
		return
	}
	since, all := decimal.Zero, decimal.Zero
	sinceN, allN := 0, 0
	for _, s := range r.inOrder() {
		v, ok := r.figure(s, line)
		if !s.check {
			if ok {
				since, all = since.Add(v), all.Add(v)
			}
			sinceN, allN = sinceN+1, allN+1
			continue
		}
		sum, n := since, sinceN
		if s.whole {
			sum, n = all, allN
		} else {
			since, sinceN = decimal.Zero, 0
		}
		if ok && n > 0 && v.Sub(sum).Abs().GreaterThan(s.tolerance(n)) {
			r.mismatch(s, line, v, sum)
		}
	}
}

// inOrder lists the months and their sums from left to right.
func (r *reconciler) inOrder() []*summed {
	var list []*summed
	for _, p := range r.table.pivots {
		if s := r.byCol[p.col]; s != nil {
			list = append(list, s)
		}
	}
	for _, c := range r.table.checks {
		s := r.byCol[c.col]
		at := len(list)
		for at > 0 && list[at-1].heading.col > c.col {
			at--
		}
		list = append(list[:at], append([]*summed{s}, list[at:]...)...)
	}
	return list
}
