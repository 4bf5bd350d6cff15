package analytics

import (
	"context"
	"testing"
	"time"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// TestTheRollUpOfAreas holds every line against the sub-district's own answers, and totals against sums worked out by hand.
func TestTheRollUpOfAreas(t *testing.T) {
	l, err := ledger.New(t.Context(), testkit.Empty(t), ledger.Options{Area: "甲街道", Areas: []string{"乙街道", "丙街道", "丁街道"}, Now: func() time.Time { return testkit.Now }})
	if err != nil {
		t.Fatal(err)
	}
	months := func(year string, amounts ...string) []values {
		rows := []values{}
		for i, yuan := range amounts {
			rows = append(rows, values{"company": "同名公司", "period": year + "-0" + string(rune('1'+i)), "tax_type": "增值税", "tax_yuan": yuan})
		}
		return rows
	}
	bring := func(area string, list ...batchOf) {
		for _, b := range list {
			load(t, l.In(area), b)
		}
	}
	bring("甲街道", batchOf{ledger.Tax, "2016-06-30", append(months("2015", "100", "100"), months("2016", "150", "150")...)},
		batchOf{ledger.Targets, "2016-06-30", []values{{"indicator": "税收收入", "year": "2016", "target": "1000", "unit": "元"}}},
		batchOf{ledger.Buildings, "2016-06-30", []values{{"building": "同名大厦", "lettable_area_m2": "1000", "let_area_m2": "900"}}})
	bring("乙街道", batchOf{ledger.Tax, "2016-06-30", append(months("2015", "500", "500", "500"), months("2016", "100", "100", "100")...)},
		batchOf{ledger.Buildings, "2016-06-30", []values{{"building": "同名大厦", "lettable_area_m2": "9000", "let_area_m2": "900"}}})
	bring("丙街道", batchOf{ledger.Tax, "2016-06-30", months("2016", "20")})
	a := New(l)
	clock, err := l.Clock(t.Context(), "2016-06-30", "")
	if err != nil {
		t.Fatal(err)
	}
	q := Question{Clock: clock}
	ask := func(by string) *AreasAnswer {
		t.Helper()
		ans, err := a.Areas(context.Background(), q, by)
		if err != nil {
			t.Fatal(err)
		}
		return ans
	}
	order := func(ans *AreasAnswer) (s string) {
		for _, line := range ans.Rows {
			s += line.Area + line.Rank.String() + " "
		}
		return s
	}
	ans := ask("")
	if got := order(ans); got != "甲街道1 乙街道1 丙街道3 丁街道— " || ans.Of != 3 {
		t.Error(got, ans.Of)
	}
	if got := order(ask("growth")); got != "甲街道1 乙街道2 丙街道— 丁街道— " {
		t.Error(got)
	}
	if got := order(ask("red")); got != "甲街道— 乙街道— 丙街道— 丁街道— " {
		t.Error("no projects, no rank:", got)
	}
	for what, pair := range map[string][2]string{
		"tax":        {ans.Total.TaxYuan.String(), "620"},
		"growth":     {ans.Total.Growth.Percent.Fixed(2), "-64.71"}, // (300+300)/(200+1500), the third has no last year
		"growth of":  {ledger.Int(ans.Total.Growth.Count).String(), "2"},
		"completion": {ans.Total.Completion.Percent.Fixed(2), "30.00"}, // 300/1000: the only one with a target
		"occupancy":  {ans.Total.Occupancy.Percent.Fixed(2), "18.00"},  // 1800/10000, where the mean of 90 and 10 is 50
		"time":       {ans.Total.TimePercent.String(), "—"},            // their tax goes up to three different months
	} {
		if pair[0] != pair[1] {
			t.Errorf("total %s: %s, want %s", what, pair[0], pair[1])
		}
	}
	if len(ans.Months) != 3 || len(ans.Bases) != 1 {
		t.Error(ans.Months, ans.Bases)
	}
	for _, line := range ans.Rows {
		own := Question{Clock: clock.In(line.Area)}
		tax, err := a.Tax(context.Background(), own)
		if err != nil {
			t.Fatal(err)
		}
		if tax.YearToDateYuan.String() != line.TaxYuan.String() || tax.GrowthPercent.String() != line.Growth.Percent.String() || tax.Through != line.Through {
			t.Errorf("%s: %+v, its own page says %s %s", line.Area, line, tax.YearToDateYuan, tax.GrowthPercent)
		}
	}
	if n := len(ans.Table().Rows); n != 5 {
		t.Errorf("%d rows", n)
	}
	if _, err := a.Areas(context.Background(), q, "nonsense"); ledger.AsError(err).Kind != ledger.Invalid {
		t.Error(err)
	}
	// Another basis: tax is neither added nor ranked by.
	bring("丁街道", batchOf{ledger.Tax, "2016-06-30", []values{{"company": "丁公司", "period": "2016-01", "tax_yuan": "9000", "basis": "区级"}}})
	if ans := ask("tax"); ans.Of != 0 || ans.Total.TaxYuan.Valid() || len(ans.Bases) != 2 {
		t.Errorf("%d ranked, %s in all, bases %v", ans.Of, ans.Total.TaxYuan, ans.Bases)
	}
}
