package testkit

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
	"taizhang/ledger/clickhouse"
)

var database atomic.Int64

// opened is a database of this test process.
type opened struct {
	conn driver.Conn
	done func() error // drops it
}

// open makes a fresh database, on the embedded engine or on the server TAIZHANG_TEST_CLICKHOUSE names.
func open(t testing.TB, through func(http.RoundTripper) http.RoundTripper) opened {
	t.Helper()
	cfg := clickhouse.Config{
		DSN:      os.Getenv("TAIZHANG_TEST_CLICKHOUSE"),
		Database: fmt.Sprintf("test_%d_%d", os.Getpid(), database.Add(1)),
		Through:  through,
	}
	if cfg.DSN == "" {
		cfg.Dir = dir(t)
	}
	conn, done, err := clickhouse.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return opened{conn, func() error {
		_ = conn.Exec(context.Background(), "DROP DATABASE IF EXISTS "+cfg.Database+" SYNC")
		return done()
	}}
}

// Conn opens a fresh database without a record.
func Conn(t testing.TB) driver.Conn {
	t.Helper()
	return own(t, nil)
}

// Scratch is a fresh database that all is written into through this connection alone, so that with -short it may remember.
func Scratch(t testing.TB) driver.Conn {
	t.Helper()
	return own(t, remembers())
}

// own is a fresh database that goes with its test.
func own(t testing.TB, through func(http.RoundTripper) http.RoundTripper) driver.Conn {
	t.Helper()
	o := open(t, through)
	t.Cleanup(func() {
		if err := o.done(); err != nil {
			t.Error(err)
		}
	})
	return o.conn
}

// Now is the wall clock of test ledgers: a Monday morning after the samples' last week.
var Now = time.Date(2016, 7, 4, 1, 0, 0, 0, time.UTC)

// Ledger opens an empty record of the test's own with the wall clock at Now.
func Ledger(t testing.TB) *ledger.Ledger {
	t.Helper()
	return over(t, Empty(t))
}

func over(t testing.TB, conn driver.Conn) *ledger.Ledger {
	t.Helper()
	l, err := ledger.New(context.Background(), conn, ledger.Options{Now: func() time.Time { return Now }})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// emptied are databases with an empty record that no test has at the moment: making the tables takes ten times as long as emptying them.
var emptied = make(chan opened, 8)

// Empty is a database with the tables of an empty record, the test's own until it ends.
func Empty(t testing.TB) driver.Conn {
	t.Helper()
	o, tables := anEmpty(t)
	t.Cleanup(func() {
		if t.Failed() || !empty(o, tables) || !putBack(o) {
			if err := o.done(); err != nil {
				t.Error(err)
			}
		}
	})
	return o.conn
}

// putBack leaves a database to the next test.
func putBack(o opened) bool {
	select {
	case emptied <- o:
		return true
	default:
		return false
	}
}

// anEmpty is one that was put back or a new one, with a sum over its tables.
func anEmpty(t testing.TB) (o opened, tables uint64) {
	t.Helper()
	for {
		select {
		case o = <-emptied:
			if sum, rows, err := standing(o.conn); err == nil && rows == 0 {
				return o, sum
			}
			_ = o.done() // somebody wrote into it after its test had ended
		default:
			o = open(t, remembers())
			over(t, o.conn)
			sum, _, err := standing(o.conn)
			if err != nil {
				t.Fatal(err)
			}
			return o, sum
		}
	}
}

// standing sums up which tables, columns and views there are and how often a version was written, and counts all other rows.
func standing(conn driver.Conn) (tables, rows uint64, err error) {
	err = conn.QueryRow(context.Background(), `SELECT groupBitXor(cityHash64(name, toString(uuid), if(name = 'schema_versions', ifNull(total_rows, 0), 0))) +
		(SELECT groupBitXor(cityHash64(table, name, type)) FROM system.columns WHERE database = currentDatabase()), sum(if(name = 'schema_versions', 0, ifNull(total_rows, 0)))
		FROM system.tables WHERE database = currentDatabase()`).Scan(&tables, &rows)
	return tables, rows, err
}

// empty takes the rows out of a record's tables; false when the test changed the tables themselves.
func empty(o opened, tables uint64) bool {
	ctx := context.Background()
	if now, _, err := standing(o.conn); err != nil || now != tables {
		return false
	}
	filled, err := names(ctx, o.conn, "SELECT name FROM system.tables WHERE database = currentDatabase() AND total_rows > 0 AND name != 'schema_versions'")
	for _, name := range filled {
		if err == nil {
			err = o.conn.Exec(ctx, "TRUNCATE TABLE "+name)
		}
	}
	return err == nil
}

// Filled are the datasets of which a record holds rows, standing or not; to read the others is to plan a statement each for nothing.
func Filled(t testing.TB, l *ledger.Ledger) (list []*ledger.Dataset) {
	t.Helper()
	tables, err := names(t.Context(), l.Conn(), "SELECT name FROM system.tables WHERE database = currentDatabase() AND total_rows > 0")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range ledger.All {
		if slices.Contains(tables, d.Name) {
			list = append(list, d)
		}
	}
	return list
}

func names(ctx context.Context, conn driver.Conn, sql string, args ...any) (list []string, err error) {
	rows, err := conn.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		list = append(list, name)
	}
	return list, rows.Err()
}

// keptLedger is a record that outlives the test that filled it.
type keptLedger struct {
	opened
	ledger *ledger.Ledger
}

var kept = map[string]keptLedger{}

// Kept is a record filled once for all tests of a package that only read it; each test asks for
// it by the same name. It is not for tests that run in parallel. A filling that fails is not kept.
func Kept(t testing.TB, name string, fill func(*ledger.Ledger)) *ledger.Ledger {
	t.Helper()
	if k, ok := kept[name]; ok {
		return k.ledger
	}
	o := open(t, remembers())
	filled := false
	defer func() {
		if !filled {
			_ = o.done()
		}
	}()
	l := over(t, o.conn)
	fill(l)
	filled = !t.Failed()
	if filled {
		kept[name] = keptLedger{o, l}
	}
	return l
}

// closeDatabases ends what outlives tests.
func closeDatabases() {
	for _, k := range kept {
		_ = k.done()
	}
	for {
		select {
		case o := <-emptied:
			_ = o.done()
		default:
			return
		}
	}
}
