package clickhouse

import (
	"context"
	"errors"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// scratchSuffix ends the name of the database beside the record in which backups are tried.
const scratchSuffix = "_scratch"

// Scratch opens an empty database beside the record's, dropped by the returned function; what a killed process left of it is
// dropped first. There is one at a time.
func Scratch(ctx context.Context, cfg Config) (driver.Conn, func() error, error) {
	if cfg.Database == "" {
		cfg.Database = defaultDatabase
		if cfg.DSN != "" {
			options, err := serverOptions(cfg)
			if err != nil {
				return nil, nil, err
			}
			cfg.Database = options.Auth.Database
		}
	}
	cfg.Database += scratchSuffix
	drop := func(conn driver.Conn) error {
		return conn.Exec(context.WithoutCancel(ctx), "DROP DATABASE IF EXISTS "+quoteIdentifier(cfg.Database)+" SYNC")
	}
	conn, done, err := Open(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	if err := errors.Join(drop(conn), done()); err != nil {
		return nil, nil, startError(err)
	}
	if conn, done, err = Open(ctx, cfg); err != nil {
		return nil, nil, err
	}
	return conn, func() error { return errors.Join(drop(conn), done()) }, nil
}

// Lock keeps other processes out of a data folder that this one works on without the engine.
func Lock(dir string) (release func() error, err error) {
	if dir, err = prepareFolder(dir); err != nil {
		return nil, err
	}
	lock, err := lockFolder(dir, "")
	if err != nil {
		return nil, folderError(dir, err)
	}
	return lock.release, nil
}
