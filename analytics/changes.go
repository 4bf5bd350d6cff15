package analytics

import (
	"context"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// ChangesQuestion asks what changed in a dataset between a day and the question's own.
type ChangesQuestion struct {
	Question
	Dataset *ledger.Dataset
	From    time.Time
	// FromKnown is up to when things were known on the earlier day; zero: to the end of that day in the office.
	FromKnown time.Time
	Filter    ledger.Filter
	Latest    string // see ledger.DiffQuery
}

// ChangesAnswer is what happened between two days by all that is known, and apart from it what was learned late.
type ChangesAnswer struct {
	Stamp
	Asked     ChangesQuestion `json:"-"` // with its defaults filled in
	Dataset   string          `json:"dataset"`
	Filter    ledger.Filter   `json:"filter,omitempty"`
	From      string          `json:"from"`
	To        string          `json:"to"`
	FromKnown time.Time       `json:"from_known"`
	// Counts are the changes of each kind: added, changed, removed, reopened.
	Counts  map[ledger.DiffKind]int `json:"counts"`
	Changes []ledger.Difference     `json:"changes"`
	// Late is what is known now about the earlier day and was not then; null when the record did not exist then.
	Late []ledger.Difference `json:"late"`
}

// Changes tells what a dataset says on the question's day and did not say on an earlier one, both by what the question's
// record time knows; and what was learned about the earlier day after its own record time.
func (a *Analytics) Changes(ctx context.Context, q ChangesQuestion) (*ChangesAnswer, error) {
	if q.FromKnown.IsZero() {
		y, m, d := q.From.Date()
		q.FromKnown = time.Date(y, m, d+1, 0, 0, 0, 0, ledger.Office).Add(-time.Millisecond)
	}
	// Nothing is learned late after the moment the question itself stands at.
	if q.FromKnown.After(q.Clock.Known) {
		q.FromKnown = q.Clock.Known
	}
	ans := &ChangesAnswer{Asked: q, Dataset: q.Dataset.Name, Filter: q.Filter, From: q.From.Format(time.DateOnly), To: q.Clock.Asof.Format(time.DateOnly),
		FromKnown: q.FromKnown, Counts: map[ledger.DiffKind]int{}}
	var err error
	if ans.Stamp, err = a.stamp(ctx, q.Question, "", q.Dataset.Name); err != nil {
		return nil, err
	}
	before := q.Clock.At(q.From, q.Clock.Known)
	ask := ledger.DiffQuery{Dataset: q.Dataset, From: before, To: q.Clock, Filter: q.Filter, Latest: q.Latest}
	if ans.Changes, err = a.ledger.Diff(ctx, ask); err != nil {
		return nil, err
	}
	for _, c := range ans.Changes {
		ans.Counts[c.Kind]++
	}
	then, err := a.ledger.In(q.Clock.Area).History(ctx, q.FromKnown)
	if err != nil || len(then) == 0 {
		return ans, err
	}
	ask.From, ask.To = q.Clock.At(q.From, q.FromKnown), before
	ans.Late, err = a.ledger.Diff(ctx, ask)
	return ans, err
}

// Table is one row a field that changed, with its source.
func (ans *ChangesAnswer) Table() Table {
	t := Table{}
	for _, name := range []string{"list", "kind", "name", "field", "was", "now", "effective", "file", "sheet", "cell", "by", "at"} {
		key := "import.col." + name
		if text.Known("change.col." + name) {
			key = "change.col." + name
		}
		head := text.T(key)
		t.Columns = append(t.Columns, Column{Name: name, Zh: head.In(text.Zh), En: head.In(text.En)})
	}
	for _, part := range []struct {
		key  string
		list []ledger.Difference
	}{{"change.card", ans.Changes}, {"change.late", ans.Late}} {
		for _, c := range part.list {
			for _, f := range c.Fields {
				o := c.Source
				if f.From != nil {
					o = *f.From
				}
				t.Rows = append(t.Rows, []any{text.T(part.key).In(text.Zh), text.T("change." + string(c.Kind)).In(text.Zh), c.Name, f.Field.Zh, f.Was, f.Now,
					c.Effective, o.File, o.Sheet, o.Cell, o.By, o.At.In(ledger.Office).Format("2006-01-02 15:04:05")})
			}
		}
	}
	return t
}
