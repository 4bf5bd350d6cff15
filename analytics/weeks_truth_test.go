package analytics_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"taizhang/analytics"
	"taizhang/ledger"
)

type weekTruth struct {
	Asof   string           `json:"as_of"`
	Stale  map[string]int64 `json:"stale_days"`
	Slips  []slipTruth      `json:"slips"`
	Due    []slipTruth      `json:"due_within_7_days"`
	Lights map[string]struct {
		Rule1, Rule2, Rule3, Rule4, Rule6 *string
		DaysLate                          *int64  `json:"days_late"`
		MinFloat                          *int64  `json:"min_float_open"`
		Money                             *string `json:"money_minus_physical_points"`
		Behind                            bool    `json:"rule5_behind"`
		Overall                           string
		Fired                             []string
	} `json:"lights"`
	Agenda  map[string][]string `json:"agenda"`
	Changes *struct {
		Percent  map[string][2]ledger.Decimal `json:"percent"`
		Repeated []string                     `json:"problem_repeated"`
	} `json:"changes"`
	Rows []struct {
		Project      string         `json:"project"`
		Percent      ledger.Decimal `json:"percent"`
		Week         ledger.Decimal `json:"week_yuan"`
		Cumulative   ledger.Decimal `json:"cumulative_yuan"`
		Problem      *string        `json:"problem"`
		Coordination *string        `json:"coordination"`
		Next         *string        `json:"next"`
	} `json:"rows"`
}

type slipTruth struct {
	Project    string `json:"project"`
	Node       string `json:"node"`
	PlanFinish string `json:"plan_finish"`
	DaysLate   int64  `json:"days_late"`
	Days       int64  `json:"days"`
	Open       bool   `json:"open"`
}

func TestEveryWeekMeetsTruth(t *testing.T) {
	l, a := office(t, projectFiles()...)
	for week := 1; week <= 4; week++ {
		want := truth[weekTruth](t, fmt.Sprintf("进度周报-第%d周", week))
		t.Run(want.Asof, func(t *testing.T) {
			q := asof(t, l, want.Asof)
			projects, err := a.Projects(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			schedule, err := a.Schedule(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			weekLights(t, projects.Items, want)
			weekRows(t, projects.Items, want)
			weekAgenda(t, projects.Items, want)
			slips, due := []slipTruth{}, []slipTruth{}
			for _, s := range schedule.Slips {
				slips = append(slips, slipTruth{s.Project, s.Node, s.PlanFinish.String(), s.DaysLate, 0, s.Open})
			}
			for _, s := range schedule.DueSoon {
				due = append(due, slipTruth{Project: s.Project, Node: s.Node, PlanFinish: s.PlanFinish.String(), Days: s.Days})
			}
			same(t, "slips", slips, want.Slips)
			same(t, "due within 7 days", due, want.Due)
		})
	}
}

func weekLights(t *testing.T, items []analytics.ProjectItem, want weekTruth) {
	t.Helper()
	same(t, "projects", len(items), len(want.Lights))
	for _, p := range items {
		w, ok := want.Lights[p.Project]
		if !ok {
			t.Errorf("%s is not in the truth", p.Project)
			continue
		}
		for rule, color := range map[string]*string{"rule1": w.Rule1, "rule2": w.Rule2, "rule3": w.Rule3, "rule4": w.Rule4, "rule6": w.Rule6} {
			same(t, p.Project+" "+rule, colorOf(p.Light, rule), orNull(color))
		}
		same(t, p.Project+" light", p.Light.Color, w.Overall)
		fired := []string{}
		for _, r := range p.Light.Fired {
			fired = append(fired, r.ID)
		}
		same(t, p.Project+" fired", fired, w.Fired)
		same(t, p.Project+" days late", number(p.DaysLate), number(w.DaysLate))
		same(t, p.Project+" least float", number(p.MinFloatOpen), number(w.MinFloat))
		money, _ := p.Light.Rule("rule5")
		same(t, p.Project+" money ahead", fixed(money.Value, w.Money), orNull(w.Money))
		same(t, p.Project+" behind", p.Light.Behind, w.Behind)
	}
}

func weekRows(t *testing.T, items []analytics.ProjectItem, want weekTruth) {
	t.Helper()
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	for _, w := range want.Rows {
		i := slices.IndexFunc(items, func(p analytics.ProjectItem) bool { return p.Project == w.Project })
		if i < 0 {
			t.Errorf("%s is missing", w.Project)
			continue
		}
		p := items[i]
		same(t, p.Project, []any{p.ReportDate, p.Percent, p.WeekInvestment, p.Cumulative, p.Problem, p.Coordination, p.NextStep},
			[]any{want.Asof, w.Percent, w.Week, w.Cumulative, text(w.Problem), text(w.Coordination), text(w.Next)})
	}
}

func weekAgenda(t *testing.T, items []analytics.ProjectItem, want weekTruth) {
	t.Helper()
	got, stale := map[string][]string{}, map[string]int64{}
	for _, p := range items {
		add := func(list string, on bool) {
			if on {
				got[list] = append(got[list], p.Project)
			}
		}
		add(string(p.Light.Color), p.Light.Color != analytics.Green)
		if p.StaleDays == nil {
			t.Errorf("%s has no weekly entry", p.Project)
			continue
		}
		reported := p.ReportDate.String() == want.Asof
		add("stale", !reported && *p.StaleDays >= 7)
		add("coordination", reported && p.Coordination != "")
		add("repeated_problem", reported && p.ProblemRepeated())
		if !reported {
			stale[p.Project] = *p.StaleDays
		}
	}
	for list, names := range want.Agenda {
		slices.Sort(got[list])
		same(t, "agenda "+list, got[list], names)
	}
	same(t, "stale days", stale, want.Stale)
	if want.Changes == nil {
		return
	}
	changed := map[string][2]ledger.Decimal{}
	for _, p := range items {
		if p.ReportDate.String() == want.Asof && p.Percent.Cmp(p.PercentBefore) != 0 {
			changed[p.Project] = [2]ledger.Decimal{p.PercentBefore, p.Percent}
		}
	}
	same(t, "changes of percent", changed, want.Changes.Percent)
}
