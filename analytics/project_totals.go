package analytics

import (
	"slices"

	"taizhang/ledger"
)

// ProjectTotals sums projects up; amounts are yuan, NULL when no project gives any.
type ProjectTotals struct {
	Projects int `json:"projects"`
	Lights
	TotalInvestment ledger.Decimal `json:"total_investment_yuan"`
	YearPlan        ledger.Decimal `json:"year_plan_yuan"`
	MonthDone       ledger.Decimal `json:"month_done_yuan"`
	YearToDate      ledger.Decimal `json:"year_to_date_yuan"`
	SinceStart      ledger.Decimal `json:"since_start_yuan"`
	// Both count only projects that give a plan and what is done of it.
	ComparableDone ledger.Decimal `json:"comparable_done_yuan"`
	ComparablePlan ledger.Decimal `json:"comparable_plan_yuan"`
	Completion     ledger.Decimal `json:"completion_percent"` // ComparableDone / ComparablePlan
	Time           ledger.Decimal `json:"time_percent"`       // at the newest ledger row
	Gap            ledger.Decimal `json:"gap_points"`         // Time - Completion
}

// ProjectGroup is the totals of the projects of a category or of a leader.
type ProjectGroup struct {
	Name string   `json:"name"`
	Keys []string `json:"project_keys"`
	ProjectTotals
}

func totalsOf(items []ProjectItem) ProjectTotals {
	t := ProjectTotals{Projects: len(items)}
	var newest Date
	for _, i := range items {
		t.Lights.add(i.Light)
		t.TotalInvestment = plus(t.TotalInvestment, i.TotalInvestment)
		t.YearPlan = plus(t.YearPlan, i.YearPlan)
		t.MonthDone = plus(t.MonthDone, i.MonthDone)
		t.YearToDate = plus(t.YearToDate, i.YearToDate)
		t.SinceStart = plus(t.SinceStart, i.SinceStart)
		if i.YearPlan.Valid() && i.YearToDate.Valid() {
			t.ComparableDone = plus(t.ComparableDone, i.YearToDate)
			t.ComparablePlan = plus(t.ComparablePlan, i.YearPlan)
		}
		if i.LedgerDate.After(newest) {
			newest = i.LedgerDate
		}
	}
	t.Completion, t.Time = Percent(t.ComparableDone, t.ComparablePlan), yearPassed(newest)
	t.Gap = t.Time.Sub(t.Completion)
	return t
}

// byCategory groups in the order of the declared types, others after them as they appear.
func byCategory(items []ProjectItem) []ProjectGroup {
	category, _ := ledger.Projects.Field("category")
	return groups(items, category.Allowed, func(i ProjectItem) []string { return []string{i.Category} })
}

// byLeader groups in the order in which leaders appear; a project of two leaders stands with both.
func byLeader(items []ProjectItem) []ProjectGroup {
	return groups(items, nil, func(i ProjectItem) []string {
		if len(i.Leaders) == 0 {
			return []string{""}
		}
		return i.Leaders
	})
}

// groups cuts items by names; the group without a name comes last.
func groups(items []ProjectItem, order []string, names func(ProjectItem) []string) []ProjectGroup {
	members := map[string][]ProjectItem{}
	order = slices.Clone(order)
	for _, i := range items {
		for _, name := range names(i) {
			if _, ok := members[name]; !ok && !slices.Contains(order, name) {
				order = append(order, name)
			}
			members[name] = append(members[name], i)
		}
	}
	if at := slices.Index(order, ""); at >= 0 {
		order = append(slices.Delete(order, at, at+1), "")
	}
	list := []ProjectGroup{}
	for _, name := range order {
		of := members[name]
		if len(of) == 0 {
			continue
		}
		g := ProjectGroup{Name: name, ProjectTotals: totalsOf(of)}
		for _, i := range of {
			g.Keys = append(g.Keys, i.Key)
		}
		list = append(list, g)
	}
	return list
}
