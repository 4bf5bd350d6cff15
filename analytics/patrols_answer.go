package analytics

import (
	"context"
	"slices"
	"strings"

	"taizhang/ledger"
)

// PatrolSpans are the spans of days that the page offers, the usual one first.
var PatrolSpans = []int{30, 7, 90, 365}

// PatrolsQuestion asks for patrols of the last Days days that meet a filter; empty words ask for all.
type PatrolsQuestion struct {
	Question
	Days      int // 0: the usual span
	Grid      string
	Community string
	Type      string
	State     string // one of PatrolStates, open or overdue
	Text      string // part of the number, finding, place or person
}

// PatrolsAnswer is what the patrols of a span found and what became of it.
type PatrolsAnswer struct {
	Stamp `json:"stamp"`

	From Date `json:"from"`
	To   Date `json:"to"`
	// Totals and everything below but Items are of the span and of the grid, community and type asked for, whatever the state; what is open
	// or overdue is counted from before the span too.
	Totals      PatrolTotals      `json:"totals"`
	Types       []PatrolShare     `json:"types"`       // with findings, the most first
	Communities []PatrolShare     `json:"communities"` // with patrols, the most findings first
	Repeats     []RepeatPlace     `json:"repeat_places"`
	RepeatDays  int64             `json:"repeat_days"` // within which a place counts as found again
	Days        []PatrolDay       `json:"days"`        // every day of the span
	Weeks       []PatrolGridWeeks `json:"weeks"`       // every grid, by community, with its weeks
	WeekStarts  []Date            `json:"week_starts"`
	Items       []PatrolLine      `json:"items"` // in the state asked for, the newest first

	Grids      []PatrolGrid `json:"-"` // what filters and forms offer
	IssueTypes []PatrolType `json:"-"`

	Asked PatrolsQuestion `json:"-"`
}

// PatrolTotals count rounds and what became of findings.
type PatrolTotals struct {
	Patrols  int64                 `json:"patrols"` // findings and rounds without one
	Findings int64                 `json:"findings"`
	Grids    int64                 `json:"grids"` // walked
	OnTime   Rate                  `json:"on_time"`
	Undated  int64                 `json:"mended_undated"` // mended without a day: not counted as in time
	Open     int64                 `json:"open"`           // not mended, from before the span too
	Overdue  int64                 `json:"overdue"`        // of these, after their day
	States   map[PatrolState]int64 `json:"states"`
}

// PatrolShare is the part of a type or a community.
type PatrolShare struct {
	Name     string `json:"name"`
	Group    string `json:"group,omitempty"`
	Patrols  int64  `json:"patrols"`
	Findings int64  `json:"findings"`
	Open     int64  `json:"open"`
	Overdue  int64  `json:"overdue"`
	OnTime   Rate   `json:"on_time"`
}

// PatrolDay is one day of the span.
type PatrolDay struct {
	Date     Date  `json:"date"`
	Patrols  int64 `json:"patrols"`
	Findings int64 `json:"findings"`
}

// PatrolGridWeeks are the weeks of a grid: how many rounds, and how many of them found something, in the order of WeekStarts.
type PatrolGridWeeks struct {
	PatrolGrid
	Patrols  []int64 `json:"patrols"`
	Findings []int64 `json:"findings"`
}

// Patrols answers for a span of days up to the day asked for.
func (a *Analytics) Patrols(ctx context.Context, q PatrolsQuestion) (*PatrolsAnswer, error) {
	if !slices.Contains(PatrolSpans, q.Days) {
		q.Days = PatrolSpans[0]
	}
	asof := DateOf(q.Clock.Asof)
	ans := &PatrolsAnswer{From: asof.Plus(1 - q.Days), To: asof, Asked: q}
	since := ans.From
	if back := asof.Plus(1 - int(a.rules.RepeatDays)); since.After(back) {
		since = back
	}
	all, err := a.patrols(ctx, q.Question, since, "")
	if err != nil {
		return nil, err
	}
	if ans.Grids, err = a.PatrolGrids(ctx, q.Question); err != nil {
		return nil, err
	}
	if ans.IssueTypes, err = a.PatrolTypes(ctx, q.Question); err != nil {
		return nil, err
	}
	meant := slices.DeleteFunc(slices.Clone(all), func(l PatrolLine) bool { return !q.about(l) })
	ans.count(meant)
	ans.RepeatDays = a.rules.RepeatDays
	ans.Repeats = repeatPlaces(meant, asof.Plus(1-int(a.rules.RepeatDays)))
	ans.spread(meant)
	ans.Items = slices.DeleteFunc(slices.Clone(meant), func(l PatrolLine) bool { return !q.lists(l, ans.From) })
	ans.Stamp, err = a.stamp(ctx, q.Question, "", ledger.Patrols.Name, ledger.PatrolTypes.Name, ledger.Grids.Name)
	return ans, err
}

// about reports whether a line is of the part asked for, whatever its state.
func (q PatrolsQuestion) about(l PatrolLine) bool {
	return (q.Grid == "" || l.grid == ledger.NameKey(q.Grid)) && (q.Community == "" || ledger.NameKey(l.Community) == ledger.NameKey(q.Community)) &&
		(q.Type == "" || l.IssueType == q.Type)
}

// lists reports whether a line is among those listed: of the span, or still open, and in the state asked for.
func (q PatrolsQuestion) lists(l PatrolLine, from Date) bool {
	if from.After(l.Day) && !l.Open() {
		return false
	}
	if word := ledger.NameKey(q.Text); word != "" && !slices.ContainsFunc([]string{l.Number, l.Issue, l.Place, l.FoundBy, l.HandedTo, l.Grid, l.Unit},
		func(s string) bool { return strings.Contains(ledger.NameKey(s), word) }) {
		return false
	}
	switch q.State {
	case "":
		return true
	case "open":
		return l.Open()
	case "overdue":
		return l.Overdue > 0
	}
	return string(l.State) == q.State
}

// count fills the totals and the shares.
func (ans *PatrolsAnswer) count(lines []PatrolLine) {
	ans.Totals.States = map[PatrolState]int64{}
	types, communities := map[string]*PatrolShare{}, map[string]*PatrolShare{}
	groups := map[string]string{}
	for _, t := range ans.IssueTypes {
		groups[t.Type] = t.Group
	}
	share := func(of map[string]*PatrolShare, name string) *PatrolShare {
		if of[name] == nil {
			of[name] = &PatrolShare{Name: name, Group: groups[name]}
		}
		return of[name]
	}
	grids := map[string]bool{}
	for _, l := range lines {
		inSpan := !ans.From.After(l.Day)
		if !inSpan && !l.Open() {
			continue
		}
		shares := []*PatrolShare{share(communities, l.Community)}
		if l.Found() {
			shares = append(shares, share(types, l.IssueType))
		}
		for _, s := range shares {
			s.add(l, inSpan)
		}
		ans.Totals.add(l, inSpan)
		if inSpan {
			grids[l.grid] = true
		}
	}
	ans.Totals.Grids = int64(len(grids))
	ans.Totals.OnTime.finish()
	ans.Types, ans.Communities = sortedShares(types), sortedShares(communities)
}

func (t *PatrolTotals) add(l PatrolLine, inSpan bool) {
	if l.Open() {
		t.Open++
	}
	if l.Overdue > 0 {
		t.Overdue++
	}
	if !inSpan {
		return
	}
	t.Patrols++
	t.States[l.State]++
	if !l.Found() {
		return
	}
	t.Findings++
	if !l.Open() && !l.MendedOn.Known() {
		t.Undated++
	}
	t.OnTime.addPatrol(l)
}

func (s *PatrolShare) add(l PatrolLine, inSpan bool) {
	if l.Open() {
		s.Open++
	}
	if l.Overdue > 0 {
		s.Overdue++
	}
	if !inSpan {
		return
	}
	s.Patrols++
	if l.Found() {
		s.Findings++
		s.OnTime.addPatrol(l)
	}
}

// addPatrol counts a finding that is due by the day: mended by its day, or not.
func (r *Rate) addPatrol(l PatrolLine) {
	if l.OnTime != nil {
		r.add(oneIf(*l.OnTime), ledger.Int(1))
	}
}

// finish works the rate out: null when nothing was due.
func (r *Rate) finish() {
	r.Numerator, r.Denominator = r.Numerator.OrZero(), r.Denominator.OrZero()
	r.Percent = Percent(r.Numerator, r.Denominator)
}

func sortedShares(of map[string]*PatrolShare) []PatrolShare {
	list := []PatrolShare{}
	for _, s := range of {
		s.OnTime.finish()
		list = append(list, *s)
	}
	slices.SortFunc(list, func(x, y PatrolShare) int {
		if x.Findings != y.Findings {
			return int(y.Findings - x.Findings)
		}
		return strings.Compare(x.Name, y.Name)
	})
	return list
}

// spread lays the rounds over the days of the span, and over the grids and their weeks.
func (ans *PatrolsAnswer) spread(lines []PatrolLine) {
	ans.Days, ans.WeekStarts, ans.Weeks = []PatrolDay{}, []Date{}, []PatrolGridWeeks{}
	for day := ans.From; !day.After(ans.To); day = day.Plus(1) {
		ans.Days = append(ans.Days, PatrolDay{Date: day})
	}
	first := ans.From.Plus(-int(sinceMonday(dayNumber(ans.From)) % week))
	for start := first; !start.After(ans.To); start = start.Plus(week) {
		ans.WeekStarts = append(ans.WeekStarts, start)
	}
	places := map[string]int{}
	row := func(g PatrolGrid) int {
		i, ok := places[g.key]
		if !ok {
			i = len(ans.Weeks)
			places[g.key] = i
			ans.Weeks = append(ans.Weeks, PatrolGridWeeks{PatrolGrid: g, Patrols: make([]int64, len(ans.WeekStarts)), Findings: make([]int64, len(ans.WeekStarts))})
		}
		return i
	}
	for _, g := range ans.Grids {
		if ans.Asked.Grid != "" && g.key != ledger.NameKey(ans.Asked.Grid) || ans.Asked.Community != "" && ledger.NameKey(g.Community) != ledger.NameKey(ans.Asked.Community) {
			continue
		}
		row(g)
	}
	for _, l := range lines {
		if ans.From.After(l.Day) {
			continue
		}
		day, at := l.Day.Since(ans.From), l.Day.Since(first)/week
		i := row(PatrolGrid{Grid: l.Grid, Community: l.Community, key: l.grid})
		ans.Days[day].Patrols++
		ans.Weeks[i].Patrols[at]++
		if l.Found() {
			ans.Days[day].Findings++
			ans.Weeks[i].Findings[at]++
		}
	}
}
