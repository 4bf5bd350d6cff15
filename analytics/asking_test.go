package analytics

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
)

// TestOnce reads a part for all who ask at the same time, tells all of a failure, and keeps questions and contexts apart.
func TestOnce(t *testing.T) {
	var reads atomic.Int64
	broken := errors.New("broken")
	read := func() (int64, error) { return reads.Add(1), broken }
	ctx, year := Asking(context.Background()), partOf{"part", Question{Year: 2016}}
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if n, err := once(ctx, year, read); n != 1 || !errors.Is(err, broken) {
				t.Errorf("read %d, %v", n, err)
			}
		})
	}
	wait.Wait()
	for i, other := range []struct {
		ctx context.Context
		of  partOf
	}{{ctx, partOf{"part", Question{Year: 2015}}}, {ctx, partOf{"other", year.q}}, {Asking(context.Background()), year}, {context.Background(), year}, {context.Background(), year}} {
		if n, _ := once(other.ctx, other.of, read); n != int64(i+2) {
			t.Errorf("%v was read as %d", other.of, n)
		}
	}
	if again := Asking(ctx); again != ctx {
		t.Error("a question begun is begun again")
	}
}
