package analytics

import (
	"strconv"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// namePredecessors splits cells such as "2、3" into the nodes they name. A name may itself hold a separator
// (装饰/配套), so a cell that names a node whole is not split.
func (p *Plan) namePredecessors() {
	known := map[string]bool{}
	for i := range p.Nodes {
		n := &p.Nodes[i]
		// As on the sheet: a node without a number is named by its place.
		if n.No == "" {
			n.No = strconv.Itoa(i + 1)
		}
		known[ledger.NameKey(n.No)], known[ledger.NameKey(n.Node)] = true, true
	}
	for i := range p.Nodes {
		n := &p.Nodes[i]
		n.Predecessors = []string{}
		for _, part := range strings.FieldsFunc(n.after, func(r rune) bool { return strings.ContainsRune("、,，;；\n", r) }) {
			parts := []string{part}
			if !known[ledger.NameKey(part)] {
				parts = strings.FieldsFunc(part, func(r rune) bool { return strings.ContainsRune("/／ ", r) })
			}
			for _, name := range parts {
				if name = strings.TrimSpace(name); name != "" {
					n.Predecessors = append(n.Predecessors, name)
				}
			}
		}
	}
}

// compute fills in all that follows from a plan's dates, as if today were asof.
func (t Thresholds) compute(plan *Plan, asof Date) {
	for i := range plan.Nodes {
		n := &plan.Nodes[i]
		n.Open = !n.ActualFinish.Known() || n.ActualFinish.After(asof)
		n.DaysLate = n.daysLate(asof)
		n.DueSoon = n.Open && n.PlanFinish.Known() && !asof.After(n.PlanFinish) && n.PlanFinish.Since(asof) <= t.DueSoon
		if plan.DaysLate == nil || n.DaysLate != nil && *n.DaysLate > *plan.DaysLate {
			plan.DaysLate = n.DaysLate
		}
		if ef := n.expected(); ef.After(plan.Finish) {
			plan.Finish = ef
		}
	}
	plan.namePredecessors()
	plan.Problem = plan.backSchedule()
	if !plan.Problem.IsZero() {
		plan.ProblemZh, plan.ProblemEn = plan.Problem.In(text.Zh), plan.Problem.In(text.En)
	}
	plan.judgeDeadline()
	plan.markCritical()
	rules := []Rule{}
	if r, ok := t.lateRule(plan.Nodes, asof); ok {
		rules = append(rules, r)
	}
	if r, ok := t.floatRule(plan.Nodes, asof); ok {
		rules = append(rules, r)
	}
	plan.Light = lightOf(rules)
	for i := range plan.Nodes {
		plan.Nodes[i].Color = t.nodeColor(plan.Nodes[i])
	}
}

// backSchedule sets the latest dates and floats, or says why it cannot.
func (p *Plan) backSchedule() text.Message {
	if !p.Deadline.Known() {
		return text.T("schedule.no_deadline")
	}
	tasks := make([]Task, len(p.Nodes))
	for i, n := range p.Nodes {
		tasks[i] = Task{No: n.No, Name: n.Node, Predecessors: n.Predecessors, EarlyFinish: n.expected()}
		switch {
		case n.Duration != nil:
			tasks[i].Days = *n.Duration
		case n.PlanStart.Known() && n.PlanFinish.Known():
			tasks[i].Days = n.PlanFinish.Since(n.PlanStart) + 1
		default:
			return text.T("schedule.no_duration", tasks[i].label())
		}
	}
	latest, err := BackSchedule(tasks, p.Deadline)
	if err != nil {
		return planMessage(err)
	}
	for i, l := range latest {
		n := &p.Nodes[i]
		n.LatestStart, n.LatestFinish, n.TotalFloat = l.Start, l.Finish, l.Float
	}
	return text.Message{}
}

func (p *Plan) judgeDeadline() {
	if !p.Finish.Known() || !p.Deadline.Known() {
		return
	}
	past := max(0, p.Finish.Since(p.Deadline))
	met := past == 0
	p.DaysPastDeadline, p.CanBeMet = &past, &met
}

// markCritical finds the nodes with the least float, of all and of those not finished.
func (p *Plan) markCritical() {
	p.MinFloat, p.Critical = leastFloat(p.Nodes, func(PlanNode) bool { return true })
	p.MinFloatOpen, p.CriticalOpen = leastFloat(p.Nodes, func(n PlanNode) bool { return n.Open })
	for i := range p.Nodes {
		n := &p.Nodes[i]
		n.Critical = n.Open && n.TotalFloat != nil && *n.TotalFloat == *p.MinFloatOpen
	}
}

func leastFloat(nodes []PlanNode, counts func(PlanNode) bool) (*int64, []string) {
	var least *int64
	names := []string{}
	for _, n := range nodes {
		if n.TotalFloat == nil || !counts(n) || least != nil && *n.TotalFloat > *least {
			continue
		}
		if least == nil || *n.TotalFloat < *least {
			least, names = n.TotalFloat, names[:0]
		}
		names = append(names, Task{No: n.No, Name: n.Node}.id())
	}
	return least, names
}
