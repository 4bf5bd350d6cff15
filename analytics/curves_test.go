package analytics

import (
	"context"
	"testing"

	"taizhang/ledger"
)

// yinchuan asks 45 % by June, 70 % by September and 80 % by December.
func yinchuan() timeCurve {
	return timeCurve{6: ledger.Int(45), 9: ledger.Int(70), 12: ledger.Int(80)}
}

func TestTimeAlongACurve(t *testing.T) {
	for months, want := range map[int]string{0: "0.00", 1: "7.50", 5: "37.50", 6: "45.00", 7: "53.33", 8: "61.67", 9: "70.00", 10: "73.33", 12: "80.00", 13: "—", -1: "—"} {
		rounded(t, "Yinchuan", yinchuan().percent(months), 2, want)
	}
	for months, want := range map[int]string{0: "0.00", 3: "20.00", 6: "46.67", 12: "100.00"} {
		rounded(t, "one point, then evenly to the whole", timeCurve{3: ledger.Int(20)}.percent(months), 2, want)
	}
	for months, want := range map[int]string{0: "0.00", 5: "41.67", 10: "83.33", 12: "100.00"} {
		rounded(t, "the calendar", timeCurve{}.percent(months), 2, want)
	}
	if yinchuan().stated() == (timeCurve{}).stated() {
		t.Error("a stated curve is not told from the calendar")
	}
}

func TestTargetsAreHeldAgainstTheirOwnCurve(t *testing.T) {
	rows := smallEconomy()
	a := record(t, rows)
	ans := taxOn(t, a, nil)
	rounded(t, "time", ans.TimePercent, 2, "15.00") // February on the way to 45 % in June
	rounded(t, "due by August", ans.Months[7].TargetYuan, 2, "616.67")
	is(t, "due by December", ans.Months[11].TargetYuan, "800")
	rounded(t, "ahead", ans.AheadPoints, 2, "0.60") // 156.01 of 1000 less 15
	if !ans.CustomCurve {
		t.Error("the page does not say whose time it is")
	}
	// Another basis has its own curve: 20.5 % by March, so 6.83 % by January.
	rounded(t, "district basis", taxOn(t, a, func(q *Question) { q.Basis = "区级" }).TimePercent, 2, "6.83")
	list, err := a.Indicators(context.Background(), on(t, a, "2016-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	rounded(t, "the indicator", list.Find(TaxIndicator).TimePercent, 2, "15.00")
	cockpit, err := a.Cockpit(context.Background(), on(t, a, "2016-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	rounded(t, "the cockpit", cockpit.KPIs[0].TickPercent, 2, "15.00")
}
