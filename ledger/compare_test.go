package ledger_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// meet compares project rows with the record and gives state and changed fields by key.
func meet(t *testing.T, l *ledger.Ledger, rows ...ledger.Row) map[string]string {
	t.Helper()
	keys := ledger.NewKeys()
	var in []ledger.Incoming
	for i := range rows {
		in = append(in, l.Incoming(ledger.Projects, keys, &rows[i]))
	}
	got := map[string]string{}
	if err := l.Compare(context.Background(), ledger.Projects, in, func(m ledger.Meeting) error {
		line := string(m.State)
		for _, c := range m.Fields() {
			line += fmt.Sprintf(" %s:%s%s>%s%s", c.Field.Name, c.Was, c.WasMark, c.Now, c.NowMark)
		}
		if _, twice := got[in[m.Index].Key]; twice {
			t.Errorf("%s was met twice", in[m.Index].Key)
		}
		got[in[m.Index].Key] = line
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(got) != len(rows) {
		t.Errorf("%d of %d rows met: %v", len(got), len(rows), got)
	}
	return got
}

func with(r ledger.Row, field string, value any) ledger.Row {
	values := append([]any{}, r.Values...)
	values[ledger.Projects.Index(field)] = value
	r.Values = values
	return r
}

func TestCompareAtTheRowsOwnDay(t *testing.T) {
	l := testkit.Ledger(t)
	if got := meet(t, l, row("甲", 100, "2016-06-03")); got["甲"] != "new" {
		t.Errorf("empty record: %v", got)
	}
	save(t, l, row("甲", 100, "2016-06-03"), row("乙", 200, "2016-06-03"), row("甲", 7, "2016-06-03"))
	save(t, l, row("甲", 110, "2016-06-10"))
	gone := row("乙", 200, "2016-06-17")
	gone.Deleted = true
	removal := save(t, l, gone)
	unmarked := row("甲", 110, "2016-06-10")
	unmarked.Marks = nil

	for _, c := range []struct {
		name string
		row  ledger.Row
		want string
	}{
		{"before anything stood", row("甲", 100, "2016-06-02"), "new"},
		{"the day itself", row("甲", 100, "2016-06-03"), "unchanged"},
		{"between", row("甲", 100, "2016-06-09"), "unchanged"},
		{"an older day is held against what stood then", row("甲", 110, "2016-06-09"), "changed total_investment_yuan:100>110"},
		{"a newer version", row("甲", 100, "2016-06-20"), "changed total_investment_yuan:110>100"},
		{"a day that has not come counts as today", row("甲", 110, "2030-01-01"), "unchanged"},
		{"removed rows do not stand", row("乙", 200, "2016-06-17"), "new"},
		{"before the removal", row("乙", 200, "2016-06-16"), "unchanged"},
		{"another spelling of the name is a change of the name", row("（甲）", 1, "2016-06-10"), "new"},
		{"NULL instead of a figure", with(row("甲", 110, "2016-06-10"), "total_investment_yuan", nil), "changed total_investment_yuan:110>"},
		{"a figure instead of NULL", with(row("甲", 110, "2016-06-10"), "percent", decimal.RequireFromString("35.50")), "changed percent:>35.5"},
		{"other people", with(row("甲", 110, "2016-06-10"), "leaders", []string{"王主任"}), "changed leaders:张主任、李书记>王主任"},
		{"nobody", with(row("甲", 110, "2016-06-10"), "leaders", nil), "changed leaders:张主任、李书记>"},
		{"more decimals than are kept", with(row("甲", 110, "2016-06-10"), "total_investment_yuan", decimal.RequireFromString("110.00004")), "unchanged"},
		{"the same day with another precision", unmarked, "changed plan_finish:2016-12-31year_end>2016-12-31"},
	} {
		got := ""
		for _, line := range meet(t, l, c.row) {
			got = line
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}

	// The second row of the same name has a key of its own, in the record and on its way in.
	got := meet(t, l, row("甲", 110, "2016-06-10"), row("甲", 8, "2016-06-10"), row("甲", 9, "2016-06-10"))
	if got["甲"] != "unchanged" || got["甲#2"] != "changed total_investment_yuan:7>8" || got["甲#3"] != "new" {
		t.Errorf("rows of one name: %v", got)
	}
	if err := l.Undo(context.Background(), removal.ID, "测试", "误删"); err != nil {
		t.Fatal(err)
	}
	if got := meet(t, l, row("乙", 200, "2016-06-17")); got["乙"] != "unchanged" {
		t.Errorf("after undo of the removal: %v", got)
	}
}

// TestCompareFewRowsWithMany looks keys up instead of reading the record through.
func TestCompareFewRowsWithMany(t *testing.T) {
	l := testkit.Ledger(t)
	var rows []ledger.Row
	for i := range 300 {
		rows = append(rows, row(fmt.Sprintf("项目%03d", i), int64(i), "2016-06-03"))
	}
	save(t, l, rows...)
	got := meet(t, l, row("项目200", 200, "2016-06-03"), row("项目100", 1, "2016-06-03"), row("另'一\\个", 1, "2016-06-03"))
	if got["项目200"] != "unchanged" || got["项目100"] != "changed total_investment_yuan:100>1" || got[`另一\个`] != "new" {
		t.Errorf("%v", got)
	}
}

func TestCompareKeepsOddTextApart(t *testing.T) {
	l := testkit.Ledger(t)
	odd := []string{`引'号`, `反\斜`, "双\"", "a\tb", "换\n行", "{x:String}", "竖|线", "#2", "甲#2", "末\\", "\x1f", "',('"}
	var rows []ledger.Row
	for i, name := range odd {
		rows = append(rows, with(row(name, int64(i), "2016-06-03"), "note", name))
	}
	save(t, l, rows...)
	for key, state := range meet(t, l, rows...) {
		if state != "unchanged" {
			t.Errorf("%q: %s", key, state)
		}
	}
}

func TestRemovals(t *testing.T) {
	l := testkit.Ledger(t)
	save(t, l, row("甲", 1, "2016-06-03"), row("乙", 2, "2016-06-03"), row("乙", 3, "2016-06-03"), row("丙", 4, "2016-06-24"))
	day := func(s string) time.Time { at, _ := time.Parse(time.DateOnly, s); return at }
	removed := func(p ledger.Replacement) map[string]string {
		p.Dataset = ledger.Projects
		got := map[string]string{}
		if err := l.Removals(context.Background(), p, func(r ledger.Row) error {
			if !r.Deleted || r.Values[ledger.Projects.Index("project")] == nil || r.Values[ledger.Projects.Index("total_investment_yuan")] != nil {
				t.Errorf("a removal carries its key and nothing else: %+v", r)
			}
			got[r.Key] = r.Effective.Format(time.DateOnly)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return got
	}
	keys := ledger.NewKeys()
	one := row("乙", 2, "2016-06-10")
	keys.Of(ledger.Projects, &one)
	p := ledger.Replacement{Days: map[string]time.Time{"": day("2016-06-10")}, Kept: func(key string) bool { return keys.Has(ledger.Projects, key) }}
	if got := removed(p); len(got) != 2 || got["甲"] != "2016-06-10" || got["乙#2"] != "2016-06-10" {
		t.Errorf("the whole list: %v", got)
	}
	p.Kept = func(key string) bool { return keys.HasAny(ledger.Projects, key) }
	if got := removed(p); len(got) != 1 || got["甲"] == "" {
		t.Errorf("whatever the number: %v", got)
	}
	p.Scope, p.Days = []string{"project"}, map[string]time.Time{"甲": day("2016-06-20"), "丙": day("2016-06-10")}
	p.Kept = func(string) bool { return false }
	if got := removed(p); len(got) != 1 || got["甲"] != "2016-06-20" {
		t.Errorf("one part, and one that does not stand yet: %v", got)
	}
}

func TestScopesAreFields(t *testing.T) {
	for _, d := range ledger.All {
		for _, name := range d.Scope {
			if f, ok := d.Field(name); !ok || !f.Stored() {
				t.Errorf("%s: scope %s is no field with a column", d.Name, name)
			}
		}
	}
}

func TestLaterEditsAreListedAndKept(t *testing.T) {
	l := testkit.Ledger(t)
	first := save(t, l, row("甲", 1, "2016-06-03"), row("乙", 2, "2016-06-03"), row("丙", 3, "2016-06-03"))
	undone := save(t, l, row("丙", 33, "2016-06-10"))
	second := save(t, l, row("甲", 11, "2016-06-10"), row("丁", 4, "2016-06-10"))
	gone := row("乙", 2, "2016-06-10")
	gone.Deleted = true
	third := save(t, l, gone)
	if err := l.Undo(context.Background(), undone.ID, "测试", "错"); err != nil {
		t.Fatal(err)
	}
	list, err := l.Later(context.Background(), first.ID)
	if err != nil || len(list) != 1 || list[0].Dataset != "projects" || list[0].Keys != 2 || len(list[0].First) != 2 {
		t.Fatalf("%+v %v", list, err)
	}
	a, b := list[0].First[0], list[0].First[1]
	if a.Key != "乙" || a.Batch != third.ID || !a.Deleted || b.Key != "甲" || b.Batch != second.ID || b.Deleted || b.By != "测试" || b.At.IsZero() {
		t.Errorf("%+v", list[0].First)
	}
	if list, err := l.Later(context.Background(), third.ID); err != nil || len(list) != 0 {
		t.Errorf("the newest batch: %+v %v", list, err)
	}
	if err := l.Undo(context.Background(), first.ID, "测试", "错"); err != nil {
		t.Fatal(err)
	}
	if got := standing(t, l, clock(t, l, "2016-06-10", time.Time{})); len(got) != 2 || got["甲"] != "11" || got["丁"] != "4" {
		t.Errorf("after undo: %v", got)
	}
}

func TestLaterNamesTheFirstAndCountsAll(t *testing.T) {
	l := testkit.Ledger(t)
	var rows []ledger.Row
	for i := range 30 {
		rows = append(rows, row(fmt.Sprint("项目", i), 1, "2016-06-03"))
	}
	first := save(t, l, rows...)
	save(t, l, rows...)
	list, err := l.Later(context.Background(), first.ID)
	if err != nil || list[0].Keys != 30 || len(list[0].First) != 20 {
		t.Errorf("%+v %v", list, err)
	}
}

// BenchmarkCompare holds 200,000 rows against a record of as many.
func BenchmarkCompare(b *testing.B) {
	l := testkit.Ledger(b)
	rows := make([]ledger.Row, 200_000)
	for i := range rows {
		rows[i] = row(fmt.Sprintf("河南某某科技有限公司%06d", i), int64(i), "2016-06-03")
	}
	if _, err := l.Load(context.Background(), ledger.Load{Kind: "import", Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
		for i := range rows {
			if err := add(ledger.Projects, rows[i]); err != nil {
				return err
			}
		}
		return nil
	}}); err != nil {
		b.Fatal(err)
	}
	if os.Getenv("COMPARE_CHANGED") != "" {
		for i := range rows {
			rows[i] = with(rows[i], "total_investment_yuan", decimal.NewFromInt(-1))
		}
	}
	for b.Loop() {
		keys, in := ledger.NewKeys(), make([]ledger.Incoming, len(rows))
		for i := range rows {
			in[i] = l.Incoming(ledger.Projects, keys, &rows[i])
		}
		n := 0
		if err := l.Compare(context.Background(), ledger.Projects, in, func(m ledger.Meeting) error {
			if m.State == ledger.RowNew {
				b.Fatal("a row that stands was taken for new")
			}
			n++
			return nil
		}); err != nil || n != len(rows) {
			b.Fatal(n, err)
		}
	}
}
