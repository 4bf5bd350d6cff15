package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"slices"
	"sync"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

const (
	// queueLimit is how many jobs may be under way or wait.
	queueLimit = 40
	// endedJobs and jobMemory bound what is remembered of jobs that have ended.
	endedJobs = 100
	jobMemory = 2 * time.Hour
)

// queue holds the imports on their way. A job belongs to the process, not to
// the request that began it: whoever closes the page finds it again. With the
// process it ends, and nothing of it is visible then.
type queue struct {
	ctx  context.Context // ends all jobs
	end  context.CancelFunc
	log  *slog.Logger
	work sync.WaitGroup
	// ended is told of every job that ended; it may be nil.
	ended func(kind string, state taskState)

	mu    sync.Mutex
	tasks []*task       // in the order they were handed in
	moved chan struct{} // closed, and made anew, whenever a job ends or learns what it writes
}

func newQueue(log *slog.Logger) *queue {
	ctx, end := context.WithCancel(context.Background())
	return &queue{ctx: ctx, end: end, log: log, moved: make(chan struct{})}
}

// close cancels every job and waits for them as long as ctx allows.
func (q *queue) close(ctx context.Context) {
	q.end()
	over := make(chan struct{})
	go func() { q.work.Wait(); close(over) }()
	select {
	case <-over:
	case <-ctx.Done():
		q.log.Error("jobs did not end in time")
	}
}

// submit hands a job in and begins it. One that does the same and is still under way is given back instead.
func (q *queue) submit(t *task, run func(context.Context, *task) error) (*task, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.forgetOld()
	under := 0
	for _, other := range q.tasks {
		if other.over() {
			continue
		}
		if other.sameAs(t) {
			return other, nil
		}
		under++
	}
	if under >= queueLimit {
		return nil, ledger.Fail(ledger.Conflict, text.T("import.queue_full", queueLimit))
	}
	var id [8]byte
	_, _ = rand.Read(id[:])
	t.id, t.state, t.at, t.ended = hex.EncodeToString(id[:]), taskWaiting, time.Now(), make(chan struct{})
	t.ctx, t.cancel = context.WithCancel(q.ctx)
	q.tasks = append(q.tasks, t)
	q.work.Add(1)
	go q.carryOut(t, run)
	return t, nil
}

// forgetOld drops jobs that ended long ago; the caller holds mu.
func (q *queue) forgetOld() {
	ended := 0
	for i := len(q.tasks) - 1; i >= 0; i-- {
		t := q.tasks[i]
		if !t.over() {
			continue
		}
		if ended++; ended > endedJobs || time.Since(t.at) > jobMemory {
			q.tasks = slices.Delete(q.tasks, i, i+1)
		}
	}
}

func (q *queue) find(id string) (*task, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, t := range q.tasks {
		if t.id == id {
			return t, nil
		}
	}
	return nil, ledger.Fail(ledger.NotFound, text.T("import.no_job"))
}

// list gives the jobs that are remembered, oldest first.
func (q *queue) list() []*task {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Clone(q.tasks)
}

// loading finds the load of a content into a sub-district that is under way.
func (q *queue) loading(hash, area string) *task {
	for _, t := range q.list() {
		if t.loads && t.Hash == hash && t.wish.Area == area && !t.over() {
			return t
		}
	}
	return nil
}

// working reports whether any job is under way on a content.
func (q *queue) working(hash string) bool {
	for _, t := range q.list() {
		if t.Hash == hash && !t.over() {
			return true
		}
	}
	return false
}

// busy reports whether any job is under way.
func (q *queue) busy() bool {
	return slices.ContainsFunc(q.list(), func(t *task) bool { return !t.over() })
}

// cancelAll ends every job on a content.
func (q *queue) cancelAll(hash string) {
	for _, t := range q.list() {
		if t.Hash == hash {
			t.cancel()
		}
	}
}

// ahead counts the jobs that a job waits for: earlier ones that want to read,
// or that load into one of its datasets.
func (q *queue) ahead(t *task) int {
	n := 0
	for _, other := range q.list() {
		if other == t {
			break
		}
		if !other.over() && t.behind(other) {
			n++
		}
	}
	return n
}

// tell wakes the jobs that wait for others.
func (q *queue) tell() {
	q.mu.Lock()
	defer q.mu.Unlock()
	close(q.moved)
	q.moved = make(chan struct{})
}

// turn waits until no earlier job loads into the same datasets.
func (q *queue) turn(ctx context.Context, t *task) error {
	for {
		q.mu.Lock()
		moved := q.moved
		q.mu.Unlock()
		if q.ahead(t) == 0 {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
