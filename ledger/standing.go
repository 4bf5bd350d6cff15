package ledger

import (
	"context"
	"fmt"
	"time"

	"taizhang/internal/text"
)

// Standing is one row as it stands under a clock: what a form shows, and the token it must hand back to Save.
type Standing struct {
	Version
	// Later is the newest effective day of the key when that is after the clock's day: from its first later version
	// on, what is saved at the clock's day no longer counts.
	Later *time.Time `json:"later,omitempty"`

	values []any // in the order of Dataset.Fields, as a Row on its way in has them
	marks  map[string]string
}

// Exists reports whether a row stands at all.
func (s Standing) Exists() bool { return s.values != nil }

// Value gives a field's value as a Row wants it (a date is the day that counts, its precision in Mark); nil for NULL.
func (s Standing) Value(d *Dataset, field string) any {
	if at := d.Index(field); at >= 0 && s.values != nil {
		return s.values[at]
	}
	return nil
}

// Mark gives the precision or qualifier of a field.
func (s Standing) Mark(field string) string { return s.marks[field] }

// RowAt gives the row of a key as it stands under a clock; when none stands, Exists is false and Version.Version is NoVersion.
func (l *Ledger) RowAt(ctx context.Context, d *Dataset, key string, clock Clock) (Standing, error) {
	l = l.In(clock.Area)
	list, err := l.states(ctx, d, key, clock.Known)
	if err != nil {
		return Standing{}, err
	}
	return l.standingOf(ctx, d, key, stateOn(list, clock.Asof), shadowOf(list, clock.Asof))
}

// states gives every visible record of a key, the one that counts last first.
func (l *Ledger) states(ctx context.Context, d *Dataset, key string, known time.Time) ([]Record, error) {
	sql := fmt.Sprintf("SELECT %s FROM %s WHERE area = {area:String} AND key = {key:String} AND batch IN (%s) ORDER BY effective DESC, batch DESC, line DESC",
		d.selectList(), d.Name, visible)
	params := l.ClockAt(time.Time{}, known).With(Params{"key": key})
	var list []Record
	err := l.records(Bind(ctx, params), d, sql, func(r Record) error { list = append(list, r); return nil })
	return list, err
}

// stateOn is the record that counts on a day, which may be a removal; nil when there is none yet.
func stateOn(list []Record, day time.Time) *Record {
	for i := range list {
		if !list[i].Effective.After(day) {
			return &list[i]
		}
	}
	return nil
}

// shadowOf is the first day after a day from which a later record counts.
func shadowOf(list []Record, day time.Time) *time.Time {
	var next *time.Time
	for i := range list {
		if list[i].Effective.After(day) {
			next = &list[i].Effective
		}
	}
	return next
}

func (l *Ledger) standingOf(ctx context.Context, d *Dataset, key string, r *Record, later *time.Time) (Standing, error) {
	if r == nil || r.Deleted {
		return Standing{Version: Version{Dataset: d.Name, Key: key, Version: NoVersion, Fields: []Traced{}}, Later: later}, nil
	}
	list, err := l.versions(ctx, d, []Record{*r})
	if err != nil {
		return Standing{}, err
	}
	s := Standing{Version: list[0], Later: later, values: d.incoming(r.Values), marks: r.Marks}
	s.Counts = true
	return s, nil
}

// incoming puts values read back, in the order of StoredFields, in the order of Fields and as a Row on its way in has them.
func (d *Dataset) incoming(stored []any) []any {
	values, next := make([]any, len(d.Fields)), 0
	for i, f := range d.Fields {
		if f.Stored() {
			values[i] = incoming(stored[next])
			next++
		}
	}
	return values
}

// RowOf gives the row of a version token whether it still stands or not: what a person saw who has the token. Exists is
// false for NoVersion; a token of no row is an error.
func (l *Ledger) RowOf(ctx context.Context, d *Dataset, token string) (Standing, error) {
	at, ok := parseToken(token)
	if !ok {
		return Standing{}, Fail(Invalid, text.T("save.bad_version", token))
	}
	if at.batch == 0 {
		return l.standingOf(ctx, d, "", nil, nil)
	}
	r, err := l.recordOf(ctx, d, at)
	if err == nil && r == nil {
		err = Fail(Invalid, text.T("save.bad_version", token))
	}
	if err != nil {
		return Standing{}, err
	}
	return l.standingOf(ctx, d, r.Key, r, nil)
}

// Matching hands over the rows that stand under a clock and meet a filter, as rows on their way in have their values.
func (l *Ledger) Matching(ctx context.Context, d *Dataset, filter Filter, clock Clock, each func(key string, r Row) error) error {
	l = l.In(clock.Area)
	where, params, err := d.where(filter)
	if err != nil {
		return err
	}
	sql := fmt.Sprintf("SELECT %s FROM %s_at(asof = {asof:Date32}, known = {known:DateTime64(3,'UTC')}, area = {area:String}) WHERE %s ORDER BY batch, line", d.selectList(), d.Name, where)
	return l.records(Bind(ctx, clock.With(params)), d, sql, func(r Record) error {
		return each(r.Key, Row{Values: d.incoming(r.Values), Marks: r.Marks, Effective: r.Effective, Key: r.Key})
	})
}

// mostNames is how many names of a field are listed.
const mostNames = 2000

// Names lists what stands in a text field of a dataset under a clock, the most frequent first.
func (l *Ledger) Names(ctx context.Context, d *Dataset, field string, clock Clock) ([]string, error) {
	l = l.In(clock.Area)
	f, ok := d.Field(field)
	if !ok || !f.Stored() {
		return nil, Fail(Invalid, text.T("error.unknown_field", d.Name, field))
	}
	one := f.Name
	switch f.Kind {
	case People:
		one = "arrayJoin(" + f.Name + ")"
	case Text, Name, Enum, Code:
	default:
		return []string{}, nil
	}
	sql := fmt.Sprintf(`SELECT %s AS name FROM %s_at(asof = {asof:Date32}, known = {known:DateTime64(3,'UTC')}, area = {area:String})
		GROUP BY name HAVING name != '' ORDER BY count() DESC, name LIMIT %d`, one, d.Name, mostNames)
	rows, err := l.conn.Query(Bind(ctx, clock.Params()), sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names := []string{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
