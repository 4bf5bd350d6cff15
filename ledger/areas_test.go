package ledger_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"taizhang/internal/testkit"
)

// TestCodeAsksForOneArea walks the program: an as-of view that code reads is given an area, and clocks come from a ledger or from
// another clock (Ledger.Clock, Ledger.ClockAt, Clock.At), because one without an area reads nothing.
func TestCodeAsksForOneArea(t *testing.T) {
	view := regexp.MustCompile(`_at\(asof = [^\n]*?'UTC'\)\}(, area = \{area:String\})?\)`)
	clock := regexp.MustCompile(`\bClock\{[^}\n]`)
	reads := 0
	for _, room := range []string{"ledger", "ingest", "analytics", "charts", "server"} {
		files, err := filepath.Glob(filepath.Join(testkit.Root(), room, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(room, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			name := room + "/" + filepath.Base(file)
			for _, found := range view.FindAllStringSubmatch(string(text), -1) {
				if reads++; found[1] == "" {
					t.Errorf("%s: %s does not read one area", name, found[0])
				}
			}
			if clock.Match(text) && name != "ledger/clock.go" && !strings.HasSuffix(name, "_test.go") {
				t.Errorf("%s makes a clock without an area", name)
			}
		}
	}
	if reads < 8 {
		t.Errorf("only %d reads were seen", reads)
	}
}
