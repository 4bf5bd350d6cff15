package clickhouse

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// sharedDir is the one folder that the embedded engine of this test process works on.
var sharedDir string

func TestMain(m *testing.M) {
	if task := os.Getenv(childVariable); task != "" {
		os.Exit(runChild(task))
	}
	dir, err := os.MkdirTemp("", "taizhang-clickhouse-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	sharedDir = dir
	code := m.Run()
	if bridge.server != nil {
		bridge.server.Close()
		_ = bridge.close()
	}
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

var databaseCount atomic.Int64

func newDatabase() string { return fmt.Sprintf("t%d_%d", os.Getpid(), databaseCount.Add(1)) }

// bridge is an HTTP server in front of the embedded engine, so that the path of a server is walked without one.
var bridge struct {
	sync.Once
	server *httptest.Server
	close  func() error
	err    error
}

func bridgeDSN(t testing.TB) string {
	bridge.Do(func() {
		var eng *engine
		if eng, bridge.err = acquireEngine(context.Background(), Config{Dir: sharedDir}.withDefaults()); bridge.err != nil {
			return
		}
		bridge.close = eng.release
		bridge.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			forward(&transport{engine: eng}, w, r)
		}))
	})
	if bridge.err != nil {
		t.Fatal(bridge.err)
	}
	return bridge.server.URL
}

func forward(t *transport, w http.ResponseWriter, r *http.Request) {
	response, err := t.RoundTrip(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer response.Body.Close()
	for name, values := range response.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(response.StatusCode)
	buffer := make([]byte, 64<<10)
	for {
		n, err := response.Body.Read(buffer)
		if n > 0 {
			_, _ = w.Write(buffer[:n])
		}
		if err != nil {
			return
		}
	}
}

// onEach runs a test on the embedded engine, through the bridge, and on a server when TAIZHANG_TEST_CLICKHOUSE names one;
// each time in a database of its own.
func onEach(t *testing.T, test func(t *testing.T, conn driver.Conn)) {
	configs := map[string]Config{
		"embedded": {Dir: sharedDir},
		"bridge":   {DSN: bridgeDSN(t)},
	}
	if dsn := os.Getenv("TAIZHANG_TEST_CLICKHOUSE"); dsn != "" {
		configs["server"] = Config{DSN: dsn}
	}
	for name, cfg := range configs {
		t.Run(name, func(t *testing.T) { test(t, openTest(t, cfg)) })
	}
}

func openTest(t testing.TB, cfg Config) driver.Conn {
	t.Helper()
	if cfg.Dir == "" && cfg.DSN == "" {
		cfg.Dir = sharedDir
	}
	cfg.Database = newDatabase()
	conn, done, err := Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Exec(context.Background(), "DROP DATABASE IF EXISTS "+cfg.Database+" SYNC"); err != nil {
			t.Error(err)
		}
		if err := done(); err != nil {
			t.Error(err)
		}
	})
	return conn
}

func mustExec(t testing.TB, conn driver.Conn, sql string, args ...any) {
	t.Helper()
	if err := conn.Exec(context.Background(), sql, args...); err != nil {
		t.Fatalf("%s: %v", firstLine(sql), err)
	}
}

// one reads the single value of a query.
func one[T any](t testing.TB, ctx context.Context, conn driver.Conn, sql string, args ...any) T {
	t.Helper()
	var value T
	if err := conn.QueryRow(ctx, sql, args...).Scan(&value); err != nil {
		t.Fatalf("%s: %v", firstLine(sql), err)
	}
	return value
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
