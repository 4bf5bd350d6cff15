package analytics

import (
	"errors"

	"taizhang/internal/text"
)

// schedule sets the latest dates and floats and looks ahead, or says why it cannot.
func (p *Plan) schedule(asof Date, working *Calendar) error {
	calendar, err := p.calendar(working)
	if err != nil {
		return err
	}
	work, err := p.work(calendar)
	if err != nil {
		return err
	}
	tasks := make([]Task, len(work))
	for i, w := range work {
		tasks[i] = w.Task
	}
	network, err := NewNetwork(tasks, calendar)
	if err != nil {
		return err
	}
	p.lookAhead(network.forecast(work, asof))
	if !p.Deadline.Known() {
		return &PlanError{Message: text.T("schedule.no_deadline")}
	}
	for i, l := range network.Latest(p.Deadline) {
		n := &p.Nodes[i]
		n.LatestStart, n.LatestFinish, n.TotalFloat = l.Start, l.Finish, l.Float
	}
	p.proposal = network.Propose(p.Deadline)
	p.BeginBy = p.proposal.Start
	for i, node := range p.proposal.Nodes {
		n := &p.Nodes[i]
		n.EarliestStart, n.EarliestFinish, n.FreeFloat = node.EarliestStart, node.EarliestFinish, &node.FreeFloat
	}
	return nil
}

// lookAhead places every node by what has happened.
func (p *Plan) lookAhead(outlook *Outlook) {
	p.OutlookFinish, p.OutlookSlip = outlook.Finish, outlook.Slip
	for i, node := range outlook.Nodes {
		n := &p.Nodes[i]
		n.OutlookStart, n.OutlookFinish, n.OutlookSlip = node.Start, node.Finish, node.Slip
	}
}

// How a plan says in which days its durations count.
const (
	workingDays  = "工作日"
	calendarDays = "自然日"
)

// calendar is the one the plan's durations count in: calendar days unless its nodes say otherwise.
func (p *Plan) calendar(working *Calendar) (*Calendar, error) {
	first := -1
	for i, n := range p.Nodes {
		switch {
		case n.dayKind == "":
		case first < 0:
			first = i
		case p.Nodes[first].dayKind != n.dayKind:
			a := p.Nodes[first]
			return nil, &PlanError{text.T("schedule.mixed_days", a.task().label(), a.dayKind, n.task().label(), n.dayKind), []string{a.No, n.No}}
		}
	}
	if p.WorkingDays = first >= 0 && p.Nodes[first].dayKind == workingDays; !p.WorkingDays {
		return nil, nil
	}
	if working == nil {
		working = NewCalendar(nil)
	}
	return working, nil
}

// work gives every node its duration: its own, or what its planned dates span in the days the plan counts.
func (p *Plan) work(calendar *Calendar) ([]Work, error) {
	list := make([]Work, len(p.Nodes))
	for i, n := range p.Nodes {
		w := Work{Task: n.task(), PlanStart: n.PlanStart, PlanFinish: n.PlanFinish, ActualStart: n.ActualStart, ActualFinish: n.ActualFinish, Said: n.Forecast}
		switch {
		case n.Duration != nil:
			w.Days = *n.Duration
		case n.PlanStart.Known() && n.PlanFinish.Known():
			if w.Days = n.PlanFinish.Since(n.PlanStart) + 1; w.Days > 0 {
				w.Days = calendar.Between(n.PlanStart, n.PlanFinish)
			}
		default:
			return nil, &PlanError{text.T("schedule.no_duration", w.label()), []string{n.No}}
		}
		list[i] = w
	}
	return list, nil
}

func (n PlanNode) task() Task {
	return Task{No: n.No, Name: n.Node, After: n.Links, EarlyFinish: n.expected()}
}

// refuse keeps why a plan cannot be scheduled.
func (p *Plan) refuse(err error) {
	p.Problem = planMessage(err)
	p.ProblemZh, p.ProblemEn = p.Problem.In(text.Zh), p.Problem.In(text.En)
	var fault *PlanError
	if errors.As(err, &fault) {
		p.faulty = fault.Nodes
	}
}
