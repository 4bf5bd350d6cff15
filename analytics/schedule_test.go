package analytics

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"taizhang/ledger"
)

func day(t testing.TB, s string) Date {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return DateOf(d)
}

// after makes links without a lag.
func after(nodes ...string) []ledger.Link {
	var list []ledger.Link
	for _, n := range nodes {
		list = append(list, ledger.Link{Node: n})
	}
	return list
}

// The chain of domain.md, section (c): 封顶 -> 装饰, 配套 -> 验收 -> 交付.
func workedExample(t testing.TB) []Task {
	return []Task{
		{No: "1", Name: "封顶", Days: 200, EarlyFinish: day(t, "2016-07-20")},
		{No: "2", Name: "装饰", Days: 120, After: after("1")},
		{No: "3", Name: "配套", Days: 60, After: after("封顶")},
		{No: "4", Name: "验收", Days: 30, After: after("2", "3")},
		{No: "5", Name: "交付", Days: 20, After: after("4")},
	}
}

func TestBackScheduleWorkedExample(t *testing.T) {
	latest, err := BackSchedule(workedExample(t), day(t, "2016-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	want := [][2]string{{"2015-12-28", "2016-07-14"}, {"2016-07-15", "2016-11-11"}, {"2016-09-13", "2016-11-11"},
		{"2016-11-12", "2016-12-11"}, {"2016-12-12", "2016-12-31"}}
	for i, l := range latest {
		if got := [2]string{l.Start.String(), l.Finish.String()}; got != want[i] {
			t.Errorf("node %d: latest %v, want %v", i+1, got, want[i])
		}
	}
	if f := latest[0].Float; f == nil || *f != -6 {
		t.Errorf("float of 封顶 = %v, want -6", f)
	}
	if latest[1].Float != nil {
		t.Errorf("float without an early finish = %d, want none", *latest[1].Float)
	}
}

func TestBackScheduleRefuses(t *testing.T) {
	chain := func(predecessors ...[]string) []Task {
		tasks := make([]Task, len(predecessors))
		for i, p := range predecessors {
			tasks[i] = Task{No: fmt.Sprint(i + 1), Name: fmt.Sprintf("节点%d", i+1), Days: 5, After: after(p...)}
		}
		return tasks
	}
	negative := chain(nil)
	negative[0].Days = -1
	for name, c := range map[string]struct {
		tasks []Task
		nodes []string
		says  string
	}{
		"cycle":    {chain(nil, []string{"1", "4"}, []string{"2"}, []string{"3"}, []string{"4"}), []string{"2", "3", "4"}, "前置节点成环：2 → 3 → 4 → 2"},
		"self":     {chain([]string{"1"}), []string{"1"}, "前置节点成环：1 → 1"},
		"unknown":  {chain(nil, []string{"9"}), []string{"2", "9"}, "节点“2 节点2”的前置节点“9”不存在"},
		"negative": {negative, []string{"1"}, "节点“1 节点1”的工期是负数：-1 天"},
	} {
		_, err := BackSchedule(c.tasks, day(t, "2016-12-31"))
		var p *PlanError
		if !errors.As(err, &p) {
			t.Errorf("%s: error %v, want a PlanError", name, err)
			continue
		}
		if !slices.Equal(p.Nodes, c.nodes) || p.Message.In("zh") != c.says {
			t.Errorf("%s: %v %q, want %v %q", name, p.Nodes, p.Message.In("zh"), c.nodes, c.says)
		}
	}
}

// randomPlan makes a plan without cycles: a node comes after nodes before it.
func randomPlan(r *rand.Rand, deadline Date) []Task {
	tasks := make([]Task, 1+r.IntN(40))
	for i := range tasks {
		tasks[i] = Task{No: fmt.Sprint(i), Days: r.Int64N(60), EarlyFinish: deadline.Plus(r.IntN(400) - 300)}
		for range r.IntN(4) {
			if i > 0 {
				tasks[i].After = append(tasks[i].After, ledger.Link{Node: fmt.Sprint(r.IntN(i))})
			}
		}
	}
	r.Shuffle(len(tasks), func(i, j int) { tasks[i], tasks[j] = tasks[j], tasks[i] })
	return tasks
}

func TestBackScheduleProperties(t *testing.T) {
	deadline := day(t, "2016-12-31")
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		tasks := randomPlan(r, deadline)
		latest, err := BackSchedule(tasks, deadline)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		moved := r.IntN(2000) - 1000
		later, err := BackSchedule(tasks, deadline.Plus(moved))
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		at := map[string]int{}
		for i, task := range tasks {
			at[task.No] = i
		}
		touches := make([]bool, len(tasks))
		for i, task := range tasks {
			l := latest[i]
			if got := l.Finish.Since(l.Start) + 1; got != task.Days {
				t.Fatalf("seed %d: node %s spans %d days, want %d", seed, task.No, got, task.Days)
			}
			for _, link := range task.After {
				p := link.Node
				before := latest[at[p]]
				if !l.Start.After(before.Finish) {
					t.Fatalf("seed %d: node %s starts %s before its predecessor %s ends %s", seed, task.No, l.Start, p, before.Finish)
				}
				touches[at[p]] = touches[at[p]] || l.Start.Since(before.Finish) == 1
			}
			if slack := deadline.Since(task.EarlyFinish); *l.Float > slack {
				t.Fatalf("seed %d: float of %s is %d, more than the slack %d to the deadline", seed, task.No, *l.Float, slack)
			}
			if later[i].Start != l.Start.Plus(moved) || later[i].Finish != l.Finish.Plus(moved) || *later[i].Float != *l.Float+int64(moved) {
				t.Fatalf("seed %d: moving the deadline by %d moved node %s from %s to %s", seed, moved, task.No, l.Finish, later[i].Finish)
			}
		}
		// Latest means latest: nothing could end a day later.
		for i, l := range latest {
			if !touches[i] && l.Finish != deadline {
				t.Fatalf("seed %d: node %s could end after %s", seed, tasks[i].No, l.Finish)
			}
		}
	}
}

func TestBackScheduleOfTenThousandNodesIsQuick(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	tasks := make([]Task, 10_000)
	for i := range tasks {
		tasks[i] = Task{No: fmt.Sprint(i), Days: 3}
		for k := 1; k <= 5 && k <= i; k++ {
			tasks[i].After = append(tasks[i].After, ledger.Link{Node: fmt.Sprint(r.IntN(i))})
		}
	}
	start := time.Now()
	if _, err := BackSchedule(tasks, day(t, "2016-12-31")); err != nil {
		t.Fatal(err)
	}
	// It takes some 10 ms; quadratic work would take minutes.
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("10,000 nodes took %s", took)
	}
	tasks[0].After = after("9999")
	tasks[9999].After = after("0")
	if _, err := BackSchedule(tasks, day(t, "2016-12-31")); err == nil {
		t.Error("a cycle through 10,000 nodes was not found")
	}
}

func TestPredecessorsAsPeopleWriteThem(t *testing.T) {
	for cell, want := range map[string][]string{
		"": {}, "1": {"1"}, "1、2": {"1", "2"}, "1,２": {"1", "２"}, "1/2": {"1", "2"}, "装饰/配套": {"装饰/配套"}, "装饰/配套、1": {"装饰/配套", "1"},
	} {
		plan := Plan{Deadline: day(t, "2016-12-31"), Nodes: []PlanNode{
			{Node: "封顶", PlanStart: day(t, "2016-01-01"), PlanFinish: day(t, "2016-01-10")},
			{Node: "装饰/配套", PlanStart: day(t, "2016-01-01"), PlanFinish: day(t, "2016-01-10")},
			{Node: "交付", PlanStart: day(t, "2016-12-12"), PlanFinish: day(t, "2016-12-31"), after: cell},
		}}
		DefaultThresholds().compute(&plan, day(t, "2016-01-01"), nil)
		if got := plan.Nodes[2].Predecessors; !slices.Equal(got, want) || plan.ProblemZh != "" {
			t.Errorf("%q names %q, want %q; %s", cell, got, want, plan.ProblemZh)
		}
		for i := range plan.Nodes[:2] {
			n := plan.Nodes[i]
			limit := "2016-12-31"
			if slices.ContainsFunc(want, func(p string) bool { return p == n.Node || p == n.No || p == "２" && n.No == "2" }) {
				limit = "2016-12-11"
			}
			if n.LatestFinish.String() != limit {
				t.Errorf("%q: %s may end %s, want %s", cell, n.Node, n.LatestFinish, limit)
			}
		}
	}
}
