package analytics

import (
	"cmp"
	"slices"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Task is a node of a plan as scheduling sees it.
type Task struct {
	No          string
	Name        string
	Days        int64 // of the calendar it is scheduled in, both ends counted
	After       []ledger.Link
	EarlyFinish Date // when it was or will be finished
}

// Latest is when a task must start and end for the deadline to hold. Float is LF - EF in days of the calendar, null when EF is unknown.
type Latest struct {
	Start, Finish Date
	Float         *int64
}

// PlanError is a plan that cannot be computed, with the nodes that are at fault.
type PlanError struct {
	Message text.Message
	Nodes   []string
}

// Error gives the English sentence, for logs.
func (e *PlanError) Error() string { return e.Message.In(text.En) }

// BackSchedule gives the latest dates of every task in calendar days, in the order of tasks:
// LF(end) = deadline, LS = LF - D + 1, LF(i) = min LS(successors) - 1 - lag, TF = LF - EF.
//
// Errors are those of NewNetwork.
func BackSchedule(tasks []Task, deadline Date) ([]Latest, error) {
	n, err := NewNetwork(tasks, nil)
	if err != nil {
		return nil, err
	}
	return n.Latest(deadline), nil
}

// links gives every task's predecessors by their place among the tasks.
func links(tasks []Task) ([][]tie, error) {
	index := nodeIndex(tasks)
	before := make([][]tie, len(tasks))
	for i, t := range tasks {
		if t.Days < 0 {
			return nil, &PlanError{text.T("schedule.negative", t.label(), t.Days), []string{t.id()}}
		}
		for _, link := range t.After {
			if link.Kind != "" && link.Kind != "FS" || link.Odd {
				return nil, &PlanError{text.T("schedule.link", t.label(), link.Said), []string{t.id()}}
			}
			found, ok := index[ledger.NameKey(link.Node)]
			if !ok {
				return nil, &PlanError{text.T("schedule.unknown", t.label(), link.Node), []string{t.id(), link.Node}}
			}
			for _, node := range found {
				before[i] = append(before[i], tie{node, link.Lag})
			}
		}
		before[i] = strongest(before[i])
	}
	return before, nil
}

// strongest keeps of several ties to one node the one with the greatest lag.
func strongest(ties []tie) []tie {
	slices.SortFunc(ties, func(a, b tie) int { return cmp.Or(cmp.Compare(a.node, b.node), cmp.Compare(b.lag, a.lag)) })
	return slices.CompactFunc(ties, func(a, b tie) bool { return a.node == b.node })
}

// nodeIndex finds tasks by number, or by name where no number is the same.
//
// Several nodes may share a number (one number over merged cells): naming it names them all.
func nodeIndex(tasks []Task) map[string][]int {
	index := make(map[string][]int, 2*len(tasks))
	numbers := make(map[string]bool, len(tasks))
	for i, t := range tasks {
		if key := ledger.NameKey(t.No); key != "" {
			index[key] = append(index[key], i)
			numbers[key] = true
		}
	}
	for i, t := range tasks {
		if key := ledger.NameKey(t.Name); !numbers[key] {
			index[key] = append(index[key], i)
		}
	}
	return index
}

// backwards orders tasks so that every task comes after all its successors.
func backwards(tasks []Task, before [][]tie) ([]int, error) {
	successors := make([]int, len(tasks))
	for _, list := range before {
		for _, p := range list {
			successors[p.node]++
		}
	}
	order := make([]int, 0, len(tasks))
	for i, n := range successors {
		if n == 0 {
			order = append(order, i)
		}
	}
	for at := 0; at < len(order); at++ {
		for _, p := range before[order[at]] {
			if successors[p.node]--; successors[p.node] == 0 {
				order = append(order, p.node)
			}
		}
	}
	if len(order) < len(tasks) {
		return nil, cycle(tasks, before)
	}
	return order, nil
}

// cycle names the nodes of a cycle in the order of work.
func cycle(tasks []Task, before [][]tie) error {
	edges := make([][]int, len(before))
	for i, list := range before {
		for _, p := range list {
			edges[i] = append(edges[i], p.node)
		}
	}
	names := []string{}
	for _, i := range ledger.FindCycle(edges) {
		names = append(names, tasks[i].id())
	}
	return &PlanError{text.T("schedule.cycle", strings.Join(append(slices.Clone(names), names[0]), " → ")), names}
}

func (t Task) id() string {
	if t.No != "" {
		return t.No
	}
	return t.Name
}

func (t Task) label() string { return strings.TrimSpace(t.No + " " + t.Name) }
