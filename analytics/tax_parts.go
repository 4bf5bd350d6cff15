package analytics

import (
	"cmp"
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
)

// noPlaces are the numbers of what sheets write in the place of a building for a firm that is in none.
var noPlaces = []uint64{0, numberOf("无"), numberOf("未入驻"), numberOf("未入驻楼宇")}

// declaredIn is the number of the building that the tax was declared in, 0 for none.
func (l *taxLine) declaredIn() uint64 {
	if slices.Contains(noPlaces, l.place) {
		return 0
	}
	return l.place
}

// taxSum is the tax of a part in the months compared, and how many firms have rows of this year in it.
type taxSum struct {
	taxPaid
	firms   int
	counted int          // the firm that was counted last
	met     map[int]bool // firms of several names
}

// count counts a firm once. The lines of a name and code stand together, so that only a firm of several names comes up again after others.
func (s *taxSum) count(firm int, names bool) {
	if names {
		if s.met[firm] {
			return
		}
		if s.met == nil {
			s.met = map[int]bool{}
		}
		s.met[firm] = true
	} else if s.counted == firm {
		return
	}
	s.firms, s.counted = s.firms+1, firm
}

// taxBy adds lines up by what of gives for each; a firm counts once in each sum.
func taxBy[K comparable](p *paidLines, of func(*taxLine) K) map[K]*taxSum {
	sums := map[K]*taxSum{}
	for i := range p.lines {
		firm := p.at[i]
		if firm == none {
			continue
		}
		l := p.lines[i]
		part := of(l)
		s := sums[part]
		if s == nil {
			s = &taxSum{counted: none}
			sums[part] = s
		}
		s.taxPaid = s.plus(l.paid())
		if l.has(thisRows) {
			s.count(firm, p.payers[firm].names)
		}
	}
	return sums
}

// share is a part of the year to date.
func (ans *TaxAnswer) share(name string, id uint64, s *taxSum) TaxShare {
	this, last := s.this.decimal(), s.last.decimal()
	return TaxShare{Name: name, TaxYuan: this, SharePercent: Percent(this, ans.YearToDateYuan), LastYearYuan: last, ChangePercent: GrowthPercent(last, this),
		Companies: int64(s.firms), id: id}
}

// largestParts puts the largest parts first, by name and number where they are alike, and keeps the first partsListed with rows of this year.
func largestParts(parts []TaxShare) []TaxShare {
	parts = slices.DeleteFunc(parts, func(s TaxShare) bool { return s.Companies == 0 })
	slices.SortFunc(parts, func(x, y TaxShare) int {
		return cmp.Or(y.TaxYuan.Cmp(x.TaxYuan), cmp.Compare(x.Name, y.Name), cmp.Compare(x.id, y.id))
	})
	return parts[:min(len(parts), partsListed)]
}

// kindsTold reports whether the types of tax need no lines of their own: their sums are kept with the batches, but of a part of the area or
// with mixed periods, and a line has a bit for each.
func (b *taxBook) kindsTold() bool {
	return b.sift.part == nil && b.sumsTell() && len(b.kinds) <= mostKinds
}

// readKinds reads the tax of the months compared by type, nil where the lines are divided by it.
func (a *Analytics) readKinds(ctx context.Context, q Question, book *taxBook) (map[string]taxPaid, error) {
	if !book.kindsTold() {
		return nil, nil
	}
	kinds := map[string]taxPaid{}
	err := a.each(ctx, "Tax.Kinds", q, book.params(q.YearOr()), func(rows driver.Rows) error {
		var kind string
		var paid taxPaid
		var thisSaid, lastSaid int64
		err := rows.Scan(&kind, &thisSaid, &lastSaid, &paid.this.whole, &paid.this.parts, &paid.last.whole, &paid.last.parts)
		paid.this.said, paid.last.said = thisSaid > 0, lastSaid > 0
		kinds[kind] = paid
		return err
	})
	return kinds, err
}

// ofKinds gives the sums of the types their firms, told by the bits of the lines.
func (p *paidLines) ofKinds(kinds []string, paid map[string]taxPaid) map[string]*taxSum {
	has := make([]uint64, len(p.payers))
	for i, payer := range p.at {
		if payer != none {
			has[payer] |= p.lines[i].kinds
		}
	}
	sums := map[string]*taxSum{}
	for i, kind := range kinds {
		s := &taxSum{taxPaid: paid[kind]}
		for _, bits := range has {
			if bits&(2<<i) != 0 {
				s.firms++
			}
		}
		sums[kind] = s
	}
	return sums
}

// fillKinds divides the year to date by type of tax; kinds are the sums by type, nil where the lines are divided by it.
func (ans *TaxAnswer) fillKinds(paid *paidLines, kinds map[string]taxPaid) {
	sums := paid.ofKinds(ans.book.kinds, kinds)
	if kinds == nil {
		sums = taxBy(paid, func(l *taxLine) string { return l.kind })
	}
	for kind, s := range sums {
		ans.ByType = append(ans.ByType, ans.share(kind, 0, s))
	}
	ans.ByType = largestParts(ans.ByType)
	for i := range ans.ByType {
		ans.ByType[i].Name = cmp.Or(ans.ByType[i].Name, text.T("economy.all_types").In(text.Zh))
	}
}

// fillPlaces divides the year to date by building, which namePayers names.
func (ans *TaxAnswer) fillPlaces(paid *paidLines) {
	for place, s := range taxBy(paid, (*taxLine).declaredIn) {
		ans.ByBuilding = append(ans.ByBuilding, ans.share("", place, s))
	}
	ans.ByBuilding = largestParts(ans.ByBuilding)
}
