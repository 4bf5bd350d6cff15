package clickhouse

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	chgo "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"
)

func TestStringParametersArriveAsTheyAre(t *testing.T) {
	values := []string{
		"", "plain", "it's", `"quoted"`, `back\slash`, `\n not a newline`, "tab\there", "line\nbreak\r\n", "nul\x00byte", "街道办事处",
		"'; DROP TABLE records; --", "{x:String}", "%_", "/* c */ -- d", strings.Repeat("长", 100_000), `\N`, "NULL", "emoji 🏢", "=1+1&param_x=2",
	}
	onEach(t, func(t *testing.T, conn driver.Conn) {
		for _, want := range values {
			var got string
			var hex string
			err := conn.QueryRow(context.Background(), "SELECT {value:String}, hex({value:String})", chgo.Named("value", want)).Scan(&got, &hex)
			if err != nil || got != want || hex != fmt.Sprintf("%X", want) {
				t.Errorf("%.40q came back as %.40q, %v", want, got, err)
			}
		}
	})
}

func TestTypedParameters(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2016, 6, 21, 9, 0, 0, 0, shanghai)
	cases := []struct {
		kind  string
		value any
		want  string
	}{
		{"Date", "2016-06-20", "2016-06-20"},
		{"Date32", "1900-01-01", "1900-01-01"},
		{"DateTime64(3,'UTC')", at, "2016-06-21 01:00:00.000"},
		{"DateTime64(3,'UTC')", at.Add(7 * time.Millisecond), "2016-06-21 01:00:00.007"},
		{"DateTime64(3,'UTC')", at.Add(7_654_321), "2016-06-21 01:00:00.007"},
		{"Decimal(18,4)", decimal.RequireFromString("-1234567.8901"), "-1234567.8901"},
		{"UInt64", uint64(1<<64 - 1), "18446744073709551615"},
		{"Int32", -7, "-7"},
		{"Bool", true, "true"},
		{"Nullable(Decimal(18,4))", nil, "NULL"},
		{"Nullable(String)", nil, "NULL"},
		{"Array(String)", []string{"a'b", "街\t道", `c\d`, ""}, `['a\'b','街\t道','c\\d','']`},
		{"Array(UInt64)", []uint64{1, 2}, "[1,2]"},
		{"Map(String,String)", map[string]string{"k'": "v\n"}, `{'k\'':'v\n'}`},
	}
	onEach(t, func(t *testing.T, conn driver.Conn) {
		for _, c := range cases {
			sql := fmt.Sprintf("SELECT ifNull(toString({value:%s}), 'NULL')", c.kind)
			if got := one[string](t, context.Background(), conn, sql, chgo.Named("value", c.value)); got != c.want {
				t.Errorf("%s %v: got %s, want %s", c.kind, c.value, got, c.want)
			}
		}
	})
}

func TestParameterisedView(t *testing.T) {
	onEach(t, func(t *testing.T, conn driver.Conn) {
		ctx := context.Background()
		mustExec(t, conn, `CREATE TABLE entries (code String, effective Date, recorded DateTime64(3,'UTC'), state LowCardinality(String)) ENGINE = MergeTree ORDER BY code`)
		mustExec(t, conn, `INSERT INTO entries VALUES ('P1', '2016-06-01', '2016-06-01 00:00:00', '开工'), ('P1', '2016-06-15', '2016-06-25 00:00:00', '停工'), ('P1', '2016-07-01', '2016-07-01 00:00:00', '完工')`)
		mustExec(t, conn, `CREATE VIEW projects_at AS SELECT code, argMax(state, effective) AS state FROM entries
			WHERE effective <= {asof:Date} AND recorded <= {known:DateTime64(3,'UTC')} GROUP BY code`)
		known := time.Date(2016, 6, 20, 0, 0, 0, 0, time.UTC)
		for _, c := range []struct {
			asof  string
			known time.Time
			want  string
		}{
			{"2016-06-20", known, "开工"},
			{"2016-06-20", known.AddDate(1, 0, 0), "停工"},
			{"2016-12-31", known.AddDate(1, 0, 0), "完工"},
		} {
			got := one[string](t, ctx, conn, `SELECT state FROM projects_at(asof={asof:Date}, known={known:DateTime64(3,'UTC')}) WHERE code = {code:String}`,
				chgo.Named("asof", c.asof), chgo.Named("known", c.known), chgo.Named("code", "P1"))
			if got != c.want {
				t.Errorf("as of %s, known %s: got %s, want %s", c.asof, c.known, got, c.want)
			}
		}
	})
}

func TestParametersInInserts(t *testing.T) {
	onEach(t, func(t *testing.T, conn driver.Conn) {
		mustExec(t, conn, "CREATE TABLE notes (id UInt64, note String) ENGINE = MergeTree ORDER BY id")
		note := "it's\ta \\ 说明\n"
		mustExec(t, conn, "INSERT INTO notes VALUES ({id:UInt64}, {note:String})", chgo.Named("id", 1), chgo.Named("note", note))
		mustExec(t, conn, "INSERT INTO notes SELECT {id:UInt64}, {note:String}", chgo.Named("id", 2), chgo.Named("note", note))
		if n := one[uint64](t, context.Background(), conn, "SELECT count() FROM notes WHERE note = {note:String}", chgo.Named("note", note)); n != 2 {
			t.Errorf("%d rows, want 2", n)
		}
	})
}
