package ledger

// TaxTypes are the taxes a sheet may list side by side; fees and social insurance are not among them.
var TaxTypes = []string{
	"增值税", "营业税", "消费税", "企业所得税", "个人所得税", "城建税", "城市维护建设税", "房产税", "城镇土地使用税",
	"土地使用税", "土地增值税", "契税", "印花税", "耕地占用税", "车船税", "环境保护税", "资源税", "车辆购置税",
}

// Tax is tax paid (税收): one row an enterprise, period, tax type and basis. Cumulative sheets become single months.
var Tax = &Dataset{
	Name: "tax", Zh: "税收", En: "Tax",
	Subject:   "company",
	Key:       []string{"company", "period", "period_months", "tax_type", "basis"},
	Scope:     []string{"period", "period_months", "basis"},
	Effective: "period",
	Essential: []string{"company", "period", "tax_yuan"},
	Titles:    []string{"税收", "纳税", "税源", "税款"},
	Pivot:     Pivot{Value: "tax_yuan", Period: "period", Label: "tax_type"},
	Numbered:  []string{"company", "uscc", "building"},
	Fields: []Field{
		{Name: "company", Zh: "企业名称", En: "Company", Kind: Name, Aliases: companyAliases},
		{Name: "uscc", Zh: "统一社会信用代码", En: "Credit code", Kind: Code, Aliases: usccAliases},
		{Name: "building", Zh: "所在楼宇", En: "Building", Kind: Name, Aliases: append([]string{"楼宇名称"}, buildingAliases...)},
		{Name: "industry", Zh: "行业", En: "Industry", Kind: Enum, Aliases: industryAliases},
		{Name: "tax_type", Zh: "税种", En: "Tax type", Kind: Enum, Aliases: []string{"税种名称", "征收项目", "税目", "税费种"}, Allowed: TaxTypes},
		{Name: "period", Zh: "税款所属期", En: "Period", Kind: Period, Aliases: []string{"月份", "所属期", "属期", "期间", "税款所属月份", "入库期", "入库月份", "年月", "所属月份", "时间", "税期"}},
		{Name: "period_months", Zh: "期间月数", En: "Months", Kind: Count, Hidden: true},
		{Name: "basis", Zh: "口径", En: "Basis", Kind: Enum, Aliases: []string{"税收口径", "统计口径"}, Banner: []string{"口径", "统计口径", "税收口径"}},
		{Name: "tax_yuan", Zh: "税额", En: "Tax", Unit: yuan, Kind: Money, OfFirm: "company", Aliases: []string{"税收", "实缴税额", "入库税额", "税款", "金额", "税收金额", "纳税额", "实纳税额", "税收额", "已缴税款", "入库金额", "缴税金额", "本月税收", "当月税收", "本月", "当月", "本月入库", "当月入库", "本月数", "本月入库税额", "本期税额", "实缴金额", "税款金额", "税额合计", "税收合计", "税收总额", "纳税总额", "入库税收", "缴纳税额", "累计", "本年累计", "累计税收", "累计税额", "本年累计税收", "累计入库税额", "累计入库", "累计纳税额"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "negative_tax", Severity: SeverityWarning, At: "tax_yuan", Rule: NotNegative{"tax_yuan"}},
	},
}

// Investment are the leads of investment promotion (招商项目): one row a lead.
var Investment = &Dataset{
	Name: "investment", Zh: "招商项目", En: "Investment leads",
	Subject:   "project",
	Key:       []string{"project"},
	Essential: []string{"project", "stage|contract_amount|signed_on"},
	Titles:    []string{"招商", "引资", "在谈项目", "签约项目"},
	UniqueKey: true,
	Fields: []Field{
		{Name: "project", Zh: "项目名称", En: "Project", Kind: Name, Aliases: append([]string{"招商项目", "招商项目名称", "签约项目名称", "在谈项目名称"}, projectAliases...)},
		{Name: "investor", Zh: "投资方", En: "Investor", Kind: Text, Aliases: []string{"投资单位", "投资企业", "投资主体", "投资方名称", "合作方", "客商", "客商名称", "投资人", "引进企业"}},
		{Name: "origin", Zh: "来源地", En: "From", Kind: Text, Aliases: []string{"资金来源地", "投资方所在地", "投资来源地", "来源", "客商来源地"}},
		{Name: "industry", Zh: "产业", En: "Industry", Kind: Enum, Aliases: append([]string{"行业"}, industryAliases...)},
		{Name: "contract_amount", Zh: "合同额", En: "Contract amount", Kind: Money, Positive: true, Aliases: []string{"签约额", "协议资金", "总投资", "投资总额", "合同金额", "签约金额", "计划总投资", "协议投资额", "合同资金", "投资额", "拟投资额", "合同投资额", "协议金额"}},
		{Name: "currency", Zh: "币种", En: "Currency", Kind: Enum, Hidden: true, Aliases: []string{"货币"}},
		{Name: "fund_source", Zh: "资金类型", En: "Kind of funds", Kind: Enum, Aliases: []string{"资金性质", "资金来源", "内外资", "资金类别"}},
		{Name: "paid_in_year_yuan", Zh: "当年到位资金", En: "Paid in this year", Unit: yuan, Kind: Money, Aliases: []string{"本年到位资金", "当年到位", "本年到位", "年度到位资金", "今年到位资金", "本年度到位资金", "当年实际到位资金", "本年实际到位资金"}},
		{Name: "paid_in_total_yuan", Zh: "累计到位资金", En: "Paid in in all", Unit: yuan, Kind: Money, Aliases: []string{"累计到位", "到位资金", "实际到位资金", "资金到位", "累计实际到位资金", "到位资金累计", "到资额", "已到位资金"}},
		{Name: "stage", Zh: "阶段", En: "Stage", Kind: Enum, Aliases: []string{"项目阶段", "当前阶段", "进展阶段", "项目状态", "状态", "推进阶段", "目前阶段", "洽谈阶段"},
			Allowed: []string{"线索", "洽谈", "意向", "签约", "注册落地", "开工", "投产", "搁置", "终止", "流失"}},
		{Name: "talks_on", Zh: "洽谈日期", En: "Talks", Kind: Date, Event: true, Edge: First, Aliases: []string{"洽谈时间", "接洽时间", "接洽日期", "对接时间", "对接日期"}},
		{Name: "intended_on", Zh: "意向日期", En: "Intention", Kind: Date, Event: true, Edge: First, Aliases: []string{"意向时间", "意向签约时间"}},
		{Name: "signed_on", Zh: "签约日期", En: "Signed", Kind: Date, Event: true, Edge: Last, Aliases: []string{"签约时间", "合同签订日期", "签订日期", "签订时间", "合同日期", "正式签约时间"}},
		{Name: "registered_on", Zh: "注册日期", En: "Registered", Kind: Date, Event: true, Edge: Last, Aliases: []string{"注册时间", "落地时间", "注册落地时间", "落地日期", "注册落地日期", "公司注册时间"}},
		{Name: "started_on", Zh: "开工日期", En: "Started", Kind: Date, Event: true, Edge: First, Aliases: []string{"开工时间", "实际开工时间"}},
		{Name: "operating_on", Zh: "投产日期", En: "Operating", Kind: Date, Event: true, Edge: First, Aliases: []string{"投产时间", "入驻日期", "入驻时间", "投产（入驻）日期", "运营时间", "开业时间"}},
		{Name: "agent", Zh: "代办员", En: "Agent", Kind: Text, Aliases: []string{"专员", "招商专员", "跟踪人", "责任人", "代办人", "联络员", "对接人", "跟进人"}},
		{Name: "building", Zh: "拟落楼宇", En: "Building", Kind: Name, Aliases: []string{"拟入驻楼宇", "落户楼宇", "选址", "拟选址", "落地载体"}},
		{Name: "lost_reason", Zh: "流失原因", En: "Why lost", Kind: Text, Aliases: []string{"终止原因", "搁置原因"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "date_order", Severity: SeverityWarning, At: "signed_on", Rule: NotBefore{"signed_on", "talks_on"}},
		{Kind: "date_order", Severity: SeverityWarning, At: "registered_on", Rule: NotBefore{"registered_on", "signed_on"}},
		{Kind: "date_order", Severity: SeverityWarning, At: "started_on", Rule: NotBefore{"started_on", "registered_on"}},
		// A firm may move into finished rooms and operate before its own works start, so this one only informs.
		{Kind: "date_order", Severity: SeverityNote, At: "operating_on", Rule: NotBefore{"operating_on", "started_on"}},
		{Kind: "paid_over_contract", Severity: SeverityWarning, At: "paid_in_total_yuan", Rule: AtMost{"paid_in_total_yuan", "contract_amount"}},
	},
}

var indicatorAliases = []string{"指标", "主要指标", "经济指标", "指标名", "项目", "指标项目", "统计指标"}

// Indicators are series of figures by year or month (经济指标): one row an indicator and period.
var Indicators = &Dataset{
	Name: "indicators", Zh: "经济指标", En: "Indicators",
	Subject:   "indicator",
	Key:       []string{"indicator", "period", "period_months", "basis"},
	Scope:     []string{"period", "period_months", "basis"},
	Effective: "period",
	Essential: []string{"indicator", "period", "value"},
	Titles:    []string{"指标", "分月情况", "经济运行", "主要经济"},
	Pivot: Pivot{Value: "value", Period: "period", Label: "indicator", AnyLabel: true, Beside: []Beside{
		{Dataset: "targets", Words: []string{"目标", "任务", "计划"}, Value: "target", Period: "year", Copy: map[string]string{"indicator": "indicator"}},
		{Dataset: "ranks", Words: []string{"排名", "位次", "名次"}, Value: "rank", Period: "year", Copy: map[string]string{"indicator": "indicator"}},
	}},
	Fields: []Field{
		{Name: "indicator", Zh: "指标名称", En: "Indicator", Kind: Name, Aliases: indicatorAliases},
		{Name: "period", Zh: "时期", En: "Period", Kind: Period, Aliases: []string{"月份", "年份", "年度", "年月", "时间", "期间", "季度", "日期"}},
		{Name: "period_months", Zh: "期间月数", En: "Months", Kind: Count, Hidden: true},
		{Name: "value", Zh: "数值", En: "Value", Kind: Number, Aliases: []string{"完成值", "实际值", "完成数", "指标值", "本期值", "完成情况", "数据"}},
		{Name: "unit", Zh: "计量单位", En: "Unit", Kind: Enum, Hidden: true, Aliases: []string{"单位"}},
		{Name: "basis", Zh: "口径", En: "Basis", Kind: Enum, Aliases: []string{"统计口径"}, Banner: []string{"口径", "统计口径"}},
		noteField,
	},
}

// Targets are what a year is measured against (年度目标): one row an indicator, scope and year.
var Targets = &Dataset{
	Name: "targets", Zh: "年度目标", En: "Targets",
	Subject:   "indicator",
	Key:       []string{"indicator", "scope", "year", "basis"},
	Scope:     []string{"year"},
	Essential: []string{"indicator", "year", "target"},
	Titles:    []string{"目标", "任务分解", "目标任务"},
	Fields: []Field{
		{Name: "indicator", Zh: "指标名称", En: "Indicator", Kind: Name, Aliases: indicatorAliases},
		{Name: "scope", Zh: "范围", En: "Scope", Kind: Name, Aliases: []string{"责任单位", "单位名称"}},
		{Name: "year", Zh: "年度", En: "Year", Kind: Period, Aliases: []string{"年份", "目标年度"}},
		{Name: "target", Zh: "年度目标", En: "Target", Kind: Number, Aliases: []string{"目标", "目标值", "目标任务", "全年目标", "任务数", "年度任务"}},
		{Name: "unit", Zh: "计量单位", En: "Unit", Kind: Enum, Hidden: true, Aliases: []string{"单位"}},
		{Name: "basis", Zh: "口径", En: "Basis", Kind: Enum, Aliases: []string{"统计口径"}},
		noteField,
	},
}

// Ranks are places in the district's list (排名): one row an indicator and year.
var Ranks = &Dataset{
	Name: "ranks", Zh: "排名", En: "Ranks",
	Subject:   "indicator",
	Key:       []string{"indicator", "year"},
	Scope:     []string{"year"},
	Essential: []string{"indicator", "year", "rank"},
	Titles:    []string{"排名", "位次"},
	Fields: []Field{
		{Name: "indicator", Zh: "指标名称", En: "Indicator", Kind: Name, Aliases: indicatorAliases},
		{Name: "year", Zh: "年度", En: "Year", Kind: Period, Aliases: []string{"年份"}},
		{Name: "rank", Zh: "全区排名", En: "Rank", Kind: Count, Positive: true, Aliases: []string{"排名", "位次", "名次"}},
		{Name: "population", Zh: "参评个数", En: "Of", Kind: Count, Positive: true, Aliases: []string{"总数", "街道数", "参评单位数"}},
		noteField,
	},
}

// Services are cases run for a firm from application to finish (全程代办): one row a case.
var Services = &Dataset{
	Name: "services", Zh: "代办事项", En: "Service cases",
	Subject:   "item",
	Key:       []string{"number"},
	Essential: []string{"number", "item|company", "accepted_on"},
	Titles:    []string{"代办"},
	UniqueKey: true,
	Closing:   Closing{Field: "status", Values: []string{"已办结", "已回访"}},
	Fields: []Field{
		{Name: "number", Zh: "编号", En: "No.", Kind: Text, Aliases: []string{"代办编号", "事项编号", "受理编号", "案号"}},
		{Name: "company", Zh: "企业名称", En: "Company", Kind: Name, Aliases: append([]string{"企业（项目）", "企业/项目", "申请企业", "服务企业"}, companyAliases...)},
		{Name: "item", Zh: "代办事项", En: "Item", Kind: Text, Aliases: []string{"事项", "办理事项", "事项名称", "代办内容"}},
		{Name: "accepted_on", Zh: "受理日期", En: "Accepted", Kind: Date, Event: true, Edge: First, Aliases: []string{"受理时间", "接件日期", "申请日期", "收件日期"}},
		{Name: "promised_days", Zh: "承诺时限", En: "Promised", Unit: "工作日", Kind: Count, Positive: true, Aliases: []string{"办理时限", "时限", "承诺办结时限", "承诺工作日", "承诺天数"}},
		{Name: "department", Zh: "办理部门", En: "Department", Kind: Text, Aliases: []string{"承办部门", "责任部门", "办理单位", "经办部门"}},
		{Name: "finished_on", Zh: "办结日期", En: "Finished", Kind: Date, Event: true, Edge: Last, Aliases: []string{"办结时间", "完成日期", "办理完成日期", "完结日期"}},
		{Name: "status", Zh: "状态", En: "Status", Kind: Enum, Aliases: []string{"办理状态", "办理情况", "进度状态"},
			Allowed: []string{"受理", "交办", "办理中", "已办结", "已回访"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "closed_before_opened", Severity: SeverityError, At: "finished_on", Rule: NotBefore{"finished_on", "accepted_on"}},
	},
}
