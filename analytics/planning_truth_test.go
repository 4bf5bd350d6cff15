package analytics_test

import (
	"context"
	"testing"
)

type baselineTruth struct {
	Asof     string `json:"as_of"`
	Projects map[string][]struct {
		Number   string `json:"number"`
		Approved string `json:"approved_on"`
		Start    int64  `json:"start"`
		Finish   int64  `json:"finish"`
	} `json:"projects"`
}

func TestBaselinesMeetTruth(t *testing.T) {
	want := truth[baselineTruth](t, "计划基线")
	l, a := office(t, append(projectFiles(), "计划基线.csv")...)
	for project, list := range want.Projects {
		got, err := a.Project(context.Background(), asof(t, l, want.Asof), project)
		if err != nil {
			t.Fatal(err)
		}
		same(t, project+" baselines", len(got.Baselines), len(list))
		for i, w := range list {
			b := got.Baselines[i]
			same(t, project, []any{b.Number, b.ApprovedOn, number(b.StartVariance), number(b.FinishVariance)}, []any{w.Number, w.Approved, w.Start, w.Finish})
		}
		same(t, project+" is held against", got.Plan.Baseline, list[0].Number)
	}
}

func TestLightsSetByHandMeetTruth(t *testing.T) {
	want := truth[struct {
		Lights map[string]map[string][2]string `json:"lights"`
	}](t, "状态灯人工调整")
	l, a := office(t, append(projectFiles(), "状态灯人工调整.csv")...)
	for day, lights := range want.Lights {
		got, err := a.Projects(context.Background(), asof(t, l, day))
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, item := range got.Items {
			if w, ok := lights[item.Project]; ok {
				found++
				same(t, day+" "+item.Project, []any{item.Light.Color, item.Light.Computed}, []any{w[0], w[1]})
			}
		}
		same(t, day+" projects", found, len(lights))
	}
}
