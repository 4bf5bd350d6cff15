package server

import (
	"bufio"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// serving puts an app on a port of this machine.
func serving(t *testing.T, a *app) (at string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = a.web.Listener(listener) }()
	t.Cleanup(func() { _ = a.web.ShutdownWithTimeout(5 * time.Second) })
	return "http://" + listener.Addr().String()
}

// TestEventsTellToTheEnd follows a job over a real connection for longer than a whole answer may take.
func TestEventsTellToTheEnd(t *testing.T) {
	a := hurriedApp(t)
	a.heartbeat = 100 * time.Millisecond
	a.web.Server().WriteTimeout = 500 * time.Millisecond
	address := serving(t, a)
	if err := a.uploads.reading.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, at := handIn(t, a, "安置房交付.xlsx")
	answer, err := http.Get(address + at + "/events")
	if err != nil || answer.StatusCode != 200 || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/event-stream") {
		t.Fatal(answer, err)
	}
	defer answer.Body.Close()
	time.AfterFunc(1500*time.Millisecond, a.uploads.reading.end)
	var views []taskView
	beats := 0
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		data, found := strings.CutPrefix(lines.Text(), "data: ")
		if strings.HasPrefix(lines.Text(), ":") {
			beats++
		}
		if !found {
			continue
		}
		var v taskView
		if err := json.Unmarshal([]byte(data), &v); err != nil {
			t.Fatal(err)
		}
		views = append(views, v)
	}
	if lines.Err() != nil || len(views) < 2 || beats < 2 {
		t.Fatalf("%d views, %d signs of life, %v", len(views), beats, lines.Err())
	}
	if first, last := views[0], views[len(views)-1]; first.State != taskWaiting || !last.Over || last.State != taskReady || !strings.HasPrefix(last.Next, "/imports/preview/") {
		t.Errorf("%+v\n%+v", first, last)
	}
	noStreams(t, a)
}

// TestAGoneClientIsLeft closes the page of a job that goes on; its stream must not stay.
func TestAGoneClientIsLeft(t *testing.T) {
	a := hurriedApp(t)
	a.heartbeat = 50 * time.Millisecond
	address := serving(t, a)
	release := func() { a.uploads.reading.end() }
	if err := a.uploads.reading.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer release()
	_, at := handIn(t, a, "安置房交付.xlsx")
	for range 3 {
		answer, err := http.Get(address + at + "/events")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := answer.Body.Read(make([]byte, 16)); err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
	}
	if head, err := http.Head(address + at + "/events"); err != nil || head.StatusCode != 200 {
		t.Errorf("HEAD: %v %v", head, err)
	}
	noStreams(t, a)
	a.streams.Store(mostStreams)
	answer, err := http.Get(address + at + "/events")
	if err != nil || answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("over the cap: %v %v", answer, err)
	}
	answer.Body.Close()
}

func noStreams(t *testing.T, a *app) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); a.streams.Load() != 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d streams stay", a.streams.Load())
		}
	}
}
