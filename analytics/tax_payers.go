package analytics

import (
	"cmp"
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// taxPayer is one company's tax in the months compared, under one word for its industry; null where it has no row.
type taxPayer struct {
	firm, name string
	this, last ledger.Decimal
}

// fillPayers reads everybody with tax in the months compared: who came, who went, and which industries they are of.
func (a *Analytics) fillPayers(ctx context.Context, q Question, ans *TaxAnswer) error {
	ans.IndustryEdition = IndustryEdition(ans.Year)
	firms, order, seen := map[string]*taxPayer{}, []*taxPayer{}, map[string]bool{}
	err := a.each(ctx, "Tax.Payers", q, ans.book.params(ans.Year), func(rows driver.Rows) error {
		var p taxPayer
		var stated, told string
		if err := rows.Scan(&p.firm, &p.name, &stated, &told, &p.this, &p.last); err != nil {
			return err
		}
		ans.addIndustry(cmp.Or(stated, told), p, seen)
		if one := firms[p.firm]; one != nil {
			one.this, one.last = plus(one.this, p.this), plus(one.last, p.last)
			return nil
		}
		firms[p.firm] = &p
		order = append(order, &p)
		return nil
	})
	if err != nil {
		return err
	}
	ans.settleIndustries()
	for _, p := range order {
		ans.payers = append(ans.payers, ans.payer(p))
	}
	slices.SortStableFunc(ans.payers, func(x, y TaxPayer) int { return cmp.Or(y.TaxYuan.Cmp(x.TaxYuan), cmp.Compare(x.Company, y.Company)) })
	ans.fillTop()
	ans.NewPayers, ans.LostPayers = taxMovements(ans.payers, ans.LastYearToDateYuan.Valid() && ans.YearToDateYuan.Valid())
	return nil
}

func (ans *TaxAnswer) payer(p *taxPayer) TaxPayer {
	return TaxPayer{p.name, p.this, Percent(p.this, ans.YearToDateYuan), p.last, GrowthPercent(p.last, p.this)}
}

// settleIndustries drops industries with tax last year alone, as the other parts do, and puts the largest first.
func (ans *TaxAnswer) settleIndustries() {
	ans.ByIndustry = slices.DeleteFunc(ans.ByIndustry, func(s TaxShare) bool { return s.Companies == 0 })
	for i := range ans.ByIndustry {
		s := &ans.ByIndustry[i]
		s.SharePercent, s.ChangePercent = Percent(s.TaxYuan, ans.YearToDateYuan), GrowthPercent(s.LastYearYuan, s.TaxYuan)
		slices.Sort(s.Words)
	}
	slices.SortStableFunc(ans.ByIndustry, func(x, y TaxShare) int {
		return cmp.Or(y.TaxYuan.Cmp(x.TaxYuan), cmp.Compare(x.Name, y.Name))
	})
}

// taxMovements tells the new payers and the lost ones. Who paid in sum more than nothing is a payer: refunds alone make none, and who got
// more back than it paid has paid nothing. Without every one of the same months of the year before nobody is new or lost.
func taxMovements(payers []TaxPayer, comparable bool) (came, went TaxMovement) {
	came.Payers, went.Payers = []TaxPayer{}, []TaxPayer{}
	if !comparable {
		return came, went
	}
	came.Count, came.Yuan, went.Count, went.Yuan = ledger.Int(0), ledger.Int(0), ledger.Int(0), ledger.Int(0)
	one := ledger.Int(1)
	for _, p := range payers {
		pays, paid := p.TaxYuan.Sign() > 0, p.LastYearYuan.Sign() > 0
		switch {
		case pays && !paid:
			came.Count, came.Yuan, came.Payers = came.Count.Add(one), came.Yuan.Add(p.TaxYuan), append(came.Payers, p)
		case paid && !pays:
			went.Count, went.Yuan, went.Payers = went.Count.Add(one), went.Yuan.Add(p.LastYearYuan), append(went.Payers, p)
		}
	}
	slices.SortStableFunc(came.Payers, func(x, y TaxPayer) int { return cmp.Or(y.TaxYuan.Cmp(x.TaxYuan), cmp.Compare(x.Company, y.Company)) })
	slices.SortStableFunc(went.Payers, func(x, y TaxPayer) int {
		return cmp.Or(y.LastYearYuan.Cmp(x.LastYearYuan), cmp.Compare(x.Company, y.Company))
	})
	return came, went
}
