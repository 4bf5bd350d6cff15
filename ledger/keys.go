package ledger

import (
	"strconv"
	"strings"
	"time"
)

// Keys gives the rows of one load their keys; two rows with the same key are both kept, told apart by a number.
type Keys struct{ seen map[*Dataset]map[string]int }

// NewKeys begins a load.
func NewKeys() *Keys { return &Keys{seen: map[*Dataset]map[string]int{}} }

// Of is the key of the load's next row: its own or that of its values, with #2, #3 … when it came before.
func (k *Keys) Of(d *Dataset, r *Row) string {
	key := r.Key
	if key == "" {
		key = d.KeyOf(r.Values)
	}
	seen := k.seen[d]
	if seen == nil {
		seen = map[string]int{}
		k.seen[d] = seen
	}
	seen[key]++
	if n := seen[key]; n > 1 {
		return numbered(key, n)
	}
	return key
}

func numbered(key string, n int) string { return key + "#" + strconv.Itoa(n) }

// Has reports whether a row of the load has been given this very key.
func (k *Keys) Has(d *Dataset, key string) bool {
	if k.seen[d][key] > 0 {
		return true
	}
	base, n := unnumbered(key)
	return n > 1 && n <= k.seen[d][base]
}

// HasAny reports whether a row of the load has this key, whatever number tells them apart.
func (k *Keys) HasAny(d *Dataset, key string) bool {
	base, n := unnumbered(key)
	return k.seen[d][key] > 0 || n > 1 && k.seen[d][base] > 0
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
