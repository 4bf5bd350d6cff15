package server

import (
	"io"
	"log/slog"
	"strings"
	"testing"

	"taizhang/internal/testkit"
)

// BenchmarkPortfolio times the project pages over 500 projects of 40 nodes with three years of weekly entries, each against its own statements.
func BenchmarkPortfolio(b *testing.B) {
	l := testkit.Ledger(b)
	testkit.Portfolio{Projects: 500, Nodes: 40, Weeks: 156, Actions: 2000}.Load(b, l)
	a, err := newApp(DefaultConfig(), l, Engine{}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(a.close)
	for _, page := range []struct{ path, report string }{{"/meeting", "meeting"}, {"/projects", "projects"}, {"/schedule", "schedule"},
		{schedulePath(testkit.ProjectName(0)), "plan " + testkit.ProjectName(0)}, {"/leaders", "leaders"}} {
		b.Run(strings.Fields(page.report)[0], func(b *testing.B) { timePage(b, a, page.path, page.report) })
	}
}
