package server

import (
	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// deliveryCurve draws what was planned and delivered, and says where it leads at the pace so far.
func (p page) deliveryCurve(ans *analytics.ResettlementAnswer) (*card, error) {
	c := p.card("delivery_curve", "s5")
	if len(ans.Curve) == 0 {
		return c.nothing("resettlement"), nil
	}
	c.Table = p.columns(col("month"), numCol("planned_units", ""), numCol("delivered", ""), numCol("forecast_units", ""))
	for _, m := range ans.Curve {
		c.Table.add(words(m.Month), words(value(m.PlannedUnits)), words(value(m.DeliveredUnits)), words(value(m.ForecastUnits)))
	}
	c.More = p.paceText(ans.Forecast)
	if ans.UndatedUnits.Sign() > 0 {
		c.More = append(c.More, span{p.T("page.resettlement.undated", value(ans.UndatedUnits)), "warn"})
	}
	return c, c.draw(charts.Delivery(p.draws(), ans.Curve), "h240")
}

// paceText says the pace with what it was computed from, and the day it ends at against the plan.
func (p page) paceText(f analytics.DeliveryForecast) []span {
	switch {
	case f.Owed.Sign() <= 0:
		return nil
	case f.Points < 2:
		return []span{{p.T("page.resettlement.no_pace"), "mute"}}
	case !f.FinishOn.Known():
		return []span{{p.T("page.resettlement.at_pace_off"), "bad"}}
	}
	says := p.T("page.resettlement.pace", f.First.String(), value(f.Days), value(f.Units), f.PerDay.Fixed(2), value(f.Owed), f.FinishOn.String())
	tone := ""
	switch f.SlipDays.Sign() {
	case 1:
		says, tone = says+p.T("page.resettlement.behind", f.PlanOn.String(), value(f.SlipDays)), "bad"
	case -1:
		says, tone = says+p.T("page.resettlement.ahead", f.PlanOn.String(), value(f.SlipDays.Neg())), "good"
	default:
		says += p.T("page.resettlement.stop")
	}
	return []span{{says, tone}}
}

// clearingCard draws the demolition funnel by households or by area; nil where no report counts it.
func (p page) clearingCard(key string, d analytics.Demolition, byArea bool) (*card, error) {
	c := p.card(key, "s6")
	if len(d.Villages) == 0 {
		if byArea {
			return nil, nil //nolint:nilnil // one card says what to import, the other is left out
		}
		c.Class = ""
		return c.nothing("demolition"), nil
	}
	f := d.Households
	if byArea {
		f = d.AreaM2
	}
	n := p.Num()
	shown := func(v ledger.Decimal) cell {
		if byArea {
			return num(n.area(v))
		}
		return num(n.count(v, ""))
	}
	c.Table = p.columns(wordCol("step"), numCol("in_all", ""), numCol("of_due", "%"), numCol("of_step", "%"))
	c.Table.add(words(p.T("page.clearing.due")), shown(f.Due), cell{figure: figure{Value: dash}}, cell{figure: figure{Value: dash}})
	c.Table.add(words(p.T("page.clearing.signed")), shown(f.Signed), num(n.percent(f.SignedPercent, 2)), num(n.percent(f.SignedPercent, 2)))
	c.Table.add(words(p.T("page.clearing.vacated")), shown(f.Vacated), num(n.percent(f.VacatedPercent, 2)), num(n.percent(f.VacatedOfSigned, 2)))
	c.Table.add(words(p.T("page.clearing.demolished")), shown(f.Demolished), num(n.percent(f.DemolishedPercent, 2)), num(n.percent(f.DemolishedOf, 2)))
	return c, c.draw(charts.Clearing(p.draws(), d.Villages, byArea), "h200")
}

func (p page) demolitionTable(d analytics.Demolition) *card {
	if len(d.Villages) == 0 {
		return nil
	}
	c := p.card("demolition", "")
	n := p.Num()
	households, m2 := n.unit("households"), n.unit("m2")
	c.Table = p.columns(col("village"), dayCol("as_of"), numCol("due_here", households), numCol("households_signed", households), numCol("households_vacated", households), numCol("demolished", households),
		numCol("signed_share", "%"), numCol("demolished_share", "%"), numCol("area_due", m2), numCol("area_demolished", m2), numCol("demolished_share", "%"), numCol("since_report", households))
	line := func(first, day cell, h, m analytics.ClearingFunnel, since cell) []cell {
		return []cell{first, day, num(n.count(h.Due, "")), num(n.count(h.Signed, "")), num(n.count(h.Vacated, "")), num(n.count(h.Demolished, "")), num(n.percent(h.SignedPercent, 1)),
			num(n.percent(h.DemolishedPercent, 1)), num(n.area(m.Due)), num(n.area(m.Demolished)), num(n.percent(m.DemolishedPercent, 1)), since}
	}
	for _, v := range d.Villages {
		first := leads(v.Village, p.Source("demolition", ledger.Filter{"village": v.Village})).under(v.Project)
		since := num(n.count(v.SignedSince, ""))
		if v.Before.Known() {
			since = since.under(v.Before.String())
		}
		c.Table.add(line(first, dated(v.AsOf), v.Households, v.AreaM2, since)...)
	}
	c.Table.sum(line(words(p.T("page.sum")), cell{}, d.Households, d.AreaM2, cell{})...)
	return c
}

// blockTable lists every block by units and by area.
func (p page) blockTable(ans *analytics.ResettlementAnswer) *card {
	blocks := blocksOf(ans)
	if len(blocks) == 0 {
		return nil
	}
	c := p.card("blocks", "")
	n := p.Num()
	m2 := n.unit("m2")
	c.Table = p.columns(col("block"), numCol("total_units", ""), numCol("started", ""), numCol("completed", ""), numCol("delivered", ""), numCol("owed", ""), numCol("rate_units", "%"),
		numCol("total_area", m2), numCol("started_area", m2), numCol("completed_area", m2), numCol("delivered_area", m2), numCol("owed_area", m2), numCol("rate_area", "%"))
	for _, b := range blocks {
		name := orWord(b.Block, p.T("page.resettlement.whole_village"))
		c.Table.add(leads(name, p.Source("resettlement", ledger.Filter{"village": b.Village, "block": b.Block})).under(b.Village), num(n.count(b.TotalUnits, "")), num(n.count(b.StartedUnits, "")),
			num(n.count(b.CompletedUnits, "")), num(n.count(b.DeliveredUnits, "")), num(n.count(b.OwedUnits, "")), num(n.percent(b.DeliveredUnitsPercent, 2)), num(n.area(b.TotalAreaM2)),
			num(n.area(b.StartedAreaM2)), num(n.area(b.CompletedAreaM2)), num(n.area(b.DeliveredAreaM2)), num(n.area(b.OwedAreaM2)), num(n.percent(b.DeliveredAreaPercent, 2)))
	}
	return c
}

// checkTable holds the totals that the sheet states against the sum of their parts; nil when it states none.
func (p page) checkTable(list []analytics.ResettlementCheck) *card {
	if len(list) == 0 {
		return nil
	}
	c := p.card("checks", "s8")
	n := p.Num()
	c.Table = p.columns(col("village"), wordCol("field"), numCol("stated", ""), numCol("parts", ""), numCol("difference", ""))
	c.Table.Columns[1].Label = p.T("page.col.item")
	c.Table.Tall = true
	unequal := 0
	for _, x := range list {
		label := x.Field
		if f, ok := ledger.Resettlement.Field(x.Field); ok {
			label = f.Header(p.Lang)
		}
		difference := num(n.plain(x.Difference, 0, ""))
		if x.Difference.Sign() != 0 {
			unequal++
			difference = difference.toned("bad")
		}
		filter := ledger.Filter{"village": x.Village}
		if x.Block != "" {
			filter["block"] = x.Block
		}
		c.Table.add(leads(joinedNames(x.Village, x.Block), p.Source("resettlement", filter)), words(label), num(n.plain(x.Stated, 0, "")), num(n.plain(x.Parts, 0, "")), difference)
	}
	c.More = []span{{p.T("page.resettlement.equal"), "good"}}
	if unequal > 0 {
		c.More = []span{{p.T("page.resettlement.unequal", unequal), "bad"}}
	}
	return c
}

// unlikely says of every row with an area a unit that cannot be believed what it was computed from; nothing is corrected.
func (p page) unlikely(rows []analytics.ResettlementRow) []span {
	var list []span
	for _, r := range rows {
		if r.Implausible {
			list = append(list, span{p.T("page.resettlement.unlikely", joinedNames(r.Village, r.Block, r.Building), value(r.TotalAreaM2), value(r.TotalUnits), r.M2PerUnit.Fixed(1)), "warn"})
		}
	}
	return list
}
