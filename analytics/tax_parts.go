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

// taxWords tell the industry of payers whose rows do not say it, by the newest lines among the tenants.
type taxWords struct {
	of   map[uint64]string // by the number of a code, or of a name that has no other
	bare map[uint64]string // by the number of a name that no line has a code for
}

func (w *taxWords) word(p *taxPayer) string {
	if word := w.of[p.firm]; word != "" {
		return word
	}
	return w.bare[p.nameID]
}

// fillIndustries tells which industries the year to date is of. The word is the one the rows state, else that of the tenants.
func (ans *TaxAnswer) fillIndustries(paid *paidLines, words *taxWords) {
	// Firms of one word, as nearly all are, are added up by it; one of several words counts once in each industry.
	alike, several := map[string]*taxSum{}, map[int]map[string]*taxSum{}
	sumOf := func(sums map[string]*taxSum, word string) *taxSum {
		if sums[word] == nil {
			sums[word] = &taxSum{}
		}
		return sums[word]
	}
	for i := range paid.payers {
		p := paid.payers[i]
		if p.several {
			several[i] = map[string]*taxSum{}
			continue
		}
		s := sumOf(alike, cmp.Or(p.trade, words.word(p)))
		if s.taxPaid = s.plus(p.taxPaid); p.this.said {
			s.firms++
		}
	}
	for i, firm := range paid.at {
		if sums := several[firm]; sums != nil {
			l := paid.lines[i]
			s := sumOf(sums, cmp.Or(l.trade, words.word(paid.payers[firm])))
			s.taxPaid = s.plus(l.paid())
		}
	}
	in := industries{at: map[string]int{}}
	for word, s := range alike {
		in.add(word, s.taxPaid, s.firms)
	}
	for _, sums := range several {
		counted := map[int]bool{}
		for word, s := range sums {
			at := in.add(word, s.taxPaid, 0)
			if s.this.said && !counted[at] {
				counted[at] = true
				in.list[at].firms++
			}
		}
	}
	ans.IndustryEdition = IndustryEdition(ans.Year)
	for _, one := range in.list {
		s := ans.share(one.name, 0, &one.taxSum)
		s.Section, s.Words = one.section, one.words
		slices.Sort(s.Words)
		ans.ByIndustry = append(ans.ByIndustry, s)
	}
	ans.ByIndustry = slices.DeleteFunc(ans.ByIndustry, func(s TaxShare) bool { return s.Companies == 0 })
	slices.SortFunc(ans.ByIndustry, func(x, y TaxShare) int {
		return cmp.Or(y.TaxYuan.Cmp(x.TaxYuan), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Section, y.Section))
	})
}

// industries add up tax by section, or by the sheets' own word where that names none.
type industries struct {
	list []industry
	at   map[string]int // by word
}

type industry struct {
	name, section string
	words         []string
	taxSum
}

// add puts tax of a word to its industry, whose place it gives.
func (in *industries) add(word string, paid taxPaid, firms int) int {
	at, known := in.at[word]
	if !known {
		at = in.place(word)
		in.at[word] = at
		if word != "" {
			in.list[at].words = append(in.list[at].words, word)
		}
	}
	s := &in.list[at]
	s.taxPaid, s.firms = s.plus(paid), s.firms+firms
	return at
}

// place finds the industry of a word or begins it.
func (in *industries) place(word string) int {
	letter, known := SectionOf(word)
	name := word
	switch {
	case known:
		name = SectionName(letter, text.Zh)
	case word == "":
		name = text.T("economy.no_industry").In(text.Zh)
	}
	at := slices.IndexFunc(in.list, func(s industry) bool { return s.name == name && s.section == letter })
	if at < 0 {
		at = len(in.list)
		in.list = append(in.list, industry{name: name, section: letter})
	}
	return at
}

// toldOf keeps the payers that are told of one by one: who paid most and, while the same months are comparable, who came, went or fell.
func (t Thresholds) toldOf(payers []*taxPayer, comparable bool) []*taxPayer {
	least := leastOfMost(payers, topPayers)
	list := []*taxPayer{}
	for _, p := range payers {
		moved := comparable && ((p.this.sign() > 0) != (p.last.sign() > 0) || p.this.said && p.fell(t.PayerFallLeast, t.PayerFallYellow))
		if moved || p.this.cmp(least) >= 0 {
			list = append(list, p)
		}
	}
	return list
}

// leastOfMost is what the last of the n payers paid that paid most; null when there are fewer.
func leastOfMost(payers []*taxPayer, n int) amount {
	var most []amount // the largest first
	for _, p := range payers {
		this := p.this
		if len(most) == n && this.cmp(most[n-1]) <= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(most, this, func(x, y amount) int { return y.cmp(x) })
		most = slices.Insert(most, at, this)[:min(len(most)+1, n)]
	}
	if len(most) < n {
		return amount{}
	}
	return most[n-1]
}
