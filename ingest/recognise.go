package ingest

import (
	"slices"
	"strings"
	"taizhang/internal/wording"

	"taizhang/ledger"
)

// How far down a header is looked for, and over how many rows it may stand.
const (
	headerDepth  = 40
	headerHeight = 3
	headerTries  = 6      // lines that hold known headers
	headerReach  = 10_000 // lines of any kind
)

// candidateTops are the rows a header may begin at: those with at least two
// different texts, and among them, if there are any, those with a known header.
func candidateTops(g *grid, from uint32) []uint32 {
	var tops, known []uint32
	lines := 0
	for r := range g.from(from) {
		if lines++; len(tops) == headerDepth || len(known) == headerTries || lines > headerReach {
			break
		}
		if distinctTexts(r) < 2 || g.continues(r.no, from) {
			continue
		}
		tops = append(tops, r.no)
		if n := knownWords(r); n >= 2 || n == 1 && (len(r.cells) <= 4 || periods(r)*2 >= len(r.cells)) {
			known = append(known, r.no)
		}
	}
	if len(known) > 0 {
		return known
	}
	return tops
}

// continues reports a line that a merged cell of a line above reaches into: it is the lower part of a header, not its top.
func (g *grid) continues(no, from uint32) bool {
	return slices.ContainsFunc(g.merges, func(m area) bool {
		if m.top < from || m.top >= no || no > m.bottom {
			return false
		}
		above := g.row(m.top)
		return above != nil && distinctTexts(above) >= 2
	})
}

// knownWords counts the cells of a line that are headers of some dataset.
func knownWords(r *gridRow) int {
	n := 0
	for i := range r.cells {
		if r.cells[i].kind == cellText && len(r.cells[i].text) < 120 && headerWords[headerForm(r.cells[i].text)] {
			n++
		}
	}
	return n
}

// periods counts the cells of a line that name a month, a year or the like.
func periods(r *gridRow) int {
	n := 0
	for i := range r.cells {
		c := &r.cells[i]
		if c.kind == cellDate || yearFigure(c) || c.kind == cellText && len(c.text) < 30 && namesPeriod.MatchString(c.text) && strings.ContainsAny(c.text, "年月季") {
			n++
		}
	}
	return n
}

func distinctTexts(r *gridRow) int {
	seen := map[string]bool{}
	for i := range r.cells {
		if yearFigure(&r.cells[i]) || r.cells[i].kind == cellDate {
			seen[r.cells[i].text] = true
		}
		if r.cells[i].kind == cellText {
			if t := wording.Clean(r.cells[i].text); t != "" {
				seen[t] = true
			}
		}
	}
	return len(seen)
}

// recognise finds the next table of a sheet at or below a row: the best reading
// of any header as any dataset. The second result is the best reading that
// lacks an essential column, for the sentence that says so.
func recognise(g *grid, file string, from uint32, only *ledger.Dataset) (found, lacking *match) {
	for _, top := range candidateTops(g, from) {
		if found != nil && len(found.bindings) >= 4 && top > found.top+headerHeight {
			break // what comes further down is another table
		}
		ctx := contextAbove(g, file, from, top)
		span := headerSpan(g, top)
		for height := span; height <= headerHeight; height++ {
			heads := g.headings(top, height)
			if len(heads) < 2 || !multiRow(g, top, height, span) {
				continue
			}
			ctx.first = top + uint32(height)
			for _, d := range ledger.All {
				if only != nil && d != only {
					continue
				}
				m := matchDataset(d, heads, ctx)
				if d.NeedsTitle && !m.titled && d != only && m.carried.marks == nil {
					continue
				}
				m.top, m.height = top, height
				if len(m.bindings)+len(m.pivots) < 2 {
					continue
				}
				if len(m.missing) == 0 {
					found = better(found, m)
				} else if len(m.bindings)+min(len(m.pivots), 1) >= 2 {
					lacking = better(lacking, m)
				}
			}
		}
	}
	if lacking != nil && !lacking.plausible() {
		lacking = nil
	}
	// A sheet that clearly is another dataset with a column missing is not to be read as a lesser one.
	if found != nil && lacking != nil && lacking.titled && !found.titled && lacking.score+3 > found.score+2 && lacking.top <= found.top {
		found = nil
	}
	return found, lacking
}

// headerSpan is how many rows the header takes at least: a cell of its first row merged downwards says so.
func headerSpan(g *grid, top uint32) int {
	span := 1
	for _, m := range g.merges {
		if height := int(m.bottom-m.top) + 1; m.top == top && height <= headerHeight {
			span = max(span, height)
		}
	}
	return span
}

func better(a, b *match) *match {
	// Of two readings from the same row the deeper one wins a tie: it knows the units below.
	deeper := a != nil && a.dataset == b.dataset && a.top == b.top && b.height > a.height && b.score > a.score-1e-9
	if a == nil || deeper || b.score > a.score+1e-9 {
		return b
	}
	return a
}

// multiRow reports that a header may stand over several rows: a merged cell
// reaches down, or the rows below hold words of headers and no figures.
func multiRow(g *grid, top uint32, height, span int) bool {
	for no := top + uint32(span); no < top+uint32(height); no++ {
		r := g.row(no)
		if r == nil {
			return false
		}
		known := 0
		for i := range r.cells {
			c := &r.cells[i]
			if c.kind != cellText && !yearFigure(c) {
				return false
			}
			if h, ok := g.heading(top, int(no-top)+1, c.col); ok && h.known() {
				known++
			}
		}
		if known*2 < len(r.cells) {
			return false
		}
	}
	return true
}

// yearFigure reports a header such as 2015 stored as a number.
func yearFigure(c *cell) bool {
	return c.kind == cellNumber && len(c.text) == 4 && (strings.HasPrefix(c.text, "19") || strings.HasPrefix(c.text, "20"))
}

// known reports that a header's lowest text, or its whole path, is a word of headers, a period or a unit.
func (h *heading) known() bool {
	if h.leaf.text == "" || isTotalHeading(*h) || headerWords[h.leaf.text] {
		return true
	}
	for _, f := range h.forms {
		if headerWords[f.text] {
			return true
		}
	}
	_, unit := LookupUnit(h.leaf.text)
	_, err := ParsePeriod(h.leaf.text, DateContext{Year: 2000})
	// A bare 1 would be January, but below a header it is rather a figure.
	period := err == nil && (h.leaf.runes > 2 || strings.ContainsAny(h.leaf.text, "月季"))
	return unit || period || slices.ContainsFunc(ledger.TaxTypes, func(t string) bool { return headerForm(t) == h.leaf.text })
}

// plausible reports that a reading with a missing column is near enough to name that column.
func (m *match) plausible() bool {
	known := len(m.bindings) + len(m.pivots)
	essential := len(m.essentials()) - len(m.missing)
	return essential >= 1 && (m.titled && known >= 2 || 2*known >= known+len(m.free) && known >= 3)
}

// missingLabels names the missing columns as people know them.
func (m *match) missingLabels() string {
	var names []string
	for _, choice := range m.missing {
		var labels []string
		for _, name := range strings.Split(choice, "|") {
			if f, ok := m.dataset.Field(name); ok {
				labels = append(labels, f.Zh)
			}
		}
		names = append(names, strings.Join(labels, "/"))
	}
	return strings.Join(names, "、")
}
