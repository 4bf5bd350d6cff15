package clickhouse

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	chgo "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

const endless = "SELECT sum(cityHash64(number)) FROM numbers(1000000000000)"

func TestCancelStopsTheStatement(t *testing.T) {
	cases := []struct {
		name string
		run  func(ctx context.Context, conn driver.Conn) error
	}{
		{"aggregation", func(ctx context.Context, conn driver.Conn) error { return conn.Exec(ctx, endless) }},
		{"insert from select", func(ctx context.Context, conn driver.Conn) error {
			return conn.Exec(ctx, "INSERT INTO sink SELECT number FROM numbers(1000000000000) WHERE cityHash64(number) = 1")
		}},
		{"insert of many blocks", func(ctx context.Context, conn driver.Conn) error {
			ctx = chgo.Context(ctx, chgo.WithSettings(chgo.Settings{"max_insert_block_size": 1000, "min_insert_block_size_rows": 1000, "input_format_parallel_parsing": 0}))
			return conn.InsertFormat(ctx, "CSV", "INSERT INTO slow", strings.NewReader(strings.Repeat("1\n", 1_000_000)))
		}},
		{"reading a result", func(ctx context.Context, conn driver.Conn) error {
			rows, err := conn.Query(ctx, "SELECT number FROM numbers(1000000000000)")
			if err != nil {
				return err
			}
			for rows.Next() {
			}
			return rows.Err()
		}},
	}
	onEach(t, func(t *testing.T, conn driver.Conn) {
		mustExec(t, conn, "CREATE TABLE sink (a UInt64) ENGINE = MergeTree ORDER BY a")
		mustExec(t, conn, "CREATE TABLE slow (a UInt64, CONSTRAINT slow CHECK sleepEachRow(0.0001) = 0) ENGINE = MergeTree ORDER BY a")
		for _, c := range cases {
			ctx, cancel := context.WithCancel(context.Background())
			var cancelled time.Time
			time.AfterFunc(300*time.Millisecond, func() { cancelled = time.Now(); cancel() })
			err := c.run(ctx, conn)
			if took := time.Since(cancelled); cancelled.IsZero() || took > 8*time.Second {
				t.Errorf("%s: ended %s after its cancel at %s", c.name, took, cancelled)
			} else {
				t.Logf("%s: ended %s after its cancel", c.name, took.Round(time.Millisecond))
			}
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", c.name, err)
			}
			if told, ok := Explain(err); !ok || told.Kind != KindCancelled {
				t.Errorf("%s: explained as %s", c.name, told.Kind)
			}
			cancel()
		}
		waitUntilIdle(t, conn)
	})
}

// waitUntilIdle fails when the engine still works on a cancelled statement after some seconds.
func waitUntilIdle(t *testing.T, conn driver.Conn) {
	t.Helper()
	var n uint64
	for range 50 {
		n = one[uint64](t, context.Background(), conn, "SELECT count() FROM system.processes WHERE (query LIKE '%1000000000000%' OR query LIKE '%INTO slow%') AND query NOT LIKE '%system.processes%'")
		if n == 0 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("%d cancelled statements still run: %s", n, one[string](t, context.Background(), conn,
		"SELECT arrayStringConcat(groupArray(concat(query, ' killed=', toString(is_cancelled), ' elapsed=', toString(elapsed))), '; ') FROM system.processes"))
}

func TestDeadlineBeforeAndDuringAStatement(t *testing.T) {
	conn := openTest(t, Config{})
	past, cancel := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancel()
	if err := conn.Exec(past, "SELECT 1"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("past deadline: %v", err)
	}
	soon, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	begin := time.Now()
	if err := conn.Exec(soon, endless); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("deadline: %v", err)
	}
	if took := time.Since(begin); took > 6*time.Second {
		t.Errorf("took %s", took)
	}
}

func TestParallelStatements(t *testing.T) {
	onEach(t, func(t *testing.T, conn driver.Conn) {
		ctx := context.Background()
		mustExec(t, conn, "CREATE TABLE shared (a UInt64, b String) ENGINE = MergeTree ORDER BY a")
		var group sync.WaitGroup
		for worker := range uint64(12) {
			group.Go(func() {
				for step := range uint64(10) {
					batch, err := conn.PrepareBatch(ctx, "INSERT INTO shared")
					if err != nil {
						t.Error(err)
						return
					}
					if err := batch.Append(worker*100+step, "x"); err != nil {
						t.Error(err)
					}
					if err := batch.Send(); err != nil {
						t.Error(err)
					}
					var n uint64
					if err := conn.QueryRow(ctx, "SELECT count() FROM shared WHERE a >= {from:UInt64}", chNamed("from", worker*100)).Scan(&n); err != nil || n == 0 {
						t.Error(n, err)
					}
				}
			})
		}
		group.Wait()
		if n := one[uint64](t, ctx, conn, "SELECT count() FROM shared"); n != 120 {
			t.Errorf("%d rows, want 120", n)
		}
	})
}

func TestStatementsRunSideBySide(t *testing.T) {
	conn := openTest(t, Config{})
	begin := time.Now()
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if err := conn.Exec(context.Background(), "SELECT sleep(2)"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if took := time.Since(begin); took > 7*time.Second {
		t.Errorf("four sleeps of 2 s took %s: they ran one after the other", took)
	}
}
