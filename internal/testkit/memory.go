package testkit

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// memory stands between a record and the engine and answers a statement that was answered before with the same bytes: planning one of
// ours takes up to a third of a second, and tests ask the same ones in every format, language and role. It forgets as anything that may
// change the record begins and ends, so that its answers are those the engine would give. It is there with -short only; `make soak` has
// the engine answer every time.
type memory struct {
	mu      sync.Mutex
	answers map[string]answered
	bytes   int
	changes int // statements that may change something, begun or ended
}

// remembering is one of a record's connections, all of which have their memory in common.
type remembering struct {
	*memory
	next http.RoundTripper
}

// answered is what the engine said to a statement.
type answered struct {
	sql      string
	response http.Response
	body     []byte
}

// memoryBytes bounds what is remembered of one record.
const memoryBytes = 128 << 20

var (
	reads = regexp.MustCompile(`^(\s*--.*\n)*\s*(SELECT|WITH|DESC|DESCRIBE)\b`)
	// harmless are statements that change nothing and are asked anew each time.
	harmless = regexp.MustCompile(`^\s*(EXPLAIN|KILL|SHOW|EXISTS)\b`)
	// unsteady are statements whose answer may differ though nothing was written.
	unsteady = regexp.MustCompile(`(?i)\bsystem\.|\b(now|now64|today|rand\w*|generateUUID\w*)\(`)
	inserted = regexp.MustCompile("^\\s*INSERT INTO (?:TABLE )?`?(\\w+)`?")
)

// unseen are tables that no view reads: what is written into them changes the answers of statements that name them.
var unseen = []string{"accounts", "sessions", "audit"}

// remembers is what a record's connections go through.
func remembers() func(http.RoundTripper) http.RoundTripper {
	if !testing.Short() {
		return nil
	}
	m := &memory{answers: map[string]answered{}}
	return func(next http.RoundTripper) http.RoundTripper { return remembering{m, next} }
}

// RoundTrip answers from memory what is remembered.
func (m remembering) RoundTrip(r *http.Request) (*http.Response, error) {
	values := r.URL.Query()
	if sql := values.Get("query"); sql != "" {
		return m.change(r, sql)
	}
	body, err := readBody(r)
	if err != nil {
		return nil, err
	}
	sql := string(body)
	switch {
	case harmless.MatchString(sql), reads.MatchString(sql) && unsteady.MatchString(sql):
		return m.next.RoundTrip(r)
	case !reads.MatchString(sql):
		return m.change(r, sql)
	}
	key := statementKey(values, sql)
	m.mu.Lock()
	one, found := m.answers[key]
	before := m.changes
	m.mu.Unlock()
	if found {
		return one.again(r), nil
	}
	return m.ask(r, key, sql, before)
}

// ask has the engine answer and remembers it, unless something was written meanwhile.
func (m remembering) ask(r *http.Request, key, sql string, before int) (*http.Response, error) {
	response, err := m.next.RoundTrip(r)
	if err != nil || response.StatusCode != http.StatusOK {
		return response, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	one := answered{sql, *response, body}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.changes == before && m.bytes+len(body) <= memoryBytes {
		m.answers[key] = one
		m.bytes += len(body)
	}
	return one.again(r), nil
}

// change passes on what may change the record and forgets what it may change, before it and after it.
func (m remembering) change(r *http.Request, sql string) (*http.Response, error) {
	m.forget(sql)
	defer m.forget(sql)
	return m.next.RoundTrip(r)
}

func (m *memory) forget(sql string) {
	table := ""
	if into := inserted.FindStringSubmatch(sql); into != nil && slices.Contains(unseen, into[1]) {
		table = into[1]
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.changes++
	for key, one := range m.answers {
		if strings.Contains(one.sql, table) {
			m.bytes -= len(one.body)
			delete(m.answers, key)
		}
	}
}

// again is the answer once more, for another request.
func (a answered) again(r *http.Request) *http.Response {
	response := a.response
	response.Body, response.Request = io.NopCloser(bytes.NewReader(a.body)), r
	return &response
}

// readBody reads a request's body, which can then be read again.
func readBody(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	body, err := io.ReadAll(r.Body)
	_ = r.Body.Close()
	r.Body = io.NopCloser(bytes.NewReader(body))
	return body, err
}

// statementKey names a statement with all that is bound and set, but for its own number and the time that was left for it.
func statementKey(values url.Values, sql string) string {
	values.Del("query_id")
	values.Del("max_execution_time")
	return values.Encode() + "\x00" + sql
}
