package analytics

import (
	"context"
	"slices"
	"testing"

	"taizhang/ledger"
)

// loadSheet loads rows as if read from a sheet: field i from column i of a list.
func loadSheet(t *testing.T, l *ledger.Ledger, d *ledger.Dataset, columns map[string]string, rows []values) {
	t.Helper()
	source := ledger.Source{Dataset: d.Name, Sheet: "倒排", HeaderRow: 3}
	for _, f := range d.Fields {
		if column, ok := columns[f.Name]; ok {
			source.Fields, source.Columns = append(source.Fields, f.Name), append(source.Columns, column)
		}
	}
	_, err := l.Load(context.Background(), ledger.Load{Kind: "import", By: "test", File: ledger.File{Name: "倒排.xlsx", Hash: "1"}, Sources: []ledger.Source{source},
		Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
			for i, v := range rows {
				r := rowOf(t, d, v)
				r.SheetRow = uint32(i + 4)
				if err := add(d, r); err != nil {
					return err
				}
			}
			return nil
		}})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAPlanThatCannotBeScheduledNamesItsCells(t *testing.T) {
	a := ownProjectRecord(t, nil)
	loadSheet(t, a.ledger, ledger.Milestones, map[string]string{"node_no": "A", "node": "B", "predecessors": "D"}, []values{
		{"project": "甲", "node_no": "1", "node": "一", "duration_days": 5, "predecessors": "", "deadline": "2016-12-31"},
		{"project": "甲", "node_no": "2", "node": "二", "duration_days": 5, "predecessors": "1、3"},
		{"project": "甲", "node_no": "3", "node": "三", "duration_days": 5, "predecessors": "2FS+5"},
		{"project": "乙", "node_no": "1", "node": "一", "duration_days": 5, "predecessors": "9", "deadline": "2016-12-31"},
	})
	s, err := a.Schedule(context.Background(), on(t, a, "2016-06-24"))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][]string{{"节点“1 一”的前置节点“9”不存在", "倒排.xlsx 倒排!D7"}, {"前置节点成环：2 → 3 → 2", "倒排.xlsx 倒排!D5", "倒排.xlsx 倒排!D6"}} {
		if p := s.Plans[i]; p.ProblemZh != want[0] || !slices.Equal(p.ProblemCells, want[1:]) {
			t.Errorf("%s: %q at %q, want %q", p.Project, p.ProblemZh, p.ProblemCells, want)
		}
	}
}

func TestAPlanCountsInWorkingDaysWhenItSaysSo(t *testing.T) {
	rows := []values{
		{"project": "甲", "node_no": "1", "node": "一", "duration_days": 3, "day_kind": "工作日", "plan_start": "2016-06-13", "plan_finish": "2016-06-15", "deadline": "2016-06-26"},
		{"project": "甲", "node_no": "2", "node": "二", "duration_days": 5, "predecessors": "1+2天", "plan_start": "2016-06-20", "plan_finish": "2016-06-24"},
		{"project": "乙", "node_no": "1", "node": "一", "duration_days": 3, "day_kind": "工作日", "deadline": "2016-06-26"},
		{"project": "乙", "node_no": "2", "node": "二", "duration_days": 3, "day_kind": "日历天"},
	}
	a := projectRecord(t, []batchOf{{ledger.Milestones, "2016-06-01", rows}})
	s, err := a.Schedule(context.Background(), on(t, a, "2016-06-16"))
	if err != nil {
		t.Fatal(err)
	}
	mixed, plan := s.Plans[0], s.Plans[1]
	if mixed.Project != "乙" {
		mixed, plan = plan, mixed
	}
	// Sunday the 26th is Friday the 24th: 二 takes Monday to Friday, two working days before it 一 ends.
	n := plan.Nodes
	if !plan.WorkingDays || n[1].LatestStart.String() != "2016-06-20" || n[1].LatestFinish.String() != "2016-06-24" || n[0].LatestFinish.String() != "2016-06-15" || plan.BeginBy.String() != "2016-06-13" {
		t.Errorf("working days: %+v", plan)
	}
	// Not finished on the 16th: two days between, 二 from the 21st to the 27th.
	if plan.OutlookFinish.String() != "2016-06-27" || *plan.OutlookSlip != 3 || n[0].OutlookFinish.String() != "2016-06-16" {
		t.Errorf("outlook %s, slip %d", plan.OutlookFinish, *plan.OutlookSlip)
	}
	if mixed.ProblemZh != "节点“1 一”按工作日，节点“2 二”按自然日：一个计划只能用一种工期口径" || mixed.Nodes[0].LatestFinish.Known() {
		t.Errorf("mixed: %q", mixed.ProblemZh)
	}
}
