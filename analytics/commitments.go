package analytics

import (
	"cmp"
	"slices"

	"taizhang/ledger"
)

// Commitments say how many promises were kept.
type Commitments struct {
	// PPC is done wholly by its day, of what was due in the week (承诺兑现率); there is no partial credit.
	PPC Rate `json:"ppc"`
	// Closure is closed by its day, of all that was due in the year so far (按期销号率).
	Closure Rate `json:"closure"`
	// Reasons are why what was due in the week was not done, the most frequent first; without a reason given the name is empty.
	Reasons []ReasonCount `json:"reasons"`
}

// ReasonCount is a reason and how often it was given.
type ReasonCount struct {
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// commitments counts what was due after one day and up to another, and in the year of the second.
func commitments(list []ActionLine, after, upTo Date) Commitments {
	c := Commitments{Reasons: []ReasonCount{}}
	reasons := map[string]int{}
	year := DateOf(upTo.Time().AddDate(0, 0, 1-upTo.Time().YearDay()))
	for _, l := range list {
		if !l.Due.Known() || l.Due.After(upTo) {
			continue
		}
		if !year.After(l.Due) {
			c.Closure.add(oneIf(l.OnTime()), ledger.Int(1))
		}
		if !l.Due.After(after) {
			continue
		}
		c.PPC.add(oneIf(l.OnTime()), ledger.Int(1))
		if !l.OnTime() {
			reasons[l.Shortfall]++
		}
	}
	for _, r := range []*Rate{&c.PPC, &c.Closure} {
		r.Percent = Percent(r.Numerator, r.Denominator)
	}
	for reason, n := range reasons {
		c.Reasons = append(c.Reasons, ReasonCount{reason, n})
	}
	slices.SortFunc(c.Reasons, func(x, y ReasonCount) int {
		return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Reason, y.Reason))
	})
	return c
}
