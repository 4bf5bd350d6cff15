package analytics

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// readPlans are plans as they were read, with nothing computed, by folded name of the project.
type readPlans struct {
	byKey map[string]*Plan
	keys  []string // in the order in which they were read
}

func (a *Analytics) readPlans(ctx context.Context, q Question) (readPlans, error) {
	read := readPlans{byKey: map[string]*Plan{}}
	err := a.each(ctx, "Schedule.Nodes", q, nil, func(rows driver.Rows) error {
		key, n, plan, err := scanNode(rows)
		if err != nil {
			return err
		}
		known := read.byKey[key]
		if known == nil {
			plan.Key = key
			known, read.byKey[key] = &plan, &plan
			read.keys = append(read.keys, key)
		}
		if plan.Deadline.After(known.Deadline) {
			known.Deadline = plan.Deadline
		}
		known.Nodes = append(known.Nodes, n)
		return nil
	})
	return read, err
}

// setPlans computes plans that were read: those of the ledger's projects in its order, others after.
func (p *portfolio) setPlans(read readPlans, hold func(plan *Plan, key string)) {
	for _, key := range append(slices.Clone(p.keys), read.keys...) {
		// Two ledger rows of one name share one plan.
		if _, twice := p.plan[key]; twice || read.byKey[key] == nil {
			continue
		}
		plan := read.byKey[key]
		plan.numberNodes()
		if hold != nil {
			hold(plan, key)
		}
		p.rules.compute(plan, p.asof, p.working)
		p.plan[key] = len(p.plans)
		p.plans = append(p.plans, *plan)
	}
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
		n.dayKind = calendarDays
	}
	plan.rowKey, n.rowNo = key, n.No
	return key, n, plan, err
}
