package ledger_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// imported loads rows as an import would, with the investment read from column F.
func imported(t *testing.T, l *ledger.Ledger, file string, rows ...ledger.Row) ledger.Batch {
	t.Helper()
	b, err := l.Load(context.Background(), ledger.Load{Kind: "import", By: "导入员", Mode: "all", File: ledger.File{Name: file, Hash: file, Content: []byte(file)},
		Sources: []ledger.Source{{Dataset: "projects", Sheet: "项目台账", HeaderRow: 4, Fields: []string{"project", "total_investment_yuan"}, Columns: []string{"C", "F"}}},
		Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
			for _, r := range rows {
				r.Raw = []string{"甲", "3亿"}
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

func at(t *testing.T, l *ledger.Ledger, key, day string) ledger.Standing {
	t.Helper()
	s, err := l.RowAt(context.Background(), ledger.Projects, key, clock(t, l, day, time.Time{}))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func edit(seen ledger.Standing, changes map[string]any) ledger.Entry {
	e := ledger.Entry{Dataset: ledger.Projects, Key: seen.Key, Seen: seen.Version.Version, Changes: map[string]ledger.Change{}}
	for name, value := range changes {
		e.Changes[name] = ledger.Change{Value: value, Raw: "原文"}
	}
	return e
}

func onDay(s string) *time.Time { at, _ := time.Parse(time.DateOnly, s); return &at }

func TestSaveCarriesOnWhatWasNotChanged(t *testing.T) {
	l := testkit.Ledger(t)
	first := imported(t, l, "台账.xlsx", row("甲", 300, "2016-06-03"))
	seen := at(t, l, "甲", "2016-06-10")
	if !seen.Exists() || seen.Version.Version != "1.0" || seen.Mark("plan_finish") != "year_end" {
		t.Fatalf("%+v", seen)
	}
	saved, err := l.Save(context.Background(), ledger.Save{By: "王科长", Comment: "现场核实", Day: onDay("2016-06-10"),
		Entries: []ledger.Entry{edit(seen, map[string]any{"stage": "建设中", "total_investment_yuan": decimal.NewFromInt(300)})}})
	if err != nil || saved.Batch == nil {
		t.Fatal(saved, err)
	}
	if b := saved.Batch; b.Kind != "form" || b.By != "王科长" || b.Comment != "现场核实" || b.Reason != "" || b.Total() != 1 {
		t.Errorf("%+v", b)
	}
	e := saved.Entries[0]
	if e.State != ledger.RowChanged || len(e.Changed) != 1 || e.Changed[0] != "stage" || e.Shadowed != nil || e.Version != "2.0" {
		t.Errorf("a field that stays as it stands is no change: %+v", e)
	}
	now := at(t, l, "甲", "2016-06-10")
	if now.Version.Version != e.Version || now.Mark("plan_finish") != "year_end" {
		t.Errorf("%+v", now)
	}
	stage, _ := now.Field("stage")
	total, _ := now.Field("total_investment_yuan")
	if o := now.Of(stage); stage.Origin != nil || o.Kind != "form" || o.By != "王科长" || o.Raw != "原文" || o.Batch != saved.Batch.ID {
		t.Errorf("what the form set: %+v %+v", stage, o)
	}
	if o := now.Of(total); total.Value != "300" || o.Batch != first.ID || o.File != "台账.xlsx" || o.Sheet != "项目台账" || o.Cell != "F5" || o.Raw != "3亿" {
		t.Errorf("what it carried on: %+v", o)
	}
	// Carried over twice, and from a batch that is undone by then, it still leads to the cell.
	if _, err := l.Save(context.Background(), ledger.Save{By: "李", Day: onDay("2016-06-12"), Entries: []ledger.Entry{edit(now, map[string]any{"problem": "缺钢材"})}}); err != nil {
		t.Fatal(err)
	}
	if err := l.Undo(context.Background(), first.ID, "测试", "错"); err != nil {
		t.Fatal(err)
	}
	now = at(t, l, "甲", "2016-06-12")
	total, _ = now.Field("total_investment_yuan")
	stage, _ = now.Field("stage")
	if o := now.Of(total); o.Cell != "F5" || o.File != "台账.xlsx" {
		t.Errorf("carried on twice: %+v", o)
	}
	if o := now.Of(stage); o.Kind != "form" || o.By != "王科长" {
		t.Errorf("carried on from a form: %+v", o)
	}
	if err := l.Undo(context.Background(), now.Batch.ID, "测试", "误存"); err != nil {
		t.Fatal(err)
	}
	if now = at(t, l, "甲", "2016-06-12"); now.Version.Version != "2.0" {
		t.Errorf("undo of a form leads back to the one before: %+v", now)
	}
}

func TestSaveWithoutAChangeStoresNothing(t *testing.T) {
	l := testkit.Ledger(t)
	imported(t, l, "台账.xlsx", row("甲", 300, "2016-06-03"))
	version, _ := l.Version(context.Background())
	saved, err := l.Save(context.Background(), ledger.Save{By: "王", Day: onDay("2016-06-10"), Entries: []ledger.Entry{
		edit(at(t, l, "甲", "2016-06-10"), map[string]any{"total_investment_yuan": decimal.NewFromInt(300), "leaders": []string{"张主任", "李书记"}})}})
	if err != nil || saved.Batch != nil || saved.Entries[0].State != ledger.RowUnchanged || saved.Entries[0].Version != "1.0" {
		t.Errorf("%+v %v", saved, err)
	}
	if now, _ := l.Version(context.Background()); now != version {
		t.Error("something was stored")
	}
}

func TestStaleSaveIsRefusedWithAllThreeValues(t *testing.T) {
	l := testkit.Ledger(t)
	imported(t, l, "台账.xlsx", row("甲", 300, "2016-06-03"))
	seen := at(t, l, "甲", "2016-06-10")
	mine := ledger.Save{By: "慢", Day: onDay("2016-06-10"), Entries: []ledger.Entry{edit(seen, map[string]any{"stage": "已完工", "problem": "无"})}}
	if _, err := l.Save(context.Background(), ledger.Save{By: "快", Day: onDay("2016-06-10"),
		Entries: []ledger.Entry{edit(seen, map[string]any{"stage": "建设中", "section": "城建科"})}}); err != nil {
		t.Fatal(err)
	}
	version, _ := l.Version(context.Background())
	_, err := l.Save(context.Background(), mine)
	var clash *ledger.Clash
	if !errors.As(err, &clash) || ledger.AsError(err).Kind != ledger.Conflict {
		t.Fatalf("%v", err)
	}
	if now, _ := l.Version(context.Background()); now != version {
		t.Error("something was stored")
	}
	got := map[string]ledger.ClashField{}
	for _, f := range clash.Entries[0].Fields {
		got[f.Name] = f
	}
	if f := got["stage"]; !f.Both || f.Saw != "" || f.Stands != "建设中" || f.Wanted != "已完工" || f.From.By != "快" || f.From.Kind != "form" {
		t.Errorf("changed by both: %+v", f)
	}
	if f := got["section"]; f.Both || !f.Moved || f.Changed || f.Stands != "城建科" || f.Wanted != "" {
		t.Errorf("changed by the other: %+v", f)
	}
	if f := got["problem"]; f.Both || f.Moved || !f.Changed || f.Wanted != "无" {
		t.Errorf("changed by me: %+v", f)
	}
	if len(got) != 3 || clash.Entries[0].Reason != ledger.ClashChanged {
		t.Errorf("%+v", clash.Entries[0])
	}
	// Saved again over what stands now.
	mine.Entries[0].Seen = clash.Entries[0].Stands.Version.Version
	if _, err := l.Save(context.Background(), mine); err != nil {
		t.Fatal(err)
	}
	now := at(t, l, "甲", "2016-06-10")
	for name, want := range map[string]string{"stage": "已完工", "section": "城建科", "problem": "无"} {
		if f, _ := now.Field(name); f.Value != want {
			t.Errorf("%s = %s, want %s", name, f.Value, want)
		}
	}
}

func TestTheSameContentBroughtAgainIsNoClash(t *testing.T) {
	l := testkit.Ledger(t)
	imported(t, l, "一.xlsx", row("甲", 300, "2016-06-03"))
	seen := at(t, l, "甲", "2016-06-10")
	imported(t, l, "二.xlsx", row("甲", 300, "2016-06-10"))
	if _, err := l.Save(context.Background(), ledger.Save{By: "王", Day: onDay("2016-06-10"), Entries: []ledger.Entry{edit(seen, map[string]any{"stage": "建设中"})}}); err != nil {
		t.Error(err)
	}
}

func TestNewAndRemovedRowsClash(t *testing.T) {
	l := testkit.Ledger(t)
	none := at(t, l, "乙", "2016-06-10")
	if none.Exists() || none.Version.Version != ledger.NoVersion {
		t.Fatalf("%+v", none)
	}
	fresh := ledger.Save{By: "王", Day: onDay("2016-06-10"), Entries: []ledger.Entry{{Dataset: ledger.Projects, Changes: map[string]ledger.Change{"project": {Value: "乙"}}}}}
	saved, err := l.Save(context.Background(), fresh)
	if err != nil || saved.Entries[0].State != ledger.RowNew || saved.Entries[0].Key != "乙" {
		t.Fatal(saved, err)
	}
	var clash *ledger.Clash
	if _, err := l.Save(context.Background(), fresh); !errors.As(err, &clash) || clash.Entries[0].Reason != ledger.ClashExists {
		// The very same content over what stands is a clash all the same: the person believed it new.
		t.Fatalf("%v", err)
	}
	seen := at(t, l, "乙", "2016-06-10")
	remove := ledger.Save{By: "王", Comment: "重复登记", Day: onDay("2016-06-11"), Entries: []ledger.Entry{{Dataset: ledger.Projects, Key: "乙", Seen: seen.Version.Version, Remove: true}}}
	if saved, err = l.Save(context.Background(), remove); err != nil || saved.Entries[0].State != ledger.RowRemoved {
		t.Fatal(saved, err)
	}
	if at(t, l, "乙", "2016-06-11").Exists() || !at(t, l, "乙", "2016-06-10").Exists() {
		t.Error("a removal counts from its day on")
	}
	late := ledger.Save{By: "李", Day: onDay("2016-06-12"), Entries: []ledger.Entry{edit(seen, map[string]any{"note": "补"})}}
	if _, err := l.Save(context.Background(), late); !errors.As(err, &clash) || clash.Entries[0].Reason != ledger.ClashGone || clash.Entries[0].Fields[0].From != nil {
		t.Errorf("an edit of a removed row: %v", err)
	}
	if _, err := l.Save(context.Background(), remove); !errors.As(err, &clash) {
		t.Errorf("removed twice: %v", err)
	}
	fresh.Day = onDay("2016-06-12")
	if saved, err = l.Save(context.Background(), fresh); err != nil || saved.Entries[0].State != ledger.RowNew {
		t.Errorf("a removed row may come back: %v %v", saved, err)
	}
}

func TestACorrectionOfThePastSaysHowFarItCounts(t *testing.T) {
	l := testkit.Ledger(t)
	imported(t, l, "一.xlsx", row("甲", 100, "2016-06-03"))
	imported(t, l, "二.xlsx", row("甲", 110, "2016-06-17"))
	imported(t, l, "三.xlsx", row("甲", 120, "2016-06-24"))
	seen := at(t, l, "甲", "2016-06-05")
	if seen.Later == nil || seen.Later.Format(time.DateOnly) != "2016-06-17" {
		t.Errorf("%+v", seen.Later)
	}
	newest := at(t, l, "甲", "2016-06-24")
	var clash *ledger.Clash
	if _, err := l.Save(context.Background(), ledger.Save{By: "王", Day: onDay("2016-06-05"),
		Entries: []ledger.Entry{edit(newest, map[string]any{"stage": "已完工"})}}); !errors.As(err, &clash) || clash.Entries[0].Reason != ledger.ClashDay || clash.Entries[0].Stands.Version.Version != seen.Version.Version {
		t.Errorf("an earlier day than what was seen: %v", err)
	}
	saved, err := l.Save(context.Background(), ledger.Save{By: "王", Day: onDay("2016-06-05"),
		Entries: []ledger.Entry{edit(seen, map[string]any{"total_investment_yuan": decimal.NewFromInt(105)})}})
	if err != nil || saved.Entries[0].Shadowed == nil || saved.Entries[0].Shadowed.Format(time.DateOnly) != "2016-06-17" {
		t.Fatal(saved, err)
	}
	for day, want := range map[string]string{"2016-06-03": "100", "2016-06-16": "105", "2016-06-17": "110"} {
		if got := standing(t, l, clock(t, l, day, time.Time{})); got["甲"] != want {
			t.Errorf("%s: %v", day, got)
		}
	}
}

func TestWhatCannotBeSaved(t *testing.T) {
	l := testkit.Ledger(t)
	imported(t, l, "一.xlsx", row("甲", 100, "2016-06-03"))
	seen := at(t, l, "甲", "2016-06-10")
	twice := edit(seen, map[string]any{"stage": "建设中"})
	for name, s := range map[string]ledger.Save{
		"nothing":            {},
		"a day to come":      {Day: onDay("2016-07-05"), Entries: []ledger.Entry{twice}},
		"an unknown field":   {Entries: []ledger.Entry{edit(seen, map[string]any{"no": 1})}},
		"a version of none":  {Entries: []ledger.Entry{{Dataset: ledger.Projects, Key: "甲", Seen: "x", Changes: twice.Changes}}},
		"a version unheard":  {Entries: []ledger.Entry{{Dataset: ledger.Projects, Key: "甲", Seen: "99.0", Changes: twice.Changes}}},
		"another name":       {Day: onDay("2016-06-10"), Entries: []ledger.Entry{edit(seen, map[string]any{"project": "丁"})}},
		"a row without name": {Entries: []ledger.Entry{{Dataset: ledger.Projects, Changes: map[string]ledger.Change{"stage": {Value: "建设中"}}}}},
		"a row twice":        {Day: onDay("2016-06-10"), Entries: []ledger.Entry{twice, twice}},
	} {
		if _, err := l.Save(context.Background(), s); ledger.AsError(err).Kind != ledger.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if list, _ := l.History(context.Background(), testkit.Now.AddDate(1, 0, 0)); len(list) != 1 {
		t.Errorf("stored: %v", list)
	}
}

// TestRowsThatSayTheirOwnDay are changed and removed on that day, whatever day the person chose.
func TestRowsThatSayTheirOwnDay(t *testing.T) {
	l := testkit.Ledger(t)
	ctx := context.Background()
	saved, err := l.Save(ctx, ledger.Save{By: "王", Entries: []ledger.Entry{{Dataset: ledger.Progress, Changes: map[string]ledger.Change{
		"project": {Value: "甲"}, "report_date": {Value: ledger.DayOf(*onDay("2016-06-10"))}, "percent": {Value: decimal.NewFromInt(30)}}}}})
	if err != nil || saved.Entries[0].Effective.Format(time.DateOnly) != "2016-06-10" {
		t.Fatal(saved, err)
	}
	key := saved.Entries[0].Key
	saved, err = l.Save(ctx, ledger.Save{By: "王", Day: onDay("2016-07-01"), Entries: []ledger.Entry{{Dataset: ledger.Progress, Key: key, Seen: saved.Entries[0].Version,
		Changes: map[string]ledger.Change{"percent": {Value: decimal.NewFromInt(35)}}}}})
	if err != nil || saved.Entries[0].Effective.Format(time.DateOnly) != "2016-06-10" {
		t.Fatal(saved, err)
	}
	if _, err = l.Save(ctx, ledger.Save{By: "王", Entries: []ledger.Entry{{Dataset: ledger.Progress, Key: key, Seen: saved.Entries[0].Version, Remove: true}}}); err != nil {
		t.Fatal(err)
	}
	s, err := l.RowAt(ctx, ledger.Progress, key, clock(t, l, "2016-06-10", time.Time{}))
	if err != nil || s.Exists() {
		t.Errorf("%+v %v", s, err)
	}
}

// TestOfManyAtOnceOneIsFirst lets people save over the same version at the same time.
func TestOfManyAtOnceOneIsFirst(t *testing.T) {
	l := testkit.Ledger(t)
	imported(t, l, "一.xlsx", row("甲", 100, "2016-06-03"))
	seen := at(t, l, "甲", "2016-06-10")
	results := make(chan error)
	for i := range 6 {
		s := ledger.Save{By: "某", Day: onDay("2016-06-10"), Entries: []ledger.Entry{edit(seen, map[string]any{"total_investment_yuan": decimal.NewFromInt(int64(200 + i))})}}
		go func() { _, err := l.Save(context.Background(), s); results <- err }()
	}
	first := 0
	for range 6 {
		var clash *ledger.Clash
		if err := <-results; err == nil {
			first++
		} else if !errors.As(err, &clash) {
			t.Error(err)
		}
	}
	if first != 1 {
		t.Errorf("%d were saved", first)
	}
}
