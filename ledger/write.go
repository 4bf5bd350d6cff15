package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"taizhang/internal/text"
)

// blockRows is how many rows are sent in one insert; memory does not grow with the file.
const blockRows = 16_384

// writer appends a batch's rows to the tables of their datasets.
type writer struct {
	ledger   *Ledger
	batch    uint64
	today    time.Time
	open     map[*Dataset]*lane
	only     []*Dataset // whose turn the load has; empty: of all
	sent     chan error // of the one block on its way; nil when there is none
	counts   map[string]uint64
	keys     *Keys
	once     onceParts
	from, to *time.Time
	total    uint64
	progress func(uint64)
}

// lane is a dataset's block being filled and the one before it, which may be on its way.
type lane struct{ filling, before *block }

func newWriter(l *Ledger, batch uint64, progress func(uint64)) *writer {
	if progress == nil {
		progress = func(uint64) {}
	}
	return &writer{ledger: l, batch: batch, today: Today(l.Now()), open: map[*Dataset]*lane{},
		counts: map[string]uint64{}, keys: NewKeys(), once: onceParts{}, progress: progress}
}

func (w *writer) writeAll(ctx context.Context, each func(add func(*Dataset, Row) error) error) (err error) {
	if each == nil {
		return nil
	}
	// Nothing may be on its way any more when a load has failed.
	defer func() { err = errors.Join(err, w.wait()) }()
	if err := each(func(d *Dataset, r Row) error { return w.add(ctx, d, r) }); err != nil {
		return err
	}
	for _, d := range All {
		if on := w.open[d]; on != nil && on.filling.rows > 0 {
			if err := w.send(ctx, d, on); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) add(ctx context.Context, d *Dataset, r Row) error {
	if err := w.once.note(d, &r); err != nil {
		return err
	}
	on := w.open[d]
	if on == nil {
		if len(w.only) > 0 && !slices.Contains(w.only, d) {
			return fmt.Errorf("the load did not say that it writes %s", d.Name)
		}
		on = &lane{newBlock(d), newBlock(d)}
		w.open[d] = on
	}
	effective := effectiveDay(&r, w.today)
	w.widen(effective)
	on.filling.add(place{w.batch, uint32(w.counts[d.Name]), w.keys.Of(d, &r), w.ledger.opt.Area, effective}, r)
	w.counts[d.Name]++
	w.total++
	if on.filling.rows < blockRows {
		return nil
	}
	w.ledger.opt.Step("block")
	if err := w.send(ctx, d, on); err != nil {
		return err
	}
	w.progress(w.total)
	return nil
}

// send stores a block while the next one is being filled; one at a time is on its way.
func (w *writer) send(ctx context.Context, d *Dataset, on *lane) error {
	if err := w.wait(); err != nil {
		return err
	}
	on.filling, on.before = on.before, on.filling
	w.sent = make(chan error, 1)
	go func(b *block, sent chan<- error) { sent <- w.ledger.store(ctx, d, b) }(on.before, w.sent)
	return nil
}

// store inserts a block and empties it.
func (l *Ledger) store(ctx context.Context, d *Dataset, b *block) error {
	// By name: a table that was upgraded may hold columns this program no longer declares.
	names := make([]string, 0, len(d.Fields)+len(systemColumns))
	for _, c := range d.columns() {
		if name, _, _ := strings.Cut(c, " "); !strings.Contains(c, computed) {
			names = append(names, name)
		}
	}
	batch, err := l.conn.PrepareBatch(ctx, fmt.Sprintf("INSERT INTO %s (%s)", d.Name, strings.Join(names, ", ")))
	if err != nil {
		return err
	}
	if err := b.moveTo(batch); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", d.Name, err), batch.Abort())
	}
	return batch.Send()
}

// wait is until the block on its way is stored.
func (w *writer) wait() error {
	if w.sent == nil {
		return nil
	}
	err := <-w.sent
	w.sent = nil
	return err
}

func (w *writer) widen(day time.Time) {
	if w.from == nil || day.Before(*w.from) {
		first := day
		w.from = &first
	}
	if w.to == nil || day.After(*w.to) {
		last := day
		w.to = &last
	}
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
