package analytics

import (
	"context"
	"slices"

	"taizhang/ledger"
)

// Street is the headline of the street's daily work (城市管理) for the cockpit and the wall display; a part is nil where the record holds nothing of it.
type Street struct {
	Grid        *GridStrip        `json:"grid"`
	Patrols     *PatrolStrip      `json:"patrols"`
	Cases       *CaseStrip        `json:"cases"`
	Scores      *ScoreStrip       `json:"scores"`
	Enforcement *EnforcementStrip `json:"enforcement"`
}

// streetSources are the datasets that the street's pages are read from.
var streetSources = []*ledger.Dataset{ledger.Grids, ledger.Patrols, ledger.Cases, ledger.Scores, ledger.Enforcement}

// street answers the headline figures of what the record holds; nil where that is nothing.
func (a *Analytics) street(ctx context.Context, q Question) (*Street, error) {
	moved, err := a.movements(ctx, q)
	if err != nil {
		return nil, err
	}
	var s Street
	asks := []func() error{}
	for _, part := range []struct {
		of  *ledger.Dataset
		ask func() error
	}{
		{ledger.Grids, func() error { return strip(&s.Grid, a.GridStrip, ctx, q) }},
		{ledger.Patrols, func() error { return strip(&s.Patrols, a.PatrolStrip, ctx, q) }},
		{ledger.Cases, func() error { return strip(&s.Cases, a.CaseStrip, ctx, q) }},
		{ledger.Scores, func() error { return strip(&s.Scores, a.ScoreStrip, ctx, q) }},
		{ledger.Enforcement, func() error { return strip(&s.Enforcement, a.EnforcementStrip, ctx, q) }},
	} {
		if moved.present(part.of.Name, q.Clock.Known) {
			asks = append(asks, part.ask)
		}
	}
	if len(asks) == 0 {
		return nil, nil
	}
	return &s, together(asks...)
}

// strip puts an answer where it belongs.
func strip[S any](to **S, ask func(context.Context, Question) (S, error), ctx context.Context, q Question) error {
	s, err := ask(ctx, q)
	*to = &s
	return err
}

// watchStreet raises what the street's daily work leaves undone: cases, findings of patrols, grids, sums of counters.
func (a *Analytics) watchStreet(ctx context.Context, q Question, w *watch) error {
	return w.together(
		func(w *watch) error {
			list, err := a.cases(ctx, q)
			w.cases(list)
			return err
		},
		func(w *watch) error { return a.watchPatrols(ctx, q, w) },
		func(w *watch) error { return a.watchGrids(ctx, q, w) },
		func(w *watch) error { return a.watchCounters(ctx, q, w) },
	)
}

// streetAlerts are the open alerts of the street's daily work, the worst first: what the weekly meeting takes up of it.
func (a *Analytics) streetAlerts(ctx context.Context, q Question) ([]Alert, error) {
	w := a.newWatch(q)
	if err := a.watchStreet(ctx, q, w); err != nil {
		return nil, err
	}
	acks, err := a.acknowledgements(ctx, q)
	if err != nil {
		return nil, err
	}
	var ans AlertsAnswer
	ans.settle(w.list, acks, w.rules, w.today)
	return ans.Open, nil
}

// patrolsPassed are the findings that were checked and passed after a day, the newest first, of those found up to a year before it.
func (a *Analytics) patrolsPassed(ctx context.Context, q Question, since Date) ([]PatrolLine, error) {
	lines, err := a.patrols(ctx, q, since.Plus(-365), "")
	return slices.DeleteFunc(slices.Clone(lines), func(l PatrolLine) bool { return l.State != PatrolPassed || !l.CheckedOn.After(since) }), err
}

// What names a finding by its grid, type and place.
func (l PatrolLine) What() string { return joinWords(l.Grid, l.IssueType, l.Place) }
