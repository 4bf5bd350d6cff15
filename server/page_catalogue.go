package server

import (
	"cmp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// cataloguePage lists every indicator with its figure, what it was computed from and its definition.
type cataloguePage struct {
	page
	Groups []catalogueGroup
}

// catalogueGroup are the indicators that stand on one page.
type catalogueGroup struct {
	ID, Title, Href string
	Figures         []catalogueLine
}

type catalogueLine struct {
	ID, Name, From, Period, Basis, Formula, Edges, Example string
	Figure                                                 figure
	Each                                                   bool
}

func (a *app) showCatalogue(c *fiber.Ctx, q analytics.Question, ans *analytics.CatalogueAnswer) error {
	p := cataloguePage{page: a.newAnswerPage(c, "catalogue", q, ans.Foot())}
	p.Crumb = &link{Text: p.T("page.title.indicators"), Href: p.Link("/indicators")}
	for _, f := range ans.Figures {
		key := keyOf(f.Page)
		if len(p.Groups) == 0 || p.Groups[len(p.Groups)-1].ID != key {
			p.Groups = append(p.Groups, catalogueGroup{ID: key, Title: p.T("page.title." + key), Href: p.Link(f.Page)})
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Figures = append(g.Figures, p.catalogueLine(f))
	}
	return a.render(c, "catalogue", p)
}

func (p page) catalogueLine(f analytics.CatalogueFigure) catalogueLine {
	line := catalogueLine{ID: f.ID, Name: f.Name.In(p.Lang), Each: f.Each, Period: f.Period, Basis: f.Basis, Formula: f.Formula.In(p.Lang), Edges: f.Edges.In(p.Lang),
		Example: f.Example, Figure: p.measured(f.Value, f.Unit)}
	if unstated := text.T("economy.basis_unstated"); line.Basis == unstated.In(text.Zh) {
		line.Basis = unstated.In(p.Lang)
	}
	var from []string
	for _, d := range f.From {
		from = append(from, rounded(d))
	}
	// Twelve months say more on the page of tax than in a row of the catalogue.
	if len(from) <= 2 {
		line.From = strings.Join(from, p.T("page.semicolon"))
	}
	return line
}

// rounded is a figure to two places at most; the JSON has them all.
func rounded(d ledger.Decimal) string {
	if !d.Valid() {
		return dash
	}
	return grouped(d.Round(2).String())
}

// measured writes an indicator's value in its own unit.
func (p page) measured(d ledger.Decimal, unit string) figure {
	n := p.Num()
	switch unit {
	case "":
		return n.plain(d, 0, "")
	case "天":
		return n.plain(d, 0, n.unit("days"))
	case "%":
		return n.percent(d, 2)
	}
	return p.base(d, unit)
}

// keyOf is the key of the page at a path of the rail.
func keyOf(path string) string {
	for _, g := range rail {
		for _, entry := range g.pages {
			if entry[1] == path {
				return entry[0]
			}
		}
	}
	return ""
}

// kpiIndicators say which indicator a box of the strip shows; a page's key stands before a box that is something else elsewhere.
var kpiIndicators = map[string]string{
	"tax": "tax_year_to_date", "completion": "tax_completion", "top5": "tax_concentration", "rank": "tax_rank",
	"investment/paid_in": "paid_in_rate", "landed": "landing_rate", "started": "start_rate", "services": "service_on_time", "cleared": "cleared", "occupancy": "occupancy", "registration": "registration",
	"owed": "owed_units", "resettlement": "owed_units", "rate_units": "delivered_units", "rate_area": "delivered_area",
	"ppc": "ppc", "actions": "on_time", "closure": "closure", "spi": "spi", "tax_per_m2": "tax_per_m2",
	"buildings/moved": "net_area", "buildings/watched": "may_leave", "buildings/hq": "hq_share",
	"grid_week": "grid_coverage", "grid_load": "people_per_grid", "enf_sums": "counter_sum", "patrol_on_time": "patrol_on_time",
	"series_times": "to_times", "series_cagr": "cagr",
}

// explain tells each box of the strip what its figure is, for whoever rests on its name.
func (p page) explain() {
	for i := range p.KPIs {
		id := cmp.Or(kpiIndicators[p.Key+"/"+p.KPIs[i].Key], kpiIndicators[p.KPIs[i].Key])
		if id == "" {
			continue
		}
		say := func(part string) string { return text.T("indicator." + id + part).In(p.Lang) }
		p.KPIs[i].Why, p.KPIs[i].WhyAt = p.T("page.kpi.explain", say(""), say(".formula"), say(".edges")), p.Link("/indicators/catalogue")+"#"+id
	}
}
