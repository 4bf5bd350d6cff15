package server

import (
	"io"
	"net/http"
	"testing"
	"time"
)

// BenchmarkWorkbooks times a page and the same page as a workbook, in turn, on the sample workbooks.
func BenchmarkWorkbooks(b *testing.B) {
	a := benchApp(b)
	for _, name := range []string{"/index", "/tax", "/indicators", "/resettlement"} {
		b.Run(name[1:], func(b *testing.B) {
			for range b.N {
				page := name
				if page == "/index" {
					page = "/"
				}
				var pages, books []time.Duration
				size := 0
				for range benchRuns {
					shown, _ := timeGet(b, a, page)
					written, n := timeGet(b, a, name+".xlsx")
					pages, books, size = append(pages, shown), append(books, written), n
				}
				b.ReportMetric(float64(median(pages).Microseconds())/1000, "page_ms")
				b.ReportMetric(float64(median(books).Microseconds())/1000, "workbook_ms")
				b.ReportMetric(float64(median(books))/float64(median(pages)), "x_page")
				b.ReportMetric(float64(size)/1024, "KiB")
			}
		})
	}
}

// timeGet asks for what is made anew, and gives its time and size.
func timeGet(b *testing.B, a *app, path string) (time.Duration, int) {
	b.Helper()
	a.answers = newAnswers()
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, "http://127.0.0.1:8080"+path+"?asof=2016-06-30", nil)
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	response, err := a.web.Test(r, 60_000)
	if err != nil || response.StatusCode != http.StatusOK {
		b.Fatal(response, err)
	}
	defer response.Body.Close()
	n, _ := io.Copy(io.Discard, response.Body)
	return time.Since(start), int(n)
}
