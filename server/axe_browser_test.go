package server

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"taizhang/internal/access"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// audit asks axe-core what on the page people who see, hear or move differently cannot use, by WCAG 2.1 A and AA.
const audit = `axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}, resultTypes: ['violations']}).then(found =>
	found.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v =>
		v.id + ' (' + v.impact + '): ' + v.help + ' - ' + v.nodes.length + ' times, first ' + v.nodes[0].target.join(' ') + ': ' +
		v.nodes[0].any.concat(v.nodes[0].all, v.nodes[0].none).map(c => c.message).join('; ')))`

// looks are those in which pages are held against axe-core.
var looks = []struct {
	words string
	size  window
}{{"", desk}, {"theme=dark", desk}, {"lang=en", phone}}

// checkUsable opens a page in a look and asks axe-core.
func checkUsable(t *testing.T, ctx context.Context, address string, size window) {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(testkit.Root(), "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatalf("axe-core is fetched by make setup: %v", err)
	}
	open(t, ctx, address, size)
	evaluate[any](t, ctx, string(source)+"; null")
	violations, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](audit, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	for _, violation := range violations {
		t.Error(violation)
	}
}

// TestPagesAreUsableByAll holds every page, in both looks and languages and on a phone, against axe-core.
func TestPagesAreUsableByAll(t *testing.T) {
	testkit.Unraced(t)
	ctx := browser(t)
	a := samplesApp(t)
	at := serving(t, a)
	for i, path := range append(pagePaths(t, a), "/imports", "/source", "/changes", "/records", "/records/issues", backupsPath) {
		for j, look := range looks {
			if testing.Short() && j != i%len(looks) {
				continue // each page in one look, all looks among the pages; the rest in make soak
			}
			t.Run(fmt.Sprintf("%s?%s", path, look.words), func(t *testing.T) { checkUsable(t, ctx, at+path+"?"+look.words, look.size) })
		}
	}
}

// TestPagesOfPeopleAreUsableByAll holds the pages of sign-in, accounts, audit, backups, imports and exports against axe-core, as somebody signed in sees them.
func TestPagesOfPeopleAreUsableByAll(t *testing.T) {
	testkit.Unraced(t)
	a := samplesApp(t)
	hash, _ := handIn(t, a, "安置房交付.xlsx")
	accounts := map[string]ledger.Account{}
	for name, roles := range map[string][]access.Role{"all": access.Roles, "viewer": {access.Viewer}} {
		accounts[name] = ledger.Account{Name: name, Person: "姓名" + name, Roles: roles, PasswordAt: a.ledger.Now()}
	}
	a.accounts = func(context.Context) (map[string]ledger.Account, error) { return accounts, nil }
	s := enter(t, a, "all")
	a.exportPatience = 0
	job := s.get("/tax.xlsx?card=tax_months").Header.Get("Location")
	w := newImportWalk(t, a)
	// The sign-in page comes first: who is signed in is led on.
	paths := []string{"/sign-in", "/account", "/admin/people", "/admin/people/viewer", "/admin/audit", backupsPath, "/briefing", "/briefing/kept", "/imports", "/imports/1", "/imports/preview/" + hash, job}
	for i, path := range paths {
		if path == "" {
			t.Fatal("an export has no page")
		}
		if i == 1 {
			signedIn(t, w, s)
		}
		for j, look := range looks[:2] {
			if testing.Short() && j != i%2 {
				continue
			}
			t.Run(fmt.Sprintf("%s?%s", path, look.words), func(t *testing.T) {
				checkUsable(t, w.ctx, w.at+path+"?"+look.words, look.size)
				if at := evaluate[string](t, w.ctx, "location.pathname"); at != path {
					t.Errorf("the browser was led to %s", at)
				}
			})
		}
	}
}
