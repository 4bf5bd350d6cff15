package analytics

import (
	"slices"

	"taizhang/ledger"
)

// Curve is the S-curve of a project: how many percent of its milestones, weighed, are planned, done and expected by a day.
type Curve struct {
	Weighed  string       `json:"weighed_by"` // weight, duration, or count where neither is given for every node
	Baseline string       `json:"baseline"`   // number of the baseline drawn; empty: the first plan recorded
	Points   []CurvePoint `json:"points"`     // a week apart, with the days of the reports and the ends between
	Earned   Earned       `json:"earned_value"`
}

// CurvePoint is one day of the curve in percent; NULL where a line has nothing to say.
type CurvePoint struct {
	Date     Date           `json:"date"`
	Baseline ledger.Decimal `json:"baseline_percent"`
	Plan     ledger.Decimal `json:"plan_percent"`
	Actual   ledger.Decimal `json:"actual_percent"`   // of the weekly entry of that day
	Forecast ledger.Decimal `json:"forecast_percent"` // from today to the expected finish
}

// Earned holds finished milestones against those due by the baseline, weighed.
type Earned struct {
	Planned  ledger.Decimal `json:"planned_value_percent"`
	Earned   ledger.Decimal `json:"earned_value_percent"`
	SPI      ledger.Decimal `json:"spi"`       // Earned / Planned; NULL when nothing was due
	DaysLate *int64         `json:"days_late"` // of the latest milestone: near its end every project's SPI comes close to 1
}

// stretch is a piece of work on the curve: it grows evenly from start to finish, or at once on the finish when no start is known.
type stretch struct {
	start, finish Date
	weight        ledger.Decimal
}

// most points of a curve; a longer one has its days further apart.
const curvePoints = 400

// curve draws a plan: weeks are newest first.
func (p *Plan) curve(weeks []Week, baseline []BaselineNode, asof Date) *Curve {
	weights, by := p.weights()
	base, plan, outlook := p.baselineLine(baseline), make([]stretch, len(p.Nodes)), make([]stretch, len(p.Nodes))
	for i, n := range p.Nodes {
		plan[i] = stretch{n.PlanStart, n.PlanFinish, weights[i]}
		outlook[i] = stretch{n.OutlookStart, n.OutlookFinish, weights[i]}
	}
	c := &Curve{Weighed: by, Baseline: p.Baseline, Points: []CurvePoint{}, Earned: p.earned(weights, asof)}
	actual := map[Date]ledger.Decimal{}
	var now ledger.Decimal
	for _, w := range slices.Backward(weeks) {
		if !w.ReportDate.After(asof) && w.Percent.Valid() {
			actual[w.ReportDate], now = w.Percent, w.Percent
		}
	}
	expect := forecastLine(outlook, now, asof)
	for _, day := range curveDays(slices.Concat(base, plan, outlook), actual, asof) {
		point := CurvePoint{Date: day, Baseline: doneBy(base, day), Plan: doneBy(plan, day), Forecast: expect(day)}
		point.Actual = actual[day]
		c.Points = append(c.Points, point)
	}
	return c
}

// weights gives every node its share: the weights recorded, else the durations, where every node has one; else all count the same.
func (p *Plan) weights() ([]ledger.Decimal, string) {
	var weights, days []ledger.Decimal
	for _, n := range p.Nodes {
		weights = append(weights, n.Weight)
		switch {
		case n.Duration != nil:
			days = append(days, ledger.Int(*n.Duration))
		case n.PlanStart.Known() && n.PlanFinish.Known():
			days = append(days, ledger.Int(n.PlanFinish.Since(n.PlanStart)+1))
		default:
			days = append(days, ledger.Null)
		}
	}
	switch {
	case canWeigh(weights):
		return weights, "weight"
	case canWeigh(days):
		return days, "duration"
	}
	return ones(len(p.Nodes)), "count"
}

// baselineLine gives the nodes of a baseline their own weights, in the same order of preference.
func (p *Plan) baselineLine(nodes []BaselineNode) []stretch {
	var weights, days []ledger.Decimal
	list := make([]stretch, len(nodes))
	for i, n := range nodes {
		list[i] = stretch{start: n.Start, finish: n.Finish}
		span := ledger.Null
		if n.Start.Known() && n.Finish.Known() {
			span = ledger.Int(n.Finish.Since(n.Start) + 1)
		}
		weights, days = append(weights, n.Weight), append(days, span)
	}
	chosen := weights
	switch {
	case canWeigh(weights):
	case canWeigh(days):
		chosen = days
	default:
		chosen = ones(len(nodes))
	}
	for i := range list {
		list[i].weight = chosen[i]
	}
	return list
}

// canWeigh reports whether every node has a weight and they are not all nothing; a node of no days weighs nothing.
func canWeigh(list []ledger.Decimal) bool {
	sum := ledger.Int(0)
	for _, d := range list {
		if !d.Valid() || d.Sign() < 0 {
			return false
		}
		sum = sum.Add(d)
	}
	return sum.Sign() > 0
}

func ones(n int) []ledger.Decimal { return slices.Repeat([]ledger.Decimal{ledger.Int(1)}, n) }

// doneBy is how many percent of the work are done by the evening of a day; NULL when nothing of it has a finish.
func doneBy(work []stretch, day Date) ledger.Decimal {
	done, all := ledger.Int(0), ledger.Int(0)
	for _, s := range work {
		if !s.finish.Known() {
			continue
		}
		all = all.Add(s.weight)
		switch {
		case !s.finish.After(day):
			done = done.Add(s.weight)
		case s.start.Known() && !s.start.After(day):
			share := ledger.Int(day.Since(s.start) + 1).Div(ledger.Int(s.finish.Since(s.start) + 1))
			done = done.Add(s.weight.Mul(share))
		}
	}
	return Percent(done, all)
}

// forecastLine goes from what is done today to all on the expected finish, in the shape of the outlook.
func forecastLine(outlook []stretch, now ledger.Decimal, today Date) func(Date) ledger.Decimal {
	var finish Date
	for _, s := range outlook {
		if s.finish.After(finish) {
			finish = s.finish
		}
	}
	from := doneBy(outlook, today)
	if !now.Valid() {
		now = from
	}
	return func(day Date) ledger.Decimal {
		if today.After(day) || day.After(finish) || !finish.Known() {
			return ledger.Null
		}
		left := hundred.Sub(from)
		if left.Sign() <= 0 {
			return now
		}
		return now.Add(hundred.Sub(now).Mul(doneBy(outlook, day).Sub(from)).Div(left))
	}
}

// curveDays are the days to draw: every week counted from today, the reports, today and the ends.
func curveDays(work []stretch, actual map[Date]ledger.Decimal, asof Date) []Date {
	first, last := asof, asof
	wanted := map[Date]bool{asof: true}
	for _, s := range work {
		from := s.start
		if !from.Known() {
			from = s.finish
		}
		if !s.finish.Known() {
			continue
		}
		// The evening before the first day is where a line leaves zero.
		first, last = widest(first, last, from.Plus(-1), s.finish)
		wanted[s.finish] = true
	}
	for day := range actual {
		first, last = widest(first, last, day, day)
		wanted[day] = true
	}
	wanted[first], wanted[last] = true, true
	step := int(max(7, last.Since(first)/curvePoints))
	for day := asof; !first.After(day); day = day.Plus(-step) {
		wanted[day] = true
	}
	for day := asof; !day.After(last); day = day.Plus(step) {
		wanted[day] = true
	}
	days := make([]Date, 0, len(wanted))
	for day := range wanted {
		days = append(days, day)
	}
	slices.SortFunc(days, func(a, b Date) int { return a.day.Compare(b.day) })
	return days
}

// earned weighs the nodes finished by a day against those due by then; a node that the baseline lacks is due by its plan.
func (p *Plan) earned(weights []ledger.Decimal, asof Date) Earned {
	planned, done, all := ledger.Int(0), ledger.Int(0), ledger.Int(0)
	for i, n := range p.Nodes {
		due := n.BaselineFinish
		if !due.Known() {
			due = n.PlanFinish
		}
		all = all.Add(weights[i])
		if due.Known() && !due.After(asof) {
			planned = planned.Add(weights[i])
		}
		if n.ActualFinish.Known() && !n.ActualFinish.After(asof) {
			done = done.Add(weights[i])
		}
	}
	e := Earned{Planned: Percent(planned, all), Earned: Percent(done, all), DaysLate: p.DaysLate}
	if planned.Sign() > 0 {
		e.SPI = done.Div(planned)
	}
	return e
}

// MoneyWeek holds the money spent against the works in one week's entry, in percent and points (rule 5).
type MoneyWeek struct {
	Date     Date           `json:"report_date"`
	Money    ledger.Decimal `json:"money_percent"`
	Physical ledger.Decimal `json:"physical_percent"`
	Ahead    ledger.Decimal `json:"ahead_points"` // Money - Physical
	Behind   bool           `json:"behind"`       // further ahead than rule 5 allows: the works lag
}

// moneyWeeks is rule 5 for every week, oldest first; weeks are newest first.
func (t Thresholds) moneyWeeks(weeks []Week, total ledger.Decimal) []MoneyWeek {
	list := []MoneyWeek{}
	for _, w := range slices.Backward(weeks) {
		m := MoneyWeek{Date: w.ReportDate, Money: Percent(w.Cumulative, total), Physical: w.Percent}
		m.Ahead = m.Money.Sub(m.Physical)
		m.Behind = m.Ahead.Valid() && m.Ahead.Cmp(t.Ahead) > 0
		list = append(list, m)
	}
	return list
}
