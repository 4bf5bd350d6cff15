package server

import (
	"html/template"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// span is a piece of a sentence with a tone: good, bad, warn or mute.
type span struct{ Text, Tone string }

// kpi is one box of the strip: label, figure, comparison, bar.
type kpi struct {
	Key    string // names the figure for tests and links
	Label  string
	Aside  string
	Figure figure
	Notes  []span
	Bar    *bar
	// Why says what the figure is and how it is worked out; WhyAt leads to it in the catalogue. Both are filled in when the page is written.
	Why, WhyAt string
}

// bar is a row of parts from left to right with an optional tick where time stands.
type bar struct {
	Parts []barPart
	Tick  string
	Title string
}

type barPart struct{ Class, X, Width string }

// completion is a bar of what is done with a tick at what time has passed; nil when undefined.
func completion(done, time ledger.Decimal) *bar {
	hundred := ledger.Int(100)
	if !done.Valid() {
		return nil
	}
	b := &bar{Parts: []barPart{{"fill", "0", share(done, hundred)}}}
	if time.Valid() {
		b.Tick = share(time, hundred)
	}
	return b
}

// stacked is a bar of several parts of a whole.
func stacked(whole ledger.Decimal, parts ...stackPart) *bar {
	b := &bar{}
	at := ledger.Int(0)
	for _, part := range parts {
		n := part.n.OrZero()
		b.Parts = append(b.Parts, barPart{part.class, share(at, whole), share(n, whole)})
		at = at.Add(n)
	}
	return b
}

type stackPart struct {
	class string
	n     ledger.Decimal
}

// lightBar shows how many projects have which light.
func lightBar(l analytics.Lights) *bar {
	n := func(v int) ledger.Decimal { return ledger.Int(int64(v)) }
	whole := n(l.Red + l.Yellow + l.Green + l.Grey)
	return stacked(whole, stackPart{"r", n(l.Red)}, stackPart{"y", n(l.Yellow)}, stackPart{"g", n(l.Green)}, stackPart{"o", n(l.Grey)})
}

// light is a status with its word and the rule that fired.
type light struct{ Color, Word, Rule string }

// colored is a light of a colour with its word alone.
func (p page) colored(c analytics.Color) *light {
	return &light{Color: string(c), Word: p.T("page.light." + string(c))}
}

// lightOf words a status.
func (p page) lightOf(l analytics.Light) *light {
	shown := p.colored(l.Color)
	if l.Override != nil {
		shown.Word += " " + p.T("page.tag.by_hand")
		shown.Rule = l.Why(p.Lang)
		return shown
	}
	for i, r := range l.Fired {
		if i > 0 {
			shown.Rule += p.T("page.semicolon")
		}
		shown.Rule += p.Say(r.Message)
	}
	return shown
}

// card is a box with a title, what it shows and what can be done with it.
type card struct {
	Words page
	ID    string
	Title string
	Hint  string
	// Native is the hint where the chart is Excel's or PowerPoint's own, when that shows something in another way than the screen.
	Native string
	Class  string // width: s4, s8 …; long: may break over pages when printed
	Acts   []link
	Chart  *chart
	Table  *table
	Drawn  *charts.Option // the chart's option as it was drawn, for a workbook
	More   []span
	Empty  *empty
	Sieve  *sieve // filters above the table
	Pager  *pager // the way to the other rows
	None   string // said in the table's place when no row meets the filters
}

// chart is an option for the page's script; the card's table stands behind it.
type chart struct {
	Option template.JS
	Height string // h200 … h600, empty 300
	File   string // name of a saved picture
	Stamp  string // written into a saved picture
}

// card begins a box; its title and hint are page.card.KEY and page.card.KEY.hint.
func (p page) card(key, class string) *card {
	c := &card{Words: p, ID: key, Title: p.T("page.card." + key), Class: class}
	if hint := "page.card." + key + ".hint"; text.Known(hint) {
		c.Hint = p.T(hint)
	}
	return c
}

// draw gives the card a chart; an empty option leaves the table alone.
func (c *card) draw(o *charts.Option, height string) error {
	if o == nil {
		return nil
	}
	c.Drawn = o
	json, err := o.JSON()
	if err != nil {
		return err
	}
	// encoding/json escapes <, > and &, so the text cannot end its script element.
	c.Chart = &chart{Option: template.JS(json), Height: height, File: c.Title, Stamp: c.Words.FootLine()} //nolint:gosec
	c.Words.drawn.add(c)
	return nil
}
