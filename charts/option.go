package charts

import (
	"encoding/json"
	"strings"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Option is one chart: the part of an ECharts option the product uses.
type Option struct {
	Animation bool         `json:"animation"`
	Legend    opts.Legend  `json:"legend"`
	Tooltip   tooltip      `json:"tooltip"`
	Grid      opts.Grid    `json:"grid"`
	XAxis     []opts.XAxis `json:"xAxis,omitempty"`
	YAxis     []opts.YAxis `json:"yAxis,omitempty"`
	Series    []series     `json:"series"`

	// Instead of axes.
	Calendar  *opts.Calendar `json:"calendar,omitempty"`
	VisualMap *visualMap     `json:"visualMap,omitempty"`
}

// visualMap colours one series, the first, by its values.
type visualMap struct {
	opts.VisualMap
	SeriesIndex int `json:"seriesIndex"`
}

// series adds to go-echarts' own what it has no field for.
type series struct {
	echarts.SingleSeries
	Z int `json:"z,omitempty"` // drawn above series with a smaller one
}

// tooltip is drawn on the canvas: no markup that a name could slip into, and
// no inline style that the Content-Security-Policy forbids.
type tooltip struct {
	Trigger     string            `json:"trigger"`
	RenderMode  string            `json:"renderMode"`
	Confine     bool              `json:"confine"`
	AxisPointer *opts.AxisPointer `json:"axisPointer,omitempty"`
}

// scriptMark is how go-echarts marks text that its own templates turn into a function.
const scriptMark = "__f__"

// JSON writes the option as plain data. Text that go-echarts would run as a
// script is kept from ever being one, whatever page it ends on.
func (o *Option) JSON() ([]byte, error) {
	b, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	return []byte(strings.ReplaceAll(string(b), scriptMark, `__f\u005f_`)), nil
}

// newOption begins a chart that shows all series at a place together.
func newOption() *Option {
	return &Option{
		Legend:  opts.Legend{Top: "0", Right: "12", ItemWidth: 14, ItemHeight: 9, Type: "scroll"},
		Tooltip: tooltip{Trigger: "axis", RenderMode: "richText", Confine: true, AxisPointer: &opts.AxisPointer{Type: "shadow"}},
		Grid:    opts.Grid{Left: "12", Right: "16", Top: "44", Bottom: "8", ContainLabel: opts.Bool(true)},
	}
}

// categories is an axis of names.
func categories(names []string) opts.XAxis {
	return opts.XAxis{Type: "category", Data: names, AxisLabel: &opts.AxisLabel{HideOverlap: opts.Bool(true)}}
}

// rows is a vertical axis of names, the first at the top, long ones cut off.
func rows(names []string, width int) opts.YAxis {
	return opts.YAxis{Type: "category", Data: names, Inverse: opts.Bool(true),
		AxisLabel: &opts.AxisLabel{Width: width, Overflow: "truncate", Interval: "0"}}
}

// scale is a vertical axis of numbers; its name carries the unit.
func scale(unit string) opts.YAxis {
	return opts.YAxis{Type: "value", Name: unit, NameGap: 12, SplitNumber: 5}
}

// scaleX is a horizontal axis of numbers.
func scaleX(unit string) opts.XAxis {
	return opts.XAxis{Type: "value", Name: unit, NameLocation: "end", SplitNumber: 5}
}

func bars(name, color string, data []any) series {
	return series{SingleSeries: echarts.SingleSeries{Name: name, Type: "bar", Data: data, BarMaxWidth: "26",
		ItemStyle: &opts.ItemStyle{Color: color}}}
}

// part is one of the parts that bars are made up of.
type part struct {
	key, color string
	data       []any
}

// stack lays parts end to end, so that a bar is as long as their sum.
func (o *Option) stack(w Words, name, width string, parts ...part) {
	for _, p := range parts {
		s := bars(w.T(p.key), p.color, p.data)
		s.Stack, s.BarMaxWidth = name, width
		o.Series = append(o.Series, s)
	}
}

func line(name, color string, data []any) series {
	return series{SingleSeries: echarts.SingleSeries{Name: name, Type: "line", Data: data, Symbol: "circle", SymbolSize: 6,
		ItemStyle: &opts.ItemStyle{Color: color}, LineStyle: &opts.LineStyle{Color: color, Width: 2}}}
}

// quiet is a line that others are read against: thin, without points.
func quiet(name, color, dash string, data []any) series {
	s := line(name, color, data)
	s.Symbol, s.SymbolSize = "none", nil
	s.LineStyle = &opts.LineStyle{Color: color, Width: 1.5, Type: dash}
	return s
}

// Words says in which language a chart speaks and in which units it draws.
type Words struct{ Lang text.Lang }

// T is a phrase of the catalogue.
func (w Words) T(key string, args ...any) string { return text.T(key, args...).In(w.Lang) }

var (
	wanYuan  = ledger.Int(10_000)
	yiYuan   = ledger.Int(100_000_000)
	thousand = ledger.Int(1_000)
	million  = ledger.Int(1_000_000)
)

// wan draws yuan in 万元, thousands of yuan in English.
func (w Words) wan(d ledger.Decimal) any {
	if w.Lang == text.En {
		return scaled(d, thousand)
	}
	return scaled(d, wanYuan)
}

// yi draws yuan in 亿元, millions of yuan in English.
func (w Words) yi(d ledger.Decimal) any {
	if w.Lang == text.En {
		return scaled(d, million)
	}
	return scaled(d, yiYuan)
}

func (w Words) unit(key string) string { return w.T("figure.unit." + key) }

// scaled gives a number to draw, nil where there is none: a gap, not a zero.
func scaled(d, unit ledger.Decimal) any { return point(d.Div(unit)) }

func point(d ledger.Decimal) any {
	if !d.Valid() {
		return nil
	}
	return d.Round(4)
}
