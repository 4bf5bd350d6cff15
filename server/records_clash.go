package server

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/ledger"
)

// clashPage shows, field by field, what the person saw, what stands now and what they wanted.
type clashPage struct {
	page
	Action, Back, Key, Version, Day, By, Comment, Message string
	Rows                                                  []clashRow
	Again                                                 []option // fields handed over again: name and text
	Removing                                              bool
}

type clashRow struct {
	Name, Label, Saw, Stands, Wanted, From string
	Moved, Changed, Choose                 bool
}

// answerClash is the answer to a stale save: 409 with the three values side by side; nothing was stored.
func (a *app) answerClash(c *fiber.Ctx, f posted, clash *ledger.Clash) error {
	c.Status(fiber.StatusConflict)
	e := clash.Entries[0]
	if wantsJSON(c) {
		return c.JSON(fiber.Map{"error": fiber.Map{"kind": ledger.Conflict, "message": clash.Message().In(lang(c)), "request_id": requestID(c)}, "clash": clash})
	}
	p := clashPage{page: a.newPage(c, "records"), Back: f.Back, Key: e.Key, Version: e.Stands.Version.Version, Day: f.day.Format(time.DateOnly),
		By: who(c, f.By), Comment: f.Comment, Message: clash.Message().In(lang(c)), Removing: e.Remove}
	p.Crumb = &link{Text: p.Title, Href: p.Link("/records")}
	p.Title, p.Sub = p.T("record.clash"), f.dataset.Label(p.Lang)
	if p.Action = p.Link("/records/" + f.dataset.Name); e.Remove {
		p.Action = p.Link("/records/" + f.dataset.Name + "/remove")
	}
	gone := e.Reason == ledger.ClashGone
	if gone {
		p.Key, p.Version = "", ledger.NoVersion // what is saved again is a new row
	}
	again := map[string]bool{}
	for _, one := range e.Fields {
		row := clashRow{Name: one.Name, Label: one.Field.Header(p.Lang), Saw: p.changedValue(one.Field, one.Saw, one.SawMark),
			Stands: p.changedValue(one.Field, one.Stands, one.StandsMark), Wanted: p.changedValue(one.Field, one.Wanted, one.WantedMark),
			Moved: one.Moved, Changed: one.Changed, Choose: one.Both && !gone}
		if one.From != nil {
			row.From = p.originLine(*one.From)
		}
		again[one.Name] = one.Changed
		p.Rows = append(p.Rows, row)
	}
	for _, field := range f.dataset.StoredFields() {
		if typed, ok := f.Fields[field.Name]; ok && (again[field.Name] || gone) {
			p.Again = append(p.Again, option{Value: typed, Text: fieldMark + field.Name})
		}
	}
	return a.render(c, "record_clash", p)
}

// savedPage tells what became of a save when there is more to say than "done".
type savedPage struct {
	page
	Said, Shadowed  string
	Warnings        []string
	Back, Edit, New string
	Versions, Batch string
}

func (a *app) newSavedPage(c *fiber.Ctx, f posted, saved ledger.Saved, problems []ingest.FormProblem) savedPage {
	one := saved.Entries[0]
	p := savedPage{page: a.newPage(c, "records"), Back: f.Back}
	p.Crumb = &link{Text: p.Title, Href: p.Link("/records")}
	p.Title, p.Sub = f.dataset.Label(p.Lang), one.Key
	p.Said = p.T("record.saved."+string(one.State), one.Key, one.Effective.Format(time.DateOnly))
	if one.Shadowed != nil {
		p.Shadowed = p.T("record.shadowed", one.Shadowed.Format(time.DateOnly))
	}
	for _, found := range problems {
		p.Warnings = append(p.Warnings, p.saidOf(found.Problem))
	}
	p.New, p.Batch = p.Link("/records/"+f.dataset.Name+"/new"), p.Link(batchPath(*saved.Batch))
	if p.Versions = p.Source(f.dataset.Name, ledger.Filter{"key": one.Key}); one.State != ledger.RowRemoved {
		p.Edit = p.editLink(f.dataset.Name, one.Key, f.Back)
	}
	return p
}

// editLink is the address of a row's form, from which the person returns to back; empty where forms are switched off.
func (p page) editLink(dataset, key, back string) string {
	if p.words.Get("asof") != "" || p.words.Get("known") != "" || !p.May("edit") {
		return ""
	}
	words := map[string][]string{"key": {key}}
	if back != "" {
		words["back"] = []string{back}
	}
	return address("/records/"+dataset+"/edit", words)
}
