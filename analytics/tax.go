package analytics

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// The indicators of yearly sheets that speak of the same things as the registers.
const (
	taxIndicator        = "税收收入"
	investmentIndicator = "招商引资"
)

const (
	topPayers     = 20  // listed
	concentrateOn = 5   // payers whose share is the concentration (税收集中度)
	partsListed   = 200 // of a kind, such as buildings
)

// Tax answers what tax came in a year, on one basis, against the same months of the year before.
func (a *Analytics) Tax(ctx context.Context, q Question) (*TaxAnswer, error) {
	book, err := a.taxBook(ctx, q)
	if err != nil {
		return nil, err
	}
	ans := &TaxAnswer{Year: q.YearOr(), Basis: basisName(book.basis), Bases: book.bases, MissingMonths: []string{}}
	if ans.Stamp, err = a.stamp(ctx, q, book.label(), "tax", "targets", "ranks"); err != nil {
		return nil, err
	}
	ans.fillYear(book, q.Clock.Asof)
	ans.fillMonths(book)
	ans.fillYears(book)
	if err := a.fillTaxTarget(ctx, q, book.basis, ans); err != nil {
		return nil, err
	}
	return ans, a.fillTaxParts(ctx, q, book, ans)
}

// fillYear works out the year to date and its growth.
func (ans *TaxAnswer) fillYear(book *taxBook, asof time.Time) {
	set := book.covered(ans.Year)
	through := set.last()
	ans.Through = monthName(ans.Year, through)
	for m := 1; m <= through; m++ {
		if !set[m] {
			ans.MissingMonths = append(ans.MissingMonths, monthName(ans.Year, m))
		}
	}
	ans.YearToDateYuan, ans.LastYearToDateYuan = book.sum(ans.Year, set), book.sum(ans.Year-1, set)
	ans.GrowthPercent = GrowthPercent(ans.LastYearToDateYuan, ans.YearToDateYuan)
	ans.DeltaYuan = ans.YearToDateYuan.Sub(ans.LastYearToDateYuan)
	if through > 0 {
		ans.TimePercent = TimePercent(completeMonth(ans.Year, through, asof))
	}
	ans.LeftOut = []TaxPeriod{}
	for _, s := range book.leftOut[ans.Year] {
		ans.LeftOut = append(ans.LeftOut, TaxPeriod{monthName(ans.Year, s.from()), s.months, s.yuan})
	}
}

// fillMonths sets the months beside those of the year before; last year's running total goes on to December.
func (ans *TaxAnswer) fillMonths(book *taxBook) {
	this, last := ans.Year, ans.Year-1
	set := book.covered(this)
	compared := set
	for m := set.last() + 1; m <= 12; m++ {
		compared[m] = true
	}
	for m := 1; m <= 12; m++ {
		row := TaxMonth{Month: monthName(this, m), TaxYuan: book.month(this, m), LastYearYuan: book.month(last, m),
			LastYearCumulativeYuan: book.sum(last, compared.upTo(m))}
		if set[m] {
			row.CumulativeYuan = book.sum(this, set.upTo(m))
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

// fillTaxTarget finds the target and the last known rank.
func (a *Analytics) fillTaxTarget(ctx context.Context, q Question, basis string, ans *TaxAnswer) error {
	targets, err := a.targets(ctx, q)
	if err != nil {
		return err
	}
	ans.TargetYuan = targets.find(taxIndicator, ans.Year, basis, "元")
	ans.CompletionPercent = Percent(ans.YearToDateYuan, ans.TargetYuan)
	if len(ans.MissingMonths) == 0 {
		ans.AheadPoints = ans.CompletionPercent.Sub(ans.TimePercent)
	}
	ranks, err := a.ranks(ctx, q)
	if err != nil {
		return err
	}
	for _, r := range ranks[ledger.NameKey(taxIndicator)] {
		if r.Year <= ans.Year {
			ans.Rank, ans.RankOf, ans.RankYear = r.Rank, r.Population, r.Year
		}
	}
	return nil
}

// fillTaxParts divides the year to date by type, building, industry and company.
func (a *Analytics) fillTaxParts(ctx context.Context, q Question, book *taxBook, ans *TaxAnswer) error {
	ans.ByType, ans.ByBuilding, ans.ByIndustry, ans.Top = []TaxShare{}, []TaxShare{}, []TaxShare{}, []TaxPayer{}
	params := book.params(ans.Year)
	params["limit"] = strconv.Itoa(partsListed)
	err := a.each(ctx, "Tax.Parts", q, params, func(rows driver.Rows) error {
		var part string
		var share TaxShare
		var companies uint64
		if err := rows.Scan(&part, &share.Name, &share.TaxYuan, &share.LastYearYuan, &companies); err != nil {
			return err
		}
		share.Companies = int64(companies)
		share.SharePercent = Percent(share.TaxYuan, ans.YearToDateYuan)
		share.ChangePercent = GrowthPercent(share.LastYearYuan, share.TaxYuan)
		ans.addPart(part, share)
		return nil
	})
	ans.ConcentrationPercent = Percent(ans.Top5Yuan, ans.YearToDateYuan)
	return err
}

func (ans *TaxAnswer) addPart(part string, s TaxShare) {
	switch part {
	case "total":
		ans.Companies = s.Companies
	case "type":
		s.Name = cmp.Or(s.Name, text.T("economy.all_types").In(text.Zh))
		ans.ByType = append(ans.ByType, s)
	case "building":
		s.Name = cmp.Or(s.Name, text.T("economy.no_building").In(text.Zh))
		ans.ByBuilding = append(ans.ByBuilding, s)
	case "industry":
		s.Name = cmp.Or(s.Name, text.T("economy.no_industry").In(text.Zh))
		ans.ByIndustry = append(ans.ByIndustry, s)
	case "company":
		if len(ans.Top) < concentrateOn {
			ans.Top5Yuan = ans.Top5Yuan.OrZero().Add(s.TaxYuan.OrZero())
		}
		payer := TaxPayer{s.Name, s.TaxYuan, s.SharePercent, s.LastYearYuan, s.ChangePercent}
		ans.payers = append(ans.payers, payer)
		if len(ans.Top) < topPayers {
			ans.Top = append(ans.Top, payer)
		}
	}
}

// Table is the months of the year.
func (ans *TaxAnswer) Table() Table {
	t := Table{Columns: []Column{
		{"month", "月份", "Month", ""}, {"tax_yuan", "税收", "Tax", "元"}, {"cumulative_yuan", "累计", "Cumulative", "元"},
		{"last_year_yuan", "上年同月", "Last year", "元"}, {"last_year_cumulative_yuan", "上年同期累计", "Last year, cumulative", "元"},
		{"growth_percent", "同比", "Growth", "%"}, {"cumulative_growth_percent", "累计同比", "Growth, cumulative", "%"},
	}}
	for _, m := range ans.Months {
		t.Rows = append(t.Rows, []any{m.Month, m.TaxYuan, m.CumulativeYuan, m.LastYearYuan, m.LastYearCumulativeYuan, m.GrowthPercent, m.CumulativeGrowthPercent})
	}
	return t
}
