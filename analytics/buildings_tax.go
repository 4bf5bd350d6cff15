package analytics

import (
	"context"
	"slices"
)

// placeTax is the tax declared in one building.
type placeTax struct {
	this, last, whole  amount
	payers, lastPayers int64 // names with an amount that is not nothing
}

// taxByPlace adds up the tax by building, told by its number.
func taxByPlace(lines []taxLine) map[uint64]*placeTax {
	places := map[uint64]*placeTax{}
	var company uint64
	var paid, paidLast []*placeTax // where the company paid
	for i := range lines {
		l := &lines[i]
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

// readBuildingTax reads the tax of all buildings, or of the one of a key, to be put to those that are known.
func (a *Analytics) readBuildingTax(ctx context.Context, q Question, book *taxBook, only string) ([]registerEntry, error) {
	lines, err := a.taxOfAll(ctx, q, book, only)
	places := taxByPlace(lines)
	return []registerEntry{func(r *buildingRegister) {
		for i := range r.list {
			if t := places[numberOf(r.list[i].Key)]; t != nil {
				t.into(&r.list[i])
			}
		}
	}}, err
}
