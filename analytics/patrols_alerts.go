package analytics

import (
	"context"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// watchPatrols raises the findings that are open after their day, and the places where they come again and again.
func (a *Analytics) watchPatrols(ctx context.Context, q Question, w *watch) error {
	since := w.today.Plus(1 - int(w.rules.RepeatDays))
	lines, err := a.patrols(ctx, q, since, "")
	if err != nil {
		return err
	}
	for _, l := range lines {
		w.latePatrol(l)
	}
	for _, r := range repeatPlaces(lines, since) {
		w.repeatPlace(r)
	}
	return nil
}

func (w *watch) latePatrol(l PatrolLine) {
	if l.Overdue < w.rules.PatrolLateYellow {
		return
	}
	a := Alert{Kind: PatrolOverdue, Severity: Yellow, Subject: l.ID, What: l.What(), Figure: ledger.Int(l.Overdue),
		Limit: ledger.Int(w.rules.PatrolLateYellow), Unit: "days", Since: l.Due.Plus(1), Dataset: "patrols", Filter: ledger.Filter{"grid": l.Grid, "day": l.Day.String()}}
	if l.Number != "" {
		a.Filter = ledger.Filter{"number": l.Number}
	}
	if l.Overdue >= w.rules.PatrolLateRed {
		a.Severity, a.Limit = Red, ledger.Int(w.rules.PatrolLateRed)
	}
	who := l.HandedTo
	if who == "" {
		who = l.Unit
	}
	a.Message = text.T("alert.says.patrol_overdue", l.Due.String(), l.Overdue, who, a.Limit.String())
	w.add(a, l.ID)
}

func (w *watch) repeatPlace(r RepeatPlace) {
	if r.Findings < w.rules.RepeatYellow {
		return
	}
	a := Alert{Kind: PatrolRepeat, Severity: Yellow, Subject: r.Grid, What: r.Where(), Figure: ledger.Int(r.Findings), Limit: ledger.Int(w.rules.RepeatYellow),
		Unit: "items", Since: r.Last, Dataset: "patrols", Filter: ledger.Filter{"grid": r.Grid}}
	if r.Place != "" {
		a.Filter["place"] = r.Place
	}
	if r.Findings >= w.rules.RepeatRed {
		a.Severity, a.Limit = Red, ledger.Int(w.rules.RepeatRed)
	}
	a.Message = text.T("alert.says.patrol_repeat", w.rules.RepeatDays, r.Findings, r.First.String(), r.Last.String(), a.Limit.String())
	w.add(a, r.key)
}

// joinWords joins what is said with a dot between.
func joinWords(parts ...string) string {
	line := ""
	for _, part := range parts {
		if part == "" {
			continue
		}
		if line != "" {
			line += " · "
		}
		line += part
	}
	return line
}
