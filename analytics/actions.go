package analytics

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// ActionLine is one action item (督办事项) as the day stands.
type ActionLine struct {
	Key          string         `json:"key"`
	Version      string         `json:"version"` // the token a form hands back
	Number       string         `json:"number"`
	Project      string         `json:"project"`
	Item         string         `json:"item"`
	Section      string         `json:"section"`
	Owner        string         `json:"owner"`
	MeetingDate  Date           `json:"meeting_date"`
	Due          Date           `json:"due"`
	Status       string         `json:"status"`
	ClosedOn     Date           `json:"closed_on"`
	Closed       bool           `json:"closed"`       // 已确认(销号)
	DaysOverdue  int64          `json:"overdue_days"` // of an open item; 0 when not yet due
	Proposer     string         `json:"proposer"`
	Reporter     string         `json:"reporter"`
	Confirmer    string         `json:"confirmer"`
	Result       string         `json:"result"`
	Evidence     string         `json:"evidence"`
	DonePercent  ledger.Decimal `json:"done_percent"`
	Shortfall    string         `json:"shortfall"` // why it was not done by its day
	ReturnReason string         `json:"return_reason"`
	Reopened     int64          `json:"reopened"`
	ReopenReason string         `json:"reopen_reason"`
	// Level is before whom an overdue item is brought: by its days, or higher when the sheet or a form says so.
	Level string `json:"level"`
	Note  string `json:"note"`
}

// closedStatus is the status in which an action item is closed and confirmed.
const closedStatus = ledger.ActionConfirmed

// actions reads the action items that a page asks for, in the order of the meetings; keep is told the folded name of the project.
func (a *Analytics) actions(ctx context.Context, q Question, keep func(project string, line ActionLine) bool) ([]ActionLine, error) {
	list := []ActionLine{}
	asof, rules := DateOf(q.Clock.Asof), a.thresholds()
	err := a.each(ctx, "Leaders.Actions", q, nil, func(rows driver.Rows) error {
		key, l, err := scanAction(rows)
		if err != nil {
			return err
		}
		l.settle(asof)
		l.Level = rules.level(l)
		if keep(key, l) {
			list = append(list, l)
		}
		return nil
	})
	return list, err
}

// scanAction reads one item, with the folded name of its project; Level still holds what was written down.
func scanAction(rows driver.Rows) (string, ActionLine, error) {
	var l ActionLine
	var project string
	var met, due, closed *time.Time
	var reopened *int64
	err := rows.Scan(&l.Key, &l.Number, &l.Project, &project, &l.Item, &l.Section, &l.Owner, &met, &due, &l.Status, &closed,
		&l.Proposer, &l.Reporter, &l.Confirmer, &l.Result, &l.Evidence, &l.DonePercent, &l.Shortfall, &l.ReturnReason, &reopened,
		&l.ReopenReason, &l.Level, &l.Note, &l.Version)
	l.MeetingDate, l.Due, l.ClosedOn = dateAt(met), dateAt(due), dateAt(closed)
	if reopened != nil {
		l.Reopened = *reopened
	}
	return project, l, err
}

// settle decides whether the item is closed, and how many days it is overdue, on a day.
func (l *ActionLine) settle(asof Date) {
	l.Closed = l.Status == closedStatus && !l.ClosedOn.After(asof)
	if !l.Closed && l.Due.Known() && asof.After(l.Due) {
		l.DaysOverdue = asof.Since(l.Due)
	}
}

// OnTime reports whether the item was closed by its day, wholly.
func (l ActionLine) OnTime() bool {
	return l.Closed && l.ClosedOn.Known() && l.Due.Known() && !l.ClosedOn.After(l.Due)
}

// level is before whom an open item is brought (分管领导 → 主要领导 → 区).
func (t Thresholds) level(l ActionLine) string {
	at := slices.Index(ledger.EscalationLevels, l.Level)
	if !l.Closed {
		for i, days := range []int64{t.EscalateDeputy, t.EscalateChief, t.EscalateDistrict} {
			if l.DaysOverdue >= days && i > at {
				at = i
			}
		}
	}
	if at < 0 {
		return ""
	}
	return ledger.EscalationLevels[at]
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

// OverdueActions counts the items that are open after their day.
func (a *Analytics) OverdueActions(ctx context.Context, q Question) (n uint64, err error) {
	err = a.each(ctx, "Actions.Overdue", q, ledger.Params{"closed": closedStatus}, func(rows driver.Rows) error { return rows.Scan(&n) })
	return n, err
}

// ActionNumber words the number of an action item: 项目督办〔2026〕001号.
func ActionNumber(year int, n uint64) string {
	return fmt.Sprintf("项目督办〔%d〕%03d号", year, n)
}

// ShortActionNumber leaves off the words that every number begins and ends with: 项目督办〔2016〕031号 -> 〔2016〕031.
func ShortActionNumber(number string) string {
	return strings.TrimSuffix(strings.TrimPrefix(number, "项目督办"), "号")
}

// LastActionNumber is the greatest number of a year that a sub-district ever took, 0 when it took none.
func (a *Analytics) LastActionNumber(ctx context.Context, area string, year int) (n uint64, err error) {
	q := Question{Clock: ledger.Clock{}.In(area)}
	err = a.each(ctx, "Actions.LastNumber", q, ledger.Params{"year": fmt.Sprint(year)}, func(rows driver.Rows) error { return rows.Scan(&n) })
	return n, err
}
