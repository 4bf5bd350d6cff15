package ledger

import (
	"context"
	"slices"
	"sync"
)

// turns lets one at a time hold each of many names, in the order they asked.
// Whoever needs several takes them in one order, so that nobody waits in a circle.
type turns struct {
	mu    sync.Mutex
	taken map[string]*turn
}

// turn is a name that somebody holds or waits for; a token in held means that it is taken.
type turn struct {
	held chan struct{}
	by   int // holders and waiters: with the last one the turn is forgotten
}

// take waits for all names and gives back how to leave them. A context that ends while waiting leaves with nothing held.
func (t *turns) take(ctx context.Context, names []string) (leave func(), err error) {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	var held []string
	leave = func() {
		for _, name := range held {
			t.leave(name, true)
		}
	}
	for _, name := range names {
		select {
		case t.ask(name).held <- struct{}{}:
			held = append(held, name)
		case <-ctx.Done():
			t.leave(name, false)
			leave()
			return nil, ctx.Err()
		}
	}
	return leave, nil
}

func (t *turns) ask(name string) *turn {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.taken == nil {
		t.taken = map[string]*turn{}
	}
	one := t.taken[name]
	if one == nil {
		one = &turn{held: make(chan struct{}, 1)}
		t.taken[name] = one
	}
	one.by++
	return one
}

func (t *turns) leave(name string, held bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	one := t.taken[name]
	if held {
		<-one.held
	}
	if one.by--; one.by == 0 {
		delete(t.taken, name)
	}
}
