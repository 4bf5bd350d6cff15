package server

import (
	"taizhang/analytics"
	"taizhang/ledger"
)

// streetFigures are the headlines of the street's daily work for the cockpit and the wall, each leading to its page; what the record holds nothing of is left out.
func (p page) streetFigures(s *analytics.Street) []kpi {
	if s == nil {
		return nil
	}
	n := p.Num()
	var list []kpi
	add := func(path string, k kpi) {
		k.Figure.Href = p.Link(path)
		list = append(list, k)
	}
	if g := s.Grid; g != nil {
		add("/grid", kpi{Key: "grid_week", Label: p.T("page.kpi.grid_week"), Figure: n.percent(g.Week.Percent, 1), Bar: completion(g.Week.Percent, ledger.Null),
			Notes: []span{{p.ratio(g.Week), ""}, {p.T("page.grid.gaps.note", g.NoOwner), toneIf(g.NoOwner > 0, "warn")}}})
	}
	if t := s.Patrols; t != nil {
		add("/patrols", kpi{Key: "patrol_on_time", Label: p.T("street.kpi.patrols"), Figure: n.percent(t.OnTime.Percent, 1), Bar: completion(t.OnTime.Percent, ledger.Null),
			Notes: []span{{p.ratio(t.OnTime), ""}, {p.T("street.late", t.Overdue), toneIf(t.Overdue > 0, "bad")}}})
	}
	if t := s.Cases; t != nil {
		add("/cases", kpi{Key: "cases_on_time", Label: p.T("street.kpi.cases"), Figure: n.percent(t.OnTime.Percent, 2), Bar: completion(t.OnTime.Percent, ledger.Null),
			Notes: []span{{p.ratio(t.OnTime), ""}, {p.T("street.late", t.Overdue), toneIf(t.Overdue > 0, "bad")}}})
	}
	if t := s.Scores; t != nil {
		add("/scores", kpi{Key: "score_average", Label: p.T("street.kpi.scores"), Figure: n.plain(t.Average, 2, n.unit("marks")),
			Notes: []span{{p.T("street.ranked", t.Ranked), ""}, {p.T("street.sanctions", t.Sanctions), "mute"}}})
	}
	if t := s.Enforcement; t != nil {
		k := kpi{Key: "enf_sums", Label: p.T("street.kpi.enforcement"), Figure: figure{Value: dash}, Notes: []span{{p.T("street.counters", t.Counters), "mute"}}}
		if t.Sums > 0 {
			k.Figure = figure{Value: p.T("page.sub.fraction", value(t.Sums-t.SumsBroken), value(t.Sums)), Tone: toneIf(t.SumsBroken > 0, "bad")}
		}
		add("/enforcement", k)
	}
	return list
}

// streetSection is the meeting's look at grids, patrols, cases and counters: what is red or yellow there, the worst first.
func (p *meetingPage) streetSection() section {
	red := 0
	for _, al := range p.Ans.Street {
		if al.Severity == analytics.Red {
			red++
		}
	}
	box := p.agendaCard("meeting_street", p.T("meeting.hint.street", red, len(p.Ans.Street)-red, len(p.Ans.Mended)))
	box.Acts = []link{{Text: p.T("page.title.patrols"), Href: p.at.Link("/patrols")}, {Text: p.T("page.title.cases"), Href: p.at.Link("/cases")}}
	if len(p.Ans.Street)+len(p.Ans.Mended) == 0 {
		note := span{p.T("meeting.none.street"), "good"}
		if !p.Ans.OfStreet {
			note = span{p.T("meeting.none.street_data"), "mute"}
		}
		box.More = []span{note}
		return section{card: box}
	}
	box.Table = p.columns(col("alert_what"), wordCol("alert_kind"), textCol("alert_says"), dayCol("alert_since"), wordCol("source"))
	for _, al := range p.Ans.Street[:min(len(p.Ans.Street), p.most(mostLines))] {
		box.Table.add(p.at.alertCells(al)...)
	}
	for _, l := range p.Ans.Mended[:min(len(p.Ans.Mended), p.most(mostLines))] {
		source := p.at.Source("patrols", ledger.Filter{"key": l.Key})
		box.Table.add(leads(l.What(), p.at.Link(patrolPath(l.ID))), cell{Light: &light{Color: "green", Word: p.patrolState(l.State)}, Small: l.Number},
			words(p.T("meeting.street.mended", orDash(l.HandedTo), l.MendedOn.String(), orDash(l.Measure))), dated(l.CheckedOn), words(ledger.Patrols.Label(p.Lang)).from(source))
	}
	return p.fold(box, len(p.Ans.Street)+len(p.Ans.Mended))
}
