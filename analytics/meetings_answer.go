package analytics

import (
	"context"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// MeetingsAnswer lists the meetings on record.
type MeetingsAnswer struct {
	Stamp `json:"stamp"`

	Meetings []MeetingItem `json:"meetings"` // the newest first
}

// MeetingItem is a meeting with every time it was closed, the last one first; each leads to its own frozen page.
type MeetingItem struct {
	Meeting
	Closings []Closing `json:"closings"`
}

// Closing is one freeze of a meeting.
type Closing struct {
	Asof  Date   `json:"asof"`
	Known string `json:"known"`
	By    string `json:"by"`
	At    string `json:"at"`
	Batch uint64 `json:"batch"`
}

// Meetings lists the meetings on record with every freeze.
func (a *Analytics) Meetings(ctx context.Context, q Question) (*MeetingsAnswer, error) {
	all := a.ofAllDays(q)
	list, err := a.meetings(ctx, all)
	if err != nil {
		return nil, err
	}
	closings, err := a.closings(ctx, all)
	if err != nil {
		return nil, err
	}
	ans := &MeetingsAnswer{Meetings: []MeetingItem{}}
	for _, m := range slices.Backward(list) {
		item := MeetingItem{Meeting: m, Closings: closings[m.Date]}
		if item.Closings == nil {
			item.Closings = []Closing{}
		}
		ans.Meetings = append(ans.Meetings, item)
	}
	ans.Stamp, err = a.stamp(ctx, q, "", ledger.Meetings.Name)
	return ans, err
}

func (a *Analytics) closings(ctx context.Context, q Question) (map[Date][]Closing, error) {
	all := map[Date][]Closing{}
	err := a.each(ctx, "Meeting.Closings", q, ledger.Params{"closed": ledger.MeetingClosed}, func(rows driver.Rows) error {
		var c Closing
		var date, asof *time.Time
		if err := rows.Scan(&date, &asof, &c.Known, &c.By, &c.At, &c.Batch); err != nil {
			return err
		}
		c.Asof = dateAt(asof)
		all[dateAt(date)] = append([]Closing{c}, all[dateAt(date)]...)
		return nil
	})
	return all, err
}

// Sitting tells which meeting a question means and under which clocks its page is answered, without its agenda.
func (a *Analytics) Sitting(ctx context.Context, q MeetingQuestion) (Meeting, Question, error) {
	s, err := a.sitting(ctx, q)
	if err != nil {
		return Meeting{}, Question{}, err
	}
	return s.meeting, s.question, nil
}

// Table is one line a meeting.
func (m *MeetingsAnswer) Table() Table {
	t := Table{Columns: []Column{
		{"meeting_date", "会议日期", "Meeting", ""}, {"status", "会议状态", "Status", ""}, {"chair", "主持人", "Chair", ""}, {"place", "会议地点", "Place", ""},
		{"frozen_asof", "冻结数据截至", "Frozen as of", ""}, {"closed_by", "结束人", "Closed by", ""}, {"closed_at", "结束时刻", "Closed at", ""}, {"reopened", "重开次数", "Times reopened", "次"},
	}}
	for _, i := range m.Meetings {
		t.Rows = append(t.Rows, []any{i.Date.cell(), i.Status, i.Chair, i.Place, i.FrozenAsof.cell(), i.ClosedBy, i.ClosedAt, i.Reopened})
	}
	return t
}
