package analytics

import (
	"context"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// CaseState is where a complaint case (投诉举报) stands against the day it is due.
type CaseState string

// The states of a case. One without a day to count from has no due day and is never overdue.
const (
	CaseOverdue       CaseState = "overdue"        // open after its day, or after the day it was postponed to
	CaseDueSoon       CaseState = "due_soon"       // open, few working days left
	CaseOpen          CaseState = "open"           // open with time left, or without a due day
	CasePostponed     CaseState = "postponed"      // open, postponed to a day that has not passed
	CaseLate          CaseState = "late"           // closed after its day
	CaseOnTime        CaseState = "on_time"        // closed by its day
	CasePostponedDone CaseState = "postponed_done" // closed after it was postponed: neither in time nor late
	CaseUndated       CaseState = "undatable"      // closed on no stated day, or without a due day
)

// CaseStates are all states in the order they are offered.
var CaseStates = []CaseState{CaseOverdue, CaseDueSoon, CasePostponed, CaseOpen, CaseLate, CaseOnTime, CasePostponedDone, CaseUndated}

// CaseLine is one case as the day stands, without who complained.
type CaseLine struct {
	Key            string `json:"key"`
	Version        string `json:"version"` // the token a form hands back
	Number         string `json:"number"`
	Channel        string `json:"channel"`
	Subject        string `json:"subject"`
	Category       string `json:"category"`
	Place          string `json:"place"`
	Grid           string `json:"grid"`
	Unit           string `json:"unit"`
	Status         string `json:"status"`
	ReceivedOn     Date   `json:"received_on"`
	AcceptedOn     Date   `json:"accepted_on"`
	AssignedOn     Date   `json:"assigned_on"`
	Due            Date   `json:"due"`        // as stated, or so many working days after it was accepted
	DueStated      bool   `json:"due_stated"` // the sheet or a form says it
	DueDays        int64  `json:"due_days"`   // working days that its source is given; 0 when the day is stated
	PostponedUntil Date   `json:"postponed_until"`
	PostponeReason string `json:"postpone_reason"`
	FedBackOn      Date   `json:"fed_back_on"`
	Reply          string `json:"reply"`
	ClosedOn       Date   `json:"closed_on"`
	SendBackReason string `json:"send_back_reason"`
	Reopened       int64  `json:"reopened"`
	ReopenReason   string `json:"reopen_reason"`
	Note           string `json:"note"`

	State CaseState `json:"state"`
	// DaysLeft counts the working days to the day that holds; below zero when it has passed, null for a closed case.
	DaysLeft ledger.Decimal `json:"days_left"`
	// DaysLate counts the working days after it, of an overdue or a late case.
	DaysLate ledger.Decimal `json:"days_late"`
	Level    string         `json:"level"` // before whom an overdue case is brought

	complainant, phone string // told by CaseAnswer alone
}

// Closed reports whether the case is closed on the day it was read for.
func (l CaseLine) Closed() bool {
	return slices.Contains([]CaseState{CaseLate, CaseOnTime, CasePostponedDone, CaseUndated}, l.State)
}

// Postponed reports whether the case was given more time than it had.
func (l CaseLine) Postponed() bool { return l.PostponedUntil.Known() && l.PostponedUntil.After(l.Due) }

// cases reads all cases as the day stands.
func (a *Analytics) cases(ctx context.Context, q Question) ([]CaseLine, error) {
	return once(ctx, partOf{"cases", ofClock(q)}, func() ([]CaseLine, error) { return a.readCases(ctx, ofClock(q)) })
}

func (a *Analytics) readCases(ctx context.Context, q Question) ([]CaseLine, error) {
	calendar, err := a.workingCalendar(ctx, q)
	if err != nil {
		return nil, err
	}
	list := []CaseLine{}
	today, rules := DateOf(q.Clock.Asof), a.thresholds()
	err = a.each(ctx, "Cases.Rows", q, nil, func(rows driver.Rows) error {
		l, err := scanCase(rows)
		l.judge(today, rules, calendar)
		list = append(list, l)
		return err
	})
	return list, err
}

func scanCase(rows driver.Rows) (CaseLine, error) {
	var l CaseLine
	var received, accepted, assigned, due, until, fedBack, closed *time.Time
	var reopened *int64
	err := rows.Scan(&l.Key, &l.Number, &l.Channel, &l.Subject, &l.Category, &l.Place, &l.Grid, &l.Unit, &l.Status, &received, &accepted, &assigned, &due,
		&until, &l.PostponeReason, &fedBack, &l.Reply, &closed, &l.SendBackReason, &reopened, &l.ReopenReason, &l.Note, &l.complainant, &l.phone, &l.Version)
	l.ReceivedOn, l.AcceptedOn, l.AssignedOn, l.Due = dateAt(received), dateAt(accepted), dateAt(assigned), dateAt(due)
	l.PostponedUntil, l.FedBackOn, l.ClosedOn = dateAt(until), dateAt(fedBack), dateAt(closed)
	l.DueStated = l.Due.Known()
	if reopened != nil {
		l.Reopened = *reopened
	}
	return l, err
}

// judge finds the due day and where the case stands against it; what is still to come has not happened.
func (l *CaseLine) judge(today Date, rules Thresholds, calendar *Calendar) {
	l.settleDue(rules, calendar)
	dated := l.ClosedOn.Known() && !l.ClosedOn.After(today)
	closed := dated || l.Status == ledger.CaseClosed && !l.ClosedOn.After(today)
	holds := l.Due
	if l.Postponed() {
		holds = l.PostponedUntil
	}
	until := today
	if dated {
		until = l.ClosedOn
	}
	// A weekend after the day is not a day late yet.
	late := int64(0)
	if holds.Known() {
		late = calendar.number(until) - calendar.number(holds)
	}
	switch {
	case closed && (!dated || !l.Due.Known()):
		l.State = CaseUndated
	case closed && l.Postponed():
		l.State = CasePostponedDone
	case closed && late > 0:
		l.State, l.DaysLate = CaseLate, ledger.Int(late)
	case closed:
		l.State = CaseOnTime
	case !holds.Known():
		l.State = CaseOpen
	default:
		l.stands(-late, rules)
	}
}

// settleDue counts the due day where none is stated.
func (l *CaseLine) settleDue(rules Thresholds, calendar *Calendar) {
	from := l.AcceptedOn
	if !from.Known() {
		from = l.ReceivedOn
	}
	if l.Due.Known() || !from.Known() {
		return
	}
	l.DueDays = rules.caseDays(l.Channel)
	l.Due = calendar.date(calendar.number(from) + l.DueDays)
}

// stands says where an open case is with so many working days left.
func (l *CaseLine) stands(left int64, rules Thresholds) {
	l.DaysLeft = ledger.Int(left)
	switch {
	case left < 0:
		l.State, l.DaysLate = CaseOverdue, ledger.Int(-left)
		for i, days := range []int64{rules.CaseEscalateDeputy, rules.CaseEscalateChief} {
			if -left >= days {
				l.Level = ledger.EscalationLevels[i]
			}
		}
	case l.Postponed():
		l.State = CasePostponed
	case left <= rules.CaseRemind:
		l.State = CaseDueSoon
	default:
		l.State = CaseOpen
	}
}

// CaseTally counts cases of a source, unit, type or month.
//
// OnTime is closed in time / (due − postponed): due are the cases whose day lies in the period and has come, postponed those of them
// that were given more time; these are neither in time nor late. It is null where nothing was due.
type CaseTally struct {
	Name      string `json:"name"`
	Received  int64  `json:"received"`
	Closed    int64  `json:"closed"`
	Open      int64  `json:"open"` // now, whenever they came
	Overdue   int64  `json:"overdue"`
	Due       int64  `json:"due"`
	Postponed int64  `json:"postponed"`
	OnTime    Rate   `json:"on_time"`
}

// span is the days that a tally counts, both included.
type span struct{ from, to Date }

func (s span) holds(d Date) bool { return d.Known() && !s.from.After(d) && !d.After(s.to) }

// cameDue reports whether the day of the case has come: it has passed, or the case was closed and need not be waited for until it ends.
func (l CaseLine) cameDue(today Date) bool {
	if !l.Due.Known() || l.Due.After(today) {
		return false
	}
	return l.Closed() || l.Postponed() || l.State == CaseOverdue
}

// add counts a case; what is not due yet is left out of the rate.
func (t *CaseTally) add(l CaseLine, within span, today Date) {
	came := l.ReceivedOn
	if !came.Known() {
		came = l.AcceptedOn
	}
	if within.holds(came) {
		t.Received++
	}
	if l.Closed() && within.holds(l.ClosedOn) {
		t.Closed++
	}
	if !l.Closed() {
		t.Open++
	}
	if l.State == CaseOverdue {
		t.Overdue++
	}
	if !within.holds(l.Due) || !l.cameDue(today) {
		return
	}
	t.Due++
	if l.Postponed() {
		t.Postponed++
		return
	}
	t.OnTime.add(oneIf(l.State == CaseOnTime), ledger.Int(1))
}

func (t *CaseTally) finish() { t.OnTime.Percent = Percent(t.OnTime.Numerator, t.OnTime.Denominator) }
