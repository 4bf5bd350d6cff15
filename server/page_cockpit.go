package server

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/ledger"
)

// cockpitPage is the first page.
type cockpitPage struct {
	page
	Trend, Red, Housing *card
	Leaders             *leadsCard
	Street              []kpi
}

func (a *app) showCockpit(c *fiber.Ctx, q analytics.Question, ans *analytics.CockpitAnswer) error {
	p := cockpitPage{page: a.newAnswerPage(c, "cockpit", q, ans.Foot())}
	p.chooseBasis(ans.Tax)
	for _, k := range ans.KPIs {
		p.KPIs = append(p.KPIs, p.cockpitKPI(k, ans))
	}
	p.Street = p.streetFigures(ans.Street)
	p.Leaders, p.Red = p.cockpitLeaders(ans), p.redTable(ans.Red)
	p.Red.Acts = append([]link{{Text: p.T("briefing.of_week"), Href: p.Link("/briefing")}}, p.Red.Acts...)
	var err error
	if p.Trend, err = p.taxTrend(ans.Tax, "s7"); err != nil {
		return err
	}
	p.Trend.Acts = []link{{Text: p.T("page.title.tax"), Href: p.Link("/tax")}}
	if p.Housing, err = p.resettlementBars(ans.Resettlement, "s5"); err != nil {
		return err
	}
	p.Housing.Acts = []link{{Text: p.T("page.act.all"), Href: p.Link("/resettlement")}}
	if p.Act, err = a.alertsLink(c, p.page, q); err != nil {
		return err
	}
	return a.render(c, "cockpit", p)
}

// cockpitPaths are the pages behind the six figures.
var cockpitPaths = map[string]string{"tax": "/tax", "paid_in": "/investment", "projects": "/projects", "resettlement": "/resettlement",
	"occupancy": "/buildings", "actions": "/source?dataset=actions"}

// cockpitSubs are the comparisons under a figure, in order; the rest of an answer's is for its own page.
var cockpitSubs = map[string][]string{
	"tax":          {"growth_percent", "ahead_points"},
	"paid_in":      {"paid_in_percent", "signed"},
	"resettlement": {"delivered_units_percent", "delivered_area_percent"},
	"occupancy":    {"registration_percent", "vacant_area_m2"},
	"actions":      {"overdue", "due_soon"},
}

// troubles are comparisons that are bad as soon as they are more than nothing.
var troubles = map[string]bool{"overdue": true, "overdue_units": true}

func (p page) cockpitKPI(k analytics.KPI, ans *analytics.CockpitAnswer) kpi {
	shown := kpi{Key: k.ID, Label: p.T("page.kpi." + k.ID), Aside: p.through(k.Through), Figure: p.base(k.Value, k.Unit),
		Bar: completion(k.BarPercent, k.TickPercent)}
	path := cockpitPaths[k.ID]
	if strings.Contains(path, "?") {
		path = p.Source("actions", nil)
	} else {
		path = p.Link(path)
	}
	shown.Figure.Href = path
	for _, want := range cockpitSubs[k.ID] {
		for _, s := range k.Subs {
			if s.ID == want {
				shown.Notes = append(shown.Notes, p.cockpitSub(s))
			}
		}
	}
	switch k.ID {
	case "tax":
		// The rank is of a whole year, often not the one shown, so it says which.
		shown.Label, shown.Aside = shown.Label+" "+shown.Aside, ""
		if ans.Tax.Rank.Valid() {
			shown.Aside = p.T("page.note.district_rank", ans.Tax.RankYear, value(ans.Tax.Rank))
		}
	case "projects":
		shown.Notes, shown.Bar = p.lightNotes(ans.Lights), lightBar(ans.Lights)
		shown.Label = p.T("page.kpi.under_way")
	case "resettlement":
		shown.Label = p.T("page.kpi.owed")
	case "actions":
		// A rate over few items says little without them: closed on time / due, and the rate small beside it.
		rate := p.Num().percent(ans.Actions.OnTimeRate.Percent, 0)
		shown.Figure.Value, shown.Figure.Unit = k.Value.String()+"/"+strconv.FormatInt(ans.Actions.Due, 10), p.sayFigure(rate)
	}
	return shown
}

func (p page) cockpitSub(s analytics.SubFigure) span {
	f := p.base(s.Value, s.Unit)
	switch {
	case s.ID == "growth_percent":
		f = p.Num().change(s.Value, 1)
	case s.ID == "ahead_points":
		f = p.Num().points(s.Value)
	case troubles[s.ID] && s.Value.Sign() > 0:
		f.Tone = "bad"
	}
	return p.noted("page.sub."+s.ID, f)
}

// base writes a value by the base unit an answer gives it in.
func (p page) base(d ledger.Decimal, unit string) figure {
	n := p.Num()
	switch unit {
	case "元":
		return n.yuan(d)
	case "%":
		return n.percent(d, 1)
	case "㎡":
		return n.area(d)
	case "百分点":
		return n.points(d)
	case "套":
		return n.count(d, "units")
	case "个":
		return n.count(d, "projects")
	case "项":
		return n.count(d, "items")
	}
	return n.count(d, "")
}

// cockpitLeaders are the leaders' projects under way as chips.
func (p page) cockpitLeaders(ans *analytics.CockpitAnswer) *leadsCard {
	c := &leadsCard{Card: p.card("leads", "s5")}
	c.Card.Acts = []link{{Text: p.T("page.act.all_projects", ans.UnderWay), Href: p.Link("/projects")}}
	for _, l := range ans.Leaders {
		one := lead{Name: l.Name, Href: p.Link(leaderPath(l.Name))}
		if l.Name == "" {
			one = lead{Name: p.T("page.tag.no_lead")}
		}
		for _, color := range []analytics.Color{analytics.Red, analytics.Yellow, analytics.Grey, analytics.Green} {
			for _, x := range l.Projects {
				if x.Color == color {
					one.Chips = append(one.Chips, chip{x.Project, p.Link(projectPath(x.Key)), string(color),
						x.Project + " · " + p.T("page.light."+string(color))})
				}
			}
		}
		c.Leaders = append(c.Leaders, one)
	}
	if len(c.Leaders) == 0 {
		c.Card.nothing("projects")
	}
	return c
}

// redTable lists the red projects with the rule that fired and what changed.
func (p page) redTable(items []analytics.ProjectItem) *card {
	c := p.card("red", "s7")
	c.Acts = []link{{Text: p.T("page.title.projects"), Href: p.Link("/projects")}}
	if len(items) == 0 {
		return c.nothing("red")
	}
	c.Hint = p.T("page.card.red.count", len(items))
	c.Table = p.columns(col("project"), wordCol("leaders"), numCol("percent", "%"), textCol("why_red"), textCol("coordination"))
	c.Table.Tall = true
	for _, i := range items {
		c.Table.add(leads(i.Project, p.Link(projectPath(i.Key))), p.leaderCell(i.Leaders, ""),
			changed(bare(p.Num().percent(i.PercentBefore, 0)), bare(p.Num().percent(i.Percent, 0))),
			words(p.lightOf(i.Light).Rule), words(i.Coordination))
	}
	return c
}
