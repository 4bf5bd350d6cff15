package ledger

import (
	"context"
	"fmt"
	"slices"
	"time"

	"taizhang/internal/text"
)

// blockRows is how many rows are sent in one insert, or a few more: each insert is a part of the table with files of its own,
// and what is held at a time does not grow with the file.
const blockRows = 32_768

// writer appends a batch's rows to the tables of their datasets.
type writer struct {
	ledger   *Ledger
	batch    uint64
	today    time.Time
	only     []*Dataset          // whose turn the load has; empty: of all
	adding   map[*Dataset]*Chunk // rows that came one by one
	pending  map[*Dataset]*block
	pipe     *insertPipe
	counts   map[string]uint64
	keys     *Keys
	once     onceParts
	scratch  []byte
	from, to int32
	progress func(uint64)
}

// block is what one insert sends: chunks and the keys of their rows.
type block struct {
	dataset *Dataset
	chunks  []*Chunk
	stamps  []stamp
	rows    int
}

func newWriter(l *Ledger, batch uint64, progress func(uint64)) *writer {
	if progress == nil {
		progress = func(uint64) {}
	}
	return &writer{ledger: l, batch: batch, today: Today(l.Now()), adding: map[*Dataset]*Chunk{}, pending: map[*Dataset]*block{},
		counts: map[string]uint64{}, keys: NewKeys(), once: onceParts{}, from: noDay, to: noDay, progress: progress}
}

// writeAll takes chunks first, rows second, and waits until all of it is stored; when a load has failed nothing is on its way any more.
func (w *writer) writeAll(ctx context.Context, load *Load) error {
	w.pipe = newInsertPipe(ctx, w.ledger.conn, w.progress)
	err := w.takeAll(load)
	if err == nil {
		err = w.flush()
	}
	return w.pipe.close(err)
}

func (w *writer) takeAll(load *Load) error {
	if load.Chunks != nil {
		if err := load.Chunks(w.addChunk); err != nil {
			return err
		}
	}
	if load.Each == nil {
		return nil
	}
	return load.Each(w.add)
}

func (w *writer) flush() error {
	for _, d := range All {
		if c := w.adding[d]; c != nil && c.Len() > 0 {
			if err := w.addChunk(c, 0); err != nil {
				return err
			}
		}
		if b := w.pending[d]; b != nil && b.rows > 0 {
			if err := w.pipe.insert(b); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) add(d *Dataset, r Row) error {
	c := w.adding[d]
	if c == nil {
		c = NewChunk(d)
		w.adding[d] = c
	}
	c.Add(&r)
	if c.Len() < ChunkRows {
		return w.pipe.failed()
	}
	delete(w.adding, d)
	return w.addChunk(c, 0)
}

// addChunk numbers the rows of a chunk and gives them their keys; small chunks are sent together.
func (w *writer) addChunk(c *Chunk, sources uint32) error {
	if c.Len() == 0 {
		return w.pipe.failed()
	}
	if len(w.only) > 0 && !slices.Contains(w.only, c.Dataset) {
		return fmt.Errorf("the load did not say that it writes %s", c.Dataset.Name)
	}
	if err := w.once.noteChunk(c); err != nil {
		return err
	}
	b := w.pending[c.Dataset]
	if b == nil {
		b = &block{dataset: c.Dataset}
		w.pending[c.Dataset] = b
	}
	today := dayNumber(w.today)
	s := stamp{batch: w.batch, area: w.ledger.area, firstLine: uint32(w.counts[c.Dataset.Name]), sources: sources, today: today}
	s.keys, w.scratch = w.keys.ofChunk(c, w.scratch)
	w.widen(c, today)
	b.chunks, b.stamps, b.rows = append(b.chunks, c), append(b.stamps, s), b.rows+c.Len()
	w.counts[c.Dataset.Name] += uint64(c.Len())
	if b.rows < blockRows {
		return w.pipe.failed()
	}
	delete(w.pending, c.Dataset)
	w.ledger.opt.Step("block")
	return w.pipe.insert(b)
}

// widen takes the days of a chunk into those of the batch.
func (w *writer) widen(c *Chunk, today int32) {
	for _, day := range c.effective {
		if day == noDay || day > today {
			day = today
		}
		if w.from == noDay || day < w.from {
			w.from = day
		}
		w.to = max(w.to, day)
	}
}

// days are the first and the last day that rows of the batch speak of; nil when it has none.
func (w *writer) days() (from, to *time.Time) {
	if w.from == noDay {
		return nil, nil
	}
	first, last := dayOfNumber(w.from), dayOfNumber(w.to)
	return &first, &last
}

// verify counts what stands in the tables before the batch is made visible.
func (w *writer) verify(ctx context.Context) error {
	for name, want := range w.counts {
		var got uint64
		ctx := Bind(ctx, Params{"batch": fmt.Sprint(w.batch)})
		if err := w.ledger.conn.QueryRow(ctx, "SELECT count() FROM "+name+" WHERE batch = {batch:UInt64}").Scan(&got); err != nil {
			return err
		}
		if got != want {
			return Fail(Internal, text.T("error.rows_lost", name, want, got))
		}
	}
	return nil
}
