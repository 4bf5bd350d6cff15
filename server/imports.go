package server

import (
	"mime"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// longestReason keeps a reason to what a table can show.
const longestReason = 500

// listImports shows the place to drop files, what waits and the history.
func (a *app) listImports(c *fiber.Ctx) error {
	q, err := a.question(c)
	if err != nil {
		return err
	}
	history, err := a.record(c).History(c.UserContext(), q.Clock.Known)
	if err != nil {
		return err
	}
	mappings, err := a.record(c).Mappings(c.UserContext())
	if err != nil {
		return err
	}
	if format(c) == "json" {
		return c.JSON(importsAnswer{history, a.uploads.waiting(elsewhere(c)), mappings, a.jobsUnderWay(c)})
	}
	if format(c) == "csv" {
		return a.sendTable(c, historyTable(history, lang(c)), q.Clock.Asof.Format(time.DateOnly))
	}
	return a.render(c, "imports", a.newImportsPage(c, history, mappings))
}

// importsAnswer is /imports.json: what was brought in, what waits, what is remembered and what is on its way.
type importsAnswer struct {
	Batches  []ledger.Batch  `json:"batches"`
	Waiting  []upload        `json:"waiting"`
	Mappings []ledger.Mapped `json:"mappings"`
	Jobs     []taskView      `json:"jobs"`
}

// batchAnswer is /imports/:batch.json: a batch with every problem, and the batches that wrote over its rows since.
type batchAnswer struct {
	ledger.Batch
	Problems []ledger.Problem   `json:"problems"`
	Later    []ledger.Rewritten `json:"later"`
}

// batchOf reads the batch a path names.
func (a *app) batchOf(c *fiber.Ctx) (ledger.Batch, error) {
	id, err := strconv.ParseUint(param(c, "batch"), 10, 64)
	if err != nil {
		return ledger.Batch{}, ledger.Fail(ledger.NotFound, text.T("import.bad_batch", param(c, "batch")))
	}
	return a.record(c).Batch(c.UserContext(), id)
}

// showImport shows one batch: what it brought, every problem, and the way to undo it.
func (a *app) showImport(c *fiber.Ctx) error {
	b, err := a.batchOf(c)
	if err != nil {
		return err
	}
	problems, err := a.record(c).Problems(c.UserContext(), b.ID)
	if err != nil {
		return err
	}
	later, err := a.record(c).Later(c.UserContext(), b.ID)
	if err != nil {
		return err
	}
	if format(c) == "json" {
		return c.JSON(batchAnswer{b, problems, later})
	}
	if format(c) == "csv" {
		return a.sendTable(c, problemTable(problems, lang(c)), strconv.FormatUint(b.ID, 10))
	}
	sources, err := a.record(c).Sources(c.UserContext(), b.ID)
	if err != nil {
		return err
	}
	p := a.newBatchPage(c, b, problems, sources)
	p.Later = p.later(later)
	return a.render(c, "imports_batch", p)
}

// downloadImport hands the office's own file back.
func (a *app) downloadImport(c *fiber.Ctx) error {
	b, err := a.batchOf(c)
	if err != nil {
		return err
	}
	content, err := a.record(c).Content(c.UserContext(), b)
	if err != nil {
		return err
	}
	// Never shown in the page's origin, whatever is inside.
	c.Set(fiber.HeaderContentType, fiber.MIMEOctetStream)
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": b.File}))
	return c.Send(content)
}

// undoImport hides a batch from now on; who and why stand in the history.
func (a *app) undoImport(c *fiber.Ctx) error {
	b, err := a.batchOf(c)
	if err != nil {
		return err
	}
	reason := cutReason(c.FormValue("reason"))
	if reason == "" {
		return ledger.Fail(ledger.Invalid, text.T("import.reason_missing"))
	}
	gone, err := undoBatch(c.UserContext(), a.record(c), b.ID, who(c, ""), reason)
	if err != nil {
		return err
	}
	if wantsJSON(c) {
		return c.JSON(gone)
	}
	return c.Redirect("/imports/"+strconv.FormatUint(b.ID, 10), fiber.StatusSeeOther)
}
