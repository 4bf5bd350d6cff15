package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// snapshotPause is how often it is looked whether a briefing is due; snapshotRetry is how long after a failure it is tried again.
const (
	snapshotPause = 20 * time.Second
	snapshotRetry = 10 * time.Minute
)

// snapshots keep briefings in a folder: one every week at a moment, as it was known then, and one of each meeting that is closed.
type snapshots struct {
	dir    string
	day    time.Weekday
	minute int // of the day
	filed

	mu     sync.Mutex
	done   time.Time // the due moment whose files lie in the folder
	retry  time.Time // not before
	last   time.Time // when files were written last
	failed time.Time // when that failed last; zero when all went well since
	cause  error
}

// snapshots reads the settings; nil when no folder is set.
func (c Config) snapshots() (*snapshots, error) {
	if c.SnapshotDir == "" {
		return nil, nil
	}
	s := &snapshots{dir: c.SnapshotDir, filed: filed{fonts: c.Fonts, lang: c.Lang}}
	names := []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}
	at := slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, c.SnapshotDay) })
	if at < 0 {
		return nil, ledger.Fail(ledger.Invalid, text.T("snapshot.bad_day", c.SnapshotDay))
	}
	clock, err := time.Parse("15:04", c.SnapshotTime)
	if err != nil {
		return nil, ledger.Fail(ledger.Invalid, text.T("snapshot.bad_time", c.SnapshotTime))
	}
	s.day, s.minute = time.Weekday(at), clock.Hour()*60+clock.Minute()
	if s.forms, err = readForms(c.SnapshotForms); err != nil {
		return nil, err
	}
	if info, err := os.Stat(s.dir); err != nil || !info.IsDir() {
		return nil, &ledger.Error{Kind: ledger.Invalid, Message: text.T("snapshot.no_dir", s.dir), Cause: err}
	}
	return s, nil
}

// due is the last moment up to now at which the weekly briefing was due.
func (s *snapshots) due(now time.Time) time.Time {
	local := now.In(ledger.Office)
	y, m, d := local.Date()
	at := time.Date(y, m, d, s.minute/60, s.minute%60, 0, 0, ledger.Office).AddDate(0, 0, -int(local.Weekday()-s.day+7)%7)
	if at.After(now) {
		at = at.AddDate(0, 0, -7)
	}
	return at
}

// claim gives the due moment whose briefing is to be written now; false when it was written, or failed a moment ago.
func (s *snapshots) claim(now time.Time) (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.due(now)
	return at, !at.Equal(s.done) && !now.Before(s.retry)
}

// settle notes what became of writing; due is the zero time for a closed meeting's.
func (s *snapshots) settle(now, due time.Time, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.failed, s.cause = now, err
		if !due.IsZero() {
			s.retry = now.Add(snapshotRetry)
		}
		return
	}
	s.last, s.failed, s.cause = now, time.Time{}, nil
	if !due.IsZero() {
		s.done = due
	}
}

// keepBriefings begins to write the weekly briefing; the end of the queue ends it. One that was due while the server was down is written now,
// as it was known when it was due.
func (a *app) keepBriefings() {
	if a.snapshots == nil {
		return
	}
	a.queue.work.Go(func() {
		for wait := time.NewTicker(snapshotPause); ; {
			a.keepDue(a.queue.ctx, a.ledger.Now())
			select {
			case <-wait.C:
			case <-a.queue.ctx.Done():
				wait.Stop()
				return
			}
		}
	})
}

// keepDue writes the briefing that is due at a moment, if one is.
func (a *app) keepDue(ctx context.Context, now time.Time) {
	at, due := a.snapshots.claim(now)
	if !due {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, a.cfg.LoadLimit)
	defer cancel()
	err := a.keepOne(ctx, filed{}, func() (analytics.MeetingQuestion, bool, error) {
		clock, err := a.ledger.Clock(ctx, "", at.Format(time.RFC3339))
		if err == nil && !clock.Stood {
			clock.Asof = ledger.Today(at)
		}
		return analytics.MeetingQuestion{Question: analytics.Question{Clock: clock}}, true, err
	})
	a.settled(now, at, err)
}

// keepClosed has the frozen briefing of a meeting that was just closed written, beside the request.
func (a *app) keepClosed(c *fiber.Ctx, date analytics.Date) {
	if a.snapshots == nil {
		return
	}
	l, other := a.record(c), strings.Clone(elsewhere(c))
	a.queue.work.Go(func() {
		ctx, cancel := context.WithTimeout(a.queue.ctx, a.cfg.LoadLimit)
		defer cancel()
		err := a.keepOne(ctx, filed{elsewhere: other}, func() (analytics.MeetingQuestion, bool, error) {
			clock, err := l.Clock(ctx, "", "")
			return analytics.MeetingQuestion{Question: analytics.Question{Clock: clock}, Date: date}, false, err
		})
		a.settled(a.ledger.Now(), time.Time{}, err)
	})
}

// keepOne writes the files of one briefing; a weekly one of a record that held nothing yet is left out.
func (a *app) keepOne(ctx context.Context, of filed, ask func() (analytics.MeetingQuestion, bool, error)) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	q, weekly, err := ask()
	if err != nil {
		return err
	}
	ans, err := a.analytics.Briefing(ctx, q)
	if err != nil || weekly && len(ans.Batches) == 0 {
		return err
	}
	s := a.snapshots
	f := filed{fonts: s.fonts, lang: s.lang, elsewhere: of.elsewhere, forms: s.forms}
	for _, file := range f.files(ctx, q.Question, ans) {
		if file.Err == nil {
			_, file.Err = place(s.dir, file)
		}
		if file.Err != nil {
			err = errors.Join(err, file.Err)
			continue
		}
		a.log.Info("briefing kept", slog.String("file", file.Name), slog.Int("bytes", len(file.Body)))
	}
	return err
}

// settled notes and logs what became of writing; the end of the program is no failure.
func (a *app) settled(now, due time.Time, err error) {
	if err != nil && a.queue.ctx.Err() != nil {
		return
	}
	if err != nil {
		a.log.Error("briefing not kept", "error", err)
	}
	a.snapshots.settle(now, due, err)
}
