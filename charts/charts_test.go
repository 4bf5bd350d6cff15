package charts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"taizhang/analytics"
	"taizhang/internal/testkit"
	"taizhang/internal/text"
	"taizhang/ledger"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var zh = Words{text.Zh}

func on(day string) analytics.Date {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return analytics.DateOf(at)
}

// golden compares an option, indented, with its file and checks what holds for every option.
func golden(t *testing.T, name string, o *Option) {
	t.Helper()
	b, err := o.JSON()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, b, "", " "); err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"function", "__f__", "<"} {
		if strings.Contains(out.String(), never) {
			t.Errorf("the option holds %q", never)
		}
	}
	if !strings.Contains(out.String(), `"renderMode": "richText"`) {
		t.Error("the tooltip is not drawn on the canvas")
	}
	testkit.Golden(t, name, append(out.Bytes(), '\n'))
}

func taxAnswer() *analytics.TaxAnswer {
	ans := &analytics.TaxAnswer{Year: 2016, TargetYuan: ledger.MustDecimal("500000000")}
	sum, before := ledger.Int(0), ledger.Int(0)
	for m := 1; m <= 12; m++ {
		month := analytics.TaxMonth{Month: fmt.Sprintf("2016-%02d", m), TargetYuan: ans.TargetYuan.Mul(ledger.Int(int64(m))).Div(ledger.Int(12)),
			Earlier: []analytics.TaxEarlier{{Year: 2015, TaxYuan: ledger.Int(int64(m) * 3_000_000), CumulativeYuan: ledger.Int(int64(m*m) * 1_500_000)}, {Year: 2013}}}
		last := ledger.Int(int64(m) * 3_000_000)
		before = before.Add(last)
		month.LastYearYuan, month.LastYearCumulativeYuan = last, before
		if m <= 5 {
			month.TaxYuan = ledger.MustDecimal("31400000.55")
			sum = sum.Add(month.TaxYuan)
			month.CumulativeYuan = sum
		}
		ans.Months = append(ans.Months, month)
	}
	return ans
}

func TestTaxYear(t *testing.T) { golden(t, "tax_year.json", TaxYear(zh, taxAnswer())) }

func TestTaxMonths(t *testing.T) { golden(t, "tax_months.json", TaxMonths(zh, taxAnswer())) }

func TestTaxSums(t *testing.T) { golden(t, "tax_sums.json", TaxSums(Words{text.En}, taxAnswer())) }

func TestTheBreakIsMarkedWhereItsYearIsDrawn(t *testing.T) {
	for year, marked := range map[int]bool{2014: false, 2016: true, 2017: true, 2020: false} {
		ans := taxAnswer()
		ans.Year = year
		for i := range ans.Months {
			ans.Months[i].Earlier[0].Year = year - 1
		}
		b, err := TaxMonths(zh, ans).JSON()
		if err != nil || bytes.Contains(b, []byte("markLine")) != marked {
			t.Errorf("%d: %v %s", year, err, b)
		}
	}
}

func TestTaxRanks(t *testing.T) {
	list := []analytics.IndicatorRank{{Year: 2014, Rank: ledger.Int(3), Population: ledger.Int(16)}, {Year: 2015, Rank: ledger.Int(2)}}
	golden(t, "tax_ranks.json", DistrictRanks(zh, list))
	if DistrictRanks(zh, list[:1]) != nil {
		t.Error("one year is drawn as a history")
	}
}

func TestAMonthWithoutTaxIsAGap(t *testing.T) {
	o := TaxYear(zh, taxAnswer())
	data, ok := o.Series[0].Data.([]any)
	if !ok || len(data) != 12 || data[4] == nil || data[5] != nil {
		t.Errorf("%v", data)
	}
	ans := taxAnswer()
	for i := range ans.Months {
		ans.Months[i].TargetYuan = ledger.Null
	}
	if n := len(TaxYear(zh, ans).Series); n != 3 {
		t.Errorf("without a target there are %d series, want 3", n)
	}
}

func TestGantt(t *testing.T) {
	plan := &analytics.Plan{Project: "示例", Nodes: []analytics.PlanNode{
		{No: "1", Node: "拆除", PlanStart: on("2016-01-01"), PlanFinish: on("2016-03-31"), BaselineStart: on("2016-01-01"),
			BaselineFinish: on("2016-03-15"), ActualFinish: on("2016-04-02"), LatestFinish: on("2016-04-10")},
		{No: "2", Node: "开工", PlanFinish: on("2016-06-30"), LatestFinish: on("2016-06-20"), Forecast: on("2016-07-05"), Open: true},
		{No: "3", Node: "封顶", PlanFinish: on("2016-08-30"), ActualStart: on("2016-06-20"), OutlookFinish: on("2016-09-08"), Open: true},
		{No: "4", Node: "验收", PlanFinish: on("2016-09-30"), OutlookFinish: on("2016-09-30"), Open: true},
	}}
	golden(t, "gantt.json", Gantt(zh, plan, "2016-06-30"))
}

func TestSCurve(t *testing.T) {
	c := &analytics.Curve{Baseline: "第2次", Points: []analytics.CurvePoint{
		{Date: on("2016-06-10"), Baseline: ledger.Int(20), Plan: ledger.Int(18), Actual: ledger.MustDecimal("15.5")},
		{Date: on("2016-06-17"), Baseline: ledger.Int(25), Plan: ledger.Int(23)},
		{Date: on("2016-06-24"), Baseline: ledger.Int(30), Plan: ledger.MustDecimal("28.123456"), Actual: ledger.Int(20), Forecast: ledger.Int(20)},
		{Date: on("2016-12-31"), Baseline: ledger.Int(100), Plan: ledger.Int(100), Forecast: ledger.Int(97)},
		{Date: on("2017-01-06"), Baseline: ledger.Int(100), Plan: ledger.Int(100), Forecast: ledger.Int(100)},
	}}
	golden(t, "s_curve.json", SCurve(zh, c, "2016-06-24"))
}

func TestVisits(t *testing.T) {
	day := func(at string, visits int, minutes int64) analytics.VisitDay {
		return analytics.VisitDay{Date: on(at), Visits: visits, Minutes: minutes, Working: true}
	}
	d := analytics.VisitDiary{From: on("2015-06-20"), To: on("2016-06-24"), Days: []analytics.VisitDay{
		day("2015-06-22", 1, 60), day("2016-06-20", 2, 60), day("2016-06-21", 1, 45), day("2016-06-22", 0, 0), day("2016-06-23", 3, 130), day("2016-06-24", 0, 0),
	}}
	golden(t, "visits.json", Visits(zh, d, 60))
	if Visits(zh, analytics.VisitDiary{}, 60) != nil {
		t.Error("an empty diary is drawn")
	}
}

func TestResettlement(t *testing.T) {
	block := analytics.ResettlementBlock{Village: "齐礼闫", Block: "A区"}
	block.TotalUnits, block.DeliveredUnits, block.CompletedNotDeliveredUnits = ledger.Int(2900), ledger.Int(0), ledger.Int(1480)
	golden(t, "resettlement.json", Resettlement(zh, []analytics.ResettlementBlock{block}))
}

func TestExpiry(t *testing.T) {
	golden(t, "expiry.json", Expiry(Words{text.En},
		[]analytics.LeaseExpiry{{Kind: "expired", AreaM2: ledger.Int(5400)},
			{Kind: "year", Year: 2017, AreaM2: ledger.MustDecimal("7700.5")}, {Kind: "open_ended"}}, 2016))
}

func TestIndicatorYears(t *testing.T) {
	series := analytics.IndicatorSeries{Indicator: "税收收入", Unit: "元",
		Growth: []analytics.PlanGrowth{{Plan: "十二五", Growth: analytics.GrowthBetween(2010, ledger.Int(159_000_000), 2015, ledger.Int(434_000_000))}}}
	for year, value := range []int64{159, 198, 246, 307, 380, 434} {
		series.Years = append(series.Years, analytics.IndicatorYear{Year: 2010 + year, Value: ledger.Int(value * 1_000_000)})
	}
	golden(t, "indicator_years.json", Years(zh, series))
}

func TestNamesCannotBecomeScripts(t *testing.T) {
	const evil = `</script><script>alert(1)</script>__f__(function(){})()__f__`
	o := TaxShares(zh, []analytics.TaxShare{{Name: evil, TaxYuan: ledger.Int(1)}}, 5)
	b, err := o.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b, []byte("</script")) || bytes.Contains(b, []byte("__f__")) {
		t.Errorf("%s", b)
	}
	var back struct{ YAxis []struct{ Data []string } }
	if err := json.Unmarshal(b, &back); err != nil || back.YAxis[0].Data[0] != evil {
		t.Errorf("the name did not come through as it is: %v %q", err, back)
	}
}

func TestThemesAreLightDarkAndPrint(t *testing.T) {
	var all map[string]struct{ Color []string }
	if err := json.Unmarshal(Themes(), &all); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"light", "dark", "print"} {
		if len(all[name].Color) != 6 {
			t.Errorf("%s: %v", name, all[name])
		}
	}
}
