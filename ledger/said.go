package ledger

import (
	"math/big"

	"github.com/shopspring/decimal"
)

// The marks of a figure that is not exact, as the reader sets them.
const (
	MarkAtLeast = "≥" // 余, 多, 以上
	MarkBelow   = "<" // 近, 不足
	MarkAbout   = "≈" // 约, 左右
)

// Said is a figure as somebody said it: exact without a mark, else around its value.
type Said struct {
	Value Decimal
	Mark  string
}

// Bounds are the least and the most a figure can be: 280余 is 280 to 290, 近100 is 0 to 100 short of its last said digit, 约45 is 44.5 to 45.5.
// Both are NULL where nothing is said; the most is NULL where nothing bounds it.
func (s Said) Bounds() (least, most Decimal) {
	if !s.Value.Valid() {
		return Null, Null
	}
	unit := lastDigit(s.Value)
	switch s.Mark {
	case "":
		return s.Value, s.Value
	case MarkAtLeast:
		return s.Value, s.Value.Add(unit)
	case MarkBelow:
		return s.Value.Sub(unit), s.Value
	case MarkAbout:
		half := unit.Div(Int(2))
		return s.Value.Sub(half), s.Value.Add(half)
	}
	return s.Value, Null // a range names its low end
}

// lastDigit is what one in the last said digit of a figure is worth: 100 of 11200, 0.01 of 28.77, 1 of 0.
func lastDigit(d Decimal) Decimal {
	n, place := d.Big().Coefficient(), d.Big().Exponent()
	if n.Sign() == 0 {
		return Int(1)
	}
	for {
		whole, rest := new(big.Int).QuoRem(n, big.NewInt(10), new(big.Int))
		if rest.Sign() != 0 {
			return Exact(decimal.New(1, place))
		}
		n, place = whole, place+1
	}
}

// Fell reports that a running figure is less than an earlier one whatever the two leave open.
func (s Said) Fell(before Said) bool {
	_, most := s.Bounds()
	least, _ := before.Bounds()
	return most.Valid() && least.Valid() && most.Cmp(least) < 0
}

// AddUp holds a total against its parts: the difference of the figures as said, and whether the total can be the sum within the tolerance.
// A part without a figure leaves the difference NULL and proves nothing.
func (s Said) AddUp(parts []Said, tolerance Decimal) (sum, difference Decimal, holds bool) {
	least, most := Int(0), Int(0)
	sum = Int(0)
	for _, p := range parts {
		low, high := p.Bounds()
		sum, least, most = sum.Add(p.Value), least.Add(low), most.Add(high)
	}
	difference = s.Value.Sub(sum)
	if !difference.Valid() {
		return sum, difference, true
	}
	low, high := s.Bounds()
	slack := tolerance.OrZero()
	under := high.Valid() && high.Add(slack).Cmp(least) < 0
	over := most.Valid() && low.Sub(slack).Cmp(most) > 0
	return sum, difference, !under && !over
}

// SumSaid adds figures up as they were said: exact ones stay exact, with a ≥ among them the sum is at least that, and of several marks
// it is about that. What says nothing adds nothing; of nothing the sum is NULL.
func SumSaid(list []Said) Said {
	var sum Said
	for _, s := range list {
		if !s.Value.Valid() {
			continue
		}
		sum.Value = sum.Value.OrZero().Add(s.Value)
		switch {
		case s.Mark == "" || s.Mark == sum.Mark:
		case sum.Mark == "":
			sum.Mark = s.Mark
		default:
			sum.Mark = MarkAbout
		}
	}
	return sum
}
