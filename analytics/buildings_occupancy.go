package analytics

import "taizhang/ledger"

// occupied collects who is in a building, or in all.
type occupied struct {
	key, name string
	let       ledger.Decimal
	figures   OccupancyFigures
	firms     map[uint64]firmSaid

	registeredTold, localTold bool
}

// firmSaid is what the lines of a firm say of it.
type firmSaid struct{ registered, local, headquarters bool }

// add takes a line.
func (o *occupied) add(t *tenancy, today Date) {
	o.name = t.building
	o.let = plus(o.let, t.area)
	f, firm := &o.figures, o.firms[t.firm]
	f.Lines++
	f.Employees = plus(f.Employees, t.employees)
	if t.to.Known() {
		f.Leases++
		f.leasedM2 = plus(f.leasedM2, t.area)
		f.leaseM2Days = plus(f.leaseM2Days, t.area.Mul(ledger.Int(max(t.to.Since(today), 0))))
		if today.After(t.to) {
			f.ExpiredLeases++
		}
	}
	if t.registered != nil {
		o.registeredTold, firm.registered = true, firm.registered || *t.registered
	}
	if t.localTax != nil {
		o.localTold, firm.local = true, firm.local || *t.localTax
	}
	firm.headquarters = firm.headquarters || t.isHeadquarters()
	o.firms[t.firm] = firm
}

// join adds a building to all of them.
func (o *occupied) join(one *occupied) {
	f, more := &o.figures, one.figures
	f.Lines, f.Leases, f.ExpiredLeases = f.Lines+more.Lines, f.Leases+more.Leases, f.ExpiredLeases+more.ExpiredLeases
	f.Employees, f.leasedM2, f.leaseM2Days = plus(f.Employees, more.Employees), plus(f.leasedM2, more.leasedM2), plus(f.leaseM2Days, more.leaseM2Days)
	o.registeredTold, o.localTold = o.registeredTold || one.registeredTold, o.localTold || one.localTold
	for firm, said := range one.firms {
		known := o.firms[firm]
		o.firms[firm] = firmSaid{known.registered || said.registered, known.local || said.local, known.headquarters || said.headquarters}
	}
}

// count gives the figures; a firm in several rooms counts once.
func (o *occupied) count() OccupancyFigures {
	f := o.figures
	f.Firms = int64(len(o.firms))
	for _, firm := range o.firms {
		for _, one := range []struct {
			of  *int64
			has bool
		}{{&f.RegisteredFirms, firm.registered}, {&f.LocalTaxFirms, firm.local}, {&f.Headquarters, firm.headquarters}} {
			if one.has {
				*one.of++
			}
		}
	}
	f.OpenEndedLeases = f.Lines - f.Leases
	// Sheets that say of nobody where it is registered tell no rate of nothing.
	if o.registeredTold {
		f.RegistrationPercent = Percent(ledger.Int(f.RegisteredFirms), ledger.Int(f.Firms))
	}
	if o.localTold {
		f.LocalTaxPercent = Percent(ledger.Int(f.LocalTaxFirms), ledger.Int(f.Firms))
	}
	f.WALEDays = f.leaseM2Days.Div(f.leasedM2)
	return f
}

// occupancy counts the firms that are in the buildings on the day, or in the one of a key; where there are tenants their area is what is let.
func occupancy(lines []tenancy, only string, today Date) (list []registerEntry) {
	all := &occupied{firms: map[uint64]firmSaid{}}
	by, order := map[string]*occupied{}, []*occupied{}
	for i := range lines {
		t := &lines[i]
		if !t.in(only) {
			continue
		}
		o := by[t.buildingKey]
		if o == nil {
			o = &occupied{key: t.buildingKey, firms: map[uint64]firmSaid{}}
			by[t.buildingKey] = o
			order = append(order, o)
		}
		o.add(t, today)
	}
	for _, o := range order {
		all.join(o)
		list = append(list, func(r *buildingRegister) {
			line := r.line(o.key, o.name)
			line.OccupancyFigures = o.count()
			if o.let.Valid() {
				line.LetAreaM2 = o.let
			}
		})
	}
	if len(order) == 0 {
		return nil
	}
	return append(list, func(r *buildingRegister) { r.all = all.count() })
}
