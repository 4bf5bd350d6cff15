package charts

import (
	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
)

// Resettlement draws units by village and block: delivered, completed and waiting, not completed. Waiting never counts as delivered.
func Resettlement(w Words, blocks []analytics.ResettlementBlock) *Option {
	var names []string
	var done, near, open []any
	for _, b := range blocks {
		names = append(names, b.Village+" "+b.Block)
		done = append(done, point(b.DeliveredUnits))
		near = append(near, point(b.CompletedNotDeliveredUnits))
		open = append(open, point(b.TotalUnits.Sub(b.DeliveredUnits.OrZero()).Sub(b.CompletedNotDeliveredUnits.OrZero())))
	}
	o := newOption()
	o.XAxis = []opts.XAxis{scaleX("")}
	o.YAxis = []opts.YAxis{rows(names, 130)}
	o.Grid.Right = "28" // the last number of the scale stands over the edge
	for _, s := range []struct {
		key, color string
		data       []any
	}{{"page.chart.delivered", delivered, done}, {"page.chart.waiting", completed, near}, {"page.chart.underway", underway, open}} {
		series := bars(w.T(s.key), s.color, s.data)
		series.Stack, series.BarMaxWidth = "units", "16"
		o.Series = append(o.Series, series)
	}
	return o
}

// Delivery draws the running number of units due and delivered.
func Delivery(w Words, curve []analytics.ResettlementMonth) *Option {
	var months []string
	var plan, actual []any
	for _, m := range curve {
		months = append(months, m.Month)
		plan = append(plan, point(m.PlannedUnits))
		actual = append(actual, point(m.DeliveredUnits))
	}
	o := newOption()
	o.XAxis = []opts.XAxis{categories(months)}
	o.YAxis = []opts.YAxis{scale(w.unit("units"))}
	o.Series = append(o.Series, quiet(w.T("page.chart.planned"), target, "dashed", plan), line(w.T("page.chart.delivered"), delivered, actual))
	for i := range o.Series {
		o.Series[i].Step = "end"
	}
	return o
}
