package ingest

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"

	"github.com/xuri/excelize/v2"
)

// partLimit is the largest part excelize keeps in memory; greater sheets go through a temporary file.
const partLimit = 32 << 20

// readFallback reads a workbook with excelize, which knows markup that our
// reader does not. It is slower and reads on silently after an error, so the
// sheets are proven well-formed first.
func readFallback(ctx context.Context, content []byte, w *workbook) ([]*grid, error) {
	for _, s := range w.sheets {
		if err := w.proveWellFormed(s.part); err != nil {
			return nil, &brokenPart{s.name, s.part, err}
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(content),
		excelize.Options{RawCellValue: true, UnzipSizeLimit: maxInflated, UnzipXMLSizeLimit: partLimit})
	if err != nil {
		return nil, err
	}
	defer book.Close()
	var grids []*grid
	for _, s := range w.sheets {
		b := fallbackSheet{ctx: ctx, book: book, w: w, grid: &grid{name: s.name, hidden: s.hidden, date1904: w.date1904}}
		if err := b.read(); err != nil {
			return nil, &brokenPart{s.name, s.part, err}
		}
		grids = append(grids, b.grid)
	}
	return grids, nil
}

func (w *workbook) proveWellFormed(part string) error {
	r, err := w.pack.open(part)
	if err != nil {
		return err
	}
	defer r.Close()
	for dec := xml.NewDecoder(r); ; {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// fallbackSheet copies one sheet out of excelize.
type fallbackSheet struct {
	ctx  context.Context
	book *excelize.File
	w    *workbook
	grid *grid
}

// storedAs says which kinds of excelize are not text.
var storedAs = map[excelize.CellType]cellKind{excelize.CellTypeBool: cellBool, excelize.CellTypeError: cellFault,
	excelize.CellTypeUnset: cellNumber, excelize.CellTypeNumber: cellNumber}

func (b *fallbackSheet) read() error {
	rows, err := b.book.Rows(b.grid.name)
	if err != nil {
		return err
	}
	defer rows.Close()
	for no := uint32(1); rows.Next(); no++ {
		if err := b.ctx.Err(); err != nil {
			return err
		}
		texts, err := rows.Columns()
		if err != nil {
			return err
		}
		if err := b.row(no, texts); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return err
	}
	return b.readMerges()
}

func (b *fallbackSheet) row(no uint32, texts []string) error {
	// Not GetRowOpts: behind a gap that one speaks of another row.
	visible, err := b.book.GetRowVisible(b.grid.name, int(no))
	if err != nil {
		return err
	}
	r := gridRow{no: no, hidden: !visible}
	for col, value := range texts {
		c, filled, err := b.cell(address(no, col), value)
		if err != nil {
			return err
		}
		if filled {
			c.col = col
			r.cells = append(r.cells, c)
		}
	}
	if len(r.cells) > 0 {
		b.grid.rows = append(b.grid.rows, r)
	}
	if b.w.cells.count += len(r.cells); b.w.cells.count > maxCells {
		return errTooMuch
	}
	return nil
}

// cell asks excelize how a value was stored; an empty one may be a formula that was never calculated.
func (b *fallbackSheet) cell(at, value string) (cell, bool, error) {
	if value == "" {
		formula, err := b.book.GetCellFormula(b.grid.name, at)
		return cell{kind: cellUnknown}, formula != "", err
	}
	stored, err := b.book.GetCellType(b.grid.name, at)
	if err != nil {
		return cell{}, false, err
	}
	kind := storedAs[stored]
	if kind == cellNumber {
		style, err := b.book.GetCellStyle(b.grid.name, at)
		if err != nil {
			return cell{}, false, err
		}
		if style >= 0 && style < len(b.w.formats) {
			kind = b.w.formats[style]
		}
	}
	return cell{kind: kind, text: value}, true, nil
}

func (b *fallbackSheet) readMerges() error {
	merges, err := b.book.GetMergeCells(b.grid.name, true)
	if err != nil {
		return err
	}
	s := sheetReader{grid: b.grid}
	for _, m := range merges {
		if err := s.merge(m[0]); err != nil {
			return err
		}
	}
	cols, err := b.book.Cols(b.grid.name)
	if err != nil {
		return err
	}
	for col := 0; cols.Next(); col++ {
		if visible, err := b.book.GetColVisible(b.grid.name, columnName(col)); err != nil {
			return err
		} else if !visible {
			b.grid.hiddenCols = append(b.grid.hiddenCols, col)
		}
	}
	return nil
}
