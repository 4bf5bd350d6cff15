package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"taizhang/internal/testkit"
)

// small mounts a disk of a few megabytes; where that is not allowed the test is skipped, and says so.
func small(t *testing.T, megabytes int) string {
	t.Helper()
	dir := t.TempDir()
	err := unix.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dm", megabytes))
	if errors.Is(err, unix.EPERM) || errors.Is(err, unix.EACCES) {
		t.Skip("mounting a small disk needs root: run the tests as root, or in a container with CAP_SYS_ADMIN, to see this one")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// crammed fills what is left of a disk but for some kilobytes; the returned function makes room again.
func crammed(t *testing.T, dir string, leave int64) (free func()) {
	t.Helper()
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "cram")
	if err := os.WriteFile(path, bytes.Repeat([]byte{7}, int(int64(fs.Bavail)*fs.Bsize-leave)), 0o600); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := os.Remove(path); err != nil {
			t.Error(err)
		}
	}
}

// oneSentence holds that a failed command said one line that names the space.
func oneSentence(t *testing.T, what string, got ended) {
	t.Helper()
	if got.code == 0 || strings.Count(got.errs, "\n") != 1 || !strings.Contains(got.errs, "空间") {
		t.Errorf("%s: exit %d, %q", what, got.code, got.errs)
	}
}

// TestAFullDataDisk fills it under an import: nothing of that shows, what stood stands, and with room again the import goes through.
func TestAFullDataDisk(t *testing.T) {
	testkit.Unraced(t)
	disk := small(t, 96)
	data := filepath.Join(disk, "data")
	if got := run(t, "import", "samples/税收2015.xlsx", "--data", data); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	before := run(t, "export", "tax", "--data", data).out
	s := start(t, "--data", data, "--backup-at", "off")
	free := crammed(t, disk, 300<<10)
	big := manyRows(t, 40_000)
	oneSentence(t, "import", run(t, "import", big, "--data", data))
	if page := get(t, s.address+"/tax.json?year=2015"); !strings.Contains(page, "434000000") {
		t.Errorf("the server does not answer what stands: %.300s", page)
	}
	backups := small(t, 1)
	crammed(t, backups, 32<<10)
	oneSentence(t, "backup", run(t, "backup", backups, "--data", data))
	if left, _ := filepath.Glob(filepath.Join(backups, "*taizhang*")); len(left) != 0 {
		t.Errorf("a backup that did not fit left %v", left)
	}
	free()
	if after := run(t, "export", "tax", "--data", data).out; after != before {
		t.Errorf("rows of the import that failed stand: %d lines, %d before", strings.Count(after, "\n"), strings.Count(before, "\n"))
	}
	if got := run(t, "import", big, "--data", data); got.code != 0 {
		t.Errorf("with room again: %+v", got)
	}
	s.stop(t)
	free = crammed(t, disk, 1<<20)
	oneSentence(t, "start on a full disk", run(t, "export", "tax", "--data", data))
	free()
}

// TestAFullTemporaryDisk fills the folder of temporary files, in which large files wait between reading and loading.
func TestAFullTemporaryDisk(t *testing.T) {
	testkit.Unraced(t)
	disk := small(t, 4)
	t.Setenv("TMPDIR", disk)
	free := crammed(t, disk, 64<<10)
	data := t.TempDir()
	big := manyRows(t, 50_000)
	got := run(t, "import", big, "--data", data)
	if got.code != 0 {
		oneSentence(t, "import", got)
		if rows := strings.Count(run(t, "export", "tax", "--data", data).out, "\n") - 1; rows != 0 {
			t.Errorf("%d rows of it stand", rows)
		}
	}
	free()
	if got := run(t, "import", big, "--data", data); got.code != 0 {
		t.Errorf("with room again: %+v", got)
	}
	if rows := strings.Count(run(t, "export", "tax", "--data", data).out, "\n") - 1; rows != 50_000 {
		t.Errorf("%d rows", rows)
	}
}

// TestAFullLogDisk writes the log to a disk that is full: pages are answered all the same, and the server stops when asked.
func TestAFullLogDisk(t *testing.T) {
	testkit.Unraced(t)
	disk := small(t, 1)
	log, err := os.Create(filepath.Join(disk, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	crammed(t, disk, 0)
	cmd := program(t, "serve", "--listen", "127.0.0.1:0", "--data", t.TempDir(), "--log-level", "debug", "--backup-at", "off")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	line := make([]byte, 4096)
	n, err := out.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	_, address, _ := strings.Cut(string(line[:n]), "http://")
	address, _, _ = strings.Cut(address, "/")
	for range 20 {
		if page := get(t, "http://"+address+"/readyz"); page != "ready\n" {
			t.Fatalf("%q", page)
		}
	}
	_ = cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

// TestTwoServersOfOneFolder starts a second one on the folder of the first: it says who has it, and the first goes on.
func TestTwoServersOfOneFolder(t *testing.T) {
	testkit.Unraced(t)
	data := t.TempDir()
	s := start(t, "--data", data, "--backup-at", "off")
	began := time.Now()
	got := run(t, "serve", "--listen", "127.0.0.1:0", "--data", data)
	if got.code != 1 || !strings.Contains(got.errs, fmt.Sprint(s.cmd.Process.Pid)) || strings.Count(got.errs, "\n") != 1 {
		t.Errorf("%+v", got)
	}
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("it took %s to be told", took)
	}
	if page := get(t, s.address+"/readyz"); page != "ready\n" {
		t.Errorf("the first does not answer: %q", page)
	}
	s.stop(t)
}
