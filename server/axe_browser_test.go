package server

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"taizhang/internal/testkit"
)

// audit asks axe-core what on the page people who see, hear or move differently cannot use, by WCAG 2.1 A and AA.
const audit = `axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}, resultTypes: ['violations']}).then(found =>
	found.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v =>
		v.id + ' (' + v.impact + '): ' + v.help + ' - ' + v.nodes.length + ' times, first ' + v.nodes[0].target.join(' ') + ': ' +
		v.nodes[0].any.concat(v.nodes[0].all, v.nodes[0].none).map(c => c.message).join('; ')))`

// TestPagesAreUsableByAll holds every page, in both looks and languages and on a phone, against axe-core.
func TestPagesAreUsableByAll(t *testing.T) {
	testkit.Unraced(t)
	source, err := os.ReadFile(filepath.Join(testkit.Root(), "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatalf("axe-core is fetched by make setup: %v", err)
	}
	ctx := browser(t)
	a := samplesApp(t)
	at := serving(t, a)
	paths := append(pagePaths(t, a), "/imports", "/source", "/changes", "/records", "/records/issues")
	looks := []struct {
		words string
		size  window
	}{{"", desk}, {"theme=dark", desk}, {"lang=en", phone}}
	for i, path := range paths {
		for j, look := range looks {
			if testing.Short() && j != i%len(looks) {
				continue // each page in one look, all looks among the pages; the rest in make soak
			}
			t.Run(fmt.Sprintf("%s?%s", path, look.words), func(t *testing.T) {
				open(t, ctx, at+path+"?"+look.words, look.size)
				evaluate[any](t, ctx, string(source)+"; null")
				violations, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](audit, chromedp.EvalAwaitPromise))
				if err != nil {
					t.Fatal(err)
				}
				for _, violation := range violations {
					t.Error(violation)
				}
			})
		}
	}
}
