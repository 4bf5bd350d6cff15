package ingest

import "strings"

// slab keeps the texts of a workbook in few large pieces, and short ones that come again only once.
type slab struct {
	piece strings.Builder
	seen  [4096]string
	bytes int // kept so far
}

const (
	slabPiece  = 64 << 10
	slabShared = 48 // longer texts are seldom the same
)

// keep gives the bytes as a text of its own.
func (s *slab) keep(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if len(b) > slabShared {
		return s.add(b)
	}
	hash := uint32(2166136261)
	for _, c := range b {
		hash = (hash ^ uint32(c)) * 16777619
	}
	at := &s.seen[(hash^hash>>15)%uint32(len(s.seen))]
	if *at != string(b) {
		*at = s.add(b)
	}
	return *at
}

func (s *slab) add(b []byte) string {
	s.bytes += len(b)
	if len(b) > slabPiece/4 {
		return string(b)
	}
	if s.piece.Cap()-s.piece.Len() < len(b) {
		s.piece = strings.Builder{}
		s.piece.Grow(slabPiece)
	}
	from := s.piece.Len()
	s.piece.Write(b)
	return s.piece.String()[from:]
}

// cells are handed out from large pieces: a row of its own for each would be half the work of reading it.
type cellSlab struct {
	piece []cell
	count int
}

func (s *cellSlab) keep(row []cell) []cell {
	const piece = 8192
	s.count += len(row)
	if cap(s.piece)-len(s.piece) < len(row) {
		s.piece = make([]cell, 0, max(piece, len(row)))
	}
	from := len(s.piece)
	s.piece = append(s.piece, row...)
	return s.piece[from:len(s.piece):len(s.piece)]
}
