package ingest

import (
	"context"
	"errors"
	"iter"
	"slices"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Commit loads a file that was read: all of it, its good rows, or nothing when an error stands in the way.
func Commit(ctx context.Context, l *ledger.Ledger, f *File, opt Options) (Outcome, error) {
	defer f.store.during(ctx)()
	if err := f.holdAgainst(ctx, l); err != nil {
		return Outcome{}, err
	}
	out := f.outcome()
	earlier, found, err := l.Loaded(ctx, f.Hash)
	if err != nil {
		return out, err
	} else if found {
		out.duplicate(earlier)
		return out, nil
	}
	out.Status = Checked
	out.Problems = append(out.Problems, f.unreplaceable(opt)...)
	if f.Blocked() && !opt.GoodRows || f.goodRows() == 0 || len(out.Problems) > len(f.Problems) {
		out.Status = Refused
	}
	if opt.DryRun || out.Status == Refused {
		comparison, err := f.compare(ctx, l, opt)
		out.Changes = comparison.Changes
		return out, err
	}
	load := f.load(ctx, l, opt)
	if load.Mappings, err = f.mapped(); err != nil {
		return out, err
	}
	batch, err := l.Load(ctx, load)
	if e := ledger.AsError(err); err != nil && e.Kind == ledger.Conflict {
		out.duplicate(batch)
		return out, nil
	}
	if err != nil {
		return out, errors.Join(err)
	}
	out.Status, out.Batch, out.Changes = Committed, &batch.ID, f.compared.Changes
	for _, counts := range [][]Count{out.Datasets, out.Beside} {
		for i := range counts {
			counts[i].Loaded = counts[i].Good
		}
	}
	return out, nil
}

// duplicate tells that the content was loaded before, and how it can be loaded in another way.
func (o *Outcome) duplicate(earlier ledger.Batch) {
	o.Status, o.Batch = Duplicate, &earlier.ID
	o.Notes = append(slices.Clone(o.Notes), newProblem(ledger.SeverityNote, "duplicate", place{}, "", "", text.T("problem.duplicate", earlier.ID)))
}

// Again is what somebody is told who brought the same content while it was loaded for somebody else.
func (o Outcome) Again() Outcome {
	if o.Status == Committed {
		o.duplicate(ledger.Batch{ID: *o.Batch})
	}
	return o
}

// outcome counts what was read.
func (f *File) outcome() Outcome {
	out := Outcome{File: f.Name, Datasets: []Count{}, Changes: []Changes{}, Problems: append([]ledger.Problem{}, f.Problems...), Notes: f.Notes}
	for _, s := range f.Sheets {
		c := Count{Name: s.Dataset.Name, Rows: s.Rows.Len(), Good: s.good()}
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

// good is how many rows no error blocks.
func (s *Sheet) good() int { return s.Rows.Len() - s.Bad.Len() }

func (f *File) goodRows() int {
	n := 0
	for _, s := range f.Sheets {
		n += s.good()
	}
	return n
}

// load hands the good rows to the ledger, with one numbering of sources over all sheets.
func (f *File) load(ctx context.Context, l *ledger.Ledger, opt Options) ledger.Load {
	load := ledger.Load{Kind: "import", By: opt.By, Mode: opt.told(), Asof: opt.Asof,
		File:     ledger.File{Name: f.Name, Hash: f.Hash, Content: f.Content},
		Problems: append(append([]ledger.Problem{}, f.Problems...), f.Notes...)}
	first := map[*Sheet]uint32{}
	for _, s := range f.Sheets {
		load.Datasets = append(load.Datasets, s.Dataset)
		first[s] = uint32(len(load.Sources))
		load.Sources = append(load.Sources, s.Sources...)
	}
	removals := map[*ledger.Dataset]uint32{}
	for _, p := range f.replacements(opt) {
		removals[p.Dataset] = uint32(len(load.Sources))
		load.Sources = append(load.Sources, ledger.Source{Dataset: p.Dataset.Name, Fields: []string{}, Columns: []string{}})
	}
	total := f.goodRows()
	if opt.Progress != nil {
		load.Progress = func(rows uint64) { opt.Progress("load", int(rows), total) }
	}
	load.Chunks = func(add func(*ledger.Chunk, uint32) error) error {
		if opt.Progress != nil {
			opt.Progress("load", 0, total) // the load's turn has come
		}
		// Nobody else writes these datasets from here on: what is compared is what is replaced.
		if _, err := f.compare(ctx, l, opt); err != nil {
			return err
		}
		for _, s := range f.Sheets {
			for c, err := range s.goodChunks() {
				if err != nil {
					return err
				}
				if err := add(c, first[s]); err != nil {
					return err
				}
			}
		}
		return nil
	}
	load.Each = func(add func(*ledger.Dataset, ledger.Row) error) error {
		for _, r := range f.compared.removals {
			r.row.Source = removals[r.dataset]
			if err := add(r.dataset, r.row); err != nil {
				return err
			}
		}
		return nil
	}
	return load
}

// goodChunks walks over the rows that no error blocks.
func (s *Sheet) goodChunks() iter.Seq2[*ledger.Chunk, error] {
	return func(yield func(*ledger.Chunk, error) bool) {
		for n := range s.Rows.chunks() {
			c, err := s.Rows.chunk(n)
			if err == nil && s.Bad.in(n) {
				c = c.Without(func(i int) bool { return s.Bad.Has(n*ledger.ChunkRows + i) })
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}
