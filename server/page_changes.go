package server

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

const (
	// shownChanges is how many changed rows a page lists; CSV and JSON hold all.
	shownChanges = 300
	// summed is how many fields of a new or removed row its line names.
	summed = 4
)

// changesPage is /changes: what changed in a dataset between two days.
type changesPage struct {
	page
	Datasets, Ways []option
	From, To       string
	Hidden         []option // the filter and what else the form must not lose
	Changes, Late  *card
	LateNone       bool
}

// askChanges reads ?dataset=&from=&to=&by=&known_from= and fields of the dataset as filters.
// The question's own day is read again: to is another word for asof that does not freeze the page.
func (a *app) askChanges(c *fiber.Ctx, _ analytics.Question) (*analytics.ChangesAnswer, error) {
	q := analytics.ChangesQuestion{}
	to := c.Query("to", c.Query("asof"))
	base, err := ask(c.UserContext(), a.record(c), asked{Asof: to, Known: c.Query("known")})
	if err != nil {
		return nil, err
	}
	base.Clock.Live = c.Query("asof") == "" && c.Query("known") == ""
	q.Question, q.From = base, base.Clock.Asof.AddDate(0, 0, -7)
	if q.Dataset, err = ledger.Find(c.Query("dataset", ledger.Projects.Name)); err != nil {
		return nil, err
	}
	if from := c.Query("from"); from != "" {
		if q.From, err = time.Parse(time.DateOnly, from); err != nil {
			return nil, ledger.Fail(ledger.Invalid, text.T("error.bad_date", "from", from))
		}
	}
	if known := c.Query("known_from"); known != "" {
		then, err := a.record(c).Clock(c.UserContext(), "", known)
		if err != nil {
			return nil, err
		}
		q.FromKnown = then.Known
	}
	if len(q.Dataset.Rising) > 0 && c.Query("by") != "row" {
		q.Latest = q.Dataset.Rising[0].Group
	}
	q.Filter = ledger.Filter{}
	for _, f := range q.Dataset.StoredFields() {
		if value := c.Query(f.Name); value != "" {
			q.Filter[f.Name] = value
		}
	}
	if err := mayAsk(c, q.Dataset, q.Filter); err != nil {
		return nil, err
	}
	return a.analytics.Changes(c.UserContext(), q)
}

func (a *app) showChanges(c *fiber.Ctx, _ analytics.Question, ans *analytics.ChangesAnswer) error {
	q := ans.Asked
	p := changesPage{page: a.newPage(c, "changes"), From: ans.From, To: ans.To, LateNone: ans.Late == nil}
	p.Question, p.Stamp, p.Formats, p.Sub = q.Question, ans.Foot(), true, q.Dataset.Label(p.Lang)
	p.carry(c, q)
	p.choices(q)
	p.Changes = p.changeCard("changes", q.Dataset, ans.Changes)
	p.Changes.Title, p.Changes.Hint = p.T("change.card"), p.T("change.card.hint", ans.From, ans.To)
	if len(ans.Changes) > 0 {
		p.Changes.Hint = p.T("change.count", ans.Counts[ledger.DiffAdded], ans.Counts[ledger.DiffChanged], ans.Counts[ledger.DiffRemoved], ans.Counts[ledger.DiffReopened]) +
			p.T("page.semicolon") + p.Changes.Hint
	}
	if len(ans.Late) > 0 {
		p.Late = p.changeCard("late", q.Dataset, ans.Late)
		p.Late.Title, p.Late.Hint = p.T("change.late"), p.T("change.late.hint", ans.From, clockTime(ans.FromKnown))
	}
	return a.render(c, "changes", p)
}

// carry keeps the words of the question for links and the form.
func (p *changesPage) carry(c *fiber.Ctx, q analytics.ChangesQuestion) {
	for _, name := range []string{"dataset", "from", "to", "by", "known_from"} {
		if v := c.Query(name); v != "" {
			p.words.Set(name, v)
		}
	}
	for _, f := range q.Dataset.StoredFields() {
		if value, ok := q.Filter[f.Name]; ok {
			p.words.Set(f.Name, value)
			p.Hidden = append(p.Hidden, option{Text: f.Name, Value: value})
			p.Sub += " · " + f.Label(p.Lang) + " = " + value
		}
	}
	if v := c.Query("known"); v != "" {
		p.Hidden = append(p.Hidden, option{Text: "known", Value: v})
	}
}

// choices are the datasets, and how reports of one thing are held against each other.
func (p *changesPage) choices(q analytics.ChangesQuestion) {
	for _, d := range ledger.All {
		p.Datasets = append(p.Datasets, option{Value: d.Name, Text: d.Label(p.Lang), Selected: d == q.Dataset})
	}
	if len(q.Dataset.Rising) > 0 {
		p.Ways = []option{{Value: "latest", Text: p.T("change.latest"), Selected: q.Latest != ""}, {Value: "row", Text: p.T("change.rows"), Selected: q.Latest == ""}}
	}
}

// changeTones are the tags of the kinds of change.
var changeTones = map[ledger.DiffKind]string{ledger.DiffAdded: "green", ledger.DiffChanged: "blue", ledger.DiffRemoved: "amber", ledger.DiffReopened: "red"}

// changeCard lists changes: a line for every changed field, one for a new or removed row. Its title and hint are the caller's.
func (p page) changeCard(id string, d *ledger.Dataset, list []ledger.Difference) *card {
	c := &card{Words: p, ID: id, Class: "long"}
	if len(list) == 0 {
		c.Empty = &empty{Title: p.T("change.none"), Text: p.T("change.none.do")}
		return c
	}
	t := &table{}
	for _, key := range []string{"name", "kind", "field", "value", "source"} {
		t.Columns = append(t.Columns, column{Label: p.T("change.col." + key)})
	}
	t.Columns[3].Kind, t.Columns[4].Kind = "text", "text"
	for _, one := range list[:min(len(list), p.most(shownChanges))] {
		name := leads(one.Name, p.Source(d.Name, ledger.Filter{"key": one.Key})).under(one.Effective.Format(time.DateOnly))
		kind := cell{}.tagged(p.T("change."+string(one.Kind)), changeTones[one.Kind])
		if one.Undone > 0 {
			kind = kind.under(p.T("change.undone", one.Undone))
		}
		if one.Kind == ledger.DiffAdded || one.Kind == ledger.DiffRemoved {
			t.add(name, kind, words(""), p.wholeRow(d, one), p.sourceCell(one.Source))
			continue
		}
		for _, f := range one.Fields {
			if f.Field.Private || f.Name == d.Effective { // the day stands under the name
				continue
			}
			value := words(p.changedValue(f.Field, f.Now, f.NowMark))
			value.Was = p.changedValue(f.Field, f.Was, f.WasMark)
			from := one.Source
			if f.From != nil && one.Undone == 0 {
				from = *f.From
			}
			t.add(name, kind, words(f.Field.Header(p.Lang)), value, p.sourceCell(from))
			name, kind = words(""), cell{} // once a row
			name.Value = ""
		}
	}
	c.Table = t
	if len(list) > p.most(shownChanges) {
		c.More = []span{{Text: p.T("change.more", shownChanges, len(list))}}
	}
	return c
}

// wholeRow is a new or removed row in one line: its first fields beside those that name it.
func (p page) wholeRow(d *ledger.Dataset, one ledger.Difference) cell {
	var parts []string
	for _, f := range one.Fields {
		named := f.Name == d.Subject
		for _, key := range d.Key {
			named = named || key == f.Name
		}
		value := f.Now + f.Was // one of them is empty
		if named || f.Field.Hidden || f.Field.Private || value == "" || len(parts) == summed {
			continue
		}
		parts = append(parts, f.Field.Label(p.Lang)+" "+p.changedValue(f.Field, value, f.NowMark+f.WasMark)+f.Field.Unit)
	}
	c := words(strings.Join(parts, p.T("page.semicolon")))
	if one.Kind == ledger.DiffRemoved {
		c.Was, c.Value = c.Value, dash
	}
	return c
}

// changedValue is a value with its mark, figures grouped.
func (p page) changedValue(f ledger.Field, value, mark string) string {
	if f.Numeric() && value != "" {
		value = grouped(value)
	}
	return p.marked(ledger.Optional(value), mark)
}

func (p page) sourceCell(o ledger.Origin) cell {
	return leads(p.placeLine(o), p.Link(batchPath(ledger.Batch{ID: o.Batch}))).under(o.By + " · " + clockTime(o.At))
}
