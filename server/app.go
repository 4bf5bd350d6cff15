package server

import (
	"context"
	"log/slog"
	"net/netip"
	"os/user"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"

	"taizhang/analytics"
	"taizhang/internal/signon"
	"taizhang/ledger"
)

// app is the running program: the record, the questions over it and the pages.
type app struct {
	cfg       Config
	ledger    *ledger.Ledger
	analytics *analytics.Analytics
	uploads   *uploads
	shelf     *shelf
	queue     *queue
	keeper    *keeper
	metrics   *metrics
	streams   atomic.Int32  // pages that are told of a job as it goes on
	patience  time.Duration // how long a request waits for its job
	heartbeat time.Duration // between two signs of life to such a page
	// exportPatience is how long a request waits for its file.
	exportPatience time.Duration
	log            *slog.Logger
	engine         Engine
	answers        *answers
	exports        *exports
	badges         badges
	numbering      sync.Mutex // of new patrols
	warm           *warmer
	snapshots      *snapshots // nil without a folder for them
	marks          marks
	table          map[string]route // the routes that are asked for, by path, for links that lead there
	signing        signing
	accounts       func(context.Context) (map[string]ledger.Account, error) // who may sign in
	signOn         *signon.Service                                          // the unit's sign-in service; nil: none
	proxies        []netip.Prefix
	web            *fiber.App
}

// newApp builds the pages over an open record; close removes what it keeps outside of it.
func newApp(cfg Config, l *ledger.Ledger, engine Engine, log *slog.Logger) (*app, error) {
	rules, err := cfg.thresholds()
	if err != nil {
		return nil, err
	}
	kept, err := cfg.snapshots()
	if err != nil {
		return nil, err
	}
	proxies, err := cfg.trustedProxies()
	if err != nil {
		return nil, err
	}
	service, err := cfg.signOn()
	if err != nil {
		return nil, err
	}
	pending, err := newUploads(cfg.Uploads, cfg.UploadLimit)
	if err != nil {
		return nil, err
	}
	a := &app{cfg: cfg, ledger: l, analytics: analytics.New(l).With(rules), uploads: pending, shelf: &shelf{}, queue: newQueue(log),
		keeper: newKeeper(cfg, l, engine, log), patience: patience, heartbeat: heartbeat, log: log, engine: engine, answers: newAnswers(),
		exports: newExports(), exportPatience: exportPatience, snapshots: kept, proxies: proxies, signOn: service}
	a.metrics = newMetrics(a)
	a.queue.ended = func(kind string, state taskState) { a.metrics.imports.WithLabelValues(kind, string(state)).Inc() }
	a.marks, a.accounts = newMarks(a.answers.program), l.Accounts
	a.warm = newWarmer(a, cfg.WarmPages)
	a.build(a.routes())
	return a, nil
}

// build makes the router of a table of routes; what stands before every route is the same for each of them.
func (a *app) build(table []route) {
	a.web = fiber.New(fiber.Config{
		AppName:                      "taizhang",
		DisableStartupMessage:        true,
		Immutable:                    true,
		StrictRouting:                false,
		CaseSensitive:                true,
		ErrorHandler:                 a.answerError,
		EnableTrustedProxyCheck:      true, // without this Fiber believes anybody's X-Forwarded-Host
		TrustedProxies:               listOf(a.cfg.Proxies),
		StreamRequestBody:            true, // an upload is cut off at its limit while it arrives
		DisablePreParseMultipartForm: true,
		BodyLimit:                    smallBody,
		ReadTimeout:                  headTime,
		WriteTimeout:                 bodyTime,
		IdleTimeout:                  idleTime,
		Concurrency:                  mostConnections,
		ReadBufferSize:               16 << 10, // long Chinese addresses are three times as long when encoded
	})
	a.web.Server().HeaderReceived = timeForBody
	a.web.Use(endBody, a.tag, a.watch, recover.New(recover.Config{EnableStackTrace: true, StackTraceHandler: a.logPanic}), a.chooseFormat, a.chooseLang, a.guard, a.limitTime, a.identify, a.chooseArea)
	a.register(table)
}

// close ends the jobs and what the app keeps beside the record.
func (a *app) close() {
	a.warm.close()
	a.keeper.close()
	stop(a.queue.close)
	stop(a.exports.close)
	a.uploads.close()
}

// limitTime gives every request a deadline, so that a page nobody waits for does not hold the engine.
func (a *app) limitTime(c *fiber.Ctx) error {
	limit := a.cfg.AskLimit
	if c.Method() == fiber.MethodPost {
		limit = a.cfg.LoadLimit
	}
	whole := context.Background()
	if x := exporting(c); x != nil {
		whole, limit = x.ctx, a.cfg.LoadLimit // nobody waits for it with a browser
	} else if warming(c) != nil {
		whole = a.warm.ctx
	}
	ctx, cancel := context.WithTimeout(whole, limit)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}

// person names who acts where nobody signed in: the account the program runs under.
func person() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "local"
}
