package ingest_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"taizhang/ledger"
)

// typed is one entry of a form of the simulation.
type typedEntry struct {
	sheet   *sheet
	entry   ledger.Entry
	line    sheetLine
	which   []int // the fields it sets
	seen    modelRow
	hasSeen bool
	kind    string
}

// saves has a person save a form: new rows, changes, removals, over what stands or over what stood once.
func (w *world) saves(r *rand.Rand) error {
	l := w.area(r)
	s := ledger.Save{By: "填表人", Comment: "模拟"}
	day := w.today()
	switch r.IntN(8) {
	case 0, 1, 2:
		chosen := w.today().AddDate(0, 0, -r.IntN(40))
		s.Day, day = &chosen, chosen
	case 3:
		chosen := w.today().AddDate(0, 0, 1+r.IntN(5))
		s.Day = &chosen
	default:
		if newest := w.model.newest(l.Area()); !newest.IsZero() && day.Sub(newest) > 45*24*time.Hour {
			day = newest // an old record is written on at its newest day
		}
	}
	var list []typedEntry
	taken := map[string]bool{}
	for range 1 + r.IntN(7) {
		e, ok := w.entry(r, l.Area(), day)
		if at := e.entry.Key + e.line.key; ok && !taken[at] {
			taken[at] = true
			list, s.Entries = append(list, e), append(s.Entries, e.entry)
		}
	}
	if len(list) == 0 {
		return nil
	}
	kinds := make([]string, len(list))
	for i, e := range list {
		kinds[i] = e.kind + " " + e.entry.Dataset.Name
	}
	w.said += fmt.Sprintf("%s form of %s: %s; ", l.Area(), day.Format(time.DateOnly), strings.Join(kinds, ", "))
	w.steps += len(list)
	if s.Day != nil && s.Day.After(w.today()) {
		if _, err := l.Save(w.ctx, s); err == nil || ledger.AsError(err).Kind != ledger.Invalid {
			return fmt.Errorf("a form of tomorrow: %v", err)
		}
		return nil
	}
	return w.save(l, s, list, day)
}

// entry makes one up: of a row that stands as the person saw it, or otherwise.
func (w *world) entry(r *rand.Rand, area string, day time.Time) (typedEntry, bool) {
	sheet := sheets[r.IntN(len(sheets))]
	e := typedEntry{sheet: sheet, line: sheet.line(r), entry: ledger.Entry{Dataset: sheet.dataset}, which: []int{0, 1}}
	table := w.model.table(area, sheet.dataset)
	keys := keysOf(table)
	if len(keys) == 0 || r.IntN(4) == 0 {
		// New to the person; it may stand all the same.
		e.kind = "new"
		e.entry.Changes = sheet.changes(e.line.values, 0, 1)
		for name, c := range e.line.names {
			e.entry.Changes[name] = c
		}
		return e, true
	}
	key := keys[r.IntN(len(keys))]
	e.entry.Key, e.line.key = key, ""
	rows := table[key]
	e.seen, e.hasSeen = w.model.stands(rows, w.day(sheet, day), endless)
	e.kind = "seen"
	if r.IntN(6) == 0 {
		// As it stood once, in a batch that counts or in one that was undone.
		e.kind = "stale"
		e.seen = rows[r.IntN(len(rows))]
		e.hasSeen = true
	}
	if !e.hasSeen || e.seen.deleted {
		return e, false
	}
	e.entry.Seen = e.seen.token()
	switch r.IntN(5) {
	case 0:
		e.kind += " remove"
		e.entry.Remove = true
	case 1, 2:
		e.which = []int{r.IntN(2)}
	}
	if !e.entry.Remove {
		e.entry.Changes = sheet.changes(e.line.values, e.which...)
	}
	return e, true
}

// day is the day whose standing row an entry is held against.
func (w *world) day(s *sheet, day time.Time) time.Time {
	if s.dataset.Effective != "" {
		return w.today()
	}
	return day
}

// save saves and holds what became of it against the model.
func (w *world) save(l *ledger.Ledger, s ledger.Save, list []typedEntry, day time.Time) error {
	written := map[*ledger.Dataset]map[string]modelRow{}
	want, clashes := make([]string, len(list)), []string{}
	for i, e := range list {
		key := e.entry.Key + e.line.key
		rows := w.model.table(l.Area(), e.sheet.dataset)[key]
		was, stands := w.model.stands(rows, w.day(e.sheet, day), endless)
		if reason := clash(e, was, stands, w.day(e.sheet, day), day); reason != "" {
			clashes = append(clashes, fmt.Sprintf("%d %s", i, reason))
			continue
		}
		row, state := w.composed(e, was, stands, day)
		want[i] = string(state)
		if state == ledger.RowUnchanged {
			continue
		}
		table := written[e.sheet.dataset]
		if table == nil {
			table = map[string]modelRow{}
			written[e.sheet.dataset] = table
		}
		row.line = uint32(len(table))
		table[key] = row
	}
	saved, err := l.Save(w.ctx, s)
	if len(clashes) > 0 {
		return heldClash(err, clashes)
	}
	if err != nil {
		return err
	}
	for i, e := range saved.Entries {
		if string(e.State) != want[i] {
			return fmt.Errorf("entry %d (%s) is %s, want %s", i, list[i].kind, e.State, want[i])
		}
		if row, stored := written[list[i].sheet.dataset][e.Key]; stored && e.Version != fmt.Sprintf("%d.%d", saved.Batch.ID, row.line) {
			return fmt.Errorf("entry %d is version %s, want line %d", i, e.Version, row.line)
		}
	}
	if len(written) == 0 {
		if saved.Batch != nil {
			return fmt.Errorf("nothing differed, and batch %d was stored", saved.Batch.ID)
		}
		return nil
	}
	return w.committed(l, saved.Batch.ID, "", written)
}

// clash is why an entry must be refused, by what the person saw and what stands.
func clash(e typedEntry, was modelRow, stands bool, on, day time.Time) ledger.ClashReason {
	switch {
	case !stands && !e.hasSeen:
		return ""
	case !stands:
		return ledger.ClashGone
	case !e.hasSeen:
		return ledger.ClashExists
	case was.token() == e.seen.token() || was.values == e.seen.values:
		return ""
	case e.seen.effective.After(on):
		return ledger.ClashDay
	}
	return ledger.ClashChanged
}

func heldClash(err error, want []string) error {
	var clash *ledger.Clash
	if !errors.As(err, &clash) {
		return fmt.Errorf("no clash but %v, want %v", err, want)
	}
	got := []string{}
	for _, e := range clash.Entries {
		got = append(got, fmt.Sprintf("%d %s", e.Entry, e.Reason))
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("clashes %v, want %v", got, want)
	}
	return nil
}

// composed is the row that an entry writes over what stands.
func (w *world) composed(e typedEntry, was modelRow, stands bool, day time.Time) (modelRow, ledger.State) {
	row, state := modelRow{effective: day, part: e.line.part, values: e.line.values}, ledger.RowNew
	own := e.sheet.dataset.Effective != ""
	if own {
		row.effective = e.line.day
	}
	if stands {
		row.part, row.values, state = was.part, was.values, ledger.RowChanged
		if own {
			row.effective = was.effective
		}
		for _, i := range e.which {
			row.values[i] = e.line.values[i]
		}
	}
	switch {
	case e.entry.Remove:
		row.values, row.deleted, state = was.values, true, ledger.RowRemoved
	case stands && row.values == was.values:
		state = ledger.RowUnchanged
	}
	if row.effective.After(w.today()) {
		row.effective = w.today()
	}
	return row, state
}
