package server

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// buildingsPage is the building economy.
type buildingsPage struct {
	page
	List, Circles, Tiers, Watch, Expiry, Offices, Areas *card
}

// buildingRows is how many buildings a page shows, and mostDrawn how many a chart has room for.
const (
	buildingRows = 50
	mostDrawn    = 20
)

func buildingPath(key string) string { return "/buildings/" + url.PathEscape(key) }

// askBuildings reads the filters of the list: ?circle=, tier=, text=, sort=, since= and reason=; files hold all firms, and ?part= names a table.
func (a *app) askBuildings(c *fiber.Ctx, q analytics.Question) (*analytics.BuildingsAnswer, error) {
	f := analytics.BuildingsFilter{Circle: c.Query("circle"), Tier: c.Query("tier"), Text: c.Query("text"), Sort: c.Query("sort"), Since: c.Query("since"),
		Reason: c.Query("reason"), Part: c.Query("part")}
	if format(c) == "html" {
		f.Firms = mostWatched
	}
	return a.analytics.BuildingsBy(c.UserContext(), q, f)
}

func (a *app) showBuildings(c *fiber.Ctx, q analytics.Question, ans *analytics.BuildingsAnswer) error {
	p := buildingsPage{page: a.newAnswerPage(c, "buildings", q, ans.Foot())}
	p.keepOwn(c, "circle", "tier", "text", "sort", "since", "reason", pageWord)
	p.Sub = p.T("page.year", ans.Year)
	p.KPIs = p.buildingKPIs(ans)
	p.List, p.Tiers, p.Circles = p.buildingList(c, ans), p.tierTable(ans), p.circleTable(ans)
	p.Watch, p.Offices = p.officeWatch(ans), p.headquarters(ans)
	p.Expiry = p.expiryCard(ans.Expiry, ans.Totals.OccupancyFigures, "tenants")
	p.Expiry.Class, p.Expiry.Acts = "s5", p.csvOf("expiry")
	if len(ans.Expiry) > 0 {
		if err := p.Expiry.draw(charts.Expiry(p.draws(), ans.Expiry, q.Clock.Asof.Year()), "h240"); err != nil {
			return err
		}
	}
	var err error
	if p.Areas, err = p.areas(ans); err != nil {
		return err
	}
	return a.render(c, "buildings", p)
}

// csvOf leads to a part of the page as a file.
func (p page) csvOf(part string) []link {
	words := p.ownWords()
	words.Del(pageWord)
	words.Set("part", part)
	return []link{{Text: "CSV", Href: address(p.path+".csv", words)}}
}

func (p page) buildingKPIs(ans *analytics.BuildingsAnswer) []kpi {
	n, t := p.Num(), ans.Totals
	tenants, register := p.Source("tenants", nil), p.Source("buildings", nil)
	amount := ans.WatchTotals.LocalTaxPercent
	net := signed(n.area(t.Moves.NetM2), t.Moves.NetM2)
	net.Href = p.With("sort", "net")
	return []kpi{
		{Key: "occupancy", Label: p.T("page.kpi.occupancy"), Figure: n.percent(t.Occupancy.Percent, 1).leadsTo(register),
			Bar: completion(t.Occupancy.Percent, ledger.Null),
			Notes: []span{{p.T("page.sub.fraction", p.sayFigure(n.area(t.Occupancy.Numerator)), p.sayFigure(n.area(t.Occupancy.Denominator))), ""},
				p.noted("page.economy.on_year", n.points(t.OccupancyChange)), {p.T("page.room.vacant_m2", p.sayFigure(n.area(t.VacantAreaM2))), "mute"}}},
		{Key: "registration", Label: p.T("page.kpi.registration"), Figure: n.percent(t.RegistrationPercent, 1).leadsTo(tenants),
			Bar: completion(t.RegistrationPercent, ledger.Null),
			Notes: []span{{p.T("page.sub.firms_of", value(t.RegisteredFirms), value(t.Firms)), ""},
				{p.T("page.economy.local_tax", p.sayFigure(n.percent(t.LocalTaxPercent, 1)), p.sayFigure(n.percent(amount, 1))), ""}}},
		{Key: "building_tax", Label: p.T("page.kpi.building_tax"), Aside: p.through(ans.TaxThrough), Figure: n.compact(t.TaxYuan).leadsTo(p.Link("/tax")),
			Notes: []span{p.noted("page.sub.growth_percent", n.change(t.TaxGrowthPercent, 1)), p.noted("page.sub.last_year", n.compact(t.LastYearTaxYuan)),
				{p.T("page.economy.per_m2", p.sayFigure(n.plain(t.TaxPerM2, 0, n.unit("yuan_m2")))), "mute"}}},
		{Key: "hq", Label: p.T("page.kpi.hq"), Figure: n.count(ledger.Int(t.Headquarters), "firms").leadsTo("#card-headquarters"),
			Notes: []span{{p.T("page.economy.hq_tax", p.sayFigure(n.compact(ans.WatchTotals.HQYuan)), p.sayFigure(n.percent(ans.WatchTotals.HQPercent, 1))), ""},
				{p.T("page.sub.buildings", value(t.Buildings)), "mute"}}},
		{Key: "moved", Label: p.T("page.kpi.moved"), Figure: net,
			Notes: append([]span{{p.T("page.moves.since", ans.Since.String()), "mute"}}, p.movedNotes(t.Moves)...)},
		{Key: "watched", Label: p.T("page.kpi.watched"), Figure: n.count(ledger.Int(ans.WatchTotals.Watched), "firms").leadsTo("#card-watch"),
			Notes: []span{{p.T("page.economy.at_stake", p.sayFigure(n.area(ans.WatchTotals.WatchedM2)), p.sayFigure(n.compact(ans.WatchTotals.WatchedYuan))), ""},
				{p.T("page.economy.several", ans.WatchTotals.Several), "warn"}}},
	}
}

// movedNotes say what the net area is made of, or why there is none.
func (p page) movedNotes(m analytics.MovedArea) []span {
	n := p.Num()
	if m.By == analytics.ByNothing {
		return []span{{p.T("page.economy.no_earlier"), "mute"}}
	}
	return []span{{p.T("page.economy.in", m.FirmsIn, p.sayFigure(n.area(m.InM2))), ""}, {p.T("page.economy.out", m.FirmsOut, p.sayFigure(n.area(m.OutM2))), ""}}
}

// months writes a span of days in months of 365.25/12 days.
func (p page) months(days ledger.Decimal) figure {
	return p.Num().plain(days.Mul(ledger.Int(12)).Div(ledger.MustDecimal("365.25")), 1, p.Num().unit("months"))
}

// areas draws the buildings with the most vacant area; a chart of thousands could not be read.
func (p page) areas(ans *analytics.BuildingsAnswer) (*card, error) {
	c := p.card("occupancy", "s7")
	list := slices.DeleteFunc(slices.Clone(ans.Buildings), func(b analytics.BuildingLine) bool { return !b.LetAreaM2.Valid() && !b.VacantAreaM2.Valid() })
	if len(list) == 0 {
		return c.nothing("buildings"), nil
	}
	slices.SortStableFunc(list, func(x, y analytics.BuildingLine) int { return y.VacantAreaM2.OrZero().Cmp(x.VacantAreaM2.OrZero()) })
	list = list[:min(len(list), mostDrawn)]
	n := p.Num()
	c.Table = p.columns(col("building"), numCol("let", n.unit("m2")), numCol("vacant", n.unit("m2")), numCol("occupancy", "%"))
	for _, b := range list {
		c.Table.add(leads(b.Building, p.Link(buildingPath(b.Key))), num(n.area(b.LetAreaM2)), num(n.area(b.VacantAreaM2)),
			num(n.percent(b.OccupancyPercent, 2)))
	}
	return c, c.draw(charts.Occupancy(p.draws(), list), "h240")
}

func (p page) tierTable(ans *analytics.BuildingsAnswer) *card {
	c := p.card("tiers", "s5")
	n := p.Num()
	c.Table = p.columns(col("tier"), numCol("tier_from", ""), numCol("exclusive", ""), numCol("inclusive", ""), numCol("last_year_count", ""))
	for _, t := range ans.Tiers {
		c.Table.add(leads(p.T("page.tier."+t.Tier), p.With("tier", t.Tier)), own(n.yuan(t.FromYuan)), words(value(t.Exclusive)), words(value(t.Cumulative)),
			words(value(t.LastYear)))
	}
	if len(ans.Tiers) == 0 {
		return c.nothing("buildings")
	}
	c.More = []span{{p.T("page.note.tiers", p.through(ans.TaxThrough)), "mute"}}
	return c
}

// circleTable rolls the buildings up by business circle.
func (p page) circleTable(ans *analytics.BuildingsAnswer) *card {
	c := p.card("circles", "")
	if len(ans.Circles) == 0 {
		return c.nothing("buildings")
	}
	n := p.Num()
	m2 := n.unit("m2")
	c.Acts = p.csvOf("circles")
	c.Table = p.columns(col("circle"), numCol("buildings", ""), numCol("lettable", m2), numCol("vacant", m2), numCol("occupancy", "%"), numCol("net_area", m2),
		numCol("tax", n.unit("wan")), numCol("growth", "%"), numCol("tax_per_m2", n.unit("yuan_m2")))
	c.Table.Tall = true
	for _, o := range ans.Circles {
		c.Table.add(leads(cmp.Or(o.Circle, p.T("page.unnamed")), p.With("circle", cmp.Or(o.Circle, analytics.NoCircle))), words(value(o.Buildings)), num(n.area(o.LettableAreaM2)), num(n.area(o.VacantAreaM2)),
			num(n.percent(o.Occupancy.Percent, 1)), num(signed(n.area(o.Moves.NetM2), o.Moves.NetM2)), num(n.wan(o.TaxYuan)), num(n.change(o.TaxGrowthPercent, 1)), num(n.plain(o.TaxPerM2, 0, "")))
	}
	c.More = []span{{p.T("page.economy.circles_note"), "mute"}}
	return c
}

// headquarters lists the headquarters with their area, tax and share.
func (p page) headquarters(ans *analytics.BuildingsAnswer) *card {
	c := p.card("headquarters", "s7")
	if len(ans.Headquarters) == 0 {
		return c.nothing("headquarters")
	}
	n := p.Num()
	c.Acts = p.csvOf("hq")
	c.Table = p.columns(col("company"), col("building"), wordCol("hq_kind"), numCol("area", n.unit("m2")), numCol("tax", n.unit("wan")), numCol("growth", "%"), numCol("share", "%"))
	c.Table.Tall = true
	for _, f := range ans.Headquarters[:min(len(ans.Headquarters), p.most(mostWatched))] {
		c.Table.add(leads(f.Company, p.Source("tenants", ledger.Filter{"building": f.Building, "tenant": f.Company})), leads(f.Building, p.Link(buildingPath(f.BuildingKey))),
			words(f.Headquarters), num(n.area(f.AreaM2)), num(n.wan(f.TaxYuan)).from(p.taxSource(nil, "company", f.Company)), num(n.change(f.ChangePercent, 1)), num(n.percent(f.SharePercent, 2)))
	}
	t := ans.WatchTotals
	c.Table.sum(words(p.T("page.sum")), words(""), words(""), num(n.area(t.HQM2)), num(n.wan(t.HQYuan)), words(""), num(n.percent(t.HQPercent, 2)))
	c.More = []span{{p.T("page.economy.hq_note"), "mute"}}
	if len(ans.Headquarters) >= p.most(mostWatched) {
		c.More = append(c.More, span{p.T("page.watch.more", mostWatched), "mute"})
	}
	return c
}
