package analytics

import (
	"context"
	"slices"

	"taizhang/ledger"
)

// mostNodes is how many rows of a plan are looked through for the cells at fault.
const mostNodes = 2000

// locate adds to a plan that cannot be scheduled where the nodes at fault stand: file, sheet and the cell of the predecessors.
func (a *Analytics) locate(ctx context.Context, q Question, p *Plan) error {
	if len(p.faulty) == 0 {
		return nil
	}
	rows, _, err := a.ledger.Behind(ctx, ledger.Milestones, ledger.Filter{"project": p.Project}, q.Clock, mostNodes)
	if err != nil {
		return err
	}
	for _, n := range p.Nodes {
		if !slices.Contains(p.faulty, n.No) && !slices.Contains(p.faulty, n.Node) {
			continue
		}
		if at := slices.IndexFunc(rows, func(v ledger.Version) bool { return v.Key == n.key }); at >= 0 {
			p.ProblemCells = append(p.ProblemCells, cellOf(rows[at], "predecessors", "duration_days", "node"))
		}
	}
	return nil
}

// cellOf names the first of some fields that was read from a cell, or the row of a version typed into a form.
func cellOf(v ledger.Version, fields ...string) string {
	for _, name := range fields {
		for _, f := range v.Fields {
			if f.Name == name && f.Cell != "" {
				return v.Batch.File + " " + v.Sheet + "!" + f.Cell
			}
		}
	}
	return v.Key
}
