package analytics

// Network is a plan whose links have been checked, ready to be scheduled in a calendar.
type Network struct {
	tasks    []Task
	calendar *Calendar
	before   [][]tie
	order    []int // every task after all its successors
}

// tie is a link to a predecessor: finish to start, with days between.
type tie struct {
	node int
	lag  int64
}

// NewNetwork links tasks up; a nil calendar counts calendar days.
//
// A cycle, an unknown predecessor, a link other than finish-to-start or a negative duration is a *PlanError that names the nodes.
// It takes O(tasks + links).
func NewNetwork(tasks []Task, calendar *Calendar) (*Network, error) {
	before, err := links(tasks)
	if err != nil {
		return nil, err
	}
	order, err := backwards(tasks, before)
	if err != nil {
		return nil, err
	}
	return &Network{tasks, calendar, before, order}, nil
}

// Latest is the backward pass, in the order of the tasks. A deadline on a day off is the last working day before it.
func (n *Network) Latest(deadline Date) []Latest {
	finish := n.latest(deadline)
	list := make([]Latest, len(n.tasks))
	for i, lf := range finish {
		list[i].Start, list[i].Finish = n.calendar.date(lf-n.tasks[i].Days+1), n.calendar.date(lf)
		if ef := n.tasks[i].EarlyFinish; ef.Known() {
			float := lf - n.calendar.number(ef)
			list[i].Float = &float
		}
	}
	return list
}

// latest gives the latest finish of every task as the calendar numbers it.
func (n *Network) latest(deadline Date) []int64 {
	finish := make([]int64, len(n.tasks))
	for i := range finish {
		finish[i] = n.calendar.number(deadline)
	}
	for _, i := range n.order {
		start := finish[i] - n.tasks[i].Days + 1
		for _, p := range n.before[i] {
			finish[p.node] = min(finish[p.node], start-1-p.lag)
		}
	}
	return finish
}

// Proposal is a whole plan made backwards from its deadline (倒排工期).
type Proposal struct {
	Start    Date           `json:"start"`    // the latest day on which the work can begin
	Finish   Date           `json:"finish"`   // the deadline, or the last working day before it
	Deadline Date           `json:"deadline"` //
	Nodes    []ProposedNode `json:"nodes"`    // in the order of the tasks
}

// ProposedNode is when a node is to be worked on: Start and Finish are the latest that hold the deadline, the earliest ones follow when
// everything begins on the plan's Start. Floats are in days of the calendar.
type ProposedNode struct {
	Start          Date  `json:"start"`
	Finish         Date  `json:"finish"`
	EarliestStart  Date  `json:"earliest_start"`
	EarliestFinish Date  `json:"earliest_finish"`
	TotalFloat     int64 `json:"total_float_days"` // how far it can slip without moving the deadline
	FreeFloat      int64 `json:"free_float_days"`  // how far it can slip without moving any other node
	Critical       bool  `json:"critical"`         // no float: on the critical path
}

// Propose makes a plan backwards from its deadline; errors are those of NewNetwork.
func Propose(tasks []Task, deadline Date, calendar *Calendar) (*Proposal, error) {
	n, err := NewNetwork(tasks, calendar)
	if err != nil {
		return nil, err
	}
	return n.Propose(deadline), nil
}

// Propose makes the plan backwards and gives it its floats by a forward pass from the day on which it has to begin.
func (n *Network) Propose(deadline Date) *Proposal {
	p := &Proposal{Deadline: deadline, Nodes: make([]ProposedNode, len(n.tasks))}
	if len(n.tasks) == 0 {
		return p
	}
	end, latest := n.calendar.number(deadline), n.latest(deadline)
	begin := latest[0] - n.tasks[0].Days + 1
	for i, lf := range latest {
		begin = min(begin, lf-n.tasks[i].Days+1)
	}
	start := n.forward(func(int) int64 { return begin })
	free := n.freeFloat(start, end)
	p.Start, p.Finish = n.calendar.date(begin), n.calendar.date(end)
	for i, lf := range latest {
		days := n.tasks[i].Days
		ef := start[i] + days - 1
		p.Nodes[i] = ProposedNode{Start: n.calendar.date(lf - days + 1), Finish: n.calendar.date(lf),
			EarliestStart: n.calendar.date(start[i]), EarliestFinish: n.calendar.date(ef),
			TotalFloat: lf - ef, FreeFloat: free[i], Critical: lf == ef}
	}
	return p
}

// forward gives the earliest start of every task, none before its own floor.
func (n *Network) forward(floor func(task int) int64) []int64 {
	start := make([]int64, len(n.tasks))
	for at := len(n.order) - 1; at >= 0; at-- {
		i := n.order[at]
		start[i] = floor(i)
		for _, p := range n.before[i] {
			start[i] = max(start[i], start[p.node]+n.tasks[p.node].Days+p.lag)
		}
	}
	return start
}

// freeFloat is how far every task can slip before it moves one after it, or the end.
func (n *Network) freeFloat(start []int64, end int64) []int64 {
	free := make([]int64, len(n.tasks))
	for i, t := range n.tasks {
		free[i] = end - (start[i] + t.Days - 1)
	}
	for i, list := range n.before {
		for _, p := range list {
			free[p.node] = min(free[p.node], start[i]-p.lag-start[p.node]-n.tasks[p.node].Days)
		}
	}
	return free
}
