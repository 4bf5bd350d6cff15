package server

import (
	"context"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// asked is a question as a person wrote it, in an address or on the command line.
type asked struct {
	Asof  string `json:"asof,omitempty"`
	Known string `json:"known,omitempty"`
	Year  string `json:"year,omitempty"`
	Basis string `json:"basis,omitempty"`

	Baseline string `json:"baseline,omitempty"`

	Month    string `json:"month,omitempty"` // 4 or 2016-04
	Building string `json:"building,omitempty"`
	Industry string `json:"industry,omitempty"`
}

// question reads ?asof=, ?known=, ?year=, ?basis=, ?baseline=, ?month=, ?building= and ?industry=: the one place where a page's question is read.
func (a *app) question(c *fiber.Ctx) (analytics.Question, error) {
	return ask(c.UserContext(), a.record(c), asked{Asof: c.Query("asof"), Known: c.Query("known"), Year: c.Query("year"), Basis: c.Query("basis"),
		Baseline: c.Query("baseline"), Month: c.Query("month"), Building: c.Query("building"), Industry: c.Query("industry")})
}

// liveQuestion is the question of a form that writes: one that stands at another day or moment is refused.
func (a *app) liveQuestion(c *fiber.Ctx) (analytics.Question, error) {
	q, err := a.question(c)
	if err == nil && !q.Clock.Live {
		err = ledger.Fail(ledger.Refused, text.T("record.frozen"))
	}
	return q, err
}

// ask turns the words of a question into clocks and a year.
func ask(ctx context.Context, l *ledger.Ledger, words asked) (analytics.Question, error) {
	clock, err := l.Clock(ctx, words.Asof, words.Known)
	if err != nil {
		return analytics.Question{}, err
	}
	q := analytics.Question{Clock: clock, Basis: words.Basis, Baseline: words.Baseline, Building: words.Building, Industry: words.Industry}
	if year, month, whole := strings.Cut(words.Month, "-"); whole {
		if words.Year != "" && words.Year != year {
			return analytics.Question{}, ledger.Fail(ledger.Invalid, text.T("error.bad_month", words.Month))
		}
		words.Year, words.Month = year, month
	}
	if words.Month != "" {
		if q.Month, err = strconv.Atoi(words.Month); err != nil || q.Month < 1 || q.Month > 12 {
			return analytics.Question{}, ledger.Fail(ledger.Invalid, text.T("error.bad_month", words.Month))
		}
	}
	if words.Year == "" {
		return q, nil
	}
	q.Year, err = strconv.Atoi(words.Year)
	if err != nil || q.Year < 1990 || q.Year > 2100 {
		return analytics.Question{}, ledger.Fail(ledger.Invalid, text.T("error.bad_year", words.Year))
	}
	return q, nil
}
