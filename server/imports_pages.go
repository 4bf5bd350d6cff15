package server

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/ledger"
)

// previewPage is /imports/preview/:hash.
type previewPage struct {
	page
	Hash, File string
	Wish       choice
	Verdict    string
	Tone       string // of the verdict
	Earlier    string // address of the batch that brought the same content
	Blocked    bool   // a plain import refuses the file
	Good, All  int    // rows without an error, rows in all
	Loadable   bool
	Datasets   []option
	Modes      []option
	Counts     *card
	Changes    []*card // what the file changes in the record
	Removes    int     // rows it takes out of the record
	Problems   *problemsCard
	Sheets     []*card
	Columns    []*columnsCard // how each table was understood
	Fixes      *fixesCard
}

func (a *app) newPreviewPage(c *fiber.Ctx, v preview, w choice) previewPage {
	p := previewPage{page: a.newPage(c, "imports"), Hash: v.Hash, File: v.File, Wish: w}
	p.Crumb, p.Title = &link{Text: p.Title, Href: p.Link("/imports")}, v.File
	p.Sub = p.into()
	for _, d := range v.Datasets {
		p.Good, p.All = p.Good+d.Good, p.All+d.Rows
	}
	p.Blocked = v.Status == ingest.Refused
	p.Loadable = v.Status == ingest.Checked || p.Blocked && p.Good > 0 && !v.Unreplaceable()
	p.Verdict, p.Tone = p.T("import.verdict."+string(v.Status), p.All), "good"
	switch {
	case v.Status == ingest.Duplicate:
		p.Tone = "warn"
		if v.Batch != nil {
			p.Earlier = p.Link(batchPath(ledger.Batch{ID: *v.Batch}))
		}
	case p.Blocked:
		p.Tone = "bad"
	}
	p.Datasets = []option{{Text: p.T("import.recognise")}}
	for _, d := range ledger.All {
		p.Datasets = append(p.Datasets, option{Value: d.Name, Text: d.Label(p.Lang), Selected: d.Name == w.Dataset})
	}
	if len(v.Datasets) > 0 {
		p.Counts = p.counts(append(append([]ingest.Count{}, v.Datasets...), v.Beside...))
	}
	p.Modes, p.Changes = p.modes(w), p.changes(v.Comparison)
	for _, c := range v.Outcome.Changes {
		p.Removes += c.Removed
	}
	p.Problems = p.problems(c, slices.Concat(v.Outcome.Problems, v.Notes))
	p.Problems.mend(c, v)
	p.Columns, p.Fixes = p.columnCards(c, v), p.fixes(c, v)
	for _, s := range v.Sheets {
		s.asked = c.Queries()
		p.Sheets = append(p.Sheets, p.sheetCard(s))
	}
	return p
}

// sheetCard shows the first rows of a sheet; rows with an error are marked.
func (p page) sheetCard(s sheetPreview) *card {
	c := &card{Words: p, ID: s.Dataset, Title: s.label, Hint: p.T("import.first_rows", len(s.Rows), s.total)}
	if s.Sheet != nil {
		c.Title += " · " + *s.Sheet
	}
	t := &table{}
	for i, header := range s.Columns {
		t.Columns = append(t.Columns, column{Label: header, Kind: s.kinds[i]})
	}
	for n, line := range s.Rows {
		cells := make([]cell, len(line))
		for i, v := range line {
			cells[i] = words(v)
			if at := s.cells[n][i]; cellName.MatchString(at) {
				cells[i] = cells[i].from(p.fixLink(s.asked, s.Sheet, at))
				cells[i].Full = at
			}
		}
		if s.bad[n] && len(cells) > 0 {
			cells[0] = cells[0].tagged(p.T("severity.error"), "red")
		}
		t.add(cells...)
	}
	c.Table = t
	return c
}

// batchPage is /imports/:batch.
type batchPage struct {
	page
	Batch    ledger.Batch
	From     string // its file, or that it was a form
	ID       uint64
	Size     string
	When     string
	Days     string
	Mode     string
	Undone   string
	Again    string // to who brought the file once more
	HasFile  bool
	Counts   *card
	Problems *problemsCard
	Fixed    *card // cells a person corrected
	Places   *card
	Later    []*card // what an undo leaves as it is
}

func (a *app) newBatchPage(c *fiber.Ctx, b ledger.Batch, problems []ledger.Problem, sources []ledger.Source) batchPage {
	p := batchPage{page: a.newPage(c, "imports"), Batch: b, ID: b.ID}
	p.Crumb, p.Title = &link{Text: p.Title, Href: p.Link("/imports")}, p.T("import.batch_title", b.ID)
	p.From = p.broughtBy(b)
	p.Size, p.When, p.Days, p.HasFile = p.bytes(int64(b.Size)), clockTime(b.CommittedAt), orDash(span2(b.EffectiveFrom, b.EffectiveTo)), b.Hash != ""
	p.Mode = p.T("import.mode." + b.Mode)
	if b.UndoneAt != nil {
		p.Undone = p.T("import.undone_line", clockTime(*b.UndoneAt), b.UndoneBy, b.Reason)
	} else if c.Query(againWord) != "" {
		p.Again = p.T("import.again", b.By, clockTime(b.CommittedAt))
	}
	p.Counts = p.boxed("brought")
	t := p.heads("dataset", "rows:num")
	for _, d := range ledger.All {
		if n := b.Rows[d.Name]; n > 0 {
			t.add(leads(d.Label(p.Lang), p.Source(d.Name, nil)), num(p.Num().count(ledger.Int(int64(n)), "")))
		}
	}
	p.Counts.Table = t
	p.Problems, p.Fixed = p.problems(c, problems), p.fixed(problems)
	p.Places = p.places(sources)
	return p
}

// places says from which column of which sheet each field was read.
func (p page) places(sources []ledger.Source) *card {
	if len(sources) == 0 {
		return nil
	}
	c := p.boxed("places")
	t := p.heads("dataset", "sheet", "header_row:num", "columns")
	for _, s := range sources {
		d, err := ledger.Find(s.Dataset)
		if err != nil || len(s.Fields) == 0 || s.Columns[0] == ledger.FromForm { // removals and forms were read nowhere
			continue
		}
		var parts []string
		for i, name := range s.Fields {
			if f, ok := d.Field(name); ok && i < len(s.Columns) {
				column := s.Columns[i]
				switch column {
				case ledger.FromSheetName:
					column = p.T("import.col.sheet")
				case ledger.FromPerson:
					column = p.T("import.by_person")
				}
				parts = append(parts, column+" "+f.Label(p.Lang))
			}
		}
		t.add(words(d.Label(p.Lang)), words(s.Sheet), num(p.Num().whole(int(s.HeaderRow), "")), words(strings.Join(parts, p.T("import.comma"))))
	}
	c.Table = t
	return c
}
