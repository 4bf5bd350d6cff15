package analytics

import (
	"context"
	"strings"
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
	list := "['" + strings.Join(datasets, "','") + "']"
	err = a.each(ctx, "Stamp.Batches", q, ledger.Params{"datasets": list}, func(rows driver.Rows) error {
		var id uint64
		var file string
		if err := rows.Scan(&id, &file); err != nil {
			return err
		}
		s.Batches = append(s.Batches, id)
		if file != "" {
			s.Files = append(s.Files, file)
		}
		return nil
	})
	return s, err
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
