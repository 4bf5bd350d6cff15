package charts

import (
	"strconv"

	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
)

// Occupancy draws let and vacant area by building; nothing when no building has either.
func Occupancy(w Words, list []analytics.BuildingLine) *Option {
	if len(list) == 0 {
		return nil
	}
	var names []string
	var let, vacant []any
	for _, b := range list {
		names = append(names, b.Building)
		let = append(let, point(b.LetAreaM2))
		vacant = append(vacant, point(b.VacantAreaM2))
	}
	o := newOption()
	o.XAxis = []opts.XAxis{scaleX("")}
	o.YAxis = []opts.YAxis{rows(names, 110)}
	used, free := bars(w.T("page.chart.let"), blue, let), bars(w.T("page.chart.vacant"), underway, vacant)
	used.Stack, free.Stack, used.BarMaxWidth, free.BarMaxWidth = "area", "area", "18", "18"
	o.Series = append(o.Series, used, free)
	return o
}

// expiryColors are the steps from over to far away, as the stacking plan has them.
var expiryColors = []string{"#8c2336", "#e2794f", "#f6d58e", "#b4d6e8", "#3467a3"}

// Expiry draws the area whose leases end in each year, in the colours of the stacking plan of a year; what has ended or has no end
// stands at either side.
func Expiry(w Words, list []analytics.LeaseExpiry, this int) *Option {
	var names []string
	var area []any
	for _, e := range list {
		names = append(names, ExpiryName(w, e))
		color := lastYear
		switch e.Kind {
		case "expired":
			color = expiryColors[0]
		case "year":
			color = expiryColors[min(max(e.Year-this, 0), 3)+1]
		}
		area = append(area, opts.BarData{Value: point(e.AreaM2), ItemStyle: &opts.ItemStyle{Color: color}})
	}
	o := newOption()
	o.Legend.Show = opts.Bool(false)
	o.Grid.Top = "26"
	o.XAxis = []opts.XAxis{categories(names)}
	o.YAxis = []opts.YAxis{scale(w.unit("m2"))}
	o.Series = append(o.Series, bars(w.T("page.chart.ending"), teal, area))
	return o
}

// ExpiryName is the word for a group of leases: the year they end in, ended, or open.
func ExpiryName(w Words, e analytics.LeaseExpiry) string {
	if e.Kind == "year" {
		return strconv.Itoa(e.Year)
	}
	return w.T("page.expiry." + e.Kind)
}
