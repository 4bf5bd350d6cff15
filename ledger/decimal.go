package ledger

import (
	"bytes"
	"fmt"

	"github.com/shopspring/decimal"

	"taizhang/internal/access"
)

// ratioDigits is how many decimals a division keeps; rounding to what a person sees happens at display.
const ratioDigits = 12

// Decimal is an exact number or NULL; any arithmetic with NULL is NULL, and so is a division by zero.
type Decimal struct {
	value  decimal.Decimal
	valid  bool
	hidden bool
}

// Null is the undefined Decimal, shown as "—".
var Null Decimal

// Hidden stands for a figure that a person may not see: it is undefined, as is what is worked out from it, but shown as "***".
var Hidden = Decimal{hidden: true}

// IsHidden reports whether the number stands for one that must not be shown.
func (d Decimal) IsHidden() bool { return d.hidden }

// undefined is how a number that is not there is shown.
func (d Decimal) undefined() string {
	if d.hidden {
		return access.Hidden
	}
	return "—"
}

// Exact wraps a decimal.
func Exact(d decimal.Decimal) Decimal { return Decimal{value: d, valid: true} }

// Int makes a Decimal of a whole number.
func Int(n int64) Decimal { return Exact(decimal.NewFromInt(n)) }

// ParseDecimal reads a plain decimal such as "-12.50".
func ParseDecimal(s string) (Decimal, error) {
	d, err := decimal.NewFromString(s)
	if err != nil {
		return Null, err
	}
	return Exact(d), nil
}

// MustDecimal is ParseDecimal for constants; it panics on a malformed one.
func MustDecimal(s string) Decimal {
	d, err := ParseDecimal(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Valid reports whether the number is defined.
func (d Decimal) Valid() bool { return d.valid }

// Big gives the decimal, zero when NULL.
func (d Decimal) Big() decimal.Decimal { return d.value }

// Add sums two numbers.
func (d Decimal) Add(o Decimal) Decimal { return both(d, o, d.value.Add(o.value)) }

// Sub subtracts.
func (d Decimal) Sub(o Decimal) Decimal { return both(d, o, d.value.Sub(o.value)) }

// Mul multiplies.
func (d Decimal) Mul(o Decimal) Decimal { return both(d, o, d.value.Mul(o.value)) }

// Div divides to 12 decimals; NULL when the divisor is zero.
func (d Decimal) Div(o Decimal) Decimal {
	if !d.valid || !o.valid || o.value.IsZero() {
		return Decimal{hidden: d.hidden || o.hidden}
	}
	return Exact(d.value.DivRound(o.value, ratioDigits))
}

// Neg changes the sign.
func (d Decimal) Neg() Decimal { return Decimal{d.value.Neg(), d.valid, d.hidden} }

// OrZero reads NULL as nothing, for sums over rows where a blank adds nothing.
func (d Decimal) OrZero() Decimal {
	if d.valid || d.hidden {
		return d
	}
	return Int(0)
}

// Cmp compares two defined numbers; NULL sorts before any number.
func (d Decimal) Cmp(o Decimal) int {
	switch {
	case !d.valid && !o.valid:
		return 0
	case !d.valid:
		return -1
	case !o.valid:
		return 1
	}
	return d.value.Cmp(o.value)
}

// Sign is -1, 0 or 1; 0 when NULL.
func (d Decimal) Sign() int {
	if !d.valid {
		return 0
	}
	return d.value.Sign()
}

// Round rounds half up (away from zero) to so many decimals.
func (d Decimal) Round(places int32) Decimal {
	return Decimal{d.value.Round(places), d.valid, d.hidden}
}

// Fixed shows the number with exactly so many decimals, "—" when NULL.
func (d Decimal) Fixed(places int32) string {
	if !d.valid {
		return d.undefined()
	}
	return d.value.StringFixed(places)
}

// String shows the number without needless zeros, "—" when NULL.
func (d Decimal) String() string {
	if !d.valid {
		return d.undefined()
	}
	return d.value.String()
}

// Float is the nearest float64, for drawing only; false when NULL.
func (d Decimal) Float() (float64, bool) {
	if !d.valid {
		return 0, false
	}
	f, _ := d.value.Float64()
	return f, true
}

// MarshalJSON writes a JSON number with every digit, or null.
func (d Decimal) MarshalJSON() ([]byte, error) {
	if !d.valid {
		return []byte("null"), nil
	}
	return []byte(d.value.String()), nil
}

// UnmarshalJSON reads a JSON number or null.
func (d *Decimal) UnmarshalJSON(b []byte) error {
	if bytes.Equal(b, []byte("null")) {
		*d = Null
		return nil
	}
	v, err := decimal.NewFromString(string(bytes.Trim(b, `"`)))
	if err != nil {
		return err
	}
	*d = Exact(v)
	return nil
}

// Scan reads a column of the record: Decimal, whole number or NULL.
func (d *Decimal) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Null
	case decimal.Decimal:
		*d = Exact(v)
	case *decimal.Decimal:
		if v == nil {
			*d = Null
			return nil
		}
		*d = Exact(*v)
	case int64:
		*d = Int(v)
	case *int64:
		if v == nil {
			*d = Null
			return nil
		}
		*d = Int(*v)
	case uint64:
		*d = Exact(decimal.NewFromUint64(v))
	case float64:
		*d = Exact(decimal.NewFromFloat(v))
	default:
		return fmt.Errorf("ledger: cannot read %T as a decimal", src)
	}
	return nil
}

func both(a, b Decimal, v decimal.Decimal) Decimal {
	if !a.valid || !b.valid {
		return Decimal{hidden: a.hidden || b.hidden}
	}
	return Exact(v)
}
