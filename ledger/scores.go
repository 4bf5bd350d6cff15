package ledger

// What is scored (考核): grids and persons. A day's random draw says which of a roster are scored on it.
const (
	ScoredGrid   = "网格"
	ScoredPerson = "人员"
)

// ScoredKinds are the kinds of what is scored, in the order they are offered.
var ScoredKinds = []string{ScoredGrid, ScoredPerson}

var scoredField = Field{Name: "kind", Zh: "考核对象类别", En: "Kind", Kind: Enum, Aliases: []string{"对象类别", "考核类别", "对象类型"}, Allowed: ScoredKinds,
	Spellings: map[string][]string{ScoredGrid: {"责任网格", "网格考核"}, ScoredPerson: {"人", "个人", "执法人员", "网格人员", "队员"}}}

var subjectField = Field{Name: "subject", Zh: "考核对象", En: "Subject", Kind: Name, Aliases: []string{"对象", "被考核对象", "被考核人", "姓名或网格", "考核对象名称", "网格或姓名"}}

// Roster is the list that days are drawn from (考核名单): one row a grid or person, from when to when they are on it.
var Roster = &Dataset{
	Name: "roster", Zh: "考核名单", En: "Roster of appraisal",
	Subject:    "subject",
	Key:        []string{"kind", "subject"},
	Scope:      []string{"kind"},
	Essential:  []string{"kind", "subject"},
	Titles:     []string{"考核名单", "抽查名单", "考核对象名单", "Roster of appraisal"},
	NeedsTitle: true,
	UniqueKey:  true,
	Asked:      []string{"kind"},
	Fields: []Field{
		scoredField, subjectField,
		{Name: "unit", Zh: "所在单位", En: "Unit", Kind: Text, Aliases: []string{"单位", "社区", "所属社区", "所属单位", "所在社区"}},
		{Name: "post", Zh: "岗位", En: "Post", Kind: Text, Aliases: []string{"职务", "力量", "所属力量"}},
		{Name: "from", Zh: "列入日期", En: "On the list from", Kind: Date, Edge: First, Aliases: []string{"列入名单日期", "起始日期"}},
		{Name: "to", Zh: "移出日期", En: "On the list to", Kind: Date, Edge: Last, Aliases: []string{"移出名单日期", "截止日期"}},
		noteField,
	},
	Checks: []Check{{Kind: "term_ends_before_start", Severity: SeverityError, At: "to", Rule: NotBefore{"to", "from"}}},
}

// Draws are the daily random draws (定期不定人抽查): one row a day and kind, with all that is needed to draw the same again.
// There is one draw a day and kind: who does not like the result cannot draw once more.
var Draws = &Dataset{
	Name: "draws", Zh: "考核抽取", En: "Random draws",
	Subject:    "drawn_on",
	Key:        []string{"drawn_on", "kind"},
	Scope:      []string{"drawn_on"},
	Effective:  "drawn_on",
	Essential:  []string{"drawn_on", "kind", "seed", "result"},
	Titles:     []string{"抽取", "抽签", "Random draws"},
	NeedsTitle: true,
	UniqueKey:  true,
	Once:       []string{"drawn_on", "kind"},
	Asked:      []string{"seed", "result"},
	Fields: []Field{
		{Name: "drawn_on", Zh: "抽取日期", En: "Day", Kind: Date, Edge: First, Aliases: []string{"抽签日期", "日期"}},
		scoredField,
		{Name: "seed", Zh: "随机种子", En: "Seed", Kind: Text, Aliases: []string{"种子"}},
		{Name: "algorithm", Zh: "抽取算法", En: "Algorithm", Kind: Text, Aliases: []string{"算法"}},
		{Name: "list_digest", Zh: "名单摘要", En: "Digest of the list", Kind: Text, Aliases: []string{"名单摘要值", "名单SHA-256"}},
		{Name: "names", Zh: "抽取名单", En: "List drawn from", Kind: Text, Listed: true, Aliases: []string{"参加抽取名单", "全部名单"}},
		{Name: "list_count", Zh: "名单人数", En: "Names on the list", Kind: Count, Positive: true, Aliases: []string{"名单个数", "名单总数"}},
		{Name: "drawn_count", Zh: "抽取个数", En: "Drawn", Kind: Count, Positive: true, Aliases: []string{"抽取数", "抽取人数"}},
		{Name: "result", Zh: "抽取结果", En: "Result", Kind: Text, Listed: true, Aliases: []string{"抽中名单", "抽中对象"}},
		{Name: "drawn_by", Zh: "抽取人", En: "Drawn by", Kind: Text, Aliases: []string{"经办人"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "not_filled", Severity: SeverityError, At: "seed", Rule: Filled{"seed"}},
		{Kind: "not_filled", Severity: SeverityError, At: "names", Rule: Filled{"names"}},
		{Kind: "drawn_over_list", Severity: SeverityError, At: "drawn_count", Rule: AtMost{"drawn_count", "list_count"}},
	},
}

// Scores are the marks of a day (考核打分): one row a day, subject and item.
var Scores = &Dataset{
	Name: "scores", Zh: "考核打分", En: "Scores",
	Subject:    "subject",
	Key:        []string{"scored_on", "kind", "subject", "item"},
	Scope:      []string{"scored_on"},
	Effective:  "scored_on",
	Essential:  []string{"scored_on", "subject", "item", "score"},
	Titles:     []string{"打分", "评分", "得分", "考核成绩", "Scores"},
	NeedsTitle: true,
	UniqueKey:  true,
	Asked:      []string{"kind", "score", "max", "weight"},
	Fields: []Field{
		{Name: "scored_on", Zh: "考核日期", En: "Day", Kind: Date, Edge: First, Aliases: []string{"打分日期", "评分日期", "检查日期", "日期"}},
		scoredField, subjectField,
		{Name: "item", Zh: "考核项目", En: "Item", Kind: Name, Aliases: []string{"考核内容", "评分项目", "检查项目", "项目"}},
		{Name: "weight", Zh: "权重", En: "Weight", Kind: Number, Positive: true, Aliases: []string{"权数", "权重%", "所占权重"}},
		{Name: "max", Zh: "满分", En: "Maximum", Kind: Number, Positive: true, Aliases: []string{"标准分", "分值", "满分值"}},
		{Name: "score", Zh: "得分", En: "Score", Kind: Number, Positive: true, Aliases: []string{"实得分", "评分", "考核得分"}},
		{Name: "scorer", Zh: "打分人", En: "Scored by", Kind: Text, Aliases: []string{"评分人", "考核人", "检查人"}},
		{Name: "reason", Zh: "扣分原因", En: "Why points were lost", Kind: Text, Aliases: []string{"扣分理由", "存在问题", "扣分说明"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "score_over_max", Severity: SeverityError, At: "score", Rule: AtMost{"score", "max"}},
		{Kind: "not_filled", Severity: SeverityError, At: "max", Rule: Filled{"max"}},
	},
}

// SanctionMeasures are what follows from a bad appraisal, from light to heavy.
var SanctionMeasures = []string{"会议检查", "约谈", "物质处罚", "取消评优"}

// Sanctions are what persons were made to answer for (问责处理): one row a day, person and measure.
var Sanctions = &Dataset{
	Name: "sanctions", Zh: "问责处理", En: "Sanctions",
	Subject:    "person",
	Key:        []string{"decided_on", "person", "measure"},
	Scope:      []string{"decided_on"},
	Effective:  "decided_on",
	Essential:  []string{"decided_on", "person", "measure"},
	Titles:     []string{"问责", "处理情况", "奖惩", "Sanctions"},
	NeedsTitle: true,
	UniqueKey:  true,
	Known:      []Known{KnownGrid},
	Asked:      []string{"reason"},
	Fields: []Field{
		{Name: "decided_on", Zh: "处理日期", En: "Day", Kind: Date, Edge: First, Aliases: []string{"问责日期", "日期", "决定日期"}},
		{Name: "person", Zh: "处理对象", En: "Person", Kind: Name, Aliases: []string{"姓名", "被处理人", "问责对象", "责任人"}},
		{Name: "measure", Zh: "处理方式", En: "Measure", Kind: Enum, Aliases: []string{"问责方式", "处理措施", "处理结果"}, Allowed: SanctionMeasures,
			Spellings: map[string][]string{"会议检查": {"作会议检查", "会上检查"}, "约谈": {"约谈提醒", "诫勉约谈"}, "物质处罚": {"经济处罚", "扣发奖金"}, "取消评优": {"取消评优资格", "取消评先评优"}}},
		{Name: "reason", Zh: "处理原因", En: "Reason", Kind: Text, Aliases: []string{"原因", "问责原因", "事由"}},
		{Name: "grid", Zh: "责任网格", En: "Grid", Kind: Name, Aliases: []string{"网格", "所属网格"}},
		{Name: "amount_yuan", Zh: "处罚金额", En: "Amount", Unit: yuan, Kind: Money, Positive: true, Aliases: []string{"金额", "扣发金额"}},
		{Name: "decided_by", Zh: "决定人", En: "Decided by", Kind: Text, Aliases: []string{"决定单位", "批准人"}},
		noteField,
	},
	Checks: []Check{{Kind: "not_filled", Severity: SeverityError, At: "reason", Rule: Filled{"reason"}}},
}

// Appraisals are scores and ranks that a city or district publishes (考评通报): one row a bulletin, who is ranked and on what.
var Appraisals = &Dataset{
	Name: "appraisals", Zh: "考评通报", En: "Published appraisals",
	Subject:    "appraised",
	Key:        []string{"appraised", "topic", "period", "period_months"},
	Scope:      []string{"period", "period_months"},
	Effective:  "period",
	Essential:  []string{"appraised", "period", "published_score|published_rank"},
	Titles:     []string{"考评", "通报", "Published appraisals"},
	NeedsTitle: true,
	UniqueKey:  true,
	Fields: []Field{
		{Name: "appraised", Zh: "被考评单位", En: "Appraised", Kind: Name, Aliases: []string{"单位", "考评单位", "街道（区）"}},
		{Name: "topic", Zh: "考评内容", En: "Topic", Kind: Name, Aliases: []string{"考评项目", "考评名称"}},
		{Name: "period", Zh: "考评时期", En: "Period", Kind: Period, Aliases: []string{"考评期", "月份", "期间", "时期", "考评月份"}},
		{Name: "period_months", Zh: "期间月数", En: "Months", Kind: Count, Hidden: true},
		{Name: "published_score", Zh: "考评得分", En: "Score", Unit: "分", Kind: Number, Positive: true, Aliases: []string{"得分", "成绩", "分数"}},
		{Name: "published_rank", Zh: "名次", En: "Rank", Kind: Count, Positive: true, Aliases: []string{"排名", "位次", "全市排名"}},
		{Name: "population", Zh: "参评个数", En: "Of", Kind: Count, Positive: true, Aliases: []string{"参评单位数", "参评数", "参加考评数"}},
		{Name: "publisher", Zh: "发布单位", En: "Published by", Kind: Text, Aliases: []string{"通报单位", "发布机关"}},
		noteField,
	},
	Checks: []Check{{Kind: "rank_over_population", Severity: SeverityError, At: "published_rank", Rule: AtMost{"published_rank", "population"}}},
}
