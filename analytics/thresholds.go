package analytics

import (
	"bytes"
	"encoding/json"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Thresholds are the limits of the status rules of projects (domain.md, section c); a limit is the last value still inside unless said otherwise.
type Thresholds struct {
	GapYellow ledger.Decimal `json:"gap_yellow_points"` // rule 1, points behind time progress: yellow from here on
	GapRed    ledger.Decimal `json:"gap_red_points"`    // rule 1: red above

	StartYellow int64 `json:"start_yellow_months"` // rule 2, months past the planned month without a start: yellow from here on
	StartRed    int64 `json:"start_red_months"`    // rule 2: red from here on

	LateYellow int64 `json:"late_yellow_days"` // rule 3, days a milestone is late: yellow from here on
	LateRed    int64 `json:"late_red_days"`    // rule 3: red from here on

	FloatRed    int64 `json:"float_red_days"`    // rule 4, days of total float: red below
	FloatYellow int64 `json:"float_yellow_days"` // rule 4: yellow up to here, green above

	Ahead ledger.Decimal `json:"money_ahead_points"` // rule 5, points money is ahead of works: behind above

	StaleYellow int64 `json:"stale_yellow_days"` // rule 6, days without a weekly entry: yellow from here on
	StaleGrey   int64 `json:"stale_grey_days"`   // rule 6: grey from here on

	DueSoon      int64 `json:"due_soon_days"` // days before its planned finish from which an open milestone is due soon
	OverrideDays int64 `json:"override_days"` // how long a light may be set by hand
	VisitMinutes int64 `json:"visit_minutes"` // how long a leader is to visit every working day (每天一小时走访)

	EscalateDeputy   int64 `json:"escalate_deputy_days"`   // days an action item is overdue: before the leader in charge (分管领导) from here on
	EscalateChief    int64 `json:"escalate_chief_days"`    // before the head of the office (主要领导) from here on
	EscalateDistrict int64 `json:"escalate_district_days"` // before the district (区) from here on
}

// DefaultThresholds are the limits used unless the office sets its own.
func DefaultThresholds() Thresholds {
	return Thresholds{
		GapYellow: ledger.Int(10), GapRed: ledger.Int(30),
		StartYellow: 1, StartRed: 3,
		LateYellow: 1, LateRed: 15,
		FloatRed: 0, FloatYellow: 7,
		Ahead:       ledger.Int(15),
		StaleYellow: 7, StaleGrey: 14,
		DueSoon: 7, OverrideDays: ledger.OverrideDays, VisitMinutes: 60,
		EscalateDeputy: 1, EscalateChief: 7, EscalateDistrict: 15,
	}
}

// ReadThresholds reads limits written as JSON, such as {"late_red_days": 10}; what is not named keeps its default. A name that does not
// exist, a value of another kind and limits that contradict each other are Invalid.
func ReadThresholds(content []byte) (Thresholds, error) {
	t := DefaultThresholds()
	decode := json.NewDecoder(bytes.NewReader(content))
	decode.DisallowUnknownFields()
	if err := decode.Decode(&t); err != nil {
		return t, &ledger.Error{Kind: ledger.Invalid, Message: text.T("rules.unreadable", err.Error()), Cause: err}
	}
	return t, t.Validate()
}

// Validate refuses limits that contradict each other.
func (t Thresholds) Validate() error {
	for _, l := range []struct {
		low, high ledger.Decimal
		names     [2]string
	}{
		{t.GapYellow, t.GapRed, [2]string{"gap_yellow_points", "gap_red_points"}},
		{ledger.Int(t.StartYellow), ledger.Int(t.StartRed), [2]string{"start_yellow_months", "start_red_months"}},
		{ledger.Int(t.LateYellow), ledger.Int(t.LateRed), [2]string{"late_yellow_days", "late_red_days"}},
		{ledger.Int(t.FloatRed), ledger.Int(t.FloatYellow), [2]string{"float_red_days", "float_yellow_days"}},
		{ledger.Int(t.StaleYellow), ledger.Int(t.StaleGrey), [2]string{"stale_yellow_days", "stale_grey_days"}},
		{ledger.Int(t.EscalateDeputy), ledger.Int(t.EscalateChief), [2]string{"escalate_deputy_days", "escalate_chief_days"}},
		{ledger.Int(t.EscalateChief), ledger.Int(t.EscalateDistrict), [2]string{"escalate_chief_days", "escalate_district_days"}},
	} {
		if !l.low.Valid() || !l.high.Valid() || l.low.Cmp(l.high) > 0 {
			return ledger.Fail(ledger.Invalid, text.T("rules.order", l.names[0], l.low.String(), l.names[1], l.high.String()))
		}
	}
	for _, l := range []struct {
		value ledger.Decimal
		least int64
		name  string
	}{
		{t.GapYellow, 0, "gap_yellow_points"}, {t.Ahead, 0, "money_ahead_points"}, {ledger.Int(t.StartYellow), 1, "start_yellow_months"},
		{ledger.Int(t.LateYellow), 1, "late_yellow_days"}, {ledger.Int(t.StaleYellow), 1, "stale_yellow_days"},
		{ledger.Int(t.DueSoon), 0, "due_soon_days"}, {ledger.Int(t.OverrideDays), 1, "override_days"}, {ledger.Int(t.VisitMinutes), 1, "visit_minutes"},
		{ledger.Int(t.EscalateDeputy), 1, "escalate_deputy_days"},
	} {
		if !l.value.Valid() || l.value.Cmp(ledger.Int(l.least)) < 0 {
			return ledger.Fail(ledger.Invalid, text.T("rules.least", l.name, l.value.String(), l.least))
		}
	}
	return nil
}

// With answers by other limits than the default ones.
func (a *Analytics) With(t Thresholds) *Analytics { return &Analytics{ledger: a.ledger, rules: t} }

// thresholds are the limits that answers are made with.
func (a *Analytics) thresholds() Thresholds { return a.rules }
