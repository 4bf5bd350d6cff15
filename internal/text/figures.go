package text

var figurePhrases = map[string]phrase{}
