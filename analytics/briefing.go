package analytics

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// briefingParts are the answers of other pages that a briefing is put together from.
type briefingParts struct {
	cockpit  *CockpitAnswer
	figures  *cockpitParts
	projects *ProjectsAnswer
	meeting  *MeetingAnswer
	leaders  *LeadersAnswer
	actions  *ActionsAnswer
	clock    ledger.Clock
	since    Date
}

// BriefingNow answers with the briefing of the meeting that is running or comes next.
func (a *Analytics) BriefingNow(ctx context.Context, q Question) (*Briefing, error) {
	return a.Briefing(ctx, MeetingQuestion{Question: q})
}

// Briefing answers with the briefing of a meeting: of a closed one as it was frozen, unless the question says its own clocks.
func (a *Analytics) Briefing(ctx context.Context, q MeetingQuestion) (*Briefing, error) {
	ctx = Asking(ctx)
	s, err := a.sitting(ctx, q)
	if err != nil {
		return nil, err
	}
	p, err := a.briefingParts(ctx, s)
	if err != nil {
		return nil, err
	}
	b := &Briefing{Meeting: s.meeting, Frozen: s.frozen, Past: s.past, Before: s.before}
	b.Year, b.Week = s.meeting.Date.Time().ISOWeek()
	if b.Declared, err = a.declared(ctx, s.question); err != nil {
		return nil, err
	}
	b.Stamp = p.cockpit.Stamp
	p.fill(b)
	return b, nil
}

// declared is the record time of the last event of the sub-district that the question knows of.
func (a *Analytics) declared(ctx context.Context, q Question) (at time.Time, err error) {
	err = a.each(ctx, "Briefing.Declared", q, nil, func(rows driver.Rows) error { return rows.Scan(&at) })
	return at.UTC(), err
}

// briefingParts asks the pages' own questions under the meeting's clocks.
func (a *Analytics) briefingParts(ctx context.Context, s *sitting) (*briefingParts, error) {
	q := s.question
	p := &briefingParts{clock: q.Clock, since: DateOf(s.before.clock.Asof)}
	var street *Street
	err := together(
		func() (err error) { p.meeting, err = a.meetingOf(ctx, s); return err },
		func() (err error) { p.leaders, err = a.Leaders(ctx, q); return err },
		func() (err error) {
			p.actions, err = a.Actions(ctx, ActionsQuestion{Question: q, State: "overdue"})
			return err
		},
		func() (err error) { p.figures, err = a.cockpitParts(ctx, q, a.taxYear, a.letting); return err },
		func() (err error) { p.projects, err = a.Projects(ctx, q); return err },
		func() (err error) { street, err = a.street(ctx, q); return err },
	)
	if err != nil {
		return nil, err
	}
	p.cockpit, err = a.cockpitOf(ctx, q, p.figures, p.projects, street)
	return p, err
}

// fill puts the briefing together.
func (p *briefingParts) fill(b *Briefing) {
	b.Summary, b.Rows = p.summary(), p.rows()
	b.Lights, b.Better, b.Requests, b.Silent = p.meeting.Lights, p.meeting.Better, p.meeting.Requests, p.meeting.Stale
	b.Leaders, b.Closed, b.Overdue = p.leaders.Leaders, p.meeting.Actions.Closed, p.actions.Items
	b.Work = []BriefingWork{}
	for _, i := range p.projects.Items {
		if i.ReportDate.After(p.since) {
			b.Work = append(b.Work, BriefingWork{Key: i.Key, Project: i.Project, Leaders: i.Leaders, Light: i.Light.Color, ReportDate: i.ReportDate,
				Progress: i.Progress, Percent: i.Percent, PercentBefore: i.PercentBefore, WeekInvestment: i.WeekInvestment, NextStep: i.NextStep})
		}
	}
	b.LightsSaid, b.LeadersSaid, b.WorkSaid, b.ActionsSaid = p.lightsSaid(), p.leadersSaid(), p.workSaid(len(b.Work)), p.actionsSaid()
}
