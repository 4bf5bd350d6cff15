// Taizhang is the record of a sub-district office: one program that takes the
// office's spreadsheets in, keeps them append-only in ClickHouse and shows what
// they say. This file joins the database to the server and hands the command
// line over; what the commands are is in package server.
package main

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/internal/text"
	"taizhang/ledger"
	"taizhang/ledger/clickhouse"
	"taizhang/server"
)

func main() {
	// While a large file is loaded some blocks of it are live: the heap may grow by half of that before it is collected, not double.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends the program at once.
	context.AfterFunc(ctx, stop)
	program := server.Program{
		Engine:  server.Engine{Open: open, Connect: connect, Scratch: scratch, Reader: reader, Lock: clickhouse.Lock, Holder: holder, Explain: explain},
		Inspect: server.Inspector{Library: clickhouse.Library, FolderVersion: clickhouse.FolderVersion, Newer: clickhouse.Newer, Free: clickhouse.Free},
		Out:     os.Stdout,
		Err:     os.Stderr,
	}
	os.Exit(program.Run(ctx, os.Args[1:]))
}

// open opens the record in the embedded engine's folder or on a ClickHouse server.
func open(ctx context.Context, cfg server.Config, socket string) (*ledger.Ledger, func() error, error) {
	// A first run that is interrupted must not leave a half-made database behind.
	ctx = context.WithoutCancel(ctx)
	conn, done, err := clickhouse.Open(ctx, clickhouse.Config{Dir: cfg.Data, DSN: cfg.ClickHouse, Socket: socket})
	if err != nil {
		return nil, nil, explain(err)
	}
	l, err := ledger.New(ctx, conn, ledger.Options{Area: cfg.Area, Areas: cfg.AreaList(), Alone: cfg.ClickHouse == ""})
	if err != nil {
		_ = done()
		return nil, nil, explain(err)
	}
	return l, done, nil
}

func connect(ctx context.Context, cfg server.Config) (driver.Conn, func() error, error) {
	return clickhouse.Open(ctx, clickhouse.Config{Dir: cfg.Data, DSN: cfg.ClickHouse})
}

func scratch(ctx context.Context, cfg server.Config) (driver.Conn, func() error, error) {
	return clickhouse.Scratch(ctx, clickhouse.Config{Dir: cfg.Data, DSN: cfg.ClickHouse})
}

func reader(ctx context.Context, cfg server.Config, token string, tables []string) (http.Handler, func() error, error) {
	return clickhouse.NewReader(ctx, clickhouse.Config{Dir: cfg.Data}, clickhouse.ReaderOptions{Token: token, Tables: tables})
}

// holder tells where the process that has a folder open answers.
func holder(dir string) (socket string, held bool) {
	h, held, err := clickhouse.ReadHolder(dir)
	if err != nil {
		return "", false
	}
	return h.Socket, held
}

// explain gives a failure of the engine the sentence it has, in both languages.
func explain(err error) error {
	if own := (*ledger.Error)(nil); errors.As(err, &own) {
		return err
	}
	e, known := clickhouse.Explain(err)
	if !known {
		return err
	}
	return &ledger.Error{Kind: kindOf(e.Kind), Message: text.T("error.engine", e.MessageZh, e.Message), Cause: err}
}

// kindOf tells what a person can mend by asking otherwise from what is ours to mend.
func kindOf(kind clickhouse.Kind) ledger.ErrorKind {
	switch kind {
	case clickhouse.KindTimeout, clickhouse.KindMemory, clickhouse.KindCancelled:
		return ledger.Invalid
	case clickhouse.KindFolderLocked:
		return ledger.Conflict
	}
	return ledger.Internal
}
