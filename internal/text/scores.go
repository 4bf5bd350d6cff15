package text

// scorePhrases are what is said about appraisal (考核): draws, scores, sanctions, published ranks.
var scorePhrases = map[string]phrase{
	"problem.score_over_max":       {"得分 %s 高于满分（应 %s）。", "The score %s is above the maximum (expected %s)."},
	"problem.drawn_over_list":      {"抽取个数 %s 多于名单个数（应 %s）。", "Drawn are %s of a shorter list (expected %s)."},
	"problem.rank_over_population": {"名次 %s 大于参评个数（应 %s）。", "The rank %s is beyond the number ranked (expected %s)."},

	"kind.score_over_max": {"得分高于满分", "score above maximum"}, "kind.drawn_over_list": {"抽取多于名单", "drawn over list"}, "kind.rank_over_population": {"名次超出参评数", "rank beyond number"},
}
