package ledger_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

func drawnRow(d *ledger.Dataset, i int) ledger.Row {
	r := ledger.Row{Values: make([]any, len(d.Fields)), Source: uint32(i % 3), SheetRow: uint32(i), Effective: time.Date(2016, 1, 1+i%40, 0, 0, 0, 0, time.UTC)}
	for at, f := range d.Fields {
		if f.Stored() {
			r.Values[at] = draw(f, i)
		}
		if n, ok := r.Values[at].(decimal.Decimal); ok && i%5 == 0 {
			r.Values[at] = n.Shift(24).Add(decimal.New(1, -9)).Neg() // more digits than an int64 has
		}
		if day, ok := r.Values[at].(ledger.Day); ok && i%5 == 1 {
			r.Values[at] = ledger.Day{From: day.From.AddDate(-120, 0, 0), To: day.To.AddDate(0, 1, -1), Precision: "month_end"}
		}
	}
	switch i % 4 {
	case 0:
		r.Raw, r.Rows, r.Marks = []string{"原文", ""}, []uint32{uint32(i), uint32(i)}, map[string]string{"field": "month", "other": "≈"}
	case 1:
		r.Raw, r.Rows = []string{"甲"}, []uint32{uint32(i + 7)}
	case 2:
		r.Key, r.Deleted, r.Effective = fmt.Sprint("eigen", i), true, time.Time{}
	}
	return r
}

// TestChunksKeepRowsWhole adds rows of every dataset, writes them and reads them back: every value comes back as it was.
func TestChunksKeepRowsWhole(t *testing.T) {
	for _, d := range ledger.All {
		c := ledger.NewChunk(d)
		for i := range 60 {
			r := drawnRow(d, i)
			c.Add(&r)
		}
		again, err := ledger.LoadChunk(d, c.AppendBinary(nil))
		if err != nil || again.Len() != 60 {
			t.Fatal(d.Name, err)
		}
		kept := again.Without(func(i int) bool { return i < 30 })
		for i := range 60 {
			want := fmt.Sprint(drawnRow(d, i))
			for name, got := range map[string]ledger.Row{"added": c.Row(i), "loaded": again.Row(i), "kept": kept.Row(max(i-30, 0))} {
				if (name != "kept" || i >= 30) && fmt.Sprint(got) != want {
					t.Fatalf("%s %s row %d\n got %v\nwant %s", d.Name, name, i, got, want)
				}
			}
		}
		if _, err := ledger.LoadChunk(d, c.AppendBinary(nil)[:100]); err == nil {
			t.Error(d.Name, "half a chunk was taken for a whole one")
		}
	}
}

// TestChunksAreLoadedUnderTheKeysOfTheirRows loads chunks of every dataset and holds the keys against KeyOf, numbered where they come again.
func TestChunksAreLoadedUnderTheKeysOfTheirRows(t *testing.T) {
	l := testkit.Ledger(t)
	ctx := context.Background()
	for _, d := range ledger.All {
		want, keys := []string{}, ledger.NewKeys()
		_, err := l.Load(ctx, ledger.Load{Kind: "import", Mode: "all", Chunks: func(add func(*ledger.Chunk, uint32) error) error {
			for n := range 3 {
				c := ledger.NewChunk(d)
				for i := range 20 {
					r := ledger.Row{Values: drawnValues(d, n*10+i), SheetRow: uint32(n*20 + i)} // every key comes twice
					want = append(want, keys.Of(d, &r))
					c.Add(&r)
				}
				if err := add(c, uint32(n)); err != nil {
					return err
				}
			}
			return nil
		}})
		if err != nil {
			t.Fatal(d.Name, err)
		}
		rows, err := l.Conn().Query(ctx, "SELECT key, sheet_row, source FROM "+d.Name+" ORDER BY line")
		if err != nil {
			t.Fatal(err)
		}
		i := 0
		for ; rows.Next(); i++ {
			var key string
			var line, source uint32
			if err := rows.Scan(&key, &line, &source); err != nil {
				t.Fatal(err)
			}
			if key != want[i] || line != uint32(i) || source != uint32(i/20) {
				t.Errorf("%s row %d: key %q, line %d, source %d; want %q", d.Name, i, key, line, source, want[i])
			}
		}
		if i != len(want) {
			t.Errorf("%s: %d rows, want %d", d.Name, i, len(want))
		}
	}
}

func drawnValues(d *ledger.Dataset, i int) []any {
	values := make([]any, len(d.Fields))
	for at, f := range d.Fields {
		if values[at] = draw(f, i); f.Kind == ledger.Name && i%2 == 0 && values[at] != nil {
			values[at] = values[at].(string) + "|（甲）"
		}
	}
	return values
}

// TestCancelledLoadLeavesNothingVisible cancels while blocks are stored; the batch is not seen and the next load goes through.
func TestCancelledLoadLeavesNothingVisible(t *testing.T) {
	l := testkit.Ledger(t)
	ctx, cancel := context.WithCancel(context.Background())
	load := func(ctx context.Context, told func(uint64)) error {
		_, err := l.Load(ctx, ledger.Load{Kind: "import", Mode: "all", Progress: told, Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
			for i := range 120_000 {
				r := row(fmt.Sprint("项目", i), 1, "2016-06-03")
				if err := add(ledger.Projects, r); err != nil {
					return err
				}
			}
			return nil
		}})
		return err
	}
	var at time.Time
	err := load(ctx, func(uint64) {
		if at.IsZero() {
			at = time.Now()
			cancel()
		}
	})
	if err == nil {
		t.Fatal("it was loaded")
	}
	if took := time.Since(at); took > 3*time.Second {
		t.Errorf("it went on for %s", took)
	}
	if history, err := l.History(context.Background(), time.Now().AddDate(100, 0, 0)); err != nil || len(history) != 0 {
		t.Fatal(history, err)
	}
	last := uint64(0)
	if err := load(context.Background(), func(rows uint64) { last = rows }); err != nil || last != 120_000 {
		t.Fatal(last, err)
	}
}
