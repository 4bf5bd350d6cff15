package ledger_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// TestCodeAsksForOneArea walks the program: an as-of view that code reads is given an area, and clocks come from a ledger or from
// another clock (Ledger.Clock, Ledger.ClockAt, Clock.At), because one without an area reads nothing.
func TestCodeAsksForOneArea(t *testing.T) {
	view := regexp.MustCompile(`_at\(asof = [^\n]*?'UTC'\)\}(, area = \{area:String\})?\)`)
	clock := regexp.MustCompile(`\bClock\{[^}\n]`)
	reads := 0
	for _, room := range []string{"ledger", "ingest", "analytics", "charts", "server"} {
		files, err := filepath.Glob(filepath.Join(testkit.Root(), room, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(room, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			name := room + "/" + filepath.Base(file)
			for _, found := range view.FindAllStringSubmatch(string(text), -1) {
				if reads++; found[1] == "" {
					t.Errorf("%s: %s does not read one area", name, found[0])
				}
			}
			if clock.Match(text) && name != "ledger/clock.go" && !strings.HasSuffix(name, "_test.go") {
				t.Errorf("%s makes a clock without an area", name)
			}
		}
	}
	if reads < 8 {
		t.Errorf("only %d reads were seen", reads)
	}
}

const elsewhere = "外街道"

// TestAreasDoNotMix loads the same names into two areas of one record, replaces, undoes and asks at other clocks.
func TestAreasDoNotMix(t *testing.T) {
	l, ctx := testkit.Ledger(t), t.Context()
	other := l.In(elsewhere)
	load := func(l *ledger.Ledger, content string, rows ...ledger.Row) ledger.Batch {
		t.Helper()
		b, err := l.Load(ctx, one(content, func(add addFunc) error {
			for _, r := range rows {
				if err := add(ledger.Projects, r); err != nil {
					return err
				}
			}
			return nil
		}, ledger.Projects))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	expect := func(l *ledger.Ledger, asof string, known time.Time, want string) {
		t.Helper()
		got := standing(t, l, clock(t, l, asof, known))
		names := slices.Sorted(maps.Keys(got))
		said := ""
		for _, name := range names {
			said += name + "=" + got[name] + " "
		}
		if said != want {
			t.Errorf("%s at %s: %q, want %q", l.Area(), asof, said, want)
		}
	}
	load(l, "a", row("甲", 1, "2016-06-01"), row("乙", 2, "2016-06-01"))
	before := clock(t, l, "2016-06-30", time.Time{})
	ours := load(other, "a", row("甲", 100, "2016-06-10")) // the same content is no duplicate elsewhere
	moment := ours.CommittedAt
	later := load(other, "b", row("甲", 300, "2016-06-20"))
	expect(l, "2016-06-30", time.Time{}, "乙=2 甲=1 ")
	expect(other, "2016-06-05", time.Time{}, "")
	expect(other, "2016-06-30", moment, "甲=100 ")
	expect(other, "2016-06-30", time.Time{}, "甲=300 ")
	if _, err := other.Load(ctx, one("a", func(addFunc) error { return nil }, ledger.Projects)); ledger.AsError(err).Kind != ledger.Conflict {
		t.Error("the same content twice in one area:", err)
	}
	history, err := l.History(ctx, before.Known)
	if err != nil || len(history) != 1 || history[0].Area != l.Area() {
		t.Error(history, err)
	}
	if err := l.Undo(ctx, later.ID, "测试", "别处的"); ledger.AsError(err).Kind != ledger.NotFound || !strings.Contains(err.Error(), elsewhere) {
		t.Error("a batch was undone from another area:", err)
	}
	versions, err := l.Versions(ctx, ledger.Projects, "甲", before)
	if err != nil || len(versions) != 1 {
		t.Error(versions, err)
	}
	diff, err := l.Diff(ctx, ledger.DiffQuery{Dataset: ledger.Projects, From: clock(t, other, "2016-06-15", time.Time{}), To: clock(t, other, "2016-06-30", time.Time{})})
	if err != nil || len(diff) != 1 || diff[0].Kind != ledger.DiffChanged {
		t.Error(diff, err)
	}
	removed := 0
	replace := ledger.Replacement{Dataset: ledger.Projects, Days: map[string]time.Time{"": testkit.Now}, Kept: func(string) bool { return false }}
	if err := other.Removals(ctx, replace, func(ledger.Row) error { removed++; return nil }); err != nil || removed != 1 {
		t.Error(removed, "removals", err)
	}
	for _, b := range []ledger.Batch{ours, later} {
		if err := other.Undo(ctx, b.ID, "测试", "错"); err != nil {
			t.Fatal(err)
		}
	}
	expect(other, "2016-06-30", time.Time{}, "")
	expect(l, "2016-06-30", time.Time{}, "乙=2 甲=1 ")
	// Nothing of it stands, so it is not offered; its history can still be read.
	if list, err := l.Areas(ctx); err != nil || !slices.Equal(list, []string{l.Own()}) {
		t.Error(list, err)
	}
	if again, err := l.Known(ctx, elsewhere); err != nil || again.Area() != elsewhere {
		t.Error(err)
	}
	if _, err := l.Known(ctx, "没有的街道"); ledger.AsError(err).Kind != ledger.NotFound {
		t.Error(err)
	}
}

// TestBatchesOfOlderRecordsGetTheirArea upgrades a record whose batches do not say their area: rows of one batch are of another.
func TestBatchesOfOlderRecordsGetTheirArea(t *testing.T) {
	conn, ctx := version1(t), t.Context()
	l, err := ledger.New(ctx, conn, ledger.Options{Area: elsewhere, Now: func() time.Time { return testkit.Now }})
	if err != nil {
		t.Fatal(err)
	}
	// Its rows were written for the default area before the office gave its name.
	list, err := l.Areas(ctx)
	if err != nil || len(list) != 2 || list[0] != elsewhere {
		t.Fatal(list, err)
	}
	meetsVersion1(t, l.In(list[1]))
	if history, err := l.History(ctx, clock(t, l, "", time.Time{}).Known); err != nil || len(history) != 0 {
		t.Error(history, err)
	}
	var twice uint64
	if err := conn.QueryRow(ctx, "SELECT toUInt64(count() - uniqExact(batch)) FROM batches WHERE event = 'area'").Scan(&twice); err != nil || twice != 0 {
		t.Error(twice, "areas were named again", err)
	}
}
