package analytics

import (
	"context"

	"taizhang/ledger"
)

// The indicators of yearly sheets that speak of the same things as the registers.
const (
	TaxIndicator        = "税收收入"
	investmentIndicator = "招商引资"
)

const (
	topPayers     = 20  // listed
	concentrateOn = 5   // payers whose share is the concentration (税收集中度)
	partsListed   = 200 // of a kind, such as buildings
)

// Tax answers what tax came in a year, on one basis, against the same months of the year before.
func (a *Analytics) Tax(ctx context.Context, q Question) (*TaxAnswer, error) {
	ctx = Asking(ctx)
	var paid *paidLines
	var words *taxWords
	var kinds map[string]taxPaid
	ans, err := a.taxOf(ctx, q, func(book *taxBook) error {
		asked := linesAsked{byTrade: true, byKind: !book.kindsTold()}
		if !asked.byKind {
			asked.kinds = book.kinds
		}
		return together(
			func() error {
				lines, err := a.taxLines(ctx, q, book, asked)
				if err != nil {
					return err
				}
				paid = payersOf(lines)
				words, err = a.readWords(ctx, q, lines)
				return err
			},
			func() (err error) { kinds, err = a.readKinds(ctx, q, book); return err },
			func() error { _, err := a.readRegister(ctx, q, ""); return err }, // for namePayers
		)
	})
	if err != nil {
		return nil, err
	}
	_ = together(
		func() error { ans.fillKinds(paid, kinds); ans.fillPlaces(paid); return nil },
		func() error { ans.fillIndustries(paid, words); return nil },
	)
	ans.fillBreak(ans.book.compared(ans.Year))
	return ans, a.fillPayers(ctx, q, ans, paid.payers)
}

// taxPayers answers the year and its payers, without the parts: what alerts are raised by.
func (a *Analytics) taxPayers(ctx context.Context, q Question) (*TaxAnswer, error) {
	var paid *paidLines
	ans, err := a.taxOf(ctx, q, func(book *taxBook) error {
		lines, err := a.taxOfAll(ctx, q, book, "")
		paid = payersOf(lines)
		return err
	})
	if err != nil {
		return nil, err
	}
	return ans, a.fillPayers(ctx, q, ans, paid.payers)
}

// taxYear answers the year, its months, its target and its ranks: what the cockpit shows, without the parts and the payers.
func (a *Analytics) taxYear(ctx context.Context, q Question) (*TaxAnswer, error) {
	return a.taxOf(ctx, q, func(*taxBook) error { return nil })
}

// taxOf is taxYear beside what else is read of its book.
func (a *Analytics) taxOf(ctx context.Context, q Question, beside func(*taxBook) error) (*TaxAnswer, error) {
	sift, err := a.taxSift(ctx, q)
	if err != nil {
		return nil, err
	}
	book, err := a.taxBookOf(ctx, q, sift)
	if err != nil {
		return nil, err
	}
	book.through = q.Month
	ans := &TaxAnswer{Year: q.YearOr(), Basis: basisName(book.basis), Bases: book.bases, MissingMonths: []string{}, Part: sift.part, book: book,
		ByType: []TaxShare{}, ByBuilding: []TaxShare{}, ByIndustry: []TaxShare{}, Top: []TaxPayer{},
		NewPayers: TaxMovement{Payers: []TaxPayer{}}, LostPayers: TaxMovement{Payers: []TaxPayer{}}}
	ans.fillYear(book)
	ans.fillMonths(book)
	ans.fillYears(book)
	return ans, together(
		func() (err error) {
			ans.Stamp, err = a.stamp(ctx, q, book.label(), "tax", "targets", "ranks", "curves", "tenants")
			return err
		},
		func() error { return a.fillTaxTarget(ctx, q, book.basis, ans) },
		func() error { return beside(book) },
	)
}

// fillYear works out the year to date and its growth.
func (ans *TaxAnswer) fillYear(book *taxBook) {
	set := book.compared(ans.Year)
	through := set.last()
	ans.covered = book.covered(ans.Year).last()
	ans.Through = monthName(ans.Year, through)
	for m := 1; m <= through; m++ {
		if !set[m] {
			ans.MissingMonths = append(ans.MissingMonths, monthName(ans.Year, m))
		}
	}
	ans.YearToDateYuan, ans.LastYearToDateYuan = book.sum(ans.Year, set), book.sum(ans.Year-1, set)
	ans.GrowthPercent = GrowthPercent(ans.LastYearToDateYuan, ans.YearToDateYuan)
	ans.DeltaYuan = ans.YearToDateYuan.Sub(ans.LastYearToDateYuan)
	ans.LeftOut = []TaxPeriod{}
	for _, s := range book.leftOut[ans.Year] {
		ans.LeftOut = append(ans.LeftOut, TaxPeriod{monthName(ans.Year, s.from()), s.months, s.yuan})
	}
}

// earlierYears is how many years before the one asked for stand beside its months.
const earlierYears = 3

// fillMonths sets the months beside those of the years before; their running totals go on to December.
func (ans *TaxAnswer) fillMonths(book *taxBook) {
	this, last := ans.Year, ans.Year-1
	set := book.compared(this)
	compared := set
	for m := set.last() + 1; m <= 12; m++ {
		compared[m] = true
	}
	for m := 1; m <= 12; m++ {
		row := TaxMonth{Month: monthName(this, m), LastYearYuan: book.month(last, m), LastYearCumulativeYuan: book.sum(last, compared.upTo(m)),
			Earlier: []TaxEarlier{}}
		if set[m] {
			row.TaxYuan, row.CumulativeYuan = book.month(this, m), book.sum(this, set.upTo(m))
		}
		for y := last; y > this-1-earlierYears; y-- {
			if len(book.years[y]) > 0 {
				row.Earlier = append(row.Earlier, TaxEarlier{y, book.month(y, m), book.sum(y, compared.upTo(m))})
			}
		}
		row.GrowthPercent = GrowthPercent(row.LastYearYuan, row.TaxYuan)
		row.CumulativeGrowthPercent = GrowthPercent(row.LastYearCumulativeYuan, row.CumulativeYuan)
		ans.Months = append(ans.Months, row)
	}
}

func (ans *TaxAnswer) fillYears(book *taxBook) {
	ans.Years = []TaxYear{}
	for _, year := range sortedKeys(book.years) {
		set := book.covered(year)
		ans.Years = append(ans.Years, TaxYear{year, book.sum(year, set), set.count(), book.growth(year)})
	}
}

// fillTaxTarget finds the target with its time progress and the ranks. They belong to the whole area: a part of it has none.
func (a *Analytics) fillTaxTarget(ctx context.Context, q Question, basis string, ans *TaxAnswer) error {
	ans.Ranks = []IndicatorRank{}
	if ans.Part != nil {
		return nil
	}
	var curves curveList
	var targets targetList
	var ranks map[string][]IndicatorRank
	err := together(
		func() (err error) { curves, err = a.curves(ctx, q); return err },
		func() (err error) { targets, err = a.targets(ctx, q); return err },
		func() (err error) { ranks, err = a.ranks(ctx, q); return err },
	)
	if err != nil {
		return err
	}
	ans.TargetYuan = targets.find(TaxIndicator, ans.Year, basis, "元")
	ans.CompletionPercent = Percent(ans.YearToDateYuan, ans.TargetYuan)
	curve := curves.find(TaxIndicator, ans.Year, basis)
	ans.CustomCurve = curve.stated()
	if ans.Through != "" {
		ans.TimePercent = curve.percent(completeMonth(ans.Year, int(dayOfMonth(ans.Through).Month()), q.Clock.Asof))
	}
	for i := range ans.Months {
		ans.Months[i].TargetYuan = ans.TargetYuan.Mul(curve.percent(i + 1)).Div(hundred)
	}
	if len(ans.MissingMonths) == 0 {
		ans.AheadPoints = ans.CompletionPercent.Sub(ans.TimePercent)
	}
	for _, r := range ranks[ledger.NameKey(TaxIndicator)] {
		if r.Year <= ans.Year {
			ans.Ranks = append(ans.Ranks, r)
			ans.Rank, ans.RankOf, ans.RankYear = r.Rank, r.Population, r.Year
		}
	}
	return nil
}

// fillTop lists who paid most, and works out the share of the first few.
func (ans *TaxAnswer) fillTop() {
	for _, p := range ans.payers {
		if !p.TaxYuan.Valid() || len(ans.Top) == topPayers {
			break // those with tax this year come first
		}
		if len(ans.Top) < concentrateOn {
			ans.Top5Yuan = ans.Top5Yuan.OrZero().Add(p.TaxYuan)
		}
		ans.Top = append(ans.Top, p)
	}
	ans.ConcentrationPercent = Percent(ans.Top5Yuan, ans.YearToDateYuan)
}
