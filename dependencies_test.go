package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/internal/testkit"
)

// asked is a small module and a lock of npm that the script of dependencies is asked about.
func asked(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, content := range map[string]string{
		"go.mod":       "module asked\n\ngo 1.26\n",
		"main.go":      "package main\n\nimport \"archive/zip\"\n\nfunc main() { _, _ = zip.OpenReader(\"x\") }\n",
		"package.json": `{"name":"asked","private":true,"dependencies":{"jszip":"3.10.2"}}`,
		"package-lock.json": `{"name":"asked","lockfileVersion":3,"requires":true,"packages":{"":{"name":"asked","dependencies":{"jszip":"3.10.2"}},` +
			`"node_modules/jszip":{"version":"3.10.2","license":"MIT"}}}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// vulnerabilities is a database for govulncheck: empty, or with one that the small module calls.
func vulnerabilities(t *testing.T, found bool) (address string) {
	t.Helper()
	dir := t.TempDir()
	modules := `[]`
	if found {
		modules = `[{"path":"stdlib","vulns":[{"id":"GO-2016-0001","modified":"2016-07-04T00:00:00Z"}]}]`
	}
	for name, content := range map[string]string{
		"index/db.json": `{"modified":"2016-07-04T00:00:00Z"}`, "index/vulns.json": `[]`, "index/modules.json": modules,
		"ID/GO-2016-0001.json": `{"schema_version":"1.3.1","id":"GO-2016-0001","modified":"2016-07-04T00:00:00Z","published":"2016-07-04T00:00:00Z","summary":"invented for a test","details":"invented",` +
			`"affected":[{"package":{"name":"stdlib","ecosystem":"Go"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}],` +
			`"ecosystem_specific":{"imports":[{"path":"archive/zip","symbols":["OpenReader"]}]}}],"database_specific":{"url":"https://pkg.go.dev/vuln/GO-2016-0001"}}`,
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return "file://" + dir
}

// advisories is a registry that answers npm audit: with nothing, with one advisory, or not at all.
func advisories(t *testing.T, body string, status int) (address string) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if strings.Contains(r.URL.Path, "/audits") || strings.Contains(r.URL.Path, "/advisories") {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
			return
		}
		_, _ = w.Write([]byte(`{"name":"jszip","dist-tags":{"latest":"3.10.2"},"versions":{"3.10.2":{"name":"jszip","version":"3.10.2"}}}`))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// TestKnownVulnerabilitiesAreAskedFor runs the script over a module with and without findings, and without a database: a finding fails, a database
// that cannot be asked is said aloud.
func TestKnownVulnerabilitiesAreAskedFor(t *testing.T) {
	testkit.Unraced(t)
	if _, err := exec.LookPath("npm"); err != nil {
		t.Skip("SKIPPED ALOUD: no npm on this machine, so the script of dependencies was not tried")
	}
	const nothing, one = `{}`, `{"jszip":[{"id":1,"url":"https://example.org/1","title":"invented","severity":"high","vulnerable_versions":"<4.0.0","cwe":[],"cvss":{"score":0,"vectorString":null}}]}`
	dir := asked(t)
	for name, c := range map[string]struct {
		database, registry string
		fails              bool
		says               []string
	}{
		"nothing known":      {vulnerabilities(t, false), advisories(t, nothing, 200), false, []string{"(govulncheck)", "(npm audit)"}},
		"a Go module":        {vulnerabilities(t, true), advisories(t, nothing, 200), true, []string{"GO-2016-0001", "(npm audit)"}},
		"an npm package":     {vulnerabilities(t, false), advisories(t, one, 200), true, []string{"invented", "(govulncheck)"}},
		"neither is reached": {"http://127.0.0.1:1", advisories(t, `{"error":"no"}`, 405), false, []string{"NOT CHECKED: govulncheck did not run", "NOT CHECKED: npm audit did not run"}},
	} {
		t.Run(name, func(t *testing.T) {
			run := exec.CommandContext(t.Context(), "scripts/dependencies.sh", dir)
			run.Env = append(os.Environ(), "VULNDB="+c.database, "NPM_CONFIG_REGISTRY="+c.registry, "NPM_CONFIG_CACHE="+t.TempDir(), "NPM_CONFIG_FETCH_RETRIES=0")
			out, err := run.CombinedOutput()
			if (err != nil) != c.fails {
				t.Errorf("ended with %v\n%s", err, out)
			}
			for _, said := range c.says {
				if !strings.Contains(string(out), said) {
					t.Errorf("does not say %q:\n%s", said, out)
				}
			}
		})
	}
}
