package server

import (
	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// communityWord is the word of an address that names one community.
const communityWord = "community"

// gridPage is the dictionary of grids with owners, forces, gaps and coverage.
type gridPage struct {
	page
	Coverage, Weeks, Gaps, Unpatrolled, Communities, Forces, Grids *card
}

// askGrids reads the community that the grids are asked of.
func (a *app) askGrids(c *fiber.Ctx, q analytics.Question) (*analytics.GridsAnswer, error) {
	return a.analytics.Grids(c.UserContext(), analytics.GridsQuestion{Question: q, Community: c.Query(communityWord)})
}

func (a *app) showGrids(c *fiber.Ctx, q analytics.Question, ans *analytics.GridsAnswer) error {
	p := gridPage{page: a.newAnswerPage(c, "grid", q, ans.Foot())}
	var names []string
	for _, one := range ans.Communities {
		names = append(names, one.Community)
	}
	if len(names) > 0 {
		p.choose(communityWord, p.T("page.filter.community"), p.among(communityWord, "", ans.Community, names).Options)
	}
	p.keepOwn(c, communityWord, pageWord)
	if len(ans.Grids) == 0 {
		p.Grids = p.card("grids", "").nothing("grids")
		return a.render(c, "grid", p)
	}
	p.KPIs = p.gridKPIs(ans)
	var err error
	if p.Coverage, err = p.coverageCard(ans); err != nil {
		return err
	}
	p.Weeks, p.Gaps, p.Unpatrolled = p.weekCard(ans), p.gapCard(ans), p.unpatrolledCard(ans)
	p.Communities, p.Forces = p.communityCard(ans), p.forceCard(ans)
	from, to, way := p.part(c, len(ans.Grids))
	p.Grids = p.gridTable(ans.Grids[from:to])
	p.Grids.Pager = way
	return a.render(c, "grid", p)
}

func (p page) gridKPIs(ans *analytics.GridsAnswer) []kpi {
	n, t := p.Num(), ans.Totals
	week := kpi{Key: "grid_week", Label: p.T("page.kpi.grid_week"), Figure: n.percent(ans.Week.Duty.Percent, 1), Bar: completion(ans.Week.Duty.Percent, ledger.Null),
		Notes: []span{{p.ratio(ans.Week.Duty), ""}, {p.T("page.grid.today", p.ratio(ans.Today.Duty)), "mute"}}}
	if !ans.PatrolledSince.Known() {
		week.Notes = []span{{p.T("page.grid.no_patrols"), "mute"}}
	}
	gaps := n.whole(len(ans.Gaps), "items")
	gaps.Tone = toneIf(len(ans.Gaps) > 0, "warn")
	return []kpi{
		{Key: "grids", Label: p.T("page.kpi.grids"), Figure: n.whole(t.Grids, "grids"), Notes: []span{{p.T("page.grid.key_areas", t.KeyAreas), ""}, {p.T("page.grid.within", t.Communities, n.km2(t.AreaM2)), "mute"}}},
		{Key: "grid_people", Label: p.T("page.kpi.grid_people"), Figure: n.count(t.People, "people"), Notes: []span{{p.T("page.grid.people", n.tenThousands(t.Residents), n.tenThousands(t.Floating)), ""}}},
		{Key: "grid_load", Label: p.T("page.kpi.grid_load"), Figure: n.plain(t.PeoplePerGrid, 0, n.unit("people")), Notes: []span{{p.T("page.sub.fraction", value(t.People), value(t.Grids)), "mute"}}},
		{Key: "grid_heads", Label: p.T("page.kpi.grid_heads"), Figure: p.said(n.count(t.Heads, "people"), t.HeadsQualifier), Notes: []span{{p.T("page.grid.forces", t.Forces), ""}}},
		week,
		{Key: "grid_gaps", Label: p.T("page.kpi.grid_gaps"), Figure: gaps, Notes: []span{{p.T("page.grid.gaps.note", ans.Strip().NoOwner), ""}}},
	}
}

// ratio writes numerator and denominator, a dash where nothing is recorded.
func (p page) ratio(r analytics.Rate) string {
	if !r.Denominator.Valid() {
		return dash
	}
	return p.T("page.sub.fraction", value(r.Numerator), value(r.Denominator))
}

// said writes a figure with the qualifier it was said with.
func (p page) said(f figure, mark string) figure {
	if f.Value == dash {
		return f
	}
	switch mark {
	case "":
	case ledger.MarkAtLeast:
		f.Value = p.T("figure.said.at_least", f.Value)
	case ledger.MarkBelow:
		f.Value = p.T("figure.said.below", f.Value)
	case ledger.MarkAbout:
		f.Value = p.T("figure.said.about", f.Value)
	default:
		f.Value += mark // the high end of a range
	}
	return f
}

// km2 writes an area in square kilometres.
func (n numbers) km2(m2 ledger.Decimal) string {
	return grouped(m2.Div(ten6).Round(2).String()) + " km²"
}

// tenThousands writes a count of people as offices do: 6.6万; in full in English.
func (n numbers) tenThousands(d ledger.Decimal) string {
	if n.lang == text.En || d.Cmp(ten4) < 0 {
		return grouped(d.String())
	}
	return grouped(d.Div(ten4).Round(2).String()) + n.unit("ten_thousand")
}

func (p page) coverageCard(ans *analytics.GridsAnswer) (*card, error) {
	c := p.card("grid_coverage", "s8")
	if !ans.PatrolledSince.Known() {
		return c.nothing("grid_patrols"), nil
	}
	c.Table = p.columns(dayCol("date"), numCol("grid_patrols", ""), numCol("grid_patrolled", ""), numCol("grid_of", ""), numCol("grid_share", "%"), numCol("grid_key_share", "%"))
	n := p.Num()
	for _, d := range ans.Days {
		c.Table.add(dated(d.To), num(n.count(ledger.Int(d.Patrols), "")), num(n.count(d.Duty.Numerator, "")), num(n.count(d.Duty.Denominator, "")), num(n.percent(d.Duty.Percent, 1)), num(n.percent(d.KeyAreas.Percent, 1)))
	}
	return c, c.draw(charts.Coverage(p.draws(), ans.Days), "h240")
}

func (p page) weekCard(ans *analytics.GridsAnswer) *card {
	if !ans.PatrolledSince.Known() {
		return nil
	}
	c := p.card("grid_weeks", "s4")
	c.Table = p.columns(wordCol("grid_seven_days"), numCol("grid_share", "%"), numCol("grid_key_share", "%"))
	n := p.Num()
	for i := range ans.Weeks {
		w := ans.Weeks[len(ans.Weeks)-1-i]
		c.Table.add(words(w.From.Time().Format("01-02")+" – "+w.To.Time().Format("01-02")), num(n.percent(w.Duty.Percent, 1)).under(p.ratio(w.Duty)), num(n.percent(w.KeyAreas.Percent, 1)).under(p.ratio(w.KeyAreas)))
	}
	c.More = []span{{p.T("page.grid.unrecorded"), "mute"}}
	return c
}

func (p page) gapCard(ans *analytics.GridsAnswer) *card {
	c := p.card("grid_gaps", "s6")
	if len(ans.Gaps) == 0 {
		c.None = p.T("page.grid.no_gaps")
		return c
	}
	c.Table = p.columns(col("grid_name"), wordCol("grid_community"), textCol("grid_gap"))
	c.Table.Tall = true
	for _, g := range ans.Gaps {
		first, says := leads(g.Grid, p.Source("grids", ledger.Filter{"grid": g.Grid})), p.T("page.grid.gap."+string(g.Kind))
		switch g.Kind {
		case analytics.GapNoOwner:
			says = p.T("page.grid.gap.no_owner", p.levelWord(g.Level))
		case analytics.GapTooMany:
			first = leads(g.Owner, p.Source("grid_owners", ledger.Filter{"owner": g.Owner}))
			says = p.T("page.grid.gap.too_many", g.Grids, ans.MostGrids)
		case analytics.GapForceEmpty:
			first = leads(g.Force, p.Source("grid_forces", ledger.Filter{"force": g.Force}))
		case analytics.GapNoGrid:
			first = words(g.Community)
		case analytics.GapUnknownGrid:
			first = leads(g.Grid, p.Source("grid_owners", ledger.Filter{"grid": g.Grid})).under(g.Owner)
		}
		c.Table.add(first, words(g.Community), words(says))
	}
	return c
}

// levelWord names a level of owners.
func (p page) levelWord(level string) string {
	for i, one := range ledger.GridLevels {
		if one == level {
			return p.T([]string{"page.col.grid_head", "page.col.grid_first", "page.col.grid_second", "page.col.grid_third"}[i])
		}
	}
	return level
}

// unpatrolledCard lists the grids without a patrol in the seven days, the longest first.
func (p page) unpatrolledCard(ans *analytics.GridsAnswer) *card {
	c := p.card("grid_unpatrolled", "")
	if !ans.PatrolledSince.Known() {
		return nil
	}
	list := ans.Unpatrolled()
	if len(list) == 0 {
		c.None = p.T("page.grid.all_patrolled")
		return c
	}
	c.Hint = p.T("page.grid.unpatrolled", len(list), len(ans.Grids))
	c.Table = p.columns(col("grid_name"), wordCol("grid_community"), wordCol("grid_third"), dayCol("grid_last"), numCol("grid_since", p.Num().unit("days")))
	c.Table.Tall = true
	for _, g := range list {
		since := num(p.Num().count(g.DaysSince, ""))
		if g.DaysSince.Cmp(ledger.Int(ans.IdleDays)) >= 0 {
			since = since.toned("bad")
		}
		c.Table.add(leads(g.Grid, p.Source("grids", ledger.Filter{"grid": g.Grid})), words(g.Community), words(g.At(ledger.GridLevelThird)), dated(g.LastPatrol), since)
	}
	return c
}

func (p page) communityCard(ans *analytics.GridsAnswer) *card {
	if ans.Community != "" {
		return nil
	}
	c := p.card("grid_communities", "")
	n := p.Num()
	c.Table = p.columns(col("grid_community"), numCol("grid_duty", ""), numCol("grid_key", ""), numCol("area", n.unit("m2")), numCol("grid_residents", ""), numCol("grid_floating", ""), numCol("grid_load", ""), numCol("grid_share", "%"))
	for _, x := range ans.Communities {
		c.Table.add(leads(x.Community, p.With(communityWord, x.Community)), num(n.whole(x.Grids, "")), num(n.whole(x.KeyAreas, "")), num(n.area(x.AreaM2)), num(n.count(x.Residents, "")), num(n.count(x.Floating, "")),
			num(n.plain(x.PeoplePerGrid, 0, "")), num(n.percent(x.Week.Percent, 1)).under(p.ratio(x.Week)))
	}
	t := ans.Totals
	c.Table.sum(words(p.T("page.sum")), num(n.whole(t.Grids, "")), num(n.whole(t.KeyAreas, "")), num(n.area(t.AreaM2)), num(n.count(t.Residents, "")), num(n.count(t.Floating, "")), num(n.plain(t.PeoplePerGrid, 0, "")), num(n.percent(ans.Week.Duty.Percent, 1)).under(p.ratio(ans.Week.Duty)))
	return c
}

func (p page) forceCard(ans *analytics.GridsAnswer) *card {
	c := p.card("grid_forces", "s6")
	if len(ans.Forces) == 0 {
		return c.nothing("grid_forces")
	}
	c.Table = p.columns(col("grid_force"), numCol("grid_heads", p.Num().unit("people")), wordCol("grid_run_by"), textCol("grid_duties"))
	for _, f := range ans.Forces {
		c.Table.add(leads(f.Force, p.Source("grid_forces", ledger.Filter{"force": f.Force})).under(f.Community), num(p.said(p.Num().count(f.Heads, ""), f.Qualifier)), words(f.RunBy), words(f.Duty))
	}
	c.Table.sum(words(p.T("page.sum")), num(p.said(p.Num().count(ans.Totals.Heads, ""), ans.Totals.HeadsQualifier)), words(""), words(""))
	return c
}

// gridTable lists every grid with the chain of those who answer for it.
func (p page) gridTable(list []analytics.GridLine) *card {
	c := p.card("grids", "long")
	n := p.Num()
	c.Table = p.columns(col("grid_name"), wordCol("grid_kind"), wordCol("grid_community"), numCol("area", n.unit("m2")), numCol("grid_residents", ""), numCol("grid_floating", ""),
		wordCol("grid_head"), wordCol("grid_first"), wordCol("grid_second"), wordCol("grid_third"), dayCol("grid_last"), numCol("grid_week_patrols", ""))
	for _, g := range list {
		cells := []cell{leads(g.Grid, p.Source("grids", ledger.Filter{"grid": g.Grid})).under(g.Code), words(g.Kind), words(g.Community), num(n.area(g.AreaM2)), num(n.count(g.Residents, "")), num(n.count(g.Floating, ""))}
		for _, level := range ledger.GridLevels {
			cells = append(cells, p.ownerCell(g, level))
		}
		c.Table.add(append(cells, dated(g.LastPatrol), num(n.count(g.WeekPatrols, "")))...)
	}
	return c
}

// ownerCell names who answers for a grid at a level and since when.
func (p page) ownerCell(g analytics.GridLine, level string) cell {
	name := g.At(level)
	if name == "" {
		return cell{Tag: &span{p.T("page.grid.vacant"), "amber"}}
	}
	for _, o := range g.Owners {
		if o.Level == level {
			return leads(name, p.Source("grid_owners", ledger.Filter{"level": level, "owner": o.Owner})).under(p.T("page.grid.since", o.From.String()))
		}
	}
	return words(name)
}
