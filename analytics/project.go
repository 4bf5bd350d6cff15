package analytics

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// ProjectAnswer is one project with all that is recorded of it.
type ProjectAnswer struct {
	Stamp `json:"stamp"`

	ProjectItem
	Facts   []ledger.Traced `json:"facts"` // every field of the ledger's row with the cell it was read from
	Private []ledger.Traced `json:"-"`     // personal fields of the row, for pages of those who may see them
	File    string          `json:"file"`  // the file the row was read from
	Plan    *Plan           `json:"plan"`  // back-schedule; null without milestones
	// Baselines are the approved ones, newest first, and last the first plan recorded; none without milestones.
	Baselines []Baseline   `json:"baselines"`
	Leads     []Assignment `json:"lead_history"`    // terms that have begun, newest first; none when only the ledger's row names the lead
	Curve     *Curve       `json:"s_curve"`         // null without milestones
	Money     []MoneyWeek  `json:"money_and_works"` // oldest first
	Weeks     []Week       `json:"weeks"`
	Visits    []SiteVisit  `json:"visits"`
	Actions   []ActionLine `json:"actions"` // in the order of the meetings
	Issues    []IssueLine  `json:"issues"`  // open ones first
	// MoneyPercent is the cumulative investment in percent of the total, to be held against the physical Percent.
	MoneyPercent ledger.Decimal `json:"money_percent"`
	Since        ProjectChanges `json:"since_last_week"`
}

// Week is one weekly entry of a project, newest first, with what changed since the entry before.
type Week struct {
	ReportDate      Date           `json:"report_date"`
	Progress        string         `json:"progress"`
	Percent         ledger.Decimal `json:"percent"`
	PercentBefore   ledger.Decimal `json:"percent_before"`
	Change          ledger.Decimal `json:"change_points"`
	WeekInvestment  ledger.Decimal `json:"week_investment_yuan"`
	Cumulative      ledger.Decimal `json:"cumulative_investment_yuan"`
	Problem         string         `json:"problem"`
	ProblemBefore   string         `json:"problem_before"`
	ProblemRepeated bool           `json:"problem_repeated"`
	Coordination    string         `json:"coordination"`
	NextStep        string         `json:"next_step"`
	Note            string         `json:"note"`
}

// Project answers all about one project, named by its key or by its name in any spelling.
func (a *Analytics) Project(ctx context.Context, q Question, key string) (*ProjectAnswer, error) {
	p, err := a.portfolioOf(ctx, q, key)
	if err != nil {
		return nil, err
	}
	at := p.find(key)
	if at < 0 {
		return nil, ledger.Fail(ledger.NotFound, text.T("error.not_found", key))
	}
	answer := &ProjectAnswer{ProjectItem: p.items[at], Leads: p.history(p.keys[at]), Baselines: []Baseline{}, Weeks: []Week{}}
	if weeks := p.weeks[p.keys[at]]; weeks != nil {
		answer.Weeks = weeks
	}
	if i, ok := p.plan[p.keys[at]]; ok {
		answer.Plan = &p.plans[i]
		if answer.Baselines, err = p.baselinesOf(p.keys[at], answer.Plan, q.Baseline); err != nil {
			return nil, err
		}
	}
	q.project = p.keys[at]
	if err := a.gatherProject(ctx, q, answer); err != nil {
		return nil, err
	}
	answer.Money = p.rules.moneyWeeks(answer.Weeks, answer.TotalInvestment)
	answer.MoneyPercent = Percent(answer.Cumulative, answer.TotalInvestment)
	if answer.Plan != nil {
		answer.Curve = answer.Plan.curve(answer.Weeks, answer.baseline(), p.asof)
	}
	return answer, nil
}

// gatherProject asks what stands beside a project's own figures; the statements do not need each other.
func (a *Analytics) gatherProject(ctx context.Context, q Question, answer *ProjectAnswer) error {
	var wait errgroup.Group
	if answer.Plan != nil {
		wait.Go(func() error { return a.locate(ctx, q, answer.Plan) })
	}
	wait.Go(func() (err error) { answer.Visits, err = a.visits(ctx, "Project.Visits", q, nil); return err })
	wait.Go(func() (err error) {
		answer.Actions, err = a.actions(ctx, q, func(key string, _ ActionLine) bool { return key == q.project })
		return err
	})
	wait.Go(func() (err error) { answer.Issues, err = a.issues(ctx, q, q.project); return err })
	wait.Go(func() (err error) { answer.Since, err = a.projectChanges(ctx, q, answer.Project); return err })
	wait.Go(func() error { return a.addFacts(ctx, q, answer) })
	wait.Go(func() (err error) { answer.Stamp, err = a.stamp(ctx, q, "", projectSources...); return err })
	return wait.Wait()
}

// projectSources are the datasets a project's page is read from.
var projectSources = append([]string{"actions", "visits", "issues"}, portfolioSources...)

// baseline gives the nodes of the baseline that the plan is held against.
func (p *ProjectAnswer) baseline() []BaselineNode {
	at := slices.IndexFunc(p.Baselines, func(b Baseline) bool { return b.Number == p.Plan.Baseline })
	return p.Baselines[at].Nodes
}

// find gives the place of a project by its key or by its name in any spelling, -1 when there is none.
func (p *portfolio) find(key string) int {
	if i := slices.IndexFunc(p.items, func(i ProjectItem) bool { return i.Key == key }); i >= 0 {
		return i
	}
	return slices.Index(p.keys, ledger.NameKey(key))
}

// addFacts adds the ledger's row as it was read, blanks included, personal fields apart.
func (a *Analytics) addFacts(ctx context.Context, q Question, answer *ProjectAnswer) error {
	versions, err := a.ledger.Versions(ctx, ledger.Projects, answer.Key, q.Clock)
	if err != nil {
		return err
	}
	read := map[string]ledger.Traced{}
	for _, v := range versions {
		if !v.Counts {
			continue
		}
		answer.File = v.Batch.File
		for _, f := range v.Fields {
			read[f.Name] = f
		}
	}
	answer.Facts = []ledger.Traced{}
	for _, field := range ledger.Projects.StoredFields() {
		fact := read[field.Name]
		fact.Field, fact.Name = field, field.Name
		if field.Private {
			answer.Private = append(answer.Private, fact)
			continue
		}
		answer.Facts = append(answer.Facts, fact)
	}
	return nil
}

// Table is the weekly entries, newest first.
func (p *ProjectAnswer) Table() Table {
	t := Table{Columns: []Column{
		{"report_date", "填报日期", "Report date", ""}, {"progress", "形象进度", "Physical progress", ""},
		{"percent", "完成", "Complete", "%"}, {"percent_before", "上期完成", "Complete before", "%"},
		{"week_investment_yuan", "本周完成投资", "Invested this week", "元"},
		{"cumulative_investment_yuan", "累计完成投资", "Invested in all", "元"},
		{"problem", "存在问题", "Problem", ""}, {"coordination", "需协调事项", "To coordinate", ""}, {"next_step", "下步计划", "Next", ""},
	}}
	for _, w := range p.Weeks {
		t.Rows = append(t.Rows, []any{w.ReportDate.cell(), w.Progress, w.Percent, w.PercentBefore,
			w.WeekInvestment, w.Cumulative, w.Problem, w.Coordination, w.NextStep})
	}
	return t
}
