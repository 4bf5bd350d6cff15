package ingest

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// rowFeed reads a sheet on another processor, a batch of rows at a time, and
// waits when what it read is not wanted yet.
type rowFeed struct {
	ctx     context.Context
	batches chan []gridRow
	quit    chan struct{} // closed when nobody wants more
	end     feedEnd       // once batches is closed
}

// feedEnd is what is known when a sheet was read to its end.
type feedEnd struct {
	merges     []area
	hiddenCols []int
	err        error
}

const (
	feedCells = 4096 // cells of a batch, and a row more
	feedAhead = 96   // batches read ahead
)

var (
	// errDisorder is a sheet whose rows come out of order: it has to be read whole.
	errDisorder = errors.New("rows out of order")
	// errUnheralded is a sheet that holds other merged cells than its end seemed to say: it has to be read whole.
	errUnheralded = errors.New("merged cells that were not seen before")
	errUnwanted   = errors.New("nobody reads on")
)

// emitRows hands on rows in order; their cells are not changed afterwards.
type emitRows func(rows []gridRow) error

// rowBatch gathers rows until there are enough to hand on.
type rowBatch struct {
	emit  emitRows
	rows  []gridRow
	cells int
}

func (b *rowBatch) add(r gridRow) error {
	b.rows = append(b.rows, r)
	if b.cells += len(r.cells); b.cells < feedCells {
		return nil
	}
	return b.flush()
}

func (b *rowBatch) flush() error {
	if len(b.rows) == 0 {
		return nil
	}
	rows := b.rows
	b.rows, b.cells = make([]gridRow, 0, len(rows)+8), 0
	return b.emit(rows)
}

// feed starts to read: produce hands on every row and says what it knows in the end.
func feed(ctx context.Context, name string, produce func(emit emitRows) feedEnd) *rowFeed {
	f := &rowFeed{ctx: ctx, batches: make(chan []gridRow, feedAhead), quit: make(chan struct{})}
	go func() {
		defer close(f.batches)
		defer func() {
			if r := recover(); r != nil {
				f.end = feedEnd{err: panicked(name, r)}
			}
		}()
		f.end = produce(f.emit)
	}()
	return f
}

func (f *rowFeed) emit(rows []gridRow) error {
	select {
	case f.batches <- rows:
		return nil
	case <-f.ctx.Done():
		return f.ctx.Err()
	case <-f.quit:
		return errUnwanted
	}
}

// next gives the next batch; none when the sheet ends or the reading is cancelled.
func (f *rowFeed) next() []gridRow {
	if f.ctx.Err() != nil {
		return nil
	}
	return <-f.batches
}

// stop ends the reading and waits for it.
func (f *rowFeed) stop() {
	close(f.quit)
	for range f.batches {
	}
}

// more brings rows from the feed to hand and lets those go that are not needed any more; false at the end.
func (g *grid) more() bool {
	if g.feed == nil {
		return false
	}
	batch := g.feed.next()
	if batch == nil {
		g.finish()
		return false
	}
	for i := range batch {
		g.note(&batch[i])
	}
	kept := g.rows[g.indexOf(g.needed):]
	if g.hint = 0; len(kept) == 0 {
		g.rows = batch
	} else {
		g.rows = append(slices.Clip(kept), batch...)
	}
	if g.read += len(batch); g.told != nil {
		g.told(len(batch))
	}
	return true
}

// note keeps of a row what is asked for when it is gone.
func (g *grid) note(r *gridRow) {
	if r.hidden {
		g.hiddenRows = append(g.hiddenRows, r.no)
	}
	cols := g.origins[r.no]
	if len(cols) == 0 {
		return
	}
	kept := gridRow{no: r.no}
	for _, col := range cols {
		if c := r.at(col); c != nil {
			kept.cells = append(kept.cells, c.clone())
		}
	}
	kept.cells = inOrder(kept.cells)
	g.upper[r.no] = kept
}

// heraldMerges takes the merges in that the sheet will have.
func (g *grid) heraldMerges(merges []area) {
	g.merges, g.origins, g.upper = merges, map[uint32][]int{}, map[uint32]gridRow{}
	for _, m := range merges {
		if m.bottom > m.top {
			g.origins[m.top] = append(g.origins[m.top], m.left)
		}
	}
}

// finish takes in what is known at the end of the feed.
func (g *grid) finish() {
	f := g.feed
	g.feed = nil
	if g.err = f.ctx.Err(); g.err != nil {
		f.stop()
		return
	}
	g.err, g.hiddenCols = f.end.err, f.end.hiddenCols
	if g.err == nil && !slices.Equal(f.end.merges, g.merges) {
		g.err = errUnheralded
	}
}

// drain reads what nobody looked at, to its end: a sheet that is damaged there is damaged.
func (g *grid) drain() error {
	for g.feed != nil {
		g.needed = maxRows + 1
		g.more()
	}
	return g.err
}

// abandon stops a feed that is not at its end.
func (g *grid) abandon() {
	if g.feed != nil {
		g.feed.stop()
		g.feed = nil
	}
}

func (c *cell) clone() cell { return cell{col: c.col, kind: c.kind, text: strings.Clone(c.text)} }

// clone is a row that holds on to nothing of the sheet.
func (r *gridRow) clone() *gridRow {
	kept := &gridRow{no: r.no, hidden: r.hidden, cells: make([]cell, len(r.cells))}
	for i := range r.cells {
		kept.cells[i] = r.cells[i].clone()
	}
	return kept
}
