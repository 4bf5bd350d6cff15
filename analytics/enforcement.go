package analytics

import (
	"cmp"
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// enforcementDatasets are what the answer about counters is read from.
var enforcementDatasets = []string{"enforcement", "enforcement_rules", "enforcement_lines"}

// mostFigures is how many figures of counters are led back to their cells.
const mostFigures = 200_000

// EnforcementQuestion asks for the counters, and for the series of one of them.
type EnforcementQuestion struct {
	Question
	Counter string // empty: the first total with a series, else the first with one
}

// Enforcement answers the counters of city enforcement (执法统计) with their cells, whether they add up, and the lines behind them.
func (a *Analytics) Enforcement(ctx context.Context, q EnforcementQuestion) (*EnforcementAnswer, error) {
	ans := &EnforcementAnswer{Counters: []Counter{}, Sums: []CounterSum{}, Ledgers: []CounterLedger{}}
	var err error
	if ans.Stamp, err = a.stamp(ctx, q.Question, "", enforcementDatasets...); err != nil {
		return nil, err
	}
	if err := a.readCounters(ctx, q.Question, ans); err != nil {
		return nil, err
	}
	rules, err := a.counterRules(ctx, q.Question)
	if err != nil {
		return nil, err
	}
	ans.hold(rules)
	if err := a.readLedgers(ctx, q.Question, ans); err != nil {
		return nil, err
	}
	return ans, ans.choose(q.Counter, rules)
}

// readCounters reads every figure and leads it back to its cell.
func (a *Analytics) readCounters(ctx context.Context, q Question, ans *EnforcementAnswer) error {
	cells, err := a.counterCells(ctx, q)
	if err != nil {
		return err
	}
	err = a.each(ctx, "Enforcement.Rows", q, nil, func(rows driver.Rows) error {
		var key, group, counter, folded, unit string
		var f CounterFigure
		var day nullDay
		if err := rows.Scan(&key, &group, &counter, &folded, &f.Counted, &day, &f.Value, &f.Qualifier, &unit); err != nil {
			return err
		}
		f.AsOf, f.CounterCell = dateAt(day), cells[key]
		ans.counter(group, counter, folded, unit).take(f)
		return nil
	})
	for i := range ans.Counters {
		ans.Counters[i].finish()
	}
	return err
}

// counterCells are the cells of all figures by the keys of their rows.
func (a *Analytics) counterCells(ctx context.Context, q Question) (map[string]CounterCell, error) {
	rows, _, err := a.ledger.Behind(ctx, ledger.Enforcement, nil, q.Clock, mostFigures)
	if err != nil {
		return nil, err
	}
	cells := map[string]CounterCell{}
	for _, r := range rows {
		for _, t := range r.Fields {
			if t.Name == "value" {
				cells[r.Key] = CounterCell{File: r.Batch.File, Sheet: r.Sheet, Cell: t.Cell, Written: t.Raw}
			}
		}
	}
	return cells, nil
}

// counter finds or begins a counter; a sheet that says no group leaves the one said elsewhere.
func (ans *EnforcementAnswer) counter(group, name, key, unit string) *Counter {
	at := slices.IndexFunc(ans.Counters, func(c Counter) bool { return c.key == key })
	if at < 0 {
		at = len(ans.Counters)
		ans.Counters = append(ans.Counters, Counter{Counter: name, key: key, Unit: unit, Series: []CounterSeries{}})
	}
	c := &ans.Counters[at]
	c.Group = cmp.Or(c.Group, group)
	return c
}

func (c *Counter) take(f CounterFigure) {
	at := slices.IndexFunc(c.Series, func(s CounterSeries) bool { return s.Counted == f.Counted })
	if at < 0 {
		at, c.Series = len(c.Series), append(c.Series, CounterSeries{Counted: f.Counted, Figures: []CounterFigure{}})
	}
	c.Series[at].Figures = append(c.Series[at].Figures, f)
}

// countedOrder is the order of the ways of counting: what is said to date leads.
var countedOrder = []string{ledger.CountedAll, ledger.CountedYear, ledger.CountedWhole, ledger.CountedMonth}

// finish puts the figures into the order of time and tells what single periods add, by difference.
func (c *Counter) finish() {
	slices.SortStableFunc(c.Series, func(a, b CounterSeries) int {
		return cmp.Compare(uint(slices.Index(countedOrder, a.Counted)), uint(slices.Index(countedOrder, b.Counted)))
	})
	for i := range c.Series {
		list := c.Series[i].Figures
		slices.SortStableFunc(list, func(a, b CounterFigure) int { return a.AsOf.Time().Compare(b.AsOf.Time()) })
		for n := range list {
			var before *CounterFigure
			if n > 0 {
				before = &list[n-1]
			}
			list[n].alone(before)
		}
	}
	newest := c.Series[0].Figures
	c.Latest = newest[len(newest)-1]
}

// alone tells what one period adds to a running figure. The first of a year is all of it in January alone; after a month that nobody
// reported it is not told.
func (f *CounterFigure) alone(before *CounterFigure) {
	day := f.AsOf.Time()
	switch {
	case !f.AsOf.Known():
	case f.Counted == ledger.CountedMonth || f.Counted == ledger.CountedWhole:
		f.Single, f.SingleQualifier = f.Value, f.Qualifier
	case f.Counted == ledger.CountedYear && (before == nil || before.AsOf.Time().Year() != day.Year()):
		if day.Month() == 1 {
			f.Single, f.SingleQualifier = f.Value, f.Qualifier
		}
	case before == nil || !before.AsOf.Known():
	case f.Counted == ledger.CountedYear && day.Month()-before.AsOf.Time().Month() > 1:
	default:
		f.Single, f.Since = f.Value.Sub(before.Value), before.AsOf
		if f.Qualifier != "" || before.Qualifier != "" {
			f.SingleQualifier = ledger.MarkAbout
		}
	}
}

// counterRule is a total with its parts.
type counterRule struct {
	total, key string
	parts      []string
	partKeys   []string
	tolerance  ledger.Decimal
}

func (a *Analytics) counterRules(ctx context.Context, q Question) ([]counterRule, error) {
	var list []counterRule
	err := a.each(ctx, "Enforcement.Rules", q, nil, func(rows driver.Rows) error {
		var r counterRule
		var part, partKey string
		if err := rows.Scan(&r.total, &r.key, &part, &partKey, &r.tolerance); err != nil {
			return err
		}
		at := slices.IndexFunc(list, func(o counterRule) bool { return o.key == r.key })
		if at < 0 {
			at, list = len(list), append(list, r)
		}
		one := &list[at]
		one.parts, one.partKeys = append(one.parts, part), append(one.partKeys, partKey)
		if r.tolerance.Cmp(one.tolerance) > 0 {
			one.tolerance = r.tolerance
		}
		return nil
	})
	return list, err
}

// find gives a counter's figure of a day and way of counting.
func (ans *EnforcementAnswer) find(key, counted string, day Date) (CounterFigure, bool) {
	for _, c := range ans.Counters {
		if c.key == key {
			f := c.At(counted, day)
			return f, f.Value.Valid()
		}
	}
	return CounterFigure{}, false
}

// hold holds every total against its parts on each day that all of them were reported; the broken ones come first, then the newest.
func (ans *EnforcementAnswer) hold(rules []counterRule) {
	for _, r := range rules {
		for _, c := range ans.Counters {
			if c.key != r.key {
				continue
			}
			for _, s := range c.Series {
				for _, f := range s.Figures {
					if sum, ok := ans.sumOf(r, c, f); ok {
						ans.Sums = append(ans.Sums, sum)
					}
				}
			}
		}
	}
	slices.SortStableFunc(ans.Sums, func(a, b CounterSum) int {
		return cmp.Or(compareBool(a.Holds, b.Holds), b.AsOf.Time().Compare(a.AsOf.Time()))
	})
}

func (ans *EnforcementAnswer) sumOf(r counterRule, c Counter, f CounterFigure) (CounterSum, bool) {
	s := CounterSum{Total: c.Counter, Unit: c.Unit, Counted: f.Counted, AsOf: f.AsOf, Figure: f, Parts: []CounterPart{}, Tolerance: r.tolerance.OrZero()}
	var said []ledger.Said
	for i, key := range r.partKeys {
		part, ok := ans.find(key, f.Counted, f.AsOf)
		if !ok {
			return s, false
		}
		s.Parts = append(s.Parts, CounterPart{Counter: r.parts[i], Figure: part})
		said = append(said, ledger.Said{Value: part.Value, Mark: part.Qualifier})
	}
	s.Sum, s.Difference, s.Holds = ledger.Said{Value: f.Value, Mark: f.Qualifier}.AddUp(said, r.tolerance)
	return s, true
}

// readLedgers reads the lines behind counters and holds how many there are, and what they add up to, against the newest figure to date.
func (a *Analytics) readLedgers(ctx context.Context, q Question, ans *EnforcementAnswer) error {
	err := a.each(ctx, "Enforcement.Lines", q, nil, func(rows driver.Rows) error {
		var lines, quantity string
		var l CounterLine
		if err := rows.Scan(&lines, &quantity, &l.Name, &l.Community, &l.Grid, &l.Quantity, &l.Address, &l.Charge); err != nil {
			return err
		}
		at := slices.IndexFunc(ans.Ledgers, func(o CounterLedger) bool {
			return ledger.NameKey(o.Lines.Counter) == ledger.NameKey(lines) && ledger.NameKey(o.Quantity.Counter) == ledger.NameKey(quantity)
		})
		if at < 0 {
			at, ans.Ledgers = len(ans.Ledgers), append(ans.Ledgers, CounterLedger{Lines: CounterHeld{Counter: lines}, Quantity: CounterHeld{Counter: quantity}})
		}
		one := &ans.Ledgers[at]
		one.Entries = append(one.Entries, l)
		one.Lines.Found = one.Lines.Found.OrZero().Add(ledger.Int(1))
		one.Quantity.Found = plus(one.Quantity.Found, l.Quantity)
		return nil
	})
	for i := range ans.Ledgers {
		ans.holdLines(&ans.Ledgers[i].Lines)
		ans.holdLines(&ans.Ledgers[i].Quantity)
	}
	return err
}

// holdLines compares what lines come to with their counter; without the counter nothing is proved.
func (ans *EnforcementAnswer) holdLines(h *CounterHeld) {
	h.Holds = true
	for _, c := range ans.Counters {
		if c.key == ledger.NameKey(h.Counter) {
			h.Figure, h.Unit = c.Latest, c.Unit
			_, h.Difference, h.Holds = ledger.Said{Value: c.Latest.Value, Mark: c.Latest.Qualifier}.AddUp([]ledger.Said{{Value: h.Found}}, ledger.Null)
		}
	}
}

// choose picks the counter whose series is shown.
func (ans *EnforcementAnswer) choose(asked string, rules []counterRule) error {
	ans.Parts = []string{}
	for _, r := range rules {
		for i := range ans.Counters {
			if c := &ans.Counters[i]; c.key == r.key && (asked == "" && ans.Counter == "" && c.running() != nil || c.key == ledger.NameKey(asked)) {
				ans.Counter, ans.Parts = c.Counter, r.parts
			}
		}
	}
	for _, c := range ans.Counters {
		if ans.Counter == "" && (asked == "" && c.running() != nil || asked != "" && c.key == ledger.NameKey(asked)) {
			ans.Counter = c.Counter
		}
	}
	if asked != "" && ans.Counter == "" {
		return ledger.Fail(ledger.NotFound, text.T("enforcement.no_counter", asked))
	}
	return nil
}

// running is the series with several figures that is drawn: by year before to date; nil without one.
func (c *Counter) running() *CounterSeries {
	for _, counted := range []string{ledger.CountedYear, ledger.CountedMonth, ledger.CountedAll, ledger.CountedWhole} {
		for i := range c.Series {
			if c.Series[i].Counted == counted && len(c.Series[i].Figures) > 1 {
				return &c.Series[i]
			}
		}
	}
	return nil
}
