package clickhouse

import (
	"context"
	"errors"
	"sync"
	"time"
)

// busyAfter is how long a statement waits for one of the engine's connections before it gives up.
const busyAfter = 30 * time.Second

var errClosed = errors.New("the embedded engine is closed")

// pool holds the engine's connections: opened when first needed, at most size, each lent to one statement at a time.
type pool struct {
	open   func() (*session, error)
	slots  chan struct{}
	closed chan struct{}

	mu   sync.Mutex
	free []*session
}

func newPool(size int, open func() (*session, error)) *pool {
	return &pool{open: open, slots: make(chan struct{}, size), closed: make(chan struct{})}
}

// acquire lends a connection on which database and settings are set, preferring one that has them already.
func (p *pool) acquire(ctx context.Context, database string, settings map[string]string) (*session, error) {
	if err := p.reserve(ctx); err != nil {
		return nil, err
	}
	s := p.take(database, settings)
	if s != nil {
		err := s.prepare(database, settings)
		if err == nil {
			return s, nil
		}
		if !s.spoiled {
			p.release(s)
			return nil, err
		}
		// The refusal may come from what an earlier statement set: a fresh connection tells.
		s.close()
	}
	s, err := p.open()
	if err == nil {
		if err = s.prepare(database, settings); err == nil {
			return s, nil
		}
		s.close()
	}
	<-p.slots
	return nil, err
}

func (p *pool) reserve(ctx context.Context) error {
	timer := time.NewTimer(busyAfter)
	defer timer.Stop()
	select {
	case <-p.closed:
		return errClosed
	default:
	}
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-p.closed:
		return errClosed
	case <-timer.C:
		return newFailure(202, "TOO_MANY_SIMULTANEOUS_QUERIES", "all connections of the embedded engine are in use")
	}
}

func (p *pool) take(database string, settings map[string]string) *session {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.free) == 0 {
		return nil
	}
	chosen := len(p.free) - 1
	for i, s := range p.free {
		if s.fits(database, settings) {
			chosen = i
		}
	}
	s := p.free[chosen]
	p.free = append(p.free[:chosen], p.free[chosen+1:]...)
	return s
}

func (p *pool) release(s *session) {
	if s.spoiled {
		s.close()
	} else {
		p.mu.Lock()
		p.free = append(p.free, s)
		p.mu.Unlock()
	}
	<-p.slots
}

// close refuses new statements, waits at most wait for the running ones and closes the connections; false when some still run.
func (p *pool) close(wait time.Duration) bool {
	select {
	case <-p.closed:
	default:
		close(p.closed)
	}
	deadline := time.NewTimer(wait)
	defer deadline.Stop()
	for range cap(p.slots) {
		select {
		case p.slots <- struct{}{}:
		case <-deadline.C:
			return false
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.free {
		s.close()
	}
	p.free = nil
	return true
}
