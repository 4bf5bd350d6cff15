package analytics

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// endingWithin is how many days ahead a lease's end is called near.
const endingWithin = 180

// Building answers one building by name or key: floors, leases that end, and payers. An unknown one is NotFound.
func (a *Analytics) Building(ctx context.Context, q Question, key string) (*BuildingAnswer, error) {
	book, err := a.taxBook(ctx, q)
	if err != nil {
		return nil, err
	}
	all, err := a.buildings(ctx, q, book)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all.Buildings, func(b BuildingLine) bool { return b.Key == ledger.NameKey(key) })
	if at < 0 {
		return nil, ledger.Fail(ledger.NotFound, text.T("error.not_found", key))
	}
	ans := &BuildingAnswer{Stamp: all.Stamp, Year: all.Year, Basis: all.Basis, TaxThrough: all.TaxThrough, Line: all.Buildings[at],
		Floors: []Floor{}, Ending: []BuildingUnit{}, Top: []TaxPayer{}}
	paid, err := a.buildingPayers(ctx, q, book, ans)
	if err != nil {
		return nil, err
	}
	units, err := a.buildingUnits(ctx, q, ans.Line.Key, paid)
	if err != nil {
		return nil, err
	}
	if ans.Vacant, err = a.vacantRooms(ctx, q, ans.Line.Key); err != nil {
		return nil, err
	}
	ans.stack(units)
	ans.Expiry = expiry(units, DateOf(q.Clock.Asof))
	for _, u := range units {
		if u.LeaseDays.Valid() && u.LeaseDays.Sign() >= 0 && u.LeaseDays.Cmp(ledger.Int(endingWithin)) <= 0 {
			ans.Ending = append(ans.Ending, u)
		}
	}
	slices.SortStableFunc(ans.Ending, func(x, y BuildingUnit) int { return x.LeaseDays.Cmp(y.LeaseDays) })
	return ans, nil
}

// buildingPayers lists who paid most in the building and gives each company's tax by its key.
func (a *Analytics) buildingPayers(ctx context.Context, q Question, book *taxBook, ans *BuildingAnswer) (map[string]ledger.Decimal, error) {
	params := book.params(ans.Year)
	params["building"] = ans.Line.Key
	paid := map[string]ledger.Decimal{}
	err := a.each(ctx, "Building.Tax", q, params, func(rows driver.Rows) error {
		var key string
		var all ledger.Decimal
		var p TaxPayer
		if err := rows.Scan(&key, &p.Company, &all, &p.TaxYuan, &p.LastYearYuan); err != nil {
			return err
		}
		paid[key] = all
		if p.TaxYuan.Valid() && len(ans.Top) < topPayers {
			p.SharePercent = Percent(p.TaxYuan, ans.Line.TaxYuan)
			p.ChangePercent = GrowthPercent(p.LastYearYuan, p.TaxYuan)
			ans.Top = append(ans.Top, p)
		}
		return nil
	})
	return paid, err
}

func (a *Analytics) buildingUnits(ctx context.Context, q Question, building string, paid map[string]ledger.Decimal) ([]BuildingUnit, error) {
	units, today := []BuildingUnit{}, DateOf(q.Clock.Asof)
	err := a.each(ctx, "Building.Units", q, ledger.Params{"building": building}, func(rows driver.Rows) error {
		var u BuildingUnit
		var from, to nullDay
		if err := rows.Scan(&u.Floor, &u.Room, &u.Tenant, &u.firm, &u.Industry, &u.AreaM2, &from, &to, &u.Registered, &u.LocalTax, &u.Headquarters); err != nil {
			return err
		}
		u.LeaseFrom, u.LeaseTo, u.TaxYuan = dateAt(from), dateAt(to), paid[u.firm]
		if u.LeaseTo.Known() {
			u.LeaseDays = ledger.Int(u.LeaseTo.Since(today))
		}
		units = append(units, u)
		return nil
	})
	return units, err
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

// stack groups the units by floor, the top floor first; a floor that is no number comes last.
func (ans *BuildingAnswer) stack(units []BuildingUnit) {
	for _, u := range units {
		floor := narrowFloor(u.Floor)
		at := slices.IndexFunc(ans.Floors, func(f Floor) bool { return f.Floor == floor })
		if at < 0 {
			at = len(ans.Floors)
			ans.Floors = append(ans.Floors, Floor{Floor: floor})
		}
		ans.Floors[at].Units = append(ans.Floors[at].Units, u)
		ans.Floors[at].AreaM2 = plus(ans.Floors[at].AreaM2, u.AreaM2)
	}
	slices.SortStableFunc(ans.Floors, func(x, y Floor) int { return cmp.Compare(floorNumber(y.Floor), floorNumber(x.Floor)) })
}

// floorNumber reads 12, 12层, 12F, F12, 3-5层 (its first) and B1 or 负一 as below ground.
func floorNumber(floor string) int {
	floor = narrowFloor(floor)
	start := strings.IndexAny(floor, "0123456789")
	if start < 0 {
		return noFloor
	}
	end := start
	for end < len(floor) && floor[end] >= '0' && floor[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(floor[start:end])
	if err != nil {
		return noFloor
	}
	if strings.ContainsAny(floor[:start], "-Bb") || strings.Contains(floor[:start], "负") || strings.Contains(floor[:start], "地下") {
		return -n
	}
	return n
}

// narrowFloor writes １０层 and 10 F as 10, so that one floor is one row of the stack.
func narrowFloor(floor string) string {
	narrow := strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - 0xFEE0
		case r == ' ' || r == '　':
			return -1
		}
		return r
	}, floor)
	for _, suffix := range []string{"层", "楼", "F", "f"} {
		if rest, cut := strings.CutSuffix(narrow, suffix); cut && rest != "" {
			return rest
		}
	}
	return narrow
}

// noFloor sorts what is no number below every floor.
const noFloor = -1000

// expiry groups the leases by the year they end in: over already, each year, open-ended.
func expiry(units []BuildingUnit, today Date) []LeaseExpiry {
	groups, firms := map[string]*LeaseExpiry{}, map[string]bool{}
	for _, u := range units {
		e := LeaseExpiry{Kind: "open_ended"}
		order := "9"
		switch {
		case u.LeaseTo.Known() && today.After(u.LeaseTo):
			e.Kind, order = "expired", "0"
		case u.LeaseTo.Known():
			e.Kind, e.Year = "year", u.LeaseTo.Time().Year()
			order = "1" + strconv.Itoa(e.Year)
		}
		if groups[order] == nil {
			groups[order] = &e
		}
		g := groups[order]
		g.Leases++
		g.AreaM2 = plus(g.AreaM2, u.AreaM2)
		// A firm on several lines pays its tax once.
		if who := order + u.firm; !firms[who] {
			firms[who] = true
			g.Firms++
			g.TaxYuan = plus(g.TaxYuan, u.TaxYuan)
		}
	}
	list := []LeaseExpiry{}
	for _, order := range sortedKeys(groups) {
		list = append(list, *groups[order])
	}
	return list
}

// Table is the lines of occupancy from the top floor down.
func (ans *BuildingAnswer) Table() Table {
	t := Table{Columns: []Column{
		{"floor", "楼层", "Floor", ""}, {"room", "房号", "Room", ""}, {"tenant", "企业名称", "Tenant", ""}, {"industry", "行业", "Industry", ""},
		{"area_m2", "面积", "Area", "㎡"}, {"lease_from", "租期起", "Lease from", ""}, {"lease_to", "租期止", "Lease to", ""}, {"tax_yuan", "税收", "Tax", "元"},
	}}
	for _, f := range ans.Floors {
		for _, u := range f.Units {
			t.Rows = append(t.Rows, []any{u.Floor, u.Room, u.Tenant, u.Industry, u.AreaM2, u.LeaseFrom.cell(), u.LeaseTo.cell(), u.TaxYuan})
		}
	}
	return t
}
