package server

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// schedulePage is the back-schedule of every project that has one.
type schedulePage struct {
	page
	Overview, Slips, Due *card
	Plans                []*card
}

func (a *app) showSchedule(c *fiber.Ctx, q analytics.Question, ans *analytics.ScheduleAnswer) error {
	p := schedulePage{page: a.newAnswerPage(c, "schedule", q, ans.Foot())}
	p.KPIs = p.scheduleKPIs(ans)
	p.Overview = p.planTable(ans.Plans)
	p.Slips = p.nodeTable("slips", ans.Slips)
	p.Due = p.nodeTable("due", ans.DueSoon)
	for i := range ans.Plans {
		plan, err := p.planCard(&ans.Plans[i], strconv.Itoa(i))
		if err != nil {
			return err
		}
		p.Plans = append(p.Plans, plan)
	}
	return a.render(c, "schedule", p)
}

func (p page) scheduleKPIs(ans *analytics.ScheduleAnswer) []kpi {
	var lights analytics.Lights
	met, missed, open := 0, 0, 0
	for _, plan := range ans.Plans {
		switch plan.Light.Color {
		case analytics.Red:
			lights.Red++
		case analytics.Yellow:
			lights.Yellow++
		case analytics.Green:
			lights.Green++
		default:
			lights.Grey++
		}
		if plan.CanBeMet != nil && *plan.CanBeMet {
			met++
		} else if plan.CanBeMet != nil {
			missed++
		}
	}
	for _, s := range ans.Slips {
		if s.Open {
			open++
		}
	}
	n := p.Num()
	return []kpi{
		{Key: "plans", Label: p.T("page.kpi.plans"), Figure: n.whole(len(ans.Plans), "projects"), Notes: p.lightNotes(lights), Bar: lightBar(lights)},
		{Key: "met", Label: p.T("page.kpi.met"), Figure: n.whole(met, "projects"),
			Notes: []span{{p.T("page.sub.missed", missed), toneIf(missed > 0, "bad")}}},
		{Key: "overdue_nodes", Label: p.T("page.kpi.overdue_nodes"), Figure: n.whole(open, "nodes"),
			Notes: []span{{p.T("page.sub.slips", len(ans.Slips)), "mute"}}},
		{Key: "due_nodes", Label: p.T("page.kpi.due_nodes"), Figure: n.whole(len(ans.DueSoon), "nodes")},
	}
}

func toneIf(on bool, tone string) string {
	if on {
		return tone
	}
	return ""
}

func (p page) planTable(plans []analytics.Plan) *card {
	c := p.card("plans", "long")
	if len(plans) == 0 {
		return c.nothing("schedule")
	}
	days := p.Num().unit("days")
	c.Table = p.columns(col("project"), textCol("light"), dayCol("deadline"), dayCol("finish"), numCol("min_float", days),
		numCol("days_late", days), textCol("critical"))
	for _, plan := range plans {
		status := cell{Light: p.lightOf(plan.Light)}
		if !plan.Problem.IsZero() {
			status = status.tagged(p.T("page.tag.not_computed"), "amber").under(p.Say(plan.Problem))
		}
		c.Table.add(leads(plan.Project, p.Link(projectPath(plan.Key))).under(strings.Join(plan.Leaders, "、")), status, dated(plan.Deadline),
			dated(plan.Finish),
			p.floatCell(plan.MinFloatOpen), words(value(intOf(plan.DaysLate))), words(criticalNames(plan)))
	}
	return c
}

// criticalNames spells out the open nodes with the least float, in the order of the plan.
func criticalNames(plan analytics.Plan) string {
	var names []string
	for _, n := range plan.Nodes {
		for _, no := range plan.CriticalOpen {
			if n.No == no {
				names = append(names, n.Node)
			}
		}
	}
	return strings.Join(names, " → ")
}

func (p page) floatCell(days *int64) cell {
	c := words(value(intOf(days)))
	switch {
	case days == nil:
	case *days < 0:
		c.Tone = "bad"
	case *days <= 7:
		c.Tone = "warn"
	}
	return c
}

func (p page) nodeTable(key string, nodes []analytics.NodeDue) *card {
	c := p.card(key, "s6")
	if len(nodes) == 0 {
		return c.nothing(key)
	}
	last := "days_late"
	if key == "due" {
		last = "days_left"
	}
	c.Table = p.columns(col("node"), textCol("project"), wordCol("owner"), dayCol("plan_finish"), numCol(last, p.Num().unit("days")))
	c.Table.Tall = true
	for _, n := range nodes {
		days := n.DaysLate
		if key == "due" {
			days = n.Days
		}
		name := leads(n.Node, p.Source("milestones", ledger.Filter{"project": n.Project, "node": n.Node}))
		if key == "slips" && !n.Open {
			name = name.tagged(p.T("page.tag.done_late"), "")
		}
		c.Table.add(name, leads(n.Project, p.Link(projectPath(n.Key))), words(n.Owner), dated(n.PlanFinish), words(value(days)))
	}
	return c
}

// planCard is the Gantt of one project with its nodes behind it; nil plan says what to import.
func (p page) planCard(plan *analytics.Plan, number string) (*card, error) {
	c := p.card("gantt", "long")
	c.ID += number
	if plan == nil || len(plan.Nodes) == 0 {
		return c.nothing("schedule"), nil
	}
	if number != "" {
		c.Title = plan.Project
	}
	if plan.Deadline.Known() {
		c.Hint = p.T("page.card.gantt.deadline", day(plan.Deadline), day(plan.Finish))
	}
	if !plan.Problem.IsZero() {
		c.More = []span{{p.Say(plan.Problem), "warn"}}
	}
	days := p.Num().unit("days")
	c.Table = p.columns(col("node"), wordCol("owner"), numCol("duration", days), dayCol("baseline"), dayCol("plan_finish"),
		dayCol("actual_finish"), dayCol("forecast"), dayCol("latest"), numCol("float", days), numCol("days_late", days))
	for _, n := range plan.Nodes {
		name := leads(strings.TrimSpace(n.No+" "+n.Node), p.Source("milestones", ledger.Filter{"project": plan.Project, "node": n.Node}))
		if n.Critical && n.Open {
			name = name.tagged(p.T("page.tag.critical"), "red")
		}
		finish := dated(n.PlanFinish)
		if n.BaselineFinish.Known() && n.BaselineFinish != n.PlanFinish {
			finish.Was = day(n.BaselineFinish)
		}
		c.Table.add(name, words(n.Owner), words(value(intOf(n.Duration))), dated(n.BaselineFinish), finish, dated(n.ActualFinish),
			dated(n.Forecast), dated(n.LatestFinish), p.floatCell(n.TotalFloat), words(value(intOf(n.DaysLate))))
	}
	return c, c.draw(charts.Gantt(p.draws(), plan, p.Stamp.Asof), ganttHeight(len(plan.Nodes)))
}

// ganttHeight is the class that gives every node its row.
func ganttHeight(nodes int) string {
	switch {
	case nodes <= 6:
		return "h240"
	case nodes <= 10:
		return "h360"
	case nodes <= 14:
		return "h440"
	}
	return "h600"
}
