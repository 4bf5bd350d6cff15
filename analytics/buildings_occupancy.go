package analytics

import "taizhang/ledger"

// occupied collects who is in a building, or in all.
type occupied struct {
	key, name string
	let       amount

	firms, registered, local, headquarters int64

	lines, leases, expired         int64
	employees, leased, leasedDays  amount // area with a lease's end, and that by the days to it
	registeredTold, localTaxesTold bool
}

// saidOfFirm is what the lines of a firm say of it; a firm of which no line is in has none of them.
type saidOfFirm uint8

const (
	isIn saidOfFirm = 1 << iota
	isRegistered
	paysHere
	isHeadquarters
)

// says gives what a line says of its firm.
func (t *tenancy) says() saidOfFirm {
	said := isIn
	if t.registered == toldYes {
		said |= isRegistered
	}
	if t.localTax == toldYes {
		said |= paysHere
	}
	if t.isHeadquarters() {
		said |= isHeadquarters
	}
	return said
}

// add takes a line.
func (o *occupied) add(t *tenancy, today epochDay) {
	o.name = t.building
	o.let, o.employees = o.let.plus(t.area), o.employees.plus(t.employees)
	o.lines++
	if t.to != noDay {
		o.leases++
		o.leased = o.leased.plus(t.area)
		o.leasedDays = o.leasedDays.plus(t.area.times(int64(max(t.to-today, 0))))
		if today > t.to {
			o.expired++
		}
	}
	o.registeredTold, o.localTaxesTold = o.registeredTold || t.registered != notTold, o.localTaxesTold || t.localTax != notTold
}

// join adds a building to all of them, but for its firms.
func (o *occupied) join(one *occupied) {
	o.lines, o.leases, o.expired = o.lines+one.lines, o.leases+one.leases, o.expired+one.expired
	o.employees, o.leased, o.leasedDays = o.employees.plus(one.employees), o.leased.plus(one.leased), o.leasedDays.plus(one.leasedDays)
	o.registeredTold, o.localTaxesTold = o.registeredTold || one.registeredTold, o.localTaxesTold || one.localTaxesTold
}

// count counts a firm by what its lines say.
func (o *occupied) count(said saidOfFirm) {
	for _, one := range []struct {
		of  *int64
		has saidOfFirm
	}{{&o.firms, isIn}, {&o.registered, isRegistered}, {&o.local, paysHere}, {&o.headquarters, isHeadquarters}} {
		if said&one.has != 0 {
			*one.of++
		}
	}
}

// figures gives what was counted.
func (o *occupied) figures() OccupancyFigures {
	f := OccupancyFigures{Firms: o.firms, RegisteredFirms: o.registered, LocalTaxFirms: o.local, Headquarters: o.headquarters, Employees: o.employees.decimal(),
		Lines: o.lines, Leases: o.leases, OpenEndedLeases: o.lines - o.leases, ExpiredLeases: o.expired,
		leaseM2Days: o.leasedDays.decimal(), leasedM2: o.leased.decimal()}
	// Sheets that say of nobody where it is registered tell no rate of nothing.
	if o.registeredTold {
		f.RegistrationPercent = Percent(ledger.Int(o.registered), ledger.Int(o.firms))
	}
	if o.localTaxesTold {
		f.LocalTaxPercent = Percent(ledger.Int(o.local), ledger.Int(o.firms))
	}
	f.WALEDays = f.leaseM2Days.Div(f.leasedM2)
	return f
}

// occupancy counts the firms that are in the buildings on the day, or in the one of a key; where there are tenants their area is what is let.
// A firm in several rooms counts once, in a building as in all.
func occupancy(lines *tenancyList, only string, on Date) (list []registerEntry) {
	today := on.number()
	all, by, order := &occupied{}, make([]*occupied, len(lines.places)), []*occupied{}
	stays, firms := make([]saidOfFirm, len(lines.stays)), make([]saidOfFirm, lines.firms)
	for t := range lines.in(only, today) {
		o := by[t.at.index]
		if o == nil {
			o = &occupied{key: t.at.key}
			by[t.at.index] = o
			order = append(order, o)
		}
		o.add(t, today)
		said := t.says()
		stays[t.stayIndex] |= said
		firms[t.firmNumber] |= said
	}
	if len(order) == 0 {
		return nil
	}
	for i, said := range stays {
		if said != 0 {
			by[lines.stays[i].place].count(said)
		}
	}
	for _, said := range firms {
		all.count(said)
	}
	for _, o := range order {
		all.join(o)
		list = append(list, func(r *buildingRegister) {
			line := r.line(o.key, o.name)
			line.OccupancyFigures = o.figures()
			if o.let.said {
				line.LetAreaM2 = o.let.decimal()
			}
		})
	}
	return append(list, func(r *buildingRegister) { r.all = all.figures() })
}
