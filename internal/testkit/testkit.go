// Package testkit gives tests the real thing: the embedded engine with a
// database of its own per test, the sample workbooks and golden files with one
// -update flag.
package testkit

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
	"taizhang/ledger/clickhouse"
)

var update = flag.Bool("update", false, "write golden files instead of comparing with them")

// Root is the repository's folder.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Dir(filepath.Dir(filepath.Dir(file)))
}

// Sample is the path of a sample workbook.
func Sample(name string) string { return filepath.Join(Root(), "samples", name) }

// Golden compares got with testdata/name, or writes it under -update.
func Golden(t testing.TB, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("golden file (make it with -update): %v", err)
	}
	if string(want) != string(got) {
		t.Errorf("%s differs from what was computed; look, then run with -update\n--- want\n%s\n--- got\n%s", path, want, got)
	}
}

var (
	engine   sync.Once
	engineAt string
	database atomic.Int64
)

// dir is the folder of the one embedded engine this test process may hold.
func dir(t testing.TB) string {
	engine.Do(func() {
		d, err := os.MkdirTemp("", "taizhang-test-*")
		if err != nil {
			t.Fatal(err)
		}
		engineAt = d
	})
	return engineAt
}

// Main runs a package's tests and removes the engine's folder afterwards; call it from TestMain.
func Main(m *testing.M) {
	code := m.Run()
	for _, k := range kept {
		_ = k.done()
	}
	if keptProvider != nil {
		keptProvider.end()
	}
	if engineAt != "" {
		os.RemoveAll(engineAt)
	}
	os.Exit(code)
}

// Unraced leaves a test out under the race detector with -short, which makes it several times slower and finds no more in it than in the
// others that do the same side by side. `make test` runs it without the detector, by this call, which stands in the test itself.
func Unraced(t testing.TB) {
	t.Helper()
	if raced && testing.Short() {
		t.Skip("run without the race detector, see scripts/unraced.sh")
	}
}

// Conn opens a fresh database, on the embedded engine or on the server TAIZHANG_TEST_CLICKHOUSE names.
func Conn(t testing.TB) driver.Conn {
	t.Helper()
	conn, drop := open(t)
	t.Cleanup(func() {
		if err := drop(); err != nil {
			t.Error(err)
		}
	})
	return conn
}

func open(t testing.TB) (conn driver.Conn, drop func() error) {
	t.Helper()
	cfg := clickhouse.Config{
		DSN:      os.Getenv("TAIZHANG_TEST_CLICKHOUSE"),
		Database: fmt.Sprintf("test_%d_%d", os.Getpid(), database.Add(1)),
	}
	if cfg.DSN == "" {
		cfg.Dir = dir(t)
	}
	conn, done, err := clickhouse.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return conn, func() error {
		_ = conn.Exec(context.Background(), "DROP DATABASE IF EXISTS "+cfg.Database+" SYNC")
		return done()
	}
}

// Now is the wall clock of test ledgers: a Monday morning after the samples' last week.
var Now = time.Date(2016, 7, 4, 1, 0, 0, 0, time.UTC)

// Ledger opens an empty record in a fresh database with the wall clock at Now.
func Ledger(t testing.TB) *ledger.Ledger {
	t.Helper()
	return over(t, Conn(t))
}

func over(t testing.TB, conn driver.Conn) *ledger.Ledger {
	t.Helper()
	l, err := ledger.New(context.Background(), conn, ledger.Options{Now: func() time.Time { return Now }})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// keptLedger is a record that outlives the test that filled it.
type keptLedger struct {
	ledger *ledger.Ledger
	done   func() error
}

var kept = map[string]keptLedger{}

// Kept is a record filled once for all tests of a package that only read it; each test asks for
// it by the same name. It is not for tests that run in parallel. A filling that fails is not kept.
func Kept(t testing.TB, name string, fill func(*ledger.Ledger)) *ledger.Ledger {
	t.Helper()
	if k, ok := kept[name]; ok {
		return k.ledger
	}
	conn, drop := open(t)
	filled := false
	defer func() {
		if !filled {
			_ = drop()
		}
	}()
	l := over(t, conn)
	fill(l)
	filled = !t.Failed()
	if filled {
		kept[name] = keptLedger{l, drop}
	}
	return l
}
