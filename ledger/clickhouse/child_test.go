package clickhouse

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// The embedded engine keeps one folder per process, so tests about folders run in children: this test binary, started again.
const (
	childVariable  = "TAIZHANG_TEST_CHILD"
	folderVariable = "TAIZHANG_TEST_FOLDER"
)

var childTasks = map[string]func(ctx context.Context, dir string) error{
	"hold":    holdFolder,
	"open":    openOnce,
	"insert":  insertForever,
	"count":   countBatches,
	"nil":     recoverFromNil,
	"folders": openOtherFolders,
	"close":   closeDuringStatement,
}

func runChild(task string) int {
	if err := childTasks[task](context.Background(), os.Getenv(folderVariable)); err != nil {
		if told, ok := Explain(err); ok {
			fmt.Printf("kind=%s %s\n", told.Kind, told.Message)
		}
		fmt.Println("failed:", err)
		return 1
	}
	return 0
}

func child(t *testing.T, task, dir string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+task, folderVariable+"="+dir)
	cmd.Stderr = os.Stderr
	return cmd
}

func holdFolder(ctx context.Context, dir string) error {
	_, done, err := Open(ctx, Config{Dir: dir, Socket: "/run/taizhang.sock"})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	_, _ = io.Copy(io.Discard, os.Stdin)
	return done()
}

func openOnce(ctx context.Context, dir string) error {
	conn, done, err := Open(ctx, Config{Dir: dir})
	if err != nil {
		return err
	}
	if err := conn.Ping(ctx); err != nil {
		return err
	}
	fmt.Println("opened")
	return done()
}

func TestFolderHeldByAnotherProcess(t *testing.T) {
	dir := t.TempDir()
	holder := child(t, "hold", dir)
	stdin, _ := holder.StdinPipe()
	stdout, _ := holder.StdoutPipe()
	begin := time.Now()
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if line, _ := bufio.NewReader(stdout).ReadString('\n'); line != "ready\n" {
		t.Fatalf("the holder said %q", line)
	}
	who, held, err := ReadHolder(dir)
	if err != nil || !held || who.PID != holder.Process.Pid || who.Since.Before(begin.Add(-2*time.Second)) || who.Socket != "/run/taizhang.sock" {
		t.Errorf("holder %+v, %v, %v", who, held, err)
	}
	begin = time.Now()
	out, err := child(t, "open", dir).Output()
	if took := time.Since(begin); took > 15*time.Second {
		t.Errorf("the refusal took %s", took)
	}
	want := fmt.Sprintf("kind=%s The data folder %s is in use by process %d since %s", KindFolderLocked, dir, holder.Process.Pid, who.Since.Format("2006-01-02 15:04:05"))
	if err == nil || !strings.HasPrefix(string(out), want) {
		t.Errorf("got %s, want %s", out, want)
	}
	stdin.Close()
	if err := holder.Wait(); err != nil {
		t.Error(err)
	}
	if _, held, err := ReadHolder(dir); held || err != nil {
		t.Error("still held after the holder ended", err)
	}
	if out, err := child(t, "open", dir).Output(); err != nil {
		t.Errorf("opening after the holder ended: %s", out)
	}
}

const batchRows = 1000

func insertForever(ctx context.Context, dir string) error {
	conn, _, err := Open(ctx, Config{Dir: dir})
	if err != nil {
		return err
	}
	if err := conn.Exec(ctx, "CREATE TABLE IF NOT EXISTS batches (batch UInt64, row UInt64) ENGINE = MergeTree ORDER BY (batch, row) SETTINGS "+DurableTableSettings); err != nil {
		return err
	}
	for number := uint64(1); ; number++ {
		if err := insertBatch(ctx, conn, number); err != nil {
			return err
		}
		fmt.Println(number)
	}
}

func insertBatch(ctx context.Context, conn driver.Conn, number uint64) error {
	batch, err := conn.PrepareBatch(ctx, "INSERT INTO batches")
	if err != nil {
		return err
	}
	for row := range uint64(batchRows) {
		if err := batch.Append(number, row); err != nil {
			return err
		}
	}
	return batch.Send()
}

func countBatches(ctx context.Context, dir string) error {
	conn, done, err := Open(ctx, Config{Dir: dir})
	if err != nil {
		return err
	}
	var whole, partial uint64
	if err := conn.QueryRow(ctx, "SELECT countIf(n = 1000), countIf(n != 1000) FROM (SELECT count() AS n FROM batches GROUP BY batch)").Scan(&whole, &partial); err != nil {
		return err
	}
	fmt.Println(whole, partial)
	return done()
}

func TestKilledProcessKeepsWhatItAcknowledged(t *testing.T) {
	dir := t.TempDir()
	writer := child(t, "insert", dir)
	stdout, _ := writer.StdoutPipe()
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	acknowledged := 0
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatal(lines.Text())
		}
		if acknowledged = n; n == 60 {
			_ = writer.Process.Kill()
		}
	}
	_ = writer.Wait()
	out, err := child(t, "count", dir).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var whole, partial int
	if _, err := fmt.Sscan(string(out), &whole, &partial); err != nil {
		t.Fatalf("%q: %v", out, err)
	}
	if acknowledged < 60 || whole < acknowledged || whole > acknowledged+1 || partial != 0 {
		t.Errorf("%d acknowledged, %d whole and %d partial batches found", acknowledged, whole, partial)
	}
}

func recoverFromNil(ctx context.Context, dir string) error {
	conn, done, err := Open(ctx, Config{Dir: dir})
	if err != nil {
		return err
	}
	running := make(chan error, 1)
	go func() { running <- conn.Exec(ctx, "SELECT sleep(1)") }()
	for range 3 {
		func() {
			defer func() { fmt.Println("recovered:", recover() != nil) }()
			var nothing *Config
			fmt.Println(nothing.Dir)
		}()
	}
	return errors.Join(<-running, conn.Ping(ctx), done())
}

func TestNilDereferenceIsRecoverableWithTheEngineOpen(t *testing.T) {
	out, err := child(t, "nil", t.TempDir()).Output()
	if err != nil || strings.Count(string(out), "recovered: true") != 3 {
		t.Errorf("%v: %s", err, out)
	}
}

// openOtherFolders walks through what one process may do with folders: share one, be refused a second, and take another
// one after the first was closed.
func openOtherFolders(ctx context.Context, dir string) error {
	first, second := dir+"/first", dir+"/second"
	conn, done, err := Open(ctx, Config{Dir: first})
	if err != nil {
		return err
	}
	if err := conn.Exec(ctx, "CREATE TABLE kept (a UInt8) ENGINE = MergeTree ORDER BY a"); err != nil {
		return err
	}
	if err := conn.Exec(ctx, "INSERT INTO kept VALUES (42)"); err != nil {
		return err
	}
	_, doneAgain, err := Open(ctx, Config{Dir: first, Database: "other"})
	if err != nil {
		return err
	}
	_, _, err = Open(ctx, Config{Dir: second})
	told, _ := Explain(err)
	fmt.Println("second:", told.Kind)
	if err := errors.Join(doneAgain(), conn.Ping(ctx), done(), done()); err != nil {
		return err
	}
	for range 2 {
		if err := openOnce(ctx, second); err != nil {
			return err
		}
		conn, done, err := Open(ctx, Config{Dir: first})
		if err != nil {
			return err
		}
		var kept uint8
		if err := conn.QueryRow(ctx, "SELECT a FROM kept").Scan(&kept); err != nil {
			return err
		}
		fmt.Println("kept:", kept)
		if err := done(); err != nil {
			return err
		}
	}
	return nil
}

// closeDuringStatement closes while a statement runs: it has to end well, and nothing may follow it.
func closeDuringStatement(ctx context.Context, dir string) error {
	conn, done, err := Open(ctx, Config{Dir: dir})
	if err != nil {
		return err
	}
	running := make(chan error, 1)
	go func() { running <- conn.Exec(ctx, "SELECT sleep(2)") }()
	time.Sleep(500 * time.Millisecond)
	fmt.Println("closed:", done())
	select {
	case err := <-running:
		fmt.Println("statement:", err)
	case <-time.After(5 * time.Second):
		fmt.Println("the statement still runs")
	}
	fmt.Println("afterwards:", conn.Ping(ctx) != nil)
	return openOnce(ctx, dir)
}

func TestCloseWaitsForRunningStatements(t *testing.T) {
	out, err := child(t, "close", t.TempDir()).Output()
	if want := "closed: <nil>\nstatement: <nil>\nafterwards: true\nopened\n"; err != nil || string(out) != want {
		t.Errorf("%v: got %s", err, out)
	}
}

func TestFoldersOfOneProcess(t *testing.T) {
	out, err := child(t, "folders", t.TempDir()).Output()
	if want := "second: second_folder\nopened\nkept: 42\nopened\nkept: 42\n"; err != nil || string(out) != want {
		t.Errorf("%v: got %s", err, out)
	}
}

func TestNewerFolderIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/"+versionName, []byte("99.1.0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := child(t, "open", dir).Output()
	if err == nil || !strings.HasPrefix(string(out), "kind=newer_folder") {
		t.Errorf("got %s", out)
	}
}

func TestMissingLibrary(t *testing.T) {
	cmd := child(t, "open", t.TempDir())
	cmd.Env = append(cmd.Env, libraryVariable+"=/nowhere/libchdb.so")
	out, err := cmd.Output()
	if err == nil || !strings.HasPrefix(string(out), "kind=missing_library") || !strings.Contains(string(out), "/nowhere/libchdb.so") || !strings.Contains(string(out), "make setup") {
		t.Errorf("got %s", out)
	}
	garbage := t.TempDir() + "/libchdb.so"
	if err := os.WriteFile(garbage, []byte("not a library"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd = child(t, "open", t.TempDir())
	cmd.Env = append(cmd.Env, libraryVariable+"="+garbage)
	if out, err := cmd.Output(); err == nil || !strings.HasPrefix(string(out), "kind=missing_library") || !strings.Contains(string(out), "cannot be loaded") {
		t.Errorf("got %s", out)
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	file := t.TempDir() + "/file"
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file + "/below", "/proc/nowhere"} {
		out, err := child(t, "open", dir).Output()
		if err == nil || !strings.HasPrefix(string(out), "kind=folder_not_writable") {
			t.Errorf("%s: got %s", dir, out)
		}
	}
}
