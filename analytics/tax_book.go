package analytics

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// taxBook is the tax of one basis by period, from which years and months are compared.
type taxBook struct {
	basis   string // as in the record, empty when unstated
	bases   []TaxBasis
	guessed bool // several bases and none was asked for
	years   map[int][]taxSpan
	leftOut map[int][]taxSpan
	mixed   []taxSpan // periods with rows by tax type and undivided ones
	kinds   []string  // the types of tax there are, in order; of a part of the area they are not told
	sift    taxSift   // the part that all sums are of
	through int       // the last month of the year asked for that is compared; 0: every month there is
}

// taxPeriod is what the record holds of a period on one basis.
type taxPeriod struct {
	taxSpan
	basis       string
	rows, typed uint64
	kinds       []string // the types of its rows; not told of a part of the area
}

// taxBook reads the periods of the basis a question is asked on.
func (a *Analytics) taxBook(ctx context.Context, q Question) (*taxBook, error) {
	return a.taxBookOf(ctx, q, taxSift{})
}

// taxBookOf reads the periods of a part of the area. Which months are loaded is a matter of the whole record: a part without a row in a
// loaded month paid nothing then.
func (a *Analytics) taxBookOf(ctx context.Context, q Question, sift taxSift) (*taxBook, error) {
	periods, err := a.taxPeriods(ctx, q, sift)
	if err != nil {
		return nil, err
	}
	b := &taxBook{years: map[int][]taxSpan{}, leftOut: map[int][]taxSpan{}, bases: basesOf(periods), sift: sift}
	if err := b.choose(q.Basis); err != nil {
		return nil, err
	}
	spans := []taxSpan{}
	for _, p := range periods {
		if p.basis == b.basis {
			b.kinds = append(b.kinds, p.kinds...)
		}
		switch {
		case p.basis != b.basis || !p.yuan.Valid():
		case p.typed > 0 && p.typed < p.rows:
			b.mixed = append(b.mixed, p.taxSpan)
		default:
			spans = append(spans, p.taxSpan)
		}
	}
	slices.Sort(b.kinds)
	b.kinds = slices.Compact(b.kinds)
	more, err := a.mixedSpans(ctx, q, b)
	b.take(append(spans, more...))
	return b, err
}

// taxPeriods reads what there is of each period on each basis: of all the area from the sums that are kept with the batches, of a part of it
// from the rows.
func (a *Analytics) taxPeriods(ctx context.Context, q Question, sift taxSift) ([]taxPeriod, error) {
	of, name, params := ofClock(q), "Tax.Sums", ledger.Params{}
	if sift.part != nil {
		name, params = "Tax.Periods", sift.params()
		of.Building, of.Industry = sift.part.Building, sift.part.Industry
	}
	return once(ctx, partOf{"tax periods", of}, func() ([]taxPeriod, error) {
		periods := []taxPeriod{}
		err := a.each(ctx, name, ofClock(q), params, func(rows driver.Rows) error {
			var p taxPeriod
			var months int64
			into := []any{&p.basis, &p.first, &months, &p.rows, &p.typed, &p.yuan}
			if sift.part == nil {
				into = append(into, &p.kinds)
			}
			err := rows.Scan(into...)
			p.months = int(months)
			periods = append(periods, p)
			return err
		})
		return periods, err
	})
}

// mixedSpans adds up the periods in which a company may stand both by tax type and undivided; mostly there are none.
func (a *Analytics) mixedSpans(ctx context.Context, q Question, b *taxBook) ([]taxSpan, error) {
	if len(b.mixed) == 0 {
		return nil, nil
	}
	spans := []taxSpan{}
	params := b.sift.params()
	params["basis"], params["mixed"] = b.basis, spanList(b.mixed)
	err := a.each(ctx, "Tax.Mixed", q, params, func(rows driver.Rows) error {
		var s taxSpan
		var months int64
		err := rows.Scan(&s.first, &months, &s.yuan)
		s.months = int(months)
		spans = append(spans, s)
		return err
	})
	return b.unpaid(spans), err
}

// unpaid adds the mixed periods in which the part asked for paid nothing: they are loaded all the same.
func (b *taxBook) unpaid(spans []taxSpan) []taxSpan {
	for _, s := range b.mixed {
		found := slices.ContainsFunc(spans, func(o taxSpan) bool { return o.first.Equal(s.first) && o.months == s.months })
		if b.sift.part != nil && !found {
			spans = append(spans, taxSpan{s.first, s.months, ledger.Int(0)})
		}
	}
	return spans
}

// basesOf counts the rows of each basis, the one with the most rows first.
func basesOf(periods []taxPeriod) []TaxBasis {
	rows := map[string]uint64{}
	for _, p := range periods {
		rows[p.basis] += p.rows
	}
	bases := []TaxBasis{}
	for _, basis := range sortedKeys(rows) {
		bases = append(bases, TaxBasis{basis, rows[basis]})
	}
	slices.SortStableFunc(bases, func(x, y TaxBasis) int { return cmp.Compare(y.Rows, x.Rows) })
	return bases
}

// choose takes the basis asked for, else the one with the most rows; the name for an unstated basis is the reader's.
func (b *taxBook) choose(asked string) error {
	found := asked == "" || len(b.bases) == 0
	names := []string{}
	for i, basis := range b.bases {
		name := basisName(basis.Basis)
		names = append(names, name)
		if asked != "" && (name == asked || basis.Basis == asked) || asked == "" && i == 0 {
			b.basis, found = basis.Basis, true
		}
		b.bases[i].Basis = name
	}
	b.guessed = asked == "" && len(b.bases) > 1
	if !found {
		return ledger.Fail(ledger.NotFound, text.T("economy.unknown_basis", asked, strings.Join(names, "、")))
	}
	return nil
}

// basisName names a basis; sheets that state none have one of their own.
func basisName(basis string) string {
	if basis == "" {
		return text.T("economy.basis_unstated").In(text.Zh)
	}
	return basis
}

// label is the basis as the foot of a page says it, with how it came to be chosen.
func (b *taxBook) label() string {
	if !b.guessed {
		return basisName(b.basis)
	}
	return text.T("economy.basis_guessed", basisName(b.basis), len(b.bases)).In(text.Zh)
}
