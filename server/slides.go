package server

import (
	"strings"
)

// slideScripts are loaded, in this order, when somebody asks for slides: no page carries them.
var slideScripts = []string{"vendor/jszip.min.js", "vendor/pptxgen.min.js", "slides_plot.js", "slides.js"}

// SlideScripts are the addresses of the scripts that make slides, between blanks.
func (p page) SlideScripts() string {
	var list []string
	for _, name := range slideScripts {
		list = append(list, assetPath(name))
	}
	return strings.Join(list, " ")
}

// charted are the pages that have charts and are about the whole sub-district.
var charted = []struct{ key, path string }{
	{"cockpit", "/"}, {"tax", "/tax"}, {"investment", "/investment"}, {"buildings", "/buildings"}, {"resettlement", "/resettlement"}, {"indicators", "/indicators"},
}

// SlidePages are the other pages whose charts can be put into the same file, under the same question.
func (p page) SlidePages() []link {
	var list []link
	for _, other := range charted {
		if other.path != p.path {
			list = append(list, link{Text: p.T("page.title." + other.key), Href: p.Link(other.path)})
		}
	}
	return list
}

// SlideName is the name of the file: the page and the day it stands at.
func (p page) SlideName() string {
	return strings.TrimSpace(p.Title+" "+p.Sub) + "-" + p.Stamp.Asof
}

// pointOf names for a chart the box of the strip whose course or make-up it draws.
var pointOf = map[string]string{
	"tax_trend": "tax", "tax_sums": "tax", "paid_in": "paid_in_year", "funnel": "landed", "occupancy": "occupancy", "resettlement_bars": "owed",
	"delivery_curve": "delivered", "households": "cleared", "gantt": "days_late", "s_curve": "spi", "course": "percent",
}

// pointNotes is how many comparisons a sentence says after its figure.
const pointNotes = 2

// Point is the sentence a chart makes, in the figures of the page's own strip: the title of its slide. Empty where no box says it, or its
// figure is not known.
func (c *card) Point() string {
	for _, k := range c.Words.KPIs {
		if k.Key == pointOf[c.ID] && k.Figure.Value != dash {
			return c.Words.sayKPI(k)
		}
	}
	return ""
}

// sayKPI says a box of the strip as a sentence without its full stop.
func (p page) sayKPI(k kpi) string {
	said := []string{k.Label + " " + p.sayFigure(k.Figure)}
	if k.Aside != "" {
		said[0] = p.T("slides.of", k.Label, k.Aside, p.sayFigure(k.Figure))
	}
	for _, n := range k.Notes {
		if len(said) <= pointNotes && n.Text != "" && !strings.Contains(n.Text, dash) && n.Tone != "mute" {
			said = append(said, n.Text)
		}
	}
	sentence := said[0]
	for _, more := range said[1:] {
		sentence = p.T("slides.and", sentence, more)
	}
	return sentence
}
