package analytics

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"taizhang/ledger"
)

// weighed is the worked example of SPI: 40 of the 50 percent due are done.
func weighed(t *testing.T) *Plan {
	ten, twenty := int64(10), int64(20)
	return &Plan{Nodes: []PlanNode{
		{No: "1", Node: "甲", name: "甲", Weight: ledger.Int(40), Duration: &ten, PlanStart: day(t, "2016-06-01"), PlanFinish: day(t, "2016-06-10"), ActualFinish: day(t, "2016-06-12")},
		{No: "2", Node: "乙", name: "乙", Weight: ledger.Int(10), Duration: &ten, PlanStart: day(t, "2016-06-11"), PlanFinish: day(t, "2016-06-20")},
		{No: "3", Node: "丙", name: "丙", Weight: ledger.Int(50), Duration: &twenty, PlanStart: day(t, "2016-06-21"), PlanFinish: day(t, "2016-07-10")},
	}}
}

func TestSPIByWeighedMilestones(t *testing.T) {
	for asof, want := range map[string][3]string{
		"2016-06-09": {"0.00", "0.00", "—"},
		"2016-06-11": {"40.00", "0.00", "0.00"},
		"2016-06-20": {"50.00", "40.00", "0.80"},
		"2016-06-24": {"50.00", "40.00", "0.80"},
		"2016-07-10": {"100.00", "40.00", "0.40"},
	} {
		p := weighed(t)
		weights, by := p.weights()
		e := p.earned(weights, day(t, asof))
		spi := "—"
		if e.SPI.Valid() {
			spi = e.SPI.Fixed(2)
		}
		if got := [3]string{e.Planned.Fixed(2), e.Earned.Fixed(2), spi}; got != want || by != "weight" {
			t.Errorf("%s: PV, EV, SPI are %v by %s, want %v", asof, got, by, want)
		}
	}
}

func TestTheBaselineSaysWhatWasDue(t *testing.T) {
	p := weighed(t)
	p.Nodes[2].BaselineFinish = day(t, "2016-06-20")
	weights, _ := p.weights()
	e := p.earned(weights, day(t, "2016-06-24"))
	rounded(t, "planned value", e.Planned, 2, "100.00")
	rounded(t, "SPI", e.SPI, 2, "0.40")
}

func TestWhatMilestonesAreWeighedBy(t *testing.T) {
	p := weighed(t)
	p.Nodes[1].Weight = ledger.Null
	weights, by := p.weights()
	if fmt.Sprint(weights) != "[10 10 20]" || by != "duration" {
		t.Errorf("%v by %s", weights, by)
	}
	p.Nodes[0].Duration, p.Nodes[0].PlanStart = nil, Date{}
	if weights, by = p.weights(); fmt.Sprint(weights) != "[1 1 1]" || by != "count" {
		t.Errorf("%v by %s", weights, by)
	}
}

func TestTheCurveByHand(t *testing.T) {
	p := weighed(t)
	asof := day(t, "2016-06-15")
	p.Nodes[0].OutlookStart, p.Nodes[0].OutlookFinish = day(t, "2016-06-01"), day(t, "2016-06-12")
	p.Nodes[1].OutlookStart, p.Nodes[1].OutlookFinish = day(t, "2016-06-15"), day(t, "2016-06-24")
	p.Nodes[2].OutlookStart, p.Nodes[2].OutlookFinish = day(t, "2016-06-25"), day(t, "2016-07-14")
	weeks := []Week{{ReportDate: day(t, "2016-06-17"), Percent: ledger.Int(99)}, {ReportDate: day(t, "2016-06-10"), Percent: ledger.MustDecimal("30.5")}}
	baseline := []BaselineNode{{No: "1", Node: "甲", Finish: day(t, "2016-06-10"), Weight: ledger.Int(1)}, {No: "2", Node: "丙", Finish: day(t, "2016-06-30"), Weight: ledger.Int(3)}}
	c := p.curve(weeks, baseline, asof)
	at := func(d string) CurvePoint {
		t.Helper()
		i := slices.IndexFunc(c.Points, func(p CurvePoint) bool { return p.Date.String() == d })
		if i < 0 {
			t.Fatalf("no point on %s", d)
		}
		return c.Points[i]
	}
	show := func(d ledger.Decimal) string {
		if !d.Valid() {
			return "—"
		}
		return d.Fixed(2)
	}
	// Outlook on the 15th: 40 + a tenth of 10 = 41; 30.5 are done, 69.5 are left for the 59 that the outlook has left.
	for d, want := range map[string]string{
		"2016-05-31": "0.00 0.00 — —",
		"2016-06-01": "0.00 4.00 — —",
		"2016-06-08": "0.00 32.00 — —",
		"2016-06-10": "25.00 40.00 30.50 —",
		"2016-06-12": "25.00 42.00 — —",
		"2016-06-15": "25.00 45.00 — 30.50",
		"2016-06-20": "25.00 50.00 — 36.39",
		"2016-06-24": "25.00 60.00 — 41.10",
		"2016-06-30": "100.00 75.00 — 58.77",
		"2016-07-10": "100.00 100.00 — 88.22",
		"2016-07-14": "100.00 100.00 — 100.00",
	} {
		x := at(d)
		if got := fmt.Sprint(show(x.Baseline), " ", show(x.Plan), " ", show(x.Actual), " ", show(x.Forecast)); got != want {
			t.Errorf("%s: baseline, plan, actual, forecast are %s, want %s", d, got, want)
		}
	}
	if first, last := c.Points[0].Date.String(), c.Points[len(c.Points)-1].Date.String(); first != "2016-05-31" || last != "2016-07-14" {
		t.Errorf("from %s to %s", first, last)
	}
}

func TestMoneyAgainstWorksWeekByWeek(t *testing.T) {
	weeks := []Week{
		{ReportDate: day(t, "2016-06-24"), Percent: ledger.Int(21), Cumulative: ledger.Int(361)},
		{ReportDate: day(t, "2016-06-17"), Percent: ledger.Int(20), Cumulative: ledger.Int(350)},
		{ReportDate: day(t, "2016-06-10"), Percent: ledger.Int(20)},
	}
	var got []string
	for _, m := range DefaultThresholds().moneyWeeks(weeks, ledger.Int(1000)) {
		got = append(got, fmt.Sprintf("%s %s %v", m.Date, m.Ahead, m.Behind))
	}
	if want := []string{"2016-06-10 — false", "2016-06-17 15 false", "2016-06-24 15.1 true"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if m := DefaultThresholds().moneyWeeks(weeks, ledger.Null)[0]; m.Money.Valid() || m.Behind {
		t.Errorf("without a total: %+v", m)
	}
}

func TestTheProjectPageHasItsCurve(t *testing.T) {
	a := projectRecord(t, smallOffice())
	p, err := a.Project(context.Background(), on(t, a, "2016-06-24"), "甲村改造")
	if err != nil {
		t.Fatal(err)
	}
	c := p.Curve
	if c == nil || c.Weighed != "duration" || c.Points[len(c.Points)-1].Date.String() != "2017-01-06" || c.Earned.SPI.Valid() {
		t.Errorf("curve %+v", c)
	}
	for i := 1; i < len(c.Points); i++ {
		if !c.Points[i].Date.After(c.Points[i-1].Date) {
			t.Errorf("%s stands twice", c.Points[i].Date)
		}
	}
	rounded(t, "money of the last week", p.Money[1].Money, 1, "36.1")
	if !p.Money[1].Behind {
		t.Error("15.1 points ahead are no alarm")
	}
	if p, err = a.Project(context.Background(), on(t, a, "2016-06-24"), "丙路"); err != nil || p.Curve != nil || len(p.Money) != 0 {
		t.Errorf("a project without a plan: %+v, %v", p.Curve, err)
	}
}
