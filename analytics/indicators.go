package analytics

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Indicators answers every series of the record with its growth, target and ranks.
func (a *Analytics) Indicators(ctx context.Context, q Question) (*IndicatorsAnswer, error) {
	stamp, err := a.stamp(ctx, q, "", "indicators", "targets", "ranks", "curves")
	if err != nil {
		return nil, err
	}
	ans := &IndicatorsAnswer{Stamp: stamp, Year: q.YearOr(), Series: []IndicatorSeries{}}
	list, err := a.series(ctx, q)
	if err != nil {
		return nil, err
	}
	targets, err := a.targets(ctx, q)
	if err != nil {
		return nil, err
	}
	curves, err := a.curves(ctx, q)
	if err != nil {
		return nil, err
	}
	ranks, err := a.ranks(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, s := range list {
		out := s.answer(ans.Year)
		s.measure(&out, targets, curves.find(s.name, ans.Year, s.basis), q)
		s.judge(&out, ans.Year)
		if out.Ranks = ranks[s.key]; out.Ranks == nil {
			out.Ranks = []IndicatorRank{}
		}
		ans.Series = append(ans.Series, out)
	}
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
	out := IndicatorSeries{Indicator: s.name, Unit: s.unit, Basis: s.basis, Years: []IndicatorYear{}, Months: []IndicatorMonth{}}
	for _, y := range sortedKeys(s.years) {
		out.Years = append(out.Years, IndicatorYear{y, s.years[y], GrowthPercent(s.years[y-1], s.years[y])})
	}
	for _, m := range sortedKeys(s.months) {
		last := s.months[yearBefore(m)]
		out.Months = append(out.Months, IndicatorMonth{m, s.months[m], last, GrowthPercent(last, s.months[m])})
	}
	out.Growth = s.plans()
	s.yearToDate(&out, year)
	return out
}

// plans compares the last years of plan periods (十一五末 2010, 十二五末 2015) as far as both are loaded.
func (s *series) plans() []PlanGrowth {
	list := []PlanGrowth{}
	for _, to := range sortedKeys(s.years) {
		from, loaded := s.years[to-5]
		if to%5 == 0 && loaded {
			list = append(list, PlanGrowth{planName(to), GrowthBetween(to-5, from, to, s.years[to])})
		}
	}
	return list
}

// planName names the plan period that ends in a year, 十二五 for 2015.
func planName(end int) string {
	return text.T("economy.plan_period", chineseOrdinal((end-1950)/5-1), (end-1950)/5-1).In(text.Zh)
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
	out.AheadPoints = out.CompletionPercent.Sub(out.TimePercent)
}

// judge gives a series its light by its growth: of the whole year when it is loaded, else of the year to date.
func (s *series) judge(out *IndicatorSeries, year int) {
	growth := out.YearToDateGrowth
	if whole, loaded := s.years[year]; loaded {
		growth = GrowthPercent(s.years[year-1], whole)
	}
	out.PlannedGrowth = GrowthPercent(s.years[year-1], out.Target)
	var rules []Rule
	if r, ok := growthRule(growth, out.PlannedGrowth); ok {
		rules = append(rules, r)
	}
	out.Light = lightOf(rules)
}

// Table is one line a series and period.
func (ans *IndicatorsAnswer) Table() Table {
	t := Table{Columns: []Column{
		{"indicator", "指标名称", "Indicator", ""}, {"basis", "口径", "Basis", ""}, {"unit", "计量单位", "Unit", ""},
		{"period", "时期", "Period", ""}, {"value", "数值", "Value", ""}, {"growth_percent", "同比", "Growth", "%"},
	}}
	for _, s := range ans.Series {
		for _, y := range s.Years {
			t.Rows = append(t.Rows, []any{s.Indicator, s.Basis, s.Unit, int64(y.Year), y.Value, y.GrowthPercent})
		}
		for _, m := range s.Months {
			t.Rows = append(t.Rows, []any{s.Indicator, s.Basis, s.Unit, m.Month, m.Value, m.GrowthPercent})
		}
	}
	return t
}
