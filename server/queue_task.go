package server

import (
	"context"
	"slices"
	"sync"
	"time"

	"taizhang/ingest"
	"taizhang/ledger"
)

// taskState is how far a job is; the last five are ends.
type taskState string

const (
	taskWaiting   taskState = "waiting"
	taskReading   taskState = "reading"
	taskLoading   taskState = "loading"
	taskReady     taskState = "ready"     // read; the preview stands
	taskDone      taskState = "done"      // loaded, or told that it was loaded before
	taskRefused   taskState = "refused"   // nothing can be, or nothing was, loaded; the preview says why
	taskFailed    taskState = "failed"    // the record or the program was in the way
	taskCancelled taskState = "cancelled" // by a person, or by the program's end
)

// task is a job of the queue: a waiting file is read for its preview, or loaded.
type task struct {
	upload
	wish    choice
	loads   bool // else it reads
	good    bool // load the good rows of a file with errors
	by      string
	request string // that handed it in, for the log

	id     string
	at     time.Time
	ctx    context.Context
	cancel context.CancelFunc
	ended  chan struct{} // closed at the end

	mu       sync.Mutex
	state    taskState
	stage    string // read, check or load, as ingest calls them
	reread   bool   // a load that had to read the file again
	rows     map[string]int
	total    int
	done     int
	began    time.Time // the work, waiting left out
	pace     pace      // of the stage
	finished time.Time
	datasets []*ledger.Dataset // what a load writes; nil: not known yet
	made     *prepared         // by a job that read, for who waits for it
	outcome  ingest.Outcome
	err      error
}

// over reports whether the job has ended.
func (t *task) over() bool {
	select {
	case <-t.ended:
		return true
	default:
		return false
	}
}

// sameAs reports whether two jobs do the same: one content is loaded into a sub-district once at a time, and read once at a time in one way.
func (t *task) sameAs(other *task) bool {
	return t.Hash == other.Hash && t.loads == other.loads && t.wish.Area == other.wish.Area && (t.loads || t.key() == other.key())
}

// key names what is read: a content in a way of reading.
func (t *task) key() string { return keptKey(t.upload, t.wish) }

// behind reports whether the job, as far as it is, has to wait for an earlier one.
func (t *task) behind(other *task) bool {
	t.mu.Lock()
	mine := t.datasets
	t.mu.Unlock()
	other.mu.Lock()
	theirs, state := other.datasets, other.state
	other.mu.Unlock()
	if mine == nil { // it wants to read: one file is read at a time
		return theirs == nil && (state == taskWaiting || state == taskReading)
	}
	return other.loads && (theirs == nil || slices.ContainsFunc(theirs, func(d *ledger.Dataset) bool { return slices.Contains(mine, d) }))
}

// enter is called when the job goes on to another state.
func (t *task) enter(state taskState) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.state, t.stage, t.done = state, "", 0
	if state != taskWaiting && t.began.IsZero() {
		t.began = time.Now()
	}
	if t.loads && state == taskReading {
		t.reread = true
	}
}

// progress is what ingest tells: how many rows of a stage are done.
func (t *task) progress(stage string, done, total int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if stage == "load" {
		t.state = taskLoading
	}
	if t.rows == nil {
		t.rows = map[string]int{}
	}
	if stage != t.stage {
		t.stage, t.pace = stage, pace{}
	}
	t.pace.mark(done)
	t.done, t.total, t.rows[stage] = done, total, done
}

// knows notes what was read: what a load will write, and how many rows there are.
func (t *task) knows(p *prepared) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.datasets = []*ledger.Dataset{}
	for _, s := range p.file.Sheets {
		t.datasets = append(t.datasets, s.Dataset)
	}
	if t.rows == nil {
		t.rows = map[string]int{}
	}
	t.rows["read"], t.rows["check"] = p.rows, p.rows
	t.total = p.rows
}

// result gives what became of a job that has ended, while it is kept.
func (t *task) result() (*prepared, ingest.Outcome, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.made, t.outcome, t.err
}

// lighten leaves of a job that has ended what its page says; rows and problems may be large.
func (t *task) lighten() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.made, t.outcome = nil, ingest.Outcome{Status: t.outcome.Status, Batch: t.outcome.Batch}
}

// pace tells how fast a stage goes, from its first rows to its last; what came before the first does not count.
type pace struct {
	first, last     int
	firstAt, lastAt time.Time
}

func (p *pace) mark(done int) {
	now := time.Now()
	if done > 0 && p.firstAt.IsZero() {
		p.first, p.firstAt = done, now
	}
	p.last, p.lastAt = done, now
}

// left estimates how long the rest takes from now; false while that would be a guess.
func (p *pace) left(total int, now time.Time) (time.Duration, bool) {
	took, rows := p.lastAt.Sub(p.firstAt), p.last-p.first
	if p.firstAt.IsZero() || took < estimateAfter || float64(rows) < estimateShare*float64(total) {
		return 0, false
	}
	rest := time.Duration(float64(took) / float64(rows) * float64(total-p.last))
	return rest - now.Sub(p.lastAt), true
}

// finish notes the end; a job that came through counts as such even when it was cancelled too late.
func (t *task) finish(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.finished, t.err = time.Now(), err
	switch {
	case err != nil && t.ctx.Err() != nil:
		t.state, t.err = taskCancelled, nil
	case err != nil:
		t.state = taskFailed
	case t.outcome.Status == ingest.Refused && (t.loads || len(t.datasets) == 0):
		t.state = taskRefused
	case t.loads:
		t.state = taskDone
	default:
		t.state = taskReady
	}
}
