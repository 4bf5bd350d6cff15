package server

import (
	"strconv"
	"strings"

	"taizhang/analytics"
	"taizhang/ledger"
)

// stackCard is the stacking plan: a line a floor, a box a tenant or vacant room as wide as its area.
type stackCard struct {
	Card   *card
	Colors []link // what the colours may stand for
	Reads  string // how the colours are to be read
	Legend []chip
	Floors []stackFloor
	Notes  []string // what of the vacant area stands on no floor
	Help   string
	Source string
}

type stackFloor struct {
	Name, Spoken string
	Free         string // "空置 561㎡"; empty when nothing on record is vacant
	Room         []stackRoom
}

// stackRoom is one box: a place to move to, and a link to where it was read.
type stackRoom struct {
	X, Width, Class, Text, Full, Href string
}

// stack lays the floors out; color is expiry, tax or industry.
func (p page) stack(ans *analytics.BuildingAnswer, color string) *stackCard {
	c := &stackCard{Card: p.card("stack", "s8"), Help: p.T("page.room.help"), Source: p.T("page.room.source")}
	if len(ans.Floors) == 0 {
		c.Card.nothing("tenants")
		return c
	}
	paint := p.painter(ans, color)
	for _, kind := range []string{"expiry", "tax", "industry"} {
		c.Colors = append(c.Colors, link{Text: p.T("page.color." + kind), Href: p.With("color", kind), Current: kind == paint.kind})
	}
	c.Reads, c.Legend = p.T("page.paint."+paint.kind), paint.measured(p, ans)
	paint.short = shortNames(ans)
	l := layer{page: p, building: ans.Line.Building, paint: paint, widest: widestFloor(ans.Floors), here: tenancies(ans)}
	for _, f := range ans.Floors {
		c.Floors = append(c.Floors, l.floor(f))
	}
	c.Notes = p.stackNotes(ans)
	if p.whole {
		c.Card.Table = p.roomTable(ans)
	}
	return c
}

// stackNotes say what the plan cannot show: vacant area without a floor, and that no sheet states the size of a floor.
func (p page) stackNotes(ans *analytics.BuildingAnswer) []string {
	n, notes := p.Num(), []string{p.T("page.room.totals")}
	switch rest := ans.Vacancy.UnplacedM2; {
	case rest.Sign() > 0 && ans.Vacancy.Rooms == 0:
		notes = append(notes, p.T("page.room.unlisted", p.sayFigure(n.area(rest))))
	case rest.Sign() > 0:
		notes = append(notes, p.T("page.room.unplaced", p.sayFigure(n.area(rest))))
	}
	return notes
}

func widestFloor(floors []analytics.Floor) ledger.Decimal {
	widest := ledger.Int(1)
	for _, f := range floors {
		if all := f.AreaM2.OrZero().Add(f.VacantM2.OrZero()); all.Cmp(widest) > 0 {
			widest = all
		}
	}
	return widest
}

// layer lays one floor after the other.
type layer struct {
	page     page
	building string
	paint    painter
	widest   ledger.Decimal
	here     tenancy
}

// tenancy says who shares a room, and how much a firm has in the building.
type tenancy struct {
	sharing map[string][]string // by floor and room: the firms
	places  map[string]int      // by firm
	area    map[string]ledger.Decimal
}

func tenancies(ans *analytics.BuildingAnswer) tenancy {
	t := tenancy{map[string][]string{}, map[string]int{}, map[string]ledger.Decimal{}}
	for _, f := range ans.Floors {
		for _, u := range f.Units {
			if u.Room != "" {
				t.sharing[f.Floor+"/"+u.Room] = append(t.sharing[f.Floor+"/"+u.Room], u.Tenant)
			}
			t.places[u.Firm]++
			t.area[u.Firm] = t.area[u.Firm].OrZero().Add(u.AreaM2.OrZero())
		}
	}
	return t
}

func (l layer) floor(f analytics.Floor) stackFloor {
	p, n := l.page, l.page.Num()
	line := stackFloor{Name: f.Floor, Spoken: p.T("page.room.floor", f.Floor)}
	switch _, err := strconv.Atoi(f.Floor); {
	case f.Floor == "":
		line.Name, line.Spoken = dash, p.T("page.room.no_floor")
	case err == nil:
		line.Name += "F"
	}
	if f.AreaM2.Valid() {
		line.Spoken = joinedNames(line.Spoken, p.T("page.room.let_m2", p.sayFigure(n.area(f.AreaM2))))
	}
	if f.VacantM2.Valid() {
		line.Free = p.T("page.room.vacant_m2", p.sayFigure(n.area(f.VacantM2)))
	} else if len(f.Vacant) > 0 {
		line.Free = p.T("page.room.vacant_m2", p.T("page.room.no_area"))
	}
	at := ledger.Int(0)
	put := func(area ledger.Decimal, r stackRoom) {
		r.X, r.Width = share(at, l.widest), share(area.OrZero(), l.widest)
		if area.Sign() <= 0 {
			r.Width = "0.8%" // a room without an area is a sliver, so that it can be found
		}
		if area.OrZero().Mul(ledger.Int(30)).Cmp(l.widest) < 0 { // no room for a character
			r.Text = ""
		}
		line.Room = append(line.Room, r)
		if at = at.Add(area.OrZero()); area.Sign() <= 0 {
			at = at.Add(l.widest.Mul(ledger.MustDecimal("0.008")))
		}
	}
	for _, u := range f.Units {
		put(u.AreaM2, l.unit(f, u))
	}
	for _, r := range f.Vacant {
		put(r.AreaM2, l.vacant(f, r))
	}
	return line
}

// unit is the box of a tenant's room; its full text is shown on hover and in the line under the plan.
func (l layer) unit(f analytics.Floor, u analytics.BuildingUnit) stackRoom {
	p, n := l.page, l.page.Num()
	area := p.T("page.room.no_area")
	if u.AreaM2.Valid() {
		area = p.sayFigure(n.area(u.AreaM2))
	}
	full := []string{u.Tenant, joinedWords(l.placeOf(f, u.Room)), area, l.lease(u), orElse(u.Industry, p.T("page.room.industry_none"))}
	if u.TaxYuan.Valid() {
		full = append(full, p.T("page.room.tax_of_firm", p.sayFigure(n.yuan(u.TaxYuan))))
	} else {
		full = append(full, p.T("page.tax.none"))
	}
	if with := others(l.here.sharing[f.Floor+"/"+u.Room], u.Tenant); len(with) > 0 {
		full = append(full, p.T("page.room.shared", strings.Join(with, p.T("page.comma"))))
	}
	if places := l.here.places[u.Firm]; places > 1 {
		full = append(full, p.T("page.room.firm_in_all", places, p.sayFigure(n.area(l.here.area[u.Firm]))))
	}
	return stackRoom{Class: l.paint.class(u), Text: l.paint.short(u.Tenant) + " " + area, Full: strings.Join(full, " · "),
		Href: p.Source("tenants", ledger.Filter{"building": l.building, "tenant": u.Tenant})}
}

// vacant is the hatched box of a room that stands empty.
func (l layer) vacant(f analytics.Floor, r analytics.VacantRoom) stackRoom {
	p, area := l.page, l.page.T("page.room.no_area")
	if r.AreaM2.Valid() {
		area = p.sayFigure(p.Num().area(r.AreaM2))
	}
	full := []string{p.T("page.room.vacant"), joinedWords(l.placeOf(f, r.Room)), area}
	if r.Since.Known() {
		full = append(full, p.T("page.room.since", r.Since.String()))
	}
	if r.AskingRent != "" {
		full = append(full, p.T("page.room.rent", r.AskingRent))
	}
	full = append(full, p.T("page.room.told", r.ToldOn.String()))
	filter := ledger.Filter{"building": l.building}
	if r.Room != "" {
		filter["room"] = r.Room
	}
	return stackRoom{Class: "free", Text: p.T("page.room.vacant") + " " + area, Full: strings.Join(full, " · "), Href: p.Source("vacancies", filter)}
}

// placeOf is the floor and room as they are said.
func (l layer) placeOf(f analytics.Floor, room string) (floor, number string) {
	floor = l.page.T("page.room.floor", f.Floor)
	if f.Floor == "" {
		floor = l.page.T("page.room.no_floor")
	}
	return floor, room
}

func (l layer) lease(u analytics.BuildingUnit) string {
	p := l.page
	switch {
	case !u.LeaseTo.Known():
		return p.T("page.expiry.open_ended")
	case u.LeaseDays.Sign() < 0:
		return p.T("page.room.lease_over", u.LeaseTo.String())
	}
	return p.T("page.note.lease_to", u.LeaseTo.String())
}

// joinedWords puts two words beside each other.
func joinedWords(a, b string) string { return strings.TrimSpace(a + " " + b) }

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// others are the names of a list but one, each once.
func others(list []string, but string) []string {
	var rest []string
	for _, name := range list {
		if name != but && !strings.Contains("\n"+strings.Join(rest, "\n")+"\n", "\n"+name+"\n") {
			rest = append(rest, name)
		}
	}
	return rest
}
