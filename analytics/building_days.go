package analytics

import (
	"cmp"
	"context"
	"maps"
	"slices"
)

// twoDays are the lines of occupancy of an earlier day and of the day asked for.
type twoDays struct {
	since, today epochDay
	then, now    *tenancyList
}

// twoDays reads the lines of the day that moves are counted from and of the question's, and which days could be chosen.
func (a *Analytics) twoDays(ctx context.Context, q Question, building, asked string) (since Date, choices []Date, days *twoDays, err error) {
	if since, choices, err = a.since(ctx, q, building, asked); err != nil {
		return since, choices, nil, err
	}
	then := q
	then.Clock.Asof = since.Time()
	days = &twoDays{since: since.number(), today: DateOf(q.Clock.Asof).number()}
	err = together(
		func() (err error) { days.then, err = a.tenancies(ctx, then, building); return err },
		func() (err error) { days.now, err = a.tenancies(ctx, q, building); return err },
	)
	return since, choices, days, err
}

// buildings are the keys of those with a line on either day.
func (d *twoDays) buildings() []string {
	list := slices.Collect(maps.Keys(d.now.byKey))
	for key := range d.then.byKey {
		if d.now.byKey[key] == nil {
			list = append(list, key)
		}
	}
	return list
}

// buildingDays are the lines of one building on both days.
type buildingDays struct {
	since, today epochDay
	then, now    []*tenancy
	listed       bool // a list of tenants speaks of the earlier day or before
}

// of gives a building's lines. Where no list speaks of the earlier day or before, who was in then follows from the dates of moving in and out alone.
func (d *twoDays) of(building string) buildingDays {
	b := buildingDays{since: d.since, today: d.today, then: d.then.of(building), now: d.now.of(building)}
	if b.listed = len(b.then) > 0; !b.listed {
		b.then = b.now
	}
	return b
}

// dayLine is a line of one of the two days with its firm, told apart by the codes that the building's lines of both days state.
type dayLine struct {
	*tenancy
	firm    firmID
	now, in bool
}

// each hands on the lines of both days, those of the earlier first.
func (b buildingDays) each(take func(dayLine)) {
	codes := onlyCodes(statedIn(b.then, b.now))
	for _, t := range b.then {
		take(dayLine{t, t.stated().toldApart(codes), false, t.inOn(b.since)})
	}
	for _, t := range b.now {
		take(dayLine{t, t.stated().toldApart(codes), true, t.inOn(b.today)})
	}
}

// dated reports whether a line came or went between the days.
func (b buildingDays) dated(t *tenancy) bool {
	return t.came > b.since && t.came <= b.today || t.went > b.since && t.went <= b.today
}

// moveCount counts the moves of one building after another.
type moveCount struct {
	at    map[uint64]int
	firms []firmCounted
}

// firmCounted is a firm in a building on both days.
type firmCounted struct {
	then, now firmOnDay
	dated     bool
}

type firmOnDay struct {
	lines int
	area  amount
}

func (d *firmOnDay) add(t *tenancy) { d.lines, d.area = d.lines+1, d.area.plus(t.area) }

func newMoveCount() *moveCount { return &moveCount{at: map[uint64]int{}} }

// moved adds up the area that firms moved in and out of a building, and how far those who stayed grew or shrank.
func (c *moveCount) moved(b buildingDays) MovedArea {
	clear(c.at)
	c.firms = c.firms[:0]
	b.each(func(l dayLine) {
		at, met := c.at[l.firm.id]
		if !met {
			at = len(c.firms)
			c.at[l.firm.id] = at
			c.firms = append(c.firms, firmCounted{})
		}
		f := &c.firms[at]
		f.dated = f.dated || b.dated(l.tenancy)
		switch {
		case l.in && l.now:
			f.now.add(l.tenancy)
		case l.in:
			f.then.add(l.tenancy)
		}
	})
	var m MovedArea
	var in, out, grown amount
	known, dated := false, false
	for _, f := range c.firms {
		was, is := f.then.lines > 0, f.now.lines > 0
		known, dated = known || was || is || f.dated, dated || f.dated
		switch {
		case is && !was:
			m.FirmsIn, in = m.FirmsIn+1, in.plus(f.now.area)
		case was && !is:
			m.FirmsOut, out = m.FirmsOut+1, out.plus(f.then.area)
		case f.now.area.said && f.then.area.said:
			grown = grown.plus(f.now.area.minus(f.then.area))
		}
	}
	m.InM2, m.OutM2, m.GrownM2 = in.decimal(), out.decimal(), grown.decimal()
	m.By = movesBy(b.listed && known, dated)
	m.close()
	return m
}

// firmBothDays is a firm in a building with what its page says of both days.
type firmBothDays struct {
	FirmMove
	was, now                   int // lines
	wasLeases, leases          leaseSet
	wasArea, area              amount
	lastEnd, end, came, leftOn epochDay
}

// leaseSet are the terms of leases.
type leaseSet map[[2]epochDay]bool

// firmsOnTwoDays are the firms that are in a building on either day, the largest area first.
func firmsOnTwoDays(b buildingDays) []*firmBothDays {
	list, at := []*firmBothDays{}, map[uint64]*firmBothDays{}
	leftOn := map[uint64]epochDay{} // when lines of a name went, the last
	for _, t := range b.now {
		if left, known := leftOn[t.nameID]; !known || t.went > left {
			leftOn[t.nameID] = t.went
		}
	}
	b.each(func(l dayLine) {
		if !l.in {
			return
		}
		f := at[l.firm.id]
		if f == nil {
			f = &firmBothDays{FirmMove: FirmMove{Firm: l.firm.key}, wasLeases: leaseSet{}, leases: leaseSet{}, lastEnd: noDay, end: noDay, came: noDay, leftOn: noDay}
			at[l.firm.id] = f
			list = append(list, f)
		}
		if left, known := leftOn[l.nameID]; known {
			f.leftOn = max(f.leftOn, left)
		}
		f.add(l)
	})
	for _, f := range list {
		f.finish()
	}
	slices.SortFunc(list, func(x, y *firmBothDays) int {
		return cmp.Or(y.larger().cmp(x.larger()), cmp.Compare(x.Company, y.Company), cmp.Compare(x.Firm, y.Firm))
	})
	return list
}

// add takes a line that is in on its day; the newest line of the later day comes last and says what the firm is called.
func (f *firmBothDays) add(l dayLine) {
	f.Company = l.tenant
	lines, area, rooms, leases, end := &f.was, &f.wasArea, &f.WasRooms, f.wasLeases, &f.lastEnd
	if l.now {
		lines, area, rooms, leases, end = &f.now, &f.area, &f.Rooms, f.leases, &f.end
		f.came = max(f.came, l.came)
	}
	*lines, *area, *end = *lines+1, area.plus(l.area), max(*end, l.to)
	*rooms = append(*rooms, cmp.Or(l.room, l.floor))
	leases[[2]epochDay{l.from, l.to}] = true
}

// finish gives what the lines add up to.
func (f *firmBothDays) finish() {
	for _, rooms := range []*[]string{&f.Rooms, &f.WasRooms} {
		slices.Sort(*rooms)
		*rooms = append([]string{}, slices.Compact(*rooms)...)
	}
	f.WasM2, f.AreaM2, f.laterLease = f.wasArea.decimal(), f.area.decimal(), !maps.Equal(f.wasLeases, f.leases)
	f.WasTo, f.LeaseTo, f.MovedIn, f.MovedOut = f.lastEnd.date(), f.end.date(), f.came.date(), f.leftOn.date()
}

// larger is the greater of the areas of both days.
func (f *firmBothDays) larger() amount {
	more := f.area
	if f.wasArea.cmp(more) > 0 {
		more = f.wasArea
	}
	return amount{said: true}.plus(more) // of unknown area as of none
}
