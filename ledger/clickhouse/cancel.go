package clickhouse

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"
)

var statementCount atomic.Uint64

// newStatementID is unique in the process and starts with the id that the caller chose, if any.
func newStatementID(chosen string) string {
	safe := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("-_.:", r) {
			return r
		}
		return '_'
	}, chosen)
	return fmt.Sprintf("%s#%d", safe, statementCount.Add(1))
}

// marked puts the id in front of the statement: libchdb takes no query id, but system.processes shows the text.
func (r request) marked() string { return r.mark() + r.sql }

func (r request) mark() string { return "/* " + r.id + " */ " }

// killOnCancel stops the statement when ctx ends. The returned function is called when the statement is over.
//
// KILL QUERY runs on another connection, because the library's own cancel call waits for the statement it should stop.
func (e *engine) killOnCancel(ctx context.Context, r request) func() {
	over := make(chan struct{})
	stopped := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(stopped)
		e.kill(r, over)
	})
	return func() {
		close(over)
		if !stop() {
			<-stopped
		}
	}
}

// kill repeats until the statement was found or is over: it may not have reached the engine's process list yet.
func (e *engine) kill(r request, over <-chan struct{}) {
	sql := "KILL QUERY WHERE startsWith(query, " + quoteText(r.mark()) + ") ASYNC"
	for {
		out, err := e.query(context.Background(), sql)
		if err != nil || len(out) > 0 {
			return
		}
		select {
		case <-over:
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
}
