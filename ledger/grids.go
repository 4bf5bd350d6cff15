package ledger

// The two kinds of grid (网格) a sub-district is parted into.
const (
	GridOfDuty  = "责任网格"
	GridKeyArea = "重点监管区域"
)

// The four levels of owners a grid has (四级网格责任人), the head of the sub-district first.
const (
	GridLevelHead   = "党政正职"
	GridLevelFirst  = "一级网格长"
	GridLevelSecond = "二级网格长"
	GridLevelThird  = "三级网格长"
)

// GridLevels are the four levels of owners, from above.
var GridLevels = []string{GridLevelHead, GridLevelFirst, GridLevelSecond, GridLevelThird}

var (
	gridAliases      = []string{"网格", "责任网格", "网格名", "所属网格", "所在网格", "区域名称", "重点监管区域名称", "监管区域"}
	communityAliases = []string{"社区", "所属社区", "社区名称", "社区（管委会）", "社区(管委会)", "社区/管委会", "所在社区", "所属社区（管委会）", "村（社区）"}
)

// KnownGrid is the reference of what belongs to a grid of the dictionary.
var KnownGrid = Known{Kind: "unknown_grid", Severity: SeverityError, Field: "grid", Dataset: "grids", Of: "grid"}

// Grids are the parts a sub-district is watched over by (网格台账): one row a grid of duty (责任网格) or key area (重点监管区域).
var Grids = &Dataset{
	Name: "grids", Zh: "网格台账", En: "Grids",
	Subject:    "grid",
	Key:        []string{"grid"},
	Scope:      []string{"community"},
	Essential:  []string{"grid", "community", "kind|area_m2|households|residents|code"},
	Titles:     []string{"网格台账", "网格划分", "责任网格", "网格基本情况", "网格一览", "网格清单", "Grids"},
	NeedsTitle: true,
	UniqueKey:  true,
	Asked:      []string{"community", "kind"},
	Fields: []Field{
		{Name: "grid", Zh: "网格名称", En: "Grid", Kind: Name, Aliases: gridAliases},
		{Name: "code", Zh: "网格编码", En: "Code", Kind: Text, Aliases: []string{"网格编号", "网格代码"}},
		{Name: "kind", Zh: "网格类别", En: "Kind", Kind: Enum, Aliases: []string{"网格类型", "区域类别", "网格性质"}, Allowed: []string{GridOfDuty, GridKeyArea},
			Spellings: map[string][]string{GridOfDuty: {"责任", "基础网格", "普通网格"}, GridKeyArea: {"重点区域", "重点监管", "重点网格", "监管区域"}}},
		{Name: "community", Zh: "所属社区", En: "Community", Kind: Name, Aliases: communityAliases},
		{Name: "bounds", Zh: "四至范围", En: "Bounds", Kind: Text, Aliases: []string{"四至", "网格范围", "管辖范围", "区域范围", "范围"}},
		{Name: "area_m2", Zh: "网格面积", En: "Area", Unit: sqm, Kind: Area, Positive: true, Aliases: []string{"面积", "辖区面积", "区域面积", "管辖面积"}},
		{Name: "households", Zh: "户数", En: "Households", Unit: "户", Kind: Count, Positive: true, Aliases: []string{"居民户数", "总户数", "常住户数"}},
		{Name: "residents", Zh: "常住人口", En: "Residents", Unit: "人", Kind: Count, Positive: true, Aliases: []string{"居民人数", "常住人口数", "常住人数", "户籍人口", "居住人口"}},
		{Name: "floating", Zh: "流动人口", En: "Floating people", Unit: "人", Kind: Count, Positive: true, Aliases: []string{"流动人口数", "暂住人口", "外来人口", "流动人数"}},
		noteField,
	},
}

// GridOwners say who answers for a grid from when to when (网格长): one row a level, person and place. A row that names no grid is about
// every grid of its community, one that names neither about every grid of the sub-district; the nearest row is the one that counts.
var GridOwners = &Dataset{
	Name: "grid_owners", Zh: "网格长名册", En: "Grid owners",
	Subject:    "owner",
	Key:        []string{"level", "community", "grid", "owner", "from"},
	Scope:      []string{"level"},
	Essential:  []string{"owner", "level", "grid|community", "from|post|term"},
	Titles:     []string{"网格长", "四级网格", "网格责任人", "网格包保", "Grid owners"},
	NeedsTitle: true,
	UniqueKey:  true,
	Known:      []Known{KnownGrid},
	Asked:      []string{"level", "from"},
	Fields: []Field{
		{Name: "level", Zh: "网格层级", En: "Level", Kind: Enum, Aliases: []string{"层级", "级别", "网格长级别", "网格长层级", "责任层级"}, Allowed: GridLevels,
			Spellings: map[string][]string{GridLevelHead: {"党政主要领导", "正职"}, GridLevelFirst: {"一级", "一级网格"}, GridLevelSecond: {"二级", "二级网格"}, GridLevelThird: {"三级", "三级网格"}}},
		{Name: "owner", Zh: "网格长", En: "Owner", Kind: Name, Aliases: []string{"姓名", "网格长姓名", "网格责任人", "责任人"}},
		{Name: "post", Zh: "职务", En: "Post", Kind: Text, Aliases: []string{"所任职务", "现任职务", "岗位"}},
		{Name: "community", Zh: "所属社区", En: "Community", Kind: Name, Aliases: communityAliases},
		{Name: "grid", Zh: "网格名称", En: "Grid", Kind: Name, Aliases: append([]string{"分包网格", "负责网格"}, gridAliases...)},
		phoneField,
		{Name: "term", Zh: "任期", En: "Term", Kind: Span, Into: []string{"from", "to"}, Aliases: []string{"任职时间", "起止时间", "起止日期", "任职期间"}},
		{Name: "from", Zh: "任职起", En: "From", Kind: Date, Event: true, Edge: First, Aliases: []string{"开始日期", "任职日期", "到岗时间", "起始日期", "上任时间", "起"}},
		{Name: "to", Zh: "任职止", En: "To", Kind: Date, Edge: Last, Aliases: []string{"结束日期", "离任时间", "调离时间", "离任日期", "止"}},
		noteField,
	},
	Checks: []Check{
		{Kind: "term_ends_before_start", Severity: SeverityError, At: "to", Rule: NotBefore{"to", "from"}},
	},
}

// GridForces are the people who watch over the grids (网格力量): one row a force and community, or a force of the whole sub-district.
var GridForces = &Dataset{
	Name: "grid_forces", Zh: "网格力量", En: "Grid forces",
	Subject:    "force",
	Key:        []string{"force", "community"},
	Scope:      []string{"force"},
	Essential:  []string{"force", "heads"},
	Titles:     []string{"网格力量", "七种力量", "力量配备", "力量统计", "人员力量", "Grid forces"},
	NeedsTitle: true,
	UniqueKey:  true,
	Asked:      []string{"heads"},
	Fields: []Field{
		{Name: "force", Zh: "力量名称", En: "Force", Kind: Name, Aliases: []string{"力量", "力量类别", "队伍", "队伍名称", "力量种类"}},
		{Name: "community", Zh: "所属社区", En: "Community", Kind: Name, Aliases: communityAliases},
		{Name: "heads", Zh: "人数", En: "Heads", Unit: "人", Kind: Count, Positive: true, Aliases: []string{"现有人数", "在岗人数", "力量人数", "配备人数"}},
		{Name: "unit_of", Zh: "管理单位", En: "Run by", Kind: Text, Aliases: []string{"主管单位", "牵头单位", "归口单位"}},
		{Name: "duty", Zh: "主要职责", En: "Duty", Kind: Text, Aliases: []string{"职责", "工作职责"}},
		noteField,
	},
}
