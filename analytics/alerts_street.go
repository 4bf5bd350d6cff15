package analytics

import (
	"context"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// watchGrids raises the grids that lack an owner and those that nobody has patrolled for days.
func (a *Analytics) watchGrids(ctx context.Context, q Question, w *watch) error {
	ans, err := a.gridReport(ctx, q.whole())
	if err != nil {
		return err
	}
	for _, g := range ans.Grids {
		w.unowned(g)
		w.unpatrolled(g, ans.PatrolledSince)
	}
	return nil
}

// unowned raises a grid without an owner at a level; red where that is the lowest, which walks it.
func (w *watch) unowned(g GridLine) {
	for _, level := range g.Lacking {
		al := Alert{Kind: GridUnowned, Severity: Yellow, Subject: g.Community, What: g.Grid, Figure: ledger.Int(int64(len(g.Lacking))), Limit: ledger.Int(0), Unit: "units",
			Dataset: "grid_owners", Filter: ledger.Filter{"grid": g.Grid}, Message: text.T("alert.says.grid_unowned", g.Community, level)}
		if level == ledger.GridLevelThird {
			al.Severity = Red
		}
		w.add(al, g.key, level)
	}
}

// unpatrolled raises a grid without a patrol for days, once the office records patrols at all.
func (w *watch) unpatrolled(g GridLine, first Date) {
	if !first.Known() {
		return
	}
	last, says := g.LastPatrol, "alert.says.grid_unpatrolled"
	if !last.Known() {
		// One that never was is counted from the first day that patrols were recorded.
		last, says = first, "alert.says.grid_never_patrolled"
	}
	days := w.today.Since(last)
	if days < w.rules.GridIdle {
		return
	}
	al := Alert{Kind: GridUnpatrolled, Severity: Yellow, Subject: g.Community, What: g.Grid, Figure: ledger.Int(days), Limit: ledger.Int(w.rules.GridIdle), Unit: "days",
		Since: last.Plus(int(w.rules.GridIdle)), Dataset: "patrols", Filter: ledger.Filter{"grid": g.Grid}}
	if days >= 2*w.rules.GridIdle {
		al.Severity, al.Limit = Red, ledger.Int(2*w.rules.GridIdle)
	}
	al.Message = text.T(says, last.String(), days, al.Limit.String())
	w.add(al, g.key)
}

// watchCounters raises the counters that are not the sum of their parts.
func (a *Analytics) watchCounters(ctx context.Context, q Question, w *watch) error {
	ans, err := a.enforcementReport(ctx, q.whole())
	if err != nil {
		return err
	}
	for _, s := range ans.Sums {
		if s.Holds {
			continue
		}
		var parts []string
		for _, p := range s.Parts {
			parts = append(parts, p.Counter+" "+p.Figure.Value.String())
		}
		w.add(Alert{Kind: SumBroken, Severity: Yellow, Subject: s.Total, What: s.Total, Figure: ledger.Exact(s.Difference.Big().Abs()), Limit: s.Tolerance, Unit: "units", Since: s.AsOf, Dataset: "enforcement",
			Filter:  ledger.Filter{"counter": s.Total, "as_of": s.AsOf.String()},
			Message: text.T("alert.says.sum_broken", s.AsOf.String(), s.Figure.Value.String(), s.Figure.Place(), strings.Join(parts, " + "), s.Sum.String(), s.Difference.String())}, ledger.NameKey(s.Total), s.Counted, s.AsOf.String())
	}
	return nil
}
