package ledger

import (
	"hash/maphash"
	"strconv"
	"strings"
	"time"
)

// Keys gives the rows of one load their keys; two rows with the same key are both kept, told apart by a number.
//
// It remembers digests, not the keys themselves: a million rows take some 40 MB.
type Keys struct {
	seeds [2]maphash.Seed
	seen  map[*Dataset]map[digest]uint32
}

// digest stands for a key; two of the same in one load are as likely as a fault of the memory.
type digest [2]uint64

// NewKeys begins a load.
func NewKeys() *Keys {
	return &Keys{seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}, seen: map[*Dataset]map[digest]uint32{}}
}

// Of is the key of the load's next row: its own or that of its values, with #2, #3 … when it came before.
func (k *Keys) Of(d *Dataset, r *Row) string {
	key := r.Key
	if key == "" {
		key = d.KeyOf(r.Values)
	}
	if n := k.count(d, []byte(key)); n > 1 {
		return numbered(key, n)
	}
	return key
}

// ofChunk gives the rows of a chunk their keys; scratch is memory to work in and comes back.
func (k *Keys) ofChunk(c *Chunk, scratch []byte) ([]string, []byte) {
	var made texts
	for i := range c.Len() {
		scratch = c.appendKey(scratch[:0], i)
		n := k.count(c.Dataset, scratch)
		made.piece.Write(scratch)
		if n > 1 {
			made.piece.WriteString(numbered("", n))
		}
		made.ends = append(made.ends, uint32(made.piece.Len()))
	}
	return made.all(0, c.Len(), make([]string, 0, c.Len())), scratch
}

// count says how often the load has met a key, this time included.
func (k *Keys) count(d *Dataset, key []byte) int {
	seen := k.seen[d]
	if seen == nil {
		seen = map[digest]uint32{}
		k.seen[d] = seen
	}
	at := k.digest(key)
	seen[at]++
	return int(seen[at])
}

func (k *Keys) digest(key []byte) digest {
	return digest{maphash.Bytes(k.seeds[0], key), maphash.Bytes(k.seeds[1], key)}
}

// met says how often the load has met a key.
func (k *Keys) met(d *Dataset, key string) int { return int(k.seen[d][k.digest([]byte(key))]) }

func numbered(key string, n int) string { return key + "#" + strconv.Itoa(n) }

// Has reports whether a row of the load has been given this very key.
func (k *Keys) Has(d *Dataset, key string) bool {
	if k.met(d, key) > 0 {
		return true
	}
	base, n := unnumbered(key)
	return n > 1 && n <= k.met(d, base)
}

// HasAny reports whether a row of the load has this key, whatever number tells them apart.
func (k *Keys) HasAny(d *Dataset, key string) bool {
	base, n := unnumbered(key)
	return k.met(d, key) > 0 || n > 1 && k.met(d, base) > 0
}

// unnumbered takes a key apart into that of the values and its number; 0 when it has none.
func unnumbered(key string) (string, int) {
	at := strings.LastIndexByte(key, '#')
	if at < 0 {
		return key, 0
	}
	n, err := strconv.Atoi(key[at+1:])
	if err != nil || numbered(key[:at], n) != key {
		return key, 0
	}
	return key[:at], n
}

// effectiveDay is the day a row will count from: its own, or today where it has none or one that has not come yet.
func effectiveDay(r *Row, today time.Time) time.Time {
	if r.Effective.IsZero() || r.Effective.After(today) {
		return today
	}
	return r.Effective
}
