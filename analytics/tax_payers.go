package analytics

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// taxPayer is one company's tax in the months compared; null where it has no row. It is named by number until its name is read.
type taxPayer struct {
	firm, nameID uint64
	this, last   ledger.Decimal
}

// payerLine is what Tax.Payers answers in a row: an industry's word with those that it tells nothing more of, or one payer under one word.
type payerLine struct {
	taxPayer
	part, word string
	several    bool   // the payer has several words
	companies  uint64 // with a row this year
}

func (l *payerLine) scan(rows driver.Rows) error {
	return rows.Scan(&l.part, &l.word, &l.firm, &l.nameID, &l.several, &l.this, &l.last, &l.companies)
}

// comparable reports whether there are the same months of the year before.
func (ans *TaxAnswer) comparable() bool {
	return ans.LastYearToDateYuan.Valid() && ans.YearToDateYuan.Valid()
}

// fillIndustries reads which industries the tax of the months compared is of, and the payers that are told of, without their names: who
// paid most, who came, who went, who fell.
func (a *Analytics) fillIndustries(ctx context.Context, q Question, ans *TaxAnswer) ([]*taxPayer, error) {
	ans.IndustryEdition = IndustryEdition(ans.Year)
	params := ans.book.params(ans.Year)
	params["limit"], params["comparable"] = strconv.Itoa(topPayers), strconv.FormatBool(ans.comparable())
	params["tax_least"], params["tax_fall"] = a.rules.PayerFallLeast.String(), a.rules.PayerFallYellow.String()
	firms, order, seen := map[uint64]*taxPayer{}, []*taxPayer{}, map[string]bool{}
	err := a.each(ctx, "Tax.Payers", q, params, func(rows driver.Rows) error {
		var l payerLine
		if err := l.scan(rows); err != nil {
			return err
		}
		if l.part == "trade" || l.several {
			ans.addIndustry(l, seen)
		}
		switch one := firms[l.firm]; {
		case l.part == "trade":
		case one != nil:
			one.this, one.last = plus(one.this, l.this), plus(one.last, l.last)
		default:
			firms[l.firm] = &l.taxPayer
			order = append(order, &l.taxPayer)
		}
		return nil
	})
	ans.settleIndustries()
	return order, err
}

// fillPayers names the payers and tells who of them is new or lost.
func (a *Analytics) fillPayers(ctx context.Context, q Question, ans *TaxAnswer, payers []*taxPayer) error {
	if err := a.namePayers(ctx, q, ans, payers); err != nil {
		return err
	}
	ans.fillTop()
	ans.NewPayers, ans.LostPayers = taxMovements(ans.payers, ans.comparable())
	return nil
}

// namePayers reads the names of payers and buildings that were answered by their numbers, and puts the largest first.
func (a *Analytics) namePayers(ctx context.Context, q Question, ans *TaxAnswer, payers []*taxPayer) error {
	params := ans.book.params(ans.Year)
	var companies, places []uint64
	for _, p := range payers {
		companies = append(companies, p.nameID)
	}
	for _, s := range ans.ByBuilding {
		if s.id != 0 {
			places = append(places, s.id)
		}
	}
	params["companies"], params["places"] = numberList(companies), numberList(places)
	names := map[string]map[uint64]string{"company": {}, "building": {}}
	err := a.each(ctx, "Tax.Names", q, params, func(rows driver.Rows) error {
		var part, name string
		var id uint64
		err := rows.Scan(&part, &id, &name)
		names[part][id] = name
		return err
	})
	for _, p := range payers {
		ans.payers = append(ans.payers, ans.payer(names["company"][p.nameID], p))
	}
	slices.SortStableFunc(ans.payers, func(x, y TaxPayer) int { return cmp.Or(y.TaxYuan.Cmp(x.TaxYuan), cmp.Compare(x.Company, y.Company)) })
	for i := range ans.ByBuilding {
		s := &ans.ByBuilding[i]
		s.Name = cmp.Or(names["building"][s.id], text.T("economy.no_building").In(text.Zh))
	}
	slices.SortStableFunc(ans.ByBuilding, func(x, y TaxShare) int { return cmp.Or(y.TaxYuan.Cmp(x.TaxYuan), cmp.Compare(x.Name, y.Name)) })
	return err
}

func (ans *TaxAnswer) payer(name string, p *taxPayer) TaxPayer {
	return TaxPayer{name, p.this, Percent(p.this, ans.YearToDateYuan), p.last, GrowthPercent(p.last, p.this)}
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
