package ledger

// How a counter of enforcement counts: to the day since it began, to the day since January, one month alone, one year alone.
const (
	CountedAll   = "累计"
	CountedYear  = "本年累计"
	CountedMonth = "当月"
	CountedWhole = "全年"
)

var counterAliases = []string{"项目", "统计指标", "指标", "指标名称", "执法事项", "工作项目", "统计内容", "事项"}

// Enforcement are the counters of city enforcement (执法统计): one row a counter, day and way of counting, with the qualifier it was said with.
var Enforcement = &Dataset{
	Name: "enforcement", Zh: "执法统计", En: "Enforcement counters",
	Subject:    "counter",
	Key:        []string{"counter", "counted", "as_of"},
	Scope:      []string{"as_of", "counted"},
	Effective:  "as_of",
	Essential:  []string{"counter", "value", "counted"},
	Titles:     []string{"执法统计", "执法情况", "城市管理执法", "执法成效", "执法数据", "Enforcement"},
	NeedsTitle: true,
	UniqueKey:  true,
	Pivot:      Pivot{Value: "value", Label: "counted"},
	Asked:      []string{"counted", "value"},
	Fields: []Field{
		{Name: "group", Zh: "类别", En: "Group", Kind: Enum, Aliases: []string{"执法类别", "工作类别", "专项", "整治类别", "执法领域"}},
		{Name: "counter", Zh: "统计项目", En: "Counter", Kind: Name, Aliases: counterAliases},
		{Name: "as_of", Zh: "截至日期", En: "As of", Kind: Date, Edge: Last, Aliases: []string{"统计日期", "截止日期", "数据截至", "统计截至", "月份", "统计月份"}},
		{Name: "counted", Zh: "统计口径", En: "Counted", Kind: Enum, Aliases: []string{"口径", "计数方式", "累计或当期"}, Allowed: []string{CountedAll, CountedYear, CountedMonth, CountedWhole},
			Spellings: map[string][]string{CountedAll: {"累计数", "累计完成", "至今累计", "开展以来累计", "总累计"}, CountedYear: {"今年累计", "年度累计", "今年以来", "自年初累计", "本年累计数"},
				CountedMonth: {"本月", "本月数", "当月数", "单月", "本月完成"}, CountedWhole: {"年度", "全年数", "年度数"}}},
		{Name: "value", Zh: "数量", En: "Value", Kind: Number, Positive: true, Aliases: []string{"数值", "完成数", "统计数", "完成情况", "统计值"}},
		{Name: "unit", Zh: "计量单位", En: "Unit", Kind: Enum, Hidden: true, Aliases: []string{"单位"}},
		noteField,
	},
	SetChecks: []SetCheck{
		{Kind: "counter_fell", Severity: SeverityError, At: "value",
			Rule: NeverFalls{Group: "counter", Series: "counted", Always: []string{CountedAll}, Yearly: []string{CountedYear}, Value: "value"}},
		{Kind: "sum_broken", Severity: SeverityWarning, At: "value",
			Rule: AddsUp{Name: "counter", Series: "counted", Value: "value", Rules: "enforcement_rules", Total: "total", Part: "part", Tolerance: "tolerance"}},
	},
}

// EnforcementRules say which counters are the sum of which (勾稽关系): one row a total and part. Counters are held against them at import and on the page.
var EnforcementRules = &Dataset{
	Name: "enforcement_rules", Zh: "执法勾稽关系", En: "Add-up rules",
	Subject:    "total",
	Key:        []string{"total", "part"},
	Scope:      []string{"total"},
	Essential:  []string{"total", "part"},
	Titles:     []string{"勾稽", "合计关系", "加总关系", "Add-up rules"},
	NeedsTitle: true,
	UniqueKey:  true,
	Asked:      []string{"part"},
	Fields: []Field{
		{Name: "total", Zh: "合计项目", En: "Total", Kind: Name, Aliases: []string{"合计指标", "总项", "合计项", "总数项目"}},
		{Name: "part", Zh: "分项项目", En: "Part", Kind: Name, Aliases: []string{"分项", "分项指标", "其中项目", "组成项"}},
		{Name: "tolerance", Zh: "允许误差", En: "Tolerance", Kind: Number, Positive: true, Aliases: []string{"误差", "容差", "允许差额"}},
		{Name: "unit", Zh: "计量单位", En: "Unit", Kind: Enum, Hidden: true, Aliases: []string{"单位"}},
		noteField,
	},
}

// EnforcementLines are the lines behind a counter (执法明细台账): one row a road section, site or the like, with how many it holds.
// The counter of lines is held against how many there are, the counter of quantities against what they add up to.
var EnforcementLines = &Dataset{
	Name: "enforcement_lines", Zh: "执法明细台账", En: "Lines behind counters",
	Subject:    "name",
	Key:        []string{"lines_counter", "quantity_counter", "name"},
	Scope:      []string{"lines_counter", "quantity_counter"},
	Essential:  []string{"name", "lines_counter|quantity_counter", "community|quantity|address"},
	Titles:     []string{"明细台账", "路段台账", "工地台账", "明细表", "Lines behind counters"},
	NeedsTitle: true,
	UniqueKey:  true,
	Fields: []Field{
		{Name: "lines_counter", Zh: "条目指标", En: "Counter of lines", Kind: Name, Banner: []string{"条目指标"}, Aliases: []string{"条数对应指标", "条目对应指标"}},
		{Name: "quantity_counter", Zh: "数量指标", En: "Counter of quantities", Kind: Name, Banner: []string{"数量指标"}, Aliases: []string{"数量对应指标"}},
		{Name: "name", Zh: "名称", En: "Name", Kind: Name, Aliases: []string{"路段名称", "路段", "工地名称", "工地", "点位名称", "点位", "地点"}},
		{Name: "community", Zh: "所属社区", En: "Community", Kind: Name, Aliases: communityAliases},
		{Name: "grid", Zh: "网格名称", En: "Grid", Kind: Name, Aliases: gridAliases},
		{Name: "quantity", Zh: "数量", En: "Quantity", Kind: Count, Positive: true, Aliases: []string{"处数", "台数", "车辆数", "点位数", "摊点数", "登记车辆"}},
		{Name: "address", Zh: "位置", En: "Address", Kind: Text, Aliases: []string{"地址", "详细地址", "起止点", "起止"}},
		{Name: "charge", Zh: "责任人", En: "In charge", Kind: Text, Aliases: []string{"负责人", "包保人", "管理人员"}},
		noteField,
	},
}
