package text

// enforcementPhrases are the sentences of the counters of enforcement (执法统计) and of their page.
var enforcementPhrases = map[string]phrase{
	"problem.counter_fell": {"“%s”（%s）这里是 %s，而 %s（%s）；累计数不会减少，请核对两处。", "%q (%s) is %s here, but %s (%s); a running count never falls: check the two."},
	"problem.sum_broken":   {"“%s” %s 为 %s（%s），分项 %s 合计 %s，相差 %s。", "%q on %s is %s (%s); its parts %s add up to %s: a difference of %s."},

	"template.rule.never_falls": {"%s在%s为%s时不得比前一期减少", "%s never falls where %s is %s"},
	"template.rule.adds_up":     {"%s应当等于%s所列分项之和", "%s is the sum of its parts as listed in %s"},
}
