package server

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/net/html"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// payloadWalk follows every link of every page over the payload record, so that the addresses are those the product itself makes of hostile names.
type payloadWalk struct {
	app    *app
	of     session
	queue  []string
	seen   map[string]bool // addresses
	times  map[string]int  // how often an address of a shape was asked
	routes map[string]int  // how often a route answered
	tags   map[string]map[string]bool
	kinds  map[string]int
}

// perShape is how many pages of one shape are asked: two, so that names of the two kinds of first sign come by.
const perShape = 2

// ofEveryPage are words of addresses that change no text of a page.
var ofEveryPage = strings.Fields("lang theme asof known year basis page dataset from")

// routeOf is the GET route an address reaches, and the format it asks for.
func (w *payloadWalk) routeOf(path string) (r route, format string) {
	format = "html"
	for _, suffix := range append(strings.Fields("json csv sql svg png"), docxFormat, pdfFormat, bookFormat) {
		if bare, found := strings.CutSuffix(path, "."+suffix); found {
			path, format = or(strings.TrimSuffix(bare, "/index"), "/"), suffix
			break
		}
	}
	for _, r := range w.app.routes() {
		if r.Method == "" && (r.Path == path || strings.Contains(r.Path, ":") && fiber.RoutePatternMatch(path, r.Path)) {
			return r, format
		}
	}
	return route{}, format
}

// add puts an address on the list, unless enough of its shape were asked.
func (w *payloadWalk) add(address string) {
	path, query, _ := strings.Cut(address, "?")
	path, _, _ = strings.Cut(path, "#")
	query, _, _ = strings.Cut(query, "#")
	words, _ := url.ParseQuery(query)
	r, format := w.routeOf(path)
	var shape string
	switch {
	case format != "html": // each format of each route once, and of drawings each chart
		shape = fmt.Sprint(r.Path, " ", format)
		if r.Name == "source" {
			shape += fmt.Sprint(words["dataset"])
		}
		if format == "svg" && !testing.Short() {
			shape += fmt.Sprint(words["chart"])
		}
	case r.Name == "source": // whichever fields name the row
		shape = fmt.Sprint(r.Path, words["dataset"], words.Has("key"))
	case strings.HasPrefix(r.Path, "/records/"):
		shape = path
	case r.Name == "changes":
		shape = fmt.Sprint(r.Path, words["dataset"])
	case testing.Short():
		shape = r.Path
	default:
		names := slices.DeleteFunc(slices.Sorted(maps.Keys(words)), func(name string) bool { return slices.Contains(ofEveryPage, name) })
		shape = fmt.Sprint(r.Path, names)
	}
	most := 1
	if format == "html" && strings.Contains(r.Path, ":") {
		most = perShape
	}
	whole := path
	if query != "" {
		whole += "?" + query
	}
	if w.seen[whole] || w.times[shape] >= most || strings.HasPrefix(path, "/assets/") || strings.HasSuffix(path, "/events") {
		return
	}
	w.seen[whole] = true
	w.times[shape]++
	w.queue = append(w.queue, whole)
}

var tagged = regexp.MustCompile(`[a-z_]+(?:\.[a-z_]+)*\.[0-4]\b`)

// visit asks for an address, holds the answer, notes whose texts it shows and adds where it leads.
func (w *payloadWalk) visit(t *testing.T, address string) {
	t.Helper()
	begun := time.Now()
	answer := w.of.get(address)
	defer func() {
		if took := time.Since(begun); took > 2*time.Second {
			t.Logf("%.1f s %.120s", took.Seconds(), address)
		}
	}()
	path, _, _ := strings.Cut(address, "?")
	r, format := w.routeOf(path)
	w.routes[r.Path]++
	w.kinds[format]++
	checkAnswer(t, address, answer)
	if answer.StatusCode == http.StatusNotFound && (format == "svg" || format == "png") {
		return // a page without a chart
	}
	if r.Path == "" || answer.StatusCode >= 400 {
		t.Errorf("%.200s: %d %.200s", address, answer.StatusCode, saysOf(answer.Text))
		return
	}
	if to := answer.Header.Get("Location"); to != "" {
		w.add(to)
	}
	shown := answer.Text
	if format == bookFormat || format == docxFormat {
		shown = textOf(t, answer).all
	}
	if w.tags[format] == nil {
		w.tags[format] = map[string]bool{}
	}
	for _, tag := range tagged.FindAllString(shown, -1) {
		w.tags[format][tag] = true
	}
	if format != "html" || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		return
	}
	root, _ := html.Parse(strings.NewReader(answer.Text))
	for n := range root.Descendants() {
		for _, one := range n.Attr {
			if n.Data == "a" && one.Key == "href" && strings.HasPrefix(one.Val, "/") {
				w.add(one.Val)
			}
		}
	}
	for _, suffix := range strings.Fields(r.Formats) {
		bare, words, asks := strings.Cut(address, "?")
		if bare == "/" {
			bare = "/index"
		}
		if bare += "." + suffix; asks {
			bare += "?" + words
		}
		w.add(bare)
	}
}

// notWalked are the GET routes that no link of a page over a record leads to, and what asks them instead.
var notWalked = map[string]string{
	"/assets/*":                       "TestAssetsAreOurOwnAndKept; nothing people type is in them",
	"/imports/jobs/:job/events":       "TestThePayloadsOfAJob",
	"/exports/:job/events":            "TestThePayloadsOfAJob",
	"/exports/:job/file":              "TestThePayloadsOfAJob",
	"/exports/:job":                   "TestThePayloadsOfAJob",
	"/imports/jobs/:job":              "TestThePayloadsOfAJob",
	"/imports/preview/:hash":          "TestThePayloadsOfAFileThatWaits",
	"/briefing/kept/:file":            "TestWeeklyBriefingIsKeptOnceAndAsItWasKnown; its files are those of /briefing",
	"/imports/preview/:hash/marked":   "TestThePayloadsOfAFileThatWaits",
	"/imports/preview/:hash/rejected": "TestThePayloadsOfAFileThatWaits",
	"/imports/:batch/marked":          "TestThePayloadsOfAFileThatWaits",
	"/imports/:batch/rejected":        "TestThePayloadsOfAFileThatWaits",
	"/metrics":                        "only numbers",
	"/photos/:hash":                   "TestWhoMayDoWhatWithPatrols; pictures alone, written by us",
}

// TestPayloadsStayTextEverywhere walks the product over a record whose every text is an attack.
func TestPayloadsStayTextEverywhere(t *testing.T) {
	testkit.Unraced(t)
	a, of := payloadApp(t)
	w := &payloadWalk{app: a, of: of, seen: map[string]bool{}, times: map[string]int{}, routes: map[string]int{}, tags: map[string]map[string]bool{}, kinds: map[string]int{}}
	for _, r := range a.routes() {
		if r.Method == "" && !strings.ContainsAny(r.Path, ":*") {
			w.add(r.Path)
		}
	}
	for _, d := range ledger.All {
		w.add("/source?dataset=" + d.Name)
		w.add("/source.csv?dataset=" + d.Name)
		w.add("/source.json?dataset=" + d.Name)
		w.add("/changes?from=2014-01-01&dataset=" + d.Name)
	}
	_, draw := hostileNames(t, a)
	w.add(drawPath(draw) + "?asof=2016-06-30")
	for len(w.queue) > 0 {
		next := w.queue[0]
		w.queue = w.queue[1:]
		w.visit(t, next)
	}
	t.Log(w.kinds, len(w.seen), "addresses")
	for _, r := range a.routes() {
		if r.Method == "" && w.routes[r.Path] == 0 && notWalked[r.Path] == "" {
			t.Errorf("no link leads to %s: name in notWalked what asks it", r.Path)
		}
	}
	for _, d := range ledger.All {
		for _, f := range d.StoredFields() {
			if !isText(f) || f.Hidden {
				continue
			}
			for _, format := range []string{"html", "csv", "json"} {
				any := slices.ContainsFunc(strings.Fields("0 1 2 3 4"), func(row string) bool { return w.tags[format][payloadTag(d, f)+"."+row] })
				if !any {
					t.Errorf("%s is shown nowhere as %s: the walk says nothing of it", payloadTag(d, f), format)
				}
			}
		}
	}
	for _, format := range []string{"html", "json", "csv", "sql", "svg", bookFormat, docxFormat} {
		t.Log(format, len(w.tags[format]), "fields' texts")
	}
	// Formats in which no text stands would prove nothing.
	for format, least := range map[string]int{bookFormat: 40, docxFormat: 5, "svg": 5} {
		if len(w.tags[format]) < least {
			t.Errorf("only %d texts stand in %s: %v", len(w.tags[format]), format, slices.Sorted(maps.Keys(w.tags[format])))
		}
	}
}
