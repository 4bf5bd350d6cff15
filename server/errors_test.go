package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/access"
	"taizhang/internal/testkit"
	"taizhang/internal/text"
	"taizhang/ledger"
)

func TestFailuresBecomeAnswers(t *testing.T) {
	var log bytes.Buffer
	a, err := newApp(DefaultConfig(), testkit.Ledger(t), Engine{}, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	fail := func(err error) fiber.Handler { return func(*fiber.Ctx) error { return err } }
	cause := errors.New("the secret cause")
	a.register([]route{
		{Path: "/t/invalid", Needs: access.Open, Formats: "json", Handle: fail(ledger.Fail(ledger.Invalid, text.T("error.bad_year", "1")))},
		{Path: "/t/missing", Needs: access.Open, Formats: "json", Handle: fail(ledger.Fail(ledger.NotFound, text.T("error.batch_unknown", 7)))},
		{Path: "/t/conflict", Needs: access.Open, Formats: "json", Handle: fail(ledger.Fail(ledger.Conflict, text.T("error.batch_undone", 7)))},
		{Path: "/t/refused", Needs: access.Open, Formats: "json", Handle: fail(ledger.Fail(ledger.Refused, text.T("error.foreign_host")))},
		{Path: "/t/own", Needs: access.Open, Formats: "json", Handle: fail(cause)},
		{Path: "/t/panic", Needs: access.Open, Formats: "json", Handle: func(*fiber.Ctx) error { panic(cause) }},
	})
	for path, want := range map[string]int{"/t/invalid": 400, "/t/missing": 404, "/t/conflict": 409, "/t/refused": 403, "/t/own": 500, "/t/panic": 500, "/t/none": 404} {
		log.Reset()
		answer := call(t, a, http.MethodGet, path+".json?lang=en", nil)
		var body struct {
			Error struct{ Kind, Message, RequestID string }
		}
		if err := json.Unmarshal([]byte(answer.Text), &body); err != nil || answer.StatusCode != want || body.Error.Message == "" {
			t.Errorf("%s: %d %s %v", path, answer.StatusCode, answer.Text, err)
		}
		if strings.Contains(answer.Text, "secret") {
			t.Errorf("%s: the cause was told to the person: %s", path, answer.Text)
		}
		if id := answer.Header.Get("X-Request-Id"); !strings.Contains(answer.Text, id) || !strings.Contains(log.String(), id) {
			t.Errorf("%s: request %s is not named in both answer and log", path, id)
		}
		if path == "/t/own" && strings.Count(log.String(), "secret cause") != 1 {
			t.Errorf("the cause must be logged once: %s", log.String())
		}
		page := call(t, a, http.MethodGet, path, nil)
		if page.StatusCode != want || !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") || strings.Contains(page.Text, "secret") {
			t.Errorf("%s: page %d %s", path, page.StatusCode, page.Header.Get("Content-Type"))
		}
	}
}

func TestQuestionsAreChecked(t *testing.T) {
	a := testApp(t)
	for query, want := range map[string]int{"": 200, "asof=2016-06-20": 200, "known=2016-06-21T09:00": 200, "year=2015": 200,
		"asof=2016-13-01": 400, "asof=yesterday": 400, "known=now": 400, "year=15": 400, "year=x": 400} {
		if answer := call(t, a, http.MethodGet, "/imports.json?"+query, nil); answer.StatusCode != want {
			t.Errorf("%s: %d, want %d: %s", query, answer.StatusCode, want, answer.Text)
		}
	}
}

func TestNoRouteIsNamedTwice(t *testing.T) {
	a := testApp(t)
	names, paths := map[string]bool{}, map[string]bool{}
	for _, r := range a.routes() {
		if r.Name == "" || names[r.Name] || paths[r.Method+r.Path] {
			t.Errorf("%s %s %s stands twice or has no name", r.Method, r.Path, r.Name)
		}
		names[r.Name], paths[r.Method+r.Path] = true, true
	}
}
