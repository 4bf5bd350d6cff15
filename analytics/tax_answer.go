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
	TimePercent        ledger.Decimal `json:"time_percent"` // of the last complete month, by the target's own curve or m/12
	CustomCurve        bool           `json:"custom_curve"` // the target has a curve of its own
	AheadPoints        ledger.Decimal `json:"ahead_points"` // completion less time; null when a month is missing

	Part       *TaxPart    `json:"part,omitempty"`  // the part the whole answer is about; nil for all of the area
	Break      *TaxBreak   `json:"break,omitempty"` // the comparison crosses the reform of May 2016
	Years      []TaxYear   `json:"years"`
	ByType     []TaxShare  `json:"by_type"`
	ByBuilding []TaxShare  `json:"by_building"`
	ByIndustry []TaxShare  `json:"by_industry"`
	Top        []TaxPayer  `json:"top"`
	LeftOut    []TaxPeriod `json:"left_out"` // periods that overlap single months and are not added

	IndustryEdition string          `json:"industry_edition"` // of GB/T 4754, in force in the year
	NewPayers       TaxMovement     `json:"new_payers"`
	LostPayers      TaxMovement     `json:"lost_payers"`
	Ranks           []IndicatorRank `json:"ranks"` // years ascending

	Companies            int64          `json:"companies"`
	ConcentrationPercent ledger.Decimal `json:"concentration_percent"` // the five largest of the total
	Top5Yuan             ledger.Decimal `json:"top5_yuan"`
	Rank                 ledger.Decimal `json:"rank"`
	RankOf               ledger.Decimal `json:"population"`
	RankYear             int            `json:"rank_year,omitempty"`

	payers  []TaxPayer // those that are told of: who paid most, came, went or fell
	book    *taxBook
	covered int // the last month with data, which Through may be asked to lie before
}

// Covered is the last month of the year with data, also when an earlier one was asked for; 0 when there is none.
func (ans *TaxAnswer) Covered() int { return ans.covered }

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
	TargetYuan              ledger.Decimal `json:"target_yuan"` // due by the end of the month: the year's target by its time progress
	Earlier                 []TaxEarlier   `json:"earlier"`     // the same month of the years before, the last first
}

// TaxEarlier is the same month of an earlier year; null where it is not loaded.
type TaxEarlier struct {
	Year           int            `json:"year"`
	TaxYuan        ledger.Decimal `json:"tax_yuan"`
	CumulativeYuan ledger.Decimal `json:"cumulative_yuan"`
}

// TaxPart is the part of the area's tax that is asked for.
type TaxPart struct {
	Building string `json:"building,omitempty"`
	Industry string `json:"industry,omitempty"` // a section's letter, or the sheet's own word where it names none
}

// TaxMovement is how many payers came or went between the same months of two years, and the tax that came or went with them; all is
// null when the months of the year before are not all loaded.
type TaxMovement struct {
	Count  ledger.Decimal `json:"count"`
	Yuan   ledger.Decimal `json:"yuan"`
	Payers []TaxPayer     `json:"payers"` // the largest first
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
	Section       string         `json:"section,omitempty"` // of GB/T 4754, for industries it could be told of
	Words         []string       `json:"words,omitempty"`   // what the sheets themselves call the industry
	id            uint64         // of a building, until its name is read
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
