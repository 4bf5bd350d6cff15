package analytics

import (
	"context"
	"slices"

	"taizhang/ledger"
)

// whoIn are the numbers of all names and firms of a list.
func whoIn(list []*tenancy) (names, firms []uint64) {
	for i := range list {
		names, firms = append(names, list[i].nameID), append(firms, list[i].firm.id)
	}
	slices.Sort(names)
	slices.Sort(firms)
	return slices.Compact(names), slices.Compact(firms)
}

// stated is what a line states of its company, by which firms are told apart as those of occupancy are.
func (l *taxLine) stated() stated { return stated{name: l.company, code: l.code} }

// firmOfEach tells the firm of each line, 0 for lines that are not compared.
func firmOfEach(lines []*taxLine) []uint64 {
	codes := onlyCodes(func(yield func(stated) bool) {
		for _, l := range lines {
			if l.compared() && !yield(l.stated()) {
				return
			}
		}
	})
	firms := make([]uint64, len(lines))
	for i, l := range lines {
		if l.compared() {
			firms[i] = l.stated().toldApart(codes).id
		}
	}
	return firms
}

// taxPaid is a firm's tax of the months compared, this year and last; null where it has no row.
type taxPaid struct{ this, last amount }

func (p taxPaid) plus(o taxPaid) taxPaid { return taxPaid{p.this.plus(o.this), p.last.plus(o.last)} }

// fell reports whether tax is below last year's by so much yuan and by so many percent; no tax this year is a fall to nothing.
func fell(this, last, least, percent ledger.Decimal) bool {
	lost := last.Sub(this.OrZero())
	return last.Sign() > 0 && lost.Cmp(least) >= 0 && lost.Mul(hundred).Cmp(last.Mul(percent)) >= 0
}

// taxFall is a fall of tax by so much yuan and so many percent, to be looked for among many firms.
type taxFall struct {
	leastLoss      amount
	least, percent ledger.Decimal
}

func fallBy(least, percent ledger.Decimal) taxFall { return taxFall{amountFrom(least), least, percent} }

// of reports whether a firm's tax fell so much; of most the loss is too small, which needs no decimals to see.
func (f taxFall) of(p taxPaid) bool {
	return p.last.minus(p.this).cmp(f.leastLoss) >= 0 && fell(p.this.decimal(), p.last.decimal(), f.least, f.percent)
}

func (l *taxLine) paid() taxPaid { return taxPaid{l.this, l.last} }

// taxByFirm is the tax of the months compared by firm, and by the name it was paid under.
type taxByFirm struct{ firms, names map[uint64]taxPaid }

// of finds what a firm paid by what it is told apart by, else by a name of it.
func (t *taxByFirm) of(firm, name uint64) taxPaid {
	if paid, known := t.firms[firm]; known {
		return paid
	}
	return t.names[name]
}

// taxByFirm reads the tax by firm: of all, or of those in a building.
func (a *Analytics) taxByFirm(ctx context.Context, q Question, book *taxBook, building string) (*taxByFirm, error) {
	return once(ctx, partOf{"tax by firm " + building, q}, func() (*taxByFirm, error) {
		lines, err := a.taxOfAll(ctx, q, book, building)
		return byFirm(lines), err
	})
}

// byFirm adds up what each firm paid, and what was paid under each name.
func byFirm(lines []*taxLine) *taxByFirm {
	t := &taxByFirm{make(map[uint64]taxPaid, len(lines)), make(map[uint64]taxPaid, len(lines))}
	for i, firm := range firmOfEach(lines) {
		if l := lines[i]; l.compared() {
			t.firms[firm], t.names[l.company] = t.firms[firm].plus(l.paid()), t.names[l.company].plus(l.paid())
		}
	}
	return t
}
