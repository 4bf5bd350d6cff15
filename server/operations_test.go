package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/valyala/fasthttp"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// lost is a database that went away after the record was opened.
type lost struct{ driver.Conn }

type lostRow struct{ driver.Row }

func (lostRow) Scan(...any) error { return errors.New("connection refused") }

func (l lost) QueryRow(ctx context.Context, sql string, args ...any) driver.Row {
	if strings.Contains(sql, "max(at) FROM batches") {
		return lostRow{}
	}
	return l.Conn.QueryRow(ctx, sql, args...)
}

func TestAliveIsNotReady(t *testing.T) {
	a := testApp(t)
	for _, path := range []string{"/healthz", "/readyz", "/health"} {
		if r := call(t, a, "GET", path, nil); r.StatusCode != 200 {
			t.Errorf("%s: %d %s", path, r.StatusCode, r.Text)
		}
	}
	l, err := ledger.New(t.Context(), lost{testkit.Conn(t)}, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a = appOver(t, l)
	if r := call(t, a, "GET", "/healthz", nil); r.StatusCode != 200 {
		t.Errorf("without its database the program still lives: %d", r.StatusCode)
	}
	if r := call(t, a, "GET", "/readyz", nil); r.StatusCode != 503 || strings.Contains(r.Text, "refused") {
		t.Errorf("%d %s", r.StatusCode, r.Text)
	}
	stopping := testApp(t)
	stopping.queue.end()
	if r := call(t, stopping, "GET", "/readyz", nil); r.StatusCode != 503 {
		t.Errorf("a server that stops says it is ready: %d", r.StatusCode)
	}
}

func TestMetricsCount(t *testing.T) {
	a := testApp(t)
	call(t, a, "GET", "/tax", nil)
	call(t, a, "GET", "/tax.json", nil)
	call(t, a, "GET", "/no/such/page", nil)
	answer := call(t, a, "GET", metricsPath, nil)
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(answer.Text))
	if err != nil {
		t.Fatal(err)
	}
	sum := func(name string, labels ...string) (n float64) {
		family := families[name]
		if family == nil {
			t.Errorf("no %s", name)
			return 0
		}
		for _, m := range family.GetMetric() {
			has := map[string]bool{}
			for _, l := range m.GetLabel() {
				has[l.GetName()+"="+l.GetValue()] = true
			}
			all := true
			for _, l := range labels {
				all = all && has[l]
			}
			if all {
				n += m.GetCounter().GetValue() + m.GetGauge().GetValue() + float64(m.GetHistogram().GetSampleCount())
			}
		}
		return n
	}
	if n := sum("taizhang_http_requests_total", "route=tax", "status=200"); n != 2 {
		t.Errorf("%v requests of tax", n)
	}
	if n := sum("taizhang_http_requests_total", "route=none", "status=404"); n != 1 {
		t.Errorf("%v requests of nothing: addresses must not become labels", n)
	}
	for name, least := range map[string]float64{"taizhang_http_request_seconds": 3, "taizhang_engine_up": 1, "taizhang_engine_memory_bytes": 1 << 20, "go_goroutines": 1} {
		if n := sum(name); n < least {
			t.Errorf("%s is %v", name, n)
		}
	}
	if n := sum("taizhang_engine_queries_total", "kind=all"); n < 10 {
		t.Errorf("%v statements", n)
	}
	if strings.Contains(answer.Text, "no/such") {
		t.Error("an address stands in the metrics")
	}
}

func TestMetricsAreForThisMachineOrTheToken(t *testing.T) {
	a := testApp(t)
	if r := call(t, a, "GET", metricsPath, nil, "X-Forwarded-For: 10.0.0.9"); r.StatusCode != 403 {
		t.Errorf("passed on by a proxy: %d", r.StatusCode)
	}
	far := &fiberPeer{&net.TCPAddr{IP: net.IPv4(10, 0, 0, 9), Port: 1}}
	if code := far.get(a, metricsPath, ""); code != 403 {
		t.Errorf("from elsewhere: %d", code)
	}
	a.cfg.MetricsToken = "geheim"
	for header, want := range map[string]int{"": 403, "Bearer falsch": 403, "Bearer ": 403, "geheim": 403, "Bearer geheim": 200} {
		if code := far.get(a, metricsPath, header); code != want {
			t.Errorf("%q: %d, want %d", header, code, want)
		}
	}
}

func TestRequestsAreLoggedByWhatTheyDo(t *testing.T) {
	var log bytes.Buffer
	a, err := newApp(DefaultConfig(), testkit.Ledger(t), Engine{}, slog.New(slog.NewJSONHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	call(t, a, "GET", "/projects?lead=张三", nil)
	if log.Len() != 0 {
		t.Errorf("reading is logged: %s", log.String())
	}
	answer := call(t, a, "POST", "/imports/discard?name=张三", strings.NewReader("hash=x"), "Content-Type: application/x-www-form-urlencoded")
	var lines []map[string]any
	for _, line := range strings.Split(strings.TrimSpace(log.String()), "\n") {
		var one map[string]any
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatal(line, err)
		}
		lines = append(lines, one)
	}
	last := lines[len(lines)-1]
	if last["msg"] != "request" || last["route"] != "imports.discard" || last["request"] != answer.Header.Get("X-Request-Id") || last["status"].(float64) != float64(answer.StatusCode) {
		t.Errorf("%v", last)
	}
	if strings.Contains(log.String(), "张三") {
		t.Error("the question of an address is logged")
	}
}

func TestLogSettings(t *testing.T) {
	for _, wrong := range []func(*Config){func(c *Config) { c.LogLevel = "loud" }, func(c *Config) { c.LogFormat = "xml" }} {
		cfg := DefaultConfig()
		wrong(&cfg)
		if err := cfg.Validate(); ledger.AsError(err).Kind != ledger.Invalid {
			t.Error(err)
		}
	}
}

// TestSystemdIsTold listens where systemd would.
func TestSystemdIsTold(t *testing.T) {
	at := filepath.Join(t.TempDir(), "notify")
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: at, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	t.Setenv("NOTIFY_SOCKET", at)
	notify("READY=1")
	b := make([]byte, 64)
	n, err := conn.Read(b)
	if err != nil || string(b[:n]) != "READY=1" {
		t.Errorf("%q %v", b[:n], err)
	}
}

// fiberPeer asks as somebody with an address would.
type fiberPeer struct{ address net.Addr }

func (p *fiberPeer) get(a *app, path, authorization string) int {
	ctx := newPeerRequest(path, authorization, p.address)
	a.web.Handler()(ctx)
	return ctx.Response.StatusCode()
}

func newPeerRequest(path, authorization string, peer net.Addr) *fasthttp.RequestCtx {
	var request fasthttp.Request
	request.Header.SetMethod(fiber.MethodGet)
	request.SetRequestURI(path)
	request.Header.SetHost("127.0.0.1:8080")
	if authorization != "" {
		request.Header.Set(fiber.HeaderAuthorization, authorization)
	}
	var ctx fasthttp.RequestCtx
	ctx.Init(&request, peer, nil)
	return &ctx
}
