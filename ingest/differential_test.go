package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/internal/testkit"
)

// equalsExcelize holds our reading of a workbook against excelize's, cell by cell.
func equalsExcelize(t *testing.T, content []byte) {
	t.Helper()
	grids, why := openFile(context.Background(), "x.xlsx", content)
	if why != nil {
		t.Fatalf("refused: %s", why.kind)
	}
	book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if len(grids) == 0 {
		t.Fatal("no sheet was read")
	}
	for _, g := range grids {
		if index, err := book.GetSheetIndex(g.name); err != nil || index < 0 {
			t.Fatalf("excelize knows no sheet %q: %v", g.name, err)
		}
		equalCells(t, book, g)
		equalMerges(t, book, g)
		visible, err := book.GetSheetVisible(g.name)
		if err != nil || visible == g.hidden {
			t.Errorf("%s: hidden %v, excelize says visible %v (%v)", g.name, g.hidden, visible, err)
		}
		equalHiddenColumns(t, book, g)
	}
	props, err := book.GetWorkbookProps()
	if err != nil {
		t.Fatal(err)
	}
	if want := props.Date1904 != nil && *props.Date1904; grids[0].date1904 != want {
		t.Errorf("1904: %v, excelize %v", grids[0].date1904, want)
	}
}

func equalCells(t *testing.T, book *excelize.File, g *grid) {
	t.Helper()
	rows, err := book.Rows(g.name)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	met := 0
	for no := uint32(1); rows.Next(); no++ {
		texts, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		r := g.row(no)
		for col, want := range texts {
			got := ""
			if r != nil && r.at(col) != nil {
				got = r.at(col).text
			}
			// Excel escapes a formula's text like any other; excelize leaves that one as it is.
			if got != want && got != string(unescapeX([]byte(want))) {
				t.Errorf("%s!%s = %q, excelize %q", g.name, address(no, col), got, want)
			}
		}
		if r == nil {
			continue
		}
		met++
		// Not GetRowOpts: behind a gap that one speaks of another row.
		if visible, err := book.GetRowVisible(g.name, int(no)); err != nil || visible == r.hidden {
			t.Errorf("%s row %d: hidden %v, excelize visible %v (%v)", g.name, no, r.hidden, visible, err)
		}
		if last := r.cells[len(r.cells)-1]; last.col >= len(texts) {
			t.Errorf("%s!%s = %q, excelize has nothing there", g.name, address(no, last.col), last.text)
		}
	}
	if met != len(g.rows) {
		t.Errorf("%s: %d rows, excelize met %d of them", g.name, len(g.rows), met)
	}
}

func equalMerges(t *testing.T, book *excelize.File, g *grid) {
	t.Helper()
	merges, err := book.GetMergeCells(g.name)
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, m := range merges {
		want = append(want, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	for _, m := range g.merges {
		got = append(got, address(m.top, m.left)+":"+address(m.bottom, m.right))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		t.Errorf("%s: merges %v, excelize %v", g.name, got, want)
	}
}

func equalHiddenColumns(t *testing.T, book *excelize.File, g *grid) {
	t.Helper()
	width := 0
	for _, r := range g.rows {
		width = max(width, r.cells[len(r.cells)-1].col+1)
	}
	for col := range min(width, 200) {
		visible, err := book.GetColVisible(g.name, columnName(col))
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(g.hiddenCols, col) == visible {
			t.Errorf("%s column %s: excelize says visible %v", g.name, columnName(col), visible)
		}
	}
}

func TestSamplesReadAsExcelizeReadsThem(t *testing.T) {
	testkit.Unraced(t)
	files, err := filepath.Glob(filepath.Join(samplesDir(), "*.xlsx"))
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	for _, name := range []string{"date1904", "formulas_without_values", "hidden_rows", "injection", "wide_dimension"} {
		files = append(files, filepath.Join(samplesDir(), "hostile", name+".xlsx"))
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			equalsExcelize(t, content)
		})
	}
}

// TestGeneratedWorkbooksReadAsExcelizeReadsThem draws workbooks from a seed, which a failure names.
func TestGeneratedWorkbooksReadAsExcelizeReadsThem(t *testing.T) {
	testkit.Unraced(t)
	for seed := range uint64(40) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { equalsExcelize(t, drawWorkbook(t, seed)) })
	}
}

func drawWorkbook(t *testing.T, seed uint64) []byte {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	if seed%3 == 0 {
		yes := true
		must(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
	}
	for n := range 1 + r.IntN(3) {
		sheet := fmt.Sprintf("表 %d & <%d>", n, seed)
		_, err := f.NewSheet(sheet)
		must(err)
		if n%2 == 1 {
			must(f.SetSheetVisible(sheet, false))
		}
		drawSheet(t, f, sheet, r)
	}
	var out bytes.Buffer
	must(f.Write(&out))
	return out.Bytes()
}

func drawSheet(t *testing.T, f *excelize.File, sheet string, r *rand.Rand) {
	t.Helper()
	styles := []int{0}
	for _, id := range []int{9, 10, 14, 22, 31, 49} {
		style, err := f.NewStyle(&excelize.Style{NumFmt: id})
		if err != nil {
			t.Fatal(err)
		}
		styles = append(styles, style)
	}
	for range 20 + r.IntN(120) {
		at := address(uint32(1+r.IntN(60)), r.IntN(40))
		if err := drawCell(f, sheet, at, r); err != nil {
			t.Fatal(at, err)
		}
		if err := f.SetCellStyle(sheet, at, at, styles[r.IntN(len(styles))]); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 3 {
		top, left := uint32(70+i*5), r.IntN(20)
		if err := f.MergeCell(sheet, address(top, left), address(top+uint32(r.IntN(4)), left+1+r.IntN(3))); err != nil {
			t.Fatal(err)
		}
		if err := f.SetRowVisible(sheet, 1+r.IntN(60), false); err != nil {
			t.Fatal(err)
		}
		if err := f.SetColVisible(sheet, columnName(r.IntN(40)), false); err != nil {
			t.Fatal(err)
		}
	}
}

var drawnTexts = []string{"嵩山国际", " 前后有空格 ", "a&b<c>\"d'", "第一行\n第二行", "_x000D_", "x_x0041_y", "tab\there", "=1+1", "😀表情", "", "0", strings.Repeat("长", 3000), "\r\n换行"}

func drawCell(f *excelize.File, sheet, at string, r *rand.Rand) error {
	switch r.IntN(8) {
	case 0:
		return f.SetCellValue(sheet, at, r.Float64()*1e6)
	case 1:
		return f.SetCellValue(sheet, at, r.IntN(50000)-1000)
	case 2:
		return f.SetCellBool(sheet, at, r.IntN(2) == 0)
	case 3:
		return f.SetCellFormula(sheet, at, "SUM(A1:A3)&\"<x>\"")
	case 4:
		return f.SetCellRichText(sheet, at, []excelize.RichTextRun{{Text: "粗"}, {Text: " 体 ", Font: &excelize.Font{Bold: true}}, {Text: "<尾>"}})
	case 5:
		return f.SetCellDefault(sheet, at, fmt.Sprint(r.Int64()))
	}
	return f.SetCellStr(sheet, at, drawnTexts[r.IntN(len(drawnTexts))])
}

// plainParts is a whole workbook written by hand, to be changed part by part.
func plainParts() map[string]string {
	return map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":     `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2</v></c></row>`),
		"xl/sharedStrings.xml":     `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>甲</t></si><si><r><t>乙</t></r><rPh sb="0" eb="1"><t>yi</t></rPh><r><t xml:space="preserve"> 丙</t></r></si></sst>`,
	}
}

func sheetXML(rows string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
}

// packParts zips parts in an order of its own; changes replace parts, an empty one drops it.
func packParts(t testing.TB, order int, changes map[string]string) []byte {
	t.Helper()
	parts := plainParts()
	for name, content := range changes {
		parts[name] = content
	}
	var names []string
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	names = append(names[order%len(names):], names[:order%len(names)]...)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range names {
		if parts[name] == "" {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
