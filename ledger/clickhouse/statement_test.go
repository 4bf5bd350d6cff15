package clickhouse

import (
	"context"
	"errors"
	"strings"
	"testing"

	chgo "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/ext"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

func TestRefusalsAreTyped(t *testing.T) {
	cases := []struct {
		sql  string
		code int32
	}{
		{"SELECT * FROM nowhere", 60},
		{"SELECT nothing", 47},
		{"SELECT FROM WHERE", 62},
		{"SELECT 1; SELECT 2", 62},
		{"", 62},
		{"SELECT {missing:String}", 456},
		{"SELECT throwIf(number = 5) FROM numbers(10)", 395},
		{"CREATE TABLE t (a Int8) ENGINE = Nonsense", 56},
		{"INSERT INTO nowhere VALUES (1)", 60},
		{"SELECT toDecimal32('x', 2)", 6},
	}
	onEach(t, func(t *testing.T, conn driver.Conn) {
		for _, c := range cases {
			err := conn.Exec(context.Background(), c.sql)
			exception, ok := errors.AsType[*chgo.Exception](err)
			if !ok || exception.Code != c.code {
				t.Errorf("%q: got %v, want code %d", c.sql, err, c.code)
			}
		}
	})
}

func TestErrorInTheMiddleOfAResultIsTyped(t *testing.T) {
	onEach(t, func(t *testing.T, conn driver.Conn) {
		rows, err := conn.Query(context.Background(), "SELECT number, toString(throwIf(number = 3000000, 'the middle')) FROM numbers(4000000) SETTINGS max_threads = 1")
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for rows.Next() {
			n++
		}
		exception, ok := errors.AsType[*chgo.Exception](rows.Err())
		if !ok || exception.Code != 395 || !strings.Contains(exception.Message, "the middle") {
			t.Errorf("after %d rows: %v", n, rows.Err())
		}
		if n == 0 || n > 3_000_000 {
			t.Errorf("%d rows came before the error", n)
		}
	})
}

func TestSettingsReachTheEngineForOneStatement(t *testing.T) {
	onEach(t, func(t *testing.T, conn driver.Conn) {
		plain := context.Background()
		set := chgo.Context(plain, chgo.WithSettings(chgo.Settings{
			"max_threads": 3, "max_memory_usage": "1000000000", "log_comment": `it's \ a "comment"`, "max_execution_time": 7,
		}))
		sql := "SELECT concat(toString(getSetting('max_threads')), ' ', toString(getSetting('max_memory_usage')), ' ', getSetting('log_comment'), ' ', toString(getSetting('max_execution_time')))"
		before := one[string](t, plain, conn, sql)
		for range 6 {
			if got, want := one[string](t, set, conn, sql), `3 1000000000 it's \ a "comment" 7`; got != want {
				t.Fatalf("got %s, want %s", got, want)
			}
			if after := one[string](t, plain, conn, sql); after != before {
				t.Fatalf("settings stayed behind: %s, want %s", after, before)
			}
		}
		if got := one[bool](t, plain, conn, "SELECT getSetting('async_insert')"); got {
			t.Error("async_insert is on")
		}
	})
}

func TestSettingsAreEnforced(t *testing.T) {
	cases := []struct {
		name     string
		settings chgo.Settings
		sql      string
		kind     Kind
	}{
		{"time", chgo.Settings{"max_execution_time": 1}, "SELECT count() FROM numbers(100000000000) WHERE NOT ignore(cityHash64(number))", KindTimeout},
		{"memory", chgo.Settings{"max_memory_usage": 20_000_000}, "SELECT count() FROM (SELECT number FROM numbers(10000000) GROUP BY number)", KindMemory},
		{"readonly", chgo.Settings{"readonly": 1}, "CREATE TABLE x (a Int8) ENGINE = Memory", KindAccess},
	}
	onEach(t, func(t *testing.T, conn driver.Conn) {
		for _, c := range cases {
			err := conn.Exec(chgo.Context(context.Background(), chgo.WithSettings(c.settings)), c.sql)
			if told, ok := Explain(err); !ok || told.Kind != c.kind {
				t.Errorf("%s: %v, want %s", c.name, err, c.kind)
			}
		}
		err := conn.Exec(chgo.Context(context.Background(), chgo.WithSettings(chgo.Settings{"no_such_setting": 1})), "SELECT 1")
		if exception, ok := errors.AsType[*chgo.Exception](err); !ok || exception.Code != 115 {
			t.Errorf("an unknown setting gave %v", err)
		}
		mustExec(t, conn, "CREATE TABLE after (a Int8) ENGINE = Memory")
	})
}

func TestStatementsLeaveNothingBehind(t *testing.T) {
	conn := openTest(t, Config{})
	ctx := context.Background()
	mustExec(t, conn, "SET max_threads = 17")
	mustExec(t, conn, "USE system")
	mustExec(t, conn, "CREATE TEMPORARY TABLE fleeting (a Int8)")
	for range 8 {
		if got := one[string](t, ctx, conn, "SELECT concat(currentDatabase(), toString(getSetting('max_threads') = 17))"); strings.HasPrefix(got, "system") || strings.HasSuffix(got, "1") {
			t.Fatal(got)
		}
		if err := conn.Exec(ctx, "SELECT * FROM fleeting"); err == nil {
			t.Fatal("the temporary table is still there")
		}
	}
}

func TestDatabasesAreApart(t *testing.T) {
	onEach(t, func(t *testing.T, first driver.Conn) {
		second := openTest(t, Config{Dir: sharedDir})
		ctx := context.Background()
		mustExec(t, first, "CREATE TABLE here (a Int8) ENGINE = MergeTree ORDER BY a")
		if err := second.Exec(ctx, "SELECT * FROM here"); err == nil {
			t.Error("a table of one database is seen in another")
		}
		mustExec(t, second, "CREATE TABLE here (a String) ENGINE = MergeTree ORDER BY a")
		a, b := one[string](t, ctx, first, "SELECT currentDatabase()"), one[string](t, ctx, second, "SELECT currentDatabase()")
		if a == b || a == "default" || b == "default" {
			t.Errorf("databases %s and %s", a, b)
		}
	})
}

func TestWhatTheEmbeddedEngineCannotDoIsRefused(t *testing.T) {
	conn := openTest(t, Config{})
	table, err := ext.NewTable("extra", ext.Column("a", "UInt8"))
	if err != nil {
		t.Fatal(err)
	}
	for name, ctx := range map[string]context.Context{
		"external table": chgo.Context(context.Background(), chgo.WithExternalTable(table)),
		"session":        chgo.Context(context.Background(), chgo.WithSettings(chgo.Settings{"session_id": "s"})),
	} {
		exception, ok := errors.AsType[*chgo.Exception](conn.Exec(ctx, "SELECT 1"))
		if !ok || exception.Code != 48 {
			t.Errorf("%s: %v", name, exception)
		}
	}
}
