package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/klauspost/compress/zstd"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Options say how a backup is taken; all may be left out.
type Options struct {
	Program string
	Kind    string
	Now     time.Time
	// Answers are asked for when all tables are written, with the backup's moment: what the dashboards said, for the manifest.
	Answers func(ctx context.Context, moment time.Time) (*Answers, error)
	// Step is called before each table and before the rename, for crash tests.
	Step func(step string)
}

func (o Options) withDefaults() Options {
	if o.Kind == "" {
		o.Kind = Asked
	}
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	if o.Step == nil {
		o.Step = func(string) {}
	}
	return o
}

// Take writes a backup of a record into a new folder below dir, and gives that folder. Imports may go on meanwhile.
func Take(ctx context.Context, conn driver.Conn, dir string, o Options) (path string, m Manifest, err error) {
	o = o.withDefaults()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", m, cannotWrite(dir, err)
	}
	name := NamePrefix + o.Now.In(ledger.Office).Format("20060102-150405")
	path = filepath.Join(dir, name)
	if _, err := os.Lstat(path); err == nil {
		return "", m, ledger.Fail(ledger.Conflict, text.T("backup.exists", path))
	}
	partial := filepath.Join(dir, partialPrefix+name)
	// Exclusive: of two that begin in the same second one is told.
	if err := os.Mkdir(partial, 0o700); errors.Is(err, os.ErrExist) {
		return "", m, ledger.Fail(ledger.Conflict, text.T("backup.exists", path))
	} else if err != nil {
		return "", m, cannotWrite(dir, err)
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(partial)
		}
	}()
	if m, err = writeAll(ctx, conn, partial, o); err != nil {
		return "", m, cannotWrite(dir, err)
	}
	o.Step("rename")
	if err := os.Rename(partial, path); err != nil {
		return "", m, cannotWrite(dir, err)
	}
	return path, m, syncFolder(dir)
}

// cannotWrite gives a failure of the folder its sentence; others stay as they are.
func cannotWrite(dir string, err error) error {
	var at *os.PathError
	var link *os.LinkError
	if errors.As(err, &at) || errors.As(err, &link) {
		return &ledger.Error{Kind: ledger.Invalid, Message: text.T("backup.cannot_write", dir), Cause: err}
	}
	return err
}

func writeAll(ctx context.Context, conn driver.Conn, dir string, o Options) (Manifest, error) {
	m := Manifest{Format: format, Program: o.Program, Kind: o.Kind, TakenAt: o.Now.UTC().Truncate(time.Second)}
	s, err := open(ctx, conn)
	if err != nil {
		return m, err
	}
	m.Moment = s.moment.UTC()
	if err := conn.QueryRow(ctx, "SELECT max(version), version() FROM schema_versions").Scan(&m.Schema, &m.Engine); err != nil {
		return m, err
	}
	if err := conn.QueryRow(s.bound(ctx), "SELECT uniqExact(batch) FROM "+eventsTable+" WHERE event = 'commit' AND at <= {moment:DateTime64(3,'UTC')}").Scan(&m.Batches); err != nil {
		return m, err
	}
	var sums strings.Builder
	for _, t := range s.tables {
		o.Step(t.name)
		one, sum, err := s.keepSteady(ctx, t, dir)
		if err != nil {
			return m, fmt.Errorf("back up table %s: %w", t.name, err)
		}
		m.Tables = append(m.Tables, one)
		m.Rows += one.Rows
		m.Bytes += one.Bytes
		if one.File != "" {
			fmt.Fprintf(&sums, "%s  %s\n", sum, one.File)
		}
	}
	if o.Answers != nil {
		o.Step("answers")
		if m.Answers, err = o.Answers(ctx, m.Moment); err != nil {
			return m, err
		}
	}
	o.Step("manifest")
	if err := m.write(dir); err != nil {
		return m, err
	}
	sum, _, err := sumOf(filepath.Join(dir, manifestName))
	if err != nil {
		return m, err
	}
	fmt.Fprintf(&sums, "%s  %s\n", sum, manifestName)
	if err := writeFile(filepath.Join(dir, sumsName), []byte(sums.String())); err != nil {
		return m, err
	}
	return m, syncFolder(dir)
}

// steadyTries is how often a table that changes while it is written is written anew.
const steadyTries = 6

// keepSteady writes the rows of a table; where rows may come or go meanwhile, until they are the same before and after.
func (s *source) keepSteady(ctx context.Context, t sourceTable, dir string) (one Table, sum string, err error) {
	for range steadyTries {
		if one, sum, err = s.keep(ctx, t, dir); err != nil || t.settled {
			return one, sum, err
		}
		after, err := s.content(ctx, t)
		if err != nil {
			return one, "", err
		}
		if after == one.Content {
			return one, sum, nil
		}
		if err := os.Remove(filepath.Join(dir, t.name+fileSuffix)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return one, "", err
		}
	}
	return one, "", ledger.Fail(ledger.Conflict, text.T("backup.unsteady", t.name))
}

const fileSuffix = ".native.zst"

// keep writes the rows of a table into its file, none when it has none.
func (s *source) keep(ctx context.Context, t sourceTable, dir string) (one Table, sum string, err error) {
	one = Table{Name: t.name, Columns: t.columns, Create: t.create}
	if one.Content, err = s.content(ctx, t); err != nil || one.Rows == 0 {
		return one, "", err
	}
	rows, err := s.read(ctx, t)
	if err != nil {
		return one, "", err
	}
	defer rows.Close()
	one.File = t.name + fileSuffix
	f, err := os.OpenFile(filepath.Join(dir, one.File), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return one, "", err
	}
	defer f.Close()
	counted := &summing{to: f, hash: sha256.New()}
	packed, err := zstd.NewWriter(counted, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return one, "", err
	}
	if _, err = io.Copy(packed, rows); err != nil {
		return one, "", err
	}
	if err = packed.Close(); err == nil {
		err = f.Sync()
	}
	one.Bytes = counted.bytes
	return one, hex.EncodeToString(counted.hash.Sum(nil)), err
}

// summing counts and hashes what goes through it.
type summing struct {
	to    io.Writer
	hash  hash.Hash
	bytes int64
}

func (s *summing) Write(b []byte) (int, error) {
	n, err := s.to.Write(b)
	s.hash.Write(b[:n])
	s.bytes += int64(n)
	return n, err
}

func sumOf(path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), size, err
}
