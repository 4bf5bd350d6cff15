package charts

import (
	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
)

// Coverage draws the share of grids with a patrol, day by day; a day on which nobody recorded a patrol is a gap and not a nought.
func Coverage(w Words, days []analytics.GridCoverage) *Option {
	var names []string
	var duty, keys []any
	for _, d := range days {
		names = append(names, d.To.Time().Format("01-02"))
		duty, keys = append(duty, point(d.Duty.Percent.Round(1))), append(keys, point(d.KeyAreas.Percent.Round(1)))
	}
	o := newOption()
	o.XAxis, o.YAxis = []opts.XAxis{categories(names)}, []opts.YAxis{scale("%")}
	o.Series = append(o.Series, bars(w.T("page.chart.grid_duty"), blue, duty), line(w.T("page.chart.grid_key"), orange, keys))
	return o
}
