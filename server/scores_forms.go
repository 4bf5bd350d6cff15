package server

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// makeDraw draws so many of the roster of the record's day by a new seed, and stores both with the draw. A day and kind is drawn once.
func (a *app) makeDraw(c *fiber.Ctx) error {
	q, err := a.liveQuestion(c)
	if err != nil {
		return err
	}
	kind := c.FormValue("kind")
	if !slices.Contains(ledger.ScoredKinds, kind) {
		return ledger.Fail(ledger.Invalid, text.T("draw.unknown_kind", kind, strings.Join(ledger.ScoredKinds, "、")))
	}
	roster, err := a.analytics.Roster(c.UserContext(), q, kind)
	if err != nil {
		return err
	}
	if len(roster) == 0 {
		return ledger.Fail(ledger.Refused, text.T("draw.no_roster", kind))
	}
	n, err := strconv.Atoi(c.FormValue("count"))
	if err != nil {
		return ledger.Fail(ledger.Invalid, text.T("draw.bad_count", c.FormValue("count"), len(roster)))
	}
	names := make([]string, len(roster))
	for i, l := range roster {
		names[i] = l.Subject
	}
	seed := analytics.NewSeed()
	result, err := analytics.DrawLots(seed, names, n)
	if err != nil {
		return err
	}
	names = analytics.DrawList(names)
	day, by := analytics.DateOf(q.Clock.Asof), who(c, c.FormValue("by"))
	rememberWho(c, c.FormValue("by"))
	texts := map[string]string{"drawn_on": day.String(), "kind": kind, "seed": seed, "algorithm": analytics.DrawAlgorithm, "list_digest": analytics.ListDigest(names),
		"names": strings.Join(names, "、"), "list_count": strconv.Itoa(len(names)), "drawn_count": strconv.Itoa(n), "result": strings.Join(result, "、"), "drawn_by": by}
	if _, err := a.saveTyped(c, typed{dataset: ledger.Draws, texts: texts, day: day.Time(), by: by, comment: cutReason(c.FormValue("comment"))}); err != nil {
		var clash *ledger.Clash
		if errors.As(err, &clash) {
			return ledger.Fail(ledger.Conflict, text.T("draw.done", day.String(), kind))
		}
		return err
	}
	return answerDone(c, drawPath(analytics.DrawName(day, kind)))
}

// repeated is what a repeat of a draw came to.
type repeated struct {
	Identical bool         `json:"identical"`
	Result    []string     `json:"result"`
	Names     []string     `json:"-"`
	Message   text.Message `json:"-"`
	Said      string       `json:"message"`
}

// repeatDraw draws again by the stored seed from the list of names that was typed; another list is refused with what differs.
func (a *app) repeatDraw(c *fiber.Ctx) error {
	q, err := a.question(c)
	if err != nil {
		return err
	}
	ans, err := a.analytics.Draw(c.UserContext(), q, param(c, "draw"))
	if err != nil {
		return err
	}
	tried := repeated{Names: ans.Names}
	if typed := strings.FieldsFunc(c.FormValue("names"), func(r rune) bool { return strings.ContainsRune("\r\n、", r) }); len(typed) > 0 {
		tried.Names = analytics.DrawList(typed)
	}
	tried.Result, err = ans.Repeat(tried.Names)
	if err != nil && wantsJSON(c) {
		return err
	}
	if err != nil {
		e, status := a.failure(err)
		c.Status(status)
		tried.Message = e.Message
		return a.renderDraw(c, q, ans, &tried)
	}
	if tried.Identical = slices.Equal(tried.Result, ans.Result); tried.Identical {
		tried.Message = text.T("draw.identical", len(tried.Names), strings.Join(tried.Result, "、"))
	} else {
		tried.Message = text.T("draw.other_result", strings.Join(tried.Result, "、"), strings.Join(ans.Result, "、"))
	}
	if wantsJSON(c) {
		tried.Said = tried.Message.In(lang(c))
		return c.JSON(tried)
	}
	return a.renderDraw(c, q, ans, &tried)
}
