package ledger

import (
	"context"
	"fmt"
	"time"
)

// shownLater is how many overwritten keys are named; the count says how many there are.
const shownLater = 20

// Rewritten are the keys of a batch, in one dataset, that later visible batches have written again.
type Rewritten struct {
	Dataset string    `json:"dataset"`
	Keys    uint64    `json:"keys"`
	First   []Rewrite `json:"first"`
}

// Rewrite is one key written again: by which batch last, who committed it and when.
type Rewrite struct {
	Key     string    `json:"key"`
	Deleted bool      `json:"deleted"`
	Batch   uint64    `json:"batch"`
	File    string    `json:"file"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
}

// Later lists what was loaded after a batch on the same keys: an undo of the batch leaves it as it is.
func (l *Ledger) Later(ctx context.Context, id uint64) ([]Rewritten, error) {
	batches, err := l.batches(ctx)
	if err != nil {
		return nil, err
	}
	list := []Rewritten{}
	for _, d := range All {
		if batches[id].Rows[d.Name] == 0 {
			continue
		}
		r, err := l.later(ctx, d, id, batches)
		if err != nil {
			return nil, err
		}
		if r.Keys > 0 {
			list = append(list, r)
		}
	}
	return list, nil
}

func (l *Ledger) later(ctx context.Context, d *Dataset, id uint64, batches map[uint64]Batch) (Rewritten, error) {
	r := Rewritten{Dataset: d.Name, First: []Rewrite{}}
	// On one dataset batches are numbered in the order of their commits.
	sql := fmt.Sprintf(`SELECT key, argMax(deleted, (batch, line)), max(batch) AS last, count() OVER () FROM %[1]s
		WHERE batch > {batch:UInt64} AND batch IN (%[2]s) AND (area, key) IN (SELECT area, key FROM %[1]s WHERE batch = {batch:UInt64})
		GROUP BY area, key ORDER BY last DESC, key LIMIT %[3]d`, d.Name, visible, shownLater)
	params := l.knowingAll(time.Time{}).With(Params{"batch": fmt.Sprint(id)})
	rows, err := l.conn.Query(Bind(ctx, params), sql)
	if err != nil {
		return r, err
	}
	defer rows.Close()
	for rows.Next() {
		var one Rewrite
		if err := rows.Scan(&one.Key, &one.Deleted, &one.Batch, &r.Keys); err != nil {
			return r, err
		}
		b := batches[one.Batch]
		one.File, one.By, one.At = b.File, b.By, b.CommittedAt
		r.First = append(r.First, one)
	}
	return r, rows.Err()
}
