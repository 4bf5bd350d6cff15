package ledger_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

func TestMain(m *testing.M) {
	if job := os.Getenv(crashJob); job != "" {
		os.Exit(crashChild(job))
	}
	testkit.Main(m)
}

// row makes a project row with a name and a total investment in yuan.
func row(name string, yuan int64, effective string) ledger.Row {
	d := ledger.Projects
	values := make([]any, len(d.Fields))
	values[d.Index("project")] = name
	values[d.Index("leaders")] = []string{"张主任", "李书记"}
	values[d.Index("total_investment_yuan")] = decimal.NewFromInt(yuan)
	values[d.Index("plan_finish")] = ledger.DayOf(time.Date(2016, 12, 31, 0, 0, 0, 0, time.UTC))
	day, err := time.Parse(time.DateOnly, effective)
	if err != nil {
		panic(err)
	}
	return ledger.Row{Values: values, Effective: day, SheetRow: 5, Raw: []string{name}, Marks: map[string]string{"plan_finish": "year_end"}}
}

// save loads rows as one batch of a form.
func save(t *testing.T, l *ledger.Ledger, rows ...ledger.Row) ledger.Batch {
	t.Helper()
	b, err := l.Load(context.Background(), ledger.Load{Kind: "form", By: "测试", Mode: "all",
		Sources: []ledger.Source{{Dataset: "projects", Sheet: "项目台账", Fields: []string{"project"}, Columns: []string{"C"}}},
		Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
			for _, r := range rows {
				if err := add(ledger.Projects, r); err != nil {
					return err
				}
			}
			return nil
		}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// standing gives the investments of all projects under a clock.
func standing(t *testing.T, l *ledger.Ledger, clock ledger.Clock) map[string]string {
	t.Helper()
	got := map[string]string{}
	d := ledger.Projects
	at := -1
	for i, f := range d.StoredFields() {
		if f.Name == "total_investment_yuan" {
			at = i
		}
	}
	if err := l.Rows(context.Background(), d, clock, func(r ledger.Record) error {
		got[r.Key] = ledger.Plain(r.Values[at])
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return got
}

func clock(t *testing.T, l *ledger.Ledger, asof string, known time.Time) ledger.Clock {
	t.Helper()
	text := ""
	if !known.IsZero() {
		text = known.Format(time.RFC3339Nano)
	}
	c, err := l.Clock(context.Background(), asof, text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTwoClocks(t *testing.T) {
	l := testkit.Ledger(t)
	june3 := save(t, l, row("甲", 100, "2016-06-03"), row("乙", 200, "2016-06-03"))
	june10 := save(t, l, row("甲", 110, "2016-06-10"))
	// Learned late: what June 3 should have said.
	late := save(t, l, row("甲", 105, "2016-06-03"))
	removed := row("乙", 200, "2016-06-17")
	removed.Deleted = true
	gone := save(t, l, removed)

	for _, c := range []struct {
		name, asof string
		known      time.Time
		want       map[string]string
	}{
		{"before anything", "2016-06-02", time.Time{}, map[string]string{}},
		{"first day, by all we know now", "2016-06-03", time.Time{}, map[string]string{"甲": "105", "乙": "200"}},
		{"first day, as known then", "2016-06-03", june3.CommittedAt, map[string]string{"甲": "100", "乙": "200"}},
		{"later day wins over later batch", "2016-06-10", time.Time{}, map[string]string{"甲": "110", "乙": "200"}},
		{"as known before the correction", "2016-06-09", june10.CommittedAt, map[string]string{"甲": "100", "乙": "200"}},
		{"as known after the correction", "2016-06-09", late.CommittedAt, map[string]string{"甲": "105", "乙": "200"}},
		{"removed", "2016-06-17", time.Time{}, map[string]string{"甲": "110"}},
		{"not yet known to be removed", "2016-06-17", late.CommittedAt, map[string]string{"甲": "110", "乙": "200"}},
	} {
		got := standing(t, l, clock(t, l, c.asof, c.known))
		if len(got) != len(c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
			continue
		}
		for key, want := range c.want {
			if got[key] != want {
				t.Errorf("%s: %s = %s, want %s", c.name, key, got[key], want)
			}
		}
	}

	if err := l.Undo(context.Background(), gone.ID, "测试", "误删"); err != nil {
		t.Fatal(err)
	}
	if got := standing(t, l, clock(t, l, "2016-06-17", time.Time{})); got["乙"] != "200" {
		t.Errorf("after undo of the removal: %v", got)
	}
	if got := standing(t, l, clock(t, l, "2016-06-17", gone.CommittedAt)); len(got) != 1 {
		t.Errorf("as known before the undo: %v", got)
	}
}

func TestSecondUndoIsRefused(t *testing.T) {
	l := testkit.Ledger(t)
	b := save(t, l, row("甲", 1, "2016-06-03"))
	if err := l.Undo(context.Background(), b.ID, "测试", ""); err != nil {
		t.Fatal(err)
	}
	if err := l.Undo(context.Background(), b.ID, "测试", ""); ledger.AsError(err).Kind != ledger.Conflict {
		t.Errorf("second undo: %v", err)
	}
	if err := l.Undo(context.Background(), 999, "测试", ""); ledger.AsError(err).Kind != ledger.NotFound {
		t.Errorf("undo of nothing: %v", err)
	}
}

func TestNamesInAnySpellingAreOneKey(t *testing.T) {
	l := testkit.Ledger(t)
	save(t, l, row("示例三村城中村改造（一期）", 1, "2016-06-03"))
	save(t, l, row("示例三村城中村改造(一期)", 2, "2016-06-04"))
	if got := standing(t, l, clock(t, l, "2016-06-30", time.Time{})); len(got) != 1 {
		t.Errorf("two keys: %v", got)
	}
}

// TestFiltersBindHostileText looks a name up that would break out of a statement or of a bound value.
func TestFiltersBindHostileText(t *testing.T) {
	l := testkit.Ledger(t)
	names := []string{`a'b"c`, `back\slash`, "tab\there", "line\nbreak", `' OR 1=1 --`, `{asof:Date}`, `\N`, "乙'; DROP TABLE projects", "nul\x00sign"}
	rows := make([]ledger.Row, len(names))
	for i, n := range names {
		rows[i] = row(n, int64(i+1), "2016-06-03")
		rows[i].Values[ledger.Projects.Index("section")] = n
	}
	save(t, l, rows...)
	for _, n := range names {
		list, total, err := l.Behind(context.Background(), ledger.Projects, ledger.Filter{"section": n}, clock(t, l, "2016-06-30", time.Time{}), 10)
		if err != nil || total != 1 || len(list) != 1 {
			t.Errorf("%q: %d rows, %v", n, total, err)
		}
	}
}

func TestVersionsShowWhatWasSaidBefore(t *testing.T) {
	l := testkit.Ledger(t)
	save(t, l, row("甲", 100, "2016-06-03"))
	save(t, l, row("甲", 110, "2016-06-10"))
	list, err := l.Versions(context.Background(), ledger.Projects, "甲", clock(t, l, "2016-06-05", time.Time{}))
	if err != nil || len(list) != 2 {
		t.Fatalf("%d versions, %v", len(list), err)
	}
	if list[0].Counts || !list[1].Counts {
		t.Errorf("on June 5 the first report counts: %v %v", list[0].Counts, list[1].Counts)
	}
	if f := list[0].Fields[0]; f.Cell != "C5" || f.Raw != "甲" {
		t.Errorf("lineage %+v", f)
	}
}

func TestPagesStandAtTheNewestDayWhenTheRecordIsOld(t *testing.T) {
	l := testkit.Ledger(t)
	save(t, l, row("甲", 100, "2016-06-03"))
	if c := clock(t, l, "", time.Time{}); c.Stood || c.Asof.Format(time.DateOnly) != "2016-07-04" {
		t.Errorf("a month old: %+v", c)
	}
	old, err := ledger.New(context.Background(), l.Conn(), ledger.Options{Now: func() time.Time { return testkit.Now.AddDate(1, 0, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	if c := clock(t, old, "", time.Time{}); !c.Stood || c.Asof.Format(time.DateOnly) != "2016-06-03" {
		t.Errorf("a year old: %+v", c)
	}
}

func TestBadClocksAreRefused(t *testing.T) {
	l := testkit.Ledger(t)
	for _, c := range [][2]string{{"2016-13-01", ""}, {"gestern", ""}, {"", "soon"}} {
		if _, err := l.Clock(context.Background(), c[0], c[1]); ledger.AsError(err).Kind != ledger.Invalid {
			t.Errorf("%v: %v", c, err)
		}
	}
}
