package analytics

import (
	"strconv"

	"taizhang/ledger"
)

// namePredecessors reads the cells that say what a node waits for. A name may itself hold a separator (装饰/配套), so what names a node
// whole is not taken apart.
func (p *Plan) namePredecessors() {
	if len(p.Nodes) > 0 && p.Nodes[0].Links != nil {
		return // read already, for a copy of the plan
	}
	p.numberNodes()
	known := map[string]bool{}
	for i := range p.Nodes {
		n := &p.Nodes[i]
		known[ledger.NameKey(n.No)], known[ledger.NameKey(n.Node)] = true, true
	}
	for i := range p.Nodes {
		n := &p.Nodes[i]
		n.Predecessors, n.Links = []string{}, ledger.ParseLinks(n.after, func(word string) bool { return known[ledger.NameKey(word)] })
		for _, link := range n.Links {
			n.Predecessors = append(n.Predecessors, link.Node)
		}
		if n.Links == nil {
			n.Links = []ledger.Link{}
		}
	}
}

// numberNodes names a node without a number by its place, as on the sheet.
func (p *Plan) numberNodes() {
	for i := range p.Nodes {
		if n := &p.Nodes[i]; n.No == "" {
			n.No = strconv.Itoa(i + 1)
		}
	}
}

// compute fills in all that follows from a plan's dates, as if today were asof; working days are those of the calendar.
func (t Thresholds) compute(plan *Plan, asof Date, working *Calendar) {
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
	if err := plan.schedule(asof, working); err != nil {
		plan.refuse(err)
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
