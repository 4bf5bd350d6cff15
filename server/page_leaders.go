package server

import (
	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
)

// leadersPage is the ledger by leader.
type leadersPage struct {
	page
	List *card
}

// leaderPage is one leader's projects, actions and visits.
type leaderPage struct {
	page
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
	unit := n.unit("wan")
	t := p.columns(wordCol("leader"), numCol("projects", ""), col("lights"), numCol("year_done", unit), numCol("year_plan", unit),
		numCol("completion", "%"), numCol("gap", n.unit("points")),
		numCol("open_actions", ""), numCol("late_actions", ""), numCol("visits", ""), numCol("minutes",
			n.unit("minutes")), numCol("hour_days", n.unit("days")), dayCol("last_visit"))
	for _, l := range ans.Leaders {
		name := leads(l.Name, p.Link(leaderPath(l.Name)))
		if l.Name == "" {
			name = cell{Tag: &span{p.T("page.tag.no_lead"), "amber"}}
		}
		t.add(name, num(n.whole(l.Projects, "")), cell{Bar: lightBar(l.Lights)}.under(p.lightLine(l.Lights)), num(n.wan(l.YearToDate)),
			num(n.wan(l.YearPlan)), num(n.percent(l.Completion, 1)), num(n.points(l.Gap.Neg())),
			num(n.whole(l.Open, "")), num(n.whole(l.Overdue, "")).toned(toneIf(l.Overdue > 0, "bad")), num(n.whole(l.Visits,
				"")), words(value(l.Minutes)), num(n.whole(l.HourDays, "")), dated(l.LastVisit))
	}
	p.List.Table = t
	return a.render(c, "leaders", p)
}

func (a *app) showLeader(c *fiber.Ctx, q analytics.Question, ans *analytics.LeaderAnswer) error {
	p := leaderPage{page: a.newAnswerPage(c, "leaders", q, ans.Foot())}
	p.Crumb = &link{Text: p.Title, Href: p.Link("/leaders")}
	p.Title = ans.Name
	p.KPIs = p.leaderKPIs(ans)
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
	list := p.projectKPIs(ans.ProjectTotals)[:3]
	actions := kpi{Key: "open_actions", Label: p.T("page.col.open_actions"), Figure: n.whole(ans.Open, "items"),
		Notes: []span{{p.T("page.sub.late_actions", ans.Overdue), toneIf(ans.Overdue > 0, "bad")},
			{p.T("page.sub.closed_actions", ans.Closed), "mute"}}}
	visits := kpi{Key: "visits", Label: p.T("page.kpi.visits"), Aside: p.T("page.note.30_days"), Figure: n.whole(ans.Visits, "visits"),
		Notes: []span{{p.T("page.sub.minutes", ans.Minutes), ""}, {p.T("page.sub.hour_days", ans.HourDays), ""}}}
	return append(list, actions, visits)
}
