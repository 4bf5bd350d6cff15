package ledger

import (
	"context"
	"fmt"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// replacedTable lists the rows in whose place another row stands: from which day on, and by which batch.
//
// It is derived from the tables of the datasets whose rows say their own day
// (saysItsDay) and is written before the batch that brought the other row is
// made visible, so that it holds at every moment under both clocks, undone
// batches included. With it the as-of view of millions of rows is a scan that
// leaves out the few replaced ones; without it every key must be sorted.
const replacedTable = `CREATE TABLE IF NOT EXISTS replaced (
		dataset LowCardinality(String), batch UInt64, line UInt32, by UInt64, since Date32
	) ENGINE = MergeTree ORDER BY (dataset, batch, line, by)` + durable

// saysItsDay is true for datasets whose key holds the day a row speaks of: a month of tax, a week's report. Of these a key is written
// again only to correct it. Others, such as a register that comes anew each week, have as many rows of a key as there were days.
func (d *Dataset) saysItsDay() bool { return d.Effective != "" && slices.Contains(d.Key, d.Effective) }

// fewKeys is how many keys are looked up one by one in the order of the table; of more, hashes are compared, which takes a tenth of the
// memory that the keys would.
const fewKeys = 10_000

// replacing selects the rows of a dataset that are replaced, of those that match: rows that may be of a key that is written more than once.
// pair narrows the pairs of an old and a new row of one key.
func (d *Dataset) replacing(match, pair string) string {
	written := fmt.Sprintf("SELECT area, key, effective, batch, line FROM %s WHERE %s", d.Name, match)
	return fmt.Sprintf(`SELECT '%[1]s', old.batch, old.line, new.batch, min(new.effective)
	FROM (%[2]s) AS old INNER JOIN (%[2]s) AS new ON old.area = new.area AND old.key = new.key
	WHERE %[3]s AND (new.effective, new.batch, new.line) > (old.effective, old.batch, old.line)
	GROUP BY old.batch, old.line, new.batch`, d.Name, written, pair)
}

// hashedAgain matches rows whose key has the hash of more than one row, of those that a condition is true for.
func (d *Dataset) hashedAgain(where string) string {
	return fmt.Sprintf("cityHash64(area, key) IN (SELECT cityHash64(area, key) AS hash FROM %s WHERE %s GROUP BY hash HAVING count() > 1)", d.Name, where)
}

// noteReplaced writes down which rows the batch's rows replace, or are replaced by, before the batch can be seen.
func (l *Ledger) noteReplaced(ctx context.Context, batch uint64, counts map[string]uint64) error {
	for _, d := range All {
		if counts[d.Name] == 0 || !d.saysItsDay() {
			continue
		}
		match := fmt.Sprintf("(area, key) IN (SELECT area, key FROM %s WHERE batch = {batch:UInt64})", d.Name)
		if counts[d.Name] > fewKeys {
			match = d.hashedAgain(fmt.Sprintf("cityHash64(area, key) IN (SELECT cityHash64(area, key) FROM %s WHERE batch = {batch:UInt64})", d.Name))
		}
		sql := "INSERT INTO replaced " + d.replacing(match, "(old.batch = {batch:UInt64} OR new.batch = {batch:UInt64})")
		if err := l.conn.Exec(Bind(ctx, Params{"batch": fmt.Sprint(batch)}), sql); err != nil {
			return fmt.Errorf("replaced rows of %s: %w", d.Name, err)
		}
	}
	return nil
}

// deriveReplaced makes the list anew from the whole record.
func deriveReplaced(ctx context.Context, conn driver.Conn) error {
	if err := conn.Exec(ctx, "TRUNCATE TABLE replaced"); err != nil {
		return fmt.Errorf("replaced rows: %w", err)
	}
	for _, d := range All {
		if !d.saysItsDay() {
			continue
		}
		if err := conn.Exec(ctx, "INSERT INTO replaced "+d.replacing(d.hashedAgain("true"), "true")); err != nil {
			return fmt.Errorf("replaced rows of %s: %w", d.Name, err)
		}
	}
	return nil
}

// sorted selects the rows that count, by sorting every key: per key the greatest effective day up to asof, then the greatest batch visible at known.
func (d *Dataset) sorted() string {
	return fmt.Sprintf(`SELECT * FROM (
	SELECT * FROM %[1]s WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (%[2]s)
	ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY area, key
) WHERE NOT deleted`, d.Name, visible)
}

// scanned selects the same rows without sorting, by leaving out those that are replaced.
func (d *Dataset) scanned() string {
	return fmt.Sprintf(`SELECT * FROM %[1]s WHERE area = {area:String} AND effective <= {asof:Date32} AND batch IN (%[2]s) AND NOT deleted
	AND (batch, line) NOT IN (SELECT batch, line FROM replaced WHERE dataset = '%[1]s' AND since <= {asof:Date32} AND by IN (%[2]s))`,
		d.Name, visible)
}
