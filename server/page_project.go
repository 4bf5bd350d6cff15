package server

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// projectPage is one project with all that is recorded of it.
type projectPage struct {
	page
	Light                         *light
	Facts                         []fact
	Rules, Weeks, Actions, Visits *card
	Plan, Course                  *card
	Curve, Baselines              *card
}

// fact is a term with what the record says; Wide ones take a line of their own.
type fact struct {
	Label, Text, Href string
	Wide              bool
}

func (a *app) showProject(c *fiber.Ctx, q analytics.Question, ans *analytics.ProjectAnswer) error {
	p := projectPage{page: a.newAnswerPage(c, "projects", q, ans.Foot())}
	p.Crumb = &link{Text: p.Title, Href: p.Link("/projects")}
	p.Title, p.Sub = ans.Project, ans.Category
	p.Light = p.lightOf(ans.Light)
	p.KPIs = p.projectFigures(ans)
	p.Facts = p.projectFacts(ans)
	p.Rules = p.ruleCard(ans.Light)
	p.Actions = p.actionCard(ans.Actions, "")
	p.Visits = p.visitCard(ans.Visits, "s5")
	var err error
	if p.Plan, err = p.planCard(ans.Plan, ""); err != nil {
		return err
	}
	if p.Weeks, p.Course, err = p.weekCards(ans); err != nil {
		return err
	}
	if p.Curve, err = p.curveCard(ans); err != nil {
		return err
	}
	p.Baselines = p.baselineCard(ans)
	return a.render(c, "project", p)
}

func (p page) projectFigures(ans *analytics.ProjectAnswer) []kpi {
	n := p.Num()
	from := p.Source("projects", ledger.Filter{"project": ans.Project})
	at := func(f figure) figure { f.Href = from; return f }
	percent := kpi{Key: "percent", Label: p.T("page.kpi.percent"), Aside: ans.ReportDate.String(), Figure: n.percent(ans.Percent, 0),
		Bar: completion(ans.Percent, ledger.Null)}
	percent.Figure.Href = p.Source("progress", ledger.Filter{"project": ans.Project})
	if ans.PercentBefore.Valid() {
		percent.Notes = []span{p.noted("page.sub.last_week", n.points(ans.Percent.Sub(ans.PercentBefore)))}
	}
	return []kpi{
		percent,
		{Key: "year_done", Label: p.T("page.kpi.year_done"), Aside: ans.LedgerDate.String(), Figure: at(n.yuan(ans.YearToDate)),
			Bar:   completion(ans.Completion, ans.Time),
			Notes: []span{p.noted("page.sub.completion", n.percent(ans.Completion, 1)), p.noted("page.sub.ahead_points", n.points(ans.Gap.Neg()))}},
		{Key: "year_plan", Label: p.T("page.col.year_plan"), Figure: at(n.yuan(ans.YearPlan)),
			Notes: []span{p.noted("page.sub.time_percent", n.percent(ans.Time, 1))}},
		{Key: "cumulative", Label: p.T("page.kpi.since_start"), Figure: at(n.yuan(ans.Cumulative)),
			Bar:   completion(ratio(ans.Cumulative, ans.TotalInvestment), ledger.Null),
			Notes: []span{p.noted("page.sub.of_total", n.percent(ratio(ans.Cumulative, ans.TotalInvestment), 1))}},
		{Key: "total_investment", Label: p.T("page.kpi.total_investment"), Figure: at(n.yuan(ans.TotalInvestment))},
	}
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
		{Label: p.T("page.fact.phone"), Text: masked(recorded(ans.Private, "phone"))},
		{Label: p.T("page.col.stage"), Text: orDash(ans.Stage)},
		{Label: p.T("page.fact.start"), Text: p.planned(ans.PlanStart, ans.ActualStart)},
		{Label: p.T("page.fact.finish"), Text: p.planned(ans.PlanFinish, ans.ActualFinish)},
		{Label: p.T("page.fact.progress"), Text: orDash(ans.Progress), Wide: true},
		{Label: p.T("page.fact.problem"), Text: orDash(ans.Problem), Wide: true},
		{Label: p.T("page.col.coordination"), Text: orDash(ans.Coordination), Wide: true},
		{Label: p.T("page.fact.next"), Text: orDash(ans.NextStep), Wide: true},
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
		color := string(r.Color)
		line := words(p.Say(r.Message))
		if r.Flag && r.Color != analytics.Green {
			line = line.tagged(p.T("page.tag.flag"), "blue")
		}
		c.Table.add(words(p.T("page.rule."+r.ID)), cell{Light: &light{Color: color, Word: p.T("page.light." + color)}}, line)
	}
	if len(l.Rules) == 0 {
		return c.nothing("rules")
	}
	return c
}

func (p page) weekCards(ans *analytics.ProjectAnswer) (*card, *card, error) {
	list, course := p.card("weeks", "long"), p.card("course", "s7")
	if len(ans.Weeks) == 0 {
		return list.nothing("weeks"), course.nothing("weeks"), nil
	}
	n := p.Num()
	unit := n.unit("wan")
	list.Table = p.columns(col("report_date"), numCol("percent", "%"), numCol("week_investment", unit),
		numCol("cumulative_investment", unit), textCol("progress"), textCol("problem"), textCol("coordination"), textCol("next_step"))
	course.Table = p.columns(col("report_date"), numCol("percent", "%"), numCol("cumulative_investment", unit))
	for _, w := range ans.Weeks {
		from := p.Source("progress", ledger.Filter{"project": ans.Project, "report_date": w.ReportDate.String()})
		problem := words(w.Problem)
		if w.ProblemRepeated {
			problem = problem.tagged(p.T("page.tag.repeated"), "amber")
		}
		list.Table.add(leads(day(w.ReportDate), from), changed(bare(n.percent(w.PercentBefore, 0)), bare(n.percent(w.Percent, 0))),
			num(n.wan(w.WeekInvestment)), num(n.wan(w.Cumulative)),
			words(w.Progress), problem, words(w.Coordination), words(w.NextStep))
		course.Table.add(leads(day(w.ReportDate), from), num(n.percent(w.Percent, 0)), num(n.wan(w.Cumulative)))
	}
	return list, course, course.draw(charts.Weeks(p.draws(), ans.Weeks), "h240")
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
		c.Table.add(leads(x.Number, p.Source("actions", ledger.Filter{"number": x.Number})), words(x.Item).under(x.Project),
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
