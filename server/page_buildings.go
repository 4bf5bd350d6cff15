package server

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// buildingsPage is the building economy.
type buildingsPage struct {
	page
	Areas, Tiers, List *card
}

func buildingPath(key string) string { return "/buildings/" + url.PathEscape(key) }

func (a *app) showBuildings(c *fiber.Ctx, q analytics.Question, ans *analytics.BuildingsAnswer) error {
	p := buildingsPage{page: a.newAnswerPage(c, "buildings", q, ans.Foot())}
	p.Sub = p.T("page.year", ans.Year)
	p.KPIs = p.buildingKPIs(ans)
	p.List, p.Tiers = p.buildingTable(ans), p.tierTable(ans)
	p.Areas = p.card("occupancy", "s7")
	if len(ans.Buildings) == 0 {
		p.Areas.nothing("buildings")
		return a.render(c, "buildings", p)
	}
	n := p.Num()
	p.Areas.Table = p.columns(col("building"), numCol("let", n.unit("m2")), numCol("vacant", n.unit("m2")), numCol("occupancy", "%"))
	for _, b := range ans.Buildings {
		p.Areas.Table.add(leads(b.Building, p.Link(buildingPath(b.Key))), num(n.area(b.LetAreaM2)), num(n.area(b.VacantAreaM2)),
			num(n.percent(b.OccupancyPercent, 2)))
	}
	if err := p.Areas.draw(charts.Occupancy(p.draws(), ans.Buildings), "h240"); err != nil {
		return err
	}
	return a.render(c, "buildings", p)
}

func (p page) buildingKPIs(ans *analytics.BuildingsAnswer) []kpi {
	n, t := p.Num(), ans.Totals
	return []kpi{
		{Key: "occupancy", Label: p.T("page.kpi.occupancy"), Figure: n.percent(t.Occupancy.Percent, 1),
			Bar:   completion(t.Occupancy.Percent, ledger.Null),
			Notes: []span{{p.T("page.sub.fraction", p.sayFigure(n.area(t.Occupancy.Numerator)), p.sayFigure(n.area(t.Occupancy.Denominator))), ""}}},
		{Key: "vacant", Label: p.T("page.kpi.vacant"), Figure: n.area(t.VacantAreaM2)},
		{Key: "registration", Label: p.T("page.kpi.registration"), Figure: n.percent(t.RegistrationPercent, 1),
			Bar:   completion(t.RegistrationPercent, ledger.Null),
			Notes: []span{{p.T("page.sub.firms_of", value(t.RegisteredFirms), value(t.Firms)), ""}}},
		{Key: "building_tax", Label: p.T("page.kpi.building_tax"), Aside: p.through(ans.TaxThrough), Figure: n.yuan(t.TaxYuan),
			Notes: []span{p.noted("page.sub.last_year", n.yuan(t.LastYearTaxYuan))}},
		{Key: "hq", Label: p.T("page.kpi.hq"), Figure: n.count(ledger.Int(t.Headquarters), "firms"),
			Notes: []span{{p.T("page.sub.buildings", value(t.Buildings)), "mute"}}},
		{Key: "expired", Label: p.T("page.kpi.expired"), Figure: n.count(ledger.Int(t.ExpiredLeases), "leases"),
			Notes: []span{p.noted("page.sub.wale", p.months(ans.WALEDays))}},
	}
}

// months writes a span of days in months of 365.25/12 days.
func (p page) months(days ledger.Decimal) figure {
	return p.Num().plain(days.Mul(ledger.Int(12)).Div(ledger.MustDecimal("365.25")), 1, p.Num().unit("months"))
}

func (p page) buildingTable(ans *analytics.BuildingsAnswer) *card {
	c := p.card("building_list", "long")
	if len(ans.Buildings) == 0 {
		return c.nothing("buildings")
	}
	n := p.Num()
	m2 := n.unit("m2")
	c.Table = p.columns(col("building"), numCol("occupancy", "%"), numCol("lettable", m2), numCol("let", m2), numCol("vacant", m2),
		numCol("firms", ""), numCol("registration", "%"), numCol("local_tax", "%"),
		numCol("tax", n.unit("wan")), numCol("growth", "%"), numCol("tax_per_m2", n.unit("yuan_m2")), col("tier"), numCol("expired", ""))
	for _, b := range ans.Buildings {
		c.Table.add(leads(b.Building, p.Link(buildingPath(b.Key))).under(joinedNames(b.District, b.Grade)), p.occupancyCell(b),
			num(n.area(b.LettableAreaM2)), num(n.area(b.LetAreaM2)), num(n.area(b.VacantAreaM2)),
			words(value(b.Firms)), num(n.percent(b.RegistrationPercent, 1)), num(n.percent(b.LocalTaxPercent,
				1)), num(n.wan(b.TaxYuan)).from(p.taxSource(nil, "building", b.Building)), num(n.change(b.TaxGrowthPercent, 1)),
			num(n.plain(b.TaxPerM2, 0, "")), p.tierCell(b), words(value(b.ExpiredLeases)))
	}
	return c
}

// occupancyCell shows the rate as computed; above 100 % the areas cannot be right, and it says so.
func (p page) occupancyCell(b analytics.BuildingLine) cell {
	c := num(p.Num().percent(b.OccupancyPercent, 1))
	switch {
	case b.Over100:
		return c.tagged(p.T("page.tag.over_100"), "red")
	case b.AreasDisagree:
		return c.tagged(p.T("page.tag.areas"), "amber")
	}
	return c
}

func (p page) tierCell(b analytics.BuildingLine) cell {
	c := words("")
	if b.Tier != "" {
		c = cell{Tag: &span{p.T("page.tier." + b.Tier), "green"}}
	}
	if b.LastYearTier != "" {
		c = c.under(p.T("page.note.last_tier", p.T("page.tier."+b.LastYearTier)))
	}
	return c
}

func (p page) tierTable(ans *analytics.BuildingsAnswer) *card {
	c := p.card("tiers", "s5")
	n := p.Num()
	c.Table = p.columns(col("tier"), numCol("tier_from", ""), numCol("exclusive", ""), numCol("inclusive", ""), numCol("last_year_count", ""))
	for _, t := range ans.Tiers {
		c.Table.add(words(p.T("page.tier."+t.Tier)), own(n.yuan(t.FromYuan)), words(value(t.Exclusive)), words(value(t.Cumulative)),
			words(value(t.LastYear)))
	}
	if len(ans.Tiers) == 0 {
		return c.nothing("buildings")
	}
	c.More = []span{{p.T("page.note.tiers", p.through(ans.TaxThrough)), "mute"}}
	return c
}
