package ledger

import "slices"

// The states of a patrol: one that found nothing has its own, so that it counts for coverage and for nothing else.
const (
	PatrolFine     = "无问题"
	PatrolFound    = "待交办"
	PatrolHanded   = "已交办"
	PatrolMended   = "已整改"
	PatrolPassed   = "已核查"
	PatrolReturned = "退回整改"
)

// The results of a check of what was mended.
const (
	CheckPassed   = "通过"
	CheckReturned = "退回"
)

// PatrolAllFine are the words with which a sheet says in the place of an issue that there was none.
var PatrolAllFine = []string{"无问题", "未发现问题", "无异常", "正常", "一切正常", "巡查正常", "良好", "未见异常"}

// FourDisorders (四乱) and SixFields (369 治霾的六个领域) are the usual types of what patrols find. They are what forms offer until the
// office keeps a list of its own (PatrolTypes); a sheet may say any other word.
var (
	FourDisorders = []string{"乱停乱放", "乱搭乱建", "乱贴乱画", "乱倒乱扔"}
	SixFields     = []string{"扬尘污染", "燃煤污染", "工业污染", "机动车污染", "餐饮油烟", "露天焚烧"}
	OtherIssues   = []string{"占道经营", "其他"}
)

// IssueTypes are the usual types of issues, in the order forms offer them.
func IssueTypes() []string {
	return slices.Concat(FourDisorders, OtherIssues[:1], SixFields, OtherIssues[1:])
}

// issueSpellings are what offices write for the usual types.
var issueSpellings = map[string][]string{
	"乱停乱放": {"乱停", "车辆乱停乱放", "乱停车", "违停", "机动车乱停", "非机动车乱停"},
	"乱搭乱建": {"乱搭", "乱建", "私搭乱建", "违章搭建", "违法建设", "违建"},
	"乱贴乱画": {"乱贴", "乱画", "小广告", "野广告", "乱涂乱画", "乱张贴"},
	"乱倒乱扔": {"乱倒", "乱扔", "乱倒垃圾", "乱堆乱放", "乱堆", "垃圾乱倒", "暴露垃圾", "积存垃圾"},
	"占道经营": {"占道", "出店经营", "店外经营", "突店经营", "流动摊贩", "乱摆乱卖"},
	"扬尘污染": {"扬尘", "工地扬尘", "施工扬尘", "道路扬尘", "黄土裸露", "渣土扬尘"},
	"燃煤污染": {"燃煤", "散煤", "燃煤炉具", "散煤燃烧"}, "工业污染": {"工业", "工业企业", "企业排污"},
	"机动车污染": {"机动车", "渣土车", "机动车尾气", "渣土车遗撒"}, "餐饮油烟": {"油烟", "餐饮", "油烟扰民", "露天烧烤", "烧烤"},
	"露天焚烧": {"焚烧", "焚烧垃圾", "焚烧落叶", "垃圾焚烧", "秸秆焚烧"}, "其他": {"其它"},
}

// patrolFlow is the life of what a patrol found: 待交办 → 已交办 → 已整改 → 已核查, or 退回整改 → 已交办 with a new day. An entry that found
// nothing may be turned into one that did; what passed may be opened again.
var patrolFlow = &Flow{
	Field: "status",
	Start: []string{PatrolFound, PatrolHanded, PatrolFine},
	Moves: []Move{
		{ID: "patrol_raise", From: PatrolFine, To: PatrolFound, Needs: []string{"issue_type", "issue"}},
		{ID: "patrol_hand", From: PatrolFound, To: PatrolHanded, Needs: []string{"handed_to", "due", "handed_on"}},
		{ID: "patrol_mend", From: PatrolHanded, To: PatrolMended, Needs: []string{"mended_on", "measure"}},
		{ID: "patrol_pass", From: PatrolMended, To: PatrolPassed, Needs: []string{"checker", "checked_on"}},
		{ID: "patrol_return", From: PatrolMended, To: PatrolReturned, Needs: []string{"checker", "checked_on", "return_reason"}},
		{ID: "patrol_again", From: PatrolReturned, To: PatrolHanded, Needs: []string{"handed_to", "due", "handed_on"},
			Clears: []string{"mended_on", "checked_on", "checker", "result"}, Counts: "returned"},
		{ID: "patrol_reopen", From: PatrolPassed, To: PatrolHanded, Needs: []string{"handed_to", "due", "return_reason"},
			Clears: []string{"mended_on", "checked_on", "checker", "result"}, Counts: "returned"},
	},
	Unsaid: patrolUnsaid,
	// Who mended it does not say that it is mended.
	Apart: []Apart{{At: PatrolPassed, Field: "checker", Others: []string{"handed_to"}}},
}

// patrolUnsaid is the state of a patrol whose row says none: how far its days have come.
func patrolUnsaid(get Get) string {
	issue, _ := get("issue").(string)
	switch result := Plain(get("result")); {
	case get("issue_type") == nil && (issue == "" || slices.Contains(PatrolAllFine, issue)):
		return PatrolFine
	case result == CheckReturned:
		return PatrolReturned
	case result == CheckPassed, get("checked_on") != nil:
		return PatrolPassed
	case get("mended_on") != nil:
		return PatrolMended
	case get("handed_on") != nil, get("handed_to") != nil:
		return PatrolHanded
	}
	return PatrolFound
}

// patrolledGrid is the reference of a patrol to its grid: sheets are held to it like forms, for a patrol of nowhere covers nothing.
func patrolledGrid() Known {
	known := KnownGrid
	known.Sheets = true
	return known
}

// Patrols are the rounds through the grids and what they found (巡查记录): one row a round without a finding, or a finding.
var Patrols = &Dataset{
	Name: "patrols", Zh: "巡查记录", En: "Patrols",
	Subject:   "grid",
	Key:       []string{"day", "grid", "time", "number"},
	KeyElse:   map[string]string{"number": "issue"},
	Effective: "day",
	Essential: []string{"day", "grid", "found_by|issue_type|issue"},
	Titles:    []string{"巡查", "巡防", "Patrols"},
	// Without that word it could be a list of issues of something else.
	NeedsTitle: true,
	UniqueKey:  true,
	Closing:    Closing{Field: "status", Values: []string{PatrolPassed, PatrolFine}},
	Known:      []Known{patrolledGrid()},
	Asked:      []string{"found_by"},
	Flow:       patrolFlow,
	Fields: []Field{
		{Name: "number", Zh: "巡查编号", En: "No.", Kind: Text, Aliases: []string{"编号", "问题编号", "巡查单号", "单号"}},
		{Name: "day", Zh: "巡查日期", En: "Day", Kind: Date, Event: true, Edge: First, Aliases: []string{"日期", "发现日期", "检查日期", "巡查日"}},
		{Name: "time", Zh: "巡查时间", En: "Time", Kind: Text, TimeOfDay: true, Aliases: []string{"时间", "发现时间", "时刻", "巡查时刻", "时段"}},
		{Name: "community", Zh: "社区", En: "Community", Kind: Name, Aliases: []string{"所属社区", "社区（管委会）", "社区/管委会", "社区(管委会)", "责任社区"}},
		{Name: "grid", Zh: "网格", En: "Grid", Kind: Name, Aliases: []string{"所属网格", "网格名称", "责任网格", "巡查网格", "网格编号", "网格号"}},
		{Name: "issue_type", Zh: "问题类型", En: "Type", Kind: Enum, Aliases: []string{"问题类别", "类型", "类别", "问题分类", "四乱类型"}, Allowed: IssueTypes(), Spellings: issueSpellings},
		{Name: "issue", Zh: "问题描述", En: "Finding", Kind: Text, Aliases: []string{"发现问题", "存在问题", "问题", "问题内容", "巡查情况", "具体问题", "发现的问题"}},
		{Name: "place", Zh: "地点", En: "Place", Kind: Name, Aliases: []string{"问题地点", "具体位置", "位置", "具体地点", "发生地点", "点位"}},
		{Name: "found_by", Zh: "巡查人", En: "Found by", Kind: Text, Aliases: []string{"巡查员", "发现人", "巡查人员", "网格员", "检查人"}},
		{Name: "unit", Zh: "责任单位", En: "Unit", Kind: Text, Aliases: []string{"整改单位", "承办单位", "整改责任单位", "交办单位"}},
		{Name: "handed_to", Zh: "责任人", En: "Handed to", Kind: Text, Aliases: []string{"整改责任人", "整改人", "承办人", "交办对象"}},
		{Name: "due", Zh: "整改时限", En: "Due", Kind: Date, Edge: Last, Aliases: []string{"整改期限", "时限", "完成时限", "限期整改时间", "限改时间", "限期"}},
		{Name: "handed_on", Zh: "交办日期", En: "Handed over", Kind: Date, Event: true, Edge: First, Aliases: []string{"交办时间", "转交日期", "派单日期", "派单时间"}},
		{Name: "mended_on", Zh: "整改日期", En: "Mended on", Kind: Date, Event: true, Edge: Last, Aliases: []string{"整改时间", "整改完成日期", "整改完成时间", "完成日期", "完成时间"}},
		{Name: "measure", Zh: "整改情况", En: "What was done", Kind: Text, Aliases: []string{"整改措施", "处理情况", "处置情况", "整改结果", "办理情况"}},
		{Name: "checked_on", Zh: "核查日期", En: "Checked on", Kind: Date, Event: true, Edge: Last, Aliases: []string{"复查日期", "核查时间", "复查时间", "复核日期"}},
		{Name: "checker", Zh: "核查人", En: "Checked by", Kind: Text, Aliases: []string{"复查人", "复核人", "核查人员"}},
		{Name: "result", Zh: "核查结果", En: "Result", Kind: Enum, Aliases: []string{"复查结果", "复核结果", "核查结论", "复查情况"}, Allowed: []string{CheckPassed, CheckReturned},
			Spellings: map[string][]string{CheckPassed: {"合格", "已整改到位", "整改到位", "到位", "已销号"}, CheckReturned: {"不合格", "未到位", "整改不到位", "退回重改", "不通过"}}},
		{Name: "return_reason", Zh: "退回原因", En: "Why sent back", Kind: Text, Aliases: []string{"退回意见", "未通过原因"}},
		{Name: "returned", Zh: "退回次数", En: "Times sent back", Unit: "次", Kind: Count, Positive: true},
		{Name: "status", Zh: "状态", En: "State", Kind: Enum, Aliases: []string{"办理状态", "整改状态", "进展", "处置状态"},
			Allowed: []string{PatrolFine, PatrolFound, PatrolHanded, PatrolMended, PatrolPassed, PatrolReturned},
			Spellings: map[string][]string{PatrolFine: {"正常", "未发现问题", "无异常"}, PatrolFound: {"待处理", "新发现", "未交办"}, PatrolHanded: {"整改中", "处理中", "未整改", "待整改"},
				PatrolMended: {"已整改待核查", "待核查", "已处理"}, PatrolPassed: {"已销号", "已完成", "已办结", "已复查"}, PatrolReturned: {"退回", "退回重改"}}},
		// The names of photos are those of their contents (Attachments); what else a sheet says here is kept as it is.
		{Name: "photos_before", Zh: "整改前照片", En: "Photos before", Kind: Text, Aliases: []string{"问题照片", "照片", "现场照片"}},
		{Name: "photos_after", Zh: "整改后照片", En: "Photos after", Kind: Text, Aliases: []string{"整改照片", "完成照片"}},
		{Name: "clause", Zh: "依据条款", En: "Clause", Kind: Text, Aliases: []string{"违反条款", "法规依据", "依据"}},
		{Name: "addressee", Zh: "当事人", En: "Addressee", Kind: Text, Private: true, Aliases: []string{"被告知人", "告知对象", "商户（当事人）", "当事单位"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "due_before_found", Severity: SeverityError, At: "due", Rule: NotBefore{"due", "day"}},
		{Kind: "step_before_found", Severity: SeverityError, At: "handed_on", Rule: NotBefore{"handed_on", "day"}},
		{Kind: "step_before_found", Severity: SeverityError, At: "mended_on", Rule: NotBefore{"mended_on", "day"}},
		{Kind: "step_before_earlier", Severity: SeverityError, At: "mended_on", Rule: NotBefore{"mended_on", "handed_on"}},
		{Kind: "step_before_earlier", Severity: SeverityError, At: "checked_on", Rule: NotBefore{"checked_on", "mended_on"}},
	},
}

// PatrolTypes are the office's own list of what patrols look for (巡查问题类型): one row a type, with its group, the clause that a notice
// names, and within how many days it is usually mended.
var PatrolTypes = &Dataset{
	Name: "patrol_types", Zh: "巡查问题类型", En: "Types of findings",
	Subject:    "issue_type",
	Key:        []string{"issue_type"},
	Essential:  []string{"issue_type", "clause|group|days"},
	Titles:     []string{"问题类型", "巡查类型", "巡查事项", "Types of findings"},
	NeedsTitle: true,
	UniqueKey:  true,
	Fields: []Field{
		{Name: "issue_type", Zh: "问题类型", En: "Type", Kind: Name, Aliases: []string{"问题类别", "巡查类型", "巡查事项", "类型"}},
		{Name: "group", Zh: "所属大类", En: "Group", Kind: Enum, Aliases: []string{"大类", "分组", "所属领域", "类别"}, Allowed: []string{"四乱", "369治霾", "其他"},
			Spellings: map[string][]string{"369治霾": {"369", "治霾", "六大领域", "369六大领域"}, "其他": {"其它"}}},
		{Name: "clause", Zh: "依据条款", En: "Clause", Kind: Text, Aliases: []string{"法规依据", "依据", "违反条款"}},
		{Name: "days", Zh: "整改天数", En: "Days to mend", Unit: "天", Kind: Count, Positive: true, Aliases: []string{"整改期限", "时限", "整改时限"}},
		{Name: "unit", Zh: "责任单位", En: "Unit", Kind: Text, Aliases: []string{"牵头单位", "责任科室", "承办单位"}},
		{Name: "no", Zh: "序号", En: "No.", Kind: Count, Positive: true, Aliases: []string{"顺序"}},
		noteField,
	},
}
