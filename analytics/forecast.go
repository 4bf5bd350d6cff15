package analytics

import "slices"

// Work is a task with its plan and what has happened of it.
type Work struct {
	Task
	PlanStart, PlanFinish     Date
	ActualStart, ActualFinish Date
	Said                      Date // the finish that those on the site expect
}

// Outlook is where a plan will end up by what has happened so far.
type Outlook struct {
	Start  Date          `json:"start"`
	Finish Date          `json:"finish"`
	Slip   *int64        `json:"slip_days"` // calendar days after the last planned finish; null without one
	Nodes  []OutlookNode `json:"nodes"`     // in the order of the work
}

// OutlookNode is one node of an outlook; Slip is Finish - planned finish in calendar days, null without a plan.
type OutlookNode struct {
	Start  Date   `json:"start"`
	Finish Date   `json:"finish"`
	Slip   *int64 `json:"slip_days"`
	Open   bool   `json:"open"`
}

// Forecast is the forward pass from what has happened: finished nodes stand, one that is under way takes its duration from its real
// start, one that has not begun starts when its predecessors are done and its plan has come, and none that is open finishes before today.
// A finish that the site expects from today on replaces the duration.
//
// Where real starts are recorded at all, a node without one has not begun and starts today at the earliest. Many offices record
// finishes only: there a node has begun as planned once its predecessors are done. Errors are those of NewNetwork.
func Forecast(work []Work, today Date, calendar *Calendar) (*Outlook, error) {
	tasks := make([]Task, len(work))
	for i, w := range work {
		tasks[i] = w.Task
	}
	n, err := NewNetwork(tasks, calendar)
	if err != nil {
		return nil, err
	}
	return n.forecast(work, today), nil
}

// forecast is Forecast over links that have been checked; work stands in the order of the tasks.
func (n *Network) forecast(work []Work, today Date) *Outlook {
	o := &Outlook{Nodes: make([]OutlookNode, len(work))}
	finish := make([]int64, len(work))
	startsKnown := slices.ContainsFunc(work, func(w Work) bool { return w.ActualStart.Known() })
	var planned Date
	for at := len(n.order) - 1; at >= 0; at-- {
		i := n.order[at]
		w := work[i]
		start := n.calendar.after(w.PlanStart)
		if startsKnown || !w.PlanStart.Known() {
			start = max(start, n.calendar.after(today))
		}
		for _, p := range n.before[i] {
			start = max(start, finish[p.node]+1+p.lag)
		}
		o.Nodes[i], finish[i] = w.outlook(start, today, n.calendar)
		if w.PlanFinish.After(planned) {
			planned = w.PlanFinish
		}
		if node := o.Nodes[i]; node.Finish.After(o.Finish) {
			o.Finish = node.Finish
		}
	}
	for _, node := range o.Nodes {
		if node.Start.Known() && (!o.Start.Known() || o.Start.After(node.Start)) {
			o.Start = node.Start
		}
	}
	o.Slip = slip(o.Finish, planned)
	return o
}

// outlook places one node: start is the number of the first day on which it can begin unless it has.
// The second value is its finish as the calendar numbers it.
func (w Work) outlook(start int64, today Date, c *Calendar) (OutlookNode, int64) {
	if w.ActualFinish.Known() && !w.ActualFinish.After(today) {
		node := OutlookNode{Start: w.ActualStart, Finish: w.ActualFinish, Slip: slip(w.ActualFinish, w.PlanFinish)}
		if !node.Start.Known() || node.Start.After(node.Finish) {
			node.Start = c.date(c.number(w.ActualFinish) - max(w.Days, 1) + 1)
		}
		return node, c.number(w.ActualFinish)
	}
	first := start
	if w.ActualStart.Known() && !w.ActualStart.After(today) {
		first = c.after(w.ActualStart)
	}
	last := first + w.Days - 1
	if said := w.said(); said.Known() && !today.After(said) {
		last = max(c.number(said), first+min(w.Days, 1)-1)
	}
	last = max(last, c.after(today))
	finish := c.date(last)
	return OutlookNode{Start: c.date(min(first, last)), Finish: finish, Slip: slip(finish, w.PlanFinish), Open: true}, last
}

// said is the finish expected: an "actual" day that is still to come is an expectation too.
func (w Work) said() Date {
	if w.ActualFinish.Known() {
		return w.ActualFinish
	}
	return w.Said
}

// slip counts calendar days from the plan; null without one.
func slip(finish, plan Date) *int64 {
	if !finish.Known() || !plan.Known() {
		return nil
	}
	days := finish.Since(plan)
	return &days
}
