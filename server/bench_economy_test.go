package server

import (
	"io"
	"log/slog"
	"testing"

	"taizhang/internal/testkit"
)

// economies are the sizes at which the pages of the economy are timed; the greater one has ten times the tax rows of the smaller.
var economies = []struct {
	name string
	size testkit.Economy
}{
	{"1M", testkit.Economy{Buildings: 500, Tenants: 20_000, Months: 25}},
	{"10M", testkit.Economy{Buildings: 5_000, Tenants: 200_000, Months: 25}},
}

// BenchmarkEconomy times the pages over 1,000,000 and 10,000,000 rows of tax, each page against its own statements: how a page grows with the
// record is the ratio of the two.
func BenchmarkEconomy(b *testing.B) {
	for _, economy := range economies {
		b.Run(economy.name, func(b *testing.B) {
			l := testkit.Ledger(b)
			economy.size.Load(b, l)
			a, err := newApp(DefaultConfig(), l, Engine{}, slog.New(slog.NewTextHandler(io.Discard, nil)))
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(a.close)
			one := economy.size.Building(6)
			for _, page := range []timed{{path: "/tax", report: "tax"}, {path: "/buildings", report: "buildings"},
				{path: buildingPath(one), report: "building", key: one}, {path: "/", report: "cockpit"}} {
				b.Run(page.report, func(b *testing.B) {
					page.runs = 5
					timeReport(b, a, page)
				})
			}
		})
	}
}
