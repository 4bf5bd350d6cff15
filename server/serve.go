package server

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// stopPause is how long requests and commands may go on after the server was asked to stop.
const stopPause = 20 * time.Second

func (p Program) serve(ctx context.Context, args []string) (int, error) {
	cfg := DefaultConfig()
	f := newFlags("serve", &cfg)
	f.setting(&cfg.Listen, "listen")
	f.setting(&cfg.Samples, "samples")
	f.fonts(&cfg)
	f.snapshots(&cfg)
	f.number(&cfg.ExportRows, "export-rows")
	f.number(&cfg.ExportMiB, "export-mib")
	f.number(&cfg.Interpreters, "pictures")
	f.number(&cfg.WarmPages, "warm")
	f.backupSettings(&cfg)
	f.logSettings(&cfg)
	f.engineSettings(&cfg)
	f.accessSettings(&cfg)
	f.ssoSettings(&cfg)
	words, err := f.parse(&cfg, args)
	if err == nil && len(words) > 0 {
		err = ledger.Fail(ledger.Invalid, text.T("command.too_many_words", words[0]))
	}
	if err == nil {
		err = cfg.Validate()
	}
	if err != nil {
		return exitWrong, err
	}
	if err := assetsReady(); err != nil {
		return exitWrong, err
	}
	// Before the engine is started, so that a taken port is told at once.
	listener, err := listen(cfg)
	if err != nil {
		return exitWrong, err
	}
	defer listener.Close()
	socket := socketPath(cfg.embedded())
	l, done, err := p.Engine.Open(ctx, cfg, socket)
	if err != nil {
		return exitWrong, err
	}
	err = p.serveRecord(ctx, cfg, l, listener)
	if closing := done(); err == nil {
		err = closing
	}
	if err != nil {
		return exitWrong, err
	}
	return exitDone, nil
}

func listen(cfg Config) (net.Listener, error) {
	address, err := cfg.address()
	if err != nil {
		return nil, err
	}
	secured, err := cfg.certificate()
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, &ledger.Error{Kind: ledger.Invalid, Message: text.T("command.address_taken", address), Cause: err}
	}
	if err != nil {
		return nil, &ledger.Error{Kind: ledger.Invalid, Message: text.T("command.cannot_listen", address), Cause: err}
	}
	if secured != nil {
		return tls.NewListener(listener, secured), nil
	}
	return listener, nil
}

// serveRecord answers pages and commands over an open record until ctx ends.
func (p Program) serveRecord(ctx context.Context, cfg Config, l *ledger.Ledger, listener net.Listener) error {
	log, err := cfg.newLog(p.Err)
	if err != nil {
		return err
	}
	one := newReading()
	if path := socketPath(cfg.embedded()); path != "" {
		socket, err := listenSocket(path, l, p.Engine, log)
		if err != nil {
			// Pages work without it; commands will say that the folder is in use.
			log.Error("no socket for other commands", "cause", err)
		} else {
			one = socket.reading
			defer stop(socket.close)
		}
	}
	if err := p.letIn(ctx, cfg, l); err != nil {
		return err
	}
	if err := p.loadSamples(ctx, cfg, l); err != nil {
		return err
	}
	if dir := cfg.embedded(); dir != "" {
		cfg.Uploads = filepath.Join(dir, "uploads")
	}
	if err := l.MayBegin(ctx); err != nil {
		if e := ledger.AsError(err); e.Kind != ledger.Refused {
			return err
		}
		areas, err := l.Areas(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintln(p.Err, text.T("serve.new_area", l.Area(), strings.Join(areas[1:], "、")).In(cfg.Lang))
	}
	a, err := newApp(cfg, l, p.Engine, log)
	if err != nil {
		return err
	}
	defer a.close()
	a.uploads.reading = one
	a.keepBriefings()
	endEngine, err := p.serveEngine(ctx, cfg)
	if err != nil {
		return err
	}
	defer stop(func(ctx context.Context) {
		if err := endEngine(ctx); err != nil {
			log.Error("the interface for tools did not end well", "cause", err)
		}
	})
	a.keeper.schedule()
	a.warm.begin()
	go p.forgetDaily(ctx, cfg, l, log)
	failed := make(chan error, 1)
	go func() { failed <- a.web.Listener(listener) }()
	fmt.Fprintln(p.Out, text.T("serve.ready", cfg.scheme()+"://"+listener.Addr().String()+"/").In(cfg.Lang))
	notify("READY=1")
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	notify("STOPPING=1")
	fmt.Fprintln(p.Out, text.T("serve.stopping").In(cfg.Lang))
	a.queue.end() // jobs leave nothing half-loaded, and pages that are told of them do not hold the end up
	stop(func(ctx context.Context) {
		if err := a.web.ShutdownWithContext(ctx); err != nil {
			log.Error("requests were cut off", "cause", err)
		}
	})
	return nil
}

func stop(end func(context.Context)) {
	ctx, cancel := context.WithTimeout(context.Background(), stopPause)
	defer cancel()
	end(ctx)
}
