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
	o.stack(w, "units", "16", part{"page.chart.delivered", delivered, done}, part{"page.chart.waiting", completed, near}, part{"page.chart.underway", underway, open})
	return o
}

// Delivery draws the running number of units due and delivered, and dashed where it leads at the pace so far.
func Delivery(w Words, curve []analytics.ResettlementMonth) *Option {
	var months []string
	var plan, actual, pace []any
	foreseen := false
	for _, m := range curve {
		months = append(months, m.Month)
		plan = append(plan, point(m.PlannedUnits))
		actual, pace = append(actual, point(m.DeliveredUnits)), append(pace, point(m.ForecastUnits))
		foreseen = foreseen || m.ForecastUnits.Valid()
	}
	o := newOption()
	o.XAxis = []opts.XAxis{categories(months)}
	o.YAxis = []opts.YAxis{scale(w.unit("units"))}
	o.Series = append(o.Series, quiet(w.T("page.chart.planned"), target, "dashed", plan), line(w.T("page.chart.delivered"), delivered, actual))
	for i := range o.Series {
		o.Series[i].Step = "end"
	}
	if foreseen {
		o.Series = append(o.Series, quiet(w.T("page.chart.pace"), orange, "dashed", pace))
	}
	return o
}

// Clearing draws due, signed, vacated and demolished, each made of the villages; by area in 万㎡, else in households.
func Clearing(w Words, villages []analytics.DemolitionVillage, byArea bool) *Option {
	o := newOption()
	unit := w.unit("households")
	if byArea {
		unit = w.unit("wan_m2")
	}
	steps := []string{w.T("page.clearing.due"), w.T("page.clearing.signed"), w.T("page.clearing.vacated"), w.T("page.clearing.demolished")}
	o.XAxis, o.YAxis = []opts.XAxis{scaleX(unit)}, []opts.YAxis{rows(steps, 80)}
	o.Grid.Right = "84"
	palette := []string{blue, orange, teal, purple, brick, slate}
	for i, v := range villages {
		var data []any
		funnel := v.Households
		if byArea {
			funnel = v.AreaM2
		}
		for _, d := range funnel.Steps() {
			if byArea {
				data = append(data, scaled(d, wanYuan))
				continue
			}
			data = append(data, point(d))
		}
		series := bars(w.name(v.Village), palette[i%len(palette)], data)
		series.Stack, series.BarMaxWidth = "villages", "18"
		o.Series = append(o.Series, series)
	}
	return o
}
