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
	p := a.newPage(c, "imports")
	return a.stream(c, t.ended, func() any { return a.lookIn(p, t) })
}

// stream tells how something goes on, by what look sees of it, until it has ended or nobody reads any more.
func (a *app) stream(c *fiber.Ctx, ended <-chan struct{}, look func() any) error {
	if a.streams.Add(1) > mostStreams {
		a.streams.Add(-1)
		c.Set(fiber.HeaderRetryAfter, "5")
		return errors.Join(fiber.ErrServiceUnavailable, ledger.Fail(ledger.Refused, text.T("import.too_many_streams")))
	}
	c.Set(fiber.HeaderContentType, "text/event-stream; charset=utf-8")
	c.Set("X-Accel-Buffering", "no")
	s := &eventStream{app: a, ended: ended, look: look, conn: c.Context().Conn()}
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		defer a.streams.Add(-1)
		s.run(w)
	})
	return nil
}

// eventStream tells one page of one job.
type eventStream struct {
	app   *app
	ended <-chan struct{}
	look  func() any
	conn  net.Conn
	told  any
	last  time.Time
}

func (s *eventStream) run(w *bufio.Writer) {
	tick := time.NewTicker(eventPause)
	defer tick.Stop()
	// The browser comes back by itself when the line breaks.
	_, _ = w.WriteString("retry: 2000\n\n")
	for {
		over := false
		select {
		case <-s.ended:
			over = true
		default:
		}
		// There is no other sign of a client that has gone than a line that cannot be sent.
		if s.tell(w) != nil || over {
			return
		}
		select {
		case <-tick.C:
		case <-s.ended:
		case <-s.app.queue.ctx.Done():
			return
		}
	}
}

// tell sends what is new, or a sign of life when there was nothing for a while.
func (s *eventStream) tell(w *bufio.Writer) error {
	v := s.look()
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
