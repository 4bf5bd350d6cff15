package analytics

import (
	"context"
	"testing"

	"taizhang/ledger"
)

func taxRow(company, period, kind, yuan string) values {
	return values{"company": company, "period": period, "tax_type": kind, "tax_yuan": yuan, "building": "嵩山国际"}
}

func TestTaxSameMonthsOnly(t *testing.T) {
	a := record(t, map[*ledger.Dataset][]values{ledger.Tax: {
		taxRow("甲", "2015-01", "增值税", "100.00"), taxRow("甲", "2015-02", "增值税", "50.10"), taxRow("甲", "2015-03", "增值税", "900"),
		taxRow("甲", "2016-01", "增值税", "110.00"), taxRow("甲", "2016-02", "增值税", "70.12"),
		{"company": "乙", "period": "2016-02", "tax_yuan": "-0.02", "building": "无"},
	}})
	ans, err := a.Tax(context.Background(), on(t, a, "2016-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	if ans.Through != "2016-02" || ans.Companies != 2 || ans.Basis != "未注明" {
		t.Errorf("through %q, companies %d, basis %q", ans.Through, ans.Companies, ans.Basis)
	}
	is(t, "year to date", ans.YearToDateYuan, "180.10")
	is(t, "last year", ans.LastYearToDateYuan, "150.10")
	is(t, "delta", ans.DeltaYuan, "30.00")
	rounded(t, "growth", ans.GrowthPercent, 2, "19.99")
	rounded(t, "time", ans.TimePercent, 2, "16.67")
	is(t, "target", ans.TargetYuan, "—")
	is(t, "completion", ans.CompletionPercent, "—")
	is(t, "rank", ans.Rank, "—")
	is(t, "March of this year", ans.Months[2].CumulativeYuan, "—")
	is(t, "March of last year", ans.Months[2].LastYearCumulativeYuan, "1050.10")
	is(t, "April of last year", ans.Months[3].LastYearCumulativeYuan, "—")
	if n := len(ans.ByBuilding); n != 2 || ans.ByBuilding[1].Name != "（未入驻楼宇）" {
		t.Errorf("buildings %+v", ans.ByBuilding)
	}
	is(t, "in no building", ans.ByBuilding[1].TaxYuan, "-0.02")
	is(t, "no base", ans.ByBuilding[1].ChangePercent, "—")
}
