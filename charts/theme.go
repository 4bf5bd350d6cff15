// Package charts turns answers into pictures: ECharts options as JSON, made of
// go-echarts' types. An option holds no function and no markup; one static
// script of the page starts it. charts knows analytics' answers and nothing of
// pages; server imports it, and it alone imports go-echarts.
package charts

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
)

// The palette of the look: series in this order, and the colours that mean something.
const (
	blue   = "#1d5bb8"
	orange = "#e08e2b"
	teal   = "#3f9e8f"
	purple = "#8e5ba6"
	brick  = "#b8564d"
	slate  = "#7a8b99"

	lastYear  = "#aab2bc"
	target    = "#5c6876" // dashed
	delivered = "#23744a"
	completed = "#8fc9a9"
	underway  = "#cfd5dd"
	overdue   = "#b8322a"
	paleBlue  = "#9db9e0"
	deepBlue  = "#0f3a7d"
)

// Single quotation marks: ECharts writes the list into an attribute of SVG as it is.
const fonts = `'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif`

// look is one theme: the colours a chart takes from the page it stands on, and
// what stands for the palette's own colours there.
type look struct {
	ink, muted, line, surface string
	swap                      map[string]string
	size                      float64 // of writing, beside that of a page; 0: the same
}

var looks = map[string]look{
	"light": {"#17202b", "#616b79", "#e4e8ed", "#ffffff", nil, 0},
	"dark":  {"#e8edf3", "#95a3b4", "#263548", "#162130", lightened, 0},
	"wall":  {"#e8edf3", "#95a3b4", "#263548", "#162130", lightened, 1.4},
	"print": {"#000000", "#333333", "#bbbbbb", "#ffffff", nil, 0},
}

// lightened are the palette's hues as they are read on a dark surface.
var lightened = map[string]string{
	blue: "#5b93e6", orange: "#e9a657", teal: "#5fb8aa", purple: "#af85c4", brick: "#d27d75", slate: "#98a7b5",
	target: "#b6c2d0", delivered: "#4fae7c", completed: "#2f6a4d", underway: "#33425a", overdue: "#f08a82", paleBlue: "#4c70a8", deepBlue: "#bcd5fb",
}

type styled map[string]any

// Themes are the looks of charts (light, dark, print, wall) as JSON for echarts.registerTheme.
func Themes() []byte {
	all := map[string]styled{}
	for name, l := range looks {
		all[name] = theme(l)
	}
	b, err := json.Marshal(all)
	if err != nil {
		panic(err) // constants only
	}
	return b
}

func theme(l look) styled {
	px := func(size float64) float64 {
		if l.size == 0 {
			return size
		}
		return math.Round(size * l.size)
	}
	axis := styled{
		"axisLine":      styled{"show": true, "lineStyle": styled{"color": l.line}},
		"axisTick":      styled{"show": false},
		"axisLabel":     styled{"color": l.muted, "fontSize": px(12)},
		"nameTextStyle": styled{"color": l.muted, "fontSize": px(12)},
		"splitLine":     styled{"lineStyle": styled{"color": l.line, "opacity": 0.7}},
	}
	value := styled{"axisLine": styled{"show": false}}
	for k, v := range axis {
		if k != "axisLine" {
			value[k] = v
		}
	}
	palette := []string{blue, orange, teal, purple, brick, slate}
	for i, color := range palette {
		if lighter, ok := l.swap[color]; ok {
			palette[i] = lighter
		}
	}
	return styled{
		"color":           palette,
		"backgroundColor": "transparent",
		"textStyle":       styled{"fontFamily": fonts, "color": l.ink},
		"legend":          styled{"textStyle": styled{"color": l.muted, "fontSize": px(12.5)}},
		"tooltip": styled{
			"backgroundColor": l.surface, "borderColor": l.line, "borderWidth": 1, "padding": []int{8, 12},
			"textStyle": styled{"color": l.ink, "fontSize": px(13), "fontFamily": fonts},
		},
		"categoryAxis": axis, "timeAxis": axis, "valueAxis": value,
		"label": styled{"color": l.muted},
		"swap":  l.swap,
	}
}

// ThemeNames are the themes there are, in order.
func ThemeNames() []string { return slices.Sorted(maps.Keys(looks)) }
