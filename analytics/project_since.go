package analytics

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"taizhang/ledger"
)

// ProjectChanges is what the ledgers say of a project now and did not say a week before, both by all that is known; and apart from it
// what is known now about the earlier day and was not known then.
type ProjectChanges struct {
	From      Date                `json:"from"`
	To        Date                `json:"to"`
	FromKnown time.Time           `json:"from_known"`
	Changes   []ledger.Difference `json:"changes"`
	Late      []ledger.Difference `json:"learned_late"` // null when the record did not exist then
}

// projectLedgers are the ledgers whose changes a project's page tells, in its order; visits are told apart.
var projectLedgers = []*ledger.Dataset{ledger.Progress, ledger.Milestones, ledger.Projects, ledger.Issues, ledger.Actions, ledger.Assignments,
	ledger.Overrides, ledger.Baselines}

// projectChanges compares what the ledgers say of a project with a week before. What no batch can have moved is not asked for.
func (a *Analytics) projectChanges(ctx context.Context, q Question, project string) (ProjectChanges, error) {
	asof := DateOf(q.Clock.Asof)
	c := ProjectChanges{From: asof.Plus(-week), To: asof, Changes: []ledger.Difference{}}
	// The end of the earlier day in the office; nothing is learned late after the moment the question itself stands at.
	y, m, d := c.From.Time().Date()
	c.FromKnown = time.Date(y, m, d+1, 0, 0, 0, 0, ledger.Office).Add(-time.Millisecond)
	if c.FromKnown.After(q.Clock.Known) {
		c.FromKnown = q.Clock.Known
	}
	moved, err := a.movements(ctx, q)
	if err != nil {
		return c, err
	}
	before := q.Clock.At(c.From.Time(), q.Clock.Known)
	then := q.Clock.At(c.From.Time(), c.FromKnown)
	var wait errgroup.Group
	changes, late := make([][]ledger.Difference, len(projectLedgers)), make([][]ledger.Difference, len(projectLedgers))
	ask := func(list [][]ledger.Difference, i int, from, to ledger.Clock) {
		if moved.same(projectLedgers[i].Name, from, to) {
			return
		}
		wait.Go(func() (err error) {
			list[i], err = a.projectDiff(ctx, projectLedgers[i], project, from, to)
			return err
		})
	}
	kept := slices.ContainsFunc(moved, func(m movement) bool { return m.visible(c.FromKnown) })
	for i := range projectLedgers {
		ask(changes, i, before, q.Clock)
		if kept {
			ask(late, i, then, before)
		}
	}
	if err := wait.Wait(); err != nil {
		return c, err
	}
	c.Changes = append(c.Changes, slices.Concat(changes...)...)
	if kept {
		c.Late = append([]ledger.Difference{}, slices.Concat(late...)...)
	}
	return c, nil
}

// projectDiff compares one ledger's rows of a project; of weekly entries the newest at either end, as /changes does.
func (a *Analytics) projectDiff(ctx context.Context, d *ledger.Dataset, project string, from, to ledger.Clock) ([]ledger.Difference, error) {
	defer tally(ctx)()
	q := ledger.DiffQuery{Dataset: d, From: from, To: to, Filter: ledger.Filter{"project": project}}
	if len(d.Rising) > 0 {
		q.Latest = d.Rising[0].Group
	}
	return a.ledger.Diff(ctx, q)
}
