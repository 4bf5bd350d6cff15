package ledger_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// approve loads one node of a project's baseline.
func approve(l *ledger.Ledger, project, number string, deleted bool) (ledger.Batch, error) {
	d := ledger.Baselines
	row := ledger.Row{Values: make([]any, len(d.Fields)), Effective: time.Date(2016, 5, 1, 0, 0, 0, 0, time.UTC), Deleted: deleted}
	day := ledger.DayOf(row.Effective)
	for name, v := range map[string]any{"project": project, "number": number, "approved_on": day, "node_no": "1", "node": "封顶", "finish": day} {
		row.Values[d.Index(name)] = v
	}
	return l.Load(context.Background(), ledger.Load{Kind: "form", By: "test", Each: func(add func(*ledger.Dataset, ledger.Row) error) error { return add(d, row) }})
}

func TestABaselineIsWrittenOnce(t *testing.T) {
	l := testkit.Ledger(t)
	first, err := approve(l, "甲村改造", "第1次", false)
	if err != nil {
		t.Fatal(err)
	}
	for _, again := range []string{"甲村改造", " 甲村 改造"} {
		_, err = approve(l, again, "第1次", false)
		if e := new(ledger.Error); !errors.As(err, &e) || e.Kind != ledger.Refused || e.Message.Key != "error.once" {
			t.Fatalf("a second save of %q: %v", again, err)
		}
	}
	if _, err = approve(l, "甲村改造", "第1次", true); err == nil {
		t.Error("a row of a baseline was removed")
	}
	for _, other := range [][2]string{{"甲村改造", "第2次"}, {"乙大厦", "第1次"}} {
		if _, err := approve(l, other[0], other[1], false); err != nil {
			t.Errorf("%v: %v", other, err)
		}
	}
	// What was refused is not there: three batches stand.
	history, err := l.History(context.Background(), time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil || len(history) != 3 {
		t.Errorf("%d batches stand, want 3; %v", len(history), err)
	}
	if err := l.Undo(context.Background(), first.ID, "test", "误录"); err != nil {
		t.Fatal(err)
	}
	if _, err := approve(l, "甲村改造", "第1次", false); err != nil {
		t.Errorf("after the undo: %v", err)
	}
}
