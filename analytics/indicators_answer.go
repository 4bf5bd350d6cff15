package analytics

import "taizhang/ledger"

// IndicatorsAnswer are the series of the record, in the order the sheets list them.
type IndicatorsAnswer struct {
	Stamp `json:"stamp"`

	Year      int               `json:"year"`
	Indicator string            `json:"indicator,omitempty"` // the one that was asked for
	Names     []string          `json:"indicators"`          // all there are, each once
	Series    []IndicatorSeries `json:"series"`
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
	Growth            []PlanGrowth    `json:"growth"` // plan periods whose two ends are loaded
	Plans             []PlanGrowth    `json:"plans"`  // 十一五 to the one under way, whatever is loaded of them

	MissingMonths []string            `json:"missing_months"` // of the year, before the last that is loaded
	Progress      []IndicatorProgress `json:"progress"`       // the year's twelve months; empty for what does not add up
}

// IndicatorYear is the value of a year, its growth on the year before and its target.
type IndicatorYear struct {
	Year              int            `json:"year"`
	Value             ledger.Decimal `json:"value"`
	Delta             ledger.Decimal `json:"delta"`          // percentage points for a rate
	GrowthPercent     ledger.Decimal `json:"growth_percent"` // null for a rate
	Target            ledger.Decimal `json:"target"`
	CompletionPercent ledger.Decimal `json:"completion_percent"`
}

// IndicatorMonth is the value of a month beside the same month of the year before and the month before.
type IndicatorMonth struct {
	Month          string         `json:"month"`
	Value          ledger.Decimal `json:"value"`
	LastYear       ledger.Decimal `json:"last_year"`
	Delta          ledger.Decimal `json:"delta"`          // on last year; percentage points for a rate
	GrowthPercent  ledger.Decimal `json:"growth_percent"` // on last year; null for a rate
	OnMonthPercent ledger.Decimal `json:"on_month_percent"`
}

// IndicatorProgress is a year up to the end of a month; null from the first missing month on.
type IndicatorProgress struct {
	Month              string         `json:"month"`
	Cumulative         ledger.Decimal `json:"cumulative"`
	LastYearCumulative ledger.Decimal `json:"last_year_cumulative"`
	TargetDue          ledger.Decimal `json:"target_due"` // the year's target by its time progress
}

// IndicatorRank is the place in the district's list; Population is null when the sheet does not say of how many.
type IndicatorRank struct {
	Year       int            `json:"year"`
	Rank       ledger.Decimal `json:"rank"`
	Population ledger.Decimal `json:"population"`
}

// PlanGrowth compares a plan period with the last year of the one before: by its own last year, or the newest one loaded of it.
type PlanGrowth struct {
	Number PlanPeriod     `json:"number"` // 12
	Plan   string         `json:"plan"`   // 十二五
	Begins int            `json:"begins"`
	Ends   int            `json:"ends"`
	Loaded int            `json:"years_loaded"`
	Over   bool           `json:"complete"` // its last year is loaded
	Total  ledger.Decimal `json:"total"`    // of the loaded years; null for what does not add up
	Growth
}
