package server

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// schedulePage is the overview of every project's back-schedule, a line a plan.
type schedulePage struct {
	page
	Overview, Slips, Due *card
}

// mostNodesListed is how many late or soon due nodes the overview lists; CSV and JSON hold all.
const mostNodesListed = 50

// planViews are the cuts of the overview, in the order in which they are offered.
var planViews = []struct {
	name string
	keep func(*analytics.Plan) bool
}{
	{"all", func(*analytics.Plan) bool { return true }},
	{"late", func(p *analytics.Plan) bool { return p.DaysLate != nil && *p.DaysLate > 0 }},
	{"critical", func(p *analytics.Plan) bool { return p.MinFloatOpen != nil && *p.MinFloatOpen <= 0 }},
	{"missed", func(p *analytics.Plan) bool { return p.CanBeMet != nil && !*p.CanBeMet }},
	{"faulty", func(p *analytics.Plan) bool { return !p.Problem.IsZero() }},
}

// schedule answers for all plans, or for the one that ?project= names.
func (a *app) schedule() fiber.Handler {
	all, one := answer(a, plain(a.analytics.Schedule), a.showSchedule), answer(a, a.askPlan, a.showPlan)
	return func(c *fiber.Ctx) error {
		if c.Query("project") != "" {
			return one(c)
		}
		return all(c)
	}
}

func (a *app) showSchedule(c *fiber.Ctx, q analytics.Question, ans *analytics.ScheduleAnswer) error {
	p := schedulePage{page: a.newAnswerPage(c, "schedule", q, ans.Foot())}
	p.keepOwn(c, "show", pageWord)
	p.KPIs = p.scheduleKPIs(ans)
	p.Overview = p.planTable(c, ans.Plans)
	p.Slips = p.nodeTable("slips", ans.Slips)
	p.Due = p.nodeTable("due", ans.DueSoon)
	return a.render(c, "schedule", p)
}

func (p page) scheduleKPIs(ans *analytics.ScheduleAnswer) []kpi {
	met, missed, open := 0, 0, 0
	for _, plan := range ans.Plans {
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
		{Key: "plans", Label: p.T("page.kpi.plans"), Figure: n.whole(len(ans.Plans), "projects"), Notes: p.lightNotes(ans.Lights), Bar: lightBar(ans.Lights)},
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

// planTable lists the plans of the cut asked for, the worst first, a page at a time.
func (p page) planTable(c *fiber.Ctx, plans []analytics.Plan) *card {
	list := p.card("plans", "long")
	if len(plans) == 0 {
		return list.nothing("schedule")
	}
	list.Sieve = p.sieve("show")
	kept := p.cutPlans(c.Query("show"), plans, list.Sieve)
	if len(kept) == 0 {
		list.None = p.T("page.list.none")
		return list
	}
	from, to, way := p.part(c, len(kept))
	list.Pager = way
	days := p.Num().unit("days")
	list.Table = p.columns(col("project"), wordCol("light"), dayCol("deadline"), dayCol("plan_finish"), dayCol("outlook"), numCol("slip", days), numCol("days_late", days),
		numCol("min_float", days), numCol("critical_count", ""), textCol("plan_state"))
	for _, plan := range kept[from:to] {
		list.Table.add(leads(plan.Project, p.Asking("/schedule", "project", plan.Key)).under(strings.Join(plan.Leaders, p.T("page.comma"))), cell{Light: p.bareLight(plan.Light)},
			dated(plan.Deadline), dated(plan.Finish), p.pastDeadline(plan), p.variance(plan.OutlookSlip), words(value(intOf(plan.DaysLate))).toned(lateTone(plan.DaysLate)),
			p.floatCell(plan.MinFloatOpen), num(p.Num().whole(len(plan.CriticalOpen), "")), p.planState(plan))
	}
	return list
}

// cutPlans keeps the plans of a cut, the worst first, and counts every cut for the picks.
func (p page) cutPlans(show string, plans []analytics.Plan, into *sieve) []*analytics.Plan {
	var kept []*analytics.Plan
	if show == "" {
		show = planViews[0].name
	}
	for i, v := range planViews {
		one := pick{Text: p.T("page.plans." + v.name), Href: p.With("show", v.name), Current: v.name == show}
		if i == 0 {
			one.Href = p.With("show", "")
		}
		for k := range plans {
			if !v.keep(&plans[k]) {
				continue
			}
			if one.Count++; one.Current {
				kept = append(kept, &plans[k])
			}
		}
		into.Picks = append(into.Picks, one)
	}
	slices.SortStableFunc(kept, analytics.WorsePlan)
	return kept
}

// bareLight is a light without the words of its rule, for long lists.
func (p page) bareLight(l analytics.Light) *light {
	shown := p.lightOf(l)
	shown.Rule = ""
	return shown
}

// pastDeadline is when a plan will end by what has happened, red past its deadline.
func (p page) pastDeadline(plan *analytics.Plan) cell {
	late := plan.OutlookFinish.Known() && plan.Deadline.Known() && plan.OutlookFinish.After(plan.Deadline)
	return dated(plan.OutlookFinish).toned(toneIf(late, "bad"))
}

func lateTone(days *int64) string { return toneIf(days != nil && *days > 0, "bad") }

// planState says what is wrong with a plan, or what holds it: the open nodes with the least float.
func (p page) planState(plan *analytics.Plan) cell {
	if !plan.Problem.IsZero() {
		return cell{Tag: &span{p.T("page.tag.not_computed"), "amber"}}.under(p.Say(plan.Problem))
	}
	return words(shortList(plan.CriticalNames(), 3))
}

// shortList names the first few in the order of work.
func shortList(names []string, most int) string {
	s := strings.Join(names[:min(len(names), most)], " → ")
	if len(names) > most {
		s += " → …"
	}
	return s
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
	if len(nodes) > p.most(mostNodesListed) {
		c.More = []span{{p.T("page.list.first", mostNodesListed, len(nodes)), ""}}
	}
	for _, n := range mostPressing(key, nodes, p.most(mostNodesListed)) {
		days := n.DaysLate
		if key == "due" {
			days = n.Days
		}
		name := leads(n.Node, p.Source("milestones", ledger.Filter{"project": n.Project, "node": n.Node}))
		if key == "slips" && !n.Open {
			name = name.tagged(p.T("page.tag.done_late"), "")
		}
		c.Table.add(name, leads(n.Project, p.Asking("/schedule", "project", n.Key)), words(n.Owner), dated(n.PlanFinish), words(value(days)))
	}
	return c
}

// mostPressing are the nodes to list: open ones before finished ones, the latest or the soonest due first.
func mostPressing(key string, nodes []analytics.NodeDue, most int) []analytics.NodeDue {
	list := slices.Clone(nodes)
	slices.SortStableFunc(list, func(a, b analytics.NodeDue) int {
		switch {
		case key == "due":
			return cmp.Compare(a.Days, b.Days)
		case a.Open != b.Open && a.Open:
			return -1
		case a.Open != b.Open:
			return 1
		}
		return cmp.Compare(b.DaysLate, a.DaysLate)
	})
	return list[:min(len(list), most)]
}

// planCard is the Gantt of one project with its nodes behind it; nil plan says what to import.
func (p page) planCard(plan *analytics.Plan) (*card, error) {
	c := p.card("gantt", "long")
	if plan == nil || len(plan.Nodes) == 0 {
		return c.nothing("schedule"), nil
	}
	if p.path != "/schedule" {
		c.Acts = []link{{Text: p.T("page.act.plan"), Href: p.Asking("/schedule", "project", plan.Key)}}
	}
	if plan.Deadline.Known() {
		until := p.T("page.card.gantt.deadline", day(plan.Deadline), day(plan.Finish))
		c.Hint, c.Native = p.T("page.card.gantt.dashed", until), p.T("page.card.gantt.first", until)
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
		c.Table.add(name, words(n.Owner), words(value(intOf(n.Duration))), dated(n.BaselineFinish), finishCell(n), dated(n.ActualFinish),
			dated(n.Forecast), dated(n.LatestFinish), p.floatCell(n.TotalFloat), words(value(intOf(n.DaysLate))))
	}
	return c, c.draw(charts.Gantt(p.draws(), plan, p.Stamp.Asof), ganttHeight(len(plan.Nodes)))
}

// finishCell is a planned finish with that of the baseline before it, when they differ.
func finishCell(n analytics.PlanNode) cell {
	c := dated(n.PlanFinish)
	if n.BaselineFinish.Known() && n.BaselineFinish != n.PlanFinish {
		c.Was = day(n.BaselineFinish)
	}
	return c
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
