package ledger

// All lists every dataset the product keeps, in the order people meet them.
// Adding a sheet to the product is adding one declaration here.
var All = []*Dataset{
	Projects, Milestones, Progress, Resettlement, Buildings, Tenants, Tax,
	Investment, Indicators, Targets, Ranks, Actions, Visits, Services,
	Assignments,
	Demolition,
	PaidIn,
	Vacancies,
	Calendar,
	Issues,
	Baselines, Overrides,
	Meetings, Minutes,
	Acknowledgements,
	Rates,
	Curves,
	Grids, GridOwners, GridForces,
	Enforcement, EnforcementRules, EnforcementLines,
	Patrols, PatrolTypes,
	Cases,
	Roster, Draws, Scores, Sanctions, Appraisals,
}

// knownProject is the reference of what belongs to a project of the ledger.
var knownProject = []Known{{Kind: "unknown_project", Severity: SeverityError, Field: "project", Dataset: "projects", Of: "project"}}

// Words that several datasets share.
var (
	projectAliases  = []string{"项目", "项目名", "名称", "工程名称", "建设项目", "建设项目名称", "工程项目名称", "重点项目", "重点项目名称", "工程", "项目全称"}
	companyAliases  = []string{"企业", "单位名称", "公司名称", "纳税人名称", "纳税人", "企业全称", "入驻企业", "入驻单位", "客户名称", "入驻企业名称", "租户", "租户名称", "承租人", "承租方", "承租单位", "公司", "商户名称", "商户"}
	buildingAliases = []string{"楼宇", "所在楼宇", "大厦", "大厦名称", "楼宇名", "楼宇（大厦）名称", "载体名称", "写字楼名称", "写字楼", "入驻楼宇", "所属楼宇", "楼名", "商务楼宇", "商务楼宇名称"}
	usccAliases     = []string{"信用代码", "社会信用代码", "统一信用代码", "统一代码", "税号", "纳税人识别号", "组织机构代码", "注册号", "统一社会信用代码（税号）", "识别号", "工商注册号", "营业执照号", "统一社会信用代码/注册号"}
	industryAliases = []string{"行业类别", "所属行业", "行业门类", "产业", "产业类别", "行业分类", "所属产业", "产业类型", "国民经济行业"}
	noteField       = Field{Name: "note", Zh: "备注", En: "Note", Kind: Text, Aliases: []string{"说明", "备注说明", "其他说明"}}
	phoneField      = Field{Name: "phone", Zh: "联系电话", En: "Phone", Kind: Text, Private: true, Aliases: []string{"电话", "手机", "联系方式", "手机号", "联系人电话"}}
)

const (
	yuan  = "元"
	sqm   = "㎡"
	flats = "套"
)
