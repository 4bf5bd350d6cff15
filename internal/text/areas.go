package text

// areaPhrases are what is said about sub-districts (街道) side by side.
var areaPhrases = map[string]phrase{
	"area.unknown":     {"没有“%s”这个街道的台账。已有：%s", "There is no record of the sub-district %s. Known: %s"},
	"area.new":         {"台账里还没有%s，已有：%s。若名称无误，请用 --areas 把各街道列出后再导入", "The record holds nothing of %s yet, but of %s. If the name is right, list the sub-districts with --areas and import again"},
	"report.area":      {"街道：%s", "Sub-district: %s"},
	"area.bad_figure":  {"不能按“%s”排名，可用：%s", "Nothing can be ranked by %s; use one of %s"},
	"report.areas":     {"街道汇总", "Sub-districts"},
	"page.title.areas": {"街道汇总", "Sub-districts"},
	"page.card.areas":  {"各街道", "Sub-districts"}, "page.card.areas.hint": {"点列名按该项排名；合计的比率由分子分母各自相加得出", "Choose a header to rank by it; rates of the total are summed numerators over summed denominators"},
	"page.col.area_rank": {"排名", "Rank"}, "page.col.area_paid_in": {"到位资金", "Paid in"}, "page.col.area_overdue": {"逾期督办", "Overdue actions"}, "page.col.area_alerts": {"未处理预警", "Open alerts"},
	"page.col.area_name": {"街道", "Sub-district"}, "page.col.areas_tax": {"本年累计税收", "Tax to date"},
	"area.by": {"排名依据", "Ranked by"}, "area.by.tax": {"累计税收", "Tax to date"}, "area.by.growth": {"税收同比", "Growth of tax"}, "area.by.completion": {"超欠序时", "Ahead of time"},
	"area.by.paid_in": {"到位资金", "Paid in"}, "area.by.occupancy": {"入驻率", "Occupancy"}, "area.by.owed": {"待交付套数（少者在前）", "Units owed (fewest first)"},
	"area.by.red": {"红灯项目（少者在前）", "Red projects (fewest first)"}, "area.by.overdue": {"逾期督办（少者在前）", "Overdue actions (fewest first)"}, "area.by.alerts": {"未处理预警（少者在前）", "Open alerts (fewest first)"},
	"area.ranked":        {"%d/%d 个街道参与排名", "Sub-districts ranked: %d of %d"},
	"area.months_differ": {"各街道税收截至月份不同（%s），累计额不是同期数，合计不与序时比较。", "Tax goes up to different months (%s): the sums are not of the same months, and their total is not held against time."},
	"area.bases_differ":  {"各街道税收口径不同（%s），不合计、不按税收排名。", "Tax is on different bases (%s): it is not added up and nobody is ranked by it."},
	"area.completion":    {"完成率 %s", "Of the target %s"}, "area.open_of": {"未结 %d", "Open: %d"}, "area.red_of": {"红色 %d", "Red: %d"},
	"area.counted": {"%d/%d 个街道", "Sub-districts: %d of %d"}, "area.total": {"合计", "Total"}, "area.nothing": {"尚无数据", "Nothing yet"},
	"kind.other_area":      {"单位是别的街道", "another sub-district's"},
	"serve.new_area":       {"注意：台账里还没有%s，只有：%s。请核对 --area，或用 --areas 列出各街道", "Note: the record holds nothing of %s, but of %s. Check --area, or list the sub-districts with --areas"},
	"problem.other_area":   {"表头写的单位是%s，这个文件将写入%s", "The sheet says it comes from %s; the file goes into %s"},
	"area.into":            {"写入%s", "Into %s"},
	"area.filter":          {"街道", "Sub-district"},
	"area.batch_elsewhere": {"批次 %d 属于%s，请先选该街道", "Batch %d belongs to %s; choose that sub-district first"},
}
