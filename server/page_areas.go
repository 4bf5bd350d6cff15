package server

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/access"
	"taizhang/ledger"
)

// areaRoutes are the roll-up of sub-districts.
func (a *app) areaRoutes() []route {
	return []route{{Path: "/areas", Name: "areas", Needs: access.Read, Formats: answered, Handle: answer(a, a.askAreas, a.showAreas)}}
}

// areasPage is /areas: a line for every sub-district, ranked by ?by=.
type areasPage struct {
	page
	Uneven []string // why tax is not alike
	List   *card
}

func (a *app) askAreas(c *fiber.Ctx, q analytics.Question) (*analytics.AreasAnswer, error) {
	return a.analytics.Areas(c.UserContext(), q, c.Query("by"))
}

func (a *app) showAreas(c *fiber.Ctx, q analytics.Question, ans *analytics.AreasAnswer) error {
	p := areasPage{page: a.newAnswerPage(c, "areas", q, ans.Foot())}
	p.keepOwn(c, "by")
	// The page is about all of them.
	p.Filters = p.Filters[len(p.Filters)-1:]
	var figures []option
	for _, f := range analytics.AreaFigures() {
		figures = append(figures, option{Value: f.ID, Text: p.T("area.by." + f.ID), Selected: f.ID == ans.By})
	}
	p.choose("by", p.T("area.by"), figures)
	p.Sub = p.T("area.ranked", ans.Of, len(ans.Rows))
	if len(ans.Months) > 1 {
		p.Uneven = append(p.Uneven, p.T("area.months_differ", joined(ans.Months, p.T("import.comma"))))
	}
	if len(ans.Bases) > 1 {
		p.Uneven = append(p.Uneven, p.T("area.bases_differ", joined(ans.Bases, p.T("import.comma"))))
	}
	p.KPIs, p.List = p.areaKPIs(ans), p.areaTable(ans)
	return a.render(c, "areas", p)
}

// areaKPIs are the figures of all sub-districts together.
func (p areasPage) areaKPIs(ans *analytics.AreasAnswer) []kpi {
	n, t := p.Num(), ans.Total
	return []kpi{
		{Key: "areas_tax", Label: p.T("page.kpi.tax"), Figure: n.yuan(t.TaxYuan), Bar: completion(t.Completion.Percent, t.TimePercent), Notes: []span{
			p.noted("page.sub.growth_percent", n.change(t.Growth.Percent, 1)), p.noted("area.completion", n.percent(t.Completion.Percent, 1))}},
		{Key: "areas_paid_in", Label: p.T("page.kpi.paid_in"), Figure: n.yuan(t.PaidInYuan), Notes: []span{p.noted("page.sub.paid_in_percent", n.percent(t.PaidIn.Percent, 1))}},
		{Key: "areas_projects", Label: p.T("page.kpi.under_way"), Figure: n.whole(t.Projects, "projects"), Notes: p.lightNotes(t.Lights), Bar: lightBar(t.Lights)},
		{Key: "areas_owed", Label: p.T("page.kpi.owed"), Figure: n.count(t.OwedUnits, "units")},
		{Key: "areas_occupancy", Label: p.T("page.kpi.occupancy"), Figure: n.percent(t.Occupancy.Percent, 1), Bar: completion(t.Occupancy.Percent, ledger.Null)},
		{Key: "areas_overdue", Label: p.T("page.col.area_overdue"), Figure: toned(n.whole(int(t.OverdueActions), ""), t.OverdueActions > 0),
			Notes: []span{{p.T("area.open_of", t.OpenActions), ""}}},
	}
}

func toned(f figure, bad bool) figure {
	if bad {
		f.Tone = "bad"
	}
	return f
}

// areaTable is the ranking. The headers of figures rank by them.
func (p areasPage) areaTable(ans *analytics.AreasAnswer) *card {
	c := p.card("areas", "long")
	n := p.Num()
	t := p.columns(wordCol("area_name"), numCol("area_rank", ""), numCol("areas_tax", n.unit("wan")), numCol("growth", "%"), numCol("completion", "%"),
		numCol("ahead", n.unit("points")), numCol("area_paid_in", n.unit("wan")), numCol("occupancy", "%"), numCol("owed", n.unit("units")), wordCol("lights"),
		numCol("area_overdue", ""), numCol("area_alerts", ""))
	for i, by := range []string{"", "", "tax", "growth", "", "completion", "paid_in", "occupancy", "owed", "red", "overdue", "alerts"} {
		if by != "" {
			t.Columns[i].Href, t.Columns[i].Sorted = p.With("by", by), by == ans.By
		}
	}
	for _, l := range ans.Rows {
		cells := p.areaCells(l.AreaSums, l.AheadPoints)
		if l.Empty() {
			cells = make([]cell, len(t.Columns)-2)
			for i := range cells {
				cells[i] = words("")
			}
			cells[0] = cells[0].under(p.T("area.nothing"))
		} else if l.Through != "" {
			cells[0] = cells[0].under(p.through(l.Through))
		}
		t.add(append([]cell{leads(l.Area, p.Asking("/", areaWord, l.Area)), num(n.count(l.Rank, ""))}, cells...)...)
	}
	if len(ans.Rows) > 1 {
		cells := p.areaCells(ans.Total.AreaSums, ans.Total.AheadPoints)
		for at, rate := range map[int]analytics.Rate{1: ans.Total.Growth, 2: ans.Total.Completion} {
			if int(rate.Count) < len(ans.Rows) && rate.Count > 0 {
				cells[at] = cells[at].under(p.T("area.counted", rate.Count, len(ans.Rows)))
			}
		}
		t.sum(append([]cell{words(p.T("area.total")), {}}, cells...)...)
	}
	c.Table = t
	return c
}

// areaCells are the figures of a line, from the tax on.
func (p areasPage) areaCells(s analytics.AreaSums, ahead ledger.Decimal) []cell {
	n := p.Num()
	return []cell{
		num(n.wan(s.TaxYuan)), num(n.change(s.Growth.Percent, 1)), num(n.percent(s.Completion.Percent, 1)), num(n.points(ahead)), num(n.wan(s.PaidInYuan)),
		num(n.percent(s.Occupancy.Percent, 1)), num(n.count(s.OwedUnits, "")), p.areaLights(s),
		num(toned(n.count(s.Overdue(), ""), s.OverdueActions > 0)).under(p.T("area.open_of", s.OpenActions)),
		num(toned(n.count(s.Alerts(), ""), s.RedAlerts > 0)).under(p.T("area.red_of", s.RedAlerts)),
	}
}

func (p areasPage) areaLights(s analytics.AreaSums) cell {
	if s.Projects == 0 {
		return words("")
	}
	return cell{Bar: lightBar(s.Lights)}.under(p.lightLine(s.Lights))
}

// Unevenness says in one line why the sub-districts' tax is not alike; empty when it is.
func (p areasPage) Unevenness() string { return strings.Join(p.Uneven, " ") }
