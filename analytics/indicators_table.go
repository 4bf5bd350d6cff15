package analytics

// Table is one line a series and period: years, months, then plan periods with the growth in all ways of saying it, and ranks of years without a value.
func (ans *IndicatorsAnswer) Table() Table {
	t := Table{Columns: []Column{
		{"indicator", "指标名称", "Indicator", ""}, {"basis", "口径", "Basis", ""}, {"unit", "计量单位", "Unit", ""},
		{"period", "时期", "Period", ""}, {"value", "数值", "Value", ""}, {"growth_percent", "同比", "Growth", "%"},
		{"on_month_percent", "环比", "On the month before", "%"}, {"target", "目标", "Target", ""}, {"completion_percent", "完成率", "Completion", "%"},
		{"time_percent", "序时进度", "Time", "%"}, {"rank", "全区排名", "Rank", ""}, {"population", "参评个数", "Of", ""},
		{"from_value", "期初值", "Start", ""}, {"to_times", "增长到", "To", "倍"}, {"by_times", "增长", "By", "倍"}, {"doublings", "翻番", "Doublings", ""},
		{"increase_percent", "增幅", "Increase", "%"}, {"cagr_percent", "年均增长", "A year", "%"}, {"total", "期内累计", "Sum of the period", ""},
	}}
	for _, s := range ans.Series {
		s.lines(&t)
	}
	return t
}

// lines writes the series into a table, each cell under its column.
func (s IndicatorSeries) lines(t *Table) {
	add := func(period any, cells map[string]any) {
		row := make([]any, len(t.Columns))
		row[0], row[1], row[2], row[3] = s.Indicator, s.Basis, s.Unit, period
		for i, c := range t.Columns[4:] {
			row[i+4] = cells[c.Name]
		}
		t.Rows = append(t.Rows, row)
	}
	ranks := map[int]IndicatorRank{}
	for _, r := range s.Ranks {
		ranks[r.Year] = r
	}
	for _, y := range s.Years {
		cells := map[string]any{"value": y.Value, "growth_percent": y.GrowthPercent, "target": y.Target, "completion_percent": y.CompletionPercent}
		if r, ok := ranks[y.Year]; ok {
			cells["rank"], cells["population"] = r.Rank, r.Population
			delete(ranks, y.Year)
		}
		add(int64(y.Year), cells)
	}
	for _, year := range sortedKeys(ranks) {
		add(int64(year), map[string]any{"rank": ranks[year].Rank, "population": ranks[year].Population})
	}
	for _, m := range s.Months {
		add(m.Month, map[string]any{"value": m.Value, "growth_percent": m.GrowthPercent, "on_month_percent": m.OnMonthPercent})
	}
	if s.Through != "" && s.YearToDate.Valid() {
		add(s.Through[:4]+"-01/"+s.Through, map[string]any{"value": s.YearToDate, "growth_percent": s.YearToDateGrowth, "target": s.Target,
			"completion_percent": s.CompletionPercent, "time_percent": s.TimePercent})
	}
	for _, g := range s.Plans {
		add(g.Plan, map[string]any{"value": g.ToValue, "from_value": g.FromValue, "to_times": g.ToTimes, "by_times": g.ByTimes, "doublings": g.Doublings,
			"increase_percent": g.Percent, "cagr_percent": g.CAGRPercent, "total": g.Total})
	}
}
