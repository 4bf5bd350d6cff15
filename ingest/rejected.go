package ingest

import (
	"context"
	"slices"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// frame is where on its sheet a table stood and what a part of it needs to be read alike on its own.
type frame struct {
	from, top, first uint32 // where the words above it begin, its header, its first line
	dayColumn        string // header for the day of a row, where the sheet does not say it
	besides          []int  // columns that belong to other datasets or add others up
	running          bool   // months are the differences of sums, so a line is read whole or not at all
}

// frame notes the place of a table before its lines are read.
func (t *table) frame(from uint32) *frame {
	fr := &frame{from: from, top: t.top, first: t.first()}
	own, dated := t.dataset.Field(t.dataset.Effective)
	switch {
	case !t.ctx.day.IsZero():
	case !dated && t.carried.day == nil:
		fr.dayColumn = ledger.DataDay.Zh
	case dated && own.Kind == ledger.Date && t.fieldColumn(own.Name) == nil:
		fr.dayColumn = own.Zh
	}
	for _, p := range t.pivots {
		fr.running = fr.running || p.running
		if p.beside != nil {
			fr.besides = append(fr.besides, p.col)
		}
	}
	for _, c := range t.checks {
		fr.besides = append(fr.besides, c.col)
	}
	return fr
}

// Rejected gives a workbook of just the rows that errors block, under their
// sheets' own titles and headers, to be corrected and imported again; sheets
// nobody could read are in it whole. Sums are left out: they would no longer add up.
func Rejected(f *File) ([]byte, error) {
	grids, why := openFile(context.Background(), f.Name, f.Content)
	if why != nil {
		return nil, ledger.Fail(ledger.NotFound, text.T("handback.nothing_rejected", f.Name))
	}
	for _, fix := range f.corrected {
		for _, g := range grids {
			if row, col, ok := parseAddress(fix.Cell); ok && g.name == fix.Sheet {
				g.put(row, col, fix.Value)
			}
		}
	}
	c, err := newCopier(grids)
	if err != nil {
		return nil, err
	}
	defer c.book.Close()
	r := rejection{copier: c, file: f, moved: map[spot]spot{}}
	for _, g := range grids {
		if err := r.copySheet(g); err != nil {
			return nil, err
		}
	}
	if c.fresh {
		return nil, ledger.Fail(ledger.NotFound, text.T("handback.nothing_rejected", f.Name))
	}
	if err := r.markMoved(); err != nil {
		return nil, err
	}
	return written(c.book)
}

// rejection is the workbook of rejected rows being written.
type rejection struct {
	*copier
	file  *File
	moved map[spot]spot // where a cell was -> where it is
	next  int           // the row of the sheet to write
}

func (r *rejection) copySheet(g *grid) error {
	r.next = 1
	read := false
	for _, s := range r.file.Sheets {
		if s.Name != g.name || s.frame == nil {
			continue
		}
		read = true
		if lines := rejectedLines(s); len(lines) > 0 {
			if err := r.copyTable(g, s, lines); err != nil {
				return err
			}
		}
	}
	unread := func(p ledger.Problem) bool { return p.Severity == ledger.SeverityError && string(p.Sheet) == g.name }
	if read || !slices.ContainsFunc(r.file.Problems, unread) {
		return nil
	}
	if err := r.begin(g); err != nil {
		return err
	}
	for i := range g.rows {
		if err := r.copyRow(g, &g.rows[i], int(g.rows[i].no)); err != nil {
			return err
		}
	}
	return r.merge(g, area{1, maxRows, 0, maxColumns}, 0)
}

// begin opens the sheet for the first table of it that has anything to hand back.
func (r *rejection) begin(g *grid) error {
	if r.next > 1 {
		r.next++
		return nil
	}
	return r.sheet(sheetNameOf(g, r.file))
}

// copyTable writes the words above a table, its header and its rejected lines.
func (r *rejection) copyTable(g *grid, s *Sheet, lines []rejectedLine) error {
	if err := r.begin(g); err != nil {
		return err
	}
	down := r.next - int(s.frame.from)
	width := 0
	for i := range g.rows {
		row := &g.rows[i]
		if row.no < s.frame.from || row.no >= s.frame.first {
			continue
		}
		if row.no >= s.frame.top {
			width = max(width, row.cells[len(row.cells)-1].col+1)
		}
		if err := r.copyRow(g, row, int(row.no)+down); err != nil {
			return err
		}
	}
	if err := r.merge(g, area{s.frame.from, s.frame.first - 1, 0, maxColumns}, down); err != nil {
		return err
	}
	r.next = int(s.frame.first) + down
	if err := r.dayHeader(s.frame.dayColumn, width); err != nil {
		return err
	}
	if err := r.dress(uint32(int(s.frame.top)+down), uint32(r.next-1), width); err != nil {
		return err
	}
	for _, line := range lines {
		if err := r.copyLine(g, s, line, width); err != nil {
			return err
		}
	}
	return nil
}

func (r *rejection) dayHeader(label string, col int) error {
	if label == "" {
		return nil
	}
	return r.put(r.next-1, &cell{col: col, kind: cellText, text: label})
}

// copyLine writes a rejected line with the day its row speaks of, where the sheet does not say one.
func (r *rejection) copyLine(g *grid, s *Sheet, line rejectedLine, width int) error {
	row := g.row(line.no)
	if row == nil {
		return nil
	}
	for _, c := range line.cells(g, s, row) {
		if err := r.put(r.next, &c); err != nil {
			return err
		}
		r.move(g, row.no, c.col, r.next)
	}
	for _, col := range line.blank {
		r.move(g, row.no, col, r.next)
	}
	if s.frame.dayColumn != "" && !line.day.IsZero() {
		if err := r.put(r.next, &cell{col: width, kind: cellText, text: line.day.Format(time.DateOnly)}); err != nil {
			return err
		}
	}
	r.next++
	return nil
}

func (r *rejection) copyRow(g *grid, row *gridRow, to int) error {
	for i := range row.cells {
		r.move(g, row.no, row.cells[i].col, to)
	}
	return r.row(to, row.cells)
}

func (r *rejection) move(g *grid, no uint32, col, to int) {
	r.moved[spot{g.name, address(no, col)}] = spot{r.name, address(uint32(to), col)}
}

// markMoved colours and comments the cells where they are now.
func (r *rejection) markMoved() error {
	m := newMarker(r.book)
	order, at := spots(slices.Concat(r.file.Problems, correctionsAmong(r.file.Notes)))
	for _, s := range order {
		if to, ok := r.moved[s]; ok {
			if err := m.mark(to, at[s]); err != nil {
				return err
			}
		}
	}
	return nil
}
