package server

import (
	"fmt"
	"strings"

	"taizhang/analytics"
	"taizhang/ledger"
)

// fold keeps the first lines of a section's table in sight; what is more than a page can hold is counted.
func (p *meetingPage) fold(c *card, all int) section {
	if c.Table != nil && all > len(c.Table.Rows) {
		c.More = append(c.More, span{p.T("meeting.more", len(c.Table.Rows), all), "mute"})
	}
	return p.folded(c, firstLines)
}

// folded puts the lines of a card's table from some number on behind a fold.
func (p page) folded(c *card, first int) section {
	s := section{card: c}
	if c.Table != nil && len(c.Table.Rows) > first {
		c.Table.Fold = first
		s.RestLabel = p.T("meeting.rest", len(c.Table.Rows)-first)
	}
	return s
}

// agendaCard begins a numbered section; its figures stand as its hint.
func (p *meetingPage) agendaCard(key, hint string) *card {
	c := p.card(key, "long")
	c.Words, c.Hint = p.at, hint
	return c
}

func (p *meetingPage) actionSection() section {
	g := p.Ans.Actions
	hint := p.T("meeting.hint.actions", len(g.Open), g.Overdue, len(g.Closed), p.rateText(g.PPC), p.rateText(g.Closure))
	c := p.agendaCard("meeting_actions", hint)
	c.Acts = []link{{Text: p.T("meeting.act.overdue"), Href: p.at.Asking("/actions", "state", "overdue")}, {Text: p.T("meeting.act.actions"), Href: p.at.Link("/actions")}}
	all := append(append([]analytics.ActionLine{}, g.Open...), g.Closed...)
	if len(all) == 0 {
		c.Empty = &empty{Title: p.T("page.empty.actions"), Text: p.T("meeting.empty.actions")}
		return section{card: c}
	}
	c.Table = p.columns(wordCol("number"), textCol("item"), wordCol("owner"), dayCol("due"), wordCol("status"))
	for _, l := range all[:min(len(all), p.most(mostLines))] {
		c.Table.add(leads(analytics.ShortActionNumber(l.Number), p.at.Link(actionPath(l.Number))).full(l.Number), words(l.Item).under(l.Project), words(l.Owner).under(l.Section), dated(l.Due), p.stateCell(l))
	}
	for _, r := range g.Reasons {
		c.More = append(c.More, span{p.T("meeting.reason", orWord(r.Reason, p.T("meeting.reason.none")), r.Count), "mute"})
	}
	return p.fold(c, len(all))
}

func orWord(s, word string) string {
	if s == "" {
		return word
	}
	return s
}

func (c cell) full(s string) cell { c.Full = s; return c }

// stateCell says how an item stands against its day, and before whom it was brought.
func (p page) stateCell(l analytics.ActionLine) cell {
	small := l.Status
	if l.Level != "" {
		small += " · " + p.T("meeting.level", l.Level)
	}
	if l.Reopened > 0 {
		small += " · " + p.T("meeting.action.reopened", l.Reopened)
	}
	today := analytics.DateOf(p.Question.Clock.Asof)
	switch {
	case l.Closed:
		return cell{Light: &light{Color: "green", Word: p.T("meeting.action.closed")}}.under(day(l.ClosedOn))
	case l.DaysOverdue > 0:
		return cell{Light: &light{Color: "red", Word: p.T("page.tag.overdue", l.DaysOverdue)}}.under(small)
	case l.Due.Known() && l.Due == today:
		return cell{Light: &light{Color: "yellow", Word: p.T("meeting.action.today")}}.under(small)
	}
	return cell{Tag: &span{orDash(l.Status), ""}}.under(strings.TrimPrefix(strings.TrimPrefix(small, l.Status), " · "))
}

func (p *meetingPage) lightSection() section {
	c := p.Ans.Counts
	box := p.agendaCard("meeting_lights", p.T("meeting.hint.lights", c.Lights.Red, c.NewRed, c.Lights.Yellow, c.Better))
	list := append(append([]analytics.AgendaProject{}, p.Ans.Lights...), p.Ans.Better...)
	if len(list) == 0 {
		if c.Projects == 0 {
			return section{card: box.nothing("projects")}
		}
		box.More = []span{{p.T("meeting.none.lights", c.Projects), "good"}}
		return section{card: box}
	}
	box.Table = p.columns(col("project_leader"), textCol("light"), wordCol("node"), numCol("percent", "%"), textCol("since_last"), textCol("coordination"))
	for _, one := range list[:min(len(list), p.most(mostLines))] {
		box.Table.add(p.projectCell(one), p.lightCell(one), p.nodeCell(one), num(p.Num().percent(one.Percent, 0)).from(p.progressOf(one)), p.sinceCell(one), p.requestCell(one))
	}
	return p.fold(box, len(list))
}

func (p *meetingPage) projectCell(one analytics.AgendaProject) cell {
	who := append([]string{}, joined(one.Leaders, p.T("page.comma")), one.Section)
	return leads(one.Project, p.at.Link(projectPath(one.Key))).under(strings.Trim(strings.Join(who, " · "), " ·"))
}

func (p *meetingPage) lightCell(one analytics.AgendaProject) cell {
	shown := p.lightOf(one.Light)
	switch {
	case one.New:
		shown.Word += " · " + p.T("meeting.tag.new")
	case one.Better:
		shown.Word += " · " + p.T("meeting.tag.better")
	}
	return cell{Light: shown}
}

func (p *meetingPage) nodeCell(one analytics.AgendaProject) cell {
	if one.Node == "" {
		return words("")
	}
	near := func(d analytics.Date) string {
		if !d.Known() {
			return dash
		}
		if d.Time().Year() == p.Question.Clock.Asof.Year() {
			return d.Time().Format("01-02")
		}
		return d.String()
	}
	small := p.T("meeting.node.expected", near(one.NodeExpected))
	if one.NodeLatest.Known() {
		small = p.T("meeting.node.latest", near(one.NodeLatest)) + " · " + small
	}
	return words(p.T("meeting.node", one.Node, near(one.NodePlan))).under(small)
}

func (p *meetingPage) progressOf(one analytics.AgendaProject) string {
	return p.at.weekSource(one.Project, one.ReportDate)
}

// weekSource leads to a project's weekly entry of a day; nowhere without one.
func (p page) weekSource(project string, day analytics.Date) string {
	if !day.Known() {
		return ""
	}
	return p.Source("progress", ledger.Filter{"project": project, "report_date": day.String()})
}

// sinceCell says what changed since the snapshot: the percentage, the money of the week, the problem.
func (p *meetingPage) sinceCell(one analytics.AgendaProject) cell {
	if !one.Reported {
		return cell{Tag: &span{p.T("meeting.not_reported"), "amber"}}
	}
	n := p.Num()
	c := changed(bare(n.percent(one.PercentBefore, 0)), n.percent(one.Percent, 0))
	c.Kind = "text"
	var small []string
	if one.WeekInvestment.Sign() != 0 && one.WeekInvestment.Valid() {
		small = append(small, p.T("meeting.invested", p.sayFigure(n.wan(one.WeekInvestment))))
	}
	if one.Repeated {
		small = append(small, p.T("page.tag.repeated"))
	}
	return c.from(p.progressOf(one)).under(strings.Join(small, p.T("page.semicolon")))
}

func (p *meetingPage) requestCell(one analytics.AgendaProject) cell {
	return words(one.Coordination).under(one.Problem)
}

func (p *meetingPage) staleSection() section {
	box := p.agendaCard("meeting_stale", p.T("meeting.hint.stale", len(p.Ans.Stale)))
	if len(p.Ans.Stale) == 0 {
		box.More = []span{{p.T("meeting.none.stale"), "good"}}
		return section{card: box}
	}
	box.Table = p.columns(col("project_leader"), wordCol("light"), dayCol("report_date"), numCol("stale_days", p.Num().unit("days")), textCol("last_problem"))
	for _, one := range p.Ans.Stale[:min(len(p.Ans.Stale), p.most(mostLines))] {
		box.Table.add(p.projectCell(one), cell{Light: p.bareLight(one.Light)}, dated(one.ReportDate).from(p.progressOf(one)), words(value(intOf(one.StaleDays))), words(one.Problem))
	}
	return p.fold(box, len(p.Ans.Stale))
}

func (p *meetingPage) requestSection() section {
	box := p.agendaCard("meeting_requests", p.T("meeting.hint.requests", len(p.Ans.Requests)))
	if len(p.Ans.Requests) == 0 {
		box.More = []span{{p.T("meeting.none.requests"), "good"}}
		return section{card: box}
	}
	box.Table = p.columns(col("project_leader"), wordCol("light"), textCol("coordination"), textCol("problem"))
	for _, one := range p.Ans.Requests[:min(len(p.Ans.Requests), p.most(mostLines))] {
		box.Table.add(p.projectCell(one), cell{Light: p.bareLight(one.Light)}, words(one.Coordination).from(p.progressOf(one)), words(one.Problem).tagIf(one.Repeated, p.T("page.tag.repeated"), "amber"))
	}
	return p.fold(box, len(p.Ans.Requests))
}

// changeSection lists what else moved: weekly entries of the other projects, then the ledgers of projects and plans.
func (p *meetingPage) changeSection() section {
	a := p.Ans
	box := p.agendaCard("meeting_changes", p.T("meeting.hint.changes", a.Before.Asof.String(), a.Counts.Changes))
	compared := map[string][]string{"from": {a.Before.Asof.String()}, "to": {a.Asof}, "dataset": {"progress"}}
	if a.Known != "" {
		compared["known"] = []string{a.Known}
	}
	box.Acts = []link{{Text: p.T("meeting.act.changes"), Href: address("/changes", compared)}}
	if a.Counts.Changes == 0 {
		box.More = []span{{p.T("meeting.none.changes"), "mute"}}
		return section{card: box}
	}
	box.Table = p.columns(col("subject"), wordCol("changed_field"), textCol("old_new"))
	all := 0
	add := func(cells ...cell) {
		if all++; len(box.Table.Rows) < p.most(mostLines) {
			box.Table.add(cells...)
		}
	}
	for _, one := range a.Moved {
		name := leads(one.Project, p.at.Link(projectPath(one.Key)))
		if one.Percent.Cmp(one.PercentBefore) != 0 {
			add(name, words(p.T("page.col.percent")), changed(p.Num().percent(one.PercentBefore, 0), p.Num().percent(one.Percent, 0)).from(p.progressOf(one)))
		}
		if one.Problem != one.ProblemBefore {
			problem := words(one.Problem).from(p.progressOf(one))
			problem.Was = one.ProblemBefore
			add(name, words(p.T("page.col.problem")), problem)
		}
	}
	for _, d := range a.Changes {
		dataset, err := ledger.Find(d.Dataset)
		if err != nil {
			continue
		}
		for _, f := range d.Fields {
			if f.Field.Private || f.Field.Hidden {
				continue
			}
			value := words(p.changedValue(f.Field, f.Now, f.NowMark))
			value.Was = p.changedValue(f.Field, f.Was, f.WasMark)
			add(leads(d.Name, p.at.Source(dataset.Name, ledger.Filter{"key": d.Key})).under(dataset.Label(p.Lang)), words(f.Field.Label(p.Lang)), value.under(d.Source.By))
		}
	}
	return p.fold(box, all)
}

// visitStrip is who kept the hour a day.
func (p *meetingPage) visitStrip() *card {
	c := p.card("meeting_visits", "")
	c.Words = p.at
	if len(p.Ans.Visits) == 0 {
		return c.nothing("visits")
	}
	c.Table = p.columns(col("leader"), numCol("hour_of_days", ""), numCol("minutes", p.Num().unit("minutes")))
	c.Table.Tall = true
	for _, v := range p.Ans.Visits {
		reached := words(fmt.Sprintf("%d/%d", v.HourDays, v.WorkingDays)).toned(toneIf(v.HourDays*2 < v.WorkingDays, "bad"))
		c.Table.add(leads(v.Leader, p.at.Link(leaderPath(v.Leader))), reached, num(p.Num().count(ledger.Int(v.Minutes), "")).from(p.at.Source("visits", ledger.Filter{"leader": v.Leader})))
	}
	return c
}
