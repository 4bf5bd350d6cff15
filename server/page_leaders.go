package server

import (
	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
)

// leadersPage is the ledger by leader.
type leadersPage struct {
	page
	Warnings []link // projects whose lead is not in order
	List     *card
}

// leaderPage is one leader's projects, actions and visits.
type leaderPage struct {
	page
	Moves, Slips                  *card
	Items, Diary, Actions, Visits *card
}

func (a *app) showLeaders(c *fiber.Ctx, q analytics.Question, ans *analytics.LeadersAnswer) error {
	p := leadersPage{page: a.newAnswerPage(c, "leaders", q, ans.Foot())}
	p.List = p.card("leaders", "long")
	if len(ans.Leaders) == 0 {
		p.List.nothing("projects")
		return a.render(c, "leaders", p)
	}
	n := p.Num()
	for _, w := range ans.Warnings {
		p.Warnings = append(p.Warnings, link{Text: p.T("leader.warning", w.Project, p.Say(w.Message)), Href: p.Link(projectPath(w.Key))})
	}
	t := p.columns(wordCol("leader"), numCol("projects", ""), wordCol("lights"), wordCol("week_moves"), numCol("open_slips", ""), numCol("completion", "%"),
		numCol("gap", n.unit("points")), numCol("open_actions", ""), numCol("visits", ""), dayCol("last_visit"))
	for _, l := range ans.Leaders {
		name := leads(l.Name, p.Link(leaderPath(l.Name)))
		if l.Name == "" {
			name = cell{Tag: &span{p.T("page.tag.no_lead"), "amber"}}
		}
		actions := num(n.whole(l.Open, ""))
		if l.Overdue > 0 {
			actions = actions.toned("bad").under(p.T("page.sub.late_actions", l.Overdue))
		}
		t.add(name, num(n.whole(l.Projects, "")), cell{Bar: lightBar(l.Lights)}.under(p.lightLine(l.Lights)), p.weekCell(l),
			num(n.whole(l.OpenSlips, "")).toned(toneIf(l.OpenSlips > 0, "bad")),
			num(n.percent(l.Completion, 1)).under(p.T("project.sub.money", p.sayFigure(n.yuan(l.YearToDate)), p.sayFigure(n.yuan(l.YearPlan)))),
			num(n.points(l.Gap.Neg())), actions,
			num(n.whole(l.Visits, "")).under(p.T("leader.minutes", l.Minutes, l.HourDays)), dated(l.LastVisit))
	}
	p.List.Table = t
	return a.render(c, "leaders", p)
}

func (a *app) showLeader(c *fiber.Ctx, q analytics.Question, ans *analytics.LeaderAnswer) error {
	p := leaderPage{page: a.newAnswerPage(c, "leaders", q, ans.Foot())}
	p.Crumb = &link{Text: p.Title, Href: p.Link("/leaders")}
	p.Title = ans.Name
	p.KPIs = p.leaderKPIs(ans)
	p.Moves, p.Slips = p.moveCard(ans), p.slipCard(ans)
	p.Items = p.projectTable(ans.Items)
	var err error
	if p.Diary, err = p.diaryCard(ans.Diary, ans.VisitMinutes); err != nil {
		return err
	}
	p.Actions = p.actionCard(ans.ActionList, "s7")
	p.Visits = p.visitCard(ans.VisitList, "s5")
	return a.render(c, "leader", p)
}

func (p page) leaderKPIs(ans *analytics.LeaderAnswer) []kpi {
	n := p.Num()
	list := p.projectKPIs(ans.ProjectTotals)[:2]
	actions := kpi{Key: "open_actions", Label: p.T("page.col.open_actions"), Figure: n.whole(ans.Open, "items"),
		Notes: []span{{p.T("page.sub.late_actions", ans.Overdue), toneIf(ans.Overdue > 0, "bad")},
			{p.T("page.sub.closed_actions", ans.Closed), "mute"}}}
	visits := kpi{Key: "visits", Label: p.T("page.kpi.visits"), Aside: p.T("page.note.30_days"), Figure: n.whole(ans.Visits, "visits"),
		Notes: []span{{p.T("page.sub.minutes", ans.Minutes), ""}, {p.T("page.sub.hour_days", ans.HourDays), ""}}}
	week := kpi{Key: "week", Label: p.T("leader.kpi.week"), Aside: day(ans.Week.Since), Figure: n.whole(ans.Week.Reported, "projects"),
		Notes: []span{{p.T("leader.better", ans.Week.Better), toneIf(ans.Week.Better > 0, "good")}, {p.T("leader.worse", ans.Week.Worse), toneIf(ans.Week.Worse > 0, "bad")}}}
	slips := kpi{Key: "open_slips", Label: p.T("page.kpi.overdue_nodes"), Figure: n.whole(ans.OpenSlips, "nodes"), Notes: []span{{p.T("page.sub.slips", len(ans.Slips)), "mute"}}}
	return append(list, week, slips, actions, visits)
}

// weekCell says what moved in a leader's projects since a week before, and how the lights stood then.
func (p page) weekCell(l analytics.LeaderItem) cell {
	if l.Projects == 0 {
		return words("")
	}
	small := p.T("leader.before", p.lightLine(l.Week.Before))
	switch {
	case l.Week.Worse > 0:
		c := cell{}.tagged(p.T("leader.worse", l.Week.Worse), "red")
		if l.Week.Better > 0 {
			small = p.T("leader.better", l.Week.Better) + p.T("page.semicolon") + small
		}
		return c.under(small)
	case l.Week.Better > 0:
		return cell{}.tagged(p.T("leader.better", l.Week.Better), "green").under(small)
	}
	return words(p.T("leader.level")).under(small)
}

// moveCard holds a leader's projects against a week before: light, percent, money of the week, problem and request.
func (p page) moveCard(ans *analytics.LeaderAnswer) *card {
	c := p.card("leader_week", "long")
	c.Hint = p.T("project.since", day(ans.Week.Since), p.Stamp.Asof)
	if len(ans.Moves) == 0 {
		return c.nothing("projects")
	}
	n := p.Num()
	c.Table = p.columns(col("project"), wordCol("light_before"), wordCol("light"), numCol("percent", "%"), numCol("week_investment", n.unit("wan")), textCol("problem"), textCol("coordination"))
	for _, one := range ans.Moves {
		before := words("")
		if one.ColorBefore != "" {
			before = cell{Light: p.colored(one.ColorBefore)}
		}
		shown := cell{Light: p.bareLight(one.Light)}
		switch {
		case one.Better:
			shown = shown.tagged(p.T("meeting.tag.better"), "green")
		case one.New:
			shown = shown.tagged(p.T("meeting.tag.new"), "red")
		}
		percent := changed(bare(n.percent(one.PercentBefore, 0)), bare(n.percent(one.Percent, 0)))
		if !one.Reported {
			percent = num(n.percent(one.Percent, 0)).under(p.T("meeting.not_reported"))
		} else {
			percent = percent.from(p.weekSource(one.Project, one.ReportDate))
		}
		problem := words(one.Problem)
		if one.Repeated {
			problem = problem.tagged(p.T("page.tag.repeated"), "amber")
		}
		c.Table.add(leads(one.Project, p.Link(projectPath(one.Key))), before, shown, percent, num(n.wan(one.WeekInvestment)), problem, words(one.Coordination))
	}
	return c
}

// slipCard lists the milestones of a leader's projects that are overdue or were finished late, the latest first.
func (p page) slipCard(ans *analytics.LeaderAnswer) *card {
	c := p.nodeTable("slips", ans.Slips)
	if c.Class = "long"; len(ans.Slips) == 0 {
		c.Empty, c.More = nil, []span{{p.T("page.empty.slips"), "good"}}
	}
	return c
}
