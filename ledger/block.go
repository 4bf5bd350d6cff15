package ledger

import (
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// block holds rows of one dataset until they are sent, a column each, in the order of Dataset.columns without those the engine computes.
type block struct {
	system systemBuffers
	fields []columnBuffer
	index  []int // field buffer -> its place in Row.Values
	rows   int
}

// systemBuffers are those of systemColumns.
type systemBuffers struct {
	batch     plainColumn[uint64]
	line      plainColumn[uint32]
	key       plainColumn[string]
	area      plainColumn[string]
	effective plainColumn[time.Time]
	deleted   plainColumn[bool]
	source    plainColumn[uint32]
	sheetRow  plainColumn[uint32]
	rows      *rowsColumn[[]uint32]
	raw       *rowsColumn[[]string]
	marks     *rowsColumn[map[string]string]
}

func (s *systemBuffers) all() []columnBuffer {
	return []columnBuffer{&s.batch, &s.line, &s.key, &s.area, &s.effective, &s.deleted, &s.source, &s.sheetRow, s.rows, s.raw, s.marks}
}

func newBlock(d *Dataset) *block {
	b := &block{system: systemBuffers{rows: listColumn[uint32](), raw: listColumn[string](), marks: mapColumn()}}
	for i, f := range d.Fields {
		if !f.Stored() {
			continue
		}
		b.fields, b.index = append(b.fields, f.buffer()), append(b.index, i)
		if f.Kind == Name {
			b.fields, b.index = append(b.fields, &keyOfName{}), append(b.index, i)
		}
	}
	return b
}

// place is what the writer adds to a row.
type place struct {
	batch     uint64
	line      uint32
	key, area string
	effective time.Time
}

func (b *block) add(at place, r Row) {
	s := &b.system
	s.batch.values = append(s.batch.values, at.batch)
	s.line.values = append(s.line.values, at.line)
	s.key.values = append(s.key.values, at.key)
	s.area.values = append(s.area.values, at.area)
	s.effective.values = append(s.effective.values, at.effective)
	s.deleted.values = append(s.deleted.values, r.Deleted)
	s.source.values = append(s.source.values, r.Source)
	s.sheetRow.values = append(s.sheetRow.values, r.SheetRow)
	s.rows.values = append(s.rows.values, r.Rows)
	s.raw.values = append(s.raw.values, r.Raw)
	s.marks.values = append(s.marks.values, r.Marks)
	for i, column := range b.fields {
		column.add(r.Values[b.index[i]])
	}
	b.rows++
}

// moveTo hands the rows to a batch of the driver, which copies them, and is empty then.
func (b *block) moveTo(batch driver.Batch) error {
	for i, column := range append(b.system.all(), b.fields...) {
		if err := column.appendTo(batch.Column(i)); err != nil {
			return fmt.Errorf("column %d: %w", i, err)
		}
		column.reset()
	}
	b.rows = 0
	return nil
}
