package analytics_test

import (
	"context"
	"encoding/json"
	"testing"

	"taizhang/analytics"
	"taizhang/ledger"
)

type actionsTruth struct {
	Derived struct {
		AsOf         string `json:"as_of"`
		Made         int64  `json:"made"`
		Closed       int64  `json:"closed"`
		ClosedOnTime int64  `json:"closed_on_time"`
		Open         int64  `json:"open"`
		Overdue      []any  `json:"overdue"`
		ClosureRate  struct {
			Percent string `json:"pct"`
		} `json:"closure_rate"`
		PPC struct {
			Numerator   int64  `json:"numerator"`
			Denominator int64  `json:"denominator"`
			Percent     string `json:"pct"`
		} `json:"ppc"`
	} `json:"derived"`
}

func TestCockpitAgreesWithItsPages(t *testing.T) {
	var want actionsTruth
	wholeTruth(t, "督办事项", &want)
	files := append(projectFiles(), "经济指标.xlsx", "招商项目.csv", "楼宇与入驻企业.xlsx", "安置房交付.xlsx", "税收2015.xlsx", "税收2016年1-5月.xlsx")
	l, a := office(t, files...)
	ctx, q := context.Background(), asof(t, l, "2016-06-30")
	ans, err := a.Cockpit(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	kpi := map[string]analytics.KPI{}
	order := ""
	for _, k := range ans.KPIs {
		kpi[k.ID] = k
		order += k.ID + " "
	}
	if order != "tax paid_in projects resettlement occupancy actions " {
		t.Errorf("figures %s", order)
	}
	equal(t, "tax", kpi["tax"].Value, exact("157000000"))
	equal(t, "tax bar", kpi["tax"].BarPercent, exact("31.4"))
	shown(t, "tax tick", kpi["tax"].TickPercent, 2, "41.67")
	equal(t, "paid in", kpi["paid_in"].Value, exact("723160000"))
	equal(t, "housing to deliver", kpi["resettlement"].Value, exact("3684"))
	shown(t, "housing bar", kpi["resettlement"].BarPercent, 2, "14.29")
	// 97823 of 110000 m2: the four buildings whose lettable and let areas both stand in the record.
	shown(t, "occupancy", kpi["occupancy"].Value, 2, "88.93")
	projects, err := a.Projects(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	compareUnderWay(t, ans, projects)
	if len(ans.Resettlement) != 6 || len(ans.Leaders) == 0 {
		t.Errorf("%d blocks, %d leaders", len(ans.Resettlement), len(ans.Leaders))
	}
	if body, err := json.Marshal(ans); err != nil || len(ans.Foot().Batches) != len(files) {
		t.Errorf("%d bytes, %v, stands on %d of %d files", len(body), err, len(ans.Foot().Batches), len(files))
	}
	if ans, err = a.Cockpit(ctx, asof(t, l, want.Derived.AsOf)); err != nil {
		t.Fatal(err)
	}
	compareActions(t, ans.Actions, want)
}

func compareActions(t *testing.T, got analytics.ActionCounts, want actionsTruth) {
	t.Helper()
	w := want.Derived
	if got.Made != w.Made || got.Closed != w.Closed || got.ClosedOnTime != w.ClosedOnTime || got.Open != w.Open || got.Overdue != int64(len(w.Overdue)) {
		t.Errorf("actions %+v, want %+v", got, w)
	}
	equal(t, "on time", got.OnTimeRate.Numerator, ledger.Int(w.PPC.Numerator))
	equal(t, "due", got.OnTimeRate.Denominator, ledger.Int(w.PPC.Denominator))
	shown(t, "on time", got.OnTimeRate.Percent, 2, w.PPC.Percent)
	shown(t, "closed", got.ClosedRate.Percent, 2, w.ClosureRate.Percent)
}

func compareUnderWay(t *testing.T, ans *analytics.CockpitAnswer, projects *analytics.ProjectsAnswer) {
	t.Helper()
	done := 0
	for _, p := range projects.Items {
		if p.Stage == "已完工" || p.ActualFinish.Known() {
			done++
		}
	}
	if ans.UnderWay != len(projects.Items)-done || ans.UnderWay == 0 {
		t.Errorf("%d projects under way of %d, %d done", ans.UnderWay, len(projects.Items), done)
	}
	if n := ans.Lights.Red + ans.Lights.Yellow + ans.Lights.Green + ans.Lights.Grey; n != ans.UnderWay || len(ans.Red) != ans.Lights.Red {
		t.Errorf("%d lights, %d red, of %d", n, len(ans.Red), ans.UnderWay)
	}
}
