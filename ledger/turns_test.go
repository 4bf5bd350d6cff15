package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// addFunc takes a row of a load.
type addFunc = func(*ledger.Dataset, ledger.Row) error

// one is a load of one content and some datasets, whose rows `each` brings.
func one(content string, each func(addFunc) error, datasets ...*ledger.Dataset) ledger.Load {
	return ledger.Load{Kind: "import", By: "测试", Mode: "all", File: ledger.File{Name: content, Hash: content, Content: []byte(content)},
		Datasets: datasets, Each: each,
		Sources: []ledger.Source{{Dataset: datasets[0].Name, Fields: []string{}, Columns: []string{}}}}
}

// taxRow is a row of another dataset than the projects.
func taxRow(yuan int64) ledger.Row {
	d := ledger.Tax
	values := make([]any, len(d.Fields))
	values[d.Index("tax_yuan")] = decimal.NewFromInt(yuan)
	return ledger.Row{Values: values, Effective: time.Date(2016, 6, 3, 0, 0, 0, 0, time.UTC)}
}

// TestOneWriterADataset holds one load open: another dataset is loaded meanwhile, the same one only afterwards.
func TestOneWriterADataset(t *testing.T) {
	l, ctx := testkit.Ledger(t), t.Context()
	begun, goOn := make(chan struct{}), make(chan struct{})
	var wait sync.WaitGroup
	var first, third ledger.Batch
	wait.Go(func() {
		var err error
		first, err = l.Load(ctx, one("a", func(add addFunc) error {
			close(begun)
			<-goOn
			return add(ledger.Projects, row("甲", 1, "2016-06-03"))
		}, ledger.Projects))
		if err != nil {
			t.Error(err)
		}
	})
	<-begun
	second, err := l.Load(ctx, one("b", func(add addFunc) error { return add(ledger.Tax, taxRow(1)) }, ledger.Tax))
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	wait.Go(func() {
		defer close(ended)
		var err error
		third, err = l.Load(ctx, one("c", func(add addFunc) error { return add(ledger.Projects, row("甲", 3, "2016-06-03")) }, ledger.Tax, ledger.Projects))
		if err != nil {
			t.Error(err)
		}
	})
	select {
	case <-ended:
		t.Fatal("two loads of one dataset went on at once")
	case <-time.After(200 * time.Millisecond):
	}
	close(goOn)
	wait.Wait()
	if !(first.ID < third.ID && first.CommittedAt.Before(third.CommittedAt) && second.CommittedAt.Before(first.CommittedAt)) {
		t.Errorf("batches %d %s, %d %s, %d %s", first.ID, first.CommittedAt, second.ID, second.CommittedAt, third.ID, third.CommittedAt)
	}
	if got := investment(t, l); got != "3" {
		t.Errorf("the later batch must count: %s", got)
	}
}

// investment is what the record says of the project 甲.
func investment(t *testing.T, l *ledger.Ledger) string {
	t.Helper()
	clock, err := l.Clock(t.Context(), "2016-06-30", "")
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	err = l.Rows(t.Context(), ledger.Projects, clock, func(r ledger.Record) error {
		got = ledger.Plain(r.Values[ledger.Projects.Index("total_investment_yuan")])
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestTheSameContentAtOnceIsTold loads one content twice: the second waits for the first and is told, or loads when the first came to nothing.
func TestTheSameContentAtOnceIsTold(t *testing.T) {
	for name, failure := range map[string]error{"the first is loaded": nil, "the first fails": errors.New("不成")} {
		t.Run(name, func(t *testing.T) {
			l, ctx := testkit.Ledger(t), t.Context()
			begun, goOn, waited := make(chan struct{}), make(chan struct{}), make(chan error, 1)
			go func() {
				_, err := l.Load(ctx, one("x", func(add addFunc) error {
					close(begun)
					<-goOn
					return errors.Join(failure, add(ledger.Projects, row("甲", 1, "2016-06-03")))
				}, ledger.Projects))
				waited <- err
			}()
			<-begun
			second := make(chan error, 1)
			go func() {
				// The content is the same, the dataset another: the content alone must make it wait.
				_, err := l.Load(ctx, one("x", func(add addFunc) error { return add(ledger.Tax, taxRow(1)) }, ledger.Tax))
				second <- err
			}()
			select {
			case err := <-second:
				t.Fatalf("it did not wait: %v", err)
			case <-time.After(150 * time.Millisecond):
			}
			close(goOn)
			if err := <-waited; !errors.Is(err, failure) {
				t.Error(err)
			}
			err := <-second
			if told := err != nil && ledger.AsError(err).Kind == ledger.Conflict; told != (failure == nil) {
				t.Errorf("the second ended with %v", err)
			}
		})
	}
}

// TestManyLoadsAtOnce loads three datasets from many sides: record times increase with every commit, and per dataset with the batch.
func TestManyLoadsAtOnce(t *testing.T) {
	l, ctx := testkit.Ledger(t), t.Context()
	var wait sync.WaitGroup
	const loads = 24
	for i := range loads {
		wait.Go(func() {
			d, r := ledger.Projects, row("甲", int64(i), "2016-06-03")
			if i%3 == 1 {
				d, r = ledger.Tax, taxRow(int64(i))
			}
			datasets := []*ledger.Dataset{d}
			if i%3 == 2 {
				datasets = []*ledger.Dataset{ledger.Tax, ledger.Projects}
			}
			b, err := l.Load(ctx, one(fmt.Sprint(i), func(add addFunc) error { return add(d, r) }, datasets...))
			if err != nil {
				t.Error(err)
			} else if i%5 == 0 {
				if err := l.Undo(ctx, b.ID, "测试", "试"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	history, err := l.History(ctx, testkit.Now.AddDate(1, 0, 0))
	if err != nil || len(history) != loads {
		t.Fatalf("%d batches, %v", len(history), err)
	}
	slices.SortFunc(history, func(a, b ledger.Batch) int { return a.CommittedAt.Compare(b.CommittedAt) })
	last := map[string]uint64{}
	for i, b := range history {
		if i > 0 && !b.CommittedAt.After(history[i-1].CommittedAt) {
			t.Errorf("batches %d and %d have one record time", b.ID, history[i-1].ID)
		}
		for name := range b.Rows {
			if b.ID < last[name] {
				t.Errorf("%s: batch %d was committed after %d", name, b.ID, last[name])
			}
			last[name] = b.ID
		}
	}
}

// TestACancelledLoadLeavesNothing ends loads while they wait for their turn and while they write.
func TestACancelledLoadLeavesNothing(t *testing.T) {
	l := testkit.Ledger(t)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := l.Load(ctx, one("a", func(add addFunc) error {
		waiting, leave := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer leave()
		if _, err := l.Load(waiting, one("b", nil, ledger.Projects)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a load whose turn did not come ended with %v", err)
		}
		cancel()
		return add(ledger.Projects, row("甲", 1, "2016-06-03"))
	}, ledger.Projects))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled load ended with %v", err)
	}
	if got := investment(t, l); got != "" {
		t.Errorf("a row of a cancelled load is visible: %s", got)
	}
	if _, err := l.Load(t.Context(), one("a", func(add addFunc) error { return add(ledger.Projects, row("甲", 2, "2016-06-03")) }, ledger.Projects)); err != nil {
		t.Errorf("the same content cannot be loaded after a cancel: %v", err)
	}
}

// TestALoadKeepsToItsDatasets refuses a row of a dataset whose turn the load does not have.
func TestALoadKeepsToItsDatasets(t *testing.T) {
	l := testkit.Ledger(t)
	if _, err := l.Load(t.Context(), one("a", func(add addFunc) error { return add(ledger.Tax, taxRow(1)) }, ledger.Projects)); err == nil {
		t.Error("a row of another dataset was loaded")
	}
}
