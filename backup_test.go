package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/internal/testkit"
)

// TestABackupOfAServingRecordIsRestored takes it through the server, brings it back elsewhere, and kills restores on their way.
func TestABackupOfAServingRecordIsRestored(t *testing.T) {
	testkit.Unraced(t)
	data, backups := t.TempDir(), t.TempDir()
	s := start(t, "--data", data, "--backup-at", "off")
	if got := run(t, "import", "samples/税收2015.xlsx", "samples/招商项目.csv", "--data", data); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	taken := run(t, "backup", backups, "--data", data, "--verify")
	if taken.code != 0 || !strings.Contains(taken.out, "已核验") || taken.errs != "" {
		t.Fatalf("%+v", taken)
	}
	want := run(t, "export", "tax", "--data", data).out
	if held := run(t, "restore", backups, "--data", data, "--force"); held.code != 1 || !strings.Contains(held.errs, "正被") {
		t.Errorf("restored under a server: %+v", held)
	}
	s.stop(t)
	target := t.TempDir()
	pauses := []time.Duration{900 * time.Millisecond, 100 * time.Millisecond, 2 * time.Second}
	if testing.Short() {
		pauses = pauses[:1] // make soak kills at all of them
	}
	for _, pause := range pauses {
		cmd := program(t, "restore", backups, "--data", target)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(pause)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if got := run(t, "export", "tax", "--data", target).out; strings.Count(got, "\n") > 1 && got != want {
			t.Fatalf("killed after %s: half a record: %.300s", pause, got)
		}
	}
	if got := run(t, "restore", backups, "--data", target, "--force"); got.code != 0 || !strings.Contains(got.out, "已从") {
		t.Fatalf("%+v", got)
	}
	if left, _ := filepath.Glob(filepath.Join(target, "restoring-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if got := run(t, "export", "tax", "--data", target).out; got != want || strings.Count(got, "\n") < 100 {
		t.Errorf("the restored rows differ: %.300s", got)
	}
	if got := run(t, "restore", backups, "--data", target); got.code != 1 || !strings.Contains(got.errs, "--force") {
		t.Errorf("a record was overwritten: %+v", got)
	}
	damage(t, backups)
	if got := run(t, "restore", backups, "--data", t.TempDir()); got.code != 1 || !strings.Contains(got.errs, "tax.native.zst") {
		t.Errorf("%+v", got)
	}
}

func damage(t *testing.T, backups string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(backups, "*", "tax.native.zst"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	body, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], bytes.ReplaceAll(body, body[20:21], []byte{body[20] ^ 1}), 0o600); err != nil {
		t.Fatal(err)
	}
}
