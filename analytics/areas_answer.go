package analytics

import (
	"taizhang/ledger"
)

// AreasAnswer is the roll-up of a district (区级汇总): every sub-district by the figures its own pages show, ranked by one of them.
type AreasAnswer struct {
	Stamp `json:"stamp"`

	Year int        `json:"year"`
	By   string     `json:"by"`         // the figure ranked by, see AreaFigures
	Of   int        `json:"population"` // sub-districts that have the figure
	Rows []AreaLine `json:"areas"`      // in the order of their ranks, unranked ones last

	Total AreaTotal `json:"total"`
	// Months are those that the sub-districts' tax goes up to, and Bases theirs; with more than one, tax is not alike.
	Months []string `json:"months"`
	Bases  []string `json:"bases"`
}

// AreaLine is one sub-district.
type AreaLine struct {
	Area string         `json:"area"`
	Rank ledger.Decimal `json:"rank"` // 1,1,3; null without the figure

	Basis   string `json:"basis"`
	Through string `json:"through"` // last month with tax, 2016-05
	AreaSums
	TimePercent ledger.Decimal `json:"time_percent"`
	AheadPoints ledger.Decimal `json:"ahead_points"`
}

// AreaSums are figures of a sub-district that add up, and the rates made of them.
type AreaSums struct {
	TaxYuan        ledger.Decimal `json:"tax_yuan"` // of the year to date
	Growth         Rate           `json:"growth"`   // the year to date over the same months of last year; Percent is the growth
	Completion     Rate           `json:"completion"`
	PaidInYuan     ledger.Decimal `json:"paid_in_yuan"` // of the year
	PaidIn         Rate           `json:"paid_in"`      // of contracts
	Occupancy      Rate           `json:"occupancy"`
	OwedUnits      ledger.Decimal `json:"owed_units"`
	Projects       int            `json:"projects"` // under way
	Lights         Lights         `json:"lights"`
	Actions        int64          `json:"actions"` // that were ever given
	OpenActions    int64          `json:"open_actions"`
	OverdueActions int64          `json:"overdue_actions"`
	OpenAlerts     int            `json:"open_alerts"`
	RedAlerts      int            `json:"red_alerts"`
	empty          bool           // nothing was brought for it
}

// AreaTotal adds the sub-districts up. A rate is that of the summed numerator over the summed denominator, over as many
// sub-districts as its Count says; none is an average.
type AreaTotal struct {
	AreaSums
	TimePercent ledger.Decimal `json:"time_percent"` // null when their tax goes up to different months
	AheadPoints ledger.Decimal `json:"ahead_points"`
}

// AreaFigure is a figure that sub-districts can be ranked by.
type AreaFigure struct {
	ID  string
	Low bool // less is better
	of  func(AreaLine) ledger.Decimal
}

// AreaFigures lists what sub-districts can be ranked by; the first is usual.
func AreaFigures() []AreaFigure { return areaFigures }

// areaFigures is the one table of them. Where there is nothing to count, the count is no zero: it would lead.
var areaFigures = []AreaFigure{
	{"tax", false, func(l AreaLine) ledger.Decimal { return l.TaxYuan }},
	{"growth", false, func(l AreaLine) ledger.Decimal { return l.Growth.Percent }},
	{"completion", false, func(l AreaLine) ledger.Decimal { return l.AheadPoints }},
	{"paid_in", false, func(l AreaLine) ledger.Decimal { return l.PaidInYuan }},
	{"occupancy", false, func(l AreaLine) ledger.Decimal { return l.Occupancy.Percent }},
	{"owed", true, func(l AreaLine) ledger.Decimal { return l.OwedUnits }},
	{"red", true, func(l AreaLine) ledger.Decimal { return l.Red() }},
	{"overdue", true, func(l AreaLine) ledger.Decimal { return l.Overdue() }},
	{"alerts", true, func(l AreaLine) ledger.Decimal { return l.Alerts() }},
}

// Empty reports that nothing was brought for the sub-district.
func (l AreaLine) Empty() bool { return l.empty }

// Red, Overdue and Alerts are counts of what there is; null where there are no projects, no action items, or nothing at all.
func (s AreaSums) Red() ledger.Decimal { return countOf(s.Lights.Red, s.Projects > 0) }

// Overdue counts the action items past their day.
func (s AreaSums) Overdue() ledger.Decimal { return countOf(int(s.OverdueActions), s.Actions > 0) }

// Alerts counts the open alerts.
func (s AreaSums) Alerts() ledger.Decimal { return countOf(s.OpenAlerts, !s.empty) }

func countOf(n int, any bool) ledger.Decimal {
	if !any {
		return ledger.Null
	}
	return ledger.Int(int64(n))
}

// areaColumns are the columns of the table, each with its value.
var areaColumns = []struct {
	Column
	line func(AreaLine) any
	sum  func(AreaTotal) any
}{
	{Column{"rank", "排名", "Rank", ""}, func(l AreaLine) any { return l.Rank }, nil},
	{Column{"area", "街道", "Sub-district", ""}, func(l AreaLine) any { return l.Area }, func(AreaTotal) any { return "合计" }},
	{Column{"through", "税收截至月份", "Tax through", ""}, func(l AreaLine) any { return l.Through }, nil},
	{Column{"tax_yuan", "本年累计税收", "Tax of the year to date", "元"}, func(l AreaLine) any { return l.TaxYuan }, func(t AreaTotal) any { return t.TaxYuan }},
	{Column{"growth_percent", "同比", "Growth", "%"}, func(l AreaLine) any { return l.Growth.Percent }, func(t AreaTotal) any { return t.Growth.Percent }},
	{Column{"completion_percent", "完成率", "Of the target", "%"}, func(l AreaLine) any { return l.Completion.Percent }, func(t AreaTotal) any { return t.Completion.Percent }},
	{Column{"ahead_points", "超欠序时", "Ahead of time", "百分点"}, func(l AreaLine) any { return l.AheadPoints }, func(t AreaTotal) any { return t.AheadPoints }},
	{Column{"paid_in_yuan", "到位资金", "Paid in", "元"}, func(l AreaLine) any { return l.PaidInYuan }, func(t AreaTotal) any { return t.PaidInYuan }},
	{Column{"occupancy_percent", "入驻率", "Occupancy", "%"}, func(l AreaLine) any { return l.Occupancy.Percent }, func(t AreaTotal) any { return t.Occupancy.Percent }},
	{Column{"owed_units", "待交付", "Units owed", "套"}, func(l AreaLine) any { return l.OwedUnits }, func(t AreaTotal) any { return t.OwedUnits }},
	{Column{"red_projects", "红灯项目", "Red projects", "个"}, func(l AreaLine) any { return l.Red() }, func(t AreaTotal) any { return t.Red() }},
	{Column{"yellow_projects", "黄灯项目", "Yellow projects", "个"}, func(l AreaLine) any { return countOf(l.Lights.Yellow, l.Projects > 0) }, func(t AreaTotal) any { return countOf(t.Lights.Yellow, t.Projects > 0) }},
	{Column{"green_projects", "绿灯项目", "Green projects", "个"}, func(l AreaLine) any { return countOf(l.Lights.Green, l.Projects > 0) }, func(t AreaTotal) any { return countOf(t.Lights.Green, t.Projects > 0) }},
	{Column{"overdue_actions", "逾期督办", "Overdue actions", "项"}, func(l AreaLine) any { return l.Overdue() }, func(t AreaTotal) any { return t.Overdue() }},
	{Column{"open_alerts", "未处理预警", "Open alerts", "条"}, func(l AreaLine) any { return l.Alerts() }, func(t AreaTotal) any { return t.Alerts() }},
}

// Table is one row a sub-district, and their sum.
func (ans *AreasAnswer) Table() Table {
	t := Table{}
	sum := []any{}
	for _, c := range areaColumns {
		t.Columns = append(t.Columns, c.Column)
		if c.sum == nil {
			sum = append(sum, nil)
		} else {
			sum = append(sum, c.sum(ans.Total))
		}
	}
	for _, l := range ans.Rows {
		row := make([]any, len(areaColumns))
		for i, c := range areaColumns {
			row[i] = c.line(l)
		}
		t.Rows = append(t.Rows, row)
	}
	if len(ans.Rows) > 1 {
		t.Rows = append(t.Rows, sum)
	}
	return t
}
