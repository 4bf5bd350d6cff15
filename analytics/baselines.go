package analytics

import (
	"context"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// FirstPlan names, in a question, the first plan recorded instead of an approved baseline.
const FirstPlan = "first"

// Baseline is a plan that later plans are held against: approved and frozen, or the first plan recorded.
//
// Variances are days after the baseline, below zero before it: of the current plan, and of the forecast by what has happened.
type Baseline struct {
	Number          string         `json:"number"`   // empty for the first plan recorded
	Approved        bool           `json:"approved"` // false: nobody approved it, it only came first
	ApprovedOn      Date           `json:"approved_on"`
	ApprovedBy      string         `json:"approved_by"`
	Reason          string         `json:"reason"`
	Start           Date           `json:"start"`
	Finish          Date           `json:"finish"`
	StartVariance   *int64         `json:"start_variance_days"`
	FinishVariance  *int64         `json:"finish_variance_days"`
	OutlookVariance *int64         `json:"outlook_variance_days"`
	Nodes           []BaselineNode `json:"nodes"`
}

// BaselineNode is one node of a baseline beside the current plan; Gone when the plan has no such node any more.
type BaselineNode struct {
	No              string         `json:"no"`
	Node            string         `json:"node"`
	Start           Date           `json:"start"`
	Finish          Date           `json:"finish"`
	Weight          ledger.Decimal `json:"weight"`
	PlanStart       Date           `json:"plan_start"`
	PlanFinish      Date           `json:"plan_finish"`
	StartVariance   *int64         `json:"start_variance_days"`
	FinishVariance  *int64         `json:"finish_variance_days"`
	OutlookVariance *int64         `json:"outlook_variance_days"`
	Gone            bool           `json:"gone"`

	name string // folded
}

// Title names the baseline for people.
func (b Baseline) Title() text.Message {
	if !b.Approved {
		return text.T("schedule.first_plan")
	}
	return text.T("schedule.baseline", b.Number, b.ApprovedOn.String())
}

// approved reads the approved baselines of every project, in the order of approval.
func (a *Analytics) approved(ctx context.Context, q Question) (map[string][]Baseline, error) {
	all := map[string][]Baseline{}
	err := a.each(ctx, "Schedule.Approved", q, nil, func(rows driver.Rows) error {
		var project string
		b, n := Baseline{Approved: true}, BaselineNode{}
		var on, start, finish *time.Time
		if err := rows.Scan(&project, &b.Number, &on, &b.ApprovedBy, &b.Reason, &n.No, &n.Node, &n.name, &start, &finish, &n.Weight); err != nil {
			return err
		}
		b.ApprovedOn, n.Start, n.Finish = dateAt(on), dateAt(start), dateAt(finish)
		list := all[project]
		if len(list) == 0 || list[len(list)-1].Number != b.Number {
			list = append(list, b)
		}
		last := &list[len(list)-1]
		last.Nodes = append(last.Nodes, n)
		all[project] = list
		return nil
	})
	return all, err
}

// nodeKey names a node of a project's plan as it was recorded.
type nodeKey struct{ project, no, name string }

// firstPlans reads the dates every node was first planned with.
func (a *Analytics) firstPlans(ctx context.Context, q Question) (map[nodeKey]BaselineNode, error) {
	first := map[nodeKey]BaselineNode{}
	err := a.each(ctx, "Schedule.Baseline", q, nil, func(rows driver.Rows) error {
		var key nodeKey
		var start, finish *time.Time
		if err := rows.Scan(&key.project, &key.no, &key.name, &start, &finish); err != nil {
			return err
		}
		first[key] = BaselineNode{Start: dateAt(start), Finish: dateAt(finish)}
		return nil
	})
	return first, err
}

// holdAgainst gives every node the dates of the baseline chosen: the one named, else the newest approved, else the first plan.
func (p *Plan) holdAgainst(approved []Baseline, first map[nodeKey]BaselineNode, chosen string) {
	for _, n := range p.Nodes {
		b := first[nodeKey{p.rowKey, n.rowNo, n.name}]
		b.No, b.Node, b.Weight, b.name = n.No, n.Node, n.Weight, n.name
		p.first = append(p.first, b)
	}
	chosenNodes := p.first
	if at := choose(approved, chosen); at >= 0 {
		chosenNodes, p.Baseline = approved[at].Nodes, approved[at].Number
	}
	index := indexNodes(len(chosenNodes), func(i int) (string, string) { return chosenNodes[i].No, chosenNodes[i].name })
	for i := range p.Nodes {
		n := &p.Nodes[i]
		if at := index.find(n.No, n.name); at >= 0 {
			n.BaselineStart, n.BaselineFinish = chosenNodes[at].Start, chosenNodes[at].Finish
		}
	}
}

// choose finds the baseline asked for, or the newest; -1 is the first plan recorded.
func choose(approved []Baseline, number string) int {
	if number == FirstPlan {
		return -1
	}
	if at := slices.IndexFunc(approved, func(b Baseline) bool { return b.Number == number }); at >= 0 {
		return at
	}
	return len(approved) - 1
}

// nodesByName finds nodes by number and name, else by name alone, for numbers shift when a plan is redone.
type nodesByName struct {
	both map[[2]string]int
	name map[string]int
}

// indexNodes indexes n nodes; each gives the number and the folded name of one.
func indexNodes(n int, each func(i int) (no, name string)) nodesByName {
	index := nodesByName{make(map[[2]string]int, n), make(map[string]int, n)}
	for i := n - 1; i >= 0; i-- {
		no, name := each(i)
		index.both[[2]string{no, name}], index.name[name] = i, i
	}
	return index
}

// find gives the place of a node, -1 when there is none.
func (x nodesByName) find(no, name string) int {
	if at, ok := x.both[[2]string{no, name}]; ok {
		return at
	}
	if at, ok := x.name[name]; ok {
		return at
	}
	return -1
}

// baselinesOf gives the baselines of one project; one asked for that it has not is NotFound.
func (p *portfolio) baselinesOf(project string, plan *Plan, chosen string) ([]Baseline, error) {
	approved := p.approved[project]
	if chosen != "" && chosen != FirstPlan && plan.Baseline != chosen {
		return nil, ledger.Fail(ledger.NotFound, text.T("error.not_found", chosen))
	}
	return plan.compare(approved), nil
}

// compare gives every baseline of a plan, newest first and the first plan recorded last, with its variances.
func (p *Plan) compare(approved []Baseline) []Baseline {
	list := []Baseline{}
	for _, b := range slices.Backward(approved) {
		b.Nodes = slices.Clone(b.Nodes)
		list = append(list, b)
	}
	list = append(list, Baseline{Nodes: slices.Clone(p.first)})
	start, finish := p.span()
	index := indexNodes(len(p.Nodes), func(i int) (string, string) { return p.Nodes[i].No, p.Nodes[i].name })
	for i := range list {
		b := &list[i]
		for k := range b.Nodes {
			p.compareNode(&b.Nodes[k], index)
			b.widen(b.Nodes[k])
		}
		b.StartVariance, b.FinishVariance = slip(start, b.Start), slip(finish, b.Finish)
		b.OutlookVariance = slip(p.OutlookFinish, b.Finish)
	}
	return list
}

func (p *Plan) compareNode(b *BaselineNode, index nodesByName) {
	at := index.find(b.No, b.name)
	if b.Gone = at < 0; b.Gone {
		return
	}
	n := p.Nodes[at]
	b.PlanStart, b.PlanFinish = n.PlanStart, n.PlanFinish
	b.StartVariance, b.FinishVariance = slip(n.PlanStart, b.Start), slip(n.PlanFinish, b.Finish)
	b.OutlookVariance = slip(n.OutlookFinish, b.Finish)
}

func (b *Baseline) widen(n BaselineNode) {
	b.Start, b.Finish = widest(b.Start, b.Finish, n.Start, n.Finish)
}

// span is from the first planned start to the last planned finish.
func (p *Plan) span() (start, finish Date) {
	for _, n := range p.Nodes {
		start, finish = widest(start, finish, n.PlanStart, n.PlanFinish)
	}
	return start, finish
}

func widest(start, finish, from, to Date) (Date, Date) {
	if from.Known() && (!start.Known() || start.After(from)) {
		start = from
	}
	if to.After(finish) {
		finish = to
	}
	return start, finish
}
