package server

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// taxPage is a year of tax: the months, and by type, building, industry and payer.
type taxPage struct {
	page
	Months, Sums, Years, Ranks, Types, Buildings, Industries, New, Lost, Top *card
	Part                                                                     string // what the page is about, when that is not all
	All                                                                      string // the address of all of it
	Choice                                                                   *sieve
}

func (a *app) showTax(c *fiber.Ctx, q analytics.Question, ans *analytics.TaxAnswer) error {
	p := taxPage{page: a.newAnswerPage(c, "tax", q, ans.Foot())}
	p.keepOwn(c, "month", "building", "industry")
	p.Sub = p.T("page.year", ans.Year)
	p.chooseBasis(ans)
	buildings := []string{}
	register, err := a.analytics.BuildingNames(c.UserContext(), q)
	if err != nil {
		return err
	}
	p.Choice = p.choosePart(ans, append(buildings, register...))
	if ans.Part != nil {
		p.Part, p.All = p.T("page.note.part", p.partName(ans.Part)), p.Link(p.path)
	}
	p.KPIs = p.taxKPIs(ans)
	for _, part := range []struct {
		card **card
		make func() (*card, error)
	}{
		{&p.Months, func() (*card, error) { return p.taxMonths(ans) }}, {&p.Sums, func() (*card, error) { return p.taxSums(ans) }},
		{&p.Ranks, func() (*card, error) { return p.taxRanks(ans) }}, {&p.Types, func() (*card, error) { return p.taxTypes(ans) }},
		{&p.Buildings, func() (*card, error) { return p.taxShares("tax_buildings", "building", ans, ans.ByBuilding) }},
		{&p.Industries, func() (*card, error) { return p.taxIndustries(ans) }},
	} {
		if *part.card, err = part.make(); err != nil {
			return err
		}
	}
	if ans.Part != nil && ans.Part.Industry != "" {
		p.Industries = nil // one bar
	}
	p.Years = p.taxYears(ans)
	p.New, p.Lost = p.taxMovement("tax_new", ans.NewPayers), p.taxMovement("tax_lost", ans.LostPayers)
	p.Top = p.taxTop(ans.Top, "")
	return a.render(c, "tax", p)
}

func (p *page) chooseBasis(ans *analytics.TaxAnswer) {
	var list []option
	for _, b := range ans.Bases {
		list = append(list, option{b.Basis, b.Basis, b.Basis == ans.Basis})
	}
	p.choose("basis", p.T("page.filter.basis"), list)
	var years []int
	for _, y := range ans.Years {
		years = append(years, y.Year)
	}
	slices.Sort(years)
	slices.Reverse(years)
	p.chooseYear(ans.Year, years)
}

func (p page) taxKPIs(ans *analytics.TaxAnswer) []kpi {
	n := p.Num()
	sum := kpi{Key: "tax", Label: p.T("page.kpi.tax"), Aside: p.through(ans.Through), Figure: n.yuan(ans.YearToDateYuan)}
	sum.Notes = []span{p.noted("page.sub.growth_percent", n.change(ans.GrowthPercent, 1)), p.noted("page.sub.delta", n.yuan(ans.DeltaYuan))}
	goal := kpi{Key: "completion", Label: p.T("page.kpi.completion"), Figure: n.percent(ans.CompletionPercent, 1),
		Bar: completion(ans.CompletionPercent, ans.TimePercent)}
	goal.Notes = []span{p.noted("page.sub.time_percent", n.percent(ans.TimePercent, 1)), p.noted("page.sub.ahead_points", n.points(ans.AheadPoints))}
	if ans.TargetYuan.Valid() {
		goal.Notes = append([]span{p.noted("page.sub.target", n.compact(ans.TargetYuan))}, goal.Notes...)
	}
	last := kpi{Key: "last", Label: p.T("page.kpi.last_tax"), Aside: p.through(ans.Through), Figure: n.yuan(ans.LastYearToDateYuan),
		Notes: []span{{p.T("page.note.same_months"), "mute"}}}
	five := kpi{Key: "top5", Label: p.T("page.kpi.top5"), Figure: n.percent(ans.ConcentrationPercent, 1),
		Bar:   completion(ans.ConcentrationPercent, ledger.Null),
		Notes: []span{p.noted("page.sub.top5", n.yuan(ans.Top5Yuan))}}
	firms := kpi{Key: "companies", Label: p.T("page.kpi.companies"), Figure: n.whole(int(ans.Companies), "firms")}
	firms.Notes = []span{p.noted("page.sub.new_payers", n.count(ans.NewPayers.Count, "firms")), p.noted("page.sub.lost_payers", n.count(ans.LostPayers.Count, "firms"))}
	rank := kpi{Key: "rank", Label: p.T("page.kpi.rank"), Figure: n.count(ans.Rank, "")}
	if ans.Rank.Valid() {
		rank.Figure.Unit = "/" + value(ans.RankOf)
	}
	if ans.CustomCurve {
		goal.Notes = append(goal.Notes, span{p.T("page.note.own_curve"), "mute"})
	}
	if ans.Part != nil {
		goal.Notes, rank.Notes = []span{{p.T("page.note.whole_only"), "mute"}}, []span{{p.T("page.note.whole_only"), "mute"}}
	}
	if ans.RankYear != 0 {
		rank.Aside = strconv.Itoa(ans.RankYear)
	}
	return []kpi{sum, goal, last, rank, five, firms}
}

// taxTrend is the chart of the year with its months behind it; the cockpit shows it too.
func (p page) taxTrend(ans *analytics.TaxAnswer, class string) (*card, error) {
	c := p.card("tax_trend", class)
	if ans.Through == "" {
		return c.nothing("tax"), nil
	}
	p.taxGaps(c, ans)
	n := p.Num()
	unit := n.unit("wan")
	c.Table = p.columns(col("month"), numCol("tax", unit), numCol("cumulative", unit), numCol("last_year", unit), numCol("growth", "%"),
		numCol("last_cumulative", unit), numCol("cumulative_growth", "%"))
	for _, m := range ans.Months {
		c.Table.add(words(m.Month), num(n.wan(m.TaxYuan)).from(p.taxSource(ans, "period", m.Month+"-01")), num(n.wan(m.CumulativeYuan)),
			num(n.wan(m.LastYearYuan)),
			num(n.change(m.GrowthPercent, 2)), num(n.wan(m.LastYearCumulativeYuan)), num(n.change(m.CumulativeGrowthPercent, 2)))
	}
	return c, c.draw(charts.TaxYear(p.draws(), ans), "")
}

// taxSource leads to the tax rows with one value of a field, on the page's basis when the sheets name one.
func (p page) taxSource(ans *analytics.TaxAnswer, field, v string) string {
	filter := ledger.Filter{field: v}
	unstated := text.T("economy.basis_unstated")
	// Rows whose sheet names no basis hold none: there is nothing to look for.
	if ans != nil && p.words.Get("basis") != "" && ans.Basis != unstated.In(text.Zh) && ans.Basis != unstated.In(text.En) {
		filter["basis"] = ans.Basis
	}
	return p.Source("tax", filter)
}

func (p page) taxYears(ans *analytics.TaxAnswer) *card {
	c := p.card("tax_years", "s6")
	n := p.Num()
	c.Table = p.columns(col("year"), numCol("tax", n.unit("wan")), numCol("months", ""), numCol("growth", "%"))
	for i := len(ans.Years) - 1; i >= 0; i-- {
		y := ans.Years[i]
		c.Table.add(leads(strconv.Itoa(y.Year), p.With("year", strconv.Itoa(y.Year))), num(n.wan(y.TaxYuan)), num(n.whole(y.Months, "")),
			num(n.change(y.GrowthPercent, 2)))
	}
	if len(ans.Years) == 0 {
		return c.nothing("tax")
	}
	return c
}

func (p page) taxShares(key, field string, ans *analytics.TaxAnswer, list []analytics.TaxShare) (*card, error) {
	c := p.card(key, "s6")
	if len(list) == 0 {
		return c.nothing("tax"), nil
	}
	n := p.Num()
	c.Table = p.columns(col(key), numCol("tax", n.unit("wan")), numCol("share", "%"), numCol("last_year", n.unit("wan")),
		numCol("growth", "%"), numCol("companies", ""))
	for _, s := range list {
		name := words(s.Name)
		// What has no building or industry stands under a name in brackets, which is no value to look for.
		if !strings.HasPrefix(s.Name, "（") && !strings.HasPrefix(s.Name, "(") {
			name = name.from(p.taxSource(nil, field, s.Name))
			if field == "building" {
				name = name.from(p.With("building", s.Name))
			}
		}
		if field == "tax_type" && ans.Break.Broken(s.Name) {
			name = name.tagged(p.T("page.chart.break"), "warn")
		}
		c.Table.add(name, num(n.wan(s.TaxYuan)), num(n.percent(s.SharePercent, 2)), num(n.wan(s.LastYearYuan)),
			num(n.change(s.ChangePercent, 2)), num(n.whole(int(s.Companies), "")))
	}
	height := "h240"
	if len(list) > 6 {
		height = ""
	}
	return c, c.draw(charts.TaxShares(p.draws(), list, 12), height)
}

func (p page) taxTop(top []analytics.TaxPayer, class string) *card {
	c := p.card("tax_top", class)
	if len(top) == 0 {
		return c.nothing("tax")
	}
	n := p.Num()
	c.Table = p.columns(col("company"), numCol("tax", n.unit("wan")), numCol("share", "%"), numCol("last_year", n.unit("wan")), numCol("growth", "%"))
	for _, t := range top {
		c.Table.add(leads(t.Company, p.taxSource(nil, "company", t.Company)), num(n.wan(t.TaxYuan)), num(n.percent(t.SharePercent, 2)),
			num(n.wan(t.LastYearYuan)), num(n.change(t.ChangePercent, 1)))
	}
	return c
}
