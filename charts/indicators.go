package charts

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
	"taizhang/ledger"
)

// Years draws an indicator by years with the two ends of the last plan period marked.
func Years(w Words, s analytics.IndicatorSeries) *Option {
	ends := map[int]bool{}
	for _, g := range s.Growth {
		ends[g.FromYear], ends[g.ToYear] = true, true
	}
	var names []string
	var values []any
	for _, y := range s.Years {
		names = append(names, strconv.Itoa(y.Year))
		color := paleBlue
		if ends[y.Year] {
			color = blue
		}
		values = append(values, opts.BarData{Value: w.own(y.Value, s.Unit), ItemStyle: &opts.ItemStyle{Color: color}})
	}
	o := newOption()
	o.Legend.Show = opts.Bool(false)
	o.Grid.Top = "30"
	goals := w.goals(s)
	if last := len(s.Years) - 1; last >= 0 && s.TargetYear > s.Years[last].Year {
		names = append(names, strconv.Itoa(s.TargetYear))
		goals = append(goals, w.own(s.Target, s.Unit))
	}
	o.XAxis = []opts.XAxis{categories(names)}
	o.YAxis = []opts.YAxis{scale(w.OwnUnit(s.Unit))}
	o.Series = append(o.Series, bars(s.Indicator, blue, values))
	if hasAny(goals) {
		goal := line(w.T("page.chart.year_target"), target, goals)
		goal.Symbol, goal.SymbolSize = "diamond", 10
		goal.LineStyle = &opts.LineStyle{Color: target, Width: 1.5, Type: "dashed"}
		o.Series = append(o.Series, goal)
		o.Legend.Show = nil
		o.Grid.Top = "44"
	}
	return o
}

// goals are the targets of a series' years.
func (w Words) goals(s analytics.IndicatorSeries) []any {
	var list []any
	for _, y := range s.Years {
		list = append(list, w.own(y.Target, s.Unit))
	}
	return list
}

// Progress draws a year so far beside the year before and the target by its time progress.
func Progress(w Words, s analytics.IndicatorSeries) *Option {
	var months []string
	var now, before, goal []any
	for i, m := range s.Progress {
		months = append(months, w.T("figure.month."+strconv.Itoa(i+1)))
		now = append(now, w.own(m.Cumulative, s.Unit))
		before = append(before, w.own(m.LastYearCumulative, s.Unit))
		goal = append(goal, w.own(m.TargetDue, s.Unit))
	}
	o := newOption()
	o.XAxis = []opts.XAxis{categories(months)}
	o.YAxis = []opts.YAxis{scale(w.OwnUnit(s.Unit))}
	if hasAny(before) {
		o.Series = append(o.Series, quiet(w.T("page.chart.last_sum"), lastYear, "solid", before))
	}
	o.Series = append(o.Series, line(w.T("page.chart.sum"), orange, now))
	if hasAny(goal) {
		o.Series = append(o.Series, quiet(w.T("page.chart.target"), target, "dashed", goal))
	}
	return o
}

// RankYears are the years in which any series has a published place, ascending.
func RankYears(list []analytics.IndicatorSeries) []int {
	years := map[int]bool{}
	for _, s := range list {
		for _, r := range s.Ranks {
			years[r.Year] = true
		}
	}
	return slices.Sorted(maps.Keys(years))
}

// rankColors tell the series of a chart of ranks apart.
var rankColors = []string{blue, orange, teal, purple, brick, slate}

// AllRanks draws the places of all series by years, the first at the top; nil while there is only one year.
func AllRanks(w Words, list []analytics.IndicatorSeries) *Option {
	years := RankYears(list)
	if len(years) < 2 {
		return nil
	}
	o := newOption()
	var names []string
	for _, year := range years {
		names = append(names, strconv.Itoa(year))
	}
	for _, s := range list {
		places := make([]any, len(years))
		for _, r := range s.Ranks {
			places[slices.Index(years, r.Year)] = point(r.Rank)
		}
		if hasAny(places) {
			o.Series = append(o.Series, line(s.Indicator, rankColors[len(o.Series)%len(rankColors)], places))
		}
	}
	o.XAxis, o.YAxis = []opts.XAxis{categories(names)}, []opts.YAxis{standings()}
	return o
}

// standings is an axis of places, the first at the top.
func standings() opts.YAxis {
	y := scale("")
	y.Inverse, y.Min, y.MinInterval = opts.Bool(true), 1, 1
	return y
}

// Months draws an indicator by months of a year beside the year before; all months when that year has none.
func Months(w Words, s analytics.IndicatorSeries, year int) *Option {
	var names []string
	var now, before []any
	for _, m := range s.Months {
		if s.Through != "" && !strings.HasPrefix(m.Month, strconv.Itoa(year)) {
			continue
		}
		names = append(names, m.Month)
		now = append(now, w.own(m.Value, s.Unit))
		before = append(before, w.own(m.LastYear, s.Unit))
	}
	o := newOption()
	o.XAxis = []opts.XAxis{categories(names)}
	o.YAxis = []opts.YAxis{scale(w.OwnUnit(s.Unit))}
	if hasAny(before) {
		o.Series = append(o.Series, bars(w.T("page.chart.before"), lastYear, before))
	}
	o.Series = append(o.Series, bars(w.T("page.chart.now"), blue, now))
	return o
}

// own draws a value in its unit, money in 亿元.
func (w Words) own(d ledger.Decimal, unit string) any {
	if unit == "元" {
		return w.yi(d)
	}
	return point(d)
}

// OwnUnit is the unit an indicator is drawn in.
func (w Words) OwnUnit(unit string) string {
	if unit == "元" {
		return w.unit("yi")
	}
	return unit
}
