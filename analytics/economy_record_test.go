package analytics

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/ledger"
)

// values name the fields of a hand-made row; figures are written as text, days as 2016-05-31, months as 2016-05, years as 2016.
type values map[string]any

// record is an Analytics over the rows given, loaded as one batch a dataset.
func record(t *testing.T, rows map[*ledger.Dataset][]values) *Analytics {
	t.Helper()
	var content strings.Builder
	for _, d := range ledger.All {
		if len(rows[d]) > 0 {
			fmt.Fprintln(&content, d.Name, rows[d])
		}
	}
	return New(shared(t, content.String(), func(l *ledger.Ledger) { fillEconomy(t, l, rows) }))
}

// fillEconomy loads rows a dataset a batch.
func fillEconomy(t *testing.T, l *ledger.Ledger, rows map[*ledger.Dataset][]values) {
	t.Helper()
	for _, d := range ledger.All {
		if len(rows[d]) == 0 {
			continue
		}
		_, err := l.Load(context.Background(), ledger.Load{Kind: "form", By: "test", Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
			for i, v := range rows[d] {
				r := rowOf(t, d, v)
				r.SheetRow = uint32(i + 2)
				if err := add(d, r); err != nil {
					return err
				}
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func rowOf(t *testing.T, d *ledger.Dataset, v values) ledger.Row {
	t.Helper()
	r := ledger.Row{Values: make([]any, len(d.Fields)), Effective: time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC)}
	for name, raw := range v {
		i := d.Index(name)
		if i < 0 {
			t.Fatalf("%s has no field %s", d.Name, name)
		}
		r.Values[i] = valueOf(t, d.Fields[i], raw)
		if name == d.Effective {
			r.Effective = r.Values[i].(ledger.Day).To
		}
	}
	if at := d.Index("period_months"); at >= 0 && r.Values[at] == nil {
		r.Values[at] = r.Values[d.Index("period")].(ledger.Day).Months()
	}
	return r
}

func valueOf(t *testing.T, f ledger.Field, raw any) any {
	t.Helper()
	s, ok := raw.(string)
	if !ok {
		if n, whole := raw.(int); whole && f.Kind == ledger.Count {
			return int64(n)
		}
		return raw
	}
	switch f.Kind {
	case ledger.Money, ledger.Area, ledger.Number, ledger.Percent:
		return decimal.RequireFromString(s)
	case ledger.Date, ledger.Period:
		return dayOf(t, s)
	}
	return s
}

func dayOf(t *testing.T, s string) ledger.Day {
	t.Helper()
	for layout, span := range map[string][3]int{"2006": {1, 0, 0}, "2006-01": {0, 1, 0}, time.DateOnly: {0, 0, 1}} {
		if from, err := time.Parse(layout, s); err == nil {
			return ledger.Day{From: from, To: from.AddDate(span[0], span[1], span[2]).AddDate(0, 0, -1)}
		}
	}
	t.Fatalf("no day: %s", s)
	return ledger.Day{}
}

// on is a question as a day stands, by all that is known.
func on(t *testing.T, a *Analytics, day string) Question {
	t.Helper()
	clock, err := a.ledger.Clock(context.Background(), day, "")
	if err != nil {
		t.Fatal(err)
	}
	return Question{Clock: clock}
}

// is compares a figure with the exact one expected; "—" is undefined.
func is(t *testing.T, what string, got ledger.Decimal, want string) {
	t.Helper()
	if want == "—" {
		if got.Valid() {
			t.Errorf("%s = %s, want it undefined", what, got)
		}
		return
	}
	if !got.Valid() || got.Cmp(ledger.MustDecimal(want)) != 0 {
		t.Errorf("%s = %s, want %s", what, got, want)
	}
}

// rounded compares a figure as it is shown.
func rounded(t *testing.T, what string, got ledger.Decimal, places int32, want string) {
	t.Helper()
	if s := got.Fixed(places); s != want {
		t.Errorf("%s = %s, want %s", what, s, want)
	}
}
