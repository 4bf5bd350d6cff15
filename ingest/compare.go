package ingest

import (
	"context"
	"slices"
	"time"

	"taizhang/ledger"
)

// Changes count what a file changes in a dataset of the record; removed rows stand in it and not in the file.
type Changes struct {
	Dataset   string         `json:"dataset"`
	New       int            `json:"new"`
	Changed   int            `json:"changed"`
	Unchanged int            `json:"unchanged"`
	Removed   int            `json:"removed"`
	Sheets    []SheetChanges `json:"sheets"`
}

// SheetChanges count what one sheet changes. Sheet is null for CSV.
type SheetChanges struct {
	Sheet     *string `json:"sheet"`
	New       int     `json:"new"`
	Changed   int     `json:"changed"`
	Unchanged int     `json:"unchanged"`
}

// RowChange is one row that a file changes or removes.
type RowChange struct {
	Dataset   string          `json:"dataset"`
	Sheet     ledger.Optional `json:"sheet"`
	Row       uint32          `json:"row,omitempty"` // on the sheet; none for a removal
	Key       string          `json:"key"`
	Name      string          `json:"name"` // what the row is about
	Effective time.Time       `json:"effective"`
	Fields    []FieldChange   `json:"fields,omitempty"` // of a changed row
}

// FieldChange is a value old and new, as exports write them, and the cell it was read from.
type FieldChange struct {
	Field   string          `json:"field"`
	Was     ledger.Optional `json:"was"`
	Now     ledger.Optional `json:"now"`
	WasMark string          `json:"was_mark,omitempty"` // precision or qualifier, where it changes
	NowMark string          `json:"now_mark,omitempty"`
	Cell    ledger.Optional `json:"cell"`
}

// Comparison is what a file changes in the record. Changed and Removed name the first rows; Changes counts all.
type Comparison struct {
	Changes  []Changes   `json:"changes"`
	Changed  []RowChange `json:"changed"`
	Removed  []RowChange `json:"removed"`
	removals []removal
}

// removal is a row that takes one out of the record.
type removal struct {
	dataset *ledger.Dataset
	row     ledger.Row
}

// listedChanges is how many changed rows, and how many removed ones, a comparison names.
const listedChanges = 500

// Comparison is what Commit last found the file to change, in a dry run too; nil when it was not compared.
func (f *File) Comparison() *Comparison { return f.compared }

// compare holds the rows without errors against the record as it stands.
func (f *File) compare(ctx context.Context, l *ledger.Ledger, opt Options) (*Comparison, error) {
	c := &Comparison{Changes: []Changes{}, Changed: []RowChange{}, Removed: []RowChange{}}
	f.compared = c
	replacements := f.replacements(opt)
	done, total := 0, f.goodRows()
	checked := func(rows int) {
		if done += rows; opt.Progress != nil {
			opt.Progress("check", done, total)
		}
	}
	for _, d := range ledger.All {
		if !slices.ContainsFunc(f.Sheets, func(s *Sheet) bool { return s.Dataset == d }) {
			continue
		}
		written, err := l.Written(ctx, d)
		if err != nil {
			return c, err
		}
		of := newDatasetComparison(f, d, checked)
		if written == 0 {
			of.allNew()
		} else if err := of.meet(ctx, l); err != nil {
			return c, err
		}
		at := slices.IndexFunc(replacements, func(p ledger.Replacement) bool { return p.Dataset == d })
		if at >= 0 && written > 0 {
			if of.counts.Removed, err = c.remove(ctx, l, replacements[at], of.lists); err != nil {
				return c, err
			}
		}
		c.Changes, c.Changed = append(c.Changes, of.total()), append(c.Changed, of.first()...)
	}
	c.Changed = c.Changed[:min(len(c.Changed), listedChanges)]
	return c, nil
}

// remove collects the removals of one dataset.
func (c *Comparison) remove(ctx context.Context, l *ledger.Ledger, p ledger.Replacement, lists func(key string) bool) (int, error) {
	p.Kept = lists
	before := len(c.removals)
	err := l.Removals(ctx, p, func(r ledger.Row) error {
		c.removals = append(c.removals, removal{p.Dataset, r})
		if len(c.Removed) < listedChanges {
			c.Removed = append(c.Removed, RowChange{Dataset: p.Dataset.Name, Key: r.Key, Name: subject(p.Dataset, &r), Effective: r.Effective})
		}
		return nil
	})
	return len(c.removals) - before, err
}

func subject(d *ledger.Dataset, r *ledger.Row) string {
	return ledger.Plain(r.Values[d.Index(d.Subject)])
}
