package server

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/analytics"
	"taizhang/ledger"
)

const (
	// firstLines is how many lines a section shows before the rest is folded away; a project page holds the whole.
	firstLines = 12
	// mostLines is how many lines a section holds at all; CSV and JSON hold every one.
	mostLines = 40
)

// meetingPage is the weekly coordination meeting: the agenda at the left, what is typed at the right.
type meetingPage struct {
	page
	Ans      *analytics.MeetingAnswer
	Sections []section
	Topics   []topic
	Flow     *flowCard
	Visits   *card
	Projects []string // offered in the form of a new item
	Date     string
	Today    string
	Due      string // offered in the form of a new item
	Earlier  string // address of the list of meetings
	Briefing string // address of the meeting's briefing
	Open     bool   // forms are on
	Closed   bool   // and may be opened again

	at page // whose links carry the clocks of a frozen meeting
}

// section is a card of the agenda whose later lines are folded away.
type section struct {
	*card
	RestLabel string
}

// topic is a box of the minutes.
type topic struct {
	Name, ID, Key, Version, Said, Decision string
	No                                     int
	Light                                  *light
	Open                                   bool
}

func (a *app) showMeeting(c *fiber.Ctx, q analytics.Question, ans *analytics.MeetingAnswer) error {
	asked := q
	if clock, frozen := ans.Meeting.Frozen(asked.Clock); frozen && ans.Frozen {
		asked.Clock = clock
	}
	// The answer has counted already what the rail shows.
	a.badge(c, asked, func() (uint64, error) { return uint64(ans.Actions.Overdue), nil })
	p := &meetingPage{page: a.newAnswerPage(c, "meeting", asked, ans.Foot()), Ans: ans, Date: ans.Meeting.Date.String(),
		Today: ledger.Today(a.ledger.Now()).Format(time.DateOnly)}
	if day, err := time.Parse(time.DateOnly, ans.Asof); err == nil {
		p.Question.Clock.Asof = day // what is due today is due on the meeting's day, not on the record's newest
	}
	if date := c.Query("date"); date != "" {
		p.words.Set("date", date)
	}
	p.head(q)
	p.at = p.page
	if ans.Frozen {
		p.at.words = map[string][]string{"asof": {ans.Asof}, "known": {ans.Known}}
	} else {
		p.at.words = map[string][]string{}
		for _, name := range kept {
			if v := p.words.Get(name); v != "" {
				p.at.words.Set(name, v)
			}
		}
	}
	p.Sections = []section{p.actionSection(), p.lightSection(), p.streetSection(), p.staleSection(), p.requestSection(), p.changeSection()}
	p.Topics = p.topics()
	p.Visits = p.visitStrip()
	p.Flow = p.flowOf(c.Query("action"))
	for _, list := range [][]analytics.AgendaProject{ans.Lights, ans.Stale, ans.Requests} {
		for _, one := range list[:min(len(list), mostLines)] {
			if !slices.Contains(p.Projects, one.Project) {
				p.Projects = append(p.Projects, one.Project)
			}
		}
	}
	return a.render(c, "meeting", p)
}

// head fills the header: the meeting's day, what it is compared with, and what is to be done.
func (p *meetingPage) head(q analytics.Question) {
	m := p.Ans.Meeting
	year, week := m.Date.Time().ISOWeek()
	p.Title, p.Sub = p.T("meeting.title"), p.T("meeting.week", year, week)
	closed := m.Status == ledger.MeetingClosed
	mine := q.Clock.Live && p.May("meeting")
	p.Open, p.Closed = mine && !closed, mine && closed
	p.Due = m.Date.Plus(4).String()
	p.Earlier, p.Briefing = p.Link("/meetings"), p.Asking("/briefing", briefingWord, p.Date)
	list := []option{{Value: p.Date, Text: p.whenOf(m), Selected: true}}
	for _, past := range p.Ans.Past[:min(len(p.Ans.Past), mostLines)] {
		list = append(list, option{Value: past.Date.String(), Text: p.whenOf(past)})
	}
	p.Filters = slices.DeleteFunc(p.Filters, func(f filter) bool { return f.Name == "asof" })
	p.Filters = append(p.Filters, filter{Name: "date", Label: p.T("meeting.filter"), Options: list})
	if p.Open {
		p.Act = &link{Text: p.T("meeting.act.close"), Href: "#close"}
	}
}

// dayOf words a meeting's day with its weekday, time and state.
func (p page) dayOf(m analytics.Meeting) string {
	return p.whenOf(m) + " · " + p.T("meeting.status."+stateKey(m.Status))
}

// whenOf words a meeting's day with its weekday and time.
func (p page) whenOf(m analytics.Meeting) string {
	s := p.T("meeting.day", m.Date.Time().Format("2006-01-02"), p.T("meeting.weekday."+m.Date.Time().Format("Mon")))
	if m.HeldAt != "" {
		s += " " + m.HeldAt
	}
	return s
}

// stateKey names a meeting's state in the catalogue; a word of the office's own counts as planned.
func stateKey(status string) string {
	switch status {
	case ledger.MeetingOpen:
		return "open"
	case ledger.MeetingClosed:
		return "closed"
	}
	return "planned"
}

// Standing says that the meeting is closed and how it was frozen, else what every page says.
func (p *meetingPage) Standing() string {
	if !p.Ans.Frozen {
		return p.page.Standing()
	}
	return p.T("meeting.banner.frozen", p.Date, orDash(p.Ans.Meeting.ClosedBy), orDash(p.Ans.Meeting.ClosedAt), p.Ans.Asof, moment(p.Question.Clock))
}

// Frozen reports whether the way back to now is offered.
func (p *meetingPage) Frozen() bool { return p.Ans.Frozen || p.page.Frozen() }

// Now is the meeting that runs or comes next.
func (p *meetingPage) Now() string { return "/meeting" }

// Before says what the meeting is compared with.
func (p *meetingPage) Before() string {
	key := "meeting.before"
	if p.Ans.Before.Frozen {
		key = "meeting.before.frozen"
	}
	return p.T(key, p.Ans.Before.Asof.String())
}

// Facts are the meeting's own: when, where, who.
func (p *meetingPage) Facts() []fact {
	m := p.Ans.Meeting
	present := orDash(joined(m.Present, p.T("page.comma")))
	return []fact{{Label: p.T("meeting.fact.day"), Text: p.dayOf(m)}, {Label: p.T("meeting.fact.place"), Text: orDash(m.Place)},
		{Label: p.T("meeting.fact.chair"), Text: orDash(m.Chair)}, {Label: p.T("meeting.fact.present"), Text: present, Wide: true}}
}

// rateText words a rate with its numerator and denominator: 16/20 = 80.0%.
func (p page) rateText(r analytics.Rate) string {
	if r.Denominator.Sign() <= 0 {
		return dash
	}
	return p.T("meeting.rate", r.Numerator.String(), r.Denominator.String(), r.Percent.Fixed(1))
}

func (a *app) showMeetings(c *fiber.Ctx, q analytics.Question, ans *analytics.MeetingsAnswer) error {
	p := listPage{page: a.newAnswerPage(c, "meeting", q, ans.Foot())}
	p.Crumb = &link{Text: p.Title, Href: p.Link("/meeting")}
	p.Title = p.T("meeting.list")
	p.List = p.card("meetings", "long")
	if len(ans.Meetings) == 0 {
		p.List.nothing("meetings")
		return a.render(c, "list", p)
	}
	p.List.Table = p.columns(col("meeting"), wordCol("meeting_state"), wordCol("chair"), textCol("frozen"), textCol("frozen_before"))
	for _, m := range ans.Meetings {
		address := func(words ...string) string {
			q := map[string][]string{"date": {m.Date.String()}}
			for i := 0; i+1 < len(words); i += 2 {
				q[words[i]] = []string{words[i+1]}
			}
			return address("/meeting", q)
		}
		frozen, earlier := words(""), words("")
		for i, one := range m.Closings {
			said := leads(p.T("meeting.closed_at", orDash(one.At), orDash(one.By)), address("asof", one.Asof.String(), "known", one.Known))
			if i == 0 && m.Status == ledger.MeetingClosed {
				frozen = said.from(address()).under(p.T("meeting.frozen_asof", one.Asof.String()))
			} else if earlier.Href == "" {
				earlier = said.under(p.T("meeting.frozen_asof", one.Asof.String()))
			}
		}
		p.List.Table.add(leads(p.dayOf(m.Meeting), address()), cell{Tag: &span{p.T("meeting.status." + stateKey(m.Status)), stateTone(m.Status)}},
			words(m.Chair), frozen, earlier.tagIf(m.Reopened > 0, p.T("meeting.reopened", m.Reopened, orDash(m.ReopenReason)), "amber"))
	}
	return a.render(c, "list", p)
}

func (c cell) tagIf(on bool, text, tone string) cell {
	if on {
		c.Tag = &span{text, tone}
	}
	return c
}

func stateTone(status string) string {
	return map[string]string{"open": "blue", "closed": "green", "planned": ""}[stateKey(status)]
}

// listPage is one long table.
type listPage struct {
	page
	List *card
}
