package ledger

// Projects is the project ledger (项目台账): one row a project.
var Projects = &Dataset{
	Name: "projects", Zh: "项目台账", En: "Projects",
	Subject:   "project",
	Key:       []string{"project"},
	Essential: []string{"project", "category", "leaders", "section", "plan_start", "plan_finish"},
	Titles:    []string{"项目台账", "重点项目", "投资项目", "项目一览", "项目清单", "项目库"},
	UniqueKey: true,
	Fields: []Field{
		{Name: "project", Zh: "项目名称", En: "Project", Kind: Name, Aliases: projectAliases},
		{Name: "category", Zh: "项目类型", En: "Type", Kind: Enum, Aliases: []string{"类别", "项目类别", "类型", "项目性质", "项目分类", "分类"},
			Allowed: []string{"城中村改造", "安置房", "楼宇", "商业", "产业", "基础设施"}},
		{Name: "leaders", Zh: "分包领导", En: "Lead", Kind: People, Aliases: []string{"包抓领导", "包联领导", "责任领导", "联系领导", "包保领导", "牵头领导", "分管领导", "包干领导", "包片领导", "挂包领导", "县级领导", "领导"}},
		{Name: "section", Zh: "责任科室", En: "Section", Kind: Text, Aliases: []string{"责任单位", "牵头单位", "责任部门", "牵头科室", "牵头部门", "承办科室", "主办科室", "科室", "包抓科室", "分包科室"}},
		{Name: "partners", Zh: "配合单位", En: "Partners", Kind: Text, Aliases: []string{"配合科室", "协办单位", "配合部门"}},
		{Name: "contact", Zh: "联系人", En: "Contact", Kind: Text, Aliases: []string{"联络员", "责任人", "经办人", "具体责任人", "联系人员"}},
		phoneField,
		{Name: "total_investment_yuan", Zh: "总投资", En: "Total investment", Unit: yuan, Kind: Money, Positive: true, Aliases: []string{"计划总投资", "投资估算", "投资额", "投资总额", "项目总投资", "概算总投资", "总投资额", "估算总投资", "投资规模"}},
		{Name: "year_plan_yuan", Zh: "年度计划投资", En: "Plan of the year", Unit: yuan, Kind: Money, Positive: true, Aliases: []string{"年度计划", "本年计划", "年度投资计划", "本年计划投资", "当年计划投资", "年计划投资", "年度目标", "今年计划投资", "计划投资", "年度计划完成投资", "全年计划"}},
		{Name: "month_done_yuan", Zh: "本月完成投资", En: "Done in the month", Unit: yuan, Kind: Money, Aliases: []string{"本月完成", "当月完成投资", "当月完成", "本月投资", "本月完成额", "本月实际完成"}},
		{Name: "year_to_date_yuan", Zh: "年度累计完成", En: "Done this year", Unit: yuan, Kind: Money, Aliases: []string{"年度累计", "本年累计", "本年累计完成", "年度累计完成投资", "今年累计完成", "年初至今完成", "年内累计完成投资", "当年累计", "当年累计完成", "本年完成投资", "年累计完成"}},
		{Name: "since_start_yuan", Zh: "开工以来累计完成", En: "Done since start", Unit: yuan, Kind: Money, Aliases: []string{"开工以来累计", "截止目前累计", "截至目前累计", "自开工累计", "开工累计完成投资", "累计完成投资", "累计完成", "自开工以来累计完成投资", "截至目前累计完成投资", "项目累计完成投资"}},
		{Name: "plan_start", Zh: "计划开工", En: "Planned start", Kind: Date, Edge: First, Aliases: []string{"开工时间", "计划开工时间", "计划开工日期", "拟开工时间", "预计开工时间", "开工日期"}},
		{Name: "actual_start", Zh: "实际开工", En: "Actual start", Kind: Date, Event: true, Edge: First, Aliases: []string{"实际开工时间", "实际开工日期", "已开工时间"}},
		{Name: "plan_finish", Zh: "计划竣工", En: "Planned finish", Kind: Date, Edge: Last, Aliases: []string{"完工时间", "竣工时间", "计划竣工时间", "计划完工", "计划完工时间", "计划竣工日期", "计划完成时间", "预计竣工时间", "竣工日期", "计划建成时间"}},
		{Name: "actual_finish", Zh: "实际竣工", En: "Actual finish", Kind: Date, Event: true, Edge: Last, Aliases: []string{"实际竣工时间", "实际完工", "实际完工时间", "实际竣工日期"}},
		{Name: "stage", Zh: "当前阶段", En: "Stage", Kind: Enum, Aliases: []string{"建设阶段", "项目阶段", "目前阶段", "所处阶段", "阶段", "项目状态"},
			Allowed: []string{"前期手续", "征拆阶段", "建设中", "已完工"}},
		{Name: "progress", Zh: "形象进度", En: "Physical progress", Kind: Text, Aliases: []string{"进展情况", "工程进度", "目前进展", "项目进展", "工程形象进度", "进度情况", "目前形象进度"}},
		{Name: "percent", Zh: "完成", En: "Complete", Unit: "%", Kind: Percent, Aliases: []string{"完成%", "完成率", "完成百分比", "形象进度%", "完成比例", "进度%"}},
		{Name: "problem", Zh: "存在问题", En: "Problem", Kind: Text, Aliases: []string{"困难问题", "存在困难", "主要问题", "存在的问题", "问题"}},
		{Name: "coordination", Zh: "需协调事项", En: "To coordinate", Kind: Text, Aliases: []string{"需协调解决事项", "需协调问题", "协调事项", "需要协调解决的问题", "需协调解决的问题"}},
		{Name: "next_step", Zh: "下步计划", En: "Next", Kind: Text, Aliases: []string{"下一步计划", "下步打算", "下一步工作", "下周计划", "下步工作", "下一步措施", "下步措施"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "multiple_leads", Severity: SeverityWarning, At: "leaders", Rule: PeopleCount{"leaders", 0, 1}},
		{Kind: "no_lead", Severity: SeverityWarning, At: "leaders", Rule: PeopleCount{"leaders", 1, 99}},
		{Kind: "percent_out_of_range", Severity: SeverityError, At: "percent", Rule: Between{"percent", 0, 100}},
		{Kind: "finish_before_start", Severity: SeverityError, At: "plan_finish", Rule: NotBefore{"plan_finish", "plan_start"}},
		{Kind: "finish_before_start", Severity: SeverityError, At: "actual_finish", Rule: NotBefore{"actual_finish", "actual_start"}},
	},
}

// Milestones is the backward schedule (倒排工期): one row a node of a project's plan.
var Milestones = &Dataset{
	Name: "milestones", Zh: "倒排工期", En: "Milestones",
	Subject:    "node",
	Key:        []string{"project", "node_no", "node", "plan_version"},
	Scope:      []string{"project"},
	Essential:  []string{"project", "node", "plan_finish"},
	Titles:     []string{"倒排工期", "节点", "工期计划", "进度计划", "里程碑"},
	TitleField: "project",
	UniqueKey:  true,
	Fields: []Field{
		{Name: "project", Zh: "项目名称", En: "Project", Kind: Name, Aliases: projectAliases},
		{Name: "node_no", Zh: "序号", En: "No.", Kind: Text, Aliases: []string{"节点编号", "编号", "节点序号", "节点号"}},
		{Name: "node", Zh: "节点名称", En: "Node", Kind: Name, Aliases: []string{"节点", "工作内容", "任务名称", "工序", "工序名称", "关键节点", "里程碑", "里程碑节点", "工作节点", "阶段节点", "工作任务", "节点内容"}},
		{Name: "plan_version", Zh: "计划版本", En: "Plan version", Kind: Text, Aliases: []string{"版本", "计划批次"}},
		{Name: "duration_days", Zh: "工期", En: "Duration", Unit: "天", Kind: Count, Positive: true, Aliases: []string{"工期天数", "持续时间", "天数", "日历天", "计划工期", "所需天数", "工期（日历天）"}},
		{Name: "day_kind", Zh: "工期口径", En: "Kind of days", Kind: Enum, Allowed: []string{"自然日", "工作日"}, Aliases: []string{"天数口径", "日历口径", "工期类型"}},
		{Name: "predecessors", Zh: "前置节点", En: "Predecessors", Kind: Text, Listed: true, Aliases: []string{"紧前节点", "前置任务", "前置工序", "紧前工序", "前置", "紧前工作", "前置条件节点"}},
		{Name: "plan_start", Zh: "计划开始", En: "Planned start", Kind: Date, Edge: First, Aliases: []string{"开始时间", "计划开始时间", "计划开始日期", "开始日期", "计划开工", "起始时间"}},
		{Name: "plan_finish", Zh: "计划完成", En: "Planned finish", Kind: Date, Edge: Last, Aliases: []string{"完成时间", "计划完成时间", "计划完成日期", "计划完工", "完成日期", "结束时间", "计划结束", "计划截止", "完成时限", "计划完成节点时间"}},
		{Name: "actual_start", Zh: "实际开始", En: "Actual start", Kind: Date, Event: true, Edge: First, Aliases: []string{"实际开始时间", "实际开始日期"}},
		{Name: "actual_finish", Zh: "实际完成", En: "Actual finish", Kind: Date, Event: true, Edge: Last, Aliases: []string{"实际完成时间", "实际完成日期", "实际完工", "完成情况日期"}},
		{Name: "forecast_finish", Zh: "预计完成", En: "Forecast finish", Kind: Date, Edge: Last, Aliases: []string{"预测完成", "预计完成时间", "预计完成日期"}},
		{Name: "deadline", Zh: "交付期限", En: "Deadline", Kind: Date, Edge: Last, Aliases: []string{"最终期限", "总期限"},
			Banner: []string{"交付期限", "最后期限", "完成期限", "交付时限", "总工期截止", "最终期限", "最晚完成", "交付时间", "目标完成时间", "竣工期限", "截止期限"}},
		{Name: "latest_finish", Zh: "最晚完成", En: "Latest finish", Kind: Date, Edge: Last, Aliases: []string{"最迟完成", "最晚完成时间", "最迟完成时间"}},
		{Name: "owner", Zh: "责任人", En: "Owner", Kind: Text, Aliases: []string{"负责人", "责任领导", "节点责任人", "责任单位"}},
		{Name: "weight", Zh: "权重", En: "Weight", Kind: Number, Positive: true, Aliases: []string{"权重%", "比重"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "finish_before_start", Severity: SeverityError, At: "plan_finish", Rule: NotBefore{"plan_finish", "plan_start"}},
		{Kind: "finish_before_start", Severity: SeverityError, At: "actual_finish", Rule: NotBefore{"actual_finish", "actual_start"}},
	},
	SetChecks: []SetCheck{
		{Kind: "cycle", Severity: SeverityError, At: "predecessors", Rule: Acyclic{Group: "project", Node: "node_no", Predecessors: "predecessors"}},
	},
}

// Progress is the weekly progress sheet (进度周报): one row a project and report day.
var Progress = &Dataset{
	Name: "progress", Zh: "进度周报", En: "Weekly progress",
	Subject:   "project",
	Key:       []string{"project", "report_date"},
	Scope:     []string{"report_date"},
	Effective: "report_date",
	Essential: []string{"project", "percent|progress|week_investment_yuan|cumulative_investment_yuan"},
	Titles:    []string{"周报", "进度", "进展", "月报", "旬报"},
	UniqueKey: true,
	Fields: []Field{
		{Name: "project", Zh: "项目名称", En: "Project", Kind: Name, Aliases: projectAliases},
		{Name: "report_date", Zh: "填报日期", En: "Report date", Kind: Date, Edge: Last, Aliases: []string{"报告日期", "截至日期", "统计日期", "上报日期", "周次截止"}},
		{Name: "progress", Zh: "形象进度", En: "Physical progress", Kind: Text, Aliases: Projects.Fields[Projects.Index("progress")].Aliases},
		{Name: "percent", Zh: "完成", En: "Complete", Unit: "%", Kind: Percent, Aliases: []string{"完成%", "完成率", "完成百分比", "形象进度%", "完成比例", "完成进度", "进度%", "完成进度%", "总体进度", "完成情况%"}},
		{Name: "week_investment_yuan", Zh: "本周完成投资", En: "Invested this week", Unit: yuan, Kind: Money, Aliases: []string{"本周完成", "本周投资", "当周完成投资", "本周完成额", "本周完成投资额", "本期完成投资", "本旬完成投资"}},
		{Name: "cumulative_investment_yuan", Zh: "累计完成投资", En: "Invested in all", Unit: yuan, Kind: Money, Aliases: []string{"累计完成", "累计投资", "累计完成投资额", "开工以来累计", "开工以来累计完成投资", "截至目前累计完成投资", "总累计完成投资"}},
		{Name: "problem", Zh: "存在问题", En: "Problem", Kind: Text, Aliases: Projects.Fields[Projects.Index("problem")].Aliases},
		{Name: "coordination", Zh: "需协调事项", En: "To coordinate", Kind: Text, Aliases: Projects.Fields[Projects.Index("coordination")].Aliases},
		{Name: "next_step", Zh: "下步计划", En: "Next", Kind: Text, Aliases: Projects.Fields[Projects.Index("next_step")].Aliases},
		noteField,
	},
	Checks: []Check{
		{Kind: "percent_out_of_range", Severity: SeverityError, At: "percent", Rule: Between{"percent", 0, 100}},
	},
	Rising: []Rising{{Kind: "percent_decreased", Severity: SeverityWarning, Group: "project", Field: "percent"}},
}

// Actions are the decisions followed up until closed (督办事项): one row an item.
var Actions = &Dataset{
	Name: "actions", Zh: "督办事项", En: "Action items",
	Subject:   "item",
	Key:       []string{"number"},
	Essential: []string{"number", "item", "due|owner|status"},
	Titles:    []string{"督办"},
	UniqueKey: true,
	Fields: []Field{
		{Name: "number", Zh: "编号", En: "No.", Kind: Text, Aliases: []string{"督办编号", "事项编号", "督办号"}},
		{Name: "meeting_date", Zh: "会议日期", En: "Meeting", Kind: Date, Event: true, Edge: First, Aliases: []string{"会议时间", "下发日期", "交办日期", "交办时间", "提出日期", "立项日期"}},
		{Name: "project", Zh: "项目名称", En: "Project", Kind: Name, Aliases: projectAliases},
		{Name: "item", Zh: "督办事项", En: "Item", Kind: Text, Aliases: []string{"事项", "督办内容", "工作事项", "任务", "事项内容", "议定事项", "工作任务"}},
		{Name: "section", Zh: "责任单位", En: "Section", Kind: Text, Aliases: []string{"责任科室", "承办单位", "牵头单位", "承办科室"}},
		{Name: "owner", Zh: "责任人", En: "Owner", Kind: Text, Aliases: []string{"承办人", "负责人"}},
		{Name: "due", Zh: "完成时限", En: "Due", Kind: Date, Edge: Last, Aliases: []string{"办结时限", "时限", "要求完成时间", "完成时间", "截止日期", "办理时限", "限办日期"}},
		{Name: "status", Zh: "状态", En: "Status", Kind: Enum, Aliases: []string{"办理状态", "进展状态", "办理情况", "销号状态"},
			Allowed: []string{"待下发", "已下发", "处理中", "已处理", "已确认(销号)", "退回"}},
		{Name: "closed_on", Zh: "销号日期", En: "Closed", Kind: Date, Event: true, Edge: Last, Aliases: []string{"办结日期", "销号时间", "完成日期", "办结时间", "实际完成日期"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "closed_before_opened", Severity: SeverityError, At: "closed_on", Rule: NotBefore{"closed_on", "meeting_date"}},
	},
}

// Visits are leaders' site visits (走访记录): one row a visit.
var Visits = &Dataset{
	Name: "visits", Zh: "走访记录", En: "Site visits",
	Subject:   "leader",
	Key:       []string{"date", "leader", "project"},
	Scope:     []string{"date"},
	Effective: "date",
	Essential: []string{"date", "leader", "minutes|project"},
	Titles:    []string{"走访", "巡访", "下访"},
	Fields: []Field{
		{Name: "date", Zh: "日期", En: "Date", Kind: Date, Edge: First, Aliases: []string{"走访日期", "走访时间", "时间"}},
		{Name: "leader", Zh: "走访领导", En: "Leader", Kind: Name, Aliases: []string{"分包领导", "领导", "包抓领导", "走访人", "带队领导", "包联领导"}},
		{Name: "project", Zh: "项目名称", En: "Project", Kind: Name, Aliases: projectAliases},
		{Name: "minutes", Zh: "时长", En: "Minutes", Unit: "分钟", Kind: Count, Positive: true, Aliases: []string{"走访时长", "用时", "走访分钟", "时间长度"}},
		{Name: "found", Zh: "发现问题", En: "Found", Kind: Text, Aliases: []string{"存在问题", "问题", "走访情况", "发现的问题"}},
		noteField,
	},
}
