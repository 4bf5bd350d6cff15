package server

import (
	"strings"

	"taizhang/ledger"
)

// Standing says at which day the page stands when that is not simply today; empty when it is.
func (p page) Standing() string {
	clock := p.Question.Clock
	if p.Stamp == nil {
		return ""
	}
	switch {
	case p.Stamp.Known != "" && !clock.Live && p.words.Get("asof") == "":
		return p.T("page.banner.known", p.Stamp.Asof, moment(clock))
	case p.Stamp.Known != "":
		return p.T("page.banner.both", p.Stamp.Asof, moment(clock))
	case !clock.Live:
		return p.T("page.banner.asof", p.Stamp.Asof)
	case p.Stamp.Stood:
		return p.T("page.banner.stood", p.Stamp.Asof)
	}
	return ""
}

// Frozen reports whether a person chose the day, so that the way back to now is offered.
func (p page) Frozen() bool { return p.Stamp != nil && !p.Question.Clock.Live }

// Now is this page's address without any clock.
func (p page) Now() string {
	other := page{path: p.path, words: p.ownWords()}
	other.words.Del("asof")
	other.words.Del("known")
	return other.Link(p.path)
}

func moment(c ledger.Clock) string { return c.Known.In(ledger.Office).Format("2006-01-02 15:04") }

// FootAsof, FootSource and FootBasis are the parts of the foot line; the first names the sub-district.
func (p page) FootAsof() string { return p.Stamp.Area + " · " + p.T("page.foot.asof", p.Stamp.Asof) }

// FootSource names the newest file and counts the batches behind the page.
func (p page) FootSource() string {
	s := p.Stamp
	switch {
	case len(s.Batches) == 0:
		return p.T("page.foot.no_source")
	case len(s.Files) == 0:
		return p.T("page.foot.batches", len(s.Batches))
	case len(s.Batches) == 1:
		return p.T("page.foot.file", s.Files[0])
	}
	return p.T("page.foot.files", s.Files[len(s.Files)-1], len(s.Batches))
}

// FootBasis says which basis the page's figures have.
func (p page) FootBasis() string {
	basis := p.Stamp.Basis
	if basis == "" {
		basis = p.T("page.foot.basis_none")
	}
	return p.T("page.foot.basis", basis)
}

// FootHidden says what was taken away for the person's role; empty when nothing was.
func (p page) FootHidden() string {
	if p.Stamp == nil || len(p.Stamp.Hidden) == 0 {
		return ""
	}
	list := make([]string, len(p.Stamp.Hidden))
	for i, what := range p.Stamp.Hidden {
		list[i] = p.T("access.hidden." + what)
	}
	return p.T("page.foot.hidden", joined(list, p.T("page.comma")))
}

// FootLine is the foot in one line, for pictures of charts.
func (p page) FootLine() string {
	if p.Stamp == nil {
		return ""
	}
	line := []string{p.FootAsof(), p.FootSource(), p.FootBasis(), p.T("page.foot.version", p.Stamp.Version)}
	if hidden := p.FootHidden(); hidden != "" {
		line = append(line, hidden)
	}
	return strings.Join(line, "   ")
}
