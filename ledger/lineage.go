package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"taizhang/internal/text"
)

// Version is one state of a row: what it said, where it was read, when it became known.
type Version struct {
	Batch     Batch     `json:"batch"`
	Version   string    `json:"version"` // the token that Save wants back
	Dataset   string    `json:"dataset"`
	Key       string    `json:"key"`
	Effective time.Time `json:"effective"`
	Deleted   bool      `json:"deleted"`
	Sheet     string    `json:"sheet"`
	SheetRow  uint32    `json:"row"`
	Fields    []Traced  `json:"fields"`
	// Counts is true for the version that stands under the clock it was asked with.
	Counts bool `json:"counts"`
}

// Traced is one field of a version with the cell it came from.
type Traced struct {
	Field Field  `json:"-"`
	Name  string `json:"field"`
	Value string `json:"value"`
	Raw   string `json:"raw"`
	Cell  string `json:"cell"`
	Mark  string `json:"mark,omitempty"`
	// Origin is where the value was set, when a form carried it on from an earlier version; nil: by this very version.
	Origin *Origin `json:"origin,omitempty"`
	// Given is true where no cell says it but a person did, for all rows of the file.
	Given bool `json:"given,omitempty"`
	// Correction is set where a person changed the cell before it was loaded: Raw is what the file says.
	Correction *Problem `json:"correction,omitempty"`
}

// Filter picks rows of a dataset by exact values: field name -> value, dates as 2016-05-01, names in any spelling.
type Filter map[string]string

// Versions gives every state of one key up to a record time, newest first, undone batches left out.
func (l *Ledger) Versions(ctx context.Context, d *Dataset, key string, clock Clock) ([]Version, error) {
	l = l.In(clock.Area)
	sql := fmt.Sprintf("SELECT %s FROM %s WHERE area = {area:String} AND key = {key:String} AND batch IN (%s) ORDER BY effective DESC, batch DESC, line DESC",
		d.selectList(), d.Name, visible)
	list, err := l.trace(Bind(ctx, clock.With(Params{"key": key})), d, sql)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if !list[i].Effective.After(clock.Asof) {
			list[i].Counts = !list[i].Deleted
			break
		}
	}
	return list, nil
}

// Behind gives the rows that stand under a clock and meet a filter, at most limit, and how many there are in all.
func (l *Ledger) Behind(ctx context.Context, d *Dataset, filter Filter, clock Clock, limit int) ([]Version, uint64, error) {
	l = l.In(clock.Area)
	where, params, err := d.where(filter)
	if err != nil {
		return nil, 0, err
	}
	ctx = Bind(ctx, clock.With(params))
	from := fmt.Sprintf("FROM %s_at(asof = {asof:Date32}, known = {known:DateTime64(3,'UTC')}, area = {area:String}) WHERE %s", d.Name, where)
	var total uint64
	if err := l.conn.QueryRow(ctx, "SELECT count() "+from).Scan(&total); err != nil {
		return nil, 0, err
	}
	list, err := l.trace(ctx, d, fmt.Sprintf("SELECT %s %s ORDER BY batch, line LIMIT %d", d.selectList(), from, limit))
	for i := range list {
		list[i].Counts = true
	}
	return list, total, err
}

// where turns a filter into conditions over declared fields only, with bound values.
func (d *Dataset) where(filter Filter) (string, Params, error) {
	conditions, params := []string{"1"}, Params{}
	for name, value := range filter {
		f, ok := d.Field(name)
		if !ok || !f.Stored() {
			return "", nil, Fail(Invalid, text.T("error.unknown_field", d.Name, name))
		}
		param := "f_" + f.Name
		params[param] = value
		switch f.Kind {
		case Name:
			params[param] = NameKey(value)
			conditions = append(conditions, fmt.Sprintf("%s = {%s:String}", KeyColumn(f.Name), param))
		case People:
			conditions = append(conditions, fmt.Sprintf("has(%s, {%s:String})", f.Name, param))
		default:
			conditions = append(conditions, fmt.Sprintf("toString(%s) = {%s:String}", f.Name, param))
		}
	}
	return strings.Join(conditions, " AND "), params, nil
}

// trace reads records and adds the file, sheet and cells they came from.
func (l *Ledger) trace(ctx context.Context, d *Dataset, sql string) ([]Version, error) {
	records := []Record{}
	if err := l.records(ctx, d, sql, func(r Record) error { records = append(records, r); return nil }); err != nil {
		return nil, err
	}
	return l.versions(ctx, d, records)
}

// versions adds to records the file, sheet and cells they came from, or the form and what it carried on.
func (l *Ledger) versions(ctx context.Context, d *Dataset, records []Record) ([]Version, error) {
	batches, err := l.batches(ctx)
	if err != nil {
		return nil, err
	}
	t := tracer{ledger: l, dataset: d, batches: batches, sources: map[placeOfSource]Source{}, rows: map[versionToken]Record{},
		corrected: map[uint64]map[[2]string]Problem{}}
	if err := t.follow(ctx, records); err != nil {
		return nil, err
	}
	list := make([]Version, len(records))
	for i, r := range records {
		list[i] = t.version(r)
	}
	return list, nil
}

// Cell gives the address of a field and its place among the source's columns; ok is false when the field was not read.
// A value that the sheet's own name or a form gave has no address. row
// is the row's own, rows stands per column where cells lie elsewhere (merged cells).
func (s Source) Cell(field string, row uint32, rows []uint32) (address string, at int, ok bool) {
	if at = slices.Index(s.Fields, field); at < 0 {
		return "", 0, false
	}
	column := s.Columns[at]
	if column == FromSheetName || column == FromForm || column == FromPerson {
		return "", at, true
	}
	if strings.ContainsAny(column, "0123456789") {
		return column, at, true
	}
	if at < len(rows) {
		row = rows[at]
	}
	return fmt.Sprintf("%s%d", column, row), at, true
}

// cell gives the address and the raw text of a field of a record.
func (s Source) cell(field string, r Record) (address, raw string) {
	address, at, ok := s.Cell(field, r.SheetRow, r.Rows)
	if ok && at < len(r.Raw) {
		raw = r.Raw[at]
	}
	return address, raw
}

// Problems gives what was found in the files of a batch.
func (l *Ledger) Problems(ctx context.Context, batch uint64) ([]Problem, error) {
	rows, err := l.conn.Query(Bind(ctx, Params{"batch": fmt.Sprint(batch)}),
		`SELECT severity, dataset, sheet, cell, column, kind, found, expected, message_zh, message_en
		FROM problems WHERE batch = {batch:UInt64} ORDER BY no`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []Problem{}
	for rows.Next() {
		var p Problem
		var severity, sheet, cell string
		if err := rows.Scan(&severity, &p.Dataset, &sheet, &cell, &p.Column, &p.Kind, &p.Found, &p.Expected, &p.Message, &p.MessageEn); err != nil {
			return nil, err
		}
		p.Severity, p.Sheet, p.Cell = Severity(severity), Optional(sheet), Optional(cell)
		list = append(list, p)
	}
	return list, rows.Err()
}
