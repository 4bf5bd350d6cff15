package server

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// strangeBook is strangeSheet as a workbook, with a second amount that is no figure and stays so.
func strangeBook(t *testing.T, name string) string {
	t.Helper()
	book := excelize.NewFile()
	for i, line := range [][]any{{"户头名", "楼里", "一月份入库", "二月份入库"}, {"甲公司", "一号楼", 1.2, 2.5}, {"乙公司", "二号楼", 3, "四五百"}, {"丙公司", "二号楼", "问会计", 1}} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &line); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), name)
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestMappingInABrowser walks the whole path of a file nobody could recognise: drop,
// map its columns, fix a cell, take the marked file, load, undo; the next one needs no hand.
func TestMappingInABrowser(t *testing.T) {
	testkit.Unraced(t)
	w := newImportWalk(t, testApp(t))
	w.walk(t, []walkStep{
		{"drop a file nobody can read", w.dropStrange},
		{"map its columns", w.mapColumns},
		{"fix a cell", w.fixCell},
		{"download the marked file", w.takeMarkedMapped},
		{"load the good rows", w.loadMapped},
		{"undo it", w.undoMapped},
		{"the next file of this shape needs no hand", w.dropNext},
	})
}

// choose picks an option of a list as a person does, so that scripts hear of it.
func (w *importWalk) choose(t *testing.T, list, value string) {
	t.Helper()
	got := evaluate[string](t, w.ctx, fmt.Sprintf(`(() => { const s = document.querySelector(%q); s.value = %q; s.dispatchEvent(new Event("change", { bubbles: true })); return s.value; })()`, list, value))
	if got != value {
		t.Fatalf("%s offers no %q", list, value)
	}
}

func (w *importWalk) dropStrange(t *testing.T) {
	w.drop(t, w.ctx, strangeBook(t, "入库.xlsx"))
	w.see(t, w.ctx, `location.pathname.startsWith("/imports/preview/") && !!document.querySelector('[data-columns][data-origin="not_read"] details[open]')`)
	if evaluate[bool](t, w.ctx, `!!document.querySelector('form[action="/imports/commit"]')`) {
		t.Error("a file nobody understood can be loaded")
	}
}

func (w *importWalk) mapColumns(t *testing.T) {
	// Choosing the table first brings the fields its columns may fill.
	w.choose(t, `#columns-0 select[name="as"]`, "tax")
	w.do(t, w.ctx, chromedp.Click(`#columns-0 [data-map]`))
	w.see(t, w.ctx, `!!document.querySelector('#columns-0 select[name="column_A"] option[value="company"]')`)
	for list, value := range map[string]string{"column_A": "company", "column_B": "building", "column_C": "@value", "unit_C": "万元", "column_D": "@value", "unit_D": "万元"} {
		w.choose(t, `#columns-0 select[name="`+list+`"]`, value)
	}
	w.do(t, w.ctx, chromedp.SendKeys(`#columns-0 input[name="year"]`, "2016"))
	if evaluate[bool](t, w.ctx, `!!document.querySelector('#columns-0 input[name="fixed_basis"]')`) {
		w.do(t, w.ctx, chromedp.SendKeys(`#columns-0 input[name="fixed_basis"]`, "全口径"))
	}
	w.do(t, w.ctx, chromedp.Click(`#columns-0 [data-map]`))
	w.see(t, w.ctx, `!!document.querySelector('[data-columns][data-origin="person"]') && !!document.querySelector('[data-problem][data-cell="D3"]') && !!document.querySelector('[data-problem][data-cell="C4"]')`)
}

func (w *importWalk) fixCell(t *testing.T) {
	w.do(t, w.ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector('[data-problem][data-cell="D3"] input[name="value"]').value = ""`),
		chromedp.SendKeys(`[data-problem][data-cell="D3"] input[name="value"]`, "4.5"), chromedp.Click(`[data-problem][data-cell="D3"] [data-fix] button`))
	w.see(t, w.ctx, `(document.querySelector('[data-fixed="D3"]') || { innerText: "" }).innerText.includes("4.5") && !document.querySelector('[data-problem][data-severity="error"][data-cell="D3"]')`)
}

func (w *importWalk) takeMarkedMapped(t *testing.T) {
	book := w.download(t, w.ctx, `#verdict a[href*="/marked"]`)
	comments, err := book.GetComments("Sheet1")
	if err != nil || book.GetSheetList()[0] != "问题清单" {
		t.Fatal(book.GetSheetList(), err)
	}
	cells := map[string]bool{}
	for _, c := range comments {
		cells[c.Cell] = true
	}
	if !cells["C4"] {
		t.Errorf("C4 carries no comment: %v", cells)
	}
}

func (w *importWalk) loadMapped(t *testing.T) {
	w.do(t, w.ctx, chromedp.Click(`form[action="/imports/commit"] button`))
	w.see(t, w.ctx, `location.pathname === "/imports/1"`)
	// The months of the good rows; a row with a bad amount waits as a whole.
	if n := w.standing(t, ledger.Tax); n != 5 {
		t.Errorf("%d rows stand, want 5", n)
	}
	fixed := evaluate[string](t, w.ctx, `(document.querySelector("#card-fixed") || { innerText: "" }).innerText`)
	for _, part := range []string{"D3", "四五百", "4.5"} {
		if !strings.Contains(fixed, part) {
			t.Errorf("the batch does not show the correction %q: %q", part, fixed)
		}
	}
}

func (w *importWalk) undoMapped(t *testing.T) {
	w.do(t, w.ctx, chromedp.SendKeys(`#undo input[name="reason"]`, "重报"), chromedp.Click(`#undo button`))
	w.see(t, w.ctx, `(document.querySelector(".banner") || { innerText: "" }).innerText.includes("重报")`)
	if n := w.standing(t, ledger.Tax); n != 0 {
		t.Errorf("%d rows stand after the undo", n)
	}
}

func (w *importWalk) dropNext(t *testing.T) {
	book := excelize.NewFile()
	for i, line := range [][]any{{"户头名", "楼里", "三月份入库"}, {"丁公司", "一号楼", 7}} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &line); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "三月入库.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	w.drop(t, w.ctx, path)
	w.see(t, w.ctx, `location.pathname.startsWith("/imports/preview/") && !!document.querySelector('[data-columns][data-origin="remembered"]') && !!document.querySelector('form[action="/imports/commit"]')`)
}
