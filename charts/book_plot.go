package charts

import (
	"slices"
	"time"

	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/ledger"
)

// The forms of a native chart.
const (
	columnsForm = "columns" // upright bars and lines over names
	rowsForm    = "rows"    // bars from left to right
	curveForm   = "curve"   // lines over days
	ganttForm   = "gantt"   // bars from day to day
)

// plot is what an option draws, as cells: places down, a column a series.
type plot struct {
	Form    string
	Places  []string
	Days    []time.Time // of a curve, in the place of names
	Series  []plotSeries
	Bars    []ganttBar // of a Gantt chart, in the place of values
	Tracks  []plotSeries
	Left    string // what is counted at the left, and at the right
	Right   string
	Upside  bool // the first place is the best
	Percent bool // the left axis counts per cent
}

// plotSeries is one line or set of bars.
type plotSeries struct {
	Name, Color, Type, Stack, Dash string
	Second                         bool // counted at the right
	Thin                           bool
	Values                         []ledger.Decimal
}

// ganttBar is one bar of a Gantt chart: a node's baseline, plan, work or mark.
type ganttBar struct {
	Label    string // at the axis; one of a node's bars has it
	Node     string
	Track    int
	From, To time.Time // To is the day after the last
}

// plotOf reads an option; nil for what Excel has no chart of, such as a calendar or a heat map.
func plotOf(o *Option) *plot {
	if o == nil || o.Calendar != nil || len(o.XAxis) == 0 || len(o.YAxis) == 0 || len(o.Series) == 0 || o.Series[0].Type == "heatmap" {
		return nil
	}
	x, y := o.XAxis[0], o.YAxis[0]
	p := &plot{}
	for _, s := range o.Series {
		p.Series = append(p.Series, seriesOf(s))
	}
	switch {
	case x.Type == "time" && y.Type == "category":
		return p.gantt(o, namesOf(y.Data))
	case x.Type == "time":
		p.Left, p.Percent = y.Name, y.Name == percentUnit
		return p.curve(o)
	case y.Type == "category":
		p.Form, p.Places, p.Left = rowsForm, namesOf(y.Data), x.Name
	case x.Type == "category":
		p.Form, p.Places, p.Left = columnsForm, namesOf(x.Data), y.Name
		p.Upside = y.Inverse != nil && *y.Inverse
		if len(o.YAxis) > 1 {
			p.Right = o.YAxis[1].Name
		}
	default:
		return nil
	}
	p.Percent = p.Left == percentUnit
	for i, s := range o.Series {
		// A series may end before the last place, and be empty from there on.
		p.Series[i].Values = make([]ledger.Decimal, len(p.Places))
		for k, v := range points(s) {
			if k < len(p.Places) {
				p.Series[i].Values[k] = drawn(v)
			}
		}
	}
	if len(p.Places) == 0 {
		return nil
	}
	return p
}

// dayFormat is how places that are days are written: as months where there is one a month, since programs then set them at the month's beginning;
// empty where they are something else.
func (p *plot) dayFormat() string {
	months := map[string]bool{}
	for _, place := range p.Places {
		day, err := time.Parse(time.DateOnly, place)
		if err != nil {
			return ""
		}
		months[day.Format("2006-01")] = true
	}
	if len(months) == len(p.Places) {
		return isoMonth
	}
	return isoDay
}

func seriesOf(s series) plotSeries {
	one := plotSeries{Name: s.Name, Type: s.Type, Stack: s.Stack, Second: s.YAxisIndex == 1, Thin: s.Symbol == "none"}
	if s.ItemStyle != nil {
		one.Color = s.ItemStyle.Color
	}
	if s.LineStyle != nil {
		one.Dash = s.LineStyle.Type
	}
	return one
}

func points(s series) []any {
	data, _ := s.Data.([]any)
	return data
}

func namesOf(data any) []string {
	names, _ := data.([]string)
	return names
}

// drawn is the number that stands at a place; NULL for a gap.
func drawn(v any) ledger.Decimal {
	switch v := v.(type) {
	case ledger.Decimal:
		return v
	case opts.BarData:
		return drawn(v.Value)
	case int64:
		return ledger.Int(v)
	}
	return ledger.Null
}

// dayAt is the day and the value of a point on a time axis; false for a gap.
func dayAt(v any) (day time.Time, value any, ok bool) {
	pair, is := v.([]any)
	if !is || len(pair) != 2 {
		return time.Time{}, nil, false
	}
	written, is := pair[0].(string)
	if !is {
		return time.Time{}, nil, false
	}
	day, err := time.Parse(time.DateOnly, written)
	return day, pair[1], err == nil
}

// curve puts the days of all lines into one column. The day the page stands at becomes a line of its own, from the bottom to the top.
func (p *plot) curve(o *Option) *plot {
	p.Form = curveForm
	at := map[time.Time]int{}
	for _, s := range o.Series {
		for _, v := range points(s) {
			if day, _, ok := dayAt(v); ok {
				at[day] = 0
			}
		}
	}
	if len(at) == 0 {
		return nil
	}
	for day := range at {
		p.Days = append(p.Days, day)
	}
	slices.SortFunc(p.Days, time.Time.Compare)
	for i, day := range p.Days {
		at[day] = i
	}
	for i, s := range o.Series {
		p.Series[i].Values = make([]ledger.Decimal, len(p.Days))
		for _, v := range points(s) {
			if day, value, ok := dayAt(v); ok {
				p.Series[i].Values[at[day]] = drawn(value)
			}
		}
	}
	if name, day, marked := markedDay(o); marked && p.Percent {
		p.Days = append(p.Days, day, day)
		for i := range p.Series {
			p.Series[i].Values = append(p.Series[i].Values, ledger.Null, ledger.Null)
		}
		values := append(make([]ledger.Decimal, len(p.Days)-2), ledger.Int(0), ledger.Int(100))
		p.Series = append(p.Series, plotSeries{Name: name, Color: target, Type: "line", Dash: "dashed", Thin: true, Values: values})
	}
	return p
}

// markedDay is the day that an option marks by a line across.
func markedDay(o *Option) (name string, day time.Time, ok bool) {
	for _, s := range o.Series {
		if s.MarkLines == nil {
			continue
		}
		for _, v := range s.MarkLines.Data {
			item, is := v.(opts.MarkLineNameXAxisItem)
			written, text := item.XAxis.(string)
			if day, err := time.Parse(time.DateOnly, written); is && text && err == nil {
				return item.Name, day, true
			}
		}
	}
	return "", time.Time{}, false
}

// gantt gives every node a bar for its baseline, its plan, its work and each mark it has; a blank line parts the nodes.
func (p *plot) gantt(o *Option, nodes []string) *plot {
	p.Form, p.Tracks, p.Series = ganttForm, p.Series, nil
	of := make([][]ganttBar, len(nodes))
	work := -1 // the last band, when there is one beside baseline and plan
	for i, t := range p.Tracks {
		if t.Type == "line" && i >= 2 {
			work = i
		}
	}
	for track, s := range o.Series {
		data := points(s)
		for i, v := range data {
			from, value, ok := dayAt(v)
			row, is := value.(int)
			if !ok || !is || row < 0 || row >= len(nodes) {
				continue
			}
			bar := ganttBar{Node: nodes[row], Track: track, From: from, To: from.AddDate(0, 0, 1)}
			if s.Type == "line" {
				// A segment is two points; the second closes the bar that the first began.
				if n := len(of[row]); i > 0 && n > 0 && of[row][n-1].Track == track && sameRow(data[i-1], row) {
					of[row][n-1].To = from
					continue
				}
			} else if slices.ContainsFunc(of[row], func(b ganttBar) bool { return b.Track == work && b.To.Equal(bar.To) }) {
				continue // the finish stands at the end of the work
			}
			of[row] = append(of[row], bar)
		}
	}
	for row, bars := range of {
		if len(bars) == 0 {
			bars = []ganttBar{{Node: nodes[row], Track: -1}}
		}
		bars[min(1, len(bars)-1)].Label = nodes[row]
		if row > 0 {
			p.Bars = append(p.Bars, ganttBar{Track: -1})
		}
		p.Bars = append(p.Bars, bars...)
	}
	if !slices.ContainsFunc(p.Bars, func(b ganttBar) bool { return b.Track >= 0 }) {
		return nil
	}
	if name, day, marked := markedDay(o); marked {
		// Excel draws no line across the bars: the day the page stands at is a bar of its own above them.
		p.Bars = append([]ganttBar{{Label: name, Node: name, Track: len(p.Tracks), From: day, To: day.AddDate(0, 0, 1)}, {Track: -1}}, p.Bars...)
		p.Tracks = append(p.Tracks, plotSeries{Name: name, Color: target, Type: "scatter"})
	}
	return p
}

func sameRow(v any, row int) bool {
	_, value, ok := dayAt(v)
	at, is := value.(int)
	return ok && is && at == row
}
