package ingest

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
)

// workbook is what the parts beside the sheets say.
type workbook struct {
	pack     *zip.Reader
	strings  []string
	formats  []cellKind // style number -> how a number under it reads
	date1904 bool
	sheets   []sheetPart
}

type sheetPart struct {
	name   string
	hidden bool
	part   string
}

// readXLSX reads every worksheet of a workbook into grids.
func readXLSX(ctx context.Context, content []byte) ([]*grid, *refusal) {
	pack, why := openPackage(content)
	if why != nil {
		return nil, why
	}
	w := &workbook{pack: pack}
	if why := w.readIndex(); why != nil {
		return nil, why
	}
	if err := w.readStrings(); err != nil {
		return nil, refuse("damaged", "problem.damaged_part", "sharedStrings.xml")
	}
	if err := w.readStyles(); err != nil {
		return nil, refuse("damaged", "problem.damaged_part", "styles.xml")
	}
	var grids []*grid
	for _, s := range w.sheets {
		g, err := w.readSheet(ctx, s)
		if err != nil {
			return nil, refuse("damaged", "problem.damaged_sheet", s.name)
		}
		grids = append(grids, g)
	}
	return grids, nil
}

// readIndex finds the workbook part, its sheets and the parts they stand in.
func (w *workbook) readIndex() *refusal {
	book, base := "", ""
	for _, rel := range w.relations("_rels/.rels") {
		if strings.HasSuffix(rel.kind, "/officeDocument") {
			book = strings.TrimPrefix(rel.target, "/")
			base = path.Dir(book)
		}
	}
	if book == "" {
		book, base = "xl/workbook.xml", "xl"
	}
	r, ok := part(w.pack, book)
	if !ok {
		return refuse("not_xlsx", "problem.not_workbook")
	}
	defer r.Close()
	targets := map[string]relation{}
	for _, rel := range w.relations(base + "/_rels/" + path.Base(book) + ".rels") {
		targets[rel.id] = rel
	}
	err := eachElement(r, func(e xml.StartElement) {
		switch e.Name.Local {
		case "workbookPr":
			w.date1904 = isTrue(attr(e, "date1904"))
		case "sheet":
			rel := targets[relationID(e)]
			if !strings.HasSuffix(rel.kind, "/worksheet") {
				return // chart sheets and macros hold no rows
			}
			target := rel.target
			if !strings.HasPrefix(target, "/") {
				target = path.Join(base, target)
			}
			w.sheets = append(w.sheets, sheetPart{name: attrIn(e, "", "name"), hidden: attr(e, "state") != "" && attr(e, "state") != "visible", part: target})
		}
	})
	if err != nil {
		return refuse("damaged", "problem.damaged_part", path.Base(book))
	}
	return nil
}

// relationID is the sheet's r:id, whatever prefix the writer chose for the namespace.
func relationID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

type relation struct{ id, kind, target string }

func (w *workbook) relations(name string) []relation {
	r, ok := part(w.pack, name)
	if !ok {
		return nil
	}
	defer r.Close()
	var list []relation
	_ = eachElement(r, func(e xml.StartElement) {
		if e.Name.Local == "Relationship" {
			list = append(list, relation{attr(e, "Id"), attr(e, "Type"), attr(e, "Target")})
		}
	})
	return list
}

func eachElement(r io.Reader, each func(xml.StartElement)) error {
	x := newXMLReader(r)
	for {
		tok, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := tok.(xml.StartElement); ok {
			each(e)
		}
	}
}

// readStrings reads the shared strings; pronunciation runs are no part of the text.
func (w *workbook) readStrings() error {
	r, ok := part(w.pack, w.sibling("sharedStrings.xml"))
	if !ok {
		return nil
	}
	defer r.Close()
	x := newXMLReader(r)
	var b strings.Builder
	depthT, phonetic := false, false
	for {
		tok, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "si":
				b.Reset()
			case "t":
				depthT = true
			case "rPh":
				phonetic = true
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "si":
				w.strings = append(w.strings, unescapeX(b.String()))
			case "t":
				depthT = false
			case "rPh":
				phonetic = false
			}
		case xml.CharData:
			if depthT && !phonetic {
				b.Write(t)
			}
		}
	}
}

func (w *workbook) sibling(name string) string {
	for _, f := range w.pack.File {
		if path.Base(f.Name) == name && strings.Contains(f.Name, "xl") {
			return f.Name
		}
	}
	return "xl/" + name
}

// unescapeX turns _x000D_ and the like into the sign they stand for.
func unescapeX(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '_' && i+6 < len(s) && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				b.WriteRune(rune(n))
				i += 6
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func isTrue(s string) bool { return s == "1" || strings.EqualFold(s, "true") }
