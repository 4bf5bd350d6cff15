package ingest

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"taizhang/internal/wording"

	"github.com/shopspring/decimal"

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
			m.checks = append(m.checks, m.checkOf(h, ctx))
		default:
			rest = append(rest, h)
		}
	}
	m.dropParts(ctx)
	if len(m.pivots) == 0 || !slices.ContainsFunc(m.pivots, func(p pivotColumn) bool { return p.beside == nil }) {
		for _, c := range m.checks {
			rest = append(rest, c.heading)
		}
		m.checks = nil
	}
	m.settlePivots()
	return rest
}

// dropParts keeps the total instead of the tax types where they are only some of it (其中：增值税) and do not make it up.
func (m *match) dropParts(ctx sheetContext) {
	named := slices.ContainsFunc(m.pivots, func(p pivotColumn) bool { return p.label != "" && strings.Contains(p.caption(), "其中") })
	if !named || len(m.checks) != 1 || slices.ContainsFunc(m.pivots, func(p pivotColumn) bool { return p.dated }) {
		return
	}
	for no := ctx.first; no < ctx.first+12; no++ {
		r := ctx.grid.row(no)
		if r == nil {
			continue
		}
		sum := decimal.Zero
		for _, p := range m.pivots {
			sum = sum.Add(ctx.plainFigure(r, p.col))
		}
		if !sum.Equal(ctx.plainFigure(r, m.checks[0].col)) {
			for _, p := range m.pivots {
				m.free = append(m.free, p.heading)
			}
			m.pivots = nil
			return
		}
	}
}

// plainFigure is a cell's figure as written, 0 when it holds none.
func (c *sheetContext) plainFigure(r *gridRow, col int) decimal.Decimal {
	cell := r.at(col)
	if cell == nil {
		return decimal.Zero
	}
	if cell.kind == cellNumber {
		if v, ok := FromCellNumber(cell.text); ok {
			return v
		}
	}
	n, _ := ParseNumber(c.grid.display(cell))
	return n.Value
}

// checkOf reads what a column of sums adds up: the quarter or tax type over it, or everything.
func (m *match) checkOf(h heading, ctx sheetContext) checkColumn {
	c := checkColumn{heading: h, whole: isWholeTotal(h), label: m.labelValue(h)}
	if p, ok := m.headPeriod(h, ctx); ok {
		c.period = p
	}
	return c
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
	if m.dataset.Pivot.Period == "" {
		if p.label != "" {
			m.pivots = append(m.pivots, p)
		}
		return p.label != ""
	}
	p.period, p.dated = m.headPeriod(h, ctx)
	if !p.dated && ctx.year == 0 {
		ctx.year = 2000 // only to see that a month is meant
		_, month := m.headPeriod(h, ctx)
		m.yearless = m.yearless || month
		if month && p.label == "" {
			m.pivots = append(m.pivots, p)
			return true
		}
	}
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
		name = strings.TrimPrefix(headerForm(name), "其中")
		for _, allowed := range f.Allowed {
			if name == headerForm(allowed) || slices.ContainsFunc(f.Spellings[allowed], func(w string) bool { return name == headerForm(w) }) {
				return allowed
			}
		}
	}
	return ""
}

// spanOfTitle reads 本月 and 累计 in a list of indicators by the month its title names.
func (m *match) spanOfTitle(h heading, ctx sheetContext) (Period, bool) {
	p := ctx.period
	if !m.dataset.Pivot.AnyLabel || p.Year == 0 || p.Kind == "year" {
		return p, false
	}
	switch strings.TrimSuffix(strings.TrimSuffix(h.parents.text+h.leaf.text, "数"), "完成") {
	case "本月", "当月", "本期":
		return p, true
	case "累计", "本年累计", "年度累计", "本月止累计", "自年初累计":
		p.FromMonth = 1
		if p.ToMonth > 1 {
			p.Kind = "range"
		}
		return p, true
	}
	return p, false
}

// namesPeriod keeps 累计 and 年度 alone from being read as a year.
var namesPeriod = regexp.MustCompile(`[0-9０-９一二三四五六七八九十元]|全年|上半年|下半年`)

// headPeriod reads the month a header names; the year may stand in a row above or in the title.
func (m *match) headPeriod(h heading, ctx sheetContext) (Period, bool) {
	if p, ok := m.spanOfTitle(h, ctx); ok {
		return p, true
	}
	year := ctx.year
	for _, p := range h.parts[:len(h.parts)-1] {
		if y := yearOf(p); y != 0 {
			year = y
		}
	}
	for i := len(h.parts) - 1; i >= 0; i-- {
		name, _ := SplitHeaderUnit(h.parts[i])
		for _, t := range []string{name, m.withoutValueWords(name)} {
			if !namesPeriod.MatchString(t) {
				continue
			}
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

// settlePivots puts the columns in the order of time, makes those that others add up to
// into check columns and marks running sums.
func (m *match) settlePivots() {
	slices.SortStableFunc(m.pivots, func(a, b pivotColumn) int {
		return cmp.Or(cmp.Compare(a.period.Year, b.period.Year), cmp.Compare(a.period.ToMonth, b.period.ToMonth), cmp.Compare(b.period.FromMonth, a.period.FromMonth))
	})
	var keep []pivotColumn
	for i, p := range m.pivots {
		if p.beside == nil && p.dated && m.addedUp(i) {
			m.checks = append(m.checks, checkColumn{heading: p.heading, period: p.period, label: p.label})
			continue
		}
		keep = append(keep, p)
	}
	m.pivots = keep
	running := false
	for i := range m.pivots {
		m.pivots[i].running = m.isRunning(i)
		running = running || m.pivots[i].running
	}
	if !running {
		slices.SortStableFunc(m.pivots, func(a, b pivotColumn) int { return a.col - b.col })
	}
	slices.SortFunc(m.checks, func(a, b checkColumn) int { return a.col - b.col })
}

// sameSeries reports that two columns speak of the same label and year.
func sameSeries(a, b pivotColumn) bool {
	return a.beside == nil && b.beside == nil && a.dated && b.dated && a.label == b.label && a.period.Year == b.period.Year
}

// addedUp reports that shorter columns of the same year make up all months of a
// column, or, for a quarter, a half or a year, that months stand beside it at all.
func (m *match) addedUp(at int) bool {
	p := m.pivots[at].period
	covered, months := map[int]bool{}, false
	for i, q := range m.pivots {
		if i == at || !sameSeries(q, m.pivots[at]) {
			continue
		}
		months = months || q.period.Kind == "month"
		if q.period.FromMonth < p.FromMonth || q.period.ToMonth > p.ToMonth || q.period.ToMonth-q.period.FromMonth >= p.ToMonth-p.FromMonth {
			continue
		}
		for month := q.period.FromMonth; month <= q.period.ToMonth; month++ {
			covered[month] = true
		}
	}
	if len(covered) == p.ToMonth-p.FromMonth+1 {
		return true
	}
	return months && len(covered) > 1 && p.Kind != "month" && p.Kind != "range"
}

// isRunning reports a sum from January on that has a shorter or longer one beside it.
func (m *match) isRunning(at int) bool {
	p := m.pivots[at]
	if !p.dated || p.beside != nil || p.period.FromMonth != 1 {
		return false
	}
	return slices.ContainsFunc(m.pivots, func(q pivotColumn) bool {
		return sameSeries(p, q) && q.period.FromMonth == 1 && q.period.ToMonth != p.period.ToMonth
	})
}

// takeLabels makes unmatched figure columns into values of the label field where a period column stands beside them.
func (m *match) takeLabels(ctx sheetContext) {
	p := m.dataset.Pivot
	if !p.AnyLabel || m.fieldColumn(p.Period) == nil || m.fieldColumn(p.Label) != nil || m.fieldColumn(p.Value) != nil {
		return
	}
	var free []heading
	for _, h := range m.free {
		if name, _ := SplitHeaderUnit(h.parts[len(h.parts)-1]); !comparison.MatchString(h.caption()) && !isTotalHeading(h) && ctx.figuresBelow(h.col) {
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
func besideDataset(b *ledger.Beside) *ledger.Dataset { return mustFind(b.Dataset) }

// mustFind gives a dataset that a declaration names.
func mustFind(name string) *ledger.Dataset {
	d, err := ledger.Find(name)
	if err != nil {
		panic("ingest: a declaration names " + name + ", which is no dataset")
	}
	return d
}
