package clickhouse

import (
	"bytes"
	"io"
	"strings"

	chproto "github.com/ClickHouse/ch-go/proto"
)

// runEmpty answers a SELECT without rows by a block without rows: libchdb writes nothing at all then, and the column names
// and types, which a server sends, would be lost to an export. The engine is asked for them.
func (r *result) runEmpty() (io.ReadCloser, error) {
	_ = r.Close()
	if r.request.format != "Native" {
		return nil, nil
	}
	described := r.request
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
	return io.NopCloser(bytes.NewReader(headerBlock(string(out)))), nil
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
