package charts

import (
	"strconv"

	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
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
		goal = append(goal, w.wan(m.TargetYuan))
	}
	o := newOption()
	o.XAxis = []opts.XAxis{categories(months)}
	left, right := scale(w.T("page.chart.month")+" "+w.unit("wan")), scale(w.T("page.chart.sum")+" "+w.unit("wan"))
	right.SplitLine = &opts.SplitLine{Show: opts.Bool(false)}
	o.YAxis = []opts.YAxis{left, right}
	o.Grid.Top = "60"
	o.Series = append(o.Series, w.broken(ans, bars(w.T("page.chart.month"), blue, single)))
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

// TaxMonths draws the months of a year as bars beside the same months of the years before.
func TaxMonths(w Words, ans *analytics.TaxAnswer) *Option {
	o, months := w.monthly(ans)
	for i := len(ans.Months[0].Earlier) - 1; i >= 0; i-- {
		data := earlier(ans, i, func(e analytics.TaxEarlier) any { return w.wan(e.TaxYuan) })
		if hasAny(data) {
			o.Series = append(o.Series, bars(w.T("page.chart.year_month", ans.Months[0].Earlier[i].Year), earlierColors[i], data))
		}
	}
	var now []any
	for _, m := range ans.Months {
		now = append(now, w.wan(m.TaxYuan))
	}
	o.Series = append(o.Series, w.broken(ans, bars(w.T("page.chart.year_month", ans.Year), blue, now)))
	o.XAxis = []opts.XAxis{categories(months)}
	return o
}

// TaxSums draws the tax of a year so far beside the years before and the target by its time progress.
func TaxSums(w Words, ans *analytics.TaxAnswer) *Option {
	o, months := w.monthly(ans)
	var now, goal []any
	for _, m := range ans.Months {
		now, goal = append(now, w.wan(m.CumulativeYuan)), append(goal, w.wan(m.TargetYuan))
	}
	for i := len(ans.Months[0].Earlier) - 1; i >= 0; i-- {
		data := earlier(ans, i, func(e analytics.TaxEarlier) any { return w.wan(e.CumulativeYuan) })
		if hasAny(data) {
			o.Series = append(o.Series, quiet(w.T("page.chart.year_sum", ans.Months[0].Earlier[i].Year), earlierColors[i], "solid", data))
		}
	}
	o.Series = append(o.Series, w.broken(ans, line(w.T("page.chart.year_sum", ans.Year), orange, now)))
	if hasAny(goal) {
		o.Series = append(o.Series, quiet(w.T("page.chart.target"), target, "dashed", goal))
	}
	o.XAxis = []opts.XAxis{categories(months)}
	return o
}

// earlierColors are those of the years before, the last first.
var earlierColors = []string{lastYear, paleBlue, underway}

func earlier(ans *analytics.TaxAnswer, i int, value func(analytics.TaxEarlier) any) []any {
	var data []any
	for _, m := range ans.Months {
		data = append(data, value(m.Earlier[i]))
	}
	return data
}

// monthly begins a chart of twelve months in one unit.
func (w Words) monthly(ans *analytics.TaxAnswer) (*Option, []string) {
	var months []string
	for i := range ans.Months {
		months = append(months, w.T("figure.month."+strconv.Itoa(i+1)))
	}
	o := newOption()
	o.YAxis = []opts.YAxis{scale(w.unit("wan"))}
	o.Grid.Top = "60"
	return o, months
}

// broken marks on a series where the reform of May 2016 lies, when that year is drawn.
func (w Words) broken(ans *analytics.TaxAnswer, s series) series {
	drawn := ans.Year == analytics.VATBreak.Year()
	for _, e := range ans.Months[0].Earlier {
		drawn = drawn || e.Year == analytics.VATBreak.Year()
	}
	if !drawn {
		return s
	}
	s.MarkLines = &opts.MarkLines{Data: []any{opts.MarkLineNameXAxisItem{Name: w.T("page.chart.break"),
		XAxis: w.T("figure.month." + strconv.Itoa(int(analytics.VATBreak.Month())))}},
		MarkLineStyle: opts.MarkLineStyle{Symbol: []string{"none", "none"}, LineStyle: &opts.LineStyle{Color: brick, Width: 1.5, Type: "dashed"},
			Label: &opts.Label{Show: opts.Bool(true), Formatter: "{b}", Color: brick, Position: "end"}}}
	return s
}

// DistrictRanks draws the office's place in the district by years, the first at the top; one year alone is no history.
func DistrictRanks(w Words, list []analytics.IndicatorRank) *Option {
	if len(list) < 2 {
		return nil
	}
	var years []string
	var places []any
	for _, r := range list {
		years = append(years, strconv.Itoa(r.Year))
		places = append(places, point(r.Rank))
	}
	o := newOption()
	o.Legend.Show = opts.Bool(false)
	o.Grid.Top = "24"
	o.XAxis = []opts.XAxis{categories(years)}
	o.YAxis = []opts.YAxis{standings()}
	o.Series = append(o.Series, line(w.T("page.kpi.rank"), blue, places))
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
	o.XAxis, o.YAxis = []opts.XAxis{scaleX(w.unit("wan"))}, []opts.YAxis{rows(names, 110)}
	o.Grid.Right = "64" // the unit stands at the scale's end
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
