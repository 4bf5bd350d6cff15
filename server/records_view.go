package server

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// mostChoices is how many known names a field offers.
const mostChoices = 300

// recordPage is the form of one row.
type recordPage struct {
	page
	Action, Remove, Back string
	Notice               string
	Bad                  bool // the notice tells of errors
	Tip                  *link
	Posted               posted
	Key, Version         string
	Day, Today           string
	OwnDay               bool // the row says its own day
	Later                string
	By                   string
	First, Others        []formField
	OthersOpen           bool
	Exists               bool
	Versions             string
}

// formField is one labelled box.
type formField struct {
	Name, ID, Label, Unit, Text string
	Input                       string // text, long, flag or fixed
	Required                    bool
	Choices                     []string
	Hint, From, Href            string
	Errors, Warnings            []string
	Flags                       []option
}

// showForm shows a form with what was typed or stands, and sentences at its fields.
func (a *app) showForm(c *fiber.Ctx, f posted, problems []ingest.FormProblem, notice string) error {
	if format(c) == "json" {
		return c.JSON(f.json(lang(c)))
	}
	d := f.dataset
	p := recordPage{page: a.newPage(c, "records"), Posted: f, Back: f.Back, Notice: notice, Key: f.Key, Version: f.Seen,
		Day: f.day.Format(time.DateOnly), Today: ledger.Today(a.ledger.Now()).Format(time.DateOnly), OwnDay: d.Effective != "", Exists: f.seen.Exists(), By: f.By}
	own := []string{"key", "day", "back"}
	for _, f := range d.StoredFields() {
		own = append(own, f.Name)
	}
	p.keepOwn(c, own...) // the same form in the other language
	p.Crumb = &link{Text: p.Title, Href: p.Link("/records")}
	p.Action, p.Remove = p.Link("/records/"+d.Name), p.Link("/records/"+d.Name+"/remove")
	p.Title = p.T("record.new", d.Label(p.Lang))
	if p.Exists {
		p.Title, p.Sub = p.T("record.edit", d.Label(p.Lang)), f.Key
		p.Versions = p.versionsOf(f.seen.Version)
		if f.seen.Later != nil {
			p.Later = p.T("record.later", f.seen.Later.Format(time.DateOnly))
		}
	}
	if tip, ok := formTips[d.Name]; ok {
		p.Tip = &link{Text: p.T(tip.phrase), Href: p.Link(tip.path)}
	}
	if p.By == "" {
		p.By = rememberedWho(c)
	}
	if len(problems) > 0 {
		p.Notice, p.Bad = p.T("record.not_saved"), true
	}
	first, rest := formFields(d)
	var err error
	if p.First, err = a.boxes(c, p.page, f, first, problems); err != nil {
		return err
	}
	if p.Others, err = a.boxes(c, p.page, f, rest, problems); err != nil {
		return err
	}
	p.OthersOpen = slices.ContainsFunc(p.Others, func(b formField) bool { return len(b.Errors) > 0 })
	return a.render(c, "record", p)
}

// boxes makes the boxes of some fields with the names the record knows for them.
func (a *app) boxes(c *fiber.Ctx, p page, f posted, fields []ledger.Field, problems []ingest.FormProblem) ([]formField, error) {
	clock := a.record(c).ClockAt(ledger.Today(a.ledger.Now()), a.ledger.Now().AddDate(1, 0, 0))
	required := f.dataset.RequiredInForms()
	list := make([]formField, 0, len(fields))
	for _, field := range fields {
		b := formField{Name: fieldMark + field.Name, ID: "f-" + field.Name, Label: field.Label(p.Lang), Unit: field.Unit, Text: f.shownText(field), Input: "text",
			Required: slices.Contains(required, field.Name)}
		switch {
		case f.seen.Exists() && slices.Contains(f.dataset.Key, field.Name):
			b.Input = "fixed"
		case slices.Contains(longTexts, field.Name):
			b.Input = "long"
		case field.Kind == ledger.Flag:
			b.Input, b.Flags = "flag", p.flags(b.Text)
		case field.Kind == ledger.Name || field.Kind == ledger.Enum || field.Kind == ledger.People:
			var err error
			if b.Choices, err = a.choices(c, f.dataset, field, clock); err != nil {
				return nil, err
			}
		}
		if hint := "record.hint." + string(field.Kind); b.Input == "text" && text.Known(hint) {
			b.Hint = p.T(hint)
		}
		if from := f.from(field); from != nil && b.Input != "fixed" {
			b.From = p.originLine(*from)
		}
		for _, found := range problems {
			if found.Field != field.Name {
				continue
			}
			if said := p.saidOf(found.Problem); found.Severity == ledger.SeverityError {
				b.Errors = append(b.Errors, said)
			} else {
				b.Warnings = append(b.Warnings, said)
			}
		}
		list = append(list, b)
	}
	return list, nil
}

func (p page) flags(shown string) []option {
	list := []option{{Text: dash}}
	for _, v := range []bool{true, false} {
		value := ledger.Plain(v)
		list = append(list, option{Value: value, Text: p.T("record.flag." + map[bool]string{true: "yes", false: "no"}[v]), Selected: shown == value})
	}
	return list
}

// choices are the names a field may take: those of the dataset it refers to, or its own.
func (a *app) choices(c *fiber.Ctx, d *ledger.Dataset, f ledger.Field, clock ledger.Clock) ([]string, error) {
	from, field := d, f.Name
	for _, k := range d.Known {
		if k.Field == f.Name {
			from, _ = ledger.Find(k.Dataset)
			field = k.Of
		}
	}
	names, err := a.record(c).Names(c.UserContext(), from, field, clock)
	if err != nil {
		return nil, err
	}
	list := slices.Clone(f.Allowed)
	for _, name := range names {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list[:min(len(list), mostChoices)], nil
}

// saidOf is a problem's sentence in the reader's language.
func (p page) saidOf(found ledger.Problem) string {
	if p.Lang == text.En && found.MessageEn != "" {
		return found.MessageEn
	}
	return found.Message
}

// originLine says in one line where a value was set: file, sheet and cell, or form; by whom and when.
func (p page) originLine(o ledger.Origin) string {
	return p.T("record.from", p.placeLine(o), o.By, clockTime(o.At))
}

// placeLine is the file with sheet and cell, or the word for a form.
func (p page) placeLine(o ledger.Origin) string {
	if o.Kind == "form" {
		return p.T("record.form")
	}
	place := o.File
	if o.Sheet != "" {
		place += " · " + o.Sheet
	}
	if o.Cell != "" {
		place += "!" + o.Cell
	}
	return orDash(place)
}

// broughtBy names what a batch came in: its file, or a form.
func (p page) broughtBy(b ledger.Batch) string {
	if b.Kind == "form" {
		return p.T("record.form")
	}
	return b.File
}

// plain is a field's standing value.
func (f posted) plain(field ledger.Field) any {
	v := f.seen.Value(f.dataset, field.Name)
	if day, ok := v.(ledger.Day); ok {
		return day.On(field.Edge)
	}
	return v
}

func (f posted) json(in text.Lang) formJSON {
	out := formJSON{Dataset: f.dataset.Name, Key: f.Key, Version: ledger.NoVersion, Day: f.day.Format(time.DateOnly)}
	if f.seen.Exists() {
		out.Version = f.seen.Version.Version
	}
	required := f.dataset.RequiredInForms()
	for _, field := range f.dataset.StoredFields() {
		if field.Hidden {
			continue
		}
		out.Fields = append(out.Fields, formJSONCell{Name: field.Name, Label: field.Label(in), Kind: field.Kind, Unit: field.Unit, Allowed: field.Allowed,
			Required: slices.Contains(required, field.Name), Value: ledger.Plain(f.plain(field)), Text: f.shownText(field), From: f.from(field)})
	}
	return out
}
