package server

import (
	"taizhang/analytics"
	"taizhang/ledger"
)

// plansTable sets the plan periods of a series side by side, a column each, and says under them what grew in whole sentences.
func (p page) plansTable(s analytics.IndicatorSeries, number string) *card {
	c := p.card("plans_beside", "")
	c.ID += number
	if len(s.Plans) == 0 {
		return c.nothing("growth")
	}
	c.Table = p.columns(col("plan_period"))
	for _, g := range s.Plans {
		c.Table.Columns = append(c.Table.Columns, column{Label: p.Say(g.Number.Name()), Unit: p.T("page.sub.plan_years", g.Begins, g.Ends), Kind: "num"})
	}
	n := p.Num()
	for _, line := range []struct {
		head colSpec
		cell func(g analytics.PlanGrowth) cell
	}{
		{numCol("from_value", ""), func(g analytics.PlanGrowth) cell { return p.baseCell(s, g) }},
		{numCol("to_value", ""), func(g analytics.PlanGrowth) cell { return p.endCell(s, g) }},
		{numCol("delta", ""), func(g analytics.PlanGrowth) cell { return own(p.differs(g.Delta, s.Unit)) }},
		{numCol("to_times", n.unit("times")), func(g analytics.PlanGrowth) cell { return num(n.plain(g.ToTimes, 2, "")) }},
		{numCol("by_times", n.unit("times")), func(g analytics.PlanGrowth) cell { return num(n.plain(g.ByTimes, 2, "")) }},
		{numCol("increase", "%"), func(g analytics.PlanGrowth) cell { return num(n.change(g.Percent, 2)) }},
		{numCol("doublings", ""), func(g analytics.PlanGrowth) cell { return num(n.plain(g.Doublings, 2, "")) }},
		{numCol("cagr", "%"), func(g analytics.PlanGrowth) cell { return num(n.change(g.CAGRPercent, 2)) }},
		{numCol("period_total", ""), func(g analytics.PlanGrowth) cell { return p.totalCell(s, g) }},
	} {
		name := words(p.T("page.col." + line.head.key))
		name.Unit = line.head.unit
		cells := []cell{name}
		for _, g := range s.Plans {
			cells = append(cells, line.cell(g))
		}
		c.Table.add(cells...)
	}
	for _, g := range s.Plans {
		if said := p.sayPlan(s, g); said != "" {
			c.More = append(c.More, span{Text: said})
		}
	}
	return c
}

// baseCell is the last year of the plan before, or which year is missing for it.
func (p page) baseCell(s analytics.IndicatorSeries, g analytics.PlanGrowth) cell {
	if !g.FromValue.Valid() {
		return words("").under(p.T("page.plan.no_base", g.FromYear))
	}
	return p.yearCell(s, g.FromYear, g.FromValue)
}

// endCell is the last year of the plan, or how far it has come.
func (p page) endCell(s analytics.IndicatorSeries, g analytics.PlanGrowth) cell {
	switch {
	case g.Loaded == 0:
		return words("")
	case !g.Over:
		return p.yearCell(s, g.ToYear, g.ToValue).under(p.T("page.plan.so_far", g.ToYear))
	}
	return p.yearCell(s, g.ToYear, g.ToValue)
}

func (p page) totalCell(s analytics.IndicatorSeries, g analytics.PlanGrowth) cell {
	c := own(p.inUnit(g.Total, s.Unit))
	if g.Total.Valid() && g.Loaded < g.Ends-g.Begins+1 {
		c = c.under(p.T("page.plan.loaded", g.Loaded))
	}
	return c
}

// sayPlan writes the growth of a plan period as a sentence for a report, never with times when it fell; empty while there is nothing to compare.
func (p page) sayPlan(s analytics.IndicatorSeries, g analytics.PlanGrowth) string {
	n := p.Num()
	from, to := p.sayFigure(p.inUnit(g.FromValue, s.Unit)), p.sayFigure(p.inUnit(g.ToValue, s.Unit))
	whole := func(d ledger.Decimal) string { return p.sayFigure(n.percent(d, 2)) }
	args := []any{p.Say(g.Number.Name()), g.FromYear, from, g.ToYear, to}
	switch {
	case !g.Delta.Valid():
		return ""
	case g.ToTimes.Valid():
		return p.T("page.plan.says_rise", append(args, n.plain(g.ToTimes, 2, "").Value, n.plain(g.ByTimes, 2, "").Value, whole(g.Percent), whole(g.CAGRPercent))...)
	case g.Percent.Valid():
		return p.T("page.plan.says_fall", append(args, whole(g.Percent.Neg()), whole(g.CAGRPercent.Neg()))...)
	}
	return p.T("page.plan.says_rate", append(args, p.sayFigure(p.differs(g.Delta, s.Unit)))...)
}
