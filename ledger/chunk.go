package ledger

import (
	"fmt"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// ChunkRows is how many rows a Chunk is meant to hold.
const ChunkRows = 8192

// Chunk holds rows of one dataset on their way into the record, each column in
// its own type: a tenth of the memory that rows of any values take, and the
// form in which they are inserted. Nothing of a row is lost in it. Rows are
// added and read by one goroutine at a time.
type Chunk struct {
	Dataset *Dataset

	rows      int
	source    []uint32
	sheetRow  []uint32
	effective []int32 // days, noDay where the row has none
	deleted   []bool
	key       textColumn // keys that rows brought along
	cells     cellRows
	raw       textLists
	marks     markColumn
	fields    []fieldColumn // one a field of the dataset, nil for a Span
}

// NewChunk makes an empty chunk.
func NewChunk(d *Dataset) *Chunk {
	c := &Chunk{Dataset: d, fields: make([]fieldColumn, len(d.Fields))}
	for i, f := range d.Fields {
		if f.Stored() {
			c.fields[i] = newFieldColumn(f)
		}
	}
	return c
}

// Len is how many rows there are.
func (c *Chunk) Len() int { return c.rows }

// Add appends a copy of a row.
func (c *Chunk) Add(r *Row) {
	c.source = append(c.source, r.Source)
	c.sheetRow = append(c.sheetRow, r.SheetRow)
	c.effective = append(c.effective, dayNumber(r.Effective))
	c.deleted = append(c.deleted, r.Deleted)
	c.key.append(r.Key)
	c.cells.append(r.SheetRow, r.Rows)
	c.raw.append(r.Raw)
	c.marks.append(r.Marks)
	for i, column := range c.fields {
		if column != nil {
			column.add(r.Values[i])
		}
	}
	c.rows++
}

// Row gives a row as it was added, but for empty texts and lists, which are NULL.
func (c *Chunk) Row(i int) Row {
	r := Row{Values: make([]any, len(c.fields)), Source: c.source[i], SheetRow: c.sheetRow[i], Rows: c.cells.at(i, c.sheetRow[i]),
		Raw: c.raw.at(i), Marks: c.marks.at(i), Effective: dayOfNumber(c.effective[i]), Deleted: c.deleted[i], Key: c.key.at(i)}
	for at, column := range c.fields {
		if column != nil {
			r.Values[at] = column.value(i)
		}
	}
	return r
}

// Value is one field of a row, as Row gives it.
func (c *Chunk) Value(i, field int) any {
	if c.fields[field] == nil {
		return nil
	}
	return c.fields[field].value(i)
}

// Default gives rows that have no day of their own this one; where own names a
// date field (-1: none), also to the rows that leave it blank.
func (c *Chunk) Default(day time.Time, own int) {
	number := dayNumber(day)
	for i := range c.effective {
		if c.effective[i] == noDay {
			c.effective[i] = number
		}
	}
	if own >= 0 {
		c.fields[own].(*dayColumn).fill(number)
	}
}

// Without gives a chunk of the rows that are not dropped.
func (c *Chunk) Without(dropped func(i int) bool) *Chunk {
	kept := NewChunk(c.Dataset)
	for i := range c.rows {
		if !dropped(i) {
			r := c.Row(i)
			kept.Add(&r)
		}
	}
	return kept
}

// appendKey writes the key of a row: its own, or that of its values, as KeyOf makes it.
func (c *Chunk) appendKey(to []byte, i int) []byte {
	if own := c.key.at(i); own != "" {
		return append(to, own...)
	}
	for n, name := range c.Dataset.Key {
		if n > 0 {
			to = append(to, '|')
		}
		before := len(to)
		to = c.fields[c.Dataset.Index(name)].appendKey(to, i)
		if other, ok := c.Dataset.KeyElse[name]; ok && len(to) == before {
			to = c.fields[c.Dataset.Index(other)].appendKey(to, i)
		}
	}
	return to
}

// stamp is what the writer adds to the rows of a chunk.
type stamp struct {
	batch     uint64
	area      string
	firstLine uint32
	sources   uint32 // of the load, before those that the chunk counts from 0
	keys      []string
	today     int32
}

// appendTo hands the rows to a batch of the driver, which copies them, in the order of Dataset.written.
func (c *Chunk) appendTo(batch driver.Batch, s stamp) error {
	at := 0
	put := func(fill func(driver.BatchColumn) error) error {
		if err := fill(batch.Column(at)); err != nil {
			return fmt.Errorf("column %d: %w", at, err)
		}
		at++
		return nil
	}
	whole := func(values any) func(driver.BatchColumn) error {
		return func(column driver.BatchColumn) error { return column.Append(values) }
	}
	fills := []func(driver.BatchColumn) error{
		whole(slices.Repeat([]uint64{s.batch}, c.rows)), whole(c.lines(s.firstLine)), whole(s.keys), whole(slices.Repeat([]string{s.area}, c.rows)),
		whole(c.days(s.today)), whole(c.deleted), whole(c.sources(s.sources)), whole(c.sheetRow),
		func(column driver.BatchColumn) error { return c.cells.appendTo(column, c.sheetRow) }, c.raw.appendTo, c.marks.appendTo,
	}
	for i, column := range c.fields {
		if column == nil {
			continue
		}
		fills = append(fills, column.appendTo)
		if c.Dataset.Fields[i].Kind == Name {
			fills = append(fills, column.(*textColumn).appendFolded)
		}
	}
	for _, fill := range fills {
		if err := put(fill); err != nil {
			return err
		}
	}
	return nil
}

func (c *Chunk) sources(before uint32) []uint32 {
	if before == 0 {
		return c.source
	}
	list := make([]uint32, c.rows)
	for i := range list {
		list[i] = before + c.source[i]
	}
	return list
}

func (c *Chunk) lines(first uint32) []uint32 {
	lines := make([]uint32, c.rows)
	for i := range lines {
		lines[i] = first + uint32(i)
	}
	return lines
}

// days are those the rows count from: today for one that has none, or one that has not come yet.
func (c *Chunk) days(today int32) []time.Time {
	list := make([]time.Time, c.rows)
	for i, day := range c.effective {
		if day == noDay || day > today {
			day = today
		}
		list[i] = dayOfNumber(day)
	}
	return list
}

// noDay stands for a day that is not known.
const noDay = -1 << 31

const secondsADay = 86_400

// dayNumber counts days from 1970; t is a UTC midnight or zero.
func dayNumber(t time.Time) int32 {
	if t.IsZero() {
		return noDay
	}
	seconds := t.Unix()
	if seconds < 0 {
		seconds -= secondsADay - 1
	}
	return int32(seconds / secondsADay)
}

func dayOfNumber(n int32) time.Time {
	if n == noDay {
		return time.Time{}
	}
	return time.Unix(int64(n)*secondsADay, 0).UTC()
}
