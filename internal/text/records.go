package text

// savePhrases are what is said about saving by forms and about what changed.
var savePhrases = map[string]phrase{
	"form.field":   {"%[1]s", "%[2]s"},
	"form.missing": {"请填写“%s”。", "Fill in %q."},

	"save.empty":         {"没有要保存的内容。", "There is nothing to save."},
	"save.twice":         {"同一次保存里“%s”出现了两次。", "%q stands twice among what is saved."},
	"save.bad_version":   {"版本号不对：“%s”；请重新打开表单。", "Not a version of this row: %q; open the form again."},
	"save.future_day":    {"数据日期 %s 晚于今天（%s）。", "The day %s is after today (%s)."},
	"save.nameless":      {"请填写“%s”。", "Fill in %q."},
	"save.key_changed":   {"“%s”的名称、编号等主键字段不能直接改；请新增一条，再删除原来的。", "The fields that name %q cannot be changed; add a new row and remove this one."},
	"save.clash.changed": {"您打开表单之后，“%s”已被别人改过，没有保存。请逐项选择后再保存。", "%q was changed by somebody else after you opened the form; nothing was saved. Choose per field and save again."},
	"save.clash.exists":  {"“%s”在台账里已有一条，没有保存。请逐项选择后再保存。", "%q stands in the record already; nothing was saved. Choose per field and save again."},
	"save.clash.gone":    {"“%s”在这一天已不在台账里（被删除、撤销或尚未登记），没有保存。", "%q does not stand on this day (removed, undone or not recorded yet); nothing was saved."},
}
