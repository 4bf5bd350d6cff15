package ledger

import (
	"encoding/binary"
	"errors"
	"unsafe"

	"github.com/shopspring/decimal"
)

// AppendBinary writes the chunk behind to, for LoadChunk of the same program: its form may change with any release.
func (c *Chunk) AppendBinary(to []byte) []byte {
	w := &chunkWriter{to}
	w.count(c.rows)
	numbers(w, c.source)
	numbers(w, c.sheetRow)
	numbers(w, c.effective)
	numbers(w, c.deleted)
	c.key.save(w)
	numbers(w, c.cells.count)
	w.count(len(c.cells.others))
	for i, rows := range c.cells.others {
		w.count(i)
		numbers(w, rows)
	}
	c.raw.save(w)
	c.marks.save(w)
	for _, column := range c.fields {
		if column != nil {
			column.save(w)
		}
	}
	return w.bytes
}

// errChunkShort says that bytes are no chunk.
var errChunkShort = errors.New("a chunk of rows was cut short")

// LoadChunk reads what AppendBinary wrote.
func LoadChunk(d *Dataset, bytes []byte) (*Chunk, error) {
	c, r := NewChunk(d), &chunkReader{bytes: bytes}
	c.rows = r.count()
	c.source, c.sheetRow, c.effective = loadNumbers[uint32](r), loadNumbers[uint32](r), loadNumbers[int32](r)
	c.deleted = loadNumbers[bool](r)
	c.key.load(r)
	c.cells.count = loadNumbers[uint32](r)
	for n := r.count(); n > 0; n-- {
		if c.cells.others == nil {
			c.cells.others = make(map[int][]uint32, n)
		}
		c.cells.others[r.count()] = loadNumbers[uint32](r)
	}
	c.raw.load(r)
	c.marks.load(r)
	for _, column := range c.fields {
		if column != nil {
			column.load(r)
		}
	}
	if r.short || len(r.bytes) > 0 {
		return nil, errChunkShort
	}
	return c, nil
}

type chunkWriter struct{ bytes []byte }

func (w *chunkWriter) count(n int) { w.bytes = binary.AppendUvarint(w.bytes, uint64(n)) }

func (w *chunkWriter) text(s string) {
	w.count(len(s))
	w.bytes = append(w.bytes, s...)
}

// plain are the types whose lists are written as they lie in memory.
type plain interface {
	uint8 | bool | int32 | uint32 | int64
}

func numbers[T plain](w *chunkWriter, list []T) {
	w.count(len(list))
	if len(list) > 0 {
		w.bytes = append(w.bytes, unsafe.Slice((*byte)(unsafe.Pointer(&list[0])), len(list)*int(unsafe.Sizeof(list[0])))...)
	}
}

type chunkReader struct {
	bytes []byte
	short bool
}

func (r *chunkReader) count() int {
	n, size := binary.Uvarint(r.bytes)
	if size <= 0 || n > 1<<31 {
		r.short = true
		return 0
	}
	r.bytes = r.bytes[size:]
	return int(n)
}

func (r *chunkReader) take(size int) []byte {
	if size > len(r.bytes) {
		r.short = true
		return nil
	}
	taken := r.bytes[:size]
	r.bytes = r.bytes[size:]
	return taken
}

func (r *chunkReader) text() string { return string(r.take(r.count())) }

func loadNumbers[T plain](r *chunkReader) []T {
	var one T
	n := r.count()
	taken := r.take(n * int(unsafe.Sizeof(one)))
	if r.short || n == 0 {
		return nil
	}
	list := make([]T, n)
	copy(unsafe.Slice((*byte)(unsafe.Pointer(&list[0])), len(taken)), taken)
	return list
}

func (t *texts) save(w *chunkWriter) {
	numbers(w, t.ends)
	w.text(t.piece.String())
}

func (t *texts) load(r *chunkReader) {
	t.ends = loadNumbers[uint32](r)
	t.piece.Write(r.take(r.count()))
}

func (l *textLists) save(w *chunkWriter) {
	l.texts.save(w)
	numbers(w, l.rows)
}

func (l *textLists) load(r *chunkReader) {
	l.texts.load(r)
	l.rows = loadNumbers[uint32](r)
}

func (c *markColumn) save(w *chunkWriter) {
	w.count(c.rows)
	w.count(len(c.some))
	for i, marks := range c.some {
		w.count(i)
		w.count(len(marks))
		for name, said := range marks {
			w.text(name)
			w.text(said)
		}
	}
}

func (c *markColumn) load(r *chunkReader) {
	c.rows = r.count()
	some := r.count()
	for ; some > 0 && !r.short; some-- {
		if c.some == nil {
			c.some = map[int]map[string]string{}
		}
		i, n := r.count(), r.count()
		marks := map[string]string{}
		for ; n > 0 && !r.short; n-- {
			name := r.text()
			marks[name] = r.text()
		}
		c.some[i] = marks
	}
}

func (c *decimalColumn) save(w *chunkWriter) {
	numbers(w, c.digits)
	numbers(w, c.exponent)
	w.count(len(c.long))
	for i, d := range c.long {
		w.count(i)
		w.text(d.Coefficient().String())
		w.bytes = binary.AppendVarint(w.bytes, int64(d.Exponent()))
	}
}

func (c *decimalColumn) load(r *chunkReader) {
	c.digits, c.exponent = loadNumbers[int64](r), loadNumbers[int32](r)
	for n := r.count(); n > 0 && !r.short; n-- {
		if c.long == nil {
			c.long = map[int]decimal.Decimal{}
		}
		i, digits := r.count(), r.text()
		exponent, size := binary.Varint(r.bytes)
		r.take(max(size, 0))
		c.long[i] = longOf(digits, int32(exponent))
	}
}

func (c *countColumn) save(w *chunkWriter) {
	numbers(w, c.values)
	numbers(w, c.null)
}

func (c *countColumn) load(r *chunkReader) {
	c.values, c.null = loadNumbers[int64](r), loadNumbers[bool](r)
}

func (c *flagColumn) save(w *chunkWriter) { numbers(w, c.values) }

func (c *flagColumn) load(r *chunkReader) { c.values = loadNumbers[uint8](r) }

func (c *dayColumn) save(w *chunkWriter) {
	numbers(w, c.from)
	numbers(w, c.to)
	numbers(w, c.precision)
	w.count(len(c.precisions))
	for _, word := range c.precisions {
		w.text(word)
	}
}

func (c *dayColumn) load(r *chunkReader) {
	c.from, c.to, c.precision = loadNumbers[int32](r), loadNumbers[int32](r), loadNumbers[uint8](r)
	for n := r.count(); n > 0 && !r.short; n-- {
		c.precisions = append(c.precisions, r.text())
	}
}
