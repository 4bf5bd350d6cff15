package server

import (
	"net/url"
	"strconv"
	"strings"

	"taizhang/analytics"
	"taizhang/ledger"
)

// projectForms are the records that a project's page offers to write, in its order.
var projectForms = []string{"progress", "issues", "actions", "visits", "overrides"}

// standing fills the strip at the head: the light with its rules, who set it by hand, the lead, and the forms.
func (p *projectPage) standing(ans *analytics.ProjectAnswer) {
	p.Light = p.lightOf(ans.Light)
	if p.Light.Rule == "" {
		p.Light.Rule = ans.Light.Why(p.Lang)
	}
	if o := ans.Light.Override; o != nil {
		computed := ans.Light
		computed.Color, computed.Override = computed.Computed, nil
		p.Computed = p.lightOf(computed)
		p.Light.Rule = p.T("project.by_hand", o.Reason, o.Person, day(o.From), day(o.Until), o.DaysLeft)
		p.ByHand = link{Text: p.T("project.decision"), Href: p.Source("overrides", ledger.Filter{"project": ans.Project, "from": o.From.String()})}
	}
	if !ans.LeadWarning.IsZero() {
		p.Lead = p.Say(ans.LeadWarning)
	}
	if !p.Question.Clock.Live || !p.May("edit") {
		return
	}
	for _, name := range projectForms {
		p.Writes = append(p.Writes, link{Text: p.T("project.write." + name), Href: p.form(name+"/new", url.Values{"project": {ans.Project}}, ans.Key)})
	}
}

// form is the address of a form that leads back to a project's page.
func (p page) form(path string, words url.Values, project string) string {
	words.Set("back", projectPath(project))
	return address("/records/"+path, words)
}

// chooseBaseline offers the baselines to hold the plan against; one alone is no choice.
func (p *projectPage) chooseBaseline(ans *analytics.ProjectAnswer) {
	if len(ans.Baselines) < 2 {
		return
	}
	var list []option
	for _, b := range ans.Baselines {
		one := option{Value: baselineWord(b), Text: p.T("page.chart.first_plan"), Selected: b.Number == ans.Plan.Baseline}
		if b.Approved {
			one.Text = b.Number
		}
		list = append(list, one)
	}
	p.choose("baseline", p.T("project.filter.baseline"), list)
}

// projectFigures are the figures an official asks for first: how far, at what pace, how late, with how much room, at what cost.
func (p page) projectFigures(ans *analytics.ProjectAnswer) []kpi {
	n := p.Num()
	percent := kpi{Key: "percent", Label: p.T("page.kpi.percent"), Aside: ans.ReportDate.String(), Figure: n.percent(ans.Percent, 0),
		Bar: completion(ans.Percent, ledger.Null)}
	percent.Figure.Href = p.Source("progress", ledger.Filter{"project": ans.Project})
	if ans.PercentBefore.Valid() {
		percent.Notes = []span{p.noted("page.sub.last_week", n.points(ans.Percent.Sub(ans.PercentBefore)))}
	}
	from := p.Source("projects", ledger.Filter{"project": ans.Project})
	year := kpi{Key: "year_done", Label: p.T("page.kpi.year_done"), Aside: ans.LedgerDate.String(), Figure: n.yuan(ans.YearToDate), Bar: completion(ans.Completion, ans.Time),
		Notes: []span{p.noted("page.sub.completion", n.percent(ans.Completion, 1)), p.noted("page.sub.ahead_points", n.points(ans.Gap.Neg()))}}
	year.Figure.Href = from
	return []kpi{percent, p.moneyKPI(ans), p.spiKPI(ans), p.lateKPI(ans), p.floatKPI(ans), year}
}

// moneyKPI holds the money spent against the works done.
func (p page) moneyKPI(ans *analytics.ProjectAnswer) kpi {
	n := p.Num()
	k := kpi{Key: "money", Label: p.T("project.kpi.money"), Figure: n.percent(ans.MoneyPercent, 1), Bar: completion(ans.MoneyPercent, ans.Percent),
		Notes: []span{{p.T("project.sub.money", p.sayFigure(n.yuan(ans.Cumulative)), p.sayFigure(n.yuan(ans.TotalInvestment))), ""}}}
	k.Figure.Href = p.Source("projects", ledger.Filter{"project": ans.Project})
	if r, ok := ans.Light.Rule("rule5"); ok {
		k.Notes = append(k.Notes, span{p.T("project.sub.works", n.percent(ans.Percent, 0).Value), toneIf(r.Color != analytics.Green, "warn")})
	}
	return k
}

func (p page) spiKPI(ans *analytics.ProjectAnswer) kpi {
	k := kpi{Key: "spi", Label: "SPI", Figure: figure{Value: dash}, Notes: []span{{p.T("page.curve.no_spi"), "mute"}}}
	if ans.Curve == nil || !ans.Curve.Earned.SPI.Valid() {
		return k
	}
	e := ans.Curve.Earned
	k.Figure = figure{Value: e.SPI.Fixed(2), Raw: e.SPI.String(), Tone: toneIf(e.SPI.Cmp(ledger.Int(1)) < 0, "warn"), Href: "#card-s_curve"}
	k.Notes = []span{{p.T("project.sub.spi", e.Earned.Fixed(1), e.Planned.Fixed(1)), ""}}
	return k
}

// lateKPI is how late the latest milestone is, and which one it is.
func (p page) lateKPI(ans *analytics.ProjectAnswer) kpi {
	k := kpi{Key: "days_late", Label: p.T("project.kpi.days_late"), Figure: figure{Value: dash}}
	if ans.DaysLate == nil {
		return k
	}
	k.Figure = p.Num().whole(int(*ans.DaysLate), "days")
	k.Figure.Href, k.Figure.Tone = p.Source("milestones", ledger.Filter{"project": ans.Project}), toneIf(*ans.DaysLate > 0, "bad")
	for _, n := range ans.Plan.Nodes {
		if n.DaysLate != nil && *n.DaysLate == *ans.DaysLate && *n.DaysLate > 0 {
			k.Notes = []span{{p.T("project.sub.node", n.Node, day(n.PlanFinish)), ""}}
			break
		}
	}
	return k
}

// floatKPI is the least float of an open node, and by when all is expected to be finished.
func (p page) floatKPI(ans *analytics.ProjectAnswer) kpi {
	k := kpi{Key: "float", Label: p.T("project.kpi.float"), Figure: figure{Value: dash}}
	if ans.Plan == nil {
		return k
	}
	if ans.MinFloatOpen != nil {
		k.Figure = p.Num().whole(int(*ans.MinFloatOpen), "days")
		k.Figure.Tone, k.Figure.Href = p.floatCell(ans.MinFloatOpen).Tone, "#card-nodes"
	}
	if ans.Plan.Deadline.Known() {
		k.Notes = append(k.Notes, span{p.T("project.sub.deadline", day(ans.Plan.Deadline)), ""})
	}
	if ans.Plan.OutlookFinish.Known() {
		k.Notes = append(k.Notes, span{p.T("page.curve.outlook", day(ans.Plan.OutlookFinish)), p.pastDeadline(ans.Plan).Tone})
	}
	return k
}

// askedOf is what the project asks of the meeting and what comes next.
func (p page) askedOf(ans *analytics.ProjectAnswer) []fact {
	from := p.weekSource(ans.Project, ans.ReportDate)
	if from == "" {
		from = p.Source("projects", ledger.Filter{"key": ans.Key})
	}
	problem := orDash(ans.Problem)
	if ans.ProblemRepeated() {
		problem += p.T("project.repeated")
	}
	list := []fact{
		{Label: p.T("page.fact.problem"), Text: problem, Href: from}, {Label: p.T("page.col.coordination"), Text: orDash(ans.Coordination), Href: from},
		{Label: p.T("page.fact.next"), Text: orDash(ans.NextStep), Href: from}, {Label: p.T("page.fact.progress"), Text: orDash(ans.Progress), Href: from},
	}
	var open []string
	for _, l := range ans.Actions {
		switch {
		case l.Closed:
		case l.DaysOverdue > 0:
			open = append(open, p.T("project.action.overdue", l.Item, l.Owner, l.DaysOverdue))
		default:
			open = append(open, p.T("project.action.open", l.Item, l.Owner, day(l.Due)))
		}
	}
	if len(open) > 0 {
		list = append(list, fact{Label: p.T("page.col.open_actions") + " " + strconv.Itoa(len(open)), Text: strings.Join(open, p.T("page.semicolon")), Href: "#card-actions", Wide: true})
	}
	return list
}
