package analytics

import "taizhang/ledger"

// IndicatorsAnswer are the series of the record, in the order the sheets list them.
type IndicatorsAnswer struct {
	Stamp `json:"stamp"`

	Year   int               `json:"year"`
	Series []IndicatorSeries `json:"series"`
}

// IndicatorSeries is one indicator in one unit and basis, by years and months.
type IndicatorSeries struct {
	Indicator string           `json:"indicator"`
	Unit      string           `json:"unit"`
	Basis     string           `json:"basis,omitempty"`
	Years     []IndicatorYear  `json:"years"`
	Months    []IndicatorMonth `json:"months"`

	// The year to date adds months up; it is null for rates, balances and series without a unit of money.
	Through           string          `json:"through"` // last month of the year asked for, 2016-05
	YearToDate        ledger.Decimal  `json:"year_to_date"`
	LastYearToDate    ledger.Decimal  `json:"last_year_to_date"` // same months, null unless all are loaded
	YearToDateGrowth  ledger.Decimal  `json:"year_to_date_growth_percent"`
	YearToDateDelta   ledger.Decimal  `json:"year_to_date_delta"`
	Target            ledger.Decimal  `json:"target"`
	TargetYear        int             `json:"target_year,omitempty"`
	CompletionPercent ledger.Decimal  `json:"completion_percent"`
	TimePercent       ledger.Decimal  `json:"time_percent"`
	AheadPoints       ledger.Decimal  `json:"ahead_points"`
	PlannedGrowth     ledger.Decimal  `json:"planned_growth_percent"` // the target against the whole year before
	Light             Light           `json:"light"`                  // by rule 1b; grey without growth or without a target
	Ranks             []IndicatorRank `json:"ranks"`
	Growth            []PlanGrowth    `json:"growth"` // plan periods whose first and last year are loaded
}

// IndicatorYear is the value of a year and its growth on the year before.
type IndicatorYear struct {
	Year          int            `json:"year"`
	Value         ledger.Decimal `json:"value"`
	GrowthPercent ledger.Decimal `json:"growth_percent"`
}

// IndicatorMonth is the value of a month beside the same month of the year before.
type IndicatorMonth struct {
	Month         string         `json:"month"`
	Value         ledger.Decimal `json:"value"`
	LastYear      ledger.Decimal `json:"last_year"`
	GrowthPercent ledger.Decimal `json:"growth_percent"`
}

// IndicatorRank is the place in the district's list; Population is null when the sheet does not say of how many.
type IndicatorRank struct {
	Year       int            `json:"year"`
	Rank       ledger.Decimal `json:"rank"`
	Population ledger.Decimal `json:"population"`
}

// PlanGrowth compares the last year of a plan period with the last year of the one before.
type PlanGrowth struct {
	Plan string `json:"plan"` // 十二五
	Growth
}
