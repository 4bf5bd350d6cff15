package server

import (
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// slowAnswer is from when on an answer is worth a line of the log by itself.
const slowAnswer = 2 * time.Second

// logSettings declares how the log is written, and who may read the metrics.
func (f *flags) logSettings(cfg *Config) {
	f.setting(&cfg.LogFormat, "log-format")
	f.setting(&cfg.LogLevel, "log-level")
	f.setting(&cfg.MetricsToken, "metrics-token")
}

// newLog writes lines of key=value, or of JSON.
func (c Config) newLog(to io.Writer) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return nil, ledger.Fail(ledger.Invalid, text.T("log.bad_level", c.LogLevel))
	}
	options := &slog.HandlerOptions{Level: level}
	switch c.LogFormat {
	case "text":
		return slog.New(slog.NewTextHandler(to, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(to, options)), nil
	}
	return nil, ledger.Fail(ledger.Invalid, text.T("log.bad_format", c.LogFormat))
}

// watch measures every request and writes its line: what changes something or was slow always, what only reads under debug. The
// question of an address is left out: it names people.
func (a *app) watch(c *fiber.Ctx) error {
	began := time.Now()
	// Answered here, so that the status is the one that is sent.
	if err := c.Next(); err != nil {
		if err := a.answerError(c, err); err != nil {
			return err
		}
	}
	if warming(c) != nil {
		return nil // nobody asked
	}
	took := time.Since(began)
	route, known := c.Locals(routeKey).(string)
	if !known {
		route = "none"
	}
	status := c.Response().StatusCode()
	method := strings.Clone(c.Method())
	a.metrics.count(route, method, status, took)
	level := slog.LevelDebug
	if method != fiber.MethodGet && method != fiber.MethodHead || took > slowAnswer {
		level = slog.LevelInfo
	}
	if a.log.Enabled(c.UserContext(), level) {
		a.log.Log(c.UserContext(), level, "request", "request", requestID(c), "method", method, "path", c.Path(), "route", route, "status", status,
			"ms", took.Milliseconds(), "bytes", len(c.Response().Body()))
	}
	return nil
}
