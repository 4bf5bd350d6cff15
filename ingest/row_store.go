package ingest

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"sync"

	"github.com/klauspost/compress/s2"

	"taizhang/ledger"
)

// liveChunks is how many chunks of a file stay in memory before further ones go to the temporary file.
const liveChunks = 4

// rowStore keeps the chunks of a file's tables: the first in memory, the rest
// compressed in a temporary file. That file has no name from its first moment
// on, so that nobody else opens it and nothing of it is left, however the program ends.
type rowStore struct {
	dir  string
	live int             // chunks kept in memory
	ctx  context.Context // of the work that goes on; walks over rows end early when it is cancelled

	mu     sync.Mutex // held while the file is written
	file   *os.File
	failed bool
	size   int64
	packed []byte // of the last chunk written
	plain  []byte
	got    []byte // of the last chunk read
	opened []byte
}

// storedChunk is a chunk in memory (live) or in the file.
type storedChunk struct {
	live *ledger.Chunk
	at   int64
	size int
	done chan struct{} // closed when it is settled where it is
}

// during makes walks over rows end with a context, until the work that looks at the context after them is done.
func (s *rowStore) during(ctx context.Context) (done func()) {
	if s == nil {
		return func() {}
	}
	before := s.ctx
	s.ctx = ctx
	return func() { s.ctx = before }
}

func (s *rowStore) cancelled() bool { return s.ctx != nil && s.ctx.Err() != nil }

// put keeps a full chunk. It is written while the next one is filled; when the one before is still being written, put waits.
func (s *rowStore) put(c *ledger.Chunk) *storedChunk {
	stored := &storedChunk{live: c, done: make(chan struct{})}
	if s.live < liveChunks {
		s.live++
		close(stored.done)
		return stored
	}
	s.mu.Lock()
	go func() {
		defer close(stored.done)
		defer s.mu.Unlock()
		if err := s.write(stored); err != nil && !s.failed {
			// Nothing is lost: what cannot be written stays in memory.
			s.failed = true
			slog.Warn("rows of a large file are kept in memory", "why", err)
		}
	}()
	return stored
}

func (s *rowStore) write(stored *storedChunk) (err error) {
	if s.failed {
		return nil
	}
	if s.file == nil {
		if s.file, err = namelessFile(s.dir); err != nil {
			return err
		}
	}
	s.plain = stored.live.AppendBinary(s.plain[:0])
	s.packed = s2.Encode(s.packed[:cap(s.packed)], s.plain)
	if _, err := s.file.WriteAt(s.packed, s.size); err != nil {
		return err
	}
	stored.at, stored.size, stored.live = s.size, len(s.packed), nil
	s.size += int64(len(s.packed))
	return nil
}

// get gives a chunk back.
func (s *rowStore) get(stored *storedChunk, d *ledger.Dataset) (*ledger.Chunk, error) {
	<-stored.done
	if stored.live != nil {
		return stored.live, nil
	}
	s.got = slices.Grow(s.got[:0], stored.size)[:stored.size]
	if _, err := s.file.ReadAt(s.got, stored.at); err != nil {
		return nil, fmt.Errorf("rows in the temporary file: %w", err)
	}
	var err error
	if s.opened, err = s2.Decode(s.opened[:cap(s.opened)], s.got); err != nil {
		return nil, fmt.Errorf("rows in the temporary file: %w", err)
	}
	return ledger.LoadChunk(d, s.opened)
}

// close lets the file go; a store that nobody closes lets it go when it is collected.
func (s *rowStore) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	s.file, s.failed = nil, true
	return err
}

// namelessFile opens a temporary file and takes its name away.
func namelessFile(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, "taizhang-rows-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}
