package analytics

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"taizhang/internal/access"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// smallPatrols are ten rounds, worked out by hand below, as the 20th of June stands:
//
//	 1 found nothing                                     2 says so by its words alone
//	 3 mended on its day                 in time         4 mended a day late            late
//	 5 open since the 12th, 8 days late  late            6 mended by its day, sent back late, open again, due the 18th
//	 7 due the 25th, not yet counted                     8 mended on no stated day, due late: in no time
//	 9 mended in time, two days from now: not mended yet, and its day has not come
//	10 before the span, still open and overdue
func smallPatrols() map[*ledger.Dataset][]values {
	p := func(number, day, grid string, more values) values {
		v := values{"number": number, "day": day, "grid": grid, "time": "09:00", "found_by": "马网格员"}
		for name, value := range more {
			v[name] = value
		}
		return v
	}
	return map[*ledger.Dataset][]values{
		ledger.Grids: {
			{"grid": "一网格", "community": "甲社区", "kind": "责任网格"}, {"grid": "二网格", "community": "甲社区", "kind": "责任网格"},
			{"grid": "三网格", "community": "乙社区", "kind": "重点监管区域"},
		},
		ledger.PatrolTypes: {
			{"issue_type": "占道经营", "group": "其他", "clause": "某条例第十四条", "days": 1, "unit": "执法中队", "no": 2}, {"issue_type": "乱停乱放", "group": "四乱", "days": 2, "no": 1},
		},
		ledger.Patrols: {
			p("1", "2016-06-01", "一网格", values{"status": "无问题"}),
			p("2", "2016-06-02", "一网格", values{"issue": "未发现问题"}),
			p("3", "2016-06-06", "一网格", values{"issue_type": "占道经营", "issue": "摆摊", "place": "一路1号", "handed_to": "钱", "handed_on": "2016-06-06", "due": "2016-06-08", "mended_on": "2016-06-08",
				"checked_on": "2016-06-09", "checker": "王", "result": "通过", "status": "已核查", "addressee": "某水果店"}),
			p("4", "2016-06-07", "二网格", values{"issue_type": "占道经营", "issue": "摆摊", "handed_to": "钱", "handed_on": "2016-06-07", "due": "2016-06-08", "mended_on": "2016-06-09", "status": "已整改"}),
			p("5", "2016-06-10", "一网格", values{"issue_type": "乱停乱放", "issue": "占盲道", "place": "一路１号", "handed_to": "秦", "handed_on": "2016-06-10", "due": "2016-06-12", "status": "已交办"}),
			p("6", "2016-06-15", "一网格", values{"issue_type": "占道经营", "issue": "又摆摊", "place": "一路1号", "handed_to": "钱", "handed_on": "2016-06-15", "due": "2016-06-18", "mended_on": "2016-06-17",
				"checked_on": "2016-06-18", "checker": "王", "result": "退回", "return_reason": "未恢复", "status": "退回整改"}),
			p("7", "2016-06-18", "三网格", values{"issue_type": "乱停乱放", "issue": "堵门", "community": "乙社区（管委会）", "handed_to": "秦", "handed_on": "2016-06-18", "due": "2016-06-25"}),
			p("8", "2016-06-16", "二网格", values{"issue_type": "占道经营", "issue": "摆摊", "due": "2016-06-17", "status": "已整改"}),
			p("9", "2016-06-19", "三网格", values{"issue_type": "占道经营", "issue": "摆摊", "handed_to": "钱", "handed_on": "2016-06-19", "due": "2016-06-23", "mended_on": "2016-06-22", "status": "已整改"}),
			p("10", "2016-05-01", "二网格", values{"issue_type": "乱停乱放", "issue": "占道", "handed_to": "秦", "handed_on": "2016-05-01", "due": "2016-05-03"}),
			p("11", "2016-05-02", "二网格", values{"issue_type": "乱停乱放", "issue": "占道", "due": "2016-05-03", "mended_on": "2016-05-03", "checked_on": "2016-05-04", "result": "通过", "status": "已核查"}),
			p("12", "2016-06-21", "二网格", values{"issue_type": "乱停乱放", "issue": "还没有发生"}),
		},
	}
}

func patrolsOn(t *testing.T, a *Analytics, day string, ask PatrolsQuestion) *PatrolsAnswer {
	t.Helper()
	ask.Question = on(t, a, day)
	ans, err := a.Patrols(context.Background(), ask)
	if err != nil {
		t.Fatal(err)
	}
	return ans
}

func numbersOf(lines []PatrolLine) string {
	var list []string
	for _, l := range lines {
		list = append(list, l.Number)
	}
	return strings.Join(list, " ")
}

func TestPatrolsByHand(t *testing.T) {
	a := record(t, smallPatrols())
	ans := patrolsOn(t, a, "2016-06-20", PatrolsQuestion{})
	// Due by the 20th: 3, 4, 5, 6, 8; mended by their day and not sent back: 3.
	if o := ans.Totals.OnTime; o.Numerator.String() != "1" || o.Denominator.String() != "5" || o.Percent.Fixed(1) != "20.0" {
		t.Errorf("on time %+v", o)
	}
	if got := fmt.Sprint(ans.Totals.Patrols, ans.Totals.Findings, ans.Totals.Grids, ans.Totals.Open, ans.Totals.Overdue, ans.Totals.Undated); got != "9 7 3 5 3 1" {
		t.Errorf("patrols, findings, grids, open, overdue, undated: %s", got)
	}
	want := map[string]PatrolState{"1": PatrolFine, "2": PatrolFine, "3": PatrolPassed, "4": PatrolMended, "5": PatrolHanded, "6": PatrolReturned, "7": PatrolHanded, "8": PatrolMended,
		"9": PatrolHanded, "10": PatrolHanded}
	for _, l := range ans.Items {
		if l.State != want[l.Number] {
			t.Errorf("%s is %s, want %s", l.Number, l.State, want[l.Number])
		}
	}
	if got := numbersOf(ans.Items); got != "9 7 8 6 5 4 3 2 1 10" {
		t.Error("listed", got)
	}
	// The width of a digit makes no other place.
	if r := ans.Repeats; len(r) != 2 || r[0].Where() != "一网格 · 一路1号" || r[0].Findings != 3 || r[0].Open != 2 || r[0].First.String() != "2016-06-06" || r[0].Last.String() != "2016-06-15" ||
		strings.Join(r[0].Types, " ") != "乱停乱放 占道经营" ||
		r[1].Where() != "二网格 · 占道经营" || r[1].Findings != 2 { // without a place the type names it
		t.Errorf("%+v", r)
	}
	var types []string
	for _, s := range ans.Types {
		types = append(types, fmt.Sprint(s.Name, s.Group, s.Findings, s.Open, s.Overdue, s.OnTime.Numerator, "/", s.OnTime.Denominator))
	}
	if !slices.Equal(types, []string{"占道经营其他5 2 1 1/4", "乱停乱放四乱2 3 2 0/1"}) {
		t.Error(types)
	}
	// A community is that of the sheet, else that of the dictionary; every grid has its weeks, walked or not.
	if len(ans.Weeks) != 3 || ans.WeekStarts[0].String() != "2016-05-16" || len(ans.WeekStarts) != 6 || fmt.Sprint(ans.Weeks[1].Grid, ans.Weeks[1].Patrols, ans.Weeks[1].Findings) != "一网格[0 0 2 2 1 0] [0 0 0 2 1 0]" {
		t.Errorf("%+v %v", ans.Weeks, ans.WeekStarts)
	}
	if len(ans.Days) != 30 || ans.Days[29].Date.String() != "2016-06-20" || ans.Days[28].Findings != 1 || ans.Days[29].Patrols != 0 {
		t.Errorf("%+v", ans.Days)
	}
}

func TestPatrolsStandOtherwiseOnOtherDays(t *testing.T) {
	a := record(t, smallPatrols())
	for day, want := range map[string]string{"2016-06-08": "1 / 2 1", "2016-06-09": "1 / 2 1", "2016-06-12": "1 / 3 1", "2016-06-25": "2 / 7 3", "2016-05-02": "0 / 0 0", "2016-04-30": "0 / 0 0"} {
		ans := patrolsOn(t, a, day, PatrolsQuestion{})
		o := ans.Totals.OnTime
		if got := fmt.Sprint(o.Numerator, " / ", o.Denominator, " ", ans.Totals.Overdue); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
		if !o.Percent.Valid() != strings.Contains(want, "/ 0") {
			t.Errorf("%s: %v of nothing", day, o.Percent)
		}
	}
}

func TestPatrolsAreSifted(t *testing.T) {
	a := record(t, smallPatrols())
	for _, c := range []struct {
		ask  PatrolsQuestion
		want string
	}{
		{PatrolsQuestion{Grid: "一网格"}, "6 5 3 2 1"}, {PatrolsQuestion{Community: "甲社区"}, "8 6 5 4 3 2 1 10"}, {PatrolsQuestion{Type: "乱停乱放"}, "7 5 10"},
		{PatrolsQuestion{State: "open"}, "9 7 6 5 10"}, {PatrolsQuestion{State: "overdue"}, "6 5 10"}, {PatrolsQuestion{State: "returned"}, "6"}, {PatrolsQuestion{State: "fine"}, "2 1"},
		{PatrolsQuestion{Text: "盲道"}, "5"}, {PatrolsQuestion{Text: "一路1号"}, "6 5 3"}, {PatrolsQuestion{Days: 7}, "9 7 8 6 5 10"}, {PatrolsQuestion{Days: 90, Type: "乱停乱放"}, "7 5 11 10"},
		{PatrolsQuestion{Days: 3}, "9 7 8 6 5 4 3 2 1 10"}, {PatrolsQuestion{Grid: "没有"}, ""},
	} {
		if got := numbersOf(patrolsOn(t, a, "2016-06-20", c.ask).Items); got != c.want {
			t.Errorf("%+v: %s, want %s", c.ask, got, c.want)
		}
	}
}

func TestOnePatrol(t *testing.T) {
	a := record(t, smallPatrols())
	ids := map[string]string{}
	for _, l := range patrolsOn(t, a, "2016-06-20", PatrolsQuestion{Days: 365}).Items {
		ids[l.Number] = l.ID
	}
	ask := func(number string) *PatrolAnswer {
		ans, err := a.Patrol(context.Background(), on(t, a, "2016-06-20"), ids[number])
		if err != nil {
			t.Fatal(number, err)
		}
		return ans
	}
	six := ask("6")
	if six.Repeats != 3 || strings.Join(six.Next, " ") != "patrol_again" || six.Type.Clause != "某条例第十四条" || six.Overdue != 2 || len(six.History) != 1 {
		t.Errorf("%+v", six)
	}
	if two := ask("2"); two.Repeats != 0 || two.Issue != "" || strings.Join(two.Next, " ") != "patrol_raise" {
		t.Errorf("%+v", two)
	}
	if _, err := a.Patrol(context.Background(), on(t, a, "2016-06-20"), ""); ledger.AsError(err).Kind != ledger.NotFound {
		t.Error(err)
	}
	// Who may not see persons does not see whom a notice is for.
	three := ask("3")
	Hide(three, access.Hides{Personal: true})
	if three.Addressee != access.Hidden {
		t.Error(three.Addressee)
	}
	strip, err := a.PatrolStrip(context.Background(), on(t, a, "2016-06-20"))
	if err != nil || fmt.Sprint(strip.Patrols, strip.Open, strip.Overdue, strip.OnTime.Numerator, strip.OnTime.Denominator) != "9 5 3 1 5" {
		t.Error(strip, err)
	}
}

func TestPatrolsRaiseAlerts(t *testing.T) {
	a := record(t, smallPatrols())
	var got []string
	for _, al := range alertsOn(t, a, "2016-06-20").Open {
		if al.Kind == PatrolOverdue || al.Kind == PatrolRepeat {
			got = append(got, fmt.Sprint(al.Kind, " ", al.Severity, " ", al.What, " ", al.Figure, " ", al.Since))
		}
	}
	want := []string{
		"patrol_overdue red 二网格 · 乱停乱放 48 2016-05-04", "patrol_overdue red 一网格 · 乱停乱放 · 一路１号 8 2016-06-13",
		"patrol_overdue yellow 一网格 · 占道经营 · 一路1号 2 2016-06-19", "patrol_repeat yellow 一网格 · 一路1号 3 2016-06-15",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

func TestStatementsOfPatrols(t *testing.T) {
	a := record(t, smallPatrols())
	q := on(t, a, "2016-06-20")
	for _, name := range []string{"Patrols.Rows", "Patrols.Grids", "Patrols.Types", "Patrols.LastNumber"} {
		t.Run(name, func(t *testing.T) {
			rows, err := a.query(context.Background(), name, q, ledger.Params{"since": "2016-06-15", "id": "", "fine": ledger.PatrolFine, "returned": ledger.CheckReturned, "year": "2016"})
			if err != nil {
				t.Fatal(err)
			}
			testkit.Golden(t, name+".txt", lines(t, rows))
		})
	}
}

func TestNumbersOfPatrols(t *testing.T) {
	a := record(t, map[*ledger.Dataset][]values{ledger.Patrols: {
		{"number": PatrolNumber(2016, 7), "day": "2016-06-01", "grid": "一"}, {"number": "巡查[2016]第0019号", "day": "2016-06-01", "grid": "一"},
		{"number": PatrolNumber(2015, 80), "day": "2015-06-01", "grid": "一"}, {"number": "12", "day": "2016-06-02", "grid": "一"}}})
	n, err := a.LastPatrolNumber(context.Background(), a.ledger.Area(), 2016)
	if err != nil || n != 19 || PatrolNumber(2016, n+1) != "巡查〔2016〕0020号" {
		t.Error(n, err)
	}
}
