package clickhouse

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/ledger"
)

// behindCutter is a record on the embedded engine that is reached over HTTP, as a server is, through a line that can be cut.
func behindCutter(t *testing.T) (*ledger.Ledger, *cutter) {
	t.Helper()
	line := newCutter(t, strings.TrimPrefix(bridgeDSN(t), "http://"))
	conn := openTest(t, Config{DSN: "http://" + line.address()})
	l, err := ledger.New(t.Context(), conn, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return l, line
}

// cutRows is what a file of these tests brings.
const cutRows = 2_000

// bring loads a file with some figures of tax; its rows are told apart by the file's number.
func bring(ctx context.Context, l *ledger.Ledger, file int) (ledger.Batch, error) {
	d := ledger.Tax
	name := strconv.Itoa(file)
	return l.Load(ctx, ledger.Load{Kind: "import", By: "测试", Mode: "all", Datasets: []*ledger.Dataset{d},
		File:     ledger.File{Name: name, Hash: "hash" + name, Content: []byte(name)},
		Sources:  []ledger.Source{{Dataset: d.Name, Fields: []string{}, Columns: []string{}}},
		Problems: []ledger.Problem{{Severity: ledger.SeverityNote, Kind: "a"}},
		Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
			for i := range cutRows {
				values := make([]any, len(d.Fields))
				values[d.Index("company")], values[d.Index("tax_yuan")] = fmt.Sprintf("企业%d", i), decimal.NewFromInt(int64(file))
				if err := add(d, ledger.Row{Values: values, Effective: time.Date(2016, 1, 31, 0, 0, 0, 0, time.UTC)}); err != nil {
					return err
				}
			}
			return nil
		}})
}

// standingFiles counts the rows that stand, by what their file gave them.
func standingFiles(t *testing.T, l *ledger.Ledger) map[string]int {
	t.Helper()
	counts := map[string]int{}
	at := -1
	for i, f := range ledger.Tax.StoredFields() {
		if f.Name == "tax_yuan" {
			at = i
		}
	}
	err := l.Rows(t.Context(), ledger.Tax, l.ClockAt(time.Date(2016, 6, 1, 0, 0, 0, 0, time.UTC), time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC)), func(r ledger.Record) error {
		counts[ledger.Plain(r.Values[at])]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

// TestALoadWhoseLineIsCut cuts the line to the server at every insert of a load, before it has come through, before its answer and after
// it: what is told is what is, nothing stands by halves, and bringing the file again gives one batch.
func TestALoadWhoseLineIsCut(t *testing.T) {
	l, line := behindCutter(t)
	file, committed := 0, 0
	last := ""
	for _, insert := range []struct {
		name, marker string
		nth          int
	}{{"open", "INSERT+INTO+batches", 1}, {"file", "INSERT+INTO+files", 1}, {"sources", "INSERT+INTO+sources", 1}, {"problems", "INSERT+INTO+problems", 1},
		{"rows", "INSERT+INTO+tax", 1}, {"commit", "INSERT+INTO+batches", 2}} {
		for _, where := range []cutWhere{cutInMiddle, cutBeforeAck, cutAfterAck} {
			file++
			name := fmt.Sprintf("%s, cut %s", insert.name, where)
			line.cut(where, insert.marker, insert.nth)
			_, err := bring(t.Context(), l, file)
			if line.happened() != 1 {
				t.Fatalf("%s: the line was cut %d times (%v)", name, line.happened(), err)
			}
			stands := standingFiles(t, l)
			if err == nil {
				last = strconv.Itoa(file)
			}
			if len(stands) > 1 || last != "" && stands[last] != cutRows {
				t.Errorf("%s: %v stand after %v, want %d of file %s", name, stands, err, cutRows, last)
			}
			// Of the row that makes all the difference a lost answer is asked for; only what has not come through is an error.
			if insert.name == "commit" && (err != nil) != (where == cutInMiddle) {
				t.Errorf("%s: %v", name, err)
			}
			told, again := bring(t.Context(), l, file)
			if (err == nil) != (again != nil) || again != nil && ledger.AsError(again).Kind != ledger.Conflict {
				t.Errorf("%s: the first time %v, again %v", name, err, again)
			}
			last = strconv.Itoa(file)
			committed++
			if stands := standingFiles(t, l); len(stands) != 1 || stands[last] != cutRows {
				t.Errorf("%s: %v stand, want %d of file %s (batch %d)", name, stands, cutRows, last, told.ID)
			}
		}
	}
	history, err := l.History(t.Context(), time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil || len(history) != committed {
		t.Errorf("%d batches stand, want one for each of %d files; %v", len(history), committed, err)
	}
}

// TestAnUndoWhoseLineIsCut holds the same of an undo.
func TestAnUndoWhoseLineIsCut(t *testing.T) {
	l, line := behindCutter(t)
	for n, where := range []cutWhere{cutInMiddle, cutBeforeAck, cutAfterAck} {
		b, err := bring(t.Context(), l, n+1)
		if err != nil {
			t.Fatal(err)
		}
		line.cut(where, "INSERT+INTO+batches", 1)
		err = l.Undo(t.Context(), b.ID, "测试", "错")
		if line.happened() != 1 || (err != nil) != (where == cutInMiddle) {
			t.Errorf("cut %s: %v, %d cuts", where, err, line.happened())
		}
		now, asked := l.Batch(t.Context(), b.ID)
		if asked != nil { // by a line that was cut, which nobody had met yet
			now, asked = l.Batch(t.Context(), b.ID)
		}
		if asked != nil || (now.UndoneAt != nil) != (err == nil) {
			t.Errorf("cut %s: told %v, undone at %v; %v", where, err, now.UndoneAt, asked)
		}
		if err != nil {
			if err := l.Undo(t.Context(), b.ID, "测试", "错"); err != nil {
				t.Errorf("once more: %v", err)
			}
		}
	}
	if stands := standingFiles(t, l); len(stands) != 0 {
		t.Errorf("%v stand", stands)
	}
}

// TestAServerThatRestartsUnderLoad takes the server away while files are brought and rows are read, again and again: nothing is seen by
// halves, and the same connection goes on when it is back.
func TestAServerThatRestartsUnderLoad(t *testing.T) {
	bridgeDSN(t)
	address := freeAddress(t)
	up := func() *http.Server {
		s := &http.Server{Addr: address, Handler: bridge.server.Config.Handler}
		listener, err := net.Listen("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		go func() { _ = s.Serve(listener) }()
		return s
	}
	running := up()
	t.Cleanup(func() { running.Close() })
	conn := openTest(t, Config{DSN: "http://" + address})
	l, err := ledger.New(t.Context(), conn, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	told, failed := map[int]bool{}, 0
	loaded := make(chan int, 1000)
	wait.Go(func() {
		for file := 1; ctx.Err() == nil; file++ {
			for range 40 { // as long as somebody would go on trying
				_, err := bring(context.WithoutCancel(ctx), l, file)
				if err == nil || ledger.AsError(err).Kind == ledger.Conflict {
					told[file] = true
					loaded <- file
					break
				}
				failed++
				if e, known := Explain(err); !known || e.Kind != KindUnreachable {
					t.Errorf("file %d: %v", file, err)
				}
				time.Sleep(25 * time.Millisecond)
			}
		}
	})
	wait.Go(func() {
		for ctx.Err() == nil {
			var files, rows uint64
			err := conn.QueryRow(ledger.Bind(ctx, l.ClockAt(time.Date(2016, 6, 1, 0, 0, 0, 0, time.UTC), time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC)).Params()),
				"SELECT uniqExact(tax_yuan), count() FROM tax_at(asof = {asof:Date32}, known = {known:DateTime64(3,'UTC')}, area = {area:String})").Scan(&files, &rows)
			if err == nil && rows > 0 && (files != 1 || rows != cutRows) {
				t.Errorf("a reader saw %d rows of %d files", rows, files)
			}
		}
	})
	for n := range 6 {
		<-loaded
		time.Sleep(time.Duration(n*40) * time.Millisecond) // another place in the next load
		_ = running.Close()                                // cuts every connection
		time.Sleep(150 * time.Millisecond)
		running = up()
	}
	<-loaded
	stop()
	wait.Wait()
	history, err := l.History(t.Context(), time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil || len(history) != len(told) || len(told) < 6 || failed == 0 {
		t.Errorf("%d batches stand, %d files were told to be loaded, %d times the server was away; %v", len(history), len(told), failed, err)
	}
	t.Logf("%d files, %d failures told", len(told), failed)
}

// freeAddress is one of this machine that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// TestHalfABodyIsNoInsert has the body of an insert end before it is over, after rows that can be read.
func TestHalfABodyIsNoInsert(t *testing.T) {
	conn := openTest(t, Config{})
	mustExec(t, conn, "CREATE TABLE half (a UInt8) ENGINE = MergeTree ORDER BY a")
	e, err := acquireEngine(t.Context(), Config{Dir: sharedDir}.withDefaults())
	if err != nil {
		t.Fatal(err)
	}
	defer e.release()
	r := request{id: "half", sql: "INSERT INTO half FORMAT TSV", database: one[string](t, t.Context(), conn, "SELECT currentDatabase()")}
	for want, end := range map[uint64]error{0: io.ErrUnexpectedEOF, 3: io.EOF} {
		err := e.insert(t.Context(), r, io.MultiReader(strings.NewReader("1\n2\n3\n"), iotest.ErrReader(end)))
		if n := one[uint64](t, t.Context(), conn, "SELECT count() FROM half"); n != want || (err == nil) != (want > 0) {
			t.Errorf("the body ends with %v: %d rows stand, %v", end, n, err)
		}
		mustExec(t, conn, "TRUNCATE TABLE half")
	}
}
