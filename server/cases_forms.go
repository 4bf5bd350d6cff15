package server

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// caseDays are the fields that hold the day of a step.
var caseDays = map[string]string{"accept": "accepted_on", "assign": "assigned_on", "refer": "assigned_on", "feed_back": "fed_back_on", "close": "closed_on"}

// caseStep is a step of a case on its way into the record.
type caseStep struct {
	question analytics.Question
	ans      *analytics.CaseAnswer
	day      analytics.Date
	by       string
	texts    map[string]string
}

// moveCase takes a case one step on; what stands in the way is said on its page, with everything typed still there.
func (a *app) moveCase(c *fiber.Ctx) error {
	s, err := a.caseStep(c)
	if err != nil {
		return err
	}
	move, ok := ledger.Cases.Flow.Move(s.ans.Status, c.FormValue("move"))
	if !ok {
		return ledger.Fail(ledger.Conflict, text.T("meeting.action.moved_on", s.ans.Number, s.ans.Status))
	}
	s.texts["status"] = move.To
	if field, dated := caseDays[move.ID]; dated {
		s.texts[field] = s.day.String()
	}
	for _, name := range move.Clears {
		s.texts[name] = ""
	}
	for _, name := range []string{"grid", "due", "unit", "reply", "send_back_reason", "reopen_reason"} {
		if v := c.FormValue(name); v != "" {
			s.texts[name] = v
		}
	}
	return a.answerStep(c, s, a.saveStep(c, s))
}

// postponeCase gives an open case more time, with a reason; the day it was due on is kept beside.
func (a *app) postponeCase(c *fiber.Ctx) error {
	s, err := a.caseStep(c)
	if err != nil {
		return err
	}
	until, err := dateWord("postponed_until", c.FormValue("postponed_until"))
	if err != nil {
		return err
	}
	reason := cutReason(c.FormValue("postpone_reason"))
	switch {
	case s.ans.Closed():
		err = ledger.Fail(ledger.Refused, text.T("case.postpone.closed", s.ans.Number, day(s.ans.ClosedOn)))
	case !until.Known() || reason == "":
		err = ledger.Fail(ledger.Invalid, text.T("case.postpone.needs"))
	case s.ans.Due.Known() && !until.After(s.ans.Due):
		err = ledger.Fail(ledger.Invalid, text.T("case.postpone.early", until.String(), s.ans.Due.String()))
	default:
		s.texts["postponed_until"], s.texts["postpone_reason"], s.texts["due"] = until.String(), reason, s.ans.Due.String()
		err = a.saveStep(c, s)
	}
	return a.answerStep(c, s, err)
}

// caseStep reads the case that a form was typed for, who typed it and for which day.
func (a *app) caseStep(c *fiber.Ctx) (caseStep, error) {
	q, err := a.liveQuestion(c)
	if err != nil {
		return caseStep{}, err
	}
	s := caseStep{question: q, texts: map[string]string{}, by: who(c, c.FormValue("by"))}
	if s.ans, err = a.analytics.Case(c.UserContext(), q, param(c, "number")); err != nil {
		return s, err
	}
	analytics.Hide(s.ans, visitorOf(c).Hides())
	rememberWho(c, c.FormValue("by"))
	s.day, err = stepDay(c.FormValue("day"), q)
	return s, err
}

// saveStep stores what a step changes over the version that the person saw.
func (a *app) saveStep(c *fiber.Ctx, s caseStep) error {
	if err := a.hasCome(s.day); err != nil {
		return err
	}
	saved, err := a.saveTyped(c, typed{dataset: ledger.Cases, version: orWord(c.FormValue("version"), s.ans.CaseLine.Version), texts: s.texts, day: s.day.Time(), by: s.by, comment: cutReason(c.FormValue("comment"))})
	if err != nil {
		return fmt.Errorf("%s: %w", s.ans.Number, err)
	}
	return unshadowed(saved)
}

// answerStep leads back to the case, or says on its page why nothing was stored. A step over a version that stands no more is 409.
func (a *app) answerStep(c *fiber.Ctx, s caseStep, err error) error {
	if err == nil {
		return answerDone(c, casePath(s.ans.Number))
	}
	return a.refuseStep(c, err, func(said *text.Message) error { return a.renderCase(c, s.question, s.ans, said) })
}
