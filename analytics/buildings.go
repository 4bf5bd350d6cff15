package analytics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// buildingTiers are the tax tiers of buildings (亿元楼, 千万元楼), the highest first; a bound belongs to its tier.
var buildingTiers = []struct {
	name string
	from ledger.Decimal
}{{"hundred_million", ledger.Int(100_000_000)}, {"ten_million", ledger.Int(10_000_000)}}

// areaTolerance is how far let and vacant area may miss the lettable area, in percent of it.
var areaTolerance = ledger.MustDecimal("0.5")

// Buildings answers what each building has let, to how many firms, and what tax it brought.
func (a *Analytics) Buildings(ctx context.Context, q Question) (*BuildingsAnswer, error) {
	return once(ctx, partOf{"buildings", q}, func() (*BuildingsAnswer, error) {
		book, err := a.taxBook(ctx, q)
		if err != nil {
			return nil, err
		}
		return a.buildings(ctx, q, book, "")
	})
}

// letting is Buildings without their tax: what the first page shows of them.
func (a *Analytics) letting(ctx context.Context, q Question) (*BuildingsAnswer, error) {
	return a.buildings(ctx, q, nil, "")
}

// buildings answers all buildings, or the one of a key, with their tax of a book.
func (a *Analytics) buildings(ctx context.Context, q Question, book *taxBook, only string) (*BuildingsAnswer, error) {
	ans, label := &BuildingsAnswer{Year: q.YearOr()}, ""
	if book != nil {
		ans.Basis, label = basisName(book.basis), book.label()
		ans.TaxThrough = monthName(ans.Year, book.covered(ans.Year).last())
	}
	var register *buildingRegister
	err := together(
		func() (err error) {
			ans.Stamp, err = a.stamp(ctx, q, label, "buildings", "tenants", "tax")
			return err
		},
		func() (err error) { register, err = a.readBuildings(ctx, q, book, only); return err },
	)
	if err != nil {
		return nil, err
	}
	for i := range register.list {
		register.list[i].finish()
	}
	ans.Buildings, ans.Totals.OccupancyFigures = register.list, register.all
	ans.WALEDays = register.all.WALEDays
	ans.addUp()
	return ans, nil
}

// BuildingNames lists the buildings of the register, in its order.
func (a *Analytics) BuildingNames(ctx context.Context, q Question) ([]string, error) {
	lines, err := a.readRegister(ctx, q, "")
	names := []string{}
	for _, b := range registered(lines).list {
		names = append(names, b.Building)
	}
	return names, err
}

// buildingRegister collects the lines of buildings by key.
type buildingRegister struct {
	places map[string]int
	list   []BuildingLine
	all    OccupancyFigures
}

// line finds a building's line or begins one.
func (r *buildingRegister) line(key, name string) *BuildingLine {
	at, found := r.places[key]
	if !found {
		at = len(r.list)
		r.places[key] = at
		r.list = append(r.list, BuildingLine{Key: key, Building: name})
	}
	return &r.list[at]
}

// registerEntry is a row that was read, as it is put into the register.
type registerEntry func(*buildingRegister)

// registered puts rows into a new register, list after list.
func registered(lists ...[]registerEntry) *buildingRegister {
	r := &buildingRegister{places: map[string]int{}, list: []BuildingLine{}}
	for _, list := range lists {
		for _, put := range list {
			put(r)
		}
	}
	return r
}

// readBuildings reads the buildings, or the one of a key: the register, who is in them and, with a book, what tax they brought.
func (a *Analytics) readBuildings(ctx context.Context, q Question, book *taxBook, only string) (*buildingRegister, error) {
	var lines, taxed []registerEntry
	var tenancies *tenancyList
	err := together(
		func() (err error) { lines, err = a.readRegister(ctx, q, only); return err },
		func() (err error) { tenancies, err = a.tenancies(ctx, q, only); return err },
		func() (err error) {
			if book != nil {
				taxed, err = a.readBuildingTax(ctx, q, book, only)
			}
			return err
		},
	)
	if err != nil {
		return nil, err
	}
	return registered(lines, occupancy(tenancies, only, DateOf(q.Clock.Asof)), taxed), nil
}

func (a *Analytics) readRegister(ctx context.Context, q Question, only string) ([]registerEntry, error) {
	return once(ctx, partOf{"register " + only, ofClock(q)}, func() (list []registerEntry, err error) {
		err = a.each(ctx, "Buildings.Register", ofClock(q), ledger.Params{"building": only}, func(rows driver.Rows) error {
			var b BuildingLine
			var opened nullDay
			if err := rows.Scan(&b.Building, &b.Key, &b.District, &b.Address, &b.Kind, &b.Grade, &b.Warden, &opened,
				&b.GrossAreaM2, &b.LettableAreaM2, &b.LetAreaM2, &b.registerVacant); err != nil {
				return err
			}
			b.Opened, b.InRegister = dateAt(opened), true
			list = append(list, func(r *buildingRegister) { *r.line(b.Key, b.Building) = b })
			return nil
		})
		return list, err
	})
}

// finish works out what follows from a building's figures.
func (b *BuildingLine) finish() {
	b.OccupancyPercent = Percent(b.LetAreaM2, b.LettableAreaM2)
	if b.VacancyPercent = hundred.Sub(b.OccupancyPercent); b.VacancyPercent.Sign() < 0 {
		b.VacancyPercent = ledger.Null // more let than there is: nothing can be said of what is left
	}
	b.Over100 = b.OccupancyPercent.Cmp(hundred) > 0
	b.VacantAreaM2 = b.LettableAreaM2.Sub(b.LetAreaM2)
	if !b.VacantAreaM2.Valid() || b.Over100 {
		b.VacantAreaM2 = b.registerVacant
	}
	if off := Percent(b.LetAreaM2.Add(b.registerVacant).Sub(b.LettableAreaM2), b.LettableAreaM2); off.Valid() {
		b.AreasDisagree = off.Cmp(areaTolerance) > 0 || off.Neg().Cmp(areaTolerance) > 0
	}
	b.TaxGrowthPercent = GrowthPercent(b.LastYearTaxYuan, b.TaxYuan)
	if b.GrossAreaM2.Sign() > 0 {
		b.TaxPerM2 = b.TaxYuan.Div(b.GrossAreaM2)
	}
	b.Tier, b.LastYearTier = tierOf(b.TaxYuan), tierOf(b.lastYearWhole)
}

// tierOf names the tier of a year's tax, empty below all.
func tierOf(tax ledger.Decimal) string {
	for _, tier := range buildingTiers {
		if tax.Cmp(tier.from) >= 0 {
			return tier.name
		}
	}
	return ""
}

// addUp totals the buildings and counts the tiers.
func (ans *BuildingsAnswer) addUp() {
	t := &ans.Totals
	for _, tier := range buildingTiers {
		ans.Tiers = append(ans.Tiers, BuildingTier{Tier: tier.name, FromYuan: tier.from})
	}
	for _, b := range ans.Buildings {
		t.Buildings++
		t.GrossAreaM2, t.LettableAreaM2 = plus(t.GrossAreaM2, b.GrossAreaM2), plus(t.LettableAreaM2, b.LettableAreaM2)
		t.LetAreaM2, t.VacantAreaM2 = plus(t.LetAreaM2, b.LetAreaM2), plus(t.VacantAreaM2, b.VacantAreaM2)
		t.TaxYuan, t.LastYearTaxYuan = plus(t.TaxYuan, b.TaxYuan), plus(t.LastYearTaxYuan, b.LastYearTaxYuan)
		t.Occupancy.occupied(b)
		if b.GrossAreaM2.Sign() > 0 {
			t.taxOnArea = plus(t.taxOnArea, b.TaxYuan)
		}
		for i := range ans.Tiers {
			ans.Tiers[i].count(b)
		}
	}
	t.Occupancy.Percent = Percent(t.Occupancy.Numerator, t.Occupancy.Denominator)
	if t.GrossAreaM2.Sign() > 0 {
		t.TaxPerM2 = t.taxOnArea.Div(t.GrossAreaM2)
	}
	t.TaxGrowthPercent = GrowthPercent(t.LastYearTaxYuan, t.TaxYuan)
}

func (t *BuildingTier) count(b BuildingLine) {
	if b.Tier == t.Tier {
		t.Exclusive++
	}
	if b.TaxYuan.Cmp(t.FromYuan) >= 0 {
		t.Cumulative++
	}
	if b.LastYearTier == t.Tier {
		t.LastYear++
	}
}
