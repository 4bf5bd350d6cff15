package analytics

import (
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// yearPassed is the time progress (序时进度) of a day in percent: complete months of its year, of twelve.
func yearPassed(day Date) ledger.Decimal {
	if !day.Known() {
		return ledger.Null
	}
	return TimePercent(completeMonths(day))
}

// completeMonths counts the months of a day's year that are over by its evening.
func completeMonths(day Date) int {
	next := day.Plus(1).Time()
	if next.Year() > day.Time().Year() {
		return 12
	}
	return int(next.Month()) - 1
}

// gapRule is rule 1: how many points completion of the year is behind time progress.
func (t Thresholds) gapRule(completion, passed ledger.Decimal) (Rule, bool) {
	gap := passed.Sub(completion)
	if !gap.Valid() {
		return Rule{}, false
	}
	r := Rule{ID: "rule1", Color: Green, Value: gap, Limit: t.GapYellow, Unit: "points"}
	switch {
	case gap.Cmp(t.GapRed) > 0:
		r.Color, r.Limit = Red, t.GapRed
	case gap.Cmp(t.GapYellow) >= 0:
		r.Color = Yellow
	}
	switch shown := gap.Round(1); shown.Sign() {
	case 1:
		r.Message = text.T("status.gap.behind", shown.Fixed(1))
	case -1:
		r.Message = text.T("status.gap.ahead", shown.Neg().Fixed(1))
	default:
		r.Message = text.T("status.gap.level", completion.Fixed(1))
	}
	return r, true
}

// growthRule is rule 1b, of an indicator: it grew at least as planned, less than that, or fell. Without a plan nobody can say that
// it grew enough, so growth alone is grey. No dataset holds an average of the district's offices to hold it against as well.
func growthRule(growth, planned ledger.Decimal) (Rule, bool) {
	if !growth.Valid() {
		return Rule{}, false
	}
	r := Rule{ID: "rule1b", Color: Grey, Value: growth, Limit: planned, Unit: "percent", Message: text.T("status.growth.unplanned", growth.Fixed(1))}
	switch {
	case growth.Sign() < 0:
		r.Color, r.Limit, r.Message = Red, ledger.Int(0), text.T("status.growth.fell", growth.Neg().Fixed(1))
	case !planned.Valid():
	case growth.Cmp(planned) < 0:
		r.Color, r.Message = Yellow, text.T("status.growth.below", growth.Fixed(1), planned.Fixed(1))
	default:
		r.Color, r.Message = Green, text.T("status.growth.met", growth.Fixed(1), planned.Fixed(1))
	}
	return r, true
}

// startRule is rule 2: how many months have passed since the planned start without a start.
func (t Thresholds) startRule(plan, actual, asof Date) (Rule, bool) {
	if !plan.Known() {
		return Rule{}, false
	}
	r := Rule{ID: "rule2", Color: Green, Value: ledger.Int(0), Limit: ledger.Int(t.StartYellow), Unit: "months"}
	if actual.Known() && !actual.After(asof) {
		r.Message = text.T("status.start.done", actual.String())
		return r, true
	}
	from, next := plan.Time(), asof.Plus(1).Time()
	late := int64(next.Year()-from.Year())*12 + int64(next.Month()-from.Month())
	if late < t.StartYellow {
		r.Message = text.T("status.start.waiting", from.Format("2006-01"))
		return r, true
	}
	r.Color, r.Value = Yellow, ledger.Int(late)
	if late >= t.StartRed {
		r.Color, r.Limit = Red, ledger.Int(t.StartRed)
	}
	r.Message = text.T("status.start.late", from.Format("2006-01"), late)
	return r, true
}

// lateRule is rule 3 for the latest of a plan's nodes.
func (t Thresholds) lateRule(nodes []PlanNode, asof Date) (Rule, bool) {
	var worst *PlanNode
	for i := range nodes {
		if n := &nodes[i]; n.DaysLate != nil && (worst == nil || *n.DaysLate > *worst.DaysLate) {
			worst = n
		}
	}
	if worst == nil {
		return Rule{}, false
	}
	days := *worst.DaysLate
	r := Rule{ID: "rule3", Color: t.lateColor(days), Value: ledger.Int(days), Limit: ledger.Int(t.LateYellow), Unit: "days"}
	if r.Color == Red {
		r.Limit = ledger.Int(t.LateRed)
	}
	plan := worst.PlanFinish.near(asof)
	switch {
	case days < t.LateYellow:
		r.Message = text.T("status.late.none")
	case !worst.Open:
		r.Message = text.T("status.late.done", worst.Node, plan, worst.ActualFinish.near(asof), days)
	case worst.Forecast.After(asof):
		r.Message = text.T("status.late.forecast", worst.Node, plan, worst.Forecast.near(asof), days)
	default:
		r.Message = text.T("status.late.open", worst.Node, plan, days)
	}
	return r, true
}

func (t Thresholds) lateColor(days int64) Color {
	switch {
	case days >= t.LateRed:
		return Red
	case days >= t.LateYellow:
		return Yellow
	}
	return Green
}

// floatRule is rule 4 for the open node with the least total float.
func (t Thresholds) floatRule(nodes []PlanNode, asof Date) (Rule, bool) {
	var worst *PlanNode
	for i := range nodes {
		if n := &nodes[i]; n.Open && n.TotalFloat != nil && (worst == nil || *n.TotalFloat < *worst.TotalFloat) {
			worst = n
		}
	}
	if worst == nil {
		return Rule{}, false
	}
	days := *worst.TotalFloat
	r := Rule{ID: "rule4", Color: t.floatColor(days), Value: ledger.Int(days), Limit: ledger.Int(t.FloatYellow), Unit: "days"}
	if r.Color == Red {
		r.Limit = ledger.Int(t.FloatRed)
	}
	r.Message = text.T("status.float", worst.Node, worst.LatestFinish.near(asof), worst.expected().near(asof), days)
	return r, true
}

func (t Thresholds) floatColor(days int64) Color {
	switch {
	case days < t.FloatRed:
		return Red
	case days <= t.FloatYellow:
		return Yellow
	}
	return Green
}

// moneyRule is rule 5, a flag: how many points the money spent of the total is ahead of the works.
func (t Thresholds) moneyRule(spent, total, percent ledger.Decimal) (Rule, bool) {
	ahead := Percent(spent, total).Sub(percent)
	if !ahead.Valid() {
		return Rule{}, false
	}
	r := Rule{ID: "rule5", Color: Green, Value: ahead, Limit: t.Ahead, Unit: "points", Flag: true}
	money := ahead.Add(percent)
	r.Message = text.T("status.money.level", money.Fixed(1), percent.Fixed(1))
	if ahead.Cmp(t.Ahead) > 0 {
		r.Color = Yellow
		r.Message = text.T("status.money.ahead", money.Fixed(1), percent.Fixed(1), ahead.Fixed(1))
	}
	return r, true
}

// staleRule is rule 6: how many days ago the last weekly entry was made.
func (t Thresholds) staleRule(last, asof Date) (Rule, bool) {
	if !last.Known() {
		return Rule{}, false
	}
	days := asof.Since(last)
	r := Rule{ID: "rule6", Color: Green, Value: ledger.Int(days), Limit: ledger.Int(t.StaleYellow), Unit: "days"}
	r.Message = text.T("status.stale.fresh", last.String())
	switch {
	case days >= t.StaleGrey:
		r.Color, r.Limit = Grey, ledger.Int(t.StaleGrey)
		r.Message = text.T("status.stale.lost", last.String(), days)
	case days >= t.StaleYellow:
		r.Color = Yellow
		r.Message = text.T("status.stale.old", last.String(), days)
	}
	return r, true
}

// near writes a day without its year when that is the year of another day.
func (d Date) near(o Date) string {
	if d.Known() && d.day.Year() == o.day.Year() {
		return d.day.Format("01-02")
	}
	return d.day.Format(time.DateOnly)
}
