package server

import (
	"net/url"
	"slices"
	"strings"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// drawnToday is who was drawn on the page's day, each with the way to its marks; nil when nobody was.
func (p scoresPage) drawnToday(ans *analytics.ScoresAnswer) *card {
	if len(ans.Today) == 0 {
		return nil
	}
	c := p.card("score_today", "")
	c.Hint = p.Today
	c.Table = p.columns(wordCol("score_kind"), textCol("draw_result"), numCol("draw_list", ""), wordCol("draw_seed"), wordCol("draw_proof"))
	for _, d := range ans.Today {
		c.Table.add(p.drawCells(d)...)
	}
	if p.Question.Clock.Live && p.May("edit") {
		for _, d := range ans.Today {
			for _, name := range d.Result {
				words := url.Values{"scored_on": {d.Day.String()}, "kind": {d.Kind}, "subject": {name}, "back": {"/scores"}}
				c.Acts = append(c.Acts, link{Text: p.T("score.mark", name), Href: address("/records/scores/new", words)})
			}
		}
	}
	return c
}

// drawCells are a draw: who, out of how many, by which seed, and whether the same comes out again.
func (p page) drawCells(d analytics.Draw) []cell {
	proof := words(p.T("draw.proven")).toned("good")
	if !d.Proven {
		proof = words(p.T("draw.unproven")).toned("bad").under(p.Say(d.Why))
	}
	return []cell{leads(d.Kind, p.Link(drawPath(d.Name))), words(strings.Join(d.Result, "、")), num(p.Num().whole(len(d.Names), "")).under(shortHash(d.ListDigest)), words(shortHash(d.Seed)), proof}
}

// shortHash is the beginning of a seed or digest; its page has the whole.
func shortHash(s string) string { return s[:min(len(s), 12)] + "…" }

func (p page) drawTable(ans *analytics.ScoresAnswer) *card {
	c := p.card("score_draws", "long")
	if len(ans.Draws) == 0 {
		return c.nothing("draws")
	}
	c.Table = p.columns(dayCol("date"), wordCol("score_kind"), textCol("draw_result"), numCol("draw_list", ""), wordCol("draw_seed"), wordCol("draw_proof"))
	c.Table.Tall = true
	for _, d := range ans.Draws {
		cells := append([]cell{leads(d.Day.String(), p.Link(drawPath(d.Name)))}, p.drawCells(d)...)
		cells[1].Href = ""
		c.Table.add(cells...)
	}
	return c
}

// rankingCard ranks 1, 1, 3 and says of how many; who was not scored has no place.
func (p page) rankingCard(key, class string, r analytics.ScoreRanking) *card {
	c := p.card(key, class)
	if r.Population == 0 {
		return c.nothing("scores")
	}
	n := p.Num()
	c.Hint = p.T("score.ranked", r.Period, r.Population, r.Unranked)
	compared := slices.ContainsFunc(r.Lines, func(l analytics.ScoreRank) bool { return l.Before.Valid() })
	cols := []colSpec{wordCol("score_subject"), numCol("score_rank", ""), numCol("score_total", ""), numCol("score_composite", "")}
	if compared {
		cols = append(cols, numCol("score_before", ""), numCol("score_change", ""))
	}
	c.Table = p.columns(append(cols, numCol("score_days", ""), textCol("score_reason"))...)
	c.Table.Tall = true
	for _, l := range r.Lines {
		cells := []cell{leads(l.Subject, p.Source("scores", ledger.Filter{"subject": l.Subject})).under(l.Unit), num(n.plain(l.Rank, 0, "")), num(n.plain(l.Total, 2, "")), num(n.plain(l.Composite, 2, ""))}
		if compared {
			cells = append(cells, num(n.plain(l.Before, 2, "")), num(signed(n.plain(l.Change, 2, ""), l.Change)))
		}
		c.Table.add(append(cells, num(n.count(ledger.Int(l.Days), "")), words(l.Reason))...)
	}
	return c
}

func (p page) itemTable(ans *analytics.ScoresAnswer) *card {
	if len(ans.Items) == 0 {
		return nil
	}
	c := p.card("score_items", "s5")
	n := p.Num()
	c.Table = p.columns(wordCol("score_item"), numCol("score_total", ""), numCol("score_marks", ""), numCol("score_short", ""))
	for _, i := range ans.Items {
		c.Table.add(leads(i.Item, p.Source("scores", ledger.Filter{"item": i.Item})), num(n.plain(i.Average, 2, "")), num(n.count(ledger.Int(i.Marks), "")), num(n.count(ledger.Int(i.Short), "")))
	}
	return c
}

func (p page) scoreTrend(ans *analytics.ScoresAnswer) (*card, error) {
	c := p.card("score_trend", "s5")
	if len(ans.Trend) == 0 {
		return nil, nil //nolint:nilnil // the ranking says what to import
	}
	n := p.Num()
	c.Table = p.columns(dayCol("date"), numCol("score_total", ""), numCol("score_subjects", ""))
	for _, d := range ans.Trend {
		c.Table.add(words(d.Day.String()), num(n.plain(d.Average, 2, "")), num(n.count(ledger.Int(d.Subjects), "")))
	}
	return c, c.draw(charts.ScoreTrend(p.draws(), ans.Trend), "h240")
}

func (p page) sanctionTable(ans *analytics.ScoresAnswer) *card {
	c := p.card("score_sanctions", "s6")
	if len(ans.Sanctions) == 0 {
		return c.nothing("sanctions")
	}
	if p.Question.Clock.Live && p.May("edit") {
		c.Acts = []link{{Text: p.T("score.sanction"), Href: address("/records/sanctions/new", url.Values{"back": {"/scores"}})}}
	}
	n := p.Num()
	c.Table = p.columns(dayCol("date"), wordCol("score_person"), wordCol("score_measure"), textCol("score_why"), numCol("score_amount", n.unit("yuan")))
	c.Table.Tall = true
	for _, s := range ans.Sanctions {
		c.Table.add(dated(s.Day), leads(s.Person, p.Source("sanctions", ledger.Filter{"person": s.Person})), words(s.Measure).under(s.DecidedBy), words(s.Reason).under(s.Grid), num(n.count(s.AmountYuan, "")))
	}
	return c
}

// publishedOf are the bulletins of the unit and topic that has most, without those of whole years.
func publishedOf(ans *analytics.ScoresAnswer) []analytics.AppraisalLine {
	count := map[string]int{}
	best := ""
	for _, l := range ans.Published {
		if l.Months < 12 && l.Rank.Valid() {
			key := ledger.NameKey(l.Appraised + l.Topic)
			if count[key]++; count[key] > count[best] {
				best = key
			}
		}
	}
	var list []analytics.AppraisalLine
	for _, l := range ans.Published {
		if l.Months < 12 && l.Rank.Valid() && ledger.NameKey(l.Appraised+l.Topic) == best {
			list = append(list, l)
		}
	}
	return list
}

func (p page) publishedRanks(ans *analytics.ScoresAnswer) (*card, error) {
	list := publishedOf(ans)
	if len(list) == 0 {
		return nil, nil //nolint:nilnil // the list below says what to import
	}
	c := p.card("score_published", "s6")
	c.Hint = joinedNames(list[0].Appraised, list[0].Topic)
	n := p.Num()
	c.Table = p.columns(col("period"), numCol("score_rank", ""), numCol("population", ""), numCol("score_total", n.unit("marks")))
	for _, l := range list {
		c.Table.add(words(l.Period), num(n.plain(l.Rank, 0, "")), num(n.plain(l.Population, 0, "")), num(n.plain(l.Score, 2, "")))
	}
	return c, c.draw(charts.Published(p.draws(), list), "h240")
}

func (p page) publishedList(ans *analytics.ScoresAnswer) *card {
	c := p.card("score_bulletins", "s6")
	if len(ans.Published) == 0 {
		return c.nothing("appraisals")
	}
	n := p.Num()
	c.Table = p.columns(col("period"), wordCol("score_appraised"), textCol("score_topic"), numCol("score_total", n.unit("marks")), numCol("score_rank", ""), numCol("population", ""), textCol("note"))
	c.Table.Tall = true
	for i := len(ans.Published) - 1; i >= 0; i-- {
		l := ans.Published[i]
		c.Table.add(words(l.Period), leads(l.Appraised, p.Source("appraisals", ledger.Filter{"appraised": l.Appraised})), words(l.Topic).under(l.Publisher), num(n.plain(l.Score, 2, "")), num(n.plain(l.Rank, 0, "")),
			num(n.plain(l.Population, 0, "")), words(l.Note))
	}
	return c
}
