package analytics

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"taizhang/ledger"
)

// days writes what a list of latest or proposed dates says.
func spans[T any](list []T, from, to func(T) Date) string {
	var out []string
	for _, x := range list {
		out = append(out, from(x).String()+"→"+to(x).String())
	}
	return strings.Join(out, " ")
}

func TestProposeTheWorkedExample(t *testing.T) {
	p, err := Propose(workedExample(t), day(t, "2016-12-31"), nil)
	if err != nil {
		t.Fatal(err)
	}
	got := spans(p.Nodes, func(n ProposedNode) Date { return n.Start }, func(n ProposedNode) Date { return n.Finish })
	if want := "2015-12-28→2016-07-14 2016-07-15→2016-11-11 2016-09-13→2016-11-11 2016-11-12→2016-12-11 2016-12-12→2016-12-31"; got != want {
		t.Errorf("proposed %s, want %s", got, want)
	}
	if p.Start.String() != "2015-12-28" || p.Finish.String() != "2016-12-31" {
		t.Errorf("from %s to %s", p.Start, p.Finish)
	}
	// 配套 takes 60 of the 120 days of 装饰: it may slip by 60 days, alone.
	for i, want := range []string{"0 0 true", "0 0 true", "60 60 false", "0 0 true", "0 0 true"} {
		n := p.Nodes[i]
		if got := fmt.Sprint(n.TotalFloat, n.FreeFloat, n.Critical); got != want {
			t.Errorf("node %d: float, free float, critical are %s, want %s", i+1, got, want)
		}
	}
}

// Worked by hand with the holiday of June 2016 (9th to 11th off, Sunday 12th worked):
// 甲 takes 3 working days, 乙 4 after it with 2 between, 丙 1 day beginning 2 days before 甲 ends.
func lagged() []Task {
	return []Task{
		{No: "1", Name: "甲", Days: 3},
		{No: "2", Name: "乙", Days: 4, After: ledger.ParseLinks("1FS+2", nil)},
		{No: "3", Name: "丙", Days: 1, After: ledger.ParseLinks("1-2天", nil)},
	}
}

func TestLagsAndWorkingDaysByHand(t *testing.T) {
	for _, c := range []struct {
		name     string
		calendar *Calendar
		deadline string
		want     string
		floats   string
	}{
		// Backwards from Tuesday the 14th: 乙 14, 13, 12 and 8; two days between are 7 and 6; 甲 3, 2 and 1 June. 丙 may wait for the end.
		{"working days", dragonBoat2016(t), "2016-06-14", "2016-06-01→2016-06-03 2016-06-08→2016-06-14 2016-06-14→2016-06-14", "0 0;0 0;7 7"},
		// A Saturday is the Friday before it.
		{"deadline on a day off", NewCalendar(nil), "2016-06-18", "2016-06-07→2016-06-09 2016-06-14→2016-06-17 2016-06-17→2016-06-17", "0 0;0 0;7 7"},
		{"calendar days", nil, "2016-06-14", "2016-06-06→2016-06-08 2016-06-11→2016-06-14 2016-06-14→2016-06-14", "0 0;0 0;7 7"},
	} {
		p, err := Propose(lagged(), day(t, c.deadline), c.calendar)
		if err != nil {
			t.Fatal(err)
		}
		if got := spans(p.Nodes, func(n ProposedNode) Date { return n.Start }, func(n ProposedNode) Date { return n.Finish }); got != c.want {
			t.Errorf("%s: proposed %s, want %s", c.name, got, c.want)
		}
		var floats []string
		for _, n := range p.Nodes {
			floats = append(floats, fmt.Sprint(n.TotalFloat, n.FreeFloat))
		}
		if got := strings.Join(floats, ";"); got != c.floats {
			t.Errorf("%s: floats %s, want %s", c.name, got, c.floats)
		}
	}
}

func TestLinksThatCannotBeScheduledAreNamed(t *testing.T) {
	for cell, want := range map[string]string{
		"1SS":     "节点“2 乙”的前置关系“1SS”算不了：只算完成—开始（FS），间隔须是整天数，如 3FS+5、3+5天",
		"1FS+20%": "节点“2 乙”的前置关系“1FS+20%”算不了：只算完成—开始（FS），间隔须是整天数，如 3FS+5、3+5天",
	} {
		_, err := NewNetwork([]Task{{No: "1", Name: "甲"}, {No: "2", Name: "乙", After: ledger.ParseLinks(cell, nil)}}, nil)
		var p *PlanError
		if !errors.As(err, &p) || p.Message.In("zh") != want || p.Nodes[0] != "2" {
			t.Errorf("%s: %v", cell, err)
		}
	}
}

// randomNetwork is a plan without cycles, with lags and leads, in calendar or in working days.
func randomNetwork(seed uint64, deadline Date) (*rand.Rand, []Task, *Calendar) {
	r := rand.New(rand.NewPCG(seed, 5))
	tasks := randomPlan(r, deadline)
	for i := range tasks {
		for k := range tasks[i].After {
			if r.IntN(2) == 0 {
				tasks[i].After[k].Lag = int64(r.IntN(25) - 8)
			}
		}
	}
	if seed%2 == 0 {
		return r, tasks, nil
	}
	var rules []CalendarDay
	for range r.IntN(40) {
		rules = append(rules, CalendarDay{deadline.Plus(-r.IntN(700)), r.IntN(2) == 0})
	}
	return r, tasks, NewCalendar(rules)
}

func TestProposalProperties(t *testing.T) {
	for seed := range uint64(400) {
		deadline := day(t, "2016-12-31").Plus(int(seed % 7))
		r, tasks, c := randomNetwork(seed, deadline)
		n, err := NewNetwork(tasks, c)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		latest, p := n.Latest(deadline), n.Propose(deadline)
		end := c.number(deadline)
		touches := false
		for i, node := range p.Nodes {
			days := tasks[i].Days
			if node.Start != latest[i].Start || node.Finish != latest[i].Finish || c.number(node.Finish)-c.number(node.Start)+1 != days {
				t.Fatalf("seed %d: node %d is proposed %s to %s for %d days", seed, i, node.Start, node.Finish, days)
			}
			ef := c.number(node.EarliestFinish)
			if node.TotalFloat < 0 || node.FreeFloat < 0 || node.FreeFloat > node.TotalFloat || node.TotalFloat > end-ef {
				t.Fatalf("seed %d: node %d: float %d, free %d, slack to the deadline %d", seed, i, node.TotalFloat, node.FreeFloat, end-ef)
			}
			if slack := end - c.number(tasks[i].EarlyFinish); *latest[i].Float > slack {
				t.Fatalf("seed %d: float of node %d is %d, more than the slack %d", seed, i, *latest[i].Float, slack)
			}
			if p.Start.After(node.Start) && days > 0 {
				t.Fatalf("seed %d: node %d starts %s, before the plan begins %s", seed, i, node.Start, p.Start)
			}
			for _, b := range n.before[i] {
				for _, gap := range []int64{
					c.number(node.Start) - c.number(p.Nodes[b.node].Finish), c.number(node.EarliestStart) - c.number(p.Nodes[b.node].EarliestFinish),
				} {
					if gap < 1+b.lag {
						t.Fatalf("seed %d: node %d starts %d days after node %d ends, its lag is %d", seed, i, gap, b.node, b.lag)
					}
				}
			}
			touches = touches || node.Critical && node.EarliestFinish == c.date(end)
		}
		if !touches || p.Finish != c.date(end) {
			t.Fatalf("seed %d: no critical node meets the deadline %s", seed, deadline)
		}
		if c != nil {
			continue
		}
		moved := r.IntN(2000) - 1000
		for i, later := range n.Latest(deadline.Plus(moved)) {
			if later.Start != latest[i].Start.Plus(moved) || later.Finish != latest[i].Finish.Plus(moved) {
				t.Fatalf("seed %d: moving the deadline by %d moved node %d from %s to %s", seed, moved, i, latest[i].Finish, later.Finish)
			}
		}
	}
}

func TestForecastProperties(t *testing.T) {
	for seed := range uint64(400) {
		today := day(t, "2016-06-24").Plus(int(seed % 7))
		r, tasks, c := randomNetwork(seed, today.Plus(200))
		work := make([]Work, len(tasks))
		for i, task := range tasks {
			w := Work{Task: task, PlanStart: today.Plus(r.IntN(300) - 150)}
			w.PlanFinish = w.PlanStart.Plus(int(task.Days))
			switch r.IntN(4) {
			case 0:
				w.ActualFinish = today.Plus(-r.IntN(100))
			case 1:
				w.ActualStart = today.Plus(-r.IntN(100))
			case 2:
				w.Said = today.Plus(r.IntN(120) - 40)
			}
			work[i] = w
		}
		o, err := Forecast(work, today, c)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		n, _ := NewNetwork(tasks, c)
		floor := Date{}
		if slices.ContainsFunc(work, func(w Work) bool { return w.ActualStart.Known() }) {
			floor = today
		}
		for i, node := range o.Nodes {
			w := work[i]
			if node.Finish.After(o.Finish) || *node.Slip != node.Finish.Since(w.PlanFinish) {
				t.Fatalf("seed %d: node %d ends %s, the plan %s; slip %d", seed, i, node.Finish, o.Finish, *node.Slip)
			}
			if !node.Open {
				if node.Finish != w.ActualFinish {
					t.Fatalf("seed %d: a finished node moved from %s to %s", seed, w.ActualFinish, node.Finish)
				}
				continue
			}
			if today.After(node.Finish) || !c.Works(node.Finish) {
				t.Fatalf("seed %d: open node %d is forecast for %s, today is %s", seed, i, node.Finish, today)
			}
			if w.ActualStart.Known() {
				continue
			}
			if w.Days > 0 && (floor.After(node.Start) || w.PlanStart.After(node.Start)) {
				t.Fatalf("seed %d: node %d that has not begun starts %s", seed, i, node.Start)
			}
			for _, b := range n.before[i] {
				if w.Days > 0 && c.number(node.Start)-c.number(o.Nodes[b.node].Finish) < 1+b.lag {
					t.Fatalf("seed %d: node %d starts %s, its predecessor ends %s, lag %d", seed, i, node.Start, o.Nodes[b.node].Finish, b.lag)
				}
			}
		}
	}
}

// The worked example with 封顶 begun late on 2016-01-03 and not finished: it takes 200 days to 07-20, 配套 is expected for 12-20.
func TestForecastTheWorkedExample(t *testing.T) {
	work := []Work{}
	for i, task := range workedExample(t) {
		plan := [][2]string{{"2015-12-28", "2016-07-14"}, {"2016-07-15", "2016-11-11"}, {"2016-09-13", "2016-11-11"}, {"2016-11-12", "2016-12-11"}, {"2016-12-12", "2016-12-31"}}[i]
		work = append(work, Work{Task: task, PlanStart: day(t, plan[0]), PlanFinish: day(t, plan[1])})
	}
	// Nobody wrote down that 封顶 has begun: it has, as planned.
	if o, err := Forecast(work, day(t, "2016-06-24"), nil); err != nil || o.Finish.String() != "2016-12-31" || *o.Slip != 0 || o.Nodes[0].Start.String() != "2015-12-28" {
		t.Errorf("without real starts: %+v, %v", o, err)
	}
	work[0].ActualStart = day(t, "2016-01-03")
	forecast := func(today string) *Outlook {
		t.Helper()
		o, err := Forecast(work, day(t, today), nil)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	finish := func(o *Outlook) string {
		return spans(o.Nodes, func(n OutlookNode) Date { return n.Start }, func(n OutlookNode) Date { return n.Finish })
	}
	o := forecast("2016-06-24")
	if got, want := finish(o), "2016-01-03→2016-07-20 2016-07-21→2016-11-17 2016-09-13→2016-11-11 2016-11-18→2016-12-17 2016-12-18→2017-01-06"; got != want || *o.Slip != 6 {
		t.Errorf("forecast %s, slip %d; want %s, slip 6", got, *o.Slip, want)
	}
	work[2].Said = day(t, "2016-12-20")
	if o = forecast("2016-06-24"); o.Finish.String() != "2017-02-08" || *o.Slip != 39 || *o.Nodes[2].Slip != 39 {
		t.Errorf("with 配套 expected for 12-20: finish %s, slip %d", o.Finish, *o.Slip)
	}
	// Ten days after its time 封顶 is still open: it cannot end before today.
	work[2].Said = Date{}
	if o = forecast("2016-07-30"); o.Nodes[0].Finish.String() != "2016-07-30" || o.Finish.String() != "2017-01-16" || *o.Slip != 16 {
		t.Errorf("still open on 07-30: %s, slip %d", finish(o), *o.Slip)
	}
	work[0].ActualFinish = day(t, "2016-07-10")
	if o = forecast("2016-07-30"); o.Nodes[0].Open || *o.Nodes[0].Slip != -4 || o.Nodes[1].Start.String() != "2016-07-30" {
		t.Errorf("finished on 07-10: %+v", o.Nodes[:2])
	}
}

func BenchmarkTenThousandNodes(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	tasks := make([]Task, 10_000)
	for i := range tasks {
		tasks[i] = Task{No: fmt.Sprint(i), Name: fmt.Sprintf("节点%d", i), Days: 3}
		for k := 1; k <= 5 && k <= i; k++ {
			tasks[i].After = append(tasks[i].After, ledger.Link{Node: fmt.Sprint(r.IntN(i)), Lag: 1})
		}
	}
	for name, c := range map[string]*Calendar{"calendar": nil, "working": dragonBoat2016(b)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Propose(tasks, day(b, "2016-12-31"), c); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/plan")
		})
	}
}
