package analytics

import (
	"context"
	"slices"
)

// leaseKinds are the kinds of LeaseExpiry in their order.
var leaseKinds = []string{"expired", "year", "open_ended"}

// expiry groups the leases by the year they end in: over already, each year, open-ended; of one building or of all.
func (a *Analytics) expiry(ctx context.Context, q Question, book *taxBook, building string) ([]LeaseExpiry, error) {
	var lines *tenancyList
	var tax *taxByFirm
	err := together(
		func() (err error) { lines, err = a.tenancies(ctx, q, building); return err },
		func() (err error) { tax, err = a.taxByFirm(ctx, q, book, building); return err },
	)
	if err != nil {
		return nil, err
	}
	return expiryOf(lines, tax, building, DateOf(q.Clock.Asof)), nil
}

// leaseEnd is when a lease ends: its kind, and the year of one that is neither over nor open-ended.
type leaseEnd struct{ kind, year int }

func (t *tenancy) end(today epochDay) leaseEnd {
	switch {
	case t.to == noDay:
		return leaseEnd{kind: 2}
	case today > t.to:
		return leaseEnd{kind: 0}
	}
	return leaseEnd{1, t.to.date().Time().Year()}
}

// leasesEnding are the leases that end together.
type leasesEnding struct {
	leaseEnd
	leases, firms, payers int64
	area, tax             amount
}

// firmEnding is a firm with leases that end together, the newest of them, and where the next of the same firm stands.
type firmEnding struct {
	group  *leasesEnding
	newest *tenancy
	next   int32
}

// expiryOf adds up the leases in a building (empty: in any) by their ends, the tax of a firm once in each.
func expiryOf(lines *tenancyList, tax *taxByFirm, building string, on Date) []LeaseExpiry {
	today, groups := on.number(), map[leaseEnd]*leasesEnding{}
	first := make([]int32, lines.firms) // of each firm its first in firms, counted from 1
	firms := make([]firmEnding, 1, lines.firms+1)
	for t := range lines.in(building, today) {
		end := t.end(today)
		g := groups[end]
		if g == nil {
			g = &leasesEnding{leaseEnd: end}
			groups[end] = g
		}
		g.leases, g.area = g.leases+1, g.area.plus(t.area)
		at := first[t.firmNumber]
		for at != 0 && firms[at].group != g {
			at = firms[at].next
		}
		if at == 0 {
			at = int32(len(firms))
			firms = append(firms, firmEnding{group: g, next: first[t.firmNumber]})
			first[t.firmNumber] = at
		}
		firms[at].newest = t
	}
	for _, f := range firms[1:] {
		this := tax.paidBy(f.newest).this
		f.group.firms, f.group.tax = f.group.firms+1, f.group.tax.plus(this)
		if this.sign() != 0 {
			f.group.payers++
		}
	}
	list := []LeaseExpiry{}
	for _, g := range groups {
		list = append(list, LeaseExpiry{Kind: leaseKinds[g.kind], Year: g.year, Leases: g.leases, Firms: g.firms, AreaM2: g.area.decimal(), TaxYuan: g.tax.decimal(), payers: g.payers})
	}
	slices.SortFunc(list, func(x, y LeaseExpiry) int {
		if x.Kind != y.Kind {
			return slices.Index(leaseKinds, x.Kind) - slices.Index(leaseKinds, y.Kind)
		}
		return x.Year - y.Year
	})
	return list
}
