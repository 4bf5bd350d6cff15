package analytics

import (
	"time"

	"taizhang/ledger"
)

// VATBreak is the month from which business tax is value-added tax and its sharing is 50:50 instead of 75:25 (营改增, 国发〔2016〕26号).
var VATBreak = time.Date(2016, 5, 1, 0, 0, 0, 0, time.UTC)

// The two types of tax that the break runs through.
const (
	valueAddedTax = "增值税"
	businessTax   = "营业税"
)

// TaxBreak says that months compared stand on both sides of the reform of May 2016. No share is ever worked out from it.
type TaxBreak struct {
	From   string   `json:"from"`   // 2016-05
	Months []string `json:"months"` // of the year asked for; the same months of the year before lie before the break
	// Both types together, which the reform moved tax between; null unless the sheets divide by type.
	BothYuan         ledger.Decimal `json:"both_yuan"`
	LastYearBothYuan ledger.Decimal `json:"last_year_both_yuan"`
	BothGrowth       ledger.Decimal `json:"both_growth_percent"`
}

// Broken reports whether a type of tax is one that the break runs through.
func (b *TaxBreak) Broken(taxType string) bool {
	return b != nil && (taxType == valueAddedTax || taxType == businessTax)
}

// breakAcross finds the months of a year that are compared with months on the other side of the break; nil when there are none.
func breakAcross(year int, compared monthSet) *TaxBreak {
	b := &TaxBreak{From: monthName(VATBreak.Year(), int(VATBreak.Month()))}
	for m := 1; m <= 12; m++ {
		this := time.Date(year, time.Month(m), 1, 0, 0, 0, 0, time.UTC)
		if compared[m] && !this.Before(VATBreak) && this.AddDate(-1, 0, 0).Before(VATBreak) {
			b.Months = append(b.Months, monthName(year, m))
		}
	}
	if len(b.Months) == 0 {
		return nil
	}
	return b
}

// fillBreak adds both types up where a comparison crosses the break.
func (ans *TaxAnswer) fillBreak(compared monthSet) {
	if ans.Break = breakAcross(ans.Year, compared); ans.Break == nil || !ans.LastYearToDateYuan.Valid() {
		ans.Break = nil
		return
	}
	for _, s := range ans.ByType {
		if ans.Break.Broken(s.Name) {
			ans.Break.BothYuan = plus(ans.Break.BothYuan, s.TaxYuan)
			ans.Break.LastYearBothYuan = plus(ans.Break.LastYearBothYuan, s.LastYearYuan)
		}
	}
	ans.Break.BothGrowth = GrowthPercent(ans.Break.LastYearBothYuan, ans.Break.BothYuan)
}
