package server

import (
	"strings"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// curveCard is the S-curve of a project with SPI and days late; nil without milestones.
func (p page) curveCard(ans *analytics.ProjectAnswer) (*card, error) {
	if ans.Curve == nil {
		return nil, nil
	}
	c := p.card("s_curve", "s7")
	c.Hint = p.T("page.card.s_curve." + ans.Curve.Weighed)
	c.Table = p.columns(col("date"), numCol("baseline", "%"), numCol("plan", "%"), numCol("actual", "%"), numCol("forecast", "%"))
	n := p.Num()
	for _, point := range ans.Curve.Points {
		c.Table.add(dated(point.Date), num(n.percent(point.Baseline, 1)), num(n.percent(point.Plan, 1)), num(n.percent(point.Actual, 1)), num(n.percent(point.Forecast, 1)))
	}
	c.More = p.earnedNotes(ans)
	return c, c.draw(charts.SCurve(p.draws(), ans.Curve, p.Stamp.Asof), "h240")
}

// earnedNotes say SPI with its numbers, and beside it how late the project is: near its end SPI comes close to 1 whatever happened.
func (p page) earnedNotes(ans *analytics.ProjectAnswer) []span {
	e := ans.Curve.Earned
	notes := []span{{p.T("page.curve.no_spi"), "mute"}}
	if e.SPI.Valid() {
		notes = []span{{p.T("page.curve.spi", e.SPI.Fixed(2), e.Earned.Fixed(1), e.Planned.Fixed(1)), toneIf(e.SPI.Cmp(ledger.Int(1)) < 0, "warn")}}
	}
	if e.DaysLate != nil && *e.DaysLate > 0 {
		notes = append(notes, span{p.T("page.curve.late", *e.DaysLate), "bad"})
	}
	if ans.Plan.OutlookFinish.Known() {
		notes = append(notes, span{p.T("page.curve.outlook", day(ans.Plan.OutlookFinish)), p.pastDeadline(ans.Plan).Tone})
	}
	return p.parted(notes)
}

// parted puts a semicolon between notes that stand on one line.
func (p page) parted(notes []span) []span {
	for i := range notes[:max(len(notes)-1, 0)] {
		notes[i].Text += p.T("page.semicolon")
	}
	return notes
}

// baselineCard holds the plan against every baseline of the project; nil without milestones.
func (p page) baselineCard(ans *analytics.ProjectAnswer) *card {
	if ans.Plan == nil {
		return nil
	}
	c := p.card("baselines", "s5")
	c.Table = p.columns(textCol("baseline_title"), dayCol("baseline_finish"), numCol("start_variance", ""), numCol("finish_variance", ""), numCol("outlook_variance", ""))
	for _, b := range ans.Baselines {
		from := ""
		if b.Approved {
			from = p.Source("baselines", ledger.Filter{"project": ans.Project, "number": b.Number})
		}
		c.Table.add(p.baselineCell(b, ans.Plan.Baseline, from), dated(b.Finish), p.variance(b.StartVariance), p.variance(b.FinishVariance), p.variance(b.OutlookVariance))
	}
	return c
}

// baselineCell names a baseline with who approved it, and marks the one that the plan is held against.
func (p page) baselineCell(b analytics.Baseline, chosen, href string) cell {
	c := leads(p.T("page.chart.first_plan"), href).under(p.T("page.note.not_approved"))
	if b.Approved {
		c = leads(b.Number, href).under(p.T("page.note.approved", day(b.ApprovedOn), orDash(b.ApprovedBy), orDash(b.Reason)))
	}
	if b.Number == chosen {
		c = c.tagged(p.T("page.tag.chosen"), "blue")
	}
	return c
}

// variance is a number of days after a baseline, with its sign.
func (p page) variance(days *int64) cell {
	c := words(value(intOf(days)))
	if days != nil && *days > 0 {
		c.Value, c.Tone = "+"+c.Value, "bad"
	}
	return c
}

// leadFacts are what the assignments say of the lead: a warning, and who led before.
func (p page) leadFacts(ans *analytics.ProjectAnswer) []fact {
	facts := []fact{}
	if !ans.LeadWarning.IsZero() {
		facts = append(facts, fact{Label: p.T("page.fact.lead_warning"), Text: p.Say(ans.LeadWarning), Wide: true})
	}
	terms := []string{}
	for _, t := range ans.Leads {
		to := day(t.To)
		if !t.To.Known() {
			to = p.T("page.fact.now")
		}
		terms = append(terms, p.T("page.fact.term", strings.Join(t.Leaders, "、"), day(t.From), to))
	}
	if len(terms) > 0 {
		facts = append(facts, fact{Label: p.T("page.fact.lead_history"), Text: strings.Join(terms, p.T("page.semicolon")), Wide: true})
	}
	return facts
}

// diaryCard is a leader's visits as a calendar, its weeks behind it.
func (p page) diaryCard(d analytics.VisitDiary, hour int64) (*card, error) {
	c := p.card("diary", "long")
	if !d.From.Known() {
		return c.nothing("visits"), nil
	}
	n := p.Num()
	c.Hint = p.T("page.card.diary.facts", day(d.From), d.WorkingDays, d.HourDays, d.MissedDays)
	if d.LongestGap.Days > 0 {
		c.More = append(c.More, span{p.T("page.card.diary.gap", d.LongestGap.Days, day(d.LongestGap.From), day(d.LongestGap.To)), "warn"})
	}
	switch {
	case len(d.Own.Never) > 0:
		c.More = append(c.More, span{p.T("page.card.diary.never", strings.Join(d.Own.Never, "、")), "bad"})
	case len(d.Own.Visited) > 0:
		c.More = append(c.More, span{p.T("page.card.diary.all"), "good"})
	}
	c.More = p.parted(c.More)
	c.Table = p.columns(col("week"), numCol("visits", ""), numCol("minutes", n.unit("minutes")), numCol("working_days", n.unit("days")),
		numCol("hour_days", n.unit("days")), numCol("missed_days", n.unit("days")))
	for i := len(d.Weeks) - 1; i >= 0; i-- {
		w := d.Weeks[i]
		c.Table.add(dated(w.From).under(day(w.To)), num(n.whole(w.Visits, "")), words(value(w.Minutes)), words(value(w.WorkingDays)), words(value(w.HourDays)), words(value(w.MissedDays)))
	}
	return c, c.draw(charts.Visits(p.draws(), d, hour), "h240")
}
