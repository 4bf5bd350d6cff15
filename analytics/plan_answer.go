package analytics

import (
	"context"
	"slices"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// The kinds of days a plan may be counted in whatever its sheet says.
const (
	DaysCalendar = "calendar"
	DaysWorking  = "work"
)

// PlanQuestion asks for the back-schedule of one project.
type PlanQuestion struct {
	Question
	Project string // its key, or its name in any spelling
	Days    string // DaysCalendar or DaysWorking; empty counts as the plan's own sheet says
}

// PlanAnswer is the back-schedule of one project: what stands, what is proposed, what is to be expected, and every baseline.
type PlanAnswer struct {
	Stamp `json:"stamp"`

	Plan
	Days      string     `json:"days"`      // as asked for; empty: as the sheet says
	Proposal  *Proposal  `json:"proposal"`  // made backwards from the deadline, its nodes in the order of the plan's; null when it cannot be
	Baselines []Baseline `json:"baselines"` // the approved ones, newest first, and last the first plan recorded
	Late      int        `json:"late_nodes"`
	OpenNodes int        `json:"open_nodes"`
}

// planSources are the datasets that a plan is read from.
var planSources = []string{"projects", "assignments", "milestones", "baselines", "calendar"}

// Plan answers for the back-schedule of one project; NotFound when there is no plan of that name, or no baseline of the number asked for.
func (a *Analytics) Plan(ctx context.Context, q PlanQuestion) (*PlanAnswer, error) {
	if q.Days != "" && q.Days != DaysCalendar && q.Days != DaysWorking {
		return nil, ledger.Fail(ledger.Invalid, text.T("schedule.bad_days", q.Days))
	}
	plan, approved, err := a.planOf(ctx, q)
	if err != nil {
		return nil, err
	}
	if q.Baseline != "" && q.Baseline != FirstPlan && plan.Baseline != q.Baseline {
		return nil, ledger.Fail(ledger.NotFound, text.T("error.not_found", q.Baseline))
	}
	if err := a.locate(ctx, q.Question, plan); err != nil {
		return nil, err
	}
	answer := &PlanAnswer{Plan: *plan, Days: q.Days, Proposal: plan.proposal, Baselines: plan.compare(approved)}
	for _, n := range plan.Nodes {
		if n.Open {
			answer.OpenNodes++
		}
		if n.DaysLate != nil && *n.DaysLate > 0 {
			answer.Late++
		}
	}
	answer.Stamp, err = a.stamp(ctx, q.Question, "", planSources...)
	return answer, err
}

// planNamed answers for the plan of a project as its sheet counts days.
func (a *Analytics) planNamed(ctx context.Context, q Question, project string) (*PlanAnswer, error) {
	return a.Plan(ctx, PlanQuestion{Question: q, Project: project})
}

// planOf reads and computes the plan of one project, with the baselines approved for it.
func (a *Analytics) planOf(ctx context.Context, q PlanQuestion) (*Plan, []Baseline, error) {
	head, key, err := a.planHead(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	r := &portfolioRead{question: onlyOf(q.Question, key)}
	if err := a.readOnlyPlans(ctx, r); err != nil {
		return nil, nil, err
	}
	plan := r.plans.byKey[key]
	if plan == nil {
		return nil, nil, ledger.Fail(ledger.NotFound, text.T("schedule.no_plan", q.Project))
	}
	if head.Key != "" {
		plan.Key, plan.Project, plan.Leaders = head.Key, head.Project, head.Leaders
	}
	plan.numberNodes()
	plan.holdAgainst(r.approved[key], r.first, q.Baseline)
	plan.countIn(q.Days)
	a.thresholds().compute(plan, DateOf(q.Clock.Asof), r.working)
	return plan, r.approved[key], nil
}

// planHead finds the project by its key or name: how the ledger names it, who leads it, and its folded name. A plan may be of a
// project that the ledger does not hold.
func (a *Analytics) planHead(ctx context.Context, q PlanQuestion) (head Plan, key string, err error) {
	p := a.emptyPortfolio(q.Question)
	if err := a.projectItems(ctx, q.Question, q.Project, p); err != nil {
		return Plan{}, "", err
	}
	at := p.find(q.Project)
	if at < 0 {
		return Plan{}, ledger.NameKey(q.Project), nil
	}
	p.items, p.keys = p.items[at:at+1], p.keys[at:at+1]
	terms, err := a.assignments(ctx, onlyOf(q.Question, p.keys[0]))
	p.appointAll(terms)
	return Plan{Key: p.items[0].Key, Project: p.items[0].Project, Leaders: p.items[0].Leaders}, p.keys[0], err
}

// countIn makes the durations of a plan count in one kind of days, whatever its sheet says.
func (p *Plan) countIn(days string) {
	if days == "" {
		return
	}
	for i := range p.Nodes {
		if p.Nodes[i].dayKind = calendarDays; days == DaysWorking {
			p.Nodes[i].dayKind = workingDays
		}
	}
}

// Chosen gives the baseline that the plan is held against.
func (p *PlanAnswer) Chosen() Baseline {
	at := slices.IndexFunc(p.Baselines, func(b Baseline) bool { return b.Number == p.Baseline })
	return p.Baselines[max(at, 0)]
}

// CriticalNames lists the open nodes with the least float, in the order of the plan.
func (p *Plan) CriticalNames() []string {
	names := []string{}
	for _, n := range p.Nodes {
		if n.Critical && n.Open {
			names = append(names, n.Node)
		}
	}
	return names
}

// Table is one line a node.
func (p *PlanAnswer) Table() Table {
	t := (&ScheduleAnswer{Plans: []Plan{p.Plan}}).Table()
	t.Columns = append(t.Columns, Column{"earliest_start", "倒排最早开始", "Earliest start", ""}, Column{"earliest_finish", "倒排最早完成", "Earliest finish", ""},
		Column{"free_float_days", "自由时差", "Free float", "天"}, Column{"outlook_finish", "预测完成", "Outlook", ""},
		Column{"baseline_start", "基线开始", "Baseline start", ""}, Column{"baseline_finish", "基线完成", "Baseline finish", ""})
	for i, n := range p.Nodes {
		t.Rows[i] = append(t.Rows[i], n.EarliestStart.cell(), n.EarliestFinish.cell(), days(n.FreeFloat), n.OutlookFinish.cell(),
			n.BaselineStart.cell(), n.BaselineFinish.cell())
	}
	return t
}
