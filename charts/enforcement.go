package charts

import (
	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
	"taizhang/ledger"
)

// CounterSeries draws a counter: what each period adds as bars, what it runs up to as a line.
func CounterSeries(w Words, c analytics.Counter) *Option {
	var names []string
	var single, running []any
	show, unit := w.counted(c.Unit)
	for _, f := range c.Shown().Figures {
		names = append(names, f.AsOf.String())
		single, running = append(single, show(f.Single)), append(running, show(f.Value))
	}
	o := newOption()
	o.XAxis, o.YAxis = []opts.XAxis{categories(names)}, []opts.YAxis{scale(unit)}
	o.Series = append(o.Series, bars(w.T("page.chart.enf_single"), blue, single), line(w.T("page.chart.enf_running"), orange, running))
	return o
}

// CounterParts draws the running figures of the counters that a total is made of, one upon the other.
func CounterParts(w Words, total analytics.Counter, parts []analytics.Counter) *Option {
	var names []string
	show, unit := w.counted(total.Unit)
	for _, f := range total.Shown().Figures {
		names = append(names, f.AsOf.String())
	}
	o := newOption()
	o.XAxis, o.YAxis = []opts.XAxis{categories(names)}, []opts.YAxis{scale(unit)}
	palette := []string{blue, orange, teal, purple, brick, slate}
	for i, p := range parts {
		var data []any
		for _, f := range total.Shown().Figures {
			data = append(data, show(p.At(f.Counted, f.AsOf).Value))
		}
		series := bars(w.name(p.Counter), palette[i%len(palette)], data)
		series.Stack = "parts"
		o.Series = append(o.Series, series)
	}
	return o
}

// counted is how figures of a counter's unit are drawn, and the unit of the scale.
func (w Words) counted(unit string) (func(ledger.Decimal) any, string) {
	switch unit {
	case "㎡":
		return func(d ledger.Decimal) any { return scaled(d, wanYuan) }, w.unit("wan_m2")
	case "元":
		return w.wan, w.unit("wan")
	}
	return point, unit
}
