package ingest

import (
	"taizhang/internal/text"
	"taizhang/ledger"
)

// handwork is what persons said about a file beside what stands in it.
type handwork struct {
	mappings []Mapping
	known    []Known
}

// understanding is a table as it will be read; match is nil when it will not.
type understanding struct {
	match   *match
	ctx     sheetContext
	layout  *Layout
	lacking *match // the best reading that lacks a column
}

// understand finds the next table of a sheet at or below a row: as a person
// maps it, else as a table with the same headers was mapped before, else by its headers.
func (f *File) understand(g *grid, from uint32, only *ledger.Dataset) understanding {
	for _, mp := range f.hand.mappings {
		if mp.Sheet == g.name && (mp.From == from || mp.From < from && mp.Header >= from) {
			mp.From = from
			return f.readMapped(g, mp, ByPerson)
		}
	}
	m, lacking := recognise(g, f.stem(), from, only)
	until := g.rows[len(g.rows)-1].no
	if m != nil {
		until = m.top + uint32(m.height) - 1
	}
	if known, top := f.hand.recall(g, from, until, only); known != nil {
		u := f.readMapped(g, known.fitted(g, from, top), Remembered)
		if u.layout.Origin != Unfit {
			u.layout.Known = known
			return u
		}
	}
	if m == nil {
		return understanding{lacking: lacking, layout: layUnread(g, f.stem(), from, lacking)}
	}
	ctx := contextAbove(g, f.stem(), from, m.top)
	return understanding{m, ctx, lay(g, mappingOf(g, m, from), Recognised), nil}
}

// readMapped reads a table as a mapping says; a mapping that cannot be reads nothing and says why.
func (f *File) readMapped(g *grid, mp Mapping, origin Origin) understanding {
	mp.withKeys(g)
	u := understanding{layout: lay(g, mp, origin)}
	if mp.Dataset == LeftUnread {
		return u
	}
	unfit := func(why []text.Message) understanding {
		u.layout.Origin, u.layout.Faults = Unfit, why
		return u
	}
	d, why := mp.check(g)
	if len(why) > 0 {
		return unfit(why)
	}
	u.ctx = contextAbove(g, f.stem(), mp.From, mp.Header)
	u.ctx.setYear(mp.Year)
	u.ctx.given, u.ctx.first = mp.Fixed, mp.Header+uint32(mp.Height)
	m := mp.read(g, d, u.ctx)
	if len(mp.Columns) == 0 {
		found := mappingOf(g, m, mp.From)
		u.layout.Mapping.Columns = found.Columns
	}
	if why := mp.checkRead(m); len(why) > 0 {
		return unfit(why)
	}
	u.match = m
	return u
}

// setYear puts a person's year in place of the sheet's.
func (c *sheetContext) setYear(year int) {
	if year == 0 || year == c.year {
		return
	}
	c.year = year
	c.rereadDay()
	c.period = c.titlePeriod()
}

// recall finds the topmost header, down to a row, that was mapped by hand before.
func (h *handwork) recall(g *grid, from, until uint32, only *ledger.Dataset) (*Known, uint32) {
	if len(h.known) == 0 {
		return nil, 0
	}
	tried := 0
	for i := range g.rows {
		r := &g.rows[i]
		if r.no < from || distinctTexts(r) < 2 {
			continue
		}
		if r.no > until || tried == headerDepth {
			break
		}
		tried++
		var shapes [headerHeight + 1]string
		for at := range h.known {
			k := &h.known[at]
			if k.Mapping.Height < 1 || k.Mapping.Height > headerHeight || only != nil && k.Mapping.Dataset != only.Name {
				continue
			}
			shape := &shapes[k.Mapping.Height]
			if *shape == "" {
				*shape = shapeOf(g.headings(r.no, k.Mapping.Height))
			}
			if *shape != "" && *shape == k.Shape {
				return k, r.no
			}
		}
	}
	return nil, 0
}

// layUnread shows a sheet nobody read, with the header and the dataset it may have.
func layUnread(g *grid, file string, from uint32, lacking *match) *Layout {
	mp := Mapping{Sheet: g.name, From: from, Header: from, Height: 1}
	most := 0
	for i, tried := 0, 0; i < len(g.rows) && tried < layoutLines; i++ {
		r := &g.rows[i]
		if r.no < from {
			continue
		}
		if n := distinctTexts(r); n > most {
			mp.Header, most = r.no, n
		}
		tried++
	}
	if lacking == nil {
		return lay(g, mp, NotRead)
	}
	// A line of figures with a word or two may look like a header; the line of most words rather is one.
	if r := g.row(lacking.top); r == nil || 4*distinctTexts(r) < 3*most {
		ctx := contextAbove(g, file, from, mp.Header)
		ctx.first = mp.Header + 1
		likely := matchDataset(lacking.dataset, g.headings(mp.Header, 1), ctx)
		likely.top, likely.height = mp.Header, 1
		lacking = likely
	}
	return lay(g, mappingOf(g, lacking, from), NotRead)
}

// sayMapped notes by whose mapping a table is read, or why none can be.
func (f *File) sayMapped(g *grid, l *Layout) {
	at := place{l.Mapping.Dataset, g.name, address(max(l.Mapping.Header, 1), 0), ""}
	note := func(kind string, message text.Message) {
		f.Notes = append(f.Notes, newProblem(ledger.SeverityNote, kind, at, "", "", message))
	}
	switch {
	case l.Origin == Unfit:
		for _, why := range l.Faults {
			f.Problems = append(f.Problems, newProblem(ledger.SeverityError, "bad_mapping", at, "", "", why))
		}
	case l.Mapping.Dataset == LeftUnread:
		at.dataset = ""
		note("left_unread", text.T("problem.left_unread", g.name))
	case l.Origin == ByPerson:
		note("mapped", text.T("problem.mapped"))
	case l.Known != nil:
		note("mapped_as_before", text.T("problem.mapped_as_before", l.Known.At, l.Known.By))
	}
}

// unusedMappings says which mappings met no table.
func (f *File) unusedMappings() {
	for _, mp := range f.hand.mappings {
		used := false
		for _, l := range f.Layouts {
			used = used || l.Mapping.Sheet == mp.Sheet && l.Mapping.Header == mp.Header && l.Origin != Recognised
		}
		if !used {
			f.Problems = append(f.Problems, newProblem(ledger.SeverityError, "bad_mapping", place{sheet: mp.Sheet}, "", "", text.T("mapping.unused", mp.Header, mp.Sheet)))
		}
	}
}
