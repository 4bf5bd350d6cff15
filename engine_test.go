package main

import (
	"bufio"
	"context"
	"strings"
	"syscall"
	"testing"

	chgo "github.com/ClickHouse/clickhouse-go/v2"

	"taizhang/internal/testkit"
)

// TestToolsReadBesideAServer starts a server with the interface for tools, and reads what a command imports as Grafana's driver would.
func TestToolsReadBesideAServer(t *testing.T) {
	testkit.Unraced(t)
	const token = "0123456789abcdef-test"
	data := t.TempDir()
	if got := run(t, "engine", "--data", data); got.code != 1 || !strings.Contains(got.errs, "令牌") {
		t.Errorf("without a token: %+v", got)
	}
	t.Setenv("TAIZHANG_ENGINE_TOKEN", token)
	if got := run(t, "engine", "--data", data, "--listen", "0.0.0.0:8123"); got.code != 1 || !strings.Contains(got.errs, "127.0.0.1") {
		t.Errorf("open to others: %+v", got)
	}
	cmd := program(t, "serve", "--listen", "127.0.0.1:0", "--data", data, "--engine-listen", "127.0.0.1:0", "--backup-at", "off")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	address := ""
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		_, rest, found := strings.Cut(lines.Text(), "http://")
		if found && address == "" {
			address, _, _ = strings.Cut(rest, "/")
			continue
		}
		if found {
			break // the pages stand too
		}
	}
	if got := run(t, "import", "samples/税收2015.xlsx", "--data", data); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	conn, err := chgo.Open(&chgo.Options{Protocol: chgo.HTTP, Addr: []string{address}, Auth: chgo.Auth{Username: "bi", Password: token}})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var yuan float64
	err = conn.QueryRow(context.Background(), "SELECT toFloat64(sum(tax_yuan)) FROM tax_at(asof = '2016-01-01', known = now64(3), area = '本街道')").Scan(&yuan)
	if err != nil || yuan < 1e8 {
		t.Errorf("%v yuan, %v", yuan, err)
	}
	if err := conn.Exec(context.Background(), "DROP TABLE tax"); err == nil {
		t.Error("a tool dropped a table")
	}
	var files uint64
	if err := conn.QueryRow(context.Background(), "SELECT count() FROM files").Scan(&files); err == nil {
		t.Error("the office's files can be read")
	}
	_ = cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}
