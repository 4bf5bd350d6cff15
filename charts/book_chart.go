package charts

import (
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// height is how many pixels a chart needs for its names.
func (p *plot) height() int {
	switch p.Form {
	case rowsForm:
		bars := 1
		if p.Series[0].Stack == "" {
			bars = len(p.Series)
		}
		return min(max(130+len(p.Places)*(14+14*bars), 260), 900)
	case ganttForm:
		return min(max(130+len(p.Bars)*13, 300), 1300)
	}
	return 340
}

// draw puts the chart onto the sheet; it refers to the cells of the table or of the block beside it.
func (s *sheetWriter) draw() error {
	var first *excelize.Chart
	var more []*excelize.Chart
	switch s.plot.Form {
	case ganttForm:
		first = s.gantt()
	case curveForm:
		first = s.curve()
	default:
		first, more = s.bars()
	}
	muted := &excelize.Font{Family: bookFont, Size: 9, Color: tones["mute"]}
	first.Title = excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: s.Title, Font: &excelize.Font{Family: bookFont, Size: 12, Bold: true, Color: "17202B"}}}}
	first.Legend = excelize.ChartLegend{Position: "bottom", Font: muted}
	if len(s.links) == 1 {
		first.Legend.Position = "none"
	}
	first.Dimension = excelize.ChartDimension{Width: uint(s.chart.width), Height: uint(s.chart.height)}
	first.Format = excelize.GraphicOptions{Positioning: "oneCell", AltText: cutUnits(s.Title+"。"+s.Foot, excelize.MaxGraphicAltTextLength),
		Name: cutUnits(s.Title, excelize.MaxGraphicNameLength), OffsetY: 6}
	first.Border = excelize.LineOptions{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E4E8ED"}}, Type: excelize.LineSolid, Width: 0.75}
	for _, c := range append([]*excelize.Chart{first}, more...) {
		c.XAxis.Font, c.YAxis.Font = *muted, *muted
	}
	return s.file.AddChart(s.name, cellName(s.chart.col, s.chart.row), first, more...)
}

// series is one series of the chart by the cells that hold it.
func (s *sheetWriter) series(i int) excelize.ChartSeries {
	one := plotSeries{Color: "#ffffff"}
	if s.plot.Form != ganttForm {
		one = s.plot.Series[i]
	} else if i > 0 {
		one = s.plot.Tracks[i-1]
	}
	names, skipped, count := 1, s.first, len(s.plot.Places)
	if s.block != nil {
		names, skipped, count = s.block.col, 0, len(s.block.rows)
	}
	at, from, to := quoted(s.name), headRow+skipped+1, headRow+skipped+count
	made := excelize.ChartSeries{Name: at + cellAt(s.links[i].col, headRow), Categories: at + span(names, from, names, to),
		Values: at + span(s.links[i].col, from, s.links[i].col, to), Fill: paint(one.Color)}
	if one.Type == "line" && s.plot.Form != ganttForm {
		made.Line = excelize.LineOptions{Type: excelize.LineSolid, Width: 2.25}
		made.Marker = excelize.ChartMarker{Symbol: "circle", Size: 5, Fill: made.Fill}
		if one.Thin {
			made.Line.Width, made.Marker = 1.5, excelize.ChartMarker{Symbol: "none"}
		}
		if one.Dash == "dashed" {
			made.Line.Dash = excelize.LineDashDash
		}
	}
	return made
}

func paint(color string) excelize.Fill {
	if color == "" {
		color = blue
	}
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{strings.TrimPrefix(color, "#")}}
}

// mostLabels is how many names have room under a chart.
const mostLabels = 12

// bars makes bars, lines or both, those counted at the right on an axis of their own. Excel stacks all bars of a chart or none: beside
// stacked ones, others become lines.
func (s *sheetWriter) bars() (*excelize.Chart, []*excelize.Chart) {
	stacked, across := false, s.plot.Form == rowsForm
	for _, one := range s.plot.Series {
		stacked = stacked || one.Stack != "" && one.Type == "bar"
	}
	var groups [3]*excelize.Chart // bars, lines, lines counted at the right
	for i, one := range s.plot.Series {
		g := 0
		switch {
		case one.Second:
			g = 2
		case one.Type == "line" || stacked && one.Stack == "" && !across:
			g = 1
		}
		if groups[g] == nil {
			groups[g] = &excelize.Chart{Type: excelize.Line}
		}
		made := s.series(i)
		if g == 1 && one.Type != "line" {
			made.Line = excelize.LineOptions{Type: excelize.LineSolid, Width: 1.5}
			made.Marker = excelize.ChartMarker{Symbol: "none"}
		}
		groups[g].Series = append(groups[g].Series, made)
	}
	if b := groups[0]; b != nil {
		gap, over := uint(60), 0
		switch {
		case across && stacked:
			b.Type, over = excelize.BarStacked, 100
		case across:
			b.Type = excelize.Bar
		case stacked:
			b.Type, over = excelize.ColStacked, 100
		default:
			b.Type = excelize.Col
		}
		b.GapWidth, b.Overlap = &gap, &over
	}
	var list []*excelize.Chart
	for g, c := range groups {
		if c == nil {
			continue
		}
		c.ShowBlanksAs = "gap"
		c.XAxis.ReverseOrder = across
		if n := len(s.plot.Places); n > 2*mostLabels && !across {
			c.XAxis.TickLabelSkip = (n + mostLabels - 1) / mostLabels
			c.XAxis.Alignment.TextRotation = -45 // programs that skip none of them set them aside
		}
		if format := s.plot.dayFormat(); format != "" {
			c.XAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: format} // their cells hold days, which some programs would count
		}
		c.YAxis.ReverseOrder = s.plot.Upside
		s.count(c, s.plot.Left, g == 2)
		list = append(list, c)
	}
	return list[0], list[1:]
}

// count names an axis of numbers by its unit and says how its numbers are written.
func (s *sheetWriter) count(c *excelize.Chart, unit string, right bool) {
	if right {
		unit, c.YAxis.Secondary = s.plot.Right, true
	} else {
		c.YAxis.MajorGridLines = true
	}
	c.YAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: "#,##0.##"}
	if lastWord(unit) == percentUnit {
		c.YAxis.NumFmt.CustomNumFmt = "0%"
	} else if s.whole(right) {
		c.YAxis.NumFmt.CustomNumFmt = "#,##0"
	}
	if unit != "" && lastWord(unit) != percentUnit {
		c.YAxis.Title = excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: unit, Font: &excelize.Font{Family: bookFont, Size: 9, Color: tones["mute"]}}}}
	}
}

// whole reports whether the numbers of an axis are large enough to be written without decimals.
func (s *sheetWriter) whole(right bool) bool {
	for _, one := range s.plot.Series {
		for _, v := range one.Values {
			if f, ok := v.Float(); ok && one.Second == right && (f > 8 || f < -8) {
				return true
			}
		}
	}
	return false
}

// curve draws lines over days, each from a known day to the next.
func (s *sheetWriter) curve() *excelize.Chart {
	c := &excelize.Chart{Type: excelize.Scatter, ShowBlanksAs: "span"}
	for i := range s.plot.Series {
		c.Series = append(c.Series, s.series(i))
	}
	days := s.plot.Days
	first, last := days[0], days[0]
	for _, d := range days {
		if d.After(last) {
			last = d
		}
	}
	s.months(&c.XAxis, first, last)
	s.count(c, s.plot.Left, false)
	if s.plot.Percent {
		zero, one := 0.0, 1.0
		c.YAxis.Minimum, c.YAxis.Maximum = &zero, &one
	}
	return c
}

// gantt draws stacked bars: an unseen one up to the first day, and one as long as the time.
func (s *sheetWriter) gantt() *excelize.Chart {
	gap, over := uint(8), 100
	c := &excelize.Chart{Type: excelize.BarStacked, ShowBlanksAs: "gap", GapWidth: &gap, Overlap: &over}
	for i := range s.links {
		made := s.series(i)
		if i == 0 {
			made.Fill = excelize.Fill{Type: "pattern"} // not seen, nor has it a name in the legend
			made.Name = quoted(s.name) + cellAt(s.links[0].col, headRow-1)
		}
		c.Series = append(c.Series, made)
	}
	c.XAxis.ReverseOrder, c.XAxis.TickLabelSkip = true, 1
	first, last := s.plot.reach()
	s.months(&c.YAxis, first, last)
	c.YAxis.MajorGridLines = true
	return c
}

// reach is from the first day of a Gantt chart to its last.
func (p *plot) reach() (first, last time.Time) {
	for _, b := range p.Bars {
		if b.Track < 0 {
			continue
		}
		if first.IsZero() || b.From.Before(first) {
			first = b.From
		}
		if b.To.After(last) {
			last = b.To
		}
	}
	return first, last
}

// tick is how many days wide a mark is, so that it is seen.
func (p *plot) tick() int64 {
	first, last := p.reach()
	return max(int64(last.Sub(first).Hours()/24/110), 1)
}

// months makes an axis of days with a mark every so many months.
func (s *sheetWriter) months(axis *excelize.ChartAxis, first, last time.Time) {
	// From the middle of a month on, steps of average months meet every month they name.
	if first.Day() < 15 {
		first = first.AddDate(0, 0, -15)
	}
	first = time.Date(first.Year(), first.Month(), 15, 0, 0, 0, 0, time.UTC)
	last = time.Date(last.Year(), last.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	const month = 365.25 / 12
	count := last.Sub(first).Hours() / 24 / month
	step := 1.0
	for _, try := range []float64{1, 2, 3, 6, 12, 24} {
		if step = try; count/step <= 12 {
			break
		}
	}
	from, to := excelDay(first), excelDay(last)
	axis.Minimum, axis.Maximum, axis.MajorUnit = &from, &to, step*month
	axis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: isoMonth}
}

// excelDay is a day as Excel counts them.
func excelDay(d time.Time) float64 {
	return d.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
}
