package backup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/klauspost/compress/zstd"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Restore brings a backup that Check has let pass into an empty database, and holds every table against the manifest.
//
// While it goes on the database holds the table that ledger.New refuses; the events come last. What an earlier one left that was
// broken off is thrown away.
func Restore(ctx context.Context, conn driver.Conn, path string, m Manifest, step func(string)) error {
	if step == nil {
		step = func(string) {}
	}
	if err := begin(ctx, conn); err != nil {
		return err
	}
	for _, t := range m.Tables {
		step(t.Name)
		if err := create(ctx, conn, t.Name, t.Create); err != nil {
			return err
		}
		if t.Rows > 0 {
			if err := bring(ctx, conn, filepath.Join(path, t.File), t); err != nil {
				return fmt.Errorf("restore table %s: %w", t.Name, err)
			}
		}
		if err := compare(ctx, conn, t.Name, t.Content); err != nil {
			return err
		}
	}
	step("end")
	return end(ctx, conn)
}

// begin refuses a database that holds something, and marks it as unfinished.
func begin(ctx context.Context, conn driver.Conn) error {
	var unfinished, rows uint64
	var names []string
	err := conn.QueryRow(ctx, `SELECT countIf(name = '`+ledger.UnfinishedTable+`'), sum(ifNull(total_rows, 0)), groupArray(name)
		FROM system.tables WHERE database = currentDatabase()`).Scan(&unfinished, &rows, &names)
	if err != nil {
		return err
	}
	if rows > 0 && unfinished == 0 {
		return ledger.Fail(ledger.Refused, text.T("backup.not_empty"))
	}
	if err := conn.Exec(ctx, "CREATE TABLE IF NOT EXISTS "+ledger.UnfinishedTable+" (at DateTime) ENGINE = MergeTree ORDER BY at"); err != nil {
		return err
	}
	for _, name := range names {
		if name == ledger.UnfinishedTable {
			continue
		}
		if err := conn.Exec(ctx, "DROP TABLE IF EXISTS "+quoted(name)); err != nil {
			return err
		}
	}
	return nil
}

func end(ctx context.Context, conn driver.Conn) error {
	return conn.Exec(ctx, "DROP TABLE "+ledger.UnfinishedTable)
}

// create makes a table as it stood; what keeps its rows on one machine is all that is taken from a manifest.
func create(ctx context.Context, conn driver.Conn, name, columns string) error {
	if _, engine, found := strings.Cut(columns, "ENGINE = "); !found || !strings.HasPrefix(engine, "MergeTree") {
		return ledger.Fail(ledger.Refused, text.T("backup.bad_table", name))
	}
	if err := conn.Exec(ctx, "CREATE TABLE "+quoted(name)+" "+columns); err != nil {
		return fmt.Errorf("create table %s: %w", name, err)
	}
	return nil
}

func bring(ctx context.Context, conn driver.Conn, path string, t Table) error {
	f, err := os.Open(path)
	if err != nil {
		return damaged(t.File, err)
	}
	defer f.Close()
	plain, err := zstd.NewReader(f, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return damaged(t.File, err)
	}
	defer plain.Close()
	return write(ctx, conn, t.Name, t.Columns, plain)
}

// compare holds the rows that are there against those that were.
func compare(ctx context.Context, conn driver.Conn, name string, want Content) error {
	got, err := contentOf(ctx, conn, quoted(name))
	if err != nil {
		return err
	}
	if got != want {
		return ledger.Fail(ledger.Refused, text.T("backup.differs", name, want.Rows, got.Rows))
	}
	return nil
}

// Compared is a table that was carried over: what it held, and that the other database holds the same.
type Compared struct {
	Name string `json:"table"`
	Content
}

// Copy carries a record, as it stands at this moment, into an empty database elsewhere, and holds every table there against it.
func Copy(ctx context.Context, from, to driver.Conn, told func(Compared)) error {
	s, err := open(ctx, from)
	if err != nil {
		return err
	}
	if err := begin(ctx, to); err != nil {
		return err
	}
	for _, t := range s.tables {
		want, err := s.content(ctx, t)
		if err != nil {
			return err
		}
		if err := s.carry(ctx, t, to, want); err != nil {
			return fmt.Errorf("copy table %s: %w", t.name, err)
		}
		if err := compare(ctx, to, t.name, want); err != nil {
			return err
		}
		told(Compared{t.name, want})
	}
	return end(ctx, to)
}

func (s *source) carry(ctx context.Context, t sourceTable, to driver.Conn, want Content) error {
	if err := create(ctx, to, t.name, t.create); err != nil || want.Rows == 0 {
		return err
	}
	rows, err := s.read(ctx, t)
	if err != nil {
		return err
	}
	defer rows.Close()
	return write(ctx, to, t.name, t.columns, rows)
}
