package analytics

import (
	"testing"

	"taizhang/internal/text"
	"taizhang/ledger"
)

func TestGrowth(t *testing.T) {
	d := ledger.MustDecimal
	for _, c := range []struct {
		base, now              ledger.Decimal
		percent, toTimes, cagr string
	}{
		{d("159000000.00"), d("434000000.00"), "172.96", "2.73", "22.24"},
		{d("1400000000"), d("4900000000"), "250.00", "3.50", "28.47"},
		{d("4.34"), d("4.90"), "12.90", "1.13", "2.46"},
		{d("100"), d("50"), "-50.00", "0.50", "-12.94"},
		{d("100"), d("100"), "0.00", "1.00", "0.00"},
		{d("100"), d("-20"), "-120.00", "-0.20", "—"},
		{d("0"), d("5"), "—", "—", "—"},
		{d("-3"), d("5"), "—", "—", "—"},
		{ledger.Null, d("5"), "—", "—", "—"},
		{d("5"), ledger.Null, "—", "—", "—"},
		{d("0.0001"), d("100000000000000"), "99999999999999999900.00", "1000000000000000000.00", "398007.17"},
	} {
		rounded(t, "percent", GrowthPercent(c.base, c.now), 2, c.percent)
		rounded(t, "to times", ToTimes(c.base, c.now), 2, c.toTimes)
		rounded(t, "CAGR", CAGRPercent(c.base, c.now, 5), 2, c.cagr)
	}
	rounded(t, "by times", ByTimes(d("159000000"), d("434000000")), 2, "1.73")
	is(t, "CAGR over no years", CAGRPercent(d("1"), d("2"), 0), "—")
	is(t, "CAGR over one year", CAGRPercent(d("100"), d("125"), 1), "25")
	is(t, "a square root", CAGRPercent(d("100"), d("144"), 2), "20")
}

func TestTimePercent(t *testing.T) {
	for months, want := range map[int]string{0: "0.00", 5: "41.67", 10: "83.33", 12: "100.00", -1: "—", 13: "—"} {
		rounded(t, "time", TimePercent(months), 2, want)
	}
}

func TestPercent(t *testing.T) {
	rounded(t, "domain example", Percent(ledger.Int(4079), ledger.Int(7600)), 2, "53.67")
	is(t, "of nothing", Percent(ledger.Int(5), ledger.Int(0)), "—")
	is(t, "of less than nothing", Percent(ledger.Int(5), ledger.Int(-1)), "—")
	is(t, "over the whole", Percent(ledger.Int(3), ledger.Int(2)), "150")
}

func TestPlanNames(t *testing.T) {
	for year, want := range map[int]string{2010: "十一五", 2015: "十二五", 2020: "十三五", 2025: "十四五", 2000: "九五", 2050: "十九五", 2055: "二十五"} {
		if got := planPeriodOf(year).Name().In(text.Zh); got != want {
			t.Errorf("the plan to %d is %s, want %s", year, got, want)
		}
	}
}

func TestFloorNumbers(t *testing.T) {
	for floor, want := range map[string]int{"12": 12, "１２层": 12, "F3": 3, "3-5层": 3, "B1": -1, "负2层": -2, "地下1层": -1, "大堂": noFloor, "": noFloor} {
		if got := floorNumber(floor); got != want {
			t.Errorf("floor %q is %d, want %d", floor, got, want)
		}
	}
}

func TestGrowthRule(t *testing.T) {
	d := ledger.MustDecimal
	for _, c := range []struct {
		growth, planned ledger.Decimal
		want            Color
	}{
		{d("12"), d("10"), Green}, {d("10"), d("10"), Green}, {d("9.99"), d("10"), Yellow}, {d("0"), d("10"), Yellow},
		{d("-0.01"), d("-5"), Red}, {d("-3"), ledger.Null, Red}, {d("12"), ledger.Null, Grey}, {d("2"), d("-5"), Green},
	} {
		r, ok := growthRule(c.growth, c.planned)
		if !ok || r.Color != c.want || r.Message.IsZero() {
			t.Errorf("growth %s planned %s: %v %+v, want %s", c.growth, c.planned, ok, r, c.want)
		}
	}
	if _, ok := growthRule(ledger.Null, d("10")); ok {
		t.Error("no growth was judged")
	}
}
