package analytics_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/analytics"
	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

type assignmentTruth struct {
	Asof  string              `json:"as_of"`
	Leads map[string][]string `json:"leads"`
}

// ledgerSince imports a ledger of the projects as it was kept from a day on: the sample's own speaks of no day before the end of May.
func ledgerSince(t *testing.T, l *ledger.Ledger, day string, projects []string) {
	t.Helper()
	content := "项目名称,项目类型,分包领导,责任科室,计划开工,计划竣工\n"
	for _, name := range projects {
		content += name + ",商业,台账所记,党政办,2015-01-01,2017-01-01\n"
	}
	from, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	out, err := ingest.Import(context.Background(), l, "台账.csv", []byte(content), ingest.Options{GoodRows: true, By: "test", Now: testkit.Now, Asof: &from})
	if err != nil || out.Status != ingest.Committed {
		t.Fatal(out.Status, out.Problems, err)
	}
}

func TestAssignmentsMeetTruth(t *testing.T) {
	want := truth[assignmentTruth](t, "分包安排")
	l, a := office(t)
	ledgerSince(t, l, "2016-02-01", slices.Sorted(maps.Keys(want.Leads)))
	importSample(t, l, "分包安排.xlsx")
	got, err := a.Projects(context.Background(), asof(t, l, want.Asof))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, item := range got.Items {
		leads, told := want.Leads[item.Project]
		if !told {
			continue
		}
		found++
		same(t, item.Project+" on "+want.Asof, []any{item.Leaders, item.Assigned, item.LeadWarningZh}, []any{leads, true, ""})
	}
	same(t, "projects", found, len(want.Leads))

	// The truth's two problems, day by day: two leads of one project on 17 days, nobody on another for 9.
	warned := map[string][]string{}
	for day := time.Date(2016, 2, 25, 0, 0, 0, 0, time.UTC); day.Before(time.Date(2016, 4, 5, 0, 0, 0, 0, time.UTC)); day = day.AddDate(0, 0, 1) {
		date := day.Format(time.DateOnly)
		p, err := a.Projects(context.Background(), asof(t, l, date))
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range p.Items {
			if item.Assigned && item.LeadWarningZh != "" {
				warned[item.Project+" "+strings.Join(item.Leaders, "、")] = append(warned[item.Project+" "+strings.Join(item.Leaders, "、")], date)
			}
		}
	}
	same(t, "warned", len(warned), 2)
	for what, w := range map[string][3]any{"示例三村城中村改造（一期） 陈委员、刘副书记": {17, "2016-03-15", "2016-03-31"}, "示例科技楼 ": {9, "2016-03-01", "2016-03-09"}} {
		days := warned[what]
		if len(days) == 0 {
			t.Errorf("%q is never warned of: %v", what, warned)
			continue
		}
		same(t, what, []any{len(days), days[0], slices.Max(days)}, w[:])
	}
	compareHistory(t, l, a)
}

// compareHistory asks who led before: every earlier term is kept, newest first.
func compareHistory(t *testing.T, l *ledger.Ledger, a *analytics.Analytics) {
	t.Helper()
	p, err := a.Project(context.Background(), asof(t, l, "2016-06-24"), "示例科技楼")
	if err != nil {
		t.Fatal(err)
	}
	terms := []any{}
	for _, term := range p.Leads {
		terms = append(terms, term.Leaders, term.From, term.To, term.Current)
	}
	same(t, "terms", terms, []any{[]string{"王副主任"}, "2016-03-10", "", true, []string{"陈委员"}, "2015-11-01", "2016-02-29", false})
}
