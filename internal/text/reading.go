package text

// readingPhrases are the sentences about files that cannot be opened as tables.
var readingPhrases = map[string]phrase{
	"problem.cancelled":      {"读取已取消，未载入任何内容。", "Reading was cancelled; nothing was loaded."},
	"problem.too_many_cells": {"工作簿里的内容超过可读取的上限（约 %d 百万个单元格，或文字过多）；请拆分后再导入。", "The workbook holds more than can be read (about %d million cells, or too much text); split it."},
	"problem.is_image":       {"图片", "a picture"},
	"problem.is_binary":      {"无法识别的数据", "data nobody knows"},
	"problem.unclosed_quote": {"第 %d 条记录的引号没有结束，后面的内容无法分列；请检查这一行的引号。", "A quote opened in record %d is never closed; check the quotes of that line."},
	"problem.long_field":     {"第 %d 条记录过长，不像表格；请检查分隔符和换行。", "Record %d is too long for a table; check separators and line breaks."},
	"problem.too_many_lines": {"记录超过 %d 条；请拆分后再导入。", "There are more than %d records; split the file."},
}
