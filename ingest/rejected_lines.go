package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"taizhang/internal/wording"
	"taizhang/ledger"
)

// rejectedLine is a line of a sheet of which at least one row was rejected.
type rejectedLine struct {
	no    uint32
	rows  []int // of the sheet, rejected
	day   time.Time
	good  map[int]bool // columns whose rows were not rejected
	blank []int        // columns of fields the line leaves empty
}

// rejectedLines finds the lines to hand back, in the order of the sheet. A
// schedule with one bad node goes back whole: its other nodes name that one.
func rejectedLines(s *Sheet) []rejectedLine {
	bad := wholeGroups(s)
	lines := map[uint32]*rejectedLine{}
	for i, row := range s.Rows.All() {
		if !bad(i) {
			continue
		}
		line := lines[row.SheetRow]
		if line == nil {
			line = &rejectedLine{no: row.SheetRow, day: row.Effective, good: map[int]bool{}}
			lines[row.SheetRow] = line
		}
		line.rows = append(line.rows, i)
	}
	if value := s.Dataset.Pivot.Value; value != "" && len(lines) > 0 && !s.frame.running {
		for i, row := range s.Rows.All() {
			if line := lines[row.SheetRow]; line != nil && !bad(i) {
				if _, col, ok := parseAddress(s.Cell(i, value)); ok {
					line.good[col] = true
				}
			}
		}
	}
	var list []rejectedLine
	for _, line := range lines {
		list = append(list, *line)
	}
	slices.SortFunc(list, func(a, b rejectedLine) int { return cmp.Compare(a.no, b.no) })
	return list
}

// wholeGroups adds to the rejected rows those of the same plan.
func wholeGroups(s *Sheet) func(i int) bool {
	bad := s.Bad.Has
	for _, c := range s.Dataset.SetChecks {
		rule, ok := c.Rule.(ledger.Acyclic)
		if !ok || s.Bad.Len() == 0 {
			continue
		}
		group := func(row ledger.Row) string {
			return wording.NameKey(fmt.Sprint(row.Values[s.Dataset.Index(rule.Group)]))
		}
		groups := map[string]bool{}
		for i, row := range s.Rows.All() {
			if s.Bad.Has(i) {
				groups[group(row)] = true
			}
		}
		bad = func(i int) bool { return groups[group(s.Rows.Row(i))] }
	}
	return bad
}

// cells are the line's cells as they must stand alone: what other lines told is written out, what was loaded or adds up is left out.
func (line *rejectedLine) cells(g *grid, s *Sheet, r *gridRow) []cell {
	var list []cell
	for _, c := range r.cells {
		if line.good[c.col] || slices.Contains(s.frame.besides, c.col) {
			continue
		}
		if c.kind == cellText && wording.IsSame(c.text) {
			c = above(g, r.no, c)
		}
		list = append(list, c)
	}
	row := s.Rows.Row(line.rows[0])
	for j, column := range s.Sources[row.Source].Columns {
		_, col, ok := parseAddress(column + "1")
		if !ok || strings.ContainsAny(column, "0123456789") || r.at(col) != nil {
			continue
		}
		if j < len(row.Rows) && row.Rows[j] != row.SheetRow {
			if c, _ := g.value(r, col); c != nil {
				told := *c
				told.col = col
				list = append(list, told)
				continue
			}
		}
		line.blank = append(line.blank, col)
	}
	return list
}

// above is what 同上 stands for: the nearest cell above that says something itself.
func above(g *grid, no uint32, c cell) cell {
	for i := len(g.rows) - 1; i >= 0; i-- {
		r := &g.rows[i]
		if r.no >= no {
			continue
		}
		if up, _ := g.value(r, c.col); up != nil && !(up.kind == cellText && wording.IsSame(up.text)) {
			told := *up
			told.col = c.col
			return told
		}
	}
	return c
}
