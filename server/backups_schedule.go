package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
	"taizhang/ledger/backup"
)

const (
	// scheduleLook is how often the schedule looks whether a backup is due: looking at the clock instead of sleeping until then
	// outlasts a machine that slept and a clock that was set.
	scheduleLook = time.Minute
	// scheduleRetry is how long it waits after a failure.
	scheduleRetry = time.Hour
	// neverAt is what `--backup-at` says when nothing is to be taken by itself.
	neverAt = "off"
)

// backupFolder is where the server keeps its backups; empty with a ClickHouse server and no folder named.
func (c Config) backupFolder() string {
	if c.Backups != "" || c.embedded() == "" {
		return c.Backups
	}
	return filepath.Join(c.embedded(), "backups")
}

// backupTime reads when of a day the scheduled backup is taken; off when there is none.
func (c Config) backupTime() (at time.Duration, on bool, err error) {
	if c.BackupAt == "" || c.BackupAt == neverAt || c.backupFolder() == "" {
		return 0, false, nil
	}
	t, err := time.Parse("15:04", c.BackupAt)
	if err != nil {
		return 0, false, ledger.Fail(ledger.Invalid, text.T("backup.bad_time", c.BackupAt))
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, true, nil
}

func (c Config) validateBackups() error {
	if c.BackupKeep < 1 {
		return ledger.Fail(ledger.Invalid, text.T("backup.bad_keep"))
	}
	_, _, err := c.backupTime()
	return err
}

// backupSettings declares where, when and how many.
func (f *flags) backupSettings(cfg *Config) {
	f.setting(&cfg.Backups, "backups")
	f.setting(&cfg.BackupAt, "backup-at")
	f.IntVar(&cfg.BackupKeep, "backup-keep", cfg.BackupKeep, "")
	f.settings = append(f.settings, "backup-keep")
}

// keeper takes the server's backups, one at a time, by the schedule and when somebody asks on the page.
type keeper struct {
	cfg    Config
	ledger *ledger.Ledger
	engine Engine
	log    *slog.Logger
	ctx    context.Context
	end    context.CancelFunc
	work   sync.WaitGroup

	mu      sync.Mutex
	since   time.Time // of the one under way; zero when there is none
	failed  error     // of the last one
	retryAt time.Time
}

func newKeeper(cfg Config, l *ledger.Ledger, engine Engine, log *slog.Logger) *keeper {
	k := &keeper{cfg: cfg, ledger: l, engine: engine, log: log}
	k.ctx, k.end = context.WithCancel(context.Background())
	return k
}

// close breaks off a backup that is under way, which leaves nothing, and waits for its end.
func (k *keeper) close() {
	k.end()
	k.work.Wait()
}

// schedule begins to look for due backups.
func (k *keeper) schedule() {
	if _, on, err := k.cfg.backupTime(); err != nil || !on {
		return
	}
	k.work.Go(func() {
		tick := time.NewTicker(scheduleLook)
		defer tick.Stop()
		for {
			select {
			case <-k.ctx.Done():
				return
			case <-tick.C:
				k.look(k.ledger.Now())
			}
		}
	})
}

// look takes a backup when one is due.
func (k *keeper) look(now time.Time) {
	due, err := k.due(k.ctx, now)
	if err == nil && due && k.claim() {
		err = k.run(backup.Scheduled, func(w backupWish) (backup.Found, *verdict, error) { return w.take(k.ctx, k.ledger, k.engine) })
	}
	if err != nil && k.ctx.Err() == nil {
		k.log.Error("the scheduled backup failed", "folder", k.cfg.backupFolder(), "cause", err)
		k.mu.Lock()
		k.failed, k.retryAt = err, now.Add(scheduleRetry)
		k.mu.Unlock()
	}
}

// slot is the last moment by the office's clock at which a backup should have been taken.
func slot(now time.Time, at time.Duration) time.Time {
	day := now.In(ledger.Office)
	s := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, ledger.Office).Add(at)
	if s.After(now) {
		s = s.AddDate(0, 0, -1)
	}
	return s
}

// due says whether the slot's backup is missing and the record holds what no backup has. A machine that was off at night takes it
// when it is on again.
func (k *keeper) due(ctx context.Context, now time.Time) (bool, error) {
	at, on, err := k.cfg.backupTime()
	k.mu.Lock()
	wait := now.Before(k.retryAt) && k.retryAt.Sub(now) <= scheduleRetry
	k.mu.Unlock()
	if err != nil || !on || wait {
		return false, err
	}
	last, err := k.ledger.LastMoment(ctx)
	if err != nil || last.Year() < 2000 {
		return false, err // nothing was ever imported
	}
	list, err := backup.List(k.cfg.backupFolder())
	if err != nil {
		return false, err
	}
	for _, one := range list {
		if one.Trouble != nil || one.TakenAt.After(now.Add(time.Hour)) {
			continue // taken while the clock was wrong
		}
		if v := verdictOf(one.Path); v != nil && v.Trouble != nil {
			continue
		}
		if !one.TakenAt.Before(slot(now, at)) && one.Kind == backup.Scheduled || !one.Moment.Before(last) {
			return false, nil
		}
	}
	return true, nil
}

// begin takes or checks a backup in the background; one at a time.
func (k *keeper) begin(kind string, do func(backupWish) (backup.Found, *verdict, error)) error {
	if k.ctx.Err() != nil {
		return k.ctx.Err()
	}
	if !k.claim() {
		return ledger.Fail(ledger.Conflict, text.T("backup.busy"))
	}
	k.work.Go(func() {
		if err := k.run(kind, do); err != nil {
			k.log.Error("a backup failed", "folder", k.cfg.backupFolder(), "cause", err)
		}
	})
	return nil
}

// claim begins one, unless one is under way.
func (k *keeper) claim() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.since.IsZero() {
		return false
	}
	k.since = k.ledger.Now()
	return true
}

func (k *keeper) underWay() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return !k.since.IsZero()
}

// run does one thing with backups, which was claimed, and remembers how it ended; then it throws away what is beyond the number to be kept.
func (k *keeper) run(kind string, do func(backupWish) (backup.Found, *verdict, error)) error {
	wish, err := k.cfg.backupWish(k.cfg.backupFolder())
	var found backup.Found
	if err == nil {
		wish.Kind, wish.Verify = kind, true
		found, err = k.try(wish, do)
	}
	// Only a backup that was tried out makes an earlier one dispensable.
	if err == nil {
		err = backup.Prune(k.cfg.backupFolder(), k.cfg.BackupKeep, k.ledger.Now())
	}
	if err == nil {
		k.log.Info("backed up and verified", "path", found.Path, "kind", kind, "rows", found.Rows, "bytes", found.Bytes)
	}
	if errors.Is(err, context.Canceled) {
		err = nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.since, k.failed = time.Time{}, err
	return err
}

// try does what is wanted; what would end the program ends the backup only, for pages are served beside it.
func (k *keeper) try(wish backupWish, do func(backupWish) (backup.Found, *verdict, error)) (found backup.Found, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("a backup came upon %v\n%s", cause, debug.Stack())
		}
	}()
	found, _, err = do(wish)
	return found, err
}

// state is when the one under way began, and how the last one ended.
func (k *keeper) state() (since time.Time, failed error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.since, k.failed
}
