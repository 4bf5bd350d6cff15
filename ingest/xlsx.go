package ingest

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"path"
	"strings"
)

// workbook is what the parts beside the sheets say.
type workbook struct {
	pack     *pack
	parts    map[string]string // styles, sharedStrings -> their part
	strings  []string
	formats  []cellKind // style number -> how a number under it reads
	date1904 bool
	sheets   []sheetPart
	texts    slab
	cells    cellSlab
}

type sheetPart struct {
	name   string
	hidden bool
	part   string // empty: the workbook does not say where it stands
}

// errUnfamiliar is markup this reader does not know; another one is asked then.
var errUnfamiliar = errors.New("markup that is not known")

// errTooMuch is a workbook with more in it than fits in memory.
var errTooMuch = errors.New("too many cells")

// What one workbook may hold: the cells of a full sheet of sixteen columns, and the texts of those.
const (
	maxCells     = 16 << 20
	maxTextBytes = 384 << 20
)

var errNoWorkbook = errors.New("no workbook part")

// brokenPart says which part of a workbook could not be read.
type brokenPart struct {
	sheet string // name of the sheet, empty for the parts beside them
	part  string
	err   error
}

func (b *brokenPart) Error() string { return b.part + ": " + b.err.Error() }
func (b *brokenPart) Unwrap() error { return b.err }

// readXLSX reads every worksheet of a workbook into grids.
func readXLSX(ctx context.Context, content []byte) ([]*grid, *refusal) {
	p, why := openPackage(content)
	if why != nil {
		return nil, why
	}
	w := &workbook{pack: p}
	grids, err := w.read(ctx)
	if errors.Is(err, errUnfamiliar) {
		slog.Info("workbook read by excelize", "why", err)
		grids, err = readFallback(ctx, content, w)
	}
	if err != nil {
		return nil, refuseWorkbook(ctx, err)
	}
	return grids, nil
}

func refuseWorkbook(ctx context.Context, err error) *refusal {
	broken := &brokenPart{}
	switch {
	case ctx.Err() != nil:
		return refuse("cancelled", "problem.cancelled")
	case errors.Is(err, errTooMuch):
		return refuse("too_large", "problem.too_many_cells", maxCells/1_000_000)
	case errors.Is(err, errNoWorkbook):
		return refuse("not_xlsx", "problem.not_workbook")
	case errors.As(err, &broken) && broken.sheet != "":
		return refuse("damaged", "problem.damaged_sheet", broken.sheet)
	case errors.As(err, &broken):
		return refuse("damaged", "problem.damaged_part", path.Base(broken.part))
	}
	return refuse("damaged", "problem.damaged")
}

func (w *workbook) read(ctx context.Context) ([]*grid, error) {
	if err := w.begin(); err != nil {
		return nil, err
	}
	grids := []*grid{}
	for _, s := range w.sheets {
		g, err := w.readSheet(ctx, s)
		if err != nil {
			return nil, sheetError(s, err)
		}
		grids = append(grids, g)
	}
	return grids, nil
}

// begin reads the parts beside the sheets.
func (w *workbook) begin() error {
	for _, step := range []func() error{w.readIndex, w.readStrings, w.readStyles} {
		if err := step(); err != nil {
			return err
		}
	}
	seen := map[string]bool{}
	for _, s := range w.sheets {
		// A thousand sheets over one part are a bomb that needs no packing.
		if seen[s.part] {
			return &brokenPart{s.name, s.part, errNoPart}
		}
		seen[s.part] = true
	}
	return nil
}

// sheetError names the sheet that could not be read.
func sheetError(s sheetPart, err error) error {
	if broken := (*brokenPart)(nil); errors.As(err, &broken) {
		err = broken.err
	}
	return &brokenPart{s.name, s.part, err}
}

// readIndex finds the workbook part, its sheets and the parts they stand in.
func (w *workbook) readIndex() error {
	book := "xl/workbook.xml"
	rels, err := w.relations("_rels/.rels")
	if err != nil {
		return err
	}
	for _, rel := range rels {
		if strings.HasSuffix(rel.kind, "/officeDocument") {
			book = within("", rel.target)
		}
	}
	if !w.pack.has(book) {
		return errNoWorkbook
	}
	base := path.Dir(book)
	rels, err = w.relations(path.Join(base, "_rels", path.Base(book)+".rels"))
	if err != nil {
		return err
	}
	byID := map[string]relation{}
	w.parts = map[string]string{}
	for _, rel := range rels {
		rel.target = within(base, rel.target)
		byID[rel.id] = rel
		w.parts[path.Base(rel.kind)] = rel.target
	}
	return w.each(book, func(x *xmlScanner) error { return w.indexElement(x, byID) })
}

func (w *workbook) indexElement(x *xmlScanner, rels map[string]relation) error {
	switch string(x.name) {
	case "workbookPr":
		w.date1904 = isTrue(x.attr("date1904"))
	case "sheet":
		if x.depth != 3 {
			return nil
		}
		rel, known := rels[relationID(x)]
		if known && !strings.HasSuffix(rel.kind, "/worksheet") {
			return nil // chart sheets and macros hold no rows
		}
		state := string(x.attr("state"))
		w.sheets = append(w.sheets, sheetPart{name: x.attrIn("", "name"), hidden: state != "" && state != "visible", part: rel.target})
	}
	return nil
}

// relationID is the sheet's r:id, whatever prefix the writer chose for the namespace.
func relationID(x *xmlScanner) string {
	for _, a := range x.attrs {
		if string(a.name) == "id" && len(a.space) > 0 {
			return string(a.value)
		}
	}
	return ""
}

// within resolves a target against the folder of the part that names it.
func within(base, target string) string {
	target = strings.ReplaceAll(target, "\\", "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", base, target)
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

type relation struct{ id, kind, target string }

// relations reads a part that names others; a workbook can be without it.
func (w *workbook) relations(name string) ([]relation, error) {
	if !w.pack.has(name) {
		return nil, nil
	}
	var list []relation
	err := w.each(name, func(x *xmlScanner) error {
		if string(x.name) == "Relationship" && string(x.attr("TargetMode")) != "External" {
			list = append(list, relation{x.attrIn("", "Id"), x.attrIn("", "Type"), x.attrIn("", "Target")})
		}
		return nil
	})
	return list, err
}

// each walks over the elements of a part.
func (w *workbook) each(name string, do func(*xmlScanner) error) error {
	return w.scan(name, func(x *xmlScanner, kind xmlKind) error {
		if kind != xmlStart {
			return nil
		}
		return do(x)
	})
}

// scan walks over a part to its very end, where its checksum is compared.
func (w *workbook) scan(name string, do func(*xmlScanner, xmlKind) error) error {
	r, err := w.pack.open(name)
	if err != nil {
		return &brokenPart{part: name, err: err}
	}
	defer r.Close()
	x, err := newXMLScanner(r)
	for err == nil {
		var kind xmlKind
		if kind, err = x.next(); err == nil {
			err = do(x, kind)
		}
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return &brokenPart{part: name, err: err}
}

func isTrue(b []byte) bool { return string(b) == "1" || strings.EqualFold(string(b), "true") }
