package server

import (
	"context"
	"reflect"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/ledger"
)

// preparedNow gives a file that was read and still stands, without any work; nil when there is work to do.
func (a *app) preparedNow(ctx context.Context, key string) (*prepared, error) {
	p := a.shelf.get(key)
	if p == nil {
		return nil, nil
	}
	if time.Since(p.at) < justNow {
		return p, nil
	}
	version, err := a.ledger.Version(ctx)
	if err != nil || !p.standsOn(version, a.ledger.Now()) {
		return nil, err
	}
	return p, nil
}

// awaitPrepared gives a waiting file as it was read, having it read when needed. When that takes longer than long, the job is given instead.
func (a *app) awaitPrepared(c *fiber.Ctx, hash string, w choice, long time.Duration) (*prepared, *task, error) {
	up, err := a.uploads.find(hash)
	if err != nil {
		return nil, nil, err
	}
	p, err := a.preparedNow(c.UserContext(), keptKey(up, w))
	if err != nil || p != nil {
		return p, nil, err
	}
	t, err := a.submitRead(c, up, w)
	if err != nil {
		return nil, nil, err
	}
	if !await(c.UserContext(), t, long) {
		return nil, t, nil
	}
	if p, _, err = t.result(); p == nil && err == nil {
		p = a.shelf.get(t.key())
	}
	return p, t, err
}

// prepare reads a job's file, unless it is kept and still stands; what it would change is compared anew where the record moved.
func (a *app) prepare(ctx context.Context, t *task) (*prepared, error) {
	limited, end := context.WithTimeout(ctx, a.cfg.LoadLimit)
	defer end()
	version, err := a.ledger.Version(ctx)
	if err != nil {
		return nil, err
	}
	p := a.shelf.get(t.key())
	switch {
	case p != nil && p.standsOn(version, a.ledger.Now()):
		return p, nil
	case p != nil && !p.asksRecord() && a.remembersAlike(ctx, p) && ledger.Today(p.opt.Now).Equal(ledger.Today(a.ledger.Now())):
		t.enter(taskReading)
		p, err = a.compareAnew(limited, p)
	default:
		p, err = a.readNow(limited, t)
	}
	if err != nil {
		return nil, overtime(limited, err)
	}
	return p, nil
}

// remembersAlike reports whether the record remembers the same mappings as when the file was read.
func (a *app) remembersAlike(ctx context.Context, p *prepared) bool {
	if p.opt.Plain {
		return true
	}
	known, err := ingest.KnownMappings(ctx, a.ledger)
	return err == nil && reflect.DeepEqual(known, p.opt.Known)
}

// readNow reads a job's file when no other is being read.
func (a *app) readNow(ctx context.Context, t *task) (*prepared, error) {
	if err := a.uploads.reading.start(ctx); err != nil {
		return nil, err
	}
	defer a.uploads.reading.end()
	version, err := a.ledger.Version(ctx)
	if err != nil {
		return nil, err
	}
	// The one that was being read may have been the same.
	if p := a.shelf.get(t.key()); p != nil && p.standsOn(version, a.ledger.Now()) {
		return p, nil
	}
	t.enter(taskReading)
	a.shelf.makeRoom(t.Size)
	file, opt, err := a.read(ctx, t.Hash, t.wish, ingest.Options{DryRun: true, Progress: t.progress})
	if err == nil {
		err = ctx.Err() // a file whose reading was cut off looks like a damaged one
	}
	if err != nil {
		return nil, err
	}
	opt.Progress = nil
	p := &prepared{key: t.key(), area: t.wish.Area, file: file, opt: opt, version: version, turn: make(chan struct{}, 1)}
	if p.outcome, err = ingest.Commit(ctx, a.ledger.In(t.wish.Area), file, opt); err != nil {
		return nil, err
	}
	p.comparison, p.at = file.Comparison(), time.Now()
	p.weigh()
	a.shelf.put(p)
	return p, nil
}

// compareAnew holds a kept file against the record as it stands now.
func (a *app) compareAnew(ctx context.Context, p *prepared) (*prepared, error) {
	if err := p.take(ctx); err != nil {
		return nil, err
	}
	defer p.leave()
	version, err := a.ledger.Version(ctx)
	if err != nil {
		return nil, err
	}
	// Others may be looking at the old one.
	anew := &prepared{key: p.key, area: p.area, file: p.file, opt: p.opt, version: version, rows: p.rows, size: p.size, turn: p.turn}
	if anew.outcome, err = ingest.Commit(ctx, a.ledger.In(p.area), p.file, p.opt); err != nil {
		return nil, err
	}
	anew.comparison, anew.at = p.file.Comparison(), time.Now()
	a.shelf.put(anew)
	return anew, nil
}
