package ingest

import (
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// futureDay is what is wrong with the day of something that has happened when it lies after today.
func futureDay(f ledger.Field, day ledger.Day, today time.Time, severity ledger.Severity) fault {
	found, limit := day.From.Format(time.DateOnly), today.Format(time.DateOnly)
	return fault{severity, "future_date", found, "≤ " + limit, text.T("problem.future_date", text.T("form.field", f.Zh, f.En), found, limit)}
}

// holdFuture warns of reports dated ahead: a sheet is often written for the Friday to come, so it is taken all the same
// and counts from today.
func (f *File) holdFuture(s *Sheet, today time.Time) {
	at := s.Dataset.Index(s.Dataset.Effective)
	if at < 0 || !s.Dataset.Happened(s.Dataset.Fields[at]) {
		return
	}
	field := s.Dataset.Fields[at]
	told := map[string]bool{}
	for i, row := range s.Rows.All() {
		day, ok := row.Values[at].(ledger.Day)
		cell := s.Cell(i, field.Name)
		if !ok || !day.From.After(today) || told[cell] {
			continue
		}
		told[cell] = true
		w := futureDay(field, day, today, ledger.SeverityWarning)
		f.Problems = append(f.Problems, newProblem(w.severity, w.kind, place{s.Dataset.Name, s.Name, cell, field.Zh}, w.found, w.expected, w.message))
	}
}
