package server

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// recordRoutes are the forms that every dataset's declaration gives.
func (a *app) recordRoutes() []route {
	return []route{
		{Path: "/records", Name: "records", Needs: access.Edit, Handle: a.listForms},
		{Path: "/records/:dataset/new", Name: "records.new", Needs: access.Edit, Formats: "json", Handle: a.newRecord},
		{Path: "/records/:dataset/edit", Name: "records.edit", Needs: access.Edit, Formats: "json", Handle: a.editRecord},
		{Method: fiber.MethodPost, Path: "/records/:dataset", Name: "records.save", Needs: access.Edit, Formats: "json", Handle: a.saveRecord},
		{Method: fiber.MethodPost, Path: "/records/:dataset/remove", Name: "records.remove", Needs: access.Edit, Formats: "json", Handle: a.removeRecord},
	}
}

// formsPage is /records: the forms there are.
type formsPage struct {
	page
	Forms []link
}

func (a *app) listForms(c *fiber.Ctx) error {
	p := formsPage{page: a.newPage(c, "records")}
	for _, d := range offered() {
		p.Forms = append(p.Forms, link{Text: d.Label(p.Lang), Href: p.Link("/records/" + d.Name + "/new")})
	}
	return a.render(c, "records", p)
}

// newRecord shows an empty form; words of the address fill fields in: ?project=…
func (a *app) newRecord(c *fiber.Ctx) error {
	d, q, err := a.recordOf(c)
	if err != nil {
		return err
	}
	p := posted{dataset: d, day: q.Clock.Asof, Back: backAddress(c.Query("back")), Fields: map[string]string{}}
	for _, f := range d.StoredFields() {
		if value := c.Query(f.Name); value != "" {
			p.Fields[f.Name] = value
		}
	}
	if f, ok := d.Field(d.Effective); ok && f.Kind == ledger.Date && p.Fields[f.Name] == "" {
		p.Fields[f.Name] = p.day.Format(time.DateOnly)
	}
	return a.showForm(c, p, nil, "")
}

// editRecord shows the form of a row that stands; ?day= takes it as of an earlier day.
func (a *app) editRecord(c *fiber.Ctx) error {
	d, q, err := a.recordOf(c)
	if err != nil {
		return err
	}
	p := posted{dataset: d, day: q.Clock.Asof, Back: backAddress(c.Query("back")), Key: c.Query("key")}
	if day := c.Query("day"); day != "" {
		if p.day, err = time.Parse(time.DateOnly, day); err != nil {
			return ledger.Fail(ledger.Invalid, text.T("error.bad_date", "day", day))
		}
	}
	clock := q.Clock
	if clock.Asof = p.day; d.Effective != "" {
		clock.Asof = ledger.Today(a.ledger.Now()) // a row that says its own day stands from then on
	}
	if p.seen, err = a.record(c).RowAt(c.UserContext(), d, p.Key, clock); err != nil {
		return err
	}
	if !p.seen.Exists() {
		return ledger.Fail(ledger.NotFound, text.T("error.not_found", p.Key))
	}
	p.Seen = p.seen.Version.Version
	return a.showForm(c, p, nil, "")
}

// formJSON is a form for scripts: what can be written, and what stands.
type formJSON struct {
	Dataset string         `json:"dataset"`
	Key     string         `json:"key"`
	Version string         `json:"version"`
	Day     string         `json:"day"`
	Fields  []formJSONCell `json:"fields"`
}

type formJSONCell struct {
	Name     string         `json:"field"`
	Label    string         `json:"label"`
	Kind     ledger.Kind    `json:"kind"`
	Unit     string         `json:"unit,omitempty"`
	Allowed  []string       `json:"allowed,omitempty"`
	Required bool           `json:"required,omitempty"`
	Value    string         `json:"value"` // in base units, as exports write it
	Text     string         `json:"text"`  // as a form shows it and takes it back
	From     *ledger.Origin `json:"from,omitempty"`
}

// shownText is what stands in a field's box: what was typed, else the row's own.
func (p posted) shownText(f ledger.Field) string {
	if typed, ok := p.Fields[f.Name]; ok {
		return typed
	}
	if !p.seen.Exists() {
		return ""
	}
	return ingest.FormText(p.dataset, p.seen, f)
}

// from is where a field's value was set, nil for one that is empty.
func (p posted) from(f ledger.Field) *ledger.Origin {
	traced, ok := p.seen.Field(f.Name)
	if !ok {
		return nil
	}
	o := p.seen.Of(traced)
	return &o
}
