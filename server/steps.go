package server

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// stepDay is the day of a step of something that goes step by step (an action item, a case, a finding) as a form says it, else the record's.
func stepDay(word string, q analytics.Question) (analytics.Date, error) {
	day, err := dateWord("day", word)
	if err == nil && !day.Known() {
		day = analytics.DateOf(q.Clock.Asof)
	}
	return day, err
}

// hasCome refuses a day that lies ahead: what has happened is never dated there.
func (a *app) hasCome(day analytics.Date) error {
	if today := ledger.Today(a.ledger.Now()); day.Time().After(today) {
		return ledger.Fail(ledger.Invalid, text.T("save.future_day", day.String(), today.Format(time.DateOnly)))
	}
	return nil
}

// unshadowed refuses a step that nobody would see, since a row of a later day stands.
func unshadowed(saved ledger.Saved) error {
	if saved.Batch != nil && len(saved.Entries) > 0 && saved.Entries[0].Shadowed != nil {
		return ledger.Fail(ledger.Conflict, text.T("meeting.action.shadowed", saved.Entries[0].Shadowed.Format(time.DateOnly)))
	}
	return nil
}

// refuseStep says on the thing's page why a step was not saved, with everything typed still there. To a program it is the error, and a step over a
// version that stands no more is 409 with both.
func (a *app) refuseStep(c *fiber.Ctx, err error, show func(said *text.Message) error) error {
	var clash *ledger.Clash
	if wantsJSON(c) || errors.As(err, &clash) {
		return err
	}
	e, status := a.failure(err)
	if status >= fiber.StatusInternalServerError {
		return err
	}
	c.Status(status)
	return show(&e.Message)
}
