package analytics

import "taizhang/ledger"

// BuildingsAnswer is the building economy (楼宇经济): one line a building, with the tax of the year by building name.
type BuildingsAnswer struct {
	Stamp `json:"stamp"`

	Year       int            `json:"year"`
	Basis      string         `json:"basis"`
	TaxThrough string         `json:"tax_through"` // last month of tax counted, 2016-05; empty when there is none
	Buildings  []BuildingLine `json:"buildings"`
	Totals     BuildingTotals `json:"totals"`
	Tiers      []BuildingTier `json:"tiers"`
	WALEDays   ledger.Decimal `json:"wale_days"` // area-weighted days to lease end, all buildings

	// What follows is answered by BuildingsBy alone.
	YearAgo      Date             `json:"year_ago"`   // what occupancy is held against
	Since        Date             `json:"since"`      // what moves are counted from
	Days         []Date           `json:"statements"` // days that lists of tenants speak of, the newest first
	Circles      []BuildingCircle `json:"circles"`
	Watch        []BuildingFirm   `json:"watch"` // who may leave, the most reasons first
	WatchTotals  FirmTotals       `json:"watch_totals"`
	WatchLimits  WatchLimits      `json:"watch_limits"`
	Headquarters []BuildingFirm   `json:"headquarters"`
	Expiry       []LeaseExpiry    `json:"expiry"`
	Filter       BuildingsFilter  `json:"filter"`
	Choices      BuildingChoices  `json:"-"`
}

// BuildingCircle is a business circle (商圈); Circle is empty for buildings of none.
type BuildingCircle struct {
	Circle           string         `json:"circle"`
	Buildings        int64          `json:"buildings"`
	GrossAreaM2      ledger.Decimal `json:"gross_area_m2"`
	LettableAreaM2   ledger.Decimal `json:"lettable_area_m2"`
	LetAreaM2        ledger.Decimal `json:"let_area_m2"`
	VacantAreaM2     ledger.Decimal `json:"vacant_area_m2"`
	Occupancy        Rate           `json:"occupancy"` // of the buildings whose lettable and let areas are both known
	TaxYuan          ledger.Decimal `json:"tax_yuan"`
	LastYearTaxYuan  ledger.Decimal `json:"last_year_tax_yuan"`
	TaxGrowthPercent ledger.Decimal `json:"tax_growth_percent"`
	TaxPerM2         ledger.Decimal `json:"tax_per_m2"` // of the buildings whose gross area is known
	Moves            MovedArea      `json:"moves"`

	taxOnArea ledger.Decimal
}

// BuildingLine is one building.
type BuildingLine struct {
	Building string `json:"building"`
	Key      string `json:"key"` // what Building is asked with
	District string `json:"district"`
	Address  string `json:"address"`
	Kind     string `json:"kind"`
	Grade    string `json:"grade"`
	Warden   string `json:"warden"`
	Opened   Date   `json:"opened"`
	// InRegister is false for a building known from its tenants only.
	InRegister bool `json:"in_register"`

	GrossAreaM2      ledger.Decimal `json:"gross_area_m2"`
	LettableAreaM2   ledger.Decimal `json:"lettable_area_m2"`
	LetAreaM2        ledger.Decimal `json:"let_area_m2"`       // sum of the tenants, else the register's own figure
	VacantAreaM2     ledger.Decimal `json:"vacant_area_m2"`    // lettable less let; the register's own figure when that is no area
	OccupancyPercent ledger.Decimal `json:"occupancy_percent"` // null without a lettable area, never clipped
	VacancyPercent   ledger.Decimal `json:"vacancy_percent"`   // 100 less that; null above 100
	Over100          bool           `json:"occupancy_over_100"`
	AreasDisagree    bool           `json:"areas_disagree"` // let and the register's vacant area miss the lettable by more than 0.5 %

	OccupancyFigures

	TaxYuan          ledger.Decimal `json:"tax_yuan"`           // year to date
	LastYearTaxYuan  ledger.Decimal `json:"last_year_tax_yuan"` // same months
	TaxGrowthPercent ledger.Decimal `json:"tax_growth_percent"`
	TaxPerM2         ledger.Decimal `json:"tax_per_m2"`     // yuan a m2 of gross area, a part year not scaled up
	Tier             string         `json:"tier"`           // hundred_million, ten_million or empty, by the tax of the year so far
	LastYearTier     string         `json:"last_year_tier"` // by the whole year before

	// What follows is answered by BuildingsBy alone.
	LastYearOccupancyPercent ledger.Decimal `json:"last_year_occupancy_percent"` // on the same day a year before
	OccupancyChange          ledger.Decimal `json:"occupancy_change_points"`
	LocalTaxAmountPercent    ledger.Decimal `json:"local_tax_amount_percent"` // tax of the firms that pay here of the tax of all its firms
	Moves                    MovedArea      `json:"moves"`
	Watched                  int64          `json:"watched"` // firms that may leave
	WatchedM2                ledger.Decimal `json:"watched_m2"`
	WatchedYuan              ledger.Decimal `json:"watched_yuan"`

	registerVacant, lastYearWhole ledger.Decimal
	payers, lastPayers            int64 // firms whose tax is added up
}

// OccupancyFigures count the firms of one building or of all.
type OccupancyFigures struct {
	Firms               int64          `json:"firms"`
	RegisteredFirms     int64          `json:"registered_firms"`
	RegistrationPercent ledger.Decimal `json:"registration_percent"`
	LocalTaxFirms       int64          `json:"local_tax_firms"`
	LocalTaxPercent     ledger.Decimal `json:"local_tax_percent"`
	Headquarters        int64          `json:"headquarters"`
	Employees           ledger.Decimal `json:"employees"`
	Lines               int64          `json:"lines"`  // lines of occupancy
	Leases              int64          `json:"leases"` // with an end
	OpenEndedLeases     int64          `json:"open_ended_leases"`
	ExpiredLeases       int64          `json:"expired_leases"`
	WALEDays            ledger.Decimal `json:"wale_days"`

	leaseM2Days, leasedM2 ledger.Decimal // what WALEDays is the quotient of
}

// BuildingTotals add the buildings up. The occupancy is that of the buildings whose lettable and let areas are both known.
type BuildingTotals struct {
	Buildings       int64          `json:"buildings"`
	GrossAreaM2     ledger.Decimal `json:"gross_area_m2"`
	LettableAreaM2  ledger.Decimal `json:"lettable_area_m2"`
	LetAreaM2       ledger.Decimal `json:"let_area_m2"`
	VacantAreaM2    ledger.Decimal `json:"vacant_area_m2"`
	Occupancy       Rate           `json:"occupancy"`
	TaxYuan         ledger.Decimal `json:"tax_yuan"`
	LastYearTaxYuan ledger.Decimal `json:"last_year_tax_yuan"`

	TaxGrowthPercent  ledger.Decimal `json:"tax_growth_percent"`
	TaxPerM2          ledger.Decimal `json:"tax_per_m2"`              // of the buildings whose gross area is known
	LastYearOccupancy Rate           `json:"last_year_occupancy"`     // a year before, of the buildings whose occupancy is known on both days
	OccupancyChange   ledger.Decimal `json:"occupancy_change_points"` // of those buildings
	Moves             MovedArea      `json:"moves"`
	OccupancyFigures

	taxOnArea ledger.Decimal
}

// BuildingTier counts the buildings of a tax tier (亿元楼, 千万元楼) in the year, alone and with the tiers above.
type BuildingTier struct {
	Tier       string         `json:"tier"`
	FromYuan   ledger.Decimal `json:"from_yuan"`
	Exclusive  int64          `json:"exclusive"`
	Cumulative int64          `json:"cumulative"`
	LastYear   int64          `json:"last_year"` // exclusive, by the whole year before
}
