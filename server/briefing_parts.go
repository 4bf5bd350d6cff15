package server

import (
	"strings"

	"taizhang/analytics"
	"taizhang/ledger"
)

// newBriefing makes the page, and all its files, of an answer.
func newBriefing(base page, ans *analytics.Briefing) *briefingPage {
	p := &briefingPage{page: base, Ans: ans, Said: saidCard{ans.Sentences()}}
	p.Title, p.Sub = p.T("briefing.title"), p.T("meeting.week", ans.Year, ans.Week)
	p.at = p.page
	if ans.Frozen {
		p.at.words = map[string][]string{"asof": {ans.Asof}, "known": {ans.Known}}
	}
	p.MeetHref = p.Asking("/meeting", "date", ans.Meeting.Date.String())
	p.Under = p.T("briefing.sub", ans.Area, ans.Year, ans.Week, p.dayInWords(p.asofDay()))
	total := briefingSection{Heading: p.T("briefing.h.total")}
	for _, s := range ans.Summary {
		total.Parts = append(total.Parts, briefingPart{Text: p.saySentence(s)})
	}
	how := "briefing.since.now"
	if ans.Before.Frozen {
		how = "briefing.since.frozen"
	}
	p.Since = p.T("briefing.since", p.dayInWords(ans.Before.Asof), p.T(how))
	p.Sections = []briefingSection{total, {Heading: p.T("briefing.h.rows"), Parts: []briefingPart{p.rowsPart()}}, p.lightParts(), p.leaderParts(), p.workParts(), p.closedParts()}
	p.Closing = []string{p.FootAsof() + p.knownPart(), p.FootSource(), p.FootBasis() + "　" + p.T("page.foot.version", ans.Version), p.Since}
	return p
}

// knownPart says by what moment's knowledge the briefing stands; nothing when it is now's.
func (p *briefingPage) knownPart() string {
	if p.Ans.Known == "" {
		return ""
	}
	return p.T("briefing.known", moment(p.Question.Clock))
}

// part is a table under a heading, or what is said when it is empty.
func (p *briefingPage) part(heading, none string, c *card, shares ...int) briefingPart {
	one := briefingPart{Heading: heading, Card: c, Shares: shares}
	if len(c.Table.Rows) == 0 {
		one.Text, one.Card = none, nil
	}
	return one
}

// cut says how many lines of a list are left to the workbook.
func (b briefingPart) cut(p *briefingPage, all int) briefingPart {
	if b.Card != nil && all > len(b.Card.Table.Rows) {
		b.Card.More = []span{{p.T("briefing.rest", len(b.Card.Table.Rows), all-len(b.Card.Table.Rows)), "mute"}}
	}
	return b
}

// shown is how many lines of a list stand on the page or in the file.
func (p *briefingPage) shown(all int) int { return min(all, p.most(pageRows)) }

// rowsPart is the table of indicators.
func (p *briefingPage) rowsPart() briefingPart {
	n := p.Num()
	c := p.card("briefing_rows", "long")
	c.Table = p.columns(col("indicator"), numCol("value", ""), numCol("growth", ""), numCol("year_target", ""), numCol("completion", ""), numCol("time_progress", ""), numCol("ahead", n.unit("points")))
	for _, r := range p.Ans.Rows {
		period := p.sayPeriod(r.Period)
		if r.Basis != "" {
			period = strings.Trim(period+" · "+r.Basis, " ·")
		}
		target := p.base(r.Target, r.Unit)
		c.Table.add(leads(r.Name.In(p.Lang), p.at.Link(r.Page)).under(period), own(p.base(r.Value, r.Unit)), own(n.change(r.Growth, 1)), own(target),
			own(n.percent(r.Completion, 1)), own(n.percent(r.Time, 1)), num(n.points(r.Ahead)))
	}
	return p.part("", "", c, 24, 15, 12, 15, 11, 11, 12)
}

func (p *briefingPage) lightParts() briefingSection {
	c := p.card("briefing_lights", "long")
	c.Table = p.projectColumns()
	for _, one := range p.Ans.Lights[:p.shown(len(p.Ans.Lights))] {
		c.Table.add(p.projectLine(one)...)
	}
	s := briefingSection{Heading: p.T("briefing.h.lights"), Parts: []briefingPart{{Text: p.saySentence(p.Ans.LightsSaid)}, p.part("", p.T("briefing.none.lights"), c, 21, 12, 31, 12, 24).cut(p, len(p.Ans.Lights))}}
	if len(p.Ans.Better) == 0 {
		return s
	}
	b := p.card("briefing_better", "long")
	b.Table = p.projectColumns()
	for _, one := range p.Ans.Better[:p.shown(len(p.Ans.Better))] {
		b.Table.add(p.projectLine(one)...)
	}
	s.Parts = append(s.Parts, p.part(p.T("briefing.h.better"), "", b, 21, 12, 31, 12, 24).cut(p, len(p.Ans.Better)))
	return s
}

func (p *briefingPage) projectColumns() *table {
	return p.columns(col("project_leader"), wordCol("light"), textCol("rule"), numCol("percent", "%"), textCol("problem"))
}

// projectLine is a project with its light, the rule that fired, how far it is and what stands in the way.
func (p *briefingPage) projectLine(one analytics.AgendaProject) []cell {
	n := p.Num()
	shown := p.lightOf(one.Light)
	rule := shown.Rule
	shown.Rule = ""
	tag := cell{Light: shown}
	switch {
	case one.New:
		tag = tag.tagged(p.T("meeting.tag.new"), "red")
	case one.Better:
		tag = tag.tagged(p.T("meeting.tag.better"), "green")
	}
	percent := num(n.percent(one.Percent, 0))
	if one.Reported {
		percent = changed(bare(n.percent(one.PercentBefore, 0)), bare(n.percent(one.Percent, 0))).from(p.at.weekSource(one.Project, one.ReportDate))
	}
	return []cell{p.who(one.Key, one.Project, one.Leaders), tag, words(rule), percent, words(one.Problem).under(one.Coordination)}
}

// who is a project over those who lead it.
func (p *briefingPage) who(key, project string, leaders []string) cell {
	return leads(project, p.at.Link(projectPath(key))).under(joined(leaders, p.T("page.comma")))
}

func (p *briefingPage) leaderParts() briefingSection {
	n := p.Num()
	c := p.card("briefing_leaders", "long")
	c.Table = p.columns(wordCol("leader"), numCol("projects", ""), wordCol("light_counts"), numCol("completion", ""), numCol("ahead", n.unit("points")), numCol("week_reported", ""),
		wordCol("turned"), wordCol("actions_open"), numCol("visit_minutes", n.unit("minutes")))
	for _, l := range p.Ans.Leaders[:p.shown(len(p.Ans.Leaders))] {
		name := leads(l.Name, p.at.Link(leaderPath(l.Name)))
		if l.Name == "" {
			name = words(p.T("page.tag.no_lead"))
		}
		late := words(pairOf(l.Open, l.Overdue)).toned(toneIf(l.Overdue > 0, "bad"))
		c.Table.add(name, num(n.whole(l.Projects, "")), words(pairOf(l.Red, l.Yellow, l.Green, l.Grey)), own(n.percent(l.Completion, 1)), num(n.points(l.Gap.Neg())),
			num(n.whole(l.Week.Reported, "")), words(pairOf(l.Week.Better, l.Week.Worse)).toned(toneIf(l.Week.Worse > 0, "bad")), late, num(n.count(ledger.Int(l.Minutes), "")))
	}
	return briefingSection{Heading: p.T("briefing.h.leaders"), Parts: []briefingPart{{Text: p.saySentence(p.Ans.LeadersSaid)},
		p.part("", p.T("briefing.none.leaders"), c, 13, 8, 16, 11, 11, 8, 11, 13, 9).cut(p, len(p.Ans.Leaders))}}
}

// pairOf writes counts that belong together: 1/0/2.
func pairOf(counts ...int) string {
	list := make([]string, len(counts))
	for i, n := range counts {
		list[i] = value(n)
	}
	return strings.Join(list, "/")
}

func (p *briefingPage) workParts() briefingSection {
	n := p.Num()
	work, wants := p.card("briefing_work", "long"), p.card("briefing_requests", "long")
	work.Table = p.columns(col("project_leader"), numCol("percent", "%"), numCol("week_investment", n.unit("wan")), textCol("this_week"), textCol("next_week"))
	for _, w := range p.Ans.Work[:p.shown(len(p.Ans.Work))] {
		percent := changed(bare(n.percent(w.PercentBefore, 0)), bare(n.percent(w.Percent, 0))).from(p.at.weekSource(w.Project, w.ReportDate))
		work.Table.add(p.who(w.Key, w.Project, w.Leaders), percent, num(n.wan(w.WeekInvestment)), words(w.Progress), words(w.NextStep))
	}
	wants.Table = p.columns(col("project_leader"), wordCol("light"), textCol("problem"), textCol("coordination"))
	for _, one := range p.Ans.Requests[:p.shown(len(p.Ans.Requests))] {
		wants.Table.add(p.who(one.Key, one.Project, one.Leaders), cell{Light: p.bareLight(one.Light)}, words(one.Problem), words(one.Coordination))
	}
	silent := p.card("briefing_silent", "long")
	silent.Table = p.columns(col("project_leader"), wordCol("light"), dayCol("report_date"), numCol("stale_days", n.unit("days")), textCol("last_problem"))
	for _, one := range p.Ans.Silent[:p.shown(len(p.Ans.Silent))] {
		silent.Table.add(p.who(one.Key, one.Project, one.Leaders), cell{Light: p.bareLight(one.Light)}, dated(one.ReportDate), num(n.count(intOf(one.StaleDays), "")), words(one.Problem))
	}
	return briefingSection{Heading: p.T("briefing.h.work"), Parts: []briefingPart{{Text: p.saySentence(p.Ans.WorkSaid)},
		p.part(p.T("briefing.h.week"), p.T("briefing.none.work"), work, 22, 12, 14, 28, 24).cut(p, len(p.Ans.Work)), p.part(p.T("briefing.h.requests"), p.T("briefing.none.requests"), wants, 26, 12, 30, 32).cut(p, len(p.Ans.Requests)),
		p.part(p.T("briefing.h.silent"), p.T("briefing.none.silent"), silent, 26, 12, 17, 13, 32).cut(p, len(p.Ans.Silent))}}
}

func (p *briefingPage) closedParts() briefingSection {
	done, late := p.card("briefing_closed", "long"), p.card("briefing_late", "long")
	done.Table = p.columns(wordCol("number"), textCol("item"), wordCol("owner"), dayCol("due"), dayCol("closed_on"))
	for _, l := range p.Ans.Closed[:p.shown(len(p.Ans.Closed))] {
		done.Table.add(p.numbered(l), words(l.Item).under(l.Project), words(l.Owner).under(l.Section), dated(l.Due), dated(l.ClosedOn))
	}
	late.Table = p.columns(wordCol("number"), textCol("item"), wordCol("owner"), dayCol("due"), numCol("days_overdue", p.Num().unit("days")), wordCol("status"))
	for _, l := range p.Ans.Overdue[:p.shown(len(p.Ans.Overdue))] {
		late.Table.add(p.numbered(l), words(l.Item).under(l.Project), words(l.Owner).under(l.Section), dated(l.Due), num(p.Num().count(ledger.Int(l.DaysOverdue), "")).toned("bad"), words(l.Status).under(l.Level))
	}
	return briefingSection{Heading: p.T("briefing.h.closed"), Parts: []briefingPart{{Text: p.saySentence(p.Ans.ActionsSaid)},
		p.part(p.T("briefing.h.done"), p.T("briefing.none.closed"), done, 17, 33, 16, 17, 17).cut(p, len(p.Ans.Closed)), p.part(p.T("briefing.h.late"), p.T("briefing.none.late"), late, 16, 30, 15, 16, 10, 13).cut(p, len(p.Ans.Overdue))}}
}

// numbered leads to an action item by its number.
func (p *briefingPage) numbered(l analytics.ActionLine) cell {
	return leads(analytics.ShortActionNumber(l.Number), p.at.Link(actionPath(l.Number))).full(l.Number)
}
