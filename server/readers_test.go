package server

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// readPages are what the readers look at, as pages and as JSON. The first says what the importer has brought so far.
var readPages = []string{"/tax.json?year=2016&basis=全口径", "/", "/projects", "/tax?year=2016", "/buildings", "/alerts", "/leaders", "/projects.json", "/imports.json", "/schedule"}

// broughtYuan is what every file of the importer adds to the year.
const (
	broughtRows = 200
	broughtYuan = broughtRows * 1_000_000
)

// readers ask a server over a network for some time while somebody imports.
type readers struct {
	t       *testing.T
	address string
	think   time.Duration // the most that a reader waits before the next page
	pause   time.Duration // between two files of the importer
	base    int64         // the year before the importer began

	imported atomic.Int64
	mu       sync.Mutex
	took     []time.Duration
}

// TestReadersBesideAnImporter has many people read while one imports file after file: nobody is given an error, half a file or a figure that
// was true before one they have seen. TAIZHANG_READERS and TAIZHANG_READ_FOR make it the long run that docs/reliability.md tells of.
func TestReadersBesideAnImporter(t *testing.T) {
	people, length := 50, 4*time.Second
	if n, err := strconv.Atoi(os.Getenv("TAIZHANG_READERS")); err == nil {
		people = n
	}
	if d, err := time.ParseDuration(os.Getenv("TAIZHANG_READ_FOR")); err == nil {
		length = d
	}
	l, err := ledger.New(t.Context(), testkit.Conn(t), ledger.Options{Now: func() time.Time { return testkit.Now }, Alone: true})
	if err != nil {
		t.Fatal(err)
	}
	testkit.Portfolio{Projects: 60, Nodes: 8, Weeks: 4, Actions: 60}.Load(t, l)
	testkit.Economy{Buildings: 12, Tenants: 120, Months: 17}.Load(t, l)
	a := appOver(t, l)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = a.web.Listener(listener) }()
	t.Cleanup(func() { _ = a.web.Shutdown() })
	r := &readers{t: t, address: "http://" + listener.Addr().String(), think: 200 * time.Millisecond}
	if length >= time.Minute {
		r.think, r.pause = 4*time.Second, 20*time.Second // as people would: after each import every page is made anew
	}
	r.base = r.year(r.ask(&http.Client{}, readPages[0]))
	r.took = nil
	ctx, stop := context.WithTimeout(t.Context(), length)
	defer stop()
	var wait sync.WaitGroup
	for n := range people {
		wait.Go(func() { r.read(ctx, uint64(n)) })
	}
	wait.Go(func() { r.bring(ctx) })
	wait.Wait()
	if r.imported.Load() < 2 || len(r.took) < people {
		t.Errorf("%d files were imported and %d pages read", r.imported.Load(), len(r.took))
	}
	slices.Sort(r.took)
	at := func(share float64) time.Duration {
		return r.took[int(share*float64(len(r.took)-1))].Round(time.Millisecond)
	}
	t.Logf("%d readers for %s, each up to %s between pages, beside %d imports, %s between them: %d pages, %.0f a second; half within %s, 95%% within %s, 99%% within %s, all within %s",
		people, length, r.think, r.imported.Load(), r.pause, len(r.took), float64(len(r.took))/length.Seconds(), at(0.5), at(0.95), at(0.99), at(1))
}

// ask asks for a page and notes how long it took to its last byte.
func (r *readers) ask(client *http.Client, path string) string {
	began := time.Now()
	answer, err := client.Get(r.address + path)
	if err != nil {
		r.t.Error(err)
		return ""
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || len(text) < 100 {
		r.t.Errorf("%s: %d, %d bytes, %v", path, answer.StatusCode, len(text), err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.took = append(r.took, time.Since(began))
	return string(text)
}

var yearInAnswer = regexp.MustCompile(`"year_to_date_yuan":"?([0-9]+)`)

// year reads the year's figure out of an answer.
func (r *readers) year(text string) int64 {
	found := yearInAnswer.FindStringSubmatch(text)
	if found == nil {
		r.t.Errorf("no figure in %.200s", text)
		return 0
	}
	yuan, _ := strconv.ParseInt(found[1], 10, 64)
	return yuan
}

// read is one reader, who sees time go forwards and files whole.
func (r *readers) read(ctx context.Context, n uint64) {
	client := &http.Client{Transport: &http.Transport{}, Timeout: 2 * time.Minute}
	defer client.CloseIdleConnections()
	chance, seen := rand.New(rand.NewPCG(n, 0)), int64(0)
	for ctx.Err() == nil {
		least := r.imported.Load()
		path := readPages[chance.IntN(len(readPages))]
		text := r.ask(client, path)
		if path == readPages[0] {
			files := (r.year(text) - r.base) / broughtYuan
			if (r.year(text)-r.base)%broughtYuan != 0 || files < seen || files < least {
				r.t.Errorf("a reader sees %d yuan: %d files; saw %d, %d were imported before the question", r.year(text), files, seen, least)
			}
			seen = files
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(chance.Int64N(int64(r.think)))):
		}
	}
}

// bring hands in one file after the other, as a browser does.
func (r *readers) bring(ctx context.Context) {
	client := &http.Client{Timeout: 2 * time.Minute}
	for file := 0; ctx.Err() == nil || file < 2; file++ {
		var lines strings.Builder
		lines.WriteString("企业名称,税种,税款所属期,口径,税额(元)\n")
		for row := range broughtRows {
			fmt.Fprintf(&lines, "新企业%d之%d有限公司,增值税,2016年5月,全口径,1000000\n", file, row)
		}
		content := lines.String()
		body := "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"税收.csv\"\r\n\r\n" + content + "\r\n--x--\r\n"
		for _, step := range []struct{ path, kind, body string }{
			{"/imports", "multipart/form-data; boundary=x", body},
			{"/imports/commit", "application/x-www-form-urlencoded", "hash=" + ingest.Hash([]byte(content))},
		} {
			request, err := http.NewRequestWithContext(context.WithoutCancel(ctx), http.MethodPost, r.address+step.path, strings.NewReader(step.body))
			if err != nil {
				r.t.Error(err)
				return
			}
			request.Header.Set("Content-Type", step.kind)
			request.Header.Set("Accept", "application/json")
			request.Header.Set("Origin", r.address)
			answer, err := client.Do(request)
			if err != nil {
				r.t.Error(err)
				return
			}
			text, _ := io.ReadAll(answer.Body)
			answer.Body.Close()
			if answer.StatusCode/100 != 2 {
				r.t.Errorf("%s: %d %.300s", step.path, answer.StatusCode, text)
				return
			}
		}
		r.imported.Add(1)
		select {
		case <-ctx.Done():
		case <-time.After(r.pause):
		}
	}
}
