package server

import "sync"

// badges remembers the counts that other pages show while the record stands as it does.
type badges struct {
	mu      sync.Mutex
	version uint64
	counts  map[string]uint64
}

// of gives a figure, counted when nobody has yet at this version of the record.
func (b *badges) of(version uint64, key string, count func() (uint64, error)) (uint64, error) {
	b.mu.Lock()
	if b.version != version || b.counts == nil {
		b.version, b.counts = version, map[string]uint64{}
	}
	n, known := b.counts[key]
	b.mu.Unlock()
	if known {
		return n, nil
	}
	n, err := count()
	b.mu.Lock()
	defer b.mu.Unlock()
	if err == nil && b.version == version {
		b.counts[key] = n
	}
	return n, err
}
