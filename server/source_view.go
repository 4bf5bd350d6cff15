package server

import (
	"fmt"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// widestSource is how many fields a line of rows behind a figure shows.
const widestSource = 10

// sourcePage is /source.
type sourcePage struct {
	page
	Table    *card   // rows behind a figure, or the datasets
	Versions []*card // every version of one row
}

func (a *app) newSourcePage(c *fiber.Ctx, q analytics.Question, found lineage, version uint64) sourcePage {
	p := sourcePage{page: a.newPage(c, "source")}
	p.Question, p.Stamp = q, stampOf(q, found, version)
	p.Crumb, p.Title = &link{Text: p.Title, Href: p.Link("/source")}, found.dataset.Label(p.Lang)
	if found.Key == "" {
		p.Sub = p.filterLine(found)
		p.Table = p.behind(found)
		return p
	}
	p.Sub = found.Key
	for i, v := range found.Versions {
		p.Versions = append(p.Versions, p.version(i, v))
	}
	return p
}

// stampOf says on which batches the shown rows stand.
func stampOf(q analytics.Question, found lineage, version uint64) *analytics.Stamp {
	s := &analytics.Stamp{Asof: found.Asof, Stood: q.Clock.Stood, Version: version}
	if q.Clock.Known.Year() < 2199 { // later is the clock's "everything known now"
		s.Known = q.Clock.Known.In(ledger.Office).Format("2006-01-02T15:04:05.000")
	}
	for _, v := range found.Versions {
		if !slices.Contains(s.Batches, v.Batch.ID) {
			s.Batches = append(s.Batches, v.Batch.ID)
			if v.Batch.File != "" {
				s.Files = append(s.Files, v.Batch.File)
			}
		}
	}
	return s
}

// filterLine says which rows were asked for.
func (p page) filterLine(found lineage) string {
	line := ""
	for _, f := range found.dataset.Fields {
		if value, asked := found.Filter[f.Name]; asked {
			if line != "" {
				line += p.T("import.comma")
			}
			line += f.Label(p.Lang) + " = " + orDash(value)
		}
	}
	return line
}

// behind is the table of rows behind a figure, each value with its cell.
func (p page) behind(found lineage) *card {
	c := p.boxed("behind")
	c.Hint = p.T("import.behind.hint", len(found.Versions), found.Total)
	if len(found.Versions) == 0 {
		c.Empty = &empty{Title: p.T("import.behind.none"), Text: p.T("import.empty.do")}
		return c
	}
	fields := shownFields(found)
	t := p.heads("place", "effective")
	t.Tall = true
	for _, f := range fields {
		t.Columns = append(t.Columns, column{Label: f.Label(p.Lang), Unit: f.Unit, Kind: kindOfField(f)})
	}
	for _, v := range found.Versions {
		cells := []cell{leads(p.placeOf(v), p.versionsOf(v)).under(p.broughtBy(v.Batch)), words(v.Effective.Format("2006-01-02"))}
		for _, f := range fields {
			cells = append(cells, tracedCell(v, f, p.Lang))
		}
		t.add(cells...)
	}
	c.Table = t
	return c
}

// shownFields are the key, what was asked for, and then what holds anything, figures first.
func shownFields(found lineage) []ledger.Field {
	filled := map[string]bool{}
	for _, v := range found.Versions {
		for _, traced := range v.Fields {
			filled[traced.Name] = filled[traced.Name] || traced.Value != ""
		}
	}
	var first, figures, rest []ledger.Field
	for _, f := range found.dataset.StoredFields() {
		_, asked := found.Filter[f.Name]
		switch {
		case slices.Contains(found.dataset.Key, f.Name) || asked:
			first = append(first, f)
		case filled[f.Name] && f.Numeric():
			figures = append(figures, f)
		case filled[f.Name]:
			rest = append(rest, f)
		}
	}
	all := slices.Concat(first, figures, rest)
	return all[:min(len(all), widestSource)]
}

// tracedCell is a value with the cell it was read from; the hover shows the cell as written.
func tracedCell(v ledger.Version, f ledger.Field, lang text.Lang) cell {
	for _, traced := range v.Fields {
		if traced.Name == f.Name {
			shown := words(traced.Value)
			if f.Numeric() && traced.Value != "" {
				shown.Value = grouped(traced.Value)
			}
			o := v.Of(traced)
			shown.Full = o.Raw
			if o.Correction != nil {
				shown = shown.tagged(text.T("import.corrected").In(lang), "blue")
			}
			return shown.under(o.Cell)
		}
	}
	return words("")
}

// placeOf is the sheet and row of a version, such as 税收2015!12, or that a form wrote it.
func (p page) placeOf(v ledger.Version) string {
	if v.Batch.Kind == "form" {
		return p.T("record.form")
	}
	if v.Sheet == "" {
		return fmt.Sprintf("%d", v.SheetRow)
	}
	return fmt.Sprintf("%s!%d", v.Sheet, v.SheetRow)
}

// versionsOf is the address of every version of the same row.
func (p page) versionsOf(v ledger.Version) string {
	asked := url.Values{"dataset": {v.Dataset}, "key": {v.Key}}
	for name, values := range p.words {
		if name != "year" && name != "basis" {
			asked[name] = values
		}
	}
	return address("/source", asked)
}

// version is one state of a row: every field with its value, the cell as written and where it stands.
func (p page) version(i int, v ledger.Version) *card {
	c := p.boxed("version")
	c.ID = fmt.Sprintf("version-%d", i)
	c.Title = p.T("import.version", v.Effective.Format("2006-01-02"))
	state := "import.version.before"
	switch {
	case v.Deleted:
		state = "import.version.deleted"
	case v.Counts:
		state = "import.version.counts"
	}
	c.Hint = p.T("import.version.from", p.T(state), v.Batch.File, orDash(p.placeOf(v)), v.Batch.By, clockTime(v.Batch.CommittedAt))
	if v.Batch.Kind == "form" {
		c.Hint = p.T("record.version.from", p.T(state), v.Batch.By, clockTime(v.Batch.CommittedAt), orDash(v.Batch.Comment))
	}
	c.Acts = []link{{Text: p.T("import.batch_title", v.Batch.ID), Href: p.Link(batchPath(v.Batch))}}
	if edit := p.editLink(v.Dataset, v.Key, p.versionsOf(v)); v.Counts && edit != "" {
		c.Acts = append(c.Acts, link{Text: p.T("record.change"), Href: edit})
	}
	t := p.heads("field", "value", "raw", "cell")
	for _, traced := range v.Fields {
		o := v.Of(traced)
		raw, cell := words(o.Raw), words(o.Cell)
		if o.Correction != nil {
			raw = raw.under(p.problemRow(*o.Correction).Said)
		}
		switch {
		case traced.Origin != nil:
			cell = words(p.placeLine(o)).under(p.T("record.carried", o.By, clockTime(o.At)))
		case o.Given:
			cell = words(p.T("import.by_person"))
		case o.Kind == "form":
			cell = words(p.placeLine(o))
		}
		t.add(words(traced.Field.Header(p.Lang)), words(p.marked(ledger.Optional(traced.Value), traced.Mark)), raw, cell)
	}
	c.Table = t
	return c
}
