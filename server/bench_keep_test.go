package server

import (
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
	"github.com/valyala/fasthttp/fasthttputil"

	"taizhang/ledger"
)

// BenchmarkKeptPages asks over connections in memory for a page that is kept, for 304 and for the same bytes sent by a handler that does nothing else.
func BenchmarkKeptPages(b *testing.B) {
	a := benchApp(b)
	alone, err := ledger.New(b.Context(), a.ledger.Conn(), ledger.Options{Now: a.ledger.Now, Alone: true})
	if err != nil {
		b.Fatal(err)
	}
	a.ledger = alone
	page := "/?asof=2016-06-30"
	body, tag := fetchOnce(b, a, page)
	a.web.Get("/static", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		return c.Send(body)
	})
	wire := fasthttputil.NewInmemoryListener()
	go func() { _ = a.web.Listener(wire) }()
	defer func() { _ = a.web.Shutdown() }()
	for range b.N {
		static := askMany(b, wire, "/static", "")
		kept := askMany(b, wire, page, "")
		same := askMany(b, wire, page, tag)
		b.ReportMetric(static.rate, "static/s")
		b.ReportMetric(kept.rate, "kept/s")
		b.ReportMetric(kept.rate/static.rate, "x_static")
		b.ReportMetric(float64(same.median.Microseconds())/1000, "304_ms")
		b.ReportMetric(float64(len(body))/1024, "page_KiB")
	}
}

func fetchOnce(b *testing.B, a *app, path string) (body []byte, tag string) {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, "http://127.0.0.1:8080"+path, nil)
	if err != nil {
		b.Fatal(err)
	}
	response, err := a.web.Test(r, 60_000)
	if err != nil || response.StatusCode != http.StatusOK {
		b.Fatal(response, err)
	}
	defer response.Body.Close()
	return mustRead(b, response.Body), response.Header.Get("ETag")
}

// So many askers, over a connection each, ask this often.
const (
	askers   = 4
	askTimes = 1_500
)

type askPace struct {
	rate   float64 // answers a second
	median time.Duration
}

func askMany(b *testing.B, wire *fasthttputil.InmemoryListener, path, tag string) askPace {
	b.Helper()
	var all sync.WaitGroup
	times := make([][]time.Duration, askers)
	start := time.Now()
	for n := range askers {
		all.Add(1)
		go func() {
			defer all.Done()
			client := &fasthttp.HostClient{Addr: "127.0.0.1:8080", MaxConns: 1, Dial: func(string) (net.Conn, error) { return wire.Dial() }}
			var q fasthttp.Request
			var r fasthttp.Response
			q.SetRequestURI("http://127.0.0.1:8080" + path)
			if tag != "" {
				q.Header.Set(fiber.HeaderIfNoneMatch, tag)
			}
			for range askTimes {
				begun := time.Now()
				if err := client.Do(&q, &r); err != nil || r.StatusCode() >= 400 {
					b.Error(r.StatusCode(), err)
					return
				}
				times[n] = append(times[n], time.Since(begun))
			}
		}()
	}
	all.Wait()
	took := time.Since(start)
	var flat []time.Duration
	for _, list := range times {
		flat = append(flat, list...)
	}
	return askPace{float64(len(flat)) / took.Seconds(), median(flat)}
}
