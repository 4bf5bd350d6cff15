package server

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/analytics"
	"taizhang/ledger"
)

// painter gives every tenant of a stacking plan its colour class, t1 to t6.
type painter struct {
	kind   string
	legend []chip
	class  func(analytics.BuildingUnit) string
	short  func(name string) string // a name as a narrow box shows it; the full one stands in its hover
}

// painter colours by lease expiry unless tax or industry is asked for.
func (p page) painter(ans *analytics.BuildingAnswer, kind string) painter {
	switch kind {
	case "tax":
		return p.byTax()
	case "industry":
		return p.byIndustry(ans)
	}
	return p.byExpiry()
}

// byExpiry goes from red (over, or this year) to blue (late), as leases are read.
func (p page) byExpiry() painter {
	this := p.Question.Clock.Asof.Year()
	year := strconv.Itoa
	return painter{kind: "expiry", legend: []chip{
		{Text: p.T("page.expiry.expired"), Color: "t5"}, {Text: year(this), Color: "t1"}, {Text: year(this + 1),
			Color: "t2"}, {Text: year(this + 2), Color: "t3"},
		{Text: year(this+3) + "+", Color: "t4"}, {Text: p.T("page.expiry.open_ended"), Color: "t6"},
	}, class: func(u analytics.BuildingUnit) string {
		switch {
		case !u.LeaseTo.Known():
			return "t6"
		case u.LeaseDays.Sign() < 0:
			return "t5"
		}
		return "t" + strconv.Itoa(min(u.LeaseTo.Time().Year()-this, 3)+1)
	}}
}

// byTax parts tenants by what they paid in the year to date: none recorded, under 100,000, under a million, more.
func (p page) byTax() painter {
	low, high := ledger.Int(100_000), ledger.Int(1_000_000)
	return painter{kind: "tax", legend: []chip{
		{Text: p.T("page.tax.high"), Color: "t4"}, {Text: p.T("page.tax.middle"), Color: "t3"}, {Text: p.T("page.tax.low"),
			Color: "t2"}, {Text: p.T("page.tax.none"), Color: "t6"},
	}, class: func(u analytics.BuildingUnit) string {
		switch {
		case !u.TaxYuan.Valid():
			return "t6"
		case u.TaxYuan.Cmp(high) >= 0:
			return "t4"
		case u.TaxYuan.Cmp(low) >= 0:
			return "t3"
		}
		return "t2"
	}}
}

// byIndustry gives the five industries with the most area a colour each, the rest the sixth.
func (p page) byIndustry(ans *analytics.BuildingAnswer) painter {
	area := map[string]ledger.Decimal{}
	var names []string
	for _, f := range ans.Floors {
		for _, u := range f.Units {
			if u.Industry == "" {
				continue
			}
			if _, seen := area[u.Industry]; !seen {
				names = append(names, u.Industry)
			}
			area[u.Industry] = area[u.Industry].OrZero().Add(u.AreaM2.OrZero())
		}
	}
	slices.SortStableFunc(names, func(x, y string) int { return area[y].Cmp(area[x]) })
	names = names[:min(len(names), 5)]
	paint := painter{kind: "industry"}
	for i, name := range names {
		paint.legend = append(paint.legend, chip{Text: name, Color: "t" + strconv.Itoa(i+1)})
	}
	paint.legend = append(paint.legend, chip{Text: p.T("page.color.rest"), Color: "t6"})
	paint.class = func(u analytics.BuildingUnit) string {
		if i := slices.Index(names, u.Industry); i >= 0 {
			return "t" + strconv.Itoa(i+1)
		}
		return "t6"
	}
	return paint
}

// companyForms are the endings that every company's name has.
var companyForms = []string{"股份有限公司", "有限责任公司", "有限公司"}

// shortNames leaves off the legal form, and the place name that a fifth or more of the tenants begin with.
func shortNames(ans *analytics.BuildingAnswer) func(string) string {
	const place = 2 // characters
	begins, all := map[string]int{}, 0
	for _, f := range ans.Floors {
		for _, u := range f.Units {
			if r := []rune(u.Tenant); len(r) > 2*place {
				begins[string(r[:place])]++
			}
			all++
		}
	}
	return func(name string) string {
		for _, form := range companyForms {
			if rest, found := strings.CutSuffix(name, form); found {
				name = rest
				break
			}
		}
		if r := []rune(name); len(r) > 2*place && begins[string(r[:place])]*5 >= all {
			return string(r[place:])
		}
		return name
	}
}
