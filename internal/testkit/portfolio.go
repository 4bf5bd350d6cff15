package testkit

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/ledger"
)

// Portfolio is the size of a made-up project ledger: so many projects, nodes in each plan, weekly entries of each, and action items.
type Portfolio struct{ Projects, Nodes, Weeks, Actions int }

// LastReport is the day of a portfolio's newest weekly entries, a Monday.
var LastReport = time.Date(2016, 6, 27, 0, 0, 0, 0, time.UTC)

// portfolioLeaders share the projects among them.
const portfolioLeaders = 12

// Load fills a record with the portfolio, a batch a dataset and a batch a week, as an office would.
func (p Portfolio) Load(t testing.TB, l *ledger.Ledger) {
	t.Helper()
	fill(t, l, ledger.Projects, p.Projects, p.project)
	fill(t, l, ledger.Milestones, p.Projects*p.Nodes, p.milestone)
	fill(t, l, ledger.Actions, p.Actions, p.action)
	for week := range p.Weeks {
		fill(t, l, ledger.Progress, p.Projects, func(i int) (map[string]any, time.Time) { return p.entry(i, week) })
	}
}

// valuesOf puts named values in the order of a dataset's fields; a name it does not have is a mistake of the test.
func valuesOf(d *ledger.Dataset, named map[string]any) []any {
	values := make([]any, len(d.Fields))
	for name, v := range named {
		values[d.Index(name)] = v
	}
	return values
}

// Name is what the project of a number is called.
func (p Portfolio) Name(i int) string { return projectName(i) }

func projectName(i int) string { return fmt.Sprintf("示例项目%03d号", i+1) }

func (p Portfolio) project(i int) (map[string]any, time.Time) {
	began := LastReport.AddDate(0, 0, -7*p.Weeks)
	return map[string]any{
		"project": projectName(i), "category": []string{"城中村改造", "安置房", "楼宇", "商业"}[i%4], "leaders": []string{fmt.Sprintf("领导%02d", i%portfolioLeaders+1)},
		"section": fmt.Sprintf("科室%d", i%9+1), "total_investment_yuan": decimal.NewFromInt(int64(i%90+10) * 10_000_000),
		"year_plan_yuan": decimal.NewFromInt(int64(i%90+10) * 1_000_000), "year_to_date_yuan": decimal.NewFromInt(int64(i%90+10) * int64(i%12) * 50_000),
		"plan_start": ledger.DayOf(began), "actual_start": ledger.DayOf(began.AddDate(0, 0, i%40)), "plan_finish": ledger.DayOf(LastReport.AddDate(1, 0, i%300)),
		"stage": "建设中",
	}, LastReport.AddDate(0, 0, -7) // the ledger is of the week before
}

// milestone gives every plan a chain of nodes, each a fortnight long, with the past ones finished a few days late.
func (p Portfolio) milestone(i int) (map[string]any, time.Time) {
	project, node := i/p.Nodes, i%p.Nodes
	finish := LastReport.AddDate(0, 0, 14*(node+1)-7*p.Nodes)
	values := map[string]any{
		"project": projectName(project), "node_no": fmt.Sprint(node + 1), "node": fmt.Sprintf("节点%02d", node+1), "duration_days": int64(14),
		"plan_start": ledger.DayOf(finish.AddDate(0, 0, -13)), "plan_finish": ledger.DayOf(finish), "deadline": ledger.DayOf(LastReport.AddDate(0, 0, 7*p.Nodes+project%9-3)),
		"owner": fmt.Sprintf("责任人%d", project%30),
	}
	if node > 0 {
		values["predecessors"] = fmt.Sprint(node)
	}
	if actual := finish.AddDate(0, 0, project%5); !actual.After(LastReport) {
		values["actual_finish"] = ledger.DayOf(actual)
	}
	return values, LastReport.AddDate(0, 0, -7*p.Weeks)
}

func (p Portfolio) action(i int) (map[string]any, time.Time) {
	met := LastReport.AddDate(0, 0, -7*(i%max(p.Weeks, 1)))
	values := map[string]any{
		"number": fmt.Sprintf("项目督办〔%d〕%04d号", met.Year(), i+1), "meeting_date": ledger.DayOf(met), "project": projectName(i % max(p.Projects, 1)),
		"item": fmt.Sprintf("协调事项%d", i+1), "owner": fmt.Sprintf("责任人%d", i%30), "due": ledger.DayOf(met.AddDate(0, 0, 7)), "status": "处理中",
	}
	if i%5 != 0 {
		values["status"], values["closed_on"] = "已确认(销号)", ledger.DayOf(met.AddDate(0, 0, 5+i%4))
	}
	return values, met
}

func (p Portfolio) entry(i, week int) (map[string]any, time.Time) {
	day := LastReport.AddDate(0, 0, -7*(p.Weeks-1-week))
	percent := decimal.NewFromInt(int64(week+1)*int64(i%60+40)).DivRound(decimal.NewFromInt(int64(max(p.Weeks, 1))), 2)
	return map[string]any{
		"project": projectName(i), "report_date": ledger.DayOf(day), "progress": fmt.Sprintf("第%d周主体施工", week+1), "percent": percent,
		"week_investment_yuan": decimal.NewFromInt(int64(i%50) * 10_000), "cumulative_investment_yuan": decimal.NewFromInt(int64(week+1) * int64(i%50) * 10_000),
		"problem": []string{"", "", "资金未到位", "施工许可未办"}[(i+week/8)%4], "next_step": "继续施工",
	}, day
}
