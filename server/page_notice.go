package server

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// noticePage is the notice (温馨告知书) that is printed of a finding and handed to whom it concerns.
type noticePage struct {
	page
	Number, Addressee, Clause, Due, Date, Back string
	Finding                                    string // what was found, in a sentence
	Photos                                     []string
}

// showNotice fills the notice from the entry: facts, clause, deadline, addressee, the day it stands at and the office.
func (a *app) showNotice(c *fiber.Ctx, q analytics.Question, ans *analytics.PatrolAnswer) error {
	if !ans.PatrolLine.Found() {
		return ledger.Fail(ledger.NotFound, text.T("patrol.no_notice"))
	}
	p := noticePage{page: a.newPage(c, "patrols"), Number: ans.Number, Addressee: ans.Addressee, Clause: orWord(ans.Clause, ans.Type.Clause), Back: patrolPath(ans.ID)}
	p.Title = p.T("patrol.notice") // without a foot: whoever is handed it has no use for batches
	p.path = patrolPath(ans.ID) + "/notice"
	p.Date = p.T("patrol.notice.date", q.Clock.Asof.Year(), int(q.Clock.Asof.Month()), q.Clock.Asof.Day())
	if ans.Due.Known() {
		due := ans.Due.Time()
		p.Due = p.T("patrol.notice.date", due.Year(), int(due.Month()), due.Day())
	}
	found := ans.Day.Time()
	when := p.T("patrol.notice.date", found.Year(), int(found.Month()), found.Day())
	if _, err := time.Parse("15:04", ans.Time); err == nil {
		when += " " + ans.Time
	}
	p.Finding = p.T("patrol.notice.finding", when, ans.Grid, orWord(ans.Place, ans.Community), orWord(ans.Issue, ans.IssueType), orWord(ans.IssueType, p.T("patrol.unsaid")))
	p.Photos = p.photoLinks(ans.Before[:min(len(ans.Before), 2)])
	return a.render(c, "notice", p)
}
