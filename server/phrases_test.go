package server

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/internal/text"
)

// builders are calls that make a phrase's key of a word.
var builders = map[string]*regexp.Regexp{
	"page.col.":    regexp.MustCompile(`\b(?:col|numCol|dayCol|textCol|wordCol)\("([a-z0-9_]+)"`),
	"page.card.":   regexp.MustCompile(`\.card\("([a-z0-9_]+)"`),
	"page.empty.":  regexp.MustCompile(`nothing\("([a-z0-9_]+)"`),
	"figure.unit.": regexp.MustCompile(`unit\("([a-z0-9_]+)"`),
}

var wholeKey = regexp.MustCompile(`"((?:page|figure)\.[a-z0-9_.]*[a-z0-9_])"`)

// families are keys that the program makes of what the record holds.
var families = []string{"page.kpi.", "page.sub.", "page.light.", "page.rule.", "page.title.", "page.tier.", "page.expiry.", "page.color.",
	"figure.month.", "page.col.tax_", "page.col.days_", "figure.unit.", "page.card.", "page.empty.", "page.days.", "page.plans.",
	"page.moves.", "page.paint.", "page.why.", "page.sort.", "page.reason.", "page.grid.gap.", "page.enf.counted."}

// sources are the files that name phrases of the pages.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, pattern := range []string{"server/*.go", "charts/*.go", "server/views/*.html"} {
		files, err := filepath.Glob(filepath.Join(testkit.Root(), pattern))
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(b)
		}
	}
	return all.String()
}

func TestEveryPhraseIsInTheCatalogue(t *testing.T) {
	all := sources(t)
	used := map[string]bool{}
	for _, m := range wholeKey.FindAllStringSubmatch(all, -1) {
		used[m[1]] = true
	}
	for prefix, pattern := range builders {
		for _, m := range pattern.FindAllStringSubmatch(all, -1) {
			used[prefix+m[1]] = true
			if prefix == "page.empty." {
				used[prefix+m[1]+".do"] = true
			}
		}
	}
	for key := range used {
		if !text.Known(key) {
			t.Errorf("%s is named and not in the catalogue", key)
		}
	}
	for _, key := range text.Keys() {
		if !strings.HasPrefix(key, "page.") && !strings.HasPrefix(key, "figure.") || used[key] {
			continue
		}
		member := false
		for _, f := range families {
			member = member || strings.HasPrefix(key, f)
		}
		if !member {
			t.Errorf("%s is in the catalogue and nobody says it", key)
		}
	}
}
