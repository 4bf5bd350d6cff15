package analytics

import (
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Briefing is the weekly briefing (周报): what one page, one document and one workbook say of a week. Nothing in it is computed here;
// every figure is taken from the answer of the page it has of its own.
type Briefing struct {
	Stamp `json:"stamp"`

	Meeting Meeting   `json:"meeting"`
	Frozen  bool      `json:"frozen"` // the meeting is closed and answered under the clocks it was frozen at
	Past    []Meeting `json:"past"`   // earlier meetings, the newest first
	Before  Snapshot  `json:"before"` // what "since the last meeting" means
	Year    int       `json:"year"`   // of the ISO week of the meeting's day
	Week    int       `json:"week"`
	// Declared is the record time of the last event that the briefing knows of. Files carry it as the moment they were made, so that the
	// same snapshot makes the same file.
	Declared time.Time `json:"declared"`

	Summary []Sentence    `json:"summary"` // the whole in a few sentences
	Rows    []BriefingRow `json:"indicators"`

	LightsSaid  Sentence        `json:"lights_said"`
	Lights      []AgendaProject `json:"lights"` // red ones, then yellow ones
	Better      []AgendaProject `json:"better"`
	LeadersSaid Sentence        `json:"leaders_said"`
	Leaders     []LeaderItem    `json:"leaders"`
	WorkSaid    Sentence        `json:"work_said"`
	Work        []BriefingWork  `json:"work"` // the projects that reported since the last meeting, in the order of the ledger
	Requests    []AgendaProject `json:"requests"`
	Silent      []AgendaProject `json:"silent"`
	ActionsSaid Sentence        `json:"actions_said"`
	Closed      []ActionLine    `json:"closed"`  // since the last meeting
	Overdue     []ActionLine    `json:"overdue"` // still open after their day, the longest first
}

// Sentence is a sentence of the briefing: its parts in order, each with the figures it says.
type Sentence struct {
	ID      string   `json:"id"`
	Clauses []Clause `json:"clauses"`
}

// Clause says one thing. Its phrase is briefing.say.ID, or the variant .none, .down or .even of it by what the first figure is.
type Clause struct {
	ID      string           `json:"id"`
	Figures []BriefingFigure `json:"figures"`
}

// BriefingFigure is a figure of a sentence: its value or null, its unit, what time it is of and on what basis.
type BriefingFigure struct {
	ID     string         `json:"id"`
	Value  ledger.Decimal `json:"value"`
	Unit   string         `json:"unit"`             // base unit: 元, %, 百分点, 个, 项, 套, ㎡ …
	Period string         `json:"period,omitempty"` // 2016-05: from January on; 2016-06-20/2016-06-27; 2015; or a day
	Basis  string         `json:"basis,omitempty"`
}

// BriefingRow is a line of the table of indicators; what an indicator does not have is null.
type BriefingRow struct {
	BriefingFigure
	Name       Wording        `json:"name"`
	Growth     ledger.Decimal `json:"growth_percent"` // on the same months of the year before
	Target     ledger.Decimal `json:"target"`         // of the year, in Unit
	Completion ledger.Decimal `json:"completion_percent"`
	Time       ledger.Decimal `json:"time_percent"`
	Ahead      ledger.Decimal `json:"ahead_points"` // completion less time
	Page       string         `json:"page"`         // where it stands with all that belongs to it
}

// BriefingWork is what a project's last weekly entry says of this week and the next.
type BriefingWork struct {
	Key            string         `json:"key"`
	Project        string         `json:"project"`
	Leaders        []string       `json:"leaders"`
	Light          Color          `json:"light"`
	ReportDate     Date           `json:"report_date"`
	Progress       string         `json:"progress"`
	Percent        ledger.Decimal `json:"percent"`
	PercentBefore  ledger.Decimal `json:"percent_before"` // of the entry before
	WeekInvestment ledger.Decimal `json:"week_investment_yuan"`
	NextStep       string         `json:"next_step"`
}

// Sentences are all of the briefing in the order in which they are read.
func (b *Briefing) Sentences() []Sentence {
	return append(append([]Sentence{}, b.Summary...), b.LightsSaid, b.LeadersSaid, b.WorkSaid, b.ActionsSaid)
}

// Table is every figure of the briefing as a list: those of the sentences, then the table of indicators.
func (b *Briefing) Table() Table {
	t := Table{Columns: []Column{{"part", "部分", "Part", ""}, {"figure", "指标", "Figure", ""}, {"value", "数值", "Value", ""}, {"unit", "单位", "Unit", ""},
		{"period", "时间", "Period", ""}, {"basis", "口径", "Basis", ""}}}
	add := func(part string, f BriefingFigure, id string, v ledger.Decimal, unit string) {
		t.Rows = append(t.Rows, []any{part, id, v, unit, f.Period, f.Basis})
	}
	for _, s := range b.Sentences() {
		for _, c := range s.Clauses {
			for _, f := range c.Figures {
				add(s.ID, f, f.ID, f.Value, f.Unit)
			}
		}
	}
	for _, r := range b.Rows {
		name := r.Name.In(text.Zh)
		add("indicators", r.BriefingFigure, name, r.Value, r.Unit)
		for _, one := range []struct {
			id   string
			v    ledger.Decimal
			unit string
		}{{"growth_percent", r.Growth, "%"}, {"target", r.Target, r.Unit}, {"completion_percent", r.Completion, "%"}, {"time_percent", r.Time, "%"}, {"ahead_points", r.Ahead, "百分点"}} {
			add("indicators", r.BriefingFigure, name+" "+one.id, one.v, one.unit)
		}
	}
	return t
}
