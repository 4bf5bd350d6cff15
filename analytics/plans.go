package analytics

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// addPlans reads the current plan of every project and computes it.
func (a *Analytics) addPlans(ctx context.Context, q Question, p *portfolio) error {
	first, err := a.firstPlans(ctx, q)
	if err != nil {
		return err
	}
	if p.approved, err = a.approved(ctx, q); err != nil {
		return err
	}
	byKey := map[string]*Plan{}
	outside := []string{}
	for _, key := range p.keys {
		byKey[key] = nil
	}
	err = a.each(ctx, "Schedule.Nodes", q, nil, func(rows driver.Rows) error {
		key, n, plan, err := scanNode(rows)
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
	for _, key := range append(slices.Clone(p.keys), outside...) {
		// Two ledger rows of one name share one plan.
		if _, twice := p.plan[key]; twice || byKey[key] == nil {
			continue
		}
		plan := byKey[key]
		plan.numberNodes()
		plan.holdAgainst(p.approved[key], first, q.Baseline)
		p.rules.compute(plan, p.asof, p.working)
		p.plan[key] = len(p.plans)
		p.plans = append(p.plans, *plan)
	}
	return nil
}

// scanNode reads one node and what its row says of the plan.
func scanNode(rows driver.Rows) (string, PlanNode, Plan, error) {
	var key string
	var n PlanNode
	plan := Plan{Leaders: []string{}}
	var planStart, planFinish, actualStart, actualFinish, forecast, deadline *time.Time
	err := rows.Scan(&n.key, &key, &plan.Project, &plan.Version, &n.No, &n.Node, &n.name, &n.Duration, &n.dayKind, &n.Weight, &n.after, &planStart, &planFinish,
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
	plan.rowKey, n.rowNo = key, n.No
	return key, n, plan, err
}
