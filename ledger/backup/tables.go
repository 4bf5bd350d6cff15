package backup

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// eventsTable holds the events that make batches visible: it is brought back last.
const eventsTable = "batches"

// source is a record as it stood at a moment.
type source struct {
	conn   driver.Conn
	moment time.Time // record time of the last event that counts
	raw    bool      // the engine hands out Native blocks as they are kept in files
	tables []sourceTable
}

// sourceTable is a table with what of it belongs to the moment.
type sourceTable struct {
	name, columns, create string
	belongs               string // condition of a WHERE
	// settled: what belongs is of batches that nobody changes any more. Else rows may come while they are written, see keep.
	settled bool
}

// open reads the moment first and the tables after it: whatever is committed from then on is left out.
func open(ctx context.Context, conn driver.Conn) (*source, error) {
	s := &source{conn: conn}
	if err := conn.QueryRow(ctx, "SELECT max(at) FROM "+eventsTable).Scan(&s.moment); err != nil {
		return nil, fmt.Errorf("read the last event: %w", err)
	}
	version, err := conn.ServerVersion()
	if err != nil {
		return nil, err
	}
	s.raw = version.DisplayName == embedded
	var spread uint64
	if err := conn.QueryRow(ctx, "SELECT count() FROM system.tables WHERE database = currentDatabase() AND engine = 'Distributed'").Scan(&spread); err != nil {
		return nil, err
	}
	if spread > 0 {
		return nil, ledger.Fail(ledger.Refused, text.T("backup.cluster"))
	}
	s.tables, err = tables(ctx, conn)
	return s, err
}

// belonging says by a table's columns which of its rows are of the moment: of a table without batches, such as one of accounts,
// those up to the newest that was there.
func (t *sourceTable) belonging(ctx context.Context, conn driver.Conn, columns map[string]string) error {
	const upTo = "at <= {moment:DateTime64(3,'UTC')}"
	switch {
	case t.name == eventsTable:
		t.belongs, t.settled = upTo, true
	case columns["batch"] != "":
		t.belongs, t.settled = "batch IN (SELECT batch FROM "+eventsTable+" WHERE event = 'commit' AND "+upTo+")", true
	case columns["at"] == "DateTime64(3, 'UTC')":
		var newest time.Time
		if err := conn.QueryRow(ctx, "SELECT max(at) FROM "+quoted(t.name)).Scan(&newest); err != nil {
			return err
		}
		t.belongs = "at <= toDateTime64('" + ledger.MomentParam(newest) + "', 3, 'UTC')"
	default:
		t.belongs = "1"
	}
	return nil
}

// tables lists every table that holds rows of its own, whoever declared it, the events last; sign-ins are left out.
func tables(ctx context.Context, conn driver.Conn) ([]sourceTable, error) {
	rows, err := conn.Query(ctx, `SELECT name, create_table_query, c.names, c.types FROM system.tables AS t
		INNER JOIN (SELECT table, groupArray(name) AS names, groupArray(type) AS types FROM (SELECT table, name, type, position FROM system.columns
			WHERE database = currentDatabase() AND default_kind NOT IN ('ALIAS', 'MATERIALIZED') ORDER BY table, position) GROUP BY table) AS c ON c.table = t.name
		WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND name != '`+ledger.SessionsTable+`' ORDER BY name = '`+eventsTable+`', name`)
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	defer rows.Close()
	var list []sourceTable
	for rows.Next() {
		var t sourceTable
		var create string
		var names, types []string
		if err := rows.Scan(&t.name, &create, &names, &types); err != nil {
			return nil, err
		}
		_, columns, found := strings.Cut(create, "(")
		if !found {
			return nil, fmt.Errorf("the statement of table %s cannot be read", t.name)
		}
		t.create = "(" + columns
		has := map[string]string{}
		for i, name := range names {
			has[name] = types[i]
			names[i] = quoted(name)
		}
		t.columns = strings.Join(names, ", ")
		if err := t.belonging(ctx, conn, has); err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, rows.Err()
}

func (s *source) bound(ctx context.Context) context.Context {
	return ledger.Bind(ctx, ledger.Params{"moment": ledger.MomentParam(s.moment)})
}

func (s *source) rows(t sourceTable) string {
	return "SELECT " + t.columns + " FROM " + quoted(t.name) + " WHERE " + t.belongs
}

// content counts and hashes the rows of the moment.
func (s *source) content(ctx context.Context, t sourceTable) (Content, error) {
	return contentOf(s.bound(ctx), s.conn, "("+s.rows(t)+")")
}

// contentOf counts and hashes rows, each as its values stand in binary; a sum does not ask for their order, and counts doubles.
func contentOf(ctx context.Context, conn driver.Conn, from string) (Content, error) {
	var c Content
	err := conn.QueryRow(ctx, `SELECT count(), concat(hex(sum(sipHash64(one))), hex(sum(cityHash64(one))))
		FROM (SELECT formatRow('RowBinary', *) AS one FROM `+from+`)`).Scan(&c.Rows, &c.Hash)
	return c, err
}

// quoted makes a name safe to stand in SQL.
func quoted(name string) string {
	return "`" + strings.NewReplacer("\\", "\\\\", "`", "\\`").Replace(name) + "`"
}
