package clickhouse

import (
	"context"
	"errors"
	"io"
	"regexp"
)

var formatClause = regexp.MustCompile(`(?i)\s+FORMAT\s+(\w+)\s*;?\s*$`)

// insertChunk is how much of a body goes to the engine at once.
const insertChunk = 256 << 10

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
	if err := e.feed(ctx, stream, r, body); err != nil {
		e.api.insertCancel(stream)
		return err
	}
	_, err = e.api.takeResult(e.api.insertDone(stream))
	return err
}

func (e *engine) feed(ctx context.Context, stream uintptr, r request, body io.Reader) error {
	chunk := make([]byte, insertChunk)
	total := 0
	for {
		n, err := io.ReadFull(body, chunk)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if n > 0 && e.api.insertAppend(stream, &chunk[0], uint64(n)) != 0 {
			return asFailure(e.api.insertError(stream))
		}
		total += n
		if err == nil {
			continue
		}
		if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return err
		}
		// The driver drops the error of a batch whose columns have different lengths and sends nothing: say so.
		if total == 0 && r.format == "Native" {
			return newFailure(108, "NO_DATA_TO_INSERT", "the batch could not be encoded: its columns differ in length")
		}
		return nil
	}
}
