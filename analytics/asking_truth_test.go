package analytics_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/internal/testkit"
)

// TestAQuestionAsksEachStatementOnce reads the first page with its count of alerts, as the server does, and lists what was put to the engine twice.
func TestAQuestionAsksEachStatementOnce(t *testing.T) {
	files, err := os.ReadDir(testkit.Sample(""))
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".xlsx") {
			names = append(names, f.Name())
		}
	}
	l, a := office(t, names...)
	q := asof(t, l, "2016-06-27")
	var tally analytics.Tally
	ctx := analytics.WithTally(analytics.Asking(context.Background()), &tally)
	if _, err := a.Cockpit(ctx, q); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Alerts(ctx, q); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, asked := range tally.Asked {
		key := fmt.Sprint(asked.Statement, asked.Params)
		if seen[key] {
			t.Errorf("%s is put again with %v", asked.Statement, asked.Params)
		}
		seen[key] = true
	}
	t.Logf("%d statements", len(seen))
	if len(seen) < 40 {
		t.Errorf("only %d statements: the first page was not read", len(seen))
	}
}
