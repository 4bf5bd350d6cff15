package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/ingest"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// posted is what a person or a script hands to a record's form.
type posted struct {
	Key     string            `json:"key"`
	Seen    string            `json:"version"`
	By      string            `json:"by"`
	Comment string            `json:"comment"`
	Day     string            `json:"day"`
	Fields  map[string]string `json:"-"`
	Back    string            `json:"-"`

	dataset *ledger.Dataset
	day     time.Time // the chosen one, or the record's today
	seen    ledger.Standing
}

// fieldMark stands before the names of fields in a form, choiceMark before those of choices after a clash.
const (
	fieldMark  = "f."
	choiceMark = "pick."
)

// takePosted reads a form or a JSON object {key, version, by, comment, day, fields: {name: text}}.
func takePosted(c *fiber.Ctx) (posted, error) {
	p := posted{Fields: map[string]string{}}
	if strings.HasPrefix(c.Get(fiber.HeaderContentType), fiber.MIMEApplicationJSON) {
		var body struct {
			posted
			Fields map[string]any `json:"fields"`
		}
		d := json.NewDecoder(strings.NewReader(string(c.Body())))
		d.UseNumber()
		if err := d.Decode(&body); err != nil {
			return p, &ledger.Error{Kind: ledger.Invalid, Message: text.T("record.bad_json"), Cause: err}
		}
		body.posted.Fields = p.Fields
		for name, value := range body.Fields {
			if value == nil {
				value = ""
			}
			p.Fields[name] = fmt.Sprint(value)
		}
		return body.posted, nil
	}
	p.Key, p.Seen, p.By, p.Comment, p.Day = c.FormValue("key"), c.FormValue("version"), c.FormValue("by"), c.FormValue("comment"), c.FormValue("day")
	p.Back = backAddress(c.FormValue("back"))
	args := c.Request().PostArgs()
	args.VisitAll(func(key, value []byte) {
		name, isField := strings.CutPrefix(string(key), fieldMark)
		// After a clash a field may be left as it stands now.
		if isField && string(args.Peek(choiceMark+name)) != "theirs" {
			p.Fields[name] = string(value)
		}
	})
	return p, nil
}

// posting reads what was posted to a dataset and the row it was typed over. Nothing is written while a page stands at another day.
func (a *app) posting(c *fiber.Ctx) (posted, error) {
	d, q, err := a.recordOf(c)
	if err != nil {
		return posted{}, err
	}
	p, err := takePosted(c)
	if err != nil {
		return p, err
	}
	p.dataset, p.day = d, q.Clock.Asof
	if p.Day != "" {
		if p.day, err = time.Parse(time.DateOnly, p.Day); err != nil {
			return p, ledger.Fail(ledger.Invalid, text.T("error.bad_date", "day", p.Day))
		}
	}
	p.Comment = cutReason(p.Comment)
	for name := range p.Fields {
		if f, ok := d.Field(name); !ok || !f.Stored() {
			return p, ledger.Fail(ledger.Invalid, text.T("error.unknown_field", d.Name, name))
		}
	}
	p.seen, err = a.record(c).RowOf(c.UserContext(), d, p.Seen)
	if err == nil && p.seen.Exists() && p.seen.Key != p.Key {
		err = ledger.Fail(ledger.Invalid, text.T("save.bad_version", p.Seen))
	}
	return p, err
}

// recordOf is the dataset a path names and the question; under ?asof= and ?known= forms are switched off.
func (a *app) recordOf(c *fiber.Ctx) (d *ledger.Dataset, q analytics.Question, err error) {
	if q, err = a.liveQuestion(c); err != nil {
		return nil, q, err
	}
	d, err = ledger.Find(param(c, "dataset"))
	return d, q, err
}

// saveRecord stores a row as typed, or answers with what stands in the way.
func (a *app) saveRecord(c *fiber.Ctx) error {
	p, err := a.posting(c)
	if err != nil {
		return err
	}
	return a.storeTyped(c, p)
}

// storeTyped reads what was typed and stores it, or shows the form again with what is wrong.
func (a *app) storeTyped(c *fiber.Ctx, p posted) error {
	read, err := ingest.ReadForm(c.UserContext(), a.record(c), ingest.Form{Dataset: p.dataset, Seen: p.seen, Texts: p.Fields, Day: p.day})
	if err != nil {
		return err
	}
	rememberWho(c, p.By)
	if read.Blocked() {
		return a.answerProblems(c, p, read)
	}
	return a.store(c, p, read.Entry, read)
}

// removeRecord takes a row out of the record from a day on.
func (a *app) removeRecord(c *fiber.Ctx) error {
	p, err := a.posting(c)
	if err != nil {
		return err
	}
	if p.Comment == "" {
		return ledger.Fail(ledger.Invalid, text.T("record.reason_missing"))
	}
	rememberWho(c, p.By)
	return a.store(c, p, ledger.Entry{Dataset: p.dataset, Key: p.Key, Seen: p.Seen, Remove: true}, ingest.FormRead{})
}

func (a *app) store(c *fiber.Ctx, p posted, entry ledger.Entry, read ingest.FormRead) error {
	saved, err := a.record(c).Save(c.UserContext(), ledger.Save{By: who(c, p.By), Comment: p.Comment, Day: &p.day, Entries: []ledger.Entry{entry}, Problems: read.Found()})
	var clash *ledger.Clash
	switch {
	case errors.As(err, &clash):
		return a.answerClash(c, p, clash)
	case err != nil:
		return err
	}
	return a.answerSaved(c, p, saved, read)
}

// answerProblems shows the form again with everything typed and a sentence at every field.
func (a *app) answerProblems(c *fiber.Ctx, p posted, read ingest.FormRead) error {
	c.Status(fiber.StatusUnprocessableEntity)
	if wantsJSON(c) {
		message := text.T("record.not_saved").In(lang(c))
		return c.JSON(fiber.Map{"error": fiber.Map{"kind": ledger.Invalid, "message": message, "request_id": requestID(c)}, "problems": read.Problems})
	}
	return a.showForm(c, p, read.Problems, "")
}

// answerSaved says what became of a save: back to where the person came from, unless there is something to tell.
func (a *app) answerSaved(c *fiber.Ctx, p posted, saved ledger.Saved, read ingest.FormRead) error {
	one := saved.Entries[0]
	if wantsJSON(c) {
		status := fiber.StatusOK
		if one.State == ledger.RowNew {
			status = fiber.StatusCreated
		}
		problems := read.Problems
		if problems == nil {
			problems = []ingest.FormProblem{}
		}
		return c.Status(status).JSON(fiber.Map{"saved": saved, "problems": problems})
	}
	if saved.Batch == nil {
		return a.showForm(c, p, nil, text.T("record.unchanged").In(lang(c)))
	}
	if one.Shadowed == nil && len(read.Problems) == 0 && p.Back != "" {
		return c.Redirect(p.Back, fiber.StatusSeeOther)
	}
	return a.render(c, "record_saved", a.newSavedPage(c, p, saved, read.Problems))
}
