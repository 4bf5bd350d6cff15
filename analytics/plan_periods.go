package analytics

import (
	"taizhang/internal/text"
)

// PlanPeriod is one of the country's five-year plans (五年规划期), by its number; "X末" is its last year.
type PlanPeriod int

// FirstPlanPeriod and LastPlanPeriod are the ends of the row of plan periods that stand side by side: 十一五 (2006-2010) to 十五五 (2026-2030).
const (
	FirstPlanPeriod PlanPeriod = 11
	LastPlanPeriod  PlanPeriod = 15
)

// planYears is how long a plan period lasts.
const planYears = 5

// planPeriodOf is the plan period a year lies in; the first one began in 1951 by this count.
func planPeriodOf(year int) PlanPeriod { return PlanPeriod((year - 1951) / planYears) }

// Begins is the first year of the plan period, 2006 for 十一五.
func (p PlanPeriod) Begins() int { return 1951 + planYears*int(p) }

// Ends is the last year of the plan period, 2010 for 十一五.
func (p PlanPeriod) Ends() int { return p.Begins() + planYears - 1 }

// Name names the plan period: 十二五, the 12th five-year plan.
func (p PlanPeriod) Name() text.Message {
	return text.T("economy.plan_period", chineseOrdinal(int(p)), int(p))
}

// between compares the last year of the plan before with the newest loaded year of this one, its own last year when the plan is over.
func (s *series) between(p PlanPeriod) PlanGrowth {
	g := PlanGrowth{Number: p, Plan: p.Name().In(text.Zh), Begins: p.Begins(), Ends: p.Ends()}
	to := p.Ends()
	for y := p.Begins(); y <= p.Ends(); y++ {
		value, loaded := s.years[y]
		if !loaded {
			continue
		}
		to = y
		g.Loaded++
		if s.additive() {
			g.Total = plus(g.Total, value)
		}
	}
	g.Growth = GrowthBetween(p.Begins()-1, s.years[p.Begins()-1], to, s.years[to])
	if s.rate() {
		g.Growth = g.Growth.ofRates()
	}
	g.Over = to == p.Ends() && g.Loaded > 0
	return g
}

// periods are the plan periods from 十一五 on that have begun by a year or hold a value.
func (s *series) periods(year int) []PlanGrowth {
	list := []PlanGrowth{}
	for p := FirstPlanPeriod; p <= LastPlanPeriod; p++ {
		if g := s.between(p); p.Begins() <= year || g.Loaded > 0 {
			list = append(list, g)
		}
	}
	return list
}

// plans are the plan periods whose two ends (十一五末 2010, 十二五末 2015) are loaded, of whatever number.
func (s *series) plans() []PlanGrowth {
	list := []PlanGrowth{}
	for _, to := range sortedKeys(s.years) {
		if p := planPeriodOf(to); p.Ends() == to {
			if g := s.between(p); g.FromValue.Valid() {
				list = append(list, g)
			}
		}
	}
	return list
}

// rate reports whether a series is of percentages: they differ by points and are no multiples of each other.
func (s *series) rate() bool { return s.unit == "%" }

// ofRates leaves of a growth only the difference, in percentage points.
func (g Growth) ofRates() Growth {
	return Growth{FromYear: g.FromYear, ToYear: g.ToYear, FromValue: g.FromValue, ToValue: g.ToValue, Delta: g.Delta}
}
