package server

import (
	"strings"

	"taizhang/analytics"
	"taizhang/ledger"
)

// mostWatched is how many firms of the watch-list, and headquarters, a page shows; files hold all.
const mostWatched = 20

// watchTable lists the firms that may leave with their reasons; office says that several buildings stand in it.
func (p page) watchTable(list []analytics.BuildingFirm, t analytics.FirmTotals, limits analytics.WatchLimits, office bool) *card {
	c := p.card("watch", "")
	if t.Watched == 0 {
		return c.nothing("watch")
	}
	n := p.Num()
	c.Table = p.columns(col("company"), numCol("area", n.unit("m2")), numCol("tax", n.unit("wan")))
	if office {
		c.Table = p.columns(col("company"), col("building"), textCol("why"), numCol("area", n.unit("m2")), numCol("tax", n.unit("wan")))
	}
	c.Table.Tall = true
	for _, f := range list[:min(len(list), p.most(mostWatched))] {
		who := leads(f.Company, p.Source("tenants", ledger.Filter{"building": f.Building, "tenant": f.Company}))
		if !office {
			c.Table.add(who.under(p.reasons(f)), num(n.area(f.AreaM2)), num(n.wan(f.TaxYuan)).from(p.taxSource(nil, "company", f.Company)))
			continue
		}
		c.Table.add(who, leads(f.Building, p.Link(buildingPath(f.BuildingKey))), words(p.reasons(f)), num(n.area(f.AreaM2)), num(n.wan(f.TaxYuan)).from(p.taxSource(nil, "company", f.Company)))
	}
	c.More = []span{{p.T("page.watch.sum", t.Watched, t.Several, p.sayFigure(n.area(t.WatchedM2)), p.sayFigure(n.yuan(t.WatchedYuan))), ""}}
	// How many firms a reason has is on its pick.
	if rest := int(t.Watched) - mostWatched; rest > 0 && len(list) >= p.most(mostWatched) {
		c.More = append(c.More, span{p.T("page.watch.more", mostWatched), "mute"})
	}
	c.More = append(c.More, span{p.T("page.watch.limits", limits.TaxFallPercent.String(), p.sayFigure(n.yuan(limits.TaxFallYuan)), limits.LeaseDays), "mute"})
	return c
}

// reasons words why a firm may leave, each with its figures.
func (p page) reasons(f analytics.BuildingFirm) string {
	n := p.Num()
	var said []string
	for _, r := range f.Reasons {
		switch {
		case r == analytics.TaxFalling:
			now := p.T("page.why.none_paid")
			if f.TaxYuan.Valid() {
				now = p.sayFigure(n.yuan(f.TaxYuan))
			}
			said = append(said, p.T("page.why.tax_falling", f.ChangePercent.Neg().Fixed(1), p.sayFigure(n.yuan(f.LastYearYuan)), now))
		case r == analytics.LeaseSoonEnding:
			said = append(said, p.T("page.why.lease_ending", f.LeaseTo.String(), value(f.LeaseDays)))
		case r == analytics.LeaseOver:
			said = append(said, p.T("page.why.lease_over", f.LeaseTo.String()))
		case r == analytics.RegisteredElsewhere && f.RegisteredAt != "":
			said = append(said, p.T("page.why.registered_at", f.RegisteredAt))
		case r == analytics.TaxedElsewhere && f.TaxedAt != "":
			said = append(said, p.T("page.why.taxed_at", f.TaxedAt))
		default:
			said = append(said, p.T("page.why."+r))
		}
	}
	return strings.Join(said, p.T("page.semicolon"))
}
