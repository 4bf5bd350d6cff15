package server

import (
	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// investmentPage is investment promotion.
type investmentPage struct {
	page
	Stages, Funnel, Leads *card
}

func (a *app) showInvestment(c *fiber.Ctx, q analytics.Question, ans *analytics.InvestmentAnswer) error {
	p := investmentPage{page: a.newAnswerPage(c, "investment", q, ans.Foot())}
	p.KPIs = p.investmentKPIs(ans)
	p.Funnel = p.stageTable(ans)
	p.Leads = p.leadTable(ans.Leads)
	p.Stages = p.card("stages", "s6")
	if len(ans.Leads) == 0 {
		p.Stages.nothing("investment")
		return a.render(c, "investment", p)
	}
	p.Stages.Table = p.Funnel.Table
	if err := p.Stages.draw(charts.Stages(p.draws(), ans.ByStage), ""); err != nil {
		return err
	}
	return a.render(c, "investment", p)
}

func (p page) investmentKPIs(ans *analytics.InvestmentAnswer) []kpi {
	n := p.Num()
	count := func(v int64) string { return value(v) }
	return []kpi{
		{Key: "signed", Label: p.T("page.kpi.signed"), Aside: p.T("page.note.leads", count(ans.Signed.Count)),
			Figure: n.yuan(ans.Signed.ContractYuan), Notes: p.dollars(ans.Signed.ContractUSD)},
		{Key: "intended", Label: p.T("page.kpi.intended"), Aside: p.T("page.note.leads", count(ans.Intended.Count)),
			Figure: n.yuan(ans.Intended.ContractYuan), Notes: []span{{p.T("page.note.not_signed"), "mute"}}},
		{Key: "paid_in_year", Label: p.T("page.kpi.paid_in_year"), Figure: n.yuan(ans.Total.PaidInYearYuan)},
		{Key: "paid_in_total", Label: p.T("page.kpi.paid_in_total"), Figure: n.yuan(ans.Total.PaidInTotalYuan)},
		{Key: "paid_in", Label: p.T("page.kpi.paid_in_rate"), Aside: p.T("page.note.leads", count(ans.PaidIn.Count)),
			Figure: n.percent(ans.PaidIn.Percent, 2), Bar: completion(ans.PaidIn.Percent, ledger.Null),
			Notes: []span{{p.T("page.sub.fraction", p.sayFigure(n.yuan(ans.PaidIn.Numerator)), p.sayFigure(n.yuan(ans.PaidIn.Denominator))), ""}}},
		{Key: "landed", Label: p.T("page.kpi.landed"), Figure: n.percent(ans.Landed.Percent, 1), Bar: completion(ans.Landed.Percent, ledger.Null),
			Notes: []span{{p.T("page.sub.fraction", value(ans.Landed.Numerator), value(ans.Landed.Denominator)), ""}}},
	}
}

// dollars notes what stands in US dollars: it is never converted.
func (p page) dollars(usd ledger.Decimal) []span {
	if !usd.Valid() {
		return nil
	}
	return []span{{p.T("page.sub.dollars", grouped(usd.Div(ten4).Round(2).String())), "mute"}}
}

func (p page) stageTable(ans *analytics.InvestmentAnswer) *card {
	c := p.card("funnel", "s6")
	if len(ans.Leads) == 0 {
		return c.nothing("investment")
	}
	n := p.Num()
	unit := n.unit("wan")
	c.Table = p.columns(wordCol("stage"), numCol("leads", ""), numCol("contract", unit), numCol("paid_in_year", unit), numCol("paid_in_total", unit))
	line := func(first cell, s analytics.InvestmentSum) []cell {
		amount := num(n.wan(s.ContractYuan))
		if usd := p.dollars(s.ContractUSD); len(usd) > 0 {
			amount = amount.under(usd[0].Text)
		}
		return []cell{first, words(value(s.Count)), amount, num(n.wan(s.PaidInYearYuan)), num(n.wan(s.PaidInTotalYuan))}
	}
	for _, s := range ans.ByStage {
		name := leads(s.Stage, p.Source("investment", ledger.Filter{"stage": s.Stage}))
		if s.Exit {
			name = name.tagged(p.T("page.tag.exit"), "")
		}
		c.Table.add(line(name, s.InvestmentSum)...)
	}
	c.Table.sum(line(words(p.T("page.sum")), ans.Total)...)
	return c
}

func (p page) leadTable(list []analytics.InvestmentLead) *card {
	c := p.card("lead_list", "long")
	if len(list) == 0 {
		return c.nothing("investment")
	}
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
