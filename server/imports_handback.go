package server

import (
	"context"
	"mime"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// mimeXLSX is what a workbook is called in HTTP.
const mimeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// handBackRoutes are the addresses of the workbooks that go back to the one who sent them.
func (a *app) handBackRoutes() []route {
	return []route{
		{Path: "/imports/preview/:hash/marked", Name: "imports.preview.marked", Needs: access.Import, Export: true, Handle: a.backFromPreview(marked)},
		{Path: "/imports/preview/:hash/rejected", Name: "imports.preview.rejected", Needs: access.Import, Export: true, Handle: a.backFromPreview(rejected)},
		{Path: "/imports/:batch/marked", Name: "imports.marked", Needs: access.SeeFiles, Export: true, Handle: a.backFromBatch(marked)},
		{Path: "/imports/:batch/rejected", Name: "imports.rejected", Needs: access.SeeFiles, Export: true, Handle: a.backFromBatch(rejected)},
		{Path: "/imports/template/:dataset", Name: "imports.template", Needs: access.SeeFiles, Handle: a.sendTemplate},
	}
}

// handBack makes a workbook of a file that was read, and its name.
type handBack func(f *ingest.File) (name string, content []byte, err error)

func marked(f *ingest.File) (string, []byte, error) {
	content, err := ingest.HandBack(f)
	return f.MarkedName(), content, err
}

func rejected(f *ingest.File) (string, []byte, error) {
	content, err := ingest.Rejected(f)
	return f.RejectedName(), content, err
}

// backFromPreview answers for a file that waits, read as the preview reads it.
func (a *app) backFromPreview(make handBack) fiber.Handler {
	return func(c *fiber.Ctx) error {
		w, err := wish(c)
		if err != nil {
			return err
		}
		p, t, err := a.awaitPrepared(c, param(c, "hash"), w, a.cfg.AskLimit)
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
		return sendBack(c, p.file, make)
	}
}

// backFromBatch answers for a file that was loaded, with the problems that were found then.
func (a *app) backFromBatch(make handBack) fiber.Handler {
	return func(c *fiber.Ctx) error {
		b, err := a.batchOf(c)
		if err != nil {
			return err
		}
		if err := a.uploads.reading.start(c.UserContext()); err != nil {
			return err
		}
		defer a.uploads.reading.end()
		file, err := a.readBatch(c.UserContext(), b)
		if err != nil {
			return err
		}
		defer file.Close()
		return sendBack(c, file, make)
	}
}

// readBatch reads a batch's file again as it was read when it was loaded; the caller closes it.
func (a *app) readBatch(ctx context.Context, b ledger.Batch) (*ingest.File, error) {
	content, err := a.ledger.In(b.Area).Content(ctx, b)
	if err != nil {
		return nil, err
	}
	opt, err := ingest.AsLoaded(ctx, a.ledger.In(b.Area), b.ID, ingest.Options{Asof: b.Asof, Now: b.CommittedAt, Temp: a.uploads.dir})
	if err != nil {
		return nil, err
	}
	file := ingest.Read(ctx, b.File, content, opt)
	if only := theOnly(b.Rows); only != "" && !reads(file, only) {
		// A person had named the dataset, which the batch does not tell.
		opt.Dataset = only
		_ = file.Close()
		file = ingest.Read(ctx, b.File, content, opt)
	}
	found, err := a.ledger.In(b.Area).Problems(ctx, b.ID)
	if err != nil {
		return nil, err
	}
	file.Recall(found)
	return file, nil
}

// theOnly is the dataset of a batch that brought rows of one.
func theOnly(rows map[string]uint64) string {
	name := ""
	for dataset := range rows {
		if name != "" {
			return ""
		}
		name = dataset
	}
	return name
}

func reads(f *ingest.File, dataset string) bool {
	for _, s := range f.Sheets {
		if s.Dataset.Name == dataset {
			return true
		}
	}
	return false
}

func sendBack(c *fiber.Ctx, f *ingest.File, make handBack) error {
	name, content, err := make(f)
	if err != nil {
		return err
	}
	return sendWorkbook(c, name, content)
}

// sendWorkbook sends a workbook as a file to save.
func sendWorkbook(c *fiber.Ctx, name string, content []byte) error {
	c.Set(fiber.HeaderContentType, mimeXLSX)
	if strings.HasSuffix(name, ".xlsm") {
		c.Set(fiber.HeaderContentType, fiber.MIMEOctetStream)
	}
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	return c.Send(content)
}

// Back is the address of the marked workbook or the rejected rows of a waiting file; empty when there is nothing in it.
func (p previewPage) Back(which string) string {
	if p.Problems == nil || which == "rejected" && p.Good == p.All {
		return ""
	}
	return address("/imports/preview/"+p.Hash+"/"+which, p.Wish.words())
}

// Back is the same of a batch.
func (p batchPage) Back(which string) string {
	if p.Problems == nil || !p.HasFile || which == "rejected" && !strings.Contains(p.Batch.Mode, "good_rows") {
		return ""
	}
	return batchPath(p.Batch) + "/" + which
}

// Templates are the links to the empty workbooks.
func (p importsPage) Templates() []link {
	var list []link
	for _, d := range ledger.All {
		list = append(list, link{Text: d.Label(p.Lang), Href: p.Link("/imports/template/" + d.Name)})
	}
	return list
}

// sendTemplate sends the empty workbook of a dataset.
func (a *app) sendTemplate(c *fiber.Ctx) error {
	d, err := ledger.Find(param(c, "dataset"))
	if err != nil {
		return err
	}
	content, err := ingest.Template(d, lang(c))
	if err != nil {
		return err
	}
	return sendWorkbook(c, ingest.TemplateName(d, lang(c)), content)
}

// handedBack are the words of `import` that ask for the workbooks.
type handedBack struct {
	Marked   string `json:"marked,omitempty"`
	Rejected string `json:"rejected,omitempty"`
}

// check makes the paths whole, for the process that holds the folder may stand elsewhere.
func (h *handedBack) check(files int) error {
	if files > 1 && (h.Marked != "" || h.Rejected != "") {
		return ledger.Fail(ledger.Invalid, text.T("command.one_file_back"))
	}
	for _, path := range []*string{&h.Marked, &h.Rejected} {
		if err := absolute(path); err != nil {
			return err
		}
	}
	return nil
}
