package analytics

import "taizhang/ledger"

// Thresholds are the limits of the status rules of projects (domain.md, section c); a limit is the last value still inside unless said otherwise.
type Thresholds struct {
	GapYellow ledger.Decimal // rule 1, points behind time progress: yellow from here on
	GapRed    ledger.Decimal // rule 1: red above

	StartYellow int64 // rule 2, months past the planned month without a start: yellow from here on
	StartRed    int64 // rule 2: red from here on

	LateYellow int64 // rule 3, days a milestone is late: yellow from here on
	LateRed    int64 // rule 3: red from here on

	FloatRed    int64 // rule 4, days of total float: red below
	FloatYellow int64 // rule 4: yellow up to here, green above

	Ahead ledger.Decimal // rule 5, points money is ahead of works: behind above

	StaleYellow int64 // rule 6, days without a weekly entry: yellow from here on
	StaleGrey   int64 // rule 6: grey from here on

	DueSoon int64 // days before its planned finish from which an open milestone is due soon
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
		DueSoon: 7,
	}
}

// thresholds are the limits that answers are made with.
func (a *Analytics) thresholds() Thresholds { return DefaultThresholds() }
