package charts

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// DataSheet heads a sheet of plain rows; Name is cut to what Excel takes.
type DataSheet struct {
	Name    string
	Headers []string
}

const (
	excelRows   = 1_048_576
	excelText   = 32_767
	excelName   = 31
	exactDigits = 15 // a double keeps so many; longer figures are written as text
)

// WriteWorkbook streams rows into a workbook of one sheet: a styled, frozen
// header, then typed cells. Values are those of ledger.Record; texts stay texts
// whatever they look like.
func WriteWorkbook(w io.Writer, sheet DataSheet, rows func(add func([]any) error) error) error {
	book := excelize.NewFile()
	defer book.Close()
	name := sheetName(sheet.Name)
	if err := book.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	stream, err := book.NewStreamWriter(name)
	if err != nil {
		return err
	}
	dates, err := layout(book, stream, sheet.Headers)
	if err != nil {
		return err
	}
	at := 1
	err = rows(func(values []any) error {
		if at++; at > excelRows {
			return ledger.Fail(ledger.Invalid, text.T("export.too_many_rows", excelRows-1))
		}
		cells := make([]any, len(values))
		for i, v := range values {
			cells[i] = workbookCell(v, dates)
		}
		return stream.SetRow(fmt.Sprintf("A%d", at), cells)
	})
	if err != nil {
		return err
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	return book.Write(w)
}

// layout writes the header and gives the style of days.
func layout(book *excelize.File, stream *excelize.StreamWriter, headers []string) (dates int, err error) {
	bold, err := book.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8F0FB"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
		Border:    []excelize.Border{{Type: "bottom", Color: "1D5BB8", Style: 1}},
	})
	if err != nil {
		return 0, err
	}
	iso := "yyyy-mm-dd"
	if dates, err = book.NewStyle(&excelize.Style{CustomNumFmt: &iso}); err != nil {
		return 0, err
	}
	if err := stream.SetColWidth(1, max(len(headers), 1), 16); err != nil {
		return 0, err
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return 0, err
	}
	cells := make([]any, len(headers))
	for i, h := range headers {
		cells[i] = excelize.Cell{StyleID: bold, Value: h}
	}
	return dates, stream.SetRow("A1", cells)
}

// workbookCell gives a value the type it has in a workbook.
func workbookCell(v any, dates int) any {
	switch v := v.(type) {
	case ledger.Decimal:
		f, ok := v.Float()
		switch {
		case !ok:
			return nil
		case len(strings.Trim(strings.ReplaceAll(v.String(), ".", ""), "-0")) > exactDigits:
			return v.String()
		}
		return f
	case time.Time:
		return excelize.Cell{StyleID: dates, Value: v}
	case int64:
		return v
	case nil:
		return nil
	default:
		s := []rune(ledger.Plain(v))
		return string(s[:min(len(s), excelText)])
	}
}

// sheetName takes out what Excel does not allow in the name of a sheet.
func sheetName(name string) string {
	clean := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return '_'
		}
		return r
	}, name))
	if len(clean) == 0 {
		return "Sheet1"
	}
	return string(clean[:min(len(clean), excelName)])
}
