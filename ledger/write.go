package ledger

import (
	"context"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"

	"taizhang/internal/text"
)

// blockRows is how many rows are sent in one insert; memory does not grow with the file.
const blockRows = 65_536

// writer appends a batch's rows to the tables of their datasets.
type writer struct {
	ledger   *Ledger
	batch    uint64
	today    time.Time
	open     map[*Dataset]driver.Batch
	counts   map[string]uint64
	seen     map[*Dataset]map[string]int
	from, to *time.Time
	total    uint64
	progress func(uint64)
}

func newWriter(l *Ledger, batch uint64, progress func(uint64)) *writer {
	if progress == nil {
		progress = func(uint64) {}
	}
	return &writer{ledger: l, batch: batch, today: Today(l.Now()), open: map[*Dataset]driver.Batch{},
		counts: map[string]uint64{}, seen: map[*Dataset]map[string]int{}, progress: progress}
}

func (w *writer) writeAll(ctx context.Context, each func(add func(*Dataset, Row) error) error) error {
	if each == nil {
		return nil
	}
	if err := each(func(d *Dataset, r Row) error { return w.add(ctx, d, r) }); err != nil {
		return err
	}
	for _, batch := range w.open {
		if err := batch.Send(); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) add(ctx context.Context, d *Dataset, r Row) error {
	batch := w.open[d]
	if batch == nil {
		var err error
		if batch, err = w.ledger.conn.PrepareBatch(ctx, "INSERT INTO "+d.Name); err != nil {
			return err
		}
		w.open[d] = batch
	}
	if err := batch.Append(w.record(d, r)...); err != nil {
		return fmt.Errorf("%s line %d: %w", d.Name, w.counts[d.Name]+1, err)
	}
	w.counts[d.Name]++
	w.total++
	if batch.Rows() < blockRows {
		return nil
	}
	delete(w.open, d)
	w.ledger.opt.Step("block")
	if err := batch.Send(); err != nil {
		return err
	}
	w.progress(w.total)
	return nil
}

// record lays a row out in the order of the table's columns.
func (w *writer) record(d *Dataset, r Row) []any {
	effective := r.Effective
	if effective.IsZero() || effective.After(w.today) {
		effective = w.today
	}
	w.widen(effective)
	marks := r.Marks
	if marks == nil {
		marks = map[string]string{}
	}
	rec := append(make([]any, 0, len(d.Fields)*2+11),
		w.batch, uint32(w.counts[d.Name]), w.key(d, r), w.ledger.opt.Area, effective, r.Deleted,
		r.Source, r.SheetRow, orEmpty(r.Rows), orEmpty(r.Raw), marks)
	for i, f := range d.Fields {
		if !f.Stored() {
			continue
		}
		rec = append(rec, stored(f, r.Values[i]))
		if f.Kind == Name {
			name, _ := r.Values[i].(string)
			rec = append(rec, NameKey(name))
		}
	}
	return rec
}

// key is the row's key; two rows of one batch with the same key are both kept, told apart by a number.
func (w *writer) key(d *Dataset, r Row) string {
	key := r.Key
	if key == "" {
		key = d.KeyOf(r.Values)
	}
	seen := w.seen[d]
	if seen == nil {
		seen = map[string]int{}
		w.seen[d] = seen
	}
	seen[key]++
	if n := seen[key]; n > 1 {
		return fmt.Sprintf("%s#%d", key, n)
	}
	return key
}

func (w *writer) widen(day time.Time) {
	if w.from == nil || day.Before(*w.from) {
		w.from = &day
	}
	if w.to == nil || day.After(*w.to) {
		w.to = &day
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

// stored converts a value of a Row to what its column takes.
func stored(f Field, v any) any {
	switch f.Kind {
	case People:
		list, _ := v.([]string)
		return orEmpty(list)
	case Money, Area, Number, Percent:
		if d, ok := v.(decimal.Decimal); ok {
			return &d
		}
		return (*decimal.Decimal)(nil)
	case Count:
		if n, ok := v.(int64); ok {
			return &n
		}
		return (*int64)(nil)
	case Date, Period:
		if d, ok := v.(Day); ok {
			on := d.On(f.Edge)
			return &on
		}
		return (*time.Time)(nil)
	case Flag:
		if b, ok := v.(bool); ok {
			return &b
		}
		return (*bool)(nil)
	default:
		s, _ := v.(string)
		return s
	}
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
