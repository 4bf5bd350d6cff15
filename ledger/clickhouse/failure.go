package clickhouse

import (
	"fmt"
	"regexp"
	"strconv"
)

// engineFailure is the text of an exception as the engine writes it: "Code: 60. DB::Exception: ... (UNKNOWN_TABLE)".
type engineFailure string

var failureCode = regexp.MustCompile(`^Code: (\d+)\.`)

func (e engineFailure) Error() string { return string(e) }

func (e engineFailure) code() int32 {
	m := failureCode.FindStringSubmatch(string(e))
	if m == nil {
		return 0
	}
	code, _ := strconv.ParseInt(m[1], 10, 32)
	return int32(code)
}

// newFailure words a refusal of this package as the engine would, so that callers get the driver's typed exception.
func newFailure(code int, name, text string) engineFailure {
	return engineFailure(fmt.Sprintf("Code: %d. DB::Exception: %s (%s)", code, text, name))
}

// asFailure gives every engine text a code, because the driver makes no typed exception without one.
func asFailure(text string) engineFailure {
	if failureCode.MatchString(text) {
		return engineFailure(text)
	}
	return newFailure(1002, "UNKNOWN_EXCEPTION", text)
}
