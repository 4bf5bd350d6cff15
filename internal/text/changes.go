package text

// changePhrases are what is said about what an import changes in the record, about replacing, and about undoing.
var changePhrases = map[string]phrase{
	"import.bad_mode":        {"没有“%s”这种导入方式；可用的有：update（新增和更新）、replace（整份替换）、replace_scope（替换文件涉及的月份、楼宇或项目）。", "There is no import mode %q; there are update, replace (the whole list) and replace_scope (the months, buildings or projects the file names)."},
	"problem.no_scope":       {"“%s”不能只替换一部分；请改用“新增和更新”或“整份替换”。", "%s cannot be replaced in parts; add and update, or replace the whole list."},
	"problem.replace_unread": {"工作表“%s”未能读取，不能据此删除台账中的行；请修正后再替换，或改用“新增和更新”。", "Sheet %q was not read, so nothing can be removed by this file; mend it before replacing, or add and update."},
	"problem.duplicate":      {"这份文件的内容已作为第 %[1]d 批次导入。要按另一日期、台账或方式重新载入，请先撤销第 %[1]d 批次（taizhang undo %[1]d，或在该批次的页面上撤销）。", "The content of this file was imported as batch %[1]d. To load it with another day, dataset or mode, undo batch %[1]d first (taizhang undo %[1]d, or on the page of the batch)."},

	"import.mode.replace":                 {"整份替换", "whole list replaced"},
	"import.mode.replace_good_rows":       {"整份替换（只载入无错误的行）", "whole list replaced (rows without errors)"},
	"import.mode.replace_scope":           {"替换文件涉及的部分", "parts named by the file replaced"},
	"import.mode.replace_scope_good_rows": {"替换文件涉及的部分（只载入无错误的行）", "parts named by the file replaced (rows without errors)"},

	"import.commit_removing":      {"，并删除 %d 行", ", removing %d"},
	"import.choose_mode":          {"方式", "Mode"},
	"import.choose.":              {"新增和更新", "Add and update"},
	"import.choose.replace":       {"整份替换：台账中有而文件中没有的行将删除", "Replace the whole list: rows not in the file are removed"},
	"import.choose.replace_scope": {"只替换文件涉及的月份、楼宇、项目或填报日", "Replace only the months, buildings, projects or report days in the file"},

	"import.card.changes":  {"与台账比较", "Against the record"},
	"import.card.changed":  {"变更的内容", "What changes"},
	"import.card.removed":  {"将删除的行", "Rows to be removed"},
	"import.card.later":    {"之后又改过的行", "Written again since"},
	"import.changes.hint":  {"按每行的数据日期，与目前所知的台账比较；只计无错误的行", "each row at its own day, against all that is known now; rows without errors only"},
	"import.changed.hint":  {"旧值划去，新值加粗；列出 %d 行，共 %d 行", "old struck, new bold; %d of %d rows"},
	"import.removed.hint":  {"台账中有而文件中没有；撤销这一批次即可恢复；列出 %d 行，共 %d 行", "in the record and not in the file; undoing the batch brings them back; %d of %d rows"},
	"import.later.hint":    {"撤销时保留不动；列出 %d 行，共 %d 行", "an undo leaves them as they are; %d of %d rows"},
	"import.col.new":       {"新增", "New"},
	"import.col.changed":   {"变更", "Changed"},
	"import.col.unchanged": {"不变", "Unchanged"},
	"import.col.removed":   {"删除", "Removed"},
	"import.col.name":      {"名称", "Name"},
	"import.col.change":    {"变更", "Change"},
	"import.told.changes":  {"%s：新增 %d 行，变更 %d 行，不变 %d 行，删除 %d 行", "%s: %d new, %d changed, %d unchanged, %d removed"},
	"import.mark":          {"%s（%s）", "%s (%s)"},
	"import.later.removed": {"已删除", "removed"},

	"undo.done":           {"✓ 第 %d 批次（%s）已撤销", "✓ batch %d (%s) undone"},
	"undo.kept":           {"  %s：其中 %d 行之后又导入过，保留不动：", "  %s: %d of its rows were written again since and stay as they are:"},
	"undo.kept.row":       {"    %s：第 %d 批次，%s，%s 于 %s", "    %s: batch %d, %s, by %s at %s"},
	"undo.kept.more":      {"    另有 %d 行", "    and %d more"},
	"undo.reason.command": {"命令行撤销", "undone on the command line"},
	"command.one_batch":   {"请写明要撤销的一个批次号：taizhang undo 批次号。", "Name the one batch to undo: taizhang undo BATCH."},
	"command.help.undo": {`用法：taizhang undo 批次号 [--reason 原因] [--json]
这批数据从此不再计入任何数字，它删除的行恢复；之后导入的数据不受影响，并逐行列出。记录保留。`,
		`Usage: taizhang undo BATCH [--reason TEXT] [--json]
The rows of the batch no longer count and those it removed come back; what was loaded later stays and is listed. The history keeps it.`},
}
