package server

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// hurriedApp is a server that waits for no job, so that every job is seen on its way.
func hurriedApp(t *testing.T) *app {
	a := testApp(t)
	a.patience = 5 * time.Millisecond
	return a
}

// steppedApp is a server over an empty record that tells the steps of every load.
func steppedApp(t *testing.T, step func(string)) *app {
	t.Helper()
	l, err := ledger.New(t.Context(), testkit.Empty(t), ledger.Options{Now: func() time.Time { return testkit.Now }, Step: step})
	if err != nil {
		t.Fatal(err)
	}
	a, err := newApp(DefaultConfig(), l, Engine{}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.close)
	return a
}

// jobAt reads how a job stands.
func jobAt(t *testing.T, a *app, path string) taskView {
	t.Helper()
	var v taskView
	answer := call(t, a, http.MethodGet, path+".json", nil)
	decode(t, answer.Text, &v)
	return v
}

// until waits for a job to come to a state.
func until(t *testing.T, a *app, path string, wanted ...taskState) taskView {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		v := jobAt(t, a, path)
		for _, state := range wanted {
			if v.State == state {
				return v
			}
		}
		if v.Over || time.Now().After(end) {
			t.Fatalf("the job is %s, want %v: %+v", v.State, wanted, v)
		}
	}
}

// hold keeps a dataset of the record busy with a load of its own until the returned function is called.
func hold(t *testing.T, a *app, d *ledger.Dataset) (release func()) {
	t.Helper()
	begun, goOn := make(chan struct{}), make(chan struct{})
	var over sync.WaitGroup
	over.Go(func() {
		_, err := a.ledger.Load(context.Background(), ledger.Load{Kind: "form", By: "别人", Mode: "all", Datasets: []*ledger.Dataset{d},
			Each: func(func(*ledger.Dataset, ledger.Row) error) error { close(begun); <-goOn; return nil }})
		if err != nil {
			t.Error(err)
		}
	})
	<-begun
	release = sync.OnceFunc(func() { close(goOn); over.Wait() })
	t.Cleanup(release)
	return release
}

// handIn uploads one sample and gives the content's name.
func handIn(t *testing.T, a *app, name string) (hash, at string) {
	t.Helper()
	content := sampleBytes(t, name)
	answer := send(t, a, map[string][]byte{name: content})
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatal(answer.StatusCode, answer.Text)
	}
	return ingest.Hash(content), answer.Header.Get("Location")
}

func commitGood(t *testing.T, a *app, hash string) (at string) {
	t.Helper()
	answer := call(t, a, http.MethodPost, "/imports/commit", strings.NewReader("good_rows=true&hash="+hash), urlencoded)
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatal(answer.StatusCode, answer.Text)
	}
	return answer.Header.Get("Location")
}

// TestAJobOutlivesItsRequest has a file wait for another to be read: the page says so, and later leads to the preview.
func TestAJobOutlivesItsRequest(t *testing.T) {
	a := hurriedApp(t)
	if err := a.uploads.reading.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, at := handIn(t, a, "安置房交付.xlsx")
	if !strings.HasPrefix(at, "/imports/jobs/") {
		t.Fatal(at)
	}
	if v := jobAt(t, a, at); v.State != taskWaiting || v.Kind != "read" || v.Over || v.File != "安置房交付.xlsx" {
		t.Errorf("%+v", v)
	}
	page := call(t, a, http.MethodGet, at, nil).Text
	for _, part := range []string{`<noscript>`, `<meta http-equiv="refresh" content="2">`, at + "/cancel", at + "/events", "排队中"} {
		if !strings.Contains(page, part) {
			t.Errorf("the page of a job lacks %s", part)
		}
	}
	hash, second := handIn(t, a, "督办事项.xlsx")
	if v := jobAt(t, a, second); v.Position != 1 || !strings.Contains(v.Says, "1") {
		t.Errorf("the second file: %+v", v)
	}
	load := commitGood(t, a, hash) // a person who does not wait for the preview
	if list := call(t, a, http.MethodGet, "/imports", nil).Text; !strings.Contains(list, at) || !strings.Contains(list, second+"/cancel") {
		t.Error("the jobs do not stand on the page of imports")
	}
	a.uploads.reading.end()
	v := until(t, a, at, taskReady)
	if v.Rows.Read == 0 || v.Percent != 100 {
		t.Errorf("%+v", v)
	}
	led := call(t, a, http.MethodGet, at, nil)
	if led.StatusCode != http.StatusSeeOther || !strings.HasPrefix(led.Header.Get("Location"), "/imports/preview/") {
		t.Errorf("a job that has ended answers %d %s", led.StatusCode, led.Header.Get("Location"))
	}
	if preview := call(t, a, http.MethodGet, led.Header.Get("Location"), nil); preview.StatusCode != 200 || !strings.Contains(preview.Text, "good_rows") {
		t.Errorf("the preview: %d", preview.StatusCode)
	}
	until(t, a, second, taskReady)
	until(t, a, load, taskDone)
	if last := a.queue.list()[2]; last.reread {
		t.Error("a file that had just been read was read again to be loaded")
	}
	var left struct{ Jobs []taskView }
	decode(t, call(t, a, http.MethodGet, "/imports/jobs.json", nil).Text, &left)
	if len(left.Jobs) != 0 {
		t.Errorf("still under way: %+v", left.Jobs)
	}
}

// TestLoadsWaitForTheirDataset has one dataset busy: its files wait in order, others go on.
func TestLoadsWaitForTheirDataset(t *testing.T) {
	a := testApp(t)
	var hashes []string
	for _, name := range []string{"税收2014.xlsx", "税收2015.xlsx", "督办事项.xlsx"} {
		hash, _ := handIn(t, a, name)
		hashes = append(hashes, hash)
	}
	release := hold(t, a, ledger.Tax)
	a.patience = 5 * time.Millisecond
	first, second := commitGood(t, a, hashes[0]), commitGood(t, a, hashes[1])
	until(t, a, first, taskLoading)
	if v := until(t, a, second, taskWaiting); v.Position != 1 || v.Kind != "load" {
		t.Errorf("the second load: %+v", v)
	}
	if again := commitGood(t, a, hashes[0]); again != first {
		t.Errorf("the same content got a second job: %s, %s", first, again)
	}
	if preview := call(t, a, http.MethodGet, "/imports/preview/"+hashes[0], nil); preview.Header.Get("Location") != first {
		t.Errorf("the preview of a file that is being loaded leads to %q", preview.Header.Get("Location"))
	}
	a.patience = time.Minute
	if other := commitGood(t, a, hashes[2]); !strings.HasPrefix(other, "/imports/") || strings.HasPrefix(other, "/imports/jobs/") {
		t.Errorf("another dataset had to wait: %s", other)
	}
	release()
	one, two := until(t, a, first, taskDone), until(t, a, second, taskDone)
	if one.Batch == nil || two.Batch == nil || *one.Batch >= *two.Batch || one.Rows.Loaded == 0 || one.Next != call(t, a, http.MethodGet, first, nil).Header.Get("Location") {
		t.Errorf("%+v\n%+v", one, two)
	}
}

// TestCancel ends jobs where they wait, where they load, and after the rows are written: nothing is visible, and the file can be loaded after all.
func TestCancel(t *testing.T) {
	var mu sync.Mutex
	var atCount func() // called when the rows stand in the tables, before they are made visible
	a := steppedApp(t, func(step string) {
		mu.Lock()
		call := atCount
		mu.Unlock()
		if step == "count" && call != nil {
			call()
		}
	})
	l := a.ledger
	a.patience = time.Minute
	hash, _ := handIn(t, a, "税收2015.xlsx")
	cancel := func(at string) {
		t.Helper()
		a.patience = time.Minute
		if answer := call(t, a, http.MethodPost, at+"/cancel", nil); answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != at {
			t.Fatal(answer.StatusCode, answer.Text)
		}
		if v := jobAt(t, a, at); v.State != taskCancelled || !v.Over {
			t.Errorf("after a cancel: %+v", v)
		}
		page := call(t, a, http.MethodGet, at, nil)
		if page.StatusCode != 200 || !strings.Contains(page.Text, "已取消") || !strings.Contains(page.Text, "/imports/preview/"+hash) {
			t.Errorf("the page of a cancelled job: %d", page.StatusCode)
		}
		if history, err := l.History(t.Context(), testkit.Now.AddDate(1, 0, 0)); err != nil || len(history) > 1 {
			t.Errorf("visible after a cancel: %v %v", history, err)
		}
		var rows lineage
		decode(t, call(t, a, http.MethodGet, "/source.json?dataset=tax", nil).Text, &rows)
		if rows.Total != 0 {
			t.Errorf("%d rows are visible after a cancel", rows.Total)
		}
	}

	release := hold(t, a, ledger.Tax)
	a.patience = 5 * time.Millisecond
	at := commitGood(t, a, hash)
	until(t, a, at, taskLoading)
	cancel(at)
	release()

	reached, goOn := make(chan struct{}), make(chan struct{})
	mu.Lock()
	atCount = sync.OnceFunc(func() { close(reached); <-goOn })
	mu.Unlock()
	a.patience = 5 * time.Millisecond
	at = commitGood(t, a, hash)
	<-reached
	var written uint64
	if err := l.Conn().QueryRow(t.Context(), "SELECT count() FROM tax").Scan(&written); err != nil || written == 0 {
		t.Errorf("the rows do not stand in the table yet: %d, %v", written, err)
	}
	time.AfterFunc(100*time.Millisecond, func() { close(goOn) })
	cancel(at)
	if waiting := a.uploads.waiting(""); len(waiting) != 1 {
		t.Errorf("the file does not wait any more: %+v", waiting)
	}
	a.patience = time.Minute
	if batch := commitGood(t, a, hash); strings.HasPrefix(batch, "/imports/jobs/") || strings.HasPrefix(batch, "/imports/preview/") {
		t.Errorf("it cannot be loaded after a cancel: %s", batch)
	}
	done := a.queue.list()
	if answer := call(t, a, http.MethodPost, jobPath(done[len(done)-1])+"/cancel", nil, "Accept: application/json"); !strings.Contains(answer.Text, `"state":"done"`) {
		t.Errorf("a cancel after the end: %s", answer.Text)
	}
}

// TestTheQueueHasAnEnd refuses what is too much with a sentence.
func TestTheQueueHasAnEnd(t *testing.T) {
	a := hurriedApp(t)
	if err := a.uploads.reading.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer a.uploads.reading.end()
	many := func(from, n int) reply {
		files := map[string][]byte{}
		for i := range n {
			files[string(rune('a'+i))+".csv"] = []byte{byte('!' + from + i)}
		}
		return send(t, a, files, "Accept: application/json")
	}
	for from := 0; from < keptUploads; from += uploadFiles {
		if answer := many(from, uploadFiles); answer.StatusCode != http.StatusCreated {
			t.Fatal(answer.StatusCode, answer.Text)
		}
	}
	if answer := many(keptUploads, 1); answer.StatusCode != http.StatusConflict || !strings.Contains(answer.Text, "40") {
		t.Errorf("one more file: %d %s", answer.StatusCode, answer.Text)
	}
	if n := len(a.uploads.waiting("")); n != keptUploads {
		t.Errorf("%d files wait", n)
	}
}

func TestTimeLeftIsSaidWhenItMeansSomething(t *testing.T) {
	at := time.Now()
	for name, c := range map[string]struct {
		pace  pace
		known bool
		left  time.Duration
	}{
		"nothing yet":  {pace{}, false, 0},
		"too early":    {pace{first: 100, last: 400, firstAt: at.Add(-time.Second), lastAt: at}, false, 0},
		"too little":   {pace{first: 1, last: 3, firstAt: at.Add(-time.Minute), lastAt: at}, false, 0},
		"half":         {pace{first: 100, last: 500, firstAt: at.Add(-8 * time.Second), lastAt: at}, true, 10 * time.Second},
		"told a while": {pace{first: 100, last: 500, firstAt: at.Add(-11 * time.Second), lastAt: at.Add(-3 * time.Second)}, true, 7 * time.Second},
	} {
		left, known := c.pace.left(1000, at)
		if known != c.known || (left-c.left).Abs() > time.Millisecond {
			t.Errorf("%s: %s %v", name, left, known)
		}
	}
}

// TestUndoDoesNotHangBehindAnImport undoes a batch while its dataset is being loaded: it is told so, and works afterwards.
func TestUndoDoesNotHangBehindAnImport(t *testing.T) {
	a := testApp(t)
	hash, _ := handIn(t, a, "税收2015.xlsx")
	batch := commitGood(t, a, hash)
	release := hold(t, a, ledger.Tax)
	undo := func() int {
		return call(t, a, http.MethodPost, batch+"/undo", strings.NewReader("reason=x"), urlencoded).StatusCode
	}
	if status := undo(); status != http.StatusConflict {
		t.Errorf("undone while its dataset was being loaded: %d", status)
	}
	release()
	if status := undo(); status != http.StatusSeeOther {
		t.Errorf("afterwards: %d", status)
	}
}
