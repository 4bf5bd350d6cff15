package server

import (
	"bufio"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"taizhang/analytics"
)

// longExports is the server over the samples whose requests do not wait for their files.
func longExports(t *testing.T) *app {
	t.Helper()
	a := samplesApp(t)
	a.exportPatience = 0
	return a
}

// asked gives the address of the job that an export leads to.
func askedFor(t *testing.T, a *app, address string) string {
	t.Helper()
	answer := call(t, a, http.MethodGet, address, nil)
	at := answer.Header.Get("Location")
	if answer.StatusCode != http.StatusSeeOther || !strings.HasPrefix(at, "/exports/") {
		t.Fatalf("%s: %d %s %.200s", address, answer.StatusCode, at, answer.Text)
	}
	return at
}

// ended waits for an export's end.
func ended(t *testing.T, a *app, at string) exportView {
	t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		var v exportView
		decode(t, call(t, a, http.MethodGet, at+".json", nil).Text, &v)
		if v.Over {
			return v
		}
		if time.Now().After(end) {
			t.Fatalf("it never ended: %+v", v)
		}
	}
}

func TestALongExportLeadsToItsPage(t *testing.T) {
	a := longExports(t)
	// The one turn that there is is taken, so that the export waits.
	for range exportsAtOnce {
		a.exports.turns <- struct{}{}
	}
	at := askedFor(t, a, "/tax.xlsx?asof=2016-06-27")
	if again := askedFor(t, a, "/tax.xlsx?asof=2016-06-27"); again != at {
		t.Error("the same is made twice")
	}
	page := call(t, a, http.MethodGet, at, nil)
	checkPage(t, page, "zh")
	for _, said := range []string{"正在查询数据", `action="` + at + `/cancel"`, `data-events="` + at + `/events"`, `href="/tax?asof=2016-06-27"`, `http-equiv="refresh"`} {
		if !strings.Contains(page.Text, said) {
			t.Errorf("the page of the job does not say %s", said)
		}
	}
	if early := call(t, a, http.MethodGet, at+"/file", nil); early.StatusCode != http.StatusSeeOther {
		t.Errorf("a file that is not made: %d", early.StatusCode)
	}
	for range exportsAtOnce {
		<-a.exports.turns
	}
	v := ended(t, a, at)
	if v.State != "done" || v.Percent != 100 || v.Rows != v.Total || v.Total < 30 || v.File != "tax-2016-06-27.xlsx" || !strings.HasSuffix(v.Next, "/file") {
		t.Errorf("%+v", v)
	}
	file := call(t, a, http.MethodGet, v.Next, nil)
	if file.StatusCode != http.StatusOK || file.Header.Get("Content-Type") != bookType || len(file.Text) != v.Bytes {
		t.Fatal(file.StatusCode, file.Header)
	}
	a.exportPatience = time.Minute
	if short := call(t, a, http.MethodGet, "/tax.xlsx?asof=2016-06-27", nil); short.Text != file.Text {
		t.Error("the file of the job is not the file of the address")
	}
	if done := call(t, a, http.MethodGet, at, nil); !strings.Contains(done.Text, `href="`+v.Next+`"`) || strings.Contains(done.Text, "/cancel") {
		t.Error("the page of an ended job does not lead to its file")
	}
	program := call(t, a, http.MethodGet, "/tax.xlsx?asof=2016-06-27", nil, `If-None-Match: `+file.Header.Get("ETag"))
	if program.StatusCode != http.StatusNotModified {
		t.Errorf("whoever has the file is sent it again: %d", program.StatusCode)
	}
}

func TestAnExportIsToldToTheEnd(t *testing.T) {
	a := longExports(t)
	for range exportsAtOnce {
		a.exports.turns <- struct{}{}
	}
	at := askedFor(t, a, "/projects.xlsx?asof=2016-06-27")
	answer, err := http.Get(serving(t, a) + at + "/events")
	if err != nil || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/event-stream") {
		t.Fatal(answer, err)
	}
	defer answer.Body.Close()
	for range exportsAtOnce {
		<-a.exports.turns
	}
	var last string
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		if data, is := strings.CutPrefix(lines.Text(), "data: "); is {
			last = data
		}
	}
	var v exportView
	decode(t, last, &v)
	if !v.Over || v.State != "done" {
		t.Errorf("the last event is %s", last)
	}
}

// TestCancellingEndsTheWork stops a workbook while its rows are written: nothing is made, its turn is free again, and the next one is made whole.
func TestCancellingEndsTheWork(t *testing.T) {
	a := longExports(t)
	for range exportsAtOnce {
		a.exports.turns <- struct{}{}
	}
	at := askedFor(t, a, "/buildings.xlsx?asof=2016-06-27")
	x, err := a.exports.find(strings.TrimPrefix(at, "/exports/"))
	if err != nil {
		t.Fatal(err)
	}
	cancelled := call(t, a, http.MethodPost, at+"/cancel", strings.NewReader(""), urlencoded, "Accept: application/json")
	var v exportView
	decode(t, cancelled.Text, &v)
	if v.State != "cancelled" || !v.Over || len(x.file.body) != 0 {
		t.Errorf("while it waited: %+v", v)
	}
	for range exportsAtOnce {
		<-a.exports.turns
	}
	// Now while it is made: its statements end, and the writer hears of it at its next report.
	at = askedFor(t, a, "/buildings.xlsx?asof=2016-06-29")
	if x, err = a.exports.find(strings.TrimPrefix(at, "/exports/")); err != nil {
		t.Fatal(err)
	}
	if err := x.told(0, 2); err != nil {
		t.Error("a writer that nobody stopped is stopped", err)
	}
	x.cancel()
	if err := x.told(1, 2); err == nil {
		t.Error("the writer of a cancelled export goes on")
	}
	if v := ended(t, a, at); v.State != "cancelled" || v.Says != "已取消，没有生成文件" {
		t.Errorf("%+v", v)
	}
	if after := ended(t, a, askedFor(t, a, "/buildings.xlsx?asof=2016-06-29")); after.State != "done" {
		t.Errorf("what was asked for again: %+v", after)
	}
}

func TestExportsThatCannotBeMadeSayWhy(t *testing.T) {
	a := longExports(t)
	if missing := call(t, a, http.MethodGet, "/exports/none", nil); missing.StatusCode != http.StatusNotFound || !strings.Contains(missing.Text, "没有这个导出") {
		t.Error(missing.StatusCode)
	}
	v := ended(t, a, askedFor(t, a, "/projects/no-such.xlsx"))
	if v.State != "failed" || !strings.HasPrefix(v.Says, "没有生成文件。") || len(v.Says) < 40 {
		t.Errorf("%+v", v)
	}
	a.exportPatience = time.Minute
	if at := call(t, a, http.MethodGet, "/projects/no-such.xlsx", nil); at.StatusCode != http.StatusNotFound {
		t.Errorf("a project that is not there: %d", at.StatusCode)
	}
	var tax analytics.TaxAnswer
	decode(t, call(t, a, http.MethodGet, "/tax.json", nil).Text, &tax)
	a.cfg.ExportRows = 5
	for _, address := range []string{"/tax.csv?year=2015", "/tax.xlsx?year=2015", "/source.csv?dataset=tax", "/imports.csv"} {
		got := call(t, a, http.MethodGet, address, nil)
		if got.StatusCode != http.StatusBadRequest || !regexp.MustCompile(`共 \d+ 行，一个文件最多 5 行`).MatchString(got.Text) || !strings.Contains(got.Text, "taizhang export") {
			t.Errorf("%s: %d %s", address, got.StatusCode, pageSays(got.Text))
		}
	}
	a.cfg.ExportRows, a.cfg.ExportMiB = 1000, 0
	for _, address := range []string{"/tax.json?year=2014", "/tax.csv?year=2014", "/tax.xlsx?year=2014"} {
		got := call(t, a, http.MethodGet, address, nil)
		if got.StatusCode != http.StatusBadRequest || !strings.Contains(got.Text, "文件超过 0 MiB 的上限") {
			t.Errorf("%s: %d %s", address, got.StatusCode, pageSays(got.Text))
		}
	}
}

// pageSays is the text of a page.
func pageSays(page string) string {
	return fmt.Sprintf("%.300s", regexp.MustCompile(`(?s)<[^>]*>|\s+`).ReplaceAllString(page, " "))
}

func TestWhatIsKeptOfExportsIsBounded(t *testing.T) {
	e := newExports()
	over := make(chan struct{})
	close(over)
	for i := range 5 {
		e.list = append(e.list, &export{id: fmt.Sprint(i), ended: over, finished: time.Now(), file: keptAnswer{body: make([]byte, exportBytes/3)}})
	}
	e.list[4].finished = time.Now().Add(-exportMemory - time.Second)
	e.forget()
	if len(e.list) != 2 || e.list[0].id != "2" || e.list[1].id != "3" {
		t.Errorf("%d are kept", len(e.list))
	}
}
