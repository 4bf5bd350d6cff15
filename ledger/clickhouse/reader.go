package clickhouse

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/ch-go/compress"
)

// ReaderUser is the one user that the HTTP interface knows; it reads and does nothing else.
const ReaderUser = "bi"

// ReaderOptions say who may read what of the embedded engine over HTTP, and how much.
type ReaderOptions struct {
	Token  string   // asked of every request
	Tables []string // tables and parameterised views of the record's database that may be read
	Rows   int      // greatest result; default 1,000,000
	Time   time.Duration
	Memory int64 // bytes of one statement
	// AtOnce bounds the statements at a time, so that pages keep connections of their own.
	AtOnce int
}

func (o ReaderOptions) withDefaults() ReaderOptions {
	if o.Rows == 0 {
		o.Rows = 1_000_000
	}
	if o.Time == 0 {
		o.Time = 30 * time.Second
	}
	if o.Memory == 0 {
		o.Memory = 1 << 30
	}
	if o.AtOnce == 0 {
		o.AtOnce = 2
	}
	return o
}

// settings of every statement: readonly keeps them as they are.
func (o ReaderOptions) settings() map[string]string {
	return map[string]string{
		"readonly": "1", "max_execution_time": strconv.Itoa(int(max(1, o.Time.Seconds()))), "max_memory_usage": strconv.FormatInt(o.Memory, 10),
		"max_result_rows": strconv.Itoa(o.Rows), "result_overflow_mode": "throw", "max_result_bytes": strconv.FormatInt(o.Memory/4, 10), "max_threads": "2",
	}
}

// reader answers the ClickHouse HTTP interface, for tools that draw charts, from the engine in this process.
type reader struct {
	engine   *engine
	database string
	opt      ReaderOptions
	allow    *allowed
	slots    chan struct{}
}

// NewReader gives a handler of the ClickHouse HTTP interface over the embedded engine, and the function that lets the engine go.
func NewReader(ctx context.Context, cfg Config, o ReaderOptions) (http.Handler, func() error, error) {
	cfg = cfg.withDefaults()
	if cfg.Database == "" {
		cfg.Database = defaultDatabase
	}
	e, err := acquireEngine(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	o = o.withDefaults()
	r := &reader{engine: e, database: cfg.Database, opt: o, slots: make(chan struct{}, o.AtOnce)}
	if r.allow, err = e.allowed(ctx, cfg.Database, o.Tables); err != nil {
		_ = e.release()
		return nil, nil, startError(err)
	}
	return r, e.release, nil
}

// mostText bounds a statement.
const mostText = 256 << 10

// ServeHTTP implements http.Handler.
func (r *reader) ServeHTTP(w http.ResponseWriter, from *http.Request) {
	w.Header().Set("X-ClickHouse-Server-Display-Name", "taizhang")
	w.Header().Set("X-ClickHouse-Timezone", r.engine.timezone)
	if from.URL.Path == "/ping" {
		_, _ = io.WriteString(w, "Ok.\n")
		return
	}
	if err := r.answer(w, from); err != nil {
		r.refuse(w, err, from.URL.Query().Get("compress") == "1")
	}
}

// refuse tells the engine's sentence, or ours in its form; packed where the client unpacks whatever comes.
func (r *reader) refuse(w http.ResponseWriter, err error, packed bool) {
	failure, known := errors.AsType[engineFailure](err)
	if !known {
		failure = newFailure(1002, "UNKNOWN_EXCEPTION", "the statement could not be run")
	}
	w.Header().Set("X-ClickHouse-Exception-Code", strconv.Itoa(int(failure.code())))
	w.Header().Set("Content-Type", "text/plain; charset=UTF-8")
	status := http.StatusInternalServerError
	if failure.code() == codeAuthentication {
		w.Header().Set("WWW-Authenticate", `Basic realm="taizhang"`)
		status = http.StatusUnauthorized
	}
	w.WriteHeader(status)
	said := []byte(string(failure) + "\n")
	if pack := compress.NewWriter(0, compress.LZ4); packed && pack.Compress(said) == nil {
		said = pack.Data
	}
	_, _ = w.Write(said)
}

const (
	codeAuthentication = 516
	codeReadonly       = 164
)

func refused(why string) error { return newFailure(codeReadonly, "READONLY", why) }

func (r *reader) answer(w http.ResponseWriter, from *http.Request) error {
	if !r.knows(from) {
		return newFailure(codeAuthentication, "AUTHENTICATION_FAILED", "user or token is wrong")
	}
	asked, packed, err := r.asked(from)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(from.Context(), r.opt.Time+5*time.Second)
	defer cancel()
	if asked.sql == helloQuery && asked.format == "Native" {
		body, err := r.engine.hello(from.URL.Query().Get("client_protocol_version"))
		if err != nil {
			return err
		}
		return send(w, asked, body, packed)
	}
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-ctx.Done():
		return newFailure(202, "TOO_MANY_SIMULTANEOUS_QUERIES", "other statements are being run")
	}
	if err := r.engine.check(ctx, r.allow, asked); err != nil {
		return err
	}
	body, err := r.run(ctx, asked)
	if err != nil {
		return err
	}
	return send(w, asked, body, packed)
}

// knows compares user and token, wherever the clients of ClickHouse put them.
func (r *reader) knows(from *http.Request) bool {
	user, token, basic := from.BasicAuth()
	if !basic {
		user, token = from.Header.Get("X-ClickHouse-User"), from.Header.Get("X-ClickHouse-Key")
	}
	if bearer, found := strings.CutPrefix(from.Header.Get("Authorization"), "Bearer "); found {
		user, token = ReaderUser, bearer
	}
	// Not in the address, which proxies and browsers keep.
	return r.opt.Token != "" && user == ReaderUser && subtle.ConstantTimeCompare([]byte(token), []byte(r.opt.Token)) == 1
}

// ownWords are words of an address that are no settings, or that change nothing here.
var ownWords = map[string]bool{
	"query": true, "database": true, "default_format": true, "client_protocol_version": true, "query_id": true, "session_id": true, "session_timeout": true,
	"session_check": true, "compress": true, "network_compression_method": true, "decompress": true, "wait_end_of_query": true, "buffer_size": true, "send_progress_in_http_headers": true,
	"http_headers_progress_interval_ms": true, "enable_http_compression": true, "http_write_exception_in_output_format": true, "log_comment": true,
	"quota_key": true, "client_name": true, "user": true, "password": true,
}

// asked takes a statement out of its HTTP form; settings are refused but for how results are written.
func (r *reader) asked(from *http.Request) (asked request, packed bool, err error) {
	values := from.URL.Query()
	body, err := io.ReadAll(io.LimitReader(from.Body, mostText+1))
	if err != nil {
		return asked, false, newFailure(210, "NETWORK_ERROR", "the statement did not arrive whole")
	}
	sql := strings.TrimSpace(values.Get("query") + "\n" + string(body))
	if sql == "" || len(sql) > mostText {
		return asked, false, newFailure(62, "SYNTAX_ERROR", "no statement, or one that is too long")
	}
	asked = request{id: newStatementID(values.Get("query_id")), sql: strings.TrimRight(sql, "; \t\r\n"), database: r.database,
		format: firstOf(values.Get("default_format"), from.Header.Get("X-ClickHouse-Format"), "TabSeparated"), settings: r.opt.settings()}
	if m := formatClause.FindStringSubmatch(asked.sql); m != nil {
		asked.format = m[1]
		asked.sql = formatClause.ReplaceAllString(asked.sql, "")
	}
	if values.Has("password") {
		return asked, false, newFailure(codeAuthentication, "AUTHENTICATION_FAILED", "the token does not belong into the address")
	}
	for name := range values {
		value := values.Get(name)
		switch parameterName, isParameter := strings.CutPrefix(name, "param_"); {
		case isParameter:
			asked.params = append(asked.params, parameter{parameterName, value})
		case strings.HasPrefix(name, "output_format_"), name == "date_time_output_format", name == "session_timezone":
			asked.settings[name] = value
		case bounds[name] && narrows(value):
			// Drivers send the time their caller has left: less than ours is taken, more is not given.
			asked.settings[name] = lesser(asked.settings[name], value)
		case ownWords[name]:
		default:
			return asked, false, refused(fmt.Sprintf("Cannot modify '%s' setting in readonly mode", name))
		}
	}
	return asked, values.Get("compress") == "1", nil
}

// bounds are settings that a client may make narrower.
var bounds = map[string]bool{"max_execution_time": true, "max_result_rows": true}

func narrows(value string) bool {
	n, err := strconv.ParseFloat(value, 64)
	return err == nil && n >= 1
}

func lesser(ours, theirs string) string {
	a, _ := strconv.ParseFloat(ours, 64)
	b, _ := strconv.ParseFloat(theirs, 64)
	return strconv.Itoa(int(min(a, b)))
}

func firstOf(list ...string) string {
	for _, one := range list {
		if one != "" {
			return one
		}
	}
	return ""
}

// run streams Native blocks; other formats have heads and feet, so they are made whole, which the limits bound.
func (r *reader) run(ctx context.Context, asked request) (io.ReadCloser, error) {
	if asked.format == "Native" {
		return r.engine.stream(ctx, asked)
	}
	s, err := r.engine.pool.acquire(ctx, asked.database, asked.settings)
	if err != nil {
		return nil, err
	}
	defer r.engine.pool.release(s)
	defer r.engine.killOnCancel(ctx, asked)()
	out, err := s.run(asked.marked(), asked.format, asked.params)
	s.spoiled = s.spoiled || err != nil
	if err != nil {
		return nil, err
	}
	return io.NopCloser(strings.NewReader(string(out))), nil
}

// packedBlock is how much is compressed at a time.
const packedBlock = 1 << 20

// send writes the result, compressed as ClickHouse's own clients want it when they ask.
func send(w http.ResponseWriter, asked request, body io.ReadCloser, packed bool) error {
	head := w.Header()
	head.Set("Content-Type", contentType(asked.format))
	head.Set("X-ClickHouse-Format", asked.format)
	head.Set("X-ClickHouse-Query-Id", asked.id)
	head.Set("X-Clickhouse-Exception-Tag", exceptionTag)
	if body == nil {
		return nil
	}
	defer body.Close()
	if !packed {
		_, _ = io.Copy(w, body) // an error in the middle stands in the body already
		return nil
	}
	pack, buffer := compress.NewWriter(0, compress.LZ4), make([]byte, packedBlock)
	for {
		n, err := io.ReadFull(body, buffer)
		if n > 0 {
			if packing := pack.Compress(buffer[:n]); packing != nil {
				return packing
			}
			if _, writing := w.Write(pack.Data); writing != nil {
				return nil
			}
		}
		if err != nil {
			return nil
		}
	}
}

func contentType(format string) string {
	switch {
	case strings.HasPrefix(format, "JSONEachRow"), format == "JSONLines", format == "NDJSON":
		return "application/x-ndjson; charset=UTF-8"
	case strings.HasPrefix(format, "JSON"):
		return "application/json; charset=UTF-8"
	case strings.HasPrefix(format, "CSV"):
		return "text/csv; charset=UTF-8; header=absent"
	case strings.HasPrefix(format, "TabSeparated"), strings.HasPrefix(format, "TSV"):
		return "text/tab-separated-values; charset=UTF-8"
	case strings.HasPrefix(format, "Pretty"), format == "Vertical", format == "Markdown":
		return "text/plain; charset=UTF-8"
	}
	return "application/octet-stream"
}
