package text

// recognitionPhrases are said when a sheet is not what it was said to be.
var recognitionPhrases = map[string]phrase{
	"problem.wrong_dataset": {"这张表像是“%s”，不是指明的“%s”；请改选类型，或不指明类型由系统识别。", "This sheet looks like %s, not like %s as named; name another dataset or none."},
	"problem.missing_year":  {"这张“%s”表的月份没有年份：表题、表头、工作表名和文件名都没有写明是哪一年；请在表题中补上（如“2016年”）。", "The months of this %s sheet have no year: title, header, sheet and file name do not say which; add it to the title."},
}
