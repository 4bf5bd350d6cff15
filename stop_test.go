package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"taizhang/internal/testkit"
	"taizhang/server"
)

// TestAStopInTheMiddleOfAnImport asks a server to stop while it carries one out: it ends well, and the import is whole or nothing.
func TestAStopInTheMiddleOfAnImport(t *testing.T) {
	testkit.Unraced(t)
	const rows = 60_000
	file, data := manyRows(t, rows), t.TempDir()
	s := start(t, "--data", data, "--backup-at", "off")
	client := program(t, "import", file, "--data", data, "--json")
	var out, errs bytes.Buffer
	client.Stdout, client.Stderr = &out, &errs
	if err := client.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(700 * time.Millisecond)
	began := time.Now()
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("the server did not end well: %v %s", err, s.errs)
	}
	if took := time.Since(began); took > time.Minute {
		t.Errorf("it took %s", took)
	}
	_ = client.Wait()
	code := client.ProcessState.ExitCode()
	after := run(t, "export", "tax", "--data", data)
	n := strings.Count(after.out, "\n") - 1
	if after.code != 0 || n != 0 && n != rows {
		t.Fatalf("%d of %d rows stand, exit %d %s", n, rows, after.code, after.errs)
	}
	// What the command was told is what is.
	if done := code == 0; done != (n == rows) {
		t.Errorf("the command ended with %d (%s%s) and %d rows stand", code, out.String(), errs.String(), n)
	}
}

// TestTheUnitOfSystemdStartsWhatThereIs holds the unit's command line against the flags of serve.
func TestTheUnitOfSystemdStartsWhatThereIs(t *testing.T) {
	unit, err := os.ReadFile("deploy/taizhang.service")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^ExecStart=\S+ (.*)$`).FindSubmatch(unit)
	if line == nil {
		t.Fatal("no ExecStart")
	}
	args := append(strings.Fields(string(line[1])), "--help")
	var told bytes.Buffer
	if code := (server.Program{Out: &told, Err: &told}).Run(t.Context(), args); code != 0 {
		t.Errorf("%q: %s", args, told.String())
	}
	for _, want := range []string{"Type=notify", "StateDirectory=", "NoNewPrivileges=yes", "ProtectSystem=strict", "TimeoutStopSec="} {
		if !bytes.Contains(unit, []byte(want)) {
			t.Errorf("the unit lacks %s", want)
		}
	}
}
