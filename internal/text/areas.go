package text

// areaPhrases are what is said about sub-districts (街道) side by side.
var areaPhrases = map[string]phrase{
	"area.unknown":         {"没有“%s”这个街道的台账。已有：%s", "There is no record of the sub-district %s. Known: %s"},
	"area.new":             {"台账里还没有%s，已有：%s。若名称无误，请用 --areas 把各街道列出后再导入", "The record holds nothing of %s yet, but of %s. If the name is right, list the sub-districts with --areas and import again"},
	"report.area":          {"街道：%s", "Sub-district: %s"},
	"area.into":            {"写入%s", "Into %s"},
	"area.filter":          {"街道", "Sub-district"},
	"area.batch_elsewhere": {"批次 %d 属于%s，请先选该街道", "Batch %d belongs to %s; choose that sub-district first"},
}
