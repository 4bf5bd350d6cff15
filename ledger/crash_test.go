package ledger_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/shopspring/decimal"

	"taizhang/internal/testkit"
	"taizhang/ledger"
	"taizhang/ledger/clickhouse"
)

// crashJob names the environment variable that makes the test binary a child: "load:STEP:DIR" or "look:DIR".
const crashJob = "TAIZHANG_CRASH_JOB"

// crashRows is enough for several blocks, so that a kill can fall between them.
const crashRows = 70_000

// crashSteps are the steps of a load, in order; block is met once.
var crashSteps = []string{"open", "file", "sources", "problems", "mappings", "rows", "block", "count", "replaced", "commit", "done"}

// crashChild loads a batch and kills itself at a step, or looks at what is there.
func crashChild(job string) int {
	what, rest, _ := strings.Cut(job, ":")
	step, dir := "", rest
	if what == "load" {
		step, dir, _ = strings.Cut(rest, ":")
	}
	ctx := context.Background()
	conn, done, err := clickhouse.Open(ctx, clickhouse.Config{Dir: dir})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer done()
	l, err := ledger.New(ctx, conn, ledger.Options{Step: func(at string) {
		if what == "load" && at == step {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		}
	}})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if what == "look" {
		return crashLook(ctx, l)
	}
	if _, err := crashLoad(ctx, l); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func crashLoad(ctx context.Context, l *ledger.Ledger) (ledger.Batch, error) {
	return l.Load(ctx, ledger.Load{Kind: "import", By: "crash", Mode: "all",
		File:    ledger.File{Name: "大表.csv", Hash: "h", Content: []byte("x")},
		Sources: []ledger.Source{{Dataset: "projects", Fields: []string{"project"}, Columns: []string{"A"}}},
		Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
			for i := range crashRows {
				r := row(fmt.Sprintf("项目%d", i), 1, "2016-06-03")
				r.Values[ledger.Projects.Index("year_plan_yuan")] = decimal.NewFromInt(int64(i))
				if err := add(ledger.Projects, r); err != nil {
					return err
				}
			}
			return nil
		}})
}

// crashSeen is what a look at a crashed folder finds, before and after one more load.
type crashSeen struct{ Batches, Rows, After int }

func crashLook(ctx context.Context, l *ledger.Ledger) int {
	var seen crashSeen
	clock, err := l.Clock(ctx, "", "")
	if err == nil {
		seen.Rows, err = countRows(ctx, l, clock)
	}
	history, err2 := l.History(ctx, clock.Known)
	seen.Batches = len(history)
	// Loading once more works, or is told to be a duplicate when the batch had come through.
	_, err3 := crashLoad(ctx, l)
	if err3 != nil && ledger.AsError(err3).Kind == ledger.Conflict && seen.Batches == 1 {
		err3 = nil
	}
	seen.After, _ = countRows(ctx, l, clock)
	for _, err := range []error{err, err2, err3} {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	_ = json.NewEncoder(os.Stdout).Encode(seen)
	return 0
}

func countRows(ctx context.Context, l *ledger.Ledger, clock ledger.Clock) (int, error) {
	n := 0
	err := l.Rows(ctx, ledger.Projects, clock, func(ledger.Record) error { n++; return nil })
	return n, err
}

// TestKilledLoadIsWholeOrAbsent kills a load at every step; the record then holds all of it or nothing, and takes the next one.
func TestKilledLoadIsWholeOrAbsent(t *testing.T) {
	testkit.Unraced(t)
	if os.Getenv("TAIZHANG_TEST_CLICKHOUSE") != "" {
		t.Skip("the folder belongs to the embedded engine")
	}
	if testing.Short() {
		t.Skip("make test runs it in full without -race, which sees nothing in a process that is killed")
	}
	for _, step := range crashSteps {
		t.Run(step, func(t *testing.T) {
			dir := t.TempDir()
			killed := child(t, "load:"+step+":"+dir)
			if err := killed.Run(); err == nil {
				t.Fatal("the load was not killed")
			} else if status, ok := killed.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL {
				t.Fatalf("the load ended otherwise: %v", err)
			}
			look := child(t, "look:"+dir)
			out, err := look.Output()
			if err != nil {
				t.Fatal(err)
			}
			var seen crashSeen
			if err := json.Unmarshal(out, &seen); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			whole := step == "done"
			if want := map[bool]int{true: crashRows, false: 0}[whole]; seen.Rows != want || seen.Batches != want/crashRows {
				t.Errorf("after a kill at %s: %d rows in %d batches, want %d", step, seen.Rows, seen.Batches, want)
			}
			if seen.After != crashRows {
				t.Errorf("after the next load: %d rows, want %d", seen.After, crashRows)
			}
		})
	}
}

func child(t *testing.T, job string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), crashJob+"="+job)
	cmd.Stderr = os.Stderr
	cmd.Dir = testkit.Root()
	return cmd
}
