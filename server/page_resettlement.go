package server

import (
	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// resettlementPage is the delivery of resettlement housing.
type resettlementPage struct {
	page
	Bars, Curve, Households, Cleared, Demolition, Villages, Blocks, Checks, Rows, Published, Nulls *card
}

func (a *app) showResettlement(c *fiber.Ctx, q analytics.Question, ans *analytics.ResettlementAnswer) error {
	p := resettlementPage{page: a.newAnswerPage(c, "resettlement", q, ans.Foot())}
	p.KPIs = p.resettlementKPIs(ans)
	var err error
	if p.Bars, err = p.resettlementBars(blocksOf(ans), "s7"); err != nil {
		return err
	}
	if p.Curve, err = p.deliveryCurve(ans); err != nil {
		return err
	}
	if p.Households, err = p.clearingCard("households", ans.Demolition, false); err != nil {
		return err
	}
	if p.Cleared, err = p.clearingCard("cleared_area", ans.Demolition, true); err != nil {
		return err
	}
	p.Demolition = p.demolitionTable(ans.Demolition)
	p.Villages, p.Blocks = p.villageTable(ans), p.blockTable(ans)
	p.Checks = p.checkTable(ans.Checks)
	from, to, way := p.part(c, len(ans.Rows))
	if p.Rows = p.resettlementRows(ans.Rows[from:to]); p.Rows != nil {
		p.Rows.Pager = way
		p.Rows.More = p.unlikely(ans.Rows)
	}
	p.Published = p.publishedTable(ans.Published)
	p.Nulls = p.nullTable(ans.Nulls)
	return a.render(c, "resettlement", p)
}

func blocksOf(ans *analytics.ResettlementAnswer) []analytics.ResettlementBlock {
	var list []analytics.ResettlementBlock
	for _, v := range ans.Villages {
		list = append(list, v.Blocks...)
	}
	return list
}

func (p page) resettlementKPIs(ans *analytics.ResettlementAnswer) []kpi {
	n, t := p.Num(), ans.Totals
	whole := stackPart{"done", t.DeliveredUnits}
	owed := kpi{Key: "owed", Label: p.T("page.kpi.owed"), Figure: n.count(t.OwedUnits, "units"),
		Notes: []span{{p.T("page.resettlement.progress", value(t.TotalUnits), value(t.DeliveredUnits), value(t.CompletedNotDeliveredUnits)), ""}, p.noted("page.sub.area", n.areaWan(t.OwedAreaM2)), {p.T("page.note.waiting"), "mute"}},
		Bar:   stacked(t.TotalUnits, whole, stackPart{"near", t.CompletedNotDeliveredUnits})}
	delivered := kpi{Key: "delivered", Label: p.T("page.kpi.delivered"), Figure: n.count(t.DeliveredUnits, "units"),
		Notes: []span{p.noted("page.sub.area", n.areaWan(t.DeliveredAreaM2))}}
	if ans.DeliveredSince.Valid() {
		delivered.Notes = append(delivered.Notes, span{p.T("page.resettlement.since", ans.Since.String(), p.sayFigure(n.count(ans.DeliveredSince, ""))), "mute"})
	}
	h := ans.Demolition.Households
	cleared := kpi{Key: "cleared", Label: p.T("page.kpi.cleared"), Figure: n.percent(h.SignedPercent, 1), Bar: completion(h.SignedPercent, ledger.Null),
		Notes: []span{{p.T("page.sub.fraction", value(h.Signed), p.sayFigure(n.count(h.Due, "households"))), ""}, p.noted("page.resettlement.demolished", n.percent(h.DemolishedPercent, 1))}}
	return []kpi{
		owed, delivered,
		{Key: "rate_units", Label: p.T("page.kpi.rate_units"), Figure: n.percent(t.DeliveredUnitsPercent, 2),
			Bar: completion(t.DeliveredUnitsPercent, ledger.Null)},
		{Key: "rate_area", Label: p.T("page.kpi.rate_area"), Figure: n.percent(t.DeliveredAreaPercent, 2),
			Bar: completion(t.DeliveredAreaPercent, ledger.Null)},
		cleared,
	}
}

// resettlementBars shows where every block's units stand; the cockpit shows it too.
func (p page) resettlementBars(blocks []analytics.ResettlementBlock, class string) (*card, error) {
	c := p.card("resettlement_bars", class)
	if len(blocks) == 0 {
		return c.nothing("resettlement"), nil
	}
	n := p.Num()
	c.Table = p.columns(col("block"), numCol("total_units", ""), numCol("delivered", ""), numCol("waiting", ""), numCol("rate_units", "%"),
		numCol("rate_area", "%"))
	for _, b := range blocks {
		c.Table.add(leads(b.Block, p.Source("resettlement", ledger.Filter{"village": b.Village, "block": b.Block})).under(b.Village),
			num(n.count(b.TotalUnits, "")), num(n.count(b.DeliveredUnits, "")),
			num(n.count(b.CompletedNotDeliveredUnits, "")), num(n.percent(b.DeliveredUnitsPercent, 2)), num(n.percent(b.DeliveredAreaPercent, 2)))
	}
	height := "h240"
	if len(blocks) > 7 {
		height = "h360"
	}
	return c, c.draw(charts.Resettlement(p.draws(), blocks), height)
}

func (p page) villageTable(ans *analytics.ResettlementAnswer) *card {
	c := p.card("villages", "")
	if len(ans.Villages) == 0 {
		return c.nothing("resettlement")
	}
	c.Table = p.columns(p.unitColumns(col("village"), dayCol("plan_delivery"))...)
	for _, v := range ans.Villages {
		first := leads(v.Village, p.Source("resettlement", ledger.Filter{"village": v.Village}))
		c.Table.add(p.unitCells(first, v.ResettlementFigures, p.deliveryCell(v.ResettlementDates))...)
	}
	c.Table.sum(p.unitCells(words(p.T("page.sum")), ans.Totals, cell{})...)
	return c
}

func (p page) unitColumns(first, last colSpec) []colSpec {
	m2 := p.Num().unit("m2")
	return []colSpec{first, numCol("total_units", ""), numCol("total_area", m2), numCol("started", ""), numCol("completed", ""),
		numCol("delivered", ""), numCol("delivered_area", m2),
		numCol("waiting", ""), numCol("owed", ""), numCol("rate_units", "%"), numCol("rate_area", "%"), numCol("m2_per_unit", m2), last}
}

func (p page) unitCells(first cell, f analytics.ResettlementFigures, last cell) []cell {
	n := p.Num()
	size := num(n.plain(f.M2PerUnit, 1, ""))
	if f.Implausible {
		size = size.tagged(p.T("page.tag.implausible"), "amber")
	}
	return []cell{first, num(n.count(f.TotalUnits, "")), num(n.area(f.TotalAreaM2)), num(n.count(f.StartedUnits, "")),
		num(n.count(f.CompletedUnits, "")), num(n.count(f.DeliveredUnits, "")),
		num(n.area(f.DeliveredAreaM2)), num(n.count(f.CompletedNotDeliveredUnits, "")), num(n.count(f.OwedUnits,
			"")), num(n.percent(f.DeliveredUnitsPercent, 2)), num(n.percent(f.DeliveredAreaPercent, 2)), size, last}
}

func (p page) deliveryCell(d analytics.ResettlementDates) cell {
	c := dated(d.PlanDelivery)
	if d.Overdue {
		c = c.tagged(p.T("page.tag.overdue_units", value(d.OverdueUnits)), "red")
	}
	return c
}

func (p page) resettlementRows(rows []analytics.ResettlementRow) *card {
	c := p.card("resettlement_rows", "long")
	if len(rows) == 0 {
		return nil
	}
	c.Table = p.columns(p.unitColumns(col("building"), dayCol("plan_delivery"))...)
	c.Table.Tall = true
	for _, r := range rows {
		filter := ledger.Filter{"village": r.Village, "block": r.Block, "building": r.Building}
		for field, v := range filter {
			if v == "" {
				delete(filter, field)
			}
		}
		first := leads(joinedNames(r.Village, r.Block, r.Building), p.Source("resettlement", filter))
		c.Table.add(p.unitCells(first, r.ResettlementFigures, p.deliveryCell(r.ResettlementDates))...)
	}
	return c
}

func joinedNames(parts ...string) string {
	line := ""
	for _, part := range parts {
		if part != "" && line != "" {
			line += " · "
		}
		line += part
	}
	return line
}

// publishedTable shows what somebody published as printed, with what does not fit, and never corrects it.
func (p page) publishedTable(list []analytics.ResettlementPublished) *card {
	if len(list) == 0 {
		return nil
	}
	c := p.card("published", "s8")
	n := p.Num()
	c.Table = p.columns(col("village"), numCol("published_units", ""), numCol("published_area", n.unit("m2")),
		numCol("published_percent", "%"), col("percent_basis"), numCol("m2_per_unit", n.unit("m2")), numCol("implied_units",
			""), textCol("published_by"))
	for _, x := range list {
		units := num(n.count(x.Units, ""))
		if x.Implausible {
			units = units.tagged(p.T("page.tag.implausible"), "amber")
		}
		area := num(n.area(x.AreaM2))
		area.Value = x.AreaQualifier + area.Value
		basis := words(x.PercentBasis)
		if x.PercentBasis == "" && x.Percent.Valid() {
			basis = words(p.T("page.note.basis_unsaid"))
		}
		c.Table.add(leads(x.Village, p.Source("resettlement", ledger.Filter{"village": x.Village})), units, area,
			num(n.percent(x.Percent, 2)), basis, num(n.plain(x.M2PerUnit, 1, "")),
			num(n.plain(x.ImpliedTotalUnits, 0, "")), words(x.PublishedBy).under(x.PublishedOn.String()))
	}
	for _, x := range list {
		if x.Implausible {
			c.More = append(c.More, span{p.T("page.resettlement.unlikely", x.Village, value(x.AreaM2), value(x.Units), x.M2PerUnit.Fixed(1)), "warn"})
		}
	}
	c.More = append(c.More, span{p.T("page.note.never_corrected"), "mute"})
	return c
}

func (p page) nullTable(list []analytics.ResettlementNull) *card {
	if len(list) == 0 {
		return nil
	}
	c := p.card("nulls", "s4")
	c.Table = p.columns(col("building"), col("field"))
	c.Table.Tall = true
	for _, x := range list {
		label := x.Field
		if f, ok := ledger.Resettlement.Field(x.Field); ok {
			label = f.Label(p.Lang)
		}
		c.Table.add(words(joinedNames(x.Village, x.Block, x.Building)), words(label))
	}
	return c
}
