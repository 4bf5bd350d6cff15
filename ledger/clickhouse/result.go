package clickhouse

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"unsafe"
)

// prefetch is how much of a result is taken before the driver sees it: smaller results free their connection at once, and
// errors that come early become an ordinary refusal.
const prefetch = 1 << 20

// exceptionTag stands in the frame of an error that comes after the first bytes of a result, so that the driver knows it.
const exceptionTag = "taizhangchdbtag0"

// stream runs a statement; results of SELECTs come block by block, those of all other statements at once.
func (e *engine) stream(ctx context.Context, r request) (io.ReadCloser, error) {
	s, err := e.pool.acquire(ctx, r.database, r.settings)
	if err != nil {
		return nil, err
	}
	res := &result{engine: e, session: s, ctx: ctx, request: r, over: e.killOnCancel(ctx, r)}
	res.handle = newStatement(r.marked(), r.format, r.params).call(e.api.streamQuery, s.conn())
	text := e.api.resultError(res.handle)
	if strings.Contains(text, "Streaming query is not supported") {
		return res.runWhole()
	}
	if text != "" {
		res.ended = true
		res.fail()
		return nil, asFailure(text)
	}
	for res.ready < prefetch && !res.ended {
		if err := res.fetch(); err != nil {
			res.fail()
			return nil, err
		}
	}
	if res.ready == 0 {
		return res.runEmpty()
	}
	return res, nil
}

// result is the body of a response: it reads blocks straight out of the library's memory.
type result struct {
	engine  *engine
	session *session // nil once it went back to the pool
	ctx     context.Context
	request request
	over    func()

	handle  uintptr // the library's streaming result; 0 once freed
	blocks  []uintptr
	offset  int // read so far of blocks[0]
	ready   int // bytes fetched in total
	ended   bool
	failure []byte // what is left to read of a framed error
}

// fetch takes one block from the engine; at the end of the result the connection goes back.
func (r *result) fetch() error {
	api := r.engine.api
	block := api.streamFetch(r.session.conn(), r.handle)
	if text := api.resultError(block); text != "" {
		api.destroyResult(block)
		r.ended = true
		return asFailure(text)
	}
	n := api.resultLength(block)
	if n == 0 {
		api.destroyResult(block)
		r.ended = true
		r.finish()
		return nil
	}
	r.blocks = append(r.blocks, block)
	r.ready += int(n)
	return nil
}

// Read implements io.Reader. An error in the middle of a result arrives in the frame that ClickHouse's HTTP interface uses.
func (r *result) Read(p []byte) (int, error) {
	if len(r.failure) > 0 {
		n := copy(p, r.failure)
		if r.failure = r.failure[n:]; len(r.failure) == 0 {
			return n, io.EOF
		}
		return n, nil
	}
	if len(r.blocks) == 0 {
		if r.ended {
			return 0, io.EOF
		}
		if err := r.fetch(); err != nil {
			r.fail()
			if r.ctx.Err() != nil {
				return 0, r.ctx.Err()
			}
			r.failure = frameFailure(err)
		}
		return r.Read(p)
	}
	api, block := r.engine.api, r.blocks[0]
	data := unsafe.Slice(api.resultBuffer(block), api.resultLength(block))
	n := copy(p, data[r.offset:])
	if r.offset += n; r.offset == len(data) {
		api.destroyResult(block)
		r.blocks, r.offset = r.blocks[1:], 0
	}
	return n, nil
}

// fail gives everything back after an error; the connection goes, because it would keep the failed statement's memory and
// its line in system.processes until its next statement.
func (r *result) fail() {
	r.session.spoiled = true
	_ = r.Close()
}

// Close stops what still runs and gives everything back.
func (r *result) Close() error {
	for _, block := range r.blocks {
		r.engine.api.destroyResult(block)
	}
	r.blocks = nil
	if !r.ended {
		r.ended = true
		over := make(chan struct{})
		close(over)
		r.engine.kill(r.request, over)
		r.session.spoiled = true
		r.engine.api.streamCancel(r.session.conn(), r.handle)
	}
	r.finish()
	return nil
}

// finish frees the streaming result and returns the connection.
func (r *result) finish() {
	if r.session == nil {
		return
	}
	r.over()
	if r.handle != 0 {
		r.engine.api.destroyResult(r.handle)
		r.handle = 0
	}
	r.engine.pool.release(r.session)
	r.session = nil
}

// runWhole executes a statement that the engine does not stream: everything but SELECT.
func (r *result) runWhole() (io.ReadCloser, error) {
	defer r.finish()
	r.ended = true
	r.engine.api.destroyResult(r.handle)
	r.handle = 0
	sql := r.request.sql
	if r.engine.api.isControl(r.session.conn(), sql) || strings.Contains(strings.ToUpper(sql), "TEMPORARY") {
		r.session.spoiled = true
	}
	if !strings.HasPrefix(sql, "INSERT ") {
		defer r.engine.heads.drop()
	}
	out, err := r.session.run(r.request.marked(), r.request.format, r.request.params)
	if err != nil {
		r.session.spoiled = true
		return nil, err
	}
	if len(out) == 0 {
		return nil, nil
	}
	return io.NopCloser(bytes.NewReader(out)), nil
}

func frameFailure(err error) []byte {
	const most = 15 << 10 // the driver keeps the last 16 KiB
	text := err.Error()
	text = text[:min(len(text), most)]
	return fmt.Appendf(nil, "\r\n__exception__\r\n%s\r\n%s\n%d %s\r\n__exception__\r\n", exceptionTag, text, len(text)+1, exceptionTag)
}
