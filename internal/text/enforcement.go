package text

// enforcementPhrases are the sentences of the counters of enforcement (执法统计) and of their page.
var enforcementPhrases = map[string]phrase{
	"problem.counter_fell": {"“%s”（%s）这里是 %s，而 %s（%s）；累计数不会减少，请核对两处。", "%q (%s) is %s here, but %s (%s); a running count never falls: check the two."},
	"problem.sum_broken":   {"“%s” %s 为 %s（%s），分项 %s 合计 %s，相差 %s。", "%q on %s is %s (%s); its parts %s add up to %s: a difference of %s."},

	"template.rule.never_falls": {"%s在%s为%s时不得比前一期减少", "%s never falls where %s is %s"},
	"template.rule.adds_up":     {"%s应当等于%s所列分项之和", "%s is the sum of its parts as listed in %s"},

	"enforcement.no_counter": {"没有名为“%s”的统计项目。", "There is no counter %q."},
	"report.enforcement":     {"执法统计", "Enforcement counters"},
	"api.of.enforcement":     {"执法统计、勾稽关系与明细台账", "enforcement counters, whether they add up, and the lines behind them"},
	"api.word.counter":       {"看哪个统计项目的序列", "the counter whose series is shown"},
	"page.title.enforcement": {"执法统计", "Enforcement"}, "page.filter.counter": {"统计项目", "Counter"},
	"alert.kind.sum_broken": {"合计与分项不符", "Sum broken"},
	"alert.says.sum_broken": {"截至 %s 为 %s（%s），分项 %s 合计 %s，相差 %s", "As of %s it is %s (%s); its parts %s add up to %s: a difference of %s"},

	"indicator.counter_sum": {"合计与分项之差", "Total less its parts"}, "indicator.counter_sum.formula": {"合计 − 各分项之和", "total - sum of its parts"},
	"indicator.counter_sum.edges": {"同一截至日、同一口径；分项缺一不核对；余、近、约按可能范围，超过允许误差才算不符。", "Of one day and way of counting; not told while a part is missing; qualified figures are taken for what they can be; broken beyond the tolerance."},

	"page.kpi.enf_counters": {"统计项目", "Counters"}, "page.kpi.enf_sums": {"勾稽相符", "Sums that hold"}, "page.kpi.enf_lists": {"台账相符", "Lists that hold"},
	"page.enf.groups": {"%d 类", "groups: %d"}, "page.enf.broken": {"%d 处不符，见下表", "broken, see below: %d"}, "page.enf.whole": {"全部相符", "all hold"}, "page.enf.no_rules": {"还没有勾稽关系", "no rules yet"}, "page.enf.no_lists": {"还没有明细台账", "no lists yet"},
	"page.card.enf_counters": {"统计项目", "Counters"}, "page.card.enf_counters.hint": {"余、近、约照填报；点数量看来源单元格", "qualifiers as reported; a value leads to its cell"},
	"page.card.enf_sums": {"合计与分项", "Sums"}, "page.card.enf_sums.hint": {"同一截至日、同一口径；不符的在前", "of one day and way of counting; broken ones first"},
	"page.card.enf_series": {"分期情况", "Over time"}, "page.card.enf_series.hint": {"当期 = 本期累计 − 上期累计；缺上期的不计", "a period is its running figure less the one before; not told where that is missing"},
	"page.card.enf_parts": {"分项构成", "Its parts"}, "page.card.enf_parts.hint": {"各分项累计", "running figures of the parts"},
	"page.card.enf_lines": {"明细台账", "Lines"}, "page.enf.lines.title": {"%s · 明细台账", "%s · lines"}, "page.enf.held": {"%s：台账 %s，统计 %s %s", "%s: lines %s, counter %s %s"}, "page.enf.uncounted": {"%s：台账 %s，没有这个统计项目", "%s: lines %s; there is no such counter"},
	"page.enf.holds": {"✓ 相符", "✓ holds"}, "page.enf.off": {"相差 %s", "off by %s"},
	"page.empty.enforcement": {"还没有执法统计", "No counters yet"}, "page.empty.enforcement.do": {"导入执法统计表（统计项目、单位、累计或当月数量）后显示。", "Import the counters: counter, unit, value to date or by month."},
	"page.empty.enf_rules": {"还没有勾稽关系", "No add-up rules yet"}, "page.empty.enf_rules.do": {"在“执法勾稽关系”里写明合计项目和分项项目后逐期核对。", "Record which counters are the sum of which, and every period is held against it."},
	"page.col.enf_counter": {"统计项目", "Counter"}, "page.col.enf_group": {"类别", "Group"}, "page.col.enf_value": {"数量", "Value"}, "page.col.enf_written": {"原表写法", "As written"}, "page.col.enf_counted": {"口径", "Counted"}, "page.col.enf_asof": {"截至", "As of"},
	"page.col.enf_year": {"本年累计", "This year"}, "page.col.enf_single": {"当期", "Single"}, "page.col.enf_total": {"合计项目", "Total"}, "page.col.enf_parts": {"分项", "Parts"}, "page.col.enf_sum": {"分项合计", "Sum of parts"}, "page.col.enf_check": {"核对", "Check"},
	"page.col.enf_running": {"累计", "Running"}, "page.col.enf_name": {"名称", "Name"}, "page.col.enf_community": {"社区", "Community"}, "page.col.enf_quantity": {"数量", "Quantity"}, "page.col.enf_charge": {"责任人", "In charge"}, "page.col.enf_cell": {"单元格", "Cell"},
	"page.enf.counted.all": {"累计", "to date"}, "page.enf.counted.year": {"本年累计", "this year"}, "page.enf.counted.month": {"当月", "the month"}, "page.enf.counted.whole": {"全年", "the year"},
	"page.chart.enf_single": {"当期", "Single"}, "page.chart.enf_running": {"累计", "Running"},
}
