package server

import (
	"context"
	"net/http"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// Engine is what main knows of the database and hands over, so that nothing here depends on which one it is.
type Engine struct {
	// Open opens the record; socket is where this process will answer others, empty for nowhere.
	Open func(ctx context.Context, cfg Config, socket string) (*ledger.Ledger, func() error, error)
	// Connect opens the database alone, which may hold no record yet.
	Connect func(ctx context.Context, cfg Config) (driver.Conn, func() error, error)
	// Scratch opens an empty database beside the record, which is dropped in the end.
	Scratch func(ctx context.Context, cfg Config) (driver.Conn, func() error, error)
	// Reader answers the ClickHouse HTTP interface from the embedded engine, for who has the token, from some tables alone.
	Reader func(ctx context.Context, cfg Config, token string, tables []string) (http.Handler, func() error, error)
	// Lock keeps other processes out of a folder whose engine is not running.
	Lock func(dir string) (release func() error, err error)
	// Holder tells where the process that has a folder open answers; false when nobody has it open.
	Holder func(dir string) (socket string, held bool)
	// Explain gives a failure of the engine its sentence, or gives the error back.
	Explain func(error) error
}

func (e Engine) explain(err error) error {
	if e.Explain == nil {
		return err
	}
	return e.Explain(err)
}
