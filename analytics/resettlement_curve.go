package analytics

import (
	"time"

	"taizhang/ledger"
)

// curve runs month by month from the first to the last date of delivery, planned or actual.
func (ans *ResettlementAnswer) curve(asof time.Time) []ResettlementMonth {
	planned, delivered := map[string]ledger.Decimal{}, map[string]ledger.Decimal{}
	for _, r := range ans.Rows {
		if r.PlanDelivery.Known() {
			m := monthOf(r.PlanDelivery.Time())
			planned[m] = plus(planned[m], r.TotalUnits)
		}
		if r.ActualDelivery.Known() {
			m := monthOf(r.ActualDelivery.Time())
			delivered[m] = plus(delivered[m], r.DeliveredUnits)
		} else {
			ans.UndatedUnits = plus(ans.UndatedUnits, r.DeliveredUnits)
		}
	}
	months := append(sortedKeys(planned), sortedKeys(delivered)...)
	list := []ResettlementMonth{}
	if len(months) == 0 {
		return list
	}
	first, last := months[0], months[0]
	for _, m := range months {
		first, last = min(first, m), max(last, m)
	}
	due, done := ledger.Int(0), ledger.Int(0)
	for m := first; m <= last; m = monthOf(dayOfMonth(m).AddDate(0, 1, 0)) {
		due, done = plus(due, planned[m]), plus(done, delivered[m])
		row := ResettlementMonth{Month: m, PlannedUnits: due, DeliveredUnits: done}
		if m > monthOf(asof) {
			row.DeliveredUnits = ledger.Null
		}
		list = append(list, row)
	}
	return list
}

// Table is the rows of the record with what is owed.
func (ans *ResettlementAnswer) Table() Table {
	t := Table{Columns: []Column{
		{"village", "村", "Village", ""}, {"block", "地块", "Block", ""}, {"building", "楼栋", "Building", ""},
		{"total_units", "总套数", "Units", "套"}, {"total_area_m2", "总面积", "Area", "㎡"}, {"started_units", "已开工", "Started", "套"}, {"started_area_m2", "已开工面积", "Started area", "㎡"},
		{"completed_units", "已竣工", "Completed", "套"}, {"completed_area_m2", "已竣工面积", "Completed area", "㎡"},
		{"delivered_units", "已交付", "Delivered", "套"}, {"delivered_area_m2", "已交付面积", "Delivered area", "㎡"},
		{"owed_units", "待交付", "To deliver", "套"}, {"owed_area_m2", "待交付面积", "Area to deliver", "㎡"}, {"delivered_units_percent", "交付率（套）", "Delivered, by units", "%"},
		{"delivered_area_percent", "交付率（面积）", "Delivered, by area", "%"}, {"m2_per_unit", "套均面积", "Area a unit", "㎡"},
		{"plan_delivery", "计划交付", "Planned delivery", ""}, {"actual_delivery", "实际交付", "Actual delivery", ""},
	}}
	for _, r := range ans.Rows {
		t.Rows = append(t.Rows, []any{r.Village, r.Block, r.Building, r.TotalUnits, r.TotalAreaM2, r.StartedUnits, r.StartedAreaM2, r.CompletedUnits, r.CompletedAreaM2,
			r.DeliveredUnits, r.DeliveredAreaM2, r.OwedUnits, r.OwedAreaM2, r.DeliveredUnitsPercent, r.DeliveredAreaPercent, r.M2PerUnit,
			r.PlanDelivery.cell(), r.ActualDelivery.cell()})
	}
	return t
}
