package analytics

import (
	"cmp"
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// taxPayer is one company's tax in the months compared; null where it has no row. It is named by number until its name is read.
type taxPayer struct {
	firm, nameID uint64
	newest       int64
	taxPaid
	trade   string // what its rows say of its industry
	several bool   // or several things
	names   bool   // it is called several things
	rows    bool   // has rows of this year
}

// none is where a line stands that is of no payer.
const none = -1

// paidLines are lines of tax with their payers.
type paidLines struct {
	lines  []*taxLine
	payers []*taxPayer
	at     []int // the place of each line's payer, none for lines that are not compared
}

// payersOf puts lines together by payer.
func payersOf(lines []*taxLine) *paidLines {
	p := &paidLines{lines: lines, at: make([]int, len(lines))}
	known := make(map[uint64]int, len(lines))
	var slab slab[taxPayer]
	for i, firm := range firmOfEach(lines) {
		l := lines[i]
		if p.at[i] = none; !l.compared() {
			continue
		}
		n, met := known[firm]
		if !met {
			n = len(p.payers)
			payer := slab.next()
			payer.firm, payer.nameID, payer.trade = firm, l.company, l.trade
			known[firm], p.payers = n, append(p.payers, payer)
		}
		p.at[i] = n
		p.payers[n].add(l)
	}
	return p
}

// add takes a line in; the company is called what its newest row calls it.
func (p *taxPayer) add(l *taxLine) {
	p.taxPaid = p.plus(l.paid())
	p.several, p.rows, p.names = p.several || l.trade != p.trade, p.rows || l.has(thisRows), p.names || l.company != p.nameID
	if l.newest >= p.newest {
		p.nameID, p.newest = l.company, l.newest
	}
}

// comparable reports whether there are the same months of the year before.
func (ans *TaxAnswer) comparable() bool {
	return ans.LastYearToDateYuan.Valid() && ans.YearToDateYuan.Valid()
}

// fillPayers counts the payers, names those that are told of one by one, and tells who of them is new or lost.
func (a *Analytics) fillPayers(ctx context.Context, q Question, ans *TaxAnswer, payers []*taxPayer) error {
	for _, p := range payers {
		if p.rows {
			ans.Companies++
		}
	}
	if err := a.namePayers(ctx, q, ans, a.rules.toldOf(payers, ans.comparable())); err != nil {
		return err
	}
	ans.fillTop()
	ans.NewPayers, ans.LostPayers = taxMovements(ans.payers, ans.comparable())
	return nil
}

// namePayers reads the names of payers and buildings that were answered by their numbers, and puts the largest first. A building is called
// what the register calls it, one that is not in it what the rows do.
func (a *Analytics) namePayers(ctx context.Context, q Question, ans *TaxAnswer, payers []*taxPayer) error {
	params := ans.book.params(ans.Year)
	var companies, places []uint64
	for _, p := range payers {
		companies = append(companies, p.nameID)
	}
	register, err := a.readRegister(ctx, q, "")
	if err != nil {
		return err
	}
	names := map[string]map[uint64]string{"company": {}, "building": {}}
	for _, b := range registered(register).list {
		names["building"][numberOf(b.Key)] = b.Building
	}
	for _, s := range ans.ByBuilding {
		if names["building"][s.id] == "" && s.id != 0 {
			places = append(places, s.id)
		}
	}
	params["companies"], params["places"] = numberList(companies), numberList(places)
	err = a.each(ctx, "Tax.Names", q, params, func(rows driver.Rows) error {
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
	this, last := p.this.decimal(), p.last.decimal()
	return TaxPayer{name, this, Percent(this, ans.YearToDateYuan), last, GrowthPercent(last, this)}
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

// toldOf keeps the payers that are told of one by one: who paid most and, while the same months are comparable, who came, went or fell.
func (t Thresholds) toldOf(payers []*taxPayer, comparable bool) []*taxPayer {
	least, falls := leastOfMost(payers, topPayers), fallBy(t.PayerFallLeast, t.PayerFallYellow)
	list := []*taxPayer{}
	for _, p := range payers {
		moved := comparable && ((p.this.sign() > 0) != (p.last.sign() > 0) || p.this.said && falls.of(p.taxPaid))
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
