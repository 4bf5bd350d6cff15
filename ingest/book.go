package ingest

import (
	"context"
	"errors"
	"log/slog"
)

// book is a file whose sheets are read one after the other, each row by row.
type book struct {
	sheets int
	// open begins to read a sheet; told is called with the rows that came.
	open func(i int, told func(rows int)) *grid
	// total is how many rows there are, 0 while that is not known.
	total func() int
	// refuse says why a sheet could not be read to its end.
	refuse func(error) *refusal
}

// errWhole is a file that has to be read into memory whole.
var errWhole = errors.New("to be read whole")

// openBook tells by its first bytes what a file is, whatever its name says. errWhole asks for openFile instead.
func openBook(ctx context.Context, name string, content []byte) (b *book, err error) {
	defer func() {
		if r := recover(); r != nil {
			b, err = nil, panicked(name, r)
		}
	}()
	if why := unreadable(name, content); why != nil {
		return nil, why
	}
	if isZip(content) {
		return openWorkbook(ctx, name, content)
	}
	return openText(ctx, name, content)
}

// wholeBook is a book of sheets that stand in memory.
func wholeBook(grids []*grid) *book {
	rows := 0
	for _, g := range grids {
		rows += len(g.rows)
	}
	return &book{sheets: len(grids), total: func() int { return rows }, refuse: func(error) *refusal { return refuse("damaged", "problem.damaged") },
		open: func(i int, told func(int)) *grid {
			told(len(grids[i].rows))
			return grids[i]
		}}
}

// openWorkbook reads what stands beside the sheets.
func openWorkbook(ctx context.Context, name string, content []byte) (*book, error) {
	p, why := openPackage(content)
	if why != nil {
		return nil, why
	}
	w := &workbook{pack: p}
	if err := w.begin(); err != nil {
		if errors.Is(err, errUnfamiliar) {
			return nil, errWhole
		}
		return nil, refuseWorkbook(ctx, err)
	}
	outlines := make([]*outline, len(w.sheets))
	for i := range outlines {
		outlines[i] = &outline{done: make(chan struct{})}
	}
	go w.glance(ctx, outlines)
	b := &book{sheets: len(w.sheets), refuse: func(err error) *refusal { return refuseWorkbook(ctx, err) }}
	b.total = func() int { return totalOf(outlines) }
	b.open = func(i int, told func(int)) *grid {
		s := w.sheets[i]
		g := &grid{name: s.name, hidden: s.hidden, date1904: w.date1904, told: told}
		g.feed = feed(ctx, name, func(emit emitRows) feedEnd { return w.feedSheet(ctx, s, emit) })
		select {
		case <-outlines[i].done:
			g.heraldMerges(outlines[i].merges)
		case <-ctx.Done():
		}
		return g
	}
	return b, nil
}

func totalOf(outlines []*outline) int {
	rows := 0
	for _, o := range outlines {
		select {
		case <-o.done:
			rows += o.rows
		default:
			return 0
		}
	}
	return rows
}

// feedSheet reads a sheet row by row.
func (w *workbook) feedSheet(ctx context.Context, s sheetPart, emit emitRows) feedEnd {
	g, err := w.scanSheet(ctx, s, emit)
	if err != nil {
		return feedEnd{err: sheetError(s, err)}
	}
	return feedEnd{merges: g.merges, hiddenCols: g.hiddenCols}
}

// whole reports that a file has to be read whole, because of what a sheet turned out to be.
func whole(err error) bool {
	for _, why := range []error{errUnfamiliar, errDisorder, errUnheralded} {
		if errors.Is(err, why) {
			slog.Info("workbook is read whole", "why", err)
			return true
		}
	}
	return false
}
