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

// Amounts are multiplied as decimals are, and a number of more decimals than four is taken as the next greater amount: a limit that is met at least.
func TestAmountsOfDaysAndLimits(t *testing.T) {
	for _, c := range []struct {
		parts, n int64
		want     string
	}{{333_333, 3, "99.9999"}, {-5_000, 7, "-3.5"}, {1, 36_500, "3.65"}, {200_000, 0, "0"}, {unsaid, 5, "—"}} {
		if got := amountOf(c.parts).times(c.n).decimal().String(); got != c.want {
			t.Errorf("%d times %d is %s, want %s", c.parts, c.n, got, c.want)
		}
	}
	for _, c := range [][2]string{{"100000", "100000"}, {"0.00001", "0.0001"}, {"-1.00009", "-1"}, {"12.3456", "12.3456"}} {
		if got := amountFrom(ledger.MustDecimal(c[0])).decimal().String(); got != c[1] {
			t.Errorf("%s is taken as %s, want %s", c[0], got, c[1])
		}
	}
	if amountFrom(ledger.Null).said || amountOfWhole(unsaid).said || amountOfWhole(7).decimal().String() != "7" {
		t.Error("null and whole numbers")
	}
}
