package analytics

import (
	"cmp"
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
)

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

// readWords reads the words for the industries of payers whose rows do not state one; mostly all do.
func (a *Analytics) readWords(ctx context.Context, q Question, lines []*taxLine) (*taxWords, error) {
	w := &taxWords{map[uint64]string{}, map[uint64]string{}}
	if !slices.ContainsFunc(lines, func(l *taxLine) bool { return l.trade == "" && l.compared() }) {
		return w, nil
	}
	return w, a.each(ctx, "Tax.Words", q, nil, func(rows driver.Rows) error {
		var bare bool
		var id uint64
		var word string
		err := rows.Scan(&bare, &id, &word)
		if bare {
			w.bare[id] = word
		} else {
			w.of[id] = word
		}
		return err
	})
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
