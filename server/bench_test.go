package server

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/analytics"
	"taizhang/ingest"
	"taizhang/internal/testkit"
)

// benchRuns is how often a page is asked for; medians are compared, since the machine is shared.
const benchRuns = 15

// BenchmarkPages times each page against the statements that answer it, both in this run, on the sample workbooks.
func BenchmarkPages(b *testing.B) {
	a := benchApp(b)
	pages := map[string]string{"cockpit": "/", "tax": "/tax", "projects": "/projects", "buildings": "/buildings",
		"resettlement": "/resettlement", "investment": "/investment", "indicators": "/indicators"}
	for _, name := range []string{"cockpit", "tax", "projects", "buildings", "resettlement", "investment", "indicators"} {
		b.Run(name, func(b *testing.B) { timePage(b, a, pages[name], name) })
	}
}

// timePage reports a page's median beside that of its statements.
func timePage(b *testing.B, a *app, path, report string) {
	b.Helper()
	timeReport(b, a, timed{path: path, report: report})
}

// timed is a page with the report that answers it; key names the one thing it is about. runs is how often it is asked for, 0: benchRuns.
type timed struct {
	path, report, key string
	runs              int
}

func timeReport(b *testing.B, a *app, of timed) {
	b.Helper()
	once := of
	once.runs = 1
	cold, _, _ := benchPage(b, a, once)
	for range b.N {
		b.ReportMetric(float64(cold.Microseconds())/1000, "cold_ms")
		page, statements, count := benchPage(b, a, of)
		b.ReportMetric(float64(page.Microseconds())/1000, "page_ms")
		b.ReportMetric(float64(statements.Microseconds())/1000, "statements_ms")
		b.ReportMetric(float64(count), "statements")
		b.ReportMetric(float64(page)/float64(statements), "x_statements")
	}
}

// benchPage gives the median time of a page and of its statements, asked for in turn.
func benchPage(b *testing.B, a *app, of timed) (page, statements time.Duration, count int) {
	b.Helper()
	var pages, sums []time.Duration
	mark := "?"
	if strings.Contains(of.path, mark) {
		mark = "&"
	}
	for range cmp.Or(of.runs, benchRuns) {
		start := time.Now()
		r := httptest.NewRequest(http.MethodGet, of.path+mark+"asof=2016-06-30", nil)
		r.Host = "127.0.0.1:8080"
		a.answers = newAnswers() // the page is made, not taken from those kept
		response, err := a.web.Test(r, 60_000)
		if err != nil || response.StatusCode != http.StatusOK {
			b.Fatal(response, err)
		}
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
		pages = append(pages, time.Since(start))

		var tally analytics.Tally
		clock, err := a.ledger.Clock(b.Context(), "2016-06-30", "")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := analytics.New(a.ledger).Report(analytics.WithTally(b.Context(), &tally), of.report, analytics.Question{Clock: clock}, of.key); err != nil {
			b.Fatal(err)
		}
		sums, count = append(sums, tally.Time), tally.Statements
	}
	return median(pages), median(sums), count
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}

// benchApp is the server over the sample workbooks.
func benchApp(b *testing.B) *app {
	b.Helper()
	l := testkit.Ledger(b)
	files, err := filepath.Glob(testkit.Sample("*"))
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range files {
		if !strings.HasSuffix(path, ".xlsx") && !strings.HasSuffix(path, ".csv") {
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := ingest.Import(context.Background(), l, path, content, ingest.Options{GoodRows: true, Now: testkit.Now}); err != nil {
			b.Fatal(err)
		}
	}
	a, err := newApp(DefaultConfig(), l, Engine{}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(a.close)
	a.exportPatience = time.Minute // a workbook is timed whole
	return a
}

func mustRead(b *testing.B, r io.Reader) []byte {
	b.Helper()
	content, err := io.ReadAll(r)
	if err != nil {
		b.Fatal(err)
	}
	return content
}
