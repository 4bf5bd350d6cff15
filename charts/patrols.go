package charts

import (
	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
)

// PatrolDays draws the rounds of a span as a calendar: the more the darker, a dot on every day that nobody went. Without a round there is
// nothing to draw.
func PatrolDays(w Words, days []analytics.PatrolDay) *Option {
	var walked, still []any
	var most int64
	for _, d := range days {
		most = max(most, d.Patrols)
		if d.Patrols > 0 {
			walked = append(walked, []any{d.Date.String(), d.Patrols})
		} else {
			still = append(still, []any{d.Date.String(), 0})
		}
	}
	if most == 0 {
		return nil
	}
	o := newOption()
	o.Tooltip.Trigger, o.Tooltip.AxisPointer = "item", nil
	first, last := days[0].Date, days[len(days)-1].Date
	if from := last.Plus(1 - heatDays); from.After(first) {
		first = from
	}
	o.Calendar = &opts.Calendar{Top: "58", Left: "34", Right: "12", Bottom: "40", CellSize: "auto", Range: []string{first.String(), last.String()},
		ItemStyle:  &opts.ItemStyle{Color: "transparent", BorderColor: underway, BorderWidth: 1},
		SplitLine:  &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: slate, Width: 1}},
		DayLabel:   &opts.CalendarLabel{FirstDay: 1, FontSize: 10, Color: slate},
		MonthLabel: &opts.CalendarLabel{FontSize: 11, Color: slate},
		YearLabel:  &opts.CalendarLabel{Show: opts.Bool(false)}}
	o.VisualMap = heatSteps(most)
	o.Series = []series{
		{SingleSeries: echarts.SingleSeries{Name: w.T("page.chart.patrols"), Type: "heatmap", CoordSystem: "calendar", Data: walked}},
		{SingleSeries: echarts.SingleSeries{Name: w.T("page.chart.not_walked"), Type: "scatter", CoordSystem: "calendar", Data: still, SymbolSize: 4,
			ItemStyle: &opts.ItemStyle{Color: overdue}}},
	}
	return o
}

// heatSteps parts counts into three shades, up to the most there is.
func heatSteps(most int64) *visualMap {
	low := max(2, most/3+1)
	high := max(low+1, 2*most/3+1)
	return &visualMap{VisualMap: opts.VisualMap{Type: "piecewise", Orient: "horizontal", Left: "12", Bottom: "0", Text: nil,
		TextStyle: &opts.TextStyle{FontSize: 11, Color: slate},
		Pieces:    []opts.Piece{{Lt: float32(low), Color: paleBlue}, {Gte: float32(low), Lt: float32(high), Color: blue}, {Gte: float32(high), Color: deepBlue}}}}
}

// PatrolGrids draws grids against weeks: the more rounds the darker, a dot where nobody went in a whole week.
func PatrolGrids(w Words, grids []analytics.PatrolGridWeeks, weeks []analytics.Date) *Option {
	if len(grids) == 0 || len(weeks) == 0 {
		return nil
	}
	var columns, names []string
	for _, week := range weeks {
		columns = append(columns, week.Time().Format("01-02"))
	}
	var walked, still []any
	var most int64 = 1
	for i, g := range grids {
		names = append(names, g.Grid)
		for at, n := range g.Patrols {
			most = max(most, n)
			if n > 0 {
				walked = append(walked, []any{at, i, n})
			} else {
				still = append(still, []any{at, i, 0})
			}
		}
	}
	o := newOption()
	o.Tooltip.Trigger, o.Tooltip.AxisPointer = "item", nil
	o.Grid.Bottom = "36"
	o.XAxis = []opts.XAxis{categories(columns)}
	o.YAxis = []opts.YAxis{rows(names, 110)}
	o.VisualMap = heatSteps(most)
	o.Series = []series{
		{SingleSeries: echarts.SingleSeries{Name: w.T("page.chart.patrols"), Type: "heatmap", Data: walked,
			ItemStyle: &opts.ItemStyle{BorderColor: underway, BorderWidth: 1}}},
		{SingleSeries: echarts.SingleSeries{Name: w.T("page.chart.not_walked"), Type: "scatter", Data: still, SymbolSize: 4, ItemStyle: &opts.ItemStyle{Color: overdue}}},
	}
	return o
}
