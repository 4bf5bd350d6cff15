package ledger

import (
	"context"
	"fmt"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// taxSumsTable adds up the rows of tax that each batch brought, by basis, type, building and period (by = 0), and lists what each of them that another row
// stands in the place of had brought: from the day since, where the batch by is seen.
//
// Like replaced it is derived from the record and written before a batch can be seen, so that it holds at every moment under both clocks.
// Which periods there are, the first question of every page with tax, is then answered from some hundred or thousand rows and not from all of tax.
const taxSumsTable = `CREATE TABLE IF NOT EXISTS tax_sums (
		area LowCardinality(String), by UInt64, batch UInt64, line UInt32, since Date32, effective Date32, basis LowCardinality(String), tax_type LowCardinality(String),
		building_id UInt64, period Date32, period_months Int64, rows UInt64, said UInt64, yuan Decimal(38, 4)
	) ENGINE = MergeTree ORDER BY (area, by, batch, line, effective, basis, tax_type, building_id, period, period_months)` + durable

// ofPeriods are the rows of tax that bring something to a period.
const ofPeriods = "NOT deleted AND period IS NOT NULL AND period_months IS NOT NULL"

// brought adds up what batches brought, of those that match.
func brought(match string) string {
	return fmt.Sprintf(`INSERT INTO tax_sums SELECT area, 0, batch, 0, toDate32('1970-01-01'), effective, basis, tax_type, building_id, assumeNotNull(period), assumeNotNull(period_months),
	count(), count(tax_yuan), ifNull(sum(tax_yuan), 0)
	FROM tax WHERE %s AND %s GROUP BY area, batch, effective, basis, tax_type, building_id, period, period_months`, match, ofPeriods)
}

// takenAway lists what the rows had brought that are replaced, of the entries of replaced that match.
func takenAway(match string) string {
	listed := "SELECT DISTINCT batch, line, by, since FROM replaced WHERE dataset = 'tax' AND " + match
	return fmt.Sprintf(`INSERT INTO tax_sums SELECT area, gone.by, batch, line, gone.since, effective, basis, tax_type, building_id, assumeNotNull(period), assumeNotNull(period_months),
	1, tax_yuan IS NOT NULL, ifNull(tax_yuan, 0)
	FROM (SELECT * FROM tax WHERE (batch, line) IN (SELECT batch, line FROM (%[1]s)) AND %[2]s) AS rows INNER JOIN (%[1]s) AS gone USING (batch, line)`, listed, ofPeriods)
}

// noteSums adds up the tax of a batch, and what the rows had brought that it replaces, after those are listed and before it can be seen.
func (l *Ledger) noteSums(ctx context.Context, batch uint64, counts map[string]uint64) error {
	if counts[Tax.Name] == 0 {
		return nil
	}
	ctx = Bind(ctx, Params{"batch": fmt.Sprint(batch)})
	if err := l.conn.Exec(ctx, brought("batch = {batch:UInt64}")); err != nil {
		return fmt.Errorf("sums of tax: %w", err)
	}
	const pairs = "(batch = {batch:UInt64} OR by = {batch:UInt64})"
	var replaced uint64
	if err := l.conn.QueryRow(ctx, "SELECT count() FROM replaced WHERE dataset = 'tax' AND "+pairs).Scan(&replaced); err != nil {
		return fmt.Errorf("replaced rows of tax: %w", err)
	}
	if replaced == 0 {
		return nil
	}
	if err := l.conn.Exec(ctx, takenAway(pairs)); err != nil {
		return fmt.Errorf("sums of replaced rows of tax: %w", err)
	}
	return nil
}

// deriveSums adds up the tax anew from the whole record and its list of replaced rows.
func deriveSums(ctx context.Context, conn driver.Conn) error {
	for _, sql := range []string{"TRUNCATE TABLE tax_sums", brought("true"), takenAway("true")} {
		if err := conn.Exec(ctx, sql); err != nil {
			return fmt.Errorf("sums of tax: %w", err)
		}
	}
	return nil
}

// taxSumsView lists under both clocks what is to be added up: what each batch brought, and less what replaced rows had brought, a row that
// several batches replace once. The sums by basis, type, building and period are those of the rows of tax_at.
var taxSumsView = fmt.Sprintf(`CREATE OR REPLACE VIEW tax_sums_at AS
	SELECT basis, tax_type, building_id, period, period_months, toInt64(rows) AS n, toInt64(said) AS with_yuan, yuan
	FROM tax_sums WHERE area = {area:String} AND by = 0 AND effective <= {asof:Date32} AND batch IN (%[1]s)
	UNION ALL
	SELECT any(basis), any(tax_type), any(building_id), any(period), any(period_months), -1, -toInt64(any(said)), -any(yuan)
	FROM tax_sums WHERE area = {area:String} AND by != 0 AND since <= {asof:Date32} AND effective <= {asof:Date32} AND batch IN (%[1]s) AND by IN (%[1]s)
	GROUP BY batch, line`, visible)
