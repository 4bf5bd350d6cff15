package charts

import (
	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
)

// heatDays is how many days a heat map of visits shows: half a year, which still has cells to point at on a telephone.
const heatDays = 182

// Visits draws a leader's diary as a calendar: the more minutes the darker, a dot on every working day that was missed; hour is the
// minutes asked for a day. Without a diary there is nothing to draw.
func Visits(w Words, d analytics.VisitDiary, hour int64) *Option {
	if !d.From.Known() {
		return nil
	}
	first := d.To.Plus(1 - heatDays)
	var visited, missed []any
	for _, day := range d.Days {
		switch {
		case first.After(day.Date):
		case day.Visits > 0:
			visited = append(visited, []any{day.Date.String(), day.Minutes})
		default:
			missed = append(missed, []any{day.Date.String(), 0})
		}
	}
	o := newOption()
	o.Tooltip.Trigger, o.Tooltip.AxisPointer = "item", nil
	o.Calendar = &opts.Calendar{Top: "58", Left: "34", Right: "12", Bottom: "40", CellSize: "auto", Range: []string{first.String(), d.To.String()},
		ItemStyle:  &opts.ItemStyle{Color: "transparent", BorderColor: underway, BorderWidth: 1},
		SplitLine:  &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: slate, Width: 1}},
		DayLabel:   &opts.CalendarLabel{FirstDay: 1, FontSize: 10, Color: slate},
		MonthLabel: &opts.CalendarLabel{FontSize: 11, Color: slate},
		YearLabel:  &opts.CalendarLabel{Show: opts.Bool(false)}}
	limit := float32(hour)
	o.VisualMap = &visualMap{VisualMap: opts.VisualMap{Type: "piecewise", Orient: "horizontal", Left: "12", Bottom: "0", Text: nil,
		TextStyle: &opts.TextStyle{FontSize: 11, Color: slate},
		Pieces:    []opts.Piece{{Lt: limit, Color: paleBlue}, {Gte: limit, Lt: 2 * limit, Color: blue}, {Gte: 2 * limit, Color: deepBlue}}}}
	o.Series = []series{
		{SingleSeries: echarts.SingleSeries{Name: w.T("page.chart.visit_minutes"), Type: "heatmap", CoordSystem: "calendar", Data: visited}},
		{SingleSeries: echarts.SingleSeries{Name: w.T("page.chart.visit_missed"), Type: "scatter", CoordSystem: "calendar", Data: missed, SymbolSize: 4,
			ItemStyle: &opts.ItemStyle{Color: overdue}}},
	}
	return o
}
