package ingest

import (
	"strings"
	"taizhang/internal/wording"

	"taizhang/ledger"
)

// How far down a header is looked for, and over how many rows it may stand.
const (
	headerDepth  = 40
	headerHeight = 3
)

// candidateTops are the rows a header may begin at: those with at least two
// different texts, and among them, if there are any, those with a known header.
func candidateTops(g *grid, from uint32) []uint32 {
	var tops, known []uint32
	for i := range g.rows {
		r := &g.rows[i]
		if r.no < from {
			continue
		}
		if len(tops) == headerDepth {
			break
		}
		if distinctTexts(r) < 2 {
			continue
		}
		tops = append(tops, r.no)
		if knownWords(r) >= 2 || knownWords(r) == 1 && len(r.cells) <= 4 {
			known = append(known, r.no)
		}
	}
	if len(known) > 0 {
		return known
	}
	return tops
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

func distinctTexts(r *gridRow) int {
	seen := map[string]bool{}
	for i := range r.cells {
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
		ctx := contextAbove(g, file, from, top)
		for height := headerSpan(g, top); height <= headerHeight; height++ {
			heads := g.headings(top, height)
			if len(heads) < 2 || height > 1 && !multiRow(g, top, height) {
				continue
			}
			for _, d := range ledger.All {
				if only != nil && d != only {
					continue
				}
				m := matchDataset(d, heads, ctx)
				m.top, m.height = top, height
				if len(m.bindings)+len(m.pivots) < 2 {
					continue
				}
				if len(m.missing) == 0 {
					found = better(found, m)
				} else if len(m.bindings) >= 2 {
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
	if a == nil || b.score > a.score+1e-9 {
		return b
	}
	return a
}

// multiRow reports that a header may stand over several rows: something above
// is merged, or the rows below hold texts only.
func multiRow(g *grid, top uint32, height int) bool {
	for _, m := range g.merges {
		if m.top >= top && m.top < top+uint32(height) && (m.bottom > m.top && m.bottom < top+uint32(height) || m.right > m.left) {
			return true
		}
	}
	for no := top; no < top+uint32(height); no++ {
		r := g.row(no)
		if r == nil {
			return false
		}
		for _, c := range r.cells {
			if c.kind != cellText {
				return false
			}
		}
	}
	return true
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
