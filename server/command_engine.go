package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"syscall"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// shortestToken is what a token must have at least: it is all that stands before the figures.
const shortestToken = 16

// readerTables are the tables that tools may read: the datasets, their as-of views, and what leads from a row to its file.
func readerTables() []string {
	list := []string{"batches", "sources", "problems"}
	for _, d := range ledger.All {
		list = append(list, d.Name, d.Name+"_at")
	}
	return list
}

// engineSettings declares where the ClickHouse HTTP interface for tools listens, and its token.
func (f *flags) engineSettings(cfg *Config) {
	f.setting(&cfg.EngineListen, "engine-listen")
	f.setting(&cfg.EngineTokenFile, "engine-token-file")
}

// engineToken reads the token from its file, or TAIZHANG_ENGINE_TOKEN; a command line would show it to everybody on the machine.
func (c Config) engineToken() (string, error) {
	token := os.Getenv("TAIZHANG_ENGINE_TOKEN")
	if c.EngineTokenFile != "" {
		body, err := os.ReadFile(c.EngineTokenFile)
		if err != nil {
			return "", &ledger.Error{Kind: ledger.Invalid, Message: text.T("engine.no_token_file", c.EngineTokenFile), Cause: err}
		}
		token = strings.TrimSpace(string(body))
	}
	if len(token) < shortestToken {
		return "", ledger.Fail(ledger.Refused, text.T("engine.no_token", shortestToken))
	}
	return token, nil
}

// engineServer is the interface for tools on its own address.
type engineServer struct {
	http     *http.Server
	listener net.Listener
	done     func() error
}

// openEngine listens on this machine alone; the record's engine is open in this process, or is opened.
func (p Program) openEngine(ctx context.Context, cfg Config) (*engineServer, error) {
	if cfg.ClickHouse != "" {
		return nil, ledger.Fail(ledger.Invalid, text.T("engine.server"))
	}
	token, err := cfg.engineToken()
	if err != nil {
		return nil, err
	}
	host, _, err := net.SplitHostPort(cfg.EngineListen)
	if err != nil {
		return nil, ledger.Fail(ledger.Invalid, text.T("command.bad_listen", cfg.EngineListen))
	}
	if at, err := netip.ParseAddr(host); err != nil || !at.Unmap().IsLoopback() {
		return nil, ledger.Fail(ledger.Refused, text.T("engine.not_loopback", cfg.EngineListen))
	}
	listener, err := net.Listen("tcp", cfg.EngineListen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, &ledger.Error{Kind: ledger.Invalid, Message: text.T("command.address_taken", cfg.EngineListen), Cause: err}
	}
	if err != nil {
		return nil, &ledger.Error{Kind: ledger.Invalid, Message: text.T("command.cannot_listen", cfg.EngineListen), Cause: err}
	}
	handler, done, err := p.Engine.Reader(ctx, cfg, token, readerTables())
	if err != nil {
		listener.Close()
		return nil, err
	}
	s := &engineServer{listener: listener, done: done, http: &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute}}
	return s, nil
}

func (s *engineServer) address() string { return "http://" + s.listener.Addr().String() + "/" }

// serve answers until close.
func (s *engineServer) serve() error {
	if err := s.http.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// close lets running statements end, then lets the engine go.
func (s *engineServer) close(ctx context.Context) error {
	if s.http.Shutdown(ctx) != nil {
		_ = s.http.Close()
	}
	_ = s.listener.Close()
	return s.done()
}

// engine serves the embedded engine's figures to tools, without the pages.
func (p Program) engine(ctx context.Context, args []string) (int, error) {
	cfg := DefaultConfig()
	f := newFlags("engine", &cfg)
	cfg.EngineListen = "127.0.0.1:8123"
	f.StringVar(&cfg.EngineListen, "listen", cfg.EngineListen, "")
	f.StringVar(&cfg.EngineTokenFile, "token-file", "", "")
	words, err := f.parse(&cfg, args)
	if err == nil && len(words) > 0 {
		err = ledger.Fail(ledger.Invalid, text.T("command.too_many_words", words[0]))
	}
	if err != nil {
		return exitWrong, err
	}
	// The record is opened first, which makes or upgrades its tables and views.
	_, done, err := p.Engine.Open(ctx, cfg, "")
	if err != nil {
		return exitWrong, err
	}
	s, err := p.openEngine(ctx, cfg)
	if err != nil {
		return exitWrong, errors.Join(err, done())
	}
	fmt.Fprintln(p.Out, text.T("engine.ready", s.address()).In(cfg.Lang))
	failed := make(chan error, 1)
	go func() { failed <- s.serve() }()
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	stop(func(ctx context.Context) { err = errors.Join(err, s.close(ctx)) })
	if err = errors.Join(err, done()); err != nil {
		return exitWrong, err
	}
	return exitDone, nil
}

// serveEngine answers tools beside the pages when an address for them is set.
func (p Program) serveEngine(ctx context.Context, cfg Config) (end func(context.Context) error, err error) {
	if cfg.EngineListen == "" {
		return func(context.Context) error { return nil }, nil
	}
	s, err := p.openEngine(ctx, cfg)
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(p.Out, text.T("engine.ready", s.address()).In(cfg.Lang))
	go func() { _ = s.serve() }()
	return s.close, nil
}
