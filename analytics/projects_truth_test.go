package analytics_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// office is an Analytics over sample files taken in through the real import, good rows only.
// Tests that name the same files share the record, so they must not write to it.
func office(t *testing.T, files ...string) (*ledger.Ledger, *analytics.Analytics) {
	t.Helper()
	l := testkit.Kept(t, strings.Join(files, " "), func(l *ledger.Ledger) {
		for _, name := range files {
			importSample(t, l, name)
		}
	})
	return l, analytics.New(l)
}

// ownOffice is an office of a test that writes to it.
func ownOffice(t *testing.T, files ...string) (*ledger.Ledger, *analytics.Analytics) {
	t.Helper()
	l := testkit.Ledger(t)
	for _, name := range files {
		importSample(t, l, name)
	}
	return l, analytics.New(l)
}

func importSample(t *testing.T, l *ledger.Ledger, name string) {
	t.Helper()
	content, err := os.ReadFile(testkit.Sample(name))
	if err != nil {
		t.Fatal(err)
	}
	outcome, err := ingest.Import(context.Background(), l, name, content, ingest.Options{GoodRows: true, By: "test", Now: testkit.Now})
	if err != nil {
		t.Fatal(err)
	}
	if outcome.Status != ingest.Committed {
		t.Fatalf("%s was %s: %+v", name, outcome.Status, outcome.Problems)
	}
}

func projectFiles() []string {
	return []string{"项目台账.xlsx", "倒排工期.xlsx", "进度周报-第1周.xlsx", "进度周报-第2周.xlsx", "进度周报-第3周.xlsx", "进度周报-第4周.xlsx",
		"走访记录.csv", "督办事项.xlsx"}
}

func asof(t *testing.T, l *ledger.Ledger, day string) analytics.Question {
	t.Helper()
	clock, err := l.Clock(context.Background(), day, "")
	if err != nil {
		t.Fatal(err)
	}
	return analytics.Question{Clock: clock}
}

// truth reads the derived figures of a sample; numbers stay as written.
func truth[T any](t *testing.T, name string) T {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(testkit.Root(), "samples", "truth", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Derived T `json:"derived"`
	}
	if err := json.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	return file.Derived
}

// same compares two values as they print.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		t.Errorf("%s = %s, want %s", what, g, w)
	}
}

// number writes a nullable whole number.
func number(n *int64) string {
	if n == nil {
		return "null"
	}
	return fmt.Sprint(*n)
}

func fixed(d ledger.Decimal, want *string) string {
	if want == nil && !d.Valid() {
		return "null"
	}
	return d.Fixed(2)
}

func orNull(s *string) string {
	if s == nil {
		return "null"
	}
	return *s
}

func colorOf(l analytics.Light, rule string) string {
	r, ok := l.Rule(rule)
	if !ok {
		return "null"
	}
	return string(r.Color)
}

type sums struct {
	TotalInvestment ledger.Decimal `json:"total_investment_yuan"`
	YearPlan        ledger.Decimal `json:"year_plan_yuan"`
	MonthDone       ledger.Decimal `json:"month_done_yuan"`
	YearToDate      ledger.Decimal `json:"year_to_date_yuan"`
	SinceStart      ledger.Decimal `json:"since_start_yuan"`
}

type ledgerTruth struct {
	Asof       string `json:"as_of"`
	Time       string `json:"time_progress_pct"`
	ByCategory map[string]struct {
		Projects int `json:"projects"`
		sums
	} `json:"by_category"`
	ByLeader   map[string][]string `json:"by_leader"`
	Completion struct {
		Done ledger.Decimal `json:"done_yuan"`
		Plan ledger.Decimal `json:"plan_yuan"`
		Pct  string         `json:"pct"`
	} `json:"completion_of_projects_with_both_figures"`
	Projects []struct {
		Name    string   `json:"name"`
		Type    string   `json:"type"`
		Leaders []string `json:"leaders"`
		Section string   `json:"section"`
		Contact string   `json:"contact"`
		Stage   string   `json:"stage"`
		sums
		Completion *string        `json:"completion_pct"`
		Gap        *string        `json:"gap_points"`
		Rule1      string         `json:"light_rule1"`
		Late       ledger.Decimal `json:"months_late_to_start"`
		Rule2      string         `json:"light_rule2"`
	} `json:"projects"`
}

func TestProjectLedgerMeetsTruth(t *testing.T) {
	want := truth[ledgerTruth](t, "项目台账")
	l, a := office(t, "项目台账.xlsx")
	got, err := a.Projects(context.Background(), asof(t, l, want.Asof))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Items) != len(want.Projects) || len(got.Items) == 0 {
		t.Fatalf("%d projects, want %d", len(got.Items), len(want.Projects))
	}
	for i, w := range want.Projects {
		g := got.Items[i]
		same(t, "project", g.Project, w.Name)
		same(t, w.Name+" facts", []any{g.Category, g.Leaders, g.Section, g.Stage}, []any{w.Type, w.Leaders, w.Section, w.Stage})
		same(t, w.Name+" sums", sums{g.TotalInvestment, g.YearPlan, g.MonthDone, g.YearToDate, g.SinceStart}, w.sums)
		same(t, w.Name+" completion", fixed(g.Completion, w.Completion), orNull(w.Completion))
		same(t, w.Name+" gap", fixed(g.Gap, w.Gap), orNull(w.Gap))
		same(t, w.Name+" rule 1", strings.Replace(colorOf(g.Light, "rule1"), "null", "grey", 1), w.Rule1)
		rule2, _ := g.Light.Rule("rule2")
		same(t, w.Name+" rule 2", []any{rule2.Color, rule2.Value}, []any{w.Rule2, w.Late})
	}
	same(t, "time progress", got.Totals.Time.Fixed(2), want.Time)
	same(t, "completion", []any{got.Totals.ComparableDone, got.Totals.ComparablePlan, got.Totals.Completion.Fixed(2)},
		[]any{want.Completion.Done, want.Completion.Plan, want.Completion.Pct})
	same(t, "categories", len(got.ByCategory), len(want.ByCategory))
	for _, g := range got.ByCategory {
		w := want.ByCategory[g.Name]
		same(t, g.Name, []any{g.Projects, sums{g.TotalInvestment, g.YearPlan, g.MonthDone, g.YearToDate, g.SinceStart}}, []any{w.Projects, w.sums})
	}
	for _, g := range got.ByLeader {
		if g.Name == "" {
			same(t, "without a leader", g.Keys, []string{"示例文创园"})
			continue
		}
		same(t, g.Name, namesOf(got.Items, g.Keys), want.ByLeader[g.Name])
	}
	same(t, "leaders", len(got.ByLeader), len(want.ByLeader)+1)
}

func namesOf(items []analytics.ProjectItem, keys []string) []string {
	names := []string{}
	for _, i := range items {
		if slices.Contains(keys, i.Key) {
			names = append(names, i.Project)
		}
	}
	return names
}
