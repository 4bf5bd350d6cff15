package analytics

import (
	"context"
	"slices"
)

// leaseKinds are the kinds of LeaseExpiry in their order.
var leaseKinds = []string{"expired", "year", "open_ended"}

// expiry groups the leases by the year they end in: over already, each year, open-ended; of one building or of all.
func (a *Analytics) expiry(ctx context.Context, q Question, book *taxBook, building string) ([]LeaseExpiry, error) {
	var lines []tenancy
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

func (t *tenancy) end(today Date) leaseEnd {
	switch {
	case !t.to.Known():
		return leaseEnd{kind: 2}
	case today.After(t.to):
		return leaseEnd{kind: 0}
	}
	return leaseEnd{1, t.to.Time().Year()}
}

// expiryOf adds up the leases in a building (empty: in any) by their ends, the tax of a firm once in each.
func expiryOf(lines []tenancy, tax *taxByFirm, building string, today Date) []LeaseExpiry {
	type group struct {
		LeaseExpiry
		names map[uint64]uint64 // the newest name of each firm
	}
	groups := map[leaseEnd]*group{}
	for i := range lines {
		t := &lines[i]
		if !t.in(building) {
			continue
		}
		end := t.end(today)
		g := groups[end]
		if g == nil {
			g = &group{LeaseExpiry{Kind: leaseKinds[end.kind], Year: end.year}, map[uint64]uint64{}}
			groups[end] = g
		}
		g.Leases, g.AreaM2 = g.Leases+1, plus(g.AreaM2, t.area)
		g.names[t.firm] = t.nameID
	}
	list := []LeaseExpiry{}
	for _, g := range groups {
		g.Firms = int64(len(g.names))
		for firm, name := range g.names {
			paid := tax.of(firm, name).this.decimal()
			g.TaxYuan = plus(g.TaxYuan, paid)
			if paid.Sign() != 0 {
				g.payers++
			}
		}
		list = append(list, g.LeaseExpiry)
	}
	slices.SortFunc(list, func(x, y LeaseExpiry) int {
		if x.Kind != y.Kind {
			return slices.Index(leaseKinds, x.Kind) - slices.Index(leaseKinds, y.Kind)
		}
		return x.Year - y.Year
	})
	return list
}
