package server

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// investmentPage is investment promotion.
type investmentPage struct {
	page
	Stages, Amounts, DropOuts, PaidIn, Sources, Register, Services, Leads *card
}

// askInvestment reads the filters of the list of leads: ?stage= and ?text=.
func (a *app) askInvestment(c *fiber.Ctx, q analytics.Question) (*analytics.InvestmentAnswer, error) {
	return a.analytics.InvestmentList(c.UserContext(), q, analytics.LeadFilter{Stage: c.Query("stage"), Text: c.Query("text")})
}

func (a *app) showInvestment(c *fiber.Ctx, q analytics.Question, ans *analytics.InvestmentAnswer) error {
	p := investmentPage{page: a.newAnswerPage(c, "investment", q, ans.Foot())}
	p.keepOwn(c, "stage", "text", pageWord)
	p.chooseCohort(ans)
	p.KPIs = p.investmentKPIs(ans)
	var err error
	if p.Stages, err = p.funnelCard(ans); err != nil {
		return err
	}
	if p.PaidIn, err = p.paidInCard(ans.Sheet); err != nil {
		return err
	}
	p.Amounts, p.DropOuts, p.Sources, p.Register = p.stageTable(ans), p.dropOutTable(ans.Funnel), p.sourceTable(ans.Sheet), p.registerTable(ans.Sheet.Register)
	p.Services = p.overdueServices(ans.Services)
	p.Leads = p.leadList(c, ans)
	return a.render(c, "investment", p)
}

// chooseCohort offers the years in which leads were signed; without one the rates are of all signed so far.
func (p *page) chooseCohort(ans *analytics.InvestmentAnswer) {
	list := []option{{"", p.T("page.investment.all_years"), ans.Cohort.Year == 0}}
	seen := ans.Cohort.Year == 0
	for _, y := range ans.Cohort.Years {
		seen = seen || y == ans.Cohort.Year
		list = append(list, option{strconv.Itoa(y), strconv.Itoa(y), y == ans.Cohort.Year})
	}
	if !seen {
		list = append(list, option{strconv.Itoa(ans.Cohort.Year), strconv.Itoa(ans.Cohort.Year), true})
	}
	p.choose("year", p.T("page.investment.cohort"), list)
}

func (p page) investmentKPIs(ans *analytics.InvestmentAnswer) []kpi {
	n, c, t := p.Num(), ans.Cohort, ans.Target
	leadsAside := func(v int64) string { return p.T("page.note.leads", value(v)) }
	of := p.T("page.investment.of_all")
	if c.Year != 0 {
		of = p.T("page.investment.of_year", c.Year)
	}
	rate := func(key, label string, r analytics.Rate) kpi {
		return kpi{Key: key, Label: label, Aside: of, Figure: n.percent(r.Percent, 1), Bar: completion(r.Percent, ledger.Null),
			Notes: []span{{p.T("page.sub.fraction", value(r.Numerator), value(r.Denominator)), ""}}}
	}
	paid := rate("paid_in", p.T("page.kpi.paid_in_rate"), c.PaidIn)
	paid.Figure = n.percent(c.PaidIn.Percent, 2)
	paid.Notes = []span{{p.T("page.sub.fraction", p.sayFigure(n.yuan(c.PaidIn.Numerator)), p.sayFigure(n.yuan(c.PaidIn.Denominator))), ""}}
	if c.Over {
		paid.Notes = append(paid.Notes, span{p.T("page.investment.over"), "bad"})
	}
	for _, f := range c.Foreign {
		if f.Numerator.Sign() > 0 {
			paid.Notes = append(paid.Notes, span{p.T("page.investment.foreign_rate", f.Currency, p.sayFigure(n.percent(f.Percent, 1))), ""})
		}
	}
	landed := rate("landed", p.T("page.kpi.landed"), c.Landed)
	if c.Year != 0 && c.Undated > 0 {
		landed.Notes = append(landed.Notes, span{p.T("page.investment.undated", c.Undated), "warn"})
	}
	goal := kpi{Key: "goal", Label: p.T("page.kpi.goal", t.Year), Figure: n.percent(t.CompletionPercent, 1), Bar: completion(t.CompletionPercent, t.TimePercent), Aside: p.through(t.Through),
		Notes: []span{{p.T("page.sub.fraction", p.sayFigure(n.yuan(t.Reached)), p.sayFigure(n.yuan(t.Target))), ""},
			p.noted("page.sub.time_percent", n.percent(t.TimePercent, 1)), p.noted("page.sub.ahead_points", n.points(t.AheadPoints))}}
	year := kpi{Key: "paid_in_year", Label: p.T("page.kpi.paid_in_year"), Aside: p.T("page.investment.by_register"), Figure: n.yuan(ans.Total.PaidInYearYuan)}
	if r := ans.Sheet.Register; r.Made {
		year.Notes = []span{p.noted("page.investment.by_sheet", n.yuan(r.SheetYuan)), {p.T("page.investment.apart", p.sayFigure(n.yuan(r.DifferenceYuan))), toneIf(r.DifferenceYuan.Sign() != 0, "warn")}}
	}
	s := ans.Services
	service := kpi{Key: "services", Label: p.T("page.kpi.services"), Figure: n.percent(s.OnTime.Percent, 1), Bar: completion(s.OnTime.Percent, ledger.Null), Notes: []span{
		{p.T("page.sub.fraction", value(s.OnTime.Numerator), value(s.OnTime.Denominator)), ""},
		{p.T("page.investment.overdue_cases", s.Counts[analytics.ServiceOverdue]), toneIf(s.Counts[analytics.ServiceOverdue] > 0, "bad")}}}
	return []kpi{
		{Key: "signed", Label: p.T("page.kpi.signed"), Aside: leadsAside(ans.Signed.Count), Figure: n.yuan(ans.Signed.ContractYuan), Notes: p.dollars(ans.Signed.ContractUSD)},
		{Key: "intended", Label: p.T("page.kpi.intended"), Aside: leadsAside(ans.Intended.Count), Figure: n.yuan(ans.Intended.ContractYuan),
			Notes: append(p.dollars(ans.Intended.ContractUSD), span{p.T("page.note.not_signed"), "mute"})},
		goal, year, paid, landed, rate("started", p.T("page.kpi.started"), c.Started), service,
	}
}

// foreign writes an amount of another currency: in ten thousands, in English in full with the currency before it.
func (p page) foreign(amount ledger.Decimal, currency string) string {
	if p.Lang == text.En {
		return strings.TrimSpace(currency + " " + grouped(amount.Round(2).String()))
	}
	return p.T("page.investment.ten_thousand", grouped(amount.Div(ten4).Round(2).String()), currency)
}

// dollars notes what stands in US dollars: it is never converted.
func (p page) dollars(usd ledger.Decimal) []span {
	if !usd.Valid() {
		return nil
	}
	return []span{{p.T("page.sub.dollars", p.foreign(usd, "")), "mute"}}
}

// leadList is the list of leads with its filters, a page at a time.
func (p page) leadList(asked *fiber.Ctx, ans *analytics.InvestmentAnswer) *card {
	from, to, way := p.part(asked, len(ans.Items))
	if len(ans.Leads) == 0 {
		return p.card("lead_list", "long").nothing("investment")
	}
	c := p.leadTable(ans.Items[from:to])
	c.Pager, c.Sieve = way, p.sieve("stage", "text")
	var names []string
	for _, s := range ans.ByStage {
		names = append(names, s.Stage)
	}
	c.Sieve.Choices = []filter{p.among("stage", p.T("page.col.stage"), ans.Filter.Stage, names)}
	c.Sieve.Search = &filter{Name: "text", Label: p.T("page.investment.search"), Value: ans.Filter.Text}
	if ans.Filter != (analytics.LeadFilter{}) {
		c.Sieve.Clear = &link{Text: p.T("page.list.clear"), Href: p.Link(p.path)}
	}
	if len(ans.Items) == 0 {
		c.None = p.T("page.list.none")
	}
	return c
}

func (p page) leadTable(list []analytics.InvestmentLead) *card {
	c := p.card("lead_list", "long")
	n := p.Num()
	unit := n.unit("wan")
	c.Table = p.columns(col("lead"), wordCol("stage"), numCol("stage_days", n.unit("days")), numCol("contract", n.unit("wan")),
		numCol("paid_in_year", unit), numCol("paid_in_total", unit), numCol("paid_in_rate", "%"),
		dayCol("signed_on"), textCol("industry"), wordCol("origin"), wordCol("agent"))
	for _, l := range list {
		amount := num(n.wan(l.ContractAmount))
		if l.Currency != "CNY" && l.Currency != "" {
			amount = num(n.plain(l.ContractAmount.Div(ten4), 2, "")).tagged(p.T("page.tag.currency", l.Currency), "blue")
		}
		rate := num(n.percent(l.PaidInPercent, 1))
		if l.OverContract {
			rate = rate.tagged(p.T("page.tag.over_contract"), "amber")
		}
		stage := words(l.Stage).under(l.LostReason)
		if l.DatesOutOfOrder {
			stage = stage.tagged(p.T("page.tag.dates"), "amber")
		}
		c.Table.add(leads(l.Project, p.Source("investment", ledger.Filter{"project": l.Project})).under(l.Investor), stage,
			words(value(l.StageDays)), amount, num(n.wan(l.PaidInYearYuan)), num(n.wan(l.PaidInTotalYuan)), rate,
			dated(l.SignedOn), words(l.Industry).under(l.Building), words(l.Origin), words(l.Agent))
	}
	return c
}
