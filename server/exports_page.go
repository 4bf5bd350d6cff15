package server

import (
	"mime"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/access"
)

// exportRoutes are the addresses of files that take a while.
func (a *app) exportRoutes() []route {
	return []route{
		{Path: "/exports/:job", Name: "exports.job", Needs: access.Read, Formats: "json", Handle: a.showExport},
		{Path: "/exports/:job/events", Name: "exports.job.events", Needs: access.Read, Handle: a.tellExport},
		{Path: "/exports/:job/file", Name: "exports.job.file", Export: true, Needs: access.Read, Handle: a.sendExport},
		{Method: fiber.MethodPost, Path: "/exports/:job/cancel", Name: "exports.job.cancel", Needs: access.Read, Handle: a.cancelExport},
	}
}

// exportView is an export as it stands at one moment; it is the object of /exports/:job.json and of its events.
type exportView struct {
	Job     string     `json:"job"`
	State   string     `json:"state"` // making, done, failed or cancelled
	Address string     `json:"address"`
	File    string     `json:"file"` // its name, once it is made
	Bytes   int        `json:"bytes"`
	Rows    int        `json:"rows"`
	Total   int        `json:"total"` // rows there are; 0 while that is being asked
	Percent int        `json:"percent"`
	Over    bool       `json:"over"`
	Started time.Time  `json:"started"`
	Ended   *time.Time `json:"ended"`
	Next    string     `json:"next"` // where to go on
	Says    string     `json:"says"` // how far it is, in the reader's language
	Left    string     `json:"left"`
}

// lookExport looks at an export in the reader's language.
func (a *app) lookExport(p page, x *export) exportView {
	x.mu.Lock()
	defer x.mu.Unlock()
	number := func(n int) string { return p.Num().whole(n, "").Value }
	v := exportView{Job: x.id, State: "making", Address: x.address, Rows: x.done, Total: x.total, Started: x.at, Over: !x.finished.IsZero(), Next: p.Link(exportPath(x))}
	if x.total > 0 {
		v.Percent = 10 + 80*x.done/x.total // asking before, packing behind
	}
	switch {
	case x.cancelled:
		v.State, v.Says = "cancelled", p.T("export.cancelled")
	case v.Over && x.status != fiber.StatusOK:
		v.State, v.Says = "failed", p.T("export.failed", p.Say(x.why))
	case v.Over:
		_, names, _ := mime.ParseMediaType(x.file.disposition)
		v.State, v.Percent, v.File, v.Bytes, v.Next = "done", 100, names["filename"], len(x.file.body), p.Link(exportPath(x)+"/file")
		v.Says = p.T("export.done", v.File, p.bytes(int64(v.Bytes)))
	case x.ctx.Err() != nil:
		v.Says = p.T("import.job.cancelling")
	case x.packing:
		v.Says = p.T("export.packing", number(x.total))
	case x.total > 0:
		v.Says = p.T("export.rows", number(x.done), number(x.total))
	default:
		v.Says = p.T("export.asking")
	}
	if v.Over {
		v.Ended = &x.finished
	}
	return v
}

// exportPage is /exports/:job.
type exportPage struct {
	page
	Job    exportView
	Path   string
	Events string
	Back   string
}

// ownExport finds the export of an address, for whoever asked for it and nobody else.
func (a *app) ownExport(c *fiber.Ctx) (*export, error) {
	x, err := a.exports.find(param(c, "job"))
	if err == nil && x.account != visitorOf(c).Account {
		return nil, fiber.ErrNotFound
	}
	return x, err
}

// showExport says how far a file is, and leads to it.
func (a *app) showExport(c *fiber.Ctx) error {
	x, err := a.ownExport(c)
	if err != nil {
		return err
	}
	p := exportPage{page: a.newPage(c, "exports"), Path: exportPath(x)}
	p.Job = a.lookExport(p.page, x)
	if format(c) == "json" {
		return c.JSON(p.Job)
	}
	p.Events, p.Back = p.Link(p.Path+"/events"), pageOf(x.address)
	if !p.Job.Over {
		p.Refresh = refreshAfter
	}
	return a.render(c, "export_job", p)
}

// sendExport answers with the file, again and again as long as it is kept.
func (a *app) sendExport(c *fiber.Ctx) error {
	x, err := a.ownExport(c)
	if err != nil {
		return err
	}
	if !x.over() {
		return c.Redirect(carried(exportPath(x), elsewhere(c)), fiber.StatusSeeOther)
	}
	return x.answer(c)
}

// cancelExport ends an export; one that has ended stays as it is.
func (a *app) cancelExport(c *fiber.Ctx) error {
	x, err := a.ownExport(c)
	if err != nil {
		return err
	}
	x.cancel()
	select {
	case <-x.ended:
	case <-time.After(a.patience):
	}
	if wantsJSON(c) {
		return c.JSON(a.lookExport(a.newPage(c, "exports"), x))
	}
	return c.Redirect(exportPath(x), fiber.StatusSeeOther)
}

// tellExport streams how an export goes on.
func (a *app) tellExport(c *fiber.Ctx) error {
	x, err := a.ownExport(c)
	if err != nil {
		return err
	}
	p := a.newPage(c, "exports")
	return a.stream(c, x.ended, func() any { return a.lookExport(p, x) })
}
