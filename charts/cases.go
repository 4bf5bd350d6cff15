package charts

import (
	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
	"taizhang/ledger"
)

// CaseMonths draws the complaints that came and were closed month by month, and the on-time rate on a scale of its own.
func CaseMonths(w Words, months []analytics.CaseTally) *Option {
	var names []string
	var came, done, rate []any
	for _, m := range months {
		names = append(names, m.Name)
		came, done, rate = append(came, count(m.Received)), append(done, count(m.Closed)), append(rate, point(m.OnTime.Percent))
	}
	o := newOption()
	right := scale("%")
	right.Min, right.Max = lowest(months), 100
	right.SplitLine = &opts.SplitLine{Show: opts.Bool(false)}
	o.XAxis, o.YAxis = []opts.XAxis{categories(names)}, []opts.YAxis{scale(w.unit("cases")), right}
	onTime := line(w.T("page.chart.on_time_rate"), delivered, rate)
	onTime.YAxisIndex = 1
	o.Series = append(o.Series, bars(w.T("page.chart.cases_received"), paleBlue, came), bars(w.T("page.chart.cases_closed"), blue, done), onTime)
	return o
}

// lowest is where the scale of the rate begins: at a whole ten under the lowest month, so that a fall can be seen.
func lowest(months []analytics.CaseTally) int {
	low := ledger.Int(100)
	for _, m := range months {
		if r := m.OnTime.Percent; r.Valid() && r.Cmp(low) < 0 {
			low = r
		}
	}
	f, _ := low.Float()
	return max(int(f)/10*10-10, 0)
}

// CaseChannels draws where complaints come from: closed, open in time, overdue.
func CaseChannels(w Words, list []analytics.CaseTally) *Option {
	var names []string
	var done, open, late []any
	for _, t := range list {
		names = append(names, w.name(t.Name))
		done, open, late = append(done, count(max(t.Received-t.Open, 0))), append(open, count(t.Open-t.Overdue)), append(late, count(t.Overdue))
	}
	o := newOption()
	across := scaleX("")
	across.MinInterval = 1
	o.XAxis, o.YAxis = []opts.XAxis{across}, []opts.YAxis{rows(names, 80)}
	o.Grid.Right = "28"
	o.stack(w, "cases", "16", part{"page.chart.cases_done", blue, done}, part{"page.chart.cases_open", paleBlue, open}, part{"page.chart.cases_overdue", overdue, late})
	return o
}
