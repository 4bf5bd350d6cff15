package server

import (
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// indicatorsPage is the yearly and monthly series.
type indicatorsPage struct {
	page
	Growth, Overview *card
	Series           []seriesCards
}

// seriesCards are one indicator by years and by months.
type seriesCards struct{ Years, Months *card }

func (a *app) showIndicators(c *fiber.Ctx, q analytics.Question, ans *analytics.IndicatorsAnswer) error {
	p := indicatorsPage{page: a.newAnswerPage(c, "indicators", q, ans.Foot())}
	p.chooseYear(ans.Year, yearsOf(ans.Series))
	p.Act = &link{Text: p.T("page.act.catalogue"), Href: p.Link("/indicators/catalogue")}
	p.Growth, p.Overview = p.growthTable(ans.Series), p.indicatorTable(ans)
	for i, s := range ans.Series {
		cards, err := p.seriesOf(ans, s, strconv.Itoa(i))
		if err != nil {
			return err
		}
		p.Series = append(p.Series, cards)
	}
	return a.render(c, "indicators", p)
}

// yearsOf lists the years any series has, the newest first.
func yearsOf(list []analytics.IndicatorSeries) []int {
	first, last := 0, 0
	see := func(year int) {
		if first == 0 || year < first {
			first = year
		}
		last = max(last, year)
	}
	for _, s := range list {
		for _, y := range s.Years {
			see(y.Year)
		}
		if s.TargetYear != 0 {
			see(s.TargetYear)
		}
	}
	var years []int
	for y := last; y >= first && y > 0; y-- {
		years = append(years, y)
	}
	return years
}

// inUnit writes an indicator's value in its own unit.
func (p page) inUnit(d ledger.Decimal, unit string) figure {
	switch unit {
	case "元":
		return p.Num().yi(d)
	case "%":
		return p.Num().percent(d, 2)
	}
	f := p.Num().plain(d, 0, unit)
	if d.Valid() {
		f.Value = grouped(d.Round(4).String())
	}
	return f
}

// growthTable compares the ends of plan periods in all the ways people write it.
func (p page) growthTable(list []analytics.IndicatorSeries) *card {
	c := p.card("growth", "")
	n := p.Num()
	c.Table = p.columns(col("indicator"), col("plan_period"), numCol("from_value", ""), numCol("to_value", ""), numCol("delta", ""),
		numCol("to_times", n.unit("times")), numCol("by_times", n.unit("times")), numCol("increase", "%"), numCol("doublings", ""), numCol("cagr", "%"))
	for _, s := range list {
		for _, g := range s.Growth {
			at := func(year int, v ledger.Decimal) cell {
				return own(p.inUnit(v, s.Unit)).from(p.indicatorSource(s, fmt.Sprintf("%d-01-01", year))).under(strconv.Itoa(year))
			}
			c.Table.add(words(s.Indicator).under(s.Basis), words(g.Plan), at(g.FromYear, g.FromValue), at(g.ToYear, g.ToValue),
				own(p.inUnit(g.Delta, s.Unit)),
				num(n.plain(g.ToTimes, 2, "")), num(n.plain(g.ByTimes, 2, "")), num(n.change(g.Percent, 2)), num(n.plain(g.Doublings, 2, "")), num(n.change(g.CAGRPercent, 2)))
		}
	}
	if len(c.Table.Rows) == 0 {
		return c.nothing("growth")
	}
	return c
}

func (p page) indicatorSource(s analytics.IndicatorSeries, period string) string {
	return p.Source("indicators", ledger.Filter{"indicator": s.Indicator, "period": period})
}

func (p page) indicatorTable(ans *analytics.IndicatorsAnswer) *card {
	c := p.card("indicator_list", "")
	if len(ans.Series) == 0 {
		return c.nothing("indicators")
	}
	n := p.Num()
	c.Table = p.columns(col("indicator"), wordCol("light"), col("series"), numCol("year_to_date", ""), numCol("last_year_to_date", ""), numCol("growth", "%"),
		numCol("target", ""), numCol("completion", "%"), numCol("ahead", n.unit("points")), numCol("rank", ""))
	for _, s := range ans.Series {
		rank := words("")
		if len(s.Ranks) > 0 {
			last := s.Ranks[len(s.Ranks)-1]
			rank = words(value(last.Rank)).under(p.T("page.year", last.Year))
			if last.Population.Valid() {
				rank = rank.under(p.T("page.note.rank", last.Year, value(last.Population)))
			}
		}
		goal := own(p.inUnit(s.Target, s.Unit))
		if s.TargetYear != 0 {
			goal = goal.under(strconv.Itoa(s.TargetYear))
		}
		complete := num(n.percent(s.CompletionPercent, 1))
		complete.Bar = completion(s.CompletionPercent, s.TimePercent)
		judged := words("")
		if len(s.Light.Rules) > 0 {
			judged = cell{Light: p.lightOf(s.Light)}
		}
		c.Table.add(words(s.Indicator).under(s.Basis), judged, cell{Spark: spark(s.Years)},
			own(p.inUnit(s.YearToDate, s.Unit)).under(p.through(s.Through)), own(p.inUnit(s.LastYearToDate,
				s.Unit)), num(n.change(s.YearToDateGrowth, 2)),
			goal, complete, num(n.points(s.AheadPoints)), rank)
	}
	return c
}

// spark is the path of a small line over a series' years, in a field of 100 by 24.
func spark(years []analytics.IndicatorYear) string {
	if len(years) < 2 {
		return ""
	}
	low, high := years[0].Value, years[0].Value
	for _, y := range years {
		if y.Value.Cmp(low) < 0 {
			low = y.Value
		}
		if y.Value.Cmp(high) > 0 {
			high = y.Value
		}
	}
	path, pen := "", "M"
	for i, y := range years {
		up, ok := y.Value.Sub(low).Div(high.Sub(low)).Float()
		if !ok {
			pen = "M"
			continue
		}
		path += fmt.Sprintf("%s%.1f %.1f", pen, float64(i)*100/float64(len(years)-1), 22-20*up)
		pen = "L"
	}
	return path
}

func (p page) seriesOf(ans *analytics.IndicatorsAnswer, s analytics.IndicatorSeries, number string) (seriesCards, error) {
	var cards seriesCards
	n := p.Num()
	if len(s.Years) > 0 {
		c := p.card("series_years", "s6")
		c.ID, c.Title = c.ID+number, s.Indicator
		c.Table = p.columns(col("year"), numCol("value", p.draws().OwnUnit(s.Unit)), numCol("growth", "%"))
		for _, y := range s.Years {
			c.Table.add(leads(strconv.Itoa(y.Year), p.indicatorSource(s, fmt.Sprintf("%d-01-01", y.Year))), num(p.inUnit(y.Value, s.Unit)),
				num(n.change(y.GrowthPercent, 2)))
		}
		if err := c.draw(charts.Years(p.draws(), s), "h240"); err != nil {
			return cards, err
		}
		cards.Years = c
	}
	if len(s.Months) > 0 {
		c := p.card("series_months", "s6")
		c.ID, c.Title = c.ID+number, s.Indicator
		c.Table = p.columns(col("month"), numCol("value", p.draws().OwnUnit(s.Unit)), numCol("last_year", p.draws().OwnUnit(s.Unit)),
			numCol("growth", "%"))
		for _, m := range s.Months {
			c.Table.add(leads(m.Month, p.indicatorSource(s, m.Month+"-01")), num(p.inUnit(m.Value, s.Unit)),
				num(p.inUnit(m.LastYear, s.Unit)), num(n.change(m.GrowthPercent, 2)))
		}
		if err := c.draw(charts.Months(p.draws(), s, ans.Year), "h240"); err != nil {
			return cards, err
		}
		cards.Months = c
	}
	return cards, nil
}
