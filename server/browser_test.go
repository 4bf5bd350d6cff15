package server

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"taizhang/analytics"
	"taizhang/internal/testkit"
)

// screens are the sizes every page is opened at.
var screens = []window{desk, phone}

type window struct{ width, height int64 }

var desk, phone = window{1440, 900}, window{390, 844}

// browser starts Chromium; without one the test is skipped aloud, and fails where CI=true.
func browser(t *testing.T) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("no Chromium on this machine: the browser tests must run where CI=true")
		}
		t.Skip("SKIPPED ALOUD: no Chromium on this machine, so no page was opened in a browser (apt-get install chromium)")
	}
	// Files that are dropped have Chinese names: without a UTF-8 locale the browser cannot find them.
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()), chromedp.Env("LANGUAGE=zh_CN.UTF-8", "LC_ALL=C.UTF-8"),
		chromedp.Flag("lang", "zh-CN"), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update",
			true), chromedp.Flag("hide-scrollbars", true))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, quit := chromedp.NewContext(ctx)
	t.Cleanup(quit)
	ctx, end := context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(end)
	return ctx
}

// complaints collects what the browser holds against a page: errors, exceptions, violations of the policy.
type complaints struct {
	sync.Mutex
	list []string
}

func (c *complaints) add(format string, args ...any) {
	c.Lock()
	defer c.Unlock()
	c.list = append(c.list, fmt.Sprintf(format, args...))
}

func (c *complaints) take() []string {
	c.Lock()
	defer c.Unlock()
	list := c.list
	c.list = nil
	return list
}

// listen collects until the browser ends; a violation of the policy is an error in the console.
func (c *complaints) listen(ctx context.Context) {
	messages := chromedp.Console(ctx)
	go func() {
		for message, err := range messages {
			if err != nil {
				return
			}
			switch message.Type {
			case chromedp.ConsoleWarning, chromedp.ConsoleError, chromedp.ConsoleException:
				c.add("%s: %s (%s)", message.Type, message.Text, message.URL)
			}
		}
	}()
}

// laidOut is what a page says of itself once it stands.
type laidOut struct {
	Width, Scroll   int
	Charts, Started int
	Clipped         []string
	Wide            []string // charts wider than their box
	KPIs            map[string]string
}

// layout measures the page: overflow to the side, charts that did not start, figures that do not fit their box.
const layout = `(() => ({
	Width: window.innerWidth, Scroll: document.documentElement.scrollWidth,
	Charts: document.querySelectorAll('.chart[data-chart]').length, Started: document.querySelectorAll('.chart[data-chart]:has(canvas)').length,
	Clipped: [...document.querySelectorAll('.kpi .value, .card > header h2, .light, .tag, .top h1')].filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline').map(e => e.textContent),
	Wide: [...document.querySelectorAll('.chart canvas')].filter(c => c.clientWidth > c.closest('.chart').clientWidth + 1).map(c => c.closest('.chart').dataset.chart),
	KPIs: Object.fromEntries([...document.querySelectorAll('[data-kpi]')].map(e => [e.dataset.kpi, e.querySelector('data').getAttribute('value')])),
}))()`

func TestPagesInABrowser(t *testing.T) {
	testkit.Unraced(t)
	ctx := browser(t)
	a := samplesApp(t)
	at := serving(t, a)
	var found complaints
	found.listen(ctx)
	for _, screen := range screens {
		for _, path := range append(pagePaths(t, a), "/imports", "/source", "/tax?lang=en&theme=dark", "/?lang=zh&asof=2016-06-20") {
			t.Run(fmt.Sprintf("%s at %dx%d", path, screen.width, screen.height), func(t *testing.T) {
				page := open(t, ctx, at+path, screen)
				for _, complaint := range found.take() {
					t.Error(complaint)
				}
				if page.Scroll > page.Width {
					t.Errorf("the page is %d px wide in a window of %d", page.Scroll, page.Width)
				}
				if page.Started != page.Charts {
					t.Errorf("%d of %d charts were drawn", page.Started, page.Charts)
				}
				if len(page.Clipped)+len(page.Wide) > 0 {
					t.Errorf("cut off: %q, charts %q", page.Clipped, page.Wide)
				}
			})
		}
	}
	t.Run("figures are those of the JSON", func(t *testing.T) { checkShown(t, ctx, a, at) })
	t.Run("the table stands behind the chart", func(t *testing.T) { checkToggle(t, ctx, at) })
	t.Run("charts follow the window", func(t *testing.T) { checkResize(t, ctx, at) })
	t.Run("hovering breaks no rule", func(t *testing.T) { checkHover(t, ctx, &found, at) })
	t.Run("without script the table is there", func(t *testing.T) { checkPlain(t, ctx, at) })
	t.Run("screenshot", func(t *testing.T) { screenshot(t, ctx, at) })
}

func open(t *testing.T, ctx context.Context, address string, size window) laidOut {
	t.Helper()
	err := chromedp.Do(ctx, chromedp.EmulateViewport(size.width, size.height), chromedp.Navigate(address), chromedp.Sleep(300*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	return evaluate[laidOut](t, ctx, layout)
}

func evaluate[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// checkShown compares the figures in the browser with those of the JSON at the same address.
func checkShown(t *testing.T, ctx context.Context, a *app, at string) {
	t.Helper()
	var tax analytics.TaxAnswer
	decode(t, call(t, a, http.MethodGet, "/tax.json", nil).Text, &tax)
	if got := open(t, ctx, at+"/tax", desk).KPIs["tax"]; got != tax.YearToDateYuan.String() || got != "157000000" {
		t.Errorf("tax: page %q, JSON %q, want 157000000", got, tax.YearToDateYuan)
	}
	var housing analytics.ResettlementAnswer
	decode(t, call(t, a, http.MethodGet, "/resettlement.json", nil).Text, &housing)
	if got := open(t, ctx, at+"/resettlement", desk).KPIs["owed"]; got != housing.Totals.OwedUnits.String() {
		t.Errorf("owed: page %q, JSON %q", got, housing.Totals.OwedUnits)
	}
	var cockpit struct{ KPIs []analytics.KPI }
	decode(t, call(t, a, http.MethodGet, "/index.json", nil).Text, &cockpit)
	shown := open(t, ctx, at+"/", desk).KPIs
	for _, k := range cockpit.KPIs {
		want := k.Value.String()
		if !k.Value.Valid() {
			want = ""
		}
		if shown[k.ID] != want {
			t.Errorf("%s: page %q, JSON %q", k.ID, shown[k.ID], want)
		}
	}
	open(t, ctx, at+"/indicators", desk)
	growth := evaluate[string](t, ctx, `document.querySelector('#card-growth tbody tr').innerText`)
	for _, figure := range []string{"2.73", "1.73", "+172.96", "+22.24"} {
		if !strings.Contains(growth, figure) {
			t.Errorf("the first plan period %q does not show %s", growth, figure)
		}
	}
}

// checkToggle turns a chart into its table and back, and saves it as a picture without a complaint.
func checkToggle(t *testing.T, ctx context.Context, at string) {
	t.Helper()
	open(t, ctx, at+"/tax", desk)
	const shown = `document.querySelector('#behind-tax_months').offsetHeight > 0 && document.querySelector('.chart[data-chart="tax_months"]').offsetHeight === 0`
	before := evaluate[bool](t, ctx, shown)
	after := evaluate[bool](t, ctx, `document.querySelector('[data-toggle="tax_months"]').click(), `+shown)
	saved := evaluate[[]string](t, ctx, `(() => { const made = []; const Kept = Blob; window.Blob = function (parts, kind) { made.push(parts[0], kind.type); return new Kept(parts, kind); };
		document.querySelector('[data-save="svg"][data-for="tax_months"]').click(); window.Blob = Kept; return made; })()`)
	if before || !after {
		t.Errorf("table in the chart's place: %v before, %v after", before, after)
	}
	if len(saved) != 2 || saved[1] != "image/svg+xml" {
		t.Fatalf("saved %q", saved)
	}
	written, stamp := writtenIn(t, saved[0]), evaluate[string](t, ctx, `document.querySelector('[data-chart="tax_months"]').dataset.stamp`)
	for _, said := range []string{"当月税收", "12月", stamp} {
		if said == "" || !strings.Contains(written, said) {
			t.Errorf("the saved picture does not say %q", said)
		}
	}
	evaluate[bool](t, ctx, `(() => { const keep = URL.createObjectURL; URL.createObjectURL = b => { document.body.dataset.made = b.type + (b.size > 20000 ? " drawn" : " empty"); return keep.call(URL, b); };
		document.querySelector('[data-save="png"][data-for="tax_months"]').click(); return true; })()`)
	waitFor(t, ctx, `document.body.dataset.made === "image/png drawn"`)
}

// checkResize turns a wide window into a narrow one: charts must follow.
func checkResize(t *testing.T, ctx context.Context, at string) {
	t.Helper()
	open(t, ctx, at+"/tax", desk)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(phone.width, phone.height), chromedp.Sleep(500*time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if page := evaluate[laidOut](t, ctx, layout); len(page.Wide) > 0 || page.Scroll > page.Width {
		t.Errorf("charts %q are wider than their box; page %d in %d", page.Wide, page.Scroll, page.Width)
	}
}

// checkHover shows a chart's tooltip with a real pointer: it must not need inline style or markup.
func checkHover(t *testing.T, ctx context.Context, found *complaints, at string) {
	t.Helper()
	open(t, ctx, at+"/tax", desk)
	found.take()
	for x := 300.0; x < 900; x += 100 {
		if err := chromedp.Do(ctx, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, 450), chromedp.Sleep(50*time.Millisecond)); err != nil {
			t.Fatal(err)
		}
	}
	for _, complaint := range found.take() {
		t.Error(complaint)
	}
}

// checkPlain opens a page with scripts off: the table stands where the chart would.
func checkPlain(t *testing.T, ctx context.Context, at string) {
	t.Helper()
	off := func(value bool) {
		if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: value}); err != nil {
			t.Fatal(err)
		}
	}
	off(true)
	defer off(false)
	open(t, ctx, at+"/tax", desk)
	const plain = `document.querySelector('#behind-tax_months').offsetHeight > 100 && document.querySelector('.chart').offsetHeight === 0 && document.querySelector('.filters .go').offsetHeight > 0 &&
		document.querySelector('a[data-save="png"]').offsetHeight > 0`
	if !evaluate[bool](t, ctx, plain) {
		t.Error("no table, no way to apply the filters, or no file of the chart")
	}
}

// screenshot writes the picture of the README under -update.
func screenshot(t *testing.T, ctx context.Context, at string) {
	t.Helper()
	open(t, ctx, at+"/", desk)
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if len(png) < 50_000 {
		t.Errorf("the cockpit's picture has %d bytes: nothing is on it", len(png))
	}
	if f := flag.Lookup("update"); f == nil || f.Value.String() != "true" {
		return
	}
	path := filepath.Join(testkit.Root(), "docs", "images", "cockpit.png")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, png, 0o644); err != nil {
		t.Fatal(err)
	}
}

// paper prints a page, holds the number of its sheets and their size, and gives the text on them without spaces; empty, and said, on a machine
// without pdftotext.
func paper(t *testing.T, ctx context.Context, address, sheet string) (pages int, text string) {
	t.Helper()
	open(t, ctx, address, desk)
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	pages = len(regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(pdf, -1))
	if pages < 2 || pages > 8 || !regexp.MustCompile(sheet).Match(pdf) {
		t.Errorf("%d pages, or not of the size %s", pages, sheet)
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Log("no pdftotext on this machine: the text of the paper was not read")
		return pages, ""
	}
	file := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return pages, strings.Join(strings.Fields(string(out)), "")
}
