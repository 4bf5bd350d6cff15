package analytics

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"taizhang/ledger"
)

// Sums, differences, signs and order of amounts are those of decimals, null included.
func TestAmountsAreDecimals(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	one := func() int64 {
		switch random.IntN(6) {
		case 0:
			return unsaid
		case 1:
			return 0
		case 2:
			return random.Int64N(2e18) - 1e18 // all of a column's eighteen digits
		}
		return random.Int64N(60_000) - 30_000
	}
	of := func(parts int64) ledger.Decimal {
		if parts == unsaid {
			return ledger.Null
		}
		return ledger.Exact(decimal.New(parts, -4))
	}
	for range 20_000 {
		a, b, sum, want := amount{}, amount{}, amount{}, ledger.Null
		x, y := ledger.Null, ledger.Null
		for range random.IntN(4) {
			part := one()
			a, x = a.plus(amountOf(part)), plus(x, of(part))
			sum, want = sum.plus(amountOf(part)), plus(want, of(part))
		}
		for range random.IntN(4) {
			part := one()
			b, y = b.plus(amountOf(part)), plus(y, of(part))
			sum, want = sum.plus(amountOf(part)), plus(want, of(part))
		}
		if sum.decimal().String() != want.String() || sum.sign() != want.Sign() {
			t.Fatalf("%v + %v: %v with sign %d, want %v", x, y, sum.decimal(), sum.sign(), want)
		}
		if got := a.cmp(b); got != x.Cmp(y) {
			t.Fatalf("%v against %v: %d, want %d", x, y, got, x.Cmp(y))
		}
		if got, want := a.minus(b).decimal().OrZero(), x.OrZero().Sub(y.OrZero()); got.Cmp(want) != 0 {
			t.Fatalf("%v - %v: %v, want %v", x, y, got, want)
		}
	}
}
