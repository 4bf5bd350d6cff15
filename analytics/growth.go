package analytics

import (
	"github.com/shopspring/decimal"

	"taizhang/ledger"
)

var hundred = ledger.Int(100)

// Growth says how one value became another, in all the ways people write it.
type Growth struct {
	FromYear    int            `json:"from_year"`
	ToYear      int            `json:"to_year"`
	FromValue   ledger.Decimal `json:"from_value"`
	ToValue     ledger.Decimal `json:"to_value"`
	Delta       ledger.Decimal `json:"delta"`
	ToTimes     ledger.Decimal `json:"to_times"`  // 增长到 R 倍; null when it fell
	ByTimes     ledger.Decimal `json:"by_times"`  // 增长 R-1 倍; null when it fell
	Doublings   ledger.Decimal `json:"doublings"` // 翻 n 番; null when it fell
	Percent     ledger.Decimal `json:"percent"`
	CAGRPercent ledger.Decimal `json:"cagr_percent"` // a year
}

// GrowthBetween compares the values of two years. A fall has a percentage but no times.
func GrowthBetween(fromYear int, from ledger.Decimal, toYear int, to ledger.Decimal) Growth {
	g := Growth{FromYear: fromYear, ToYear: toYear, FromValue: from, ToValue: to, Delta: to.Sub(from),
		Percent: GrowthPercent(from, to), CAGRPercent: CAGRPercent(from, to, toYear-fromYear)}
	if times := ToTimes(from, to); times.Valid() && times.Cmp(ledger.Int(1)) >= 0 {
		g.ToTimes, g.ByTimes, g.Doublings = times, times.Sub(ledger.Int(1)), Doublings(from, to)
	}
	return g
}

// GrowthPercent is the change against a base (同比); null when the base is missing, zero or negative.
func GrowthPercent(base, now ledger.Decimal) ledger.Decimal {
	if base.Sign() <= 0 {
		return ledger.Null
	}
	return now.Sub(base).Mul(hundred).Div(base)
}

// ToTimes is now as a multiple of the base (增长到 R 倍); null when the base is missing, zero or negative.
func ToTimes(base, now ledger.Decimal) ledger.Decimal {
	if base.Sign() <= 0 {
		return ledger.Null
	}
	return now.Div(base)
}

// ByTimes is the multiple added to the base (增长 R-1 倍).
func ByTimes(base, now ledger.Decimal) ledger.Decimal {
	return ToTimes(base, now).Sub(ledger.Int(1))
}

// doublingBits is how many binary places of a number of doublings are worked out: more than nine decimals.
const doublingBits = 32

// Doublings says how often the base was doubled (翻番): n with now = base · 2ⁿ; null when the base is missing, zero or negative, or when it fell.
func Doublings(base, now ledger.Decimal) ledger.Decimal {
	times := ToTimes(base, now)
	if !times.Valid() || times.Cmp(ledger.Int(1)) < 0 {
		return ledger.Null
	}
	one, two := decimal.NewFromInt(1), decimal.NewFromInt(2)
	whole, rest := int64(0), times.Big()
	for ; rest.GreaterThanOrEqual(two); whole++ {
		rest = rest.DivRound(two, rootDigits)
	}
	// Squaring doubles the logarithm: its next binary place is whether the square reaches 2.
	n, place := decimal.NewFromInt(whole), one
	for range doublingBits {
		rest, place = rest.Mul(rest).Round(rootDigits), place.Div(two)
		if rest.GreaterThanOrEqual(two) {
			n, rest = n.Add(place), rest.DivRound(two, rootDigits)
		}
	}
	return ledger.Exact(n.Round(9))
}

// Percent is a part of a total in percent; null when the total is missing, zero or negative.
func Percent(part, total ledger.Decimal) ledger.Decimal {
	if total.Sign() <= 0 {
		return ledger.Null
	}
	return part.Mul(hundred).Div(total)
}

// TimePercent is the time progress (序时进度) after so many months of a year; null outside 0 to 12.
func TimePercent(months int) ledger.Decimal {
	if months < 0 || months > 12 {
		return ledger.Null
	}
	return ledger.Int(int64(months) * 100).Div(ledger.Int(12))
}

// CAGRPercent is the steady growth a year that leads from one value to another; both must be positive.
func CAGRPercent(from, to ledger.Decimal, years int) ledger.Decimal {
	if from.Sign() <= 0 || to.Sign() <= 0 || years <= 0 {
		return ledger.Null
	}
	ratio := to.Big().DivRound(from.Big(), rootDigits)
	root := nthRoot(ratio, int64(years))
	return ledger.Exact(root.Sub(decimal.NewFromInt(1)).Mul(decimal.NewFromInt(100)).Round(12))
}

// rootDigits is how many decimals a root is worked out to; more than any figure shows.
const rootDigits = 24

// nthRoot is the positive n-th root by Newton's method from above, where it never overshoots.
func nthRoot(value decimal.Decimal, n int64) decimal.Decimal {
	one, count := decimal.NewFromInt(1), decimal.NewFromInt(n)
	root := decimal.Max(one, value)
	for range 4096 {
		power := one
		for range n - 1 {
			power = power.Mul(root).Round(2 * rootDigits)
		}
		next := root.Mul(count.Sub(one)).Add(value.DivRound(power, rootDigits)).DivRound(count, rootDigits)
		if next.GreaterThanOrEqual(root) {
			return root
		}
		root = next
	}
	return root
}

// plus adds an amount to a sum; the sum is null until the first known amount, and a blank adds nothing.
func plus(sum, more ledger.Decimal) ledger.Decimal {
	if !more.Valid() {
		return sum
	}
	return sum.OrZero().Add(more)
}
