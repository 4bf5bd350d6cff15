package analytics_test

import (
	"context"
	"slices"
	"testing"

	"taizhang/analytics"
)

type scheduleTruth struct {
	Asof     string `json:"as_of"`
	Projects []struct {
		Project      string `json:"project"`
		Deadline     string `json:"deadline"`
		Finish       string `json:"finish"`
		Past         int64  `json:"days_past_deadline"`
		CanBeMet     bool   `json:"can_be_met"`
		MinFloat     int64  `json:"min_total_float"`
		MinFloatOpen int64  `json:"min_total_float_open"`
		Rule4        string `json:"light_rule4"`
		Critical     []int  `json:"critical_nodes"`
		CriticalOpen []int  `json:"critical_nodes_open"`
		Nodes        []struct {
			No           int              `json:"no"`
			Name         string           `json:"name"`
			Days         int64            `json:"days"`
			Predecessors []int            `json:"predecessors"`
			Owner        string           `json:"owner"`
			PlanStart    string           `json:"plan_start"`
			PlanFinish   string           `json:"plan_finish"`
			ActualFinish *string          `json:"actual_finish"`
			LatestStart  string           `json:"latest_start"`
			LatestFinish string           `json:"latest_finish"`
			Float        int64            `json:"total_float"`
			DaysLate     map[string]int64 `json:"days_late"`
		} `json:"nodes"`
	} `json:"projects"`
}

func TestScheduleMeetsTruth(t *testing.T) {
	want := truth[scheduleTruth](t, "倒排工期")
	l, a := office(t, projectFiles()...)
	for _, day := range []string{"2016-06-03", "2016-06-10", "2016-06-17", "2016-06-24"} {
		got, err := a.Schedule(context.Background(), asof(t, l, day))
		if err != nil {
			t.Fatal(err)
		}
		same(t, "plans", len(got.Plans), len(want.Projects))
		for _, w := range want.Projects {
			i := slices.IndexFunc(got.Plans, func(p analytics.Plan) bool { return p.Project == w.Project })
			if i < 0 {
				t.Errorf("no plan of %s", w.Project)
				continue
			}
			p := got.Plans[i]
			same(t, w.Project, []any{p.Deadline, p.Finish, number(p.DaysPastDeadline), *p.CanBeMet, number(p.MinFloat), number(p.MinFloatOpen), p.Critical, p.CriticalOpen},
				[]any{w.Deadline, w.Finish, w.Past, w.CanBeMet, w.MinFloat, w.MinFloatOpen, w.Critical, w.CriticalOpen})
			same(t, w.Project+" rule 4", colorOf(p.Light, "rule4"), w.Rule4)
			same(t, w.Project+" nodes", len(p.Nodes), len(w.Nodes))
			for k, n := range p.Nodes {
				node := w.Nodes[k]
				actual := ""
				if node.ActualFinish != nil {
					actual = *node.ActualFinish
				}
				same(t, w.Project+" "+node.Name, []any{n.No, n.Node, number(n.Duration), n.Predecessors, n.Owner, n.PlanStart, n.PlanFinish, n.ActualFinish,
					n.LatestStart, n.LatestFinish, number(n.TotalFloat), number(n.DaysLate)},
					[]any{node.No, node.Name, node.Days, node.Predecessors, node.Owner, node.PlanStart, node.PlanFinish, actual,
						node.LatestStart, node.LatestFinish, node.Float, node.DaysLate[day]})
			}
		}
	}
}
