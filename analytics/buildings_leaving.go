package analytics

import (
	"math/bits"
	"slices"

	"taizhang/ledger"
)

// Reasons why a tenant may leave, in the order they are told.
const (
	TaxFalling          = "tax_falling"          // tax below the same months of last year by TaxFallYellow and TaxFallLeast
	LeaseSoonEnding     = "lease_ending"         // a lease of its ends within LeaseYellow days
	LeaseOver           = "lease_over"           // a lease of its is over, none ends soon
	RegisteredElsewhere = "registered_elsewhere" // known not to be registered here
	TaxedElsewhere      = "taxed_elsewhere"      // known not to pay its tax here
)

// WatchReasons are all reasons, in the order they are told.
var WatchReasons = []string{TaxFalling, LeaseSoonEnding, LeaseOver, RegisteredElsewhere, TaxedElsewhere}

// reasons are a firm's reasons to leave, a bit each in the order of WatchReasons.
type reasons uint8

func reasonOf(name string) reasons { return 1 << slices.Index(WatchReasons, name) }

var becauseTax, becauseEnding, becauseOver, becauseRegistered, becauseTaxed = reasonOf(TaxFalling), reasonOf(LeaseSoonEnding), reasonOf(LeaseOver), reasonOf(RegisteredElsewhere), reasonOf(TaxedElsewhere)

func (r reasons) count() int { return bits.OnesCount8(uint8(r)) }

func (r reasons) has(name string) bool { return r&reasonOf(name) != 0 }

// names are the reasons in the order they are told.
func (r reasons) names() []string {
	list := []string{}
	for _, name := range WatchReasons {
		if r.has(name) {
			list = append(list, name)
		}
	}
	return list
}

// WatchLimits are the thresholds that reasons were found by.
type WatchLimits struct {
	TaxFallPercent ledger.Decimal `json:"tax_fall_percent"`
	TaxFallYuan    ledger.Decimal `json:"tax_fall_yuan"`
	LeaseDays      int64          `json:"lease_days"`
}

func (t Thresholds) watchLimits() WatchLimits {
	return WatchLimits{t.TaxFallYellow, t.TaxFallLeast, t.LeaseYellow}
}

// whyLeave are the reasons of a firm to leave: whether its tax fell, a lease ends soon or is over, and whether it is registered and pays its
// tax here.
func whyLeave(fell, ending, over bool, registered, local told) reasons {
	var why reasons
	if fell {
		why |= becauseTax
	}
	switch {
	case ending:
		why |= becauseEnding
	case over:
		why |= becauseOver
	}
	if registered == toldNo {
		why |= becauseRegistered
	}
	if local == toldNo {
		why |= becauseTaxed
	}
	return why
}

// reasonsToLeave counts the reasons of one firm by the default thresholds: its tax of the year to date and of the same months last year, the
// days to the end of its lease (null: open-ended), and whether it is registered and pays its tax here (1 or 0; null: not known).
func reasonsToLeave(in ...ledger.Decimal) ledger.Decimal {
	rules := DefaultThresholds()
	said := func(d ledger.Decimal) told {
		switch {
		case !d.Valid():
			return notTold
		case d.Sign() > 0:
			return toldYes
		}
		return toldNo
	}
	ends := in[2].Valid() && in[2].Cmp(ledger.Int(rules.LeaseYellow)) <= 0
	why := whyLeave(fell(in[0], in[1], rules.TaxFallLeast, rules.TaxFallYellow), ends && in[2].Sign() >= 0, ends && in[2].Sign() < 0, said(in[3]), said(in[4]))
	return ledger.Int(int64(why.count()))
}
