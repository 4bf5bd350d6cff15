package analytics

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"taizhang/ledger"
)

// TestTopFirmsAreThoseThatSortingPutsFirst takes firms in random, rising and falling order, many of one weight and tax.
func TestTopFirmsAreThoseThatSortingPutsFirst(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	at := []*place{{key: "东楼"}, {key: "西楼"}}
	for n := range 60 {
		firms := make([]*firmHere, n)
		for i := range firms {
			firms[i] = &firmHere{newest: &tenancy{at: at[r.IntN(2)], firm: firmID{key: fmt.Sprintf("%03d", i)}}, why: reasons(r.IntN(4)), area: amountOf(int64(r.IntN(2)))}
			if r.IntN(3) > 0 {
				firms[i].paid.this = amountOf(int64(r.IntN(3) - 1))
			}
		}
		for limit := 1; limit < 20; limit += 3 {
			top := topFirms{limit: limit, weight: (*firmHere).reasons}
			want := slices.Clone(firms)
			slices.SortFunc(want, top.compare)
			switch n % 3 {
			case 0:
				firms = slices.Clone(want)
			case 1:
				firms = slices.Clone(want)
				slices.Reverse(firms)
			}
			for _, f := range firms {
				top.add(f)
			}
			got := top.listed(0, ledger.Null)
			if len(got) != min(n, limit) {
				t.Fatalf("%d of %d firms, asked for %d", len(got), n, limit)
			}
			for i, f := range got {
				if w := want[i].newest; f.Key != w.firm.key || f.BuildingKey != w.at.key {
					t.Fatalf("of %d firms the %dth is %s %s, want %s %s", n, i, f.BuildingKey, f.Key, w.at.key, w.firm.key)
				}
			}
		}
	}
}
