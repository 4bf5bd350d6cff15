package analytics

import (
	"context"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// movements say what the batches of a record can have changed, so that what did not move is read once or not at all.
type movements []movement

// movement is a batch: what it brought, of which days, and when it could be seen.
type movement struct {
	datasets    []string
	first, last Date
	seen        time.Time
	undone      *time.Time
}

func (a *Analytics) movements(ctx context.Context, q Question) (movements, error) {
	var list movements
	err := a.each(ctx, "Meeting.Batches", q, nil, func(rows driver.Rows) error {
		var m movement
		var first, last *time.Time
		if err := rows.Scan(&m.datasets, &first, &last, &m.seen, &m.undone); err != nil {
			return err
		}
		m.first, m.last = dateAt(first), dateAt(last)
		list = append(list, m)
		return nil
	})
	return list, err
}

func (m movement) visible(known time.Time) bool {
	return !m.seen.After(known) && (m.undone == nil || m.undone.After(known))
}

// present reports whether a dataset has any row that a reader at a moment can see.
func (list movements) present(dataset string, known time.Time) bool {
	return slices.ContainsFunc(list, func(m movement) bool { return slices.Contains(m.datasets, dataset) && m.visible(known) })
}

// same reports that a dataset reads alike under two clocks: no batch of it is seen by one only, or brought rows of a day between them.
func (list movements) same(dataset string, from, to ledger.Clock) bool {
	return !slices.ContainsFunc(list, func(m movement) bool {
		if !slices.Contains(m.datasets, dataset) {
			return false
		}
		before, now := m.visible(from.Known), m.visible(to.Known)
		return before != now && !m.first.After(DateOf(to.Asof)) || now && m.last.After(DateOf(from.Asof)) && !m.first.After(DateOf(to.Asof))
	})
}
