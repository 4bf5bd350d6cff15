package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// sheetReader reads one worksheet part in one pass. The declared dimension is not believed.
type sheetReader struct {
	book *workbook
	grid *grid
	part sheetSection
	row  gridRow
	last uint32 // number of the last row element
	col  int    // of the last cell element
	c    rawCell
	// shuffled says that rows came out of order and are to be sorted.
	shuffled bool
	lastRow  uint32 // number of the last row with cells
	batch    rowBatch
}

// sheetSection is the part of a worksheet being read; the rest (drawings, controls) holds no rows.
type sheetSection uint8

const (
	sectionOther sheetSection = iota
	sectionRows
	sectionColumns
	sectionMerges
)

// Depths of the elements of a worksheet.
const (
	depthSection = 2
	depthRow     = 3
	depthCell    = 4
	depthValue   = 5
)

// maxMergeSlots bounds what the merges of one sheet may spread over.
const maxMergeSlots = 2 << 20

var errNoPart = errors.New("part is missing")

// readSheet reads a sheet whole.
func (w *workbook) readSheet(ctx context.Context, s sheetPart) (*grid, error) {
	return w.scanSheet(ctx, s, nil)
}

// scanSheet reads a sheet; its rows are handed to emit, or kept in the grid where that is nil.
func (w *workbook) scanSheet(ctx context.Context, s sheetPart, emit emitRows) (*grid, error) {
	if s.part == "" {
		return nil, &brokenPart{s.name, s.part, errNoPart}
	}
	sr := &sheetReader{book: w, grid: &grid{name: s.name, hidden: s.hidden, date1904: w.date1904}, batch: rowBatch{emit: emit}}
	n := 0
	err := w.scan(s.part, func(x *xmlScanner, kind xmlKind) error {
		if n++; n%65536 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		switch kind {
		case xmlStart:
			return sr.start(x)
		case xmlEnd:
			return sr.end(x)
		}
		sr.text(x)
		return nil
	})
	if sr.shuffled {
		sr.grid.rows = orderRows(sr.grid.rows)
	}
	if err == nil && emit != nil {
		err = sr.batch.flush()
	}
	return sr.grid, err
}

func (s *sheetReader) start(x *xmlScanner) error {
	if x.depth == depthSection {
		s.part = sectionOf(x.name)
		return nil
	}
	switch s.part {
	case sectionRows:
		return s.startInRows(x)
	case sectionColumns:
		if string(x.name) == "col" && isTrue(x.attr("hidden")) {
			s.hide(x)
		}
	case sectionMerges:
		if string(x.name) == "mergeCell" {
			return s.merge(string(x.attr("ref")))
		}
	}
	return nil
}

func sectionOf(name []byte) sheetSection {
	switch string(name) {
	case "sheetData":
		return sectionRows
	case "cols":
		return sectionColumns
	case "mergeCells":
		return sectionMerges
	}
	return sectionOther
}

func (s *sheetReader) startInRows(x *xmlScanner) error {
	switch x.depth {
	case depthRow:
		if string(x.name) == "row" {
			return s.startRow(x)
		}
	case depthCell:
		if string(x.name) == "c" {
			return s.startCell(x)
		}
	default:
		return s.startValue(x)
	}
	if string(x.name) == "extLst" {
		return nil
	}
	return fmt.Errorf("%w: %s among the rows", errUnfamiliar, x.name)
}

func (s *sheetReader) startRow(x *xmlScanner) error {
	no := uint64(s.last) + 1
	hidden := false
	for _, a := range x.attrs {
		switch string(a.name) {
		case "r":
			n, ok := wholeNumber(a.value)
			if !ok || n == 0 {
				return fmt.Errorf("row number %q", a.value)
			}
			no = n
		case "hidden":
			hidden = isTrue(a.value)
		}
	}
	if no > maxRows {
		return fmt.Errorf("row number %d", no)
	}
	s.last, s.col = uint32(no), -1
	s.row = gridRow{no: s.last, hidden: hidden, cells: s.row.cells[:0]}
	return nil
}

func (s *sheetReader) end(x *xmlScanner) error {
	if s.part != sectionRows {
		return nil
	}
	switch x.depth {
	case depthSection:
		s.part = sectionOther
	case depthRow:
		return s.endRow()
	case depthCell:
		return s.endCell()
	default:
		s.endValue(x)
	}
	return nil
}

func (s *sheetReader) endRow() error {
	if len(s.row.cells) == 0 {
		return nil
	}
	s.row.cells = inOrder(s.row.cells)
	w := s.book
	row := gridRow{no: s.row.no, hidden: s.row.hidden, cells: w.cells.keep(s.row.cells)}
	if w.cells.count > maxCells || w.texts.bytes > maxTextBytes {
		return errTooMuch
	}
	s.row.cells = s.row.cells[:0]
	disorder := row.no <= s.lastRow
	s.lastRow = row.no
	if s.batch.emit != nil && disorder {
		return errDisorder
	}
	if s.batch.emit != nil {
		return s.batch.add(row)
	}
	s.shuffled = s.shuffled || disorder
	s.grid.rows = append(s.grid.rows, row)
	return nil
}

// inOrder puts cells in the order of their columns; of two in one place the later counts.
func inOrder(cells []cell) []cell {
	sorted := true
	for i := 1; i < len(cells) && sorted; i++ {
		sorted = cells[i-1].col < cells[i].col
	}
	if sorted {
		return cells
	}
	slices.SortStableFunc(cells, func(a, b cell) int { return a.col - b.col })
	kept := cells[:0]
	for i, c := range cells {
		if i+1 == len(cells) || cells[i+1].col != c.col {
			kept = append(kept, c)
		}
	}
	return kept
}

// orderRows puts rows right that came out of order or twice, as other programs write them.
func orderRows(rows []gridRow) []gridRow {
	slices.SortStableFunc(rows, func(a, b gridRow) int { return cmp.Compare(a.no, b.no) })
	kept := rows[:0]
	for _, r := range rows {
		if n := len(kept); n > 0 && kept[n-1].no == r.no {
			kept[n-1].cells = inOrder(append(slices.Clip(kept[n-1].cells), r.cells...))
			continue
		}
		kept = append(kept, r)
	}
	return kept
}

func (s *sheetReader) merge(ref string) error {
	m, ok, err := parseMerge(ref)
	if err != nil || !ok {
		return err
	}
	s.grid.merges = append(s.grid.merges, m)
	if s.grid.mergeSlots += int(m.bottom-m.top)/mergeBlock + 1; s.grid.mergeSlots > maxMergeSlots {
		return errTooMuch
	}
	return nil
}

// parseMerge reads A1:B2; false for the range of one cell.
func parseMerge(ref string) (area, bool, error) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return area{}, false, nil
	}
	top, left, ok1 := parseAddress(from)
	bottom, right, ok2 := parseAddress(to)
	if !ok1 || !ok2 || bottom < top || right < left {
		return area{}, false, fmt.Errorf("merged range %q", ref)
	}
	return area{top, bottom, left, right}, true, nil
}

func (s *sheetReader) hide(x *xmlScanner) {
	lo, _ := strconv.Atoi(string(x.attr("min")))
	hi, _ := strconv.Atoi(string(x.attr("max")))
	// Everything right of the table is often hidden too: columns without cells are not worth a note.
	for col := max(lo, 1); col <= min(hi, lo+255, maxColumns) && len(s.grid.hiddenCols) < maxColumns; col++ {
		s.grid.hiddenCols = append(s.grid.hiddenCols, col-1)
	}
}

// wholeNumber reads digits; false for anything else and for what no sheet counts to.
func wholeNumber(b []byte) (uint64, bool) {
	var n uint64
	for _, c := range b {
		if c < '0' || c > '9' || n > 1<<40 {
			return 0, false
		}
		n = n*10 + uint64(c-'0')
	}
	return n, len(b) > 0
}
