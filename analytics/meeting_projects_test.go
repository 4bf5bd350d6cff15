package analytics

import (
	"context"
	"encoding/json"
	"testing"

	"taizhang/ledger"
)

// TestBothEndsAreThoseOfTheProjects holds the projects read for a meeting against those read alone, under clocks between which
// nothing, a week, a plan, a light or something late has moved, and over an undo.
func TestBothEndsAreThoseOfTheProjects(t *testing.T) {
	a := ownProjectRecord(t, smallOffice())
	early := load(t, a.ledger, batchOf{ledger.Overrides, "2016-06-18", []values{
		{"project": "甲村改造", "light": "绿灯", "reason": "已批复", "person": "张主任", "from": "2016-06-18", "until": "2016-06-22"}}})
	snapshot := early.CommittedAt
	late := load(t, a.ledger, batchOf{ledger.Progress, "2016-06-16", []values{{"project": "丙路", "report_date": "2016-06-16", "percent": "3"}}})
	load(t, a.ledger, batchOf{ledger.Milestones, "2016-06-22", []values{
		{"project": "甲村改造", "node_no": "1", "node": "封顶", "duration_days": 200, "plan_start": "2016-01-03", "plan_finish": "2016-07-20", "forecast_finish": "2016-08-20", "deadline": "2016-12-31"}}})
	load(t, a.ledger, batchOf{ledger.Assignments, "2016-06-01", []values{{"project": "丙路", "leaders": []string{"王委员"}, "section": "城管科", "from": "2016-06-01"}}})
	compare := func(name string, before, now ledger.Clock) {
		t.Helper()
		ctx, q, earlier := context.Background(), Question{Clock: now}, Question{Clock: before}
		moved, err := a.movements(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		got, was, err := a.portfolios(ctx, q, earlier, moved)
		if err != nil {
			t.Fatal(err)
		}
		for _, end := range []struct {
			name string
			q    Question
			got  *portfolio
		}{{"now", q, got}, {"before", earlier, was}} {
			want, err := a.portfolio(ctx, end.q)
			if err != nil {
				t.Fatal(err)
			}
			if g, w := lightsOf(t, end.got), lightsOf(t, want); g != w {
				t.Errorf("%s, %s:\n%s\nwant\n%s", name, end.name, g, w)
			}
		}
	}
	on := func(day string) ledger.Clock {
		return a.ledger.ClockAt(theDay(day).Time(), late.CommittedAt.AddDate(1, 0, 0))
	}
	then := func(day string) ledger.Clock { return a.ledger.ClockAt(theDay(day).Time(), snapshot) }
	compare("nothing moved", on("2016-06-23"), on("2016-06-23"))
	compare("a week, a plan and a light moved", on("2016-06-17"), on("2016-06-24"))
	compare("a report was late", then("2016-06-17"), on("2016-06-24"))
	compare("before anything was reported", on("2016-06-10"), on("2016-06-17"))
	if err := a.ledger.Undo(context.Background(), late.ID, "李", "记错"); err != nil {
		t.Fatal(err)
	}
	compare("a report was undone", then("2016-06-17"), on("2016-06-24"))
}

// lightsOf is what the meeting uses of a portfolio; leaders are those in office now, so they are left out.
func lightsOf(t *testing.T, p *portfolio) string {
	t.Helper()
	type end struct {
		Project, Problem string
		Light            Light
		Percent, Before  ledger.Decimal
		Report           Date
		Late             *int64
	}
	list := []end{}
	for _, i := range p.items {
		list = append(list, end{i.Project, i.Problem, i.Light, i.Percent, i.PercentBefore, i.ReportDate, i.DaysLate})
	}
	b, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
