package analytics

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"taizhang/internal/text"
	"taizhang/ledger"
)

func TestTaxOfASmallEconomy(t *testing.T) {
	a := record(t, smallEconomy())
	ctx, q := context.Background(), on(t, a, "2016-06-20")
	ans, err := a.Tax(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	is(t, "year to date", ans.YearToDateYuan, "156.01")
	is(t, "same months", ans.LastYearToDateYuan, "140")
	is(t, "concentration", ans.ConcentrationPercent, "100")
	is(t, "target on no stated basis", ans.TargetYuan, "1000")
	is(t, "rank", ans.Rank, "2")
	if len(ans.LeftOut) != 1 || ans.LeftOut[0].Months != 3 || ans.Basis != "未注明" || !strings.Contains(ans.Foot().Basis, "2") || len(ans.ByType) != 4 {
		t.Errorf("left out %+v, basis %q, foot %q, types %+v", ans.LeftOut, ans.Basis, ans.Foot().Basis, ans.ByType)
	}
	q.Basis = "区级"
	if ans, err = a.Tax(ctx, q); err != nil {
		t.Fatal(err)
	}
	is(t, "on the other basis", ans.YearToDateYuan, "35")
	is(t, "its last year", ans.LastYearToDateYuan, "—")
	is(t, "its delta", ans.DeltaYuan, "—")
	is(t, "its target", ans.TargetYuan, "450")
	if ans.Foot().Basis != "区级" || ans.Through != "2016-01" {
		t.Errorf("basis %q through %s", ans.Foot().Basis, ans.Through)
	}
	q.Basis = "未注明"
	if ans, err = a.Tax(ctx, q); err != nil || ans.YearToDateYuan.Cmp(ledger.MustDecimal("156.01")) != 0 {
		t.Errorf("the unstated basis by its name: %v, %v", ans, err)
	}
	q.Basis = "全口径"
	if _, err = a.Tax(ctx, q); ledger.AsError(err).Kind != ledger.NotFound {
		t.Errorf("an unknown basis gave %v", err)
	}
}

func TestTaxAsOfEarlierDays(t *testing.T) {
	a := record(t, smallEconomy())
	ans, err := a.Tax(context.Background(), on(t, a, "2016-02-10"))
	if err != nil {
		t.Fatal(err)
	}
	if ans.Through != "2016-01" {
		t.Errorf("through %s on 10 February", ans.Through)
	}
	is(t, "January", ans.YearToDateYuan, "95.01")
	rounded(t, "time, by the curve of 45 % by June", ans.TimePercent, 2, "7.50")
	if ans, err = a.Tax(context.Background(), on(t, a, "2014-06-01")); err != nil {
		t.Fatal(err)
	}
	is(t, "nothing yet", ans.YearToDateYuan, "—")
	is(t, "no share of nothing", ans.ConcentrationPercent, "—")
	is(t, "no time either", ans.TimePercent, "—")
	body, err := json.Marshal(ans)
	if err != nil || !strings.Contains(string(body), `"growth_percent":null`) || strings.Contains(string(body), `"top":null`) {
		t.Errorf("%s, %v", body, err)
	}
}

func TestTaxMissingMonthAndTwoMonthPeriod(t *testing.T) {
	a := record(t, map[*ledger.Dataset][]values{
		ledger.Tax: {
			{"company": "甲", "period": "2015-01", "period_months": 2, "tax_yuan": "30"}, taxRow("甲", "2015-04", "", "5"),
			{"company": "甲", "period": "2016-01", "period_months": 2, "tax_yuan": "33"}, taxRow("甲", "2016-04", "", "-10"),
		},
		ledger.Targets: {{"indicator": "税收收入", "year": "2016", "target": "0", "unit": "元"}},
	})
	ans, err := a.Tax(context.Background(), on(t, a, "2016-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	is(t, "January alone", ans.Months[0].CumulativeYuan, "—")
	is(t, "January and February", ans.Months[1].CumulativeYuan, "33")
	is(t, "their growth", ans.Months[1].CumulativeGrowthPercent, "10")
	is(t, "March", ans.Months[2].CumulativeYuan, "—")
	is(t, "to April", ans.Months[3].CumulativeYuan, "23")
	is(t, "the same months", ans.LastYearToDateYuan, "35")
	is(t, "April", ans.Months[3].GrowthPercent, "-300")
	is(t, "a target of nothing", ans.CompletionPercent, "—")
	is(t, "ahead", ans.AheadPoints, "—")
	if len(ans.MissingMonths) != 1 || ans.MissingMonths[0] != "2016-03" {
		t.Errorf("missing %v", ans.MissingMonths)
	}
}

func TestBuildingsOfASmallEconomy(t *testing.T) {
	a := record(t, smallEconomy())
	ans, err := a.Buildings(context.Background(), on(t, a, "2016-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	east, west, south, north := ans.Buildings[0], ans.Buildings[1], ans.Buildings[2], ans.Buildings[3]
	is(t, "let by tenants, the one moved out left out", east.LetAreaM2, "600")
	is(t, "occupancy", east.OccupancyPercent, "75")
	is(t, "vacant", east.VacantAreaM2, "200")
	is(t, "tax", east.TaxYuan, "100.01")
	is(t, "tax a m2", east.TaxPerM2, "0.10001")
	is(t, "over 100 is not clipped", west.OccupancyPercent, "110.5")
	is(t, "no vacant area then", west.VacantAreaM2, "—")
	is(t, "the register's own let area", south.LetAreaM2, "120")
	is(t, "no lettable area", south.OccupancyPercent, "—")
	if !east.AreasDisagree || east.Firms != 2 || east.RegisteredFirms != 1 || east.Headquarters != 1 || east.LastYearTier != "ten_million" || east.Tier != "" {
		t.Errorf("east %+v", east)
	}
	if !west.Over100 || south.Over100 || north.InRegister || north.Building != "北楼" {
		t.Errorf("west %v, south %v, north %+v", west.Over100, south.Over100, north)
	}
	// 300 m2 for 194 days and 100 m2 already over.
	is(t, "WALE", east.WALEDays, "145.5")
	is(t, "occupancy of those with both areas", ans.Totals.Occupancy.Denominator, "900")
	is(t, "the tax of the last year in whole decides its tier", ans.Tiers[1].FromYuan, "10000000")
	if ans.Tiers[1].LastYear != 1 || ans.Tiers[1].Exclusive != 0 {
		t.Errorf("tiers %+v", ans.Tiers)
	}
}

func TestBuildingOfASmallEconomy(t *testing.T) {
	a := record(t, smallEconomy())
	one, err := a.Building(context.Background(), on(t, a, "2016-06-20"), "东楼")
	if err != nil {
		t.Fatal(err)
	}
	floors := []string{}
	for _, f := range one.Floors {
		floors = append(floors, f.Floor)
	}
	if strings.Join(floors, " ") != "12 7 3 B1" {
		t.Errorf("floors %v", floors)
	}
	kinds := []string{}
	for _, e := range one.Expiry {
		kinds = append(kinds, e.Kind)
	}
	if strings.Join(kinds, " ") != "expired year open_ended" || one.Expiry[1].Year != 2016 || len(one.Ending) != 0 {
		t.Errorf("expiry %+v, ending %+v", one.Expiry, one.Ending)
	}
	is(t, "tax of the firm", one.Floors[0].Units[0].TaxYuan, "100.01")
	is(t, "tax of a firm that declares elsewhere", one.Floors[3].Units[0].TaxYuan, "1")
	if len(one.Top) != 1 || one.Top[0].Company != "甲公司" {
		t.Errorf("payers %+v", one.Top)
	}
}

func TestInvestmentOfASmallEconomy(t *testing.T) {
	a := record(t, smallEconomy())
	ans, err := a.Investment(context.Background(), on(t, a, "2016-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	is(t, "signed in yuan", ans.Signed.ContractYuan, "1600")
	is(t, "signed in dollars", ans.Signed.ContractUSD, "200")
	is(t, "only intended", ans.Intended.ContractYuan, "7000")
	is(t, "paid in", ans.PaidIn.Numerator, "501")
	is(t, "of contracts", ans.PaidIn.Denominator, "1600")
	is(t, "landed of signed", ans.Landed.Percent, "60")
	if ans.PaidIn.Blank != 1 || ans.PaidIn.Count != 3 || ans.Signed.OtherCurrency != 1 || ans.Signed.Count != 5 {
		t.Errorf("paid in %+v, signed %+v", ans.PaidIn, ans.Signed)
	}
	if !ans.Leads[0].DatesOutOfOrder || !ans.Leads[4].OverContract || ans.Leads[2].OverContract {
		t.Errorf("leads %+v", ans.Leads)
	}
	is(t, "dollars have no rate", ans.Leads[2].PaidInPercent, "—")
	is(t, "days at the stage", ans.Leads[1].StageDays, "19")
	if last := ans.ByStage[len(ans.ByStage)-1]; last.Stage != "考察" || last.ContractYuan.Valid() {
		t.Errorf("a stage of the sheet's own: %+v", last)
	}
}

func TestIndicatorsOfASmallEconomy(t *testing.T) {
	a := record(t, smallEconomy())
	ans, err := a.Indicators(context.Background(), on(t, a, "2016-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	tax := ans.Find("税收收入")
	is(t, "to date", tax.YearToDate, "70")
	is(t, "February of last year is missing", tax.LastYearToDate, "—")
	is(t, "so there is no growth", tax.YearToDateGrowth, "—")
	is(t, "January has", tax.Months[1].GrowthPercent, "-20")
	is(t, "completion", tax.CompletionPercent, "7")
	is(t, "a rate is not added up", ans.Find("增长率").YearToDate, "—")
	is(t, "nor a balance", ans.Find("贷款余额").YearToDate, "—")
	fall := ans.Find("利润").Growth[0]
	is(t, "a fall has no times", fall.ToTimes, "—")
	is(t, "nor by times", fall.ByTimes, "—")
	is(t, "but a percentage", fall.Percent, "-75")
}

func TestResettlementOfASmallEconomy(t *testing.T) {
	a := record(t, smallEconomy())
	ans, err := a.Resettlement(context.Background(), on(t, a, "2016-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	is(t, "owed", ans.Totals.OwedUnits, "90")
	is(t, "by units", ans.Totals.DeliveredUnitsPercent, "40")
	rounded(t, "by area", ans.Totals.DeliveredAreaPercent, 2, "16.13")
	is(t, "a row's blank stays blank", ans.Rows[1].DeliveredUnits, "—")
	is(t, "overdue", ans.Villages[0].OverdueUnits, "40")
	if len(ans.Nulls) != 4 || ans.Nulls[0].Field != "completed_units" || !ans.Rows[1].Implausible || ans.Rows[0].Implausible {
		t.Errorf("nulls %+v, rows %+v", ans.Nulls, ans.Rows)
	}
	if len(ans.Villages) != 1 || len(ans.Published) != 1 || !ans.Published[0].Implausible {
		t.Errorf("villages %+v, published %+v", ans.Villages, ans.Published)
	}
	first, last := ans.Curve[0], ans.Curve[len(ans.Curve)-1]
	if first.Month != "2016-03" || last.Month != "2016-12" {
		t.Errorf("curve from %s to %s", first.Month, last.Month)
	}
	is(t, "due by March", first.PlannedUnits, "100")
	is(t, "due by December", last.PlannedUnits, "150")
	is(t, "the future is not delivered", last.DeliveredUnits, "—")
	is(t, "delivered by April", ans.Curve[1].DeliveredUnits, "60")
}

func TestReports(t *testing.T) {
	a := record(t, smallEconomy())
	ctx, q := context.Background(), on(t, a, "2016-06-20")
	for _, r := range Reports() {
		if !text.Known(r.Title().Key) {
			t.Errorf("no title for %s", r.Name)
		}
		ans, err := a.Report(ctx, r.Name, q, "东楼")
		if r.Keyed && r.Name != "building" {
			if err == nil || ans != nil {
				t.Errorf("%s answers for what is not there: %v", r.Name, ans)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", r.Name, err)
			continue
		}
		table := ans.Table()
		for _, row := range table.Rows {
			if len(row) != len(table.Columns) {
				t.Fatalf("%s: %d cells under %d columns", r.Name, len(row), len(table.Columns))
			}
		}
		if ans.Foot().Asof != "2016-06-20" {
			t.Errorf("%s stands on %+v", r.Name, ans.Foot())
		}
		if _, err := json.Marshal(ans); err != nil {
			t.Errorf("%s: %v", r.Name, err)
		}
	}
	_, err := a.Report(ctx, "nothing", q, "")
	if e := ledger.AsError(err); e.Kind != ledger.NotFound || !strings.Contains(e.Message.In(text.Zh), "resettlement") {
		t.Errorf("an unknown report gave %v", err)
	}
}

func TestPlanPeriodsStandSideBySide(t *testing.T) {
	a := record(t, smallEconomy())
	ans, err := a.Indicators(context.Background(), on(t, a, "2016-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	tax := ans.Find("税收收入").Plans
	if len(tax) != 3 || tax[0].Plan != "十一五" || tax[2].Plan != "十三五" || tax[1].Begins != 2011 || tax[1].Ends != 2015 {
		t.Fatalf("plans %+v", tax)
	}
	is(t, "2005 is not loaded", tax[0].FromValue, "—")
	is(t, "so 十一五 has no growth", tax[0].Percent, "—")
	is(t, "but an end", tax[0].ToValue, "159000000")
	rounded(t, "to times", tax[1].ToTimes, 2, "2.73")
	rounded(t, "by times", tax[1].ByTimes, 2, "1.73")
	rounded(t, "percent", tax[1].Percent, 2, "172.96")
	rounded(t, "a year", tax[1].CAGRPercent, 2, "22.24")
	if tax[2].Over || tax[2].Loaded != 0 || tax[2].FromYear != 2015 {
		t.Errorf("the plan under way %+v", tax[2])
	}
	is(t, "the plan under way begins at", tax[2].FromValue, "434000000")
	fall := ans.Find("利润").Plans[1]
	is(t, "a fall has no times", fall.ToTimes, "—")
	is(t, "but a percentage", fall.Percent, "-75")
	one, err := a.IndicatorsOf(context.Background(), on(t, a, "2016-06-20"), "利 润")
	if err != nil || len(one.Series) != 1 || one.Series[0].Indicator != "利润" || len(one.Names) != 4 {
		t.Errorf("%v %+v", err, one)
	}
}

func TestAPlanUnderWayIsComparedUpToItsNewestYear(t *testing.T) {
	s := &series{unit: "元", years: map[int]ledger.Decimal{2015: ledger.Int(100), 2016: ledger.Int(110), 2017: ledger.Int(121)}}
	g := s.between(13)
	if g.Over || g.Loaded != 2 || g.ToYear != 2017 || g.FromYear != 2015 {
		t.Fatalf("%+v", g)
	}
	is(t, "growth a year over two years", g.CAGRPercent, "10")
	is(t, "sum", g.Total, "231")
	rate := &series{unit: "%", years: map[int]ledger.Decimal{2010: ledger.Int(8), 2015: ledger.Int(12)}}
	g = rate.between(12)
	is(t, "a rate rose by points", g.Delta, "4")
	is(t, "and is no multiple", g.ToTimes, "—")
	is(t, "nor a percentage of a percentage", g.Percent, "—")
	is(t, "nor adds up", g.Total, "—")
}

func TestMonthsBesideTheMonthBefore(t *testing.T) {
	a := record(t, smallEconomy())
	ans, err := a.Indicators(context.Background(), on(t, a, "2016-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	tax := ans.Find("税收收入")
	is(t, "February on January", tax.Months[2].OnMonthPercent, "-25")
	is(t, "January lacks December", tax.Months[1].OnMonthPercent, "—")
	is(t, "January on last year", tax.Months[1].Delta, "-10")
	if len(tax.Progress) != 12 {
		t.Fatalf("progress %+v", tax.Progress)
	}
	is(t, "two months", tax.Progress[1].Cumulative, "70")
	is(t, "March is not in", tax.Progress[2].Cumulative, "—")
	is(t, "last February is not in", tax.Progress[1].LastYearCumulative, "—")
	if len(ans.Find("增长率").Progress) != 0 || len(tax.MissingMonths) != 0 {
		t.Error("a rate has no sum so far, and no month is missing")
	}
}
