package analytics

import (
	"context"
	"slices"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// LeadersAnswer is the ledger by leader: their projects, lights, visits and action items.
type LeadersAnswer struct {
	Stamp `json:"stamp"`

	Leaders  []LeaderItem  `json:"leaders"` // as they appear in the ledger, those who only visited after; last, without a name, projects without a leader
	Warnings []LeadWarning `json:"lead_warnings"`
}

// LeaderItem is one leader's line.
type LeaderItem struct {
	ProjectGroup
	VisitTotals
	ActionTotals             // of the leader's projects
	OpenSlips    int         `json:"open_slips"` // milestones overdue and not finished
	Week         LeaderMoves `json:"week"`
	Diary        VisitDiary  `json:"visit_diary"` // days, weeks and months only on the leader's own page
}

// LeaderAnswer is one leader's page.
type LeaderAnswer struct {
	Stamp `json:"stamp"`

	LeaderItem
	Items      []ProjectItem   `json:"items"`
	Moves      []AgendaProject `json:"moves"` // the same projects beside what they were a week before
	Slips      []NodeDue       `json:"slips"` // milestones finished late or overdue, the latest first
	ActionList []ActionLine    `json:"actions"`
	VisitList  []SiteVisit     `json:"visit_list"`
	// VisitMinutes is how long a leader is to visit every working day.
	VisitMinutes int64 `json:"visit_minutes_asked"`
}

// Leaders answers how every leader's projects stand.
func (a *Analytics) Leaders(ctx context.Context, q Question) (*LeadersAnswer, error) {
	read, err := a.readLeaders(ctx, q)
	if err != nil {
		return nil, err
	}
	answer := &LeadersAnswer{Leaders: []LeaderItem{}, Warnings: read.portfolio.leadWarnings()}
	for _, g := range read.groups() {
		l := read.leader(g)
		l.Diary.Days, l.Diary.Weeks, l.Diary.Months = []VisitDay{}, []VisitSpan{}, []VisitSpan{}
		answer.Leaders = append(answer.Leaders, l.LeaderItem)
	}
	answer.Stamp, err = a.stampLeaders(ctx, q)
	return answer, err
}

// Leader answers for one person; NotFound when neither the ledger nor a visit names that person.
func (a *Analytics) Leader(ctx context.Context, q Question, name string) (*LeaderAnswer, error) {
	read, err := a.readLeaders(ctx, q)
	if err != nil {
		return nil, err
	}
	all := read.groups()
	at := slices.IndexFunc(all, func(g ProjectGroup) bool { return name != "" && g.Name == name })
	if at < 0 {
		return nil, ledger.Fail(ledger.NotFound, text.T("error.not_found", name))
	}
	answer := read.leader(all[at])
	answer.Stamp, err = a.stampLeaders(ctx, q)
	return &answer, err
}

func (a *Analytics) stampLeaders(ctx context.Context, q Question) (Stamp, error) {
	return a.stamp(ctx, q, "", append([]string{"actions", "visits"}, portfolioSources...)...)
}

// groups are the projects by leader, with those who only visited.
func (r *leadersRead) groups() []ProjectGroup {
	return withVisitors(byLeader(r.portfolio.items), r.visits)
}

// withVisitors adds those who visited but lead no project, before the group without a name.
func withVisitors(groups []ProjectGroup, visits []SiteVisit) []ProjectGroup {
	for _, v := range visits {
		if v.Leader == "" || slices.ContainsFunc(groups, func(g ProjectGroup) bool { return g.Name == v.Leader }) {
			continue
		}
		at := len(groups)
		if at > 0 && groups[at-1].Name == "" {
			at--
		}
		groups = slices.Insert(groups, at, ProjectGroup{Name: v.Leader, Keys: []string{}})
	}
	return groups
}

// Table is one line a leader.
func (l *LeadersAnswer) Table() Table {
	t := Table{Columns: []Column{
		{"leader", "分包领导", "Lead", ""}, {"projects", "项目数", "Projects", "个"},
		{"red_projects", "红灯", "Red", "个"}, {"yellow_projects", "黄灯", "Yellow", "个"},
		{"green_projects", "绿灯", "Green", "个"}, {"grey_projects", "灰灯", "Grey", "个"},
		{"total_investment_yuan", "总投资", "Total investment", "元"}, {"year_plan_yuan", "年度计划投资", "Plan of the year", "元"},
		{"year_to_date_yuan", "年度累计完成", "Done this year", "元"}, {"completion_percent", "完成率", "Completion", "%"}, {"gap_points", "欠序时", "Behind time", "百分点"},
		{"visits", "走访次数", "Visits", "次"}, {"visit_minutes", "走访时长", "Minutes of visits", "分钟"}, {"hour_days", "满一小时天数", "Days with an hour", "天"},
		{"open_actions", "未销号事项", "Open actions", "件"}, {"overdue_actions", "超期事项", "Overdue actions", "件"},
		{"open_slips", "逾期节点", "Overdue milestones", "个"}, {"better", "较上周转好", "Better than last week", "个"}, {"worse", "较上周转差", "Worse than last week", "个"},
	}}
	for _, i := range l.Leaders {
		t.Rows = append(t.Rows, []any{i.Name, int64(i.Projects), int64(i.Red), int64(i.Yellow), int64(i.Green), int64(i.Grey),
			i.TotalInvestment, i.YearPlan, i.YearToDate, i.Completion, i.Gap,
			int64(i.Visits), i.Minutes, int64(i.HourDays), int64(i.Open), int64(i.Overdue), int64(i.OpenSlips),
			int64(i.Week.Better), int64(i.Week.Worse)})
	}
	return t
}

// Table is one line a project of the leader.
func (l *LeaderAnswer) Table() Table {
	return (&ProjectsAnswer{Items: l.Items}).Table()
}
