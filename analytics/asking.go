package analytics

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

// together asks what does not need one another side by side and gives the first failure. Planning a statement takes the engine one thread,
// so that pages of many small statements take half the time.
func together(asks ...func() error) error {
	var wait errgroup.Group
	for _, ask := range asks {
		wait.Go(ask)
	}
	return wait.Wait()
}

// asking is what has been read for one question: of what several answers to it need, such as the calendar, the periods of tax or the plans
// of all projects, each is read once. It is faster, and the answers cannot stand on two states of the record.
type asking struct {
	mu    sync.Mutex
	parts map[any]any // askedOnce[P] by what it is of
}

// askedOnce is a part, read by who asks for it first; others wait for it.
type askedOnce[P any] struct {
	once  sync.Once
	value P
	err   error
}

type askingKey struct{}

// Asking gives a context in which one question is answered, however many answers that takes. It is for the time of one request: whoever
// asks again after the record has changed needs another.
func Asking(ctx context.Context) context.Context {
	if _, begun := ctx.Value(askingKey{}).(*asking); begun {
		return ctx
	}
	return context.WithValue(ctx, askingKey{}, &asking{parts: map[any]any{}})
}

// partOf names a part: what it is, and the question it answers.
type partOf struct {
	name string
	q    Question
}

// ofClock leaves of a question what statements read that nothing but the clocks narrows.
func ofClock(q Question) Question { return Question{Clock: q.Clock} }

// once gives a part of the question asked in ctx, read by the first who needs it. It is shared: nobody changes it.
func once[P any](ctx context.Context, of partOf, read func() (P, error)) (P, error) {
	asked, ok := ctx.Value(askingKey{}).(*asking)
	if !ok {
		return read()
	}
	asked.mu.Lock()
	one, found := asked.parts[of].(*askedOnce[P])
	if !found {
		one = &askedOnce[P]{}
		asked.parts[of] = one
	}
	asked.mu.Unlock()
	one.once.Do(func() { one.value, one.err = read() })
	return one.value, one.err
}
