package ingest

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// holdAgainst runs, once a file, the rules that compare it with the record.
func (f *File) holdAgainst(ctx context.Context, l *ledger.Ledger) error {
	if f.held {
		return nil
	}
	f.held = true
	today := ledger.Today(l.Now())
	if err := f.holdOffices(ctx, l); err != nil {
		return err
	}
	defer f.store.during(ctx)()
	for _, s := range f.Sheets {
		f.holdFuture(s, today)
		if err := f.holdReferences(ctx, l, s, today); err != nil {
			return err
		}
		if err := f.holdWithin(ctx, l, s); err != nil {
			return err
		}
		for _, rule := range s.Dataset.Rising {
			if err := f.holdRising(ctx, l, s, rule); err != nil {
				return err
			}
		}
		if err := f.holdCounters(ctx, l, s); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// holdCounters runs the rules over counters that run up and add up.
func (f *File) holdCounters(ctx context.Context, l *ledger.Ledger, s *Sheet) error {
	for _, c := range s.Dataset.SetChecks {
		var err error
		switch rule := c.Rule.(type) {
		case ledger.NeverFalls:
			err = f.holdNeverFalls(ctx, l, s, c, rule)
		case ledger.AddsUp:
			err = f.holdAddsUp(ctx, l, s, c, rule)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// holdRising names every figure that fell since the last earlier report.
func (f *File) holdRising(ctx context.Context, l *ledger.Ledger, s *Sheet, rule ledger.Rising) error {
	earlier := map[time.Time]map[string]ledger.Decimal{}
	group, field := s.Dataset.Index(rule.Group), s.Dataset.Index(rule.Field)
	for i, row := range s.Rows.All() {
		figure, ok := row.Values[field].(decimal.Decimal)
		if !ok {
			continue
		}
		last, known := earlier[row.Effective]
		if !known {
			var err error
			if last, err = l.LastFigures(ctx, s.Dataset, rule, row.Effective); err != nil {
				return err
			}
			earlier[row.Effective] = last
		}
		name, _ := row.Values[group].(string)
		was, found := last[ledger.NameKey(name)]
		if !found || ledger.Exact(figure).Cmp(was) >= 0 {
			continue
		}
		f.Problems = append(f.Problems, newProblem(rule.Severity, rule.Kind,
			place{s.Dataset.Name, s.Name, s.Cell(i, rule.Field), s.Dataset.Fields[field].Zh}, figure.String(), "≥ "+was.String(),
			text.T("problem."+rule.Kind, name, was.String(), figure.String())))
	}
	return nil
}

// Cell is the address a field of row i was read at, empty when no cell says it.
func (s *Sheet) Cell(i int, field string) string {
	row := s.Rows.Row(i)
	address, _, _ := s.Sources[row.Source].Cell(field, row.SheetRow, row.Rows)
	return address
}
