package server

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// casesPage is the complaint cases of a year.
type casesPage struct {
	page
	Months, Channels, Units, Categories, Late, List *card
}

func casePath(number string) string { return "/cases/" + url.PathEscape(number) }

// caseRoutes are the complaint cases and the steps of their life.
func (a *app) caseRoutes() []route {
	return []route{
		{Path: "/cases", Name: "cases", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, a.askCases, a.showCases)},
		{Path: "/cases/:number", Name: "case", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, named(a.analytics.Case, "number"), a.showCase)},

		{Method: fiber.MethodPost, Path: "/cases/:number/move", Name: "case.move", Needs: access.Edit, Formats: "json", Handle: a.moveCase},
		{Method: fiber.MethodPost, Path: "/cases/:number/postpone", Name: "case.postpone", Needs: access.Edit, Formats: "json", Handle: a.postponeCase},
	}
}

// askCases reads the filters: ?state=, channel=, unit=, grid= and text=.
func (a *app) askCases(c *fiber.Ctx, q analytics.Question) (*analytics.CasesAnswer, error) {
	state := analytics.CaseState(c.Query("state"))
	if state != "" && !slices.Contains(analytics.CaseStates, state) {
		return nil, ledger.Fail(ledger.Invalid, text.T("case.unknown_state", string(state)))
	}
	return a.analytics.Cases(c.UserContext(), analytics.CasesQuestion{Question: q, State: state, Channel: c.Query("channel"), Unit: c.Query("unit"),
		Grid: c.Query("grid"), Text: c.Query("text")})
}

func (a *app) showCases(c *fiber.Ctx, q analytics.Question, ans *analytics.CasesAnswer) error {
	p := casesPage{page: a.newAnswerPage(c, "cases", q, ans.Foot())}
	p.keepOwn(c, "state", "channel", "unit", "grid", "text", pageWord)
	p.chooseYear(ans.Year, ans.Years)
	if q.Clock.Live && p.May("edit") {
		p.Act = &link{Text: p.T("case.add"), Href: address("/records/cases/new", url.Values{"back": {"/cases"}})}
	}
	p.KPIs = p.caseKPIs(ans)
	var err error
	if p.Months, err = p.caseMonths(ans); err != nil {
		return err
	}
	if p.Channels, err = p.caseChannels(ans); err != nil {
		return err
	}
	p.Units = p.caseTallies(p.card("case_units", "s6"), wordCol("case_units"), "unit", ans.Units)
	p.Categories = p.caseTallies(p.card("case_categories", "s6"), wordCol("case_categories"), "", ans.Categories)
	p.Late = p.lateCases(ans)
	p.List = p.card("cases", "long")
	if ans.None() {
		p.List.nothing("cases")
		return a.render(c, "cases", p)
	}
	from, to, way := p.part(c, len(ans.Items))
	p.List.Table, p.List.Pager, p.List.Sieve = p.caseTable(ans.Items[from:to]), way, p.caseSieve(ans)
	if len(ans.Items) == 0 {
		p.List.None = p.T("page.list.none")
	}
	return a.render(c, "cases", p)
}

// linked makes a figure lead somewhere.
func linked(f figure, href string) figure {
	f.Href = href
	return f
}

// onTimeKPI shows a rate with the two numbers it is made of, and the postponed ones that are in neither.
func (p page) onTimeKPI(key string, t analytics.CaseTally) kpi {
	k := kpi{Key: key, Label: p.T("page.kpi." + key), Figure: p.Num().percent(t.OnTime.Percent, 2), Bar: completion(t.OnTime.Percent, ledger.Null),
		Notes: []span{{p.T("case.rate", value(t.OnTime.Numerator.OrZero()), t.Due, t.Postponed), ""}}}
	if t.Due-t.Postponed == 0 {
		k.Notes = append(k.Notes, span{p.T("case.rate.none"), "mute"})
	}
	return k
}

func (p page) caseKPIs(ans *analytics.CasesAnswer) []kpi {
	n := p.Num()
	year := p.onTimeKPI("cases_on_time", ans.Totals)
	year.Aside = strconv.Itoa(ans.Year)
	list := []kpi{year}
	if ans.Month.Received+ans.Month.Due > 0 {
		month := p.onTimeKPI("cases_month", ans.Month)
		month.Aside = p.T("figure.month." + strconv.Itoa(int(p.Question.Clock.Asof.Month())))
		list = append(list, month)
	}
	open := kpi{Key: "cases_open", Label: p.T("page.kpi.cases_open"), Figure: n.count(ledger.Int(ans.Totals.Open), "cases"),
		Notes: []span{{p.T("case.soon", ans.Counts[analytics.CaseDueSoon]), toneIf(ans.Counts[analytics.CaseDueSoon] > 0, "warn")}, {p.T("case.waiting", ans.Waiting), "mute"}}}
	overdue := kpi{Key: "cases_overdue", Label: p.T("page.kpi.cases_overdue"), Figure: linked(n.count(ledger.Int(ans.Totals.Overdue), "cases"), p.With("state", "overdue"))}
	for i := len(ledger.EscalationLevels) - 1; i >= 0; i-- {
		if level := ledger.EscalationLevels[i]; ans.Escalated[level] > 0 {
			overdue.Notes = append(overdue.Notes, span{p.T("case.escalated", level, ans.Escalated[level]), "bad"})
		}
	}
	received := kpi{Key: "cases_received", Label: p.T("page.kpi.cases_received"), Aside: strconv.Itoa(ans.Year), Figure: n.count(ledger.Int(ans.Totals.Received), "cases"),
		Notes: []span{{p.T("case.closed", ans.Totals.Closed), ""}}}
	postponed := kpi{Key: "cases_postponed", Label: p.T("page.kpi.cases_postponed"), Figure: linked(n.count(ledger.Int(ans.Counts[analytics.CasePostponed]), "cases"), p.With("state", "postponed")),
		Notes: []span{{p.T("case.postponed_due", ans.Totals.Postponed), "mute"}}}
	return append(list, open, overdue, postponed, received)
}

// tallyColumns are what is counted of a part of the cases.
func (p page) tallyColumns(first colSpec, now bool) *table {
	cols := []colSpec{first, numCol("case_received", "")}
	if !now {
		cols = append(cols, numCol("case_closed", ""))
	}
	cols = append(cols, numCol("case_due", ""), numCol("case_postponed", ""), numCol("case_in_time", ""), numCol("case_rate", "%"))
	if now {
		cols = append(cols, numCol("case_open", ""), numCol("case_overdue", ""))
	}
	return p.columns(cols...)
}

func (p page) tallyCells(first cell, t analytics.CaseTally, now bool) []cell {
	n := p.Num()
	whole := func(v int64) cell { return num(n.count(ledger.Int(v), "")) }
	rate := num(n.percent(t.OnTime.Percent, 2))
	if t.OnTime.Numerator.Cmp(t.OnTime.Denominator) < 0 {
		rate = rate.toned("warn")
	}
	cells := []cell{first, whole(t.Received)}
	if !now {
		cells = append(cells, whole(t.Closed))
	}
	cells = append(cells, whole(t.Due), whole(t.Postponed), num(n.count(t.OnTime.Numerator.OrZero(), "")), rate)
	if now {
		late := whole(t.Overdue)
		if t.Overdue > 0 {
			late = late.toned("bad")
		}
		cells = append(cells, whole(t.Open), late)
	}
	return cells
}

func (p page) caseMonths(ans *analytics.CasesAnswer) (*card, error) {
	c := p.card("case_months", "s7")
	if len(ans.Months) == 0 {
		return c.nothing("cases"), nil
	}
	c.Table = p.tallyColumns(col("month"), false)
	for _, t := range ans.Months {
		c.Table.add(p.tallyCells(words(t.Name), t, false)...)
	}
	c.Table.sum(p.tallyCells(words(p.T("page.sum")), ans.Totals, false)...)
	return c, c.draw(charts.CaseMonths(p.draws(), ans.Months), "h300")
}

func (p page) caseChannels(ans *analytics.CasesAnswer) (*card, error) {
	c := p.card("case_channels", "s5")
	if len(ans.Channels) == 0 {
		return c.nothing("cases"), nil
	}
	c.Table = p.tallyColumns(wordCol("case_channel"), true)
	for _, t := range ans.Channels {
		c.Table.add(p.tallyCells(leads(t.Name, p.With("channel", t.Name)), t, true)...)
	}
	return c, c.draw(charts.CaseChannels(p.draws(), ans.Channels), "h300")
}

// caseTallies is a table of units or types; word narrows the list to one of them.
func (p page) caseTallies(c *card, first colSpec, word string, list []analytics.CaseTally) *card {
	if len(list) == 0 {
		return nil
	}
	c.Table = p.tallyColumns(first, true)
	c.Table.Tall = true
	for _, t := range list {
		name := words(orWord(t.Name, p.T("case.unassigned")))
		if word != "" && t.Name != "" {
			name = name.from(p.With(word, t.Name))
		}
		c.Table.add(p.tallyCells(name, t, true)...)
	}
	return c
}

// lateCases lists what needs somebody now: overdue, then due soon; nil when there is nothing.
func (p page) lateCases(ans *analytics.CasesAnswer) *card {
	list := ans.Urgent()
	if len(list) == 0 {
		return nil
	}
	c := p.card("cases_urgent", "")
	c.Table = p.columns(wordCol("number"), numCol("case_left", p.T("page.investment.working_days")), textCol("case_subject"), wordCol("case_channel"), wordCol("case_units"), dayCol("due"), wordCol("status"), wordCol("case_level"))
	for _, l := range list {
		c.Table.add(leads(l.Number, p.Link(casePath(l.Number))), p.caseLeft(l), words(l.Subject).under(joinedNames(l.Place, l.Grid)), words(l.Channel), words(l.Unit), p.caseDue(l), p.caseState(l), words(l.Level))
	}
	return c
}

// caseDue is the day that holds, with the one it was due on before it was postponed.
func (p page) caseDue(l analytics.CaseLine) cell {
	one := dated(l.Due)
	if l.Postponed() {
		one = dated(l.PostponedUntil)
		one.Was = day(l.Due)
	}
	return one
}

func (p page) caseLeft(l analytics.CaseLine) cell {
	left := num(p.Num().count(l.DaysLeft, ""))
	switch {
	case l.State == analytics.CaseOverdue:
		return left.toned("bad")
	case l.State == analytics.CaseDueSoon:
		return left.toned("warn")
	}
	return left
}

// caseColors are the lights of the states.
var caseColors = map[analytics.CaseState]string{analytics.CaseOverdue: "red", analytics.CaseDueSoon: "yellow", analytics.CasePostponed: "grey", analytics.CaseLate: "yellow",
	analytics.CaseOnTime: "green", analytics.CasePostponedDone: "grey", analytics.CaseUndated: "grey"}

func (p page) caseState(l analytics.CaseLine) cell {
	state := words(l.Status).tagged(p.T("case.state."+string(l.State)), map[string]string{"red": "red", "yellow": "amber", "green": "green"}[caseColors[l.State]])
	if l.State == analytics.CaseLate {
		state.Small = p.T("page.investment.days_late", l.DaysLate.String())
	}
	return state
}

func (p page) caseTable(list []analytics.CaseLine) *table {
	t := p.columns(wordCol("number"), textCol("case_subject"), wordCol("case_channel"), wordCol("case_units"), dayCol("case_came"), dayCol("due"), numCol("case_left", p.T("page.investment.working_days")), dayCol("case_closed_on"), wordCol("status"))
	for _, l := range list {
		came := dated(l.AcceptedOn)
		if !l.AcceptedOn.Known() {
			came = dated(l.ReceivedOn)
		}
		t.add(leads(l.Number, p.Link(casePath(l.Number))).under(l.Category), words(l.Subject).under(joinedNames(l.Place, l.Grid)), words(l.Channel), words(l.Unit), came, p.caseDue(l), p.caseLeft(l), dated(l.ClosedOn), p.caseState(l))
	}
	return t
}

func (p page) caseSieve(ans *analytics.CasesAnswer) *sieve {
	s := p.sieve("channel", "unit", "grid", "text")
	asked, all := ans.Asked, 0
	for _, n := range ans.Counts {
		all += int(n)
	}
	s.Picks = []pick{{Text: p.T("page.plans.all"), Href: p.With("state", ""), Count: all, Current: asked.State == ""}}
	for _, state := range analytics.CaseStates {
		if n := ans.Counts[state]; n > 0 || asked.State == state {
			s.Picks = append(s.Picks, pick{p.T("case.state." + string(state)), p.With("state", string(state)), caseColors[state], int(n), asked.State == state})
		}
	}
	s.Choices = []filter{p.among("channel", p.T("page.col.case_channel"), asked.Channel, ans.ChannelNames()), p.among("unit", p.T("page.col.case_units"), asked.Unit, ans.UnitNames())}
	if names := ans.GridNames(); len(names) > 0 {
		s.Choices = append(s.Choices, p.among("grid", p.T("page.col.case_grid"), asked.Grid, names))
	}
	s.Search = &filter{Name: "text", Label: p.T("case.search"), Value: asked.Text}
	if asked.State != "" || asked.Channel != "" || asked.Unit != "" || asked.Grid != "" || asked.Text != "" {
		s.Clear = &link{Text: p.T("page.list.clear"), Href: p.Link(p.path)}
	}
	return s
}
