package analytics

import (
	"cmp"
	"context"
	"math"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// ScheduleAnswer is the back-schedule of every project that has milestones.
type ScheduleAnswer struct {
	Stamp `json:"stamp"`

	Lights  Lights    `json:"lights"` // of the plans, by rules 3 and 4
	Plans   []Plan    `json:"plans"`
	Slips   []NodeDue `json:"slips"`             // nodes finished late or overdue, finished ones included
	DueSoon []NodeDue `json:"due_within_7_days"` // open nodes
}

// Plan is the back-schedule of one project. Floats and latest dates are null when they cannot be computed; Problem says why.
type Plan struct {
	Key              string       `json:"key"`
	Project          string       `json:"project"`
	Leaders          []string     `json:"leaders"`
	Version          string       `json:"plan_version"`
	Baseline         string       `json:"baseline"` // number of the approved baseline the plan is held against; empty: the first plan recorded
	Deadline         Date         `json:"deadline"`
	Finish           Date         `json:"finish"`         // the latest finish of any node
	BeginBy          Date         `json:"begin_by"`       // the latest start of the first node for the deadline to hold
	WorkingDays      bool         `json:"working_days"`   // durations, lags and floats count working days
	OutlookFinish    Date         `json:"outlook_finish"` // by what has happened, see Forecast
	OutlookSlip      *int64       `json:"outlook_slip_days"`
	DaysPastDeadline *int64       `json:"days_past_deadline"`
	CanBeMet         *bool        `json:"can_be_met"`
	MinFloat         *int64       `json:"min_total_float_days"`
	MinFloatOpen     *int64       `json:"min_total_float_open_days"`
	Critical         []string     `json:"critical_nodes"`      // numbers of the nodes with the least float
	CriticalOpen     []string     `json:"critical_nodes_open"` // the same among nodes not finished
	DaysLate         *int64       `json:"days_late"`           // of the latest node
	Light            Light        `json:"light"`               // rules 3 and 4
	Nodes            []PlanNode   `json:"nodes"`
	Problem          text.Message `json:"-"`
	ProblemZh        string       `json:"problem,omitempty"`
	ProblemEn        string       `json:"problem_en,omitempty"`
	ProblemCells     []string     `json:"problem_cells,omitempty"` // where the nodes at fault stand: file, sheet and cell

	rowKey   string         // the folded name of the project
	first    []BaselineNode // the dates that the nodes were first planned with
	faulty   []string       // the nodes at fault, by number or name
	proposal *Proposal      // made backwards from the deadline
}

// PlanNode is one milestone with its dates by plan, in fact and at the latest.
type PlanNode struct {
	No             string         `json:"no"`
	Node           string         `json:"node"`
	Owner          string         `json:"owner"`
	Predecessors   []string       `json:"predecessors"` // numbers or names
	Links          []ledger.Link  `json:"links"`        // the same with their lags
	Weight         ledger.Decimal `json:"weight"`
	Duration       *int64         `json:"duration_days"`
	BaselineStart  Date           `json:"baseline_start"` // of the plan's Baseline
	BaselineFinish Date           `json:"baseline_finish"`
	PlanStart      Date           `json:"plan_start"`
	PlanFinish     Date           `json:"plan_finish"`
	ActualStart    Date           `json:"actual_start"`
	ActualFinish   Date           `json:"actual_finish"`
	Forecast       Date           `json:"forecast_finish"`
	LatestStart    Date           `json:"latest_start"`
	LatestFinish   Date           `json:"latest_finish"`
	EarliestStart  Date           `json:"earliest_start"` // when everything begins on the plan's BeginBy
	EarliestFinish Date           `json:"earliest_finish"`
	OutlookStart   Date           `json:"outlook_start"` // by what has happened, see Forecast
	OutlookFinish  Date           `json:"outlook_finish"`
	OutlookSlip    *int64         `json:"outlook_slip_days"`
	TotalFloat     *int64         `json:"total_float_days"`
	FreeFloat      *int64         `json:"free_float_days"` // of the proposed plan: how far it slips without moving another node
	DaysLate       *int64         `json:"days_late"`
	Open           bool           `json:"open"`
	Critical       bool           `json:"critical"`
	DueSoon        bool           `json:"due_within_7_days"`
	Color          Color          `json:"color"` // worst of rules 3 and 4 for this node

	after   string // the cell that names the predecessors
	dayKind string // 自然日 or 工作日, empty for the first
	key     string // of the row in the record, see Key
	rowNo   string // its number as recorded
	name    string // folded
}

// NodeDue is a node in the lists of slips and of what falls due.
type NodeDue struct {
	Key        string `json:"key"`
	Project    string `json:"project"`
	No         string `json:"no"`
	Node       string `json:"node"`
	Owner      string `json:"owner"`
	PlanFinish Date   `json:"plan_finish"`
	DaysLate   int64  `json:"days_late"`
	Days       int64  `json:"days"` // until it is due
	Open       bool   `json:"open"`
}

// Schedule answers whether the deadlines can be met.
func (a *Analytics) Schedule(ctx context.Context, q Question) (*ScheduleAnswer, error) {
	p, err := a.planned(ctx, q)
	if err != nil {
		return nil, err
	}
	answer := &ScheduleAnswer{Plans: p.plans, Slips: []NodeDue{}, DueSoon: []NodeDue{}}
	for i := range p.plans {
		plan := &p.plans[i]
		answer.Lights.add(plan.Light)
		if err := a.locate(ctx, q, plan); err != nil {
			return nil, err
		}
		for _, n := range plan.Nodes {
			if n.DaysLate != nil && *n.DaysLate > 0 {
				answer.Slips = append(answer.Slips, plan.due(n, p.asof))
			}
			if n.DueSoon {
				answer.DueSoon = append(answer.DueSoon, plan.due(n, p.asof))
			}
		}
	}
	answer.Stamp, err = a.stamp(ctx, q, "", planSources...)
	return answer, err
}

// planned reads every plan with the project it is of. Weekly entries and lights set by hand say nothing of a plan and are left alone.
func (a *Analytics) planned(ctx context.Context, q Question) (*portfolio, error) {
	p, r := a.emptyPortfolio(q), &portfolioRead{question: q}
	err := together(
		func() error { return a.projectItems(ctx, q, "", p) },
		func() (err error) { r.terms, err = a.assignments(ctx, q); return err },
		func() error { return a.readOnlyPlans(ctx, r) },
	)
	if err != nil {
		return nil, err
	}
	p.working, p.approved = r.working, r.approved
	p.appointAll(r.terms)
	p.setPlans(r.plans, func(plan *Plan, key string) { plan.holdAgainst(p.approved[key], r.first, q.Baseline) })
	for i, item := range p.items {
		if at, ok := p.plan[p.keys[i]]; ok {
			plan := &p.plans[at]
			plan.Key, plan.Project, plan.Leaders = item.Key, item.Project, item.Leaders
		}
	}
	return p, nil
}

// readOnlyPlans reads what plans are made of, side by side, and nothing else of their projects.
func (a *Analytics) readOnlyPlans(ctx context.Context, r *portfolioRead) error {
	q := r.question
	return together(
		func() (err error) { r.working, err = a.workingCalendar(ctx, q); return err },
		func() (err error) { r.first, err = a.firstPlans(ctx, q); return err },
		func() (err error) { r.approved, err = a.approved(ctx, q); return err },
		func() (err error) { r.plans, err = a.readPlans(ctx, q); return err },
	)
}

// WorsePlan orders plans for a meeting, the worst first: by light, then by the least float of what is open, then by the days late.
func WorsePlan(a, b *Plan) int {
	return cmp.Or(cmp.Compare(a.Light.Color.rank(), b.Light.Color.rank()), cmp.Compare(orGreat(a.MinFloatOpen), orGreat(b.MinFloatOpen)),
		cmp.Compare(orNone(b.DaysLate), orNone(a.DaysLate)))
}

// orNone gives a number of days, 0 where there is none.
func orNone(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

// orGreat gives a number of days, or one greater than all where there is none.
func orGreat(n *int64) int64 {
	if n == nil {
		return math.MaxInt64
	}
	return *n
}

func (p *Plan) due(n PlanNode, asof Date) NodeDue {
	d := NodeDue{Key: p.Key, Project: p.Project, No: n.No, Node: n.Node, Owner: n.Owner, PlanFinish: n.PlanFinish,
		Days: n.PlanFinish.Since(asof), Open: n.Open}
	if n.DaysLate != nil {
		d.DaysLate = *n.DaysLate
	}
	return d
}

// Table is one line a node.
func (s *ScheduleAnswer) Table() Table {
	t := Table{Columns: []Column{
		{"project", "项目名称", "Project", ""}, {"deadline", "交付期限", "Deadline", ""}, {"no", "序号", "No.", ""}, {"node", "节点名称", "Node", ""},
		{"owner", "责任人", "Owner", ""}, {"duration_days", "工期", "Duration", "天"}, {"predecessors", "前置节点", "Predecessors", ""},
		{"plan_start", "计划开始", "Planned start", ""}, {"plan_finish", "计划完成", "Planned finish", ""},
		{"actual_finish", "实际完成", "Actual finish", ""}, {"forecast_finish", "预计完成", "Forecast finish", ""},
		{"latest_start", "最晚开始", "Latest start", ""}, {"latest_finish", "最晚完成", "Latest finish", ""},
		{"total_float_days", "总时差", "Total float", "天"}, {"days_late", "拖期", "Late", "天"}, {"critical", "关键", "Critical", ""}, {"color", "状态", "Light", ""},
	}}
	for _, p := range s.Plans {
		for _, n := range p.Nodes {
			t.Rows = append(t.Rows, []any{p.Project, p.Deadline.cell(), n.No, n.Node, n.Owner, days(n.Duration), n.Predecessors,
				n.PlanStart.cell(), n.PlanFinish.cell(), n.ActualFinish.cell(), n.Forecast.cell(),
				n.LatestStart.cell(), n.LatestFinish.cell(), days(n.TotalFloat), days(n.DaysLate), n.Critical, string(n.Color)})
		}
	}
	return t
}

// days is a count of days as a table holds it: int64 or nil.
func days(n *int64) any {
	if n == nil {
		return nil
	}
	return *n
}
