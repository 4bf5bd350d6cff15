package server

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
	"taizhang/ledger/backup"
)

const (
	engineFolder  = "clickhouse" // of the engine's files in a data folder
	engineVersion = "engine.version"
	// restoringPrefix begins the folder that a backup is brought back into; replacedPrefix the one that the earlier record is kept in.
	restoringPrefix = "restoring-"
	replacedPrefix  = "replaced-"
)

func (p Program) restore(ctx context.Context, args []string) (int, error) {
	cfg := DefaultConfig()
	f := newFlags("restore", &cfg)
	force := f.Bool("force", false, "")
	j := backupJob{}
	f.BoolVar(&j.Check, "check", false, "")
	f.BoolVar(&j.JSON, "json", false, "")
	words, err := f.parse(&cfg, args)
	if err != nil {
		return exitWrong, err
	}
	if j.Check {
		return p.sendBackup(ctx, cfg, j, words)
	}
	if len(words) != 1 {
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("backup.one_folder"))
	}
	path, err := backup.Resolve(words[0])
	if err != nil {
		return exitWrong, err
	}
	m, err := backup.Check(path)
	if err != nil {
		return exitWrong, err
	}
	r := restoring{p: p, cfg: cfg, path: path, m: m, force: *force}
	if cfg.ClickHouse != "" {
		err = r.server(ctx)
	} else {
		err = r.folder(ctx)
	}
	if err != nil {
		return exitWrong, err
	}
	fmt.Fprintln(p.Out, text.T("backup.restored", path, clockTime(m.Moment), m.Batches, m.Rows, r.answers).In(cfg.Lang))
	if r.replaced != "" {
		fmt.Fprintln(p.Out, text.T("backup.replaced", r.replaced).In(cfg.Lang))
	}
	return exitDone, nil
}

// restoring is one run of `taizhang restore`.
type restoring struct {
	p        Program
	cfg      Config
	path     string
	m        backup.Manifest
	force    bool
	answers  int    // dashboards that say what they said
	replaced string // where the earlier record is kept
}

// server brings the backup into the empty database of a server.
func (r *restoring) server(ctx context.Context) error {
	conn, done, err := r.p.Engine.Connect(ctx, r.cfg)
	if err != nil {
		return err
	}
	return errors.Join(r.into(ctx, conn), done())
}

// into brings the backup into an empty database, upgrades it to this program and asks the dashboards.
func (r *restoring) into(ctx context.Context, conn driver.Conn) error {
	if err := backup.Restore(ctx, conn, r.path, r.m, nil); err != nil {
		return err
	}
	wish, err := r.cfg.backupWish("")
	if err != nil {
		return err
	}
	// The clock of the day it was taken, so that a page that tells what is new does not stand elsewhere.
	now := func() time.Time { return r.m.TakenAt }
	r.answers, err = wish.sameAnswers(ctx, conn, r.m, ledger.Options{Area: r.cfg.Area, Areas: r.cfg.AreaList(), Now: now, Alone: r.cfg.ClickHouse == ""})
	return err
}

// folder brings the backup into a folder of its own and puts that in the record's place in one step. Whenever it is broken off, the
// folder holds the earlier record, or the whole new one.
func (r *restoring) folder(ctx context.Context) error {
	dir := r.cfg.embedded()
	if err := r.mayReplace(ctx, dir); err != nil {
		return err
	}
	release, err := r.p.Engine.Lock(dir)
	if err != nil {
		return err
	}
	defer release()
	if err := clearRestoring(dir); err != nil {
		return err
	}
	fresh, err := os.MkdirTemp(dir, restoringPrefix)
	if err != nil {
		return err
	}
	defer os.RemoveAll(fresh)
	there := r.cfg
	there.Data = fresh
	conn, done, err := r.p.Engine.Connect(ctx, there)
	if err != nil {
		return err
	}
	if err := errors.Join(r.into(ctx, conn), done()); err != nil {
		return err
	}
	return r.swap(dir, fresh)
}

// mayReplace refuses a folder whose record holds something, unless it was told to replace it.
func (r *restoring) mayReplace(ctx context.Context, dir string) error {
	if _, err := os.Stat(filepath.Join(dir, engineFolder)); errors.Is(err, os.ErrNotExist) || r.force {
		return nil
	}
	l, done, err := r.p.Engine.Open(ctx, r.cfg, "")
	if err != nil {
		return err
	}
	version, err := l.Version(ctx)
	if err = errors.Join(err, done()); err != nil {
		return err
	}
	if version > 0 {
		return ledger.Fail(ledger.Refused, text.T("backup.holds_record", dir))
	}
	return nil
}

// swap puts the new engine's files in the place of the earlier ones, which are kept.
func (r *restoring) swap(dir, fresh string) error {
	old, now := filepath.Join(dir, engineFolder), filepath.Join(fresh, engineFolder)
	// A newer engine's mark over older files only keeps older engines away.
	if err := os.Rename(filepath.Join(fresh, engineVersion), filepath.Join(dir, engineVersion)); err != nil {
		return err
	}
	if _, err := os.Stat(old); errors.Is(err, os.ErrNotExist) {
		return os.Rename(now, old)
	}
	if err := exchange(now, old); err != nil {
		return &ledger.Error{Kind: ledger.Refused, Message: text.T("backup.no_exchange", dir), Cause: err}
	}
	if !r.force {
		return nil // an empty record is not worth keeping
	}
	r.replaced = filepath.Join(dir, replacedPrefix+time.Now().In(ledger.Office).Format("20060102")+"-"+strings.TrimPrefix(filepath.Base(fresh), restoringPrefix))
	return os.Rename(now, r.replaced)
}

// clearRestoring throws away what a restore that was broken off left. The caller holds the folder's lock.
func clearRestoring(dir string) error {
	left, err := filepath.Glob(filepath.Join(dir, restoringPrefix+"*"))
	if err != nil {
		return err
	}
	for _, one := range left {
		if err := os.RemoveAll(one); err != nil {
			return err
		}
	}
	return nil
}
