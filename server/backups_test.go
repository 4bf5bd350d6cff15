package server

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/testkit"
	"taizhang/ledger"
	"taizhang/ledger/backup"
)

// scratching gives the engine of a test a scratch database.
func scratching(t *testing.T, l *ledger.Ledger) Engine {
	engine := over(l)
	engine.Scratch = func(context.Context, Config) (driver.Conn, func() error, error) {
		return testkit.Scratch(t), func() error { return nil }, nil
	}
	return engine
}

// backupLedger holds the projects, tax and action items of the samples.
func backupLedger(t *testing.T) *ledger.Ledger {
	t.Helper()
	l := testkit.Ledger(t)
	code, out, errs := runCommand(l, "import", "--good-rows", testkit.Sample("项目台账.xlsx"), testkit.Sample("代办事项.xlsx"), testkit.Sample("税收2015.xlsx"))
	if code != exitDone {
		t.Fatal(out, errs)
	}
	return l
}

func appWith(t *testing.T, l *ledger.Ledger, engine Engine, cfg Config) *app {
	t.Helper()
	a, err := newApp(cfg, l, engine, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	a.patience = time.Minute
	t.Cleanup(a.close)
	return a
}

func backupConfig(t *testing.T) Config {
	cfg := DefaultConfig()
	cfg.Data, cfg.Backups = t.TempDir(), t.TempDir()
	return cfg
}

func TestBackupsAreTakenAndVerifiedOnTheirPage(t *testing.T) {
	l, cfg := backupLedger(t), backupConfig(t)
	a := appWith(t, l, scratching(t, l), cfg)
	if r := call(t, a, "GET", backupsPath, nil); r.StatusCode != 200 || !strings.Contains(r.Text, "还没有备份") {
		t.Fatal(r.StatusCode, r.Text)
	}
	if r := call(t, a, "POST", backupsPath, nil); r.StatusCode != 303 {
		t.Fatal(r.StatusCode, r.Text)
	}
	var told struct {
		Running bool
		Backups []keptBackup
	}
	if err := json.Unmarshal([]byte(call(t, a, "GET", backupsPath+".json", nil).Text), &told); err != nil {
		t.Fatal(err)
	}
	if told.Running || len(told.Backups) != 1 {
		t.Fatalf("%+v", told)
	}
	one := told.Backups[0]
	if one.Batches != 3 || one.Verified == nil || one.Verified.Trouble != nil || one.Verified.Answers < 15 || one.Verified.Rows != one.Rows || one.Kind != backup.Asked {
		t.Errorf("%+v %+v", one, one.Verified)
	}
	page := call(t, a, "GET", backupsPath, nil).Text
	for _, want := range []string{one.Name, "一致：", "之后没有新的导入", "taizhang restore " + cfg.Backups} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	// A backup that was damaged since is told so, by its file.
	if err := os.Truncate(filepath.Join(cfg.Backups, one.Name, "tax.native.zst"), 10); err != nil {
		t.Fatal(err)
	}
	form := func(body string) reply {
		return call(t, a, "POST", backupsPath+"/verify", strings.NewReader(body), "Content-Type: application/x-www-form-urlencoded")
	}
	if r := form("backup=" + one.Name); r.StatusCode != 303 {
		t.Fatal(r.StatusCode, r.Text)
	}
	if page := call(t, a, "GET", backupsPath, nil).Text; !strings.Contains(page, "tax.native.zst") || !strings.Contains(page, "核验未通过") {
		t.Error("the damage is not told")
	}
	for _, name := range []string{"..", "/etc", "taizhang-19990101-000000"} {
		if r := form("backup=" + name); r.StatusCode != 404 {
			t.Errorf("%s: %d", name, r.StatusCode)
		}
	}
}

// TestAVerificationFindsAWrongFigure brings back a backup whose manifest says that a dashboard said something else.
func TestAVerificationFindsAWrongFigure(t *testing.T) {
	testkit.Unraced(t)
	l, cfg := backupLedger(t), backupConfig(t)
	engine := scratching(t, l)
	wish, err := cfg.backupWish(cfg.Backups)
	if err != nil {
		t.Fatal(err)
	}
	found, _, err := wish.take(t.Context(), l, engine)
	if err != nil {
		t.Fatal(err)
	}
	m := found.Manifest
	conn := testkit.Scratch(t)
	if err := backup.Restore(t.Context(), conn, found.Path, m, nil); err != nil {
		t.Fatal(err)
	}
	// One yuan more in one row: the sums of the files cannot tell, the dashboards do.
	if err := conn.Exec(t.Context(), "INSERT INTO tax SELECT * REPLACE (line + 1000000 AS line, concat(key, 'x') AS key, toDecimal128(1, 4) AS tax_yuan) FROM tax LIMIT 1"); err != nil {
		t.Fatal(err)
	}
	_, err = wish.sameAnswers(t.Context(), conn, m, ledger.Options{Now: l.Now})
	if e := ledger.AsError(err); e.Message.Key != "backup.answer_differs" {
		t.Error(err)
	}
}

func TestABackupIsDueOnceADayAndWhenSomethingCameIn(t *testing.T) {
	testkit.Unraced(t)
	l, cfg := testkit.Ledger(t), backupConfig(t)
	k := newKeeper(cfg, l, scratching(t, l), slog.New(slog.NewTextHandler(io.Discard, nil)))
	t.Cleanup(k.close)
	due := func(at time.Time, want bool, why string) {
		t.Helper()
		if got, err := k.due(t.Context(), at); err != nil || got != want {
			t.Errorf("%s: due %v, %v", why, got, err)
		}
	}
	now := testkit.Now
	due(now, false, "an empty record")
	if code, _, errs := runCommand(l, "import", "--good-rows", testkit.Sample("项目台账.xlsx")); code != exitDone {
		t.Fatal(errs)
	}
	due(now, true, "the first")
	k.look(now)
	if list, err := backup.List(cfg.Backups); err != nil || len(list) != 1 || list[0].Kind != backup.Scheduled || verdictOf(list[0].Path) == nil {
		t.Fatal(list, err)
	}
	due(now, false, "just taken")
	due(now.AddDate(0, 0, 3), false, "nothing came in")
	if code, _, errs := runCommand(l, "import", testkit.Sample("税收2015.xlsx")); code != exitDone {
		t.Fatal(errs)
	}
	// Midnight in Shanghai is four in the afternoon in UTC: the slot is of the office's day.
	sameDay := time.Date(2016, 7, 5, 2, 29, 0, 0, ledger.Office)
	due(sameDay, false, "before the next slot")
	due(sameDay.Add(time.Minute), true, "at half past two")
	due(sameDay.AddDate(0, 0, -40), true, "the clock was set back before the backup was taken")
	k.cfg.BackupAt = neverAt
	due(sameDay.Add(time.Hour), false, "switched off")
}

func TestAFailedBackupIsTriedAgainLater(t *testing.T) {
	testkit.Unraced(t)
	l, cfg := backupLedger(t), backupConfig(t)
	cfg.Backups = filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(cfg.Backups, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	k := newKeeper(cfg, l, scratching(t, l), slog.New(slog.NewTextHandler(io.Discard, nil)))
	t.Cleanup(k.close)
	k.look(testkit.Now)
	if _, failed := k.state(); failed == nil {
		t.Fatal("the failure is forgotten")
	}
	if err := os.Remove(cfg.Backups); err != nil {
		t.Fatal(err)
	}
	for after, want := range map[time.Duration]bool{time.Minute: false, scheduleRetry: true} {
		if got, err := k.due(t.Context(), testkit.Now.Add(after)); err != nil || got != want {
			t.Errorf("after %s: due %v, %v", after, got, err)
		}
	}
}

func TestBackupSettings(t *testing.T) {
	for _, wrong := range []func(*Config){func(c *Config) { c.BackupAt = "25:00" }, func(c *Config) { c.BackupAt = "night" }, func(c *Config) { c.BackupKeep = 0 }} {
		cfg := DefaultConfig()
		wrong(&cfg)
		if err := cfg.Validate(); ledger.AsError(err).Kind != ledger.Invalid {
			t.Errorf("%+v: %v", cfg, err)
		}
	}
	cfg := DefaultConfig()
	cfg.ClickHouse, cfg.BackupAt = "clickhouse://x", "02:30"
	if _, on, err := cfg.backupTime(); on || err != nil {
		t.Error("a server's record has no folder of backups by itself")
	}
}
