package server

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
)

// patience is how long a request waits for a job, so that a small file is a step and not a wait.
const patience = 700 * time.Millisecond

// carryOut runs a job to its end; a panic in it ends the job, not the server.
func (q *queue) carryOut(t *task, run func(context.Context, *task) error) {
	defer q.work.Done()
	err := func() (err error) {
		defer func() {
			if cause := recover(); cause != nil {
				err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
			}
		}()
		return run(t.ctx, t)
	}()
	t.finish(err)
	close(t.ended)
	t.cancel()
	q.tell()
	v := t.look()
	line := []any{"request", t.request, "job", t.id, "kind", v.Kind, "state", v.State, "rows", max(v.Rows.Loaded, v.Rows.Read), "ms", t.finished.Sub(t.at).Milliseconds()}
	if t.err != nil {
		q.log.Error("import job ended", append(line, "error", t.err.Error())...)
		return
	}
	q.log.Info("import job ended", line...)
}

// submitRead has a waiting file read for its preview.
func (a *app) submitRead(c *fiber.Ctx, up upload, w choice) (*task, error) {
	return a.queue.submit(&task{upload: up, wish: w, by: person(), request: requestID(c)}, func(ctx context.Context, t *task) error {
		p, err := a.prepare(ctx, t)
		if err != nil {
			return err
		}
		t.knows(p)
		return nil
	})
}

// submitLoad has a waiting file loaded as one batch.
func (a *app) submitLoad(c *fiber.Ctx, up upload, w choice, good bool) (*task, error) {
	return a.queue.submit(&task{upload: up, wish: w, loads: true, good: good, by: person(), request: requestID(c)}, a.load)
}

// load reads what is not read, waits for earlier loads of the same datasets, and commits.
func (a *app) load(ctx context.Context, t *task) error {
	p, err := a.prepare(ctx, t)
	if err != nil {
		return err
	}
	t.knows(p)
	t.enter(taskWaiting)
	a.queue.tell()
	if err := a.queue.turn(ctx, t); err != nil {
		return err
	}
	// Rules that look at the record are held against it as it stands when the turn has come.
	if p, err = a.prepare(ctx, t); err != nil {
		return err
	}
	t.knows(p)
	if err := p.take(ctx); err != nil {
		return err
	}
	defer p.leave()
	t.enter(taskLoading)
	opt := p.opt
	opt.DryRun, opt.GoodRows, opt.By, opt.Progress = false, t.good, t.by, t.progress
	limited, end := context.WithTimeout(ctx, a.cfg.LoadLimit)
	defer end()
	outcome, err := ingest.Commit(limited, a.ledger, p.file, opt)
	if err != nil {
		return overtime(limited, err)
	}
	t.mu.Lock()
	t.outcome = outcome
	if outcome.Status == ingest.Committed {
		t.rows["load"] = p.good()
	}
	t.mu.Unlock()
	if outcome.Status != ingest.Refused {
		a.uploads.drop(t.Hash)
		a.shelf.drop(t.Hash)
	}
	return nil
}

// overtime names the limit as the cause, whatever the engine said when it was cut off.
func overtime(limited context.Context, err error) error {
	if limited.Err() != nil {
		return errors.Join(limited.Err(), err)
	}
	return err
}

// await waits for a job's end, for so long and while the request lasts.
func await(ctx context.Context, t *task, long time.Duration) bool {
	timer := time.NewTimer(long)
	defer timer.Stop()
	select {
	case <-t.ended:
		return true
	case <-timer.C:
	case <-ctx.Done():
	}
	return t.over()
}
