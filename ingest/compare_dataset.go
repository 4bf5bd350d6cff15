package ingest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"taizhang/ledger"
)

// datasetComparison holds the rows of one dataset, from all sheets, against the record.
type datasetComparison struct {
	dataset *ledger.Dataset
	sheets  []*Sheet
	counts  Changes
	// Keys of the rows that would be loaded, and of those an error blocks: the file lists both.
	keys, bad *ledger.Keys
	// The portion of rows being held against the record, and where they stand.
	rows    []ledger.Incoming
	at      []rowPlace
	changed []changedRow
	checked func(rows int)
}

// comparedAtOnce is how many rows are held against the record at once: what is in memory does not grow with the file.
const comparedAtOnce = 2 * ledger.ChunkRows

// rowPlace says which row of which sheet an incoming row is.
type rowPlace struct{ sheet, row int }

// changedRow is a row that changes what stands.
type changedRow struct {
	at     rowPlace
	key    string
	day    time.Time
	fields []ledger.FieldChange
}

func newDatasetComparison(f *File, d *ledger.Dataset, checked func(rows int)) *datasetComparison {
	c := &datasetComparison{dataset: d, checked: checked, counts: Changes{Dataset: d.Name, Sheets: []SheetChanges{}}, keys: ledger.NewKeys(), bad: ledger.NewKeys()}
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
		c.checked(s.good())
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
			if len(c.rows) < comparedAtOnce {
				continue
			}
			if err := c.meetPortion(ctx, l); err != nil {
				return err
			}
		}
	}
	return c.meetPortion(ctx, l)
}

func (c *datasetComparison) meetPortion(ctx context.Context, l *ledger.Ledger) error {
	if len(c.rows) == 0 {
		return ctx.Err()
	}
	err := l.Compare(ctx, c.dataset, c.rows, func(m ledger.Meeting) error {
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
	c.checked(len(c.rows))
	clear(c.rows)
	c.rows, c.at = c.rows[:0], c.at[:0]
	return err
}

// note keeps the changed rows that stand first in the file; meetings come in the order of keys.
func (c *datasetComparison) note(m ledger.Meeting) {
	in := c.rows[m.Index]
	c.changed = append(c.changed, changedRow{c.at[m.Index], in.Key, in.Day, m.Fields()})
	if len(c.changed) >= 4*listedChanges {
		c.cut()
	}
}

func (c *datasetComparison) cut() {
	slices.SortFunc(c.changed, func(a, b changedRow) int {
		return cmp.Or(cmp.Compare(a.at.sheet, b.at.sheet), cmp.Compare(a.at.row, b.at.row))
	})
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
		s := c.sheets[changed.at.sheet]
		row := s.Rows.Row(changed.at.row)
		one := RowChange{Dataset: c.dataset.Name, Sheet: ledger.Optional(s.Name), Row: row.SheetRow, Key: changed.key,
			Name: subject(c.dataset, &row), Effective: changed.day}
		for _, f := range changed.fields {
			one.Fields = append(one.Fields, FieldChange{Field: f.Field.Name, Was: ledger.Optional(f.Was), Now: ledger.Optional(f.Now),
				WasMark: f.WasMark, NowMark: f.NowMark, Cell: ledger.Optional(s.Cell(changed.at.row, f.Field.Name))})
		}
		list = append(list, one)
	}
	return list
}
