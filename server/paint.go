package server

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/analytics"
	"taizhang/ledger"
)

// painter gives every tenant of a stacking plan its colour class. Years and taxes go along scales whose steps differ in lightness,
// so that they are told apart without telling red from green; app.css has the colours.
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

// measured is the legend with how much area has each colour, the vacant rooms last; a colour that nobody has is left out.
func (paint painter) measured(p page, ans *analytics.BuildingAnswer) []chip {
	area, seen := map[string]ledger.Decimal{}, map[string]bool{}
	for _, f := range ans.Floors {
		for _, u := range f.Units {
			class := paint.class(u)
			area[class], seen[class] = area[class].OrZero().Add(u.AreaM2.OrZero()), true
		}
	}
	n, list := p.Num(), []chip{}
	for _, c := range paint.legend {
		if seen[c.Color] {
			c.Title = p.sayFigure(n.area(area[c.Color]))
			list = append(list, c)
		}
	}
	if ans.Vacancy.Rooms > 0 {
		list = append(list, chip{Text: p.T("page.room.vacant"), Color: "free", Title: p.sayFigure(n.area(ans.Vacancy.ListedM2))})
	}
	return list
}

// byExpiry goes from red (over, or this year) to blue (late), as leases are read.
func (p page) byExpiry() painter {
	this := p.Question.Clock.Asof.Year()
	year := strconv.Itoa
	return painter{kind: "expiry", legend: []chip{
		{Text: p.T("page.expiry.expired"), Color: "e0"}, {Text: year(this), Color: "e1"}, {Text: year(this + 1), Color: "e2"}, {Text: year(this + 2), Color: "e3"},
		{Text: year(this+3) + "+", Color: "e4"}, {Text: p.T("page.expiry.open_ended"), Color: "e9"},
	}, class: func(u analytics.BuildingUnit) string {
		switch {
		case !u.LeaseTo.Known():
			return "e9"
		case u.LeaseDays.Sign() < 0:
			return "e0"
		}
		return "e" + strconv.Itoa(min(u.LeaseTo.Time().Year()-this, 3)+1)
	}}
}

// byTax parts tenants by what they paid in the year to date: none recorded, under 100,000, under a million, more.
func (p page) byTax() painter {
	low, high := ledger.Int(100_000), ledger.Int(1_000_000)
	return painter{kind: "tax", legend: []chip{
		{Text: p.T("page.tax.high"), Color: "x3"}, {Text: p.T("page.tax.middle"), Color: "x2"}, {Text: p.T("page.tax.low"), Color: "x1"}, {Text: p.T("page.tax.none"), Color: "e9"},
	}, class: func(u analytics.BuildingUnit) string {
		switch {
		case !u.TaxYuan.Valid():
			return "e9"
		case u.TaxYuan.Cmp(high) >= 0:
			return "x3"
		case u.TaxYuan.Cmp(low) >= 0:
			return "x2"
		}
		return "x1"
	}}
}

// byIndustry gives the five industries with the most area a colour each, the rest one, and those without an industry another.
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
		paint.legend = append(paint.legend, chip{Text: name, Color: "i" + strconv.Itoa(i+1)})
	}
	paint.legend = append(paint.legend, chip{Text: p.T("page.color.rest"), Color: "i6"}, chip{Text: p.T("page.paint.unstated"), Color: "e9"})
	paint.class = func(u analytics.BuildingUnit) string {
		i := slices.Index(names, u.Industry)
		switch {
		case u.Industry == "":
			return "e9"
		case i >= 0:
			return "i" + strconv.Itoa(i+1)
		}
		return "i6"
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
