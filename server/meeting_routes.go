package server

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// meetingRoutes are the weekly meeting and the action items it makes.
func (a *app) meetingRoutes() []route {
	return []route{
		{Path: "/meeting", Name: "meeting", Needs: access.Read, Formats: answered, Handle: answer(a, a.askMeeting, a.showMeeting)},
		{Path: "/meetings", Name: "meetings", Needs: access.Read, Formats: answered, Handle: answer(a, plain(a.analytics.Meetings), a.showMeetings)},
		{Path: "/briefing", Name: "briefing", Needs: access.Read, Formats: briefingFormats, Handle: answer(a, a.askBriefing, a.showBriefing)},
		{Path: "/briefing/kept", Name: "briefing.kept", Needs: access.SeeFiles, Formats: "json", Handle: a.listKept},
		{Path: "/briefing/kept/:file", Name: "briefing.kept.file", Export: true, Needs: access.SeeFiles, Formats: "docx pdf xlsx", Handle: a.sendKept},
		{Path: "/actions", Name: "actions", Needs: access.Read, Formats: answered, Handle: answer(a, a.askActions, a.showActions)},
		{Path: "/actions/:number", Name: "action", Needs: access.Read, Formats: answered, Handle: answer(a, named(a.analytics.Action, "number"), a.showAction)},

		{Method: fiber.MethodPost, Path: "/meeting", Name: "meeting.save", Needs: access.Meeting, Formats: "json", Handle: a.saveMeeting},
		{Method: fiber.MethodPost, Path: "/meeting/minutes", Name: "meeting.minutes", Needs: access.Meeting, Formats: "json", Handle: a.saveMinutes},
		{Method: fiber.MethodPost, Path: "/meeting/close", Name: "meeting.close", Needs: access.Meeting, Formats: "json", Handle: a.closeMeeting},
		{Method: fiber.MethodPost, Path: "/meeting/reopen", Name: "meeting.reopen", Needs: access.Meeting, Formats: "json", Handle: a.reopenMeeting},
		{Method: fiber.MethodPost, Path: "/actions", Name: "actions.add", Needs: access.Meeting, Formats: "json", Handle: a.addAction},
		{Method: fiber.MethodPost, Path: "/actions/:number/move", Name: "action.move", Needs: access.Confirm, Formats: "json", Handle: a.moveAction},
	}
}

// dateWord reads a day of a form or an address; empty is the zero Date.
func dateWord(name, value string) (analytics.Date, error) {
	if value == "" {
		return analytics.Date{}, nil
	}
	day, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return analytics.Date{}, ledger.Fail(ledger.Invalid, text.T("error.bad_date", name, value))
	}
	return analytics.DateOf(day), nil
}

func (a *app) askMeeting(c *fiber.Ctx, q analytics.Question) (*analytics.MeetingAnswer, error) {
	date, err := dateWord("date", c.Query("date"))
	if err != nil {
		return nil, err
	}
	return a.analytics.Meeting(c.UserContext(), analytics.MeetingQuestion{Question: q, Date: date})
}

func (a *app) askActions(c *fiber.Ctx, q analytics.Question) (*analytics.ActionsAnswer, error) {
	ask := analytics.ActionsQuestion{Question: q, State: c.Query("state"), Owner: c.Query("owner"), Project: c.Query("project")}
	return a.analytics.Actions(c.UserContext(), ask)
}

// overdue counts the items open after their day, for the rail; it is counted once for each version of the record and day.
func (a *app) overdue(c *fiber.Ctx, q analytics.Question) string {
	return a.badge(c, q, func() (uint64, error) { return a.analytics.OverdueActions(c.UserContext(), q) })
}

// badge is the figure as the rail shows it, nothing for none; count is asked when nobody counted yet.
func (a *app) badge(c *fiber.Ctx, q analytics.Question, count func() (uint64, error)) string {
	n, err := a.counted(c, "overdue", q, count)
	if err != nil || n == 0 {
		return ""
	}
	return strconv.FormatUint(n, 10)
}

// counted is a figure of a question, counted once for each version of the record.
func (a *app) counted(c *fiber.Ctx, what string, q analytics.Question, count func() (uint64, error)) (uint64, error) {
	version, err := a.ledger.Version(c.UserContext())
	if err != nil {
		return 0, err
	}
	key := strings.Join([]string{what, q.Clock.Area, q.Clock.Asof.Format(time.DateOnly), q.Clock.Known.Format(time.RFC3339Nano), strconv.Itoa(q.Year), q.Basis}, " ")
	return a.badges.of(version, key, count)
}
