package clickhouse

import (
	"runtime"
	"unsafe"
)

// parameter is one bound query parameter; the value is in the engine's tab-separated escaping.
type parameter struct{ name, value string }

// statement holds a statement's texts pinned in memory for the length of one call into the library.
type statement struct {
	pins                runtime.Pinner
	sql, format         []byte
	names, values       []*byte
	nameLens, valueLens []uint64
}

func newStatement(sql, format string, params []parameter) *statement {
	s := &statement{sql: []byte(sql), format: []byte(format)}
	for _, p := range params {
		s.names = append(s.names, s.pin([]byte(p.name)))
		s.nameLens = append(s.nameLens, uint64(len(p.name)))
		s.values = append(s.values, s.pin([]byte(p.value)))
		s.valueLens = append(s.valueLens, uint64(len(p.value)))
	}
	return s
}

func (s *statement) pin(b []byte) *byte {
	b = append(b, 0) // never an empty slice, so there is always an address
	s.pins.Pin(&b[0])
	return &b[0]
}

// call runs one of the three entry points that share query's signature.
func (s *statement) call(entry statementCall, conn uintptr) uintptr {
	defer s.pins.Unpin()
	result := entry(conn,
		s.pin(s.sql), uint64(len(s.sql)), s.pin(s.format), uint64(len(s.format)),
		unsafe.SliceData(s.names), unsafe.SliceData(s.nameLens),
		unsafe.SliceData(s.values), unsafe.SliceData(s.valueLens), uint64(len(s.names)))
	runtime.KeepAlive(s)
	return result
}

// takeResult copies a result's error or buffer out of the library and frees it.
func (c *capi) takeResult(result uintptr) ([]byte, error) {
	if result == 0 {
		return nil, asFailure("the engine returned no result")
	}
	defer c.destroyResult(result)
	if text := c.resultError(result); text != "" {
		return nil, asFailure(text)
	}
	n := c.resultLength(result)
	if n == 0 {
		return nil, nil
	}
	return append([]byte(nil), unsafe.Slice(c.resultBuffer(result), n)...), nil
}

// queryAnalysis is the library's chdb_query_analysis_v1.
type queryAnalysis struct{ size, _, _, class uint32 }

// classControl is the library's class of SET, USE, SYSTEM, ATTACH, BACKUP and their like.
const classControl = 3

// isControl tells whether a statement may leave something behind in its connection.
func (c *capi) isControl(conn uintptr, sql string) bool {
	text := append([]byte(sql), 0)
	analysis := queryAnalysis{size: uint32(unsafe.Sizeof(queryAnalysis{}))}
	state := c.classify(conn, &text[0], uint64(len(sql)), nil, 0, &analysis)
	return state != 0 || analysis.class >= classControl
}

// connectArguments runs chdb_connect; nil means the engine refused.
func (c *capi) connectArguments(arguments []string) *uintptr {
	var pins runtime.Pinner
	defer pins.Unpin()
	argv := make([]*byte, len(arguments))
	for i, a := range arguments {
		text := append([]byte(a), 0)
		pins.Pin(&text[0])
		argv[i] = &text[0]
	}
	return c.connect(int32(len(argv)), unsafe.SliceData(argv))
}
