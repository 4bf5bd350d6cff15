package text

// gridPhrases are the sentences of the grids (网格) and of their page.
var gridPhrases = map[string]phrase{
	"problem.unknown_grid":      {"%s里没有“%s”；相近的有：%s。", "%s has no %q; the nearest are: %s."},
	"problem.unknown_grid.none": {"%s里没有“%s”；请先登记网格。", "%s has no %q; record the grid first."},
}
