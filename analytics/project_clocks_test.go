package analytics

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"taizhang/ledger"
)

func TestRePlanningKeepsTheBaseline(t *testing.T) {
	old := values{"project": "甲", "node_no": "1", "node": "封顶", "plan_version": "第一版", "duration_days": 10, "plan_finish": "2016-06-10", "deadline": "2016-12-31"}
	moved := values{"project": "甲", "node_no": "1", "node": "封顶", "plan_version": "第一版", "duration_days": 10, "plan_finish": "2016-06-20", "deadline": "2016-12-31"}
	renewed := values{"project": "甲", "node_no": "1", "node": "封顶", "plan_version": "第二版", "duration_days": 12, "plan_finish": "2016-07-20", "deadline": "2017-01-31"}
	renamed := values{"project": "甲", "node_no": "1", "node": "主体封顶", "plan_version": "第二版", "duration_days": 12, "plan_finish": "2016-07-25", "deadline": "2017-01-31"}
	a := projectRecord(t, []batchOf{
		{ledger.Milestones, "2016-05-01", []values{old}},
		{ledger.Milestones, "2016-05-08", []values{moved}},
		{ledger.Milestones, "2016-05-15", []values{renewed}},
		{ledger.Milestones, "2016-05-22", []values{renamed}},
	})
	for asof, want := range map[string]string{
		"2016-05-01": "第一版 封顶 2016-06-10 2016-06-10", "2016-05-08": "第一版 封顶 2016-06-20 2016-06-10",
		"2016-05-15": "第二版 封顶 2016-07-20 2016-06-10", "2016-05-22": "第二版 主体封顶 2016-07-25 2016-07-25",
	} {
		s, err := a.Schedule(context.Background(), on(t, a, asof))
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Plans) != 1 || len(s.Plans[0].Nodes) != 1 {
			t.Errorf("%s: plans %+v", asof, s.Plans)
			continue
		}
		n := s.Plans[0].Nodes[0]
		if got := fmt.Sprint(s.Plans[0].Version, " ", n.Node, " ", n.PlanFinish, " ", n.BaselineFinish); got != want {
			t.Errorf("%s: %s, want %s", asof, got, want)
		}
	}
}

func TestProjectsByWhatWasKnown(t *testing.T) {
	a := ownProjectRecord(t, smallOffice()[:1])
	ctx := context.Background()
	week := load(t, a.ledger, smallOffice()[2])
	later := load(t, a.ledger, smallOffice()[3])
	q := on(t, a, "2016-06-30")
	percent := func(q Question) ledger.Decimal {
		t.Helper()
		p, err := a.Project(ctx, q, "甲村改造")
		if err != nil {
			t.Fatal(err)
		}
		return p.Percent
	}
	is(t, "by all that is known", percent(q), "21")
	if err := a.ledger.Undo(ctx, later.ID, "test", "错了"); err != nil {
		t.Fatal(err)
	}
	is(t, "after the undo", percent(q), "20")
	q.Clock.Known = later.CommittedAt
	is(t, "as it was known before the undo", percent(q), "21")
	q.Clock.Known = week.CommittedAt
	is(t, "as it was known a week before", percent(q), "20")
	q.Clock.Known = week.CommittedAt.Add(-1)
	is(t, "before any week was known", percent(q), "—")
}

func TestAnswersOfAnEmptyRecordHaveNoNullLists(t *testing.T) {
	a := projectRecord(t, nil)
	ctx, q := context.Background(), on(t, a, "2016-06-24")
	projects, err := a.Projects(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	leaders, err := a.Leaders(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	schedule, err := a.Schedule(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range []Answer{projects, leaders, schedule} {
		written, err := json.Marshal(answer)
		if err != nil {
			t.Fatal(err)
		}
		var lists map[string]json.RawMessage
		if err := json.Unmarshal(written, &lists); err != nil {
			t.Fatal(err)
		}
		for name, v := range lists {
			if string(v) == "null" {
				t.Errorf("%T: %s is null", answer, name)
			}
		}
		if len(answer.Table().Columns) == 0 || len(answer.Table().Rows) != 0 || answer.Foot().Asof != "2016-06-24" {
			t.Errorf("%T: table %+v, foot %+v", answer, answer.Table(), answer.Foot())
		}
	}
}

func TestTablesHaveACellForEveryColumn(t *testing.T) {
	a := projectRecord(t, smallOffice())
	ctx, q := context.Background(), on(t, a, "2016-06-24")
	ask := func(answer Answer, err error) Answer {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	answers := map[Answer]int{}
	p, err := a.Projects(ctx, q)
	answers[ask(p, err)] = 3
	one, err := a.Project(ctx, q, "甲村改造")
	answers[ask(one, err)] = 2
	leaders, err := a.Leaders(ctx, q)
	answers[ask(leaders, err)] = 4
	leader, err := a.Leader(ctx, q, "张主任")
	answers[ask(leader, err)] = 2
	schedule, err := a.Schedule(ctx, q)
	answers[ask(schedule, err)] = 7
	for answer, rows := range answers {
		table := answer.Table()
		if len(table.Rows) != rows {
			t.Errorf("%T has %d rows, want %d", answer, len(table.Rows), rows)
		}
		for _, row := range table.Rows {
			if len(row) != len(table.Columns) {
				t.Fatalf("%T: %d cells under %d columns", answer, len(row), len(table.Columns))
			}
			for i, v := range row {
				switch v.(type) {
				case nil, string, []string, ledger.Decimal, int64, time.Time, bool:
				default:
					t.Errorf("%T: column %s holds a %T", answer, table.Columns[i].Name, v)
				}
			}
		}
	}
}

func TestADeadlineOnOneNodeCountsForThePlan(t *testing.T) {
	a := projectRecord(t, []batchOf{{ledger.Milestones, "2016-05-31", []values{
		{"project": "甲", "node_no": "1", "node": "封顶", "duration_days": 10, "plan_finish": "2016-06-10"},
		{"project": "甲", "node_no": "2", "node": "交付", "duration_days": 20, "predecessors": "1", "plan_finish": "2016-06-30", "deadline": "2016-06-28"},
	}}, {ledger.Milestones, "2016-06-30", []values{
		{"project": "乙", "node_no": "1", "node": "封顶", "duration_days": 10, "plan_finish": "2016-06-10"},
	}}})
	s, err := a.Schedule(context.Background(), on(t, a, "2016-06-30"))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Plans) != 2 {
		t.Fatalf("plans %+v", s.Plans)
	}
	without, with := s.Plans[0], s.Plans[1]
	if with.Deadline.String() != "2016-06-28" || *with.DaysPastDeadline != 2 || *with.MinFloat != -2 {
		t.Errorf("plan %+v", with)
	}
	if without.ProblemZh != "没有交付期限，无法倒排" || without.CanBeMet != nil || without.MinFloat != nil || *without.DaysLate != 20 {
		t.Errorf("without a deadline: %+v", without)
	}
}

func TestNobodyLosesTouchWithAFinishedProject(t *testing.T) {
	a := projectRecord(t, []batchOf{
		{ledger.Projects, "2016-05-31", []values{
			{"project": "甲", "plan_start": "2015-01", "actual_start": "2015-01-05", "actual_finish": "2016-05-20"},
			{"project": "乙", "plan_start": "2015-01", "actual_start": "2015-01-05"},
		}},
		{ledger.Progress, "2016-05-20", []values{
			{"project": "甲", "report_date": "2016-05-20", "percent": "100"}, {"project": "乙", "report_date": "2016-05-20", "percent": "50"},
		}},
	})
	p, err := a.Projects(context.Background(), on(t, a, "2016-06-30"))
	if err != nil {
		t.Fatal(err)
	}
	wantFired(t, p.Items[0], Green, "")
	wantFired(t, p.Items[1], Grey, "失联：最近填报 2016-05-20，已 41 天未更新")
}

func TestAnActionIsClosedFromItsDayOn(t *testing.T) {
	for asof, want := range map[string]ActionLine{
		"2016-06-13": {},
		"2016-06-14": {DaysOverdue: 1},
		"2016-06-15": {Closed: true},
		"2016-06-30": {Closed: true},
	} {
		line := ActionLine{Status: closedStatus, Due: day(t, "2016-06-13"), ClosedOn: day(t, "2016-06-15")}
		line.settle(day(t, asof))
		if line.Closed != want.Closed || line.DaysOverdue != want.DaysOverdue {
			t.Errorf("%s: closed %v, %d days overdue, want %+v", asof, line.Closed, line.DaysOverdue, want)
		}
	}
}
