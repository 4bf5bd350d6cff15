package server

import (
	"errors"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// numberTries is how often the next free number is taken when others take it at the same moment.
const numberTries = 50

// addAction makes a new item of a running meeting, under the next free number of the year.
func (a *app) addAction(c *fiber.Ctx) error {
	r, err := a.runningMeeting(c)
	if err != nil {
		return err
	}
	status := ledger.ActionIssued
	if c.FormValue("waiting") != "" {
		status = ledger.ActionWaiting
	}
	proposer := c.FormValue("proposer")
	if proposer == "" {
		proposer = r.by
	}
	// An item made while a meeting is prepared is handed out on that day: what has happened is never dated ahead.
	texts := map[string]string{"meeting_date": r.day.Format(time.DateOnly), "status": status, "proposer": proposer}
	for _, name := range []string{"item", "project", "owner", "section", "due"} {
		texts[name] = c.FormValue(name)
	}
	if status == ledger.ActionIssued && (texts["owner"] == "" || texts["due"] == "") {
		return ledger.Fail(ledger.Invalid, text.T("meeting.action.issue"))
	}
	if err := a.putOnRecord(c, r); err != nil {
		return err
	}
	number, err := a.numbered(c, typed{dataset: ledger.Actions, texts: texts, day: r.day, by: r.by, comment: cutReason(c.FormValue("comment"))}, r.Date.Time().Year())
	if err != nil {
		return err
	}
	if wantsJSON(c) {
		return c.Status(fiber.StatusCreated).JSON(fiber.Map{"number": number, "page": actionPath(number)})
	}
	return c.Redirect(address("/meeting", map[string][]string{"date": {r.Date.String()}, "action": {number}})+"#card-meeting_actions", fiber.StatusSeeOther)
}

// numbered saves a new item under the next number that nobody has taken: the record refuses a number that stands, and then the
// one after is tried.
func (a *app) numbered(c *fiber.Ctx, t typed, year int) (string, error) {
	last, err := a.analytics.LastActionNumber(c.UserContext(), a.record(c).Area(), year)
	if err != nil {
		return "", err
	}
	for try := range uint64(numberTries) {
		number := analytics.ActionNumber(year, last+1+try)
		t.texts["number"] = number
		_, err = a.saveTyped(c, t)
		var clash *ledger.Clash
		if !errors.As(err, &clash) {
			return number, err
		}
	}
	return "", err
}

// moved are the fields that a step may say something in.
var moved = []string{"reporter", "confirmer", "result", "evidence", "done_percent", "shortfall", "return_reason", "reopen_reason", "owner", "due"}

// moveAction takes an item one step on; what stands in the way is said on the item's page, with everything typed still there.
func (a *app) moveAction(c *fiber.Ctx) error {
	q, err := a.liveQuestion(c)
	if err != nil {
		return err
	}
	ans, err := a.analytics.Action(c.UserContext(), q, param(c, "number"))
	if err != nil {
		return err
	}
	move, ok := ledger.Actions.Flow.Move(ans.Status, c.FormValue("move"))
	if !ok {
		return ledger.Fail(ledger.Conflict, text.T("meeting.action.moved_on", ans.Number, ans.Status))
	}
	day, err := stepDay(c.FormValue("day"), q)
	if err != nil {
		return err
	}
	by := who(c, c.FormValue("by"))
	rememberWho(c, c.FormValue("by"))
	err = a.step(c, ans, move, day, by)
	if err == nil {
		return answerDone(c, orWord(backAddress(c.FormValue("back")), actionPath(ans.Number)))
	}
	return a.refuseStep(c, err, func(said *text.Message) error { return a.renderAction(c, q, ans, said) })
}

// step saves one step of an item.
func (a *app) step(c *fiber.Ctx, ans *analytics.ActionAnswer, move ledger.Move, day analytics.Date, by string) error {
	texts := map[string]string{"status": move.To}
	for _, name := range moved {
		if v := c.FormValue(name); v != "" {
			texts[name] = v
		}
	}
	switch move.ID {
	case "report":
		if texts["reporter"] == "" {
			texts["reporter"] = by
		}
		if texts["done_percent"] == "" {
			texts["done_percent"] = "100"
		}
	case "confirm":
		if texts["confirmer"] == "" {
			texts["confirmer"] = by
		}
		texts["closed_on"] = day.String()
	case "reopen":
		texts["closed_on"], texts["confirmer"] = "", ""
	}
	if err := a.hasCome(day); err != nil {
		return err
	}
	if ans.MeetingDate.After(day) {
		return ledger.Fail(ledger.Invalid, text.T("meeting.action.before", day.String(), ans.MeetingDate.String()))
	}
	saved, err := a.saveTyped(c, typed{dataset: ledger.Actions, version: orWord(c.FormValue("version"), ans.ActionLine.Version), texts: texts, day: day.Time(), by: by, comment: cutReason(c.FormValue("comment"))})
	if err != nil {
		return fmt.Errorf("%s %s: %w", ans.Number, move.ID, err)
	}
	return unshadowed(saved)
}
