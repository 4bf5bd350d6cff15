package server

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/ledger"
)

// planPage is the back-schedule of one project.
type planPage struct {
	page
	Light                  *light
	Problem                string
	Cells                  []link // where the nodes at fault stand
	Choice                 *sieve
	Nodes, Proposal, Gantt *card
	Baselines, Variance    *card
	Freeze                 *freezeForm // nil where forms are switched off
}

// askPlan reads ?project= and ?days= beside the question's own words.
func (a *app) askPlan(c *fiber.Ctx, q analytics.Question) (*analytics.PlanAnswer, error) {
	return a.analytics.Plan(c.UserContext(), analytics.PlanQuestion{Question: q, Project: c.Query("project"), Days: c.Query("days")})
}

func (a *app) showPlan(c *fiber.Ctx, q analytics.Question, ans *analytics.PlanAnswer) error {
	return a.renderPlan(c, q, ans, nil)
}

// renderPlan shows a plan; typed is the form that freezes it as it came back with what is wrong, nil for a fresh one.
func (a *app) renderPlan(c *fiber.Ctx, q analytics.Question, ans *analytics.PlanAnswer, typed *freezeForm) error {
	p := planPage{page: a.newAnswerPage(c, "schedule", q, ans.Foot())}
	p.keepOwn(c, "days", "baseline")
	p.own.Set("project", ans.Key)
	p.path = "/schedule"
	p.Crumb = &link{Text: p.Title, Href: p.Link("/schedule")}
	p.Title, p.Sub = ans.Project, strings.Join(ans.Leaders, p.T("page.comma"))
	p.Light = p.lightOf(ans.Light)
	p.KPIs = p.planFigures(ans)
	p.fault(ans)
	p.Choice = p.planChoices(ans)
	p.Nodes, p.Proposal = p.nodesCard(ans), p.proposalCard(ans)
	p.Baselines, p.Variance = p.baselineList(ans), p.varianceCard(ans)
	var err error
	if p.Gantt, err = p.planCard(&ans.Plan); err != nil {
		return err
	}
	if q.Clock.Live && p.May("edit") {
		p.Freeze = a.freezeForm(c, p.page, ans, typed)
	}
	return a.render(c, "plan", p)
}

// fault says why a plan cannot be computed, and where the nodes at fault stand.
func (p *planPage) fault(ans *analytics.PlanAnswer) {
	if ans.Problem.IsZero() {
		return
	}
	p.Problem = p.Say(ans.Problem)
	from := p.Source("milestones", ledger.Filter{"project": ans.Project})
	for _, cell := range ans.ProblemCells {
		p.Cells = append(p.Cells, link{Text: cell, Href: from})
	}
}

func (p page) planFigures(ans *analytics.PlanAnswer) []kpi {
	n := p.Num()
	unit := n.unit("days")
	date := func(d analytics.Date, tone string) figure { return figure{Value: day(d), Tone: tone} }
	late := p.pastDeadline(&ans.Plan).Tone
	outlook := kpi{Key: "outlook", Label: p.T("page.kpi.outlook"), Figure: date(ans.OutlookFinish, late)}
	if ans.OutlookSlip != nil {
		outlook.Notes = []span{{p.T("page.sub.slip", p.signedDays(ans.OutlookSlip)), lateTone(ans.OutlookSlip)}}
	}
	float := kpi{Key: "float", Label: p.T("page.kpi.float"), Figure: p.floatCell(ans.MinFloatOpen).figure}
	if ans.MinFloatOpen != nil {
		float.Figure.Unit = unit
		float.Notes = []span{{p.T("page.sub.critical", len(ans.CriticalOpen)), "mute"}}
	}
	deadline := kpi{Key: "deadline", Label: p.T("page.col.deadline"), Figure: date(ans.Deadline, "")}
	if ans.DaysPastDeadline != nil {
		tone, said := "good", p.T("page.sub.in_time")
		if *ans.DaysPastDeadline > 0 {
			tone, said = "bad", p.T("page.sub.past", *ans.DaysPastDeadline)
		}
		deadline.Notes = []span{{said, tone}}
	}
	return []kpi{
		deadline,
		{Key: "planned", Label: p.T("page.kpi.planned"), Figure: date(ans.Finish, ""), Notes: []span{{p.T("page.sub.begin_by", day(ans.BeginBy)), "mute"}}},
		outlook, float,
		{Key: "open_nodes", Label: p.T("page.kpi.open_nodes"), Figure: n.whole(ans.OpenNodes, "nodes"),
			Notes: []span{{p.T("page.sub.late_nodes", ans.Late), toneIf(ans.Late > 0, "bad")}}},
	}
}

// signedDays is a number of days with its sign.
func (p page) signedDays(days *int64) string { return p.variance(days).Value }

// planChoices are the days that count and the baseline that the plan is held against.
func (p page) planChoices(ans *analytics.PlanAnswer) *sieve {
	s := p.sieve("days", "baseline")
	s.Go = p.T("page.filter.go")
	sheet := p.T("page.days.sheet", p.T("page.days."+map[bool]string{true: analytics.DaysWorking, false: analytics.DaysCalendar}[ans.WorkingDays]))
	if ans.Days != "" {
		sheet = p.T("page.days.own")
	}
	days := filter{Name: "days", Label: p.T("page.plan.days"), Options: []option{{"", sheet, ans.Days == ""}}}
	for _, kind := range []string{analytics.DaysCalendar, analytics.DaysWorking} {
		days.Options = append(days.Options, option{kind, p.T("page.days." + kind), ans.Days == kind})
	}
	held := filter{Name: "baseline", Label: p.T("page.plan.baseline")}
	for _, b := range ans.Baselines {
		held.Options = append(held.Options, option{baselineWord(b), p.Say(b.Title()), b.Number == ans.Baseline})
	}
	s.Choices = []filter{days, held}
	return s
}

// baselineWord names a baseline in an address.
func baselineWord(b analytics.Baseline) string {
	if !b.Approved {
		return analytics.FirstPlan
	}
	return b.Number
}

// nodesCard is the plan as it stands: earliest and latest dates, float and slip of every node.
func (p page) nodesCard(ans *analytics.PlanAnswer) *card {
	c := p.card("plan_nodes", "long")
	if ans.WorkingDays {
		c.Hint = p.T("page.card.plan_nodes.working")
	}
	days := p.Num().unit("days")
	c.Table = p.columns(col("node"), wordCol("after"), numCol("duration", days), dayCol("es"), dayCol("ef"), dayCol("ls"), dayCol("lf"), numCol("float", days),
		dayCol("plan_finish"), dayCol("actual_or_outlook"), numCol("slip", days), numCol("days_late", days))
	back := p.With("", "")
	for _, n := range ans.Nodes {
		name := leads(strings.TrimSpace(n.No+" "+n.Node), p.Source("milestones", ledger.Filter{"project": ans.Project, "node": n.Node})).under(n.Owner)
		switch {
		case n.Critical && n.Open:
			name = name.tagged(p.T("page.tag.critical"), "red")
		case !n.Open:
			name = name.tagged(p.T("page.tag.done"), "green")
		}
		end := dated(n.ActualFinish)
		if n.Open {
			end = dated(n.OutlookFinish).toned("mute")
		}
		if edit := p.editLink("milestones", n.Key(), back); edit != "" {
			end = end.from(edit)
		}
		c.Table.add(name, words(strings.Join(n.Predecessors, p.T("page.comma"))), words(value(intOf(n.Duration))), dated(n.EarliestStart), dated(n.EarliestFinish),
			dated(n.LatestStart), dated(n.LatestFinish), p.floatCell(n.TotalFloat), dated(n.PlanFinish), end, p.variance(n.OutlookSlip), words(value(intOf(n.DaysLate))).toned(lateTone(n.DaysLate)))
	}
	return c
}

// proposalCard is the plan made backwards from the deadline, beside the one that stands.
func (p page) proposalCard(ans *analytics.PlanAnswer) *card {
	c := p.card("proposal", "s7")
	if ans.Proposal == nil {
		c.None = p.T("page.proposal.none")
		return c
	}
	c.Hint = p.T("page.proposal.hint", day(ans.Proposal.Start), day(ans.Proposal.Finish))
	days := p.Num().unit("days")
	c.Table = p.columns(col("node"), dayCol("propose_start"), dayCol("propose_finish"), numCol("float", days), numCol("free_float", days), dayCol("plan_finish"), numCol("plan_behind", days))
	for i, node := range ans.Proposal.Nodes {
		n := ans.Nodes[i]
		name := words(strings.TrimSpace(n.No + " " + n.Node))
		if node.Critical {
			name = name.tagged(p.T("page.tag.critical"), "red")
		}
		c.Table.add(name, dated(node.Start), dated(node.Finish), words(value(node.TotalFloat)), words(value(node.FreeFloat)), dated(n.PlanFinish), p.variance(behind(n.PlanFinish, node.Finish)))
	}
	return c
}

// behind is how many days one date comes after another, nil when one is not known.
func behind(date, than analytics.Date) *int64 {
	if !date.Known() || !than.Known() {
		return nil
	}
	days := date.Since(than)
	return &days
}

// baselineList holds the plan against every baseline; each leads to this page held against it.
func (p page) baselineList(ans *analytics.PlanAnswer) *card {
	c := p.card("baselines", "s5")
	c.Table = p.columns(textCol("baseline_title"), dayCol("baseline_finish"), numCol("finish_variance", ""), numCol("outlook_variance", ""))
	for _, b := range ans.Baselines {
		c.Table.add(p.baselineCell(b, ans.Baseline, p.With("baseline", baselineWord(b))), dated(b.Finish), p.variance(b.FinishVariance), p.variance(b.OutlookVariance))
	}
	return c
}

// varianceCard holds every node against the baseline chosen.
func (p page) varianceCard(ans *analytics.PlanAnswer) *card {
	b := ans.Chosen()
	c := p.card("variance", "s7")
	c.Hint = p.T("page.card.variance.against", p.Say(b.Title()))
	if b.Approved {
		c.Acts = []link{{Text: p.T("page.title.source"), Href: p.Source("baselines", ledger.Filter{"project": ans.Project, "number": b.Number})}}
	}
	days := p.Num().unit("days")
	c.Table = p.columns(col("node"), dayCol("baseline"), dayCol("plan_finish"), numCol("start_variance", days), numCol("finish_variance", days), numCol("outlook_variance", days))
	for _, n := range b.Nodes {
		name := words(strings.TrimSpace(n.No + " " + n.Node))
		if n.Gone {
			name = name.tagged(p.T("page.tag.gone"), "amber")
		}
		c.Table.add(name, dated(n.Finish), dated(n.PlanFinish), p.variance(n.StartVariance), p.variance(n.FinishVariance), p.variance(n.OutlookVariance))
	}
	return c
}
