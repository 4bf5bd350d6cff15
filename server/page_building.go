package server

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// buildingPage is one building, floor by floor.
type buildingPage struct {
	page
	Stack               *stackCard
	Expiry, Ending, Top *card
}

// stackCard is the stacking plan: a line a floor, a box a tenant as wide as its area.
type stackCard struct {
	Card   *card
	Colors []link // what the colours may stand for
	Legend []chip
	Floors []stackFloor
}

type stackFloor struct {
	Name string
	Area string
	Free string // where the let area ends, as a share of the widest floor
	Room []stackRoom
}

type stackRoom struct{ X, Width, Class, Text, Full, Href string }

func (a *app) showBuilding(c *fiber.Ctx, q analytics.Question, ans *analytics.BuildingAnswer) error {
	p := buildingPage{page: a.newAnswerPage(c, "buildings", q, ans.Foot())}
	b := ans.Line
	p.Crumb = &link{Text: p.Title, Href: p.Link("/buildings")}
	p.Title, p.Sub = b.Building, joinedNames(b.District, p.T("page.note.floors", len(ans.Floors)), b.Address)
	p.KPIs = p.oneBuilding(ans)
	p.Stack = p.stack(ans, c.Query("color"))
	p.Ending, p.Top = p.endingTable(ans), p.payers(ans)
	p.Expiry = p.card("expiry", "")
	if len(ans.Expiry) == 0 {
		p.Expiry.nothing("tenants")
		return a.render(c, "building", p)
	}
	n := p.Num()
	p.Expiry.Table = p.columns(col("year"), numCol("area", n.unit("m2")), numCol("leases", ""), numCol("firms", ""), numCol("tax", n.unit("wan")))
	for _, e := range ans.Expiry {
		p.Expiry.Table.add(words(charts.ExpiryName(p.draws(), e)), num(n.area(e.AreaM2)), words(value(e.Leases)), words(value(e.Firms)),
			num(n.wan(e.TaxYuan)))
	}
	if err := p.Expiry.draw(charts.Expiry(p.draws(), ans.Expiry), "h200"); err != nil {
		return err
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
	paid := n.yuan(b.TaxYuan)
	paid.Href = p.taxSource(nil, "building", b.Building)
	tax := kpi{Key: "building_tax", Label: p.T("page.kpi.one_tax", ans.Year), Aside: p.through(ans.TaxThrough), Figure: paid,
		Notes: []span{p.noted("page.sub.growth_percent", n.change(b.TaxGrowthPercent, 1))}}
	if b.LastYearTier != "" {
		tax.Notes = append(tax.Notes, span{p.T("page.note.last_tier", p.T("page.tier."+b.LastYearTier)), "good"})
	}
	return []kpi{
		rate,
		{Key: "vacant", Label: p.T("page.kpi.vacant"), Figure: n.area(b.VacantAreaM2), Notes: []span{{p.T("page.note.vacant"), "mute"}}},
		{Key: "registration", Label: p.T("page.kpi.registration"), Figure: n.percent(b.RegistrationPercent, 1),
			Bar: completion(b.RegistrationPercent, ledger.Null), Notes: []span{{p.T("page.sub.firms_of", value(b.RegisteredFirms),
				value(b.Firms)), ""}}},
		tax,
		{Key: "tax_per_m2", Label: p.T("page.kpi.tax_per_m2"), Figure: n.plain(b.TaxPerM2, 0, n.unit("yuan_m2")),
			Notes: []span{{p.T("page.note.per_m2"), "mute"}}},
		{Key: "expired", Label: p.T("page.kpi.expired"), Figure: n.count(ledger.Int(b.ExpiredLeases), "leases"),
			Notes: []span{p.noted("page.sub.wale", p.months(b.WALEDays))}},
	}
}

// stack lays the floors out; color is expiry, tax or industry.
func (p page) stack(ans *analytics.BuildingAnswer, color string) *stackCard {
	c := &stackCard{Card: p.card("stack", "s8")}
	if len(ans.Floors) == 0 {
		c.Card.nothing("tenants")
		return c
	}
	paint := p.painter(ans, color)
	for _, kind := range []string{"expiry", "tax", "industry"} {
		c.Colors = append(c.Colors, link{Text: p.T("page.color." + kind), Href: p.With("color", kind), Current: kind == paint.kind})
	}
	c.Legend = paint.legend
	widest := ledger.Int(1)
	for _, f := range ans.Floors {
		if f.AreaM2.Cmp(widest) > 0 {
			widest = f.AreaM2
		}
	}
	paint.short = shortNames(ans)
	for _, f := range ans.Floors {
		c.Floors = append(c.Floors, p.floor(ans.Line.Building, f, widest, paint))
	}
	return c
}

func (p page) floor(building string, f analytics.Floor, widest ledger.Decimal, paint painter) stackFloor {
	n := p.Num()
	line := stackFloor{Name: f.Floor, Area: p.sayFigure(n.area(f.AreaM2))}
	if _, err := strconv.Atoi(f.Floor); err == nil {
		line.Name += "F"
	}
	at := ledger.Int(0)
	for _, u := range f.Units {
		area := p.sayFigure(n.area(u.AreaM2))
		filter := ledger.Filter{"building": building, "tenant": u.Tenant}
		full := []string{u.Tenant, area}
		for _, part := range []string{u.Room, u.Industry} {
			if part != "" {
				full = append(full, part)
			}
		}
		full = append(full, p.leaseLine(u))
		if u.TaxYuan.Valid() {
			full = append(full, p.T("page.sub.tax", p.sayFigure(n.yuan(u.TaxYuan))))
		}
		shown := paint.short(u.Tenant) + " " + area
		if u.AreaM2.OrZero().Mul(ledger.Int(30)).Cmp(widest) < 0 { // no room for a character
			shown = ""
		}
		line.Room = append(line.Room, stackRoom{X: share(at, widest), Width: share(u.AreaM2.OrZero(), widest), Class: paint.class(u),
			Text: shown, Full: strings.Join(full, " · "), Href: p.Source("tenants", filter)})
		at = at.Add(u.AreaM2.OrZero())
	}
	return line
}

// payers are the first of the building's taxpayers, for the narrow column beside the floors.
func (p page) payers(ans *analytics.BuildingAnswer) *card {
	c := p.card("building_top", "")
	if len(ans.Top) == 0 {
		return c.nothing("tax")
	}
	n := p.Num()
	c.Table = p.columns(col("company"), numCol("tax", n.unit("wan")), numCol("growth", "%"))
	for _, t := range ans.Top[:min(len(ans.Top), 8)] {
		c.Table.add(leads(t.Company, p.taxSource(nil, "company", t.Company)), num(n.wan(t.TaxYuan)), num(n.change(t.ChangePercent, 1)))
	}
	return c
}

func (p page) leaseLine(u analytics.BuildingUnit) string {
	if !u.LeaseTo.Known() {
		return p.T("page.expiry.open_ended")
	}
	return p.T("page.note.lease_to", u.LeaseTo.String())
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
