package analytics

import (
	"time"

	"taizhang/ledger"
)

// growth is the change against a base in percent; null for percentages, whose change is told in points.
func (s *series) growth(base, now ledger.Decimal) ledger.Decimal {
	if s.rate() {
		return ledger.Null
	}
	return GrowthPercent(base, now)
}

// month lays one month out beside the same month of the year before and the month before.
func (s *series) month(name string) IndicatorMonth {
	now := s.months[name]
	last, before := s.months[yearBefore(name)], s.months[monthOf(dayOfMonth(name).AddDate(0, -1, 0))]
	return IndicatorMonth{Month: name, Value: now, LastYear: last, Delta: now.Sub(last), GrowthPercent: s.growth(last, now), OnMonthPercent: s.growth(before, now)}
}

// missing are the months of a year up to its last loaded one that were not loaded.
func (s *series) missing(through string) []string {
	list := []string{}
	last := dayOfMonth(through)
	for m := 1; through != "" && m < int(last.Month()); m++ {
		if name := monthName(last.Year(), m); !s.months[name].Valid() {
			list = append(list, name)
		}
	}
	return list
}

// progress adds the months of a year up beside the year before and the target by its time progress; nothing for what does not add up.
func (s *series) progress(year int, target ledger.Decimal, curve timeCurve) []IndicatorProgress {
	list := []IndicatorProgress{}
	if !s.additive() {
		return list
	}
	now, last := ledger.Int(0), ledger.Int(0)
	for m := time.January; m <= time.December; m++ {
		now, last = now.Add(s.months[monthName(year, int(m))]), last.Add(s.months[monthName(year-1, int(m))])
		list = append(list, IndicatorProgress{Month: monthName(year, int(m)), Cumulative: now, LastYearCumulative: last,
			TargetDue: target.Mul(curve.percent(int(m))).Div(hundred)})
	}
	return list
}
