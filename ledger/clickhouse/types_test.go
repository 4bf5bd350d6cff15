package clickhouse

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"
)

// money is a scanner such as the ledger's own types are.
type money struct {
	decimal.Decimal
	valid bool
}

func (m *money) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*m = money{}
	case decimal.Decimal:
		*m = money{Decimal: v, valid: true}
	case *decimal.Decimal:
		*m = money{Decimal: *v, valid: true}
	case string:
		d, err := decimal.NewFromString(v)
		*m = money{Decimal: d, valid: err == nil}
		return err
	default:
		return fmt.Errorf("money from %T", src)
	}
	return nil
}

type record struct {
	ID      uint64
	Amount  decimal.Decimal
	Maybe   *decimal.Decimal
	Day     time.Time
	OldDay  time.Time
	At      time.Time
	Area    string
	Note    *string
	Tags    []string
	Origin  map[string]string
	Count   int32
	Yes     bool
	Level   *int8
	Percent float64
}

const recordTable = `CREATE TABLE records (
	id UInt64, amount Decimal(18,4), maybe Nullable(Decimal(18,4)), day Date, old_day Date32, at DateTime64(3,'UTC'),
	area LowCardinality(String), note Nullable(String), tags Array(String), origin Map(LowCardinality(String),String),
	count Int32, yes Bool, level Nullable(Int8), percent Float64
) ENGINE = MergeTree ORDER BY id SETTINGS ` + DurableTableSettings

func TestTypesRoundTrip(t *testing.T) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	some := decimal.RequireFromString("-99999999999999.9999")
	text, level := "含\"引号\"、\\与\t制表\n换行\x00零", int8(-5)
	want := []record{
		{ID: 1, Amount: decimal.RequireFromString("12345.6789"), Maybe: &some, Day: day(2016, 6, 20), OldDay: day(1900, 1, 1),
			At: time.Date(2016, 6, 21, 9, 0, 0, 123e6, time.UTC), Area: "街道", Note: &text, Tags: []string{"", "a'b", "标签"},
			Origin: map[string]string{"文件": "税收.xlsx", "": "x"}, Count: math.MinInt32, Yes: true, Level: &level, Percent: 0.1},
		{ID: math.MaxUint64, Amount: decimal.Zero, Day: day(1970, 1, 1), OldDay: day(2299, 12, 31),
			At: time.Date(1960, 1, 2, 3, 4, 5, 6e6, time.UTC), Tags: []string{}, Origin: map[string]string{}, Percent: math.Inf(1)},
	}
	onEach(t, func(t *testing.T, conn driver.Conn) {
		ctx := context.Background()
		mustExec(t, conn, recordTable)
		batch, err := conn.PrepareBatch(ctx, "INSERT INTO records")
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range want {
			if err := batch.Append(r.ID, r.Amount, r.Maybe, r.Day, r.OldDay, r.At, r.Area, r.Note, r.Tags, r.Origin, r.Count, r.Yes, r.Level, r.Percent); err != nil {
				t.Fatal(err)
			}
		}
		if err := batch.Send(); err != nil {
			t.Fatal(err)
		}
		rows, err := conn.Query(ctx, "SELECT * FROM records ORDER BY id")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for i := 0; rows.Next(); i++ {
			var r record
			if err := rows.Scan(&r.ID, &r.Amount, &r.Maybe, &r.Day, &r.OldDay, &r.At, &r.Area, &r.Note, &r.Tags, &r.Origin, &r.Count, &r.Yes, &r.Level, &r.Percent); err != nil {
				t.Fatal(err)
			}
			if got, want := fmt.Sprintf("%+v", plain(r)), fmt.Sprintf("%+v", plain(want[i])); got != want {
				t.Errorf("row %d:\n got %s\nwant %s", i, got, want)
			}
		}
		if rows.Err() != nil {
			t.Fatal(rows.Err())
		}
	})
}

// plain shows the values behind a record's pointers.
func plain(r record) []any {
	v := reflect.ValueOf(r)
	out := make([]any, v.NumField())
	for i := range out {
		f := v.Field(i)
		if f.Kind() == reflect.Pointer {
			if f.IsNil() {
				out[i] = nil
				continue
			}
			f = f.Elem()
		}
		out[i] = f.Interface()
		if at, ok := out[i].(time.Time); ok {
			out[i] = at.UTC().Format(time.RFC3339Nano)
		}
	}
	return out
}

func TestScanNullableDecimalIntoScanner(t *testing.T) {
	onEach(t, func(t *testing.T, conn driver.Conn) {
		rows, err := conn.Query(context.Background(),
			"SELECT arrayJoin([CAST('1.2500' AS Nullable(Decimal(18,4))), NULL]) AS amount, toDecimal64('7.5', 4) AS sure")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var got []string
		for rows.Next() {
			var maybe, sure money
			if err := rows.Scan(&maybe, &sure); err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprint(maybe.valid, maybe.Decimal, sure.valid, sure.Decimal))
		}
		if want := []string{"true 1.25 true 7.5", "false 0 true 7.5"}; !reflect.DeepEqual(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestEmptyResultKeepsColumns(t *testing.T) {
	onEach(t, func(t *testing.T, conn driver.Conn) {
		rows, err := conn.Query(context.Background(), "SELECT number AS n, toString(number) AS `中文 列` FROM numbers(3) WHERE number > 5 ORDER BY n;")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		if rows.Next() {
			t.Fatal("a row in an empty result")
		}
		if got, want := rows.Columns(), []string{"n", "中文 列"}; !reflect.DeepEqual(got, want) {
			t.Errorf("columns %q, want %q", got, want)
		}
	})
}

// The columns of an empty result are described once, and again when its table was changed.
func TestEmptyResultTellsTheTableAsItIs(t *testing.T) {
	onEach(t, func(t *testing.T, conn driver.Conn) {
		for i, sql := range []string{"CREATE TABLE heads (a UInt8) ENGINE = Memory", "", "ALTER TABLE heads ADD COLUMN b String", "INSERT INTO heads SELECT 1, 'x' WHERE 1 = 0",
			"DROP TABLE heads", "CREATE TABLE heads (c Date) ENGINE = Memory"} {
			if sql != "" {
				if err := conn.Exec(t.Context(), sql); err != nil {
					t.Fatal(err)
				}
			}
			if sql == "DROP TABLE heads" {
				continue
			}
			for range 2 {
				rows, err := conn.Query(t.Context(), "SELECT * FROM heads")
				if err != nil {
					t.Fatal(err)
				}
				want := [][]string{{"a"}, {"a"}, {"a", "b"}, {"a", "b"}, nil, {"c"}}[i]
				if got := rows.Columns(); rows.Next() || !reflect.DeepEqual(got, want) {
					t.Errorf("after %q: columns %q, want %q", sql, got, want)
				}
				if err := rows.Close(); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
