package server

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// patrolsPage is what patrols found and what became of it.
type patrolsPage struct {
	page
	Calendar, Grids, Types, Communities, Repeats, List *card
	Pairs                                              []photoPair
	New                                                string // the form of a new entry; empty where forms are off
}

// photoPair are the photos of a finding, before and after, side by side.
type photoPair struct {
	Words                           page
	Href, Title, Small, State, Tone string
	Before, After                   []string // addresses
}

// openStates are what ?state= takes beside the states themselves.
var openStates = []string{"open", "overdue"}

// askPatrols reads the filters: ?days=, grid=, community=, type=, state= and text=.
func (a *app) askPatrols(c *fiber.Ctx, q analytics.Question) (*analytics.PatrolsAnswer, error) {
	ask := analytics.PatrolsQuestion{Question: q, Grid: c.Query("grid"), Community: c.Query("community"), Type: c.Query("type"), State: c.Query("state"), Text: c.Query("text")}
	if s := ask.State; s != "" && !slices.Contains(openStates, s) && !slices.Contains(analytics.PatrolStates, analytics.PatrolState(s)) {
		return nil, ledger.Fail(ledger.Invalid, text.T("patrol.unknown_state", s))
	}
	if days := c.Query("days"); days != "" {
		n, err := strconv.Atoi(days)
		if err != nil || !slices.Contains(analytics.PatrolSpans, n) {
			return nil, ledger.Fail(ledger.Invalid, text.T("patrol.unknown_span", days))
		}
		ask.Days = n
	}
	return a.analytics.Patrols(c.UserContext(), ask)
}

// showPatrols shows the figures of the span, where and when it was walked, and the list.
func (a *app) showPatrols(c *fiber.Ctx, q analytics.Question, ans *analytics.PatrolsAnswer) error {
	p := patrolsPage{page: a.newAnswerPage(c, "patrols", q, ans.Foot())}
	p.keepOwn(c, "days", "grid", "community", "type", "state", "text", pageWord)
	var spans []option
	for _, n := range []int{7, 30, 90, 365} {
		spans = append(spans, option{strconv.Itoa(n), p.T("patrol.span", n), n == ans.Asked.Days})
	}
	p.choose("days", p.T("patrol.filter.days"), spans)
	if q.Clock.Live && p.May("patrol") {
		p.Act = &link{Text: p.T("patrol.new"), Href: p.Link("/patrols/new")}
	}
	p.KPIs = p.patrolKPIs(ans)
	var err error
	if p.Calendar, err = p.patrolCalendar(ans); err != nil {
		return err
	}
	if p.Grids, err = p.patrolGrids(ans); err != nil {
		return err
	}
	p.Types, p.Communities = p.patrolShares("patrol_types", "type", col("patrol_issue_type"), ans.Types), p.patrolShares("patrol_communities", "community", col("patrol_community"), ans.Communities)
	p.Repeats = p.repeatCard(ans)
	p.Pairs = p.pairsOf(ans.Items)
	p.List = p.patrolList(c, ans)
	return a.render(c, "patrols", p)
}

func (p page) patrolKPIs(ans *analytics.PatrolsAnswer) []kpi {
	n, t := p.Num(), ans.Totals
	onTime := kpi{Key: "patrol_on_time", Label: p.T("patrol.kpi.on_time"), Figure: n.percent(t.OnTime.Percent, 1), Bar: completion(t.OnTime.Percent, ledger.Null),
		Notes: []span{{p.T("patrol.kpi.of_due", value(t.OnTime.Numerator), value(t.OnTime.Denominator)), ""}}}
	if t.Undated > 0 {
		onTime.Notes = append(onTime.Notes, span{p.T("patrol.kpi.undated", t.Undated), "warn"})
	}
	return []kpi{
		{Key: "patrols", Label: p.T("patrol.kpi.patrols"), Aside: p.T("patrol.span", ans.Asked.Days), Figure: n.whole(int(t.Patrols), "rounds"), Notes: []span{{p.T("patrol.kpi.grids", t.Grids), ""}}},
		{Key: "patrol_findings", Label: p.T("patrol.kpi.findings"), Figure: n.whole(int(t.Findings), "items"), Notes: []span{{p.T("patrol.kpi.fine", t.Patrols-t.Findings), ""}}},
		onTime,
		{Key: "patrol_open", Label: p.T("patrol.kpi.open"), Figure: n.whole(int(t.Open), "items"), Notes: []span{{p.T("patrol.kpi.found", t.States[analytics.PatrolFound]), ""}}},
		{Key: "patrol_overdue", Label: p.T("patrol.kpi.overdue"), Figure: n.whole(int(t.Overdue), "items"), Notes: []span{{p.T("patrol.kpi.returned", t.States[analytics.PatrolReturned]), toneIf(t.Overdue > 0, "bad")}}},
	}
}

func (p page) patrolCalendar(ans *analytics.PatrolsAnswer) (*card, error) {
	c := p.card("patrol_days", "s5")
	if ans.Totals.Patrols == 0 {
		return c.nothing("patrols"), nil
	}
	c.Table = p.columns(dayCol("patrol_day"), numCol("patrol_rounds", ""), numCol("patrol_findings", ""))
	for _, d := range ans.Days {
		c.Table.add(dated(d.Date), num(p.Num().whole(int(d.Patrols), "")), num(p.Num().whole(int(d.Findings), "")))
	}
	return c, c.draw(charts.PatrolDays(p.draws(), ans.Days), "h300")
}

// gridsDrawn is how many grids a picture shows: those walked least, unless a community or a grid is asked for.
const gridsDrawn = 24

// patrolGrids draws the grids walked least first; the table behind holds them all.
func (p page) patrolGrids(ans *analytics.PatrolsAnswer) (*card, error) {
	if len(ans.Weeks) == 0 || ans.Totals.Patrols == 0 {
		return nil, nil //nolint:nilnil // the calendar says what to import
	}
	c := p.card("patrol_grids", "s7")
	walked := func(g analytics.PatrolGridWeeks) (n int64) {
		for _, v := range g.Patrols {
			n += v
		}
		return n
	}
	list := slices.Clone(ans.Weeks)
	slices.SortStableFunc(list, func(x, y analytics.PatrolGridWeeks) int { return int(walked(x) - walked(y)) })
	specs := []colSpec{col("patrol_grid"), wordCol("patrol_community")}
	for range ans.WeekStarts {
		specs = append(specs, numCol("week", ""))
	}
	c.Table = p.columns(append(specs, numCol("in_all", ""), numCol("patrol_findings", ""))...)
	for i, week := range ans.WeekStarts {
		c.Table.Columns[2+i].Label = week.String()
	}
	for _, g := range list {
		cells := []cell{leads(g.Grid, p.With("grid", g.Grid)), words(g.Community)}
		var found int64
		for i, v := range g.Patrols {
			cells, found = append(cells, num(p.Num().whole(int(v), ""))), found+g.Findings[i]
		}
		c.Table.add(append(cells, num(p.Num().whole(int(walked(g)), "")), num(p.Num().whole(int(found), "")))...)
	}
	shown := list[:min(len(list), gridsDrawn)]
	if len(shown) < len(list) {
		c.Hint = p.T("patrol.grids.least", len(shown), len(list))
	}
	return c, c.draw(charts.PatrolGrids(p.draws(), shown, ans.WeekStarts), "h600")
}

// patrolShares is the table of what each type, or each community, has its part in; word is the filter that narrows the page to one of them.
func (p page) patrolShares(key, word string, first colSpec, list []analytics.PatrolShare) *card {
	if len(list) == 0 {
		return nil
	}
	c, n := p.card(key, "s6"), p.Num()
	specs := []colSpec{first}
	if word == "community" { // a round without a finding is of no type
		specs = append(specs, numCol("patrol_rounds", ""))
	}
	c.Table = p.columns(append(specs, numCol("patrol_findings", ""), numCol("patrol_open", ""), numCol("patrol_overdue", ""), numCol("patrol_on_time", "%"), wordCol("patrol_of_due"))...)
	for _, s := range list {
		overdue := num(n.whole(int(s.Overdue), ""))
		if s.Overdue > 0 {
			overdue = overdue.toned("bad")
		}
		name := leads(orWord(s.Name, p.T("patrol.unsaid")), p.With(word, s.Name)).under(s.Group)
		cells := []cell{name}
		if word == "community" {
			cells = append(cells, num(n.whole(int(s.Patrols), "")))
		}
		c.Table.add(append(cells, num(n.whole(int(s.Findings), "")), num(n.whole(int(s.Open), "")), overdue, num(n.percent(s.OnTime.Percent, 1)),
			words(value(s.OnTime.Numerator)+" / "+value(s.OnTime.Denominator)))...)
	}
	return c
}

func (p page) repeatCard(ans *analytics.PatrolsAnswer) *card {
	if len(ans.Repeats) == 0 {
		return nil
	}
	c := p.card("patrol_repeats", "long")
	c.Hint = p.T("patrol.repeats.hint", ans.RepeatDays)
	c.Table = p.columns(col("patrol_place"), wordCol("patrol_grid"), textCol("patrol_issue_type"), numCol("patrol_times", ""), dayCol("patrol_first"), dayCol("patrol_last"), numCol("patrol_open", ""))
	for _, r := range ans.Repeats {
		filter := ledger.Filter{"grid": r.Grid}
		if r.Place != "" {
			filter["place"] = r.Place
		}
		c.Table.add(leads(orWord(r.Place, p.T("patrol.no_place")), p.Source("patrols", filter)), leads(r.Grid, p.With("grid", r.Grid)).under(r.Community), words(joined(r.Types, ledger.AttachmentMark)),
			num(p.Num().whole(int(r.Findings), "")), dated(r.First), dated(r.Last), num(p.Num().whole(int(r.Open), "")))
	}
	return c
}

// pairsShown is how many findings with photos the page shows.
const pairsShown = 6

func (p page) pairsOf(list []analytics.PatrolLine) []photoPair {
	var pairs []photoPair
	for _, l := range list {
		if len(pairs) == pairsShown {
			break
		}
		if len(l.Before)+len(l.After) > 0 {
			pairs = append(pairs, p.pairOf(l))
		}
	}
	return pairs
}

func (p page) pairOf(l analytics.PatrolLine) photoPair {
	return photoPair{Words: p, Href: p.Link(patrolPath(l.ID)), Title: joinedNames(l.IssueType, l.Place), Small: joinedNames(l.Day.String(), l.Grid), State: p.patrolState(l.State), Tone: patrolTones[l.State],
		Before: p.photoLinks(l.Before), After: p.photoLinks(l.After)}
}

func (p page) photoLinks(names []string) []string {
	var list []string
	for _, name := range names {
		list = append(list, p.Link("/photos/"+name))
	}
	return list
}

func (p page) patrolState(s analytics.PatrolState) string { return p.T("patrol.state." + string(s)) }

var patrolTones = map[analytics.PatrolState]string{analytics.PatrolFound: "amber", analytics.PatrolHanded: "blue", analytics.PatrolReturned: "red", analytics.PatrolMended: "blue",
	analytics.PatrolPassed: "green", analytics.PatrolFine: "grey"}

var patrolColors = map[analytics.PatrolState]string{analytics.PatrolReturned: "red", analytics.PatrolFound: "yellow", analytics.PatrolPassed: "green", analytics.PatrolFine: "grey"}

func (p page) patrolList(asked *fiber.Ctx, ans *analytics.PatrolsAnswer) *card {
	c := p.card("patrol_list", "long")
	c.Sieve = p.patrolSieve(ans)
	if len(ans.Items) == 0 {
		c.None = p.T("page.list.none")
		return c
	}
	from, to, way := p.part(asked, len(ans.Items))
	c.Pager = way
	c.Table = p.columns(dayCol("patrol_day"), col("patrol_grid"), textCol("patrol_issue_type"), textCol("patrol_place"), wordCol("patrol_handed_to"), dayCol("due"), wordCol("status"), wordCol("patrol_photos"))
	for _, l := range ans.Items[from:to] {
		what := words(p.T("patrol.state.fine")).toned("mute")
		if l.Found() {
			what = words(orWord(l.IssueType, p.T("patrol.unsaid"))).under(l.Issue)
		}
		state := cell{Tag: &span{p.patrolState(l.State), patrolTones[l.State]}}
		due := dated(l.Due)
		if l.Overdue > 0 {
			due = due.tagged(p.T("patrol.overdue_by", l.Overdue), "red")
		}
		photos := words("")
		if n := len(l.Before) + len(l.After); n > 0 {
			photos = leads(p.T("patrol.photos", len(l.Before), len(l.After)), p.Link(patrolPath(l.ID)))
		}
		c.Table.add(leads(l.Day.String(), p.Link(patrolPath(l.ID))).under(l.Time), words(l.Grid).under(l.Community), what, words(l.Place), words(l.HandedTo).under(l.Unit), due, state, photos)
	}
	return c
}

func (p page) patrolSieve(ans *analytics.PatrolsAnswer) *sieve {
	s := p.sieve("grid", "community", "type", "text")
	q := ans.Asked
	s.Picks = []pick{{Text: p.T("page.plans.all"), Href: p.With("state", ""), Count: int(ans.Totals.Patrols), Current: q.State == ""},
		{p.T("patrol.kpi.open"), p.With("state", "open"), "", int(ans.Totals.Open), q.State == "open"}, {p.T("patrol.kpi.overdue"), p.With("state", "overdue"), "red", int(ans.Totals.Overdue), q.State == "overdue"}}
	for _, state := range analytics.PatrolStates {
		if n := ans.Totals.States[state]; n > 0 || q.State == string(state) {
			s.Picks = append(s.Picks, pick{p.patrolState(state), p.With("state", string(state)), patrolColors[state], int(n), q.State == string(state)})
		}
	}
	var grids, communities, types []string
	for _, g := range ans.Weeks {
		grids = append(grids, g.Grid)
	}
	for _, g := range ans.Grids {
		if !slices.Contains(communities, g.Community) {
			communities = append(communities, g.Community)
		}
	}
	for _, t := range ans.IssueTypes {
		types = append(types, t.Type)
	}
	for _, one := range []struct {
		list  *[]string
		asked string
	}{{&grids, q.Grid}, {&communities, q.Community}, {&types, q.Type}} {
		if one.asked != "" && !slices.Contains(*one.list, one.asked) {
			*one.list = append(*one.list, one.asked)
		}
	}
	s.Choices = []filter{p.among("community", p.T("page.col.patrol_community"), q.Community, communities), p.among("grid", p.T("page.col.patrol_grid"), q.Grid, grids),
		p.among("type", p.T("page.col.patrol_issue_type"), q.Type, types)}
	s.Search = &filter{Name: "text", Label: p.T("patrol.search"), Value: q.Text}
	if q.Grid != "" || q.Community != "" || q.Type != "" || q.State != "" || q.Text != "" {
		s.Clear = &link{Text: p.T("page.list.clear"), Href: p.Link(p.path)}
	}
	return s
}
