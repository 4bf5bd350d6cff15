package server

import (
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/charts"
	"taizhang/ledger"
)

// indicatorsPage is the yearly and monthly series, all of them or the one the address names.
type indicatorsPage struct {
	page
	Growth, Overview, Ranks *card
	Series                  []seriesCards
	One                     []oneSeries
}

// seriesCards are one indicator by years and by months.
type seriesCards struct{ Years, Months *card }

// askIndicators reads ?indicator=, the one whose series are shown.
func (a *app) askIndicators(c *fiber.Ctx, q analytics.Question) (*analytics.IndicatorsAnswer, error) {
	return a.analytics.IndicatorsOf(c.UserContext(), q, c.Query("indicator"))
}

func (a *app) showIndicators(c *fiber.Ctx, q analytics.Question, ans *analytics.IndicatorsAnswer) error {
	p := indicatorsPage{page: a.newAnswerPage(c, "indicators", q, ans.Foot())}
	p.keepOwn(c, "indicator")
	p.chooseYear(ans.Year, yearsOf(ans.Series))
	p.chooseIndicator(ans)
	p.Act = &link{Text: p.T("page.act.catalogue"), Href: p.Link("/indicators/catalogue")}
	if ans.Indicator != "" {
		return a.showSeries(c, p, ans)
	}
	p.Growth, p.Overview = p.growthTable(ans.Series), p.indicatorTable(ans)
	var err error
	if p.Ranks, err = p.allRanks(ans.Series); err != nil {
		return err
	}
	for i, s := range ans.Series {
		cards, err := p.seriesOf(ans, s, strconv.Itoa(i))
		if err != nil {
			return err
		}
		p.Series = append(p.Series, cards)
	}
	return a.render(c, "indicators", p)
}

// chooseIndicator offers every indicator of the record, and all of them together.
func (p *page) chooseIndicator(ans *analytics.IndicatorsAnswer) {
	if len(ans.Names) == 0 {
		return
	}
	list, seen := []option{{"", p.T("page.indicators.all"), ans.Indicator == ""}}, ans.Indicator == ""
	for _, name := range ans.Names {
		current := ans.Indicator != "" && ledger.NameKey(name) == ledger.NameKey(ans.Indicator)
		seen = seen || current
		list = append(list, option{name, name, current})
	}
	if !seen {
		list = append(list, option{ans.Indicator, ans.Indicator, true})
	}
	p.choose("indicator", p.T("page.filter.indicator"), list)
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

// differs writes a difference of two values of an indicator with its sign: percentage points for a rate.
func (p page) differs(d ledger.Decimal, unit string) figure {
	if unit == "%" {
		return p.Num().points(d)
	}
	return signed(p.inUnit(d, unit), d)
}

// growthTable compares the ends of plan periods in all the ways people write it.
func (p page) growthTable(list []analytics.IndicatorSeries) *card {
	c := p.card("growth", "")
	n := p.Num()
	c.Table = p.columns(col("indicator"), col("plan_period"), numCol("from_value", ""), numCol("to_value", ""), numCol("delta", ""),
		numCol("to_times", n.unit("times")), numCol("by_times", n.unit("times")), numCol("increase", "%"), numCol("doublings", ""), numCol("cagr", "%"))
	for _, s := range list {
		for _, g := range s.Growth {
			c.Table.add(p.seriesName(s), words(p.Say(g.Number.Name())), p.yearCell(s, g.FromYear, g.FromValue), p.yearCell(s, g.ToYear, g.ToValue),
				own(p.differs(g.Delta, s.Unit)),
				num(n.plain(g.ToTimes, 2, "")), num(n.plain(g.ByTimes, 2, "")), num(n.change(g.Percent, 2)), num(n.plain(g.Doublings, 2, "")), num(n.change(g.CAGRPercent, 2)))
		}
	}
	if len(c.Table.Rows) == 0 {
		return c.nothing("growth")
	}
	return c
}

// seriesName names a series and leads to its own page.
func (p page) seriesName(s analytics.IndicatorSeries) cell {
	return leads(s.Indicator, p.With("indicator", s.Indicator)).under(s.Basis)
}

// yearCell is the value of a year with the year under it, leading to its cell in the sheet.
func (p page) yearCell(s analytics.IndicatorSeries, year int, v ledger.Decimal) cell {
	return own(p.inUnit(v, s.Unit).leadsTo(p.indicatorSource(s, fmt.Sprintf("%d-01-01", year)))).under(strconv.Itoa(year))
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
		goal := own(p.inUnit(s.Target, s.Unit).leadsTo(p.targetSource(s)))
		if s.TargetYear != 0 {
			goal = goal.under(strconv.Itoa(s.TargetYear))
		}
		complete := num(n.percent(s.CompletionPercent, 1))
		complete.Bar = completion(s.CompletionPercent, s.TimePercent)
		judged := words("")
		if len(s.Light.Rules) > 0 {
			judged = cell{Light: p.lightOf(s.Light)}
		}
		c.Table.add(p.seriesName(s), judged, cell{Spark: spark(s.Years)},
			own(p.inUnit(s.YearToDate, s.Unit)).under(p.through(s.Through)), own(p.inUnit(s.LastYearToDate,
				s.Unit)), num(n.change(s.YearToDateGrowth, 2)),
			goal, complete, num(n.points(s.AheadPoints)), p.lastRank(s))
	}
	return c
}

func (p page) targetSource(s analytics.IndicatorSeries) string {
	return p.Source("targets", ledger.Filter{"indicator": s.Indicator, "year": fmt.Sprintf("%d-01-01", s.TargetYear)})
}

// lastRank is the newest published place of a series, 2/— where nobody published of how many.
func (p page) lastRank(s analytics.IndicatorSeries) cell {
	if len(s.Ranks) == 0 {
		return words("")
	}
	last := s.Ranks[len(s.Ranks)-1]
	return cell{figure: figure{Value: rankOf(last.Rank, last.Population), Href: p.rankSource(s.Indicator, last.Year)}}.under(p.T("page.year", last.Year))
}

func (p page) rankSource(indicator string, year int) string {
	return p.Source("ranks", ledger.Filter{"indicator": indicator, "year": fmt.Sprintf("%d-01-01", year)})
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
	if len(s.Years) > 0 {
		c := p.yearsTable(s, number)
		if err := c.draw(charts.Years(p.draws(), s), "h240"); err != nil {
			return cards, err
		}
		cards.Years = c
	}
	if len(s.Months) > 0 {
		c := p.monthsTable(s, number)
		if err := c.draw(charts.Months(p.draws(), s, ans.Year), "h240"); err != nil {
			return cards, err
		}
		cards.Months = c
	}
	return cards, nil
}

// yearsTable is a series by years with growth, target and completion; its chart is drawn by the page.
func (p page) yearsTable(s analytics.IndicatorSeries, number string) *card {
	n, c := p.Num(), p.card("series_years", "s6")
	c.ID, c.Title = c.ID+number, joinedNames(s.Indicator, c.Title, s.Basis)
	c.Table = p.columns(col("year"), numCol("value", p.draws().OwnUnit(s.Unit)), numCol("on_last", ""), numCol("growth", "%"), numCol("target", ""), numCol("completion", "%"))
	for i := len(s.Years) - 1; i >= 0; i-- {
		y := s.Years[i]
		c.Table.add(words(strconv.Itoa(y.Year)), num(p.inUnit(y.Value, s.Unit)).from(p.indicatorSource(s, fmt.Sprintf("%d-01-01", y.Year))),
			own(p.differs(y.Delta, s.Unit)), num(n.change(y.GrowthPercent, 2)), own(p.inUnit(y.Target, s.Unit)), num(n.percent(y.CompletionPercent, 1)))
	}
	return c
}

// monthsTable is a series by months beside the year before and the month before; its chart is drawn by the page.
func (p page) monthsTable(s analytics.IndicatorSeries, number string) *card {
	n, c := p.Num(), p.card("series_months", "s6")
	c.ID, c.Title = c.ID+number, joinedNames(s.Indicator, c.Title, s.Basis)
	unit := p.draws().OwnUnit(s.Unit)
	c.Table = p.columns(col("month"), numCol("value", unit), numCol("last_year", unit), numCol("on_last", ""), numCol("growth", "%"), numCol("on_month", "%"))
	for i := len(s.Months) - 1; i >= 0; i-- {
		m := s.Months[i]
		c.Table.add(words(m.Month), num(p.inUnit(m.Value, s.Unit)).from(p.indicatorSource(s, m.Month+"-01")), num(p.inUnit(m.LastYear, s.Unit)),
			own(p.differs(m.Delta, s.Unit)), num(n.change(m.GrowthPercent, 2)), num(n.change(m.OnMonthPercent, 2)))
	}
	return c
}
