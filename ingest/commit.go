package ingest

import (
	"context"
	"errors"

	"taizhang/ledger"
)

// Commit loads a file that was read: all of it, its good rows, or nothing when an error stands in the way.
func Commit(ctx context.Context, l *ledger.Ledger, f *File, opt Options) (Outcome, error) {
	if err := f.holdAgainst(ctx, l); err != nil {
		return Outcome{}, err
	}
	out := f.outcome()
	if earlier, found, err := l.Loaded(ctx, f.Hash); err != nil {
		return out, err
	} else if found {
		out.Status, out.Batch = Duplicate, &earlier.ID
		return out, nil
	}
	if f.Blocked() && !opt.GoodRows || f.goodRows() == 0 {
		out.Status = Refused
		return out, nil
	}
	if opt.DryRun {
		out.Status = Checked
		return out, nil
	}
	batch, err := l.Load(ctx, f.load(opt))
	if e := ledger.AsError(err); err != nil && e.Kind == ledger.Conflict {
		out.Status, out.Batch = Duplicate, &batch.ID
		return out, nil
	}
	if err != nil {
		return out, errors.Join(err)
	}
	out.Status, out.Batch = Committed, &batch.ID
	for _, counts := range [][]Count{out.Datasets, out.Beside} {
		for i := range counts {
			counts[i].Loaded = counts[i].Good
		}
	}
	return out, nil
}

// outcome counts what was read.
func (f *File) outcome() Outcome {
	out := Outcome{File: f.Name, Datasets: []Count{}, Problems: f.Problems, Notes: f.Notes}
	if out.Problems == nil {
		out.Problems = []ledger.Problem{}
	}
	for _, s := range f.Sheets {
		c := Count{Name: s.Dataset.Name, Rows: len(s.Rows), Good: len(s.Rows) - len(s.Bad)}
		if s.Name != "" {
			name := s.Name
			c.Sheet = &name
		}
		if s.Beside {
			out.Beside = append(out.Beside, c)
		} else {
			out.Datasets = append(out.Datasets, c)
		}
	}
	return out
}

func (f *File) goodRows() int {
	n := 0
	for _, s := range f.Sheets {
		n += len(s.Rows) - len(s.Bad)
	}
	return n
}

// load hands the good rows to the ledger, with one numbering of sources over all sheets.
func (f *File) load(opt Options) ledger.Load {
	load := ledger.Load{Kind: "import", By: opt.By, Mode: "all", Asof: opt.Asof,
		File:     ledger.File{Name: f.Name, Hash: f.Hash, Content: f.Content},
		Problems: append(append([]ledger.Problem{}, f.Problems...), f.Notes...)}
	if opt.GoodRows {
		load.Mode = "good_rows"
	}
	first := map[*Sheet]uint32{}
	for _, s := range f.Sheets {
		first[s] = uint32(len(load.Sources))
		load.Sources = append(load.Sources, s.Sources...)
	}
	total := f.goodRows()
	if opt.Progress != nil {
		load.Progress = func(rows uint64) { opt.Progress("load", int(rows), total) }
	}
	load.Each = func(add func(*ledger.Dataset, ledger.Row) error) error {
		for _, s := range f.Sheets {
			for i, row := range s.Rows {
				if s.Bad[i] {
					continue
				}
				row.Source += first[s]
				if err := add(s.Dataset, row); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return load
}
