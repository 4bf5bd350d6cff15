package analytics

import (
	"slices"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Task is a node of a plan as back-scheduling sees it.
type Task struct {
	No           string
	Name         string
	Days         int64    // calendar days, both ends counted
	Predecessors []string // numbers or names of other tasks
	EarlyFinish  Date     // when it was or will be finished
}

// Latest is when a task must start and end for the deadline to hold. Float is LF - EF in days, null when EF is unknown.
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

// BackSchedule gives the latest dates of every task, in the order of tasks:
// LF(end) = deadline, LS = LF - D + 1, LF(i) = min LS(successors) - 1, TF = LF - EF.
//
// A cycle, an unknown predecessor or a negative duration is a *PlanError. It takes O(tasks + links).
func BackSchedule(tasks []Task, deadline Date) ([]Latest, error) {
	before, err := links(tasks)
	if err != nil {
		return nil, err
	}
	order, err := backwards(tasks, before)
	if err != nil {
		return nil, err
	}
	latest := make([]Latest, len(tasks))
	for i := range latest {
		latest[i].Finish = deadline
	}
	for _, i := range order {
		latest[i].Start = latest[i].Finish.Plus(1 - int(tasks[i].Days))
		if ef := tasks[i].EarlyFinish; ef.Known() {
			float := latest[i].Finish.Since(ef)
			latest[i].Float = &float
		}
		limit := latest[i].Start.Plus(-1)
		for _, p := range before[i] {
			if latest[p].Finish.After(limit) {
				latest[p].Finish = limit
			}
		}
	}
	return latest, nil
}

// links gives the indexes of every task's predecessors.
func links(tasks []Task) ([][]int, error) {
	index := nodeIndex(tasks)
	before := make([][]int, len(tasks))
	for i, t := range tasks {
		if t.Days < 0 {
			return nil, &PlanError{text.T("schedule.negative", t.label(), t.Days), []string{t.id()}}
		}
		for _, name := range t.Predecessors {
			found, ok := index[ledger.NameKey(name)]
			if !ok {
				return nil, &PlanError{text.T("schedule.unknown", t.label(), name), []string{t.id(), name}}
			}
			before[i] = append(before[i], found...)
		}
		slices.Sort(before[i])
		before[i] = slices.Compact(before[i])
	}
	return before, nil
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
func backwards(tasks []Task, before [][]int) ([]int, error) {
	successors := make([]int, len(tasks))
	for _, list := range before {
		for _, p := range list {
			successors[p]++
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
			if successors[p]--; successors[p] == 0 {
				order = append(order, p)
			}
		}
	}
	if len(order) < len(tasks) {
		return nil, cycle(tasks, before)
	}
	return order, nil
}

// cycle names the nodes of a cycle in the order of work.
func cycle(tasks []Task, before [][]int) error {
	names := []string{}
	for _, i := range ledger.FindCycle(before) {
		names = append(names, tasks[i].id())
	}
	return &PlanError{text.T("schedule.cycle", strings.Join(append(names, names[0]), " → ")), names}
}

func (t Task) id() string {
	if t.No != "" {
		return t.No
	}
	return t.Name
}

func (t Task) label() string { return strings.TrimSpace(t.No + " " + t.Name) }
