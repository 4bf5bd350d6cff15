package ledger

import (
	"context"
	"fmt"
	"time"
)

// What happens to a mapping. One is remembered from the commit of a batch it
// was made for, whatever becomes of that batch, until it is forgotten or made anew.
const (
	MappingMade      = "made"      // by a person, for a batch
	MappingUsed      = "used"      // for a batch, made earlier or for this file alone
	MappingForgotten = "forgotten" // by a person
)

// mappingsTable holds how persons mapped tables by hand, one row an event; Mapping is the reader's own JSON.
const mappingsTable = `CREATE TABLE IF NOT EXISTS mappings (
	no UInt64, batch UInt64, event LowCardinality(String), at DateTime64(3, 'UTC'), by String, shape String,
	dataset LowCardinality(String), sheet String, mapping String
) ENGINE = MergeTree ORDER BY (shape, no)` + durable

// Mapped is one event of a mapping.
type Mapped struct {
	Shape   string    `json:"shape"` // names tables with the same headers; empty when it can serve no other table
	Event   string    `json:"-"`
	Batch   uint64    `json:"batch"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Dataset string    `json:"dataset"`
	Sheet   string    `json:"sheet"`
	Mapping string    `json:"mapping"`
	Used    uint64    `json:"used"` // how many batches were read by it after the one it was made for
}

// writeMappings appends events in one block.
func (l *Ledger) writeMappings(ctx context.Context, list []Mapped) error {
	if len(list) == 0 {
		return nil
	}
	// Numbers and times are given out one at a time, as those of batches.
	l.event.Lock()
	defer l.event.Unlock()
	var no uint64
	if err := l.conn.QueryRow(ctx, "SELECT toUInt64(max(no) + 1) FROM mappings").Scan(&no); err != nil {
		return err
	}
	at, err := l.moment(ctx)
	if err != nil {
		return err
	}
	batch, err := l.conn.PrepareBatch(ctx, "INSERT INTO mappings")
	if err != nil {
		return err
	}
	for i, m := range list {
		if err := batch.Append(no+uint64(i), m.Batch, m.Event, at, m.By, m.Shape, m.Dataset, m.Sheet, m.Mapping); err != nil {
			return err
		}
	}
	return batch.Send()
}

// loadMappings writes those a batch was read by; they count once the batch is committed.
func (l *Ledger) loadMappings(ctx context.Context, id uint64, load *Load) error {
	for i := range load.Mappings {
		load.Mappings[i].Batch, load.Mappings[i].By = id, load.By
	}
	return l.writeMappings(ctx, load.Mappings)
}

// ForgetMapping keeps a mapping from being used for the next file, by one more row.
func (l *Ledger) ForgetMapping(ctx context.Context, shape, by string) error {
	return l.writeMappings(ctx, []Mapped{{Shape: shape, Event: MappingForgotten, By: by}})
}

// Mappings lists what is remembered, the newest first.
func (l *Ledger) Mappings(ctx context.Context) ([]Mapped, error) {
	return l.mapped(ctx, `SELECT shape, argMaxIf(event, no, event != 'used') AS last, argMaxIf(batch, no, event != 'used'),
			argMaxIf(by, no, event != 'used'), argMaxIf(at, no, event != 'used'), argMaxIf(dataset, no, event != 'used'),
			argMaxIf(sheet, no, event != 'used'), argMaxIf(mapping, no, event != 'used'), countIf(event = 'used')
		FROM mappings WHERE shape != '' AND (event = 'forgotten' OR batch IN (SELECT batch FROM batches WHERE event = 'commit'))
		GROUP BY shape HAVING last = 'made' ORDER BY maxIf(no, event != 'used') DESC`)
}

// MappingsOf lists those a batch was read by.
func (l *Ledger) MappingsOf(ctx context.Context, batch uint64) ([]Mapped, error) {
	return l.mapped(Bind(ctx, Params{"batch": fmt.Sprint(batch)}),
		"SELECT shape, event, batch, by, at, dataset, sheet, mapping, toUInt64(0) FROM mappings WHERE batch = {batch:UInt64} ORDER BY no")
}

func (l *Ledger) mapped(ctx context.Context, sql string) ([]Mapped, error) {
	rows, err := l.conn.Query(ctx, sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []Mapped{}
	for rows.Next() {
		var m Mapped
		if err := rows.Scan(&m.Shape, &m.Event, &m.Batch, &m.By, &m.At, &m.Dataset, &m.Sheet, &m.Mapping, &m.Used); err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, rows.Err()
}
