package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
)

// UnfinishedTable stands in a database while a backup is brought into it; until it is gone the record is not opened.
const UnfinishedTable = "unfinished_restore"

// SchemaVersion is the version of the tables that this program writes, and the greatest that it reads.
func SchemaVersion() uint32 { return schemaVersion }

// tableDDL is every table of the record: its own and those of the datasets.
func tableDDL() []string {
	list := append([]string{}, ownTables...)
	for _, d := range All {
		list = append(list, d.TableDDL())
	}
	return list
}

// ensureSchema brings a record to the declarations of this program and refuses one written by a newer program.
//
// What is missing is found by holding the declarations against the tables, so
// each step may be done again: an upgrade that was killed goes on at the next start.
// The version is written last. own is the deployment's own sub-district.
func ensureSchema(ctx context.Context, conn driver.Conn, own string) error {
	have, err := columnsThatStand(ctx, conn)
	if err != nil {
		return fmt.Errorf("read the tables: %w", err)
	}
	found, err := versionOfSchema(ctx, conn, have)
	if err != nil {
		return err
	}
	if found > schemaVersion {
		return Fail(Refused, text.T("error.schema_newer", found, schemaVersion))
	}
	if have[UnfinishedTable] != nil {
		return Fail(Refused, text.T("error.unfinished_restore"))
	}
	// A restored record has its tables and no views, which are not among the columns.
	var views uint64
	if err := conn.QueryRow(ctx, "SELECT count() FROM system.tables WHERE database = currentDatabase() AND name LIKE '%\\_at'").Scan(&views); err != nil {
		return fmt.Errorf("count the views: %w", err)
	}
	changed := found < schemaVersion || int(views) < len(Views())
	for _, ddl := range tableDDL() {
		done, err := ensureTable(ctx, conn, ddl, have)
		if err != nil {
			return err
		}
		changed = changed || done
	}
	if !changed {
		return nil
	}
	if err := nameAreas(ctx, conn, own); err != nil {
		return fmt.Errorf("name the areas of older batches: %w", err)
	}
	if found > 0 {
		if err := deriveReplaced(ctx, conn); err != nil {
			return err
		}
		if err := deriveSums(ctx, conn); err != nil {
			return err
		}
	}
	for _, v := range Views() {
		if err := conn.Exec(ctx, v.DDL); err != nil {
			return fmt.Errorf("create view %s: %w", v.Name, err)
		}
	}
	return conn.Exec(ctx, "INSERT INTO schema_versions VALUES (?, now64(3))", uint32(schemaVersion))
}

// Inspect reads the version of a record's tables and the record time of its last event without opening, and so upgrading, it; 0 for
// a database without a record.
func Inspect(ctx context.Context, conn driver.Conn) (version uint32, last time.Time, err error) {
	have, err := columnsThatStand(ctx, conn)
	if err != nil {
		return 0, last, err
	}
	if version, err = versionOfSchema(ctx, conn, have); err != nil || have["batches"] == nil {
		return version, last, err
	}
	err = conn.QueryRow(ctx, "SELECT max(at) FROM batches").Scan(&last)
	return version, last, err
}

// versionOfSchema is the version that was written last, 0 for an empty database.
func versionOfSchema(ctx context.Context, conn driver.Conn, have map[string]map[string]string) (found uint32, err error) {
	if have["schema_versions"] == nil {
		return 0, nil
	}
	if err := conn.QueryRow(ctx, "SELECT max(version) FROM schema_versions").Scan(&found); err != nil {
		return 0, fmt.Errorf("read schema version: %w", err)
	}
	return found, nil
}

// columnsThatStand gives, for every table of the database, its columns with their types.
func columnsThatStand(ctx context.Context, conn driver.Conn) (map[string]map[string]string, error) {
	rows, err := conn.Query(ctx, "SELECT table, name, type FROM system.columns WHERE database = currentDatabase()")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	have := map[string]map[string]string{}
	for rows.Next() {
		var table, name, kind string
		if err := rows.Scan(&table, &name, &kind); err != nil {
			return nil, err
		}
		if have[table] == nil {
			have[table] = map[string]string{}
		}
		have[table][name] = kind
	}
	return have, rows.Err()
}

// ensureTable creates a table, or adds the columns its declaration has gained, each at its declared place, and the indexes.
func ensureTable(ctx context.Context, conn driver.Conn, ddl string, have map[string]map[string]string) (changed bool, err error) {
	d := declared(ddl)
	table, columns := d.table, d.columns
	if have[table] == nil {
		if err := conn.Exec(ctx, ddl); err != nil {
			return false, fmt.Errorf("create table %s: %w", table, err)
		}
		return true, nil
	}
	place := "FIRST"
	var fill []string
	for _, c := range columns {
		if have[table][c[0]] == "" {
			if err := conn.Exec(ctx, fmt.Sprintf("ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s %s", table, c[0], c[1], place)); err != nil {
				return false, fmt.Errorf("add column %s.%s: %w", table, c[0], err)
			}
			if strings.Contains(c[1], computed) {
				fill = append(fill, "MATERIALIZE COLUMN "+c[0])
			}
			changed = true
		}
		place = "AFTER " + c[0]
	}
	if err := fillTable(ctx, conn, table, fill); err != nil {
		return changed, err
	}
	indexed, err := ensureIndexes(ctx, conn, d)
	return changed || indexed, err
}

// ensureIndexes adds the indexes that a table's declaration has gained, and writes them for rows that stand without: those of before, also
// where a start was killed between the one and the other. On a cluster the indexes are those of the shards' tables, not of the one above them.
func ensureIndexes(ctx context.Context, conn driver.Conn, d declaration) (changed bool, err error) {
	if len(d.indexes) == 0 {
		return false, nil
	}
	var stand []string
	var own, bare uint64
	if err := conn.QueryRow(Bind(ctx, Params{"table": d.table}), `SELECT
		(SELECT groupArray(name) FROM system.data_skipping_indices WHERE database = currentDatabase() AND table = {table:String}),
		(SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = {table:String} AND engine LIKE '%MergeTree'),
		(SELECT count() FROM system.parts WHERE database = currentDatabase() AND table = {table:String} AND active AND rows > 0
			AND secondary_indices_compressed_bytes = 0)`).Scan(&stand, &own, &bare); err != nil || own == 0 {
		return false, err
	}
	var fill []string
	for _, x := range d.indexes {
		missing := !slices.Contains(stand, x[0])
		if missing {
			if err := conn.Exec(ctx, fmt.Sprintf("ALTER TABLE %s ADD INDEX IF NOT EXISTS %s %s", d.table, x[0], x[1])); err != nil {
				return false, fmt.Errorf("add index %s of %s: %w", x[0], d.table, err)
			}
		}
		if missing || bare > 0 {
			fill = append(fill, "MATERIALIZE INDEX "+x[0])
		}
	}
	return len(fill) > 0, fillTable(ctx, conn, d.table, fill)
}

// fillTable writes what the engine works out itself for the rows that stand already: columns, which it would else work out at every reading, and indexes.
func fillTable(ctx context.Context, conn driver.Conn, table string, fill []string) error {
	if len(fill) == 0 {
		return nil
	}
	var rows uint64
	err := conn.QueryRow(ctx, "SELECT count() FROM "+table).Scan(&rows)
	if err == nil && rows > 0 {
		err = conn.Exec(ctx, fmt.Sprintf("ALTER TABLE %s %s SETTINGS mutations_sync = 1", table, strings.Join(fill, ", ")))
	}
	if err != nil {
		return fmt.Errorf("fill %s: %w", table, err)
	}
	return nil
}

// declaration is a CREATE TABLE statement of ours: the table's name, its columns, name and type each, and its indexes, name and the rest.
type declaration struct {
	table            string
	columns, indexes [][2]string
}

// declared takes a CREATE TABLE statement of ours apart.
func declared(ddl string) declaration {
	head, body, _ := strings.Cut(ddl, "(")
	names := strings.Fields(head)
	found := declaration{table: names[len(names)-1]}
	depth, from := 0, 0
	add := func(to int) {
		said, index := strings.CutPrefix(strings.TrimSpace(body[from:to]), indexed)
		name, rest, _ := strings.Cut(said, " ")
		if index {
			found.indexes = append(found.indexes, [2]string{name, rest})
		} else {
			found.columns = append(found.columns, [2]string{name, rest})
		}
		from = to + 1
	}
	for i := range len(body) {
		switch {
		case body[i] == '(':
			depth++
		case body[i] == ')' && depth == 0:
			add(i)
			return found
		case body[i] == ')':
			depth--
		case body[i] == ',' && depth == 0:
			add(i)
		}
	}
	return found
}
