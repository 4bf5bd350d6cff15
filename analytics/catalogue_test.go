package analytics_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/internal/testkit"
	"taizhang/internal/text"
	"taizhang/ledger"
)

func TestEveryIndicatorHasItsWorkedExample(t *testing.T) {
	seen := map[string]bool{}
	for _, i := range analytics.Indicators {
		if seen[i.ID] {
			t.Errorf("%s is declared twice", i.ID)
		}
		seen[i.ID] = true
		for _, part := range []string{"", ".formula", ".edges"} {
			if !text.Known("indicator." + i.ID + part) {
				t.Errorf("no phrase indicator.%s%s", i.ID, part)
			}
		}
		if i.Formula == nil {
			if i.Want != "" {
				t.Errorf("%s has an example and no formula", i.ID)
			}
			continue
		}
		var in []ledger.Decimal
		for _, w := range i.Worked {
			in = append(in, ledger.MustDecimal(w))
		}
		if got := i.Formula(in...).Round(2).String(); got != i.Want {
			t.Errorf("%s of %v is %s, want %s", i.ID, i.Worked, got, i.Want)
		}
	}
	for _, key := range text.Keys() {
		id, _, _ := strings.Cut(strings.TrimPrefix(key, "indicator."), ".")
		if strings.HasPrefix(key, "indicator.") && !seen[id] {
			t.Errorf("%s names no indicator", key)
		}
	}
}

// TestTheCatalogueShowsWhatThePagesShow holds every figure against its own formula over what it was computed from, and the seeds against the figures.
func TestTheCatalogueShowsWhatThePagesShow(t *testing.T) {
	l, a := office(t, "项目台账.xlsx", "税收2015.xlsx", "税收2016年1-5月.xlsx", "楼宇与入驻企业.xlsx", "安置房交付.xlsx", "招商项目.csv", "经济指标.xlsx", "督办事项.xlsx")
	ans, err := a.Catalogue(context.Background(), asof(t, l, "2016-07-04"))
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]analytics.CatalogueFigure{}
	for n, f := range ans.Figures {
		byID[f.ID] = f
		i := analytics.Indicators[n]
		if f.Each != (f.Value.Valid() == false && f.Period == "") {
			t.Errorf("%s: each %v, value %s, period %q", f.ID, f.Each, f.Value, f.Period)
		}
		if !f.Each && len(f.Batches) == 0 {
			t.Errorf("%s was read from nothing", f.ID)
		}
		if i.Formula == nil || len(f.From) == 0 || slices.ContainsFunc(f.From, func(d ledger.Decimal) bool { return !d.Valid() }) {
			continue
		}
		if got := i.Formula(f.From...); got.Cmp(f.Value) != 0 {
			t.Errorf("%s: the page shows %s, its formula gives %s of %v", f.ID, f.Value, got, f.From)
		}
	}
	tax, err := a.Tax(context.Background(), asof(t, l, "2016-07-04"))
	if err != nil {
		t.Fatal(err)
	}
	housing, err := a.Resettlement(context.Background(), asof(t, l, "2016-07-04"))
	if err != nil {
		t.Fatal(err)
	}
	actions, err := a.Actions(context.Background(), analytics.ActionsQuestion{Question: asof(t, l, "2016-07-04")})
	if err != nil {
		t.Fatal(err)
	}
	cockpit, err := a.Cockpit(context.Background(), asof(t, l, "2016-07-04"))
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]ledger.Decimal{"ppc": actions.Week.PPC.Percent, "closure": actions.Week.Closure.Percent, "on_time": cockpit.Actions.OnTimeRate.Percent,
		"tax_year_to_date": ledger.MustDecimal("157000000"), "tax_growth": tax.GrowthPercent, "tax_ahead": tax.AheadPoints, "owed_units": housing.Totals.OwedUnits} {
		if byID[id].Value.Cmp(want) != 0 {
			t.Errorf("%s is %s, want %s", id, byID[id].Value, want)
		}
	}
	if f := byID["tax_month"]; f.Period != "2016-05" || f.Value.Cmp(tax.Months[4].TaxYuan) != 0 {
		t.Errorf("tax of the month: %+v", f)
	}
}

func TestTheCatalogueOfAnEmptyRecord(t *testing.T) {
	l, a := ownOffice(t)
	ans, err := a.Catalogue(context.Background(), asof(t, l, "2016-07-04"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range ans.Figures {
		if f.Value.Valid() && f.Value.Sign() != 0 {
			t.Errorf("%s of nothing is %s", f.ID, f.Value)
		}
	}
}

func TestDoublings(t *testing.T) {
	d := ledger.MustDecimal
	for _, c := range []struct{ base, now, want string }{{"1", "4", "2"}, {"1", "2", "1"}, {"3", "3", "0"}, {"1.59", "4.34", "1.448668"}, {"1", "1000", "9.965784"}, {"2", "1", "—"}, {"0", "1", "—"}, {"-1", "1", "—"}} {
		if got := analytics.Doublings(d(c.base), d(c.now)).Round(6).String(); got != c.want && !(c.want == "—" && !analytics.Doublings(d(c.base), d(c.now)).Valid()) {
			t.Errorf("%s to %s: %s, want %s", c.base, c.now, got, c.want)
		}
	}
}

// TestTheCatalogueIsDocumented keeps docs/indicators.md as it follows from the declarations.
func TestTheCatalogueIsDocumented(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Indicators 指标目录\n\nWritten by `go test ./analytics -run CatalogueIsDocumented -update` from the declarations in analytics/catalogue_list.go. `/indicators/catalogue` shows the same with the figures.\n")
	page := ""
	for _, i := range analytics.Indicators {
		if i.Page != page {
			page = i.Page
			fmt.Fprintf(&b, "\n## `%s`\n", page)
		}
		fmt.Fprintf(&b, "\n### %s · %s\n`%s`", i.Name().Zh, i.Name().En, i.ID)
		if i.Unit != "" {
			fmt.Fprintf(&b, ", %s", i.Unit)
		}
		fmt.Fprintf(&b, "\n\n- 公式：%s\n- Formula: %s\n- 口径与边界：%s\n- Edge cases: %s\n", i.Says().Zh, i.Says().En, i.Edges().Zh, i.Edges().En)
		if i.Formula != nil {
			fmt.Fprintf(&b, "- 算例 Example: %s\n", i.Example())
		}
	}
	testkit.Golden(t, "../../docs/indicators.md", []byte(b.String()))
}
