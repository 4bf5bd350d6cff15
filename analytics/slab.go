package analytics

// slab hands out memory for many rows, a thousand at a time: hundreds of thousands are copied over and over where one list of them grows.
type slab[T any] struct{ rest []T }

// next gives a row of its own.
func (s *slab[T]) next() *T {
	if len(s.rest) == 0 {
		s.rest = make([]T, 1024)
	}
	row := &s.rest[0]
	s.rest = s.rest[1:]
	return row
}
