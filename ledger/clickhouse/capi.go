package clickhouse

import (
	"fmt"
	"sync"

	"github.com/ebitengine/purego"
)

// statementCall is the signature shared by the library's query, streaming query and streaming insert.
type statementCall func(conn uintptr, sql *byte, sqlLen uint64, format *byte, formatLen uint64,
	names **byte, nameLens *uint64, values **byte, valueLens *uint64, count uint64) uintptr

// capi is the part of libchdb's C interface that the package calls; every field is bound once, at load.
type capi struct {
	version           func() string
	classify          func(conn uintptr, sql *byte, sqlLen uint64, database *byte, databaseLen uint64, analysis *queryAnalysis) int32
	setSignalHandlers func(enabled int32)
	connect           func(argc int32, argv **byte) *uintptr
	closeConn         func(conn *uintptr)

	query         statementCall
	streamQuery   statementCall
	streamFetch   func(conn, stream uintptr) uintptr
	streamCancel  func(conn, stream uintptr)
	destroyResult func(result uintptr)

	resultBuffer      func(result uintptr) *byte
	resultLength      func(result uintptr) uint64
	resultElapsed     func(result uintptr) float64
	resultRowsWritten func(result uintptr) uint64
	resultError       func(result uintptr) string

	insertBegin   statementCall
	insertAppend  func(stream uintptr, data *byte, length uint64) int32
	insertDone    func(stream uintptr) uintptr
	insertCancel  func(stream uintptr)
	insertError   func(stream uintptr) string
	insertDestroy func(stream uintptr)
}

var libraries struct {
	sync.Mutex
	loaded map[string]*capi
}

// loadCAPI binds the library at path once per process; libchdb cannot be unloaded.
func loadCAPI(path string) (api *capi, err error) {
	libraries.Lock()
	defer libraries.Unlock()
	if api := libraries.loaded[path]; api != nil {
		return api, nil
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s lacks a function this program needs: %v", path, p)
		}
	}()
	lib, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return nil, err
	}
	api = &capi{}
	for name, target := range api.symbols() {
		purego.RegisterLibFunc(target, lib, name)
	}
	// Before the first connect, or a nil dereference that Go recovers from hangs the process.
	api.setSignalHandlers(0)
	if libraries.loaded == nil {
		libraries.loaded = map[string]*capi{}
	}
	libraries.loaded[path] = api
	return api, nil
}

func (c *capi) symbols() map[string]any {
	return map[string]any{
		"chdb_version":                     &c.version,
		"chdb_set_signal_handlers_enabled": &c.setSignalHandlers,
		"chdb_classify_query_n":            &c.classify,
		"chdb_connect":                     &c.connect,
		"chdb_close_conn":                  &c.closeConn,
		"chdb_query_with_params_n":         &c.query,
		"chdb_stream_query_with_params_n":  &c.streamQuery,
		"chdb_stream_fetch_result":         &c.streamFetch,
		"chdb_stream_cancel_query":         &c.streamCancel,
		"chdb_destroy_query_result":        &c.destroyResult,
		"chdb_result_buffer":               &c.resultBuffer,
		"chdb_result_length":               &c.resultLength,
		"chdb_result_elapsed":              &c.resultElapsed,
		"chdb_result_rows_written":         &c.resultRowsWritten,
		"chdb_result_error":                &c.resultError,
		"chdb_stream_insert_with_params_n": &c.insertBegin,
		"chdb_stream_append":               &c.insertAppend,
		"chdb_stream_done":                 &c.insertDone,
		"chdb_stream_cancel_insert":        &c.insertCancel,
		"chdb_stream_insert_error":         &c.insertError,
		"chdb_destroy_insert_stream":       &c.insertDestroy,
	}
}
