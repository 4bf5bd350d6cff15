package ingest

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// sheetReader reads one worksheet part in one pass. The declared dimension is not believed.
type sheetReader struct {
	book *workbook
	grid *grid
	row  gridRow
	last uint32 // number of the last row element
	c    rawCell
}

// rawCell is a <c> element while it is being read.
type rawCell struct {
	open          bool
	ref, kind     string
	style         int
	formula       bool
	value, inline strings.Builder
	hasValue      bool
	in            string // element whose text is being read
	phonetic      bool
}

func (w *workbook) readSheet(ctx context.Context, s sheetPart) (*grid, error) {
	r, ok := part(w.pack, s.part)
	if !ok {
		return nil, errors.New("sheet part is missing")
	}
	defer r.Close()
	sr := &sheetReader{book: w, grid: &grid{name: s.name, hidden: s.hidden, date1904: w.date1904}}
	x := newXMLReader(r)
	for n := 0; ; n++ {
		if n%65536 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		tok, err := x.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			err = sr.start(t)
		case xml.EndElement:
			err = sr.end(t)
		case xml.CharData:
			sr.text(t)
		}
		if err != nil {
			return nil, err
		}
	}
	return sr.grid, nil
}

func (s *sheetReader) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		return s.startRow(e)
	case "c":
		s.c = rawCell{open: true, ref: attr(e, "r"), kind: attr(e, "t")}
		s.c.style, _ = strconv.Atoi(attr(e, "s"))
	case "f":
		s.c.formula = true
	case "v":
		s.c.in, s.c.hasValue = "v", true
	case "t":
		s.c.in = "t"
	case "rPh":
		s.c.phonetic = true
	case "mergeCell":
		return s.merge(attr(e, "ref"))
	case "col":
		if isTrue(attr(e, "hidden")) {
			lo, _ := strconv.Atoi(attr(e, "min"))
			hi, _ := strconv.Atoi(attr(e, "max"))
			for col := lo; col <= min(hi, lo+255) && col > 0; col++ {
				s.grid.hiddenCols = append(s.grid.hiddenCols, col-1)
			}
		}
	}
	return nil
}

func (s *sheetReader) startRow(e xml.StartElement) error {
	no := s.last + 1
	if r := attr(e, "r"); r != "" {
		n, err := strconv.ParseUint(r, 10, 32)
		if err != nil || n == 0 || n > maxRows {
			return fmt.Errorf("row number %q", r)
		}
		no = uint32(n)
	}
	if no > maxRows {
		return fmt.Errorf("row number %d", no)
	}
	s.last = no
	s.row = gridRow{no: no, hidden: isTrue(attr(e, "hidden"))}
	return nil
}

func (s *sheetReader) end(e xml.EndElement) error {
	switch e.Name.Local {
	case "v", "t":
		s.c.in = ""
	case "rPh":
		s.c.phonetic = false
	case "c":
		return s.endCell()
	case "row":
		s.endRow()
	}
	return nil
}

func (s *sheetReader) text(t xml.CharData) {
	switch {
	case s.c.in == "v":
		s.c.value.Write(t)
	case s.c.in == "t" && !s.c.phonetic:
		s.c.inline.Write(t)
	}
}

func (s *sheetReader) endCell() error {
	c := &s.c
	col := 0
	if n := len(s.row.cells); n > 0 {
		col = s.row.cells[n-1].col + 1
	}
	if c.ref != "" {
		_, at, ok := parseAddress(c.ref)
		if !ok {
			return fmt.Errorf("cell address %q", c.ref)
		}
		col = at
	}
	out, ok, err := s.decode(c)
	if err != nil || !ok {
		return err
	}
	out.col = col
	s.row.cells = append(s.row.cells, out)
	return nil
}

// decode turns the element into a cell; false when it is blank.
func (s *sheetReader) decode(c *rawCell) (cell, bool, error) {
	v := c.value.String()
	switch c.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || i < 0 || i >= len(s.book.strings) {
			return cell{}, false, fmt.Errorf("string number %q of %d", v, len(s.book.strings))
		}
		return cell{kind: cellText, text: s.book.strings[i]}, s.book.strings[i] != "", nil
	case "inlineStr":
		t := unescapeX(c.inline.String())
		return cell{kind: cellText, text: t}, t != "", nil
	case "str":
		if v == "" && c.formula && !c.hasValue {
			return cell{kind: cellUnknown}, true, nil
		}
		return cell{kind: cellText, text: unescapeX(v)}, v != "", nil
	case "b":
		return cell{kind: cellBool, text: v}, v != "", nil
	case "e":
		return cell{kind: cellFault, text: v}, v != "", nil
	case "d":
		return cell{kind: cellText, text: v}, v != "", nil
	}
	if v == "" {
		return cell{kind: cellUnknown}, c.formula, nil
	}
	kind := cellNumber
	if c.style >= 0 && c.style < len(s.book.formats) {
		kind = s.book.formats[c.style]
	}
	return cell{kind: kind, text: v}, true, nil
}

func (s *sheetReader) endRow() {
	if len(s.row.cells) == 0 {
		return
	}
	less := func(a, b cell) int { return a.col - b.col }
	if !slices.IsSortedFunc(s.row.cells, less) {
		slices.SortStableFunc(s.row.cells, less)
	}
	// A row element may come twice or out of order in files other programs wrote.
	if n := len(s.grid.rows); n > 0 && s.grid.rows[n-1].no >= s.row.no {
		at, found := slices.BinarySearchFunc(s.grid.rows, s.row.no, func(r gridRow, no uint32) int { return int(r.no) - int(no) })
		if found {
			s.grid.rows[at] = s.row
		} else {
			s.grid.rows = slices.Insert(s.grid.rows, at, s.row)
		}
		return
	}
	s.grid.rows = append(s.grid.rows, s.row)
}

func (s *sheetReader) merge(ref string) error {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return nil
	}
	top, left, ok1 := parseAddress(from)
	bottom, right, ok2 := parseAddress(to)
	if !ok1 || !ok2 || bottom < top || right < left {
		return fmt.Errorf("merged range %q", ref)
	}
	s.grid.merges = append(s.grid.merges, area{top, bottom, left, right})
	return nil
}
