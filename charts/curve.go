package charts

import (
	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
	"taizhang/ledger"
)

// SCurve draws what was planned, is planned, was done and is expected, in percent of the milestones, up to the expected finish; the day
// the page stands at is a dashed line.
func SCurve(w Words, curve *analytics.Curve, asof string) *Option {
	var baseline, plan, actual, forecast []any
	for _, p := range curve.Points {
		baseline = append(baseline, dot(p.Date, p.Baseline)...)
		plan = append(plan, dot(p.Date, p.Plan)...)
		actual = append(actual, dot(p.Date, p.Actual)...)
		forecast = append(forecast, dot(p.Date, p.Forecast)...)
	}
	o := newOption()
	o.Tooltip.AxisPointer = &opts.AxisPointer{Type: "line"}
	o.XAxis = []opts.XAxis{{Type: "time", AxisLabel: &opts.AxisLabel{HideOverlap: opts.Bool(true)}}}
	percent := scale("%")
	percent.Min, percent.Max = 0, 100
	o.YAxis = []opts.YAxis{percent}
	o.Grid.Top = "60"
	planned := quiet(w.T("page.chart.plan"), blue, "solid", plan)
	planned.MarkLines = &opts.MarkLines{Data: []any{opts.MarkLineNameXAxisItem{Name: asof, XAxis: asof}},
		MarkLineStyle: opts.MarkLineStyle{Symbol: []string{"none", "none"},
			Label: &opts.Label{Show: opts.Bool(false)}, LineStyle: &opts.LineStyle{Color: target, Type: "dashed", Width: 1}}}
	o.Series = append(o.Series, quiet(w.baseline(curve.Baseline), lastYear, "solid", baseline), planned)
	if len(forecast) > 0 {
		o.Series = append(o.Series, quiet(w.T("page.chart.forecast"), orange, "dashed", forecast))
	}
	if len(actual) > 0 {
		o.Series = append(o.Series, line(w.T("page.chart.actual"), delivered, actual))
	}
	return o
}

// baseline names what a plan is held against: an approved baseline by its number, or the first plan recorded.
func (w Words) baseline(number string) string {
	if number == "" {
		return w.T("page.chart.first_plan")
	}
	return w.T("page.chart.baseline") + " " + number
}

// dot is a value on a day; nothing where there is none, so that the line goes straight to the next.
func dot(day analytics.Date, value ledger.Decimal) []any {
	if !value.Valid() {
		return nil
	}
	return []any{[]any{day.String(), value.Round(2)}}
}
