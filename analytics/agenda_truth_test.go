package analytics_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"taizhang/analytics"
	"taizhang/ledger"
)

type agendaTruth struct {
	Asof    string              `json:"as_of"`
	Agenda  map[string][]string `json:"agenda"`
	Changes *struct {
		Percent map[string][2]ledger.Decimal `json:"percent"`
		New     []string                     `json:"problem_new"`
		Cleared []string                     `json:"problem_cleared"`
		Changed []string                     `json:"problem_changed"`
	} `json:"changes"`
}

// TestEveryWeeksAgendaMeetsTruth imports the weekly sheets one after the other and opens the meeting after each.
func TestEveryWeeksAgendaMeetsTruth(t *testing.T) {
	l, a := ownOffice(t, "项目台账.xlsx", "倒排工期.xlsx", "走访记录.csv", "督办事项.xlsx")
	for week := 1; week <= 4; week++ {
		name := fmt.Sprintf("进度周报-第%d周", week)
		importSample(t, l, name+".xlsx")
		want := truth[agendaTruth](t, name)
		ans, err := a.Meeting(context.Background(), analytics.MeetingQuestion{Question: asof(t, l, want.Asof)})
		if err != nil {
			t.Fatal(err)
		}
		day, _ := time.Parse(time.DateOnly, want.Asof)
		same(t, name+" is for the Monday after", ans.Meeting.Date, day.AddDate(0, 0, 3).Format(time.DateOnly))
		same(t, name+" is compared with a week before", ans.Before.Asof, day.AddDate(0, 0, -7).Format(time.DateOnly))
		agendaSections(t, ans, want)
		agendaChanges(t, ans, want)
	}
}

func agendaSections(t *testing.T, ans *analytics.MeetingAnswer, want agendaTruth) {
	t.Helper()
	got := map[string][]string{"stale": names(ans.Stale, nil), "coordination": names(ans.Requests, nil)}
	for _, color := range []analytics.Color{analytics.Red, analytics.Yellow} {
		got[string(color)] = names(ans.Lights, func(p analytics.AgendaProject) bool { return p.Light.Color == color })
	}
	every := slices.Concat(ans.Lights, ans.Better, ans.Requests, ans.Moved)
	got["repeated_problem"] = names(every, func(p analytics.AgendaProject) bool { return p.Repeated })
	for list, projects := range want.Agenda {
		same(t, want.Asof+" agenda "+list, got[list], projects)
	}
	same(t, want.Asof+" counts", []int{ans.Counts.Lights.Red, ans.Counts.Lights.Yellow, ans.Counts.Stale, ans.Counts.Requests},
		[]int{len(want.Agenda["red"]), len(want.Agenda["yellow"]), len(want.Agenda["stale"]), len(want.Agenda["coordination"])})
}

func agendaChanges(t *testing.T, ans *analytics.MeetingAnswer, want agendaTruth) {
	t.Helper()
	if want.Changes == nil {
		return
	}
	percent, problems := map[string][2]ledger.Decimal{}, map[string][]string{}
	for _, p := range slices.Concat(ans.Lights, ans.Better, ans.Moved) {
		if !p.Reported {
			continue
		}
		if p.Percent.Cmp(p.PercentBefore) != 0 {
			percent[p.Project] = [2]ledger.Decimal{p.PercentBefore, p.Percent}
		}
		switch {
		case p.Problem == p.ProblemBefore:
		case p.ProblemBefore == "":
			problems["new"] = append(problems["new"], p.Project)
		case p.Problem == "":
			problems["cleared"] = append(problems["cleared"], p.Project)
		default:
			problems["changed"] = append(problems["changed"], p.Project)
		}
	}
	same(t, want.Asof+" percent", percent, want.Changes.Percent)
	for kind, list := range map[string][]string{"new": want.Changes.New, "cleared": want.Changes.Cleared, "changed": want.Changes.Changed} {
		slices.Sort(problems[kind])
		slices.Sort(list)
		same(t, want.Asof+" problems "+kind, problems[kind], list)
	}
}

// names are those of the projects that are kept, in order and once.
func names(list []analytics.AgendaProject, keep func(analytics.AgendaProject) bool) []string {
	out := []string{}
	for _, p := range list {
		if keep == nil || keep(p) {
			out = append(out, p.Project)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TestAgendaMarksWhatTurned holds the marks of the third and fourth week: which project is newly red, which got better.
func TestAgendaMarksWhatTurned(t *testing.T) {
	l, a := office(t, projectFiles()...)
	for _, w := range []struct {
		day         string
		red, better []string
	}{
		{"2016-06-10", []string{}, []string{}},
		{"2016-06-24", []string{"示例购物中心"}, []string{}},
	} {
		ans, err := a.Meeting(context.Background(), analytics.MeetingQuestion{Question: asof(t, l, w.day)})
		if err != nil {
			t.Fatal(err)
		}
		every := slices.Concat(ans.Lights, ans.Better)
		same(t, w.day+" new red", names(every, func(p analytics.AgendaProject) bool { return p.New }), w.red)
		same(t, w.day+" better", names(every, func(p analytics.AgendaProject) bool { return p.Better }), w.better)
		if w.day == "2016-06-24" && (!ans.Lights[0].New || ans.Lights[0].Node == "") {
			t.Errorf("the new red one stands first with its node, not %+v", ans.Lights[0])
		}
	}
}

// TestCommitmentsOfTheSample holds the closure rate against the truth of the action items.
func TestCommitmentsOfTheSample(t *testing.T) {
	var want actionsTruth
	wholeTruth(t, "督办事项", &want)
	l, a := office(t, projectFiles()...)
	ans, err := a.Meeting(context.Background(), analytics.MeetingQuestion{Question: asof(t, l, want.Derived.AsOf)})
	if err != nil {
		t.Fatal(err)
	}
	c := ans.Actions
	equal(t, "closed by their day", c.Closure.Numerator, ledger.Int(want.Derived.PPC.Numerator))
	equal(t, "due", c.Closure.Denominator, ledger.Int(want.Derived.PPC.Denominator))
	shown(t, "closure rate", c.Closure.Percent, 2, want.Derived.PPC.Percent)
	if c.Overdue != len(want.Derived.Overdue) || len(c.Open) != int(want.Derived.Open) {
		t.Errorf("%d open, %d overdue, want %d and %d", len(c.Open), c.Overdue, want.Derived.Open, len(want.Derived.Overdue))
	}
	if c.PPC.Denominator.Cmp(c.Closure.Denominator) >= 0 || c.PPC.Denominator.Sign() <= 0 {
		t.Errorf("of the week %s, in all %s", c.PPC.Denominator, c.Closure.Denominator)
	}
}
