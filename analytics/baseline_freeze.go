package analytics

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Approval is the decision that makes a plan a baseline.
type Approval struct {
	Number string // such as 第1次; new for the project
	On     Date
	By     string
	Reason string
}

// Digest tells one state of a plan from another: it changes with every node and date that Freeze would keep.
func (p *Plan) Digest() string {
	sum := sha256.New()
	for _, n := range p.Nodes {
		fmt.Fprintf(sum, "%q %q %s %s %s\n", n.No, n.Node, n.PlanStart, n.PlanFinish, n.Weight)
	}
	return hex.EncodeToString(sum.Sum(nil)[:9])
}

// NextNumber proposes the number of a plan's next baseline, one that none of the approved ones has.
func NextNumber(baselines []Baseline) string {
	taken := map[string]bool{}
	n := 1
	for _, b := range baselines {
		if taken[b.Number] = true; b.Approved {
			n++
		}
	}
	for taken[baselineNumber(n)] {
		n++
	}
	return baselineNumber(n)
}

func baselineNumber(n int) string { return text.T("schedule.number", n).In(text.Zh) }

// Freeze makes the rows of ledger.Baselines that keep the plan as it stands; saving them twice under one number is refused by the record.
//
// An approval without number, day or person and a node without a planned finish are Invalid.
func (p *Plan) Freeze(a Approval) ([]ledger.Row, error) {
	if strings.TrimSpace(a.Number) == "" || strings.TrimSpace(a.By) == "" || !a.On.Known() {
		return nil, ledger.Fail(ledger.Invalid, text.T("schedule.approval_incomplete"))
	}
	d := ledger.Baselines
	rows := []ledger.Row{}
	for _, n := range p.Nodes {
		if !n.PlanFinish.Known() {
			return nil, ledger.Fail(ledger.Invalid, text.T("schedule.no_finish", n.task().label()))
		}
		row := ledger.Row{Values: make([]any, len(d.Fields)), Effective: a.On.Time()}
		set := func(field string, v any) { row.Values[d.Index(field)] = v }
		set("project", p.Project)
		set("number", a.Number)
		set("approved_on", ledger.DayOf(a.On.Time()))
		set("approved_by", a.By)
		set("reason", a.Reason)
		set("node_no", n.No)
		set("node", n.Node)
		if n.PlanStart.Known() {
			set("start", ledger.DayOf(n.PlanStart.Time()))
		}
		set("finish", ledger.DayOf(n.PlanFinish.Time()))
		if n.Weight.Valid() {
			set("weight", n.Weight.Big())
		}
		rows = append(rows, row)
	}
	return rows, nil
}
