package analytics

import "taizhang/ledger"

// CockpitAnswer is the first page: six figures, the tax of the year, the leaders' lights, the red list and the housing bars.
type CockpitAnswer struct {
	Stamp `json:"stamp"`

	Year         int                 `json:"year"`
	KPIs         []KPI               `json:"kpis"`
	Tax          *TaxAnswer          `json:"tax"`
	UnderWay     int                 `json:"under_way"` // projects not finished
	Lights       Lights              `json:"lights"`    // of those
	Leaders      []CockpitLeader     `json:"leaders"`   // a project of two leaders stands with both
	Red          []ProjectItem       `json:"red"`
	Resettlement []ResettlementBlock `json:"resettlement"`
	Actions      ActionCounts        `json:"actions"`
	Street       *Street             `json:"street"` // null where the record holds nothing of it
}

// CockpitLeader is a leader with the lights of the projects under way; Name is empty for projects without a leader.
type CockpitLeader struct {
	Name     string           `json:"name"`
	Projects []CockpitProject `json:"projects"`
}

// CockpitProject is one project as a chip.
type CockpitProject struct {
	Key     string `json:"key"`
	Project string `json:"project"`
	Color   Color  `json:"color"`
}

// KPI is one figure with what stands beside it. IDs: tax, paid_in, projects, resettlement, occupancy, actions.
type KPI struct {
	ID          string         `json:"id"`
	Value       ledger.Decimal `json:"value"`
	Unit        string         `json:"unit"` // base unit: 元, 套, 个, %
	Through     string         `json:"through,omitempty"`
	BarPercent  ledger.Decimal `json:"bar_percent"`  // completion
	TickPercent ledger.Decimal `json:"tick_percent"` // time progress
	Subs        []SubFigure    `json:"subs"`
}

// SubFigure stands small under a KPI. IDs are those of the answers' fields, such as growth_percent.
type SubFigure struct {
	ID    string         `json:"id"`
	Value ledger.Decimal `json:"value"`
	Unit  string         `json:"unit"`
}

// ActionCounts count the action items (督办事项) as the day stands.
type ActionCounts struct {
	Made         int64 `json:"made"`
	Closed       int64 `json:"closed"`
	ClosedOnTime int64 `json:"closed_on_time"`
	Open         int64 `json:"open"`
	Overdue      int64 `json:"overdue"`
	DueSoon      int64 `json:"due_soon"`     // open and due within 7 days
	Due          int64 `json:"due"`          // due by the day
	ClosedRate   Rate  `json:"closed_rate"`  // closed of made
	OnTimeRate   Rate  `json:"on_time_rate"` // closed by their day of those due (PPC)
}
