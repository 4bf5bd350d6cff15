package server

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/ingest"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// running is the meeting that a form belongs to: one that is not closed, asked for under no clock of a person's own.
type running struct {
	analytics.Meeting
	question analytics.Question
	day      time.Time // the day that what is saved speaks of: the meeting's, or today before it comes
	by       string
}

// runningMeeting reads which meeting a form was typed for. A closed one takes no more.
func (a *app) runningMeeting(c *fiber.Ctx) (running, error) {
	r, err := a.meetingOf(c)
	if err == nil && r.Status == ledger.MeetingClosed {
		err = ledger.Fail(ledger.Refused, text.T("meeting.is_closed", r.Date.String()))
	}
	return r, err
}

func (a *app) meetingOf(c *fiber.Ctx) (running, error) {
	q, err := a.liveQuestion(c)
	if err != nil {
		return running{}, err
	}
	date, err := dateWord("date", c.FormValue("date"))
	if err != nil {
		return running{}, err
	}
	if !date.Known() {
		return running{}, ledger.Fail(ledger.Invalid, text.T("error.bad_date", "date", ""))
	}
	m, asked, err := a.analytics.Sitting(c.UserContext(), analytics.MeetingQuestion{Question: q, Date: date})
	if err != nil {
		return running{}, err
	}
	r := running{Meeting: m, question: asked, day: date.Time(), by: who(c, c.FormValue("by"))}
	if today := ledger.Today(a.ledger.Now()); r.day.After(today) {
		r.day = today
	}
	rememberWho(c, c.FormValue("by"))
	return r, nil
}

func (r running) address() string {
	return address("/meeting", map[string][]string{"date": {r.Date.String()}})
}

// typed is a row of texts on its way into the record by one of the meeting's forms.
type typed struct {
	dataset     *ledger.Dataset
	version     string // of the row it changes, ledger.NoVersion or empty for a new one
	texts       map[string]string
	day         time.Time
	by, comment string
	attached    []ledger.File // that the texts name
}

// saveTyped reads and stores a row; the first error found in it is the error.
func (a *app) saveTyped(c *fiber.Ctx, t typed) (ledger.Saved, error) {
	seen, err := a.record(c).RowOf(c.UserContext(), t.dataset, t.version)
	if err != nil {
		return ledger.Saved{}, err
	}
	read, err := ingest.ReadForm(c.UserContext(), a.record(c), ingest.Form{Dataset: t.dataset, Seen: seen, Texts: t.texts, Day: t.day})
	if err != nil {
		return ledger.Saved{}, err
	}
	for _, found := range read.Problems {
		if found.Severity == ledger.SeverityError {
			return ledger.Saved{}, ledger.Fail(ledger.Invalid, text.T("meeting.field", found.Column, text.T("form.field", found.Message, found.MessageEn)))
		}
	}
	return a.record(c).Save(c.UserContext(), ledger.Save{By: t.by, Comment: t.comment, Day: &t.day, Entries: []ledger.Entry{read.Entry}, Problems: read.Found(),
		Attached: t.attached})
}

// saveHead stores the meeting's own row with some fields changed; a meeting that is not on record yet begins with it.
func (a *app) saveHead(c *fiber.Ctx, r running, texts map[string]string, comment string) error {
	texts["meeting_date"] = r.Date.String()
	if _, said := texts["status"]; !said && r.Status != ledger.MeetingOpen {
		texts["status"] = ledger.MeetingOpen
	}
	if !r.OnRecord() && r.Previous.Known() {
		texts["previous"] = r.Previous.String()
	}
	_, err := a.saveTyped(c, typed{dataset: ledger.Meetings, version: r.Version, texts: texts, day: r.day, by: r.by, comment: comment})
	return err
}

// putOnRecord writes a meeting down with the first thing said in it; two who begin at once are not in each other's way.
func (a *app) putOnRecord(c *fiber.Ctx, r running) error {
	if r.OnRecord() {
		return nil
	}
	var clash *ledger.Clash
	if err := a.saveHead(c, r, map[string]string{}, ""); err != nil && !errors.As(err, &clash) {
		return err
	}
	return nil
}

// saveMeeting stores when and where the meeting is held, who chairs and who is present.
func (a *app) saveMeeting(c *fiber.Ctx) error {
	r, err := a.runningMeeting(c)
	if err != nil {
		return err
	}
	texts := map[string]string{}
	for _, name := range []string{"held_at", "place", "chair", "present"} {
		texts[name] = c.FormValue(name)
	}
	if err := a.saveHead(c, r, texts, ""); err != nil {
		return err
	}
	return answerDone(c, r.address())
}

// saveMinutes stores what was typed on one topic: asked by the page's script as people type, or by the form's own button.
func (a *app) saveMinutes(c *fiber.Ctx) error {
	r, err := a.runningMeeting(c)
	if err != nil {
		return err
	}
	if err := a.putOnRecord(c, r); err != nil {
		return err
	}
	p := posted{Key: c.FormValue("key"), Seen: c.FormValue("version"), By: r.by, Back: r.address(), dataset: ledger.Minutes, day: r.day,
		Fields: map[string]string{"meeting_date": r.Date.String()}}
	for _, name := range []string{"topic", "no", "said", "decision"} {
		p.Fields[name] = c.FormValue(name)
	}
	if p.seen, err = a.record(c).RowOf(c.UserContext(), p.dataset, p.Seen); err != nil {
		return err
	}
	return a.storeTyped(c, p)
}

// closeMeeting freezes both clocks into the meeting's row: the page's day, and the record as it is at this moment.
func (a *app) closeMeeting(c *fiber.Ctx) error {
	r, err := a.runningMeeting(c)
	if err != nil {
		return err
	}
	known, err := a.ledger.LastMoment(c.UserContext())
	if err != nil {
		return err
	}
	texts := map[string]string{"status": ledger.MeetingClosed, "frozen_asof": r.question.Clock.Asof.Format(time.DateOnly),
		"frozen_known": known.UTC().Format(time.RFC3339Nano), "closed_by": r.by, "closed_at": a.ledger.Now().In(ledger.Office).Format("2006-01-02 15:04")}
	if err := a.saveHead(c, r, texts, text.T("meeting.comment.closed").In(lang(c))); err != nil {
		return err
	}
	a.keepClosed(c, r.Date)
	return answerDone(c, r.address())
}

// reopenMeeting takes the freeze off by one more row; the frozen one stays in the list of meetings.
func (a *app) reopenMeeting(c *fiber.Ctx) error {
	r, err := a.meetingOf(c)
	if err != nil {
		return err
	}
	reason := cutReason(c.FormValue("reason"))
	switch {
	case r.Status != ledger.MeetingClosed:
		return ledger.Fail(ledger.Refused, text.T("meeting.not_closed", r.Date.String()))
	case reason == "":
		return ledger.Fail(ledger.Invalid, text.T("meeting.reopen_reason"))
	}
	texts := map[string]string{"status": ledger.MeetingOpen, "frozen_asof": "", "frozen_known": "", "closed_by": "", "closed_at": "",
		"reopened": ledger.Plain(r.Reopened + 1), "reopen_reason": reason}
	if err := a.saveHead(c, r, texts, reason); err != nil {
		return err
	}
	return answerDone(c, r.address())
}

// answerDone leads back to a page of our own, or says to a script where it is.
func answerDone(c *fiber.Ctx, to string) error {
	if wantsJSON(c) {
		return c.JSON(fiber.Map{"saved": true, "page": to})
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}
