package ingest

import (
	"regexp"
	"slices"
	"strings"
	"taizhang/internal/wording"

	"taizhang/ledger"
)

// takeSpecial sets aside the columns whose headers are values (months, tax
// types), sums, targets and ranks; it gives back the rest.
func (m *match) takeSpecial(heads []heading, ctx sheetContext) []heading {
	if m.dataset.Pivot.Value == "" {
		return heads
	}
	var rest []heading
	for _, h := range heads {
		switch {
		case m.takeBeside(h, ctx):
		case m.takePivot(h, ctx):
		case isTotalHeading(h):
			m.checks = append(m.checks, checkColumn{heading: h, whole: isWholeTotal(h)})
		default:
			rest = append(rest, h)
		}
	}
	if len(m.pivots) == 0 || !slices.ContainsFunc(m.pivots, func(p pivotColumn) bool { return p.beside == nil }) {
		for _, c := range m.checks {
			rest = append(rest, c.heading)
		}
		m.checks = nil
	}
	m.sumsOfMonths()
	return rest
}

func (m *match) takeBeside(h heading, ctx sheetContext) bool {
	for i, b := range m.dataset.Pivot.Beside {
		for _, word := range b.Words {
			if !strings.Contains(h.caption(), word) {
				continue
			}
			year := yearOf(h.caption())
			if year == 0 {
				year = ctx.year
			}
			if year == 0 {
				return false
			}
			m.pivots = append(m.pivots, pivotColumn{heading: h, dated: true, beside: &m.dataset.Pivot.Beside[i],
				period: Period{Year: year, FromMonth: 1, ToMonth: 12, Kind: "year"}})
			return true
		}
	}
	return false
}

var comparison = regexp.MustCompile(`同比|环比|增长|增幅|增速|上年|去年|比重|占比|排名|完成率|预算`)

// takePivot reads a header as a month, a value of the label field, or one over the other.
func (m *match) takePivot(h heading, ctx sheetContext) bool {
	if comparison.MatchString(h.caption()) || isTotalHeading(h) {
		return false
	}
	p := pivotColumn{heading: h}
	p.label = m.labelValue(h)
	p.period, p.dated = m.headPeriod(h, ctx)
	if p.label == "" && !p.dated {
		return false
	}
	m.pivots = append(m.pivots, p)
	return true
}

// labelValue is the tax type a header names, empty when it names none.
func (m *match) labelValue(h heading) string {
	d := m.dataset
	if d.Pivot.Label == "" {
		return ""
	}
	f, _ := d.Field(d.Pivot.Label)
	for _, p := range h.parts {
		name, _ := SplitHeaderUnit(p)
		for _, allowed := range f.Allowed {
			if headerForm(name) == headerForm(allowed) {
				return allowed
			}
		}
	}
	return ""
}

// headPeriod reads the month a header names; the year may stand in a row above or in the title.
func (m *match) headPeriod(h heading, ctx sheetContext) (Period, bool) {
	year := ctx.year
	for _, p := range h.parts[:len(h.parts)-1] {
		if y := yearOf(p); y != 0 {
			year = y
		}
	}
	for i := len(h.parts) - 1; i >= 0; i-- {
		name, _ := SplitHeaderUnit(h.parts[i])
		for _, t := range []string{name, m.withoutValueWords(name)} {
			if p, err := ParsePeriod(t, DateContext{Year: year}); err == nil && p.Year != 0 {
				return p, true
			}
		}
	}
	return Period{}, false
}

// withoutValueWords turns 1月税收 into 1月.
func (m *match) withoutValueWords(s string) string {
	f, _ := m.dataset.Field(m.dataset.Pivot.Value)
	t := wording.Clean(s)
	for _, word := range append([]string{f.Zh}, f.Aliases...) {
		if rest, ok := strings.CutSuffix(t, word); ok && rest != "" {
			return rest
		}
	}
	return t
}

// sumsOfMonths makes quarters, halves and years into check columns where months stand beside them.
func (m *match) sumsOfMonths() {
	months := slices.ContainsFunc(m.pivots, func(p pivotColumn) bool {
		return p.beside == nil && p.dated && (p.period.Kind == "month" || p.period.Kind == "range")
	})
	if !months {
		return
	}
	keep := m.pivots[:0]
	for _, p := range m.pivots {
		if p.beside == nil && p.dated && (p.period.Kind == "quarter" || p.period.Kind == "half" || p.period.Kind == "year") && p.label == "" {
			m.checks = append(m.checks, checkColumn{heading: p.heading, whole: p.period.Kind == "year"})
			continue
		}
		keep = append(keep, p)
	}
	m.pivots = keep
	slices.SortFunc(m.checks, func(a, b checkColumn) int { return a.col - b.col })
}

// cumulative reports that the months of the sheet are running sums (1月, 1-2月, 1-3月).
func (m *match) cumulative() bool {
	return slices.ContainsFunc(m.pivots, func(p pivotColumn) bool { return p.beside == nil && p.period.Cumulative })
}

// takeLabels makes unmatched figure columns into values of the label field where a period column stands beside them.
func (m *match) takeLabels() {
	p := m.dataset.Pivot
	if !p.AnyLabel || m.fieldColumn(p.Period) == nil || m.fieldColumn(p.Label) != nil || m.fieldColumn(p.Value) != nil {
		return
	}
	var free []heading
	for _, h := range m.free {
		if name, _ := SplitHeaderUnit(h.parts[len(h.parts)-1]); !comparison.MatchString(h.caption()) && !isTotalHeading(h) {
			m.pivots = append(m.pivots, pivotColumn{heading: h, label: name})
			continue
		}
		free = append(free, h)
	}
	m.free = free
}

var totalWords = []string{"小计", "合计", "总计", "共计", "总和"}

func isTotalHeading(h heading) bool {
	return slices.ContainsFunc(totalWords, func(w string) bool { return strings.HasSuffix(h.leaf.text, w) || strings.HasPrefix(h.leaf.text, w) })
}

// isWholeTotal tells a sum over the whole sheet from one over the months since the last sum.
func isWholeTotal(h heading) bool {
	text := h.parents.text + h.leaf.text
	return !strings.Contains(h.leaf.text, "小计") && !strings.Contains(text, "季") && !strings.Contains(text, "半年")
}

// besideDataset is the dataset a column beside belongs to.
func besideDataset(b *ledger.Beside) *ledger.Dataset {
	d, err := ledger.Find(b.Dataset)
	if err != nil {
		panic("ingest: " + b.Dataset + " is declared beside but is no dataset")
	}
	return d
}
