package analytics

import (
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// placeTax is the tax declared in one building.
type placeTax struct {
	this, last, whole  amount
	payers, lastPayers int64 // names with an amount that is not nothing
}

// taxByPlace adds up the tax by building, told by its number.
func taxByPlace(lines []*taxLine) map[uint64]*placeTax {
	places := map[uint64]*placeTax{}
	var company uint64
	var paid, paidLast []*placeTax // where the company paid
	for i := range lines {
		l := lines[i]
		if l.company != company || i == 0 { // a company's lines stand together
			company, paid, paidLast = l.company, paid[:0], paidLast[:0]
		}
		if l.place == 0 {
			continue
		}
		t := places[l.place]
		if t == nil {
			t = &placeTax{}
			places[l.place] = t
		}
		t.this, t.last, t.whole = t.this.plus(l.this), t.last.plus(l.last), t.whole.plus(l.whole)
		if l.has(thisPaid) && !slices.Contains(paid, t) {
			t.payers, paid = t.payers+1, append(paid, t)
		}
		if l.has(lastPaid) && !slices.Contains(paidLast, t) {
			t.lastPayers, paidLast = t.lastPayers+1, append(paidLast, t)
		}
	}
	return places
}

// into gives a building's line its tax.
func (t *placeTax) into(line *BuildingLine) {
	line.TaxYuan, line.LastYearTaxYuan, line.lastYearWhole = t.this.decimal(), t.last.decimal(), t.whole.decimal()
	line.payers, line.lastPayers = t.payers, t.lastPayers
}

// sumsTell reports whether the tax of buildings can be told from the sums that are kept with the batches: in mixed periods they hold rows that
// are left out.
func (b *taxBook) sumsTell() bool { return len(b.mixed) == 0 }

// readBuildingTax reads the tax of all buildings, or of the one of a key, to be put to those that are known. The whole year before is most of
// the rows: of all buildings it is read from the sums where they tell it.
func (a *Analytics) readBuildingTax(ctx context.Context, q Question, book *taxBook, only string) ([]registerEntry, error) {
	var lines []*taxLine
	whole, summed := map[uint64]ledger.Decimal{}, only == "" && book.sumsTell()
	err := together(
		func() (err error) { lines, err = a.taxOfAll(ctx, q, book, only); return err },
		func() error {
			if !summed {
				return nil
			}
			return a.readBuildingYear(ctx, q, book, whole)
		},
	)
	places := taxByPlace(lines)
	return []registerEntry{func(r *buildingRegister) {
		for i := range r.list {
			line := &r.list[i]
			number := numberOf(line.Key)
			if t := places[number]; t != nil {
				t.into(line)
			}
			if summed {
				line.lastYearWhole = whole[number]
			}
		}
	}}, err
}

// readBuildingYear reads the tax of the whole year before by building into a map.
func (a *Analytics) readBuildingYear(ctx context.Context, q Question, book *taxBook, into map[uint64]ledger.Decimal) error {
	spans, _ := book.periods(q.YearOr()-1, monthSet{}.through(12))
	if len(spans) == 0 {
		return nil
	}
	params := ledger.Params{"basis": book.basis, "whole": spanList(spans)}
	return a.each(ctx, "Buildings.Year", q, params, func(rows driver.Rows) error {
		var place uint64
		var yuan ledger.Decimal
		err := rows.Scan(&place, &yuan)
		into[place] = yuan
		return err
	})
}
