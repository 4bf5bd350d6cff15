package server

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
)

// hastyApp is a server over an empty record whose patience with connections is so short.
func hastyApp(t *testing.T, head, idle time.Duration) (address string) {
	t.Helper()
	a := testApp(t)
	if s := a.web.Server(); s.ReadTimeout != headTime || s.IdleTimeout != idleTime || s.WriteTimeout != bodyTime || s.Concurrency != mostConnections || s.HeaderReceived == nil {
		t.Fatalf("the server is not set as declared: %v %v %v %d", s.ReadTimeout, s.IdleTimeout, s.WriteTimeout, s.Concurrency)
	}
	a.web.Server().ReadTimeout, a.web.Server().IdleTimeout = head, idle
	return strings.TrimPrefix(serving(t, a), "http://")
}

// dial opens a connection that the test ends.
func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// endsBy reads until the server ends a connection, and says after how long.
func endsBy(t *testing.T, conn net.Conn, limit time.Duration) time.Duration {
	t.Helper()
	begun := time.Now()
	_ = conn.SetReadDeadline(begun.Add(limit))
	_, err := io.Copy(io.Discard, conn)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("after %v the connection is still open", limit)
	}
	return time.Since(begun)
}

// TestSlowConnectionsAreEnded opens connections that say nothing, that say it byte by byte, and that rest between requests.
func TestSlowConnectionsAreEnded(t *testing.T) {
	const patience, generous = 400 * time.Millisecond, 20 * time.Second
	address := hastyApp(t, patience, patience)
	t.Run("says nothing", func(t *testing.T) { endsBy(t, dial(t, address), generous) })
	t.Run("a byte now and then", func(t *testing.T) {
		conn := dial(t, address)
		done := make(chan struct{})
		defer close(done)
		go func() { // a head that never ends, as Slowloris sends it: each byte comes long before the limit
			_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
			for i := 0; ; i++ {
				select {
				case <-done:
					return
				case <-time.After(patience / 8):
					if _, err := fmt.Fprintf(conn, "X-%d: a\r\n", i); err != nil {
						return
					}
				}
			}
		}()
		endsBy(t, conn, generous)
	})
	t.Run("rests", func(t *testing.T) {
		conn := dial(t, address)
		_, _ = io.WriteString(conn, "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Fatal(answer, err)
		}
		endsBy(t, conn, generous)
	})
}

// TestASlowBodyHasItsTime sends a form whose body comes later than a head may: it is taken, since a file over a slow line takes long.
func TestASlowBodyHasItsTime(t *testing.T) {
	conn := dial(t, hastyApp(t, 300*time.Millisecond, time.Minute))
	const body = "hash=0"
	_, _ = fmt.Fprintf(conn, "POST /imports/discard HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n", len(body))
	time.Sleep(900 * time.Millisecond)
	_, _ = io.WriteString(conn, body)
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil || answer.StatusCode != http.StatusSeeOther {
		t.Fatal(answer, err)
	}
}

// withBody sends a request whose body holds a whole further one, and what follows it on the connection; it gives back all answers. What is read
// with a head ends at 8 KiB of the body, so that one of the sizes has the further request begin just where reading ended.
func withBody(t *testing.T, address, head, prefix string, size int) (answers string) {
	t.Helper()
	const form = "f.project=hidden&day=2016-07-04&version=0"
	body := prefix + strings.Repeat("x", max(0, size-len(prefix))) +
		fmt.Sprintf("POST /records/projects HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", len(form), form)
	conn := dial(t, address)
	_, _ = fmt.Fprintf(conn, "%sContent-Length: %d\r\n\r\n%s", head, len(body), body)
	_, _ = io.WriteString(conn, "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	all, _ := io.ReadAll(conn)
	return string(all)
}

// TestABodyIsNoSecondRequest sends forms that are refused before they are read, with a whole request in their body: it is not carried out.
func TestABodyIsNoSecondRequest(t *testing.T) {
	a := testApp(t)
	address := strings.TrimPrefix(serving(t, a), "http://")
	const ours = "Host: 127.0.0.1\r\n"
	for name, c := range map[string]struct{ head, prefix string }{
		"from another site": {"POST /imports/discard HTTP/1.1\r\n" + ours + "Origin: http://evil.example\r\nContent-Type: text/plain\r\n", ""},
		"to no page":        {"POST /no-such-page HTTP/1.1\r\n" + ours + "Content-Type: text/plain\r\n", ""},
		"no upload":         {"POST /imports HTTP/1.1\r\n" + ours + "Content-Type: text/plain\r\n", ""},
		"of a page":         {"GET /health HTTP/1.1\r\n" + ours, ""},
		"by another method": {"PUT /imports HTTP/1.1\r\n" + ours, ""},
		"to another name":   {"POST /imports HTTP/1.1\r\nHost: evil.example\r\n", ""},
		"after an upload": {"POST /imports HTTP/1.1\r\n" + ours + "Content-Type: multipart/form-data; boundary=x\r\n",
			"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n1,2\r\n--x--\r\n"},
	} {
		for _, size := range []int{0, 8 << 10, 20 << 10} {
			if answers := withBody(t, address, c.head, c.prefix, size); strings.Count(answers, "HTTP/1.1 ") > 2 || answers == "" {
				t.Errorf("%s, after %d bytes:\n%.600s", name, size, answers)
			}
		}
	}
	if rows := call(t, a, http.MethodGet, "/projects.json", nil); rows.StatusCode != http.StatusOK || strings.Contains(rows.Text, "hidden") {
		t.Error("a request within a body was carried out")
	}
	t.Run("without our care it is", func(t *testing.T) {
		bare, reached := fiber.New(fiber.Config{StreamRequestBody: true, DisableStartupMessage: true}), atomic.Bool{}
		bare.All("/*", func(c *fiber.Ctx) error {
			if c.Path() == "/records/projects" {
				reached.Store(true)
			}
			return fiber.ErrForbidden
		})
		withBody(t, strings.TrimPrefix(serving(t, &app{web: bare}), "http://"), "POST /imports/discard HTTP/1.1\r\nHost: 127.0.0.1\r\n", "", 8<<10)
		if !reached.Load() {
			t.Error("the request within the body reached no handler: the test says nothing")
		}
	})
}

// TestLongHeadsAreRefused sends more of a head than is read.
func TestLongHeadsAreRefused(t *testing.T) {
	conn := dial(t, hastyApp(t, 10*time.Second, time.Minute))
	_, _ = io.WriteString(conn, "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: "+strings.Repeat("x", 40<<10)+"\r\n\r\n")
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err == nil && answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("%d", answer.StatusCode)
	}
}

// TestAnAnswerHasItsTime asks for a page that takes longer than a page may.
func TestAnAnswerHasItsTime(t *testing.T) {
	a := samplesApp(t)
	a.cfg.AskLimit = time.Millisecond
	answer := call(t, a, http.MethodGet, "/tax?asof=2016-06-19", nil)
	if answer.StatusCode != http.StatusServiceUnavailable || saysOf(answer.Text) == "" {
		t.Errorf("%d %.300s", answer.StatusCode, saysOf(answer.Text))
	}
}
