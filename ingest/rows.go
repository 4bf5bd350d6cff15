package ingest

import (
	"iter"
	"time"

	"taizhang/ledger"
)

// Rows are the rows of a table, in the order of the sheet. They are kept as
// typed columns, a chunk at a time, and those of a large sheet wait in a
// temporary file: looking at one row far from the last is slow, All is not.
// The rows given out are copies. One goroutine at a time may look.
type Rows struct {
	dataset *ledger.Dataset
	store   *rowStore
	stored  []*storedChunk // full ones
	filling *ledger.Chunk
	count   int

	settled bool
	day     time.Time // of rows that have none
	own     int       // the date field that day fills too, -1 for none

	at   int // which stored chunk is at hand
	hand *ledger.Chunk
}

func newRows(d *ledger.Dataset, store *rowStore) *Rows {
	return &Rows{dataset: d, store: store, filling: ledger.NewChunk(d), at: -1}
}

// Len is how many rows there are.
func (r *Rows) Len() int { return r.count }

// Row gives the row of a number, counted from 0. It panics when the temporary file cannot be read.
func (r *Rows) Row(i int) ledger.Row {
	c, err := r.chunk(i / ledger.ChunkRows)
	if err != nil {
		panic(err)
	}
	return c.Row(i % ledger.ChunkRows)
}

// All walks over the rows with their numbers; it panics like Row. While a file is being read or committed it ends early when that is
// cancelled.
func (r *Rows) All() iter.Seq2[int, ledger.Row] {
	return func(yield func(int, ledger.Row) bool) {
		for i := range r.count {
			if i%ledger.ChunkRows == 0 && r.store.cancelled() || !yield(i, r.Row(i)) {
				return
			}
		}
	}
}

// add appends a copy of a row and gives its number.
func (r *Rows) add(row *ledger.Row) int {
	r.filling.Add(row)
	if r.count++; r.filling.Len() == ledger.ChunkRows {
		r.stored = append(r.stored, r.store.put(r.filling))
		r.filling = ledger.NewChunk(r.dataset)
	}
	return r.count - 1
}

// settle says the day of the rows that have none, and the date field (-1: none) that it fills where that is blank.
func (r *Rows) settle(day time.Time, own int) {
	r.settled, r.day, r.own, r.at, r.hand = true, day, own, -1, nil
}

// chunks is how many there are; all but the last are full.
func (r *Rows) chunks() int { return (r.count + ledger.ChunkRows - 1) / ledger.ChunkRows }

// chunk gives one; it stays as it is.
func (r *Rows) chunk(n int) (*ledger.Chunk, error) {
	if n == r.at {
		return r.hand, nil
	}
	c := r.filling
	if n < len(r.stored) {
		var err error
		if c, err = r.store.get(r.stored[n], r.dataset); err != nil {
			return nil, err
		}
	}
	if r.settled {
		c.Default(r.day, r.own)
	}
	if r.hand = nil; r.settled || n < len(r.stored) {
		r.at, r.hand = n, c
	} else {
		r.at = -1
	}
	return c, nil
}

// RowSet is a set of rows by their numbers, a bit each.
type RowSet struct {
	bits  []uint64
	count int
}

// Has reports whether a row is in the set.
func (s *RowSet) Has(i int) bool { return i/64 < len(s.bits) && s.bits[i/64]>>(i%64)&1 == 1 }

// Len is how many rows are in the set.
func (s *RowSet) Len() int { return s.count }

func (s *RowSet) add(i int) {
	if s.Has(i) {
		return
	}
	for len(s.bits) <= i/64 {
		s.bits = append(s.bits, 0)
	}
	s.bits[i/64] |= 1 << (i % 64)
	s.count++
}

// in tells whether any row of a chunk is in the set.
func (s *RowSet) in(chunk int) bool {
	const words = ledger.ChunkRows / 64
	for i := chunk * words; i < min((chunk+1)*words, len(s.bits)); i++ {
		if s.bits[i] != 0 {
			return true
		}
	}
	return false
}
