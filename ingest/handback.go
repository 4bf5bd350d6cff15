package ingest

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"taizhang/internal/text"
)

// HandBack gives the office's own workbook with the problem cells coloured and
// commented and a first sheet that lists every problem; nothing else in it
// changes. Separated text, and what excelize cannot write, comes as a workbook
// of its cells; a file that was refused as a whole as the list alone.
func HandBack(f *File) ([]byte, error) {
	grids, why := openFile(context.Background(), f.Name, f.Content)
	if why != nil {
		grids = nil
	}
	book, err := openForWriting(f, grids)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	sheets := book.GetSheetList()
	if len(grids) == 0 {
		sheets = nil
	}
	if err := markAll(book, f, sheets); err != nil {
		return nil, err
	}
	list := problemList{book: book, name: listName(book), sheets: sheets}
	if err := list.add(f); err != nil {
		return nil, err
	}
	if len(grids) == 0 {
		if err := book.DeleteSheet("Sheet1"); err != nil {
			return nil, err
		}
	}
	return written(book)
}

// openForWriting opens the office's workbook, or makes one of its cells.
func openForWriting(f *File, grids []*grid) (*excelize.File, error) {
	if len(grids) == 0 {
		return excelize.NewFile(), nil
	}
	if isZip(f.Content) {
		book, err := excelize.OpenReader(bytes.NewReader(f.Content), excelize.Options{UnzipSizeLimit: maxInflated, UnzipXMLSizeLimit: partLimit})
		if err == nil && len(book.GetSheetList()) >= len(grids) {
			return book, dropList(book, grids)
		}
	}
	return rebuild(f, grids)
}

// dropList takes out the list of an earlier time.
func dropList(book *excelize.File, grids []*grid) error {
	for _, g := range grids {
		if isProblemList(g) && len(grids) > 1 {
			if err := book.DeleteSheet(g.name); err != nil {
				return err
			}
		}
	}
	return nil
}

// rebuild makes a workbook of the cells that were read.
func rebuild(f *File, grids []*grid) (*excelize.File, error) {
	c, err := newCopier(grids)
	if err != nil {
		return nil, err
	}
	for _, g := range grids {
		if err := c.sheet(sheetNameOf(g, f)); err != nil {
			return nil, err
		}
		for i := range g.rows {
			if err := c.row(int(g.rows[i].no), g.rows[i].cells); err != nil {
				return nil, err
			}
		}
		if err := c.merge(g, area{1, maxRows, 0, maxColumns}, 0); err != nil {
			return nil, err
		}
	}
	return c.book, nil
}

// sheetNameOf is the sheet's own name; a CSV's is that of its file, which is read like a title.
func sheetNameOf(g *grid, f *File) string {
	if g.name != "" {
		return g.name
	}
	name := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return '_'
		}
		return r
	}, f.stem()))
	if len(name) == 0 {
		return "Sheet1"
	}
	return string(name[:min(len(name), 31)])
}

// markAll cleans the sheets of earlier marks and sets those of today.
func markAll(book *excelize.File, f *File, sheets []string) error {
	m := newMarker(book)
	for _, sheet := range sheets {
		if err := m.clean(sheet); err != nil {
			return err
		}
	}
	order, at := spots(slices.Concat(f.Problems, correctionsAmong(f.Notes)))
	for _, s := range order {
		target := s
		if target.sheet == "" && len(sheets) == 1 {
			target.sheet = sheets[0]
		}
		if index, err := book.GetSheetIndex(target.sheet); err != nil || index < 0 {
			continue
		}
		if err := m.mark(target, at[s]); err != nil {
			return err
		}
	}
	return nil
}

func written(book *excelize.File) ([]byte, error) {
	var out bytes.Buffer
	err := book.Write(&out)
	return out.Bytes(), err
}

// MarkedName is the name of the file that HandBack gives.
func (f *File) MarkedName() string { return f.backName("handback.marked_name") }

// RejectedName is the name of the file that Rejected gives; it begins as the original's, which may say the year.
func (f *File) RejectedName() string {
	return text.T("handback.rejected_name", f.stem(), ".xlsx").In(text.Zh)
}

func (f *File) backName(key string) string {
	ext := strings.ToLower(filepath.Ext(f.Name))
	// A workbook with macros must keep its ending, or Excel will not open it.
	if ext != ".xlsm" || !isZip(f.Content) {
		ext = ".xlsx"
	}
	return text.T(key, f.stem(), ext).In(text.Zh)
}
