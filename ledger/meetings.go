package ledger

// The states of a meeting; a closed one holds the two clocks it was frozen at.
const (
	MeetingPlanned = "筹备"
	MeetingOpen    = "进行中"
	MeetingClosed  = "已结束"
)

// Meetings are the weekly coordination meetings (每周项目协调推进会): one row a meeting, named by its day.
var Meetings = &Dataset{
	Name: "meetings", Zh: "项目例会", En: "Meetings",
	Subject:   "meeting_date",
	Key:       []string{"meeting_date"},
	Essential: []string{"meeting_date", "chair|place|present"},
	Titles:    []string{"例会台账", "会议台账", "协调推进会"},
	UniqueKey: true,
	Closing:   Closing{Field: "status", Values: []string{MeetingClosed}},
	Fields: []Field{
		// Not an event: a meeting is prepared before its day has come.
		{Name: "meeting_date", Zh: "会议日期", En: "Meeting", Kind: Date, Edge: First, Aliases: []string{"例会日期", "召开日期", "日期"}},
		{Name: "held_at", Zh: "会议时间", En: "Time", Kind: Text, Aliases: []string{"开会时间", "召开时间", "时间"}},
		{Name: "place", Zh: "会议地点", En: "Place", Kind: Text, Aliases: []string{"地点", "会议室"}},
		{Name: "chair", Zh: "主持人", En: "Chair", Kind: Text, Aliases: []string{"会议主持", "主持"}},
		{Name: "present", Zh: "参会人员", En: "Present", Kind: People, Aliases: []string{"参加人员", "出席人员", "到会人员"}},
		{Name: "status", Zh: "会议状态", En: "Status", Kind: Enum, Aliases: []string{"状态"}, Allowed: []string{MeetingPlanned, MeetingOpen, MeetingClosed}},
		{Name: "previous", Zh: "上次会议", En: "Previous meeting", Kind: Date, Edge: First, Aliases: []string{"上次例会"}},
		{Name: "frozen_asof", Zh: "冻结数据截至", En: "Frozen as of", Kind: Date, Edge: Last, Aliases: []string{"快照数据截至"}},
		// A moment with its zone, as ?known= takes it.
		{Name: "frozen_known", Zh: "冻结入库时刻", En: "Frozen record time", Kind: Text, Aliases: []string{"快照入库时刻"}},
		{Name: "closed_by", Zh: "结束人", En: "Closed by", Kind: Text, Aliases: []string{"冻结人"}},
		{Name: "closed_at", Zh: "结束时刻", En: "Closed at", Kind: Text, Aliases: []string{"冻结时刻"}},
		{Name: "reopened", Zh: "重开次数", En: "Times reopened", Unit: "次", Kind: Count, Positive: true, Aliases: []string{"重新打开次数"}},
		{Name: "reopen_reason", Zh: "重开原因", En: "Why reopened", Kind: Text, Aliases: []string{"重新打开原因"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "finish_before_start", Severity: SeverityError, At: "meeting_date", Rule: NotBefore{"meeting_date", "previous"}},
	},
}

// Minutes are what a meeting said and decided (会议纪要): one row a meeting and project, or another topic.
var Minutes = &Dataset{
	Name: "minutes", Zh: "会议纪要", En: "Minutes",
	Subject:   "topic",
	Key:       []string{"meeting_date", "topic"},
	Scope:     []string{"meeting_date"},
	Essential: []string{"meeting_date", "topic", "said|decision"},
	Titles:    []string{"会议纪要", "会议记录"},
	UniqueKey: true,
	Fields: []Field{
		{Name: "meeting_date", Zh: "会议日期", En: "Meeting", Kind: Date, Edge: First, Aliases: []string{"例会日期", "召开日期"}},
		{Name: "no", Zh: "序号", En: "No.", Kind: Count, Positive: true},
		{Name: "topic", Zh: "议题", En: "Topic", Kind: Name, Aliases: []string{"项目或议题", "项目名称", "议题名称"}},
		{Name: "said", Zh: "会议记录", En: "Minutes", Kind: Text, Aliases: []string{"发言记录", "讨论情况", "记录内容"}},
		{Name: "decision", Zh: "会议决定", En: "Decision", Kind: Text, Aliases: []string{"议定意见", "决定事项", "会议意见"}},
		noteField,
	},
}
