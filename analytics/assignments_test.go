package analytics

import (
	"context"
	"fmt"
	"testing"

	"taizhang/ledger"
)

// terms are two projects handed over: one without a gap, one with a day between and with two leads later.
func terms() []values {
	return []values{
		{"project": "甲村改造", "leaders": []string{"周副主任"}, "section": "城改办", "from": "2016-01-01", "to": "2016-06-10"},
		{"project": "甲村改造", "leaders": []string{"陈委员"}, "section": "建设科", "from": "2016-06-11"},
		{"project": "乙大厦", "leaders": []string{"周副主任"}, "from": "2016-01-01", "to": "2016-06-10"},
		{"project": "乙大厦", "leaders": []string{"陈委员"}, "from": "2016-06-12"},
		{"project": "乙大厦", "leaders": []string{"孙委员"}, "from": "2016-06-20"},
		{"project": "丙路", "leaders": []string{"孙委员"}, "from": "2016-12-01"},
	}
}

func holiday() []values {
	return []values{
		{"date": "2016-06-09", "kind": "放假", "name": "端午节"}, {"date": "2016-06-10", "kind": "放假", "name": "端午节"},
		{"date": "2016-06-11", "kind": "放假", "name": "端午节"}, {"date": "2016-06-12", "kind": "上班", "name": "端午节"},
	}
}

func TestTheLeadOfTheDay(t *testing.T) {
	// The list comes in later than the days it speaks of.
	a := projectRecord(t, append(smallOffice(), batchOf{ledger.Assignments, "2016-07-01", terms()}))
	for asof, want := range map[string][3]string{
		"2016-06-10": {"[周副主任] 城改办 true ", "[周副主任] 经发科 true ", "[] 城管科 false 当日没有分包领导"},
		"2016-06-11": {"[陈委员] 建设科 true ", "[] 经发科 true 当日没有分包领导", "[] 城管科 false 当日没有分包领导"},
		"2016-06-19": {"[陈委员] 建设科 true ", "[陈委员] 经发科 true ", "[] 城管科 false 当日没有分包领导"},
		"2016-06-20": {"[陈委员] 建设科 true ", "[陈委员 孙委员] 经发科 true 当日有多位分包领导：陈委员、孙委员", "[] 城管科 false 当日没有分包领导"},
		"2016-12-01": {"[陈委员] 建设科 true ", "[陈委员 孙委员] 经发科 true 当日有多位分包领导：陈委员、孙委员", "[孙委员] 城管科 true "},
	} {
		p, err := a.Projects(context.Background(), on(t, a, asof))
		if err != nil {
			t.Fatal(err)
		}
		for i, item := range p.Items {
			if got := fmt.Sprint(item.Leaders, " ", item.Section, " ", item.Assigned, " ", item.LeadWarningZh); got != want[i] {
				t.Errorf("%s: %s is led by %s, want %s", asof, item.Project, got, want[i])
			}
		}
	}
	leader, err := a.Leader(context.Background(), on(t, a, "2016-06-10"), "周副主任")
	if err != nil || len(leader.Items) != 2 {
		t.Errorf("on 06-10 周副主任 leads %+v, %v", leader, err)
	}
	if _, err = a.Leader(context.Background(), on(t, a, "2016-06-11"), "周副主任"); err == nil {
		t.Error("who handed over still leads")
	}
	p, err := a.Project(context.Background(), on(t, a, "2016-06-24"), "甲村改造")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Leads) != 2 || p.Leads[0].Leaders[0] != "陈委员" || !p.Leads[0].Current || p.Leads[1].Current || p.Leads[1].To.String() != "2016-06-10" {
		t.Errorf("history %+v", p.Leads)
	}
}

func TestLeadsOfTheLedgerRowAreWarnedOfToo(t *testing.T) {
	a := projectRecord(t, smallOffice())
	p, err := a.Projects(context.Background(), on(t, a, "2016-06-24"))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"当日有多位分包领导：张主任、李书记", "", "当日没有分包领导"} {
		if got := p.Items[i].LeadWarningZh; got != want {
			t.Errorf("%s: %q, want %q", p.Items[i].Project, got, want)
		}
	}
}

func TestSeveralItemsMayHaveALeadEach(t *testing.T) {
	one := Assignment{Item: "一名领导", Leaders: []string{"甲"}, Section: "一科", Current: true}
	two := Assignment{Item: "一套方案", Leaders: []string{"乙"}, Section: "二科", Current: true}
	if l := leadOf([]Assignment{one, two}, nil, ""); !l.Warning.IsZero() || fmt.Sprint(l.Leaders, " ", l.Section) != "[甲 乙] 一科、二科" {
		t.Errorf("%+v", l)
	}
	two.Item = one.Item
	if l := leadOf([]Assignment{one, two}, nil, ""); l.Warning.IsZero() {
		t.Error("two leads of one item are not warned of")
	}
}

func TestHolidaysCountBeforeTheirListIsImported(t *testing.T) {
	plan := []values{{"project": "甲村改造", "node_no": "1", "node": "一", "duration_days": 4, "day_kind": "工作日", "plan_start": "2016-06-07", "plan_finish": "2016-06-13", "deadline": "2016-06-13"}}
	a := projectRecord(t, []batchOf{smallOffice()[0], {ledger.Milestones, "2016-05-01", plan}, {ledger.Calendar, "2016-07-01", holiday()}})
	s, err := a.Schedule(context.Background(), on(t, a, "2016-06-06"))
	if err != nil {
		t.Fatal(err)
	}
	// Backwards from Monday the 13th: 13, 12, 8, 7.
	if n := s.Plans[0].Nodes[0]; n.LatestStart.String() != "2016-06-07" || n.OutlookFinish.String() != "2016-06-13" || *n.TotalFloat != 0 {
		t.Errorf("%+v", n)
	}
}
