package clickhouse

import (
	"context"
	"io"
	"regexp"
)

var formatClause = regexp.MustCompile(`(?i)\s+FORMAT\s+(\w+)\s*;?\s*$`)

// insertChunk is how much of a body goes to the engine at once.
const insertChunk = 256 << 10

// purgeFrom is from which size of an insert on the engine's memory is given back.
const purgeFrom = 4 << 20

// insert streams body into the table; it returns when the engine has stored the rows.
func (e *engine) insert(ctx context.Context, r request, body io.Reader) (err error) {
	if m := formatClause.FindStringSubmatch(r.sql); m != nil {
		r.format = m[1]
		r.sql = formatClause.ReplaceAllString(r.sql, "")
	}
	s, err := e.pool.acquire(ctx, r.database, r.settings)
	if err != nil {
		return err
	}
	defer func() {
		s.spoiled = s.spoiled || err != nil
		e.pool.release(s)
	}()
	defer e.killOnCancel(ctx, r)()
	stream := newStatement(r.marked(), r.format, r.params).call(e.api.insertBegin, s.conn())
	defer e.api.insertDestroy(stream)
	if text := e.api.insertError(stream); text != "" {
		return asFailure(text)
	}
	fed, err := e.feed(ctx, stream, r, body)
	if err != nil {
		e.api.insertCancel(stream)
		return err
	}
	if _, err = e.api.takeResult(e.api.insertDone(stream)); err == nil && fed > purgeFrom {
		// The engine would keep what a large block took for some seconds, while the next one takes as much again.
		_, _ = e.query(ctx, "SYSTEM JEMALLOC PURGE")
	}
	return err
}

// fill reads until the chunk is full or the body ends. Unlike io.ReadFull it tells the end from a body that was cut off, which says
// io.ErrUnexpectedEOF itself: half an insert is no insert.
func fill(body io.Reader, chunk []byte) (n int, err error) {
	for n < len(chunk) && err == nil {
		var more int
		more, err = body.Read(chunk[n:])
		n += more
	}
	return n, err
}

// feed hands the body over and says how long it is.
func (e *engine) feed(ctx context.Context, stream uintptr, r request, body io.Reader) (int, error) {
	chunk := make([]byte, insertChunk)
	total := 0
	for {
		n, err := fill(body, chunk)
		if ctx.Err() != nil {
			return total, ctx.Err()
		}
		if n > 0 && e.api.insertAppend(stream, &chunk[0], uint64(n)) != 0 {
			return total, asFailure(e.api.insertError(stream))
		}
		total += n
		if err == nil {
			continue
		}
		if err != io.EOF {
			return total, err
		}
		// The driver drops the error of a batch whose columns have different lengths and sends nothing: say so.
		if total == 0 && r.format == "Native" {
			return total, newFailure(108, "NO_DATA_TO_INSERT", "the batch could not be encoded: its columns differ in length")
		}
		return total, nil
	}
}
