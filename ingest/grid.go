package ingest

import (
	"iter"
	"slices"
	"sort"
	"strconv"
)

// cellKind says how a cell was stored, which decides how its text is read.
type cellKind uint8

const (
	cellText cellKind = iota
	cellNumber
	cellDate    // a number under a date format
	cellPercent // a number under a percent format
	cellBool
	cellFault   // #REF!, #DIV/0! and the like
	cellUnknown // a formula that was never calculated
)

// cell is one filled cell; blanks are not kept.
type cell struct {
	col  int // 0-based
	kind cellKind
	text string // as stored: a number's digits, a date's serial
}

// gridRow is one row of a sheet with its filled cells in column order.
type gridRow struct {
	no     uint32 // 1-based; for CSV the record's number
	hidden bool
	cells  []cell
}

// at gives the cell of a column, nil when blank.
func (r *gridRow) at(col int) *cell {
	if i, ok := slices.BinarySearchFunc(r.cells, col, func(c cell, col int) int { return c.col - col }); ok {
		return &r.cells[i]
	}
	return nil
}

// area is a rectangle of cells, rows 1-based, columns 0-based, both ends included.
type area struct {
	top, bottom uint32
	left, right int
}

func (a area) has(row uint32, col int) bool {
	return row >= a.top && row <= a.bottom && col >= a.left && col <= a.right
}

// grid is a sheet as read, before anything is recognised: whole, or, with a feed, the stretch of rows at hand.
type grid struct {
	name       string // empty for CSV
	hidden     bool
	rows       []gridRow // filled rows in order
	merges     []area
	hiddenCols []int
	date1904   bool

	feed       *rowFeed // brings further rows; nil when there are none
	needed     uint32   // rows before this number may be let go
	hint       int      // where in rows the last look ended
	read       int      // rows the feed brought
	told       func(rows int)
	err        error              // of a feed, at its end
	hiddenRows []uint32           // of the rows the feed brought
	origins    map[uint32][]int   // row -> columns whose cells speak for merges further down
	upper      map[uint32]gridRow // those cells

	mergeAt    map[uint32][]int32 // block of rows -> merges that touch it, built when asked first
	mergeSlots int                // how many entries that takes
}

// mergeBlock is how many rows share one list of merges: a merge down a whole column would otherwise need a million lists.
const mergeBlock = 16

// hiddenLines are the numbers of the filled rows that are hidden; all of them once the sheet was read to its end.
func (g *grid) hiddenLines() []uint32 {
	if g.read > 0 {
		return g.hiddenRows
	}
	var list []uint32
	for i := range g.rows {
		if g.rows[i].hidden {
			list = append(list, g.rows[i].no)
		}
	}
	return list
}

// indexOf finds the first row at hand with this number or a greater one.
func (g *grid) indexOf(no uint32) int {
	// Nearly always it is the one looked at last, or the one after it.
	for i := g.hint; i < min(g.hint+2, len(g.rows)); i++ {
		if g.rows[i].no >= no && (i == 0 || g.rows[i-1].no < no) {
			g.hint = i
			return i
		}
	}
	g.hint = sort.Search(len(g.rows), func(i int) bool { return g.rows[i].no >= no })
	return g.hint
}

// next finds the first filled row with this number or a greater one, nil at the end of the sheet.
func (g *grid) next(no uint32) *gridRow {
	i := g.indexOf(no)
	for i == len(g.rows) && g.more() {
		i = g.indexOf(no)
	}
	if i == len(g.rows) {
		return nil
	}
	return &g.rows[i]
}

// row finds a row by its number, nil when it is blank or was let go.
func (g *grid) row(no uint32) *gridRow {
	if r := g.next(no); r != nil && r.no == no {
		return r
	}
	return nil
}

// from walks over the filled rows from a number on.
func (g *grid) from(no uint32) iter.Seq[*gridRow] {
	return func(yield func(*gridRow) bool) {
		for r := g.next(no); r != nil && yield(r); r = g.next(r.no + 1) {
		}
	}
}

// origin is the row a merge begins on.
func (g *grid) origin(m area) *gridRow {
	if r := g.row(m.top); r != nil {
		return r
	}
	if kept, ok := g.upper[m.top]; ok {
		return &kept
	}
	return nil
}

// merged gives the merge a cell lies in.
func (g *grid) merged(row uint32, col int) (area, bool) {
	if len(g.merges) == 0 {
		return area{}, false
	}
	if g.mergeAt == nil {
		g.mergeAt = map[uint32][]int32{}
		for i, m := range g.merges {
			for block := m.top / mergeBlock; block <= m.bottom/mergeBlock; block++ {
				g.mergeAt[block] = append(g.mergeAt[block], int32(i))
			}
		}
	}
	for _, i := range g.mergeAt[row/mergeBlock] {
		if g.merges[i].has(row, col) {
			return g.merges[i], true
		}
	}
	return area{}, false
}

// value gives the cell that speaks for a place: the cell itself, or the upper left one of its merge, and that one's row.
func (g *grid) value(r *gridRow, col int) (*cell, uint32) {
	if c := r.at(col); c != nil {
		return c, r.no
	}
	m, ok := g.merged(r.no, col)
	if !ok {
		return nil, r.no
	}
	origin := g.origin(m)
	if origin == nil {
		return nil, r.no
	}
	return origin.at(m.left), m.top
}

// columnName is the letter of a 0-based column.
func columnName(col int) string {
	name := ""
	for col++; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}

// address is the name of a cell: C5.
func address(row uint32, col int) string {
	return columnName(col) + strconv.FormatUint(uint64(row), 10)
}

// parseAddress reads C5 into a row and a 0-based column; false for anything else.
func parseAddress(ref string) (row uint32, col int, ok bool) {
	i := 0
	for ; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		col = col*26 + int(ref[i]-'A') + 1
		if col > maxColumns {
			return 0, 0, false
		}
	}
	n, err := strconv.ParseUint(ref[i:], 10, 32)
	if i == 0 || err != nil || n == 0 || n > maxRows {
		return 0, 0, false
	}
	return uint32(n), col - 1, true
}

// Limits of a sheet: those of the file format itself.
const (
	maxRows    = 1_048_576
	maxColumns = 16_384
	maxText    = 32_767
)
