package analytics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// The area of a flat that can be believed, m2; outside it the figures are flagged and never corrected.
var leastFlat, mostFlat = ledger.Int(30), ledger.Int(250)

// Resettlement answers how far the villages are cleared, how much housing is planned, built and handed over, by village and block, and what moved in a month.
func (a *Analytics) Resettlement(ctx context.Context, q Question) (*ResettlementAnswer, error) {
	housing, err := a.housing(ctx, q)
	if err != nil {
		return nil, err
	}
	whole := *housing
	ans := &whole
	if ans.Stamp, err = a.stamp(ctx, q, "", "resettlement", "demolition"); err != nil {
		return nil, err
	}
	if ans.Demolition, err = a.demolition(ctx, q); err != nil {
		return nil, err
	}
	then := q
	then.Clock.Asof = q.Clock.Asof.AddDate(0, -1, 0)
	before, err := a.readHousing(ctx, then)
	if err != nil {
		return nil, err
	}
	ans.Since = DateOf(then.Clock.Asof)
	ans.DeliveredSince = ans.Totals.DeliveredUnits.Sub(before.Totals.DeliveredUnits)
	ans.OwedSince = ans.Totals.OwedUnits.Sub(before.Totals.OwedUnits)
	return ans, nil
}

// housing answers what follows from the sheets of resettlement housing alone.
func (a *Analytics) housing(ctx context.Context, q Question) (*ResettlementAnswer, error) {
	return once(ctx, partOf{"housing", ofClock(q)}, func() (*ResettlementAnswer, error) { return a.makeHousing(ctx, ofClock(q)) })
}

func (a *Analytics) makeHousing(ctx context.Context, q Question) (*ResettlementAnswer, error) {
	stamp, err := a.stamp(ctx, q, "", "resettlement")
	if err != nil {
		return nil, err
	}
	ans, err := a.readHousing(ctx, q)
	if err != nil {
		return nil, err
	}
	ans.Stamp = stamp
	ans.Curve = ans.curve(q.Clock.Asof)
	ans.Forecast = ans.forecast(DateOf(q.Clock.Asof))
	ans.foresee(q.Clock.Asof)
	return ans, nil
}

// readHousing adds the rows up; a row that states the total of others is held against them instead.
func (a *Analytics) readHousing(ctx context.Context, q Question) (*ResettlementAnswer, error) {
	ans := &ResettlementAnswer{Villages: []ResettlementVillage{}, Rows: []ResettlementRow{}, Published: []ResettlementPublished{}, Nulls: []ResettlementNull{}, Checks: []ResettlementCheck{}}
	var all, totals []ResettlementRow
	var printed []ResettlementPublished
	err := a.each(ctx, "Resettlement.Rows", q, nil, func(rows driver.Rows) error {
		row, published, err := scanResettlement(rows)
		all, printed = append(all, row), append(printed, published)
		return err
	})
	for i, row := range all {
		if ans.stated(row, all) && row.TotalUnits.Valid() {
			totals = append(totals, row)
			continue
		}
		ans.take(row, printed[i], DateOf(q.Clock.Asof))
	}
	ans.Totals.finish()
	for i := range ans.Villages {
		ans.Villages[i].finish()
		for j := range ans.Villages[i].Blocks {
			ans.Villages[i].Blocks[j].finish()
		}
	}
	ans.hold(totals)
	return ans, err
}

func scanResettlement(rows driver.Rows) (ResettlementRow, ResettlementPublished, error) {
	var r ResettlementRow
	var p ResettlementPublished
	var plan, actual, published nullDay
	err := rows.Scan(&r.Village, &r.Block, &r.Building, &r.TotalUnits, &r.TotalAreaM2, &r.StartedUnits, &r.StartedAreaM2,
		&r.CompletedUnits, &r.CompletedAreaM2, &r.DeliveredUnits, &r.DeliveredAreaM2, &r.AreaQualifier, &plan, &actual,
		&p.Units, &p.AreaM2, &p.AreaQualifier, &p.Percent, &p.PercentBasis, &p.PublishedBy, &published)
	r.PlanDelivery, r.ActualDelivery = dateAt(plan), dateAt(actual)
	p.Village, p.PublishedOn = r.Village, dateAt(published)
	return r, p, err
}

// take adds one row of the record to where it belongs; published figures never enter a sum.
func (ans *ResettlementAnswer) take(r ResettlementRow, p ResettlementPublished, today Date) {
	if p.Units.Valid() || p.AreaM2.Valid() || p.Percent.Valid() {
		p.follow()
		ans.Published = append(ans.Published, p)
	}
	own := r.cells()
	blank := []string{}
	for _, c := range own {
		if !c.value.Valid() {
			blank = append(blank, c.field)
		}
	}
	if len(blank) == len(own) {
		return
	}
	for _, field := range blank {
		ans.Nulls = append(ans.Nulls, ResettlementNull{r.Village, r.Block, r.Building, field})
	}
	r.finish()
	if r.PlanDelivery.Known() && today.After(r.PlanDelivery) && r.OwedUnits.Sign() > 0 {
		r.Overdue, r.OverdueUnits = true, r.OwedUnits
	}
	ans.Rows = append(ans.Rows, r)
	ans.Totals.add(r)
	village := ans.village(r.Village)
	village.ResettlementFigures.add(r)
	village.ResettlementDates.add(r)
	block := village.block(r.Block)
	block.ResettlementFigures.add(r)
	block.ResettlementDates.add(r)
}

type resettlementCell struct {
	field string
	value ledger.Decimal
}

// cells are the figures of a row with their names in the record.
func (r *ResettlementRow) cells() []resettlementCell {
	return []resettlementCell{{"total_units", r.TotalUnits}, {"total_area_m2", r.TotalAreaM2}, {"started_units", r.StartedUnits},
		{"started_area_m2", r.StartedAreaM2}, {"completed_units", r.CompletedUnits}, {"completed_area_m2", r.CompletedAreaM2},
		{"delivered_units", r.DeliveredUnits}, {"delivered_area_m2", r.DeliveredAreaM2}}
}

func (ans *ResettlementAnswer) village(name string) *ResettlementVillage {
	for i := range ans.Villages {
		if ledger.NameKey(ans.Villages[i].Village) == ledger.NameKey(name) {
			return &ans.Villages[i]
		}
	}
	ans.Villages = append(ans.Villages, ResettlementVillage{Village: name, Blocks: []ResettlementBlock{}})
	return &ans.Villages[len(ans.Villages)-1]
}

func (v *ResettlementVillage) block(name string) *ResettlementBlock {
	for i := range v.Blocks {
		if ledger.NameKey(v.Blocks[i].Block) == ledger.NameKey(name) {
			return &v.Blocks[i]
		}
	}
	v.Blocks = append(v.Blocks, ResettlementBlock{Village: v.Village, Block: name})
	return &v.Blocks[len(v.Blocks)-1]
}

// add sums a row in. What is not said to be started, completed or delivered counts as nothing; a total not given stays out.
func (f *ResettlementFigures) add(r ResettlementRow) {
	f.TotalUnits, f.TotalAreaM2 = plus(f.TotalUnits, r.TotalUnits), plus(f.TotalAreaM2, r.TotalAreaM2)
	f.StartedUnits, f.StartedAreaM2 = plus(f.StartedUnits, r.StartedUnits.OrZero()), plus(f.StartedAreaM2, r.StartedAreaM2.OrZero())
	f.CompletedUnits, f.CompletedAreaM2 = plus(f.CompletedUnits, r.CompletedUnits.OrZero()), plus(f.CompletedAreaM2, r.CompletedAreaM2.OrZero())
	f.DeliveredUnits, f.DeliveredAreaM2 = plus(f.DeliveredUnits, r.DeliveredUnits.OrZero()), plus(f.DeliveredAreaM2, r.DeliveredAreaM2.OrZero())
}

// finish works out what follows from the sums.
func (f *ResettlementFigures) finish() {
	f.OwedUnits, f.OwedAreaM2 = f.TotalUnits.Sub(f.DeliveredUnits.OrZero()), f.TotalAreaM2.Sub(f.DeliveredAreaM2.OrZero())
	f.CompletedNotDeliveredUnits = f.CompletedUnits.Sub(f.DeliveredUnits.OrZero())
	f.CompletedNotDeliveredAreaM2 = f.CompletedAreaM2.Sub(f.DeliveredAreaM2.OrZero())
	f.DeliveredUnitsPercent = Percent(f.DeliveredUnits.OrZero(), f.TotalUnits)
	f.DeliveredAreaPercent = Percent(f.DeliveredAreaM2.OrZero(), f.TotalAreaM2)
	f.M2PerUnit, f.Implausible = flat(f.TotalAreaM2, f.TotalUnits)
}

// flat is the area a unit and whether it cannot be believed.
func flat(area, units ledger.Decimal) (ledger.Decimal, bool) {
	per := area.Div(units)
	return per, per.Valid() && (per.Cmp(leastFlat) < 0 || per.Cmp(mostFlat) > 0)
}

// add keeps the last dates of a group and what is overdue in it.
func (d *ResettlementDates) add(r ResettlementRow) {
	if r.PlanDelivery.After(d.PlanDelivery) {
		d.PlanDelivery = r.PlanDelivery
	}
	if r.ActualDelivery.After(d.ActualDelivery) {
		d.ActualDelivery = r.ActualDelivery
	}
	d.Overdue = d.Overdue || r.Overdue
	d.OverdueUnits = plus(d.OverdueUnits, r.OverdueUnits)
}

// follow works out what a published figure implies, as printed.
func (p *ResettlementPublished) follow() {
	p.M2PerUnit, p.Implausible = flat(p.AreaM2, p.Units)
	p.ImpliedTotalUnits, p.ImpliedTotalAreaM2 = p.Units.Mul(hundred).Div(p.Percent), p.AreaM2.Mul(hundred).Div(p.Percent)
}
