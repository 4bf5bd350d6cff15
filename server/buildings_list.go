package server

import (
	"cmp"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
)

// buildingList is the list with its filters, a page at a time.
func (p page) buildingList(asked *fiber.Ctx, ans *analytics.BuildingsAnswer) *card {
	from, to, way := p.partOf(asked, len(ans.Buildings), buildingRows)
	c := p.card("building_list", "long")
	if ans.Choices.Of == 0 {
		return c.nothing("buildings")
	}
	c.Hint = p.T("page.economy.list_hint", ans.YearAgo.String(), ans.Since.String())
	c.Sieve, c.Pager, c.Acts = p.buildingSieve(ans), way, p.csvOf("buildings")
	if len(ans.Buildings) == 0 {
		c.None = p.T("page.economy.none")
		return c
	}
	c.Table = p.buildingTable(ans.Buildings[from:to], ans.Filter.Sort)
	return c
}

// sortedBy are the columns that the list can be ordered by, by their place in the table.
var sortedBy = map[int]string{1: "occupancy", 3: "vacant", 4: "net", 6: "registration", 7: "local_tax", 8: "tax", 9: "growth", 10: "tax_per_m2", 11: "watched"}

func (p page) buildingTable(list []analytics.BuildingLine, sort string) *table {
	n := p.Num()
	m2 := n.unit("m2")
	t := p.columns(col("building"), numCol("occupancy", "%"), numCol("lettable", m2), numCol("vacant", m2), numCol("net_area", m2), numCol("firms", ""),
		numCol("registration", "%"), numCol("local_tax", "%"), numCol("tax", n.unit("wan")), numCol("growth", "%"), numCol("tax_per_m2", n.unit("yuan_m2")),
		numCol("watched", m2))
	for i, name := range sortedBy {
		t.Columns[i].Href, t.Columns[i].Sorted = p.With("sort", name), sort == name
	}
	for _, b := range list {
		t.add(slim(p.nameCell(b), p.occupancyCell(b),
			num(n.area(b.LettableAreaM2)).under(p.maybe("page.room.let_m2", n.area(b.LetAreaM2))), num(n.area(b.VacantAreaM2)).under(p.maybe("page.economy.rate", n.percent(b.VacancyPercent, 1))),
			p.movedCell(b.Moves), words(value(b.Firms)), num(n.percent(b.RegistrationPercent, 1)),
			num(n.percent(b.LocalTaxPercent, 1)).under(p.maybe("page.economy.by_amount", n.percent(b.LocalTaxAmountPercent, 1))),
			num(n.wan(b.TaxYuan)).from(p.taxSource(nil, "building", b.Building)), num(n.change(b.TaxGrowthPercent, 1)),
			num(n.plain(b.TaxPerM2, 0, "")), p.watchedCell(b))...)
	}
	return t
}

// slim leaves the exact figures to the files: fifty rows of thirteen hovers are a third of the page.
func slim(cells ...cell) []cell {
	for i := range cells {
		cells[i].Full = ""
	}
	return cells
}

// maybe words a figure for the second line of a cell; nothing when it is undefined.
func (p page) maybe(key string, f figure) string {
	if f.Value == dash {
		return ""
	}
	return p.T(key, p.sayFigure(bare(f)))
}

// movedCell is the net area moved, and under it what came and what went.
func (p page) movedCell(m analytics.MovedArea) cell {
	n := p.Num()
	c := num(signed(n.area(m.NetM2), m.NetM2))
	if m.By == analytics.ByNothing || m.InM2.Sign() == 0 && m.OutM2.Sign() == 0 {
		return c
	}
	return c.under(p.T("page.economy.in_out", bare(n.area(m.InM2)).Value, bare(n.area(m.OutM2)).Value))
}

func (p page) watchedCell(b analytics.BuildingLine) cell {
	c := num(p.Num().area(b.WatchedM2))
	if b.Watched == 0 {
		return c
	}
	return c.under(p.T("page.economy.firms", value(b.Watched)))
}

// occupancyCell shows the rate as computed with its change on last year; above 100 % the areas cannot be right, and it says so.
func (p page) occupancyCell(b analytics.BuildingLine) cell {
	c := num(p.Num().percent(b.OccupancyPercent, 1))
	if b.OccupancyChange.Valid() {
		c = c.under(p.T("page.economy.on_year", p.sayFigure(p.Num().points(b.OccupancyChange))))
	}
	switch {
	case b.Over100:
		return c.tagged(p.T("page.tag.over_100"), "red")
	case b.AreasDisagree:
		return c.tagged(p.T("page.tag.areas"), "amber")
	}
	return c
}

// nameCell names the building with its tier this year, and under it its circle, grade and tier of last year.
func (p page) nameCell(b analytics.BuildingLine) cell {
	last := ""
	if b.LastYearTier != "" {
		last = p.T("page.note.last_tier", p.T("page.tier."+b.LastYearTier))
	}
	c := leads(b.Building, p.Link(buildingPath(b.Key))).under(joinedNames(b.District, b.Grade, last))
	if b.Tier != "" {
		c = c.tagged(p.T("page.tier."+b.Tier), "green")
	}
	return c
}

// buildingSieve offers the tiers with their counts, the business circles, the day moves are counted from, the order and a search.
func (p page) buildingSieve(ans *analytics.BuildingsAnswer) *sieve {
	f, choices := ans.Filter, ans.Choices
	s := p.sieve("circle", "since", "sort", "text")
	s.Picks = []pick{{Text: p.T("page.plans.all"), Href: p.With("tier", ""), Count: choices.Of, Current: f.Tier == ""}}
	for _, t := range ans.Tiers {
		s.Picks = append(s.Picks, pick{Text: p.T("page.tier." + t.Tier), Href: p.With("tier", t.Tier), Count: choices.Tiers[t.Tier], Current: f.Tier == t.Tier})
	}
	s.Picks = append(s.Picks, pick{Text: p.T("page.tier." + analytics.NoTier), Href: p.With("tier", analytics.NoTier), Count: choices.Tiers[analytics.NoTier], Current: f.Tier == analytics.NoTier})
	circle := p.among("circle", p.T("page.col.circle"), f.Circle, choices.Circles)
	if choices.NoCircle {
		circle.Options = append(circle.Options, option{analytics.NoCircle, p.T("page.unnamed"), f.Circle == analytics.NoCircle})
	}
	since := filter{Name: "since", Label: p.T("page.moves.label"), Options: []option{{"", p.T("page.economy.chosen", ans.Since.String()), f.Since == ""}}}
	for _, d := range ans.Days[min(1, len(ans.Days)):] {
		since.Options = append(since.Options, option{d.String(), d.String(), f.Since == d.String()})
	}
	order := filter{Name: "sort", Label: p.T("page.economy.sort"), Options: []option{{"", p.T("page.sort.register"), f.Sort == ""}}}
	for _, name := range analytics.BuildingSorts() {
		order.Options = append(order.Options, option{name, p.T("page.sort." + name), f.Sort == name})
	}
	s.Choices = []filter{circle, since, order}
	s.Search = &filter{Name: "text", Label: p.T("page.economy.search"), Value: f.Text}
	if cmp.Or(f.Circle, f.Tier, f.Text, f.Sort, f.Since) != "" {
		s.Clear = &link{Text: p.T("page.list.clear"), Href: p.Link(p.path)}
	}
	return s
}

// officeWatch is the watch-list of all buildings, narrowed by a reason.
func (p page) officeWatch(ans *analytics.BuildingsAnswer) *card {
	c := p.watchTable(ans.Watch, ans.WatchTotals, ans.WatchLimits, true)
	c.Class = "long"
	if ans.WatchTotals.Watched == 0 {
		return c
	}
	c.Acts = p.csvOf("watch")
	at := func(reason string) string { return p.With("reason", reason) + "#card-watch" }
	picks := []pick{{Text: p.T("page.plans.all"), Href: at(""), Count: int(ans.WatchTotals.Watched), Current: ans.Filter.Reason == ""},
		{Text: p.T("page.reason." + analytics.SeveralReasons), Href: at(analytics.SeveralReasons), Count: int(ans.WatchTotals.Several), Current: ans.Filter.Reason == analytics.SeveralReasons}}
	for _, r := range analytics.WatchReasons {
		picks = append(picks, pick{Text: p.T("page.reason." + r), Href: at(r), Count: int(ans.WatchTotals.Reasons[r]), Current: ans.Filter.Reason == r})
	}
	c.Sieve = &sieve{Picks: picks}
	if len(ans.Watch) == 0 {
		c.None, c.Table = p.T("page.economy.none_of_reason"), nil
	}
	return c
}
