package ledger

// Assignments say who leads a project from when to when (项目四个一分包): one row a project, item and lead.
// The wording of the four items differs from district to district, so it is free text.
var Assignments = &Dataset{
	Name: "assignments", Zh: "分包安排", En: "Assignments",
	Subject:    "project",
	Key:        []string{"project", "item", "leaders", "from"},
	Scope:      []string{"project"},
	Essential:  []string{"project", "leaders", "section|from|item"},
	Titles:     []string{"分包", "包抓", "包联", "包保", "四个一", "五个一", "Assignments"},
	NeedsTitle: true,
	UniqueKey:  true,
	Known:      knownProject,
	Asked:      []string{"from"},
	Fields: []Field{
		{Name: "project", Zh: "项目名称", En: "Project", Kind: Name, Aliases: projectAliases},
		{Name: "item", Zh: "四个一内容", En: "Item", Kind: Text, Aliases: []string{"四个一", "分包内容", "分包事项", "工作机制", "五个一内容", "内容", "包抓内容", "职责", "分工"}},
		{Name: "leaders", Zh: "分包领导", En: "Lead", Kind: People, Aliases: Projects.Fields[Projects.Index("leaders")].Aliases},
		{Name: "section", Zh: "责任科室", En: "Section", Kind: Text, Aliases: Projects.Fields[Projects.Index("section")].Aliases},
		{Name: "contact", Zh: "联系人", En: "Contact", Kind: Text, Aliases: []string{"联络员", "责任人", "经办人", "具体责任人", "科室负责人"}},
		phoneField,
		{Name: "term", Zh: "分包期限", En: "Term", Kind: Span, Into: []string{"from", "to"}, Aliases: []string{"分包时间", "起止时间", "起止日期", "包抓时间", "任职时间", "分包期间"}},
		{Name: "from", Zh: "开始日期", En: "From", Kind: Date, Event: true, Edge: First, Aliases: []string{"分包开始", "开始时间", "起始日期", "起始时间", "分包起始时间", "分包开始时间", "接手时间", "调整时间", "分包期限起", "起"}},
		{Name: "to", Zh: "结束日期", En: "To", Kind: Date, Edge: Last, Aliases: []string{"分包结束", "结束时间", "截止日期", "终止日期", "分包结束时间", "截止时间", "交接时间", "分包期限止", "止"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "multiple_leads", Severity: SeverityWarning, At: "leaders", Rule: PeopleCount{"leaders", 0, 1}},
		{Kind: "no_lead", Severity: SeverityWarning, At: "leaders", Rule: PeopleCount{"leaders", 1, 99}},
		{Kind: "term_ends_before_start", Severity: SeverityError, At: "to", Rule: NotBefore{"to", "from"}},
	},
	SetChecks: []SetCheck{
		{Kind: "multiple_leads", Severity: SeverityWarning, At: "leaders",
			Rule: OneAtATime{Group: []string{"project", "item"}, Person: "leaders", From: "from", To: "to", Gap: "no_lead"}},
	},
}

// Issues are the problems found on projects, from finding to solving (问题台账): one row a problem.
var Issues = &Dataset{
	Name: "issues", Zh: "问题台账", En: "Issues",
	Subject:   "issue",
	Key:       []string{"project", "number"},
	KeyElse:   map[string]string{"number": "issue"},
	Scope:     []string{"project"},
	Essential: []string{"issue", "found_on|number", "status|owner|due|resolved_on"},
	Titles:    []string{"问题台账", "问题清单", "存在问题", "问题整改", "困难问题", "问题销号", "问题汇总"},
	UniqueKey: true,
	Known:     knownProject,
	Asked:     []string{"project", "found_on"},
	Fields: []Field{
		{Name: "project", Zh: "项目名称", En: "Project", Kind: Name, Aliases: projectAliases},
		{Name: "number", Zh: "问题编号", En: "No.", Kind: Text, Aliases: []string{"编号", "问题序号", "台账编号", "问题号"}},
		{Name: "found_on", Zh: "发现日期", En: "Found on", Kind: Date, Event: true, Edge: First, Aliases: []string{"发现时间", "提出时间", "提出日期", "登记日期", "登记时间", "上报时间", "反馈时间"}},
		{Name: "issue", Zh: "问题描述", En: "Issue", Kind: Text, Aliases: []string{"存在问题", "问题", "问题内容", "具体问题", "问题表现", "主要问题", "困难问题", "存在的问题"}},
		{Name: "kind", Zh: "问题类型", En: "Kind", Kind: Enum, Aliases: []string{"问题类别", "类别", "类型", "问题分类", "分类"}},
		{Name: "section", Zh: "责任单位", En: "Section", Kind: Text, Aliases: []string{"责任科室", "牵头单位", "整改单位", "责任部门", "整改责任单位", "牵头科室"}},
		{Name: "owner", Zh: "责任人", En: "Owner", Kind: Text, Aliases: []string{"整改责任人", "负责人", "责任领导", "承办人", "整改负责人"}},
		{Name: "measure", Zh: "整改措施", En: "Measure", Kind: Text, Aliases: []string{"解决措施", "措施", "处理意见", "解决办法", "整改情况", "处理措施"}},
		{Name: "due", Zh: "整改时限", En: "Due", Kind: Date, Edge: Last, Aliases: []string{"解决时限", "完成时限", "时限", "要求完成时间", "整改期限", "限期", "计划解决时间"}},
		{Name: "status", Zh: "状态", En: "Status", Kind: Enum, Aliases: []string{"整改状态", "办理状态", "解决情况", "是否解决", "销号情况", "问题状态"},
			Allowed: []string{"未解决", "解决中", "已解决", "搁置"}},
		{Name: "resolved_on", Zh: "解决日期", En: "Resolved on", Kind: Date, Event: true, Edge: Last, Aliases: []string{"解决时间", "销号日期", "销号时间", "整改完成时间", "办结日期", "完成日期", "整改完成日期"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "closed_before_opened", Severity: SeverityError, At: "resolved_on", Rule: NotBefore{"resolved_on", "found_on"}},
	},
}

// Calendar are the days on which the office's calendar leaves the week: holidays and worked weekends (放假调休): one row a day.
// The product ships none; the yearly notice of the State Council is imported like any sheet.
var Calendar = &Dataset{
	Name: "calendar", Zh: "工作日历", En: "Working calendar",
	Subject:   "name",
	Key:       []string{"date"},
	Essential: []string{"name", "date", "kind"},
	Titles:    []string{"放假", "节假日", "工作日历", "调休"},
	UniqueKey: true,
	Asked:     []string{"kind"},
	Spread:    "date",
	Pivot:     Pivot{Value: "date", Label: "kind"},
	Fields: []Field{
		{Name: "date", Zh: "日期", En: "Date", Kind: Date, Edge: First, Aliases: []string{"时间", "起止日期", "起止时间", "具体日期", "日期范围"}},
		{Name: "kind", Zh: "安排", En: "Kind", Kind: Enum, Aliases: []string{"类型", "类别", "放假/上班", "性质", "日期类型"}, Allowed: []string{"放假", "上班"},
			Spellings: map[string][]string{
				"放假": {"放假时间", "放假日期", "放假安排", "休假时间", "假期", "放假起止", "休息日", "放假调休时间", "放假调休日期", "休息", "休假"},
				"上班": {"上班日期", "调休上班", "调休上班日期", "补班日期", "补班", "上班时间", "调休上班时间", "调休日期", "需上班日期", "周末上班", "调休上班日"},
			}},
		{Name: "name", Zh: "节日", En: "Holiday", Kind: Name, Aliases: []string{"节日名称", "节假日", "假日", "名称", "节假日名称", "假期名称"}},
		noteField,
	},
}
