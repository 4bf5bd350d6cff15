package analytics

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// baseline are the dates a node was first planned with.
type baseline struct{ start, finish Date }

// addPlans reads the current plan of every project and computes it.
func (a *Analytics) addPlans(ctx context.Context, q Question, p *portfolio) error {
	first, err := a.baselines(ctx, q)
	if err != nil {
		return err
	}
	byKey := map[string]*Plan{}
	outside := []string{}
	for _, key := range p.keys {
		byKey[key] = nil
	}
	err = a.each(ctx, "Schedule.Nodes", q, nil, func(rows driver.Rows) error {
		key, n, plan, err := scanNode(rows, first)
		if err != nil {
			return err
		}
		known, listed := byKey[key]
		if known == nil {
			if !listed {
				outside = append(outside, key)
			}
			plan.Key = key
			known, byKey[key] = &plan, &plan
		}
		if plan.Deadline.After(known.Deadline) {
			known.Deadline = plan.Deadline
		}
		known.Nodes = append(known.Nodes, n)
		return nil
	})
	if err != nil {
		return err
	}
	t := a.thresholds()
	for _, key := range append(slices.Clone(p.keys), outside...) {
		// Two ledger rows of one name share one plan.
		if _, twice := p.plan[key]; twice || byKey[key] == nil {
			continue
		}
		plan := byKey[key]
		t.compute(plan, p.asof, nil)
		p.plan[key] = len(p.plans)
		p.plans = append(p.plans, *plan)
	}
	return nil
}

// scanNode reads one node and what its row says of the plan.
func scanNode(rows driver.Rows, first map[[3]string]baseline) (string, PlanNode, Plan, error) {
	var key, node string
	var n PlanNode
	plan := Plan{Leaders: []string{}}
	var planStart, planFinish, actualStart, actualFinish, forecast, deadline *time.Time
	err := rows.Scan(&n.key, &key, &plan.Project, &plan.Version, &n.No, &n.Node, &node, &n.Duration, &n.dayKind, &n.Weight, &n.after, &planStart, &planFinish,
		&actualStart, &actualFinish, &forecast, &deadline, &n.Owner)
	n.PlanStart, n.PlanFinish = dateAt(planStart), dateAt(planFinish)
	n.ActualStart, n.ActualFinish = dateAt(actualStart), dateAt(actualFinish)
	n.Forecast, plan.Deadline = dateAt(forecast), dateAt(deadline)
	switch {
	case strings.Contains(n.dayKind, "工作"):
		n.dayKind = workingDays
	case n.dayKind != "":
		n.dayKind = "自然日"
	}
	base := first[[3]string{key, n.No, node}]
	n.BaselineStart, n.BaselineFinish = base.start, base.finish
	return key, n, plan, err
}

func (a *Analytics) baselines(ctx context.Context, q Question) (map[[3]string]baseline, error) {
	first := map[[3]string]baseline{}
	err := a.each(ctx, "Schedule.Baseline", q, nil, func(rows driver.Rows) error {
		var key [3]string
		var start, finish *time.Time
		if err := rows.Scan(&key[0], &key[1], &key[2], &start, &finish); err != nil {
			return err
		}
		first[key] = baseline{dateAt(start), dateAt(finish)}
		return nil
	})
	return first, err
}
