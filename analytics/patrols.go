package analytics

import (
	"context"
	"fmt"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// PatrolState is where a finding stands on a day.
type PatrolState string

// The states of a patrol, in the order of its life; PatrolFine found nothing.
const (
	PatrolFine     PatrolState = "fine"
	PatrolFound    PatrolState = "found"
	PatrolHanded   PatrolState = "handed"
	PatrolMended   PatrolState = "mended"
	PatrolPassed   PatrolState = "passed"
	PatrolReturned PatrolState = "returned"
)

// PatrolStates are all states in the order they are offered.
var PatrolStates = []PatrolState{PatrolFound, PatrolHanded, PatrolReturned, PatrolMended, PatrolPassed, PatrolFine}

// patrolWords are the states as the record writes them.
var patrolWords = map[string]PatrolState{
	ledger.PatrolFine: PatrolFine, ledger.PatrolFound: PatrolFound, ledger.PatrolHanded: PatrolHanded, ledger.PatrolMended: PatrolMended,
	ledger.PatrolPassed: PatrolPassed, ledger.PatrolReturned: PatrolReturned,
}

// Word is the state as the record writes it.
func (s PatrolState) Word() string {
	for word, state := range patrolWords {
		if state == s {
			return word
		}
	}
	return ""
}

// PatrolLine is one round through a grid that found nothing, or one finding, as the day stands.
type PatrolLine struct {
	ID        string      `json:"id"` // names it in addresses
	Key       string      `json:"key"`
	Version   string      `json:"version"` // the token a form hands back
	Number    string      `json:"number"`
	Day       Date        `json:"day"`
	Time      string      `json:"time"`
	Community string      `json:"community"`
	Grid      string      `json:"grid"`
	IssueType string      `json:"issue_type"`
	Issue     string      `json:"issue"`
	Place     string      `json:"place"`
	FoundBy   string      `json:"found_by"`
	Unit      string      `json:"unit"`
	HandedTo  string      `json:"handed_to"`
	Due       Date        `json:"due"`
	HandedOn  Date        `json:"handed_on"`
	MendedOn  Date        `json:"mended_on"`
	Measure   string      `json:"measure"`
	CheckedOn Date        `json:"checked_on"`
	Checker   string      `json:"checker"`
	Result    string      `json:"result"`
	Returned  int64       `json:"returned"` // how often it was sent back
	Reason    string      `json:"return_reason"`
	Status    string      `json:"status"` // as the record says it
	State     PatrolState `json:"state"`  // as the day stands
	Overdue   int64       `json:"overdue_days"`
	// OnTime is null until the day it is due has come.
	OnTime *bool `json:"on_time"`
	// Before and After are the names of its photos.
	Before    []string `json:"photos_before"`
	After     []string `json:"photos_after"`
	Clause    string   `json:"clause"`
	Addressee string   `json:"addressee"`
	Note      string   `json:"note"`

	grid, place string // folded
}

// Found reports whether the round found something.
func (l PatrolLine) Found() bool { return l.State != PatrolFine }

// Open reports whether it still has to be mended.
func (l PatrolLine) Open() bool {
	return l.State == PatrolFound || l.State == PatrolHanded || l.State == PatrolReturned
}

// patrols reads rounds since a day with what is still open from before, or the one of an ID, the newest first.
func (a *Analytics) patrols(ctx context.Context, q Question, since Date, id string) ([]PatrolLine, error) {
	return once(ctx, partOf{"patrols since " + since.String() + " " + id, ofClock(q)}, func() ([]PatrolLine, error) { return a.readPatrols(ctx, ofClock(q), since, id) })
}

func (a *Analytics) readPatrols(ctx context.Context, q Question, since Date, id string) ([]PatrolLine, error) {
	list := []PatrolLine{}
	asof := DateOf(q.Clock.Asof)
	params := ledger.Params{"since": since.String(), "id": id, "fine": ledger.PatrolFine, "returned": ledger.CheckReturned}
	err := a.each(ctx, "Patrols.Rows", q, params, func(rows driver.Rows) error {
		l, err := scanPatrol(rows)
		if err != nil {
			return err
		}
		l.settle(asof)
		list = append(list, l)
		return nil
	})
	return list, err
}

func scanPatrol(rows driver.Rows) (PatrolLine, error) {
	var l PatrolLine
	var day, due, handed, mended, checked nullDay
	var returned *int64
	var before, after string
	err := rows.Scan(&l.Key, &l.ID, &l.Number, &day, &l.Time, &l.Community, &l.Grid, &l.grid, &l.IssueType, &l.Issue, &l.Place, &l.place, &l.FoundBy, &l.Unit,
		&l.HandedTo, &due, &handed, &mended, &l.Measure, &checked, &l.Checker, &l.Result, &l.Reason, &returned, &l.Status, &before, &after, &l.Clause,
		&l.Addressee, &l.Note, &l.Version)
	l.Day, l.Due, l.HandedOn, l.MendedOn, l.CheckedOn = dateAt(day), dateAt(due), dateAt(handed), dateAt(mended), dateAt(checked)
	if returned != nil {
		l.Returned = *returned
	}
	l.Before, l.After = ledger.Attachments(before), ledger.Attachments(after)
	return l, err
}

// settle says where a finding stands on a day: what its state says, or its dates where it says none; a step that had not been taken by that
// day is taken back.
func (l *PatrolLine) settle(asof Date) {
	state, known := patrolWords[l.Status]
	if !known {
		state = l.byDates()
	}
	come := func(d Date) bool { return !d.Known() || !d.After(asof) }
	if (state == PatrolPassed || state == PatrolReturned) && !come(l.CheckedOn) {
		state = PatrolMended
	}
	if state == PatrolMended && !come(l.MendedOn) {
		state = PatrolHanded
	}
	if state == PatrolHanded && !come(l.HandedOn) {
		state = PatrolFound
	}
	l.State = state
	if state == PatrolFine {
		l.Issue = "" // a sheet's word for nothing
		return
	}
	if l.Due.Known() && !l.Due.After(asof) {
		mended := !l.Open() && l.MendedOn.Known() && !l.MendedOn.After(l.Due)
		l.OnTime = &mended
	}
	if l.Open() && l.Due.Known() && asof.After(l.Due) {
		l.Overdue = asof.Since(l.Due)
	}
}

// byDates is the state of a row that says none, by the rule of the record's flow.
func (l *PatrolLine) byDates() PatrolState {
	said := map[string]any{}
	for name, value := range map[string]string{"issue_type": l.IssueType, "issue": l.Issue, "result": l.Result, "handed_to": l.HandedTo, "checked_on": l.CheckedOn.String(),
		"mended_on": l.MendedOn.String(), "handed_on": l.HandedOn.String()} {
		if value != "" {
			said[name] = value
		}
	}
	return patrolWords[ledger.Patrols.Flow.Unsaid(func(field string) any { return said[field] })]
}

// PatrolNumber words the number of a patrol that a form makes: 巡查〔2016〕0001号.
func PatrolNumber(year int, n uint64) string { return fmt.Sprintf("巡查〔%d〕%04d号", year, n) }

// LastPatrolNumber is the greatest number of a year that a sub-district ever took, 0 when it took none.
func (a *Analytics) LastPatrolNumber(ctx context.Context, area string, year int) (n uint64, err error) {
	q := Question{Clock: ledger.Clock{}.In(area)}
	err = a.each(ctx, "Patrols.LastNumber", q, ledger.Params{"year": fmt.Sprint(year)}, func(rows driver.Rows) error { return rows.Scan(&n) })
	return n, err
}

// PatrolGrid is a grid that patrols go through.
type PatrolGrid struct {
	Grid      string `json:"grid"`
	Community string `json:"community"`
	Kind      string `json:"kind"`

	key string
}

// PatrolGrids are the grids of the dictionary by community.
func (a *Analytics) PatrolGrids(ctx context.Context, q Question) ([]PatrolGrid, error) {
	list := []PatrolGrid{}
	err := a.each(ctx, "Patrols.Grids", q, nil, func(rows driver.Rows) error {
		var g PatrolGrid
		err := rows.Scan(&g.Grid, &g.key, &g.Community, &g.Kind)
		list = append(list, g)
		return err
	})
	return list, err
}

// PatrolType is one of the things patrols look for, with what a notice about it says.
type PatrolType struct {
	Type   string         `json:"issue_type"`
	Group  string         `json:"group"`
	Clause string         `json:"clause"`
	Days   ledger.Decimal `json:"days"` // within which it is usually mended; null: the office did not say
	Unit   string         `json:"unit"`
}

// PatrolTypes are the office's own list; the usual types where it keeps none.
func (a *Analytics) PatrolTypes(ctx context.Context, q Question) ([]PatrolType, error) {
	list := []PatrolType{}
	err := a.each(ctx, "Patrols.Types", q, nil, func(rows driver.Rows) error {
		var t PatrolType
		var days *int64
		err := rows.Scan(&t.Type, &t.Group, &t.Clause, &days, &t.Unit)
		if days != nil {
			t.Days = ledger.Int(*days)
		}
		list = append(list, t)
		return err
	})
	if err != nil || len(list) > 0 {
		return list, err
	}
	for _, name := range ledger.IssueTypes() {
		list = append(list, PatrolType{Type: name})
	}
	return list, nil
}

// PatrolID names an entry in addresses by its key.
func (a *Analytics) PatrolID(ctx context.Context, key string) (id string, err error) {
	err = a.each(ctx, "Patrols.ID", Question{}, ledger.Params{"key": key}, func(rows driver.Rows) error { return rows.Scan(&id) })
	return id, err
}
