package server

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"taizhang/ingest"
	"taizhang/ledger"
)

const (
	// shelfFiles and shelfBytes bound what is kept of files that were read; the newest is kept whatever its size.
	shelfFiles = 12
	shelfBytes = 160 << 20
	// shelfLife ends what nobody looked at.
	shelfLife = 15 * time.Minute
	// lightFile is what may stay in memory beside the shelf for a moment.
	lightFile = 16 << 20
	// inflated is about how many times its size a workbook takes in memory once it is read.
	inflated = 20
	// justNow is how long a preview stands although the record moved on: a busy record must not send a person in circles.
	justNow = 5 * time.Second
)

// prepared is a file that was read, and what it would change in a version of the record.
type prepared struct {
	key        string
	area       string // as choice.Area
	file       *ingest.File
	opt        ingest.Options
	outcome    ingest.Outcome
	comparison *ingest.Comparison
	version    uint64 // of the record
	at         time.Time
	used       time.Time
	rows       int
	size       int64
	turn       chan struct{} // one at a time works on the file
}

// keptKey names a waiting file read in a way; the way is what its address says.
func keptKey(up upload, w choice) string {
	return up.Hash + "/" + strconv.FormatUint(up.reading, 10) + "?" + w.words().Encode()
}

// take waits for the file to be free.
func (p *prepared) take(ctx context.Context) error {
	select {
	case p.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *prepared) leave() { <-p.turn }

// good is how many rows have no error.
func (p *prepared) good() int {
	n := 0
	for _, s := range p.file.Sheets {
		n += s.Rows.Len() - s.Bad.Len()
	}
	return n
}

// standsOn reports whether what was found still holds: the record did not move, nor did the day.
func (p *prepared) standsOn(version uint64, now time.Time) bool {
	return p.version == version && ledger.Today(p.opt.Now).Equal(ledger.Today(now))
}

// asksRecord reports whether a rule of the file's datasets looks at the record:
// then problems found on another version of it are not to be believed.
func (p *prepared) asksRecord() bool {
	for _, s := range p.file.Sheets {
		if len(s.Dataset.Rising) > 0 || slices.ContainsFunc(s.Dataset.SetChecks, func(c ledger.SetCheck) bool { return ledger.AsksRecord(c.Rule) }) {
			return true
		}
	}
	return false
}

// weigh estimates what the file takes in memory.
func (p *prepared) weigh() {
	p.size = int64(len(p.file.Content))
	for _, s := range p.file.Sheets {
		p.rows += s.Rows.Len()
		// Further rows wait in a temporary file.
		p.size += int64(min(s.Rows.Len(), 4*ledger.ChunkRows)) * int64(200+16*len(s.Dataset.Fields))
	}
}

// shelf holds the files that were read last, so that a preview is not read again at every look.
type shelf struct {
	mu   sync.Mutex
	list []*prepared // least lately used first
}

func (s *shelf) get(key string) *prepared {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.list, func(p *prepared) bool { return p.key == key })
	if i < 0 {
		return nil
	}
	p := s.list[i]
	p.used = time.Now()
	s.list = append(slices.Delete(s.list, i, i+1), p)
	return p
}

func (s *shelf) put(p *prepared) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.used = time.Now()
	s.list = append(slices.DeleteFunc(s.list, func(x *prepared) bool { return x.key == p.key }), p)
	s.shrink(shelfBytes, 1)
	time.AfterFunc(shelfLife, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.shrink(shelfBytes, 1)
	})
}

// makeRoom drops what would stand beside a file about to be read.
func (s *shelf) makeRoom(fileSize int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shrink(shelfBytes-fileSize*inflated, 0)
}

// shrink drops the least lately used; the caller holds mu.
func (s *shelf) shrink(limit int64, least int) {
	s.list = slices.DeleteFunc(s.list, func(p *prepared) bool { return time.Since(p.used) >= shelfLife })
	var size int64
	for _, p := range s.list {
		size += p.size
	}
	for len(s.list) > least && (size > limit || len(s.list) > shelfFiles) {
		size -= s.list[0].size
		s.list[0] = nil
		s.list = s.list[1:]
	}
}

// drop forgets a content, in whatever way it was read.
func (s *shelf) drop(hash string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = slices.DeleteFunc(s.list, func(p *prepared) bool { return p.file.Hash == hash })
}
