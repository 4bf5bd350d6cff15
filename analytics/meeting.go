package analytics

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"taizhang/ledger"
)

// meetingSources are the datasets a meeting's page is read from.
var meetingSources = append([]string{"actions", "visits", "meetings", "minutes"}, portfolioSources...)

// agendaLedgers are the ledgers whose changes since the snapshot the agenda lists; weekly entries are compared project by project.
var agendaLedgers = []*ledger.Dataset{ledger.Projects, ledger.Milestones}

// MeetingNow answers for the meeting that is running or comes next.
func (a *Analytics) MeetingNow(ctx context.Context, q Question) (*MeetingAnswer, error) {
	return a.Meeting(ctx, MeetingQuestion{Question: q})
}

// Meeting answers for one meeting: a closed one as it was frozen, unless the question says its own clocks.
func (a *Analytics) Meeting(ctx context.Context, q MeetingQuestion) (*MeetingAnswer, error) {
	s, err := a.sitting(ctx, q)
	if err != nil {
		return nil, err
	}
	return a.meetingOf(ctx, s)
}

// meetingOf answers for a meeting whose clocks are known.
func (a *Analytics) meetingOf(ctx context.Context, s *sitting) (*MeetingAnswer, error) {
	ans := &MeetingAnswer{Meeting: s.meeting, Frozen: s.frozen, Past: s.past, Before: s.before, Better: []AgendaProject{}, Lights: []AgendaProject{},
		Stale: []AgendaProject{}, Requests: []AgendaProject{}, Moved: []AgendaProject{}, Minutes: []MinuteLine{}, Street: []Alert{}, Mended: []PatrolLine{}, Changes: []ledger.Difference{}}
	if err := a.gather(ctx, s, ans); err != nil {
		return nil, err
	}
	ans.Counts.Stale, ans.Counts.Requests = len(ans.Stale), len(ans.Requests)
	ans.Counts.Changes = len(ans.Moved) + len(ans.Changes)
	return ans, nil
}

// gather asks everything the page needs at the same time; the statements do not need each other.
func (a *Analytics) gather(ctx context.Context, s *sitting, ans *MeetingAnswer) error {
	before := Question{Clock: s.before.clock}
	since, asof := DateOf(before.Clock.Asof), DateOf(s.question.Clock.Asof)
	var now, was *portfolio
	var actions []ActionLine
	var visits []SiteVisit
	changes := make([][]ledger.Difference, len(agendaLedgers))
	var wait errgroup.Group
	// What the record does not hold, or did not change, is not asked for.
	ask := func(d *ledger.Dataset, do func() error) {
		if s.moved.present(d.Name, s.question.Clock.Known) {
			wait.Go(do)
		}
	}
	wait.Go(func() (err error) { now, was, err = a.portfolios(ctx, s.question, before, s.moved); return err })
	ask(ledger.Actions, func() (err error) {
		actions, err = a.actions(ctx, s.question, func(string, ActionLine) bool { return true })
		return err
	})
	ask(ledger.Visits, func() (err error) {
		visits, err = a.visits(ctx, "Meeting.Visits", s.question, ledger.Params{"from": before.Clock.Asof.Format(time.DateOnly)})
		return err
	})
	if slices.ContainsFunc(streetSources, func(d *ledger.Dataset) bool { return s.moved.present(d.Name, s.question.Clock.Known) }) {
		ans.OfStreet = true
		wait.Go(func() (err error) { ans.Street, err = a.streetAlerts(ctx, s.question); return err })
	}
	ask(ledger.Patrols, func() (err error) { ans.Mended, err = a.patrolsPassed(ctx, s.question, since); return err })
	ask(ledger.Minutes, func() (err error) { ans.Minutes, err = a.minutes(ctx, s.question, s.meeting.Date); return err })
	wait.Go(func() (err error) { ans.Stamp, err = a.stamp(ctx, s.question, "", meetingSources...); return err })
	wait.Go(func() (err error) { ans.NextItem, err = a.nextItem(ctx, s); return err })
	for i, d := range agendaLedgers {
		if s.moved.same(d.Name, before.Clock, s.question.Clock) {
			continue
		}
		wait.Go(func() (err error) {
			defer tally(ctx)()
			changes[i], err = a.ledger.Diff(ctx, ledger.DiffQuery{Dataset: d, From: before.Clock, To: s.question.Clock})
			return err
		})
	}
	if err := wait.Wait(); err != nil {
		return err
	}
	newAgenda(now, was).fill(ans)
	ans.Actions = actionAgenda(actions, since, asof)
	ans.Visits = leaderWeeks(now, visits, since)
	for _, list := range changes {
		ans.Changes = append(ans.Changes, list...)
	}
	return nil
}

// nextItem is the number that the next action item of the meeting's year is expected to get.
func (a *Analytics) nextItem(ctx context.Context, s *sitting) (string, error) {
	if !s.question.Clock.Live {
		return "", nil
	}
	year := s.meeting.Date.Time().Year()
	last, err := a.LastActionNumber(ctx, s.question.Clock.Area, year)
	return ActionNumber(year, last+1), err
}
