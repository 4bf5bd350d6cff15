package main

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// room is a package with what it imports itself, tests left out.
type room struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func rooms(t *testing.T) []room {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var list []room
	for decode := json.NewDecoder(strings.NewReader(string(out))); ; {
		var one room
		err := decode.Decode(&one)
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, one)
	}
}

// doors says for each thing worth guarding which rooms may open it.
var doors = []struct {
	to   string
	from []string
}{
	{"taizhang/ledger/clickhouse", []string{"taizhang", "taizhang/internal/testkit"}},
	{"taizhang/ledger/backup", []string{"taizhang/server"}},
	{"github.com/gofiber/fiber/", []string{"taizhang/server"}},
	{"github.com/go-echarts/", []string{"taizhang/charts"}},
	{"golang.org/x/image/", []string{"taizhang/ingest"}},
	{"github.com/dop251/goja", []string{"taizhang/charts"}},
	{"github.com/xuri/excelize/", []string{"taizhang/charts", "taizhang/ingest"}},
	{"taizhang/server", []string{"taizhang"}},
	{"taizhang/ingest", []string{"taizhang/server", "taizhang/internal/testkit"}},
	{"taizhang/analytics", []string{"taizhang/server", "taizhang/charts"}},
	{"taizhang/charts", []string{"taizhang/server"}},
	{"taizhang/internal/testkit", nil},
	{"taizhang/internal/access", []string{"taizhang/ledger", "taizhang/analytics", "taizhang/server"}},
	{"golang.org/x/crypto/", []string{"taizhang/internal/access"}},
	{"taizhang/internal/signon", []string{"taizhang/server"}},
	{"github.com/coreos/go-oidc/", []string{"taizhang/internal/signon"}},
	{"golang.org/x/oauth2", []string{"taizhang/internal/signon"}},
	{"github.com/go-jose/", nil},
	{"github.com/chromedp/", nil},
	{"github.com/pb33f/", nil},
	{"github.com/ebitengine/purego", []string{"taizhang/ledger/clickhouse"}},
}

func TestRoomsAreEnteredByTheirDoors(t *testing.T) {
	found := rooms(t)
	if len(found) < 5 {
		t.Fatalf("only %d packages were seen", len(found))
	}
	for _, r := range found {
		for _, path := range r.Imports {
			for _, d := range doors {
				through := path == d.to || strings.HasSuffix(d.to, "/") && strings.HasPrefix(path, d.to)
				if through && !slices.Contains(d.from, r.ImportPath) {
					t.Errorf("%s imports %s; only %v may", r.ImportPath, path, d.from)
				}
			}
		}
	}
}

func TestNobodyUnderTheLedgerLooksUp(t *testing.T) {
	for _, r := range rooms(t) {
		for _, path := range r.Imports {
			if r.ImportPath == "taizhang/internal/text" && strings.HasPrefix(path, "taizhang/") {
				t.Errorf("the catalogue imports %s", path)
			}
			if r.ImportPath == "taizhang/internal/signon" && strings.HasPrefix(path, "taizhang/") {
				t.Errorf("the client of the sign-in service imports %s", path)
			}
			if r.ImportPath == "taizhang/internal/access" && strings.HasPrefix(path, "taizhang/") {
				t.Errorf("the rules of access import %s", path)
			}
			if r.ImportPath == "taizhang/ledger" && strings.HasPrefix(path, "taizhang/") && !strings.HasPrefix(path, "taizhang/internal/") {
				t.Errorf("the ledger imports %s", path)
			}
		}
	}
}

var (
	inlineScript = regexp.MustCompile(`(?i)<script(?:\s[^>]*)?>`)
	allowed      = regexp.MustCompile(`(?i)\ssrc=|type="application/json"`)
	inlineStyle  = regexp.MustCompile(`(?i)<style|\sstyle=|javascript:|\son[a-z]+\s*=\s*["']`)
	elsewhere    = regexp.MustCompile(`(?i)(?:src|href|action)="(?:https?:)?//`)
)

func TestViewsHoldNoInlineScriptOrStyle(t *testing.T) {
	views, err := filepath.Glob("server/views/*.html")
	if err != nil || len(views) < 4 {
		t.Fatal(views, err)
	}
	for _, view := range views {
		body, err := os.ReadFile(view)
		if err != nil {
			t.Fatal(err)
		}
		for _, tag := range inlineScript.FindAllString(string(body), -1) {
			if !allowed.MatchString(tag) {
				t.Errorf("%s: inline script %s", view, tag)
			}
		}
		for _, re := range []*regexp.Regexp{inlineStyle, elsewhere} {
			if hit := re.FindString(string(body)); hit != "" {
				t.Errorf("%s: %q breaks the policy of our pages", view, hit)
			}
		}
	}
}

// TestPromisesNameTestsThatExist holds the tests that docs/security.md names against those there are.
func TestPromisesNameTestsThatExist(t *testing.T) {
	promises, err := os.ReadFile("docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "git", "grep", "-hoE", `^func Test[A-Za-z0-9_]+`, "--", "*_test.go").Output()
	if err != nil {
		t.Fatal(err)
	}
	there := strings.Fields(string(out))
	named := regexp.MustCompile("`(Test[A-Za-z0-9_]+)`").FindAllStringSubmatch(string(promises), -1)
	if len(named) < 40 {
		t.Errorf("only %d tests are named", len(named))
	}
	for _, one := range named {
		if !slices.Contains(there, one[1]) {
			t.Errorf("a promise names %s, which is no test", one[1])
		}
	}
}

func TestScriptsCallNobodyElse(t *testing.T) {
	scripts, err := filepath.Glob("server/assets/*.js")
	if err != nil || len(scripts) == 0 {
		t.Fatal(scripts, err)
	}
	dangerous := regexp.MustCompile(`\beval\(|new Function|\.innerHTML|document\.write|https?://[a-z]`)
	for _, script := range scripts {
		body, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		// The name of SVG is an address that nobody calls.
		if hit := dangerous.FindString(strings.ReplaceAll(string(body), "http://www.w3.org/", "")); hit != "" {
			t.Errorf("%s: %q", script, hit)
		}
	}
}

func TestFilesStayReadable(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && path != ".") {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		body, err := os.ReadFile(path)
		if lines := strings.Count(string(body), "\n"); lines > 350 && !strings.HasSuffix(path, "_test.go") {
			t.Errorf("%s has %d lines; split it", path, lines)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestTestsLeftOutUnderTheDetectorAreRun holds the script that `make test` asks for them against the calls in the tests.
func TestTestsLeftOutUnderTheDetectorAreRun(t *testing.T) {
	out, err := exec.Command("scripts/unraced.sh").Output()
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	err = filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && path != ".") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") || path == "house_test.go" {
			return nil
		}
		body, err := os.ReadFile(path)
		calls += strings.Count(string(body), "\ttestkit.Unraced(")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if names := strings.Count(string(out), "|") + 1; names != calls || calls == 0 {
		t.Errorf("%d tests say testkit.Unraced, the script finds %d: %s", calls, names, out)
	}
}
