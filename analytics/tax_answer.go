package analytics

import "taizhang/ledger"

// TaxAnswer is the tax of a year on one basis (口径): by month, against the same months of the year before, and by part.
type TaxAnswer struct {
	Stamp `json:"stamp"`

	Year   int        `json:"year"`
	Basis  string     `json:"basis"`  // "未注明" when the sheets name none
	Bases  []TaxBasis `json:"bases"`  // what there is to choose from, the most rows first
	Months []TaxMonth `json:"months"` // January to December; a month without data has nulls

	Through       string   `json:"through"`        // last month with data, 2016-05; empty when there is none
	MissingMonths []string `json:"missing_months"` // months up to Through without data

	YearToDateYuan     ledger.Decimal `json:"year_to_date_yuan"`
	LastYearToDateYuan ledger.Decimal `json:"last_year_to_date_yuan"` // the same months; null unless all of them are loaded
	GrowthPercent      ledger.Decimal `json:"growth_percent"`
	DeltaYuan          ledger.Decimal `json:"delta_yuan"`
	TargetYuan         ledger.Decimal `json:"target_yuan"`
	CompletionPercent  ledger.Decimal `json:"completion_percent"`
	TimePercent        ledger.Decimal `json:"time_percent"` // m/12 of the last complete month
	AheadPoints        ledger.Decimal `json:"ahead_points"` // completion less time; null when a month is missing

	Years      []TaxYear   `json:"years"`
	ByType     []TaxShare  `json:"by_type"`
	ByBuilding []TaxShare  `json:"by_building"`
	ByIndustry []TaxShare  `json:"by_industry"`
	Top        []TaxPayer  `json:"top"`
	LeftOut    []TaxPeriod `json:"left_out"` // periods that overlap single months and are not added

	Companies            int64          `json:"companies"`
	ConcentrationPercent ledger.Decimal `json:"concentration_percent"` // the five largest of the total
	Top5Yuan             ledger.Decimal `json:"top5_yuan"`
	Rank                 ledger.Decimal `json:"rank"`
	RankOf               ledger.Decimal `json:"population"`
	RankYear             int            `json:"rank_year,omitempty"`

	payers []TaxPayer // all that were read, of which Top are the first
}

// TaxBasis is a basis (口径) found in the record with its number of rows.
type TaxBasis struct {
	Basis string `json:"basis"`
	Rows  uint64 `json:"rows"`
}

// TaxMonth is one month of the year asked for beside the same month of the year before.
type TaxMonth struct {
	Month                   string         `json:"month"` // 2016-05
	TaxYuan                 ledger.Decimal `json:"tax_yuan"`
	CumulativeYuan          ledger.Decimal `json:"cumulative_yuan"`
	LastYearYuan            ledger.Decimal `json:"last_year_yuan"`
	LastYearCumulativeYuan  ledger.Decimal `json:"last_year_cumulative_yuan"`
	GrowthPercent           ledger.Decimal `json:"growth_percent"`
	CumulativeGrowthPercent ledger.Decimal `json:"cumulative_growth_percent"`
}

// TaxYear is what a year brought in the months loaded; growth compares the same months of the year before.
type TaxYear struct {
	Year          int            `json:"year"`
	TaxYuan       ledger.Decimal `json:"tax_yuan"`
	Months        int            `json:"months"`
	GrowthPercent ledger.Decimal `json:"growth_percent"`
}

// TaxShare is the part of a tax type, building or industry in the year to date.
type TaxShare struct {
	Name          string         `json:"name"`
	TaxYuan       ledger.Decimal `json:"tax_yuan"`
	SharePercent  ledger.Decimal `json:"share_percent"`
	LastYearYuan  ledger.Decimal `json:"last_year_yuan"`
	ChangePercent ledger.Decimal `json:"change_percent"`
	Companies     int64          `json:"companies"`
}

// TaxPayer is a company among those that paid most in the year to date.
type TaxPayer struct {
	Company       string         `json:"company"`
	TaxYuan       ledger.Decimal `json:"tax_yuan"`
	SharePercent  ledger.Decimal `json:"share_percent"`
	LastYearYuan  ledger.Decimal `json:"last_year_yuan"`
	ChangePercent ledger.Decimal `json:"change_percent"`
}

// TaxPeriod is a period of several months with its tax.
type TaxPeriod struct {
	Month   string         `json:"month"` // its first
	Months  int            `json:"months"`
	TaxYuan ledger.Decimal `json:"tax_yuan"`
}
