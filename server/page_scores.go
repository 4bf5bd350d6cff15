package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// scoresPage is the appraisal of a month: today's draw, the ranking, the trend, sanctions and what was published.
type scoresPage struct {
	page
	DrawForms                                                                []drawForm
	Drawn, Draws, Month, WholeYear, Trend, Items, Sanctions, Rank, Published *card
	Today                                                                    string
	Said                                                                     string
}

// drawForm is the button of a kind that was not drawn on the day yet.
type drawForm struct {
	Kind, Label, Hint string
	Count             int
	Most              int64
}

func drawPath(name string) string { return "/scores/draws/" + url.PathEscape(name) }

// usualDraw is how many of a kind the button offers to draw.
var usualDraw = map[string]int{ledger.ScoredGrid: 6, ledger.ScoredPerson: 3}

// scoreRoutes are the appraisal and its draws.
func (a *app) scoreRoutes() []route {
	return []route{
		{Path: "/scores", Name: "scores", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, a.askScores, a.showScores)},
		{Path: "/scores/draws/:draw", Name: "draw", Needs: access.Read, Own: ownAny, Formats: answered, Handle: answer(a, named(a.analytics.Draw, "draw"), a.showDraw)},

		{Method: fiber.MethodPost, Path: "/scores/draw", Name: "draw.make", Needs: access.Edit, Formats: "json", Handle: a.makeDraw},
		{Method: fiber.MethodPost, Path: "/scores/draws/:draw/repeat", Name: "draw.repeat", Needs: access.Read, Own: ownAny, Formats: "json", Handle: a.repeatDraw},
	}
}

// askScores reads ?kind=, and ?month= as every page does.
func (a *app) askScores(c *fiber.Ctx, q analytics.Question) (*analytics.ScoresAnswer, error) {
	kind := c.Query("kind")
	if kind != "" && !slices.Contains(ledger.ScoredKinds, kind) {
		return nil, ledger.Fail(ledger.Invalid, text.T("draw.unknown_kind", kind, strings.Join(ledger.ScoredKinds, "、")))
	}
	return a.analytics.Scores(c.UserContext(), analytics.ScoresQuestion{Question: q, Kind: kind})
}

func (a *app) showScores(c *fiber.Ctx, q analytics.Question, ans *analytics.ScoresAnswer) error {
	p := scoresPage{page: a.newAnswerPage(c, "scores", q, ans.Foot()), Today: day(analytics.DateOf(q.Clock.Asof))}
	p.keepOwn(c, "kind", "month")
	p.chooseScores(ans)
	p.KPIs = p.scoreKPIs(ans)
	if q.Clock.Live && p.May("edit") {
		if err := a.offerDraws(c, q, ans, &p); err != nil {
			return err
		}
	}
	p.Drawn, p.Draws = p.drawnToday(ans), p.drawTable(ans)
	p.Month = p.rankingCard("score_month", "s7", ans.Month)
	p.WholeYear = p.rankingCard("score_year", "s6", ans.WholeYear)
	p.Items, p.Sanctions = p.itemTable(ans), p.sanctionTable(ans)
	p.Published = p.publishedList(ans)
	var err error
	if p.Trend, err = p.scoreTrend(ans); err != nil {
		return err
	}
	if p.Rank, err = p.publishedRanks(ans); err != nil {
		return err
	}
	return a.render(c, "scores", p)
}

// offerDraws offers a draw of every kind that has a roster and was not drawn on the day yet.
func (a *app) offerDraws(c *fiber.Ctx, q analytics.Question, ans *analytics.ScoresAnswer, p *scoresPage) error {
	for _, kind := range ledger.ScoredKinds {
		roster, err := a.analytics.Roster(c.UserContext(), q, kind)
		if err != nil {
			return err
		}
		done := slices.ContainsFunc(ans.Today, func(d analytics.Draw) bool { return d.Kind == kind })
		if done || len(roster) == 0 {
			continue
		}
		p.DrawForms = append(p.DrawForms, drawForm{Kind: kind, Label: p.T("draw.make", kind), Hint: p.T("draw.of", len(roster)), Count: min(usualDraw[kind], len(roster)), Most: int64(len(roster))})
	}
	return nil
}

// chooseScores offers the kinds and the months of the year.
func (p *scoresPage) chooseScores(ans *analytics.ScoresAnswer) {
	var kinds, months []option
	for _, k := range ledger.ScoredKinds {
		kinds = append(kinds, option{k, p.T("score.kind." + k), k == ans.Kind})
	}
	p.choose("kind", p.T("page.col.score_kind"), kinds)
	asof := p.Question.Clock.Asof
	for y := asof.Year(); y >= asof.Year()-1; y-- {
		for m := 12; m >= 1; m-- {
			first := time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC)
			name := first.Format("2006-01")
			if !first.After(asof) && (slices.Contains(ans.Years, y) || name == ans.Period) {
				months = append(months, option{name, name, name == ans.Period})
			}
		}
	}
	p.choose("month", p.T("page.col.month"), months)
}

func (p page) scoreKPIs(ans *analytics.ScoresAnswer) []kpi {
	n := p.Num()
	marks := n.unit("marks")
	average := kpi{Key: "score_average", Label: p.T("page.kpi.score_average"), Aside: ans.Period, Figure: n.plain(ans.Month.Average, 2, marks),
		Notes: []span{{p.T("score.population", ans.Month.Population, ans.Roster), ""}}}
	year := kpi{Key: "score_year", Label: p.T("page.kpi.score_year"), Aside: ans.WholeYear.Period, Figure: n.plain(ans.WholeYear.Average, 2, marks),
		Notes: []span{{p.T("score.population", ans.WholeYear.Population, ans.Roster), ""}}}
	draws := kpi{Key: "score_draws", Label: p.T("page.kpi.score_draws"), Aside: ans.Period, Figure: n.count(ledger.Int(int64(len(ans.Draws))), "draws")}
	proven := 0
	for _, d := range ans.Draws {
		if d.Proven {
			proven++
		}
	}
	draws.Notes = []span{{p.T("draw.proven_of", proven, len(ans.Draws)), toneIf(proven < len(ans.Draws), "bad")}}
	sanctions := kpi{Key: "score_sanctions", Label: p.T("page.kpi.score_sanctions"), Aside: strconv.Itoa(ans.Year), Figure: n.count(ledger.Int(int64(len(ans.Sanctions))), "sanctions")}
	var parts []string
	for _, m := range ans.Measures {
		if m.Count > 0 {
			parts = append(parts, p.T("score.measure_count", m.Measure, m.Count))
		}
	}
	sanctions.Notes = []span{{strings.Join(parts, p.T("page.comma")), "mute"}}
	list := []kpi{average, year, draws, sanctions}
	if last, ok := lastPublished(ans); ok {
		top := analytics.TopTen(ans.Published, last.Appraised, last.Year)
		one := kpi{Key: "score_published", Label: p.T("page.kpi.score_published"), Aside: last.Period, Figure: n.plain(last.Rank, 0, p.T("score.of", value(last.Population))),
			Notes: []span{{joinedNames(last.Appraised, last.Topic), "mute"}}}
		if top.Denominator.Sign() > 0 {
			one.Notes = append(one.Notes, span{p.T("score.top_ten", last.Year, value(top.Denominator), value(top.Numerator)), ""})
		}
		list = append(list, one)
	}
	return list
}

// lastPublished is the last bulletin of the year, or of one before it, that ranks.
func lastPublished(ans *analytics.ScoresAnswer) (found analytics.AppraisalLine, ok bool) {
	for _, l := range ans.Published {
		if l.Rank.Valid() && l.Year <= ans.Year && (!ok || l.Year > found.Year || l.Year == found.Year && (l.Months == 12 || found.Months != 12 && l.Period > found.Period)) {
			found, ok = l, true
		}
	}
	return found, ok
}
