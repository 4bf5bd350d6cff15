package clickhouse

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

func TestAbandonedResultsGiveTheirConnectionsBack(t *testing.T) {
	conn := openTest(t, Config{})
	before := runtime.NumGoroutine()
	for range 20 { // more than the engine has connections
		ctx, cancel := context.WithCancel(context.Background())
		rows, err := conn.Query(ctx, "SELECT number, toString(number) FROM numbers(100000000)")
		if err != nil {
			t.Fatal(err)
		}
		if !rows.Next() {
			t.Fatal(rows.Err())
		}
		cancel()
		if err := rows.Close(); !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("closing a cancelled result: %v", err)
		}
	}
	if got := one[uint8](t, context.Background(), conn, "SELECT 1"); got != 1 {
		t.Error(got)
	}
	for range 50 {
		if runtime.NumGoroutine() <= before+2 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

// A small result is taken out of the engine at once, so that reading it may ask further questions without end.
func TestQueriesWithinManyOpenResults(t *testing.T) {
	conn := openTest(t, Config{})
	ctx := context.Background()
	var open []driver.Rows
	for range 10 {
		rows, err := conn.Query(ctx, "SELECT number FROM numbers(10000)")
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, rows)
	}
	if got := one[uint8](t, ctx, conn, "SELECT 1"); got != 1 {
		t.Error(got)
	}
	for _, rows := range open {
		n := 0
		for rows.Next() {
			n++
		}
		if n != 10000 || rows.Err() != nil {
			t.Error(n, rows.Err())
		}
	}
}

func TestFullPoolEndsWithTheContext(t *testing.T) {
	p := newPool(1, func() (*session, error) { return nil, errors.New("not reached") })
	p.slots <- struct{}{}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err := p.acquire(ctx, "default", nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if p.close(50 * time.Millisecond) {
		t.Error("closed while a statement runs")
	}
	<-p.slots
	if !p.close(time.Second) {
		t.Error("did not close after the statement ended")
	}
	if _, err := p.acquire(context.Background(), "default", nil); !errors.Is(err, errClosed) {
		t.Error(err)
	}
}

func TestFailedConnectionsLeaveTheirPlaceFree(t *testing.T) {
	p := newPool(1, func() (*session, error) { return nil, errors.New("refused") })
	for range 3 {
		if _, err := p.acquire(context.Background(), "default", nil); err == nil {
			t.Fatal("no error")
		}
	}
	if len(p.slots) != 0 {
		t.Error("a place is lost")
	}
}

func TestBackupAndRestore(t *testing.T) {
	conn := openTest(t, Config{})
	ctx := context.Background()
	mustExec(t, conn, "CREATE TABLE saved (a UInt64) ENGINE = MergeTree ORDER BY a")
	mustExec(t, conn, "INSERT INTO saved SELECT number FROM numbers(1000)")
	database := one[string](t, ctx, conn, "SELECT currentDatabase()")
	target := filepath.Join(sharedDir, "backups", database)
	mustExec(t, conn, "BACKUP DATABASE "+database+" TO File("+quoteText(target)+")")
	if _, err := os.Stat(target); err != nil {
		t.Fatal(err)
	}
	mustExec(t, conn, "RESTORE DATABASE "+database+" AS restored FROM File("+quoteText(target)+")")
	if n := one[uint64](t, ctx, conn, "SELECT count() FROM restored.saved"); n != 1000 {
		t.Errorf("%d rows restored", n)
	}
	mustExec(t, conn, "DROP DATABASE restored SYNC")
}
