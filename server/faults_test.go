package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/access"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// TestAPanicInAHandlerIsA500 dereferences nil while statements of the engine run in the same process: the one request fails, the others do not.
func TestAPanicInAHandlerIsA500(t *testing.T) {
	a := testApp(t)
	a.register([]route{{Path: "/t/nil", Needs: access.Open, Formats: "json", Handle: func(c *fiber.Ctx) error {
		var nothing *Config
		return c.SendString(nothing.Data)
	}}})
	asked := make(chan error, 1)
	go func() {
		var n uint64
		asked <- a.ledger.Conn().QueryRow(t.Context(), "SELECT count() FROM numbers(300000000) WHERE NOT ignore(number % 7)").Scan(&n)
	}()
	for range 5 {
		if r := call(t, a, http.MethodGet, "/t/nil.json", nil); r.StatusCode != 500 || !strings.Contains(r.Text, "request_id") || strings.Contains(r.Text, "nil pointer") {
			t.Errorf("%d %s", r.StatusCode, r.Text)
		}
	}
	if err := <-asked; err != nil {
		t.Error("the statement beside it:", err)
	}
	if r := call(t, a, http.MethodGet, "/readyz", nil); r.StatusCode != 200 {
		t.Errorf("afterwards: %d", r.StatusCode)
	}
}

// clocked is a record whose wall clock a test sets.
func clocked(t *testing.T, now *time.Time) *ledger.Ledger {
	t.Helper()
	l, err := ledger.New(t.Context(), testkit.Empty(t), ledger.Options{Now: func() time.Time { return *now }, Alone: true})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestAClockThatIsSetBack imports, sets the clock back a year, and imports and undoes again: record times still rise, every batch
// is visible, and what was known before is answered as before.
func TestAClockThatIsSetBack(t *testing.T) {
	testkit.Unraced(t)
	now := testkit.Now
	l := clocked(t, &now)
	load := func(name string) {
		t.Helper()
		if code, out, errs := runCommand(l, "import", "--good-rows", testkit.Sample(name)); code != exitDone {
			t.Fatal(name, out, errs)
		}
	}
	load("税收2014.xlsx")
	before, err := l.LastMoment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, then, _ := runCommand(l, "report", "tax", "--year", "2014", "--asof", "2016-06-27", "--known", before.Format(time.RFC3339Nano), "--json")
	now = now.AddDate(-1, 0, 0)
	load("税收2015.xlsx")
	if code, _, errs := runCommand(l, "undo", "1"); code != exitDone {
		t.Fatal(errs)
	}
	history, err := l.History(t.Context(), testkit.Now.AddDate(1, 0, 0))
	if err != nil || len(history) != 2 {
		t.Fatal(history, err)
	}
	first, second := history[1], history[0]
	if !second.CommittedAt.After(first.CommittedAt) || first.UndoneAt == nil || !first.UndoneAt.After(second.CommittedAt) {
		t.Errorf("record times went back: %s, %s, undone %v", first.CommittedAt, second.CommittedAt, first.UndoneAt)
	}
	if _, again, _ := runCommand(l, "report", "tax", "--year", "2014", "--asof", "2016-06-27", "--known", before.Format(time.RFC3339Nano), "--json"); again != then || then == "" {
		t.Errorf("what was known then is answered otherwise:\n%.300s\n%.300s", then, again)
	}
	if _, out, _ := runCommand(l, "report", "tax", "--year", "2015", "--asof", "2016-06-27", "--json"); !strings.Contains(out, "434000000") {
		t.Errorf("the later import is not seen: %.300s", out)
	}
}

// TestMidnightInShanghai asks a second before and after the office's midnight, which is four in the afternoon in UTC: the page's
// day moves on, the kept answer of the day before is not given, and each answer names its day.
func TestMidnightInShanghai(t *testing.T) {
	testkit.Unraced(t)
	now := time.Date(2016, 6, 27, 15, 59, 59, 0, time.UTC)
	l := clocked(t, &now)
	if code, out, errs := runCommand(l, "import", "--good-rows", testkit.Sample("项目台账.xlsx"), testkit.Sample("税收2016年1-5月.xlsx")); code != exitDone {
		t.Fatal(out, errs)
	}
	a := appOver(t, l)
	day := func() string {
		t.Helper()
		r := call(t, a, http.MethodGet, "/projects.json", nil)
		_, rest, _ := strings.Cut(r.Text, `"asof":"`)
		return rest[:min(len(rest), 10)]
	}
	tag := call(t, a, http.MethodGet, "/projects.json", nil).Header.Get("ETag")
	if got := day(); got != "2016-06-27" {
		t.Errorf("a second before midnight: %s", got)
	}
	now = now.Add(2 * time.Second)
	if got := day(); got != "2016-06-28" {
		t.Errorf("a second after midnight: %s", got)
	}
	if r := call(t, a, http.MethodGet, "/projects.json", nil, "If-None-Match: "+tag); r.StatusCode != 200 {
		t.Errorf("the day before is still taken for today: %d", r.StatusCode)
	}
	// A form saved now speaks of the new day.
	clock, err := l.Clock(t.Context(), "", "")
	if err != nil || clock.Asof.Format(time.DateOnly) != "2016-06-28" || !clock.Live {
		t.Errorf("%+v %v", clock, err)
	}
}
