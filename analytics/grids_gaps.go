package analytics

import (
	"slices"
	"strings"

	"taizhang/ledger"
)

// gaps lists what is not provided for.
func (b *gridBuilder) gaps() {
	ans := b.ans
	add := func(g GridGap) { ans.Gaps = append(ans.Gaps, g) }
	for _, g := range ans.Grids {
		for _, level := range g.Lacking {
			add(GridGap{Kind: GapNoOwner, Grid: g.Grid, Community: g.Community, Level: level})
		}
	}
	for _, load := range b.loads() {
		add(load)
	}
	for _, f := range ans.Forces {
		if !f.Heads.Valid() || f.Heads.Sign() == 0 {
			add(GridGap{Kind: GapForceEmpty, Force: f.Force, Community: f.Community})
		}
	}
	b.strays(add)
}

// loads are the owners of the lowest level who have more grids than one can walk.
func (b *gridBuilder) loads() []GridGap {
	var list []GridGap
	for _, g := range b.ans.Grids {
		for _, o := range g.Owners {
			if o.Level != ledger.GridLevelThird {
				continue
			}
			at := slices.IndexFunc(list, func(l GridGap) bool { return ledger.NameKey(l.Owner) == ledger.NameKey(o.Owner) })
			if at < 0 {
				at, list = len(list), append(list, GridGap{Kind: GapTooMany, Owner: o.Owner, Level: o.Level, Community: g.Community})
			}
			list[at].Grids++
		}
	}
	return slices.DeleteFunc(list, func(l GridGap) bool { return int64(l.Grids) <= b.ans.MostGrids })
}

// strays are communities and grids that owners or forces name and that no grid has.
func (b *gridBuilder) strays(add func(GridGap)) {
	communities, grids := map[string]bool{"": true}, map[string]bool{"": true}
	for _, c := range b.ans.Communities {
		communities[c.key] = c.Grids > 0 || communities[c.key]
	}
	for _, g := range b.all {
		grids[g.key] = true
	}
	missing := func(name string) {
		if key := ledger.NameKey(name); !communities[key] && (b.of == "" || b.of == key) {
			communities[key] = true
			add(GridGap{Kind: GapNoGrid, Community: name})
		}
	}
	for _, c := range b.ans.Communities {
		missing(c.Community)
	}
	for _, t := range b.owners {
		missing(t.community)
		if !grids[t.gridKey] && (b.of == "" || b.of == t.communityKey) {
			add(GridGap{Kind: GapUnknownGrid, Grid: t.grid, Community: t.community, Owner: t.Owner, Level: t.Level})
		}
	}
	for _, f := range b.ans.Forces {
		missing(f.Community)
	}
	slices.SortStableFunc(b.ans.Gaps, func(x, y GridGap) int { return strings.Compare(x.order(), y.order()) })
}
