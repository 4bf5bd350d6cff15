package analytics

import (
	"context"
	"sync"
	"time"
)

// Tally counts what the statements of one question cost, from asking the engine to the last row read.
type Tally struct {
	Statements int
	Time       time.Duration

	mu sync.Mutex // statements of one question may run side by side
}

type tallyKey struct{}

// WithTally gives a context under which every statement is counted into t.
func WithTally(ctx context.Context, t *Tally) context.Context {
	return context.WithValue(ctx, tallyKey{}, t)
}

// tally starts counting a statement; call what it gives when the last row is read.
func tally(ctx context.Context) (done func()) {
	t, ok := ctx.Value(tallyKey{}).(*Tally)
	if !ok {
		return func() {}
	}
	start := time.Now()
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.Statements++
		t.Time += time.Since(start)
	}
}
