package clickhouse

import (
	"bytes"
	"io"
	"strings"
	"sync"

	chproto "github.com/ClickHouse/ch-go/proto"
)

// runEmpty answers a SELECT without rows by a block without rows: libchdb writes nothing at all then, and the column names
// and types, which a server sends, would be lost to an export. The engine is asked for them, once while its tables stay as they are.
func (r *result) runEmpty() (io.ReadCloser, error) {
	_ = r.Close()
	if r.request.format != "Native" {
		return nil, nil
	}
	heads, of := &r.engine.heads, head{r.request.database, r.request.sql}
	if block, known := heads.get(of); known {
		return io.NopCloser(bytes.NewReader(block)), nil
	}
	described, round := r.request, heads.begin()
	described.sql = "DESCRIBE TABLE (" + strings.TrimRight(r.request.sql, "; \t\r\n") + "\n)"
	described.format = "TSVRaw"
	s, err := r.engine.pool.acquire(r.ctx, described.database, described.settings)
	if err != nil {
		return nil, err
	}
	out, err := s.run(described.marked(), described.format, described.params)
	r.engine.pool.release(s)
	if err != nil {
		return nil, nil // a query that cannot stand in brackets: the names are a convenience
	}
	block := headerBlock(string(out))
	heads.put(of, block, round)
	return io.NopCloser(bytes.NewReader(block)), nil
}

// head names the columns that a statement answers. What it is bound to may change a type (a text or a text of few values), which says
// nothing where there are no rows.
type head struct{ database, sql string }

// mostHeads bounds how many are kept: a program has so many statements, and texts that people make up take no more room than that.
const mostHeads = 1000

// headCache keeps the column names and types of statements that had no rows. To have them described costs as much as to plan the
// statement again, and of a page's statements a third finds nothing.
type headCache struct {
	mu     sync.Mutex
	blocks map[head][]byte
	round  int // of tables as they are
}

func (c *headCache) get(of head) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	block, known := c.blocks[of]
	return block, known
}

// begin gives the round that a description is asked for in.
func (c *headCache) begin() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.round
}

// put keeps a description, unless tables were changed since it was asked for.
func (c *headCache) put(of head, block []byte, round int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if round != c.round {
		return
	}
	if c.blocks == nil || len(c.blocks) >= mostHeads {
		c.blocks = map[head][]byte{}
	}
	c.blocks[of] = block
}

// drop forgets all: a statement that may change tables begins or has ended.
func (c *headCache) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.blocks = nil
	c.round++
}

func headerBlock(description string) []byte {
	var buffer chproto.Buffer
	lines := strings.Split(strings.TrimRight(description, "\n"), "\n")
	buffer.PutUVarInt(uint64(len(lines)))
	buffer.PutUVarInt(0)
	for _, line := range lines {
		fields := strings.Split(line, "\t")
		if len(fields) < 2 {
			return nil
		}
		buffer.PutString(fields[0])
		buffer.PutString(fields[1])
	}
	return buffer.Buf
}
