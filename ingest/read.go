package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"taizhang/internal/wording"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Hash names a file's content: two files with the same hash hold the same bytes.
func Hash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Read opens a file, recognises its tables, reads and checks every row. It
// never fails: what is wrong stands in Problems. Large files should be closed.
func Read(ctx context.Context, name string, content []byte, opt Options) *File {
	f := &File{Name: filepath.Base(name), Hash: Hash(content), Content: content, store: &rowStore{dir: opt.Temp, ctx: ctx}}
	err := f.readByRow(ctx, opt)
	if errors.Is(err, errWhole) {
		// What was read so far is forgotten.
		f.Sheets, f.Problems, f.Notes, f.Layouts, f.store = nil, nil, nil, nil, &rowStore{dir: opt.Temp, ctx: ctx}
		err = f.readWhole(ctx, opt)
	}
	f.store.ctx = nil
	if err == nil && ctx.Err() != nil {
		err = refuse("cancelled", "problem.cancelled")
	}
	if why := (*refusal)(nil); errors.As(err, &why) {
		f.Sheets, f.Notes, f.Problems = nil, nil, []ledger.Problem{why.problem("")}
	}
	return f
}

// readByRow reads a file without holding its sheets. What persons did by hand may lie anywhere on a sheet, so that needs it whole.
func (f *File) readByRow(ctx context.Context, opt Options) error {
	if len(opt.Mappings)+len(opt.Fixes) > 0 {
		return errWhole
	}
	b, err := openBook(ctx, f.Name, f.Content)
	if err != nil {
		return err
	}
	return f.readBook(b, opt)
}

// readWhole reads a file whose sheets must stand in memory.
func (f *File) readWhole(ctx context.Context, opt Options) error {
	grids, why := openFile(ctx, f.Name, f.Content)
	if why != nil {
		return why
	}
	f.overlay(grids, opt.Fixes)
	defer f.keepTexts(grids)
	return f.readBook(wholeBook(grids), opt)
}

// readBook reads the sheets of an opened file; the error is a refusal, or errWhole.
func (f *File) readBook(b *book, opt Options) (err error) {
	var only *ledger.Dataset
	if opt.Dataset != "" {
		d, err := ledger.Find(opt.Dataset)
		if err != nil {
			return refuse("unknown_dataset", "problem.unknown_dataset", opt.Dataset)
		}
		only = d
	}
	f.guard(func() { err = f.readSheets(b, only, opt) })
	return err
}

// today is the day of the import.
func today(opt Options) time.Time {
	if opt.Now.IsZero() {
		return ledger.Today(time.Now())
	}
	return ledger.Today(opt.Now)
}

func (f *File) readSheets(b *book, only *ledger.Dataset, opt Options) error {
	f.today, f.hand = today(opt), handwork{opt.Mappings, opt.Known}
	read := 0
	told := func(rows int) {
		if read += rows; opt.Progress != nil {
			opt.Progress("read", read, b.total())
		}
	}
	var tables []*table
	for i := range b.sheets {
		more, err := f.readOne(b.open(i, told), only, b.sheets)
		switch {
		case err != nil && whole(err):
			return errWhole
		case err != nil:
			return b.refuse(err)
		}
		tables = append(tables, more...)
	}
	f.unusedMappings()
	checkAcross(f, tables)
	f.checkCompanies()
	f.settleDays(tables, opt)
	if len(f.Sheets) == 0 && len(f.Problems) == 0 {
		f.Problems = append(f.Problems, refuse("empty", "problem.no_table").problem(""))
	}
	return nil
}

// readOne reads a sheet to its end.
func (f *File) readOne(g *grid, only *ledger.Dataset, sheets int) ([]*table, error) {
	defer g.abandon()
	tables := f.readTables(g, only, sheets)
	if err := g.drain(); err != nil {
		return nil, err
	}
	for _, t := range tables {
		t.notes()
	}
	if g.hidden && len(tables) > 0 {
		f.Notes = append(f.Notes, newProblem(ledger.SeverityNote, "hidden_sheet", place{sheet: g.name}, "", "", text.T("problem.hidden_sheet", g.name)))
	}
	return tables, nil
}

// readTables reads every table of one sheet.
func (f *File) readTables(g *grid, only *ledger.Dataset, sheets int) []*table {
	if g.next(1) == nil || f.skipOwn(g) {
		return nil
	}
	var tables []*table
	for from := uint32(1); from != 0; {
		g.needed = from
		u := f.understand(g, from, only)
		if g.err != nil {
			break
		}
		m := u.match
		if m != nil || len(tables) == 0 || u.layout.Origin != NotRead {
			f.Layouts = append(f.Layouts, u.layout)
			f.sayMapped(g, u.layout)
		}
		if m == nil {
			if len(tables) == 0 && u.layout.Origin == NotRead {
				f.unread(g, u.lacking, only, sheets)
			}
			break
		}
		t := newTable(f, g, m, u.ctx)
		t.out.frame = t.frame(from)
		u.layout.tell(t)
		next := t.read()
		t.checkSet()
		f.keep(t)
		tables = append(tables, t)
		if from = next; from != 0 && from <= m.top {
			break
		}
	}
	return tables
}

// unread says why nothing was read from a sheet.
func (f *File) unread(g *grid, lacking *match, only *ledger.Dataset, sheets int) {
	if only != nil {
		if other, _ := recognise(g, f.stem(), 1, nil); other != nil {
			f.Problems = append(f.Problems, wrongDataset(g, other, only))
			return
		}
	}
	f.unrecognised(g, lacking, sheets)
}

// wrongDataset says that a sheet is another dataset than the person named.
func wrongDataset(g *grid, m *match, only *ledger.Dataset) ledger.Problem {
	return newProblem(ledger.SeverityError, "wrong_dataset", place{m.dataset.Name, g.name, address(m.top, 0), ""}, m.dataset.Name, only.Name,
		text.T("problem.wrong_dataset", m.dataset.Zh, only.Zh))
}

func (f *File) keep(t *table) {
	if t.out.Rows.Len() == 0 && len(t.beside) == 0 {
		f.Problems = append(f.Problems, newProblem(ledger.SeverityError, "no_rows", place{t.dataset.Name, t.grid.name, address(t.first(), 0), ""}, "", "",
			text.T("problem.no_rows", t.dataset.Zh)))
		return
	}
	f.Sheets = append(f.Sheets, t.out)
	for _, d := range ledger.All {
		if s := t.beside[d]; s != nil {
			f.Sheets = append(f.Sheets, s)
		}
	}
}

// unrecognised says why a sheet was not read: a column is missing, it is no table, or nobody knows it.
func (f *File) unrecognised(g *grid, lacking *match, sheets int) {
	at, found := place{"", g.name, address(g.rows[0].no, g.rows[0].cells[0].col), ""}, firstTexts(g)
	switch {
	case g.hidden:
		f.Notes = append(f.Notes, newProblem(ledger.SeverityNote, "hidden_sheet_not_data", place{sheet: g.name}, "", "", text.T("problem.hidden_sheet_not_data", g.name)))
	case lacking != nil:
		at := place{lacking.dataset.Name, g.name, address(lacking.top, 0), ""}
		message := text.T("problem.missing_column", lacking.dataset.Zh, lacking.missingLabels())
		if lacking.yearless && len(lacking.missing) == 1 {
			message = text.T("problem.missing_year", lacking.dataset.Zh)
		}
		f.Problems = append(f.Problems, newProblem(ledger.SeverityError, "missing_column", at, foundHeaders(lacking), lacking.missingLabels(), message))
	case sheets > 1 && !tabular(g):
		f.Notes = append(f.Notes, newProblem(ledger.SeverityNote, "sheet_not_data", place{sheet: g.name}, "", "", text.T("problem.sheet_not_data", g.name)))
	default:
		f.Problems = append(f.Problems, newProblem(ledger.SeverityError, "unknown_sheet", at, found, "", text.T("problem.unknown_sheet", found)))
	}
}

// tabular tells a table nobody knows from a page of notes: three rows of three cells.
func tabular(g *grid) bool {
	rows := 0
	for r := range g.from(1) {
		if g.needed = r.no; len(r.cells) >= 3 {
			rows++
		}
		if rows == 3 {
			return true
		}
	}
	return false
}

func (f *File) stem() string {
	return f.Name[:len(f.Name)-len(filepath.Ext(f.Name))]
}

// settleDays gives every row the day it speaks of: its own date or month, the
// sheet's banner, the person's choice, a sister sheet's banner, the newest
// thing that has happened in the sheet, the day of the import.
func (f *File) settleDays(tables []*table, opt Options) {
	var sister time.Time
	for _, t := range tables {
		if d := t.ctx.day; !d.IsZero() && d.To.After(sister) {
			sister = d.To
		}
	}
	for _, t := range tables {
		day := f.today
		switch {
		case !t.ctx.day.IsZero():
			day = t.ctx.day.To
		case opt.Asof != nil:
			day = *opt.Asof
		case !sister.IsZero():
			day = sister
		default:
			if !t.newest.IsZero() {
				day = t.newest
			}
		}
		t.settleRows(day)
	}
}

// dayOf gives a row the day it says itself and notes what it tells of the sheet's.
func (t *table) dayOf(row *ledger.Row) {
	d := t.dataset
	for i := range d.Fields {
		f := &d.Fields[i]
		if !f.Event && f.Name != d.Effective {
			continue
		}
		day, ok := row.Values[i].(ledger.Day)
		if ok && day.To.After(t.newest) && !day.To.After(t.file.today) {
			t.newest = day.To
		}
		if f.Name != d.Effective {
			continue
		}
		if ok {
			row.Effective = day.To
		} else if f.Kind != ledger.Date {
			t.undated = append(t.undated, t.out.Rows.Len())
		}
	}
}

// settleRows gives the rows that say no day of their own that of the sheet; where each must say its own they are wrong.
func (t *table) settleRows(day time.Time) {
	own := t.dataset.Index(t.dataset.Effective)
	if own >= 0 && t.dataset.Fields[own].Kind != ledger.Date {
		own = -1
	}
	t.out.Rows.settle(day, own)
	for _, i := range t.undated {
		if t.out.Bad.Has(i) {
			continue
		}
		f, _ := t.dataset.Field(t.dataset.Effective)
		t.report(fault{ledger.SeverityError, "missing_value", "", f.Zh, text.T("problem.missing_value", f.Zh)}, address(t.out.Rows.Row(i).SheetRow, 0), f.Zh)
		t.out.Bad.add(i)
	}
	for _, s := range t.beside {
		s.Rows.settle(day, -1)
	}
}

func foundHeaders(m *match) string {
	var names string
	for _, b := range m.bindings {
		names += b.caption() + " "
	}
	for _, h := range m.free {
		names += h.caption() + " "
	}
	return wording.Clean(names)
}

func firstTexts(g *grid) string {
	names := ""
	for i := range min(len(g.rows), 3) {
		for j := range min(len(g.rows[i].cells), 8) {
			names += wording.Clean(g.display(&g.rows[i].cells[j])) + " "
		}
	}
	return clip(wording.Clean(names))
}
