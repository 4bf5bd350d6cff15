package server

import (
	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// buildingPage is one building, floor by floor.
type buildingPage struct {
	page
	Stack                      *stackCard
	Moves                      *movesCard
	Expiry, Ending, Top, Watch *card
}

// askBuilding reads ?since=, the day that moves are counted from, and ?part=, the table of a file.
func (a *app) askBuilding(c *fiber.Ctx, q analytics.Question) (*analytics.BuildingAnswer, error) {
	ans, err := a.analytics.BuildingSince(c.UserContext(), q, param(c, "code"), c.Query("since"))
	if err == nil {
		err = ans.Of(c.Query("part"))
	}
	return ans, err
}

func (a *app) showBuilding(c *fiber.Ctx, q analytics.Question, ans *analytics.BuildingAnswer) error {
	p := buildingPage{page: a.newAnswerPage(c, "buildings", q, ans.Foot())}
	p.keepOwn(c, "color", "since")
	b := ans.Line
	p.Crumb = &link{Text: p.Title, Href: p.Link("/buildings")}
	p.Title, p.Sub = b.Building, joinedNames(b.District, p.T("page.note.floors", len(ans.Floors)), b.Address)
	p.KPIs = p.oneBuilding(ans)
	p.Stack, p.Moves = p.stack(ans, c.Query("color")), p.moves(ans)
	p.Ending, p.Top = p.endingTable(ans), p.payers(ans)
	p.Watch = p.watchTable(ans.Watch, ans.WatchTotals, ans.WatchLimits, false)
	p.Watch.Acts, p.Moves.Card.Acts = p.csvOf("watch"), p.csvOf("moves")
	p.Expiry = p.expiryCard(ans.Expiry, b.OccupancyFigures, "tenants")
	if len(ans.Expiry) > 0 {
		if err := p.Expiry.draw(charts.Expiry(p.draws(), ans.Expiry, q.Clock.Asof.Year()), "h200"); err != nil {
			return err
		}
	}
	return a.render(c, "building", p)
}

func (p page) oneBuilding(ans *analytics.BuildingAnswer) []kpi {
	n, b := p.Num(), ans.Line
	from := p.Source("tenants", ledger.Filter{"building": b.Building})
	occupied := n.percent(b.OccupancyPercent, 1)
	occupied.Href = from
	rate := kpi{Key: "occupancy", Label: p.T("page.kpi.occupancy"), Figure: occupied, Bar: completion(b.OccupancyPercent, ledger.Null),
		Notes: []span{{p.T("page.sub.fraction", p.sayFigure(n.area(b.LetAreaM2)), p.sayFigure(n.area(b.LettableAreaM2))), ""}}}
	if b.Over100 {
		rate.Notes = append(rate.Notes, span{p.T("page.tag.over_100"), "bad"})
	}
	paid := n.compact(b.TaxYuan)
	paid.Href = p.taxSource(nil, "building", b.Building)
	tax := kpi{Key: "building_tax", Label: p.T("page.kpi.one_tax", ans.Year), Aside: p.through(ans.TaxThrough), Figure: paid,
		Notes: []span{p.noted("page.sub.growth_percent", n.change(b.TaxGrowthPercent, 1))}}
	if b.LastYearTier != "" {
		tax.Notes = append(tax.Notes, span{p.T("page.note.last_tier", p.T("page.tier."+b.LastYearTier)), "good"})
	}
	vacant := n.area(b.VacantAreaM2)
	vacant.Href = p.Source("vacancies", ledger.Filter{"building": b.Building})
	return []kpi{
		rate,
		{Key: "vacant", Label: p.T("page.kpi.vacant"), Figure: vacant, Notes: []span{{p.T("page.note.vacant"), "mute"}}},
		{Key: "registration", Label: p.T("page.kpi.registration"), Figure: n.percent(b.RegistrationPercent, 1).leadsTo(from),
			Bar: completion(b.RegistrationPercent, ledger.Null), Notes: []span{{p.T("page.sub.firms_of", value(b.RegisteredFirms),
				value(b.Firms)), ""}}},
		tax,
		{Key: "tax_per_m2", Label: p.T("page.kpi.tax_per_m2"), Figure: n.plain(b.TaxPerM2, 0, n.unit("yuan_m2")),
			Notes: []span{{p.T("page.note.per_m2"), "mute"}}},
		{Key: "expired", Label: p.T("page.kpi.expired"), Figure: n.count(ledger.Int(b.ExpiredLeases), "leases").leadsTo(from),
			Notes: []span{p.noted("page.sub.wale", p.months(b.WALEDays))}},
	}
}

// compact writes an amount for a box: millions in English, where thousands of yuan would not fit.
func (n numbers) compact(d ledger.Decimal) figure {
	if n.lang == text.En && d.Cmp(ten6) >= 0 {
		return n.yi(d)
	}
	return n.yuan(d)
}

// leadsTo is the figure as a link to where it comes from.
func (f figure) leadsTo(href string) figure {
	if f.Value != dash && f.Value != access.Hidden {
		f.Href = href
	}
	return f
}

// payers are the first of the building's taxpayers, for the narrow column beside the floors.
func (p page) payers(ans *analytics.BuildingAnswer) *card {
	c := p.card("building_top", "")
	if len(ans.Top) == 0 {
		return c.nothing("tax")
	}
	n := p.Num()
	c.Table = p.columns(col("company"), numCol("tax", n.unit("wan")), numCol("growth", "%"))
	for _, t := range ans.Top[:min(len(ans.Top), 5)] {
		c.Table.add(leads(t.Company, p.taxSource(nil, "company", t.Company)), num(n.wan(t.TaxYuan)), num(n.change(t.ChangePercent, 1)))
	}
	return c
}

func (p page) endingTable(ans *analytics.BuildingAnswer) *card {
	c := p.card("ending", "")
	if len(ans.Ending) == 0 {
		return c.nothing("ending")
	}
	n := p.Num()
	c.Table = p.columns(col("company"), dayCol("lease_to"), numCol("area", n.unit("m2")))
	c.Table.Tall = true
	for _, u := range ans.Ending {
		c.Table.add(leads(u.Tenant, p.Source("tenants", ledger.Filter{"building": ans.Line.Building, "tenant": u.Tenant})).under(u.Room),
			dated(u.LeaseTo).under(p.T("page.note.days_left", value(u.LeaseDays))), num(n.area(u.AreaM2)))
	}
	return c
}

// expiryCard is the table of leases by the year they end in; its chart is drawn by the page.
func (p page) expiryCard(list []analytics.LeaseExpiry, f analytics.OccupancyFigures, dataset string) *card {
	c := p.card("expiry", "")
	if len(list) == 0 {
		return c.nothing(dataset)
	}
	n := p.Num()
	c.Table = p.columns(col("year"), numCol("area", n.unit("m2")), numCol("leases", ""), numCol("firms", ""), numCol("tax", n.unit("wan")))
	for _, e := range list {
		c.Table.add(words(charts.ExpiryName(p.draws(), e)), num(n.area(e.AreaM2)), words(value(e.Leases)), words(value(e.Firms)), num(n.wan(e.TaxYuan)))
	}
	c.More = []span{{p.T("page.expiry.wale", p.sayFigure(p.months(f.WALEDays)), value(f.ExpiredLeases), value(f.OpenEndedLeases)), "mute"}}
	return c
}
