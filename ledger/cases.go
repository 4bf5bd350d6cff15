package ledger

// The states of a complaint case; one that is closed says its reply and the day it was given.
const (
	CaseReceived  = "待受理"
	CaseAccepted  = "已受理"
	CaseAssigned  = "已交办"
	CaseReferred  = "已转办"
	CaseUnderway  = "办理中"
	CaseFedBack   = "已反馈"
	CaseClosed    = "已结案"
	caseUnitField = "unit"
)

// CaseSources are where complaints come from, in the order they are counted.
var CaseSources = []string{"热线", "市长电话", "市局信箱", "区长电话", "转办"}

// caseFlow is the life of a complaint: 受理 → 交办 or 转办 → 办理 → 反馈 → 结案; a feedback that does not do is sent back, and a closed
// case that comes up again is reopened and needs a feedback of its own.
var caseFlow = &Flow{
	Field: "status",
	Start: []string{CaseReceived, CaseAccepted},
	Moves: []Move{
		{ID: "accept", From: CaseReceived, To: CaseAccepted, Needs: []string{"accepted_on"}},
		{ID: "assign", From: CaseAccepted, To: CaseAssigned, Needs: []string{"assigned_on", caseUnitField}},
		{ID: "refer", From: CaseAccepted, To: CaseReferred, Needs: []string{"assigned_on", caseUnitField}},
		{ID: "handle", From: CaseAssigned, To: CaseUnderway},
		{ID: "handle", From: CaseReferred, To: CaseUnderway},
		{ID: "feed_back", From: CaseUnderway, To: CaseFedBack, Needs: []string{"fed_back_on", "reply"}},
		{ID: "close", From: CaseFedBack, To: CaseClosed, Needs: []string{"accepted_on", "fed_back_on", "closed_on"}},
		{ID: "send_back", From: CaseFedBack, To: CaseUnderway, Needs: []string{"send_back_reason"}, Clears: []string{"fed_back_on"}},
		{ID: "reopen", From: CaseClosed, To: CaseUnderway, Needs: []string{"reopen_reason"}, Clears: []string{"closed_on", "fed_back_on"}, Counts: "reopened"},
	},
}

// Cases are complaints and reports of residents (投诉举报): one row a case.
//
// The day a case is due may be left blank: then it is so many working days after it was accepted, by its source. A postponed case
// (缓办) keeps the day it was due on, beside the day it was postponed to.
var Cases = &Dataset{
	Name: "cases", Zh: "投诉举报", En: "Complaint cases",
	Subject:    "subject",
	Key:        []string{"number"},
	Essential:  []string{"number", "subject", "received_on|accepted_on", "channel|unit"},
	Titles:     []string{"投诉", "举报", "信访", "热线", "Complaint cases"},
	NeedsTitle: true,
	UniqueKey:  true,
	Closing:    Closing{Field: "status", Values: []string{CaseClosed}},
	Flow:       caseFlow,
	Known:      []Known{KnownGrid},
	Asked:      []string{"channel", "received_on"},
	Fields: []Field{
		{Name: "number", Zh: "受理编号", En: "No.", Kind: Text, Aliases: []string{"编号", "投诉编号", "案件编号", "工单号", "工单编号", "案号", "转办单号"}},
		{Name: "channel", Zh: "投诉来源", En: "Source", Kind: Enum, Aliases: []string{"来源", "来源渠道", "投诉渠道", "案件来源", "受理渠道"}, Allowed: CaseSources,
			Spellings: map[string][]string{"热线": {"热线电话", "投诉热线", "12319热线", "12345热线"}, "市长电话": {"市长热线", "市长专线"}, "市局信箱": {"市局邮箱", "市城管局信箱"},
				"区长电话": {"区长热线", "区长专线"}, "转办": {"上级转办", "区转办", "转办件"}}},
		{Name: "received_on", Zh: "接到日期", En: "Received", Kind: Date, Event: true, Edge: First, Aliases: []string{"接到时间", "来件日期", "来件时间", "投诉日期", "投诉时间", "来电时间", "来电日期", "收件时间", "接件日期"}},
		{Name: "accepted_on", Zh: "受理日期", En: "Accepted", Kind: Date, Event: true, Edge: First, Aliases: []string{"受理时间"}},
		{Name: "subject", Zh: "投诉内容", En: "Subject", Kind: Text, Aliases: []string{"反映内容", "投诉事项", "反映问题", "事由", "内容", "诉求内容", "举报内容", "主要内容", "投诉举报内容"}},
		{Name: "category", Zh: "问题类别", En: "Type", Kind: Enum, Aliases: []string{"类别", "投诉类别", "类型", "问题类型", "案件类型", "投诉类型"},
			Allowed: []string{"占道经营", "露天烧烤", "违法建设", "渣土扬尘", "油烟噪声", "环境卫生", "小广告", "市政设施", "其他"}},
		{Name: "place", Zh: "地点", En: "Place", Kind: Text, Aliases: []string{"地址", "投诉地点", "事发地点", "具体位置", "反映地点"}},
		{Name: "grid", Zh: "责任网格", En: "Grid", Kind: Name, Aliases: []string{"网格", "所属网格", "网格名称"}},
		{Name: caseUnitField, Zh: "承办单位", En: "Unit", Kind: Name, Aliases: []string{"责任单位", "交办单位", "转办单位", "办理单位", "承办科室", "责任科室", "承办部门"}},
		{Name: "assigned_on", Zh: "交办日期", En: "Assigned", Kind: Date, Event: true, Edge: First, Aliases: []string{"交办时间", "转办日期", "转办时间", "交（转）办日期", "交（转）办时间", "派单时间"}},
		{Name: "due", Zh: "办理期限", En: "Due", Kind: Date, Edge: Last, Aliases: []string{"办结时限", "办理时限", "限办日期", "应办结日期", "要求办结时间", "办结期限", "时限"}},
		{Name: "postponed_until", Zh: "缓办至", En: "Postponed until", Kind: Date, Edge: Last, Aliases: []string{"延期至", "缓办期限", "缓办日期", "延期办结日期"}},
		{Name: "postpone_reason", Zh: "缓办原因", En: "Why postponed", Kind: Text, Aliases: []string{"延期原因", "缓办理由", "延期理由"}},
		{Name: "fed_back_on", Zh: "反馈日期", En: "Fed back", Kind: Date, Event: true, Edge: Last, Aliases: []string{"反馈时间", "回复日期", "回复时间", "答复日期", "回访日期"}},
		{Name: "reply", Zh: "答复内容", En: "Reply", Kind: Text, Aliases: []string{"反馈内容", "办理结果", "处理结果", "办理情况", "回复内容", "答复意见", "处理情况"}},
		{Name: "closed_on", Zh: "结案日期", En: "Closed", Kind: Date, Event: true, Edge: Last, Aliases: []string{"结案时间", "办结日期", "办结时间", "销号日期"}},
		{Name: "status", Zh: "办理状态", En: "Status", Kind: Enum, Aliases: []string{"状态", "案件状态", "办结情况"},
			Allowed:   []string{CaseReceived, CaseAccepted, CaseAssigned, CaseReferred, CaseUnderway, CaseFedBack, CaseClosed},
			Spellings: map[string][]string{CaseClosed: {"结案", "办结", "已办结", "已办"}, CaseReceived: {"未受理"}, CaseUnderway: {"在办", "正在办理", "办理"}, CaseFedBack: {"反馈"}, CaseAccepted: {"受理"}, CaseAssigned: {"交办"}, CaseReferred: {"转办中"}}},
		{Name: "complainant", Zh: "投诉人", En: "Complainant", Kind: Text, Private: true, Aliases: []string{"投诉人姓名", "举报人", "来电人", "反映人", "联系人"}},
		phoneField,
		{Name: "send_back_reason", Zh: "退回重办原因", En: "Why sent back", Kind: Text, Aliases: []string{"退回原因", "重办原因"}},
		{Name: "reopened", Zh: "重开次数", En: "Times reopened", Unit: "次", Kind: Count, Positive: true, Aliases: []string{"重新打开次数"}},
		{Name: "reopen_reason", Zh: "重开原因", En: "Why reopened", Kind: Text, Aliases: []string{"重新打开原因"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "accepted_before_received", Severity: SeverityError, At: "accepted_on", Rule: NotBefore{"accepted_on", "received_on"}},
		{Kind: "closed_before_accepted", Severity: SeverityError, At: "closed_on", Rule: NotBefore{"closed_on", "accepted_on"}},
		{Kind: "closed_unaccepted", Severity: SeverityError, At: "closed_on", Rule: Needs{Field: "closed_on", Other: "accepted_on"}},
		{Kind: "closed_without_feedback", Severity: SeverityError, At: "closed_on", Rule: Needs{Field: "closed_on", Other: "fed_back_on"}},
		{Kind: "closed_without_feedback", Severity: SeverityError, At: "status", Rule: Needs{Field: "status", Values: []string{CaseClosed}, Other: "fed_back_on"}},
		{Kind: "closed_before_feedback", Severity: SeverityError, At: "closed_on", Rule: NotBefore{"closed_on", "fed_back_on"}},
		{Kind: "fed_back_before_accepted", Severity: SeverityError, At: "fed_back_on", Rule: NotBefore{"fed_back_on", "accepted_on"}},
		{Kind: "due_before_received", Severity: SeverityError, At: "due", Rule: NotBefore{"due", "received_on"}},
		{Kind: "postponed_without_reason", Severity: SeverityError, At: "postponed_until", Rule: Needs{Field: "postponed_until", Other: "postpone_reason"}},
		{Kind: "postponed_before_due", Severity: SeverityWarning, At: "postponed_until", Rule: NotBefore{"postponed_until", "due"}},
	},
}
