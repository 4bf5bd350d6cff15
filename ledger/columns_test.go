package ledger_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// draw makes a value of a field's kind, NULL now and then.
func draw(f ledger.Field, i int) any {
	if (i+len(f.Name))%4 == 0 {
		return nil
	}
	switch f.Kind {
	case ledger.People:
		return []string{fmt.Sprint("甲", i), "乙"}
	case ledger.Money, ledger.Area, ledger.Number, ledger.Percent:
		return decimal.New(int64(i*7+len(f.Name)), -2)
	case ledger.Count:
		return int64(i)
	case ledger.Date, ledger.Period:
		return ledger.DayOf(time.Date(2016, 1, 1+i%300, 0, 0, 0, 0, time.UTC))
	case ledger.Flag:
		return i%2 == 0
	}
	return fmt.Sprintf("%s（%d）", f.Zh, i)
}

// TestColumnsHoldWhatRowsSay loads several blocks of every dataset and reads each value back.
func TestColumnsHoldWhatRowsSay(t *testing.T) {
	testkit.Unraced(t)
	const rows = 20_000 // more than one block
	l := testkit.Ledger(t)
	for n, d := range ledger.All {
		count := 50
		if n == 0 {
			count = rows
		}
		t.Run(d.Name, func(t *testing.T) { roundTrip(t, l, d, count) })
	}
}

func roundTrip(t *testing.T, l *ledger.Ledger, d *ledger.Dataset, count int) {
	ctx := context.Background()
	values := func(i int) []any {
		list := make([]any, len(d.Fields))
		for at, f := range d.Fields {
			list[at] = draw(f, i)
		}
		return list
	}
	_, err := l.Load(ctx, ledger.Load{Kind: "form", Mode: "all", Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
		for i := range count {
			row := ledger.Row{Values: values(i), Key: fmt.Sprintf("%06d", i), Effective: time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC), SheetRow: uint32(i)}
			if i%3 == 0 {
				row.Raw, row.Rows, row.Marks = []string{"原文", ""}, []uint32{1, uint32(i)}, map[string]string{"field": "month"}
			}
			if err := add(d, row); err != nil {
				return err
			}
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	now, err := l.Clock(ctx, "", "")
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	if err := l.Rows(ctx, d, now, func(r ledger.Record) error {
		want, at := values(i), 0
		for j, f := range d.Fields {
			if !f.Stored() {
				continue
			}
			if got := ledger.Plain(r.Values[at]); got != shown(f, want[j]) {
				t.Errorf("row %d %s = %q, want %q", i, f.Name, got, shown(f, want[j]))
			}
			at++
		}
		if marked := i%3 == 0; marked != (len(r.Raw) == 2 && r.Rows[1] == uint32(i) && r.Marks["field"] == "month") || !marked && len(r.Raw)+len(r.Rows)+len(r.Marks) > 0 {
			t.Errorf("row %d: raw %v rows %v marks %v", i, r.Raw, r.Rows, r.Marks)
		}
		if i++; t.Failed() {
			return fmt.Errorf("stopped at row %d", i)
		}
		return nil
	}); err != nil || i != count {
		t.Fatal(i, err)
	}
}

// shown is how Plain writes a value that was handed in.
func shown(f ledger.Field, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case ledger.Day:
		return v.On(f.Edge).Format(time.DateOnly)
	case []string:
		return ledger.Plain(v)
	}
	return ledger.Plain(v)
}

func TestLargeFilesAreKeptByteForByte(t *testing.T) {
	l := testkit.Ledger(t)
	content := make([]byte, 9<<20+123)
	random := rand.NewChaCha8([32]byte{7})
	if _, err := random.Read(content); err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256(content)
	b, err := l.Load(context.Background(), ledger.Load{Kind: "import", File: ledger.File{Name: "大.xlsx", Hash: hex.EncodeToString(hash[:]), Content: content}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := l.Content(context.Background(), b)
	if err != nil || !bytes.Equal(got, content) {
		t.Fatalf("%d bytes, want %d: %v", len(got), len(content), err)
	}
}
