package analytics_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"taizhang/analytics"
	"taizhang/ledger"
)

// planningFiles are all samples that a project's page is read from.
func planningFiles() []string {
	return append(projectFiles(), "问题台账.xlsx", "分包安排.xlsx", "计划基线.csv", "状态灯人工调整.csv", "工作日历2016.xlsx")
}

// TestOneProjectReadAloneIsThatOfAll holds every third project read alone against its line and its plan among all, on two days, under two baselines.
func TestOneProjectReadAloneIsThatOfAll(t *testing.T) {
	l, a := office(t, planningFiles()...)
	checkAlone(t, a, asof(t, l, "2016-06-13"))
	q := asof(t, l, "2016-06-27")
	q.Baseline = analytics.FirstPlan
	checkAlone(t, a, q)
}

func checkAlone(t *testing.T, a *analytics.Analytics, q analytics.Question) {
	t.Helper()
	ctx := context.Background()
	all, err := a.Projects(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	schedule, err := a.Schedule(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	if len(all.Items) == 0 || len(schedule.Plans) == 0 {
		t.Fatal("nothing stands on the day")
	}
	every := 3 // a page takes twenty statements
	if testing.Short() {
		every = 9
	}
	for i, item := range all.Items {
		if i%every != 0 {
			continue
		}
		name := item.Key
		if i%2 == 1 {
			name = " " + item.Project // another spelling
		}
		one, err := a.Project(ctx, q, name)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		alike(t, item.Project, one.ProjectItem, item)
		if at := slices.IndexFunc(schedule.Plans, func(p analytics.Plan) bool { return p.Key == item.Key }); at >= 0 {
			alike(t, item.Project+", plan", one.Plan, schedule.Plans[at])
		} else if one.Plan != nil {
			t.Errorf("%s has a plan of its own", item.Project)
		}
	}
}

// alike holds two answers against each other as they are sent.
func alike(t *testing.T, what string, got, want any) {
	t.Helper()
	g, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	w, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if string(g) != string(w) {
		t.Errorf("%s read alone:\n%s\nwant\n%s", what, g, w)
	}
}

// TestChangesOfOneProject holds the week of every project against what /changes tells of it, ledger by ledger, and learns late what
// was imported after the earlier day.
func TestChangesOfOneProject(t *testing.T) {
	l, a := office(t, planningFiles()...)
	ctx, q := context.Background(), asof(t, l, "2016-06-27")
	all, err := a.Projects(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for i, item := range all.Items {
		if i%3 != 0 {
			continue
		}
		one, err := a.Project(ctx, q, item.Key)
		if err != nil {
			t.Fatal(err)
		}
		total += len(one.Since.Changes)
		if one.Since.From.String() != "2016-06-20" || one.Since.Late != nil {
			t.Errorf("%s since %s; learned late before there was a record: %v", item.Project, one.Since.From, one.Since.Late)
		}
		for _, d := range []*ledger.Dataset{ledger.Progress, ledger.Milestones, ledger.Projects, ledger.Issues, ledger.Actions} {
			ask := analytics.ChangesQuestion{Question: q, Dataset: d, From: one.Since.From.Time(), Filter: ledger.Filter{"project": item.Project}}
			if d == ledger.Progress {
				ask.Latest = "project"
			}
			told, err := a.Changes(ctx, ask)
			if err != nil {
				t.Fatal(err)
			}
			of := []ledger.Difference{}
			for _, c := range one.Since.Changes {
				if c.Dataset == d.Name {
					of = append(of, c)
				}
			}
			alike(t, item.Project+", changes of "+d.Name, of, told.Changes)
		}
	}
	if total < 5 {
		t.Errorf("only %d changes in a week", total)
	}
}
