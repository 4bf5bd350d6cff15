package ingest

import (
	"cmp"
	"context"
	"slices"

	"taizhang/ledger"
)

// datasetComparison holds the rows of one dataset, from all sheets, against the record.
type datasetComparison struct {
	dataset *ledger.Dataset
	sheets  []*Sheet
	counts  Changes
	// Keys of the rows that would be loaded, and of those an error blocks: the file lists both.
	keys, bad *ledger.Keys
	rows      []ledger.Incoming
	at        []rowPlace
	changed   []changedRow
}

// rowPlace says which row of which sheet an incoming row is.
type rowPlace struct{ sheet, row int }

type changedRow struct {
	index  int
	fields []ledger.FieldChange
}

func newDatasetComparison(f *File, d *ledger.Dataset) *datasetComparison {
	c := &datasetComparison{dataset: d, counts: Changes{Dataset: d.Name, Sheets: []SheetChanges{}}, keys: ledger.NewKeys(), bad: ledger.NewKeys()}
	for _, s := range f.Sheets {
		if s.Dataset != d {
			continue
		}
		one := SheetChanges{}
		if s.Name != "" {
			one.Sheet = &s.Name
		}
		c.sheets, c.counts.Sheets = append(c.sheets, s), append(c.counts.Sheets, one)
	}
	return c
}

// allNew counts without looking: the dataset is empty.
func (c *datasetComparison) allNew() {
	for i, s := range c.sheets {
		c.counts.Sheets[i].New = s.good()
	}
}

// meet gives the rows their keys, as the writer will, and holds them against the record.
func (c *datasetComparison) meet(ctx context.Context, l *ledger.Ledger) error {
	for n, s := range c.sheets {
		for i, row := range s.Rows.All() {
			if s.Bad.Has(i) {
				c.bad.Of(c.dataset, &row)
				continue
			}
			c.rows = append(c.rows, l.Incoming(c.dataset, c.keys, &row))
			c.at = append(c.at, rowPlace{n, i})
		}
	}
	return l.Compare(ctx, c.dataset, c.rows, func(m ledger.Meeting) error {
		count := &c.counts.Sheets[c.at[m.Index].sheet]
		switch m.State {
		case ledger.RowNew:
			count.New++
		case ledger.RowUnchanged:
			count.Unchanged++
		default:
			count.Changed++
			c.note(m)
		}
		return nil
	})
}

// note keeps the changed rows that stand first in the file; meetings come in the order of keys.
func (c *datasetComparison) note(m ledger.Meeting) {
	c.changed = append(c.changed, changedRow{m.Index, m.Fields()})
	if len(c.changed) >= 4*listedChanges {
		c.cut()
	}
}

func (c *datasetComparison) cut() {
	slices.SortFunc(c.changed, func(a, b changedRow) int { return cmp.Compare(a.index, b.index) })
	c.changed = c.changed[:min(len(c.changed), listedChanges)]
}

// lists reports whether the file lists a key. A row that an error blocks is in
// the file too: what stands for it is not taken away.
func (c *datasetComparison) lists(key string) bool {
	return c.keys.Has(c.dataset, key) || c.bad.HasAny(c.dataset, key)
}

// total adds the sheets up.
func (c *datasetComparison) total() Changes {
	for _, s := range c.counts.Sheets {
		c.counts.New += s.New
		c.counts.Changed += s.Changed
		c.counts.Unchanged += s.Unchanged
	}
	return c.counts
}

// first describes the changed rows that stand first in the file.
func (c *datasetComparison) first() []RowChange {
	c.cut()
	list := make([]RowChange, 0, len(c.changed))
	for _, changed := range c.changed {
		at, in := c.at[changed.index], c.rows[changed.index]
		s := c.sheets[at.sheet]
		one := RowChange{Dataset: c.dataset.Name, Sheet: ledger.Optional(s.Name), Row: in.Row.SheetRow, Key: in.Key,
			Name: subject(c.dataset, in.Row), Effective: in.Day}
		for _, f := range changed.fields {
			one.Fields = append(one.Fields, FieldChange{Field: f.Field.Name, Was: ledger.Optional(f.Was), Now: ledger.Optional(f.Now),
				WasMark: f.WasMark, NowMark: f.NowMark, Cell: ledger.Optional(s.Cell(at.row, f.Field.Name))})
		}
		list = append(list, one)
	}
	return list
}
