package ledger

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Record is a row read back: values stand in the order of StoredFields and are
// nil (NULL), string, []string, Decimal, int64, time.Time or bool.
type Record struct {
	Key       string
	Effective time.Time
	Batch     uint64
	Line      uint32 // the row's place among those of its batch and dataset
	Source    uint32
	SheetRow  uint32
	Deleted   bool
	Values    []any
	Rows      []uint32
	Raw       []string
	Marks     map[string]string
}

// StoredFields are the fields that have a column, in order.
func (d *Dataset) StoredFields() []Field {
	fields := make([]Field, 0, len(d.Fields))
	for _, f := range d.Fields {
		if f.Stored() {
			fields = append(fields, f)
		}
	}
	return fields
}

const recordColumns = "key, effective, batch, line, source, sheet_row, deleted, rows, raw, marks"

func (d *Dataset) selectList() string {
	names := []string{recordColumns}
	for _, f := range d.StoredFields() {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// Rows hands over the rows of a dataset as they stand under a clock, in the order they were written.
func (l *Ledger) Rows(ctx context.Context, d *Dataset, clock Clock, each func(Record) error) error {
	l = l.In(clock.Area)
	sql := fmt.Sprintf("SELECT %s FROM %s_at(asof = {asof:Date32}, known = {known:DateTime64(3,'UTC')}, area = {area:String}) ORDER BY batch, line", d.selectList(), d.Name)
	return l.records(Bind(ctx, clock.Params()), d, sql, each)
}

// records runs a statement that selects the dataset's record columns.
func (l *Ledger) records(ctx context.Context, d *Dataset, sql string, each func(Record) error) error {
	rows, err := l.conn.Query(ctx, sql)
	if err != nil {
		return err
	}
	defer rows.Close()
	fields := d.StoredFields()
	for rows.Next() {
		r := Record{Values: make([]any, len(fields))}
		cells := make([]cell, len(fields))
		dest := []any{&r.Key, &r.Effective, &r.Batch, &r.Line, &r.Source, &r.SheetRow, &r.Deleted, &r.Rows, &r.Raw, &r.Marks}
		for i, f := range fields {
			dest = append(dest, cells[i].dest(f))
		}
		if err := rows.Scan(dest...); err != nil {
			return fmt.Errorf("read %s: %w", d.Name, err)
		}
		for i, f := range fields {
			r.Values[i] = cells[i].value(f)
		}
		if err := each(r); err != nil {
			return err
		}
	}
	return rows.Err()
}

// cell receives one column of a record in the type its kind is scanned as.
type cell struct {
	text  string
	list  []string
	num   Decimal
	count *int64
	day   *time.Time
	flag  *bool
}

func (c *cell) dest(f Field) any {
	switch f.Kind {
	case People:
		return &c.list
	case Money, Area, Number, Percent:
		return &c.num
	case Count:
		return &c.count
	case Date, Period:
		return &c.day
	case Flag:
		return &c.flag
	default:
		return &c.text
	}
}

func (c *cell) value(f Field) any {
	switch f.Kind {
	case People:
		if len(c.list) > 0 {
			return c.list
		}
	case Money, Area, Number, Percent:
		if c.num.Valid() {
			return c.num
		}
	case Count:
		if c.count != nil {
			return *c.count
		}
	case Date, Period:
		if c.day != nil {
			return *c.day
		}
	case Flag:
		if c.flag != nil {
			return *c.flag
		}
	default:
		if c.text != "" {
			return c.text
		}
	}
	return nil
}

// FirstDay is the earliest day that rows of a dataset speak of, by what is known under a clock, whatever its own day; zero when there are none.
func (l *Ledger) FirstDay(ctx context.Context, d *Dataset, clock Clock) (time.Time, error) {
	var first *time.Time
	sql := fmt.Sprintf("SELECT minOrNull(effective) FROM %s WHERE NOT deleted AND batch IN (%s)", d.Name, visible)
	err := l.conn.QueryRow(Bind(ctx, clock.Params()), sql).Scan(&first)
	if err != nil || first == nil {
		return time.Time{}, err
	}
	return *first, nil
}

// Plain writes a value as exports do: base units, ISO dates, NULL as nothing.
func Plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []string:
		return strings.Join(v, "、")
	case Decimal:
		if !v.Valid() && !v.IsHidden() {
			return ""
		}
		return v.String()
	case time.Time:
		return v.Format(time.DateOnly)
	case Day:
		return v.To.Format(time.DateOnly)
	case bool:
		if v {
			return "是"
		}
		return "否"
	default:
		return fmt.Sprint(v)
	}
}

// LastFigures gives, per folded name in the field group, the figure that stood last before a day.
func (l *Ledger) LastFigures(ctx context.Context, d *Dataset, rule Rising, before time.Time) (map[string]Decimal, error) {
	clock := l.knowingAll(before.AddDate(0, 0, -1))
	sql := fmt.Sprintf(`SELECT %[1]s, argMax(%[2]s, effective) FROM %[3]s_at(asof = {asof:Date32}, known = {known:DateTime64(3,'UTC')}, area = {area:String})
		WHERE isNotNull(%[2]s) GROUP BY %[1]s`, KeyColumn(rule.Group), rule.Field, d.Name)
	rows, err := l.conn.Query(Bind(ctx, clock.Params()), sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	last := map[string]Decimal{}
	for rows.Next() {
		var name string
		var figure Decimal
		if err := rows.Scan(&name, &figure); err != nil {
			return nil, err
		}
		last[name] = figure
	}
	return last, rows.Err()
}
