package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	chgo "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

func TestInsertAndReadManyRows(t *testing.T) {
	const rowCount = 200_000
	onEach(t, func(t *testing.T, conn driver.Conn) {
		ctx := context.Background()
		mustExec(t, conn, "CREATE TABLE many (id UInt64, name String, area LowCardinality(String), amount Decimal(18,4)) ENGINE = MergeTree ORDER BY id SETTINGS "+DurableTableSettings)
		batch, err := conn.PrepareBatch(ctx, "INSERT INTO many (id, name, area, amount)")
		if err != nil {
			t.Fatal(err)
		}
		ids, names, areas, amounts := make([]uint64, rowCount), make([]string, rowCount), make([]string, rowCount), make([]string, rowCount)
		for i := range rowCount {
			ids[i], names[i], areas[i], amounts[i] = uint64(i), fmt.Sprintf("企业%07d", i), fmt.Sprintf("街道%d", i%17), "1.5000"
		}
		for i, column := range []any{ids, names, areas, amounts} {
			if err := batch.Column(i).Append(column); err != nil {
				t.Fatal(err)
			}
		}
		if err := batch.Send(); err != nil {
			t.Fatal(err)
		}
		if got, want := one[string](t, ctx, conn, "SELECT concat(toString(count()), ' ', toString(uniqExact(area)), ' ', toString(sum(amount))) FROM many"), "200000 17 300000"; got != want {
			t.Errorf("stored %s, want %s", got, want)
		}
		rows, err := conn.Query(ctx, "SELECT id, name FROM many ORDER BY id")
		if err != nil {
			t.Fatal(err)
		}
		n := uint64(0)
		for ; rows.Next(); n++ {
			var id uint64
			var name string
			if err := rows.Scan(&id, &name); err != nil || id != n || name != names[n] {
				t.Fatalf("row %d: %d %s %v", n, id, name, err)
			}
		}
		if err := rows.Err(); err != nil || n != rowCount {
			t.Errorf("read %d rows, %v", n, err)
		}
	})
}

func TestFailedInsertsAreTold(t *testing.T) {
	onEach(t, func(t *testing.T, conn driver.Conn) {
		ctx := context.Background()
		mustExec(t, conn, "CREATE TABLE strict (id UInt64, CONSTRAINT small CHECK id < 150000) ENGINE = MergeTree ORDER BY id")
		batch, err := conn.PrepareBatch(chgo.Context(ctx, chgo.WithSettings(chgo.Settings{"max_insert_block_size": 50000, "min_insert_block_size_rows": 50000})), "INSERT INTO strict")
		if err != nil {
			t.Fatal(err)
		}
		for i := range uint64(200_000) {
			if err := batch.Append(i); err != nil {
				t.Fatal(err)
			}
		}
		exception, ok := errors.AsType[*chgo.Exception](batch.Send())
		if !ok || exception.Code != 469 {
			t.Errorf("a violated constraint gave %v", exception)
		}

		batch, err = conn.PrepareBatch(ctx, "INSERT INTO strict")
		if err != nil {
			t.Fatal(err)
		}
		mustExec(t, conn, "DROP TABLE strict SYNC")
		if err := batch.Append(uint64(1)); err != nil {
			t.Fatal(err)
		}
		if exception, ok := errors.AsType[*chgo.Exception](batch.Send()); !ok || exception.Code != 60 {
			t.Errorf("a dropped table gave %v", exception)
		}
		if _, err := conn.PrepareBatch(ctx, "INSERT INTO strict"); err == nil {
			t.Error("a batch into a missing table was prepared")
		}
	})
}

func TestColumnsOfDifferentLengthAreRefused(t *testing.T) {
	conn := openTest(t, Config{})
	mustExec(t, conn, "CREATE TABLE uneven (a UInt64, b UInt64) ENGINE = MergeTree ORDER BY a")
	batch, err := conn.PrepareBatch(context.Background(), "INSERT INTO uneven")
	if err != nil {
		t.Fatal(err)
	}
	_ = batch.Column(0).Append([]uint64{1, 2})
	_ = batch.Column(1).Append([]uint64{1})
	if err := batch.Send(); err == nil {
		t.Error("the batch was lost in silence")
	}
}

func TestInsertSettingsReachTheEngine(t *testing.T) {
	conn := openTest(t, Config{})
	mustExec(t, conn, "CREATE TABLE once (a UInt64) ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 100")
	ctx := chgo.Context(context.Background(), chgo.WithSettings(chgo.Settings{"insert_deduplication_token": "import-1"}))
	for i := range uint64(2) {
		batch, err := conn.PrepareBatch(ctx, "INSERT INTO once")
		if err != nil {
			t.Fatal(err)
		}
		if err := batch.Append(i); err != nil {
			t.Fatal(err)
		}
		if err := batch.Send(); err != nil {
			t.Fatal(err)
		}
	}
	if n := one[uint64](t, ctx, conn, "SELECT count() FROM once"); n != 1 {
		t.Errorf("%d rows, want 1: the token was lost", n)
	}
}

func TestOtherFormats(t *testing.T) {
	conn := openTest(t, Config{})
	ctx := context.Background()
	mustExec(t, conn, "CREATE TABLE lines (id UInt64, name String) ENGINE = MergeTree ORDER BY id")
	if err := conn.InsertFormat(ctx, "CSV", "INSERT INTO lines", strings.NewReader("1,\"a,b\"\n2,街道\n")); err != nil {
		t.Fatal(err)
	}
	if err := conn.InsertFormat(ctx, "CSV", "INSERT INTO lines", strings.NewReader("3,x\nfour,y\n")); err == nil {
		t.Error("a bad line was accepted")
	}
	body, err := conn.QueryFormat(ctx, "CSVWithNames", "SELECT * FROM lines WHERE id <= {most:UInt64} ORDER BY id", chgo.Named("most", 2))
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	text, err := io.ReadAll(body)
	if want := "\"id\",\"name\"\n1,\"a,b\"\n2,\"街道\"\n"; err != nil || string(text) != want {
		t.Errorf("got %q, %v", text, err)
	}
}

// The record relies on this: a batch is one block, so in a table without partitions it is stored as a whole or not at all.
func TestBatchIsOneBlock(t *testing.T) {
	onEach(t, func(t *testing.T, conn driver.Conn) {
		ctx := context.Background()
		mustExec(t, conn, "CREATE TABLE whole (id UInt64, CONSTRAINT small CHECK id < 299999) ENGINE = MergeTree ORDER BY id")
		ids := make([]uint64, 300_000)
		for i := range ids {
			ids[i] = uint64(i)
		}
		for _, c := range []struct {
			rows  int
			want  uint64
			fails bool
		}{{300_000, 0, true}, {200_000, 200_000, false}} {
			batch, err := conn.PrepareBatch(ctx, "INSERT INTO whole")
			if err != nil {
				t.Fatal(err)
			}
			if err := batch.Column(0).Append(ids[:c.rows]); err != nil {
				t.Fatal(err)
			}
			if err := batch.Send(); (err != nil) != c.fails {
				t.Errorf("%d rows: %v", c.rows, err)
			}
			if n := one[uint64](t, ctx, conn, "SELECT count() FROM whole"); n != c.want {
				t.Errorf("%d of %d rows stored", n, c.rows)
			}
		}
		if n := one[uint64](t, ctx, conn, "SELECT count() FROM system.parts WHERE database = currentDatabase() AND table = 'whole' AND level = 0"); n != 1 {
			t.Errorf("%d parts, want 1", n)
		}
	})
}
