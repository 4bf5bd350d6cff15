package server

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/ledger"
)

// importsPage is /imports.
type importsPage struct {
	page
	Limit    int64 // MiB
	MaxBytes int64
	Datasets []option
	Jobs     []taskView // under way
	JobsJSON string     // where they are asked for again
	Waiting  []waitingFile
	Mappings []rememberedRow // how persons mapped tables by hand
	History  *card
}

// waitingFile is a file that was handed over and not committed.
type waitingFile struct {
	upload
	Href, Time, Bytes string
}

func (a *app) newImportsPage(c *fiber.Ctx, history []ledger.Batch, mappings []ledger.Mapped) importsPage {
	p := importsPage{page: a.newPage(c, "imports"), Limit: a.cfg.UploadLimit >> 20, MaxBytes: a.cfg.UploadLimit}
	p.Sub = p.into()
	for _, d := range ledger.All {
		p.Datasets = append(p.Datasets, option{Value: d.Name, Text: d.Label(p.Lang)})
	}
	p.Jobs, p.JobsJSON = a.jobsUnderWay(c), p.Link("/imports/jobs.json")
	for _, up := range a.uploads.waiting(elsewhere(c)) {
		if a.queue.working(up.Hash) {
			continue // it stands among the jobs
		}
		p.Waiting = append(p.Waiting, waitingFile{up, p.Link("/imports/preview/" + up.Hash), clockTime(up.At), p.bytes(up.Size)})
	}
	p.Mappings = p.remembered(mappings)
	p.History = p.boxed("history")
	if len(history) == 0 {
		p.History.Empty = &empty{Title: p.T("import.empty"), Text: p.T("import.empty.do")}
		return p
	}
	t := p.heads("batch", "file", "rows:num", "dates", "by", "at", "state")
	for _, b := range history {
		t.add(leads(strconv.FormatUint(b.ID, 10), p.Link(batchPath(b))), words(p.broughtBy(b)).from(p.Link(batchPath(b))).under(p.brought(b)),
			num(p.Num().count(ledger.Int(int64(b.Total())), "")), words(span2(b.EffectiveFrom, b.EffectiveTo)),
			words(b.By), words(clockTime(b.CommittedAt)), p.state(b))
	}
	p.History.Table = t
	return p
}

func batchPath(b ledger.Batch) string { return "/imports/" + strconv.FormatUint(b.ID, 10) }

// boxed begins a card of these pages; its title is import.card.KEY.
func (p page) boxed(key string) *card {
	return &card{Words: p, ID: key, Title: p.T("import.card." + key)}
}

// heads begins a table; headers are import.col.KEY, ":num" sets figures to the right.
func (p page) heads(keys ...string) *table {
	t := &table{}
	for _, key := range keys {
		one := column{}
		if n := len(key) - len(":num"); n > 0 && key[n:] == ":num" {
			key, one.Kind = key[:n], "num"
		}
		one.Label = p.T("import.col." + key)
		t.Columns = append(t.Columns, one)
	}
	return t
}

// brought says in one line which datasets a batch brought rows of.
func (p page) brought(b ledger.Batch) string {
	line := ""
	for _, d := range ledger.All {
		if n := b.Rows[d.Name]; n > 0 {
			if line != "" {
				line += p.T("import.comma")
			}
			line += p.T("import.brought", d.Label(p.Lang), n)
		}
	}
	return line
}

// state says whether a batch counts.
func (p page) state(b ledger.Batch) cell {
	if b.UndoneAt != nil {
		return cell{}.tagged(p.T("import.state.undone"), "amber").under(p.T("import.undone_line", clockTime(*b.UndoneAt), b.UndoneBy, b.Reason))
	}
	return cell{}.tagged(p.T("import.state.stands"), "green")
}

func (p page) bytes(n int64) string {
	if n < 1<<20 {
		return strconv.FormatFloat(float64(n)/1024, 'f', 1, 64) + " KiB"
	}
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MiB"
}

func clockTime(t time.Time) string { return t.In(ledger.Office).Format("2006-01-02 15:04") }

// span2 writes the days a batch speaks of.
func span2(from, to *time.Time) string {
	switch {
	case from == nil || to == nil:
		return ""
	case from.Equal(*to):
		return from.Format(time.DateOnly)
	}
	return from.Format(time.DateOnly) + " – " + to.Format(time.DateOnly)
}

// counts is the card of what was recognised: rows per sheet and dataset.
func (p page) counts(list []ingest.Count) *card {
	c := p.boxed("counts")
	t := p.heads("dataset", "sheet", "rows:num", "good:num")
	for _, one := range list {
		label, sheet := one.Name, ""
		if d, err := ledger.Find(one.Name); err == nil {
			label = d.Label(p.Lang)
		}
		if one.Sheet != nil {
			sheet = *one.Sheet
		}
		n := p.Num()
		t.add(words(label), words(sheet), num(n.whole(one.Rows, "")), num(n.whole(one.Good, "")))
	}
	c.Table = t
	return c
}
