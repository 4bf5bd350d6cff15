package clickhouse

import (
	"bytes"
	"io"
	"strconv"

	chproto "github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2/lib/column"
	"github.com/ClickHouse/clickhouse-go/v2/lib/proto"
)

const helloQuery = "SELECT displayName(), version(), revision(), timezone()"

// hello answers the driver's first question itself: the driver decodes this one block at its own revision, and every later
// one at the revision told here, which has to be 0 because that is how libchdb writes Native.
func (e *engine) hello(clientRevision string) (io.ReadCloser, error) {
	revision, err := strconv.ParseUint(clientRevision, 10, 64)
	if err != nil {
		return nil, newFailure(27, "CANNOT_PARSE_INPUT_ASSERTION_FAILED", "client_protocol_version is not a number")
	}
	block := proto.Block{ServerContext: &column.ServerContext{}}
	for _, c := range []struct{ name, kind string }{
		{"displayName()", "String"}, {"version()", "String"}, {"revision()", "UInt32"}, {"timezone()", "String"},
	} {
		if err := block.AddColumn(c.name, column.Type(c.kind)); err != nil {
			return nil, err
		}
	}
	if err := block.Append("embedded", e.version, uint32(0), e.timezone); err != nil {
		return nil, err
	}
	var buffer chproto.Buffer
	if err := block.Encode(&buffer, revision); err != nil {
		return nil, err
	}
	return io.NopCloser(bytes.NewReader(buffer.Buf)), nil
}
