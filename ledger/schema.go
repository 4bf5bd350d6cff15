package ledger

import (
	"fmt"
	"slices"
	"strings"
)

// schemaVersion is raised with every change of the tables or views; a record with a greater one is refused.
// 1: the fourteen datasets of the first release. 2: assignments, demolition, paid-in funds, vacancies, calendar, issues.
// 3: baselines, overrides, meetings, minutes; hands, evidence and reasons of action items.
// 4: acknowledged alerts. 5: the list of replaced rows. 6: exchange rates, target curves.
// 7: the as-of views read one sub-district; batches say theirs.
// 8: accounts, sessions, audit.
// 9: grids and their forces, patrols, scores, cases, enforcement counters; numbers beside the names of tax.
// 10: accounts bound to persons of a sign-in service, sessions that say how they began.
// 11: indexes over the numbers of tax, by which few companies or one building are found without reading all rows;
// sums of tax by batch and period.
const schemaVersion = 11

// durable makes an acknowledged insert survive a loss of power, not only of the process.
const durable = " SETTINGS fsync_after_insert = 1, fsync_part_directory = 1"

// lean makes the engine merge parts of the tables of datasets a column at a time: with a hundred columns open at once a merge
// in the background takes more memory than the import that caused it.
const lean = ", vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1, " +
	"min_columns_to_activate_adaptive_write_buffer = 1"

// ownTables are the tables beside those of the datasets.
var ownTables = []string{
	// One row an event of a batch: open (first), commit (last, makes it visible), undo; area names that of a batch written
	// before batches said it.
	`CREATE TABLE IF NOT EXISTS batches (
		batch UInt64, event LowCardinality(String), at DateTime64(3, 'UTC'), by String, kind LowCardinality(String),
		file String, hash String, size UInt64, asof Nullable(Date32), mode LowCardinality(String),
		rows Map(LowCardinality(String), UInt64), effective_from Nullable(Date32), effective_to Nullable(Date32), reason String,
		area LowCardinality(String)
	) ENGINE = MergeTree ORDER BY (batch, event, at)` + durable,
	// Where on a sheet a group of rows stands: field i was read from column i.
	`CREATE TABLE IF NOT EXISTS sources (
		batch UInt64, source UInt32, dataset LowCardinality(String), sheet String, header_row UInt32,
		fields Array(LowCardinality(String)), columns Array(String)
	) ENGINE = MergeTree ORDER BY (batch, source)` + durable,
	`CREATE TABLE IF NOT EXISTS problems (
		batch UInt64, no UInt32, severity LowCardinality(String), dataset LowCardinality(String), sheet String, cell String,
		column String, kind LowCardinality(String), found String, expected String, message_zh String, message_en String
	) ENGINE = MergeTree ORDER BY (batch, no)` + durable,
	// The office's own files, byte for byte, in parts.
	`CREATE TABLE IF NOT EXISTS files (
		hash String, part UInt32, batch UInt64, content String CODEC(ZSTD)
	) ENGINE = MergeTree ORDER BY (hash, batch, part)` + durable,
	mappingsTable,
	replacedTable,
	taxSumsTable,
	accountsTable,
	sessionsTable,
	auditTable,
	`CREATE TABLE IF NOT EXISTS schema_versions (
		version UInt32, at DateTime64(3, 'UTC')
	) ENGINE = MergeTree ORDER BY version` + durable,
}

// visible selects the batches that a reader at {known} sees: committed by then and not undone by then.
const visible = `SELECT batch FROM batches WHERE at <= {known:DateTime64(3,'UTC')}
	GROUP BY batch HAVING countIf(event = 'commit') > 0 AND countIf(event = 'undo') = 0`

// systemColumns stand before the fields in every dataset's table.
var systemColumns = []string{
	"batch UInt64", "line UInt32", "key String", "area LowCardinality(String)", "effective Date32", "deleted Bool",
	"source UInt32", "sheet_row UInt32", "rows Array(UInt32)", "raw Array(String)",
	"marks Map(LowCardinality(String), LowCardinality(String))",
}

// computed parts a column that the engine fills itself from what it is filled from.
const computed = " DEFAULT "

// KeyColumn names the column that holds the folded form of a Name field, for joins, or the company's number of a Code field.
func KeyColumn(field string) string { return field + "_key" }

// idColumn names the column that holds a number for the folded form of a field in Dataset.Numbered, 0 where that is empty. It is the engine's
// hash of it, so that the same name has the same number in every row; numbers are grouped in a third of the time that texts take.
func idColumn(field string) string { return field + "_id" }

// idOf is the number of a folded text.
func idOf(field string) string {
	return fmt.Sprintf("if(%[1]s = '', 0, cityHash64(%[1]s))", KeyColumn(field))
}

// indexed begins what is declared of an index, among the columns.
const indexed = "INDEX "

// doubt is how often an index says that a value stands where it does not. A page asks for some two hundred numbers at a time: at the engine's
// own 0.025 nearly every block of rows would hold one by mistake, at this one in fifty does.
const doubt = "0.0001"

// indexes lists the indexes of a dataset's table as TableDDL has them: where each number stands, so that who looks for few companies or one
// building reads few blocks of rows.
func (d *Dataset) indexes() []string {
	var list []string
	for _, f := range d.Numbered {
		list = append(list, fmt.Sprintf("%s%s_ix %s TYPE bloom_filter(%s) GRANULARITY 1", indexed, f, idColumn(f), doubt))
	}
	return list
}

// columns lists the columns of a dataset's table with their types, as TableDDL has them.
func (d *Dataset) columns() []string {
	cols := slices.Clone(systemColumns)
	for _, f := range d.Fields {
		if !f.Stored() {
			continue
		}
		cols = append(cols, f.Name+" "+f.column())
		switch f.Kind {
		case Name:
			cols = append(cols, KeyColumn(f.Name)+" String")
		case Code:
			cols = append(cols, KeyColumn(f.Name)+" String"+computed+companyCode(f.Name))
		}
		if slices.Contains(d.Numbered, f.Name) {
			cols = append(cols, idColumn(f.Name)+" UInt64"+computed+idOf(f.Name))
		}
	}
	return cols
}

// written names the columns that rows are inserted into, in the order of columns, without those the engine fills
// itself. By name, because a table that was upgraded may hold columns this program no longer declares.
func (d *Dataset) written() []string {
	var names []string
	for _, c := range d.columns() {
		if name, _, _ := strings.Cut(c, " "); !strings.Contains(c, computed) {
			names = append(names, name)
		}
	}
	return names
}

// TableDDL is the statement that creates the dataset's table.
func (d *Dataset) TableDDL() string {
	return fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s (\n\t%s\n) ENGINE = MergeTree ORDER BY (area, key, effective, batch, line)%s",
		d.Name, strings.Join(append(d.columns(), d.indexes()...), ",\n\t"), durable+lean)
}

// ViewDDL is the statement that creates the dataset's as-of view of one sub-district: NAME_at(asof, known, area).
func (d *Dataset) ViewDDL() string {
	rows := d.sorted()
	if d.saysItsDay() {
		rows = d.scanned()
	}
	return fmt.Sprintf("CREATE OR REPLACE VIEW %s_at AS %s", d.Name, rows)
}

// View is a view of the record under both clocks, for statements to read.
type View struct{ Name, DDL string }

// Views are the as-of views of the datasets, and the sums of tax under the same clocks.
func Views() []View {
	list := []View{{"tax_sums_at", taxSumsView}}
	for _, d := range All {
		list = append(list, View{d.Name + "_at", d.ViewDDL()})
	}
	return list
}
