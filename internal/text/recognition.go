package text

// recognitionPhrases are said when a sheet is not what it was said to be.
var recognitionPhrases = map[string]phrase{
	"problem.wrong_dataset": {"这张表像是“%s”，不是指明的“%s”；请改选类型，或不指明类型由系统识别。", "This sheet looks like %s, not like %s as named; name another dataset or none."},
}
