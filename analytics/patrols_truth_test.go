package analytics_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"taizhang/analytics"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

type patrolTruth struct {
	Asof                  string
	Patrols, Issues, Fine int64
	Types                 map[string]int64 `json:"by_type"`
	States                map[string]int64 `json:"by_state"`
	Due                   int64
	OnTime                int64                       `json:"on_time"`
	Overdue               []string                    // number and days
	Repeats               map[string]int64            `json:"repeat_places_30_days"`
	Walked                int64                       `json:"duty_grids_walked"`
	Never                 []string                    `json:"duty_grids_never_walked"`
	Communities           map[string]map[string]int64 `json:"by_community"`
}

// TestPatrolsMeetTheirTruth imports the grids and the month of patrols and answers on the day of the demonstration.
func TestPatrolsMeetTheirTruth(t *testing.T) {
	testkit.Unraced(t)
	l, a := ownOffice(t, "网格台账.xlsx", "巡查问题类型.xlsx", "网格巡查记录2016年6月.xlsx")
	want := truth[patrolTruth](t, "网格巡查记录2016年6月")
	ans, err := a.Patrols(context.Background(), analytics.PatrolsQuestion{Question: asof(t, l, want.Asof)})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "patrols", []int64{ans.Totals.Patrols, ans.Totals.Findings, ans.Totals.Patrols - ans.Totals.Findings}, []int64{want.Patrols, want.Issues, want.Fine})
	same(t, "on time", []string{ans.Totals.OnTime.Numerator.String(), ans.Totals.OnTime.Denominator.String()}, []string{fmt.Sprint(want.OnTime), fmt.Sprint(want.Due)})
	states, types, communities := map[string]int64{}, map[string]int64{}, map[string]map[string]int64{}
	for s, n := range ans.Totals.States {
		states[s.Word()] = n
	}
	same(t, "states", states, want.States)
	for _, s := range ans.Types {
		types[s.Name] = s.Findings
	}
	same(t, "types", types, want.Types)
	for _, s := range ans.Communities {
		communities[s.Name] = map[string]int64{"patrols": s.Patrols}
		for name, n := range map[string]int64{"issues": s.Findings, "due": s.OnTime.Count, "on_time": s.OnTime.Numerator.Big().IntPart()} {
			if n > 0 {
				communities[s.Name][name] = n
			}
		}
	}
	same(t, "communities", communities, want.Communities)
	var overdue []string
	for _, line := range ans.Items {
		if line.Overdue > 0 {
			overdue = append(overdue, fmt.Sprint(line.Number, " ", line.Overdue))
		}
	}
	slices.Sort(overdue)
	slices.Sort(want.Overdue)
	same(t, "overdue", overdue, want.Overdue)
	repeats := map[string]int64{}
	for _, r := range ans.Repeats {
		repeats[r.Where()] = r.Findings
	}
	same(t, "repeats", repeats, want.Repeats)
	var never []string
	for _, g := range ans.Weeks {
		var walked int64
		for _, n := range g.Patrols {
			walked += n
		}
		if walked == 0 && g.Kind == ledger.GridOfDuty {
			never = append(never, g.Grid)
		}
	}
	slices.Sort(never)
	slices.Sort(want.Never)
	same(t, "grids that nobody walked", never, want.Never)
}
