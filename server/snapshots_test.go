package server

import (
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// keepingApp is a server over a record that keeps briefings as workbooks, which are the quickest to make.
func keepingApp(t *testing.T, l *ledger.Ledger, dir string) *app {
	t.Helper()
	cfg := DefaultConfig()
	cfg.SnapshotDir, cfg.SnapshotForms = dir, bookFormat
	a, err := newApp(cfg, l, Engine{}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	a.exportPatience = time.Minute
	t.Cleanup(a.close)
	return a
}

func TestWeeklyBriefingIsDueAtItsMoment(t *testing.T) {
	cfg := DefaultConfig()
	cfg.SnapshotDir = t.TempDir()
	s, err := cfg.snapshots()
	if err != nil {
		t.Fatal(err)
	}
	office := func(text string) time.Time {
		at, err := time.ParseInLocation("2006-01-02 15:04", text, ledger.Office)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for now, want := range map[string]string{"2016-07-04 07:30": "2016-07-04 07:30", "2016-07-04 07:29": "2016-06-27 07:30", "2016-07-03 23:59": "2016-06-27 07:30",
		"2016-07-10 12:00": "2016-07-04 07:30", "2016-01-01 00:00": "2015-12-28 07:30"} {
		// The wall clock of the machine may stand in any zone.
		if got := s.due(office(now).UTC()); !got.Equal(office(want)) {
			t.Errorf("at %s the one of %s is due, want %s", now, clockTime(got), want)
		}
	}
	for _, wrong := range []func(*Config){func(c *Config) { c.SnapshotDay = "周一" }, func(c *Config) { c.SnapshotTime = "7点半" }, func(c *Config) { c.SnapshotForms = "ppt" },
		func(c *Config) { c.SnapshotDir = filepath.Join(c.SnapshotDir, "none") }} {
		c := cfg
		wrong(&c)
		if c.Validate() == nil {
			t.Errorf("taken: %s %s %s %s", c.SnapshotDir, c.SnapshotDay, c.SnapshotTime, c.SnapshotForms)
		}
	}
}

func TestWeeklyBriefingIsKeptOnceAndAsItWasKnown(t *testing.T) {
	testkit.Unraced(t)
	l := meetingApp(t, "进度周报-第4周.xlsx").ledger
	dir := t.TempDir()
	a := keepingApp(t, l, dir)
	// The record was filled after that Monday's half past seven: there was nothing to say.
	a.keepDue(t.Context(), testkit.Now)
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Fatalf("kept of an empty record: %v", files)
	}
	next := testkit.Now.AddDate(0, 0, 7)
	a.keepDue(t.Context(), next)
	path := filepath.Join(dir, "briefing-2016-07-11-asof-2016-07-11-known-20160711T0730.xlsx")
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	written, _ := os.Stat(path)
	a.keepDue(t.Context(), next.Add(time.Hour))
	// A server that was started anew writes what was due, finds it there and leaves it.
	again := keepingApp(t, l, dir)
	again.keepDue(t.Context(), next.AddDate(0, 0, 3))
	if state, err := os.Stat(path); err != nil || !state.ModTime().Equal(written.ModTime()) || again.snapshots.cause != nil {
		t.Errorf("written again: %v %v", err, again.snapshots.cause)
	}
	out := t.TempDir()
	if code, _, errs := runCommand(l, "export", "--meeting", "2016-07-11", "--asof", "2016-07-11", "--known", "2016-07-11T07:30", "--format", "xlsx", "--dir", out); code != exitDone {
		t.Fatal(errs)
	}
	if same, err := os.ReadFile(filepath.Join(out, filepath.Base(path))); err != nil || string(same) != string(first) {
		t.Errorf("the command makes another file: %d and %d bytes, %v", len(same), len(first), err)
	}
	page := call(t, again, http.MethodGet, "/briefing/kept", nil).Text
	if !strings.Contains(page, filepath.Base(path)) || !strings.Contains(page, "最近一次") && !strings.Contains(page, "最近写入") {
		t.Errorf("the page does not list it: %s", page)
	}
	got := call(t, again, http.MethodGet, "/briefing/kept/"+filepath.Base(path), nil)
	if got.StatusCode != http.StatusOK || got.Text != string(first) {
		t.Errorf("not handed out: %d", got.StatusCode)
	}
	for _, name := range []string{"..%2Fsecret.pdf", "notes.pdf", "briefing-2016-07-11.pdf", "briefing-2016-07-11-%E7%94%B2%E8%A1%97%E9%81%93.xlsx"} {
		if r := call(t, again, http.MethodGet, "/briefing/kept/"+name, nil); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", name, r.StatusCode)
		}
	}
}

func TestBriefingThatCannotBeKeptIsSaid(t *testing.T) {
	testkit.Unraced(t)
	dir := t.TempDir()
	a := keepingApp(t, meetingApp(t).ledger, dir)
	next := testkit.Now.AddDate(0, 0, 7)
	path := filepath.Join(dir, "briefing-2016-07-11-asof-2016-07-11-known-20160711T0730.xlsx")
	if err := os.WriteFile(path, []byte("somebody's own"), 0o600); err != nil {
		t.Fatal(err)
	}
	a.keepDue(t.Context(), next)
	if body, _ := os.ReadFile(path); string(body) != "somebody's own" {
		t.Error("a file of the same name was overwritten")
	}
	if page := call(t, a, http.MethodGet, "/briefing/kept", nil).Text; !strings.Contains(page, "没有写成") || !strings.Contains(page, "内容不同") {
		t.Errorf("the page does not say that it failed: %s", page)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	a.keepDue(t.Context(), next.Add(time.Minute)) // too early to try again
	if _, err := os.Stat(path); err == nil {
		t.Error("tried again at once")
	}
	a.keepDue(t.Context(), next.Add(snapshotRetry))
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	if page := call(t, a, http.MethodGet, "/briefing/kept", nil).Text; strings.Contains(page, "没有写成") {
		t.Error("a failure that was made good is still said")
	}
}

func TestClosedMeetingsBriefingIsKept(t *testing.T) {
	dir := t.TempDir()
	a := keepingApp(t, meetingApp(t).ledger, dir)
	must(t, a, "/meeting/close", form())
	path := filepath.Join(dir, "briefing-"+monday+".xlsx")
	for until := time.Now().Add(2 * time.Minute); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		if body, err := os.ReadFile(path); err == nil {
			if page := call(t, a, http.MethodGet, "/briefing.xlsx?meeting="+monday, nil); page.Text != string(body) {
				t.Errorf("kept %d bytes, the page gives %d", len(body), len(page.Text))
			}
			return
		}
	}
	t.Error("nothing was kept")
}
