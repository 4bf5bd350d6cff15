package server

import (
	"strings"
	"time"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// book hands a page's cards over as a workbook.
func (p page) book(cards []*card, made time.Time) *charts.Book {
	title := p.Title
	if p.Sub != "" {
		title += " · " + p.Sub
	}
	b := &charts.Book{Words: p.draws(), Title: title, Maker: p.T("page.product"), Address: p.asAsked(), Facts: p.bookFacts(), Foot: p.FootLine(), Made: made}
	if standing := p.Standing(); standing != "" {
		b.Facts = append(b.Facts, charts.BookFact{Label: p.T("book.standing"), Text: standing})
	}
	for _, c := range cards {
		if c != nil {
			b.Sheets = append(b.Sheets, c.bookSheet())
		}
	}
	return b
}

// bookSheet is a card as a sheet.
func (c *card) bookSheet() *charts.BookSheet {
	s := &charts.BookSheet{Title: c.Title, Hint: c.Hint, Chart: c.Drawn}
	if c.Native != "" {
		s.Hint = c.Native
	}
	if c.None != "" {
		s.Notes = append(s.Notes, c.None)
	}
	for _, one := range c.More {
		s.Notes = append(s.Notes, one.Text)
	}
	if c.Empty != nil {
		s.Empty = c.Empty.Title + "。" + c.Empty.Text
	} else if c.Table == nil {
		s.Empty = strings.Join(s.Notes, " ")
	}
	if c.Empty == nil && c.Table != nil {
		c.Table.toSheet(c.Words, s)
	}
	return s
}

// toSheet turns a table into a sheet's: figures as numbers, days as days. What stands small or as a tag beside a figure goes into a column
// of its own, so that the figures can be worked with.
func (t *table) toSheet(p page, s *charts.BookSheet) {
	for range t.Rows {
		s.Rows = append(s.Rows, charts.BookRow{})
	}
	for i, col := range t.Columns {
		if strings.Contains(col.Kind, "act") {
			continue // leads to a form
		}
		head := charts.BookColumn{Label: col.Label, Unit: col.Unit}
		days, noted := t.allDays(i), false
		var notes []charts.BookCell
		for n, r := range t.Rows {
			one, note := charts.BookCell{}, ""
			if i < len(r.Cells) {
				one, note = r.Cells[i].bookCell(p, &head, days)
			}
			s.Rows[n].Sum = r.Sum
			s.Rows[n].Cells = append(s.Rows[n].Cells, one)
			notes, noted = append(notes, charts.BookCell{Text: note, Tone: "mute"}), noted || note != ""
		}
		s.Columns = append(s.Columns, head)
		if noted {
			s.Columns = append(s.Columns, charts.BookColumn{Label: p.T("book.note", col.Label)})
			for n := range s.Rows {
				s.Rows[n].Cells = append(s.Rows[n].Cells, notes[n])
			}
		}
	}
}

// allDays reports whether a column holds days and nothing else.
func (t *table) allDays(col int) bool {
	some := false
	for _, r := range t.Rows {
		if col >= len(r.Cells) || r.Cells[col].Value == "" || r.Cells[col].Value == dash {
			continue
		}
		if _, err := time.Parse(time.DateOnly, r.Cells[col].Value); err != nil {
			return false
		}
		some = true
	}
	return some
}

// bookCell is the cell's value and what else stands in it.
func (c cell) bookCell(p page, head *charts.BookColumn, days bool) (charts.BookCell, string) {
	var parts []string
	shown := c.Value
	if c.Light != nil {
		if shown == "" {
			shown = c.Light.Word
		} else {
			parts = append(parts, c.Light.Word)
		}
		parts = append(parts, c.Light.Rule)
	}
	if c.Was != "" {
		parts = append(parts, p.T("book.was", c.Was))
	}
	if c.Tag != nil {
		if shown == "" {
			shown = c.Tag.Text
		} else {
			parts = append(parts, c.Tag.Text)
		}
	}
	if shown == "" {
		shown = c.Small
	} else {
		parts = append(parts, c.Small)
	}
	note := strings.Join(filled(parts), " · ")
	one := charts.BookCell{Tone: c.Tone}
	if c.Light != nil && c.Value == "" {
		one.Tone = map[string]string{"red": "bad", "yellow": "warn", "green": "good", "grey": "mute"}[c.Light.Color]
	}
	number, places, counted := c.number()
	switch {
	case shown == dash || shown == "":
	case days:
		one.Day, _ = time.Parse(time.DateOnly, shown)
	case counted && c.Unit == "":
		one.Number = number
		head.Places, head.Signed = max(head.Places, places), head.Signed || strings.HasPrefix(shown, "+")
	case counted:
		one.Number, one.As = number, &charts.BookColumn{Unit: c.Unit, Places: places, Signed: strings.HasPrefix(shown, "+")}
	default:
		one.Text = shown
		if shown == c.Value {
			one.Text = p.sayFigure(c.figure)
		}
	}
	return one, note
}

func filled(parts []string) []string {
	var kept []string
	for _, s := range parts {
		if s = strings.TrimSpace(s); s != "" && s != dash {
			kept = append(kept, s)
		}
	}
	return kept
}

// number reads what a cell shows and gives the exact figure behind it; false for what is no figure, such as "3/15".
func (c cell) number() (n ledger.Decimal, places int, ok bool) {
	if !c.Exact.Valid() && !strings.Contains(c.Kind, "num") {
		return ledger.Null, 0, false
	}
	shown, err := ledger.ParseDecimal(strings.NewReplacer(",", "", "−", "-", "+", "").Replace(c.Value))
	if err != nil {
		return ledger.Null, 0, false
	}
	if _, fraction, found := strings.Cut(c.Value, "."); found {
		places = len(fraction)
	}
	if c.Exact.Valid() && c.Exact.Round(int32(places)).Cmp(shown) == 0 {
		return c.Exact.Round(exactPlaces), places, true
	}
	return shown, places, true
}

// exactPlaces keeps a cent of an amount in hundreds of millions.
const exactPlaces = 10

// kpiCard is the strip of figures as a table; nil on a page without one.
func (p page) kpiCard() *card {
	if len(p.KPIs) == 0 {
		return nil
	}
	c := &card{Words: p, ID: "figures", Title: p.T("book.figures"), Hint: p.T("book.figures.hint")}
	c.Table = &table{Columns: []column{{Label: p.T("page.col.indicator")}, {Label: p.T("book.scope")}, {Label: p.T("book.value"), Kind: "num"}, {Label: p.T("book.about"), Kind: "text"}}}
	for _, k := range p.KPIs {
		var notes []string
		for _, n := range k.Notes {
			notes = append(notes, n.Text)
		}
		c.Table.add(words(k.Label), words(k.Aside), own(k.Figure), words(strings.Join(filled(notes), p.T("page.semicolon"))))
	}
	return c
}

// sheet is the card of a section of the agenda.
func (s section) sheet(page) *card { return s.card }

// sheet lists every leader's projects with their lights.
func (c *leadsCard) sheet(p page) *card {
	one := *c.Card
	one.Table = p.columns(col("leader"), col("project"), wordCol("light"))
	for _, l := range c.Leaders {
		for _, x := range l.Chips {
			one.Table.add(words(l.Name), words(x.Text), cell{Light: p.colored(analytics.Color(x.Color))})
		}
	}
	if len(one.Table.Rows) == 0 {
		one.Table = nil
	}
	return &one
}

func (c *movesCard) sheet(page) *card { return c.Card }

// sheet lists what the boxes of the stacking plan stand for.
func (c *stackCard) sheet(page) *card {
	one := *c.Card
	for _, n := range c.Notes {
		one.More = append(one.More, span{n, "mute"})
	}
	return &one
}

// sheet is the timeline with the newest entry first.
func (t timeline) sheet(p page) *card {
	c := &card{Words: p, ID: "timeline", Title: p.T("project.timeline"), Hint: t.Hint}
	c.Table = p.columns(dayCol("date"), wordCol("kind"), textCol("item"), textCol("note"))
	for _, e := range append(append([]event{}, t.First...), t.Rest...) {
		var notes []string
		for _, n := range e.Notes {
			notes = append(notes, n.Text)
		}
		c.Table.add(words(e.Day), words(e.Kind), words(e.Text), words(strings.Join(filled(notes), p.T("page.semicolon"))))
	}
	return c
}

// roomTable is the stacking plan as a list of tenancies and vacant rooms.
func (p page) roomTable(ans *analytics.BuildingAnswer) *table {
	n := p.Num()
	t := p.columns(col("floor"), col("room"), col("company"), wordCol("industry"), numCol("area", n.unit("m2")), dayCol("lease_to"), numCol("tax", n.unit("wan")))
	for _, f := range ans.Floors {
		for _, u := range f.Units {
			t.add(words(f.Floor), words(u.Room), words(u.Tenant), words(u.Industry), num(n.area(u.AreaM2)), dated(u.LeaseTo), num(n.wan(u.TaxYuan)))
		}
		for _, v := range f.Vacant {
			t.add(words(f.Floor), words(v.Room), words(p.T("page.room.vacant")), words(""), num(n.area(v.AreaM2)), words(""), words(""))
		}
	}
	return t
}

// answerCard is an answer's own table, in base units as in its CSV.
func (p page) answerCard(from analytics.Table) *card {
	c := &card{Words: p, ID: "table", Title: p.Title, Table: &table{}}
	for _, col := range from.Columns {
		label := col.Zh
		if p.Lang == text.En {
			label = col.En
		}
		c.Table.Columns = append(c.Table.Columns, column{Label: label, Unit: col.Unit})
	}
	for _, line := range from.Rows {
		var cells []cell
		for _, v := range line {
			one := words(value(v))
			switch n := v.(type) {
			case ledger.Decimal:
				one.Exact = n
			case int64:
				one.Exact = ledger.Int(n)
			case int:
				one.Exact = ledger.Int(int64(n))
			}
			cells = append(cells, one)
		}
		c.Table.add(cells...)
	}
	return c
}
