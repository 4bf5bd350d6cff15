package analytics

import (
	"context"
	"slices"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// ActionsQuestion asks for action items; empty words ask for all.
type ActionsQuestion struct {
	Question
	State   string // open, overdue or closed
	Owner   string // a person or section that is named as owner
	Project string
}

// ActionsAnswer lists action items.
type ActionsAnswer struct {
	Stamp `json:"stamp"`

	Items  []ActionLine `json:"items"` // open ones by their day, then closed ones, the newest first
	Totals ActionTotals `json:"totals"`
	Week   Commitments  `json:"commitments"` // of the seven days up to the page's day, of the items asked for
	Owners []string     `json:"owners"`
	Years  []int        `json:"years"` // of the meetings
}

// Actions lists the action items that meet the question; totals and rates are those of what is listed, whatever its state.
func (a *Analytics) Actions(ctx context.Context, q ActionsQuestion) (*ActionsAnswer, error) {
	ans := &ActionsAnswer{Items: []ActionLine{}, Owners: []string{}, Years: []int{}}
	project := ledger.NameKey(q.Project)
	meant, err := a.actions(ctx, q.Question, func(key string, l ActionLine) bool {
		ans.offer(l)
		return (q.Owner == "" || l.Owner == q.Owner || l.Section == q.Owner) && (project == "" || key == project) &&
			(q.Year == 0 || l.year() == q.Year)
	})
	if err != nil {
		return nil, err
	}
	for _, l := range meant {
		ans.Totals.add(l)
		if q.State == "" || q.State == "closed" && l.Closed || q.State == "open" && !l.Closed || q.State == "overdue" && l.DaysOverdue > 0 {
			ans.Items = append(ans.Items, l)
		}
	}
	slices.SortStableFunc(ans.Items, func(x, y ActionLine) int {
		switch {
		case x.Closed != y.Closed:
			return compareBool(x.Closed, y.Closed)
		case x.Closed:
			return y.ClosedOn.Time().Compare(x.ClosedOn.Time())
		}
		return dueOrder(x, y)
	})
	slices.Sort(ans.Owners)
	slices.Sort(ans.Years)
	asof := DateOf(q.Clock.Asof)
	ans.Week = commitments(meant, asof.Plus(-week), asof)
	ans.Stamp, err = a.stamp(ctx, q.Question, "", ledger.Actions.Name)
	return ans, err
}

// offer keeps what the filters can ask for.
func (ans *ActionsAnswer) offer(l ActionLine) {
	if l.Owner != "" {
		ans.Owners = addOnce(ans.Owners, l.Owner)
	}
	if y := l.year(); y != 0 && !slices.Contains(ans.Years, y) {
		ans.Years = append(ans.Years, y)
	}
}

// year is that of the meeting, else of the day it is due; 0 when neither is known.
func (l ActionLine) year() int {
	day := l.MeetingDate
	if !day.Known() {
		day = l.Due
	}
	if !day.Known() {
		return 0
	}
	return day.Time().Year()
}

// ActionAnswer is one action item with all that happened to it.
type ActionAnswer struct {
	Stamp `json:"stamp"`

	ActionLine
	Next    []string     `json:"next"`    // the names of the moves that lead on (ledger.Flow)
	History []ActionStep `json:"history"` // the newest first
}

// ActionStep is one version of an item: who said what on which day.
type ActionStep struct {
	Status  string    `json:"status"`
	Day     Date      `json:"day"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Comment string    `json:"comment"`
	Batch   uint64    `json:"batch"`
	File    string    `json:"file,omitempty"`
}

// Action answers for one item by its number in any spelling; NotFound when none stands.
func (a *Analytics) Action(ctx context.Context, q Question, number string) (*ActionAnswer, error) {
	folded := ledger.NameKey(number)
	found, err := a.actions(ctx, q, func(_ string, l ActionLine) bool { return ledger.NameKey(l.Number) == folded })
	if err != nil {
		return nil, err
	}
	if len(found) == 0 || folded == "" {
		return nil, ledger.Fail(ledger.NotFound, text.T("error.not_found", number))
	}
	ans := &ActionAnswer{ActionLine: found[0], Next: []string{}}
	for _, m := range ledger.Actions.Flow.Next(ans.Status) {
		ans.Next = append(ans.Next, m.ID)
	}
	versions, err := a.ledger.Versions(ctx, ledger.Actions, ans.Key, q.Clock)
	if err != nil {
		return nil, err
	}
	ans.History = stepsOf(versions, q)
	ans.Stamp, err = a.stamp(ctx, q, "", ledger.Actions.Name)
	return ans, err
}

// stepsOf are the versions of a row that has a status, up to the question's day.
func stepsOf(versions []ledger.Version, q Question) []ActionStep {
	list := []ActionStep{}
	for _, v := range versions {
		if v.Effective.After(q.Clock.Asof) {
			continue
		}
		step := ActionStep{Day: DateOf(v.Effective), By: v.Batch.By, At: v.Batch.CommittedAt, Comment: v.Batch.Comment, Batch: v.Batch.ID, File: v.Batch.File}
		if f, ok := v.Field("status"); ok {
			step.Status = f.Value
		}
		list = append(list, step)
	}
	return list
}

// Table is one line an item.
func (ans *ActionsAnswer) Table() Table {
	t := Table{Columns: actionColumns()}
	for _, l := range ans.Items {
		t.Rows = append(t.Rows, l.row())
	}
	return t
}

func actionColumns() []Column {
	list := []Column{}
	for _, name := range []string{"number", "meeting_date", "project", "item", "section", "owner", "due", "status", "closed_on", "proposer", "reporter", "confirmer",
		"result", "evidence", "done_percent", "shortfall", "reopened", "escalation"} {
		f, _ := ledger.Actions.Field(name)
		list = append(list, Column{f.Name, f.Zh, f.En, f.Unit})
	}
	return append(list, Column{"overdue_days", "逾期天数", "Days overdue", "天"})
}

func (l ActionLine) row() []any {
	return []any{l.Number, l.MeetingDate.cell(), l.Project, l.Item, l.Section, l.Owner, l.Due.cell(), l.Status, l.ClosedOn.cell(), l.Proposer, l.Reporter, l.Confirmer,
		l.Result, l.Evidence, l.DonePercent, l.Shortfall, l.Reopened, l.Level, l.DaysOverdue}
}

// Table is the item's history, the newest first.
func (ans *ActionAnswer) Table() Table {
	t := Table{Columns: []Column{{"status", "状态", "Status", ""}, {"day", "日期", "Day", ""}, {"by", "经手人", "By", ""}, {"at", "入库时间", "Recorded", ""},
		{"comment", "说明", "Comment", ""}, {"batch", "批次", "Batch", ""}, {"file", "文件", "File", ""}}}
	for _, s := range ans.History {
		t.Rows = append(t.Rows, []any{s.Status, s.Day.cell(), s.By, s.At.In(ledger.Office).Format("2006-01-02 15:04:05"), s.Comment, int64(s.Batch), s.File})
	}
	return t
}
