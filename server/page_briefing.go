package server

import (
	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
)

// briefingPage is the weekly briefing (周报): text and tables in the order in which they are read.
type briefingPage struct {
	page
	Ans      *analytics.Briefing
	Said     saidCard
	Sections []briefingSection
	Closing  []string
	Since    string
	Under    string // under the title: whose, of which week, as of which day
	Kept     *link  // leads to the folder of snapshots; nil without one
	MeetHref string
	Paper    []link // the files of it

	at page // whose links carry the clocks of a frozen meeting
}

// briefingSection is a heading with what stands under it.
type briefingSection struct {
	Heading string
	Parts   []briefingPart
}

// briefingPart is a heading of the second level, a paragraph and a table; each may be missing. Shares are the widths of the table's
// columns on paper.
type briefingPart struct {
	Heading, Text string
	Card          *card
	Shares        []int
}

// briefingWord is the word of an address that says the meeting's day.
const briefingWord = "meeting"

// briefingFormats are those of the briefing; it has no chart.
const briefingFormats = "json csv sql docx pdf " + bookFormat

func (a *app) askBriefing(c *fiber.Ctx, q analytics.Question) (*analytics.Briefing, error) {
	date, err := dateWord(briefingWord, c.Query(briefingWord))
	if err != nil {
		return nil, err
	}
	return a.analytics.Briefing(c.UserContext(), analytics.MeetingQuestion{Question: q, Date: date})
}

func (a *app) showBriefing(c *fiber.Ctx, q analytics.Question, ans *analytics.Briefing) error {
	base := a.newAnswerPage(c, "briefing", briefingQuestion(q, ans), ans.Foot())
	base.keepOwn(c, briefingWord)
	_, paper := paperTypes[format(c)]
	if paper {
		base = base.ofMeeting(ans)
	}
	base.whole = paper
	p := newBriefing(base, ans)
	if paper {
		body, err := p.write(c.UserContext(), a.cfg.Fonts, format(c))
		if err != nil {
			return unready(err)
		}
		c.Attachment(p.fileName(format(c)))
		c.Set(fiber.HeaderContentType, paperTypes[format(c)])
		return c.Send(body)
	}
	p.chooseMeeting()
	for _, form := range briefingForms {
		p.Paper = append(p.Paper, link{Text: p.T("briefing.get." + form), Href: p.As(form)})
	}
	if a.snapshots != nil {
		p.Kept = &link{Text: p.T("snapshot.link"), Href: p.Link("/briefing/kept")}
	}
	return a.render(c, "briefing", p)
}

// briefingQuestion is the question with the clocks that the answer stands under.
func briefingQuestion(q analytics.Question, ans *analytics.Briefing) analytics.Question {
	if clock, frozen := ans.Meeting.Frozen(q.Clock); frozen && ans.Frozen {
		q.Clock = clock
	}
	return q
}

// chooseMeeting offers this meeting and the earlier ones.
func (p *briefingPage) chooseMeeting() {
	list := []option{{Value: p.Ans.Meeting.Date.String(), Text: p.whenOf(p.Ans.Meeting), Selected: true}}
	for _, past := range p.Ans.Past[:min(len(p.Ans.Past), mostLines)] {
		list = append(list, option{Value: past.Date.String(), Text: p.whenOf(past)})
	}
	if p.Ans.Frozen {
		p.Filters = nil // its day is the meeting's
	}
	p.Filters = append(p.Filters, filter{Name: briefingWord, Label: p.T("meeting.filter"), Options: list})
}

// Standing says that the meeting is closed and how it was frozen, else what every page says.
func (p *briefingPage) Standing() string {
	if !p.Ans.Frozen {
		return p.page.Standing()
	}
	return p.T("meeting.banner.frozen", p.Ans.Meeting.Date.String(), orDash(p.Ans.Meeting.ClosedBy), orDash(p.Ans.Meeting.ClosedAt), p.Ans.Asof, moment(p.Question.Clock))
}

// Frozen reports whether the way back to now is offered.
func (p *briefingPage) Frozen() bool { return p.Ans.Frozen || p.page.Frozen() }

// Now is the briefing of the meeting that runs or comes next.
func (p *briefingPage) Now() string { return "/briefing" }

// asofDay is the day the briefing stands at.
func (p *briefingPage) asofDay() analytics.Date { return analytics.DateOf(p.Question.Clock.Asof) }
