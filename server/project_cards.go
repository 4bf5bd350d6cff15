package server

import (
	"net/url"
	"strings"

	"taizhang/analytics"
	"taizhang/ledger"
)

// firstChanges is how many changes of a week a project's page shows before the rest is folded away.
const firstChanges = 10

// sinceCard tells what the ledgers say of the project now and did not say a week before.
func (p page) sinceCard(ans *analytics.ProjectAnswer) section {
	s := ans.Since
	c := p.card("since", "long")
	c.Hint = p.T("project.since", day(s.From), day(s.To))
	c.Table = p.differences(ans, s.Changes)
	if c.Table == nil {
		c.More = []span{{p.T("project.since.none"), "mute"}}
	}
	switch {
	case s.Late == nil:
		c.More = append(c.More, span{p.T("project.late.no_record", day(s.From)), "mute"})
	case len(s.Late) == 0:
		c.More = append(c.More, span{p.T("project.late.none"), "mute"})
	}
	return p.folded(c, firstChanges)
}

// lateCard tells what was learned about the earlier day only after it; nil when nothing was.
func (p page) lateCard(ans *analytics.ProjectAnswer) *card {
	if len(ans.Since.Late) == 0 {
		return nil
	}
	c := p.card("learned_late", "long")
	c.Hint = p.T("project.late", day(ans.Since.From), clockTime(ans.Since.FromKnown))
	c.Table = p.differences(ans, ans.Since.Late)
	return c
}

// differences lists changes of several ledgers, each ledger named once with a link to its own list; nil when there is none.
func (p page) differences(ans *analytics.ProjectAnswer, list []ledger.Difference) *table {
	if len(list) == 0 {
		return nil
	}
	t := &table{Columns: []column{{Label: p.T("change.dataset")}}}
	for len(list) > 0 {
		name, n := list[0].Dataset, 0
		for n < len(list) && list[n].Dataset == name {
			n++
		}
		d, err := ledger.Find(name)
		if err != nil {
			break
		}
		rows := p.changeCard(name, d, list[:n]).Table
		if len(t.Columns) == 1 {
			t.Columns = append(t.Columns, rows.Columns...)
			t.Columns[1].Kind, t.Columns[3].Kind = "text", "word"
		}
		words := url.Values{"dataset": {name}, "project": {ans.Project}, "from": {ans.Since.From.String()}, "to": {ans.Since.To.String()}}
		if known := p.words.Get("known"); known != "" {
			words.Set("known", known)
		}
		label := leads(d.Label(p.Lang), address("/changes", words))
		for _, r := range rows.Rows {
			r.Cells[0].Value = strings.TrimPrefix(r.Cells[0].Value, ans.Project+" · ") // the page says whose
			t.put(row{Cells: append([]cell{label}, r.Cells...)})
			label = cell{}
		}
		list = list[n:]
	}
	return t
}

// nodeCard lists the milestones with their dates; on a page of today each leads to its form. Nil without milestones.
func (p page) nodeCard(ans *analytics.ProjectAnswer) *card {
	if ans.Plan == nil {
		return nil
	}
	c := p.card("nodes", "long")
	if !ans.Plan.Problem.IsZero() {
		c.More = []span{{p.Say(ans.Plan.Problem), "bad"}}
		for _, at := range ans.Plan.ProblemCells {
			c.More = append(c.More, span{at, "mute"})
		}
	}
	days := p.Num().unit("days")
	c.Table = p.columns(col("node"), wordCol("owner"), dayCol("baseline"), dayCol("plan_finish"), dayCol("actual_finish"), dayCol("forecast"), dayCol("latest"),
		numCol("float", days), numCol("days_late", days))
	if p.Question.Clock.Live {
		c.Table.Columns = append(c.Table.Columns, column{Label: p.T("record.change"), Kind: "word act"})
	}
	for _, n := range ans.Plan.Nodes {
		name := leads(strings.TrimSpace(n.No+" "+n.Node), p.Source("milestones", ledger.Filter{"key": n.Key()}))
		if n.Critical {
			name = name.tagged(p.T("page.tag.critical"), "red")
		}
		late := words(value(intOf(n.DaysLate))).toned(lateTone(n.DaysLate))
		cells := []cell{name, words(n.Owner), dated(n.BaselineFinish), finishCell(n), dated(n.ActualFinish), dated(n.Forecast), dated(n.LatestFinish),
			p.floatCell(n.TotalFloat), late}
		if p.Question.Clock.Live {
			cells = append(cells, leads(p.T("project.update"), p.form("milestones/edit", url.Values{"key": {n.Key()}}, ans.Key)))
		}
		c.Table.add(cells...)
	}
	return c
}

// issueCard lists the project's issues, open ones first.
func (p page) issueCard(ans *analytics.ProjectAnswer) *card {
	c := p.card("issues", "long")
	if len(ans.Issues) == 0 {
		return c.nothing("issues")
	}
	open := 0
	c.Table = p.columns(textCol("issue"), dayCol("found_on"), wordCol("owner"), textCol("measure"), dayCol("due"), wordCol("status"))
	for _, l := range ans.Issues {
		status := cell{Tag: &span{orDash(l.Status), ""}}
		switch {
		case l.Closed:
			status = cell{Tag: &span{orDash(l.Status), "green"}}.under(day(l.ResolvedOn))
		case l.DaysOverdue > 0:
			status = cell{Tag: &span{p.T("page.tag.overdue", l.DaysOverdue), "red"}}.under(l.Status)
		}
		if !l.Closed {
			open++
		}
		c.Table.add(leads(l.Issue, p.Source("issues", ledger.Filter{"key": l.Key})).under(strings.Trim(l.Number+" "+l.Kind, " ")), dated(l.FoundOn),
			words(l.Owner).under(l.Section), words(l.Measure), dated(l.Due), status)
	}
	c.Hint = p.T("project.issues", open, len(ans.Issues))
	return c
}
