package charts

import (
	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
	"taizhang/ledger"
)

// Funnel draws how many leads reached each stage, from left to right: those that stand there, went on, and left the funnel from there.
func Funnel(w Words, stages []analytics.FunnelStage) *Option {
	var names []string
	var here, on, left []any
	for _, s := range stages {
		names = append(names, w.name(s.Stage))
		here, left = append(here, count(s.Standing)), append(left, count(s.Dropped))
		on = append(on, count(s.Reached-s.Standing-s.Dropped))
	}
	o := newOption()
	across := scaleX("")
	across.MinInterval = 1
	o.XAxis, o.YAxis = []opts.XAxis{across}, []opts.YAxis{rows(names, 90)}
	o.Grid.Right = "28"
	o.stack(w, "leads", "16", part{"page.chart.standing", blue, here}, part{"page.chart.went_on", paleBlue, on}, part{"page.chart.dropped", lastYear, left})
	return o
}

// PaidIn draws what came in month by month, yuan and what was converted on top of it, and last year's yuan beside.
func PaidIn(w Words, months []analytics.PaidInMonth) *Option {
	var names []string
	var own, foreign, before []any
	converted, last := false, false
	for _, m := range months {
		names = append(names, m.Month)
		own, foreign, before = append(own, w.wan(m.Yuan)), append(foreign, w.wan(m.ForeignYuan)), append(before, w.wan(m.LastYearYuan))
		converted, last = converted || m.ForeignYuan.Valid(), last || m.LastYearYuan.Valid()
	}
	o := newOption()
	o.XAxis, o.YAxis = []opts.XAxis{categories(names)}, []opts.YAxis{scale(w.unit("wan"))}
	if last {
		o.Series = append(o.Series, bars(w.T("page.chart.before"), lastYear, before))
	}
	yuan := bars(w.T("page.chart.yuan"), blue, own)
	yuan.Stack = "now"
	o.Series = append(o.Series, yuan)
	if converted {
		more := bars(w.T("page.chart.converted"), orange, foreign)
		more.Stack = "now"
		o.Series = append(o.Series, more)
	}
	return o
}

// count draws a whole number.
func count(n int64) any { return point(ledger.Int(n)) }
