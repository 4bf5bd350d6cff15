package clickhouse

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

const benchRows = 1_000_000

// engineElapsed runs sql on a connection of its own and returns the time that the engine says it took.
func engineElapsed(b *testing.B, s *session, sql string, params ...parameter) time.Duration {
	b.Helper()
	result := newStatement(sql, "Native", params).call(s.api.query, s.conn())
	defer s.api.destroyResult(result)
	if text := s.api.resultError(result); text != "" {
		b.Fatal(text)
	}
	return time.Duration(s.api.resultElapsed(result) * float64(time.Second))
}

func benchTable(b *testing.B) (driver.Conn, *session) {
	b.Helper()
	conn := openTest(b, Config{})
	mustExec(b, conn, "CREATE TABLE payments (id UInt64, payer String, area LowCardinality(String), day Date, amount Decimal(18,4)) ENGINE = MergeTree ORDER BY id")
	mustExec(b, conn, fmt.Sprintf("INSERT INTO payments SELECT number, concat('企业', toString(number)), concat('街道', toString(number %% 17)), toDate('2016-01-01') + number %% 365, number %% 1000 FROM numbers(%d)", benchRows))
	mustExec(b, conn, "OPTIMIZE TABLE payments FINAL")
	s, err := newSession(running.api, running.path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.close)
	if err := s.prepare(one[string](b, context.Background(), conn, "SELECT currentDatabase()"), nil); err != nil {
		b.Fatal(err)
	}
	return conn, s
}

// compare measures a query through the driver and the engine's own time for it, one after the other in the same loop.
func compare(b *testing.B, sql string, params []parameter, args ...any) {
	conn, s := benchTable(b)
	engineElapsed(b, s, sql, params...) // brings the library's code and the table into memory: both would come from disk
	var driverTime, engineTime time.Duration
	for b.Loop() {
		begin := time.Now()
		rows, err := conn.Query(context.Background(), sql, args...)
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
		}
		if rows.Err() != nil {
			b.Fatal(rows.Err())
		}
		driverTime += time.Since(begin)
		engineTime += engineElapsed(b, s, sql, params...)
	}
	b.ReportMetric(float64(driverTime)/float64(engineTime), "x_engine")
	b.ReportMetric(float64(driverTime.Microseconds())/float64(b.N), "driver_µs/op")
}

func BenchmarkPointQuery(b *testing.B) {
	compare(b, "SELECT payer, area, amount FROM payments WHERE id = {id:UInt64}",
		[]parameter{{"id", "777777"}}, chNamed("id", 777777))
}

func BenchmarkAggregateMillionRows(b *testing.B) {
	compare(b, "SELECT area, toStartOfMonth(day) AS month, sum(amount) AS total, uniqExact(payer) AS payers FROM payments GROUP BY area, month ORDER BY area, month", nil)
}

func BenchmarkReadMillionRows(b *testing.B) {
	compare(b, "SELECT id, payer, area, day, amount FROM payments", nil)
}

func BenchmarkPointQueryParallel(b *testing.B) {
	conn, _ := benchTable(b)
	b.ResetTimer()
	b.SetParallelism(4)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			var payer string
			if err := conn.QueryRow(context.Background(), "SELECT payer FROM payments WHERE id = {id:UInt64}", chNamed("id", 5)).Scan(&payer); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkInsert compares 100,000 rows of a batch, built column by column, with the same rows made inside the engine.
func BenchmarkInsert(b *testing.B) {
	const rowCount = 100_000
	conn := openTest(b, Config{})
	ctx := context.Background()
	mustExec(b, conn, "CREATE TABLE payments (id UInt64, payer String, area LowCardinality(String), amount Decimal(18,4)) ENGINE = MergeTree ORDER BY id")
	ids, payers, areas, amounts := make([]uint64, rowCount), make([]string, rowCount), make([]string, rowCount), make([]string, rowCount)
	for i := range rowCount {
		ids[i], payers[i], areas[i], amounts[i] = uint64(i), fmt.Sprintf("企业%d", i), fmt.Sprintf("街道%d", i%17), fmt.Sprintf("%d.0000", i%1000)
	}
	var driverTime, engineTime time.Duration
	for b.Loop() {
		begin := time.Now()
		batch, err := conn.PrepareBatch(ctx, "INSERT INTO payments")
		if err != nil {
			b.Fatal(err)
		}
		for i, column := range []any{ids, payers, areas, amounts} {
			if err := batch.Column(i).Append(column); err != nil {
				b.Fatal(err)
			}
		}
		if err := batch.Send(); err != nil {
			b.Fatal(err)
		}
		driverTime += time.Since(begin)
		begin = time.Now()
		mustExec(b, conn, fmt.Sprintf("INSERT INTO payments SELECT number, concat('企业', toString(number)), concat('街道', toString(number %% 17)), number %% 1000 FROM numbers(%d)", rowCount))
		engineTime += time.Since(begin)
	}
	perSecond := func(d time.Duration) float64 { return float64(rowCount) * float64(b.N) / d.Seconds() }
	b.ReportMetric(perSecond(driverTime), "rows/s")
	b.ReportMetric(perSecond(engineTime), "engine_rows/s")
	b.ReportMetric(float64(driverTime)/float64(engineTime), "x_engine")
}
