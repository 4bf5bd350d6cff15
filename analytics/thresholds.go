package analytics

import (
	"bytes"
	"encoding/json"
	"slices"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Thresholds are the limits of the status rules of projects (domain.md, section c) and of alerts; a limit is the last value still inside unless said otherwise.
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

	AlertLimits
	CaseLimits
}

// CaseLimits are the working days (工作日) that complaint cases are given by their source, counted from the day after they were accepted, and
// when an open one is brought before somebody.
type CaseLimits struct {
	CaseHotline  int64 `json:"case_hotline_days"`  // 热线
	CaseMayor    int64 `json:"case_mayor_days"`    // 市长电话
	CaseMailbox  int64 `json:"case_mailbox_days"`  // 市局信箱
	CaseDistrict int64 `json:"case_district_days"` // 区长电话
	CaseReferred int64 `json:"case_referred_days"` // 转办, and any other source

	CaseRemind         int64 `json:"case_remind_days"`          // working days left of an open case: due soon up to here
	CaseEscalateDeputy int64 `json:"case_escalate_deputy_days"` // working days overdue: before the leader in charge (分管领导) from here on
	CaseEscalateChief  int64 `json:"case_escalate_chief_days"`  // before the head of the office (主要领导) from here on
}

// caseDays is how many working days a source is given.
func (t Thresholds) caseDays(source string) int64 {
	given := []int64{t.CaseHotline, t.CaseMayor, t.CaseMailbox, t.CaseDistrict, t.CaseReferred}
	if at := slices.Index(ledger.CaseSources, source); at >= 0 {
		return given[at]
	}
	return t.CaseReferred
}

// AlertLimits are the limits of the alerts that no status rule of projects has already; those of late milestones are LateYellow and LateRed.
type AlertLimits struct {
	TaxFallYellow ledger.Decimal `json:"tax_fall_yellow_percent"` // tax below the same months of last year: yellow from here on
	TaxFallRed    ledger.Decimal `json:"tax_fall_red_percent"`    // red from here on
	TaxFallLeast  ledger.Decimal `json:"tax_fall_least_yuan"`     // a building that fell by less than this is no alert

	PayerFallYellow ledger.Decimal `json:"payer_fall_yellow_percent"` // a payer below the same months of last year: yellow from here on
	PayerFallRed    ledger.Decimal `json:"payer_fall_red_percent"`    // red from here on
	PayerFallLeast  ledger.Decimal `json:"payer_fall_least_yuan"`     // a payer that fell by less than this is no alert
	PayerGoneYellow ledger.Decimal `json:"payer_gone_yellow_yuan"`    // a payer that stopped, by what it paid in the same months of last year: yellow from here on
	PayerGoneRed    ledger.Decimal `json:"payer_gone_red_yuan"`       // red from here on

	LeaseYellow int64 `json:"lease_yellow_days"` // days to the end of a lease: yellow up to here
	LeaseRed    int64 `json:"lease_red_days"`    // red up to here, and when it is over

	DeliveryIdle int64 `json:"delivery_idle_days"` // days since anything was handed over in a block that still owes: yellow from here on

	WeeklyStale  int64 `json:"weekly_stale_days"`  // days without new rows of what is reported every week: yellow from here on, red from twice as many
	MonthlyStale int64 `json:"monthly_stale_days"` // the same of what is reported every month

	OccupancyFallYellow ledger.Decimal `json:"occupancy_fall_yellow_points"` // points of occupancy lost: yellow from here on
	OccupancyFallRed    ledger.Decimal `json:"occupancy_fall_red_points"`    // red from here on
	OccupancyFallDays   int64          `json:"occupancy_fall_days"`          // against how many days before

	PatrolLateYellow int64 `json:"patrol_late_yellow_days"` // days a finding of a patrol is open after its day: yellow from here on
	PatrolLateRed    int64 `json:"patrol_late_red_days"`    // red from here on
	RepeatDays       int64 `json:"patrol_repeat_days"`      // within how many days findings at one place come again
	RepeatYellow     int64 `json:"patrol_repeat_yellow"`    // so many of them: yellow from here on
	RepeatRed        int64 `json:"patrol_repeat_red"`       // red from here on

	GridIdle     int64 `json:"grid_idle_days"`    // days without a patrol of a grid: yellow from here on, red from twice as many
	GridsOfOwner int64 `json:"grids_of_an_owner"` // more grids than this are too many for one owner of the third level

	AcknowledgeDays int64 `json:"acknowledge_days"` // how long an alert may be acknowledged
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
		AlertLimits: AlertLimits{
			TaxFallYellow: ledger.Int(10), TaxFallRed: ledger.Int(20), TaxFallLeast: ledger.Int(100_000),
			// One payer's tax moves by a third with a late invoice or a quarter's prepayment, and a bad year of all is told by the total already:
			// a payer is worth a call when a third and half a million is gone, and urgent when half is. Who stopped paying mostly moved away,
			// which is worth a call at any amount that an office would miss.
			PayerFallYellow: ledger.Int(33), PayerFallRed: ledger.Int(50), PayerFallLeast: ledger.Int(500_000),
			PayerGoneYellow: ledger.Int(50_000), PayerGoneRed: ledger.Int(500_000),
			LeaseYellow: 90, LeaseRed: 30, DeliveryIdle: 180, WeeklyStale: 14, MonthlyStale: 45,
			OccupancyFallYellow: ledger.Int(5), OccupancyFallRed: ledger.Int(10), OccupancyFallDays: 365,
			PatrolLateYellow: 1, PatrolLateRed: 3, RepeatDays: 30, RepeatYellow: 3, RepeatRed: 5,
			GridIdle: 14, GridsOfOwner: 5,
			AcknowledgeDays: ledger.AcknowledgeDays,
		},
		CaseLimits: CaseLimits{CaseHotline: 5, CaseMayor: 3, CaseMailbox: 5, CaseDistrict: 3, CaseReferred: 7, CaseRemind: 2, CaseEscalateDeputy: 1, CaseEscalateChief: 3},
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
		{t.TaxFallYellow, t.TaxFallRed, [2]string{"tax_fall_yellow_percent", "tax_fall_red_percent"}},
		{t.PayerFallYellow, t.PayerFallRed, [2]string{"payer_fall_yellow_percent", "payer_fall_red_percent"}},
		{t.PayerGoneYellow, t.PayerGoneRed, [2]string{"payer_gone_yellow_yuan", "payer_gone_red_yuan"}},
		{ledger.Int(t.LeaseRed), ledger.Int(t.LeaseYellow), [2]string{"lease_red_days", "lease_yellow_days"}},
		{ledger.Int(t.CaseEscalateDeputy), ledger.Int(t.CaseEscalateChief), [2]string{"case_escalate_deputy_days", "case_escalate_chief_days"}},
		{t.OccupancyFallYellow, t.OccupancyFallRed, [2]string{"occupancy_fall_yellow_points", "occupancy_fall_red_points"}},
		{ledger.Int(t.PatrolLateYellow), ledger.Int(t.PatrolLateRed), [2]string{"patrol_late_yellow_days", "patrol_late_red_days"}},
		{ledger.Int(t.RepeatYellow), ledger.Int(t.RepeatRed), [2]string{"patrol_repeat_yellow", "patrol_repeat_red"}},
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
		{ledger.Int(t.EscalateDeputy), 1, "escalate_deputy_days"}, {t.TaxFallYellow, 0, "tax_fall_yellow_percent"}, {t.TaxFallLeast, 0, "tax_fall_least_yuan"},
		{t.PayerFallYellow, 0, "payer_fall_yellow_percent"}, {t.PayerFallLeast, 0, "payer_fall_least_yuan"}, {t.PayerGoneYellow, 0, "payer_gone_yellow_yuan"},
		{ledger.Int(t.LeaseRed), 0, "lease_red_days"}, {ledger.Int(t.DeliveryIdle), 1, "delivery_idle_days"}, {ledger.Int(t.WeeklyStale), 1, "weekly_stale_days"},
		{ledger.Int(t.MonthlyStale), 1, "monthly_stale_days"}, {t.OccupancyFallYellow, 0, "occupancy_fall_yellow_points"},
		{ledger.Int(t.OccupancyFallDays), 1, "occupancy_fall_days"}, {ledger.Int(t.GridIdle), 1, "grid_idle_days"}, {ledger.Int(t.GridsOfOwner), 1, "grids_of_an_owner"}, {ledger.Int(t.AcknowledgeDays), 1, "acknowledge_days"},
		{ledger.Int(t.PatrolLateYellow), 1, "patrol_late_yellow_days"}, {ledger.Int(t.RepeatDays), 1, "patrol_repeat_days"}, {ledger.Int(t.RepeatYellow), 2, "patrol_repeat_yellow"},
		{ledger.Int(t.CaseHotline), 1, "case_hotline_days"}, {ledger.Int(t.CaseMayor), 1, "case_mayor_days"}, {ledger.Int(t.CaseMailbox), 1, "case_mailbox_days"},
		{ledger.Int(t.CaseDistrict), 1, "case_district_days"}, {ledger.Int(t.CaseReferred), 1, "case_referred_days"}, {ledger.Int(t.CaseRemind), 0, "case_remind_days"},
		{ledger.Int(t.CaseEscalateDeputy), 1, "case_escalate_deputy_days"},
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
