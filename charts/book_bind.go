package charts

import (
	"slices"
	"strings"
	"time"

	"taizhang/ledger"
)

// bind finds the columns of the table that a chart's series are, row by row; series that are none become columns of the table.
// False when the chart's places are not the table's rows.
func (s *sheetWriter) bind() bool {
	p := s.plot
	if p.Form != columnsForm && p.Form != rowsForm {
		return false
	}
	from, ok := s.rowsOf(p.Places)
	if !ok {
		return false
	}
	s.first = from
	refs, found := make([]seriesRef, len(p.Series)), 0
	taken := map[int]bool{}
	for i, one := range p.Series {
		refs[i].col = -1
		for c := 1; c < len(s.Columns); c++ {
			if !taken[c] && s.holds(c, one.Values) {
				refs[i], taken[c] = seriesRef{c + 1, s.Columns[c].Unit == percentUnit}, true
				found++
				break
			}
		}
	}
	if found == 0 {
		return false
	}
	for i, one := range p.Series {
		if refs[i].col >= 0 {
			continue
		}
		unit := p.Left
		if one.Second {
			unit = p.Right
		}
		s.Columns = append(s.Columns, BookColumn{Label: one.Name, Unit: lastWord(unit), Places: placesOf(one.Values)})
		for k := range p.Places {
			row := &s.Rows[s.first+k]
			row.Cells = append(padded(row.Cells, len(s.Columns)-1), BookCell{Number: one.Values[k]})
		}
		refs[i] = seriesRef{len(s.Columns), lastWord(unit) == percentUnit}
	}
	s.links = refs
	return true
}

// rowsOf finds the rows that a chart's places are: by their names, or row by row where a chart names all of them in another way (5月 for 2016-05).
func (s *sheetWriter) rowsOf(places []string) (from int, ok bool) {
	var names []string
	for _, r := range s.Rows {
		if r.Sum {
			break
		}
		names = append(names, r.name())
	}
	for ; from+len(places) <= len(names); from++ {
		if slices.Equal(names[from:from+len(places)], places) {
			return from, true
		}
	}
	known := slices.ContainsFunc(places, func(place string) bool { return slices.Contains(names, place) })
	return 0, !known && len(places) == len(names)
}

// name is what a row is about: its first cell.
func (r BookRow) name() string {
	switch {
	case len(r.Cells) == 0:
		return ""
	case !r.Cells[0].Day.IsZero():
		return r.Cells[0].Day.Format(time.DateOnly)
	}
	return r.Cells[0].Text
}

// lastWord is the unit in an axis' name such as "month 万元".
func lastWord(axis string) string {
	words := strings.Fields(axis)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

func padded(cells []BookCell, to int) []BookCell {
	for len(cells) < to {
		cells = append(cells, BookCell{})
	}
	return cells
}

// holds reports whether a column says the same as a series, as far as it is drawn.
func (s *sheetWriter) holds(col int, values []ledger.Decimal) bool {
	some := false
	for i, v := range values {
		var cell BookCell
		if row := s.Rows[s.first+i].Cells; col < len(row) {
			cell = row[col]
		}
		if cell.Number.Valid() != v.Valid() || v.Valid() && cell.Number.Round(4).Cmp(v.Round(4)) != 0 {
			return false
		}
		some = some || v.Valid()
	}
	return some
}

// placesOf is how many decimals, up to two, a column of numbers needs.
func placesOf(values []ledger.Decimal) int {
	most := 0
	for _, v := range values {
		if _, fraction, found := strings.Cut(v.Round(2).String(), "."); found && v.Valid() {
			most = max(most, len(fraction))
		}
	}
	return most
}
