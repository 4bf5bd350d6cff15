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
	time.AfterFunc(justNow, t.lighten)
	v := t.look()
	if q.ended != nil {
		q.ended(v.Kind, v.State)
	}
	line := []any{"request", t.request, "job", t.id, "kind", v.Kind, "state", v.State, "rows", max(v.Rows.Loaded, v.Rows.Read), "ms", t.finished.Sub(t.at).Milliseconds()}
	if t.err != nil {
		q.log.Error("import job ended", append(line, "error", t.err.Error())...)
		return
	}
	q.log.Info("import job ended", line...)
}

// submitRead has a waiting file read for its preview.
func (a *app) submitRead(c *fiber.Ctx, up upload, w choice) (*task, error) {
	return a.queue.submit(&task{upload: up, wish: w, by: actor(c), request: requestID(c)}, func(ctx context.Context, t *task) error {
		p, err := a.prepare(ctx, t)
		if err != nil {
			return err
		}
		t.knows(p)
		t.mu.Lock()
		defer t.mu.Unlock()
		t.outcome = p.outcome
		if p.size < lightFile { // a large one stands on the shelf alone, which makes room for the next
			t.made = p
		}
		return nil
	})
}

// submitLoad has a waiting file loaded as one batch.
func (a *app) submitLoad(c *fiber.Ctx, up upload, w choice, good bool) (*task, error) {
	return a.queue.submit(&task{upload: up, wish: w, loads: true, good: good, by: actor(c), request: requestID(c)}, a.load)
}

// load waits for earlier loads of the same datasets, reads what is not read, and commits.
func (a *app) load(ctx context.Context, t *task) error {
	if err := a.learn(ctx, t); err != nil {
		return err
	}
	t.enter(taskWaiting)
	a.queue.tell()
	if err := a.queue.turn(ctx, t); err != nil {
		return err
	}
	// Only now: what waits must not take memory, and rules that look at the record want it as it stands.
	p, err := a.prepare(ctx, t)
	if err != nil {
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
	outcome, err := ingest.Commit(limited, a.ledger.In(t.wish.Area), p.file, opt)
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

// learn finds out what a load will write, from the job that read the file for its preview or by reading it.
func (a *app) learn(ctx context.Context, t *task) error {
	for _, other := range a.queue.list() {
		if !other.loads && other.over() && other.key() == t.key() {
			other.mu.Lock()
			datasets := other.datasets
			other.mu.Unlock()
			if datasets != nil {
				t.mu.Lock()
				t.datasets = datasets
				t.mu.Unlock()
				return nil
			}
		}
	}
	p, err := a.prepare(ctx, t)
	if err == nil {
		t.knows(p)
	}
	return err
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
