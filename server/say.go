package server

import (
	"strconv"
	"strings"
)

// sayFigure writes a figure with its unit in one piece, for sentences.
func (p page) sayFigure(f figure) string {
	switch f.Unit {
	case "":
		return f.Value
	case "%":
		return f.Value + "%"
	}
	return f.Value + " " + f.Unit
}

// noted is a small comparison under a KPI: words with a figure, in the figure's tone.
func (p page) noted(key string, f figure) span { return span{p.T(key, p.sayFigure(f)), f.Tone} }

// through says up to which month of the year something counts: 2016-05 -> 1–5月.
func (p page) through(month string) string {
	_, m, found := strings.Cut(month, "-")
	n, err := strconv.Atoi(m)
	if !found || err != nil {
		return ""
	}
	if n == 1 {
		return p.T("figure.month.1")
	}
	return p.T("page.through", p.T("figure.month.1"), n, p.T("figure.month."+strconv.Itoa(n)))
}

func joined(list []string, comma string) string { return strings.Join(list, comma) }
