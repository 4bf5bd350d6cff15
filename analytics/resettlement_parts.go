package analytics

import (
	"slices"

	"taizhang/ledger"
)

// ResettlementCheck holds a total that the sheet states against the sum of its parts. The parts count; the stated total enters no sum.
type ResettlementCheck struct {
	Village    string         `json:"village"`
	Block      string         `json:"block"` // empty for the total of a village
	Field      string         `json:"field"`
	Stated     ledger.Decimal `json:"stated"`
	Parts      ledger.Decimal `json:"parts"`
	Difference ledger.Decimal `json:"difference"` // stated - parts
}

// stated reports whether a row is the total of others: of a village that has blocks or buildings, or of a block that has buildings.
func (ans *ResettlementAnswer) stated(r ResettlementRow, all []ResettlementRow) bool {
	if r.Building != "" {
		return false
	}
	return slices.ContainsFunc(all, func(o ResettlementRow) bool {
		switch {
		case ledger.NameKey(o.Village) != ledger.NameKey(r.Village):
			return false
		case r.Block == "":
			return o.Block != "" || o.Building != ""
		}
		return ledger.NameKey(o.Block) == ledger.NameKey(r.Block) && o.Building != ""
	})
}

// hold compares the stated totals with what the parts came to.
func (ans *ResettlementAnswer) hold(totals []ResettlementRow) {
	for _, r := range totals {
		village := ans.village(r.Village)
		parts := ResettlementRow{ResettlementFigures: village.ResettlementFigures}
		if r.Block != "" {
			parts.ResettlementFigures = village.block(r.Block).ResettlementFigures
		}
		own := parts.cells()
		for i, c := range r.cells() {
			if c.value.Valid() {
				ans.Checks = append(ans.Checks, ResettlementCheck{r.Village, r.Block, c.field, c.value, own[i].value, c.value.Sub(own[i].value.OrZero())})
			}
		}
	}
}
