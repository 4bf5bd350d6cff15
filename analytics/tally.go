package analytics

import (
	"context"
	"sync"
	"time"

	"taizhang/ledger"
)

// Tally counts what the statements of one question cost, from asking the engine to the last row read, and keeps what was asked.
type Tally struct {
	Statements int
	Time       time.Duration
	Asked      []Asked // in the order they were begun

	mu sync.Mutex // statements of one question may run side by side
}

// Asked is one statement as it was put to the engine: the name of its text and the values bound to it.
type Asked struct {
	Statement string
	Params    ledger.Params
}

type tallyKey struct{}

// WithTally gives a context under which every statement is counted into t.
func WithTally(ctx context.Context, t *Tally) context.Context {
	return context.WithValue(ctx, tallyKey{}, t)
}

// note keeps a statement that is about to be put.
func note(ctx context.Context, name string, params ledger.Params) {
	if t, ok := ctx.Value(tallyKey{}).(*Tally); ok {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.Asked = append(t.Asked, Asked{name, params})
	}
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
