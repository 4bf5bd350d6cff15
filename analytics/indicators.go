package analytics

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// Indicators answers every series of the record with its growth, target and ranks.
func (a *Analytics) Indicators(ctx context.Context, q Question) (*IndicatorsAnswer, error) {
	ans := &IndicatorsAnswer{Year: q.YearOr(), Names: []string{}, Series: []IndicatorSeries{}}
	var list []*series
	var targets targetList
	var curves curveList
	var ranks map[string][]IndicatorRank
	err := together(
		func() (err error) {
			ans.Stamp, err = a.stamp(ctx, q, "", "indicators", "targets", "ranks", "curves")
			return err
		},
		func() (err error) { list, err = a.series(ctx, q); return err },
		func() (err error) { targets, err = a.targets(ctx, q); return err },
		func() (err error) { curves, err = a.curves(ctx, q); return err },
		func() (err error) { ranks, err = a.ranks(ctx, q); return err },
	)
	if err != nil {
		return nil, err
	}
	for _, s := range list {
		out := s.answer(ans.Year)
		out.Plans = s.periods(q.Clock.Asof.Year())
		s.aim(&out, targets)
		s.measure(&out, targets, curves.find(s.name, ans.Year, s.basis), q)
		s.judge(&out, ans.Year)
		if out.Ranks = ranks[s.key]; out.Ranks == nil {
			out.Ranks = []IndicatorRank{}
		}
		ans.Series = append(ans.Series, out)
		if !slices.Contains(ans.Names, s.name) {
			ans.Names = append(ans.Names, s.name)
		}
	}
	return ans, nil
}

// IndicatorsOf is Indicators narrowed to the series of one indicator, in all its units and bases; empty asks for all.
func (a *Analytics) IndicatorsOf(ctx context.Context, q Question, indicator string) (*IndicatorsAnswer, error) {
	ans, err := a.Indicators(ctx, q)
	if err != nil || indicator == "" {
		return ans, err
	}
	ans.Indicator = indicator
	ans.Series = slices.DeleteFunc(ans.Series, func(s IndicatorSeries) bool { return ledger.NameKey(s.Indicator) != ledger.NameKey(indicator) })
	return ans, nil
}

// Find gives a series by its indicator, the first of its units and bases; nil when there is none.
func (ans *IndicatorsAnswer) Find(indicator string) *IndicatorSeries {
	for i := range ans.Series {
		if ledger.NameKey(ans.Series[i].Indicator) == ledger.NameKey(indicator) {
			return &ans.Series[i]
		}
	}
	return nil
}

// series is one indicator in one unit and basis as read.
type series struct {
	name, key, unit, basis string
	years                  map[int]ledger.Decimal
	months                 map[string]ledger.Decimal
}

// series reads every value; quarters and half years are kept in the record but not compared.
func (a *Analytics) series(ctx context.Context, q Question) ([]*series, error) {
	list := []*series{}
	err := a.each(ctx, "Indicators.Series", q, nil, func(rows driver.Rows) error {
		var name, key, unit, basis string
		var first time.Time
		var months int64
		var value ledger.Decimal
		if err := rows.Scan(&name, &key, &unit, &basis, &first, &months, &value); err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(s *series) bool { return s.key == key && s.unit == unit && s.basis == basis })
		if i < 0 {
			i = len(list)
			list = append(list, &series{name, key, unit, basis, map[int]ledger.Decimal{}, map[string]ledger.Decimal{}})
		}
		switch months {
		case 12:
			list[i].years[first.Year()] = value
		case 1:
			list[i].months[monthName(first.Year(), int(first.Month()))] = value
		}
		return nil
	})
	return list, err
}

// answer lays the series out with growth on the year before and, by month, on the same month of the year before.
func (s *series) answer(year int) IndicatorSeries {
	out := IndicatorSeries{Indicator: s.name, Unit: s.unit, Basis: s.basis, Years: []IndicatorYear{}, Months: []IndicatorMonth{}, Progress: []IndicatorProgress{}}
	for _, y := range sortedKeys(s.years) {
		now, last := s.years[y], s.years[y-1]
		out.Years = append(out.Years, IndicatorYear{Year: y, Value: now, Delta: now.Sub(last), GrowthPercent: s.growth(last, now)})
	}
	for _, m := range sortedKeys(s.months) {
		out.Months = append(out.Months, s.month(m))
	}
	out.Growth = s.plans()
	s.yearToDate(&out, year)
	return out
}

// yearToDate adds the months of the year up, where adding months means something.
func (s *series) yearToDate(out *IndicatorSeries, year int) {
	var this, last ledger.Decimal
	complete := true
	for m := 1; m <= 12; m++ {
		value, loaded := s.months[monthName(year, m)]
		if !loaded {
			continue
		}
		before, both := s.months[monthName(year-1, m)]
		complete = complete && both
		this, last = this.OrZero().Add(value), last.OrZero().Add(before.OrZero())
		out.Through = monthName(year, m)
	}
	out.MissingMonths = s.missing(out.Through)
	if !s.additive() {
		return
	}
	out.YearToDate = this
	if complete {
		out.LastYearToDate = last
	}
	out.YearToDateGrowth = GrowthPercent(out.LastYearToDate, this)
	out.YearToDateDelta = this.Sub(out.LastYearToDate)
}

// additive reports whether the months of a series add up to its year: amounts of money that are no balances.
func (s *series) additive() bool {
	return strings.HasSuffix(s.unit, "元") && !strings.Contains(s.name, "余额")
}

// measure sets the year's target beside what was reached: the year's own value, else the year to date.
func (s *series) measure(out *IndicatorSeries, targets targetList, curve timeCurve, q Question) {
	year := q.YearOr()
	out.Target = targets.find(s.key, year, s.basis, s.unit)
	if out.Through != "" {
		out.Progress = s.progress(year, out.Target, curve)
	}
	if !out.Target.Valid() {
		return
	}
	out.TargetYear = year
	if whole, loaded := s.years[year]; loaded {
		out.CompletionPercent, out.TimePercent = Percent(whole, out.Target), curve.percent(12)
	} else if out.Through != "" {
		through := int(dayOfMonth(out.Through).Month())
		out.CompletionPercent = Percent(out.YearToDate, out.Target)
		out.TimePercent = curve.percent(completeMonth(year, through, q.Clock.Asof))
	}
	if len(out.MissingMonths) == 0 || s.years[year].Valid() {
		out.AheadPoints = out.CompletionPercent.Sub(out.TimePercent)
	}
}

// aim sets the target of every loaded year beside what was reached.
func (s *series) aim(out *IndicatorSeries, targets targetList) {
	for i := range out.Years {
		y := &out.Years[i]
		y.Target = targets.find(s.key, y.Year, s.basis, s.unit)
		y.CompletionPercent = Percent(y.Value, y.Target)
	}
}

// judge gives a series its light by its growth: of the whole year when it is loaded, else of the year to date.
func (s *series) judge(out *IndicatorSeries, year int) {
	growth := out.YearToDateGrowth
	if whole, loaded := s.years[year]; loaded {
		growth = s.growth(s.years[year-1], whole)
	}
	out.PlannedGrowth = s.growth(s.years[year-1], out.Target)
	var rules []Rule
	if r, ok := growthRule(growth, out.PlannedGrowth); ok {
		rules = append(rules, r)
	}
	out.Light = lightOf(rules)
}
