package ingest

import (
	"slices"
	"testing"

	"taizhang/internal/testkit"
)

// BenchmarkRecognise finds the header of a sheet of 500 rows; its cost must not hang on the rows.
func BenchmarkRecognise(b *testing.B) {
	g := sampleGrids(b, "税收2015.xlsx")[0]
	for b.Loop() {
		if m, _ := recognise(g, "税收2015", 1, nil); m == nil {
			b.Fatal("not recognised")
		}
	}
}

// BenchmarkReadRows reads those rows after the file was opened.
func BenchmarkReadRows(b *testing.B) {
	g := sampleGrids(b, "税收2015.xlsx")[0]
	for b.Loop() {
		readCopies("税收2015.xlsx", []*grid{g})
	}
}

// TestHostileShapesAreRead reads sheets made to cost much: very wide headers, and many headers under each other. One whose
// cost grows with the square or worse would not come to its end.
func TestHostileShapesAreRead(t *testing.T) {
	testkit.Unraced(t)
	wide := &grid{name: "宽", rows: []gridRow{{no: 1}, {no: 2}}}
	for col := range maxColumns / 8 {
		wide.rows[0].cells = append(wide.rows[0].cells, cell{col: col, text: vocabulary[col%len(vocabulary)] + "甲"})
		wide.rows[1].cells = append(wide.rows[1].cells, cell{col: col, kind: cellNumber, text: "1"})
	}
	deep := &grid{name: "深"}
	head := sampleGrids(t, "招商项目.csv")[0].rows[0]
	for i := range uint32(150) {
		r := gridRow{no: 2*i + 1, cells: slices.Clone(head.cells)}
		if i%2 == 0 {
			slices.Reverse(r.cells)
			for j := range r.cells {
				r.cells[j].col = j
			}
		}
		deep.rows = append(deep.rows, r)
	}
	for _, g := range []*grid{wide, deep} {
		readCopies("表.xlsx", []*grid{g})
	}
}
