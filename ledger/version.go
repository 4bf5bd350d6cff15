package ledger

import (
	"context"
	"sync"
	"time"
)

// version remembers the record's version between writes, where nobody else can write.
type version struct {
	mu    sync.Mutex
	known bool
	n     uint64
	turn  uint64 // rises with every write, so that a count begun before one is not kept
}

// forget makes the next reader count again.
func (v *version) forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.known = false
	v.turn++
}

func (v *version) get() (n, turn uint64, known bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.n, v.turn, v.known
}

func (v *version) keep(n, turn uint64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.turn == turn {
		v.n, v.known = n, true
	}
}

// Version counts the events that changed what can be read; equal versions answer every question alike.
//
// Where this Ledger is the only writer (Options.Alone) it is counted once after each write, else at every call.
func (l *Ledger) Version(ctx context.Context) (uint64, error) {
	n, turn, known := l.version.get()
	if known && l.opt.Alone {
		return n, nil
	}
	err := l.conn.QueryRow(ctx, "SELECT count() FROM batches WHERE event IN ('commit', 'undo')").Scan(&n)
	if err == nil {
		l.version.keep(n, turn)
	}
	return n, err
}

// LastMoment is the record time of the last event that changed what can be read: with it as known, a question is answered alike for good.
func (l *Ledger) LastMoment(ctx context.Context) (time.Time, error) {
	var at time.Time
	err := l.conn.QueryRow(ctx, "SELECT max(at) FROM batches WHERE event IN ('commit', 'undo')").Scan(&at)
	return at, err
}
