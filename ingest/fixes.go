package ingest

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Fix is what a person puts in place of what stands in a cell; the file itself stays as it came.
type Fix struct {
	Sheet string    `json:"sheet"` // the sheet's name, empty for CSV
	Cell  string    `json:"cell"`  // C5; within merged cells any of them
	Value string    `json:"value"` // empty: nothing stands there
	By    string    `json:"by"`
	At    time.Time `json:"at"`
}

// Correction is a fix with what the file says in that cell.
type Correction struct {
	Fix
	Was   string `json:"was"`
	Asked string `json:"asked"` // the cell as the person named it; Cell is the one that speaks for its merge
}

// mostTexts is how many cells that problems name are kept to be shown for mending.
const mostTexts = 5_000

// overlay puts the fixes over the cells, so that every unit, date and check reads the corrected text.
func (f *File) overlay(grids []*grid, fixes []Fix) {
	f.corrected = map[spot]Correction{}
	for _, fix := range fixes {
		row, col, ok := parseAddress(strings.ToUpper(fix.Cell))
		at := slices.IndexFunc(grids, func(g *grid) bool { return g.name == fix.Sheet })
		if !ok || at < 0 {
			f.Problems = append(f.Problems, newProblem(ledger.SeverityWarning, "fix_lost", place{sheet: fix.Sheet, cell: fix.Cell}, "", fix.Value,
				text.T("problem.fix_lost", fix.Sheet, fix.Cell)))
			continue
		}
		row, col = grids[at].speaker(row, col)
		asked := fix.Cell
		fix.Cell = address(row, col)
		was, changed := grids[at].put(row, col, fix.Value)
		if earlier, twice := f.corrected[spot{fix.Sheet, fix.Cell}]; twice {
			was = earlier.Was
		}
		if changed {
			f.corrected[spot{fix.Sheet, fix.Cell}] = Correction{fix, was, asked}
		}
	}
	for _, c := range f.Corrections() {
		f.noteCorrection(c)
	}
}

// Corrections are the cells a person changed, in the order they were changed.
func (f *File) Corrections() []Correction {
	var list []Correction
	for _, c := range f.corrected {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b Correction) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Cell, b.Cell))
	})
	return list
}

// noteCorrection writes a correction down among the notes, which go into the record with the batch.
func (f *File) noteCorrection(c Correction) {
	p := newProblem(ledger.SeverityNote, ledger.Corrected, place{sheet: c.Sheet, cell: c.Cell}, c.Was, c.Value,
		text.T("problem.corrected", c.By, c.At.In(ledger.Office).Format("2006-01-02 15:04"), orBlank(clip(c.Was)), orBlank(clip(c.Value))))
	f.Notes = append(f.Notes, p)
}

func orBlank(s string) text.Message {
	if s == "" {
		return text.T("problem.blank")
	}
	return text.T("mapping.name", s, s)
}

// written is what the file itself says where a value was read; at is the value's address, which differs
// from the corrected cell's in a merge that spans columns.
func (t *table) written(row uint32, col int, c *cell) string {
	if len(t.file.corrected) > 0 {
		ownRow, ownCol := t.grid.speaker(row, col)
		if fix, ok := t.file.corrected[spot{t.grid.name, address(ownRow, ownCol)}]; ok {
			if at := address(row, col); at != fix.Cell && !t.reported[ledger.Corrected+"@"+at] {
				t.reported[ledger.Corrected+"@"+at] = true
				moved := fix
				moved.Cell = at
				t.file.noteCorrection(moved)
			}
			return clip(fix.Was)
		}
	}
	if c == nil {
		return ""
	}
	return clip(t.grid.display(c))
}

// speaker is the cell that speaks for a place: the upper left one of its merge, unless it holds something itself.
func (g *grid) speaker(row uint32, col int) (uint32, int) {
	if r := g.row(row); r != nil && r.at(col) != nil {
		return row, col
	}
	if m, ok := g.merged(row, col); ok {
		return m.top, m.left
	}
	return row, col
}

// put writes a text into a cell; a figure over a figure stays one. It gives back what stood there and whether that differs.
func (g *grid) put(row uint32, col int, value string) (was string, changed bool) {
	at, found := slices.BinarySearchFunc(g.rows, row, func(r gridRow, no uint32) int { return cmp.Compare(r.no, no) })
	c := cell{col: col, kind: cellText, text: value}
	if found {
		if old := g.rows[at].at(col); old != nil {
			if was = g.display(old); was == value && old.kind != cellUnknown {
				return was, false
			}
			if old.kind == cellNumber && isPlain(value) {
				c.kind = cellNumber
			}
		}
	}
	if was == "" && value == "" {
		return "", false
	}
	if !found {
		g.rows = slices.Insert(g.rows, at, gridRow{no: row})
	}
	r := &g.rows[at]
	cells := slices.DeleteFunc(slices.Clone(r.cells), func(c cell) bool { return c.col == col })
	if value != "" {
		cells = append(cells, c)
		slices.SortFunc(cells, func(a, b cell) int { return a.col - b.col })
	}
	if r.cells = cells; len(cells) == 0 {
		g.rows = slices.Delete(g.rows, at, at+1)
	}
	return was, true
}

// keepText keeps a cell that a problem names while its row is at hand: a large sheet is not kept.
func (t *table) keepText(cell string) {
	row, col, ok := parseAddress(cell)
	if t.grid.read == 0 || !ok || len(t.file.texts) >= mostTexts {
		return
	}
	if t.file.texts == nil {
		t.file.texts = map[spot]string{}
	}
	if i := t.grid.indexOf(row); i < len(t.grid.rows) && t.grid.rows[i].no == row {
		text := ""
		if c := t.grid.rows[i].at(col); c != nil {
			text = t.grid.display(c)
		}
		t.file.texts[spot{t.grid.name, cell}] = text
	}
}

// keepTexts keeps the cells that problems name as they were read.
func (f *File) keepTexts(grids []*grid) {
	f.texts = map[spot]string{}
	for _, p := range f.Problems {
		row, col, ok := parseAddress(string(p.Cell))
		if !ok || len(f.texts) >= mostTexts {
			continue
		}
		for _, g := range grids {
			if g.name != string(p.Sheet) {
				continue
			}
			row, col = g.speaker(row, col)
			text := ""
			if r := g.row(row); r != nil && r.at(col) != nil {
				text = g.display(r.at(col))
			}
			f.texts[spot{g.name, string(p.Cell)}] = text
		}
	}
}

// Text is what stands in a cell that a problem names, corrections included; false for other cells.
func (f *File) Text(sheet, cell string) (string, bool) {
	said, ok := f.texts[spot{sheet, cell}]
	return said, ok
}

// Shown is what stands in the cell field of row i was read from, corrections included, and its address.
func (f *File) Shown(s *Sheet, i int, field string) (said, cell string) {
	row := s.Rows.Row(i)
	cell, at, ok := s.Sources[row.Source].Cell(field, row.SheetRow, row.Rows)
	if !ok || at >= len(row.Raw) {
		return "", ""
	}
	if c, corrected := f.corrected[spot{s.Name, cell}]; corrected {
		return c.Value, cell
	}
	return row.Raw[at], cell
}

// correctionsAmong are the notes that stand for corrected cells.
func correctionsAmong(notes []ledger.Problem) []ledger.Problem {
	var list []ledger.Problem
	for _, p := range notes {
		if p.Kind == ledger.Corrected {
			list = append(list, p)
		}
	}
	return list
}
