package text

var pagePhrases = map[string]phrase{}
