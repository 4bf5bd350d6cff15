package analytics

import (
	"taizhang/internal/text"
	"taizhang/ledger"
)

// MeetingAnswer is all that a weekly coordination meeting is run from: the agenda, the minutes, the figures.
type MeetingAnswer struct {
	Stamp `json:"stamp"`

	Meeting  Meeting   `json:"meeting"`
	Frozen   bool      `json:"frozen"`    // the meeting is closed and answered under the clocks it was frozen at
	Past     []Meeting `json:"past"`      // earlier meetings, the newest first
	Before   Snapshot  `json:"before"`    // what the meeting is compared with
	NextItem string    `json:"next_item"` // the number the next action item is expected to get; empty in a frozen answer

	Actions  ActionAgenda    `json:"actions"`
	Lights   []AgendaProject `json:"lights"` // red ones, then yellow ones, those that are new first
	Better   []AgendaProject `json:"better"` // red or yellow at the snapshot, neither now
	Stale    []AgendaProject `json:"stale"`  // not reported for a week or more, or never
	Requests []AgendaProject `json:"requests"`
	// Moved are the other projects of which a weekly entry since the snapshot says something else than the one before.
	Moved   []AgendaProject     `json:"moved"`
	Changes []ledger.Difference `json:"changes"` // of the ledgers of projects and plans
	// Street are the open alerts of grids, patrols, cases and counters, the worst first; OfStreet is false where the record holds none of these.
	Street   []Alert       `json:"street"`
	OfStreet bool          `json:"of_street"`
	Mended   []PatrolLine  `json:"mended"` // findings of patrols that were checked and passed since the snapshot
	Visits   []LeaderWeek  `json:"visits"`
	Minutes  []MinuteLine  `json:"minutes"`
	Counts   MeetingCounts `json:"counts"`
}

// ActionAgenda is what became of action items since the snapshot.
type ActionAgenda struct {
	Open    []ActionLine `json:"open"`   // the longest overdue first
	Closed  []ActionLine `json:"closed"` // since the snapshot
	Overdue int          `json:"overdue"`
	Commitments
}

// AgendaProject is one project on the agenda, with what it was at the snapshot.
type AgendaProject struct {
	Key            string         `json:"key"`
	Project        string         `json:"project"`
	Leaders        []string       `json:"leaders"`
	Section        string         `json:"section"`
	Light          Light          `json:"light"`
	ColorBefore    Color          `json:"color_before"` // empty when the project was not in the ledger then
	New            bool           `json:"new"`          // red now and not at the snapshot
	Better         bool           `json:"better"`       // a better light than at the snapshot
	Node           string         `json:"node"`         // the one that decides: the latest, else the next that is due
	NodePlan       Date           `json:"node_plan"`
	NodeLatest     Date           `json:"node_latest"`
	NodeExpected   Date           `json:"node_expected"`
	Percent        ledger.Decimal `json:"percent"`
	PercentBefore  ledger.Decimal `json:"percent_before"` // at the snapshot
	WeekInvestment ledger.Decimal `json:"week_investment_yuan"`
	Problem        string         `json:"problem"`
	ProblemBefore  string         `json:"problem_before"`
	Repeated       bool           `json:"problem_repeated"` // the same problem in the last two entries
	Coordination   string         `json:"coordination"`
	ReportDate     Date           `json:"report_date"`
	Reported       bool           `json:"reported"` // since the snapshot
	StaleDays      *int64         `json:"stale_days"`
}

// LeaderWeek is how a leader kept the hour a day (每天一小时走访) since the snapshot.
type LeaderWeek struct {
	Leader      string `json:"leader"`
	Minutes     int64  `json:"minutes"`
	HourDays    int64  `json:"hour_days"`
	WorkingDays int64  `json:"working_days"`
}

// MeetingCounts are the figures at the heads of the sections.
type MeetingCounts struct {
	Projects int    `json:"projects"`
	Lights   Lights `json:"lights"`
	NewRed   int    `json:"new_red"`
	Better   int    `json:"better"`
	Stale    int    `json:"stale"`
	Requests int    `json:"requests"`
	Changes  int    `json:"changes"`
}

// Table is the agenda as one list, in the order of its sections.
func (m *MeetingAnswer) Table() Table {
	t := Table{Columns: []Column{
		{"section", "议程", "Section", ""}, {"subject", "项目或编号", "Project or number", ""}, {"item", "事项", "Item", ""},
		{"owner", "责任", "Owner", ""}, {"state", "状态", "State", ""}, {"reason", "依据", "Why", ""},
		{"due", "时限", "Due", ""}, {"percent_before", "上次完成", "Complete before", "%"}, {"percent", "完成", "Complete", "%"}, {"request", "需协调", "To coordinate", ""},
	}}
	say := func(key string) string { return text.T("meeting.csv." + key).In(text.Zh) }
	for _, list := range [][]ActionLine{m.Actions.Open, m.Actions.Closed} {
		for _, l := range list {
			t.Rows = append(t.Rows, []any{say("actions"), l.Number, l.Item, l.Owner, l.Status, l.Level, l.Due.cell(), nil, l.DonePercent, l.Project})
		}
	}
	for _, part := range []struct {
		key  string
		list []AgendaProject
	}{{"lights", m.Lights}, {"better", m.Better}, {"stale", m.Stale}, {"requests", m.Requests}, {"moved", m.Moved}} {
		for _, p := range part.list {
			t.Rows = append(t.Rows, []any{say(part.key), p.Project, p.Problem, p.Leaders, string(p.Light.Color), p.Light.Why(text.Zh),
				p.NodePlan.cell(), p.PercentBefore, p.Percent, p.Coordination})
		}
	}
	for _, al := range m.Street {
		t.Rows = append(t.Rows, []any{say("street"), al.What, al.Message.In(text.Zh), nil, string(al.Severity), text.T("alert.kind." + string(al.Kind)).In(text.Zh), al.Since.cell(), nil, nil, nil})
	}
	for _, l := range m.Mended {
		t.Rows = append(t.Rows, []any{say("street"), l.What(), l.Measure, l.HandedTo, l.Status, l.Result, l.Due.cell(), nil, nil, nil})
	}
	for _, d := range m.Changes {
		for _, f := range d.Fields {
			t.Rows = append(t.Rows, []any{say("changes"), d.Name, f.Field.Zh, nil, string(d.Kind), f.Was + " → " + f.Now, nil, nil, nil, nil})
		}
	}
	for _, l := range m.Minutes {
		t.Rows = append(t.Rows, []any{say("minutes"), l.Topic, l.Said, nil, nil, l.Decision, nil, nil, nil, nil})
	}
	return t
}
