package analytics

import "taizhang/ledger"

// BuildingAnswer is one building: its floors for the stacking plan, its leases and its tax.
type BuildingAnswer struct {
	Stamp `json:"stamp"`

	Year       int            `json:"year"`
	Basis      string         `json:"basis"`
	TaxThrough string         `json:"tax_through"`
	Line       BuildingLine   `json:"building"`
	Floors     []Floor        `json:"floors"` // the top first
	Vacancy    Vacancy        `json:"vacancy"`
	Expiry     []LeaseExpiry  `json:"expiry"`
	Ending     []BuildingUnit `json:"ending"` // leases that end within 180 days, the first to end first
	Top        []TaxPayer     `json:"top"`

	Watch        []BuildingFirm `json:"watch"`        // who may leave, the most reasons first
	WatchTotals  FirmTotals     `json:"watch_totals"` // of all firms of the building
	WatchLimits  WatchLimits    `json:"watch_limits"`
	Headquarters []BuildingFirm `json:"headquarters"`
	Moves        BuildingMoves  `json:"moves"`

	part string // the table it is as a file
}

// Vacancy is what the lists of vacant rooms say of a building. UnplacedM2 is vacant by the register and on no list: it has no floor.
type Vacancy struct {
	Rooms      int64          `json:"rooms"`
	Unmeasured int64          `json:"rooms_without_area"`
	ListedM2   ledger.Decimal `json:"listed_m2"`
	UnplacedM2 ledger.Decimal `json:"unplaced_m2"`
	ToldOn     Date           `json:"told_on"` // of the newest list
}

// VacantRoom is a room that stands empty by the newest list of its building; Floor is written as in Floors.
type VacantRoom struct {
	Floor      string         `json:"floor"`
	Room       string         `json:"room"`
	AreaM2     ledger.Decimal `json:"area_m2"`
	Since      Date           `json:"since"`
	AskingRent string         `json:"asking_rent"`
	ToldOn     Date           `json:"told_on"` // the day of the list that says so
}

// Floor is one floor with what is let on it and what stands empty; no sheet says how large it is in all.
type Floor struct {
	Floor    string         `json:"floor"`
	AreaM2   ledger.Decimal `json:"area_m2"` // let
	VacantM2 ledger.Decimal `json:"vacant_m2"`
	Units    []BuildingUnit `json:"units"`
	Vacant   []VacantRoom   `json:"vacant"` // in the order of their sheet
}

// BuildingUnit is one line of occupancy.
type BuildingUnit struct {
	Floor        string         `json:"floor"`
	Room         string         `json:"room"`
	Tenant       string         `json:"tenant"`
	Industry     string         `json:"industry"`
	AreaM2       ledger.Decimal `json:"area_m2"`
	LeaseFrom    Date           `json:"lease_from"`
	LeaseTo      Date           `json:"lease_to"`
	LeaseDays    ledger.Decimal `json:"lease_days"` // to the end; negative when over, null when open-ended
	Registered   *bool          `json:"registered"`
	LocalTax     *bool          `json:"local_tax"`
	Headquarters string         `json:"headquarters"`
	TaxYuan      ledger.Decimal `json:"tax_yuan"` // of the company in the year to date, on each of its lines

	Firm string `json:"firm"` // the same on each of its lines, in any building
}

// LeaseExpiry is what ends in a year; Kind is expired (before the day), year or open_ended.
type LeaseExpiry struct {
	Kind    string         `json:"kind"`
	Year    int            `json:"year,omitempty"`
	Leases  int64          `json:"leases"`
	Firms   int64          `json:"firms"`
	AreaM2  ledger.Decimal `json:"area_m2"`
	TaxYuan ledger.Decimal `json:"tax_yuan"` // of the firms, in the year to date
	payers  int64          // firms whose tax is added up
}
