package server

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/internal/text"
	"taizhang/ledger"
)

const (
	previewRows   = 8
	shownProblems = 500
)

// sheetPreview is the beginning of a sheet as it would be loaded.
type sheetPreview struct {
	Dataset string     `json:"dataset"`
	Sheet   *string    `json:"sheet"`
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
	label   string
	kinds   []string
	total   int
	bad     []bool
	asked   map[string]string // the words of the page's address
	cells   [][]string        // addresses, for the links that correct them
}

// preview is what a file says before it is loaded: an outcome of a dry run, and the first rows.
type preview struct {
	Hash string `json:"hash"`
	ingest.Outcome
	Sheets []sheetPreview `json:"sheets"`
	// Comparison names the rows that change or go; nil for a file that was loaded before.
	Comparison *ingest.Comparison `json:"comparison"`
	// Tables are how each table was understood, in the words that a mapping is given in.
	Tables []tableRead `json:"tables"`
	file   *ingest.File
	hand   handmade
}

// wish reads how a file is to be read, from an address or a form.
func wish(c *fiber.Ctx) (choice, error) {
	w := choice{Area: elsewhere(c), Dataset: c.FormValue("dataset", c.Query("dataset")), Asof: c.FormValue("asof", c.Query("asof"))}
	if err := w.check(); err != nil {
		return w, err
	}
	var err error
	w.Mode, err = ingest.ParseMode(c.FormValue("mode", c.Query("mode")))
	return w, err
}

// read reads a waiting file; a job of the queue calls it, one at a time, and closes what it read when nobody looks at it any more.
func (a *app) read(ctx context.Context, hash string, w choice, opt ingest.Options) (*ingest.File, ingest.Options, error) {
	up, content, err := a.uploads.get(hash)
	if err != nil {
		return nil, opt, err
	}
	if opt.Asof, err = parseDay("asof", w.Asof); err != nil {
		return nil, opt, err
	}
	opt.Dataset, opt.Mode, opt.By, opt.Now, opt.Temp = w.Dataset, w.Mode, person(), a.ledger.Now(), a.uploads.dir
	if err := a.byHand(ctx, hash, &opt); err != nil {
		return nil, opt, err
	}
	return ingest.Read(ctx, up.File, content, opt), opt, nil
}

// previewImport shows a waiting file: what was recognised, every problem, the first rows.
func (a *app) previewImport(c *fiber.Ctx) error {
	w, err := wish(c)
	if err != nil {
		return err
	}
	hash := param(c, "hash")
	if t := a.queue.loading(hash, w.Area); t != nil && format(c) != "json" {
		return c.Redirect(jobPath(t), fiber.StatusSeeOther)
	}
	p, t, err := a.awaitPrepared(c, hash, w, a.waits(c))
	switch {
	case err != nil:
		return err
	case p == nil:
		return a.answerJob(c, t)
	}
	if err := p.take(c.UserContext()); err != nil {
		return err
	}
	defer p.leave()
	v := preview{Hash: hash, Outcome: p.outcome, Sheets: []sheetPreview{}, Comparison: p.comparison, Tables: tablesRead(p.file), file: p.file}
	if v.hand, err = a.uploads.hand(hash); err != nil {
		return err
	}
	for _, s := range p.file.Sheets {
		if !s.Beside {
			v.Sheets = append(v.Sheets, firstRows(s, lang(c)))
		}
	}
	if format(c) == "json" {
		return c.JSON(v)
	}
	return a.render(c, "imports_preview", a.newPreviewPage(c, v, w))
}

// firstRows shows the columns that hold anything in the first rows of a sheet.
func firstRows(s *ingest.Sheet, lang text.Lang) sheetPreview {
	v := sheetPreview{Dataset: s.Dataset.Name, label: s.Dataset.Label(lang), total: s.Rows.Len(), Columns: []string{}, Rows: [][]string{}}
	if s.Name != "" {
		v.Sheet = &s.Name
	}
	rows := make([]ledger.Row, min(s.Rows.Len(), previewRows))
	for i := range rows {
		rows[i] = s.Rows.Row(i)
	}
	var filled []int
	for i, f := range s.Dataset.Fields {
		for _, r := range rows {
			if f.Stored() && shown(f, r.Values[i]) != "" {
				filled = append(filled, i)
				v.Columns = append(v.Columns, f.Header(lang))
				v.kinds = append(v.kinds, kindOfField(f))
				break
			}
		}
	}
	for n, r := range rows {
		line := make([]string, len(filled))
		at := make([]string, len(filled))
		for k, i := range filled {
			line[k], at[k] = shown(s.Dataset.Fields[i], r.Values[i]), s.Cell(n, s.Dataset.Fields[i].Name)
		}
		v.cells = append(v.cells, at)
		v.Rows = append(v.Rows, line)
		v.bad = append(v.bad, s.Bad.Has(n))
	}
	return v
}

// kindOfField says how a field is set in a table.
func kindOfField(f ledger.Field) string {
	switch {
	case f.Numeric() || f.Kind == ledger.Percent:
		return "num"
	case f.Kind == ledger.Date || f.Kind == ledger.Period:
		return "day"
	}
	return ""
}

// shown writes a value on its way in as it will stand in the record.
func shown(f ledger.Field, v any) string {
	if d, ok := v.(ledger.Day); ok {
		v = d.On(f.Edge)
	}
	return ledger.Plain(v)
}

// commitImport loads a waiting file as one batch.
func (a *app) commitImport(c *fiber.Ctx) error {
	w, err := wish(c)
	if err != nil {
		return err
	}
	hash := c.FormValue("hash")
	up, err := a.uploads.find(hash)
	if err != nil {
		return a.loadedBefore(c, w, hash, err)
	}
	good, _ := strconv.ParseBool(c.FormValue("good_rows"))
	t, err := a.submitLoad(c, up, w, good)
	if err != nil {
		return err
	}
	if !await(c.UserContext(), t, a.waits(c)) {
		return a.answerJob(c, t)
	}
	_, outcome, err := t.result()
	if t.by != actor(c) {
		outcome = outcome.Again() // two brought it at once, and the other was first
	}
	switch {
	case err != nil:
		return err
	case outcome.Status == "": // it was cancelled
		return a.answerJob(c, t)
	case !wantsJSON(c):
		return c.Redirect(toldAgain(t.look().Next, outcome), fiber.StatusSeeOther)
	case outcome.Status == ingest.Refused:
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return c.JSON(outcome)
}

// loadedBefore tells who was slower that the file does not wait any more because it was loaded; another that does not wait is the error it was.
func (a *app) loadedBefore(c *fiber.Ctx, w choice, hash string, missing error) error {
	b, found, err := a.ledger.In(w.Area).Loaded(c.UserContext(), hash)
	if err != nil || !found {
		return cmp.Or(err, missing)
	}
	outcome := ingest.Outcome{File: b.File, Status: ingest.Committed, Batch: &b.ID, Datasets: []ingest.Count{}, Changes: []ingest.Changes{}, Problems: []ledger.Problem{}}.Again()
	if wantsJSON(c) {
		return c.JSON(outcome)
	}
	return c.Redirect(toldAgain(carried(batchPath(b), w.Area), outcome), fiber.StatusSeeOther)
}

// againWord stands in the address of a batch for who brought its file once more.
const againWord = "again"

// toldAgain leads to a batch that says that the file was not loaded twice, where it was not.
func toldAgain(to string, outcome ingest.Outcome) string {
	if outcome.Status != ingest.Duplicate {
		return to
	}
	mark := "?"
	if strings.Contains(to, mark) {
		mark = "&"
	}
	return to + mark + againWord + "=1"
}

// discardImport forgets a waiting file and whatever is under way with it.
func (a *app) discardImport(c *fiber.Ctx) error {
	hash := c.FormValue("hash")
	a.queue.cancelAll(hash)
	a.uploads.drop(hash)
	a.shelf.drop(hash)
	return c.Redirect("/imports", fiber.StatusSeeOther)
}
