package server

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/analytics"
	"taizhang/ledger"
)

// firstEvents is how many entries of a project's timeline are shown before the rest is folded away.
const firstEvents = 12

// timeline is what happened to a project, the newest first.
type timeline struct {
	Hint, RestLabel string
	First, Rest     []event
}

// event is one entry: a weekly report, or something else that has its day.
type event struct {
	Day, Kind, Tone string
	Text            string
	Href            string
	Notes           []span

	on analytics.Date
}

// timelineOf puts the weekly entries, finished milestones, visits, issues, actions and baselines of a project in the order of their days.
func (p page) timelineOf(ans *analytics.ProjectAnswer) timeline {
	list := p.weekEvents(ans)
	list = append(list, p.planEvents(ans)...)
	list = append(list, p.otherEvents(ans)...)
	asof := analytics.DateOf(p.Question.Clock.Asof)
	list = slices.DeleteFunc(list, func(e event) bool { return !e.on.Known() || e.on.After(asof) })
	slices.SortStableFunc(list, func(x, y event) int { return y.on.Time().Compare(x.on.Time()) })
	for i := range list {
		list[i].Day = day(list[i].on)
	}
	t := timeline{Hint: p.T("project.timeline.hint", len(ans.Weeks), len(list)), First: list}
	if len(list) > firstEvents {
		t.First, t.Rest = list[:firstEvents], list[firstEvents:]
		t.RestLabel = p.T("meeting.rest", len(t.Rest))
	}
	return t
}

func (p page) weekEvents(ans *analytics.ProjectAnswer) []event {
	n := p.Num()
	var list []event
	for i, w := range ans.Weeks {
		e := event{on: w.ReportDate, Kind: p.T("project.event.week"), Tone: "blue", Href: p.weekSource(ans.Project, w.ReportDate)}
		percent := p.sayFigure(n.percent(w.Percent, 0))
		if i+1 < len(ans.Weeks) && w.PercentBefore.Valid() && w.PercentBefore.Cmp(w.Percent) != 0 {
			percent = p.sayFigure(n.percent(w.PercentBefore, 0)) + " → " + percent
		}
		e.Text = p.T("project.event.percent", percent)
		if w.WeekInvestment.Valid() {
			e.Text += p.T("page.semicolon") + p.T("project.event.invested", p.sayFigure(n.wan(w.WeekInvestment)))
		}
		for _, said := range []struct{ key, text, tone string }{{"page.fact.progress", w.Progress, ""}, {"page.fact.problem", w.Problem, "warn"},
			{"page.col.coordination", w.Coordination, "bad"}, {"page.fact.next", w.NextStep, "mute"}} {
			if said.text == "" {
				continue
			}
			if said.key == "page.fact.problem" && w.ProblemRepeated {
				said.text += p.T("project.repeated")
			}
			e.Notes = append(e.Notes, span{p.T("project.event.said", p.T(said.key), said.text), said.tone})
		}
		list = append(list, e)
	}
	return list
}

// planEvents are milestones finished and baselines approved.
func (p page) planEvents(ans *analytics.ProjectAnswer) []event {
	var list []event
	if ans.Plan == nil {
		return list
	}
	for _, n := range ans.Plan.Nodes {
		if n.Open {
			continue
		}
		e := event{on: n.ActualFinish, Kind: p.T("project.event.node"), Tone: "green", Text: p.T("project.event.finished", n.Node, day(n.PlanFinish)),
			Href: p.Source("milestones", ledger.Filter{"key": n.Key()})}
		if n.DaysLate != nil && *n.DaysLate > 0 {
			e.Notes = []span{{p.T("project.event.late", *n.DaysLate), "bad"}}
		}
		list = append(list, e)
	}
	for _, b := range ans.Baselines {
		if b.Approved {
			list = append(list, event{on: b.ApprovedOn, Kind: p.T("project.event.baseline"), Text: p.T("page.note.approved", b.Number, orDash(b.ApprovedBy), orDash(b.Reason)),
				Href: p.Source("baselines", ledger.Filter{"project": ans.Project, "number": b.Number})})
		}
	}
	return list
}

// otherEvents are visits, issues, action items and a light set by hand.
func (p page) otherEvents(ans *analytics.ProjectAnswer) []event {
	var list []event
	for _, v := range ans.Visits {
		said := v.Leader
		if v.Minutes != nil {
			said = p.T("project.event.visited", v.Leader, strconv.FormatInt(*v.Minutes, 10))
		}
		if v.Found != "" {
			said += p.T("page.semicolon") + v.Found
		}
		list = append(list, event{on: v.Date, Kind: p.T("project.event.visit"), Text: said, Href: p.Source("visits", ledger.Filter{"date": v.Date.String(), "leader": v.Leader})})
	}
	for _, l := range ans.Issues {
		from := p.Source("issues", ledger.Filter{"key": l.Key})
		list = append(list, event{on: l.FoundOn, Kind: p.T("project.event.issue"), Tone: "amber", Text: l.Issue, Href: from})
		if l.Closed {
			list = append(list, event{on: l.ResolvedOn, Kind: p.T("project.event.resolved"), Tone: "green", Text: l.Issue, Href: from})
		}
	}
	for _, l := range ans.Actions {
		said := strings.Trim(analytics.ShortActionNumber(l.Number)+" "+l.Item, " ")
		list = append(list, event{on: l.MeetingDate, Kind: p.T("project.event.action"), Tone: "amber", Text: said, Href: p.Link(actionPath(l.Number))})
		if l.Closed {
			list = append(list, event{on: l.ClosedOn, Kind: p.T("project.event.closed"), Tone: "green", Text: said, Href: p.Link(actionPath(l.Number))})
		}
	}
	if o := ans.Light.Override; o != nil {
		list = append(list, event{on: o.From, Kind: p.T("project.event.by_hand"), Text: o.Person + p.T("page.semicolon") + o.Reason,
			Href: p.Source("overrides", ledger.Filter{"project": ans.Project, "from": o.From.String()})})
	}
	return list
}
