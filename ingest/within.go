package ingest

import (
	"context"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// holdWithin holds limits against sums that stand in the record, where the file
// does not bring those itself: a rejected building handed in again alone.
func (f *File) holdWithin(ctx context.Context, l *ledger.Ledger, s *Sheet) error {
	for _, c := range s.Dataset.SetChecks {
		rule, ok := c.Rule.(ledger.SumWithin)
		if !ok || slices.ContainsFunc(f.Sheets, func(other *Sheet) bool { return other.Dataset.Name == rule.Other }) {
			continue
		}
		other, err := ledger.Find(rule.Other)
		if err != nil {
			return err
		}
		sums := map[time.Time]map[string]ledger.Decimal{}
		for i, row := range s.Rows.All() {
			if sums[row.Effective] == nil {
				if sums[row.Effective], err = l.SumsOf(ctx, other, rule.On, rule.Part, row.Effective); err != nil {
					return err
				}
			}
			f.holdLimit(s, i, row.Values, c, sums[row.Effective])
		}
	}
	return nil
}

// holdLimit names the limit of one row that the record's sum goes over.
func (f *File) holdLimit(s *Sheet, i int, values []any, c ledger.SetCheck, sums map[string]ledger.Decimal) {
	rule, _ := c.Rule.(ledger.SumWithin)
	name, _ := values[s.Dataset.Index(rule.On)].(string)
	limit, ok := values[s.Dataset.Index(rule.Limit)].(decimal.Decimal)
	sum := sums[ledger.NameKey(name)]
	if !ok || !sum.Valid() || sum.Cmp(ledger.Exact(limit)) <= 0 {
		return
	}
	field, _ := s.Dataset.Field(c.At)
	f.Problems = append(f.Problems, newProblem(c.Severity, c.Kind, place{s.Dataset.Name, s.Name, s.Cell(i, c.At), field.Zh},
		sum.String(), "≤ "+limit.String(), text.T("problem.sum_over_limit", name, sum.String(), limit.String())))
	if c.Severity == ledger.SeverityError {
		s.Bad.add(i)
	}
}

// Recall gives a file that was read again the problems found when it was
// loaded: those that came from the record of then cannot be found anew.
func (f *File) Recall(found []ledger.Problem) {
	f.Problems, f.Notes = nil, nil
	errors := map[spot]bool{}
	for _, p := range found {
		if p.Severity == ledger.SeverityNote {
			f.Notes = append(f.Notes, p)
			continue
		}
		f.Problems = append(f.Problems, p)
		if p.Severity == ledger.SeverityError {
			errors[spot{string(p.Sheet), string(p.Cell)}] = true
		}
	}
	for _, s := range f.Sheets {
		for _, c := range s.Dataset.SetChecks {
			if !ledger.AsksRecord(c.Rule) || c.Severity != ledger.SeverityError {
				continue
			}
			for i := range s.Rows.Len() {
				if errors[spot{s.Name, s.Cell(i, c.At)}] {
					s.Bad.add(i)
				}
			}
		}
	}
}
