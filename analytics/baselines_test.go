package analytics

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"taizhang/ledger"
)

// replanned is a project whose plan was approved twice and then moved without approval.
func replanned() []batchOf {
	plan := func(top, hand string) []values {
		return []values{
			{"project": "甲", "node_no": "1", "node": "封顶", "duration_days": 100, "plan_start": "2016-01-01", "plan_finish": top, "weight": "60", "deadline": "2016-12-31"},
			{"project": "甲", "node_no": "2", "node": "交付", "duration_days": 100, "predecessors": "1", "plan_start": "2016-07-01", "plan_finish": hand, "weight": "40"},
		}
	}
	base := func(number, on, top, hand, last string) []values {
		row := func(no, node, start, finish string) values {
			return values{"project": "甲", "number": number, "approved_on": on, "approved_by": "张主任", "reason": "第" + no + "条", "node_no": no, "node": node, "start": start, "finish": finish}
		}
		return []values{row("1", "封顶", "2016-01-01", top), row("2", last, "2016-07-01", hand)}
	}
	return []batchOf{
		{ledger.Milestones, "2016-01-01", plan("2016-06-10", "2016-12-01")},
		{ledger.Baselines, "2016-02-01", base("第1次", "2016-02-01", "2016-06-20", "2016-12-10", "竣工")},
		{ledger.Milestones, "2016-03-01", plan("2016-06-30", "2016-12-31")},
		{ledger.Baselines, "2016-04-01", base("第2次", "2016-04-01", "2016-06-25", "2016-12-20", "交付")},
	}
}

func TestVarianceAgainstEveryBaseline(t *testing.T) {
	a := ownProjectRecord(t, replanned())
	q := on(t, a, "2016-05-01")
	_, err := a.Project(context.Background(), q, "甲")
	if e := new(ledger.Error); !errors.As(err, &e) {
		t.Fatal("a project that the ledger does not list has a page")
	}
	load(t, a.ledger, batchOf{ledger.Projects, "2016-01-01", []values{{"project": "甲"}}})
	p, err := a.Project(context.Background(), q, "甲")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, b := range p.Baselines {
		line := fmt.Sprint(b.Title().In("zh"), ": ", number(b.StartVariance), " ", number(b.FinishVariance))
		for _, n := range b.Nodes {
			line += fmt.Sprintf(" %s %s", n.Node, number(n.FinishVariance))
			if n.Gone {
				line += " gone"
			}
		}
		lines = append(lines, line)
	}
	want := []string{
		"第2次基线（2016-04-01 批准）: 0 11 封顶 5 交付 11",
		"第1次基线（2016-02-01 批准）: 0 21 封顶 10 竣工 null gone",
		"首次录入计划（未经批准）: 0 30 封顶 20 交付 30",
	}
	if got := strings.Join(lines, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("baselines\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

func number(n *int64) string {
	if n == nil {
		return "null"
	}
	return fmt.Sprint(*n)
}

func TestThePlanIsHeldAgainstTheBaselineChosen(t *testing.T) {
	a := projectRecord(t, append(replanned(), batchOf{ledger.Projects, "2016-01-01", []values{{"project": "甲"}}}))
	for _, c := range []struct{ asof, chosen, number, top, hand string }{
		{"2016-01-15", "", "", "2016-06-10", "2016-12-01"},
		{"2016-02-15", "", "第1次", "2016-06-20", ""},
		{"2016-05-01", "", "第2次", "2016-06-25", "2016-12-20"},
		{"2016-05-01", "第1次", "第1次", "2016-06-20", ""},
		{"2016-05-01", FirstPlan, "", "2016-06-10", "2016-12-01"},
	} {
		q := on(t, a, c.asof)
		q.Baseline = c.chosen
		p, err := a.Project(context.Background(), q, "甲")
		if err != nil {
			t.Fatal(err)
		}
		n := p.Plan.Nodes
		if got := fmt.Sprintf("%s %s %s", p.Plan.Baseline, n[0].BaselineFinish, n[1].BaselineFinish); got != fmt.Sprintf("%s %s %s", c.number, c.top, c.hand) {
			t.Errorf("%+v: held against %s", c, got)
		}
	}
	q := on(t, a, "2016-05-01")
	q.Baseline = "第9次"
	_, err := a.Project(context.Background(), q, "甲")
	if e := new(ledger.Error); !errors.As(err, &e) || e.Kind != ledger.NotFound {
		t.Errorf("a baseline that does not exist: %v", err)
	}
}

func TestFreezingThePlanMakesABaseline(t *testing.T) {
	a := ownProjectRecord(t, append(replanned()[:1], batchOf{ledger.Projects, "2016-01-01", []values{{"project": "甲"}}}))
	ctx, q := context.Background(), on(t, a, "2016-06-01")
	p, err := a.Project(ctx, q, "甲")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Plan.Freeze(Approval{Number: "第1次", On: day(t, "2016-05-01")}); err == nil {
		t.Error("a baseline without the person who approved it")
	}
	rows, err := p.Plan.Freeze(Approval{"第1次", day(t, "2016-05-01"), "张主任", "年度计划"})
	if err != nil {
		t.Fatal(err)
	}
	save := func() error {
		_, err := a.ledger.Load(ctx, ledger.Load{Kind: "form", By: "test", Each: func(add func(*ledger.Dataset, ledger.Row) error) error {
			for _, r := range rows {
				if err := add(ledger.Baselines, r); err != nil {
					return err
				}
			}
			return nil
		}})
		return err
	}
	if err := save(); err != nil {
		t.Fatal(err)
	}
	if err := save(); err == nil {
		t.Error("the same baseline was saved twice")
	}
	load(t, a.ledger, replanned()[2])
	if p, err = a.Project(ctx, q, "甲"); err != nil {
		t.Fatal(err)
	}
	b := p.Baselines[0]
	if len(p.Baselines) != 2 || b.Number != "第1次" || b.ApprovedBy != "张主任" || b.Reason != "年度计划" || *b.FinishVariance != 30 || b.Nodes[0].Finish.String() != "2016-06-10" {
		t.Errorf("frozen: %+v", b)
	}
	is(t, "weight", b.Nodes[0].Weight, "60")
}
