package server

import (
	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// askServices reads the filters of the service cases: ?state=, department= and text=.
func (a *app) askServices(c *fiber.Ctx, q analytics.Question) (*analytics.ServicesAnswer, error) {
	state := analytics.ServiceState(c.Query("state"))
	known := state == ""
	for _, s := range analytics.ServiceStates {
		known = known || s == state
	}
	if !known {
		return nil, ledger.Fail(ledger.Invalid, text.T("investment.unknown_state", string(state)))
	}
	return a.analytics.ServiceList(c.UserContext(), analytics.ServicesQuestion{Question: q, State: state, Department: c.Query("department"), Text: c.Query("text")})
}

// showServices lists the service cases, those past their promised day first among the filters.
func (a *app) showServices(c *fiber.Ctx, q analytics.Question, ans *analytics.ServicesAnswer) error {
	p := listPage{page: a.newAnswerPage(c, "services", q, ans.Foot())}
	p.keepOwn(c, "state", "department", "text", pageWord)
	p.Crumb = &link{Text: p.T("page.title.investment"), Href: p.Link("/investment")}
	n := p.Num()
	p.KPIs = []kpi{{Key: "services", Label: p.T("page.kpi.services"), Figure: n.percent(ans.OnTime.Percent, 1), Bar: completion(ans.OnTime.Percent, ledger.Null),
		Notes: []span{{p.T("page.sub.fraction", value(ans.OnTime.Numerator), value(ans.OnTime.Denominator)), ""}}}}
	for _, s := range analytics.ServiceStates {
		p.KPIs = append(p.KPIs, kpi{Key: "services_" + string(s), Label: p.stateWord(s), Figure: n.whole(int(ans.Counts[s]), "items")})
	}
	p.List = p.card("services", "long")
	if len(ans.Cases) == 0 {
		p.List.nothing("services")
		return a.render(c, "list", p)
	}
	from, to, way := p.part(c, len(ans.Items))
	p.List.Table, p.List.Pager, p.List.Sieve = p.serviceTable(ans.Items[from:to]), way, p.serviceSieve(ans)
	if len(ans.Items) == 0 {
		p.List.None = p.T("page.list.none")
	}
	return a.render(c, "list", p)
}

func (p page) stateWord(s analytics.ServiceState) string {
	return p.T("page.kpi.services." + string(s))
}

var serviceColors = map[analytics.ServiceState]string{analytics.ServiceOverdue: "red", analytics.ServiceOpen: "", analytics.ServiceLate: "yellow", analytics.ServiceOnTime: "green", analytics.ServiceFinished: "grey"}

func (p page) serviceSieve(ans *analytics.ServicesAnswer) *sieve {
	s := p.sieve("department", "text")
	s.Picks = []pick{{Text: p.T("page.plans.all"), Href: p.With("state", ""), Count: len(ans.Cases), Current: ans.Asked.State == ""}}
	for _, state := range analytics.ServiceStates {
		s.Picks = append(s.Picks, pick{p.stateWord(state), p.With("state", string(state)), serviceColors[state], int(ans.Counts[state]), ans.Asked.State == state})
	}
	var names []string
	for _, d := range ans.Departments {
		names = append(names, d.Department)
	}
	s.Choices = []filter{p.among("department", p.T("page.col.department"), ans.Asked.Department, names)}
	s.Search = &filter{Name: "text", Label: p.T("page.investment.search_cases"), Value: ans.Asked.Text}
	if ans.Asked.State != "" || ans.Asked.Department != "" || ans.Asked.Text != "" {
		s.Clear = &link{Text: p.T("page.list.clear"), Href: p.Link(p.path)}
	}
	return s
}

func (p page) serviceTable(list []analytics.ServiceCase) *table {
	n := p.Num()
	t := p.columns(wordCol("number"), col("company"), textCol("item"), wordCol("department"), dayCol("accepted_on"), numCol("promised_days", p.T("page.investment.working_days")), dayCol("due"), dayCol("finished_on"),
		wordCol("status"))
	for _, c := range list {
		company := words(c.Company)
		if c.Company != "" {
			company = company.from(p.Source("services", ledger.Filter{"company": c.Company}))
		}
		state := words(c.Status)
		if c.DaysLate.Valid() {
			tone := "amber"
			if c.State == analytics.ServiceOverdue {
				tone = "red"
			}
			state = state.tagged(p.T("page.investment.days_late", c.DaysLate.String()), tone)
		}
		t.add(leads(c.Number, p.Source("services", ledger.Filter{"number": c.Number})), company, words(c.Item), words(c.Department), dated(c.AcceptedOn), num(n.count(c.PromisedDays, "")), dated(c.DueOn),
			dated(c.FinishedOn), state)
	}
	return t
}

// mostOverdue is how many overdue cases stand on the page of investment; the list of cases has all.
const mostOverdue = 8

// overdueServices is the card of the cases that are past their promised day.
func (p page) overdueServices(s analytics.ServiceCases) *card {
	c := p.card("services_overdue", "s6")
	if len(s.Cases) == 0 {
		return c.nothing("services")
	}
	c.Acts = []link{{Text: p.T("page.investment.all_cases", len(s.Cases)), Href: p.Link("/services")}}
	if len(s.Overdue) == 0 {
		c.None = p.T("page.investment.none_overdue")
		return c
	}
	c.Table = p.columns(wordCol("number"), col("company"), wordCol("department"), dayCol("due"), numCol("late_days", p.T("page.investment.working_days")))
	for _, x := range s.Overdue[:min(len(s.Overdue), p.most(mostOverdue))] {
		company := words(x.Company).under(x.Item)
		if x.Company != "" {
			company = company.from(p.Source("services", ledger.Filter{"company": x.Company}))
		}
		c.Table.add(leads(x.Number, p.Source("services", ledger.Filter{"number": x.Number})), company, words(x.Department), dated(x.DueOn), num(p.Num().count(x.DaysLate, "")).toned("bad"))
	}
	c.More = []span{{p.T("page.investment.case_counts", len(s.Cases), s.Counts[analytics.ServiceOpen]+s.Counts[analytics.ServiceOverdue], s.Counts[analytics.ServiceOverdue]), "mute"}}
	return c
}
