package server

import (
	"context"
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// TestImportsAndSourcesAnswerCSV reads the tables behind the import and lineage pages.
func TestImportsAndSourcesAnswerCSV(t *testing.T) {
	a := testApp(t)
	out, err := ingest.Import(context.Background(), a.ledger, "项目台账.xlsx", sampleBytes(t, "项目台账.xlsx"), ingest.Options{Now: testkit.Now, By: "=测试"})
	if err != nil || out.Status != ingest.Committed {
		t.Fatal(out.Status, err)
	}
	for _, c := range []struct {
		path string
		rows int // with the header
		has  string
	}{
		{"/imports.csv", 2, "'=测试"},
		{"/imports/1.csv", len(out.Problems) + len(out.Notes) + 1, "张主任、李书记"},
		{"/source.csv", 1 + len(ledger.All), "项目台账"},
		{"/source.csv?dataset=projects&project=" + "示例文创园", 0, "C26"},
	} {
		answer := call(t, a, http.MethodGet, c.path, nil)
		records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(answer.Text, "\ufeff"))).ReadAll()
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d %v %.200s", c.path, answer.StatusCode, err, answer.Text)
		}
		if c.rows != 0 && len(records) != c.rows || !strings.Contains(answer.Text, c.has) {
			t.Errorf("%s: %d lines, want %d, and %q in\n%.600s", c.path, len(records), c.rows, c.has, answer.Text)
		}
	}
}
