package ledger

import (
	"context"
	"strconv"
	"time"

	"taizhang/internal/text"
)

// Batch is one import or one form save as the history shows it.
type Batch struct {
	ID            uint64            `json:"batch"`
	Area          string            `json:"area"` // the sub-district it was brought for
	Kind          string            `json:"kind"` // import or form
	File          string            `json:"file"`
	Hash          string            `json:"hash"`
	Size          uint64            `json:"size"`
	By            string            `json:"by"`
	Mode          string            `json:"mode"`
	Comment       string            `json:"comment,omitempty"` // why it was saved
	Rows          map[string]uint64 `json:"rows"`
	Asof          *time.Time        `json:"asof"`
	EffectiveFrom *time.Time        `json:"effective_from"`
	EffectiveTo   *time.Time        `json:"effective_to"`
	CommittedAt   time.Time         `json:"committed_at"`
	UndoneAt      *time.Time        `json:"undone_at"`
	UndoneBy      string            `json:"undone_by"`
	Reason        string            `json:"reason"`
}

// Total is how many rows the batch brought.
func (b Batch) Total() uint64 {
	var n uint64
	for _, rows := range b.Rows {
		n += rows
	}
	return n
}

// event is one row of the table batches.
type event struct {
	batch    uint64
	name     string // open, commit, undo
	area     string
	by       string
	load     *Load
	rows     map[string]uint64
	from, to *time.Time
	reason   string
}

// writeEvent appends one event in one block: the only thing that makes a batch
// visible or hides it. Its record time is later than that of every event
// before it: the caller holds Ledger.event.
func (l *Ledger) writeEvent(ctx context.Context, e event) error {
	at, err := l.moment(ctx)
	if err != nil {
		return err
	}
	batch, err := l.conn.PrepareBatch(ctx, "INSERT INTO batches")
	if err != nil {
		return err
	}
	load := e.load
	if load == nil {
		load = &Load{}
	}
	rows := e.rows
	if rows == nil {
		rows = map[string]uint64{}
	}
	err = batch.Append(e.batch, e.name, at.UTC(), e.by, load.Kind, load.File.Name, load.File.Hash, uint64(len(load.File.Content)),
		load.Asof, load.Mode, rows, e.from, e.to, e.reason, e.area)
	if err != nil {
		return err
	}
	// Also after a failure: the engine may have stored what it could not acknowledge.
	defer l.version.forget()
	if err := batch.Send(); err != nil && !l.stored(ctx, e) {
		return err
	}
	return nil
}

// stored reports that an event stands although its answer was lost: a person is told what is, not what a cut line looks like. An event
// that is not there yet, of a statement that may go on without us, is a failure; whoever tries again then is told what stands.
func (l *Ledger) stored(ctx context.Context, e event) bool {
	var n uint64
	err := patiently(ctx, func() error {
		return l.conn.QueryRow(Bind(ctx, Params{"batch": strconv.FormatUint(e.batch, 10), "event": e.name}),
			"SELECT count() FROM batches WHERE batch = {batch:UInt64} AND event = {event:String}").Scan(&n)
	})
	return err == nil && n > 0
}

// askAgain is how long after a lost answer the record is asked what stands, again and again while nobody answers.
var askAgain = []time.Duration{0, 200 * time.Millisecond, time.Second, 3 * time.Second}

// patiently asks until there is an answer, for some seconds.
func patiently(ctx context.Context, ask func() error) (err error) {
	for _, pause := range askAgain {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
		if err = ask(); err == nil {
			return nil
		}
	}
	return err
}

// moment is the record time of the next event: now, but never before the last event.
func (l *Ledger) moment(ctx context.Context) (time.Time, error) {
	var last time.Time
	if err := l.conn.QueryRow(ctx, "SELECT max(at) FROM batches").Scan(&last); err != nil {
		return time.Time{}, err
	}
	now := l.Now().UTC().Truncate(time.Millisecond)
	if !now.After(last) {
		return last.Add(time.Millisecond), nil
	}
	return now, nil
}

const batchColumns = `SELECT batch, anyIf(kind, event = 'commit'), anyIf(file, event = 'commit'),
	anyIf(hash, event = 'commit'), anyIf(size, event = 'commit'), anyIf(by, event = 'commit'),
	anyIf(mode, event = 'commit'), anyIf(rows, event = 'commit'), anyIf(asof, event = 'commit'),
	anyIf(effective_from, event = 'commit'), anyIf(effective_to, event = 'commit'),
	maxIf(at, event = 'commit') AS committed_at, if(countIf(event = 'undo') > 0, maxIf(at, event = 'undo'), NULL) AS undone_at,
	anyIf(by, event = 'undo') AS undone_by, anyIf(reason, event = 'undo'), anyIf(reason, event = 'commit'), max(area) AS of
FROM batches WHERE at <= {known:DateTime64(3,'UTC')} GROUP BY batch HAVING countIf(event = 'commit') > 0`

// History lists the sub-district's committed batches known at a moment, newest first, undone ones included.
func (l *Ledger) History(ctx context.Context, known time.Time) ([]Batch, error) {
	rows, err := l.conn.Query(Bind(ctx, l.ClockAt(time.Time{}, known).Params()), batchColumns+" AND of = {area:String} ORDER BY batch DESC")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []Batch{}
	for rows.Next() {
		var b Batch
		if err := rows.Scan(&b.ID, &b.Kind, &b.File, &b.Hash, &b.Size, &b.By, &b.Mode, &b.Rows, &b.Asof,
			&b.EffectiveFrom, &b.EffectiveTo, &b.CommittedAt, &b.UndoneAt, &b.UndoneBy, &b.Reason, &b.Comment, &b.Area); err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	return list, rows.Err()
}

// batches gives the sub-district's committed batches by their numbers.
func (l *Ledger) batches(ctx context.Context) (map[uint64]Batch, error) {
	history, err := l.History(ctx, endOfTime)
	if err != nil {
		return nil, err
	}
	byID := make(map[uint64]Batch, len(history))
	for _, b := range history {
		byID[b.ID] = b
	}
	return byID, nil
}

// Batch gives one batch by its number.
func (l *Ledger) Batch(ctx context.Context, id uint64) (Batch, error) {
	byID, err := l.batches(ctx)
	if err != nil {
		return Batch{}, err
	}
	b, ok := byID[id]
	if !ok {
		return Batch{}, l.batchElsewhere(ctx, id)
	}
	return b, nil
}

// Loaded finds the visible batch that brought a file with the same content.
func (l *Ledger) Loaded(ctx context.Context, hash string) (Batch, bool, error) {
	list, err := l.History(ctx, endOfTime)
	if err != nil {
		return Batch{}, false, err
	}
	for _, b := range list {
		if b.Hash == hash && hash != "" && b.UndoneAt == nil {
			return b, true, nil
		}
	}
	return Batch{}, false, nil
}

// Undo hides a batch from now on by one more row; what was loaded later stays as it is. It waits for loads of the batch's datasets, which were compared with it.
func (l *Ledger) Undo(ctx context.Context, id uint64, by, reason string) error {
	b, err := l.Batch(ctx, id)
	if err != nil {
		return err
	}
	leave, err := l.turns.take(ctx, b.turns())
	if err != nil {
		return err
	}
	defer leave()
	if b, err = l.Batch(ctx, id); err != nil {
		return err
	}
	if b.UndoneAt != nil {
		return Fail(Conflict, text.T("error.batch_undone", id))
	}
	l.event.Lock()
	defer l.event.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	return l.writeEvent(context.WithoutCancel(ctx), event{batch: id, name: "undo", area: b.Area, by: by, reason: reason})
}

// turns names the batch, for two may undo it at once, its content, and the datasets whose rows it brought.
func (b Batch) turns() []string {
	names := []string{"batch " + strconv.FormatUint(b.ID, 10)}
	if b.Hash != "" {
		names = append(names, "content "+b.Hash)
	}
	for name, rows := range b.Rows {
		if rows > 0 {
			names = append(names, "dataset "+name)
		}
	}
	return names
}
