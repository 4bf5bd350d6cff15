package testkit

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

func TestMain(m *testing.M) { Main(m) }

// asked counts the questions that come through to the engine.
type asked struct {
	next http.RoundTripper
	n    *atomic.Int32
}

func (a asked) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := readBody(r)
	if err != nil {
		return nil, err
	}
	if bytes.Contains(body, []byte("SELECT")) && bytes.Contains(body, []byte(" FROM ")) {
		a.n.Add(1)
	}
	return a.next.RoundTrip(r)
}

// rememberedConn is a database with a memory, and how often the engine was asked.
func rememberedConn(t *testing.T) (driver.Conn, *atomic.Int32) {
	t.Helper()
	if os.Getenv("TAIZHANG_TEST_CLICKHOUSE") != "" {
		t.Skip("a server has no transport of ours")
	}
	n, m := &atomic.Int32{}, &memory{answers: map[string]answered{}}
	conn := own(t, func(next http.RoundTripper) http.RoundTripper { return remembering{m, asked{next, n}} })
	for _, ddl := range []string{"CREATE TABLE numbers (n UInt64) ENGINE = MergeTree ORDER BY n", "CREATE TABLE audit (n UInt64) ENGINE = MergeTree ORDER BY n",
		"CREATE VIEW at AS SELECT n FROM numbers WHERE n >= {least:UInt64}"} {
		if err := conn.Exec(t.Context(), ddl); err != nil {
			t.Fatal(err)
		}
	}
	return conn, n
}

func sumOf(t *testing.T, conn driver.Conn, sql, least string) (sum uint64) {
	t.Helper()
	if err := conn.QueryRow(ledger.Bind(t.Context(), ledger.Params{"least": least}), sql).Scan(&sum); err != nil {
		t.Fatal(err)
	}
	return sum
}

// TestWhatIsRememberedIsWhatStands asks in between everything that may change an answer, and counts how often the engine was asked.
func TestWhatIsRememberedIsWhatStands(t *testing.T) {
	conn, n := rememberedConn(t)
	const numbers, audit, clock = "SELECT sum(n) FROM at(least = {least:UInt64})", "-- Of the audit.\nSELECT sum(n) FROM audit", "SELECT toUInt64(now64(9)) FROM numbers LIMIT 1"
	insert := func(table string, value uint64) {
		t.Helper()
		b, err := conn.PrepareBatch(t.Context(), "INSERT INTO "+table)
		if err == nil {
			err = b.Append(value)
		}
		if err == nil {
			err = b.Send()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	exec := func(sql string) func() {
		return func() {
			if err := conn.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, step := range []struct {
		name                  string
		act                   func()
		numbers, three, audit uint64
		fresh                 int32 // statements the engine has to be asked
	}{
		{"at first", func() {}, 0, 0, 0, 3},
		{"again", func() {}, 0, 0, 0, 0},
		{"a batch", func() { insert("numbers", 2); insert("numbers", 5) }, 7, 5, 0, 3},
		{"again", func() {}, 7, 5, 0, 0},
		{"a table no view reads", func() { insert("audit", 9) }, 7, 5, 9, 1},
		{"a statement that inserts", exec("INSERT INTO numbers SELECT 10"), 17, 15, 9, 3},
		{"one that deletes", exec("ALTER TABLE numbers DELETE WHERE n = 5 SETTINGS mutations_sync = 1"), 12, 10, 9, 3},
		{"one that empties", exec("TRUNCATE TABLE numbers"), 0, 0, 9, 3},
		{"again", func() {}, 0, 0, 9, 0},
	} {
		step.act()
		before := n.Load()
		got := [3]uint64{sumOf(t, conn, numbers, "0"), sumOf(t, conn, numbers, "3"), sumOf(t, conn, audit, "0")}
		if want := [3]uint64{step.numbers, step.three, step.audit}; got != want {
			t.Errorf("after %s: %v, want %v", step.name, got, want)
		}
		if fresh := n.Load() - before; fresh != step.fresh {
			t.Errorf("after %s the engine was asked %d times, want %d", step.name, fresh, step.fresh)
		}
	}
	insert("numbers", 1)
	before := n.Load()
	for range 3 {
		sumOf(t, conn, clock, "0")
	}
	if n.Load() != before+3 {
		t.Error("the time of day was remembered")
	}
}

// TestReadersBesideAWriterReadNothingOld has many read while one writes: whoever asks after a write has ended sees it.
func TestReadersBesideAWriterReadNothingOld(t *testing.T) {
	conn, _ := rememberedConn(t)
	var written atomic.Uint64
	ctx, stop := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for range 4 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			for ctx.Err() == nil {
				least := written.Load()
				var sum uint64
				if err := conn.QueryRow(t.Context(), "SELECT sum(n) FROM numbers").Scan(&sum); err != nil || sum < least {
					t.Errorf("%d read after %d was written: %v", sum, least, err)
				}
			}
		}()
	}
	for range 200 {
		if err := conn.Exec(t.Context(), "INSERT INTO numbers VALUES (1)"); err != nil {
			t.Fatal(err)
		}
		written.Add(1)
	}
	stop()
	readers.Wait()
}

// TestAnEmptiedRecordIsEmpty gives a record that was written into to the next test, and one whose tables were changed to none.
func TestAnEmptiedRecordIsEmpty(t *testing.T) {
	var first, changed driver.Conn
	t.Run("write", func(t *testing.T) {
		l := Ledger(t)
		first = l.Conn()
		fill(t, l, ledger.Tax, 3, func(i int) (map[string]any, time.Time) { return Economy{1, 3, 1}.paid(i, Now), Now })
		if rows(t, first) == 0 {
			t.Error("nothing was written")
		}
	})
	t.Run("again", func(t *testing.T) {
		l := Ledger(t)
		if l.Conn() != first {
			t.Error("the database was made anew")
		}
		if n := rows(t, l.Conn()); n != 0 {
			t.Errorf("%d rows are left of the test before", n)
		}
		changed = l.Conn()
		if err := changed.Exec(t.Context(), "ALTER TABLE tax ADD COLUMN odd String"); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("changed", func(t *testing.T) {
		l := Ledger(t)
		if l.Conn() == changed {
			t.Error("a record whose tables were changed was handed on")
		}
		if changed = l.Conn(); changed.Exec(t.Context(), "INSERT INTO schema_versions VALUES (999, now64(3))") != nil {
			t.Error("no version was written")
		}
	})
	t.Run("newer", func(t *testing.T) {
		if Ledger(t).Conn() == changed {
			t.Error("a record that a newer program wrote was handed on")
		}
	})
}

func rows(t *testing.T, conn driver.Conn) (n uint64) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), "SELECT sum(total_rows) FROM system.tables WHERE database = currentDatabase() AND name != 'schema_versions'").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
