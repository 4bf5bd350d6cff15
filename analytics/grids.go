package analytics

import (
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// gridDatasets are what the answer about grids is read from.
var gridDatasets = []string{"grids", "grid_owners", "grid_forces", "patrols"}

// Days and weeks of coverage that are shown. A week is seven days that end on the day asked for, so that every one of them is whole.
const (
	coverageDays  = 28
	coverageWeeks = 8
)

// GridsQuestion asks for the grids, of one community or of all.
type GridsQuestion struct {
	Question
	Community string
}

// Grids answers which grids there are, who answers for each on the day, which forces watch over them and how many were patrolled.
func (a *Analytics) Grids(ctx context.Context, q GridsQuestion) (*GridsAnswer, error) {
	ans := &GridsAnswer{Community: q.Community, Grids: []GridLine{}, Communities: []GridCommunity{}, Forces: []GridForce{}, Gaps: []GridGap{}, Days: []GridCoverage{}, Weeks: []GridCoverage{},
		MostGrids: a.thresholds().GridsOfOwner, IdleDays: a.thresholds().GridIdle}
	stamp, err := a.stamp(ctx, q.Question, "", gridDatasets...)
	if err != nil {
		return nil, err
	}
	ans.Stamp = stamp
	b := gridBuilder{ans: ans, today: DateOf(q.Clock.Asof), of: ledger.NameKey(q.Community), days: map[string]map[Date]int64{}, last: map[string]Date{}}
	for _, read := range []func(context.Context, *Analytics, Question) error{b.readGrids, b.readOwners, b.readForces, b.readPatrols} {
		if err := read(ctx, a, q.Question); err != nil {
			return nil, err
		}
	}
	if b.of != "" && !slices.ContainsFunc(ans.Communities, func(c GridCommunity) bool { return ledger.NameKey(c.Community) == b.of }) {
		return nil, ledger.Fail(ledger.NotFound, text.T("grid.no_community", q.Community))
	}
	b.settle()
	ans.PatrolledSince = b.first
	return ans, nil
}

// gridBuilder gathers what the record says of the grids.
type gridBuilder struct {
	ans    *GridsAnswer
	today  Date
	of     string     // folded community that is asked for; empty: all
	all    []GridLine // of every community
	owners []gridTerm
	days   map[string]map[Date]int64 // patrols by folded grid and day
	last   map[string]Date           // by folded grid
	first  Date                      // the first day with any patrol; unknown without one
}

// gridTerm is an owner as the record has it: of a grid, a community or everything.
type gridTerm struct {
	GridOwner
	key, communityKey, gridKey string
	community, grid            string
}

func (b *gridBuilder) readGrids(ctx context.Context, a *Analytics, q Question) error {
	return a.each(ctx, "Grids.Rows", q, nil, func(rows driver.Rows) error {
		var g GridLine
		if err := rows.Scan(&g.Grid, &g.key, &g.Code, &g.Kind, &g.Community, &g.communityKey, &g.Bounds, &g.AreaM2, &g.Households, &g.Residents, &g.Floating); err != nil {
			return err
		}
		b.all = append(b.all, g)
		b.community(g.Community, g.communityKey).take(g)
		return nil
	})
}

// community finds or begins a community.
func (b *gridBuilder) community(name, key string) *GridCommunity {
	for i := range b.ans.Communities {
		if b.ans.Communities[i].key == key {
			return &b.ans.Communities[i]
		}
	}
	b.ans.Communities = append(b.ans.Communities, GridCommunity{Community: name, key: key})
	return &b.ans.Communities[len(b.ans.Communities)-1]
}

func (b *gridBuilder) readOwners(ctx context.Context, a *Analytics, q Question) error {
	return a.each(ctx, "Grids.Owners", q, nil, func(rows driver.Rows) error {
		var t gridTerm
		var from, to nullDay
		if err := rows.Scan(&t.Level, &t.Owner, &t.key, &t.Post, &t.community, &t.communityKey, &t.grid, &t.gridKey, &from, &to); err != nil {
			return err
		}
		t.From, t.To = dateAt(from), dateAt(to)
		b.owners = append(b.owners, t)
		return nil
	})
}

func (b *gridBuilder) readForces(ctx context.Context, a *Analytics, q Question) error {
	return a.each(ctx, "Grids.Forces", q, nil, func(rows driver.Rows) error {
		var f GridForce
		if err := rows.Scan(&f.Force, &f.Community, &f.Heads, &f.Qualifier, &f.RunBy, &f.Duty); err != nil {
			return err
		}
		b.ans.Forces = append(b.ans.Forces, f)
		return nil
	})
}

func (b *gridBuilder) readPatrols(ctx context.Context, a *Analytics, q Question) error {
	since := b.today.Plus(-7*coverageWeeks + 1).String()
	err := a.each(ctx, "Grids.Patrols", q, ledger.Params{"since": since}, func(rows driver.Rows) error {
		var grid string
		var day nullDay
		var n uint64
		if err := rows.Scan(&grid, &day, &n); err != nil {
			return err
		}
		if b.days[grid] == nil {
			b.days[grid] = map[Date]int64{}
		}
		b.days[grid][dateAt(day)] += int64(n)
		return nil
	})
	if err != nil {
		return err
	}
	return a.each(ctx, "Grids.LastPatrols", q, nil, func(rows driver.Rows) error {
		var grid string
		var first, last nullDay
		if err := rows.Scan(&grid, &first, &last); err != nil {
			return err
		}
		b.last[grid] = dateAt(last)
		if day := dateAt(first); !b.first.Known() || b.first.After(day) {
			b.first = day
		}
		return nil
	})
}

// settle works out what follows for every grid and for all of them.
func (b *gridBuilder) settle() {
	for i := range b.all {
		b.own(&b.all[i])
		b.patrolled(&b.all[i])
	}
	for _, g := range b.all {
		if b.of == "" || g.communityKey == b.of {
			b.ans.Grids = append(b.ans.Grids, g)
		}
	}
	b.total()
	b.cover()
	b.gaps()
}

// own gives a grid its owners of the day, level by level: those named for it, else those of its community, else those of all.
func (b *gridBuilder) own(g *GridLine) {
	g.Owners, g.Lacking = []GridOwner{}, []string{}
	for _, level := range ledger.GridLevels {
		best := 0
		var found []GridOwner
		for _, t := range b.owners {
			near := t.nearness(g)
			if t.Level != level || near == 0 || near < best {
				continue
			}
			if near > best {
				best, found = near, nil
			}
			found = append(found, t.GridOwner)
		}
		if len(found) == 0 {
			g.Lacking = append(g.Lacking, level)
		}
		g.Owners = append(g.Owners, found...)
	}
}

// nearness is how closely a term is about a grid: 3 the grid itself, 2 its community, 1 all of them, 0 not at all.
func (t gridTerm) nearness(g *GridLine) int {
	switch {
	case t.gridKey != "":
		if t.gridKey == g.key {
			return 3
		}
		return 0
	case t.communityKey != "":
		if t.communityKey == g.communityKey {
			return 2
		}
		return 0
	}
	return 1
}

// patrolled tells when a grid was patrolled last and how often in the seven days to the day asked for.
func (b *gridBuilder) patrolled(g *GridLine) {
	if g.LastPatrol = b.last[g.key]; g.LastPatrol.Known() {
		g.DaysSince = ledger.Int(b.today.Since(g.LastPatrol))
	}
	if !b.first.Known() {
		return
	}
	n := int64(0)
	for day, patrols := range b.days[g.key] {
		if b.today.Since(day) < 7 {
			n += patrols
		}
	}
	g.WeekPatrols = ledger.Int(n)
}

// total adds up what the grids of duty hold; key areas lie within them.
func (b *gridBuilder) total() {
	t := &b.ans.Totals
	communities := map[string]bool{}
	for _, g := range b.ans.Grids {
		if g.Kind == ledger.GridKeyArea {
			t.KeyAreas++
			continue
		}
		t.Grids++
		communities[g.communityKey] = true
		t.AreaM2, t.Households = plus(t.AreaM2, g.AreaM2), plus(t.Households, g.Households)
		t.Residents, t.Floating = plus(t.Residents, g.Residents), plus(t.Floating, g.Floating)
	}
	t.Communities = len(communities)
	t.People = plus(t.Residents, t.Floating)
	t.PeoplePerGrid = t.People.Div(ledger.Int(int64(t.Grids)))
	var heads []ledger.Said
	forces := map[string]bool{}
	for _, f := range b.ans.Forces {
		if b.of != "" && f.Community != "" && ledger.NameKey(f.Community) != b.of {
			continue
		}
		forces[ledger.NameKey(f.Force)] = true
		heads = append(heads, ledger.Said{Value: f.Heads, Mark: f.Qualifier})
	}
	sum := ledger.SumSaid(heads)
	t.Forces, t.Heads, t.HeadsQualifier = len(forces), sum.Value, sum.Mark
}
