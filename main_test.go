package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"taizhang/internal/testkit"
	"taizhang/ledger/clickhouse"
)

// asProgram makes this test binary the program itself, for tests over two processes.
const asProgram = "TAIZHANG_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1", "LANG=C", "TAIZHANG_LANG=zh")
	return cmd
}

type ended struct {
	code      int
	out, errs string
}

func run(t *testing.T, args ...string) ended {
	t.Helper()
	cmd := program(t, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	_ = cmd.Run()
	return ended{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}

// served is a running server.
type served struct {
	cmd     *exec.Cmd
	address string
	errs    *bytes.Buffer
}

// start starts a server that makes two pages anew by itself, not the forty of an office.
func start(t *testing.T, args ...string) *served {
	t.Helper()
	cmd := program(t, append([]string{"serve", "--listen", "127.0.0.1:0", "--warm", "2"}, args...)...)
	s := &served{cmd: cmd, errs: &bytes.Buffer{}}
	cmd.Stderr = s.errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	at := strings.Index(line, "http://127.0.0.1:")
	if err != nil || at < 0 {
		t.Fatalf("the server said %q (%v) %s", line, err, s.errs)
	}
	s.address, _, _ = strings.Cut(line[at:], "/（")
	s.address, _, _ = strings.Cut(s.address, "（")
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	return s
}

func (s *served) stop(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("stopped with %v: %s", err, s.errs)
	}
}

func get(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %s", address, answer.StatusCode, body)
	}
	return string(body)
}

func TestARunningServerCarriesCommandsOut(t *testing.T) {
	testkit.Unraced(t)
	data := t.TempDir()
	s := start(t, "--data", data)
	info, err := os.Stat(filepath.Join(data, "taizhang.sock"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the socket: %v %v", info, err)
	}
	steps := []struct {
		name string
		args []string
		code int
		says string
	}{
		{"import", []string{"import", "samples/税收2015.xlsx", "--json"}, 0, `"status":"committed"`},
		{"again", []string{"import", "samples/税收2015.xlsx", "--json"}, 0, `"status":"duplicate"`},
		{"refused", []string{"import", "samples/安置房交付.xlsx", "--json"}, 2, `"status":"refused"`},
		{"report", []string{"report", "tax", "--year", "2015", "--json"}, 0, "434000000"},
		{"export", []string{"export", "tax", "--csv"}, 0, "税额(元)"},
	}
	for _, step := range steps {
		got := run(t, append(step.args, "--data", data)...)
		if got.code != step.code || !strings.Contains(got.out, step.says) || got.errs != "" {
			t.Errorf("%s: exit %d, out %.300q, err %q", step.name, got.code, got.out, got.errs)
		}
	}
	if wrong := run(t, "report", "tax", "--asof", "x", "--data", data); wrong.code != 1 || strings.Count(wrong.errs, "\n") != 1 {
		t.Errorf("%+v", wrong)
	}
	remote := map[string]string{}
	for _, dataset := range []string{"tax", "buildings"} {
		remote[dataset] = run(t, "export", dataset, "--data", data).out
	}
	if page := get(t, s.address+"/imports.json"); !strings.Contains(page, "税收2015.xlsx") {
		t.Error("the server does not know what it imported for the command")
	}
	s.stop(t)
	if _, err := os.Stat(filepath.Join(data, "taizhang.sock")); !os.IsNotExist(err) {
		t.Errorf("the socket outlives its server: %v", err)
	}
	for dataset, want := range remote {
		if alone := run(t, "export", dataset, "--data", data); alone.code != 0 || alone.out != want {
			t.Errorf("%s: the same command without a server prints something else: %.300q", dataset, alone.out)
		}
	}
}

func TestASecondStartLoadsNothing(t *testing.T) {
	testkit.Unraced(t)
	data := t.TempDir()
	first := start(t, "--data", data, "--samples", "samples")
	history := get(t, first.address+"/imports.json")
	if strings.Count(history, `"batch":`) < 10 {
		t.Fatalf("the samples are not loaded: %.500s %s", history, first.errs)
	}
	first.stop(t)
	second := start(t, "--data", data, "--samples", "samples")
	if again := get(t, second.address+"/imports.json"); again != history {
		t.Errorf("the history changed:\n%.300s\n%.300s", history, again)
	}
	second.stop(t)
}

func TestAKilledServerLeavesAUsableFolder(t *testing.T) {
	testkit.Unraced(t)
	data := t.TempDir()
	s := start(t, "--data", data)
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
	left := filepath.Join(data, "uploads", "left")
	if err := os.WriteFile(left, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := run(t, "import", "samples/税收2015.xlsx", "--data", data); got.code != 0 {
		t.Errorf("%+v", got)
	}
	again := start(t, "--data", data)
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Errorf("an upload of the killed server is still there: %v", err)
	}
	again.stop(t)
}

// manyRows writes a CSV of tax rows large enough to be killed in the middle of.
func manyRows(t *testing.T, rows int) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("企业名称,税种,税款所属期,税额(元)\n")
	for i := range rows {
		fmt.Fprintf(&b, "测试企业%06d有限公司,增值税,2015年%d月,%d.25\n", i/12, i%12+1, 100+i)
	}
	path := filepath.Join(t.TempDir(), "税收2015明细.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAnImportCutOffByAKillIsWholeOrAbsent(t *testing.T) {
	testkit.Unraced(t)
	const rows = 40_000
	file, data := manyRows(t, rows), t.TempDir()
	for _, pause := range []time.Duration{200 * time.Millisecond, 800 * time.Millisecond} {
		s := start(t, "--data", data)
		client := program(t, "import", file, "--data", data, "--json")
		var out, errs bytes.Buffer
		client.Stdout, client.Stderr = &out, &errs
		if err := client.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(pause)
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
		_ = client.Wait()
		if code := client.ProcessState.ExitCode(); out.Len() == 0 && (code != 1 || strings.Count(errs.String(), "\n") != 1) {
			t.Errorf("after %s: the command whose server died ended with %d, %q", pause, code, errs.String())
		}
		after := run(t, "export", "tax", "--data", data)
		if n := strings.Count(after.out, "\n") - 1; after.code != 0 || n != 0 && n != rows {
			t.Fatalf("after %s: %d of %d rows stand, exit %d %s", pause, n, rows, after.code, after.errs)
		}
	}
	if next := run(t, "import", file, "--data", data, "--json"); next.code != 0 {
		t.Fatalf("%+v", next)
	}
	if after := run(t, "export", "tax", "--data", data); strings.Count(after.out, "\n") != rows+1 {
		t.Errorf("%d lines", strings.Count(after.out, "\n"))
	}
}

func TestTroubleIsOneSentence(t *testing.T) {
	testkit.Unraced(t)
	busy := t.TempDir()
	_, done, err := clickhouse.Open(t.Context(), clickhouse.Config{Dir: busy})
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	notFolder := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(notFolder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		env  string
		says string
	}{
		"locked":          {[]string{"export", "tax", "--data", busy}, "", "正被"},
		"locked serve":    {[]string{"serve", "--listen", "127.0.0.1:0", "--data", busy}, "", "正被"},
		"missing library": {[]string{"export", "tax", "--data", t.TempDir()}, "TAIZHANG_CHDB_LIB=/no/such/libchdb.so", "make setup"},
		"no folder":       {[]string{"export", "tax", "--data", notFolder}, "", "数据目录"},
		"no server":       {[]string{"export", "tax", "--clickhouse", "clickhouse://127.0.0.1:1/x"}, "", "服务器"},
		"bad address":     {[]string{"export", "tax", "--clickhouse", "nonsense://%%"}, "", "数据库地址"},
		"open to others":  {[]string{"serve", "--listen", "0.0.0.0:8080", "--data", t.TempDir()}, "", "对外开放"},
	} {
		cmd := program(t, c.args...)
		cmd.Env = append(cmd.Env, c.env)
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		_ = cmd.Run()
		if code := cmd.ProcessState.ExitCode(); code != 1 || strings.Count(errs.String(), "\n") != 1 || !strings.Contains(errs.String(), c.says) || out.Len() > 0 {
			t.Errorf("%s: exit %d, %q, %q", name, code, errs.String(), out.String())
		}
	}
}
