package analytics

import (
	"cmp"

	"github.com/shopspring/decimal"

	"taizhang/ledger"
)

// tenThousandths is how many parts a whole has: columns of yuan and m² have four decimals.
const tenThousandths = 10_000

// amount is yuan or m² while many of them are added up: as exact as a ledger.Decimal, without the memory that each sum of those takes.
// The zero value is null, as an amount of no rows is.
type amount struct {
	whole, parts int64 // both of any sign; the parts are ten-thousandths and may be more than a whole
	said         bool
}

// unsaid is what a statement answers for a column that is null, where it answers ten-thousandths: no column holds it.
const unsaid = -1 << 63

// amountOf takes a column of four decimals, answered as ten-thousandths; unsaid is null.
func amountOf(parts int64) amount {
	if parts == unsaid {
		return amount{}
	}
	return amount{parts / tenThousandths, parts % tenThousandths, true}
}

// amountFrom takes a number, rounded up where it has more than four decimals.
func amountFrom(d ledger.Decimal) amount {
	if !d.Valid() {
		return amount{}
	}
	return amountOf(d.Big().Shift(4).Ceil().IntPart())
}

// amountOfWhole takes a column of whole numbers; unsaid is null.
func amountOfWhole(n int64) amount {
	if n == unsaid {
		return amount{}
	}
	return amount{whole: n, said: true}
}

// plus adds up; the sum is null until the first known amount, and a blank adds nothing.
func (a amount) plus(b amount) amount {
	return amount{a.whole + b.whole, a.parts + b.parts, a.said || b.said}
}

// minus takes off an amount; a blank is nothing.
func (a amount) minus(b amount) amount {
	return amount{a.whole - b.whole, a.parts - b.parts, a.said || b.said}
}

// times multiplies by a whole number; null stays null.
func (a amount) times(n int64) amount {
	a = a.settled()
	return amount{a.whole * n, a.parts * n, a.said}
}

// settled has less than a whole in parts, of the sign of the whole.
func (a amount) settled() amount {
	a.whole, a.parts = a.whole+a.parts/tenThousandths, a.parts%tenThousandths
	switch {
	case a.whole > 0 && a.parts < 0:
		a.whole, a.parts = a.whole-1, a.parts+tenThousandths
	case a.whole < 0 && a.parts > 0:
		a.whole, a.parts = a.whole+1, a.parts-tenThousandths
	}
	return a
}

// sign is -1, 0 or 1; 0 when null.
func (a amount) sign() int {
	a = a.settled()
	return cmp.Or(cmp.Compare(a.whole, 0), cmp.Compare(a.parts, 0))
}

// cmp compares two amounts; null sorts before any other.
func (a amount) cmp(b amount) int {
	if a.said != b.said {
		return cmp.Compare(oneWhen(a.said), oneWhen(b.said))
	}
	return a.minus(b).sign()
}

// decimal gives the number to work on with and to show.
func (a amount) decimal() ledger.Decimal {
	if !a.said {
		return ledger.Null
	}
	if a = a.settled(); a.parts == 0 {
		return ledger.Int(a.whole)
	}
	return ledger.Exact(decimal.NewFromInt(a.whole).Add(decimal.New(a.parts, -4)))
}
