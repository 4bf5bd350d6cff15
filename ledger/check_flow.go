package ledger

import "slices"

// Needs asks that Other says something as soon as Field does; with Values, as soon as Field says one of them.
type Needs struct {
	Field  string
	Values []string
	Other  string
}

// Test looks for what must come with the field.
func (r Needs) Test(get Get) (string, string, bool) {
	v := get(r.Field)
	if _, _, filled := (Filled{r.Field}).Test(get); !filled || len(r.Values) > 0 && !slices.Contains(r.Values, Plain(v)) {
		return "", "", true
	}
	if _, _, filled := (Filled{r.Other}).Test(get); filled {
		return "", "", true
	}
	if day, ok := v.(Day); ok {
		v = day.On(Last)
	}
	return Plain(v), r.Other, false
}

func (r Needs) fields() []string { return []string{r.Field, r.Other} }
