package analytics

import "taizhang/ledger"

// Table is the months of the year, then what the year to date is made of: a line each type, building, industry, payer, and those that came or went.
func (ans *TaxAnswer) Table() Table {
	t := Table{Columns: []Column{
		{"month", "月份", "Month", ""}, {"tax_yuan", "税收", "Tax", "元"}, {"cumulative_yuan", "累计", "Cumulative", "元"},
		{"last_year_yuan", "上年同月", "Last year", "元"}, {"last_year_cumulative_yuan", "上年同期累计", "Last year, cumulative", "元"},
		{"growth_percent", "同比", "Growth", "%"}, {"cumulative_growth_percent", "累计同比", "Growth, cumulative", "%"},
		{"target_yuan", "序时目标", "Target by time", "元"}, {"part", "分项", "Part", ""}, {"name", "名称", "Name", ""}, {"share_percent", "占比", "Share", "%"},
		{"companies", "企业数", "Companies", ""}, {"rank", "全区排名", "Rank", ""}, {"population", "参评个数", "Of", ""},
	}}
	none := ledger.Null
	for _, m := range ans.Months {
		t.Rows = append(t.Rows, []any{m.Month, m.TaxYuan, m.CumulativeYuan, m.LastYearYuan, m.LastYearCumulativeYuan, m.GrowthPercent, m.CumulativeGrowthPercent,
			m.TargetYuan, "month", "", none, none, none, none})
	}
	for _, e := range ans.earlierMonths() {
		t.Rows = append(t.Rows, []any{e.month, e.TaxYuan, e.CumulativeYuan, none, none, none, none, none, "earlier_month", "", none, none, none, none})
	}
	for _, part := range []struct {
		name string
		list []TaxShare
	}{{"type", ans.ByType}, {"building", ans.ByBuilding}, {"industry", ans.ByIndustry}} {
		for _, s := range part.list {
			t.Rows = append(t.Rows, []any{"", none, s.TaxYuan, none, s.LastYearYuan, none, s.ChangePercent, none, part.name, s.Name, s.SharePercent,
				ledger.Int(s.Companies), none, none})
		}
	}
	for _, part := range []struct {
		name string
		list []TaxPayer
	}{{"top_payer", ans.Top}, {"new_payer", ans.NewPayers.Payers}, {"lost_payer", ans.LostPayers.Payers}} {
		for _, p := range part.list {
			t.Rows = append(t.Rows, []any{"", none, p.TaxYuan, none, p.LastYearYuan, none, p.ChangePercent, none, part.name, p.Company, p.SharePercent,
				none, none, none})
		}
	}
	for _, r := range ans.Ranks {
		t.Rows = append(t.Rows, []any{"", none, none, none, none, none, none, none, "rank", ledger.Int(int64(r.Year)).String(), none, none, r.Rank, r.Population})
	}
	return t
}

// earlierMonth is a month of one of the years before.
type earlierMonth struct {
	month string
	TaxEarlier
}

// earlierMonths are the months of the years before the last one, which stands beside this year's already.
func (ans *TaxAnswer) earlierMonths() []earlierMonth {
	var list []earlierMonth
	for m, row := range ans.Months {
		for _, e := range row.Earlier {
			if e.Year < ans.Year-1 {
				list = append(list, earlierMonth{monthName(e.Year, m+1), e})
			}
		}
	}
	return list
}
