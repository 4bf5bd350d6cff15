package analytics_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// truthOf reads what the truth of a sample derives.
func truthOf(t *testing.T, name string, into any) {
	t.Helper()
	content, err := os.ReadFile(testkit.Sample("truth/" + name + ".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &struct{ Derived any }{into}); err != nil {
		t.Fatal(err)
	}
}

// TestGridsMeetTheirTruth: 83 grids of duty, 18 key areas, 4.4 km², 66 and 20 thousand people, 500余 of seven forces; gaps and owners of two days.
func TestGridsMeetTheirTruth(t *testing.T) {
	var want struct {
		Duty        int                 `json:"duty_grids"`
		KeyAreas    int                 `json:"key_areas"`
		Communities int                 `json:"communities"`
		Km2         json.Number         `json:"area_km2"`
		Residents   json.Number         `json:"residents"`
		Floating    json.Number         `json:"floating"`
		Heads       string              `json:"heads"`
		PerGrid     json.Number         `json:"people_per_grid"`
		Lacking     map[string][]string `json:"no_third_owner"`
		Owners      map[string][]string `json:"owners_of_康桥01网格"`
	}
	truthOf(t, "网格台账", &want)
	l, a := office(t, "网格台账.xlsx")
	for day, lacking := range want.Lacking {
		ans, err := a.Grids(context.Background(), analytics.GridsQuestion{Question: asof(t, l, day)})
		if err != nil {
			t.Fatal(err)
		}
		tot := ans.Totals
		if tot.Grids != want.Duty || tot.KeyAreas != want.KeyAreas || tot.Communities != want.Communities || tot.AreaM2.Div(ledger.Int(1_000_000)).String() != want.Km2.String() ||
			tot.Residents.String() != want.Residents.String() || tot.Floating.String() != want.Floating.String() || tot.PeoplePerGrid.Fixed(0) != want.PerGrid.String() ||
			tot.Forces != 7 || tot.Heads.String()+"余" != want.Heads || tot.HeadsQualifier != ledger.MarkAtLeast {
			t.Errorf("%s: %+v, want %+v", day, tot, want)
		}
		found := map[string]bool{}
		for _, g := range ans.Gaps {
			if g.Kind == analytics.GapNoOwner && g.Level == ledger.GridLevelThird {
				found[g.Grid] = true
			}
		}
		for _, grid := range lacking {
			if !found[grid] {
				t.Errorf("%s: %s has an owner", day, grid)
			}
		}
		if len(found) != len(lacking) {
			t.Errorf("%s: %v lack an owner, want %v", day, found, lacking)
		}
	}
	for day, owners := range want.Owners {
		ans, err := a.Grids(context.Background(), analytics.GridsQuestion{Question: asof(t, l, day), Community: "康桥社区"})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, level := range ledger.GridLevels {
			got = append(got, ans.Grids[0].At(level))
		}
		if ans.Grids[0].Grid != "康桥01网格" || strings.Join(got, " ") != strings.Join(owners, " ") {
			t.Errorf("%s: %s %v, want %v", day, ans.Grids[0].Grid, got, owners)
		}
	}
}

// TestCountersMeetTheirTruth: every published figure with its qualifier, 476 = 277 + 199, 28.77 = 26.51 + 2.26, the lines behind four counters.
func TestCountersMeetTheirTruth(t *testing.T) {
	var want struct {
		Counters map[string][]string
		Sums     [][]string
		Broken   struct{ Day, Total, Parts, Difference string }
		Lines    map[string][]any
		Months   map[string][]int64
	}
	truthOf(t, "执法统计", &want)
	l, a := office(t, "执法统计.xlsx")
	ans, err := a.Enforcement(context.Background(), analytics.EnforcementQuestion{Question: asof(t, l, "2016-06-27")})
	if err != nil {
		t.Fatal(err)
	}
	if len(ans.Counters) != len(want.Counters) || len(want.Counters) != 25 {
		t.Errorf("%d counters, want %d", len(ans.Counters), len(want.Counters))
	}
	for name, w := range want.Counters {
		c, ok := ans.Named(name)
		mark := strings.HasSuffix(w[2], "余") || strings.HasSuffix(w[2], "多")
		if !ok || c.Group != w[0] || c.Latest.Written != w[2] || (c.Latest.Qualifier == ledger.MarkAtLeast) != mark || c.Latest.Cell == "" || c.Latest.File != "执法统计.xlsx" {
			t.Errorf("%s: %+v, want %v", name, c.Latest, w)
		}
	}
	sums := map[string]string{}
	for _, s := range ans.Sums {
		if s.Counted == ledger.CountedAll {
			sums[s.Total] = fmt.Sprint(s.Figure.Value, " ", s.Parts[0].Figure.Value, " + ", s.Parts[1].Figure.Value, " ", s.Holds)
		}
	}
	for _, w := range want.Sums {
		if sums[w[0]] != w[1]+" "+w[2]+" true" {
			t.Errorf("%s: %s, want %v", w[0], sums[w[0]], w)
		}
	}
	b := ans.Sums[0]
	if b.Holds || b.AsOf.String() != want.Broken.Day || b.Figure.Value.String() != want.Broken.Total || b.Sum.String() != want.Broken.Parts || b.Difference.String() != want.Broken.Difference || b.Figure.Cell != "E42" || ans.Sums[1].Holds == false {
		t.Errorf("%+v", b)
	}
	for _, ledgerOf := range ans.Ledgers {
		for _, h := range []analytics.CounterHeld{ledgerOf.Lines, ledgerOf.Quantity} {
			w := want.Lines[h.Counter]
			if len(w) != 2 || !h.Holds || h.Figure.Written != fmt.Sprint(w[0]) || h.Found.String() != fmt.Sprint(w[1]) {
				t.Errorf("%s: %+v, want %v", h.Counter, h, w)
			}
		}
	}
	for name, months := range want.Months {
		c, _ := ans.Named(name)
		for i, n := range months {
			if got := c.Shown().Figures[i].Single; got.Cmp(ledger.Int(n)) != 0 {
				t.Errorf("%s in month %d: %s, want %d", name, i+1, got, n)
			}
		}
	}
}
