package text

// economyPhrases name what the economy's figures leave unsaid.
var economyPhrases = map[string]phrase{
	"economy.basis_unstated": {"未注明", "not stated"},
	"economy.basis_guessed":  {"%s（共 %d 种口径，未指定，取行数最多者）", "%s (of %d bases, none chosen: the one with most rows)"},
	"economy.unknown_basis":  {"没有口径“%s”的税收；现有口径：%s。", "There is no tax on the basis %q; there are: %s."},
	"economy.no_building":    {"（未入驻楼宇）", "(in no building)"},
	"economy.no_industry":    {"（未注明行业）", "(industry not stated)"},
	"economy.plan_period":    {"%[1]s五", "%[2]dth plan"},
	"economy.all_types":      {"（未分税种）", "(not divided by type)"},

	"report.cockpit":      {"驾驶舱", "Cockpit"},
	"report.tax":          {"税收", "Tax"},
	"report.projects":     {"项目台账", "Projects"},
	"report.project":      {"项目", "Project"},
	"report.leaders":      {"分包领导", "Leaders"},
	"report.leader":       {"分包领导个人台账", "Leader"},
	"report.schedule":     {"倒排工期", "Back-schedule"},
	"report.plan":         {"单个项目倒排", "Back-schedule of one project"},
	"report.resettlement": {"安置房交付", "Resettlement housing"},
	"report.buildings":    {"楼宇经济", "Buildings"},
	"report.building":     {"楼宇", "Building"},
	"report.investment":   {"招商引资", "Investment"},
	"report.catalogue":    {"指标目录", "Catalogue of indicators"},
	"report.indicators":   {"经济指标", "Indicators"},
}
