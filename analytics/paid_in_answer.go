package analytics

import (
	"slices"

	"taizhang/ledger"
)

// PaidInSheet is what the monthly sheet of paid-in funds says of a year. Foreign money is converted only with a stored rate; without one it stands apart.
type PaidInSheet struct {
	Year       int              `json:"year"`
	Through    string           `json:"through"` // the last month with money, 2016-05
	Months     []PaidInMonth    `json:"months"`
	Sources    []PaidInPart     `json:"sources"` // the largest first
	Currencies []PaidInCurrency `json:"currencies"`
	Total      PaidInSum        `json:"total"`
	// LastYearYuan is the yuan of the same months of the year before, and GrowthPercent the growth of yuan on it.
	LastYearYuan  ledger.Decimal     `json:"last_year_yuan"`
	GrowthPercent ledger.Decimal     `json:"growth_percent"`
	LeftOut       []PaidInSpan       `json:"left_out"`
	Register      RegisterComparison `json:"register"`

	parts     map[string]ledger.Decimal // in yuan by folded project
	names     map[string]string
	unsettled []string // folded projects with money that could not be converted
}

// PaidInSum adds money up: yuan, foreign money converted at stored rates, both together, and what stands apart for want of a rate.
type PaidInSum struct {
	Yuan        ledger.Decimal  `json:"yuan"`
	ForeignYuan ledger.Decimal  `json:"foreign_yuan"`
	TotalYuan   ledger.Decimal  `json:"total_yuan"`
	Apart       []ForeignAmount `json:"apart"`
}

// ForeignAmount is an amount in its own currency.
type ForeignAmount struct {
	Currency string         `json:"currency"`
	Amount   ledger.Decimal `json:"amount"`
}

// PaidInMonth is one month, in yuan against the same month of the year before.
type PaidInMonth struct {
	Month string `json:"month"`
	PaidInSum
	LastYearYuan  ledger.Decimal `json:"last_year_yuan"`
	GrowthPercent ledger.Decimal `json:"growth_percent"`
}

// PaidInPart is what came from one source of funds.
type PaidInPart struct {
	Source string `json:"source"`
	PaidInSum
	SharePercent ledger.Decimal `json:"share_percent"`
}

// PaidInCurrency is foreign money of the year with the rates it was converted at.
type PaidInCurrency struct {
	Currency string         `json:"currency"`
	Amount   ledger.Decimal `json:"amount"`
	Yuan     ledger.Decimal `json:"yuan"`  // what was converted came to
	Apart    ledger.Decimal `json:"apart"` // what no stored rate converts
	Rates    []ExchangeRate `json:"rates"`
}

// PaidInSpan is a sum of several months that repeats single ones and is left out.
type PaidInSpan struct {
	Project  string         `json:"project"`
	Month    string         `json:"month"`
	Months   int64          `json:"months"`
	Currency string         `json:"currency"`
	Amount   ledger.Decimal `json:"amount"`
}

// RegisterComparison holds 当年到位资金 of the register of leads against the monthly sheet. Neither is chosen over the other.
type RegisterComparison struct {
	Made           bool                 `json:"made"` // the register speaks of its own year only
	RegisterYuan   ledger.Decimal       `json:"register_yuan"`
	SheetYuan      ledger.Decimal       `json:"sheet_yuan"`
	DifferenceYuan ledger.Decimal       `json:"difference_yuan"` // sheet - register
	Agree          int64                `json:"agree"`           // projects in both with the same sum
	Rows           []RegisterDifference `json:"rows"`
}

// RegisterDifference is a project whose two sums differ; one that a list does not have is null there.
type RegisterDifference struct {
	Project        string         `json:"project"`
	RegisterYuan   ledger.Decimal `json:"register_yuan"`
	SheetYuan      ledger.Decimal `json:"sheet_yuan"`
	DifferenceYuan ledger.Decimal `json:"difference_yuan"`
	Apart          bool           `json:"apart"` // foreign money without a rate is not in the sheet's sum
}

// compare holds the register's sums of the year against the sheet's, the largest difference first.
func (s *PaidInSheet) compare(leads []InvestmentLead) {
	r := &s.Register
	if len(s.names) == 0 {
		return
	}
	r.Made, r.SheetYuan = true, s.Total.TotalYuan
	seen := map[string]bool{}
	for _, l := range leads {
		key := ledger.NameKey(l.Project)
		seen[key] = true
		_, inSheet := s.names[key]
		sheet, apart := s.parts[key], slices.Contains(s.unsettled, key)
		r.RegisterYuan = plus(r.RegisterYuan, l.PaidInYearYuan)
		switch difference := sheet.OrZero().Sub(l.PaidInYearYuan.OrZero()); {
		case difference.Sign() != 0 || apart:
			r.Rows = append(r.Rows, RegisterDifference{l.Project, l.PaidInYearYuan, sheet, difference, apart})
		case inSheet:
			r.Agree++
		}
	}
	for _, key := range sortedKeys(s.names) {
		if !seen[key] {
			r.Rows = append(r.Rows, RegisterDifference{s.names[key], ledger.Null, s.parts[key], s.parts[key].OrZero(), slices.Contains(s.unsettled, key)})
		}
	}
	r.DifferenceYuan = r.SheetYuan.OrZero().Sub(r.RegisterYuan.OrZero())
	slices.SortStableFunc(r.Rows, func(a, b RegisterDifference) int { return size(b.DifferenceYuan).Cmp(size(a.DifferenceYuan)) })
}

func size(d ledger.Decimal) ledger.Decimal {
	if d.Sign() < 0 {
		return d.Neg()
	}
	return d
}
