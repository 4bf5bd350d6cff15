package text

// mappingPhrases are what is said about tables that a person maps by hand and cells that a person corrects.
var mappingPhrases = map[string]phrase{
	"mapping.name":             {"%[1]s", "%[2]s"},
	"mapping.unknown_dataset":  {"没有名为“%s”的台账；请选择这张表是什么台账。", "There is no dataset %q; choose what this table is."},
	"mapping.header_height":    {"表头占 %d 行：只能是 0 到 %d 行。", "A header of %d rows: it can have 0 to %d."},
	"mapping.header_outside":   {"表头行 %d 不在这张表内：应在第 %d 行到第 %d 行之间。", "Header row %d lies outside the table: it must be between rows %d and %d."},
	"mapping.bad_year":         {"年份 %d 不对：应为 1980 到 2100 之间的四位数。", "Year %d cannot be: write four digits between 1980 and 2100."},
	"mapping.bad_column":       {"没有“%s”这一列。", "There is no column %q."},
	"mapping.unknown_field":    {"%s 列选的字段“%s”不属于“%s”。", "Column %s: %q is no field of %s."},
	"mapping.unknown_fixed":    {"固定值的字段“%s”不属于“%s”。", "A fixed value names %q, which is no field of %s."},
	"mapping.twice":            {"“%s”选了两次：%s 列和 %s 列；一个字段只能对一列。", "%s was chosen twice, for columns %s and %s; a field takes one column."},
	"mapping.column_and_fixed": {"“%s”已经对了 %s 列，不能再填固定值；请去掉其中一个。", "%s has column %s already and cannot be a fixed value too; take one of them away."},
	"mapping.no_pivot":         {"%s 列选了“表头就是数据”，但“%s”没有按月份或税种展开的列。", "Column %s is said to have a value as its header, but %s has no such columns."},
	"mapping.no_label":         {"%s 列的表头“%s”看不出是哪个月；请把它对到字段，或忽略。", "Column %s: its header %q names no month; map it to a field or ignore it."},
	"mapping.unknown_unit":     {"%s 列的单位“%s”不认识。", "Column %s: the unit %q is not known."},
	"mapping.no_unit":          {"“%s”不带单位：%s 列不能选单位“%s”。", "%s has no unit: column %s cannot be in %q."},
	"mapping.unit_misfit":      {"%s 列的单位“%s”与“%s”不符：它按“%s”计。", "Column %s: the unit %q does not fit %s, which is counted in %q."},
	"mapping.missing":          {"“%s”还缺必填的列：%s；请为它选一列，或填固定值。", "%s still lacks required columns: %s; choose a column for each, or give a fixed value."},
	"mapping.missing_year":     {"表头只有月份、没有年份；请填年份。", "The header names months without a year; give the year."},
	"mapping.unused":           {"对列没有用上：表头行 %d（工作表“%s”）处没有表。", "A mapping met no table: there is none at header row %d of sheet %q."},

	"problem.left_unread":      {"按人工选择，工作表“%s”不作为台账读取。", "A person chose to leave sheet %q unread."},
	"problem.mapped":           {"这张表按人工对列读取。", "This table was read as a person mapped it."},
	"problem.mapped_as_before": {"按 %s %s 的对列方式读取。", "Read as mapped on %s by %s."},
	"problem.corrected":        {"人工更正：%s 于 %s 将“%s”改为“%s”。", "Corrected by %s on %s: “%s” became “%s”."},
	"problem.blank":            {"（空白）", "(blank)"},
	"problem.fix_lost":         {"更正落空：文件里没有工作表“%s”的单元格 %s。", "A correction met nothing: the file has no sheet %q with a cell %s."},
}
