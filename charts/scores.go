package charts

import (
	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/analytics"
)

// ScoreTrend draws the average of every day that was scored.
func ScoreTrend(w Words, days []analytics.ScoreDay) *Option {
	var names []string
	var average []any
	low := 100
	for _, d := range days {
		names, average = append(names, d.Day.String()), append(average, point(d.Average))
		if f, ok := d.Average.Float(); ok {
			low = min(low, int(f))
		}
	}
	o := newOption()
	o.Legend.Show = opts.Bool(false)
	o.Grid.Top = "30"
	up := scale(w.T("figure.unit.marks"))
	up.Min, up.Max = max(low/10*10-10, 0), 100
	o.XAxis, o.YAxis = []opts.XAxis{categories(names)}, []opts.YAxis{up}
	o.Series = append(o.Series, line(w.T("page.chart.score_average"), blue, average))
	return o
}

// Published draws the ranks of one unit in bulletins, the first place at the top.
func Published(w Words, list []analytics.AppraisalLine) *Option {
	var names []string
	var ranks, scores []any
	for _, l := range list {
		names, ranks, scores = append(names, l.Period), append(ranks, point(l.Rank)), append(scores, point(l.Score))
	}
	o := newOption()
	place := scale(w.T("page.col.rank"))
	place.Inverse, place.Min, place.MinInterval = opts.Bool(true), 1, 1
	right := scale(w.T("figure.unit.marks"))
	right.Min, right.Max, right.SplitLine = 60, 100, &opts.SplitLine{Show: opts.Bool(false)}
	o.XAxis, o.YAxis = []opts.XAxis{categories(names)}, []opts.YAxis{place, right}
	marks := quiet(w.T("page.chart.published_score"), lastYear, "dashed", scores)
	marks.YAxisIndex = 1
	o.Series = append(o.Series, line(w.T("page.chart.published_rank"), blue, ranks), marks)
	return o
}
