package server

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// BenchmarkPictureRequests times a whole request for a chart as SVG, nothing kept, against the page that has it, asked for in turn.
func BenchmarkPictureRequests(b *testing.B) {
	a := benchApp(b)
	for name, paths := range map[string][2]string{"tax": {"/tax", "/tax.svg"}, "buildings": {"/buildings", "/buildings.svg?chart=occupancy"},
		"investment": {"/investment", "/investment.svg"}} {
		b.Run(name, func(b *testing.B) {
			askAnew(b, a, paths[1])
			for range b.N {
				var pages, pictures []time.Duration
				for range benchRuns {
					pages, pictures = append(pages, askAnew(b, a, paths[0])), append(pictures, askAnew(b, a, paths[1]))
				}
				page, picture := median(pages), median(pictures)
				b.ReportMetric(float64(page.Microseconds())/1000, "page_ms")
				b.ReportMetric(float64(picture.Microseconds())/1000, "svg_ms")
				b.ReportMetric(float64(picture)/float64(page), "x_page")
			}
		})
	}
}

func askAnew(b *testing.B, a *app, path string) time.Duration {
	b.Helper()
	start := time.Now()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host = "127.0.0.1:8080"
	a.answers = newAnswers()
	response, err := a.web.Test(r, 60_000)
	if err != nil || response.StatusCode != http.StatusOK {
		b.Fatal(path, response, err)
	}
	defer response.Body.Close()
	mustRead(b, response.Body)
	return time.Since(start)
}
