package ingest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"taizhang/ledger"
)

// asks asks what stands: by all that is known now, and under random clocks, in one of three ways.
func (w *world) asks(r *rand.Rand) error {
	for n := range 2 {
		l, s := w.area(r), sheets[r.IntN(len(sheets))]
		// Today, lately, or ever: rows that replace each other some days apart are told apart by days between.
		asof, known := w.today().AddDate(0, 0, -r.IntN([]int{1, 20, 140}[r.IntN(3)])), endless
		if n > 0 {
			known = w.someMoment(r)
		}
		if err := w.ask(l, s, asof, known, r.IntN(10)); err != nil {
			return fmt.Errorf("%s of %s on %s, known %s: %w", s.dataset.Name, l.Area(), asof.Format(time.DateOnly), known.Format(time.RFC3339Nano), err)
		}
		w.steps++
	}
	if r.IntN(6) > 0 {
		return nil
	}
	l, known := w.area(r), w.someMoment(r)
	history, err := l.History(w.ctx, known)
	if err != nil {
		return err
	}
	got := []string{}
	for _, b := range history {
		undone := time.Time{}
		if b.UndoneAt != nil {
			undone = *b.UndoneAt
		}
		got = append(got, saidBatch(b.ID, b.Rows, b.CommittedAt, undone, known))
	}
	w.steps++
	return same(got, w.model.history(l.Area(), known))
}

// someMoment is one at which something became known, a moment before, or the end of time.
func (w *world) someMoment(r *rand.Rand) time.Time {
	if len(w.model.moments) == 0 || r.IntN(4) == 0 {
		return endless
	}
	at := w.model.moments[r.IntN(len(w.model.moments))]
	if r.IntN(3) == 0 {
		at = at.Add(-time.Millisecond)
	}
	return at
}

func (w *world) ask(l *ledger.Ledger, s *sheet, asof, known time.Time, way int) error {
	clock := l.ClockAt(asof, known)
	want := w.model.standing(l.Area(), s.dataset, asof, known)
	switch way {
	case 0:
		got, err := w.rows(l, s, clock)
		if err != nil {
			return err
		}
		return same(got, want)
	case 1:
		keys := keysOf(w.model.table(l.Area(), s.dataset))
		if len(keys) == 0 {
			return nil
		}
		return w.one(l, s, clock, keys[len(want)%len(keys)])
	}
	got, err := w.view(l, s, clock)
	if err != nil {
		return err
	}
	if s.dataset == ledger.Tax && way > 6 {
		if err := w.sums(l, clock); err != nil {
			return err
		}
	}
	return same(got, want)
}

// sums holds the sums of tax that are kept with the batches against the rows that stand.
func (w *world) sums(l *ledger.Ledger, clock ledger.Clock) error {
	const under = "(asof = {asof:Date32}, known = {known:DateTime64(3,'UTC')}, area = {area:String})"
	var differ string
	err := l.Conn().QueryRow(ledger.Bind(w.ctx, clock.Params()), `SELECT toString(groupArray(sum)) FROM (
		SELECT sum FROM (
			SELECT toString((basis, tax_type, building_id, period, period_months, toUInt64(sum(n)), toUInt64(sum(with_yuan)), sum(yuan))) AS sum FROM tax_sums_at`+under+`
			GROUP BY basis, tax_type, building_id, period, period_months HAVING sum(n) > 0
			UNION ALL
			SELECT toString((basis, tax_type, building_id, assumeNotNull(period), assumeNotNull(period_months), count(), count(tax_yuan), ifNull(sum(tax_yuan), 0)))
			FROM tax_at`+under+` WHERE period IS NOT NULL AND period_months IS NOT NULL GROUP BY basis, tax_type, building_id, period, period_months
		) GROUP BY sum HAVING count() != 2)`).Scan(&differ)
	if err == nil && differ != "[]" {
		return fmt.Errorf("sums of tax that are not those of its rows, or the other way round: %s", differ)
	}
	return err
}

// view reads the few columns that are held against the model, which takes a third of the time of all.
func (w *world) view(l *ledger.Ledger, s *sheet, clock ledger.Clock) ([]string, error) {
	sql := fmt.Sprintf(`SELECT concat(key, ' [', ifNull(toString(%s), ''), ' ', %s, '] from ', toString(effective), ' by ', toString(batch), '.', toString(line)) AS said
		FROM %s_at(asof = {asof:Date32}, known = {known:DateTime64(3,'UTC')}, area = {area:String}) ORDER BY said`, s.fields[0], s.fields[1], s.dataset.Name)
	rows, err := l.Conn().Query(ledger.Bind(w.ctx, clock.Params()), sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	got := []string{}
	for rows.Next() {
		var said string
		if err := rows.Scan(&said); err != nil {
			return nil, err
		}
		got = append(got, said)
	}
	return got, rows.Err()
}

// rows reads whole rows, as pages and exports do.
func (w *world) rows(l *ledger.Ledger, s *sheet, clock ledger.Clock) ([]string, error) {
	at := [2]int{}
	for i, f := range s.dataset.StoredFields() {
		if n := slices.Index(s.fields[:], f.Name); n >= 0 {
			at[n] = i
		}
	}
	got := []string{}
	err := l.Rows(w.ctx, s.dataset, clock, func(r ledger.Record) error {
		row := modelRow{batch: r.Batch, line: r.Line, effective: r.Effective, values: [2]string{ledger.Plain(r.Values[at[0]]), ledger.Plain(r.Values[at[1]])}}
		got = append(got, row.said(r.Key))
		return nil
	})
	slices.Sort(got)
	return got, err
}

// one reads the row of a key, as forms do.
func (w *world) one(l *ledger.Ledger, s *sheet, clock ledger.Clock, key string) error {
	got, err := l.RowAt(w.ctx, s.dataset, key, clock)
	if err != nil {
		return err
	}
	want, stands := w.model.stands(w.model.table(l.Area(), s.dataset)[key], clock.Asof, clock.Known)
	if got.Exists() != stands {
		return fmt.Errorf("%s stands %t, want %t", key, got.Exists(), stands)
	}
	if said := ledger.Plain(got.Value(s.dataset, s.fields[0])); stands && (said != want.values[0] || got.Version.Version != want.token()) {
		return fmt.Errorf("%s is %s by %s, want %s", key, said, got.Version.Version, want.said(key))
	}
	return nil
}

// same names the first lines in which two lists differ.
func same(got, want []string) error {
	if slices.Equal(got, want) {
		return nil
	}
	var lines []string
	for _, line := range got {
		if !slices.Contains(want, line) {
			lines = append(lines, "  too much: "+line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			lines = append(lines, "  missing:  "+line)
		}
	}
	return fmt.Errorf("%d of them, want %d\n%s", len(got), len(want), strings.Join(lines[:min(len(lines), 8)], "\n"))
}
