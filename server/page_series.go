package server

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// oneSeries is a chosen indicator in one unit and basis: its boxes, its years and months, its plan periods and its ranks.
type oneSeries struct {
	KPIs                                  []kpi
	Years, Months, Progress, Ranks, Plans *card
}

// showSeries shows the series of the one indicator that the address names.
func (a *app) showSeries(c *fiber.Ctx, p indicatorsPage, ans *analytics.IndicatorsAnswer) error {
	p.Sub = ans.Indicator
	if len(ans.Series) == 0 {
		p.Overview = p.card("indicator_list", "").nothing("one_series")
		return a.render(c, "indicators", p)
	}
	for i, s := range ans.Series {
		one, err := p.oneOf(ans, s, strconv.Itoa(i))
		if err != nil {
			return err
		}
		p.One = append(p.One, one)
	}
	return a.render(c, "indicators", p)
}

func (p page) oneOf(ans *analytics.IndicatorsAnswer, s analytics.IndicatorSeries, number string) (oneSeries, error) {
	cards, err := p.seriesOf(ans, s, number)
	if err != nil {
		return oneSeries{}, err
	}
	p.KPIs = p.seriesKPIs(s)
	p.explain()
	one := oneSeries{KPIs: p.KPIs, Years: cards.Years, Months: cards.Months, Plans: p.plansTable(s, number)}
	p.named(one.Years, "series_years", s)
	p.named(one.Months, "series_months", s)
	if one.Progress, err = p.progressCard(s, number); err != nil {
		return one, err
	}
	one.Ranks, err = p.rankCard(s, number)
	return one, err
}

// named heads a card of a chosen series by what it shows; the series' name stands above, its basis beside.
func (p page) named(c *card, key string, s analytics.IndicatorSeries) {
	if c == nil {
		return
	}
	c.Title = joinedNames(p.T("page.card."+key), s.Basis)
	c.Chart.Height = ""
	c.Chart.File = joinedNames(s.Indicator, c.Title)
}

// seriesKPIs are the boxes of one series: this year, the last whole year, the target, the rank, and the last plan period in all ways of saying it.
func (p page) seriesKPIs(s analytics.IndicatorSeries) []kpi {
	n := p.Num()
	now := kpi{Key: "series_now", Label: p.T("page.kpi.series_now"), Aside: p.through(s.Through), Figure: p.inUnit(s.YearToDate, s.Unit),
		Notes: []span{p.noted("page.sub.growth_percent", n.change(s.YearToDateGrowth, 2)), p.noted("page.sub.delta", p.differs(s.YearToDateDelta, s.Unit))}}
	year := kpi{Key: "series_year", Label: p.T("page.kpi.series_year"), Figure: figure{Value: dash}}
	if last := len(s.Years) - 1; last >= 0 {
		y := s.Years[last]
		year.Aside, year.Figure = strconv.Itoa(y.Year), p.yearCell(s, y.Year, y.Value).figure
		year.Notes = []span{p.noted("page.sub.growth_percent", n.change(y.GrowthPercent, 2))}
		if s.Unit == "%" {
			year.Notes = []span{p.noted("page.sub.delta", p.differs(y.Delta, s.Unit))}
		}
	}
	goal := kpi{Key: "series_goal", Label: p.T("page.kpi.series_goal"), Figure: n.percent(s.CompletionPercent, 1), Bar: completion(s.CompletionPercent, s.TimePercent),
		Notes: []span{p.noted("page.sub.time_percent", n.percent(s.TimePercent, 1)), p.noted("page.sub.ahead_points", n.points(s.AheadPoints))}}
	if s.Target.Valid() {
		goal.Figure = goal.Figure.leadsTo(p.targetSource(s))
		goal.Notes = append([]span{p.noted("page.sub.target", p.inUnit(s.Target, s.Unit))}, goal.Notes...)
	}
	return append([]kpi{now, year, goal, p.rankBox(s)}, p.planBoxes(s)...)
}

func (p page) rankBox(s analytics.IndicatorSeries) kpi {
	box := kpi{Key: "series_rank", Label: p.T("page.kpi.series_rank"), Figure: figure{Value: dash}}
	last := len(s.Ranks) - 1
	if last < 0 {
		return box
	}
	r := s.Ranks[last]
	box.Aside, box.Figure = strconv.Itoa(r.Year), p.Num().count(r.Rank, "").leadsTo(p.rankSource(s.Indicator, r.Year))
	box.Figure.Unit = "/" + value(r.Population)
	if last > 0 {
		before := s.Ranks[last-1]
		box.Notes = []span{{p.T("page.sub.rank_before", before.Year, value(before.Rank)), "mute"}, p.rankMoved(before.Rank, r.Rank)}
	}
	return box
}

// planBoxes say how the newest plan period with both ends grew: to and by how many times, and how much a year. A fall has no times.
func (p page) planBoxes(s analytics.IndicatorSeries) []kpi {
	times := kpi{Key: "series_times", Label: p.T("page.kpi.series_times"), Figure: figure{Value: dash}}
	steady := kpi{Key: "series_cagr", Label: p.T("page.kpi.series_cagr"), Figure: figure{Value: dash}}
	if len(s.Growth) == 0 {
		return []kpi{times, steady}
	}
	n, g := p.Num(), s.Growth[len(s.Growth)-1]
	times.Aside = p.Say(g.Number.Name())
	steady.Aside, steady.Figure = times.Aside, n.change(g.CAGRPercent, 2)
	steady.Notes = []span{{p.T("page.sub.plan_years", g.FromYear, g.ToYear), "mute"}}
	switch {
	case g.ToTimes.Valid():
		times.Figure = n.plain(g.ToTimes, 2, n.unit("times"))
		times.Notes = []span{{p.T("page.sub.by_times", n.plain(g.ByTimes, 2, "").Value), ""}, {p.sayFigure(n.change(g.Percent, 2)), "good"}}
	case g.Percent.Valid():
		times.Notes = []span{p.noted("page.sub.fell", n.percent(g.Percent.Neg(), 2))}
	default:
		times.Notes = []span{p.noted("page.sub.delta", p.differs(g.Delta, s.Unit))}
	}
	return []kpi{times, steady}
}

// progressCard is the year so far beside the year before and the target by its time progress; nil for what does not add up.
func (p page) progressCard(s analytics.IndicatorSeries, number string) (*card, error) {
	if len(s.Progress) == 0 {
		return nil, nil
	}
	n, c, unit := p.Num(), p.card("series_progress", "s6"), p.draws().OwnUnit(s.Unit)
	c.ID += number
	if len(s.MissingMonths) > 0 {
		c.More = []span{{p.T("page.note.missing_months", joined(s.MissingMonths, p.T("page.comma"))), "warn"}}
	}
	c.Table = p.columns(col("month"), numCol("cumulative", unit), numCol("last_cumulative", unit), numCol("cumulative_growth", "%"), numCol("target_due", unit))
	for _, m := range s.Progress {
		c.Table.add(words(m.Month), num(p.inUnit(m.Cumulative, s.Unit)), num(p.inUnit(m.LastYearCumulative, s.Unit)),
			num(n.change(analytics.GrowthPercent(m.LastYearCumulative, m.Cumulative), 2)), num(p.inUnit(m.TargetDue, s.Unit)))
	}
	return c, c.draw(charts.Progress(p.draws(), s), "")
}

// rankCard is the published place in the district by years with the number ranked, the newest first.
func (p page) rankCard(s analytics.IndicatorSeries, number string) (*card, error) {
	c := p.card("rank_history", "s6")
	c.ID += number
	if len(s.Ranks) == 0 {
		return c.nothing("tax_ranks"), nil
	}
	c.Table = p.columns(col("year"), numCol("rank", ""), numCol("population", ""), col("since_last"))
	for i := len(s.Ranks) - 1; i >= 0; i-- {
		r, moved := s.Ranks[i], words("")
		if i > 0 {
			said := p.rankMoved(s.Ranks[i-1].Rank, r.Rank)
			moved = words(said.Text).toned(said.Tone)
		}
		c.Table.add(words(strconv.Itoa(r.Year)), num(p.Num().count(r.Rank, "")).from(p.rankSource(s.Indicator, r.Year)), words(value(r.Population)), moved)
	}
	return c, c.draw(charts.DistrictRanks(p.draws(), s.Ranks), "")
}

// rankMoved says how many places were won or lost; the first place is the best.
func (p page) rankMoved(before, now ledger.Decimal) span {
	won := before.Sub(now)
	places, _ := won.Float()
	switch won.Sign() {
	case 1:
		return span{p.T("page.plan.up", int(places)), "good"}
	case -1:
		return span{p.T("page.plan.down", int(-places)), "bad"}
	}
	return span{p.T("page.plan.same"), "mute"}
}

// allRanks sets the published places of all series side by side by years; nil when there are none.
func (p page) allRanks(list []analytics.IndicatorSeries) (*card, error) {
	c, years := p.card("rank_history", ""), charts.RankYears(list)
	if len(years) == 0 {
		return nil, nil
	}
	c.Table = p.columns(col("indicator"))
	for _, year := range years {
		c.Table.Columns = append(c.Table.Columns, column{Label: strconv.Itoa(year), Kind: "num"})
	}
	for _, s := range list {
		if len(s.Ranks) == 0 {
			continue
		}
		cells := []cell{p.seriesName(s)}
		for _, year := range years {
			at := words("")
			for _, r := range s.Ranks {
				if r.Year == year {
					at = cell{figure: figure{Value: rankOf(r.Rank, r.Population), Href: p.rankSource(s.Indicator, year)}}
				}
			}
			cells = append(cells, at)
		}
		c.Table.add(cells...)
	}
	return c, c.draw(charts.AllRanks(p.draws(), list), "h240")
}
