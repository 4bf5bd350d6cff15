package analytics

import (
	"cmp"
	"slices"

	"taizhang/ledger"
)

// firmSums add firms up while there are many.
type firmSums struct {
	firms, watched, several     int64
	reasons                     [8]int64 // by the bit of each
	watchedM2, hqM2             amount
	tax, localTax, hqTax, stake amount
}

// add counts a firm in a building; its tax counts once however many buildings it is in.
func (s *firmSums) add(f *firmHere, once bool) {
	s.firms++
	s.count(f.why.count())
	for i := range WatchReasons {
		s.reasons[i] += int64(f.why >> i & 1)
	}
	hq, watched := f.few.headquarters != "", f.why != 0
	if hq {
		s.hqM2 = s.hqM2.plus(f.area)
	}
	if watched {
		s.watchedM2 = s.watchedM2.plus(f.area)
	}
	if !once {
		return
	}
	s.tax = s.tax.plus(f.paid.this)
	if f.localTax == toldYes {
		s.localTax = s.localTax.plus(f.paid.this)
	}
	if hq {
		s.hqTax = s.hqTax.plus(f.paid.this)
	}
	if watched {
		s.stake = s.stake.plus(f.paid.this)
	}
}

// count counts a firm among those that may leave.
func (s *firmSums) count(reasons int) {
	if reasons > 0 {
		s.watched++
	}
	if reasons > 1 {
		s.several++
	}
}

// firmAnywhere is a firm wherever it is: in which building its tax counts, the first by its key, and the most reasons it has in one.
type firmAnywhere struct {
	first *firmHere
	most  int
}

func (a *firmAnywhere) add(f *firmHere) {
	a.most = max(a.most, f.why.count())
	if a.first == nil || f.newest.at.key < a.first.newest.at.key {
		a.first = f
	}
}

// onceEach counts each firm once, in several buildings or not.
func (s *firmSums) onceEach(firms []firmAnywhere) {
	s.firms, s.watched, s.several = 0, 0, 0
	for i := range firms {
		if firms[i].first != nil {
			s.firms++
			s.count(firms[i].most)
		}
	}
}

// totals are the sums as an answer gives them.
func (s *firmSums) totals() FirmTotals {
	if s.firms == 0 {
		return FirmTotals{Reasons: map[string]int64{}}
	}
	t := FirmTotals{Firms: s.firms, Watched: s.watched, Several: s.several, WatchedM2: s.watchedM2.decimal(), WatchedYuan: s.stake.decimal(), Reasons: map[string]int64{},
		TaxYuan: s.tax.decimal(), LocalTaxYuan: s.localTax.decimal(), HQYuan: s.hqTax.decimal(), HQM2: s.hqM2.decimal()}
	for i, name := range WatchReasons {
		t.Reasons[name] = s.reasons[i]
	}
	t.LocalTaxPercent, t.HQPercent = Percent(t.LocalTaxYuan, t.TaxYuan), Percent(t.HQYuan, t.TaxYuan)
	return t
}

// topFirms keeps the first of many firms by weight and tax: of 200,000 a page lists 50.
type topFirms struct {
	limit  int
	weight func(*firmHere) int
	list   []*firmHere // the first of all met, and some more
	last   *firmHere   // the last that has a place, once there are enough
}

func (t *topFirms) compare(x, y *firmHere) int {
	if c := cmp.Compare(t.weight(y), t.weight(x)); c != 0 {
		return c
	}
	if c := cmp.Or(y.paid.this.cmp(x.paid.this), y.area.cmp(x.area)); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(x.newest.at.key, y.newest.at.key), cmp.Compare(x.newest.firm.key, y.newest.firm.key))
}

func (t *topFirms) add(f *firmHere) {
	if t.last != nil && t.compare(f, t.last) > 0 {
		return
	}
	if t.list = append(t.list, f); len(t.list) >= 2*t.limit {
		t.cut()
		t.last = t.list[len(t.list)-1]
	}
}

// cut leaves the firms that have a place, in order.
func (t *topFirms) cut() {
	slices.SortFunc(t.list, t.compare)
	t.list = t.list[:min(len(t.list), t.limit)]
}

// listed gives the firms in order, the greatest weight and tax first, with what a list says of them.
func (t *topFirms) listed(today epochDay, all ledger.Decimal) []BuildingFirm {
	t.cut()
	list := make([]BuildingFirm, len(t.list))
	for i, f := range t.list {
		list[i] = f.listed(today, all)
	}
	return list
}
