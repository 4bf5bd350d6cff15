package ingest

import (
	"context"
	"strings"
	"time"

	"taizhang/internal/text"
	"taizhang/internal/wording"
	"taizhang/ledger"
)

// holdReferences refuses the rows of a sheet that name what neither the record nor the sheet's own file knows, where a dataset asks
// that of sheets.
func (f *File) holdReferences(ctx context.Context, l *ledger.Ledger, s *Sheet, today time.Time) error {
	for _, rule := range s.Dataset.Known {
		if !rule.Sheets {
			continue
		}
		other, err := ledger.Find(rule.Dataset)
		if err != nil {
			return err
		}
		names, err := l.Names(ctx, other, rule.Of, l.ClockAt(today, time.Date(2199, 12, 31, 0, 0, 0, 0, time.UTC)))
		if err != nil {
			return err
		}
		f.refuseUnknown(s, rule, other, append(names, f.namesIn(rule)...))
	}
	return nil
}

// namesIn are the names that the file itself brings to the dataset that a reference is to.
func (f *File) namesIn(rule ledger.Known) []string {
	var names []string
	for _, s := range f.Sheets {
		if s.Dataset.Name != rule.Dataset {
			continue
		}
		at := s.Dataset.Index(rule.Of)
		for _, row := range s.Rows.All() {
			if name, ok := row.Values[at].(string); ok {
				names = append(names, name)
			}
		}
	}
	return names
}

func (f *File) refuseUnknown(s *Sheet, rule ledger.Known, other *ledger.Dataset, names []string) {
	known := map[string]bool{}
	for _, name := range names {
		known[wording.NameKey(name)] = true
	}
	at := s.Dataset.Index(rule.Field)
	for i, row := range s.Rows.All() {
		name, ok := row.Values[at].(string)
		if !ok || known[wording.NameKey(name)] {
			continue
		}
		fault := unknownName(rule, other, name, names)
		f.Problems = append(f.Problems, newProblem(fault.severity, fault.kind,
			place{s.Dataset.Name, s.Name, s.Cell(i, rule.Field), s.Dataset.Fields[at].Zh}, fault.found, fault.expected, fault.message))
		if rule.Severity == ledger.SeverityError {
			s.Bad.add(i)
		}
	}
}

// unknownName says that a name stands nowhere, and offers the nearest ones.
func unknownName(rule ledger.Known, other *ledger.Dataset, name string, names []string) fault {
	label := text.T("form.field", other.Zh, other.En)
	near := strings.Join(Nearest(name, names, nearest), "、")
	message := text.T("problem."+rule.Kind, label, name, near)
	if near == "" {
		message = text.T("problem."+rule.Kind+".none", label, name)
	}
	return fault{rule.Severity, rule.Kind, name, near, message}
}
