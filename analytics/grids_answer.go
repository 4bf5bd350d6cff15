package analytics

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"taizhang/ledger"
)

// GridsAnswer is the dictionary of grids (网格) as it stands on a day: owners, forces, what is not provided for, and how much was patrolled.
type GridsAnswer struct {
	Stamp `json:"stamp"`

	Community   string          `json:"community,omitempty"` // the one asked for
	Totals      GridTotals      `json:"totals"`
	Grids       []GridLine      `json:"grids"`
	Communities []GridCommunity `json:"communities"` // all of them
	Forces      []GridForce     `json:"forces"`
	Gaps        []GridGap       `json:"gaps"`

	Today GridCoverage   `json:"today"`
	Week  GridCoverage   `json:"week"`  // the seven days to the day asked for
	Days  []GridCoverage `json:"days"`  // the oldest first
	Weeks []GridCoverage `json:"weeks"` // seven days each, the last to the day asked for

	// PatrolledSince is the first day with a patrol of any grid, from when on a grid without one is not watched over.
	PatrolledSince Date `json:"patrolled_since"`

	MostGrids int64 `json:"most_grids"` // more than this is too many for one owner of the third level
	IdleDays  int64 `json:"idle_days"`  // without a patrol for this many days a grid is an alert
}

// GridTotals are what the grids come to; area and people are those of the grids of duty, in which the key areas lie.
type GridTotals struct {
	Grids         int            `json:"grids"`
	KeyAreas      int            `json:"key_areas"`
	Communities   int            `json:"communities"`
	AreaM2        ledger.Decimal `json:"area_m2"`
	Households    ledger.Decimal `json:"households"`
	Residents     ledger.Decimal `json:"residents"`
	Floating      ledger.Decimal `json:"floating"`
	People        ledger.Decimal `json:"people"`
	PeoplePerGrid ledger.Decimal `json:"people_per_grid"`
	Forces        int            `json:"forces"`
	Heads         ledger.Decimal `json:"heads"`
	// HeadsQualifier is ≥, < or ≈ where heads are not said exactly.
	HeadsQualifier string `json:"heads_qualifier,omitempty"`
}

// GridLine is one grid with its owners of the day and its patrols.
type GridLine struct {
	Grid       string         `json:"grid"`
	Code       string         `json:"code"`
	Kind       string         `json:"kind"` // 责任网格 or 重点监管区域
	Community  string         `json:"community"`
	Bounds     string         `json:"bounds"`
	AreaM2     ledger.Decimal `json:"area_m2"`
	Households ledger.Decimal `json:"households"`
	Residents  ledger.Decimal `json:"residents"`
	Floating   ledger.Decimal `json:"floating"`
	Owners     []GridOwner    `json:"owners"`
	Lacking    []string       `json:"lacking"` // levels without an owner

	LastPatrol Date           `json:"last_patrol"`
	DaysSince  ledger.Decimal `json:"days_since"`
	// WeekPatrols counts those of the seven days to the day asked for; null when the record holds no patrols at all.
	WeekPatrols ledger.Decimal `json:"week_patrols"`

	key, communityKey string
}

// GridOwner is who answers for a grid at a level.
type GridOwner struct {
	Level string `json:"level"`
	Owner string `json:"owner"`
	Post  string `json:"post"`
	From  Date   `json:"from"`
	To    Date   `json:"to"`
}

// GridCommunity is a community with what its grids hold.
type GridCommunity struct {
	Community     string         `json:"community"`
	Grids         int            `json:"grids"`
	KeyAreas      int            `json:"key_areas"`
	AreaM2        ledger.Decimal `json:"area_m2"`
	Residents     ledger.Decimal `json:"residents"`
	Floating      ledger.Decimal `json:"floating"`
	PeoplePerGrid ledger.Decimal `json:"people_per_grid"`
	Week          Rate           `json:"week"` // grids of duty patrolled in the seven days

	key string
}

func (c *GridCommunity) take(g GridLine) {
	if g.Kind == ledger.GridKeyArea {
		c.KeyAreas++
		return
	}
	c.Grids++
	c.AreaM2, c.Residents, c.Floating = plus(c.AreaM2, g.AreaM2), plus(c.Residents, g.Residents), plus(c.Floating, g.Floating)
}

// GridForce is a force with its heads as said.
type GridForce struct {
	Force     string         `json:"force"`
	Community string         `json:"community,omitempty"`
	Heads     ledger.Decimal `json:"heads"`
	Qualifier string         `json:"qualifier,omitempty"` // ≥, < or ≈
	RunBy     string         `json:"run_by"`
	Duty      string         `json:"duty"`
}

// GridCoverage is how many grids had a patrol from one day to another.
type GridCoverage struct {
	From     Date  `json:"from"`
	To       Date  `json:"to"`
	Duty     Rate  `json:"duty"`
	KeyAreas Rate  `json:"key_areas"`
	Patrols  int64 `json:"patrols"`
}

// GridGapKind says what is not provided for.
type GridGapKind string

// The kinds of gaps.
const (
	GapNoOwner     GridGapKind = "no_owner"     // a grid without an owner at a level
	GapTooMany     GridGapKind = "too_many"     // an owner with more grids than one can walk
	GapForceEmpty  GridGapKind = "force_empty"  // a force without people
	GapNoGrid      GridGapKind = "no_grid"      // a community without a grid
	GapUnknownGrid GridGapKind = "unknown_grid" // an owner of a grid that is not in the dictionary
)

// GridGap is one thing that is not provided for.
type GridGap struct {
	Kind      GridGapKind `json:"kind"`
	Grid      string      `json:"grid,omitempty"`
	Community string      `json:"community,omitempty"`
	Level     string      `json:"level,omitempty"`
	Owner     string      `json:"owner,omitempty"`
	Force     string      `json:"force,omitempty"`
	Grids     int         `json:"grids,omitempty"` // how many the owner has
}

var gapOrder = map[GridGapKind]string{GapNoOwner: "1", GapTooMany: "2", GapForceEmpty: "3", GapNoGrid: "4", GapUnknownGrid: "5"}

func (g GridGap) order() string { return gapOrder[g.Kind] }

// Unpatrolled are the grids without a patrol in the seven days to the day asked for, those never patrolled first and then the longest; none where the record holds no patrols at all.
func (ans *GridsAnswer) Unpatrolled() []GridLine {
	var list []GridLine
	for _, g := range ans.Grids {
		if g.WeekPatrols.Valid() && g.WeekPatrols.Sign() == 0 {
			list = append(list, g)
		}
	}
	slices.SortStableFunc(list, func(a, b GridLine) int {
		return cmp.Or(compareBool(a.LastPatrol.Known(), b.LastPatrol.Known()), b.DaysSince.Cmp(a.DaysSince))
	})
	return list
}

// At names who answers for a grid at a level, several joined; empty when nobody does.
func (g GridLine) At(level string) string {
	var names []string
	for _, o := range g.Owners {
		if o.Level == level {
			names = append(names, o.Owner)
		}
	}
	return strings.Join(names, "、")
}

// GridStrip is the headline of the grids for the cockpit and the wall display.
type GridStrip struct {
	Grids    int  `json:"grids"`
	KeyAreas int  `json:"key_areas"`
	Week     Rate `json:"week"`     // grids of duty with a patrol in the seven days to the day asked for
	NoOwner  int  `json:"no_owner"` // grids and key areas that lack an owner at some level
}

// GridStrip answers the headline figures of the grids.
func (a *Analytics) GridStrip(ctx context.Context, q Question) (GridStrip, error) {
	ans, err := a.gridReport(ctx, q)
	if err != nil {
		return GridStrip{}, err
	}
	return ans.Strip(), nil
}

// Strip is the headline of an answer.
func (ans *GridsAnswer) Strip() GridStrip {
	s := GridStrip{Grids: ans.Totals.Grids, KeyAreas: ans.Totals.KeyAreas, Week: ans.Week.Duty}
	for _, g := range ans.Grids {
		if len(g.Lacking) > 0 {
			s.NoOwner++
		}
	}
	return s
}

// Table is every grid asked for with its owners and patrols.
func (ans *GridsAnswer) Table() Table {
	t := Table{Columns: []Column{{"code", "网格编码", "Code", ""}, {"grid", "网格名称", "Grid", ""}, {"kind", "网格类别", "Kind", ""}, {"community", "所属社区", "Community", ""},
		{"area_m2", "网格面积", "Area", "㎡"}, {"households", "户数", "Households", "户"}, {"residents", "常住人口", "Residents", "人"}, {"floating", "流动人口", "Floating people", "人"},
		{"head", "党政正职", "Head", ""}, {"first", "一级网格长", "First level", ""}, {"second", "二级网格长", "Second level", ""}, {"third", "三级网格长", "Third level", ""},
		{"last_patrol", "最近巡查", "Last patrol", ""}, {"week_patrols", "近7天巡查", "Patrols in 7 days", "次"}}}
	for _, g := range ans.Grids {
		line := []any{g.Code, g.Grid, g.Kind, g.Community, g.AreaM2, g.Households, g.Residents, g.Floating}
		for _, level := range ledger.GridLevels {
			line = append(line, g.At(level))
		}
		t.Rows = append(t.Rows, append(line, g.LastPatrol.cell(), g.WeekPatrols))
	}
	return t
}

// gridReport answers all grids.
func (a *Analytics) gridReport(ctx context.Context, q Question) (*GridsAnswer, error) {
	return once(ctx, partOf{"grids", q}, func() (*GridsAnswer, error) { return a.Grids(ctx, GridsQuestion{Question: q}) })
}
