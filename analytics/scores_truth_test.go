package analytics_test

import (
	"context"
	"slices"
	"testing"

	"taizhang/analytics"
)

func TestScoresMeetTruth(t *testing.T) {
	type rankTruth struct {
		Population int64
		Average    string
		Totals     map[string][3]float64
	}
	want := truth[struct {
		Rankings  map[string]map[string]rankTruth
		Draws     map[string][]string
		Sanctions map[string]int64
		TopTen    [2]int64 `json:"top_ten_2015"`
	}](t, "网格考核2016")
	l, a := office(t, "网格考核2016.xlsx")
	for kind, periods := range want.Rankings {
		for _, month := range []int{5, 6} {
			q := asof(t, l, "2016-06-27")
			q.Month = month
			ans, err := a.Scores(context.Background(), analytics.ScoresQuestion{Question: q, Kind: kind})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range []analytics.ScoreRanking{ans.Month, ans.WholeYear} {
				w := periods[r.Period]
				if r.Population != w.Population || r.Average.Round(6).String() != w.Average {
					t.Errorf("%s %s: %d %s, want %d %s", kind, r.Period, r.Population, r.Average, w.Population, w.Average)
				}
				for _, line := range r.Lines {
					if !line.Rank.Valid() {
						continue
					}
					rank, _ := line.Rank.Float()
					total, _ := line.Total.Round(6).Float()
					composite, _ := line.Composite.Round(6).Float()
					if got := [3]float64{rank, total, composite}; got != w.Totals[line.Subject] {
						t.Errorf("%s %s %s: %v, want %v", kind, r.Period, line.Subject, got, w.Totals[line.Subject])
					}
				}
			}
			for _, m := range ans.Measures {
				same(t, m.Measure, m.Count, want.Sanctions[m.Measure])
			}
			if top := analytics.TopTen(ans.Published, "示例街道", 2015); top.Numerator.Big().IntPart() != want.TopTen[0] || top.Denominator.Big().IntPart() != want.TopTen[1] {
				t.Errorf("among the first ten: %+v", top)
			}
		}
	}
	for name, result := range want.Draws {
		ans, err := a.Draw(context.Background(), asof(t, l, "2016-06-27"), name)
		if err != nil {
			t.Fatal(err)
		}
		slices.Reverse(ans.Names) // the order of the list does not matter
		again, err := ans.Repeat(ans.Names)
		if err != nil || !slices.Equal(again, result) || !slices.Equal(ans.Result, result) || !ans.Proven || len(ans.Missing)+len(ans.Added) != 0 {
			t.Errorf("%s: %v %v, want %v; roster %v %v", name, again, err, result, ans.Missing, ans.Added)
		}
	}
	strip, err := a.ScoreStrip(context.Background(), asof(t, l, "2016-06-27"))
	if err != nil || strip.Drawn != 9 || strip.Sanctions != 9 || strip.Ranked != 59 {
		t.Errorf("%+v %v", strip, err)
	}
}
