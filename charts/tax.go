package charts

import (
	"strconv"

	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
	"taizhang/ledger"
)

// TaxYear draws a year's tax: months as bars, the sum so far against last year's and against the target by time.
func TaxYear(w Words, ans *analytics.TaxAnswer) *Option {
	var months []string
	var single, sum, before, goal []any
	for i, m := range ans.Months {
		months = append(months, w.T("figure.month."+strconv.Itoa(i+1)))
		single = append(single, w.wan(m.TaxYuan))
		sum = append(sum, w.wan(m.CumulativeYuan))
		before = append(before, w.wan(m.LastYearCumulativeYuan))
		goal = append(goal, w.wan(ans.TargetYuan.Mul(ledger.Int(int64(i+1))).Div(ledger.Int(12))))
	}
	o := newOption()
	o.XAxis = []opts.XAxis{categories(months)}
	left, right := scale(w.T("page.chart.month")+" "+w.unit("wan")), scale(w.T("page.chart.sum")+" "+w.unit("wan"))
	right.SplitLine = &opts.SplitLine{Show: opts.Bool(false)}
	o.YAxis = []opts.YAxis{left, right}
	o.Grid.Top = "60"
	o.Series = append(o.Series, bars(w.T("page.chart.month"), blue, single))
	now := line(w.T("page.chart.sum"), orange, sum)
	now.YAxisIndex = 1
	o.Series = append(o.Series, now)
	if hasAny(before) {
		s := quiet(w.T("page.chart.last_sum"), lastYear, "solid", before)
		s.YAxisIndex = 1
		o.Series = append(o.Series, s)
	}
	if hasAny(goal) {
		s := quiet(w.T("page.chart.target"), target, "dashed", goal)
		s.YAxisIndex = 1
		o.Series = append(o.Series, s)
	}
	return o
}

// TaxShares draws the largest parts of a year's tax beside the same months of the year before.
func TaxShares(w Words, shares []analytics.TaxShare, most int) *Option {
	var names []string
	var now, before []any
	for i, s := range shares {
		if i == most {
			break
		}
		names = append(names, w.name(s.Name))
		now = append(now, w.wan(s.TaxYuan))
		before = append(before, w.wan(s.LastYearYuan))
	}
	o := newOption()
	o.XAxis, o.YAxis = []opts.XAxis{scaleX("")}, nil
	o.YAxis = []opts.YAxis{rows(names, 110)}
	o.Series = append(o.Series, bars(w.T("page.chart.now"), blue, now))
	if hasAny(before) {
		o.Series = append(o.Series, bars(w.T("page.chart.before"), lastYear, before))
	}
	return o
}

// name is a part's name, or the words for what has none.
func (w Words) name(s string) string {
	if s == "" {
		return w.T("page.unnamed")
	}
	return s
}

func hasAny(data []any) bool {
	for _, v := range data {
		if v != nil {
			return true
		}
	}
	return false
}
