package server

import (
	"io"
	"log/slog"
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
	one := testkit.Portfolio{}.Name(6)
	for _, page := range []struct{ path, report, key string }{{"/meeting", "meeting", ""}, {"/projects", "projects", ""}, {"/schedule", "schedule", ""},
		{"/leaders", "leaders", ""}, {projectPath(one), "project", one}, {schedulePath(one), "plan", one}} {
		b.Run(page.report, func(b *testing.B) { timeReport(b, a, timed{path: page.path, report: page.report, key: page.key}) })
	}
}
