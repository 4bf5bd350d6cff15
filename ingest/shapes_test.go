package ingest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// shape changes a sheet without changing what it says.
type shape struct {
	name   string
	change func(g *grid, m *match)
	file   string // another name for the file, empty: its own
	except string // datasets whose meaning the change does take away
}

// shift moves all rows from one on down.
func shift(g *grid, from uint32, by int) {
	for i := range g.rows {
		if g.rows[i].no >= from {
			g.rows[i].no = uint32(int(g.rows[i].no) + by)
		}
	}
	for i := range g.merges {
		if g.merges[i].top >= from {
			g.merges[i].top = uint32(int(g.merges[i].top) + by)
			g.merges[i].bottom = uint32(int(g.merges[i].bottom) + by)
		}
	}
}

// moveColumns puts columns, from the header down, into another order; columns under one merged header stay together.
func moveColumns(g *grid, m *match, order func(blocks [][]int) [][]int) {
	width := widthOf(g)
	var blocks [][]int
	for col := 0; col < width; {
		end := col
		if a, ok := g.merged(m.top, col); ok {
			end = a.right
		}
		var block []int
		for ; col <= end; col++ {
			block = append(block, col)
		}
		blocks = append(blocks, block)
	}
	to := make([]int, width)
	next := 0
	for _, block := range order(blocks) {
		for _, col := range block {
			to[col] = next
			next++
		}
	}
	for i := range g.rows {
		if g.rows[i].no < m.top {
			continue
		}
		for j := range g.rows[i].cells {
			g.rows[i].cells[j].col = to[g.rows[i].cells[j].col]
		}
		slices.SortFunc(g.rows[i].cells, func(a, b cell) int { return a.col - b.col })
	}
	for i := range g.merges {
		if a := &g.merges[i]; a.top >= m.top && a.right-a.left == to[a.right]-to[a.left] {
			a.left, a.right = to[a.left], to[a.right]
		} else if a.top >= m.top {
			a.right = a.left // a foot that no longer spans what it did
		}
	}
	g.mergeAt = nil
}

// extraColumns puts columns nobody knows at the front, in the middle and at the end.
func extraColumns(g *grid, m *match) {
	for n, name := range []string{"档案盒号", "微信群", "经办签字"} {
		at := 0
		if n > 0 {
			at = 1 + n*widthOf(g)/2
		}
		for i := range g.rows {
			r := &g.rows[i]
			if r.no < m.top {
				continue
			}
			for j := range r.cells {
				if r.cells[j].col >= at {
					r.cells[j].col++
				}
			}
			switch {
			case r.no == m.top:
				r.cells = append(r.cells, cell{col: at, text: name})
			case r.no >= m.top+uint32(m.height) && len(r.cells) > 4 && n > 0:
				r.cells = append(r.cells, cell{col: at, text: "甲" + name})
			}
			slices.SortFunc(r.cells, func(a, b cell) int { return a.col - b.col })
		}
		for i := range g.merges {
			if a := &g.merges[i]; a.top >= m.top && a.left >= at {
				a.left, a.right = a.left+1, a.right+1
			} else if a.top >= m.top && a.right >= at {
				a.right++
			}
		}
	}
	g.mergeAt = nil
}

func widthOf(g *grid) int {
	width := 0
	for i := range g.rows {
		if c := g.rows[i].cells; len(c) > 0 {
			width = max(width, c[len(c)-1].col+1)
		}
	}
	return width
}

// eachFigure changes every cell of a column of figures or dates.
func eachFigure(g *grid, m *match, change func(c *cell)) {
	cols := map[int]bool{}
	for _, b := range m.bindings {
		f := m.dataset.Fields[b.field]
		cols[b.col] = f.Numeric() || f.Kind == ledger.Date || f.Kind == ledger.Percent
	}
	for _, p := range m.pivots {
		cols[p.col] = true
	}
	for i := range g.rows {
		if g.rows[i].no < m.top+uint32(m.height) {
			continue
		}
		for j := range g.rows[i].cells {
			if c := &g.rows[i].cells[j]; cols[c.col] {
				change(c)
			}
		}
	}
}

var shapes = []shape{
	{name: "columns reversed", change: func(g *grid, m *match) {
		moveColumns(g, m, func(b [][]int) [][]int { slices.Reverse(b); return b })
	}},
	{name: "columns shuffled", change: func(g *grid, m *match) {
		moveColumns(g, m, func(b [][]int) [][]int {
			rand.New(rand.NewPCG(7, 7)).Shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
			return b
		})
	}},
	{name: "columns shuffled otherwise", change: func(g *grid, m *match) {
		moveColumns(g, m, func(b [][]int) [][]int {
			rand.New(rand.NewPCG(3, 9)).Shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
			return b
		})
	}},
	{name: "columns nobody knows", change: extraColumns},
	{name: "header five rows lower", change: func(g *grid, m *match) { shift(g, 2, 5) }},
	{name: "no title", except: "milestones", change: func(g *grid, m *match) {
		if g.rows[0].no < m.top {
			g.rows = g.rows[1:]
		}
	}},
	{name: "no title, header in row 1 or 2", except: "milestones", change: func(g *grid, m *match) {
		if g.rows[0].no == 1 && m.top > 1 {
			g.rows = g.rows[1:]
			g.merges = slices.DeleteFunc(g.merges, func(a area) bool { return a.top == 1 })
			shift(g, 2, -1)
		}
	}},
	{name: "sheet and file without a name", except: "", file: "新建工作表.xlsx", change: func(g *grid, m *match) {
		if m.top > 1 && g.name != "" {
			g.name = "Sheet1"
		}
	}},
	{name: "figures stored as text", change: func(g *grid, m *match) {
		eachFigure(g, m, func(c *cell) {
			switch c.kind {
			case cellNumber:
				if v, ok := FromCellNumber(c.text); ok {
					c.kind, c.text = cellText, v.String()
				}
			case cellDate, cellPercent:
				c.text, c.kind = g.display(c), cellText
			}
		})
	}},
	{name: "full-width figures", except: "", change: func(g *grid, m *match) {
		eachFigure(g, m, func(c *cell) {
			if c.kind == cellNumber {
				if v, ok := FromCellNumber(c.text); ok && v.Sign() >= 0 {
					c.kind, c.text = cellText, fullWidth(v.Abs().String())
				}
			}
		})
	}},
	{name: "header again in the middle", change: headerAgain},
	{name: "blank rows between", change: func(g *grid, m *match) {
		first := m.top + uint32(m.height)
		for range 3 {
			at := first + uint32(len(g.rows)-m.height)/3
			if _, ok := g.merged(at, 0); ok {
				return
			}
			for _, a := range g.merges {
				if a.top < at && a.bottom >= at {
					return
				}
			}
			shift(g, at, 2)
			g.mergeAt = nil
		}
	}},
	{name: "header of spaces and line breaks", change: func(g *grid, m *match) {
		for no := m.top; no < m.top+uint32(m.height); no++ {
			r := g.row(no)
			for j := range r.cells {
				runes := []rune(r.cells[j].text)
				if len(runes) == 2 {
					r.cells[j].text = string(runes[0]) + "　 " + string(runes[1])
				} else if len(runes) > 3 && !strings.ContainsAny(r.cells[j].text, "0123456789-(（") {
					r.cells[j].text = string(runes[:2]) + "\n" + string(runes[2:])
				}
			}
		}
	}},
	{name: "a note below", change: func(g *grid, m *match) {
		last := g.rows[len(g.rows)-1].no
		g.rows = append(g.rows, gridRow{no: last + 2, cells: []cell{{col: 0, text: "注：本表数据由各科室报送，以统计部门最终核定为准。"}}},
			gridRow{no: last + 3, cells: []cell{{col: 1, text: "审核人：王主任"}, {col: 4, text: "填表人：李干事"}, {col: 7, text: "联系电话：00000000"}}})
	}},
}

// headerAgain prints the header a second time after half of the lines, as a page break does.
func headerAgain(g *grid, m *match) {
	at := len(g.rows) / 2
	no := g.rows[at].no
	for _, a := range g.merges {
		if a.top < no && a.bottom >= no {
			return
		}
	}
	shift(g, no, m.height)
	var head []gridRow
	for i := range uint32(m.height) {
		row := g.row(m.top + i)
		if row == nil {
			continue
		}
		r := *row
		r.no, r.cells = no+i, slices.Clone(r.cells)
		head = append(head, r)
	}
	for _, a := range g.merges {
		if a.top >= m.top && a.bottom < m.top+uint32(m.height) {
			a.top, a.bottom = a.top-m.top+no, a.bottom-m.top+no
			g.merges = append(g.merges, a)
		}
	}
	g.rows = slices.Insert(g.rows, at, head...)
	g.mergeAt = nil
}

func TestSamplesInOtherShapes(t *testing.T) {
	testkit.Unraced(t)
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			for i, name := range sampleNames {
				if testing.Short() && i%4 != 0 {
					continue // as in TestEveryAliasOfEveryHeader
				}
				for _, g := range sampleGrids(t, name) {
					want := readCopies(name, copyGrids([]*grid{g}))
					m, _ := recognise(g, want.stem(), 1, nil)
					if m == nil || slices.Contains(strings.Fields(s.except), m.dataset.Name) {
						continue
					}
					file := name
					if s.file != "" {
						file = s.file
					}
					grids := copyGrids([]*grid{g})
					s.change(grids[0], m)
					if d := unordered(want, readCopies(file, grids)); d != "" {
						t.Errorf("%s %s: %s", name, g.name, d)
					}
				}
			}
		})
	}
}

// unordered compares readings whose rows may come in another order.
func unordered(want, got *File) string {
	for _, f := range []*File{want, got} {
		for _, s := range f.Sheets {
			var rows []ledger.Row
			for _, row := range s.Rows.All() {
				rows = append(rows, row)
			}
			slices.SortStableFunc(rows, func(a, b ledger.Row) int {
				return cmp.Compare(fmt.Sprint(a.Values...), fmt.Sprint(b.Values...))
			})
			s.Rows, s.Bad = newRows(s.Dataset, &rowStore{}), RowSet{}
			for _, row := range rows {
				s.Rows.add(&row)
			}
		}
	}
	return difference(want, got)
}
