package analytics

import (
	"context"
	"testing"

	"taizhang/ledger"
)

func resettlementOf(t *testing.T, rows map[*ledger.Dataset][]values, day string) *ResettlementAnswer {
	t.Helper()
	a := record(t, rows)
	ans, err := a.Resettlement(context.Background(), on(t, a, day))
	if err != nil {
		t.Fatal(err)
	}
	return ans
}

func TestDemolitionFunnelByTheNewestReports(t *testing.T) {
	d := resettlementOf(t, smallPlaces(), "2016-06-20").Demolition
	is(t, "due", d.Households.Due, "100")
	is(t, "signed", d.Households.SignedPercent, "80")
	is(t, "vacated of due", d.Households.VacatedPercent, "60")
	is(t, "vacated of signed", d.Households.VacatedOfSigned, "75")
	is(t, "demolished of vacated", d.Households.DemolishedOf, "75")
	is(t, "area due, of both villages", d.AreaM2.Due, "20500")
	is(t, "area signed", d.AreaM2.Signed, "16500.5")
	is(t, "no area vacated", d.AreaM2.VacatedPercent, "—")
	first, second := d.Villages[0], d.Villages[1]
	if first.AsOf.String() != "2016-06-17" || first.Before.String() != "2016-05-27" || second.Project != "乙村改造" || second.Before.Known() {
		t.Errorf("villages %+v", d.Villages)
	}
	is(t, "signed since", first.SignedSince, "10")
	is(t, "nothing was demolished then", first.DemolishedSince, "—")
	is(t, "no households, no rate", second.Households.SignedPercent, "—")
}

// delivered is a building of a hundred flats, so many of them handed over on a day.
func delivered(building, plan, actual string, units int) values {
	v := values{"village": "甲村", "block": "A", "building": building, "total_units": 100, "total_area_m2": "11000", "delivered_units": units, "plan_delivery": plan}
	if actual != "" {
		v["actual_delivery"] = actual
	}
	return v
}

func TestDeliveryForecast(t *testing.T) {
	rows := []values{delivered("1", "2016-01-31", "2016-01-10", 100), delivered("2", "2016-03-31", "2016-03-20", 40), delivered("3", "2016-12-31", "2016-04-10", 20), delivered("4", "2016-12-31", "", 0)}
	ans := resettlementOf(t, map[*ledger.Dataset][]values{ledger.Resettlement: rows}, "2016-05-09")
	f := ans.Forecast
	// 60 units after the first delivery in the 120 days to 9 May: one every two days; 240 are owed.
	is(t, "after the first", f.Units, "60")
	is(t, "days", f.Days, "120")
	is(t, "a day", f.PerDay, "0.5")
	is(t, "owed", f.Owed, "240")
	is(t, "days left", f.DaysLeft, "480")
	is(t, "after the plan", f.SlipDays, "244")
	if f.Points != 3 || f.FinishOn.String() != "2017-09-01" {
		t.Errorf("%d points, ends on %s", f.Points, f.FinishOn)
	}
	last := ans.Curve[len(ans.Curve)-1]
	if last.Month != "2017-09" {
		t.Errorf("the curve ends in %s", last.Month)
	}
	is(t, "all delivered at the end", last.ForecastUnits, "400")
	for _, m := range ans.Curve {
		switch m.Month {
		case "2016-04":
			is(t, "nothing is foreseen of what has been", m.ForecastUnits, "—")
		case "2016-05":
			is(t, "it starts at what is delivered", m.ForecastUnits, "160")
		case "2016-06":
			is(t, "52 days on", m.ForecastUnits, "186")
		}
	}
	for day, points := range map[string]int{"2016-03-19": 1, "2016-01-05": 0} {
		early := resettlementOf(t, map[*ledger.Dataset][]values{ledger.Resettlement: rows}, day).Forecast
		if early.FinishOn.Known() || early.PerDay.Valid() || early.Points != points {
			t.Errorf("%s: one point foresees nothing: %+v", day, early)
		}
	}
	done := resettlementOf(t, map[*ledger.Dataset][]values{ledger.Resettlement: {delivered("1", "2016-01-31", "2016-01-10", 100), delivered("2", "2016-01-31", "2016-02-10", 100)}}, "2016-05-09").Forecast
	if done.FinishOn.Known() {
		t.Errorf("nothing is owed: %+v", done)
	}
}

func TestStatedTotalsAreHeldAgainstTheirParts(t *testing.T) {
	ans := resettlementOf(t, map[*ledger.Dataset][]values{ledger.Resettlement: {
		{"village": "甲村", "total_units": 250, "total_area_m2": "22000"},
		{"village": "甲村", "block": "A", "total_units": 200},
		{"village": "甲村", "block": "A", "building": "1", "total_units": 100, "total_area_m2": "11000"},
		{"village": "甲村", "block": "A", "building": "2", "total_units": 100, "total_area_m2": "11000"},
		{"village": "乙村", "total_units": 10, "total_area_m2": "100"},
	}}, "2016-06-20")
	is(t, "a stated total is not added", ans.Totals.TotalUnits, "210")
	if len(ans.Checks) != 3 || len(ans.Rows) != 3 {
		t.Fatalf("checks %+v, rows %+v", ans.Checks, ans.Rows)
	}
	is(t, "village: 250 stated, 200 in parts", ans.Checks[0].Difference, "50")
	is(t, "its area fits", ans.Checks[1].Difference, "0")
	is(t, "the block fits", ans.Checks[2].Difference, "0")
	if last := ans.Villages[1]; !last.Implausible {
		t.Errorf("10 m2 a unit: %+v", last)
	}
	is(t, "nothing a month ago but the same rows", ans.OwedSince, "0")
}
