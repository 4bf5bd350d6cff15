package server

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// over gives an Engine whose record is already open.
func over(l *ledger.Ledger) Engine {
	return Engine{
		Open: func(context.Context, Config, string) (*ledger.Ledger, func() error, error) {
			return l, func() error { return nil }, nil
		},
		Holder: func(string) (string, bool) { return "", false },
	}
}

// testApp is the server over an empty record.
func testApp(t *testing.T) *app { return appOver(t, testkit.Ledger(t)) }

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// scratch opens a further database of the tests' engine, as the program does to try a backup out.
func scratch(t *testing.T) func(context.Context, Config) (driver.Conn, func() error, error) {
	return func(context.Context, Config) (driver.Conn, func() error, error) {
		return testkit.Scratch(t), func() error { return nil }, nil
	}
}

func appOver(t *testing.T, l *ledger.Ledger) *app {
	t.Helper()
	cfg := DefaultConfig()
	cfg.UploadLimit, cfg.Backups = 1<<20, filepath.Join(t.TempDir(), "backups")
	a, err := newApp(cfg, l, Engine{Scratch: scratch(t)}, quiet())
	if err != nil {
		t.Fatal(err)
	}
	a.patience, a.exportPatience = time.Minute, time.Minute // a busy machine must not change which page is answered
	t.Cleanup(a.close)
	return a
}

// reply is an answer of the server, read to its end.
type reply struct {
	*http.Response
	Text string
}

// call sends a request as a browser on this machine would; head holds "Name: value" lines.
func call(t *testing.T, a *app, method, target string, body io.Reader, head ...string) reply {
	t.Helper()
	r := httptest.NewRequest(method, target, body)
	r.Host = "127.0.0.1:8080"
	for _, line := range head {
		name, value, _ := strings.Cut(line, ": ")
		if name == "Host" {
			r.Host = value
		}
		r.Header.Set(name, value)
	}
	response, err := a.web.Test(r, 60_000)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{response, string(text)}
}

// runCommand runs a command line over an open record.
func runCommand(l *ledger.Ledger, args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = Program{Engine: over(l), Out: &o, Err: &e}.Run(context.Background(), args)
	return code, o.String(), e.String()
}
