package clickhouse

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	chgo "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

const defaultDatabase = "taizhang"

// Open connects to the embedded engine or the server that cfg names and creates its database when missing.
//
// It returns the connection pool and the function that closes it, waits for running statements and lets the folder go.
// Errors are of type *Error.
func Open(ctx context.Context, cfg Config) (driver.Conn, func() error, error) {
	cfg = cfg.withDefaults()
	if cfg.DSN != "" {
		return openServer(ctx, cfg)
	}
	return openEmbedded(ctx, cfg)
}

func openEmbedded(ctx context.Context, cfg Config) (driver.Conn, func() error, error) {
	if cfg.Database == "" {
		cfg.Database = defaultDatabase
	}
	eng, err := acquireEngine(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	conn, err := eng.open(ctx, cfg)
	if err != nil {
		_ = eng.release()
		return nil, nil, startError(err)
	}
	closeOnce := sync.OnceValue(func() error {
		_ = conn.Close()
		return eng.release()
	})
	return conn, closeOnce, nil
}

func (e *engine) open(ctx context.Context, cfg Config) (driver.Conn, error) {
	if _, err := e.query(ctx, "CREATE DATABASE IF NOT EXISTS "+quoteIdentifier(cfg.Database)); err != nil {
		return nil, err
	}
	return chgo.Open(&chgo.Options{
		Protocol:    chgo.HTTP,
		Addr:        []string{"embedded"},
		Auth:        chgo.Auth{Database: cfg.Database},
		Settings:    cfg.settings(),
		Compression: &chgo.Compression{Method: chgo.CompressionNone},
		// More than the engine's connections: a batch being filled and a result being read out of memory need none of them.
		MaxOpenConns:    64,
		MaxIdleConns:    16,
		ConnMaxLifetime: 10 * time.Minute, // lets the buffers of large batches go
		TransportFunc: func(*http.Transport) (http.RoundTripper, error) {
			return cfg.Through(&transport{engine: e}), nil
		},
	})
}

// quoteIdentifier makes a name safe to stand in SQL.
func quoteIdentifier(name string) string {
	return "`" + strings.NewReplacer("\\", "\\\\", "`", "\\`").Replace(name) + "`"
}

// quoteText makes a value safe to stand in SQL as a string.
func quoteText(value string) string {
	return "'" + strings.NewReplacer("\\", "\\\\", "'", "\\'").Replace(value) + "'"
}
