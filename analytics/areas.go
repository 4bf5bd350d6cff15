package analytics

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Areas answers the roll-up of all sub-districts, ranked by a figure (empty: the usual one). Each line is made of the answers that
// the sub-district's own pages show. Where nobody chose a day, all stand at the newest day of any.
func (a *Analytics) Areas(ctx context.Context, q Question, by string) (*AreasAnswer, error) {
	figure, err := areaFigure(by)
	if err != nil {
		return nil, err
	}
	names, err := a.ledger.Areas(ctx)
	if err != nil {
		return nil, err
	}
	if q.Clock, err = a.clockOfAll(ctx, q.Clock, names); err != nil {
		return nil, err
	}
	ans := &AreasAnswer{Year: q.YearOr(), By: figure.ID, Months: []string{}, Bases: []string{}}
	ans.Rows = make([]AreaLine, len(names))
	stamps := make([]Stamp, len(names))
	var wait errgroup.Group
	wait.SetLimit(2) // two processors are usual, and one answer asks many statements
	for i, name := range names {
		wait.Go(func() (err error) {
			one := q
			one.Clock = q.Clock.In(name)
			if stamps[i], err = a.stamp(ctx, one, "", ledger.Names()...); err != nil {
				return err
			}
			ans.Rows[i], err = a.areaLine(ctx, one, len(stamps[i].Batches) == 0)
			return err
		})
	}
	if err := wait.Wait(); err != nil {
		return nil, err
	}
	ans.Stamp = stamps[0]
	for _, more := range stamps[1:] {
		ans.Stamp.Batches, ans.Stamp.Files = append(ans.Stamp.Batches, more.Batches...), append(ans.Stamp.Files, more.Files...)
	}
	slices.Sort(ans.Stamp.Batches)
	ans.Stamp.Area = strings.Join(names, "、")
	ans.gather()
	ans.rank(figure)
	return ans, nil
}

// areaReport is Areas by the usual figure, for reports.
func (a *Analytics) areaReport(ctx context.Context, q Question) (*AreasAnswer, error) {
	return a.Areas(ctx, q, "")
}

func areaFigure(by string) (AreaFigure, error) {
	names := make([]string, len(areaFigures))
	for i, f := range areaFigures {
		if names[i] = f.ID; f.ID == by || by == "" {
			return f, nil
		}
	}
	return AreaFigure{}, ledger.Fail(ledger.Invalid, text.T("area.bad_figure", by, strings.Join(names, ", ")))
}

// clockOfAll is a clock for all sub-districts: a chosen day as it is, else the newest at which any of them stands.
func (a *Analytics) clockOfAll(ctx context.Context, clock ledger.Clock, names []string) (ledger.Clock, error) {
	if !clock.Live && !clock.Stood {
		return clock, nil
	}
	known := ""
	if !clock.Live {
		known = clock.Known.Format("2006-01-02T15:04:05.999999999Z07:00")
	}
	found := false
	for _, name := range names {
		own, err := a.ledger.In(name).Clock(ctx, "", known)
		if err != nil {
			return clock, err
		}
		// One that holds nothing stands at today, which says nothing of the others.
		if list, err := a.ledger.In(name).History(ctx, clock.Known); err != nil || len(list) == 0 && len(names) > 1 {
			if err != nil {
				return clock, err
			}
			continue
		}
		if !found || own.Asof.After(clock.Asof) || own.Asof.Equal(clock.Asof) && clock.Stood {
			clock.Asof, clock.Stood, found = own.Asof, own.Stood, true
		}
	}
	return clock, nil
}

// areaLine takes one sub-district's figures from its answers.
func (a *Analytics) areaLine(ctx context.Context, q Question, empty bool) (AreaLine, error) {
	l := AreaLine{Area: q.Clock.Area, AreaSums: AreaSums{empty: empty}}
	if empty {
		return l, nil
	}
	p, err := a.cockpitParts(ctx, q, a.taxYear, a.letting)
	if err != nil {
		return l, err
	}
	projects, err := a.Projects(ctx, q)
	if err != nil {
		return l, err
	}
	alerts, err := a.Alerts(ctx, q)
	if err != nil {
		return l, err
	}
	under := &CockpitAnswer{}
	under.fillProjects(projects, DateOf(q.Clock.Asof))
	t := p.tax
	l.Basis, l.Through, l.TimePercent, l.AheadPoints = t.Basis, t.Through, t.TimePercent, t.AheadPoints
	l.TaxYuan = t.YearToDateYuan
	l.Growth = rateOf(t.YearToDateYuan, t.LastYearToDateYuan, t.GrowthPercent)
	l.Completion = rateOf(t.YearToDateYuan, t.TargetYuan, t.CompletionPercent)
	l.PaidInYuan, l.PaidIn = p.investment.Total.PaidInYearYuan, p.investment.PaidIn
	l.Occupancy, l.OwedUnits = p.buildings.Totals.Occupancy, p.resettlement.Totals.OwedUnits
	l.Projects, l.Lights = under.UnderWay, under.Lights
	l.Actions, l.OpenActions, l.OverdueActions = p.actions.Made, p.actions.Open, p.actions.Overdue
	l.OpenAlerts, l.RedAlerts = len(alerts.Open), alerts.Counts.Red
	return l, nil
}

// rateOf is a rate that a page shows already, with what it was made of; without it nothing is added to a total.
func rateOf(part, whole, percent ledger.Decimal) Rate {
	if !percent.Valid() {
		return Rate{}
	}
	return Rate{Numerator: part, Denominator: whole, Percent: percent, Count: 1}
}

// gather sums the lines, and the months and bases of their tax.
func (ans *AreasAnswer) gather() {
	t := &ans.Total
	for _, l := range ans.Rows {
		if l.Through != "" && !slices.Contains(ans.Months, l.Through) {
			ans.Months = append(ans.Months, l.Through)
		}
		if l.TaxYuan.Valid() && !slices.Contains(ans.Bases, l.Basis) {
			ans.Bases = append(ans.Bases, l.Basis)
		}
		t.TaxYuan, t.PaidInYuan, t.OwedUnits = plus(t.TaxYuan, l.TaxYuan), plus(t.PaidInYuan, l.PaidInYuan), plus(t.OwedUnits, l.OwedUnits)
		t.Growth.join(l.Growth)
		t.Completion.join(l.Completion)
		t.PaidIn.join(l.PaidIn)
		t.Occupancy.join(l.Occupancy)
		t.Projects += l.Projects
		t.Lights.join(l.Lights)
		t.Actions += l.Actions
		t.OpenActions, t.OverdueActions = t.OpenActions+l.OpenActions, t.OverdueActions+l.OverdueActions
		t.OpenAlerts, t.RedAlerts = t.OpenAlerts+l.OpenAlerts, t.RedAlerts+l.RedAlerts
	}
	slices.Sort(ans.Months)
	slices.Sort(ans.Bases)
	t.Growth.Percent = GrowthPercent(t.Growth.Denominator, t.Growth.Numerator)
	for _, r := range []*Rate{&t.Completion, &t.PaidIn, &t.Occupancy} {
		r.Percent = Percent(r.Numerator, r.Denominator)
	}
	if len(ans.Bases) > 1 {
		// Tax on different bases is no sum of anything.
		t.TaxYuan, t.Growth, t.Completion = ledger.Null, Rate{}, Rate{}
	}
	if len(ans.Months) == 1 && t.Completion.Percent.Valid() {
		t.TimePercent = ans.timeOfAll()
		t.AheadPoints = t.Completion.Percent.Sub(t.TimePercent)
	}
	if len(ans.Bases) == 1 {
		ans.Stamp.Basis = ans.Bases[0]
	}
}

// timeOfAll is the time progress of the month all stand at, null where one has none (a month of its own is missing).
func (ans *AreasAnswer) timeOfAll() ledger.Decimal {
	time := ledger.Null
	for _, l := range ans.Rows {
		if !l.Completion.Percent.Valid() {
			continue
		}
		if time = l.TimePercent; !time.Valid() || !l.AheadPoints.Valid() {
			return ledger.Null
		}
	}
	return time
}

// join adds what another rate was computed over, if it could be computed.
func (r *Rate) join(o Rate) {
	if !o.Percent.Valid() {
		return
	}
	r.Numerator, r.Denominator = plus(r.Numerator, o.Numerator), plus(r.Denominator, o.Denominator)
	r.Count, r.Blank = r.Count+o.Count, r.Blank+o.Blank
}

// join adds another's lights.
func (l *Lights) join(o Lights) {
	l.Red, l.Yellow, l.Green, l.Grey, l.Overridden = l.Red+o.Red, l.Yellow+o.Yellow, l.Green+o.Green, l.Grey+o.Grey, l.Overridden+o.Overridden
}

// rank numbers the lines 1,1,3 by a figure; one without it has no rank. Tax on different bases ranks nobody.
func (ans *AreasAnswer) rank(f AreaFigure) {
	figure := func(l AreaLine) ledger.Decimal {
		if f.ID == "tax" && len(ans.Bases) > 1 {
			return ledger.Null
		}
		return f.of(l)
	}
	better := func(x, y ledger.Decimal) bool { return f.Low == (x.Cmp(y) < 0) && x.Cmp(y) != 0 }
	for i := range ans.Rows {
		mine := figure(ans.Rows[i])
		if !mine.Valid() {
			continue
		}
		ans.Of++
		place := int64(1)
		for _, other := range ans.Rows {
			if theirs := figure(other); theirs.Valid() && better(theirs, mine) {
				place++
			}
		}
		ans.Rows[i].Rank = ledger.Int(place)
	}
	slices.SortStableFunc(ans.Rows, func(x, y AreaLine) int {
		if x.Rank.Valid() && y.Rank.Valid() {
			return x.Rank.Cmp(y.Rank)
		}
		if x.Rank.Valid() == y.Rank.Valid() {
			return 0
		}
		if x.Rank.Valid() {
			return -1
		}
		return 1
	})
}
