package ledger

import (
	"math/big"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"
)

// fieldColumn holds the values of one field of a chunk.
type fieldColumn interface {
	add(v any)
	value(i int) any
	appendKey(to []byte, i int) []byte // as keyPart writes it
	appendTo(column driver.BatchColumn) error
	save(w *chunkWriter)
	load(r *chunkReader)
}

// newFieldColumn makes the column of a field; what it hands over fits Field.column.
func newFieldColumn(f Field) fieldColumn {
	switch f.Kind {
	case People:
		return &listColumn{}
	case Money, Area, Number, Percent:
		return &decimalColumn{}
	case Count:
		return &countColumn{}
	case Date, Period:
		return &dayColumn{edge: f.Edge}
	case Flag:
		return &flagColumn{}
	}
	return &textColumn{}
}

// decimalColumn holds exact numbers: digits and exponent, and apart those of more digits than an int64 has.
type decimalColumn struct {
	digits   []int64
	exponent []int32 // nullNumber for NULL, longNumber for one that stands in long
	long     map[int]decimal.Decimal
}

const (
	nullNumber = -1 << 31
	longNumber = nullNumber + 1
)

func (c *decimalColumn) add(v any) {
	d, ok := v.(decimal.Decimal)
	digits, exponent := int64(0), int32(nullNumber)
	if ok {
		exponent = d.Exponent()
		if digits = d.CoefficientInt64(); d.NumDigits() > 18 {
			if c.long == nil {
				c.long = map[int]decimal.Decimal{}
			}
			c.long[len(c.digits)], digits, exponent = d, 0, longNumber
		}
	}
	c.digits, c.exponent = append(c.digits, digits), append(c.exponent, exponent)
}

func (c *decimalColumn) value(i int) any {
	switch c.exponent[i] {
	case nullNumber:
		return nil
	case longNumber:
		return c.long[i]
	}
	return decimal.New(c.digits[i], c.exponent[i])
}

func (c *decimalColumn) appendKey(to []byte, i int) []byte {
	return append(to, keyPart(Field{}, c.value(i))...)
}

func (c *decimalColumn) appendTo(column driver.BatchColumn) error {
	values, refs := make([]decimal.Decimal, len(c.digits)), make([]*decimal.Decimal, len(c.digits))
	for i := range c.digits {
		if v, ok := c.value(i).(decimal.Decimal); ok {
			values[i], refs[i] = v, &values[i]
		}
	}
	return column.Append(refs)
}

// countColumn holds whole numbers.
type countColumn struct {
	values []int64
	null   []bool
}

func (c *countColumn) add(v any) {
	n, ok := v.(int64)
	c.values, c.null = append(c.values, n), append(c.null, !ok)
}

func (c *countColumn) value(i int) any {
	if c.null[i] {
		return nil
	}
	return c.values[i]
}

func (c *countColumn) appendKey(to []byte, i int) []byte {
	return append(to, keyPart(Field{}, c.value(i))...)
}

func (c *countColumn) appendTo(column driver.BatchColumn) error {
	refs := make([]*int64, len(c.values))
	for i := range c.values {
		if !c.null[i] {
			refs[i] = &c.values[i]
		}
	}
	return column.Append(refs)
}

// flagColumn holds yes, no and unknown.
type flagColumn struct{ values []uint8 }

const (
	flagNull uint8 = iota
	flagNo
	flagYes
)

func (c *flagColumn) add(v any) {
	flag := flagNull
	if yes, ok := v.(bool); ok && yes {
		flag = flagYes
	} else if ok {
		flag = flagNo
	}
	c.values = append(c.values, flag)
}

func (c *flagColumn) value(i int) any {
	if c.values[i] == flagNull {
		return nil
	}
	return c.values[i] == flagYes
}

func (c *flagColumn) appendKey(to []byte, i int) []byte {
	return append(to, keyPart(Field{}, c.value(i))...)
}

func (c *flagColumn) appendTo(column driver.BatchColumn) error {
	refs, said := make([]*bool, len(c.values)), [...]*bool{flagNull: nil, flagNo: new(bool), flagYes: new(bool)}
	*said[flagYes] = true
	for i, flag := range c.values {
		refs[i] = said[flag]
	}
	return column.Append(refs)
}

// dayColumn holds imprecise dates whole; the day that counts is handed over.
type dayColumn struct {
	edge       Edge
	from, to   []int32 // noDay in to for NULL
	precision  []uint8 // in precisions
	precisions []string
}

func (c *dayColumn) add(v any) {
	day, ok := v.(Day)
	from, to, precision := int32(0), int32(noDay), uint8(0)
	if ok {
		from, to, precision = dayNumber(day.From), dayNumber(day.To), c.precisionOf(day.Precision)
	}
	c.from, c.to, c.precision = append(c.from, from), append(c.to, to), append(c.precision, precision)
}

// precisionOf numbers the dozen words there are.
func (c *dayColumn) precisionOf(word string) uint8 {
	at := slices.Index(c.precisions, word)
	if at < 0 {
		at = len(c.precisions)
		c.precisions = append(c.precisions, word)
	}
	return uint8(at)
}

// fill makes blanks a precise day.
func (c *dayColumn) fill(day int32) {
	for i := range c.to {
		if c.to[i] == noDay {
			c.from[i], c.to[i], c.precision[i] = day, day, c.precisionOf("day")
		}
	}
}

func (c *dayColumn) value(i int) any {
	if c.to[i] == noDay {
		return nil
	}
	return Day{From: dayOfNumber(c.from[i]), To: dayOfNumber(c.to[i]), Precision: c.precisions[c.precision[i]]}
}

func (c *dayColumn) on(i int) time.Time {
	if c.edge == Last {
		return dayOfNumber(c.to[i])
	}
	return dayOfNumber(c.from[i])
}

func (c *dayColumn) appendKey(to []byte, i int) []byte {
	if c.to[i] == noDay {
		return to
	}
	return c.on(i).AppendFormat(to, time.DateOnly)
}

func (c *dayColumn) appendTo(column driver.BatchColumn) error {
	values, refs := make([]time.Time, len(c.to)), make([]*time.Time, len(c.to))
	for i, to := range c.to {
		if to != noDay {
			values[i] = c.on(i)
			refs[i] = &values[i]
		}
	}
	return column.Append(refs)
}

// longOf reads a number of many digits back.
func longOf(digits string, exponent int32) decimal.Decimal {
	n, _ := new(big.Int).SetString(digits, 10)
	return decimal.NewFromBigInt(n, exponent)
}
