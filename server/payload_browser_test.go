package server

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"taizhang/internal/testkit"
)

// caught is what a page of the payload record must not have done: called __hit, opened a dialog, or made an element of a text.
const caught = `(window.__hits || []).concat([...document.querySelectorAll('pwn-el')].map(e => 'element ' + e.outerHTML.slice(0, 80)))`

// signedIn gives a browser the cookie of a session.
func signedIn(t *testing.T, w *importWalk, s session) {
	t.Helper()
	open(t, w.ctx, w.at+"/sign-in", desk)
	evaluate[string](t, w.ctx, fmt.Sprintf(`document.cookie = %q`, plainCookie+"="+s.token+"; path=/"))
}

// TestPayloadsRunNothingInABrowser opens the pages over the payload record in Chromium, moves over their charts and opens what is folded.
func TestPayloadsRunNothingInABrowser(t *testing.T) {
	testkit.Unraced(t)
	a, of := payloadApp(t)
	w := newImportWalk(t, a)
	const watch = `window.__hits = []; window.__hit = tag => { window.__hits.push('called by ' + tag); }; window.alert = window.confirm = window.prompt = said => { window.__hits.push('dialog ' + said); };`
	if _, err := chromedp.Call(w.ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: watch}); err != nil {
		t.Fatal(err)
	}
	var found complaints
	found.listen(w.ctx)
	signedIn(t, w, of)
	escape := url.PathEscape
	project, leader, building := payloadText("project", 2), payloadText("leader", 2), payloadText("building", 2)
	paths := []string{"/", "/tax", "/projects", "/projects/" + escape(strings.ToLower(project)), "/leaders", "/leaders/" + escape(leader), "/schedule", "/schedule?project=" + url.QueryEscape(project),
		"/meeting", "/meetings", "/briefing", "/actions", "/resettlement", "/buildings", "/buildings/" + escape(strings.ToLower(building)), "/investment", "/services", "/indicators",
		"/indicators?indicator=" + url.QueryEscape(payloadText("indicators.indicator", 2)), "/alerts", "/screen", "/areas", "/imports", "/imports/1", "/source?dataset=projects", "/source?dataset=tenants",
		"/changes?from=2014-01-01&dataset=projects", "/records/projects/new", "/admin/people", "/admin/audit", "/account"}
	for i, path := range paths {
		if testing.Short() && i%2 == 1 && i > 12 {
			continue
		}
		name, _, _ := strings.Cut(path, "HYPERLINK")
		t.Run(name, func(t *testing.T) {
			open(t, w.ctx, w.at+path, desk)
			evaluate[bool](t, w.ctx, `document.querySelectorAll('details').forEach(d => d.open = true), document.querySelectorAll('.chart')[0]?.scrollIntoView(), true`)
			type point struct{ X, Y float64 }
			for _, at := range evaluate[[]point](t, w.ctx, `[...document.querySelectorAll('.chart canvas')].slice(0, 1).flatMap(c => { const r = c.getBoundingClientRect(); return [.3, .5, .7].map(f => ({X: r.x + r.width * f, Y: r.y + r.height / 2})); })`) {
				if err := chromedp.Do(w.ctx, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at.X, at.Y), chromedp.Sleep(50*time.Millisecond)); err != nil {
					t.Fatal(err)
				}
			}
			for _, one := range evaluate[[]string](t, w.ctx, caught) {
				t.Error(one)
			}
			for _, complaint := range found.take() {
				t.Error(complaint)
			}
			if status := evaluate[int](t, w.ctx, `performance.getEntriesByType('navigation')[0].responseStatus`); status != http.StatusOK {
				t.Errorf("the page is answered with %d", status)
			}
		})
	}
	t.Run("what runs would be found", func(t *testing.T) {
		evaluate[bool](t, w.ctx, `document.body.insertAdjacentHTML('beforeend', "<pwn-el></pwn-el><img src=x onerror=__hit(1)>"), __hit('test'), alert(1), true`)
		if got := evaluate[[]string](t, w.ctx, caught); len(got) < 3 {
			t.Errorf("only %q", got)
		}
		for end := time.Now().Add(10 * time.Second); len(found.take()) == 0; time.Sleep(100 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal("the policy stopped nothing")
			}
		}
	})
}
