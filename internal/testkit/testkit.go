// Package testkit gives tests the real thing: the embedded engine with a
// database of its own per test, the sample workbooks and golden files with one
// -update flag.
package testkit

import (
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

var update = flag.Bool("update", false, "write golden files instead of comparing with them")

// Root is the repository's folder.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Dir(filepath.Dir(filepath.Dir(file)))
}

// Sample is the path of a sample workbook.
func Sample(name string) string { return filepath.Join(Root(), "samples", name) }

// Golden compares got with testdata/name, or writes it under -update.
func Golden(t testing.TB, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("golden file (make it with -update): %v", err)
	}
	if string(want) != string(got) {
		t.Errorf("%s differs from what was computed; look, then run with -update\n--- want\n%s\n--- got\n%s", path, want, got)
	}
}

var (
	engine   sync.Once
	engineAt string
)

// dir is the folder of the one embedded engine this test process may hold.
func dir(t testing.TB) string {
	engine.Do(func() {
		d, err := os.MkdirTemp("", "taizhang-test-*")
		if err != nil {
			t.Fatal(err)
		}
		engineAt = d
	})
	return engineAt
}

// Main runs a package's tests and removes the engine's folder afterwards; call it from TestMain.
func Main(m *testing.M) {
	code := m.Run()
	closeDatabases()
	if keptProvider != nil {
		keptProvider.end()
	}
	if engineAt != "" {
		os.RemoveAll(engineAt)
	}
	os.Exit(code)
}

// Unraced leaves a test out under the race detector with -short, which makes it several times slower and finds no more in it than in the
// others that do the same side by side. `make test` runs it without the detector, by this call, which stands in the test itself.
func Unraced(t testing.TB) {
	t.Helper()
	if raced && testing.Short() {
		t.Skip("run without the race detector, see scripts/unraced.sh")
	}
}
