package analytics

import (
	"context"
	"slices"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// ProjectsAnswer is the project ledger with a status light on every project.
type ProjectsAnswer struct {
	Stamp `json:"stamp"`

	Totals     ProjectTotals  `json:"totals"`
	Items      []ProjectItem  `json:"items"` // in the order of the office's ledger, or the worst first
	ByCategory []ProjectGroup `json:"by_category"`
	ByLeader   []ProjectGroup `json:"by_leader"` // a project with two leaders counts with both; Name is empty for none

	Filter  ProjectFilter  `json:"filter"` // what narrows the answer, see FilteredProjects
	Choices ProjectChoices `json:"-"`
}

// ProjectItem is one project as it stands: the ledger's figures, the last weekly entry, the light.
type ProjectItem struct {
	Key             string         `json:"key"`
	Project         string         `json:"project"`
	Category        string         `json:"category"`
	Leaders         []string       `json:"leaders"` // on the day
	Section         string         `json:"section"`
	Assigned        bool           `json:"assigned"` // leaders and section come from the assignments, not from the ledger's row
	LeadWarning     text.Message   `json:"-"`        // nobody leads, or several do
	LeadWarningZh   string         `json:"lead_warning,omitempty"`
	LeadWarningEn   string         `json:"lead_warning_en,omitempty"`
	Stage           string         `json:"stage"`
	LedgerDate      Date           `json:"ledger_date"` // the day the figures speak of
	TotalInvestment ledger.Decimal `json:"total_investment_yuan"`
	YearPlan        ledger.Decimal `json:"year_plan_yuan"`
	MonthDone       ledger.Decimal `json:"month_done_yuan"`
	YearToDate      ledger.Decimal `json:"year_to_date_yuan"`
	SinceStart      ledger.Decimal `json:"since_start_yuan"`
	PlanStart       Date           `json:"plan_start"`
	ActualStart     Date           `json:"actual_start"`
	PlanFinish      Date           `json:"plan_finish"`
	ActualFinish    Date           `json:"actual_finish"`
	Completion      ledger.Decimal `json:"completion_percent"` // done this year / plan of the year
	Time            ledger.Decimal `json:"time_percent"`       // complete months of the ledger's year
	Gap             ledger.Decimal `json:"gap_points"`         // Time - Completion: positive is behind
	// What follows is the last weekly entry, or the ledger's own words when there is none (ReportDate unknown).
	ReportDate     Date           `json:"report_date"`
	Progress       string         `json:"progress"`
	Percent        ledger.Decimal `json:"percent"`
	WeekInvestment ledger.Decimal `json:"week_investment_yuan"`
	Cumulative     ledger.Decimal `json:"cumulative_investment_yuan"`
	Problem        string         `json:"problem"`
	Coordination   string         `json:"coordination"`
	NextStep       string         `json:"next_step"`
	PercentBefore  ledger.Decimal `json:"percent_before"` // of the entry before
	ProblemBefore  string         `json:"problem_before"`
	StaleDays      *int64         `json:"stale_days"` // since the last weekly entry; null without one
	DaysLate       *int64         `json:"days_late"`  // of the latest milestone; null without any
	MinFloatOpen   *int64         `json:"min_total_float_open_days"`
	Light          Light          `json:"light"`
}

// ProblemRepeated reports whether the last two weekly entries name the same problem.
func (p ProjectItem) ProblemRepeated() bool {
	return p.Problem != "" && p.Problem == p.ProblemBefore
}

// Projects answers how every project stands.
func (a *Analytics) Projects(ctx context.Context, q Question) (*ProjectsAnswer, error) {
	p, err := a.portfolio(ctx, q)
	if err != nil {
		return nil, err
	}
	stamp, err := a.stamp(ctx, q, "", portfolioSources...)
	if err != nil {
		return nil, err
	}
	return &ProjectsAnswer{Stamp: stamp, Totals: totalsOf(p.items), Items: slices.Clone(p.items),
		ByCategory: byCategory(p.items), ByLeader: byLeader(p.items)}, nil
}

// Table is one line a project.
func (p *ProjectsAnswer) Table() Table {
	t := Table{Columns: []Column{
		{"project", "项目名称", "Project", ""}, {"category", "项目类型", "Type", ""}, {"leaders", "分包领导", "Lead", ""},
		{"section", "责任科室", "Section", ""}, {"stage", "当前阶段", "Stage", ""}, {"light", "状态", "Light", ""}, {"reason", "依据", "Why", ""},
		{"total_investment_yuan", "总投资", "Total investment", "元"}, {"year_plan_yuan", "年度计划投资", "Plan of the year", "元"},
		{"month_done_yuan", "本月完成投资", "Done in the month", "元"}, {"year_to_date_yuan", "年度累计完成", "Done this year", "元"},
		{"since_start_yuan", "开工以来累计完成", "Done since start", "元"}, {"completion_percent", "完成率", "Completion", "%"},
		{"time_percent", "序时进度", "Time progress", "%"}, {"gap_points", "欠序时", "Behind time", "百分点"},
		{"report_date", "填报日期", "Report date", ""}, {"progress", "形象进度", "Physical progress", ""}, {"percent", "形象进度完成", "Works complete", "%"},
		{"problem", "存在问题", "Problem", ""}, {"coordination", "需协调事项", "To coordinate", ""}, {"next_step", "下步计划", "Next", ""},
	}}
	for _, i := range p.Items {
		t.Rows = append(t.Rows, i.row())
	}
	return t
}

func (p ProjectItem) row() []any {
	return []any{p.Project, p.Category, p.Leaders, p.Section, p.Stage, string(p.Light.Color), p.Light.Why(text.Zh),
		p.TotalInvestment, p.YearPlan, p.MonthDone, p.YearToDate, p.SinceStart, p.Completion, p.Time, p.Gap,
		p.ReportDate.cell(), p.Progress, p.Percent, p.Problem, p.Coordination, p.NextStep}
}
