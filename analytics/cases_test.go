package analytics

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// handCases is a table computed by hand; the calendar is Monday to Friday but for 2016-06-09 and 10 (holidays) and Sunday 12 (worked).
// Asked for 2016-06-20, a Monday. Given by source: hotline 5, mayor 3.
//
//	no  source  accepted    due                              closed      what it is
//	1   hotline Wed 06-01   5 working days: Wed 06-08        Wed 06-08   in time, on its last day
//	2   hotline Thu 06-02   Wed 06-08 + holidays over: Sun 06-12 (3 Fri, 6 Mon, 7 Tue, 8 Wed, 12 Sun)
//	                                                         Mon 06-13   late by 1
//	3   mayor   Tue 06-14   3: Fri 06-17                     Sat 06-18   in time: a day off after its Friday
//	4   mayor   Wed 06-15   3: Mon 06-20, today              –           not due yet, due soon with 0 left
//	5   hotline 06-06       stated Fri 06-10, a holiday      –           overdue: working days after are 12, 13, 14, 15, 16, 17, 20 = 7
//	6   hotline 06-06       stated 06-14, put off to 06-30   –           postponed: neither
//	7   hotline 06-01       stated 06-08, put off to 06-15   06-20       postponed: neither, though after that day too
//	8   mayor   –           received Fri 06-17: 3 = 06-22    –           waiting to be accepted, 2 left: due soon
//	9   (none)  –           no day to count from             –           open, never overdue
//	10  hotline 06-13       5: Mon 06-20, today              06-14       in time
//	11  hotline 06-16       5: Thu 06-23                     06-17       closed before a day that has not come: counted once it has
//
// Due by 06-20: 1, 2, 3, 5, 6, 7, 10 = 7; postponed 6, 7 = 2; in time 1, 3, 10 = 3; rate 3 / (7 − 2) = 60 %.
// On 06-24: 4 is overdue and due (3 → no), 8 too, 11 in time: 4 / (10 − 2) = 50 %.
func handCases() map[*ledger.Dataset][]values {
	return map[*ledger.Dataset][]values{
		ledger.Calendar: {{"date": "2016-06-09", "kind": "放假", "name": "端午"}, {"date": "2016-06-10", "kind": "放假", "name": "端午"}, {"date": "2016-06-12", "kind": "上班", "name": "端午"}},
		ledger.Cases: {
			{"number": "1", "subject": "一", "channel": "热线", "received_on": "2016-06-01", "accepted_on": "2016-06-01", "fed_back_on": "2016-06-08", "closed_on": "2016-06-08", "status": "已结案", "unit": "甲队"},
			{"number": "2", "subject": "二", "channel": "热线", "received_on": "2016-06-02", "accepted_on": "2016-06-02", "fed_back_on": "2016-06-13", "closed_on": "2016-06-13", "status": "已结案", "unit": "甲队"},
			{"number": "3", "subject": "三", "channel": "市长电话", "received_on": "2016-06-14", "accepted_on": "2016-06-14", "fed_back_on": "2016-06-18", "closed_on": "2016-06-18", "status": "已结案", "unit": "乙队"},
			{"number": "4", "subject": "四", "channel": "市长电话", "received_on": "2016-06-15", "accepted_on": "2016-06-15", "status": "办理中", "unit": "乙队"},
			{"number": "5", "subject": "五", "channel": "热线", "received_on": "2016-06-06", "accepted_on": "2016-06-06", "due": "2016-06-10", "status": "已反馈", "fed_back_on": "2016-06-15", "unit": "甲队", "complainant": "某人", "phone": "138"},
			{"number": "6", "subject": "六", "channel": "热线", "received_on": "2016-06-06", "accepted_on": "2016-06-06", "due": "2016-06-14", "postponed_until": "2016-06-30", "postpone_reason": "等鉴定", "status": "办理中"},
			{"number": "7", "subject": "七", "channel": "热线", "received_on": "2016-06-01", "accepted_on": "2016-06-01", "due": "2016-06-08", "postponed_until": "2016-06-15", "postpone_reason": "等鉴定", "fed_back_on": "2016-06-20", "closed_on": "2016-06-20", "status": "已结案"},
			{"number": "8", "subject": "八", "channel": "市长电话", "received_on": "2016-06-17", "status": "待受理"},
			{"number": "9", "subject": "九", "status": "待受理"},
			{"number": "10", "subject": "十", "channel": "热线", "received_on": "2016-06-13", "accepted_on": "2016-06-13", "fed_back_on": "2016-06-14", "closed_on": "2016-06-14", "status": "已结案", "unit": "甲队", "grid": "一网格", "reopened": 1, "reopen_reason": "反弹"},
			{"number": "11", "subject": "十一", "channel": "热线", "received_on": "2016-06-16", "accepted_on": "2016-06-16", "fed_back_on": "2016-06-17", "closed_on": "2016-06-17", "status": "已结案"},
		},
	}
}

func TestTheRateOfCasesEqualsATableComputedByHand(t *testing.T) {
	a := record(t, handCases())
	for day, want := range map[string]string{
		"2016-06-20": "due 7 postponed 2 in time 3 of 5 = 60; open 5 overdue 1; [1 on_time   | 2 late  1 | 3 on_time   | 4 due_soon 0  | 5 overdue -7 7 主要领导| 6 postponed 8  | 7 postponed_done   | 8 due_soon 2  | 9 open   | 10 on_time   | 11 on_time   |]",
		"2016-06-24": "due 10 postponed 2 in time 4 of 8 = 50; open 5 overdue 3; [1 on_time   | 2 late  1 | 3 on_time   | 4 overdue -4 4 主要领导| 5 overdue -11 11 主要领导| 6 postponed 4  | 7 postponed_done   | 8 overdue -2 2 分管领导| 9 open   | 10 on_time   | 11 on_time   |]",
	} {
		ans, err := a.Cases(context.Background(), CasesQuestion{Question: on(t, a, day)})
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprintf("due %d postponed %d in time %s of %s = %s; open %d overdue %d; [", ans.Totals.Due, ans.Totals.Postponed, ans.Totals.OnTime.Numerator, ans.Totals.OnTime.Denominator,
			ans.Totals.OnTime.Percent, ans.Totals.Open, ans.Totals.Overdue)
		slices.SortFunc(ans.all, func(x, y CaseLine) int {
			return len(x.Number)*10 + int(x.Number[len(x.Number)-1]) - len(y.Number)*10 - int(y.Number[len(y.Number)-1])
		})
		for _, l := range ans.all {
			text := func(d ledger.Decimal) string {
				if d.Valid() {
					return d.String()
				}
				return ""
			}
			got += fmt.Sprintf("%s %s %s %s %s| ", l.Number, l.State, text(l.DaysLeft), text(l.DaysLate), l.Level)
		}
		got = got[:len(got)-1] + "]"
		if got != want {
			t.Errorf("%s:\n%s, want\n%s", day, got, want)
		}
	}
}

// TestNothingDueGivesNoRate keeps 0 of 0 from looking like none or like all.
func TestNothingDueGivesNoRate(t *testing.T) {
	a := record(t, handCases())
	for _, year := range []int{2015, 2017} {
		q := on(t, a, "2016-06-20")
		q.Year = year
		ans, err := a.Cases(context.Background(), CasesQuestion{Question: q})
		if err != nil || ans.Totals.Due != 0 || ans.Totals.OnTime.Percent.Valid() {
			t.Errorf("%d: %+v %v", year, ans.Totals, err)
		}
	}
}

func TestCasesAreNarrowed(t *testing.T) {
	a := record(t, handCases())
	q := on(t, a, "2016-06-20")
	for name, want := range map[string]struct {
		q CasesQuestion
		n int
	}{
		"state": {CasesQuestion{Question: q, State: CaseDueSoon}, 2}, "source": {CasesQuestion{Question: q, Channel: "市长电话"}, 3}, "unit": {CasesQuestion{Question: q, Unit: "甲队"}, 4},
		"grid": {CasesQuestion{Question: q, Grid: "一网格"}, 1}, "text": {CasesQuestion{Question: q, Text: "十"}, 2}, "both": {CasesQuestion{Question: q, Text: "十", Grid: "一网格"}, 1},
		// Nobody finds a case by who complained.
		"person": {CasesQuestion{Question: q, Text: "某人"}, 0},
	} {
		ans, err := a.Cases(context.Background(), want.q)
		if err != nil || len(ans.Items) != want.n || ans.Totals.Due != 7 || len(ans.Table().Rows) != want.n {
			t.Errorf("%s: %d items, %+v %v", name, len(ans.Items), ans.Totals, err)
		}
	}
}

func TestAlertsOfCases(t *testing.T) {
	a := record(t, handCases())
	ans, err := a.Alerts(context.Background(), on(t, a, "2016-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, one := range ans.Open {
		if one.Dataset == "cases" {
			got = append(got, fmt.Sprintln(one.ID, one.Severity, one.Message.In(text.En)))
		}
	}
	want := []string{"case_overdue:5 red Due on 2016-06-10, working days overdue: 7 (threshold 3)\n",
		"case_due_soon:8 yellow Due on 2016-06-22, working days left: 2 (threshold 2)\n", "case_due_soon:4 yellow Due on 2016-06-20, working days left: 0 (threshold 2)\n"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestStatementsOfCasesAndScores(t *testing.T) {
	all := handCases()
	for d, rows := range handScores() {
		all[d] = rows
	}
	a := record(t, all)
	for _, name := range []string{"Cases.Rows", "Scores.Roster", "Scores.Draws", "Scores.Lines", "Scores.Sanctions", "Scores.Published"} {
		rows, err := a.query(context.Background(), name, on(t, a, "2016-06-20"), ledger.Params{"from": "2016-06-01", "to": "2016-06-30"})
		if err != nil {
			t.Fatal(err)
		}
		testkit.Golden(t, name+".txt", lines(t, rows))
	}
}
