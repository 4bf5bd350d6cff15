package analytics

import (
	"context"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// Meeting is one weekly coordination meeting (每周项目协调推进会), on record or to come.
type Meeting struct {
	Key          string   `json:"key"`
	Version      string   `json:"version"` // the token a form hands back; ledger.NoVersion when it is not on record
	Date         Date     `json:"date"`
	HeldAt       string   `json:"held_at"`
	Place        string   `json:"place"`
	Chair        string   `json:"chair"`
	Present      []string `json:"present"`
	Status       string   `json:"status"` // 筹备, 进行中 or 已结束
	Previous     Date     `json:"previous"`
	FrozenAsof   Date     `json:"frozen_asof"`
	FrozenKnown  string   `json:"frozen_known"`
	ClosedBy     string   `json:"closed_by"`
	ClosedAt     string   `json:"closed_at"`
	Reopened     int64    `json:"reopened"`
	ReopenReason string   `json:"reopen_reason"`
}

// OnRecord reports whether somebody wrote the meeting down.
func (m Meeting) OnRecord() bool { return m.Version != ledger.NoVersion }

// Frozen gives the two clocks a closed meeting stands at, of the sub-district asked about; false for one that is not closed or says no clocks.
func (m Meeting) Frozen(asked ledger.Clock) (ledger.Clock, bool) {
	if m.Status != ledger.MeetingClosed || !m.FrozenAsof.Known() {
		return ledger.Clock{}, false
	}
	known, err := time.Parse(time.RFC3339Nano, m.FrozenKnown)
	return asked.At(m.FrozenAsof.Time(), known), err == nil
}

// MinuteLine is what a meeting said and decided on a project or another topic.
type MinuteLine struct {
	Key      string `json:"key"`
	Version  string `json:"version"`
	No       *int64 `json:"no"`
	Topic    string `json:"topic"`
	Said     string `json:"said"`
	Decision string `json:"decision"`

	topic string // folded
}

// meetings reads the meetings that stand under a question's clocks, in the order of their days.
func (a *Analytics) meetings(ctx context.Context, q Question) ([]Meeting, error) {
	list := []Meeting{}
	err := a.each(ctx, "Meeting.List", q, nil, func(rows driver.Rows) error {
		var m Meeting
		var date, previous, asof *time.Time
		var reopened *int64
		if err := rows.Scan(&m.Key, &date, &m.HeldAt, &m.Place, &m.Chair, &m.Present, &m.Status, &previous, &asof, &m.FrozenKnown,
			&m.ClosedBy, &m.ClosedAt, &reopened, &m.ReopenReason, &m.Version); err != nil {
			return err
		}
		m.Date, m.Previous, m.FrozenAsof = dateAt(date), dateAt(previous), dateAt(asof)
		if reopened != nil {
			m.Reopened = *reopened
		}
		if m.Present == nil {
			m.Present = []string{}
		}
		list = append(list, m)
		return nil
	})
	return list, err
}

// minutes reads what a meeting said and decided.
func (a *Analytics) minutes(ctx context.Context, q Question, day Date) ([]MinuteLine, error) {
	list := []MinuteLine{}
	err := a.each(ctx, "Meeting.Minutes", q, ledger.Params{"date": day.String()}, func(rows driver.Rows) error {
		var m MinuteLine
		if err := rows.Scan(&m.Key, &m.No, &m.Topic, &m.topic, &m.Said, &m.Decision, &m.Version); err != nil {
			return err
		}
		list = append(list, m)
		return nil
	})
	return list, err
}

// MeetingQuestion asks for the meeting of a day; the zero Date takes the one that is running, or the next Monday's.
type MeetingQuestion struct {
	Question
	Date Date
}

// sitting is a meeting with the clocks its page is answered under.
type sitting struct {
	meeting  Meeting
	past     []Meeting // up to this one, the newest first
	question Question
	frozen   bool
	before   Snapshot
	moved    movements
}

// Snapshot is the pair of clocks a meeting is compared with: those the last meeting was frozen at, or a week before.
type Snapshot struct {
	Asof   Date `json:"asof"`
	Frozen bool `json:"frozen"` // of a closed meeting

	clock ledger.Clock
}

// Clock gives the snapshot's clocks.
func (s Snapshot) Clock() ledger.Clock { return s.clock }

// week is how far apart meetings are.
const week = 7

// sitting finds the meeting asked for and under which clocks it is answered: a closed one under those it was frozen at.
func (a *Analytics) sitting(ctx context.Context, q MeetingQuestion) (*sitting, error) {
	moved, err := a.movements(ctx, q.Question)
	if err != nil {
		return nil, err
	}
	var list []Meeting
	if moved.present(ledger.Meetings.Name, q.Clock.Known) {
		if list, err = a.meetings(ctx, a.ofAllDays(q.Question)); err != nil {
			return nil, err
		}
	}
	s := &sitting{meeting: chooseMeeting(list, q), question: q.Question, moved: moved}
	if q.Clock.Live {
		clock, frozen := s.meeting.Frozen(s.question.Clock)
		if s.frozen = frozen; frozen {
			s.question.Clock = clock
			// What was said of meetings after the freeze belongs to other pages.
			if list, err = a.meetings(ctx, s.question); err != nil {
				return nil, err
			}
			s.headAsFrozen(list)
		} else if day := s.meeting.Date.Time(); day.Before(q.Clock.Asof) {
			s.question.Clock.Asof = day
		}
	}
	s.compareWith(list)
	return s, nil
}

// ofAllDays asks under the question's record time for meetings of any day; a day a person chose stays.
func (a *Analytics) ofAllDays(q Question) Question {
	if today := ledger.Today(a.ledger.Now()); q.Clock.Live && today.After(q.Clock.Asof) {
		q.Clock.Asof = today
	}
	return q
}

// headAsFrozen keeps of the row that closed the meeting only that it was closed; all else is what was known then.
func (s *sitting) headAsFrozen(list []Meeting) {
	closed := s.meeting
	for _, m := range list {
		if m.Date == closed.Date {
			s.meeting = m
		}
	}
	m := &s.meeting
	m.Version, m.Status, m.FrozenAsof, m.FrozenKnown = closed.Version, closed.Status, closed.FrozenAsof, closed.FrozenKnown
	m.ClosedBy, m.ClosedAt, m.Reopened, m.ReopenReason = closed.ClosedBy, closed.ClosedAt, closed.Reopened, closed.ReopenReason
}

// chooseMeeting is the meeting of the day asked for; without one the newest that is not closed and at most a week old, else that of
// the coming Monday.
func chooseMeeting(list []Meeting, q MeetingQuestion) Meeting {
	asof := DateOf(q.Clock.Asof)
	date := q.Date
	if !date.Known() {
		date = monday(asof)
		for _, m := range list {
			if m.Status != ledger.MeetingClosed && asof.Since(m.Date) < week && date.After(m.Date.Plus(-1)) {
				date = m.Date
				break
			}
		}
	}
	if at := slices.IndexFunc(list, func(m Meeting) bool { return m.Date == date }); at >= 0 {
		return list[at]
	}
	return Meeting{Version: ledger.NoVersion, Date: date, Status: ledger.MeetingPlanned, Present: []string{}}
}

// monday is the first Monday from a day on.
func monday(day Date) Date {
	return day.Plus((int(time.Monday) - int(day.Time().Weekday()) + week) % week)
}

// compareWith takes the last meeting before this one for comparison, and keeps the list of past ones.
func (s *sitting) compareWith(list []Meeting) {
	s.past = []Meeting{}
	asof := DateOf(s.question.Clock.Asof)
	s.before = Snapshot{Asof: asof.Plus(-week), clock: s.question.Clock.At(asof.Plus(-week).Time(), s.question.Clock.Known)}
	for _, m := range slices.Backward(list) {
		if !s.meeting.Date.After(m.Date) {
			continue
		}
		if len(s.past) == 0 && asof.After(m.Date) {
			s.meeting.Previous = m.Date
			s.before = Snapshot{Asof: m.Date, clock: s.question.Clock.At(m.Date.Time(), s.question.Clock.Known)}
			if clock, frozen := m.Frozen(s.question.Clock); frozen {
				s.before = Snapshot{Asof: m.FrozenAsof, Frozen: true, clock: clock}
			}
		}
		s.past = append(s.past, m)
	}
}
