package ledger

import (
	"fmt"
	"strings"
	"time"
)

// Filled asks that Field says something.
type Filled struct{ Field string }

// Test looks for a value.
func (r Filled) Test(get Get) (string, string, bool) {
	switch v := get(r.Field).(type) {
	case nil:
	case string:
		if strings.TrimSpace(v) != "" {
			return "", "", true
		}
	case []string:
		if len(v) > 0 {
			return "", "", true
		}
	default:
		return "", "", true
	}
	return "—", r.Field, false
}

func (r Filled) fields() []string { return []string{r.Field} }

// Lasts asks that Field is later than From, by at most Days.
type Lasts struct {
	Field, From string
	Days        int
}

// Test compares two dates of the row.
func (r Lasts) Test(get Get) (string, string, bool) {
	until, okA := get(r.Field).(Day)
	from, okB := get(r.From).(Day)
	if !okA || !okB {
		return "", "", true
	}
	first, last := from.From.AddDate(0, 0, 1), from.From.AddDate(0, 0, r.Days)
	if !until.To.Before(first) && !until.To.After(last) {
		return "", "", true
	}
	return until.To.Format(time.DateOnly), fmt.Sprintf("%s–%s", first.Format(time.DateOnly), last.Format(time.DateOnly)), false
}

func (r Lasts) fields() []string { return []string{r.Field, r.From} }
