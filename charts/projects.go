package charts

import (
	"time"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
)

// Gantt draws a back-schedule on a time axis: the baseline as a pale band, the
// plan and what happened as lines on it, the latest and the expected finish of
// open nodes as marks, and the day the page stands at as a dashed line.
func Gantt(w Words, plan *analytics.Plan, asof string) *Option {
	var names []string
	var baseline, planned, actual, finished, forecast, latest []any
	for i, n := range plan.Nodes {
		names = append(names, n.No+" "+n.Node)
		baseline = append(baseline, segment(i, n.BaselineStart, n.BaselineFinish)...)
		planned = append(planned, segment(i, n.PlanStart, n.PlanFinish)...)
		if n.ActualStart.Known() {
			actual = append(actual, segment(i, n.ActualStart, until(n, asof))...)
		}
		finished = append(finished, mark(i, n.ActualFinish)...)
		forecast = append(forecast, mark(i, expected(n))...)
		if n.Open { // when a finished node had to be done is past caring
			latest = append(latest, mark(i, n.LatestFinish)...)
		}
	}
	o := newOption()
	o.Tooltip.Trigger, o.Tooltip.AxisPointer = "item", nil
	o.XAxis = []opts.XAxis{{Type: "time", Position: "top", SplitLine: &opts.SplitLine{Show: opts.Bool(true)}}}
	o.YAxis = []opts.YAxis{rows(names, 150)}
	o.Grid.Top = "52"
	plans := band(w.T("page.chart.plan"), blue, 8, planned)
	plans.MarkLines = &opts.MarkLines{Data: []any{opts.MarkLineNameXAxisItem{Name: asof, XAxis: asof}},
		MarkLineStyle: opts.MarkLineStyle{Symbol: []string{"none", "none"},
			Label: &opts.Label{Show: opts.Bool(false)}, LineStyle: &opts.LineStyle{Color: target, Type: "dashed", Width: 1}}}
	o.Series = append(o.Series, band(w.baseline(plan.Baseline), underway, 14, baseline), plans)
	if len(actual) > 0 {
		o.Series = append(o.Series, band(w.T("page.chart.actual"), "#6cc197", 4, actual))
	}
	for _, m := range []struct {
		key, color, symbol string
		data               []any
	}{{"page.chart.finished", "#2f9e62", "circle", finished}, {"page.chart.forecast", orange, "circle", forecast}, {"page.chart.latest", overdue, "diamond", latest}} {
		if len(m.data) > 0 {
			o.Series = append(o.Series, marks(w.T(m.key), m.color, m.symbol, m.data))
		}
	}
	return o
}

// until is how far a node that has begun has come: to its finish, or to the day the page stands at.
func until(n analytics.PlanNode, asof string) analytics.Date {
	today, err := time.Parse(time.DateOnly, asof)
	if n.ActualFinish.Known() || err != nil || n.ActualStart.After(analytics.DateOf(today)) {
		return n.ActualFinish
	}
	return analytics.DateOf(today)
}

// expected is when an open node will end by what has happened, where that is not its plan; else what the site says.
func expected(n analytics.PlanNode) analytics.Date {
	if n.Open && n.OutlookFinish.Known() && n.OutlookFinish != n.PlanFinish {
		return n.OutlookFinish
	}
	return n.Forecast
}

// segment is a line from a day to a day on a row, followed by a gap; a lone finish is a short line.
func segment(row int, from, to analytics.Date) []any {
	if !to.Known() {
		return nil
	}
	if !from.Known() || from.After(to) {
		from = to
	}
	return []any{[]any{from.String(), row}, []any{to.Plus(1).String(), row}, []any{nil, nil}}
}

func mark(row int, at analytics.Date) []any {
	if !at.Known() {
		return nil
	}
	return []any{[]any{at.String(), row}}
}

func band(name, color string, width float32, data []any) series {
	return series{SingleSeries: echarts.SingleSeries{Name: name, Type: "line", Data: data, Symbol: "none", ConnectNulls: opts.Bool(false),
		ItemStyle: &opts.ItemStyle{Color: color}, LineStyle: &opts.LineStyle{Color: color, Width: width}}}
}

func marks(name, color, symbol string, data []any) series {
	return series{Z: 5, SingleSeries: echarts.SingleSeries{Name: name, Type: "scatter", Data: data, Symbol: symbol, SymbolSize: 9,
		ItemStyle: &opts.ItemStyle{Color: color, BorderColor: "#ffffff", BorderWidth: 1}}}
}

// Weeks draws a project's weekly percentages and what was invested so far.
func Weeks(w Words, weeks []analytics.Week) *Option {
	var days []string
	var percent, sum []any
	for i := len(weeks) - 1; i >= 0; i-- {
		days = append(days, weeks[i].ReportDate.String())
		percent = append(percent, point(weeks[i].Percent))
		sum = append(sum, w.wan(weeks[i].Cumulative))
	}
	o := newOption()
	o.XAxis = []opts.XAxis{categories(days)}
	right := scale(w.unit("wan"))
	right.SplitLine, right.Scale, right.SplitNumber = &opts.SplitLine{Show: opts.Bool(false)}, opts.Bool(true), 3
	o.YAxis = []opts.YAxis{scale("%"), right}
	o.Grid.Top = "60"
	invested := line(w.T("page.chart.invested"), orange, sum)
	invested.YAxisIndex = 1
	o.Series = append(o.Series, line(w.T("page.chart.percent"), blue, percent), invested)
	return o
}
