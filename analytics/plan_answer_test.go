package analytics

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"taizhang/ledger"
)

// approvedOffice is the small office with an approved baseline and handed-over leads.
func approvedOffice() []batchOf {
	return append(smallOffice(), batchOf{ledger.Assignments, "2016-07-01", terms()}, batchOf{ledger.Baselines, "2016-05-01", []values{
		{"project": "甲村改造", "number": "第1次", "approved_on": "2016-05-01", "approved_by": "张主任", "reason": "年度计划", "node_no": "1", "node": "封顶", "finish": "2016-07-14"},
	}})
}

func TestOnePlanIsThatOfTheOverview(t *testing.T) {
	a := projectRecord(t, approvedOffice())
	for _, day := range []string{"2016-06-10", "2016-06-24", "2016-08-01"} {
		q := on(t, a, day)
		all, err := a.Schedule(context.Background(), q)
		if err != nil || len(all.Plans) != 2 {
			t.Fatal(len(all.Plans), err)
		}
		for _, want := range all.Plans {
			for _, name := range []string{want.Key, want.Project, " " + want.Project} {
				got, err := a.Plan(context.Background(), PlanQuestion{Question: q, Project: name})
				if err != nil {
					t.Fatal(name, err)
				}
				if g, w := asJSON(t, got.Plan), asJSON(t, want); g != w {
					t.Errorf("%s on %s:\n%s\nin the overview:\n%s", name, day, g, w)
				}
			}
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAPlanIsHeldAgainstTheBaselineChosen(t *testing.T) {
	a := projectRecord(t, approvedOffice())
	q := PlanQuestion{Question: on(t, a, "2016-06-24"), Project: "甲村改造"}
	for chosen, want := range map[string]string{"": "2016-07-14", "第1次": "2016-07-14", FirstPlan: "2016-07-20"} {
		q.Baseline = chosen
		got, err := a.Plan(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if b := got.Chosen(); b.Nodes[0].Finish.String() != want || got.Nodes[0].BaselineFinish.String() != want {
			t.Errorf("against %q: %s and %s, want %s", chosen, b.Nodes[0].Finish, got.Nodes[0].BaselineFinish, want)
		}
	}
	if next := NextNumber([]Baseline{{Number: "第2次", Approved: true}, {}}); next != "第3次" {
		t.Errorf("the next number is %s: 第2次 is taken", next)
	}
}

func TestAPlanCountsInTheDaysAskedFor(t *testing.T) {
	a := projectRecord(t, smallOffice())
	q := PlanQuestion{Question: on(t, a, "2016-06-24"), Project: "甲村改造", Days: DaysWorking}
	got, err := a.Plan(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	// By hand: 2016-12-31 is a Saturday, so 20 working days end on Friday the 30th and begin on Monday the 5th; the 30 before them begin on October 24th.
	last, before := got.Proposal.Nodes[4], got.Proposal.Nodes[3]
	for what, pair := range map[string][2]string{"end": {last.Finish.String(), "2016-12-30"}, "handover": {last.Start.String(), "2016-12-05"},
		"acceptance ends": {before.Finish.String(), "2016-12-02"}, "acceptance": {before.Start.String(), "2016-10-24"}} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %s, want %s", what, pair[0], pair[1])
		}
	}
	if !got.WorkingDays {
		t.Error("the answer does not say that it counts working days")
	}
	q.Days = DaysCalendar
	if got, err = a.Plan(context.Background(), q); err != nil || got.WorkingDays || got.Proposal.Nodes[4].Start.String() != "2016-12-12" {
		t.Errorf("calendar days: %v %+v", err, got.Proposal)
	}
}

func TestWhatPlanRefuses(t *testing.T) {
	a := projectRecord(t, smallOffice())
	for _, c := range []struct {
		project, days, baseline string
		want                    ledger.ErrorKind
	}{{"无此项目", "", "", "not_found"}, {"乙大厦", "", "", "not_found"}, {"甲村改造", "weeks", "", "invalid"}, {"甲村改造", "", "第9次", "not_found"}} {
		q := PlanQuestion{Question: on(t, a, "2016-06-24"), Project: c.project, Days: c.days}
		q.Baseline = c.baseline
		_, err := a.Plan(context.Background(), q)
		var e *ledger.Error
		if !errors.As(err, &e) || e.Kind != c.want {
			t.Errorf("%+v: %v, want %s", c, err, c.want)
		}
	}
	got, err := a.Plan(context.Background(), PlanQuestion{Question: on(t, a, "2016-06-24"), Project: "丁园"})
	if err != nil || got.ProblemZh == "" || got.Proposal != nil {
		t.Errorf("a plan that runs in a circle: %v %+v", err, got)
	}
}
