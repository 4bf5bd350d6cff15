package ingest

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"taizhang/internal/testkit"
	"taizhang/internal/wording"
	"taizhang/ledger"
)

// inUnit writes a sheet's amounts of money or area in another unit: its banner and headers, and every figure without a unit of its own.
func inUnit(g *grid, m *match, kind ledger.Kind, to string) {
	target, _ := LookupUnit(to)
	ctx := contextAbove(g, "", 1, m.top)
	reader := valueReader{grid: g, dates: ctx.dates(), units: ctx.units}
	columns := map[int]Unit{}
	f, _ := m.dataset.Field(m.dataset.Pivot.Value)
	add := func(h *heading, f ledger.Field) {
		if u, _ := reader.columnUnit(f, h); u.Dimension == target.Dimension && (f.Kind == kind || f.Kind == ledger.Number) {
			columns[h.col] = u
		}
	}
	for i := range m.bindings {
		add(&m.bindings[i].heading, m.dataset.Fields[m.bindings[i].field])
	}
	for i := range m.pivots {
		p := &m.pivots[i]
		if p.beside != nil && p.beside.Dataset == "ranks" {
			continue
		}
		add(&p.heading, f)
	}
	for i := range m.checks {
		add(&m.checks[i].heading, f)
	}
	for i := range g.rows {
		r := &g.rows[i]
		for j := range r.cells {
			c := &r.cells[j]
			unit, inColumn := columns[c.col]
			switch {
			case r.no < m.top:
				c.text = otherUnit(c.text, columns, to)
			case r.no < m.top+uint32(m.height):
				if _, own := SplitHeaderUnit(c.text); own != "" && inColumn {
					c.text = strings.Replace(c.text, own, to, 1)
				}
			case inColumn:
				rescale(c, unit, target)
			}
		}
	}
}

// otherUnit changes the unit of money or area in a banner.
func otherUnit(text string, columns map[int]Unit, to string) string {
	if !strings.Contains(text, "单位：") {
		return text
	}
	for _, u := range columns {
		if strings.Contains(text, u.Text) {
			return strings.Replace(text, u.Text, to, 1)
		}
	}
	return text
}

var digitRun = regexp.MustCompile(`[0-9][0-9,]*(?:\.[0-9]+)?`)

// rescale writes a figure in another unit, its words (约, 余) kept; one with a unit of its own that is not the column's stays.
func rescale(c *cell, from, to Unit) {
	one := decimal.NewFromInt(1)
	factor := func(v decimal.Decimal) string { return v.Mul(from.ToBase(one)).Div(to.ToBase(one)).String() }
	if v, ok := FromCellNumber(c.text); ok && c.kind == cellNumber {
		c.text = factor(v)
		return
	}
	n, err := ParseNumber(c.text)
	if c.kind != cellText || err != nil || n.High != nil {
		return
	}
	text := wording.Narrow(c.text)
	if n.Unit != "" {
		if own, _ := LookupUnit(n.Unit); !own.ToBase(one).Equal(from.ToBase(one)) {
			return
		}
		text = strings.Replace(text, n.Unit, to.Text, 1)
	}
	c.text = digitRun.ReplaceAllStringFunc(text, func(run string) string {
		return factor(decimal.RequireFromString(strings.ReplaceAll(run, ",", "")))
	})
}

func TestSamplesInOtherUnits(t *testing.T) {
	testkit.Unraced(t)
	changed := 0
	for _, name := range sampleNames {
		for _, whole := range sampleGrids(t, name) {
			want := readCopies(name, copyGrids([]*grid{whole}))
			m, _ := recognise(whole, want.stem(), 1, nil)
			if m == nil || m.rename != nil {
				continue
			}
			if m.top == 1 {
				continue // without a banner or a unit nothing says what another unit would be
			}
			for unit, kind := range map[string]ledger.Kind{"亿元": ledger.Money, "元": ledger.Money, "千元": ledger.Money, "万元": ledger.Money, "平方米": ledger.Area, "万平方米": ledger.Area, "公顷": ledger.Area} {
				if !slices.ContainsFunc(m.dataset.Fields, func(f ledger.Field) bool { return f.Kind == kind || f.Kind == ledger.Number && kind == ledger.Money }) || m.dataset == ledger.Investment {
					continue
				}
				grids := copyGrids([]*grid{whole})
				inUnit(grids[0], m, kind, unit)
				for i, r := range grids[0].rows {
					for j, c := range r.cells {
						if c.text != whole.rows[i].cells[j].text {
							changed++
						}
					}
				}
				if d := difference(want, readCopies(name, grids)); d != "" {
					t.Errorf("%s %s in %s: %s", name, whole.name, unit, d)
				}
			}
		}
	}
	if changed < 10_000 {
		t.Errorf("only %d cells changed", changed)
	}
}
