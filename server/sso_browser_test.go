package server

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"taizhang/internal/access"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// TestSigningInByTheServiceInABrowser walks from our page over the service's own to ours in Chromium: a policy that forbids a form or a redirect
// would stop it there. The pages it touches are measured and held against axe-core on the way.
func TestSigningInByTheServiceInABrowser(t *testing.T) {
	testkit.Unraced(t)
	ctx := browser(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := "http://" + listener.Addr().String()
	p := testkit.NewProvider(t, []string{at + ssoBack}, []string{at + "/sign-in"})
	a, _ := clockApp(t, served(t, p, at))
	connect(t, a)
	enrol(t, a, "admin", "quiet harbour lamp", access.Administrator)
	expect(t, a, "zhang", ledger.SSO{Name: "zhang", Only: true}, access.Official)
	expect(t, a, "li", ledger.SSO{Name: "li"}, access.Viewer)
	go func() { _ = a.web.Listener(listener) }()
	t.Cleanup(func() { _ = a.web.ShutdownWithTimeout(5 * time.Second) })
	var found complaints
	found.listen(ctx)
	look := func(path string) {
		t.Helper()
		for _, lang := range []string{"en", "zh"} { // a cookie keeps the last
			for _, size := range screens {
				join := "?"
				if strings.Contains(path, "?") {
					join = "&"
				}
				address := at + path + join + "lang=" + lang
				checkUsable(t, ctx, address, size)
				if page := evaluate[laidOut](t, ctx, layout); page.Scroll > page.Width || len(page.Clipped) > 0 {
					t.Errorf("%s at %d: %d wide, cut off %q", address, size.width, page.Scroll, page.Clipped)
				}
				picture(t, fmt.Sprintf("%s-%s-%d", filepath.Base(path), lang, size.width), func() ([]byte, error) { return chromedp.Run(ctx, chromedp.CaptureScreenshot()) })
			}
		}
		for _, complaint := range found.take() {
			t.Errorf("%s: %s", path, complaint)
		}
	}
	look("/sign-in")
	look("/sign-in?sso=unreachable")
	look("/sign-in?out=sso")
	enters := func(name string) {
		t.Helper()
		open(t, ctx, at+"/sign-in?back=%2Faccount", desk)
		evaluate[any](t, ctx, `document.querySelector('a[href^="/sign-in/sso"]').click()`)
		waitFor(t, ctx, `document.querySelector('input[name="login"]') !== null`)
		evaluate[any](t, ctx, fmt.Sprintf(`document.querySelector('input[name="login"]').value = %q, document.querySelector('input[name="password"]').value = 'any', document.querySelector('button[type="submit"]').click()`, name))
		waitFor(t, ctx, `document.querySelector('input[name="login"]') === null && document.querySelector('button[type="submit"]') !== null`)
		evaluate[any](t, ctx, `document.querySelector('button[type="submit"]').click()`)
	}
	enters("zhang")
	waitFor(t, ctx, `location.pathname === "/account" && document.body.innerText.includes("已绑定")`)
	found.take() // what the service's own pages say is theirs
	look("/account")
	evaluate[any](t, ctx, `document.querySelector('form[action="/sign-out"] button').click()`)
	waitFor(t, ctx, `location.search === "?out=sso" && document.querySelector('a[href="/sign-in/sso/out"]') !== null`)
	evaluate[any](t, ctx, `document.querySelector('a[href="/sign-in/sso/out"]').click()`)
	waitFor(t, ctx, `document.querySelector('button[name="logout"]') !== null`)
	evaluate[any](t, ctx, `document.querySelector('button[name="logout"]').click()`)
	waitFor(t, ctx, `location.pathname === "/sign-in" && document.querySelector('input[name="password"]') !== null`)
	enters("stranger")
	waitFor(t, ctx, `location.pathname === "/sign-in" && document.querySelector('[role="alert"]') !== null`)
	found.take()
	s := enter(t, a, "admin")
	evaluate[string](t, ctx, fmt.Sprintf(`document.cookie = %q`, plainCookie+"="+s.token+"; path=/"))
	for _, path := range []string{"/admin/people", "/admin/people/zhang", "/admin/people/li"} {
		look(path)
	}
}

// picture writes what is on the screen into the folder that TAIZHANG_PICTURES names, for somebody to look at.
func picture(t *testing.T, name string, take func() ([]byte, error)) {
	t.Helper()
	dir := os.Getenv("TAIZHANG_PICTURES")
	if dir == "" {
		return
	}
	png, err := take()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	}
	if err != nil {
		t.Error(err)
	}
}
