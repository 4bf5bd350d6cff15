package analytics

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// tax raises the last month and the year to date against the same months of last year, and the payers that fell or stopped.
func (w *watch) tax(ans *TaxAnswer) {
	through := monthEnd(ans.Through)
	for _, m := range ans.Months {
		if m.Month == ans.Through {
			w.fall(Alert{Kind: TaxMonthDown, What: m.Month, Subject: m.Month, Since: through, Filter: ledger.Filter{"period": m.Month + "-01"}}, m.GrowthPercent, ledger.Null)
		}
	}
	w.fall(Alert{Kind: TaxYearDown, What: ans.Through, Subject: ans.Through, Since: through}, ans.GrowthPercent, ledger.Null)
	for _, p := range ans.payers {
		if p.LastYearYuan.Sign() > 0 && p.TaxYuan.Sign() <= 0 {
			continue // it stopped
		}
		w.fall(Alert{Kind: TaxPayerDown, What: p.Company, Subject: p.Company, Since: through, Filter: ledger.Filter{"company": p.Company}}, p.ChangePercent,
			p.LastYearYuan.Sub(p.TaxYuan))
	}
	for _, p := range ans.LostPayers.Payers {
		w.gone(p, through)
	}
}

// gone raises a payer that paid nothing in the months of this year that it paid in last year.
func (w *watch) gone(p TaxPayer, through Date) {
	if p.LastYearYuan.Cmp(w.rules.PayerGoneYellow) < 0 {
		return
	}
	a := Alert{Kind: TaxPayerGone, Severity: Yellow, Subject: p.Company, What: p.Company, Figure: p.LastYearYuan, Limit: w.rules.PayerGoneYellow, Unit: "yuan",
		Since: through, Dataset: "tax", Filter: ledger.Filter{"company": p.Company}}
	if p.LastYearYuan.Cmp(w.rules.PayerGoneRed) >= 0 {
		a.Severity, a.Limit = Red, w.rules.PayerGoneRed
	}
	a.Message = text.T("alert.says.tax_payer_gone", inWan(p.LastYearYuan), inWan(a.Limit))
	w.add(a, p.Company)
}

// inWan writes yuan in units of ten thousand.
func inWan(yuan ledger.Decimal) string { return yuan.Div(ledger.Int(10_000)).Round(2).String() }

// fallLimits are the limits of a fall of tax: those of payers are wider than those of a whole.
func (w *watch) fallLimits(kind AlertKind) (yellow, red, least ledger.Decimal) {
	if kind == TaxPayerDown {
		return w.rules.PayerFallYellow, w.rules.PayerFallRed, w.rules.PayerFallLeast
	}
	return w.rules.TaxFallYellow, w.rules.TaxFallRed, w.rules.TaxFallLeast
}

// fall raises a growth that is a fall of some size; lost is how much tax that is, null where the size does not matter.
func (w *watch) fall(a Alert, growth, lost ledger.Decimal) {
	fall := growth.Neg()
	yellow, red, least := w.fallLimits(a.Kind)
	if !fall.Valid() || fall.Cmp(yellow) < 0 || fall.Sign() <= 0 || lost.Valid() && lost.Cmp(least) < 0 {
		return
	}
	a.Severity, a.Figure, a.Limit, a.Unit, a.Dataset = Yellow, fall, yellow, "percent", "tax"
	if fall.Cmp(red) >= 0 {
		a.Severity, a.Limit = Red, red
	}
	a.Message = text.T("alert.says."+string(a.Kind), fall.Fixed(1), a.Limit.String())
	// The total is named by its year, so that the same month of the next year is another alert and the next month of this year is not.
	name := a.Subject
	if a.Kind == TaxYearDown {
		name = a.Since.Time().Format("2006")
	}
	w.add(a, name)
}

// monthEnd is the last day of a month written 2016-05, unknown when there is none.
func monthEnd(month string) Date {
	first := dayOfMonth(month)
	if first.IsZero() {
		return Date{}
	}
	return DateOf(first.AddDate(0, 1, -1))
}

// watchBuildings raises the buildings whose tax or occupancy fell.
func (a *Analytics) watchBuildings(ctx context.Context, q Question, w *watch) error {
	before := q
	before.Clock.Asof = w.today.Plus(-int(w.rules.OccupancyFallDays)).Time()
	var now *BuildingsAnswer
	var then *buildingRegister
	err := together(
		func() (err error) { now, err = a.Buildings(ctx, q); return err },
		func() (err error) { then, err = a.readBuildings(ctx, before, nil, ""); return err },
	)
	if err != nil {
		return err
	}
	was := map[string]ledger.Decimal{}
	for i := range then.list {
		b := &then.list[i]
		b.finish()
		was[b.Key] = b.OccupancyPercent
	}
	for _, b := range now.Buildings {
		w.fall(Alert{Kind: TaxBuildingDown, What: b.Building, Subject: b.Key, Since: monthEnd(now.TaxThrough), Filter: ledger.Filter{"building": b.Building}},
			b.TaxGrowthPercent, b.LastYearTaxYuan.Sub(b.TaxYuan))
		w.occupancy(b, was[b.Key], before.Clock.Asof)
	}
	return nil
}

// occupancy raises a building that has let less than a while before.
func (w *watch) occupancy(b BuildingLine, was ledger.Decimal, then time.Time) {
	fall := was.Sub(b.OccupancyPercent)
	if !fall.Valid() || fall.Sign() <= 0 || fall.Cmp(w.rules.OccupancyFallYellow) < 0 {
		return
	}
	since := w.newest["tenants"]
	if w.newest["buildings"].After(since) {
		since = w.newest["buildings"]
	}
	a := Alert{Kind: OccupancyFalls, Severity: Yellow, Subject: b.Key, What: b.Building, Figure: fall, Limit: w.rules.OccupancyFallYellow, Unit: "points",
		Since: since, Dataset: "tenants", Filter: ledger.Filter{"building": b.Building}}
	if fall.Cmp(w.rules.OccupancyFallRed) >= 0 {
		a.Severity, a.Limit = Red, w.rules.OccupancyFallRed
	}
	a.Message = text.T("alert.says.occupancy_falls", was.Fixed(1), DateOf(then).String(), b.OccupancyPercent.Fixed(1), fall.Fixed(1), a.Limit.String())
	w.add(a, b.Key)
}

// watchLeases raises the leases that end soon or are over while the tenant is still in.
func (a *Analytics) watchLeases(ctx context.Context, q Question, w *watch) error {
	until := w.today.Plus(int(w.rules.LeaseYellow))
	return a.each(ctx, "Alerts.Leases", q, ledger.Params{"until": until.String()}, func(rows driver.Rows) error {
		var building, key, tenant string
		var u BuildingUnit
		var to nullDay
		if err := rows.Scan(&building, &key, &u.Floor, &u.Room, &u.Tenant, &tenant, &u.AreaM2, &to); err != nil {
			return err
		}
		u.LeaseTo = dateAt(to)
		w.lease(u, building, key, tenant)
		return nil
	})
}

func (w *watch) lease(u BuildingUnit, building, key, tenant string) {
	left := u.LeaseTo.Since(w.today)
	al := Alert{Kind: LeaseEnding, Severity: Yellow, Subject: key, What: u.Tenant + " · " + building + " " + u.Room, Figure: ledger.Int(left),
		Limit: ledger.Int(w.rules.LeaseYellow), Unit: "days", Since: u.LeaseTo.Plus(-int(w.rules.LeaseYellow)), Dataset: "tenants",
		Filter: ledger.Filter{"building": building, "tenant": u.Tenant}}
	switch {
	case left < 0:
		al.Kind, al.Severity, al.Figure, al.Limit, al.Since = LeaseExpired, Red, ledger.Int(-left), ledger.Int(0), u.LeaseTo.Plus(1)
		al.Message = text.T("alert.says.lease_expired", u.LeaseTo.String(), -left)
	case left <= w.rules.LeaseRed:
		al.Severity, al.Limit = Red, ledger.Int(w.rules.LeaseRed)
		fallthrough
	default:
		al.Message = text.T("alert.says.lease_ending", u.LeaseTo.String(), left, al.Limit.String())
	}
	w.add(al, key, u.Floor, u.Room, tenant)
}

// milestones raises the open nodes that are late, by rule 3.
func (w *watch) milestones(plans []Plan) {
	for _, p := range plans {
		for _, n := range p.Nodes {
			if !n.Open || n.DaysLate == nil || w.rules.lateColor(*n.DaysLate) == Green {
				continue
			}
			// A forecast behind the plan is known before the planned day has come.
			since := n.PlanFinish.Plus(int(w.rules.LateYellow))
			key, project := p.Key, p.Project
			if key == "" {
				key = p.rowKey
			}
			al := Alert{Kind: MilestoneLate, Severity: w.rules.lateColor(*n.DaysLate), Subject: key, What: project + " · " + n.Node, Figure: ledger.Int(*n.DaysLate),
				Limit: ledger.Int(w.rules.LateYellow), Unit: "days", Since: since, Dataset: "milestones", Filter: ledger.Filter{"project": project, "node": n.Node}}
			if al.Severity == Red {
				al.Limit = ledger.Int(w.rules.LateRed)
			}
			say := "alert.says.milestone_late"
			if since.After(w.today) {
				say, al.Since = "alert.says.milestone_forecast", Date{}
			}
			al.Message = text.T(say, n.PlanFinish.String(), *n.DaysLate, al.Limit.String())
			w.add(al, ledger.NameKey(project), n.No, n.name)
		}
	}
}

// deliveries raises the blocks that owe housing after its planned day, or in which nothing was handed over for long.
func (w *watch) deliveries(ans *ResettlementAnswer) {
	for _, v := range ans.Villages {
		for _, b := range v.Blocks {
			al := Alert{Severity: Red, Subject: b.Village, What: b.Village + " · " + b.Block, Dataset: "resettlement",
				Filter: ledger.Filter{"village": b.Village, "block": b.Block}}
			idle := w.today.Since(b.ActualDelivery)
			switch {
			case b.OverdueUnits.Sign() > 0:
				planned := firstOverdue(ans.Rows, b)
				al.Kind, al.Figure, al.Limit, al.Unit, al.Since = DeliveryOverdue, b.OverdueUnits, ledger.Int(0), "units", planned.Plus(1)
				al.Message = text.T("alert.says.delivery_overdue", planned.String(), b.OverdueUnits.String(), w.today.Since(planned))
			case b.OwedUnits.Sign() > 0 && b.ActualDelivery.Known() && idle >= w.rules.DeliveryIdle:
				al.Kind, al.Severity, al.Figure, al.Limit, al.Unit = DeliveryIdle, Yellow, ledger.Int(idle), ledger.Int(w.rules.DeliveryIdle), "days"
				al.Since = b.ActualDelivery.Plus(int(w.rules.DeliveryIdle))
				al.Message = text.T("alert.says.delivery_idle", b.ActualDelivery.String(), b.OwedUnits.String(), idle, al.Limit.String())
			default:
				continue
			}
			w.add(al, ledger.NameKey(b.Village), ledger.NameKey(b.Block))
		}
	}
}

// firstOverdue is the earliest planned day that a block has missed.
func firstOverdue(rows []ResettlementRow, b ResettlementBlock) Date {
	var first Date
	for _, r := range rows {
		if r.Overdue && ledger.NameKey(r.Village) == ledger.NameKey(b.Village) && ledger.NameKey(r.Block) == ledger.NameKey(b.Block) &&
			(!first.Known() || first.After(r.PlanDelivery)) {
			first = r.PlanDelivery
		}
	}
	return first
}
