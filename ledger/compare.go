package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// State is what a row on its way in does to the record.
type State string

// A row is new, changes what stands, or says it again.
const (
	RowNew       State = "new"
	RowChanged   State = "changed"
	RowUnchanged State = "unchanged"
)

// Incoming is a row on its way in, under the key and the day it will have.
type Incoming struct {
	Key string
	Day time.Time
	Row *Row
}

// Incoming says under which key and day a row would be written; keys is that of the whole load.
func (l *Ledger) Incoming(d *Dataset, keys *Keys, r *Row) Incoming {
	return Incoming{Key: keys.Of(d, r), Day: effectiveDay(r, Today(l.Now())), Row: r}
}

// Meeting is an incoming row beside what stands for its key on its day.
type Meeting struct {
	Index   int // of the incoming row
	State   State
	dataset *Dataset
	was     string
	now     string
}

// FieldChange is a field that a row changes: old and new as exports write them, with the marks where those differ.
type FieldChange struct {
	Field   Field
	Was     string
	Now     string
	WasMark string
	NowMark string
}

const (
	// compareChunk is how many rows are asked for at once; what is held at a time does not grow with the file.
	compareChunk = 50_000
	// compareDense is from which share of the record on (one row in so many) reading it through beats looking keys up.
	compareDense = 8
)

// Compare holds rows on their way in against the record by all that is known
// now, each at its own day; it writes nothing. Meetings come in no particular order.
func (l *Ledger) Compare(ctx context.Context, d *Dataset, rows []Incoming, each func(Meeting) error) error {
	written, err := l.Written(ctx, d)
	if err != nil {
		return err
	}
	c := comparison{ledger: l, dataset: d, rows: rows, written: written, each: each}
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	if c.written > 0 {
		// Neighbouring keys stand in the same parts of the table.
		slices.SortFunc(order, func(a, b int) int { return strings.Compare(rows[a].Key, rows[b].Key) })
	}
	for chunk := range slices.Chunk(order, compareChunk) {
		if err := c.chunk(ctx, chunk); err != nil {
			return err
		}
	}
	return nil
}

// Written counts the rows a dataset was ever given, whether they stand or not; after none there is nothing to compare with.
func (l *Ledger) Written(ctx context.Context, d *Dataset) (uint64, error) {
	var n uint64
	err := l.conn.QueryRow(ctx, "SELECT count() FROM "+d.Name).Scan(&n)
	return n, err
}

// comparison is one call of Compare.
type comparison struct {
	ledger  *Ledger
	dataset *Dataset
	rows    []Incoming
	written uint64 // rows of the dataset in the record, whether they stand or not
	each    func(Meeting) error
}

// chunk meets some rows, in the order of their keys, with what stands for them.
func (c *comparison) chunk(ctx context.Context, chunk []int) error {
	met := map[int]bool{}
	if c.written > 0 {
		var err error
		if met, err = c.standing(ctx, chunk); err != nil {
			return err
		}
	}
	for _, i := range chunk {
		if met[i] {
			continue
		}
		if err := c.each(Meeting{Index: i, State: RowNew, dataset: c.dataset}); err != nil {
			return err
		}
	}
	return nil
}

// standing meets the rows of a chunk for which something stands, and gives them.
func (c *comparison) standing(ctx context.Context, chunk []int) (map[int]bool, error) {
	at := make(map[string]int, len(chunk))
	for _, i := range chunk {
		at[c.rows[i].Key] = i
	}
	found, err := c.ask(ctx, chunk)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	met, passed := make(map[int]bool, len(chunk)), -1
	for found.Next() {
		var key, was string
		var effective time.Time
		var deleted bool
		if err := found.Scan(&key, &effective, &deleted, &was); err != nil {
			return nil, err
		}
		i, asked := at[key]
		if !asked || i == passed || effective.After(c.rows[i].Day) {
			continue
		}
		passed = i
		if deleted {
			continue
		}
		met[i] = true
		m := Meeting{Index: i, State: RowUnchanged, dataset: c.dataset, was: was, now: c.dataset.say(c.rows[i].Row)}
		if m.was != m.now {
			m.State = RowChanged
		}
		if err := c.each(m); err != nil {
			return nil, err
		}
	}
	return met, found.Err()
}

// ask reads the versions of a chunk's keys: a key's newest day first, and of a day only what stands.
func (c *comparison) ask(ctx context.Context, chunk []int) (driver.Rows, error) {
	var latest time.Time
	for _, i := range chunk {
		if c.rows[i].Day.After(latest) {
			latest = c.rows[i].Day
		}
	}
	params := c.ledger.knowingAll(latest).Params()
	which := "key BETWEEN {first:String} AND {last:String}"
	params["first"], params["last"] = c.rows[chunk[0]].Key, c.rows[chunk[len(chunk)-1]].Key
	if c.written > uint64(len(c.rows))*compareDense {
		keys := make([]string, len(chunk))
		for k, i := range chunk {
			keys[k] = c.rows[i].Key
		}
		which, params["keys"] = "key IN "+listed("keys"), bound(keys)
	}
	sql := fmt.Sprintf(`SELECT key, effective, deleted, %s FROM %s
		WHERE area = {area:String} AND %s AND effective <= {asof:Date32} AND batch IN (%s)
		ORDER BY area, key, effective DESC, batch DESC, line DESC LIMIT 1 BY key, effective`,
		c.dataset.saying(), c.dataset.Name, which, visible)
	return c.ledger.conn.Query(Bind(ctx, params), sql)
}
