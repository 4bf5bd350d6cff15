package charts

import (
	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
)

// Stages draws leads by stage: how many there are and what their contracts come to, with those out of the funnel in grey.
func Stages(w Words, stages []analytics.InvestmentStage) *Option {
	var names []string
	var leads, amounts []any
	for _, s := range stages {
		names = append(names, w.name(s.Stage))
		color := blue
		if s.Exit {
			color = lastYear
		}
		leads = append(leads, opts.BarData{Value: count(s.Count), ItemStyle: &opts.ItemStyle{Color: color}})
		amounts = append(amounts, w.yi(s.ContractYuan))
	}
	o := newOption()
	o.XAxis = []opts.XAxis{categories(names)}
	right := scale(w.T("page.chart.contract") + " " + w.unit("yi"))
	right.SplitLine = &opts.SplitLine{Show: opts.Bool(false)}
	left := scale(w.T("page.chart.leads"))
	left.MinInterval = 1
	o.YAxis = []opts.YAxis{left, right}
	o.Grid.Top = "60"
	number, sum := bars(w.T("page.chart.leads"), blue, leads), line(w.T("page.chart.contract"), orange, amounts)
	sum.YAxisIndex = 1
	sum.LineStyle = &opts.LineStyle{Width: 0.01, Color: orange}
	sum.SymbolSize = 9
	o.Series = append(o.Series, number, sum)
	return o
}
