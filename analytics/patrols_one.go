package analytics

import (
	"context"
	"strings"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// PatrolAnswer is one round or finding with all that happened to it.
type PatrolAnswer struct {
	Stamp `json:"stamp"`

	PatrolLine
	Next    []string     `json:"next"`    // the names of the moves that lead on (ledger.Flow)
	History []PatrolStep `json:"history"` // the newest first
	Type    PatrolType   `json:"type"`    // as the office's list has it
	// Repeats are the findings at the same place within the days of the threshold, the one asked for among them; 0 or 1: it is the only one.
	Repeats    int64 `json:"repeats"`
	RepeatDays int64 `json:"repeat_days"`
}

// PatrolStep is one version of an entry: who said what when.
type PatrolStep struct {
	Status  string    `json:"status"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Comment string    `json:"comment"`
	Batch   uint64    `json:"batch"`
	File    string    `json:"file,omitempty"`
}

// Patrol answers for one entry by its ID; NotFound when none stands.
func (a *Analytics) Patrol(ctx context.Context, q Question, id string) (*PatrolAnswer, error) {
	since := DateOf(q.Clock.Asof).Plus(1 - int(a.rules.RepeatDays))
	found, err := a.patrols(ctx, q, since, id)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 || id == "" {
		return nil, ledger.Fail(ledger.NotFound, text.T("patrol.none"))
	}
	ans := &PatrolAnswer{PatrolLine: found[0], RepeatDays: a.rules.RepeatDays, Next: []string{}, History: []PatrolStep{}}
	for _, m := range ledger.Patrols.Flow.Next(ans.PatrolLine.State.Word()) {
		ans.Next = append(ans.Next, m.ID)
	}
	types, err := a.PatrolTypes(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, t := range types {
		if t.Type == ans.IssueType {
			ans.Type = t
		}
	}
	if err := a.patrolHistory(ctx, q, ans); err != nil {
		return nil, err
	}
	if ans.Repeats, err = a.samePlace(ctx, q, ans.PatrolLine, since); err != nil {
		return nil, err
	}
	ans.Stamp, err = a.stamp(ctx, q, "", ledger.Patrols.Name, ledger.PatrolTypes.Name)
	return ans, err
}

func (a *Analytics) patrolHistory(ctx context.Context, q Question, ans *PatrolAnswer) error {
	versions, err := a.ledger.Versions(ctx, ledger.Patrols, ans.Key, q.Clock)
	for _, v := range versions {
		step := PatrolStep{By: v.Batch.By, At: v.Batch.CommittedAt, Comment: v.Batch.Comment, Batch: v.Batch.ID, File: v.Batch.File}
		if f, ok := v.Field("status"); ok {
			step.Status = f.Value
		}
		ans.History = append(ans.History, step)
	}
	return err
}

// samePlace counts the findings at the place of one.
func (a *Analytics) samePlace(ctx context.Context, q Question, one PatrolLine, since Date) (int64, error) {
	if !one.Found() {
		return 0, nil
	}
	all, err := a.patrols(ctx, q, since, "")
	if err != nil {
		return 0, err
	}
	for _, r := range repeatPlaces(all, since) {
		if r.Grid == one.Grid && (r.Place != "" && ledger.NameKey(r.Place) == one.place || r.Place == "" && one.place == "" && r.Types[0] == one.IssueType) {
			return r.Findings, nil
		}
	}
	return 1, nil
}

// PatrolStrip is what the cockpit and the wall display say of patrols.
type PatrolStrip struct {
	Patrols int64 `json:"patrols"` // of the span
	Open    int64 `json:"open"`
	Overdue int64 `json:"overdue"`
	OnTime  Rate  `json:"on_time"`
	From    Date  `json:"from"`
}

// PatrolStrip gives the headline figures of the usual span with one statement.
func (a *Analytics) PatrolStrip(ctx context.Context, q Question) (PatrolStrip, error) {
	asof := DateOf(q.Clock.Asof)
	ans := PatrolsAnswer{From: asof.Plus(1 - PatrolSpans[0]), To: asof}
	lines, err := a.patrols(ctx, q, ans.From, "")
	if err != nil {
		return PatrolStrip{}, err
	}
	ans.count(lines)
	return PatrolStrip{ans.Totals.Patrols, ans.Totals.Open, ans.Totals.Overdue, ans.Totals.OnTime, ans.From}, nil
}

// Table is one line an entry.
func (ans *PatrolsAnswer) Table() Table {
	t := Table{Columns: patrolColumns()}
	for _, l := range ans.Items {
		t.Rows = append(t.Rows, l.row())
	}
	return t
}

func patrolColumns() []Column {
	list := []Column{}
	for _, name := range []string{"number", "day", "time", "community", "grid", "issue_type", "issue", "place", "found_by", "unit", "handed_to", "handed_on", "due", "mended_on",
		"measure", "checked_on", "checker", "result", "return_reason", "returned", "photos_before", "photos_after", "clause", "addressee", "note"} {
		f, _ := ledger.Patrols.Field(name)
		list = append(list, Column{f.Name, f.Zh, f.En, f.Unit})
	}
	return append(list, Column{"state", "状态", "State", ""}, Column{"overdue_days", "逾期天数", "Days overdue", "天"})
}

func (l PatrolLine) row() []any {
	return []any{l.Number, l.Day.cell(), l.Time, l.Community, l.Grid, l.IssueType, l.Issue, l.Place, l.FoundBy, l.Unit, l.HandedTo, l.HandedOn.cell(), l.Due.cell(),
		l.MendedOn.cell(), l.Measure, l.CheckedOn.cell(), l.Checker, l.Result, l.Reason, l.Returned, strings.Join(l.Before, ledger.AttachmentMark), strings.Join(l.After, ledger.AttachmentMark), l.Clause, l.Addressee, l.Note,
		l.State.Word(), l.Overdue}
}

// Table is the entry's history, the newest first.
func (ans *PatrolAnswer) Table() Table {
	t := Table{Columns: []Column{{"status", "状态", "State", ""}, {"by", "经手人", "By", ""}, {"at", "入库时间", "Recorded", ""}, {"comment", "说明", "Comment", ""},
		{"batch", "批次", "Batch", ""}, {"file", "文件", "File", ""}}}
	for _, s := range ans.History {
		t.Rows = append(t.Rows, []any{s.Status, s.By, s.At.In(ledger.Office).Format("2006-01-02 15:04:05"), s.Comment, int64(s.Batch), s.File})
	}
	return t
}
