package analytics

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// CasesQuestion asks for complaint cases; empty words ask for all. Only the list is narrowed, the counts are of all.
type CasesQuestion struct {
	Question
	State   CaseState
	Channel string
	Unit    string
	Grid    string
	Text    string // part of the number, subject or place
}

// CasesAnswer is the complaint cases of a year: counts of all, and the cases that meet the question.
type CasesAnswer struct {
	Stamp `json:"stamp"`

	Year       int                 `json:"year"`
	Totals     CaseTally           `json:"totals"` // of the year
	Month      CaseTally           `json:"month"`  // of the month of the day asked for; empty in another year
	Counts     map[CaseState]int64 `json:"counts"` // of all cases on record
	Escalated  map[string]int64    `json:"escalated"`
	Waiting    int64               `json:"waiting"` // not accepted yet
	Months     []CaseTally         `json:"months"`
	Channels   []CaseTally         `json:"channels"`
	Units      []CaseTally         `json:"units"`
	Categories []CaseTally         `json:"categories"`
	Grids      []CaseTally         `json:"grids"`
	Items      []CaseLine          `json:"items"` // open ones by the days left, then closed ones, the newest first
	Years      []int               `json:"years"`

	all   []CaseLine
	Asked CasesQuestion `json:"-"`
}

// CaseStrip is the headline of the cases for the cockpit and the wall display, of the year of the day asked for.
type CaseStrip struct {
	Open      int64 `json:"open"`
	Overdue   int64 `json:"overdue"`
	Escalated int64 `json:"escalated"`
	OnTime    Rate  `json:"on_time"`
}

// CaseStrip answers the headline figures of the cases, by one statement and the calendar.
func (a *Analytics) CaseStrip(ctx context.Context, q Question) (CaseStrip, error) {
	list, err := a.cases(ctx, q)
	var s CaseStrip
	for _, l := range list {
		if l.Level != "" {
			s.Escalated++
		}
	}
	t := tallyYear(list, q)
	s.Open, s.Overdue, s.OnTime = t.Open, t.Overdue, t.OnTime
	return s, err
}

// caseYear counts the cases of the year asked for.
func (a *Analytics) caseYear(ctx context.Context, q Question) (CaseTally, error) {
	list, err := a.cases(ctx, q)
	return tallyYear(list, q), err
}

func tallyYear(list []CaseLine, q Question) CaseTally {
	var t CaseTally
	for _, l := range list {
		t.add(l, yearSpan(q.YearOr()), DateOf(q.Clock.Asof))
	}
	t.finish()
	return t
}

// AllCases answers the cases of a year, for the report.
func (a *Analytics) AllCases(ctx context.Context, q Question) (*CasesAnswer, error) {
	return a.Cases(ctx, CasesQuestion{Question: q})
}

// Cases answers the complaint cases.
func (a *Analytics) Cases(ctx context.Context, q CasesQuestion) (*CasesAnswer, error) {
	ans := &CasesAnswer{Year: q.YearOr(), Counts: map[CaseState]int64{}, Escalated: map[string]int64{}, Items: []CaseLine{}, Years: []int{}, Asked: q}
	var err error
	if ans.all, err = a.cases(ctx, q.Question); err != nil {
		return nil, err
	}
	ans.count(DateOf(q.Clock.Asof))
	for _, l := range ans.all {
		if q.meets(l) {
			ans.Items = append(ans.Items, l)
		}
	}
	slices.SortStableFunc(ans.Items, caseOrder)
	ans.Stamp, err = a.stamp(ctx, q.Question, "", ledger.Cases.Name, ledger.Calendar.Name)
	return ans, err
}

func (q CasesQuestion) meets(l CaseLine) bool {
	found := q.Text == ""
	for _, part := range []string{l.Number, l.Subject, l.Place} {
		found = found || strings.Contains(ledger.NameKey(part), ledger.NameKey(q.Text))
	}
	return found && (q.State == "" || q.State == l.State) && (q.Channel == "" || q.Channel == l.Channel) &&
		(q.Unit == "" || ledger.NameKey(q.Unit) == ledger.NameKey(l.Unit)) && (q.Grid == "" || ledger.NameKey(q.Grid) == ledger.NameKey(l.Grid))
}

// caseOrder puts open cases by the days left, one without a due day last, then closed ones, the newest first.
func caseOrder(x, y CaseLine) int {
	switch {
	case x.Closed() != y.Closed():
		return compareBool(x.Closed(), y.Closed())
	case x.Closed():
		return y.ClosedOn.Time().Compare(x.ClosedOn.Time())
	}
	return cmp.Or(compareBool(!x.DaysLeft.Valid(), !y.DaysLeft.Valid()), x.DaysLeft.Cmp(y.DaysLeft), x.Due.Time().Compare(y.Due.Time()))
}

func yearSpan(year int) span {
	return span{DateOf(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)), DateOf(time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC))}
}

func monthSpan(year int, month time.Month) span {
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	return span{DateOf(first), DateOf(first.AddDate(0, 1, -1))}
}

// tallies keep one tally a name, in the order of a list of names or by the cases that came.
type tallies []CaseTally

func (t *tallies) of(name string) *CaseTally {
	for i := range *t {
		if ledger.NameKey((*t)[i].Name) == ledger.NameKey(name) {
			return &(*t)[i]
		}
	}
	*t = append(*t, CaseTally{Name: name})
	return &(*t)[len(*t)-1]
}

// done finishes the tallies and leaves out what had no case in the year and has none open.
func (t tallies) done() []CaseTally {
	list := []CaseTally{}
	for _, one := range t {
		if one.Received+one.Closed+one.Open+one.Due > 0 {
			one.finish()
			list = append(list, one)
		}
	}
	return list
}

// count adds every case to the tallies it belongs to.
func (ans *CasesAnswer) count(today Date) {
	within := yearSpan(ans.Year)
	var channels, units, categories, grids tallies
	for _, name := range ledger.CaseSources {
		channels.of(name)
	}
	now := today.Time()
	for _, l := range ans.all {
		ans.Counts[l.State]++
		if !l.Closed() && !l.AcceptedOn.Known() {
			ans.Waiting++
		}
		if l.Level != "" {
			ans.Escalated[l.Level]++
		}
		ans.Totals.add(l, within, today)
		if ans.Year == now.Year() {
			ans.Month.add(l, monthSpan(ans.Year, now.Month()), today)
		}
		channels.of(l.Channel).add(l, within, today)
		units.of(l.Unit).add(l, within, today)
		categories.of(l.Category).add(l, within, today)
		if l.Grid != "" {
			grids.of(l.Grid).add(l, within, today)
		}
		if came := l.ReceivedOn; came.Known() && !slices.Contains(ans.Years, came.Time().Year()) {
			ans.Years = append(ans.Years, came.Time().Year())
		}
	}
	ans.Totals.finish()
	ans.Month.finish()
	for _, list := range []tallies{units, categories, grids} {
		slices.SortStableFunc(list, func(x, y CaseTally) int {
			return cmp.Or(cmp.Compare(y.Received, x.Received), strings.Compare(x.Name, y.Name))
		})
	}
	ans.Channels, ans.Units, ans.Categories, ans.Grids = channels.done(), units.done(), categories.done(), grids.done()
	ans.countMonths(today)
	slices.Sort(ans.Years)
}

// countMonths runs from January to the month of the day asked for, or to December of a year that is over.
func (ans *CasesAnswer) countMonths(today Date) {
	ans.Months = []CaseTally{}
	last := 12
	switch year := today.Time().Year(); {
	case len(ans.all) == 0 || ans.Year > year:
		last = 0
	case ans.Year == year:
		last = int(today.Time().Month())
	}
	for m := 1; m <= last; m++ {
		within := monthSpan(ans.Year, time.Month(m))
		t := CaseTally{Name: within.from.Time().Format("2006-01")}
		for _, l := range ans.all {
			t.add(l, within, today)
		}
		t.Open, t.Overdue = 0, 0 // they are of now, not of the month
		t.finish()
		ans.Months = append(ans.Months, t)
	}
}

// tallyNames are the names of a tally, for a choice.
func tallyNames(list []CaseTally) []string {
	names := []string{}
	for _, t := range list {
		if t.Name != "" {
			names = append(names, t.Name)
		}
	}
	return names
}

// ChannelNames are the sources that have cases.
func (ans *CasesAnswer) ChannelNames() []string { return tallyNames(ans.Channels) }

// UnitNames are the units that have cases.
func (ans *CasesAnswer) UnitNames() []string { return tallyNames(ans.Units) }

// GridNames are the grids that have cases.
func (ans *CasesAnswer) GridNames() []string { return tallyNames(ans.Grids) }

// Table is one line a case that meets the question, without who complained.
func (ans *CasesAnswer) Table() Table {
	t := Table{Columns: caseColumns()}
	for _, l := range ans.Items {
		t.Rows = append(t.Rows, l.row())
	}
	return t
}

func caseColumns() []Column {
	list := []Column{}
	for _, name := range []string{"number", "channel", "category", "subject", "place", "grid", "unit", "status", "received_on", "accepted_on", "assigned_on", "due", "postponed_until",
		"postpone_reason", "fed_back_on", "reply", "closed_on"} {
		f, _ := ledger.Cases.Field(name)
		list = append(list, Column{f.Name, f.Zh, f.En, f.Unit})
	}
	return append(list, Column{"state", "时限情况", "State", ""}, Column{"days_left", "剩余", "Left", "工作日"}, Column{"days_late", "超期", "Late", "工作日"}, Column{"level", "升级层级", "Escalated to", ""})
}

func (l CaseLine) row() []any {
	return []any{l.Number, l.Channel, l.Category, l.Subject, l.Place, l.Grid, l.Unit, l.Status, l.ReceivedOn.cell(), l.AcceptedOn.cell(), l.AssignedOn.cell(), l.Due.cell(),
		l.PostponedUntil.cell(), l.PostponeReason, l.FedBackOn.cell(), l.Reply, l.ClosedOn.cell(), string(l.State), l.DaysLeft, l.DaysLate, l.Level}
}

// CaseAnswer is one case with all that happened to it, and who complained.
type CaseAnswer struct {
	Stamp `json:"stamp"`

	CaseLine
	// Private is who complained; null for who must not see it.
	Private *CasePrivate `json:"private"`
	Next    []string     `json:"next"`    // the names of the moves that lead on (ledger.Flow)
	History []ActionStep `json:"history"` // the newest first
}

// CasePrivate is who complained and where they can be reached.
type CasePrivate struct {
	Complainant string `json:"complainant"`
	Phone       string `json:"phone"`
}

// Case answers for one case by its number in any spelling; NotFound when none stands.
func (a *Analytics) Case(ctx context.Context, q Question, number string) (*CaseAnswer, error) {
	list, err := a.cases(ctx, q)
	if err != nil {
		return nil, err
	}
	folded := ledger.NameKey(number)
	at := slices.IndexFunc(list, func(l CaseLine) bool { return folded != "" && ledger.NameKey(l.Number) == folded })
	if at < 0 {
		return nil, ledger.Fail(ledger.NotFound, text.T("error.not_found", number))
	}
	ans := &CaseAnswer{CaseLine: list[at], Private: &CasePrivate{list[at].complainant, list[at].phone}, Next: []string{}}
	for _, m := range ledger.Cases.Flow.Next(ans.Status) {
		ans.Next = append(ans.Next, m.ID)
	}
	versions, err := a.ledger.Versions(ctx, ledger.Cases, ans.Key, q.Clock)
	if err != nil {
		return nil, err
	}
	ans.History = stepsOf(versions, q)
	ans.Stamp, err = a.stamp(ctx, q, "", ledger.Cases.Name, ledger.Calendar.Name)
	return ans, err
}

// Table is the case's history, the newest first.
func (ans *CaseAnswer) Table() Table { return (&ActionAnswer{History: ans.History}).Table() }

// None reports that there is no case on record.
func (ans *CasesAnswer) None() bool { return len(ans.all) == 0 }

// Urgent are the open cases that are overdue or due soon, those with the fewest days left first.
func (ans *CasesAnswer) Urgent() []CaseLine {
	list := []CaseLine{}
	for _, l := range ans.all {
		if l.State == CaseOverdue || l.State == CaseDueSoon {
			list = append(list, l)
		}
	}
	slices.SortStableFunc(list, caseOrder)
	return list
}
