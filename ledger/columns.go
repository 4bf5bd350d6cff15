package ledger

import (
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"
)

// columnBuffer collects the values of one column of a block. Columns are handed
// to the driver whole: building them row by row is most of the work of an insert.
type columnBuffer interface {
	add(v any)
	appendTo(column driver.BatchColumn) error
	reset()
}

// plainColumn holds values that are never NULL.
type plainColumn[T any] struct{ values []T }

func (c *plainColumn[T]) add(v any) {
	value, _ := v.(T)
	c.values = append(c.values, value)
}

func (c *plainColumn[T]) appendTo(column driver.BatchColumn) error { return column.Append(c.values) }

func (c *plainColumn[T]) reset() {
	clear(c.values)
	c.values = c.values[:0]
}

// nullableColumn holds values that may be NULL; the driver wants pointers, which point into the block's own values.
type nullableColumn[T any] struct {
	values []T
	valid  []bool
	refs   []*T
}

func (c *nullableColumn[T]) add(v any) {
	value, ok := v.(T)
	c.values, c.valid = append(c.values, value), append(c.valid, ok)
}

func (c *nullableColumn[T]) appendTo(column driver.BatchColumn) error {
	c.refs = c.refs[:0]
	for i := range c.values {
		if c.valid[i] {
			c.refs = append(c.refs, &c.values[i])
		} else {
			c.refs = append(c.refs, nil)
		}
	}
	return column.Append(c.refs)
}

func (c *nullableColumn[T]) reset() {
	clear(c.values)
	c.values, c.valid = c.values[:0], c.valid[:0]
}

// dayColumn holds imprecise dates by the day that counts.
type dayColumn struct {
	nullableColumn[time.Time]
	edge Edge
}

func (c *dayColumn) add(v any) {
	if day, ok := v.(Day); ok {
		c.nullableColumn.add(day.On(c.edge))
		return
	}
	c.nullableColumn.add(nil)
}

// keyOfName holds the folded forms of a Name field.
type keyOfName struct{ plainColumn[string] }

func (c *keyOfName) add(v any) {
	name, _ := v.(string)
	c.values = append(c.values, NameKey(name))
}

// rowsColumn hands arrays and maps over one by one: the driver takes whole columns of those by reflection, which is slower.
type rowsColumn[T any] struct {
	plainColumn[T]
	empty T
	blank func(T) bool
}

func (c *rowsColumn[T]) appendTo(column driver.BatchColumn) error {
	for _, v := range c.values {
		if c.blank(v) {
			v = c.empty
		}
		if err := column.AppendRow(v); err != nil {
			return err
		}
	}
	return nil
}

func listColumn[T any]() *rowsColumn[[]T] {
	return &rowsColumn[[]T]{empty: []T{}, blank: func(list []T) bool { return list == nil }}
}

func mapColumn() *rowsColumn[map[string]string] {
	return &rowsColumn[map[string]string]{empty: map[string]string{}, blank: func(m map[string]string) bool { return m == nil }}
}

// buffer makes the column of a field; its type is that of Field.column.
func (f Field) buffer() columnBuffer {
	switch f.Kind {
	case People:
		return listColumn[string]()
	case Money, Area, Number, Percent:
		return &nullableColumn[decimal.Decimal]{}
	case Count:
		return &nullableColumn[int64]{}
	case Date, Period:
		return &dayColumn{edge: f.Edge}
	case Flag:
		return &nullableColumn[bool]{}
	}
	return &plainColumn[string]{}
}
