package charts

import (
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
	"taizhang/ledger"
)

// Years draws an indicator by years with the two ends of the last plan period marked.
func Years(w Words, s analytics.IndicatorSeries) *Option {
	ends := map[int]bool{}
	for _, g := range s.Growth {
		ends[g.FromYear], ends[g.ToYear] = true, true
	}
	var names []string
	var values []any
	for _, y := range s.Years {
		names = append(names, strconv.Itoa(y.Year))
		color := paleBlue
		if ends[y.Year] {
			color = blue
		}
		values = append(values, opts.BarData{Value: w.own(y.Value, s.Unit), ItemStyle: &opts.ItemStyle{Color: color}})
	}
	o := newOption()
	o.Legend.Show = opts.Bool(false)
	o.Grid.Top = "30"
	o.XAxis = []opts.XAxis{categories(names)}
	o.YAxis = []opts.YAxis{scale(w.OwnUnit(s.Unit))}
	o.Series = append(o.Series, bars(s.Indicator, blue, values))
	return o
}

// Months draws an indicator by months of a year beside the year before; all months when that year has none.
func Months(w Words, s analytics.IndicatorSeries, year int) *Option {
	var names []string
	var now, before []any
	for _, m := range s.Months {
		if s.Through != "" && !strings.HasPrefix(m.Month, strconv.Itoa(year)) {
			continue
		}
		names = append(names, m.Month)
		now = append(now, w.own(m.Value, s.Unit))
		before = append(before, w.own(m.LastYear, s.Unit))
	}
	o := newOption()
	o.XAxis = []opts.XAxis{categories(names)}
	o.YAxis = []opts.YAxis{scale(w.OwnUnit(s.Unit))}
	if hasAny(before) {
		o.Series = append(o.Series, bars(w.T("page.chart.before"), lastYear, before))
	}
	o.Series = append(o.Series, bars(w.T("page.chart.now"), blue, now))
	return o
}

// own draws a value in its unit, money in 亿元.
func (w Words) own(d ledger.Decimal, unit string) any {
	if unit == "元" {
		return w.yi(d)
	}
	return point(d)
}

// OwnUnit is the unit an indicator is drawn in.
func (w Words) OwnUnit(unit string) string {
	if unit == "元" {
		return w.unit("yi")
	}
	return unit
}
