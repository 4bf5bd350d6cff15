package clickhouse

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// session is one connection to the engine. It runs one statement at a time and remembers what was set on it.
type session struct {
	api      *capi
	handle   *uintptr
	database string
	settings map[string]string
	spoiled  bool // not to be used again: the last statement failed or may have left something behind
}

func newSession(api *capi, path string) (*session, error) {
	handle := api.connectArguments([]string{"clickhouse", "--path=" + path, quietEngine})
	if handle == nil || *handle == 0 {
		return nil, newFailure(210, "NETWORK_ERROR", "the engine opened no further connection")
	}
	return &session{api: api, handle: handle, database: "default"}, nil
}

func (s *session) conn() uintptr { return *s.handle }

func (s *session) close() { s.api.closeConn(s.handle) }

// run executes a statement and returns its whole result in format.
func (s *session) run(sql, format string, params []parameter) ([]byte, error) {
	return s.api.takeResult(newStatement(sql, format, params).call(s.api.query, s.conn()))
}

// fits tells whether a request needs nothing set first.
func (s *session) fits(database string, settings map[string]string) bool {
	return s.database == database && maps.Equal(s.settings, settings)
}

// prepare makes database and settings those of the connection; settings of an earlier request return to their defaults.
func (s *session) prepare(database string, settings map[string]string) error {
	if change := settingsChange(s.settings, settings); change != "" {
		s.spoiled = true
		if _, err := s.run(change, "Null", nil); err != nil {
			return err
		}
		// Under readonly the connection could never be set back.
		_, locked := settings["readonly"]
		s.settings, s.spoiled = settings, locked
	}
	if s.database != database {
		if _, err := s.run("USE "+quoteIdentifier(database), "Null", nil); err != nil {
			return err
		}
		s.database = database
	}
	return nil
}

// settingsChange is the SET statement that leads from one set of settings to another, empty when they are equal.
func settingsChange(from, to map[string]string) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(from)) {
		if _, kept := to[name]; !kept {
			parts = append(parts, quoteIdentifier(name)+" = DEFAULT")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(to)) {
		if old, set := from[name]; !set || old != to[name] {
			parts = append(parts, fmt.Sprintf("%s = %s", quoteIdentifier(name), quoteText(to[name])))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "SET " + strings.Join(parts, ", ")
}
