package ledger

import (
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Severity orders problems: an error blocks its row, a warning is kept with the row, a note informs.
type Severity string

// The severities of a problem.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityNote    Severity = "note"
)

// Check is a rule a single row must meet, declared with its dataset.
type Check struct {
	Kind     string // names the problem
	Severity Severity
	At       string // field whose cell is named
	Rule     Rule
}

// Fields are the fields the rule looks at.
func (c Check) Fields() []string { return c.Rule.fields() }

// Get gives a row's value by field name; nil is NULL.
type Get func(field string) any

// Rule tests one row. When it fails it says what was found and what was expected; NULLs never fail a rule.
type Rule interface {
	Test(get Get) (found, expected string, ok bool)
	fields() []string
}

// AtMost asks Field <= Limit.
type AtMost struct{ Field, Limit string }

// Test compares two figures of the row.
func (r AtMost) Test(get Get) (string, string, bool) {
	a, b := figure(get(r.Field)), figure(get(r.Limit))
	if a == nil || b == nil || a.LessThanOrEqual(*b) {
		return "", "", true
	}
	return a.String(), "≤ " + b.String(), false
}

func (r AtMost) fields() []string { return []string{r.Field, r.Limit} }

// Between asks Low <= Field <= High.
type Between struct {
	Field     string
	Low, High int64
}

// Test compares a figure with constant bounds.
func (r Between) Test(get Get) (string, string, bool) {
	v := figure(get(r.Field))
	if v == nil || (!v.LessThan(decimal.NewFromInt(r.Low)) && !v.GreaterThan(decimal.NewFromInt(r.High))) {
		return "", "", true
	}
	return v.String(), fmt.Sprintf("%d–%d", r.Low, r.High), false
}

func (r Between) fields() []string { return []string{r.Field} }

// NotNegative asks Field >= 0.
type NotNegative struct{ Field string }

// Test looks at the sign of a figure.
func (r NotNegative) Test(get Get) (string, string, bool) {
	v := figure(get(r.Field))
	if v == nil || !v.IsNegative() {
		return "", "", true
	}
	return v.String(), "≥ 0", false
}

func (r NotNegative) fields() []string { return []string{r.Field} }

// PerUnit asks Low <= Total / Units <= High, such as 30 to 250 m2 a flat.
type PerUnit struct {
	Total, Units string
	Low, High    int64
}

// Test divides two figures of the row.
func (r PerUnit) Test(get Get) (string, string, bool) {
	total, units := figure(get(r.Total)), figure(get(r.Units))
	if total == nil || units == nil || total.Sign() <= 0 || units.Sign() <= 0 {
		return "", "", true
	}
	per := total.DivRound(*units, 6)
	if !per.LessThan(decimal.NewFromInt(r.Low)) && !per.GreaterThan(decimal.NewFromInt(r.High)) {
		return "", "", true
	}
	return fmt.Sprintf("%s / %s = %s", total, units, per.StringFixed(1)), fmt.Sprintf("%d–%d", r.Low, r.High), false
}

func (r PerUnit) fields() []string { return []string{r.Total, r.Units} }

// NotBefore asks that Field is no earlier than Earlier. Imprecise dates fail only when no day of theirs would do.
type NotBefore struct{ Field, Earlier string }

// Test compares two dates of the row.
func (r NotBefore) Test(get Get) (string, string, bool) {
	a, okA := get(r.Field).(Day)
	b, okB := get(r.Earlier).(Day)
	if !okA || !okB || !a.To.Before(b.From) {
		return "", "", true
	}
	return a.To.Format(time.DateOnly), "≥ " + b.From.Format(time.DateOnly), false
}

func (r NotBefore) fields() []string { return []string{r.Field, r.Earlier} }

// PeopleCount asks that a field names Low to High persons.
type PeopleCount struct {
	Field     string
	Low, High int
}

// Test counts the persons named.
func (r PeopleCount) Test(get Get) (string, string, bool) {
	people, _ := get(r.Field).([]string)
	if n := len(people); n >= r.Low && n <= r.High {
		return "", "", true
	}
	found := "—"
	if len(people) > 0 {
		found = strings.Join(people, "、")
	}
	return found, fmt.Sprintf("%d–%d", r.Low, r.High), false
}

func (r PeopleCount) fields() []string { return []string{r.Field} }

// SetCheck is a rule over all rows of a sheet, or over two datasets of one file.
type SetCheck struct {
	Kind     string
	Severity Severity
	At       string
	Rule     SetRule
}

// SetRule is one of the rules over many rows: Acyclic, SumWithin, OneAtATime, NeverFalls or AddsUp.
type SetRule interface{ fields() []string }

// Acyclic asks that Node and its Predecessors within one Group form no cycle and name only known nodes.
type Acyclic struct{ Group, Node, Predecessors string }

func (r Acyclic) fields() []string { return []string{r.Group, r.Node, r.Predecessors} }

// SumWithin asks that the sum of Part over the rows of Other with the same On stays within Limit.
type SumWithin struct{ On, Limit, Other, Part string }

func (r SumWithin) fields() []string { return []string{r.On, r.Limit} }

// OneAtATime asks that the rows of one Group name one Person on every day from the first From to the last To: not two
// (the check's kind) and not none (the kind Gap). A blank From or To is open.
type OneAtATime struct {
	Group            []string
	Person, From, To string
	Gap              string
}

func (r OneAtATime) fields() []string { return append([]string{r.Person, r.From, r.To}, r.Group...) }

// NeverFalls asks that Value of one Group never falls from day to day where Series says that it runs up: Always, or within a year (Yearly).
// The rows of the file are held against each other and against those that stand in the record, before and after.
type NeverFalls struct {
	Group, Series, Value string
	Always, Yearly       []string
}

func (r NeverFalls) fields() []string { return []string{r.Group, r.Series, r.Value} }

// AddsUp asks that Value of what the dataset Rules calls a Total is the sum of its Parts on the same day and in the same Series, within Tolerance.
type AddsUp struct {
	Name, Series, Value           string
	Rules, Total, Part, Tolerance string
}

func (r AddsUp) fields() []string { return []string{r.Name, r.Series, r.Value} }

// AsksRecord reports whether a rule holds a file against rows that stand in the record.
func AsksRecord(rule SetRule) bool {
	switch rule.(type) {
	case SumWithin, NeverFalls, AddsUp:
		return true
	}
	return false
}

func figure(v any) *decimal.Decimal {
	switch v := v.(type) {
	case decimal.Decimal:
		return &v
	case int64:
		d := decimal.NewFromInt(v)
		return &d
	}
	return nil
}
