package charts

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/ledger"
)

func TestWorkbookCellsHaveTheirTypes(t *testing.T) {
	day := time.Date(2016, 6, 20, 0, 0, 0, 0, time.UTC)
	rows := [][]any{
		{"=1+1", ledger.MustDecimal("434000000.00"), int64(-3), day, nil, true, []string{"张主任", "李书记"}},
		{"\t@x", ledger.MustDecimal("12345678901234567.89"), nil, nil, nil, nil, strings.Repeat("长", 40_000)},
	}
	var b bytes.Buffer
	err := WriteWorkbook(&b, DataSheet{Name: "税收/2015[区级]", Headers: []string{"文", "元", "套", "日", "空", "否", "人"}}, func(add func([]any) error) error {
		return errors.Join(add(rows[0]), add(rows[1]))
	})
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	const sheet = "税收_2015_区级_"
	for cell, want := range map[string]struct {
		value string
		kind  excelize.CellType
	}{
		"A1": {"文", excelize.CellTypeInlineString}, "A2": {"=1+1", excelize.CellTypeInlineString}, "B2": {"434000000", excelize.CellTypeUnset},
		"C2": {"-3", excelize.CellTypeUnset}, "D2": {"2016-06-20", excelize.CellTypeUnset}, "E2": {"", excelize.CellTypeUnset}, "F2": {"是",
			excelize.CellTypeInlineString},
		"G2": {"张主任、李书记", excelize.CellTypeInlineString}, "A3": {"\t@x", excelize.CellTypeInlineString},
		"B3": {"12345678901234567.89", excelize.CellTypeInlineString}, "C3": {"", excelize.CellTypeUnset},
	} {
		value, err := book.GetCellValue(sheet, cell)
		kind, _ := book.GetCellType(sheet, cell)
		formula, _ := book.GetCellFormula(sheet, cell)
		if err != nil || value != want.value || kind != want.kind || formula != "" {
			t.Errorf("%s: %q of type %v, formula %q, %v; want %q of type %v", cell, value, kind, formula, err, want.value, want.kind)
		}
	}
	if long, _ := book.GetCellValue(sheet, "G3"); len([]rune(long)) != excelText {
		t.Errorf("%d characters", len([]rune(long)))
	}
	if panes, err := book.GetPanes(sheet); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("%+v %v", panes, err)
	}
}

func TestWorkbookPassesFailuresOn(t *testing.T) {
	cause := errors.New("the record broke off")
	var b bytes.Buffer
	err := WriteWorkbook(&b, DataSheet{Headers: []string{"a"}}, func(func([]any) error) error { return cause })
	if !errors.Is(err, cause) || b.Len() != 0 {
		t.Errorf("%v, %d bytes", err, b.Len())
	}
}
