package server

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/ledger"
)

// projectsPage is the project ledger.
type projectsPage struct {
	page
	Items, Categories *card
	Leaders           *leadsCard
}

// leadsCard shows every leader's projects as chips with their lights.
type leadsCard struct {
	Card    *card
	Leaders []lead
}

type lead struct {
	Name, Href string
	Chips      []chip
}

type chip struct{ Text, Href, Color, Title string }

// mostChips is how many projects of a leader are named; the rest stands behind a link.
const mostChips = 12

// askProjects reads the filters of the ledger: ?light=, leader=, section=, category=, stage= and text=.
func (a *app) askProjects(c *fiber.Ctx, q analytics.Question) (*analytics.ProjectsAnswer, error) {
	return a.analytics.FilteredProjects(c.UserContext(), q, analytics.ProjectFilter{Light: analytics.Color(c.Query("light")), Leader: ownLeads(c, c.Query("leader")),
		Section: c.Query("section"), Category: c.Query("category"), Stage: c.Query("stage"), Text: c.Query("text")})
}

func (a *app) showProjects(c *fiber.Ctx, q analytics.Question, ans *analytics.ProjectsAnswer) error {
	p := projectsPage{page: a.newAnswerPage(c, "projects", q, ans.Foot())}
	p.keepOwn(c, "light", "leader", "section", "category", "stage", "text", pageWord)
	p.KPIs = p.projectKPIs(ans.Totals)
	p.Items = p.ledgerCard(c, ans)
	p.Categories = p.groupTable("by_category", ans.ByCategory)
	p.Leaders = p.leadsCard(ans.Items, ans.ByLeader, "s5")
	return a.render(c, "projects", p)
}

func projectPath(key string) string { return "/projects/" + url.PathEscape(key) }
func leaderPath(name string) string { return "/leaders/" + url.PathEscape(name) }

func (p page) projectKPIs(t analytics.ProjectTotals) []kpi {
	n := p.Num()
	return []kpi{
		{Key: "projects", Label: p.T("page.kpi.projects"), Figure: n.whole(t.Projects, "projects"), Notes: p.lightNotes(t.Lights),
			Bar: lightBar(t.Lights)},
		{Key: "year_done", Label: p.T("page.kpi.year_done"), Figure: n.yuan(t.YearToDate), Bar: completion(t.Completion, t.Time), Notes: []span{
			p.noted("page.sub.completion", n.percent(t.Completion, 1)), p.noted("page.sub.time_percent", n.percent(t.Time, 1))}},
		{Key: "gap", Label: p.T("page.kpi.gap"), Figure: n.points(t.Gap.Neg()), Notes: []span{p.noted("page.sub.year_plan", n.yuan(t.YearPlan))}},
		{Key: "since_start", Label: p.T("page.kpi.since_start"), Figure: n.yuan(t.SinceStart),
			Bar:   completion(ratio(t.SinceStart, t.TotalInvestment), ledger.Null),
			Notes: []span{p.noted("page.sub.of_total", n.percent(ratio(t.SinceStart, t.TotalInvestment), 1))}},
		{Key: "total_investment", Label: p.T("page.kpi.total_investment"), Figure: n.yuan(t.TotalInvestment)},
	}
}

func ratio(part, whole ledger.Decimal) ledger.Decimal { return part.Mul(ledger.Int(100)).Div(whole) }

// lightNotes counts the lights in words: ● 3 ▲ 5 ✓ 12 ○ 2 失联.
func (p page) lightNotes(l analytics.Lights) []span {
	return []span{
		{p.T("page.lights.red", l.Red), "bad"}, {p.T("page.lights.yellow", l.Yellow), "warn"},
		{p.T("page.lights.green", l.Green), "good"}, {p.T("page.lights.grey", l.Grey), "mute"},
	}
}

// ledgerCard is the ledger with its filters, a page at a time.
func (p page) ledgerCard(asked *fiber.Ctx, ans *analytics.ProjectsAnswer) *card {
	from, to, way := p.part(asked, len(ans.Items))
	c := p.projectTable(ans.Items[from:to])
	if ans.Choices.Of == 0 {
		return c
	}
	c.Sieve, c.Pager = p.projectSieve(ans), way
	if len(ans.Items) == 0 {
		c.Empty, c.None = nil, p.T("page.list.none")
	}
	return c
}

func (p page) projectTable(items []analytics.ProjectItem) *card {
	c := p.card("project_items", "long")
	if len(items) == 0 {
		return c.nothing("projects")
	}
	n := p.Num()
	unit := n.unit("wan")
	c.Table = p.columns(col("project"), textCol("light"), wordCol("leaders"), wordCol("stage"), numCol("percent", "%"),
		numCol("year_done", unit), numCol("year_plan", unit),
		numCol("completion", "%"), numCol("gap", n.unit("points")), dayCol("plan_finish"), textCol("coordination"))
	for _, i := range items {
		c.Table.add(leads(i.Project, p.Link(projectPath(i.Key))).under(i.Category), cell{Light: p.lightOf(i.Light)},
			p.leaderCell(i.Leaders, i.Section), words(i.Stage),
			changed(bare(n.percent(i.PercentBefore, 0)),
				bare(n.percent(i.Percent, 0))), num(n.wan(i.YearToDate)).from(p.Source("projects", ledger.Filter{"project": i.Project})),
			num(n.wan(i.YearPlan)), num(n.percent(i.Completion, 1)), num(n.points(i.Gap.Neg())), dated(i.PlanFinish), words(i.Coordination))
	}
	return c
}

// projectSieve offers the lights with their counts, the names there are, and a search.
func (p page) projectSieve(ans *analytics.ProjectsAnswer) *sieve {
	f, choices, lights := ans.Filter, ans.Choices, ans.Choices.Lights
	s := p.sieve("leader", "section", "category", "stage", "text")
	s.Picks = []pick{{Text: p.T("page.plans.all"), Href: p.With("light", ""), Count: lights.Red + lights.Yellow + lights.Grey + lights.Green, Current: f.Light == ""}}
	for _, l := range []struct {
		color analytics.Color
		count int
	}{{analytics.Red, lights.Red}, {analytics.Yellow, lights.Yellow}, {analytics.Grey, lights.Grey}, {analytics.Green, lights.Green}} {
		s.Picks = append(s.Picks, pick{p.T("page.light." + string(l.color)), p.With("light", string(l.color)), string(l.color), l.count, f.Light == l.color})
	}
	leader := p.among("leader", p.T("page.col.leaders"), f.Leader, choices.Leaders)
	if choices.NoLead {
		leader.Options = append(leader.Options, option{analytics.NoLead, p.T("page.tag.no_lead"), f.Leader == analytics.NoLead})
	}
	s.Choices = []filter{leader, p.among("section", p.T("page.fact.section"), f.Section, choices.Sections),
		p.among("category", p.T("page.col.category"), f.Category, choices.Categories), p.among("stage", p.T("page.col.stage"), f.Stage, choices.Stages)}
	s.Search = &filter{Name: "text", Label: p.T("page.projects.search"), Value: f.Text}
	if (f != analytics.ProjectFilter{}) {
		s.Clear = &link{Text: p.T("page.list.clear"), Href: p.Link(p.path)}
	}
	return s
}

// among offers names to choose one from, or all.
func (p page) among(name, label, chosen string, names []string) filter {
	f := filter{Name: name, Label: label, Options: []option{{"", p.T("page.plans.all"), chosen == ""}}}
	for _, n := range names {
		f.Options = append(f.Options, option{n, n, n == chosen})
	}
	return f
}

// bare drops the unit of a figure whose column carries it.
func bare(f figure) figure { f.Unit = ""; return f }

// leaderCell names the leaders and under them the section; the first leads to that leader's page.
func (p page) leaderCell(leaders []string, section string) cell {
	if len(leaders) == 0 {
		return cell{Tag: &span{p.T("page.tag.no_lead"), "amber"}}.under(section)
	}
	return leads(strings.Join(leaders, "、"), p.Link(leaderPath(leaders[0]))).under(section)
}

func (p page) groupTable(key string, groups []analytics.ProjectGroup) *card {
	c := p.card(key, "s7")
	if len(groups) == 0 {
		return c.nothing("projects")
	}
	n := p.Num()
	unit := n.unit("wan")
	c.Table = p.columns(col("category"), numCol("projects", ""), col("lights"), numCol("year_done", unit), numCol("year_plan", unit),
		numCol("completion", "%"), numCol("gap", n.unit("points")))
	for _, g := range groups {
		c.Table.add(words(g.Name), num(n.whole(g.Projects, "")), cell{Bar: lightBar(g.Lights)}.under(p.lightLine(g.Lights)),
			num(n.wan(g.YearToDate)), num(n.wan(g.YearPlan)),
			num(n.percent(g.Completion, 1)), num(n.points(g.Gap.Neg())))
	}
	return c
}

// lightLine counts the lights in one line, leaving out those nobody has.
func (p page) lightLine(l analytics.Lights) string {
	var parts []string
	for i, note := range p.lightNotes(l) {
		if []int{l.Red, l.Yellow, l.Green, l.Grey}[i] > 0 {
			parts = append(parts, note.Text)
		}
	}
	return strings.Join(parts, "\u2002")
}

// leadsCard lists leaders in the order of the ledger with their projects, the worst first.
func (p page) leadsCard(items []analytics.ProjectItem, groups []analytics.ProjectGroup, class string) *leadsCard {
	c := &leadsCard{Card: p.card("leads", class)}
	c.Card.Acts = []link{{Text: p.T("page.act.all_projects", len(items)), Href: p.Link("/projects")}}
	byKey := map[string]analytics.ProjectItem{}
	for _, i := range items {
		byKey[i.Key] = i
	}
	for _, g := range groups {
		l := lead{Name: g.Name, Href: p.Link(leaderPath(g.Name))}
		if g.Name == "" {
			l = lead{Name: p.T("page.tag.no_lead")}
		}
		for _, color := range []analytics.Color{analytics.Red, analytics.Yellow, analytics.Grey, analytics.Green} {
			for _, key := range g.Keys {
				if i := byKey[key]; i.Light.Color == color {
					shown := p.lightOf(i.Light)
					l.Chips = append(l.Chips, chip{i.Project, p.Link(projectPath(key)), string(color),
						strings.TrimSpace(shown.Word + " " + shown.Rule)})
				}
			}
		}
		if rest := len(l.Chips) - p.most(mostChips); rest > 1 {
			who := g.Name
			if who == "" {
				who = analytics.NoLead
			}
			l.Chips = append(l.Chips[:mostChips], chip{Text: p.T("page.list.rest", rest), Href: p.Asking("/projects", "leader", who), Color: "rest"})
		}
		c.Leaders = append(c.Leaders, l)
	}
	if len(c.Leaders) == 0 {
		c.Card.nothing("projects")
	}
	return c
}
