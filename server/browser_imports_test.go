package server

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// importWalk is a person who brings a file in with a browser, step after step.
type importWalk struct {
	app   *app
	ctx   context.Context // the tab
	at    string          // the server
	saved string          // where the browser saves files
}

func newImportWalk(t *testing.T, a *app) *importWalk {
	t.Helper()
	w := &importWalk{app: a, ctx: browser(t), saved: t.TempDir()}
	w.at = serving(t, a)
	_, err := chromedp.Call(w.ctx, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, DownloadPath: w.saved})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// do carries out actions in a tab, each within half a minute.
func (w *importWalk) do(t *testing.T, tab context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	for i, action := range actions {
		ctx, end := context.WithTimeout(tab, 30*time.Second)
		err := chromedp.Do(ctx, action)
		end()
		if err != nil {
			t.Fatalf("action %d at %s: %v", i+1, evaluate[string](t, tab, "location.href + '\\n' + document.body.innerText.slice(0, 600)"), err)
		}
	}
}

// see waits until a tab shows something for which the expression is true.
func (w *importWalk) see(t *testing.T, tab context.Context, expression string) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		// While a page is replaced by another one there is nothing to ask.
		shown, err := chromedp.Run(tab, chromedp.Evaluate[bool](expression))
		if err == nil && shown {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("never true: %s\n%v %s", expression, err, evaluate[string](t, tab, "location.href + '\\n' + document.body.innerText.slice(0, 600)"))
		}
	}
}

// drop drags a file over the page of imports and lets it go there.
func (w *importWalk) drop(t *testing.T, tab context.Context, path string) {
	t.Helper()
	open(t, tab, w.at+"/imports", desk)
	type point struct{ X, Y float64 }
	zone := evaluate[point](t, tab, `(() => { const r = document.querySelector("[data-drop]").getBoundingClientRect(); return { X: r.x + r.width / 2, Y: r.y + 12 }; })()`)
	data := &input.DragData{Items: []*input.DragDataItem{}, Files: []string{path}, DragOperationsMask: 1}
	for _, kind := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
		if _, err := chromedp.Call(tab, input.DispatchDragEvent, input.DispatchDragEventParams{Type: kind, X: zone.X, Y: zone.Y, Data: data}); err != nil {
			t.Fatal(err)
		}
	}
}

// download clicks a link and opens the workbook that the browser saved.
func (w *importWalk) download(t *testing.T, tab context.Context, selector string) *excelize.File {
	t.Helper()
	w.do(t, tab, chromedp.Click(selector))
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if list, _ := filepath.Glob(filepath.Join(w.saved, "*.xlsx")); len(list) == 1 {
			book, err := excelize.OpenFile(list[0])
			if err == nil {
				t.Cleanup(func() { _ = book.Close() })
				return book
			}
		}
		if time.Now().After(end) {
			t.Fatal("nothing was saved")
		}
	}
}

// walkStep is one thing that a person does.
type walkStep struct {
	name string
	do   func(*testing.T)
}

// walk takes the steps one after another, up to the first that fails; the browser must complain of none.
func (w *importWalk) walk(t *testing.T, steps []walkStep) {
	t.Helper()
	var found complaints
	found.listen(w.ctx)
	for _, step := range steps {
		if !t.Run(step.name, step.do) {
			return
		}
		for _, complaint := range found.take() {
			t.Errorf("%s: %s", step.name, complaint)
		}
	}
}

const shows = `document.body.innerText.includes(%q)`

// TestImportInABrowser walks the whole path of a file with an error: drop, look, take it back, load the rest, undo.
func TestImportInABrowser(t *testing.T) {
	a := testApp(t)
	w := newImportWalk(t, a)
	w.walk(t, []walkStep{
		{"drop a file", w.dropHousing},
		{"see the problem's cell", w.seeProblem},
		{"download the marked file", w.takeMarked},
		{"load the good rows", w.loadGood},
		{"undo it with a reason", w.undo},
	})
}

func (w *importWalk) dropHousing(t *testing.T) {
	w.drop(t, w.ctx, testkit.Sample("安置房交付.xlsx"))
	w.see(t, w.ctx, `location.pathname.startsWith("/imports/preview/")`)
}

func (w *importWalk) seeProblem(t *testing.T) {
	row := evaluate[string](t, w.ctx, `[...document.querySelectorAll("#card-problems tbody tr")].map(r => r.innerText).find(r => r.includes("J14")) || ""`)
	for _, part := range []string{"错误", "安置房交付", "J14"} {
		if !strings.Contains(row, part) {
			t.Errorf("the problem's row %q lacks %q", row, part)
		}
	}
	if n := w.standing(t, ledger.Resettlement); n != 0 {
		t.Errorf("%d rows stand before anything was loaded", n)
	}
}

func (w *importWalk) takeMarked(t *testing.T) {
	book := w.download(t, w.ctx, `#verdict a[href*="/marked"]`)
	comments, err := book.GetComments("安置房交付")
	if err != nil || book.GetSheetList()[0] != "问题清单" {
		t.Fatal(book.GetSheetList(), err)
	}
	for _, c := range comments {
		if c.Cell == "J14" {
			return
		}
	}
	t.Errorf("J14 carries no comment: %+v", comments)
}

func (w *importWalk) loadGood(t *testing.T) {
	w.do(t, w.ctx, chromedp.Click(`form[action="/imports/commit"] button`))
	w.see(t, w.ctx, `location.pathname === "/imports/1"`)
	w.see(t, w.ctx, fmt.Sprintf(shows, "安置房交付.xlsx"))
	if n := w.standing(t, ledger.Resettlement); n != 14 {
		t.Errorf("%d rows stand, want 14", n)
	}
}

func (w *importWalk) undo(t *testing.T) {
	w.do(t, w.ctx, chromedp.SendKeys(`#undo input[name="reason"]`, "表格拿错了"), chromedp.Click(`#undo button`))
	w.see(t, w.ctx, `(document.querySelector(".banner") || { innerText: "" }).innerText.includes("表格拿错了")`)
	if n := w.standing(t, ledger.Resettlement); n != 0 {
		t.Errorf("%d rows stand after the undo", n)
	}
	open(t, w.ctx, w.at+"/imports", desk)
	if row := evaluate[string](t, w.ctx, `document.querySelector("#card-history tbody tr").innerText`); !strings.Contains(row, "已撤销") {
		t.Errorf("the history says %q", row)
	}
}

// standing counts the rows of a dataset that a reader sees now.
func (w *importWalk) standing(t *testing.T, d *ledger.Dataset) uint64 {
	t.Helper()
	clock, err := w.app.ledger.Clock(t.Context(), "2099-12-31", "")
	if err != nil {
		t.Fatal(err)
	}
	counts, err := w.app.ledger.Standing(t.Context(), clock)
	if err != nil {
		t.Fatal(err)
	}
	return counts[d.Name]
}

// longRows is enough for two blocks of a load.
const longRows = 20_000

// longFile is a sheet of taxes whose load takes its time.
func longFile(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("企业名称,税款所属期,税种,税额（元）\n")
	for i := range longRows {
		fmt.Fprintf(&b, "河南测试第%d商贸有限公司,2016-05,增值税,%d\n", i+1, 1000+i)
	}
	path := filepath.Join(t.TempDir(), "税收明细.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestALongImportInABrowser watches an import on its way: it is cancelled, and then begun in a tab that is closed.
func TestALongImportInABrowser(t *testing.T) {
	var gate halt
	a := steppedApp(t, gate.step)
	a.patience = time.Millisecond
	w := newImportWalk(t, a)
	path := longFile(t)

	begin := func(tab context.Context) {
		t.Helper()
		w.drop(t, tab, path)
		w.see(t, tab, `location.pathname.startsWith("/imports/preview/")`) // the page of the job led on by itself
		gate.close()
		w.do(t, tab, chromedp.Click(`form[action="/imports/commit"] button`))
		w.see(t, tab, `location.pathname.startsWith("/imports/jobs/")`)
		w.see(t, tab, fmt.Sprintf(shows, "正在载入"))
	}
	t.Run("cancelled, nothing is visible", func(t *testing.T) {
		begin(w.ctx)
		w.do(t, w.ctx, chromedp.Click(`form[action$="/cancel"] button`))
		gate.open()
		w.see(t, w.ctx, fmt.Sprintf(shows, "已取消"))
		if n := w.standing(t, ledger.Tax); n != 0 {
			t.Errorf("%d rows are visible", n)
		}
		open(t, w.ctx, w.at+"/imports", desk)
		if text := evaluate[string](t, w.ctx, `document.querySelector("main").innerText`); !strings.Contains(text, "还没有导入过任何文件") || !strings.Contains(text, "税收明细.csv") {
			t.Errorf("the page of imports says %q", text)
		}
	})
	t.Run("the tab is closed, it is finished all the same", func(t *testing.T) {
		tab, leave := chromedp.NewContext(w.ctx)
		begin(tab)
		leave()
		open(t, w.ctx, w.at+"/imports", desk)
		w.see(t, w.ctx, `document.querySelector("#jobs progress") !== null`)
		gate.open()
		// The page finds out by itself.
		w.see(t, w.ctx, `document.querySelector("#jobs") === null && (document.querySelector("#card-history tbody tr") || { innerText: "" }).innerText.includes("税收明细.csv")`)
		if n := w.standing(t, ledger.Tax); n != longRows {
			t.Errorf("%d rows stand, want %d", n, longRows)
		}
	})
}

// halt holds every load before its first full block while it is closed.
type halt struct {
	mu sync.Mutex
	on chan struct{} // nil: open
}

func (h *halt) step(step string) {
	h.mu.Lock()
	on := h.on
	h.mu.Unlock()
	if step == "block" && on != nil {
		<-on
	}
}

func (h *halt) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.on = make(chan struct{})
}

func (h *halt) open() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.on != nil {
		close(h.on)
		h.on = nil
	}
}
