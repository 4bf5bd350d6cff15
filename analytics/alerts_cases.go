package analytics

import (
	"taizhang/internal/text"
	"taizhang/ledger"
)

// cases raises the open complaints that are overdue, red once the head of the office is to hear of them, and those with few days left.
func (w *watch) cases(list []CaseLine) {
	for _, l := range list {
		holds := l.Due
		if l.Postponed() {
			holds = l.PostponedUntil
		}
		al := Alert{Severity: Yellow, Subject: l.Key, What: l.Number + " · " + l.Subject, Unit: "working_days", Dataset: ledger.Cases.Name, Filter: ledger.Filter{"number": l.Number}}
		switch l.State {
		case CaseOverdue:
			al.Kind, al.Figure, al.Limit, al.Since = CaseIsOverdue, l.DaysLate, ledger.Int(1), holds.Plus(1)
			if l.DaysLate.Cmp(ledger.Int(w.rules.CaseEscalateChief)) >= 0 {
				al.Severity, al.Limit = Red, ledger.Int(w.rules.CaseEscalateChief)
			}
			al.Message = text.T("alert.says.case_overdue", holds.String(), wholeOf(l.DaysLate), al.Limit.String())
		case CaseDueSoon:
			al.Kind, al.Figure, al.Limit, al.Since = CaseIsDueSoon, l.DaysLeft, ledger.Int(w.rules.CaseRemind), w.today
			al.Message = text.T("alert.says.case_due_soon", holds.String(), wholeOf(l.DaysLeft), al.Limit.String())
		default:
			continue
		}
		w.add(al, l.Key)
	}
}

// wholeOf is a whole number as an int64.
func wholeOf(d ledger.Decimal) int64 { return d.Big().IntPart() }
