package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"runtime/debug"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

const requestKey = "request"

// tag gives every request a number that the person sees and the log knows.
func (a *app) tag(c *fiber.Ctx) error {
	var id [6]byte
	_, _ = rand.Read(id[:])
	c.Locals(requestKey, hex.EncodeToString(id[:]))
	c.Set(fiber.HeaderXRequestID, requestID(c))
	return c.Next()
}

func requestID(c *fiber.Ctx) string {
	id, _ := c.Locals(requestKey).(string)
	return id
}

func (a *app) logPanic(c *fiber.Ctx, cause any) {
	a.log.Error("panic", "request", requestID(c), "path", c.Path(), "cause", cause, "stack", string(debug.Stack()))
}

// statusOf maps what went wrong to the status code that says so.
var statusOf = map[ledger.ErrorKind]int{
	ledger.Invalid:  fiber.StatusBadRequest,
	ledger.NotFound: fiber.StatusNotFound,
	ledger.Conflict: fiber.StatusConflict,
	ledger.Refused:  fiber.StatusForbidden,
	ledger.Internal: fiber.StatusInternalServerError,
}

// routerErrors are the router's own refusals in words for people.
var routerErrors = map[int]ledger.Error{
	fiber.StatusNotFound:              {Kind: ledger.NotFound, Message: text.T("error.no_page")},
	fiber.StatusMethodNotAllowed:      {Kind: ledger.Invalid, Message: text.T("error.no_method")},
	fiber.StatusRequestEntityTooLarge: {Kind: ledger.Invalid, Message: text.T("error.body_too_large")},
}

// failure turns any error into one with a sentence, and its status.
func (a *app) failure(err error) (*ledger.Error, int) {
	var e *ledger.Error
	var router *fiber.Error
	if errors.As(err, &router) {
		// A handler joins a status to its own sentence when the kind alone does not say it.
		if errors.As(err, &e) {
			return e, router.Code
		}
		if e, known := routerErrors[router.Code]; known {
			return &e, router.Code
		}
		if router.Code < 500 {
			return &ledger.Error{Kind: ledger.Invalid, Message: text.T("error.bad_request"), Cause: err}, router.Code
		}
	}
	if errors.As(err, &e) {
		return e, statusOf[e.Kind]
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return &ledger.Error{Kind: ledger.Internal, Message: text.T("error.too_slow"), Cause: err}, fiber.StatusServiceUnavailable
	}
	e = ledger.AsError(a.engine.explain(err))
	return e, statusOf[e.Kind]
}

// answerError is the one place where a failure becomes an answer; the cause goes to the log, once.
func (a *app) answerError(c *fiber.Ctx, err error) error {
	x := exporting(c)
	if x != nil && x.stop() != nil {
		err = x.stop() // whatever was cut off by it
	}
	e, status := a.failure(err)
	level := slog.LevelInfo
	if status >= 500 {
		level = slog.LevelError
	}
	a.log.Log(c.UserContext(), level, "request failed", "request", requestID(c), "method", c.Method(), "path", c.Path(),
		"status", status, "error", err.Error())
	c.Status(status)
	if x != nil {
		x.failed(e.Message)
	}
	message := e.Message.In(lang(c))
	if wantsJSON(c) {
		return c.JSON(errorAnswer{errorBody{string(e.Kind), message, requestID(c)}})
	}
	if a.renderError(c, status, message) == nil {
		return nil
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	return c.SendString(message + " [" + requestID(c) + "]\n")
}

func wantsJSON(c *fiber.Ctx) bool {
	if format(c) == "json" {
		return true
	}
	accept := c.Get(fiber.HeaderAccept)
	return strings.HasPrefix(accept, fiber.MIMEApplicationJSON)
}
