package ledger

// OverrideDays is how long a status light may be set by hand unless the office says otherwise.
const OverrideDays = 90

// Baselines are approved plans, kept as they were approved (计划基线): one row a node of a project's baseline.
//
// A baseline is written once; a new plan is a new number, and every earlier one stays.
var Baselines = &Dataset{
	Name: "baselines", Zh: "计划基线", En: "Baselines",
	Subject:    "node",
	Key:        []string{"project", "number", "node_no", "node"},
	Once:       []string{"project", "number"},
	Effective:  "approved_on",
	Essential:  []string{"project", "number", "approved_on", "node", "finish"},
	Titles:     []string{"基线"},
	TitleField: "project",
	UniqueKey:  true,
	Known:      knownProject,
	Asked:      []string{"approved_by", "reason", "finish"},
	Fields: []Field{
		{Name: "project", Zh: "项目名称", En: "Project", Kind: Name, Aliases: projectAliases},
		{Name: "number", Zh: "基线编号", En: "Baseline", Kind: Name, Aliases: []string{"基线", "基线版本", "基线批次", "批准次数"}, Banner: []string{"基线编号", "基线"}},
		{Name: "approved_on", Zh: "批准日期", En: "Approved on", Kind: Date, Edge: Last, Event: true, Aliases: []string{"批准时间", "审批日期", "批复日期"},
			Banner: []string{"批准日期", "批准时间", "审批日期"}},
		{Name: "approved_by", Zh: "批准人", En: "Approved by", Kind: Text, Aliases: []string{"审批人", "批准领导"}, Banner: []string{"批准人", "审批人"}},
		{Name: "reason", Zh: "基线说明", En: "Reason", Kind: Text, Aliases: []string{"调整原因", "变更原因", "基线原因", "批准说明"}, Banner: []string{"调整原因", "变更原因"}},
		{Name: "node_no", Zh: "序号", En: "No.", Kind: Text, Aliases: []string{"节点编号", "编号", "节点序号", "节点号"}},
		{Name: "node", Zh: "节点名称", En: "Node", Kind: Name, Aliases: Milestones.Fields[Milestones.Index("node")].Aliases},
		{Name: "start", Zh: "基线开始", En: "Baseline start", Kind: Date, Edge: First, Aliases: []string{"计划开始", "开始日期", "开始时间"}},
		{Name: "finish", Zh: "基线完成", En: "Baseline finish", Kind: Date, Edge: Last, Aliases: []string{"计划完成", "完成日期", "完成时间"}},
		{Name: "weight", Zh: "权重", En: "Weight", Kind: Number, Positive: true, Aliases: []string{"权重%", "比重"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "not_filled", Severity: SeverityError, At: "number", Rule: Filled{"number"}},
		{Kind: "not_filled", Severity: SeverityError, At: "approved_on", Rule: Filled{"approved_on"}},
		{Kind: "not_filled", Severity: SeverityError, At: "finish", Rule: Filled{"finish"}},
		{Kind: "finish_before_start", Severity: SeverityError, At: "finish", Rule: NotBefore{"finish", "start"}},
	},
}

// Overrides are status lights set by hand (状态灯人工调整): one row a decision, with its reason, the person and the day it ends.
var Overrides = &Dataset{
	Name: "overrides", Zh: "状态灯人工调整", En: "Lights set by hand",
	Subject:   "project",
	Key:       []string{"project", "from"},
	Effective: "from",
	Essential: []string{"project", "light", "reason", "person", "until"},
	Titles:    []string{"状态灯", "灯色调整", "人工调整"},
	UniqueKey: true,
	Known:     knownProject,
	Asked:     []string{"light", "reason", "person", "from", "until"},
	Fields: []Field{
		{Name: "project", Zh: "项目名称", En: "Project", Kind: Name, Aliases: projectAliases},
		{Name: "light", Zh: "调整为", En: "Light", Kind: Enum, Allowed: []string{"红灯", "黄灯", "绿灯", "灰灯"}, Aliases: []string{"调整后灯色", "人工灯色", "调整后状态", "灯色"}},
		{Name: "reason", Zh: "调整理由", En: "Reason", Kind: Text, Aliases: []string{"调整原因", "理由", "人工调整理由"}},
		{Name: "person", Zh: "调整人", En: "Set by", Kind: Text, Aliases: []string{"调整责任人", "决定人", "批准人"}},
		{Name: "from", Zh: "调整日期", En: "From", Kind: Date, Edge: First, Event: true, Aliases: []string{"生效日期", "起始日期", "自何日起"}},
		{Name: "until", Zh: "失效日期", En: "Until", Kind: Date, Edge: Last, Aliases: []string{"到期日", "截止日期", "有效期至", "有效期止"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "not_filled", Severity: SeverityError, At: "light", Rule: Filled{"light"}},
		{Kind: "not_filled", Severity: SeverityError, At: "reason", Rule: Filled{"reason"}},
		{Kind: "not_filled", Severity: SeverityError, At: "person", Rule: Filled{"person"}},
		{Kind: "not_filled", Severity: SeverityError, At: "until", Rule: Filled{"until"}},
		{Kind: "override_span", Severity: SeverityError, At: "until", Rule: Lasts{"until", "from", OverrideDays}},
	},
}
