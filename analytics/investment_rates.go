package analytics

import (
	"slices"

	"taizhang/ledger"
)

// InvestmentCohort are the rates of the leads signed in one year, or of all signed so far. Whoever signed and left the funnel later stays in: the
// cohort is frozen when it signs.
type InvestmentCohort struct {
	Year    int   `json:"year"` // 0: all signed so far
	Signed  int64 `json:"signed"`
	Dropped int64 `json:"dropped"` // of these, how many left the funnel afterwards
	// Undated are signed leads without a day of signing: no year can claim them.
	Undated int64          `json:"undated"`
	PaidIn  Rate           `json:"paid_in"` // contracts in yuan
	Landed  Rate           `json:"landed"`
	Started Rate           `json:"started"`
	Foreign []CurrencyRate `json:"foreign"` // paid in of contracts in another currency, by the sheet of paid-in funds
	Over    bool           `json:"over"`    // more than the contracts was paid in
	Years   []int          `json:"years"`   // in which leads were signed, newest first
}

// CurrencyRate is a rate of amounts in one currency.
type CurrencyRate struct {
	Currency string `json:"currency"`
	Rate
}

// cohort works out the rates of the leads signed in a year; paid is what the sheet of paid-in funds says by folded project and currency.
func (ans *InvestmentAnswer) cohort(year int, today Date, paid map[[2]string]ledger.Decimal) InvestmentCohort {
	stages := funnelStages()
	signed := slices.Index(stages, stageSigned)
	c := InvestmentCohort{Year: year, Foreign: []CurrencyRate{}, Years: []int{}}
	for _, l := range ans.Leads {
		far := l.furthest(stages, today)
		if far < signed {
			continue
		}
		if !l.SignedOn.Known() {
			c.Undated++
		} else if y := l.SignedOn.Time().Year(); !slices.Contains(c.Years, y) {
			c.Years = append(c.Years, y)
		}
		if year != 0 && (!l.SignedOn.Known() || l.SignedOn.Time().Year() != year) {
			continue
		}
		c.Signed++
		if slices.Contains(exitStages, l.Stage) {
			c.Dropped++
		}
		c.Landed.add(oneIf(far > signed), ledger.Int(1))
		c.Started.add(oneIf(far >= slices.Index(stages, stageStarted)), ledger.Int(1))
		switch {
		case l.ContractAmount.Sign() <= 0:
		case l.Currency == yuanCurrency:
			c.PaidIn.add(l.PaidInTotalYuan, l.ContractAmount)
		default:
			c.foreign(l.Currency).add(paid[[2]string{ledger.NameKey(l.Project), l.Currency}], l.ContractAmount)
		}
	}
	c.finish()
	return c
}

func (c *InvestmentCohort) finish() {
	for _, r := range []*Rate{&c.PaidIn, &c.Landed, &c.Started} {
		r.Percent = Percent(r.Numerator, r.Denominator)
	}
	for i := range c.Foreign {
		r := &c.Foreign[i].Rate
		r.Percent = Percent(r.Numerator, r.Denominator)
		c.Over = c.Over || r.Percent.Cmp(hundred) > 0
	}
	c.Over = c.Over || c.PaidIn.Percent.Cmp(hundred) > 0
	slices.Sort(c.Years)
	slices.Reverse(c.Years)
}

func (c *InvestmentCohort) foreign(currency string) *Rate {
	for i := range c.Foreign {
		if c.Foreign[i].Currency == currency {
			return &c.Foreign[i].Rate
		}
	}
	c.Foreign = append(c.Foreign, CurrencyRate{Currency: currency})
	return &c.Foreign[len(c.Foreign)-1].Rate
}
