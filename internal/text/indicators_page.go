package text

// indicatorPagePhrases are what the page of indicators says of its own: one series chosen, plan periods side by side, ranks by years.
var indicatorPagePhrases = map[string]phrase{
	"page.filter.indicator":    {"指标", "Indicator"},
	"page.indicators.all":      {"全部指标", "All"},
	"page.empty.one_series":    {"没有这个指标", "No such indicator"},
	"page.empty.one_series.do": {"这一天的台账里没有它，请从上方另选一个。", "The record has none of this name on this day; choose another above."},

	"page.kpi.series_year":  {"最近全年", "Last whole year"},
	"page.kpi.series_now":   {"本年累计", "Year to date"},
	"page.kpi.series_goal":  {"年度目标完成", "Of the year's target"},
	"page.kpi.series_rank":  {"全区排名", "Rank in the district"},
	"page.kpi.series_times": {"增长到", "Grew to"},
	"page.kpi.series_cagr":  {"年均增长", "Growth a year"},
	"page.sub.by_times":     {"增长 %s 倍", "by %s times"},
	"page.sub.fell":         {"下降 %s", "down %s"},
	"page.sub.plan_years":   {"%d–%d年", "%d–%d"},
	"page.sub.rank_before":  {"%d年第 %s", "%d: %s"},

	"page.card.plans_beside":         {"规划期对比", "Plan periods side by side"},
	"page.card.plans_beside.hint":    {"“末”为规划期最后一年；增长到 R 倍 = 增长 R−1 倍", "by the last years of the periods; to R times is by R−1 times"},
	"page.card.series_progress":      {"累计与序时", "Year to date and target by time"},
	"page.card.series_progress.hint": {"灰线为上年累计，虚线为序时目标", "grey: last year; dashed: target by time"},
	"page.card.rank_history":         {"全区位次", "Rank in the district"},
	"page.card.rank_history.hint":    {"按公布数，第 1 名在上；参评个数未公布的为“—”", "as published, the first at the top; — where the number ranked is not published"},

	"page.col.on_last":       {"增减", "Change"},
	"page.col.on_month":      {"环比", "On the month before"},
	"page.col.period_total":  {"期内累计", "Sum of the period"},
	"page.col.target_due":    {"序时目标", "Target by time"},
	"page.col.population":    {"参评个数", "Of"},
	"page.chart.year_target": {"年度目标", "Target of the year"},

	"page.plan.so_far":    {"至%d年", "up to %d"},
	"page.plan.no_base":   {"缺 %d 年", "%d not loaded"},
	"page.plan.loaded":    {"%d 年合计", "years: %d"},
	"page.plan.up":        {"上升 %d 位", "up %d"},
	"page.plan.down":      {"下降 %d 位", "down %d"},
	"page.plan.same":      {"持平", "the same"},
	"page.plan.says_rise": {"%[1]s：%[2]d年 %[3]s → %[4]d年 %[5]s，增长到 %[6]s 倍，即增长 %[7]s 倍、增幅 %[8]s；年均增长 %[9]s。", "%[1]s: %[3]s in %[2]d, %[5]s in %[4]d: to %[6]s times, by %[7]s times, by %[8]s; %[9]s a year."},
	"page.plan.says_fall": {"%[1]s：%[2]d年 %[3]s → %[4]d年 %[5]s，下降 %[6]s；年均下降 %[7]s。", "%[1]s: %[3]s in %[2]d, %[5]s in %[4]d: down %[6]s, %[7]s a year."},
	"page.plan.says_rate": {"%[1]s：%[2]d年 %[3]s → %[4]d年 %[5]s，变动 %[6]s。", "%[1]s: %[3]s in %[2]d, %[5]s in %[4]d: %[6]s."},
}
