package analytics_test

import (
	"context"
	"encoding/json"
	"os"
	"testing"
	"time"

	"taizhang/analytics"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// wholeTruth reads a part of samples/truth.
func wholeTruth(t *testing.T, name string, into any) {
	t.Helper()
	content, err := os.ReadFile(testkit.Sample("truth/" + name + ".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, into); err != nil {
		t.Fatal(err)
	}
}

// equal compares a figure exactly.
func equal(t *testing.T, what string, got, want ledger.Decimal) {
	t.Helper()
	if got.Cmp(want) != 0 || got.Valid() != want.Valid() {
		t.Errorf("%s = %s, want %s", what, got, want)
	}
}

// shown compares a figure as a page shows it.
func shown(t *testing.T, what string, got ledger.Decimal, places int32, want string) {
	t.Helper()
	if s := got.Fixed(places); s != want {
		t.Errorf("%s = %s, want %s", what, s, want)
	}
}

var exact = ledger.MustDecimal

type taxTruth struct {
	Sums    map[string]ledger.Decimal `json:"sums"`
	Derived struct {
		Year       int                       `json:"year"`
		Monthly    map[string]ledger.Decimal `json:"monthly_yuan"`
		Cumulative map[string]ledger.Decimal `json:"cumulative_yuan"`
		ByBuilding map[string]ledger.Decimal `json:"by_building_yuan"`
		ByType     map[string]ledger.Decimal `json:"by_tax_type_yuan"`
		Companies  int64                     `json:"enterprises"`
		Top5       ledger.Decimal            `json:"top5_yuan"`
	} `json:"derived"`
}

func TestTaxMeetsTruth(t *testing.T) {
	files := []string{"税收2014", "税收2015", "税收2016年1-5月"}
	l, a := office(t, files[0]+".xlsx", files[1]+".xlsx", files[2]+".xlsx")
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			var want taxTruth
			wholeTruth(t, file, &want)
			q := asof(t, l, "2016-06-27")
			q.Year = want.Derived.Year
			ans, err := a.Tax(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			compareTax(t, ans, want)
		})
	}
}

func compareTax(t *testing.T, ans *analytics.TaxAnswer, want taxTruth) {
	t.Helper()
	equal(t, "year to date", ans.YearToDateYuan, want.Sums["tax_yuan"])
	equal(t, "top 5", ans.Top5Yuan, want.Derived.Top5)
	equal(t, "concentration", ans.ConcentrationPercent, analytics.Percent(want.Derived.Top5, want.Sums["tax_yuan"]))
	if ans.Companies != want.Derived.Companies {
		t.Errorf("companies %d, want %d", ans.Companies, want.Derived.Companies)
	}
	months := 0
	for _, m := range ans.Months {
		equal(t, m.Month, m.TaxYuan, want.Derived.Monthly[m.Month])
		if m.TaxYuan.Valid() {
			months++
		}
		if c, given := want.Derived.Cumulative[m.Month]; given {
			equal(t, "cumulative "+m.Month, m.CumulativeYuan, c)
		}
	}
	if months != len(want.Derived.Monthly) {
		t.Errorf("%d months, want %d", months, len(want.Derived.Monthly))
	}
	shares(t, "building", ans.ByBuilding, want.Derived.ByBuilding)
	if len(want.Derived.ByType) > 0 {
		shares(t, "type", ans.ByType, want.Derived.ByType)
	}
}

func shares(t *testing.T, what string, got []analytics.TaxShare, want map[string]ledger.Decimal) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d by %s, want %d", len(got), what, len(want))
	}
	for _, s := range got {
		equal(t, what+" "+s.Name, s.TaxYuan, want[s.Name])
	}
}

func TestTaxOfJanuaryToMay2016(t *testing.T) {
	ctx := context.Background()
	l, alone := office(t, "税收2016年1-5月.xlsx", "经济指标.xlsx")
	ans, err := alone.Tax(ctx, asof(t, l, "2016-06-27"))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "Jan-May 2016", ans.YearToDateYuan, exact("157000000.00"))
	equal(t, "growth without 2015", ans.GrowthPercent, ledger.Null)
	equal(t, "delta without 2015", ans.DeltaYuan, ledger.Null)
	equal(t, "target", ans.TargetYuan, exact("500000000"))
	equal(t, "completion", ans.CompletionPercent, exact("31.4"))
	shown(t, "time", ans.TimePercent, 2, "41.67")
	shown(t, "ahead", ans.AheadPoints, 2, "-10.27")
	if ans.Through != "2016-05" || ans.RankYear != 2015 {
		t.Errorf("through %s, rank of %d", ans.Through, ans.RankYear)
	}
	equal(t, "rank", ans.Rank, exact("2"))
	equal(t, "rank of how many", ans.RankOf, ledger.Null)

	l, both := office(t, "税收2015.xlsx", "税收2016年1-5月.xlsx")
	if ans, err = both.Tax(ctx, asof(t, l, "2016-06-27")); err != nil {
		t.Fatal(err)
	}
	equal(t, "Jan-May 2015", ans.LastYearToDateYuan, exact("194498300"))
	equal(t, "delta", ans.DeltaYuan, exact("-37498300"))
	shown(t, "growth", ans.GrowthPercent, 2, "-19.28")
	equal(t, "2015", ans.Years[0].TaxYuan, exact("434000000.00"))
	equal(t, "concentration without a total", analytics.Percent(ledger.Int(5), ledger.Int(0)), ledger.Null)
}

func TestCurvesMeetTruth(t *testing.T) {
	var want struct {
		Derived struct {
			Due map[string]map[string]ledger.Decimal `json:"percent_due"`
		} `json:"derived"`
	}
	wholeTruth(t, "序时进度2016", &want)
	l, a := office(t, "序时进度2016.csv", "经济指标.xlsx")
	if len(want.Derived.Due) != 2 {
		t.Fatal(want)
	}
	for indicator, months := range want.Derived.Due {
		for month, due := range months {
			first, err := time.Parse("2006-01", month)
			if err != nil {
				t.Fatal(err)
			}
			ans, err := a.Indicators(context.Background(), asof(t, l, first.AddDate(0, 1, 5).Format(time.DateOnly)))
			if err != nil {
				t.Fatal(err)
			}
			shown(t, indicator+" "+month, ans.Find(indicator).TimePercent, 2, due.Fixed(2))
		}
	}
}
