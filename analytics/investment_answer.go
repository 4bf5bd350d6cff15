package analytics

import "taizhang/ledger"

// InvestmentAnswer is investment promotion: leads by stage, what is signed and what is only intended, what was paid in.
// Contracts in US dollars stand apart and are never converted.
type InvestmentAnswer struct {
	Stamp `json:"stamp"`

	Total    InvestmentSum     `json:"total"`
	Signed   InvestmentSum     `json:"signed"`   // 签约 and later stages
	Intended InvestmentSum     `json:"intended"` // 意向
	ByStage  []InvestmentStage `json:"by_stage"`
	PaidIn   Rate              `json:"paid_in"` // paid in of contracts, leads ever signed with a contract in yuan
	Landed   Rate              `json:"landed"`  // leads registered here or further, of those ever signed
	Started  Rate              `json:"started"` // leads whose works have begun or further, of those ever signed
	Leads    []InvestmentLead  `json:"leads"`

	Funnel InvestmentFunnel `json:"funnel"`
	// What follows is answered by Investment alone, not where only the leads are asked for.
	Filter   LeadFilter       `json:"-"`
	Items    []InvestmentLead `json:"-"` // the leads that meet the filter
	Cohort   InvestmentCohort `json:"cohort"`
	Sheet    PaidInSheet      `json:"paid_in_sheet"`
	Target   InvestmentTarget `json:"target"`
	Services ServiceCases     `json:"services"`
}

// Rate is a percentage with what it was computed from.
type Rate struct {
	Numerator   ledger.Decimal `json:"numerator"`
	Denominator ledger.Decimal `json:"denominator"`
	Percent     ledger.Decimal `json:"percent"` // null when the denominator is zero or missing
	Count       int64          `json:"count"`   // things it was computed over
	Blank       int64          `json:"blank"`   // of these, how many had no numerator and counted as nothing
}

// InvestmentSum adds up leads. An amount is null when no lead of the group has one.
type InvestmentSum struct {
	Count           int64          `json:"count"`
	ContractYuan    ledger.Decimal `json:"contract_yuan"`
	ContractUSD     ledger.Decimal `json:"contract_usd"`
	PaidInYearYuan  ledger.Decimal `json:"paid_in_year_yuan"`
	PaidInTotalYuan ledger.Decimal `json:"paid_in_total_yuan"`
	OtherCurrency   int64          `json:"other_currency"` // leads whose contract is in neither
}

// InvestmentStage is a stage of the funnel.
type InvestmentStage struct {
	Stage  string `json:"stage"`
	Signed bool   `json:"signed"` // a contract is signed at this stage
	Exit   bool   `json:"exit"`   // 搁置, 终止, 流失: out of the funnel
	InvestmentSum
}

// InvestmentLead is one lead with all its dates.
type InvestmentLead struct {
	Project         string         `json:"project"`
	Investor        string         `json:"investor"`
	Origin          string         `json:"origin"`
	Industry        string         `json:"industry"`
	Stage           string         `json:"stage"`
	ContractAmount  ledger.Decimal `json:"contract_amount"` // in Currency
	Currency        string         `json:"currency"`        // CNY, USD or as written
	FundSource      string         `json:"fund_source"`
	PaidInYearYuan  ledger.Decimal `json:"paid_in_year_yuan"`
	PaidInTotalYuan ledger.Decimal `json:"paid_in_total_yuan"`
	PaidInPercent   ledger.Decimal `json:"paid_in_percent"`
	OverContract    bool           `json:"over_contract"` // more paid in than the contract says
	TalksOn         Date           `json:"talks_on"`
	IntendedOn      Date           `json:"intended_on"`
	SignedOn        Date           `json:"signed_on"`
	RegisteredOn    Date           `json:"registered_on"`
	StartedOn       Date           `json:"started_on"`
	OperatingOn     Date           `json:"operating_on"`
	StageOn         Date           `json:"stage_on"`   // when the present stage began, if dated
	StageDays       ledger.Decimal `json:"stage_days"` // days in the present stage
	DatesOutOfOrder bool           `json:"dates_out_of_order"`
	Agent           string         `json:"agent"`
	Building        string         `json:"building"`
	LostReason      string         `json:"lost_reason"`
}
