package text

// errorPhrases are the sentences of refusals: what happened and what to do.
var errorPhrases = map[string]phrase{
	"error.internal":        {"系统内部出错，已记入日志。", "Something went wrong inside; it is in the log."},
	"error.not_found":       {"没有找到%s。", "%s was not found."},
	"error.bad_date":        {"%s不是日期：读到“%s”，应为 2016-06-20 这样的日期。", "%s is not a date: found %q, expected one such as 2016-06-20."},
	"error.bad_time":        {"%s不是时间：读到“%s”，应为 2016-06-21T09:00 这样的时间。", "%s is not a time: found %q, expected one such as 2016-06-21T09:00."},
	"error.bad_year":        {"年度不对：读到“%s”，应为 1990 到 2100 之间的年份。", "The year is wrong: found %q, expected one from 1990 to 2100."},
	"error.unknown_dataset": {"没有名为“%s”的台账；可用的有：%s。", "There is no dataset %q; there are: %s."},
	"error.unknown_report":  {"没有名为“%s”的报表；可用的有：%s。", "There is no report %q; there are: %s."},
	"error.unknown_field":   {"台账“%s”没有字段“%s”。", "Dataset %q has no field %q."},
	"error.batch_unknown":   {"没有第 %d 批次。", "There is no batch %d."},
	"error.batch_undone":    {"第 %d 批次已经撤销。", "Batch %d was undone already."},
	"error.rows_lost":       {"写入后核对行数不符：%s 应有 %d 行，查到 %d 行；本批次未生效。", "The rows do not add up after writing: %s should hold %d, holds %d; the batch was not made visible."},
	"error.once":            {"“%s”已定稿（台账中有 %d 行），不能覆盖或改动；请用新的编号另存。", "%q is final (%d rows on record) and cannot be written over; save under a new number."},
	"error.once_removed":    {"已定稿的行不能删除。", "A row that is final cannot be removed."},
	"error.schema_newer":    {"这份台账由更新的版本写成（结构 %d，本程序 %d）；请用新版本打开。", "This record was written by a newer version (schema %d, this program %d); open it with the newer one."},
}
