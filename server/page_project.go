package server

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/internal/access"
	"taizhang/ledger"
)

// projectPage is one project as an official reads it: how it stands and why, what changed, what is asked, then the plan and the ledger.
type projectPage struct {
	page
	Light    *light
	Computed *light // by the rules, where somebody set another
	ByHand   link   // leads to the decision
	Lead     string // a warning about the lead
	Writes   []link // forms; none on a page that stands at another day
	Asked    []fact
	Facts    []fact
	Since    section
	Late     *card
	Timeline timeline
	Plan     *card
	Nodes    *card
	Curve    *card
	Baselines, Course, Rules,
	Issues, Actions, Visits *card
	Record string // every field with its history
}

// fact is a term with what the record says; Wide ones take a line of their own.
type fact struct {
	Label, Text, Href string
	Wide              bool
}

func (a *app) showProject(c *fiber.Ctx, q analytics.Question, ans *analytics.ProjectAnswer) error {
	p := projectPage{page: a.newAnswerPage(c, "projects", q, ans.Foot())}
	p.keepOwn(c, "baseline")
	p.Crumb = &link{Text: p.Title, Href: p.Link("/projects")}
	p.Title, p.Sub = ans.Project, ans.Category
	p.chooseBaseline(ans)
	p.standing(ans)
	p.KPIs = p.projectFigures(ans)
	p.Facts, p.Asked = p.projectFacts(ans), p.askedOf(ans)
	p.Record = p.Source("projects", ledger.Filter{"key": ans.Key})
	p.Since, p.Late = p.sinceCard(ans), p.lateCard(ans)
	p.Rules = p.ruleCard(ans.Light)
	p.Issues = p.issueCard(ans)
	p.Actions = p.actionCard(ans.Actions, "s7")
	p.Visits = p.visitCard(ans.Visits, "s5")
	p.Timeline = p.timelineOf(ans)
	p.Nodes = p.nodeCard(ans)
	if p.Baselines = p.baselineCard(ans); p.Baselines != nil {
		p.Baselines.Class = ""
	}
	var err error
	if p.Plan, err = p.planCard(ans.Plan); err != nil {
		return err
	}
	if p.Course, err = p.courseCard(ans); err != nil {
		return err
	}
	if p.Curve, err = p.curveCard(ans); err != nil {
		return err
	}
	return a.render(c, "project", p)
}

func (p page) projectFacts(ans *analytics.ProjectAnswer) []fact {
	leader := p.leaderCell(ans.Leaders, "")
	name := leader.Value
	if leader.Tag != nil {
		name = leader.Tag.Text
	}
	facts := []fact{
		{Label: p.T("page.col.leaders"), Text: name, Href: leader.Href},
		{Label: p.T("page.fact.section"), Text: orDash(ans.Section)},
		{Label: p.T("page.fact.partners"), Text: orDash(recorded(ans.Facts, "partners"))},
		{Label: p.T("page.fact.contact"), Text: orDash(recorded(ans.Facts, "contact"))},
		{Label: p.T("page.fact.phone"), Text: p.phone(ans)},
		{Label: p.T("page.col.stage"), Text: orDash(ans.Stage)},
		{Label: p.T("page.fact.start"), Text: p.planned(ans.PlanStart, ans.ActualStart)},
		{Label: p.T("page.fact.finish"), Text: p.planned(ans.PlanFinish, ans.ActualFinish)},
		{Label: p.T("page.kpi.total_investment"), Text: p.sayFigure(p.Num().yuan(ans.TotalInvestment))},
		{Label: p.T("page.col.year_plan"), Text: p.sayFigure(p.Num().yuan(ans.YearPlan))},
	}
	return append(facts, p.leadFacts(ans)...)
}

// recorded finds a field among those of the ledger's row.
func recorded(fields []ledger.Traced, name string) string {
	for _, f := range fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// phone is the number of the project's contact: whole for those who signed in and may see it, hidden from the others, and without its middle
// where nobody signs in.
func (p page) phone(ans *analytics.ProjectAnswer) string {
	switch number := recorded(ans.Private, "phone"); {
	case ans.Private == nil:
		return access.Hidden
	case p.who.SignedIn():
		return orDash(number)
	default:
		return masked(number)
	}
}

// masked hides the middle of a telephone number: personal, and not needed to read the page.
func masked(phone string) string {
	r := []rune(phone)
	switch {
	case len(r) == 0:
		return dash
	case len(r) < 7:
		return "****"
	}
	return string(r[:3]) + "****" + string(r[len(r)-4:])
}

func (p page) planned(plan, actual analytics.Date) string {
	if !actual.Known() {
		return p.T("page.fact.plan_only", day(plan))
	}
	return p.T("page.fact.plan_actual", day(plan), day(actual))
}

func (p page) ruleCard(l analytics.Light) *card {
	c := p.card("rules", "s5")
	c.Table = p.columns(col("rule_no"), wordCol("light"), textCol("rule"))
	for _, r := range l.Rules {
		line := words(p.Say(r.Message))
		if r.Flag && r.Color != analytics.Green {
			line = line.tagged(p.T("page.tag.flag"), "blue")
		}
		c.Table.add(words(p.T("page.rule."+r.ID)), cell{Light: p.colored(r.Color)}, line)
	}
	if len(l.Rules) == 0 {
		return c.nothing("rules")
	}
	return c
}

// courseCard draws percent and money over the weekly entries.
func (p page) courseCard(ans *analytics.ProjectAnswer) (*card, error) {
	c := p.card("course", "s5")
	if len(ans.Weeks) == 0 {
		return c.nothing("weeks"), nil
	}
	n := p.Num()
	c.Table = p.columns(col("report_date"), numCol("percent", "%"), numCol("cumulative_investment", n.unit("wan")))
	for _, w := range ans.Weeks {
		from := p.weekSource(ans.Project, w.ReportDate)
		c.Table.add(leads(day(w.ReportDate), from), num(n.percent(w.Percent, 0)), num(n.wan(w.Cumulative)))
	}
	return c, c.draw(charts.Weeks(p.draws(), ans.Weeks), "h240")
}

func (p page) actionCard(list []analytics.ActionLine, class string) *card {
	c := p.card("actions", class)
	if len(list) == 0 {
		return c.nothing("actions")
	}
	c.Hint = p.T("page.card.actions.count", len(list))
	c.Table = p.columns(col("number"), textCol("item"), wordCol("owner"), dayCol("due"), wordCol("status"))
	for _, x := range list {
		status := words(x.Status)
		if x.DaysOverdue > 0 {
			status = cell{Tag: &span{p.T("page.tag.overdue", x.DaysOverdue), "red"}}.under(x.Status)
		} else if x.Closed {
			status = cell{Tag: &span{x.Status, "green"}}.under(day(x.ClosedOn))
		}
		c.Table.add(leads(analytics.ShortActionNumber(x.Number), p.Link(actionPath(x.Number))).full(x.Number), words(x.Item).under(x.Project),
			words(x.Owner).under(x.Section), dated(x.Due), status)
	}
	return c
}

func (p page) visitCard(list []analytics.SiteVisit, class string) *card {
	c := p.card("visits", class)
	if len(list) == 0 {
		return c.nothing("visits")
	}
	c.Table = p.columns(col("date"), wordCol("leader"), numCol("minutes", p.Num().unit("minutes")), textCol("found"))
	c.Table.Tall = true
	for _, v := range list {
		c.Table.add(leads(day(v.Date), p.Source("visits", ledger.Filter{"date": v.Date.String(), "leader": v.Leader})),
			words(v.Leader).under(v.Project), words(value(intOf(v.Minutes))), words(v.Found))
	}
	c.Hint = p.T("page.card.visits.count", strconv.Itoa(len(list)))
	return c
}
