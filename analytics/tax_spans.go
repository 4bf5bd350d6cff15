package analytics

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"taizhang/ledger"
)

// taxSpan is the tax of a period of whole months.
type taxSpan struct {
	first  time.Time
	months int
	yuan   ledger.Decimal
}

func (s taxSpan) from() int { return int(s.first.Month()) }
func (s taxSpan) to() int   { return s.from() + s.months - 1 }

// monthSet is a set of months of a year; index 0 is unused.
type monthSet [13]bool

// upTo keeps the months up to m.
func (s monthSet) upTo(m int) monthSet {
	for i := m + 1; i <= 12; i++ {
		s[i] = false
	}
	return s
}

// through adds the months from January to m.
func (s monthSet) through(m int) monthSet {
	for i := 1; i <= m; i++ {
		s[i] = true
	}
	return s
}

func (s monthSet) count() int {
	n := 0
	for _, in := range s {
		if in {
			n++
		}
	}
	return n
}

// last is the last month of the set, 0 when it is empty.
func (s monthSet) last() int {
	for m := 12; m > 0; m-- {
		if s[m] {
			return m
		}
	}
	return 0
}

// take sorts the periods into years: single months first, longer periods only where no month of theirs stands alone.
func (b *taxBook) take(spans []taxSpan) {
	slices.SortStableFunc(spans, func(x, y taxSpan) int { return cmp.Compare(x.months, y.months) })
	for _, s := range spans {
		year := s.first.Year()
		covered := b.covered(year)
		free := s.months >= 1 && s.to() <= 12
		for m := s.from(); free && m <= s.to(); m++ {
			free = !covered[m]
		}
		if free {
			b.years[year] = append(b.years[year], s)
		} else {
			b.leftOut[year] = append(b.leftOut[year], s)
		}
	}
}

// covered are the months of a year with data.
func (b *taxBook) covered(year int) monthSet {
	var set monthSet
	for _, s := range b.years[year] {
		for m := s.from(); m <= s.to(); m++ {
			set[m] = true
		}
	}
	return set
}

// periods are the periods that make up exactly the months of a set; false when the record cannot tell them apart.
func (b *taxBook) periods(year int, set monthSet) ([]taxSpan, bool) {
	list, months := []taxSpan{}, 0
	for _, s := range b.years[year] {
		inside := 0
		for m := s.from(); m <= s.to(); m++ {
			if set[m] {
				inside++
			}
		}
		if inside == s.months {
			list = append(list, s)
			months += inside
		} else if inside > 0 {
			return nil, false
		}
	}
	return list, months == set.count() && months > 0
}

// sum is the tax of exactly the months of a set, null when one of them is not loaded.
func (b *taxBook) sum(year int, set monthSet) ledger.Decimal {
	list, ok := b.periods(year, set)
	if !ok {
		return ledger.Null
	}
	total := ledger.Int(0)
	for _, s := range list {
		total = total.Add(s.yuan)
	}
	return total
}

// month is the tax of a single month, null when it is not loaded as one.
func (b *taxBook) month(year, m int) ledger.Decimal {
	var set monthSet
	set[m] = true
	return b.sum(year, set)
}

// growth compares the months of a year that are loaded with the same months of the year before.
func (b *taxBook) growth(year int) ledger.Decimal {
	set := b.covered(year)
	return GrowthPercent(b.sum(year-1, set), b.sum(year, set))
}

// params are the periods of the year to date and the same of the year before, for statements that divide them up.
// Months that are not all loaded are left out altogether, since a part would be held against fewer months than it has.
func (b *taxBook) params(year int) ledger.Params {
	set := b.compared(year)
	this, _ := b.periods(year, set)
	last, same := b.periods(year-1, set)
	if !same {
		last = nil
	}
	params := b.sift.params()
	params["basis"], params["this"], params["last"], params["mixed"] = b.basis, spanList(this), spanList(last), spanList(b.mixed)
	return params
}

// compared are the months of the year to date: those with data up to the month asked for.
func (b *taxBook) compared(year int) monthSet {
	set := b.covered(year)
	if b.through > 0 {
		set = set.upTo(b.through)
	}
	return set
}

// spanList writes periods as a bound Array(Tuple(Date32, Int64)).
func spanList(spans []taxSpan) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = fmt.Sprintf("('%s',%d)", s.first.Format(time.DateOnly), s.months)
	}
	return "[" + strings.Join(parts, ",") + "]"
}
