package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Replacement says which part of a dataset a file lists in full.
type Replacement struct {
	Dataset *Dataset
	// Scope names the fields whose values together name a part; none: the whole list is one part.
	Scope []string
	// Days are the parts the file lists (PartOf) with the day it speaks of.
	Days map[string]time.Time
	// Kept reports whether the file lists a key.
	Kept func(key string) bool
}

// PartOf names the part of the list that a row with these values belongs to.
func (p Replacement) PartOf(values []any) string { return p.Dataset.join(p.Scope, values) }

// Removals hands over a removal for every row that stands in a listed part and
// is not in the file: the key, the fields that name the thing, and the day it ends.
//
// A row that itself says its day is taken back from that day; others end on the file's.
func (l *Ledger) Removals(ctx context.Context, p Replacement, each func(Row) error) error {
	days := map[time.Time]bool{}
	for _, day := range p.Days {
		if p.Dataset.Effective != "" {
			day = Today(l.Now())
		}
		days[day] = true
	}
	for day := range days {
		if err := l.removalsOn(ctx, p, day, each); err != nil {
			return err
		}
	}
	return nil
}

func (l *Ledger) removalsOn(ctx context.Context, p Replacement, asof time.Time, each func(Row) error) error {
	d := p.Dataset
	fields := d.naming()
	names := make([]string, len(fields))
	for i, at := range fields {
		names[i] = d.Fields[at].Name
	}
	params := l.knowingAll(asof).Params()
	sql := fmt.Sprintf(`SELECT key, effective, %s FROM %s_at(asof = {asof:Date32}, known = {known:DateTime64(3,'UTC')}, area = {area:String})
		WHERE true%s ORDER BY key`, strings.Join(names, ", "), d.Name, p.narrow(params))
	rows, err := l.conn.Query(Bind(ctx, params), sql)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		r := Row{Values: make([]any, len(d.Fields)), Deleted: true}
		cells := make([]cell, len(fields))
		dest := []any{&r.Key, &r.Effective}
		for i, at := range fields {
			dest = append(dest, cells[i].dest(d.Fields[at]))
		}
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		for i, at := range fields {
			r.Values[at] = incoming(cells[i].value(d.Fields[at]))
		}
		day, listed := p.Days[p.PartOf(r.Values)]
		if d.Effective == "" {
			listed = listed && day.Equal(asof)
			r.Effective = day
		}
		if !listed || p.Kept(r.Key) {
			continue
		}
		if err := each(r); err != nil {
			return err
		}
	}
	return rows.Err()
}

// narrow keeps the engine from handing over parts that are not listed; which rows belong is decided from their values.
func (p Replacement) narrow(params Params) string {
	where := ""
	for i, name := range p.Scope {
		f, _ := p.Dataset.Field(name)
		column := ""
		switch f.Kind {
		case Name:
			column = "replaceAll(" + KeyColumn(name) + ", '|', '¦')"
		case Date, Period:
			column = fmt.Sprintf("ifNull(toString(%s), '')", name)
		default:
			continue
		}
		values := map[string]bool{}
		for part := range p.Days {
			values[strings.Split(part, "|")[i]] = true
		}
		list := make([]string, 0, len(values))
		for value := range values {
			list = append(list, value)
		}
		params["part_"+name] = bound(list)
		where += fmt.Sprintf(" AND %s IN %s", column, listed("part_"+name))
	}
	return where
}

// naming are the fields that name a row: those of its key, its subject, its day and its part.
func (d *Dataset) naming() []int {
	var list []int
	for i, f := range d.Fields {
		named := slices.Contains(d.Key, f.Name) || slices.Contains(d.Scope, f.Name)
		for _, other := range d.KeyElse {
			named = named || f.Name == other
		}
		if f.Stored() && (named || f.Name == d.Subject || f.Name == d.Effective) {
			list = append(list, i)
		}
	}
	return list
}

// incoming turns a value read back into one on its way in.
func incoming(v any) any {
	switch v := v.(type) {
	case time.Time:
		return DayOf(v)
	case Decimal:
		return v.Big()
	}
	return v
}
