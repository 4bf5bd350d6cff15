package analytics

import (
	"context"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// stamp says what an answer over some datasets stands on.
func (a *Analytics) stamp(ctx context.Context, q Question, basis string, datasets ...string) (Stamp, error) {
	s := Stamp{Area: q.Clock.Area, Asof: q.Clock.Asof.Format(time.DateOnly), Stood: q.Clock.Stood, Basis: basis, Batches: []uint64{}, Files: []string{}}
	if !q.Clock.Live && q.Clock.Known.Year() < 2199 {
		s.Known = q.Clock.Known.In(ledger.Office).Format("2006-01-02T15:04:05.000")
	}
	var err error
	if s.Version, err = a.version(ctx, q, s.Known != ""); err != nil {
		return s, err
	}
	batches, err := a.standingBatches(ctx, q)
	for _, b := range batches {
		if !slices.ContainsFunc(b.datasets, func(name string) bool { return slices.Contains(datasets, name) }) {
			continue
		}
		s.Batches = append(s.Batches, b.id)
		if b.file != "" {
			s.Files = append(s.Files, b.file)
		}
	}
	return s, err
}

// standingBatch is a batch that a question sees, and what it brought rows of.
type standingBatch struct {
	id       uint64
	file     string
	datasets []string
}

func (a *Analytics) standingBatches(ctx context.Context, q Question) ([]standingBatch, error) {
	return once(ctx, partOf{"batches", ofClock(q)}, func() (list []standingBatch, err error) {
		err = a.each(ctx, "Stamp.Batches", ofClock(q), nil, func(rows driver.Rows) error {
			var b standingBatch
			err := rows.Scan(&b.id, &b.file, &b.datasets)
			list = append(list, b)
			return err
		})
		return list, err
	})
}

// version is the record's version now, or as it was at the question's moment, so that an answer at a moment never changes.
func (a *Analytics) version(ctx context.Context, q Question, then bool) (n uint64, err error) {
	if !then {
		return a.ledger.Version(ctx)
	}
	err = a.each(ctx, "Stamp.Version", q, nil, func(rows driver.Rows) error { return rows.Scan(&n) })
	return n, err
}

// FirstDayAfter is the earliest day a dataset has rows of when the question stands before it; unknown when it stands later or there are none.
func (a *Analytics) FirstDayAfter(ctx context.Context, q Question, dataset string) (Date, error) {
	d, err := ledger.Find(dataset)
	if err != nil {
		return Date{}, err
	}
	first, err := a.ledger.FirstDay(ctx, d, q.Clock)
	if err != nil || !first.After(q.Clock.Asof) {
		return Date{}, err
	}
	return DateOf(first), nil
}
