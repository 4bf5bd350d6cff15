package text

// resettlementPhrases are what the page of redevelopment and resettlement says, and its indicators.
var resettlementPhrases = map[string]phrase{}
