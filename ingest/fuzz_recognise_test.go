package ingest

import (
	"math/rand/v2"
	"slices"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// vocabulary is what a random sheet is made of: headers of all datasets, values of every kind, words of sums and notes.
var vocabulary = func() []string {
	words := []string{"", "", "", "合计", "小计", "其中：增值税", "注：略", "单位：万元", "截至2016年6月30日", "2015年税收", "同上", "—", "无", "0", "-5", "1.5", "约45",
		"1.5亿元", "35%", "2016.6.1", "2016年6月", "6月底前", "2015.1.1-2016.1.1", "长期", "1月", "1-2月", "1-5月", "一季度", "全年", "2015", "2016年目标", "排名", "套",
		"面积", "万㎡", "增值税", "甲公司", "乙大厦", "#REF!", "是", "91350100M000100Y43", "一、城中村", "1、2", "＝１", "=1+1", "１２３", "环比", "上年同期", "其中", "\n", "12345678901234567890"}
	for _, d := range ledger.All {
		for _, f := range d.Fields {
			words = append(words, f.Zh)
			words = append(words, f.Aliases...)
		}
	}
	slices.Sort(words)
	return words
}()

// randomGrid makes a sheet from a seed.
func randomGrid(seed uint64) *grid {
	r := rand.New(rand.NewPCG(seed, 11))
	g := &grid{name: []string{"Sheet1", "甲大厦", "2015年", "1月"}[r.IntN(4)]}
	width, no := 1+r.IntN(12), uint32(0)
	for range 1 + r.IntN(25) {
		no += 1 + uint32(r.IntN(8)/7)
		row := gridRow{no: no, hidden: r.IntN(20) == 0}
		for col := range width {
			c := cell{col: col, text: vocabulary[r.IntN(len(vocabulary))]}
			switch r.IntN(8) {
			case 0, 1:
				c.kind, c.text = cellNumber, []string{"1", "2015", "42550", "0.35", "-3", "1E300", "x"}[r.IntN(7)]
			case 2:
				c.kind, c.text = cellKind(r.IntN(int(cellUnknown)+1)), []string{"1", "42550", "", "0.5"}[r.IntN(4)]
			}
			if c.text != "" && r.IntN(4) > 0 {
				row.cells = append(row.cells, c)
			}
		}
		if len(row.cells) > 0 {
			g.rows = append(g.rows, row)
		}
	}
	for range r.IntN(5) {
		a := area{top: 1 + uint32(r.IntN(int(no)+1)), left: r.IntN(width)}
		a.bottom, a.right = a.top+uint32(r.IntN(3)), a.left+r.IntN(3)
		g.merges = append(g.merges, a)
	}
	return g
}

// FuzzRecognise reads random sheets: nothing may panic, every row and problem
// lies within the sheet, sources name their columns, and reading twice says the same.
func FuzzRecognise(f *testing.F) {
	testkit.Unraced(f)
	for seed := range uint64(200) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		g := randomGrid(seed)
		if len(g.rows) == 0 {
			return
		}
		one := readCopies("表.xlsx", copyGrids([]*grid{g}))
		for _, s := range one.Sheets {
			insideSheet(t, g, s)
		}
		for _, p := range one.Problems {
			if p.Message == "" || p.Kind == "" {
				t.Errorf("a problem without words: %+v", p)
			}
			if row, _, ok := parseAddress(string(p.Cell)); ok && row > g.rows[len(g.rows)-1].no+headerHeight {
				t.Errorf("problem at %s below the sheet", p.Cell)
			}
		}
		if d := difference(one, readCopies("表.xlsx", copyGrids([]*grid{g}))); d != "" {
			t.Error("read otherwise the second time:", d)
		}
	})
}

func insideSheet(t *testing.T, g *grid, s *Sheet) {
	for i, row := range s.Rows.All() {
		if g.row(row.SheetRow) == nil {
			t.Fatalf("row %d of %s stands at line %d, which is blank", i, s.Dataset.Name, row.SheetRow)
		}
		if int(row.Source) >= len(s.Sources) || len(row.Values) != len(s.Dataset.Fields) {
			t.Fatalf("row %d of %s: source %d of %d, %d values", i, s.Dataset.Name, row.Source, len(s.Sources), len(row.Values))
		}
		src := s.Sources[row.Source]
		if len(src.Fields) != len(src.Columns) || len(row.Raw) < len(src.Fields) {
			t.Fatalf("row %d of %s: %d fields, %d columns, %d raw texts", i, s.Dataset.Name, len(src.Fields), len(src.Columns), len(row.Raw))
		}
		if row.Effective.IsZero() {
			t.Fatalf("row %d of %s speaks of no day", i, s.Dataset.Name)
		}
	}
}
