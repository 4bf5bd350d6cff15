package clickhouse

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// transport is the http.RoundTripper that clickhouse-go talks to in place of a server.
type transport struct{ engine *engine }

// request is what the driver asks for, taken out of its HTTP form.
type request struct {
	id       string
	sql      string
	format   string
	database string
	settings map[string]string
	params   []parameter
}

// RoundTrip runs one statement; the engine's refusals become status 500, which the driver turns into *clickhouse.Exception.
func (t *transport) RoundTrip(httpRequest *http.Request) (*http.Response, error) {
	body := httpRequest.Body
	if body == nil {
		body = http.NoBody
	}
	defer body.Close()
	ctx := httpRequest.Context()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out, err := t.serve(ctx, httpRequest, body)
	if err == nil {
		return newResponse(httpRequest, http.StatusOK, out), nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if failure, ok := errors.AsType[engineFailure](err); ok {
		return newResponse(httpRequest, http.StatusInternalServerError, io.NopCloser(strings.NewReader(string(failure)))), nil
	}
	return nil, err
}

// serve returns nil for a statement without a result.
func (t *transport) serve(ctx context.Context, httpRequest *http.Request, body io.Reader) (io.ReadCloser, error) {
	if strings.HasPrefix(httpRequest.Header.Get("Content-Type"), "multipart/") {
		return nil, newFailure(48, "NOT_IMPLEMENTED", "the embedded engine takes no external tables")
	}
	values := httpRequest.URL.Query()
	r, err := newRequest(values)
	if err != nil {
		return nil, err
	}
	if r.sql != "" {
		return nil, t.engine.insert(ctx, r, body)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	r.sql = string(text)
	if r.sql == helloQuery {
		return t.engine.hello(values.Get("client_protocol_version"))
	}
	return t.engine.stream(ctx, r)
}

// notSettings are URL parameters of the HTTP interface itself; everything else is a setting, so that none is lost in silence.
var notSettings = map[string]bool{
	"database": true, "query": true, "query_id": true, "quota_key": true, "default_format": true,
	"client_protocol_version": true, "wait_end_of_query": true, "buffer_size": true,
}

func newRequest(values url.Values) (request, error) {
	r := request{
		id:       newStatementID(values.Get("query_id")),
		sql:      values.Get("query"),
		format:   values.Get("default_format"),
		database: values.Get("database"),
		settings: map[string]string{},
	}
	if r.database == "" {
		r.database = "default"
	}
	if r.format == "" {
		r.format = "Native"
	}
	for name := range values {
		switch parameterName, isParameter := strings.CutPrefix(name, "param_"); {
		case isParameter:
			r.params = append(r.params, parameter{parameterName, values.Get(name)})
		case name == "session_id":
			return r, newFailure(48, "NOT_IMPLEMENTED", "the embedded engine keeps no HTTP sessions")
		case !notSettings[name]:
			r.settings[name] = values.Get(name)
		}
	}
	return r, nil
}

func newResponse(httpRequest *http.Request, status int, body io.ReadCloser) *http.Response {
	length := int64(-1)
	if body == nil {
		body, length = http.NoBody, 0
	}
	return &http.Response{
		Status: http.StatusText(status), StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"X-Clickhouse-Exception-Tag": {exceptionTag}},
		Body:   body, ContentLength: length, Uncompressed: true, Request: httpRequest,
	}
}
