package analytics

import (
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// endingWithin is how many days ahead a lease's end is called near.
const endingWithin = 180

// Building answers one building by name or key: floors, leases that end, who may leave, moves and payers. An unknown one is NotFound.
func (a *Analytics) Building(ctx context.Context, q Question, key string) (*BuildingAnswer, error) {
	return a.BuildingSince(ctx, q, key, "")
}

// BuildingSince is Building with its moves counted from a day, 2015-12-31; an empty one is chosen: a year before, or the list before the newest.
func (a *Analytics) BuildingSince(ctx context.Context, q Question, key, day string) (*BuildingAnswer, error) {
	ctx = Asking(ctx)
	book, err := a.taxBook(ctx, q)
	if err != nil {
		return nil, err
	}
	all, err := a.buildings(ctx, q, book, ledger.NameKey(key))
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all.Buildings, func(b BuildingLine) bool { return b.Key == ledger.NameKey(key) })
	if at < 0 {
		return nil, ledger.Fail(ledger.NotFound, text.T("error.not_found", key))
	}
	ans := &BuildingAnswer{Stamp: all.Stamp, Year: all.Year, Basis: all.Basis, TaxThrough: all.TaxThrough, Line: all.Buildings[at],
		Floors: []Floor{}, Ending: []BuildingUnit{}, Top: []TaxPayer{}}
	var firms *firmList
	var units []BuildingUnit
	var vacant []VacantRoom
	err = together(
		func() (err error) {
			firms, err = a.firms(ctx, q, book, firmsAsked{building: ans.Line.Key, limit: mostFirms})
			return err
		},
		func() error { return a.buildingPayers(ctx, q, book, ans) },
		func() (err error) { units, err = a.buildingUnits(ctx, q, ans.Line.Key); return err },
		func() (err error) { vacant, err = a.vacantRooms(ctx, q, ans.Line.Key); return err },
		func() (err error) { ans.Expiry, err = a.expiry(ctx, q, book, ans.Line.Key); return err },
		func() (err error) { ans.Moves, err = a.buildingMoves(ctx, q, ans.Line.Key, day); return err },
	)
	if err != nil {
		return nil, err
	}
	ans.WatchLimits = a.thresholds().watchLimits()
	ans.Watch, ans.WatchTotals, ans.Headquarters = firms.watch, firms.of(ans.Line.Key), firms.hq
	for i := range units {
		units[i].TaxYuan = firms.paid[units[i].Firm]
	}
	ans.stack(units, vacant)
	for _, u := range units {
		if u.LeaseDays.Valid() && u.LeaseDays.Sign() >= 0 && u.LeaseDays.Cmp(ledger.Int(endingWithin)) <= 0 {
			ans.Ending = append(ans.Ending, u)
		}
	}
	slices.SortStableFunc(ans.Ending, func(x, y BuildingUnit) int { return x.LeaseDays.Cmp(y.LeaseDays) })
	return ans, nil
}

// buildingPayers lists who paid most in the building.
func (a *Analytics) buildingPayers(ctx context.Context, q Question, book *taxBook, ans *BuildingAnswer) error {
	params := book.params(ans.Year)
	params["building"] = ans.Line.Key
	return a.each(ctx, "Building.Tax", q, params, func(rows driver.Rows) error {
		var p TaxPayer
		if err := rows.Scan(&p.Company, &p.TaxYuan, &p.LastYearYuan); err != nil {
			return err
		}
		if p.TaxYuan.Valid() && len(ans.Top) < topPayers {
			p.SharePercent = Percent(p.TaxYuan, ans.Line.TaxYuan)
			p.ChangePercent = GrowthPercent(p.LastYearYuan, p.TaxYuan)
			ans.Top = append(ans.Top, p)
		}
		return nil
	})
}

// buildingUnits are the lines of occupancy of a building on the day, in the order of the sheet.
func (a *Analytics) buildingUnits(ctx context.Context, q Question, building string) ([]BuildingUnit, error) {
	lines, err := a.tenancies(ctx, q, building)
	if err != nil {
		return nil, err
	}
	units, today := []BuildingUnit{}, DateOf(q.Clock.Asof).number()
	for t := range lines.in(building, today) {
		u := BuildingUnit{Floor: t.floor, Room: t.room, Tenant: t.tenant, Firm: t.firm.key, Industry: t.industry, AreaM2: t.area.decimal(), LeaseFrom: t.from.date(), LeaseTo: t.to.date(),
			Registered: t.registered.answer(), LocalTax: t.localTax.answer(), Headquarters: t.headquarters}
		if t.to != noDay {
			u.LeaseDays = ledger.Int(int64(t.to - today))
		}
		units = append(units, u)
	}
	return units, nil
}

// vacantRooms lists the rooms of a building that stand empty on the day.
func (a *Analytics) vacantRooms(ctx context.Context, q Question, building string) ([]VacantRoom, error) {
	rooms := []VacantRoom{}
	err := a.each(ctx, "Building.Vacant", q, ledger.Params{"building": building}, func(rows driver.Rows) error {
		var r VacantRoom
		var since, told nullDay
		if err := rows.Scan(&r.Floor, &r.Room, &r.AreaM2, &since, &r.AskingRent, &told); err != nil {
			return err
		}
		r.Floor, r.Since, r.ToldOn = narrowFloor(r.Floor), dateAt(since), dateAt(told)
		rooms = append(rooms, r)
		return nil
	})
	return rooms, err
}
