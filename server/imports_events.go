package server

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"reflect"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

const (
	// mostStreams is how many pages may be told of jobs at once; others ask again by themselves.
	mostStreams = 32
	// eventPause is between two looks at a job, heartbeat between two lines of a stream.
	eventPause = 300 * time.Millisecond
	heartbeat  = 10 * time.Second
	// lineLimit is how long a line may take to a client; then it is gone.
	lineLimit = 30 * time.Second
)

// tellJob streams how a job goes on, as server-sent events, until it ends or nobody reads any more.
func (a *app) tellJob(c *fiber.Ctx) error {
	t, err := a.queue.find(param(c, "job"))
	if err != nil {
		return err
	}
	if a.streams.Add(1) > mostStreams {
		a.streams.Add(-1)
		c.Set(fiber.HeaderRetryAfter, "5")
		return errors.Join(fiber.ErrServiceUnavailable, ledger.Fail(ledger.Refused, text.T("import.too_many_streams")))
	}
	c.Set(fiber.HeaderContentType, "text/event-stream; charset=utf-8")
	c.Set("X-Accel-Buffering", "no")
	s := &eventStream{app: a, task: t, page: a.newPage(c, "imports"), conn: c.Context().Conn()}
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		defer a.streams.Add(-1)
		s.run(w)
	})
	return nil
}

// eventStream tells one page of one job.
type eventStream struct {
	app  *app
	task *task
	page page
	conn net.Conn
	told taskView
	last time.Time
}

func (s *eventStream) run(w *bufio.Writer) {
	tick := time.NewTicker(eventPause)
	defer tick.Stop()
	// The browser comes back by itself when the line breaks.
	_, _ = w.WriteString("retry: 2000\n\n")
	for {
		over := s.task.over()
		// There is no other sign of a client that has gone than a line that cannot be sent.
		if s.tell(w) != nil || over {
			return
		}
		select {
		case <-tick.C:
		case <-s.task.ended:
		case <-s.app.queue.ctx.Done():
			return
		}
	}
}

// tell sends what is new, or a sign of life when there was nothing for a while.
func (s *eventStream) tell(w *bufio.Writer) error {
	v := s.app.lookIn(s.page, s.task)
	switch {
	case !reflect.DeepEqual(v, s.told):
		data, err := json.Marshal(v)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "data: %s\n\n", data)
		s.told = v
	case time.Since(s.last) >= s.app.heartbeat:
		_, _ = w.WriteString(": \n\n")
	default:
		return nil
	}
	s.last = time.Now()
	// Each line has a limit of its own: a long job outlives the limit of a whole answer.
	_ = s.conn.SetWriteDeadline(time.Now().Add(lineLimit))
	return w.Flush()
}
