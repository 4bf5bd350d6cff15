package server

import (
	"strconv"
	"time"

	"taizhang/ledger"
)

const (
	// refreshAfter is after how many seconds a page without script asks again.
	refreshAfter = 2
	// badNews is how long a failed job stands among those under way.
	badNews = 10 * time.Minute
	// An estimate needs this much of a stage behind it, in time and as a part of its rows.
	estimateAfter = 2 * time.Second
	estimateShare = 0.05
)

// taskView is a job as it stands at one moment; it is the object of /imports/jobs/:job.json and of its events.
type taskView struct {
	Job         string     `json:"job"`
	Kind        string     `json:"kind"` // read or load
	File        string     `json:"file"`
	Hash        string     `json:"hash"`
	Size        int64      `json:"size"`
	By          string     `json:"by"`
	State       taskState  `json:"state"`
	Stage       string     `json:"stage"` // of the work: read, check or load
	Rows        taskRows   `json:"rows"`
	Percent     int        `json:"percent"`      // of the whole job
	SecondsLeft *int       `json:"seconds_left"` // of the stage, by its rate so far; null while that says nothing
	Position    int        `json:"position"`     // jobs it waits for
	Submitted   time.Time  `json:"submitted"`
	Started     *time.Time `json:"started"`
	Ended       *time.Time `json:"ended"`
	Over        bool       `json:"over"`
	Cancelling  bool       `json:"cancelling"`
	Batch       *uint64    `json:"batch"`
	Next        string     `json:"next"` // where to go on
	Says        string     `json:"says"` // how far it is, in the reader's language
	Left        string     `json:"left"`
	Error       string     `json:"error,omitempty"`
}

// taskRows are the rows that came through each stage. Total is null while nobody knows.
type taskRows struct {
	Read    int  `json:"read"`
	Checked int  `json:"checked"`
	Loaded  int  `json:"loaded"`
	Total   *int `json:"total"`
}

// weight is the part of a job's whole that a stage begins at and takes.
type weight struct{ from, share float64 }

// weights of the stages: of reading alone, of loading what was read, of both.
var weights = map[string]map[string]weight{
	"read": {"read": {0, 0.7}, "check": {0.7, 0.3}},
	"load": {"load": {0, 1}},
	"both": {"read": {0, 0.4}, "check": {0.4, 0.1}, "load": {0.5, 0.5}},
}

// look takes down how a job stands.
func (t *task) look() taskView {
	t.mu.Lock()
	defer t.mu.Unlock()
	v := taskView{Job: t.id, Kind: "read", File: t.File, Hash: t.Hash, Size: t.Size, By: t.by, State: t.state, Stage: t.stage, Submitted: t.at,
		Rows: taskRows{Read: t.rows["read"], Checked: t.rows["check"], Loaded: t.rows["load"]}, Over: !t.finished.IsZero()}
	if t.loads {
		v.Kind = "load"
	}
	v.Cancelling = !v.Over && t.ctx.Err() != nil
	if t.total > 0 {
		total := t.total
		v.Rows.Total = &total
	}
	if !t.began.IsZero() {
		v.Started = &t.began
	}
	if v.Over {
		v.Ended = &t.finished
	}
	if t.state == taskDone {
		v.Batch = t.outcome.Batch
	}
	v.Percent, v.SecondsLeft = t.share(), t.left()
	v.Next = t.next()
	return v
}

// share is how much of the whole job is done, in hundredths; the caller holds mu.
func (t *task) share() int {
	kind := "read"
	switch {
	case t.loads && t.reread:
		kind = "both"
	case t.loads:
		kind = "load"
	}
	w, known := weights[kind][t.stage]
	switch {
	case t.state == taskReady || t.state == taskDone || t.state == taskRefused:
		return 100
	case !known:
		return 0
	}
	within := 0.0
	if t.total > 0 {
		within = min(1, float64(t.done)/float64(t.total))
	}
	return int(100 * (w.from + w.share*within))
}

// left estimates how long the stage goes on, in seconds; the caller holds mu.
func (t *task) left() *int {
	rest, known := t.pace.left(t.total, time.Now())
	if !known || !t.finished.IsZero() || t.stage == "" || rest < time.Second {
		return nil
	}
	seconds := int(rest.Round(time.Second).Seconds())
	return &seconds
}

// next is where a job leads: its batch, or the preview of its file; the caller holds mu.
func (t *task) next() string {
	switch {
	case t.state == taskDone && t.outcome.Batch != nil:
		return carried(batchPath(ledger.Batch{ID: *t.outcome.Batch}), t.wish.Area)
	case t.state == taskFailed || t.state == taskCancelled && !t.finished.IsZero():
		return carried(jobPath(t), t.wish.Area)
	}
	return address("/imports/preview/"+t.Hash, t.wish.words())
}

// Path is the address of the job.
func (v taskView) Path() string { return "/imports/jobs/" + v.Job }

// say puts the view into words.
func (v *taskView) say(p page) {
	number := func(n int) string { return p.Num().whole(n, "").Value }
	done := map[string]int{"read": v.Rows.Read, "check": v.Rows.Checked, "load": v.Rows.Loaded}[v.Stage]
	switch {
	case v.Cancelling:
		v.Says = p.T("import.job.cancelling")
	case v.State == taskWaiting && v.Position > 0:
		v.Says = p.T("import.job.behind", v.Position)
	case !v.Over && done > 0 && v.Rows.Total != nil:
		v.Says = p.T("import.job."+v.Stage+".of", number(done), number(*v.Rows.Total))
	case v.State == taskDone && v.Batch != nil:
		v.Says = p.T("import.job.done", strconv.FormatUint(*v.Batch, 10))
	case v.State == taskFailed:
		v.Says = p.T("import.job.failed", v.Error)
	default:
		v.Says = p.T("import.job." + string(v.State))
	}
	if v.SecondsLeft != nil && !v.Cancelling {
		if *v.SecondsLeft < 90 {
			v.Left = p.T("import.job.seconds_left", *v.SecondsLeft)
		} else {
			v.Left = p.T("import.job.minutes_left", (*v.SecondsLeft+30)/60)
		}
	}
}
