package analytics

import (
	"context"

	"taizhang/ledger"
)

// soonDays is how many days ahead something is called due soon.
const soonDays = 7

// finishedStage is the stage of a project that is done.
const finishedStage = "已完工"

// cockpitParts are the answers the first page is made of.
type cockpitParts struct {
	tax          *TaxAnswer
	indicators   *IndicatorsAnswer
	investment   *InvestmentAnswer
	resettlement *ResettlementAnswer
	buildings    *BuildingsAnswer
	actions      ActionCounts
	commitments  Commitments      // for the catalogue
	services     ServiceCases     // for the catalogue
	patrols      PatrolStrip      // for the catalogue
	economy      *BuildingsAnswer // for the catalogue
	cases        CaseTally        // for the catalogue, of the year
}

// Cockpit answers the first page from the same answers the pages behind it show.
func (a *Analytics) Cockpit(ctx context.Context, q Question) (*CockpitAnswer, error) {
	ctx = Asking(ctx)
	var p *cockpitParts
	var projects *ProjectsAnswer
	var street *Street
	err := together(
		func() (err error) { projects, err = a.Projects(ctx, q); return err },
		func() (err error) { street, err = a.street(ctx, q); return err },
		func() (err error) { p, err = a.cockpitParts(ctx, q, a.taxYear, a.letting); return err },
	)
	if err != nil {
		return nil, err
	}
	return a.cockpitOf(ctx, q, p, projects, street)
}

// cockpitOf puts the first page together from answers that are there.
func (a *Analytics) cockpitOf(ctx context.Context, q Question, p *cockpitParts, projects *ProjectsAnswer, street *Street) (ans *CockpitAnswer, err error) {
	ans = &CockpitAnswer{Year: q.YearOr(), Tax: p.tax, Resettlement: []ResettlementBlock{}, Street: street}
	if ans.Stamp, err = a.stamp(ctx, q, p.tax.Stamp.Basis, ledger.Names()...); err != nil {
		return nil, err
	}
	ans.Actions = p.actions
	for _, v := range p.resettlement.Villages {
		ans.Resettlement = append(ans.Resettlement, v.Blocks...)
	}
	ans.fillProjects(projects, DateOf(q.Clock.Asof))
	ans.KPIs = []KPI{p.taxKPI(), p.paidInKPI(), ans.projectsKPI(), p.resettlementKPI(), p.occupancyKPI(), ans.actionsKPI()}
	return ans, nil
}

// cockpitParts reads what the figures are taken from, tax and buildings as far as these ask for them: taxYear, or Tax with the parts and the
// payers; letting, or Buildings with their tax. The projects are read apart, since the catalogue has none of theirs.
func (a *Analytics) cockpitParts(ctx context.Context, q Question, tax func(context.Context, Question) (*TaxAnswer, error),
	buildings func(context.Context, Question) (*BuildingsAnswer, error)) (*cockpitParts, error) {
	p := &cockpitParts{}
	return p, together(
		func() (err error) { p.buildings, err = buildings(ctx, q); return },
		func() (err error) { p.tax, err = tax(ctx, q.whole()); return },
		func() (err error) { p.indicators, err = a.Indicators(ctx, q); return },
		func() (err error) { p.investment, err = a.leads(ctx, q); return },
		func() (err error) { p.resettlement, err = a.housing(ctx, q); return },
		func() (err error) { p.actions, err = a.countActions(ctx, q); return },
	)
}

// countActions counts the action items as the day stands.
func (a *Analytics) countActions(ctx context.Context, q Question) (ActionCounts, error) {
	var c ActionCounts
	today := DateOf(q.Clock.Asof)
	_, err := a.actions(ctx, q, func(_ string, l ActionLine) bool {
		c.add(l, today)
		return false
	})
	c.ClosedRate.Percent = Percent(c.ClosedRate.Numerator, c.ClosedRate.Denominator)
	c.OnTimeRate.Percent = Percent(c.OnTimeRate.Numerator, c.OnTimeRate.Denominator)
	return c, err
}

func (c *ActionCounts) add(l ActionLine, today Date) {
	c.Made++
	switch {
	case l.Closed:
		c.Closed++
	case l.DaysOverdue > 0:
		c.Open++
		c.Overdue++
	default:
		c.Open++
		if l.Due.Known() && l.Due.Since(today) <= soonDays {
			c.DueSoon++
		}
	}
	if l.OnTime() {
		c.ClosedOnTime++
	}
	c.ClosedRate.add(oneIf(l.Closed), ledger.Int(1))
	if l.Due.Known() && !l.Due.After(today) {
		c.Due++
		c.OnTimeRate.add(oneIf(l.OnTime()), ledger.Int(1))
	}
}

func oneIf(yes bool) ledger.Decimal {
	if yes {
		return ledger.Int(1)
	}
	return ledger.Int(0)
}

// fillProjects keeps the projects under way, their lights by leader and the red ones.
func (ans *CockpitAnswer) fillProjects(projects *ProjectsAnswer, today Date) {
	ans.Red, ans.Leaders = []ProjectItem{}, []CockpitLeader{}
	under := map[string]ProjectItem{}
	for _, item := range projects.Items {
		if item.Stage == finishedStage || item.ActualFinish.Known() && !item.ActualFinish.After(today) {
			continue
		}
		under[item.Key] = item
		ans.UnderWay++
		ans.Lights.add(item.Light)
		if item.Light.Color == Red {
			ans.Red = append(ans.Red, item)
		}
	}
	for _, g := range projects.ByLeader {
		leader := CockpitLeader{Name: g.Name, Projects: []CockpitProject{}}
		for _, key := range g.Keys {
			if item, ok := under[key]; ok {
				leader.Projects = append(leader.Projects, CockpitProject{item.Key, item.Project, item.Light.Color})
			}
		}
		if len(leader.Projects) > 0 {
			ans.Leaders = append(ans.Leaders, leader)
		}
	}
}

// Table is the six figures with what stands beside them.
func (ans *CockpitAnswer) Table() Table {
	t := Table{Columns: []Column{{"id", "指标", "Figure", ""}, {"sub", "分项", "Part", ""}, {"value", "数值", "Value", ""}, {"unit", "单位", "Unit", ""}}}
	for _, k := range ans.KPIs {
		t.Rows = append(t.Rows, []any{k.ID, "", k.Value, k.Unit})
		for _, s := range k.Subs {
			t.Rows = append(t.Rows, []any{k.ID, s.ID, s.Value, s.Unit})
		}
	}
	return t
}
