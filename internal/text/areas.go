package text

// areaPhrases are what is said about sub-districts (街道) side by side.
var areaPhrases = map[string]phrase{
	"area.unknown":         {"没有“%s”这个街道的台账。已有：%s", "There is no record of the sub-district %s. Known: %s"},
	"area.batch_elsewhere": {"批次 %d 属于%s，请先选该街道", "Batch %d belongs to %s; choose that sub-district first"},
}
