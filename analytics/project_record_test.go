package analytics

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// batchOf is one load of hand-made rows that speak of one day.
type batchOf struct {
	dataset *ledger.Dataset
	day     string
	rows    []values
}

// projectRecord is an Analytics over hand-made batches, loaded one after the other.
// projectRecord is a record that every test with the same batches shares, so that none may write to it.
func projectRecord(t *testing.T, batches []batchOf) *Analytics {
	t.Helper()
	return New(shared(t, fmt.Sprint("projects ", batches), func(l *ledger.Ledger) { loadAll(t, l, batches) }))
}

// ownProjectRecord is a record for a test that writes to it.
func ownProjectRecord(t *testing.T, batches []batchOf) *Analytics {
	t.Helper()
	l := testkit.Ledger(t)
	loadAll(t, l, batches)
	return New(l)
}

func loadAll(t *testing.T, l *ledger.Ledger, batches []batchOf) {
	t.Helper()
	for _, b := range batches {
		load(t, l, b)
	}
}

// shared is a kept record that fails the test which writes to it.
func shared(t *testing.T, content string, fill func(*ledger.Ledger)) *ledger.Ledger {
	t.Helper()
	l := testkit.Kept(t, content, fill)
	before, err := l.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if after, err := l.Version(context.Background()); err != nil || after != before {
			t.Errorf("wrote to a record that other tests share: version %d, then %d, %v; use ownProjectRecord", before, after, err)
		}
	})
	return l
}

func load(t *testing.T, l *ledger.Ledger, b batchOf) ledger.Batch {
	t.Helper()
	batch, err := l.Load(context.Background(), ledger.Load{Kind: "form", By: "test", Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
		for i, v := range b.rows {
			r := rowOf(t, b.dataset, v)
			r.Effective, r.SheetRow = day(t, b.day).Time(), uint32(i+2)
			if err := add(b.dataset, r); err != nil {
				return err
			}
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	return batch
}

// smallOffice is a record small enough to work out by hand.
func smallOffice() []batchOf {
	return []batchOf{
		{ledger.Projects, "2016-05-31", []values{
			{"project": "甲村改造", "category": "城中村改造", "leaders": []string{"张主任", "李书记"}, "section": "城改办", "total_investment_yuan": "1000",
				"year_plan_yuan": "240", "month_done_yuan": "20", "year_to_date_yuan": "100", "since_start_yuan": "300",
				"plan_start": "2015-03", "actual_start": "2015-03-20", "plan_finish": "2017-12-31", "stage": "建设中", "phone": "13800000000"},
			{"project": "乙大厦", "category": "楼宇", "leaders": []string{"张主任"}, "section": "经发科", "total_investment_yuan": "500.5",
				"year_plan_yuan": "100", "year_to_date_yuan": "8", "plan_start": "2016-02", "problem": "资金缺口", "progress": "未开工"},
			{"project": "丙路", "category": "基础设施", "section": "城管科"},
		}},
		{ledger.Milestones, "2016-05-31", []values{
			{"project": "甲村改造", "node_no": "1", "node": "封顶", "duration_days": 200, "plan_start": "2016-01-03", "plan_finish": "2016-07-20", "deadline": "2016-12-31"},
			{"project": "甲村改造", "node_no": "2", "node": "装饰", "duration_days": 120, "predecessors": "1", "plan_start": "2016-07-21", "plan_finish": "2016-11-17", "deadline": "2016-12-31"},
			{"project": "甲村改造", "node_no": "3", "node": "配套", "duration_days": 60, "predecessors": "1", "plan_start": "2016-07-21", "plan_finish": "2016-09-18", "deadline": "2016-12-31"},
			{"project": "甲村改造", "node_no": "4", "node": "验收", "duration_days": 30, "predecessors": "2、3", "plan_start": "2016-11-18", "plan_finish": "2016-12-17", "deadline": "2016-12-31"},
			{"project": "甲村改造", "node_no": "5", "node": "交付", "duration_days": 20, "predecessors": "4", "plan_start": "2016-12-18", "plan_finish": "2017-01-06", "deadline": "2016-12-31"},
			{"project": "丁园", "node_no": "1", "node": "一", "duration_days": 5, "predecessors": "2", "plan_finish": "2016-06-10", "deadline": "2016-12-31"},
			{"project": "丁园", "node_no": "2", "node": "二", "duration_days": 5, "predecessors": "1", "plan_finish": "2016-06-28", "deadline": "2016-12-31"},
		}},
		{ledger.Progress, "2016-06-17", []values{
			{"project": "甲村改造", "report_date": "2016-06-17", "percent": "20", "week_investment_yuan": "5", "cumulative_investment_yuan": "340", "problem": "管线未迁"},
			{"project": "乙大厦", "report_date": "2016-06-17", "percent": "1.5", "problem": "资金缺口"},
		}},
		{ledger.Progress, "2016-06-24", []values{
			{"project": "甲村改造", "report_date": "2016-06-24", "percent": "21", "cumulative_investment_yuan": "361", "problem": "管线未迁", "coordination": "请供电部门配合"},
		}},
		{ledger.Visits, "2016-06-20", []values{
			{"date": "2016-06-20", "leader": "张主任", "project": "甲村改造", "minutes": 40, "found": "围挡破损"},
			{"date": "2016-06-20", "leader": "张主任", "project": "乙大厦", "minutes": 20},
			{"date": "2016-06-20", "leader": "王委员", "project": "丙路", "minutes": 59},
		}},
		{ledger.Actions, "2016-06-20", []values{
			{"number": "1号", "project": "甲村改造", "item": "迁线", "owner": "赵", "meeting_date": "2016-06-06", "due": "2016-06-13", "status": "处理中"},
			{"number": "2号", "project": "乙大厦", "item": "测算", "meeting_date": "2016-06-06", "due": "2016-06-13", "status": "已确认(销号)", "closed_on": "2016-06-12"},
			{"number": "3号", "project": "乙大厦", "item": "融资", "meeting_date": "2016-06-13", "due": "2016-06-24", "status": "已下发"},
		}},
	}
}

func TestProjectsOfASmallOffice(t *testing.T) {
	a := projectRecord(t, smallOffice())
	p, err := a.Projects(context.Background(), on(t, a, "2016-06-24"))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Totals.Lights; got != (Lights{Red: 2, Grey: 1}) || p.Totals.Projects != 3 {
		t.Errorf("%d projects, lights %+v", p.Totals.Projects, got)
	}
	is(t, "total", p.Totals.TotalInvestment, "1500.5")
	is(t, "since start", p.Totals.SinceStart, "300")
	rounded(t, "completion", p.Totals.Completion, 2, "31.76") // 108 of 340
	rounded(t, "gap", p.Totals.Gap, 2, "9.90")
	first, second, third := p.Items[0], p.Items[1], p.Items[2]
	if first.Project != "甲村改造" || second.Project != "乙大厦" || third.Project != "丙路" {
		t.Fatalf("order is %s, %s, %s", first.Project, second.Project, third.Project)
	}
	is(t, "percent", first.Percent, "21")
	is(t, "percent before", first.PercentBefore, "20")
	if !first.ProblemRepeated() || second.ProblemRepeated() || first.Coordination != "请供电部门配合" {
		t.Errorf("repeated %v, %v; coordination %q", first.ProblemRepeated(), second.ProblemRepeated(), first.Coordination)
	}
	wantFired(t, first, Red, "“封顶”最晚 07-14，预计 07-20，总时差 -6 天")
	wantFired(t, second, Red, "完成率低于序时 33.7 个百分点；计划 2016-02 开工，已过 4 个月未开工")
	wantFired(t, third, Grey, "没有可据以判断的数据")
	if len(third.Light.Rules) != 0 || third.StaleDays != nil || *second.StaleDays != 7 {
		t.Errorf("丙路 has rules %v; stale days %v", third.Light.Rules, third.StaleDays)
	}
	is(t, "no plan, no completion", third.Completion, "—")
	groups := []string{}
	for _, g := range slices.Concat(p.ByCategory, p.ByLeader) {
		groups = append(groups, fmt.Sprintf("%s %d %s", g.Name, g.Projects, g.TotalInvestment))
	}
	want := []string{"城中村改造 1 1000", "楼宇 1 500.5", "基础设施 1 —", "张主任 2 1500.5", "李书记 1 1000", " 1 —"}
	if !slices.Equal(groups, want) {
		t.Errorf("groups %q, want %q", groups, want)
	}
	if n := len(p.Foot().Batches); n != 4 {
		t.Errorf("stands on %d batches, want the ledger, the schedule and two weeks", n)
	}
}

func wantFired(t *testing.T, p ProjectItem, color Color, why string) {
	t.Helper()
	if p.Light.Color != color || p.Light.Why("zh") != why {
		t.Errorf("%s is %s because %q, want %s because %q", p.Project, p.Light.Color, p.Light.Why("zh"), color, why)
	}
}

func TestProjectPageOfASmallOffice(t *testing.T) {
	a := projectRecord(t, smallOffice())
	ctx := context.Background()
	p, err := a.Project(ctx, on(t, a, "2016-06-24"), "甲村改造")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Weeks) != 2 || len(p.Visits) != 1 || len(p.Actions) != 1 || p.Plan == nil || len(p.Plan.Nodes) != 5 {
		t.Fatalf("%d weeks, %d visits, %d actions, plan %v", len(p.Weeks), len(p.Visits), len(p.Actions), p.Plan)
	}
	is(t, "change", p.Weeks[0].Change, "1")
	is(t, "change of the first entry", p.Weeks[1].Change, "—")
	if !p.Weeks[0].ProblemRepeated || p.Weeks[1].ProblemRepeated || p.Actions[0].DaysOverdue != 11 {
		t.Errorf("weeks %+v, actions %+v", p.Weeks, p.Actions)
	}
	if len(p.Private) != 1 || p.Private[0].Value != "13800000000" || len(p.Facts) != len(ledger.Projects.Fields)-1 {
		t.Errorf("%d facts, private %+v", len(p.Facts), p.Private)
	}
	if written, err := json.Marshal(p); err != nil || bytes.Contains(written, []byte("13800000000")) {
		t.Errorf("the phone is written out, or %v", err)
	}
	_, err = a.Project(ctx, on(t, a, "2016-06-24"), "没有的项目")
	if e := new(ledger.Error); !errors.As(err, &e) || e.Kind != ledger.NotFound {
		t.Errorf("unknown project: %v", err)
	}
	if _, err := a.Project(ctx, on(t, a, "2016-05-30"), "甲村改造"); err == nil {
		t.Error("the project is there the day before its ledger")
	}
}

func TestLeadersOfASmallOffice(t *testing.T) {
	a := projectRecord(t, smallOffice())
	ctx := context.Background()
	answer, err := a.Leaders(ctx, on(t, a, "2016-06-24"))
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, l := range answer.Leaders {
		lines = append(lines, fmt.Sprintf("%s: %d projects, %d red, %d visits, %d minutes, %d days, open %d, overdue %d, closed %d",
			l.Name, l.Projects, l.Red, l.Visits, l.Minutes, l.HourDays, l.Open, l.Overdue, l.Closed))
	}
	want := []string{
		"张主任: 2 projects, 2 red, 2 visits, 60 minutes, 1 days, open 2, overdue 1, closed 1",
		"李书记: 1 projects, 1 red, 0 visits, 0 minutes, 0 days, open 1, overdue 1, closed 0",
		"王委员: 0 projects, 0 red, 1 visits, 59 minutes, 0 days, open 0, overdue 0, closed 0",
		": 1 projects, 0 red, 0 visits, 0 minutes, 0 days, open 0, overdue 0, closed 0",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("leaders\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	one, err := a.Leader(ctx, on(t, a, "2016-06-24"), "李书记")
	if err != nil {
		t.Fatal(err)
	}
	if len(one.Items) != 1 || one.Items[0].Light.Color != Red || len(one.ActionList) != 1 {
		t.Errorf("李书记 has %+v", one)
	}
	for _, nobody := range []string{"", "没有的人"} {
		_, err = a.Leader(ctx, on(t, a, "2016-06-24"), nobody)
		if e := new(ledger.Error); !errors.As(err, &e) || e.Kind != ledger.NotFound {
			t.Errorf("leader %q: %v", nobody, err)
		}
	}
}

func TestScheduleOfASmallOffice(t *testing.T) {
	a := projectRecord(t, smallOffice())
	s, err := a.Schedule(context.Background(), on(t, a, "2016-06-24"))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Plans) != 2 || s.Plans[1].Project != "丁园" {
		t.Fatalf("plans %+v", s.Plans)
	}
	plan, cyclic := s.Plans[0], s.Plans[1]
	if *plan.DaysPastDeadline != 6 || *plan.CanBeMet || *plan.MinFloatOpen != -6 || !slices.Equal(plan.CriticalOpen, []string{"1", "2", "4", "5"}) {
		t.Errorf("plan %+v", plan)
	}
	if cyclic.ProblemZh != "前置节点成环：1 → 2 → 1" || cyclic.MinFloat != nil || cyclic.Nodes[0].LatestFinish.Known() || *cyclic.DaysLate != 14 {
		t.Errorf("cyclic plan %+v", cyclic)
	}
	if _, ok := cyclic.Light.Rule("rule4"); ok || cyclic.Light.Color != Yellow {
		t.Errorf("the light of a cyclic plan is %+v", cyclic.Light)
	}
	if len(s.Slips) != 1 || s.Slips[0].Node != "一" || s.Slips[0].DaysLate != 14 || len(s.DueSoon) != 1 || s.DueSoon[0].Days != 4 {
		t.Errorf("slips %+v, due soon %+v", s.Slips, s.DueSoon)
	}
}
