package analytics

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// ActionLine is one action item (督办事项) as the day stands.
type ActionLine struct {
	Number      string `json:"number"`
	Project     string `json:"project"`
	Item        string `json:"item"`
	Section     string `json:"section"`
	Owner       string `json:"owner"`
	MeetingDate Date   `json:"meeting_date"`
	Due         Date   `json:"due"`
	Status      string `json:"status"`
	ClosedOn    Date   `json:"closed_on"`
	Closed      bool   `json:"closed"`       // 已确认(销号)
	DaysOverdue int64  `json:"overdue_days"` // of an open item; 0 when not yet due
}

// closedStatus is the status in which an action item is closed and confirmed.
var closedStatus = ledger.Actions.Closing.Values[0]

// actions reads the action items that a page asks for, in the order of the meetings; keep is told the folded name of the project.
func (a *Analytics) actions(ctx context.Context, q Question, keep func(project string, line ActionLine) bool) ([]ActionLine, error) {
	list := []ActionLine{}
	asof := DateOf(q.Clock.Asof)
	err := a.each(ctx, "Leaders.Actions", q, nil, func(rows driver.Rows) error {
		var l ActionLine
		var key string
		var met, due, closed *time.Time
		if err := rows.Scan(&l.Number, &l.Project, &key, &l.Item, &l.Section, &l.Owner, &met, &due, &l.Status, &closed); err != nil {
			return err
		}
		l.MeetingDate, l.Due, l.ClosedOn = dateAt(met), dateAt(due), dateAt(closed)
		l.settle(asof)
		if keep(key, l) {
			list = append(list, l)
		}
		return nil
	})
	return list, err
}

// settle decides whether the item is closed, and how many days it is overdue, on a day.
func (l *ActionLine) settle(asof Date) {
	l.Closed = l.Status == closedStatus && !l.ClosedOn.After(asof)
	if !l.Closed && l.Due.Known() && asof.After(l.Due) {
		l.DaysOverdue = asof.Since(l.Due)
	}
}

// ActionTotals counts action items.
type ActionTotals struct {
	Open    int `json:"open_actions"`
	Overdue int `json:"overdue_actions"`
	Closed  int `json:"closed_actions"`
}

func (t *ActionTotals) add(l ActionLine) {
	switch {
	case l.Closed:
		t.Closed++
	case l.DaysOverdue > 0:
		t.Overdue++
		t.Open++
	default:
		t.Open++
	}
}
