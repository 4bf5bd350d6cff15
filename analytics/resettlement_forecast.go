package analytics

import (
	"time"

	"taizhang/ledger"
)

// DeliveryForecast is where delivery ends at the pace so far: what was handed over after the first delivery, by the days from then to the day asked for.
// A standstill lowers the pace. There is none with fewer than two days of delivery, or when nothing is owed.
type DeliveryForecast struct {
	Points   int            `json:"points"`    // days on which units were delivered
	First    Date           `json:"first"`     // the first of them
	Units    ledger.Decimal `json:"units"`     // delivered after the first day
	Days     ledger.Decimal `json:"days"`      // from the first day to the day asked for
	PerDay   ledger.Decimal `json:"per_day"`   // units a day; null without a forecast
	Owed     ledger.Decimal `json:"owed"`      // what is to deliver
	DaysLeft ledger.Decimal `json:"days_left"` // owed by the pace, rounded up
	FinishOn Date           `json:"finish_on"`
	PlanOn   Date           `json:"plan_on"`   // the last planned delivery
	SlipDays ledger.Decimal `json:"slip_days"` // finish after the plan; below zero before it
}

// furthestForecast bounds the curve: a pace that ends later is said, not drawn to its end.
const furthestForecast = 10 * 12

// forecast works the pace out from the rows that say when they were delivered.
func (ans *ResettlementAnswer) forecast(today Date) DeliveryForecast {
	f := DeliveryForecast{Owed: ans.Totals.OwedUnits}
	days := map[Date]ledger.Decimal{}
	for _, r := range ans.Rows {
		if r.PlanDelivery.After(f.PlanOn) {
			f.PlanOn = r.PlanDelivery
		}
		if on := r.ActualDelivery; on.Known() && !on.After(today) && r.DeliveredUnits.Sign() > 0 {
			days[on] = plus(days[on], r.DeliveredUnits)
			if !f.First.Known() || f.First.After(on) {
				f.First = on
			}
		}
	}
	for on, units := range days {
		if on != f.First {
			f.Units = plus(f.Units, units)
		}
	}
	if f.Points = len(days); f.Points < 2 || f.Owed.Sign() <= 0 {
		return f
	}
	f.Days = ledger.Int(today.Since(f.First))
	f.PerDay = f.Units.Div(f.Days)
	// Owed by units over days, multiplied first, so that a rounded pace cannot add a day.
	f.DaysLeft = daysAtPace(f.Owed, f.Units, f.Days)
	left := f.DaysLeft.Big().IntPart()
	if left > 365*200 {
		return f
	}
	f.FinishOn = today.Plus(int(left))
	if f.PlanOn.Known() {
		f.SlipDays = ledger.Int(f.FinishOn.Since(f.PlanOn))
	}
	return f
}

// foresee carries the curve on from the day asked for at the pace so far, until nothing is owed.
func (ans *ResettlementAnswer) foresee(asof time.Time) {
	f := ans.Forecast
	if !f.FinishOn.Known() || len(ans.Curve) == 0 {
		return
	}
	this := monthOf(asof)
	end := min(monthOf(f.FinishOn.Time()), monthOf(dayOfMonth(this).AddDate(0, furthestForecast, 0)))
	last := ans.Curve[len(ans.Curve)-1]
	for m := monthOf(dayOfMonth(last.Month).AddDate(0, 1, 0)); m <= end; m = monthOf(dayOfMonth(m).AddDate(0, 1, 0)) {
		row := ResettlementMonth{Month: m, PlannedUnits: last.PlannedUnits}
		if m <= this {
			row.DeliveredUnits = last.DeliveredUnits
		}
		ans.Curve = append(ans.Curve, row)
	}
	var done ledger.Decimal
	for i := range ans.Curve {
		m := &ans.Curve[i]
		switch {
		case m.Month < this:
		case m.Month == this:
			done = m.DeliveredUnits
			m.ForecastUnits = done
		case m.Month <= end:
			until := DateOf(dayOfMonth(m.Month).AddDate(0, 1, -1))
			more := f.PerDay.Mul(ledger.Int(until.Since(DateOf(asof))))
			if more.Cmp(f.Owed) > 0 {
				more = f.Owed
			}
			m.ForecastUnits = done.Add(more).Round(0)
		}
	}
}
