package analytics

import (
	"context"

	"taizhang/ledger"
)

// EnforcementAnswer is the counters of city enforcement as they stand on a day.
type EnforcementAnswer struct {
	Stamp `json:"stamp"`

	Counters []Counter       `json:"counters"`
	Sums     []CounterSum    `json:"sums"` // totals held against their parts, the broken ones first
	Ledgers  []CounterLedger `json:"ledgers"`

	Counter string   `json:"counter"` // whose series is shown
	Parts   []string `json:"parts"`   // the counters that it is the sum of
}

// Counter is one counter with all its figures; Latest is the newest of the way of counting that leads: to date, else of the year.
type Counter struct {
	Group   string          `json:"group"`
	Counter string          `json:"counter"`
	Unit    string          `json:"unit"` // base unit: 元, ㎡, 处 …
	Latest  CounterFigure   `json:"latest"`
	Series  []CounterSeries `json:"series"`

	key string
}

// CounterSeries is a counter in one way of counting, the oldest figure first.
type CounterSeries struct {
	Counted string          `json:"counted"` // 累计, 本年累计, 当月 or 全年
	Figures []CounterFigure `json:"figures"`
}

// CounterFigure is a figure as it was said, with the cell it stands in.
type CounterFigure struct {
	Counted   string         `json:"counted"`
	AsOf      Date           `json:"as_of"`
	Value     ledger.Decimal `json:"value"`
	Qualifier string         `json:"qualifier,omitempty"` // ≥, < or ≈
	// Single is what the period alone adds: by difference where the figure runs up, from the day Since on; null where that is not told.
	Single          ledger.Decimal `json:"single"`
	SingleQualifier string         `json:"single_qualifier,omitempty"`
	Since           Date           `json:"since"`
	CounterCell
}

// CounterCell is where a figure was read and what stands there.
type CounterCell struct {
	File    string `json:"file"`
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
	Written string `json:"written"` // 11200余
}

// Place names the cell for people: 执法统计.xlsx 执法统计!E4.
func (c CounterCell) Place() string {
	place := c.Cell
	if c.Sheet != "" && place != "" {
		place = c.Sheet + "!" + place
	}
	if c.File != "" && place != "" {
		place = c.File + " " + place
	}
	return place
}

// CounterSum is a total held against its parts.
type CounterSum struct {
	Total      string         `json:"total"`
	Unit       string         `json:"unit"`
	Counted    string         `json:"counted"`
	AsOf       Date           `json:"as_of"`
	Figure     CounterFigure  `json:"figure"`
	Parts      []CounterPart  `json:"parts"`
	Sum        ledger.Decimal `json:"sum"`
	Difference ledger.Decimal `json:"difference"` // of the figures as said
	Tolerance  ledger.Decimal `json:"tolerance"`
	Holds      bool           `json:"holds"` // the total can be the sum, whatever qualifiers leave open, within the tolerance
}

// CounterPart is a part of a total.
type CounterPart struct {
	Counter string        `json:"counter"`
	Figure  CounterFigure `json:"figure"`
}

// CounterLedger is the list behind one or two counters: how many lines it has, and what they add up to.
type CounterLedger struct {
	Lines    CounterHeld   `json:"lines"`
	Quantity CounterHeld   `json:"quantity"`
	Entries  []CounterLine `json:"entries"`
}

// CounterHeld is what lines come to, held against their counter; Counter is empty where none is named.
type CounterHeld struct {
	Counter    string         `json:"counter"`
	Unit       string         `json:"unit"`
	Found      ledger.Decimal `json:"found"`
	Figure     CounterFigure  `json:"figure"`
	Difference ledger.Decimal `json:"difference"`
	Holds      bool           `json:"holds"`
}

// CounterLine is one line behind a counter.
type CounterLine struct {
	Name      string         `json:"name"`
	Community string         `json:"community"`
	Grid      string         `json:"grid"`
	Quantity  ledger.Decimal `json:"quantity"`
	Address   string         `json:"address"`
	Charge    string         `json:"charge"`
}

// Named gives a counter by its name.
func (ans *EnforcementAnswer) Named(name string) (Counter, bool) {
	for _, c := range ans.Counters {
		if c.key == ledger.NameKey(name) {
			return c, true
		}
	}
	return Counter{}, false
}

// Shown is the series that is drawn of a counter; nil without one.
func (c Counter) Shown() *CounterSeries { return c.running() }

// Broken counts the sums that do not hold, and the lists that do not come to their counters.
func (ans *EnforcementAnswer) Broken() (sums, lists int) {
	for _, s := range ans.Sums {
		if !s.Holds {
			sums++
		}
	}
	for _, l := range ans.Ledgers {
		if !l.Lines.Holds || !l.Quantity.Holds {
			lists++
		}
	}
	return sums, lists
}

// EnforcementStrip is the headline of the counters for the cockpit and the wall display.
type EnforcementStrip struct {
	Counters    int `json:"counters"`
	Sums        int `json:"sums"`
	SumsBroken  int `json:"sums_broken"`
	ListsBroken int `json:"lists_broken"`
}

// EnforcementStrip answers the headline figures of the counters.
func (a *Analytics) EnforcementStrip(ctx context.Context, q Question) (EnforcementStrip, error) {
	ans, err := a.enforcementReport(ctx, q)
	if err != nil {
		return EnforcementStrip{}, err
	}
	s := EnforcementStrip{Counters: len(ans.Counters), Sums: len(ans.Sums)}
	s.SumsBroken, s.ListsBroken = ans.Broken()
	return s, nil
}

// enforcementReport answers all counters.
func (a *Analytics) enforcementReport(ctx context.Context, q Question) (*EnforcementAnswer, error) {
	return once(ctx, partOf{"enforcement", q}, func() (*EnforcementAnswer, error) { return a.Enforcement(ctx, EnforcementQuestion{Question: q}) })
}

// Table is every figure of every counter with its cell.
func (ans *EnforcementAnswer) Table() Table {
	t := Table{Columns: []Column{{"group", "类别", "Group", ""}, {"counter", "统计项目", "Counter", ""}, {"counted", "统计口径", "Counted", ""}, {"as_of", "截至日期", "As of", ""},
		{"value", "数量", "Value", ""}, {"qualifier", "限定", "Qualifier", ""}, {"unit", "计量单位", "Unit", ""}, {"single", "当期", "Single", ""}, {"written", "原表写法", "As written", ""}, {"cell", "单元格", "Cell", ""}}}
	for _, c := range ans.Counters {
		for _, s := range c.Series {
			for _, f := range s.Figures {
				t.Rows = append(t.Rows, []any{c.Group, c.Counter, f.Counted, f.AsOf.cell(), f.Value, f.Qualifier, c.Unit, f.Single, f.Written, f.Place()})
			}
		}
	}
	return t
}

// At is a counter's figure of a day and way of counting; without a value where there is none.
func (c Counter) At(counted string, day Date) CounterFigure {
	for _, s := range c.Series {
		for _, f := range s.Figures {
			if f.Counted == counted && f.AsOf == day {
				return f
			}
		}
	}
	return CounterFigure{}
}
