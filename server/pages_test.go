package server

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// samplesApp is the server over the record that holds every sample, good rows only, as the demo does; its tests share it and must not write.
func samplesApp(t *testing.T) *app {
	t.Helper()
	return appOver(t, testkit.Kept(t, "samples", func(l *ledger.Ledger) {
		cfg := DefaultConfig()
		cfg.Samples = testkit.Sample("")
		if err := (Program{Err: testWriter{t}}).loadSamples(t.Context(), cfg, l); err != nil {
			t.Fatal(err)
		}
	}))
}

type testWriter struct{ testing.TB }

func (w testWriter) Write(b []byte) (int, error) { return len(b), nil }

// pagePaths are all pages of figures, with one project, leader and building of the samples.
func pagePaths(t *testing.T, a *app) []string {
	t.Helper()
	var projects struct {
		Items []struct {
			Key     string
			Leaders []string
		}
	}
	decode(t, call(t, a, http.MethodGet, "/projects.json", nil).Text, &projects)
	var buildings analytics.BuildingsAnswer
	decode(t, call(t, a, http.MethodGet, "/buildings.json", nil).Text, &buildings)
	if len(projects.Items) == 0 || len(buildings.Buildings) == 0 {
		t.Fatal("the samples brought no projects or no buildings")
	}
	escape := url.PathEscape
	var cases analytics.CasesAnswer
	decode(t, call(t, a, http.MethodGet, "/cases.json", nil).Text, &cases)
	var scores analytics.ScoresAnswer
	decode(t, call(t, a, http.MethodGet, "/scores.json?asof=2016-06-27", nil).Text, &scores)
	own := []string{"/grid", "/patrols", "/enforcement", "/cases", "/scores"}
	for _, one := range cases.Items[:min(1, len(cases.Items))] {
		own = append(own, casePath(one.Number))
	}
	for _, one := range scores.Draws[:min(1, len(scores.Draws))] {
		own = append(own, drawPath(one.Name))
	}
	return append([]string{
		"/", "/tax", "/projects", "/projects/" + escape(projects.Items[0].Key), "/leaders", "/leaders/" + escape(projects.Items[0].Leaders[0]), "/schedule", "/meeting", "/briefing", "/meetings", "/actions",
		"/resettlement", "/buildings", "/buildings/" + escape(buildings.Buildings[0].Key), "/investment", "/indicators", "/indicators/catalogue", "/alerts", "/screen",
	}, own...)
}

// rawKey is a phrase that was not found in the catalogue, shown as its key.
var rawKey = regexp.MustCompile(`\b(page|figure|status|economy|import|schedule|meeting|flow|alert|screen|briefing|snapshot|document|case|score|draw|patrol|grid|street)\.[a-z0-9_]+(\.[a-z0-9_]+)*\b`)

var (
	scripts      = regexp.MustCompile(`<script[^>]*>`)
	inlineStyle  = regexp.MustCompile(`(?i)<[^>]+\s(style|on[a-z]+)=`)
	formatBroken = regexp.MustCompile(`%!|&lt;nil&gt;|ZgotmplZ`)
)

func TestPagesOverTheSamples(t *testing.T) {
	testkit.Unraced(t)
	a := samplesApp(t)
	paths := pagePaths(t, a)
	for _, path := range append(paths, "/imports", "/source") {
		for _, lang := range []string{"zh", "en"} {
			t.Run(path+" "+lang, func(t *testing.T) { checkPage(t, call(t, a, http.MethodGet, path+"?lang="+lang, nil), lang) })
		}
	}
	for _, path := range paths {
		t.Run(path+" formats", func(t *testing.T) { checkFormats(t, a, path) })
	}
	t.Run("seed figures", func(t *testing.T) { checkSeeds(t, a) })
	t.Run("clocks", func(t *testing.T) { checkClocks(t, a) })
	t.Run("figures lead to their source", func(t *testing.T) { checkSources(t, a) })
}

func checkPage(t *testing.T, page reply, lang string) {
	t.Helper()
	if page.StatusCode != http.StatusOK {
		t.Fatalf("%d %.400s", page.StatusCode, page.Text)
	}
	visible := regexp.MustCompile(`(?s)<script.*?</script>|<[^>]*>`).ReplaceAllString(page.Text, " ")
	if key := rawKey.FindString(visible); key != "" {
		t.Errorf("phrase %q is not in the catalogue", key)
	}
	for _, tag := range scripts.FindAllString(page.Text, -1) {
		if !strings.Contains(tag, ` src="/assets/`) && !strings.HasPrefix(tag, `<script type="application/json" `) {
			t.Errorf("inline script: %s", tag)
		}
	}
	for name, pattern := range map[string]*regexp.Regexp{"inline style or handler": inlineStyle, "a broken sentence": formatBroken} {
		if found := pattern.FindString(page.Text); found != "" {
			t.Errorf("%s: %s", name, found)
		}
	}
	if want := map[string]string{"zh": `<html lang="zh-CN"`, "en": `<html lang="en"`}[lang]; !strings.Contains(page.Text, want) {
		t.Errorf("no %s", want)
	}
	charts, tables := strings.Count(page.Text, `data-chart="`), strings.Count(page.Text, `class="behind"`)
	if charts != tables {
		t.Errorf("%d charts have %d tables behind them", charts, tables)
	}
}

func checkFormats(t *testing.T, a *app, path string) {
	t.Helper()
	if path == "/" {
		path = "/index"
	}
	var any struct {
		Stamp analytics.Stamp `json:"stamp"`
	}
	answer := call(t, a, http.MethodGet, path+".json", nil)
	decode(t, answer.Text, &any)
	if answer.StatusCode != http.StatusOK || any.Stamp.Asof != "2016-07-04" {
		t.Errorf("%d, as of %q", answer.StatusCode, any.Stamp.Asof)
	}
	table := call(t, a, http.MethodGet, path+".csv", nil)
	if table.StatusCode != http.StatusOK || !strings.HasPrefix(table.Text, "\ufeff") || strings.Count(table.Text, "\n") < 2 {
		t.Errorf("%d %.200q", table.StatusCode, table.Text)
	}
	if got := table.Header.Get("Content-Type"); got != "text/csv; charset=utf-8" {
		t.Error(got)
	}
	checkStatements(t, call(t, a, http.MethodGet, path+".sql", nil))
}

var bound = regexp.MustCompile(`\{(\w+):`)

// checkStatements holds the SQL behind a page: as many statements as it says, and a value for everything that is bound.
func checkStatements(t *testing.T, behind reply) {
	t.Helper()
	statements := strings.Split(strings.Split(behind.Text, "\n-- 语句读取的视图\n")[0], "\n-- == ")
	if behind.StatusCode != http.StatusOK || len(statements) < 2 || !strings.Contains(statements[0], fmt.Sprintf("下列 %d 条", len(statements)-1)) {
		t.Fatalf("%d %.200q", behind.StatusCode, behind.Text)
	}
	for _, statement := range statements[1:] {
		for _, name := range bound.FindAllStringSubmatch(statement, -1) {
			if !strings.Contains(statement, "\n-- {"+name[1]+"} = ") {
				t.Errorf("nothing is bound to %s in %.60s", name[1], statement)
			}
		}
	}
	if !strings.Contains(behind.Text, "CREATE OR REPLACE VIEW ") {
		t.Error("the views are not there")
	}
}

func checkSeeds(t *testing.T, a *app) {
	t.Helper()
	for path, figures := range map[string][]string{
		"/tax":           {`title="157,000,000.00 元"`, ">1.57<", `<data value="157000000"`},
		"/tax?year=2015": {`title="434,000,000.00 元"`, ">4.34<"},
		"/indicators": {`title="159,000,000.00 元"`, `title="434,000,000.00 元"`, ">2.73<", ">1.73<", ">+172.96<", ">+22.24<",
			`title="1,400,000,000.00 元"`, `title="4,900,000,000.00 元"`, ">3.50<", ">2.50<"},
		"/resettlement": {">2,900<", ">24,079<", "不合常理", ">18.7<", ">53.67<"},
		"/":             {">1.57<"},
	} {
		page := html.UnescapeString(call(t, a, http.MethodGet, path, nil).Text)
		for _, figure := range figures {
			if !strings.Contains(page, figure) {
				t.Errorf("%s does not show %s", path, figure)
			}
		}
	}
	// Without the same months of 2015 the growth of 2016 is a dash, never a number.
	alone := testApp(t)
	load(t, alone, "税收2016年1-5月.xlsx", sampleBytes(t, "税收2016年1-5月.xlsx"))
	page := call(t, alone, http.MethodGet, "/tax?year=2016", nil).Text
	if !strings.Contains(page, `title="157,000,000.00 元"`) || !strings.Contains(page, "同比 —") {
		t.Error("growth without last year's months is not a dash")
	}
}

func checkClocks(t *testing.T, a *app) {
	t.Helper()
	live := call(t, a, http.MethodGet, "/projects", nil).Text
	if strings.Contains(live, `class="banner"`) {
		t.Error("a live page has an as-of banner")
	}
	then := call(t, a, http.MethodGet, "/projects?asof=2016-06-10", nil).Text
	if !strings.Contains(then, `class="banner"`) || !strings.Contains(then, "数据截至 2016-06-10") {
		t.Error("no banner on a page of another day")
	}
	if !strings.Contains(then, `href="/tax?asof=2016-06-10"`) {
		t.Error("links lose the day")
	}
	before := call(t, a, http.MethodGet, "/projects?known=2016-01-01", nil).Text
	if !strings.Contains(before, "还没有项目") {
		t.Error("what was not known yet is shown")
	}
	if bad := call(t, a, http.MethodGet, "/tax?asof=tomorrow", nil); bad.StatusCode != http.StatusBadRequest || !strings.Contains(bad.Text, "tomorrow") {
		t.Error(bad.StatusCode)
	}
}

func checkSources(t *testing.T, a *app) {
	t.Helper()
	page := call(t, a, http.MethodGet, "/tax", nil).Text
	at := regexp.MustCompile(`href="(/source\?dataset=tax&amp;period=2016-05-01)"`).FindStringSubmatch(page)
	if at == nil {
		t.Fatal("a month of tax has no source")
	}
	source := call(t, a, http.MethodGet, strings.ReplaceAll(at[1], "&amp;", "&"), nil)
	if source.StatusCode != http.StatusOK || !strings.Contains(source.Text, "税收2016年1-5月.xlsx") {
		t.Error(source.StatusCode, "the source does not name the file")
	}
}

// load imports a file as a person would who loads the good rows.
func load(t *testing.T, a *app, name string, content []byte) {
	t.Helper()
	out, err := ingest.Import(context.Background(), a.ledger, name, content, ingest.Options{GoodRows: true, By: "test", Now: testkit.Now})
	if err != nil || out.Status != ingest.Committed {
		t.Fatalf("%v %+v", err, out)
	}
}

func TestEmptyPagesSayWhatToImport(t *testing.T) {
	testkit.Unraced(t)
	a := testApp(t)
	for _, path := range []string{"/", "/tax", "/projects", "/leaders", "/schedule", "/resettlement", "/buildings", "/investment", "/indicators", "/alerts"} {
		page := call(t, a, http.MethodGet, path, nil)
		if page.StatusCode != http.StatusOK || !strings.Contains(page.Text, `class="empty"`) || !strings.Contains(page.Text, `href="/imports"`) {
			t.Errorf("%s: %d", path, page.StatusCode)
		}
		checkPage(t, page, "zh")
	}
}

func TestNamesStayText(t *testing.T) {
	const evil = `</script><script>alert(1)</script><img src=x onerror=alert(2)>__f__(function(){alert(3)})()__f__`
	a := testApp(t)
	load(t, a, "a.csv", []byte("村名,地块,楼栋,总套数(套),总面积(㎡),已交付套数(套),截至日期\n\""+evil+"\",\""+evil+"\",1号楼,100,10000,50,2016-06-30\n"))
	load(t, a, "b.csv", []byte("项目名称,项目类型,分包领导,责任科室,计划开工,计划竣工\n\""+evil+"\",商业,\""+evil+"\",\""+evil+"\",2016-01-01,2017-01-01\n"))
	for _, path := range []string{"/", "/resettlement", "/projects", "/leaders", "/projects/" + url.PathEscape(evil)} {
		page := call(t, a, http.MethodGet, path, nil)
		if page.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", path, page.StatusCode)
		}
		for _, markup := range []string{"<script>alert", "<img src=x", "__f__("} {
			// In the page's text the mark is harmless; in an option it must not stand.
			where := page.Text
			if markup == "__f__(" {
				where = strings.Join(regexp.MustCompile(`(?s)<script type="application/json".*?</script>`).FindAllString(where, -1), "")
			}
			if strings.Contains(where, markup) {
				t.Errorf("%s holds %q", path, markup)
			}
		}
		if path == "/resettlement" && !strings.Contains(page.Text, "&lt;/script&gt;") {
			t.Error("the name is not shown at all")
		}
	}
}

func TestAssetsAreOurOwnAndKept(t *testing.T) {
	a := testApp(t)
	if err := assetsReady(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"app.css", "pages.css", "app.js", "icon.svg", vendor} {
		kept := call(t, a, http.MethodGet, assetPath(name), nil, "Accept-Encoding: gzip")
		if kept.StatusCode != http.StatusOK || !strings.Contains(kept.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %s", name, kept.StatusCode, kept.Header.Get("Cache-Control"))
		}
		if stale := call(t, a, http.MethodGet, "/assets/"+name+"?old", nil); strings.Contains(stale.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: an address of another version is kept for good", name)
		}
	}
	for _, name := range []string{"none.js", "..%2fapp.go", "%2e%2e/app.go"} {
		if got := call(t, a, http.MethodGet, "/assets/"+name, nil); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", name, got.StatusCode)
		}
	}
	script, err := os.ReadFile("assets/app.js")
	if err != nil || regexp.MustCompile(`\beval\b|new Function|innerHTML|https?://`).Match(script) {
		t.Error("the page's script evaluates text, writes markup or names another host", err)
	}
}
