package analytics

import (
	"regexp"
	"strings"
	"testing"

	"taizhang/ledger"
)

// TestEveryStatementReadsOneArea walks the statements: whatever reads rows must say of which sub-district. Where it fails for
// an as-of view, give the view its third parameter, area = {area:String}; for a table, begin its conditions with it.
func TestEveryStatementReadsOneArea(t *testing.T) {
	entries, err := statements.ReadDir("sql")
	if err != nil || len(entries) < 30 {
		t.Fatal(len(entries), err)
	}
	names := make([]string, len(ledger.All))
	for i, d := range ledger.All {
		names[i] = d.Name
	}
	table := regexp.MustCompile(`(?i)\b(?:FROM|JOIN)\s+(?:` + strings.Join(names, "|") + `)\b`)
	view := regexp.MustCompile(`\b(?:` + strings.Join(names, "|") + `)_at\(`)
	narrowed := regexp.MustCompile(`^asof = \{\w+:Date32\}, known = \{\w+:DateTime64\(3, ?'UTC'\)\}, area = \{area:String\}\)`)
	read := 0
	for _, entry := range entries {
		text := sql(strings.TrimSuffix(entry.Name(), ".sql"))
		for _, at := range view.FindAllStringIndex(text, -1) {
			if read++; !narrowed.MatchString(text[at[1]:]) {
				t.Errorf("%s: %s does not read one area", entry.Name(), text[at[0]:min(at[1]+90, len(text))])
			}
		}
		for _, at := range table.FindAllStringIndex(text, -1) {
			if read++; !strings.HasPrefix(strings.Join(strings.Fields(text[at[1]:]), " "), "WHERE area = {area:String}") {
				t.Errorf("%s: %s reads every area", entry.Name(), text[at[0]:at[1]])
			}
		}
	}
	if read < 40 {
		t.Errorf("only %d reads of datasets were seen", read)
	}
}
