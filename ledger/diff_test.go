package ledger_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// said is what stands under a clock: key -> field -> value with its mark.
func said(t *testing.T, l *ledger.Ledger, d *ledger.Dataset, c ledger.Clock) map[string]map[string]string {
	t.Helper()
	state := map[string]map[string]string{}
	if err := l.Rows(context.Background(), d, c, func(r ledger.Record) error {
		row := map[string]string{}
		for i, f := range d.StoredFields() {
			if v := ledger.Plain(r.Values[i]) + "|" + r.Marks[f.Name]; v != "|" {
				row[f.Name] = v
			}
		}
		state[r.Key] = row
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return state
}

// apply makes the differences in a state and says where an old value is not what stood.
func apply(t *testing.T, state map[string]map[string]string, list []ledger.Difference) {
	t.Helper()
	for _, d := range list {
		row, stood := state[d.Key]
		if stood != (d.Kind == ledger.DiffChanged || d.Kind == ledger.DiffRemoved) {
			t.Errorf("%s is %s, stood: %v", d.Key, d.Kind, stood)
		}
		if row == nil {
			row = map[string]string{}
		}
		for _, f := range d.Fields {
			if was := f.Was + "|" + f.WasMark; was != row[f.Name] && was != "|" {
				t.Errorf("%s.%s was %q, said %q", d.Key, f.Name, row[f.Name], was)
			}
			if row[f.Name] = f.Now + "|" + f.NowMark; row[f.Name] == "|" {
				delete(row, f.Name)
			}
		}
		if state[d.Key] = row; d.Kind == ledger.DiffRemoved {
			if len(row) > 0 {
				t.Errorf("%s is removed and keeps %v", d.Key, row)
			}
			delete(state, d.Key)
		}
	}
}

func diff(t *testing.T, l *ledger.Ledger, q ledger.DiffQuery) []ledger.Difference {
	t.Helper()
	if q.Dataset == nil {
		q.Dataset = ledger.Projects
	}
	list, err := l.Diff(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestDiffLeadsFromOneStateToTheOther plays random histories with removals, undo and back-dated rows, and takes the
// record from one pair of clocks to another by the differences alone.
func TestDiffLeadsFromOneStateToTheOther(t *testing.T) {
	testkit.Unraced(t)
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 7))
		l := testkit.Ledger(t)
		day := func() string { return fmt.Sprintf("2016-06-%02d", 1+r.IntN(20)) }
		moments := []time.Time{testkit.Now.Add(-time.Hour)}
		var batches []ledger.Batch
		for range 14 {
			if len(batches) > 2 && r.IntN(5) == 0 {
				// One that is undone already is refused, which is no matter here.
				_ = l.Undo(context.Background(), batches[r.IntN(len(batches))].ID, "测试", "随机")
			} else {
				var rows []ledger.Row
				for _, key := range r.Perm(6)[:1+r.IntN(4)] {
					one := row(fmt.Sprint("项目", key), int64(r.IntN(3)), day())
					one.Deleted = r.IntN(5) == 0
					if r.IntN(2) == 0 {
						one.Marks = nil
					}
					rows = append(rows, with(one, "stage", []any{nil, "建设中", "已完工"}[r.IntN(3)]))
				}
				batches = append(batches, save(t, l, rows...))
			}
			history, err := l.History(context.Background(), testkit.Now.AddDate(9, 0, 0))
			if err != nil {
				t.Fatal(err)
			}
			last := history[0].CommittedAt
			for _, b := range history {
				if b.UndoneAt != nil && b.UndoneAt.After(last) {
					last = *b.UndoneAt
				}
			}
			moments = append(moments, last)
		}
		for range 12 {
			a := clock(t, l, day(), moments[r.IntN(len(moments))])
			b := clock(t, l, day(), moments[r.IntN(len(moments))])
			state := said(t, l, ledger.Projects, a)
			apply(t, state, diff(t, l, ledger.DiffQuery{From: a, To: b}))
			if want := said(t, l, ledger.Projects, b); fmt.Sprint(state) != fmt.Sprint(want) {
				t.Fatalf("seed %d, %v to %v:\n got %v\nwant %v", seed, a, b, state, want)
			}
		}
	}
}

func TestDiffSaysWhoChangedWhatWhere(t *testing.T) {
	l := testkit.Ledger(t)
	ctx := context.Background()
	first := imported(t, l, "一.xlsx", row("甲", 100, "2016-06-03"), row("乙", 5, "2016-06-03"), row("丙", 7, "2016-06-03"))
	second := imported(t, l, "二.xlsx", row("甲", 110, "2016-06-10"), row("丁", 9, "2016-06-10"))
	seen := at(t, l, "甲", "2016-06-10")
	form, err := l.Save(ctx, ledger.Save{By: "王科长", Day: onDay("2016-06-10"), Entries: []ledger.Entry{edit(seen, map[string]any{"stage": "建设中"})}})
	if err != nil {
		t.Fatal(err)
	}
	gone := at(t, l, "乙", "2016-06-10")
	if _, err := l.Save(ctx, ledger.Save{By: "李", Day: onDay("2016-06-10"), Entries: []ledger.Entry{{Dataset: ledger.Projects, Key: "乙", Seen: gone.Version.Version, Remove: true}}}); err != nil {
		t.Fatal(err)
	}
	june3, june10 := clock(t, l, "2016-06-03", time.Time{}), clock(t, l, "2016-06-10", time.Time{})
	list := diff(t, l, ledger.DiffQuery{From: june3, To: june10})
	got := map[string]ledger.Difference{}
	for _, d := range list {
		got[d.Key] = d
	}
	if len(list) != 3 || got["甲"].Kind != ledger.DiffChanged || got["丁"].Kind != ledger.DiffAdded || got["乙"].Kind != ledger.DiffRemoved {
		t.Fatalf("%+v", list)
	}
	for _, f := range got["甲"].Fields {
		switch f.Name {
		case "total_investment_yuan":
			if f.Was != "100" || f.Now != "110" || f.From.Batch != second.ID || f.From.Cell != "F5" || f.From.File != "二.xlsx" {
				t.Errorf("set by the file, carried on by the form: %+v %+v", f, f.From)
			}
		case "stage":
			if f.Was != "" || f.Now != "建设中" || f.From.Kind != "form" || f.From.By != "王科长" {
				t.Errorf("set by the form: %+v %+v", f, f.From)
			}
		default:
			t.Errorf("%+v", f)
		}
	}
	if s := got["甲"].Source; s.Batch != form.Batch.ID || s.Kind != "form" {
		t.Errorf("%+v", s)
	}
	if s := got["乙"].Source; s.By != "李" || len(got["乙"].Fields) == 0 || got["乙"].Fields[0].Now != "" {
		t.Errorf("%+v", got["乙"])
	}
	back := diff(t, l, ledger.DiffQuery{From: june10, To: june3})
	if len(back) != 3 {
		t.Errorf("backwards: %+v", back)
	}
	if only := diff(t, l, ledger.DiffQuery{From: june3, To: june10, Filter: ledger.Filter{"project": "（丁）"}}); len(only) != 0 {
		t.Errorf("another name: %+v", only)
	}
	if only := diff(t, l, ledger.DiffQuery{From: june3, To: june10, Filter: ledger.Filter{"leaders": "张主任", "stage": "建设中"}}); len(only) != 1 || only[0].Key != "甲" {
		t.Errorf("those that meet a filter at one end: %+v", only)
	}

	// Learned late: what June 3 should have said; then an undo of it.
	before := clock(t, l, "2016-06-03", testkit.Now.AddDate(1, 0, 0))
	known := time.Now()
	if h, err := l.History(ctx, testkit.Now.AddDate(1, 0, 0)); err == nil {
		known = h[0].CommittedAt
	}
	before.Known = known
	late := imported(t, l, "补.xlsx", row("丙", 8, "2016-06-02"), row("甲", 101, "2016-06-03"))
	learned := diff(t, l, ledger.DiffQuery{From: before, To: june3})
	if len(learned) != 1 || learned[0].Key != "甲" || learned[0].Fields[0].Was != "100" || learned[0].Fields[0].Now != "101" || learned[0].Source.Batch != late.ID {
		t.Errorf("learned late: %+v", learned)
	}
	lateKnown := before
	lateKnown.Known = late.CommittedAt
	if err := l.Undo(ctx, late.ID, "赵", "补错了"); err != nil {
		t.Fatal(err)
	}
	undone := diff(t, l, ledger.DiffQuery{From: lateKnown, To: june3})
	if len(undone) != 1 || undone[0].Undone != late.ID || undone[0].Source.By != "赵" || undone[0].Fields[0].Now != "100" || undone[0].Fields[0].From.Batch != first.ID {
		t.Errorf("undone: %+v", undone)
	}
}

func TestDiffTellsReopened(t *testing.T) {
	l := testkit.Ledger(t)
	ctx := context.Background()
	action := func(number, status, day string) {
		t.Helper()
		key := ledger.Actions.KeyOf(func() []any {
			v := make([]any, len(ledger.Actions.Fields))
			v[ledger.Actions.Index("number")] = number
			return v
		}())
		seen, err := l.RowAt(ctx, ledger.Actions, key, clock(t, l, day, time.Time{}))
		if err != nil {
			t.Fatal(err)
		}
		e := ledger.Entry{Dataset: ledger.Actions, Key: key, Seen: seen.Version.Version, Remove: status == "", Changes: map[string]ledger.Change{
			"number": {Value: number}, "item": {Value: "事"}, "status": {Value: status}, "reporter": {Value: "甲"}, "result": {Value: "办了"},
			"confirmer": {Value: "丙"}, "closed_on": {Value: ledger.DayOf(*onDay(day))}, "reopen_reason": {Value: "又坏了"}}}
		if _, err := l.Save(ctx, ledger.Save{By: "王", Day: onDay(day), Entries: []ledger.Entry{e}}); err != nil {
			t.Fatal(err)
		}
	}
	action("1号", "处理中", "2016-06-01")
	action("1号", "已处理", "2016-06-02")
	action("1号", "已确认(销号)", "2016-06-03")
	action("2号", "处理中", "2016-06-03")
	action("3号", "已下发", "2016-06-03")
	action("3号", "", "2016-06-04")
	action("1号", "处理中", "2016-06-10")
	action("2号", "已处理", "2016-06-10")
	action("3号", "已下发", "2016-06-10")
	got := ""
	for _, d := range diff(t, l, ledger.DiffQuery{Dataset: ledger.Actions, From: clock(t, l, "2016-06-05", time.Time{}), To: clock(t, l, "2016-06-10", time.Time{})}) {
		got += d.Name + " " + string(d.Kind) + "; "
	}
	if got != "1号 · 事 reopened; 2号 · 事 changed; 3号 · 事 reopened; " {
		t.Error(got)
	}
}

// TestDiffOfTheLatest compares the newest weekly report of every project, not report by report.
func TestDiffOfTheLatest(t *testing.T) {
	l := testkit.Ledger(t)
	report := func(project, day string, percent int64) {
		t.Helper()
		if _, err := l.Save(context.Background(), ledger.Save{By: "王", Entries: []ledger.Entry{{Dataset: ledger.Progress, Changes: map[string]ledger.Change{
			"project": {Value: project}, "report_date": {Value: ledger.DayOf(*onDay(day))}, "percent": {Value: decimal.NewFromInt(percent)}}}}}); err != nil {
			t.Fatal(err)
		}
	}
	report("甲", "2016-06-17", 20)
	report("甲", "2016-06-24", 30)
	report("甲", "2016-07-01", 35)
	report("乙", "2016-06-17", 50)
	report("丙", "2016-07-01", 1)
	q := ledger.DiffQuery{Dataset: ledger.Progress, From: clock(t, l, "2016-06-24", time.Time{}), To: clock(t, l, "2016-07-01", time.Time{})}
	if list := diff(t, l, q); len(list) != 2 || list[0].Kind != ledger.DiffAdded {
		t.Errorf("report by report: %+v", list)
	}
	q.Latest = "project"
	got := ""
	for _, d := range diff(t, l, q) {
		for _, f := range d.Fields {
			if f.Name == "percent" {
				got += fmt.Sprintf("%s %s %s>%s; ", strings.Split(d.Name, " ")[0], d.Kind, f.Was, f.Now)
			}
		}
	}
	if got != "丙 added >1; 甲 changed 30>35; " {
		t.Error(got)
	}
}

// BenchmarkDiff takes 80,000 weekly entries from one week to the next.
func BenchmarkDiff(b *testing.B) {
	l := testkit.Ledger(b)
	ctx := context.Background()
	day := time.Date(2013, 7, 5, 0, 0, 0, 0, time.UTC)
	d := ledger.Progress
	for week := range 156 {
		if _, err := l.Load(ctx, ledger.Load{Kind: "import", Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
			for p := range 513 {
				values := make([]any, len(d.Fields))
				values[d.Index("project")], values[d.Index("report_date")] = fmt.Sprintf("项目%04d", p), ledger.DayOf(day)
				values[d.Index("percent")], values[d.Index("progress")] = decimal.NewFromInt(int64(week/2)), "主体施工至某层，按计划推进"
				if err := add(d, ledger.Row{Values: values, Effective: day}); err != nil {
					return err
				}
			}
			return nil
		}}); err != nil {
			b.Fatal(err)
		}
		day = day.AddDate(0, 0, 7)
	}
	to := l.ClockAt(day.AddDate(0, 0, -7), time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC))
	from := to
	from.Asof = to.Asof.AddDate(0, 0, -7)
	for _, latest := range []string{"", "project"} {
		b.Run("latest="+latest, func(b *testing.B) {
			for b.Loop() {
				list, err := l.Diff(ctx, ledger.DiffQuery{Dataset: d, From: from, To: to, Latest: latest})
				if err != nil || len(list) != 513 {
					b.Fatal(len(list), err)
				}
			}
		})
	}
}
