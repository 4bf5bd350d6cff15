package server

import (
	"strings"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// funnelCard draws how far the leads came; the table behind it has the ages and the ways out.
func (p page) funnelCard(ans *analytics.InvestmentAnswer) (*card, error) {
	c := p.card("funnel", "")
	if len(ans.Leads) == 0 {
		return c.nothing("investment"), nil
	}
	n := p.Num()
	days := n.unit("days")
	c.Table = p.columns(wordCol("stage"), numCol("reached", ""), numCol("standing", ""), numCol("median_days", days), numCol("oldest_days", days), textCol("oldest"),
		numCol("undated", ""), numCol("dropped", ""), numCol("to_next", "%"))
	undated := int64(0)
	for i, s := range ans.Funnel.Stages {
		if i > 0 {
			undated += s.Undated
		}
		c.Table.add(leads(s.Stage, p.Source("investment", ledger.Filter{"stage": s.Stage})), words(value(s.Reached)), words(value(s.Standing)), num(n.plain(s.MedianDays, 0, "")),
			num(n.count(s.OldestDays, "")), words(s.Oldest), words(value(s.Undated)), words(value(s.Dropped)), num(n.percent(s.ToNextPercent, 1)))
	}
	for _, s := range ans.Funnel.Stages {
		if s.Standing > 0 && s.MedianDays.Valid() {
			c.More = append(c.More, span{p.T("page.investment.age", s.Stage, s.MedianDays.Round(0).String(), s.OldestDays.String()), "mute"})
		}
	}
	if undated > 0 {
		c.More = append(c.More, span{p.T("page.investment.no_day", undated), "warn"})
	}
	if ans.Funnel.Back > 0 {
		c.More = append(c.More, span{p.T("page.investment.back", ans.Funnel.Back), "warn"})
	}
	if ans.Funnel.Unplaced > 0 {
		c.More = append(c.More, span{p.T("page.investment.unplaced", ans.Funnel.Unplaced), "warn"})
	}
	return c, c.draw(charts.Funnel(p.draws(), ans.Funnel.Stages), "h240")
}

func (p page) stageTable(ans *analytics.InvestmentAnswer) *card {
	c := p.card("amounts", "s7")
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

// dropOutTable lists who left the funnel, from where and why.
func (p page) dropOutTable(f analytics.InvestmentFunnel) *card {
	if len(f.DropOuts) == 0 {
		return nil
	}
	c := p.card("drop_outs", "s5")
	n := p.Num()
	c.Table = p.columns(col("lead"), wordCol("left_from"), numCol("contract", n.unit("wan")), textCol("lost_reason"))
	for _, d := range f.DropOuts {
		reason := words(d.Reason)
		if d.Reason == "" {
			reason = reason.tagged(p.T("page.investment.no_reason"), "amber")
		}
		c.Table.add(leads(d.Project, p.Source("investment", ledger.Filter{"project": d.Project})).under(d.Investor), words(d.Reached).tagged(d.Exit, ""), p.amountCell(d.ContractAmount, d.Currency), reason)
	}
	return c
}

// amountCell writes an amount in 万元, or in ten thousands of its own currency with its name.
func (p page) amountCell(amount ledger.Decimal, currency string) cell {
	n := p.Num()
	if currency == "CNY" || currency == "" {
		return num(n.wan(amount))
	}
	return num(n.plain(amount.Div(ten4), 2, "")).tagged(p.T("page.tag.currency", currency), "blue")
}

// apartText lists what stands in other currencies for want of a rate.
func (p page) apartText(list []analytics.ForeignAmount) string {
	var parts []string
	for _, f := range list {
		parts = append(parts, p.foreign(f.Amount, f.Currency))
	}
	return strings.Join(parts, p.T("page.comma"))
}

func (p page) paidInCard(s analytics.PaidInSheet) (*card, error) {
	c := p.card("paid_in", "s7")
	if len(s.Months) == 0 {
		return c.nothing("paid_in"), nil
	}
	n := p.Num()
	unit := n.unit("wan")
	c.Table = p.columns(col("month"), numCol("yuan", unit), numCol("converted", unit), numCol("in_all", unit), textCol("kept_apart"), numCol("last_year", unit), numCol("growth", "%"))
	for _, m := range s.Months {
		c.Table.add(words(m.Month), num(n.wan(m.Yuan)).from(p.Source("paid_in", ledger.Filter{"period": m.Month + "-01"})), num(n.wan(m.ForeignYuan)), num(n.wan(m.TotalYuan)), words(p.apartText(m.Apart)),
			num(n.wan(m.LastYearYuan)), num(n.change(m.GrowthPercent, 1)))
	}
	c.Table.sum(words(p.T("page.sum")), num(n.wan(s.Total.Yuan)), num(n.wan(s.Total.ForeignYuan)), num(n.wan(s.Total.TotalYuan)), words(p.apartText(s.Total.Apart)),
		num(n.wan(s.LastYearYuan)), num(n.change(s.GrowthPercent, 1)))
	c.More = []span{{p.T("page.investment.sheet_sum", p.sayFigure(n.yuan(s.Total.Yuan))), ""}}
	for _, f := range s.Currencies {
		if f.Yuan.Valid() {
			var at []string
			for _, r := range f.Rates {
				at = append(at, p.T("page.investment.rate", r.Yuan.Round(6).String(), r.On.String()))
			}
			c.More = append(c.More, span{p.T("page.investment.converted", p.foreign(f.Amount.Sub(f.Apart.OrZero()), f.Currency),
				p.sayFigure(n.yuan(f.Yuan)), strings.Join(at, p.T("page.comma"))), ""})
		}
	}
	if len(s.Total.Apart) > 0 {
		c.More = append(c.More, span{p.T("page.investment.no_rate", p.apartText(s.Total.Apart)), "warn"})
	}
	for _, out := range s.LeftOut {
		c.More = append(c.More, span{p.T("page.investment.left_out", out.Project, out.Month, out.Months), "warn"})
	}
	return c, c.draw(charts.PaidIn(p.draws(), s.Months), "h240")
}

// withApart is what was converted, with what stands apart under it.
func (p page) withApart(s analytics.PaidInSum) cell {
	c := num(p.Num().wan(s.ForeignYuan))
	if len(s.Apart) > 0 {
		c = c.under(p.T("page.investment.and_apart", p.apartText(s.Apart)))
	}
	return c
}

func (p page) sourceTable(s analytics.PaidInSheet) *card {
	if len(s.Sources) == 0 {
		return nil
	}
	c := p.card("paid_in_sources", "s5")
	n := p.Num()
	unit := n.unit("wan")
	c.Table = p.columns(col("fund_source"), numCol("yuan", unit), numCol("converted", unit), numCol("share", "%"))
	for _, x := range s.Sources {
		name := words(x.Source)
		if x.Source != "" {
			name = name.from(p.Source("paid_in", ledger.Filter{"fund_source": x.Source}))
		}
		c.Table.add(name, num(n.wan(x.Yuan)), p.withApart(x.PaidInSum), num(n.percent(x.SharePercent, 1)))
	}
	c.Table.sum(words(p.T("page.sum")), num(n.wan(s.Total.Yuan)), p.withApart(s.Total), cell{})
	return c
}

// registerTable shows where the register of leads and the monthly sheet disagree; neither is chosen.
func (p page) registerTable(r analytics.RegisterComparison) *card {
	if !r.Made {
		return nil
	}
	c := p.card("register", "s6")
	n := p.Num()
	unit := n.unit("wan")
	c.Table = p.columns(col("project"), numCol("register", unit), numCol("monthly", unit), numCol("difference", unit))
	c.Table.Tall = true
	for _, x := range r.Rows {
		monthly := num(n.wan(x.SheetYuan))
		if x.Apart {
			monthly = monthly.tagged(p.T("page.investment.without_rate"), "amber")
		}
		c.Table.add(words(x.Project), num(n.wan(x.RegisterYuan)).from(p.Source("investment", ledger.Filter{"project": x.Project})),
			monthly.from(p.Source("paid_in", ledger.Filter{"project": x.Project})), num(n.wan(x.DifferenceYuan)))
	}
	c.Table.sum(words(p.T("page.sum")), num(n.wan(r.RegisterYuan)), num(n.wan(r.SheetYuan)), num(n.wan(r.DifferenceYuan)))
	c.More = []span{{p.T("page.investment.agree", r.Agree, len(r.Rows)), "mute"}}
	return c
}
