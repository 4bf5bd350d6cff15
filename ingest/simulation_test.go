package ingest_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// simulatedSteps is how many steps `make test` simulates; TAIZHANG_STEPS asks for another number, 0 for no end.
const simulatedSteps = 10_000

// actsOfAWorld is how many acts one record sees before the next is begun: the longer a record, the slower each question.
const actsOfAWorld = 120

// TestSimulation lives through made-up months of records: files in all modes, some of them cut off, forms, stale forms, corrections of the
// past, undos, restarts and a clock that jumps, in three sub-districts; after each act it asks under both clocks. A model of plain lists
// says what must come out. TAIZHANG_SEED and TAIZHANG_ACTS repeat what failed.
func TestSimulation(t *testing.T) {
	testkit.Unraced(t)
	seed, repeat := number("TAIZHANG_SEED", uint64(time.Now().UnixNano())%1_000_000_000), os.Getenv("TAIZHANG_ACTS")
	limit := number("TAIZHANG_STEPS", simulatedSteps)
	if repeat != "" {
		var list []int
		for text := range strings.SplitSeq(repeat, ",") {
			n, err := strconv.Atoi(text)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, n)
		}
		if lived := live(t, seed, list); lived.err != nil {
			t.Fatal(lived)
		}
		return
	}
	all := make([]int, actsOfAWorld)
	for i := range all {
		all[i] = i
	}
	steps, worlds, batches := 0, 0, 0
	for began := time.Now(); limit == 0 || steps < int(limit); worlds++ {
		lived := live(t, seed+uint64(worlds), all)
		if lived.err != nil {
			t.Fatal(shrunk(t, lived))
		}
		steps, batches = steps+lived.steps, batches+lived.batches
		t.Logf("seed %d: %d steps, %d batches, %s so far", lived.seed, lived.steps, lived.batches, time.Since(began).Round(time.Second))
	}
	t.Logf("TAIZHANG_SEED=%d: %d steps in %d acts of %d records, %d batches", seed, steps, worlds*actsOfAWorld, worlds, batches)
}

func number(variable string, otherwise uint64) uint64 {
	if n, err := strconv.ParseUint(os.Getenv(variable), 10, 64); err == nil {
		return n
	}
	return otherwise
}

// life is what became of a world: the acts up to the one that failed, and what each did.
type life struct {
	seed           uint64
	acts           []int
	said           []string
	steps, batches int
	err            error
}

// String says what went wrong, what led to it, and how to have it again.
func (l life) String() string {
	return fmt.Sprintf("%v\nafter:\n  %s\nto repeat: TAIZHANG_SEED=%d TAIZHANG_ACTS=%s go test ./ingest -run TestSimulation",
		l.err, strings.Join(l.said, "\n  "), l.seed, numbers(l.acts))
}

func numbers(list []int) string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, ",")
}

// live does the acts of the given numbers in a new record, up to the first that fails.
func live(t *testing.T, seed uint64, acts []int) life {
	t.Helper()
	conn := testkit.Conn(t)
	r := rand.New(rand.NewPCG(seed, 1<<40))
	w := &world{ctx: t.Context(), model: newModel(), now: time.Date(2016, 7, 1+r.IntN(20), 1, 0, 0, 0, time.UTC), files: map[string]*file{}}
	w.open = func() (*ledger.Ledger, error) {
		return ledger.New(w.ctx, conn, ledger.Options{Areas: simulatedAreas, Alone: true, Now: func() time.Time { return w.now }, Step: w.step})
	}
	lived := life{seed: seed}
	if w.ledger, lived.err = w.open(); lived.err != nil {
		return lived
	}
	for _, n := range acts {
		lived.err = w.act(seed, n)
		lived.acts, lived.said = append(lived.acts, n), append(lived.said, fmt.Sprintf("%d: %s", n, w.said))
		if lived.err != nil {
			lived.err = fmt.Errorf("seed %d, act %d: %w", seed, n, lived.err)
			return lived
		}
	}
	lived.steps, lived.batches = w.steps, len(w.model.order)
	return lived
}

// shrinkFor is how long a failure is made smaller.
const shrinkFor = 90 * time.Second

// shrunk leaves acts out, many at a time and then one by one, as long as what is left fails too.
func shrunk(t *testing.T, failed life) life {
	t.Logf("%v\nmaking it smaller ...", failed.err)
	began := time.Now()
	for size := len(failed.acts) / 2; size > 0; size /= 2 {
		for at := 0; at+size < len(failed.acts); { // the last act is the one that fails
			if time.Since(began) > shrinkFor {
				return failed
			}
			if less := live(t, failed.seed, slices.Delete(slices.Clone(failed.acts), at, at+size)); less.err != nil {
				failed = less
			} else {
				at += size
			}
		}
	}
	return failed
}
