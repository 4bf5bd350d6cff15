package analytics

import (
	"context"
	"slices"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// LeaderMoves counts what moved in a leader's projects since a week before, by all that is known.
type LeaderMoves struct {
	Since    Date   `json:"since"`
	Before   Lights `json:"lights_before"` // of the same projects; one that was not in the ledger then is not counted
	Better   int    `json:"better"`        // projects with a better light
	Worse    int    `json:"worse"`
	Reported int    `json:"reported"` // projects with a weekly entry since
}

// LeadWarning is a project that nobody leads, or several for the same item.
type LeadWarning struct {
	Key       string       `json:"key"`
	Project   string       `json:"project"`
	Leaders   []string     `json:"leaders"`
	Message   text.Message `json:"-"`
	MessageZh string       `json:"message"`
	MessageEn string       `json:"message_en"`
}

// leadersRead is what the leaders' pages are made of.
type leadersRead struct {
	portfolio *portfolio
	agenda    *agenda // holds every project against a week before
	visits    []SiteVisit
	actions   map[string][]ActionLine // by folded name of the project
}

// readLeaders reads the projects as they stand and as they stood a week before, visits and action items, side by side.
func (a *Analytics) readLeaders(ctx context.Context, q Question) (*leadersRead, error) {
	earlier := q
	earlier.Clock.Asof = DateOf(q.Clock.Asof).Plus(-week).Time()
	moved, err := a.movements(ctx, q)
	if err != nil {
		return nil, err
	}
	r := &leadersRead{actions: map[string][]ActionLine{}}
	return r, together(
		func() error {
			now, before, err := a.portfolios(ctx, q, earlier, moved)
			if err == nil {
				r.portfolio, r.agenda = now, newAgenda(now, before)
			}
			return err
		},
		func() (err error) { r.visits, err = a.visits(ctx, "Leaders.Visits", q, nil); return err },
		func() error {
			_, err := a.actions(ctx, q, func(project string, l ActionLine) bool {
				r.actions[project] = append(r.actions[project], l)
				return false
			})
			return err
		},
	)
}

// leader makes one leader's page.
func (r *leadersRead) leader(g ProjectGroup) LeaderAnswer {
	p := r.portfolio
	keys, visited := []string{}, map[string]bool{}
	l := LeaderAnswer{VisitMinutes: p.rules.VisitMinutes, LeaderItem: LeaderItem{ProjectGroup: g, Week: LeaderMoves{Since: r.agenda.since}},
		Items: []ProjectItem{}, Moves: []AgendaProject{}, Slips: []NodeDue{}, ActionList: []ActionLine{}, VisitList: []SiteVisit{}}
	for i, item := range p.items {
		if !slices.Contains(g.Keys, item.Key) {
			continue
		}
		l.Items, keys = append(l.Items, item), append(keys, p.keys[i])
		l.ActionList = append(l.ActionList, r.actions[p.keys[i]]...)
		l.addWeek(r.agenda.project(i))
		if at, ok := p.plan[p.keys[i]]; ok {
			l.addSlips(&p.plans[at], p.asof)
		}
	}
	slices.SortStableFunc(l.Slips, func(x, y NodeDue) int { return int(y.DaysLate - x.DaysLate) })
	for _, action := range l.ActionList {
		l.ActionTotals.add(action)
	}
	for _, v := range r.visits {
		if v.Leader == g.Name && g.Name != "" {
			l.VisitList = append(l.VisitList, v)
			visited[ledger.NameKey(v.Project)] = true
		}
	}
	l.VisitTotals = visitTotals(l.VisitList, p.rules.VisitMinutes)
	from, to := diarySpan(r.visits, p.asof)
	l.Diary = diary(l.VisitList, from, to, p.rules.VisitMinutes, p.working)
	l.Diary.Own = coverage(l.Items, keys, visited)
	return l
}

// addWeek counts a project's week.
func (l *LeaderAnswer) addWeek(one AgendaProject) {
	l.Moves = append(l.Moves, one)
	if one.Reported {
		l.Week.Reported++
	}
	if one.ColorBefore == "" {
		return
	}
	l.Week.Before.add(Light{Color: one.ColorBefore})
	switch now, was := one.Light.Color.standing(), one.ColorBefore.standing(); {
	case now > was:
		l.Week.Better++
	case now < was:
		l.Week.Worse++
	}
}

// addSlips takes the nodes of a plan that are finished late or overdue.
func (l *LeaderAnswer) addSlips(plan *Plan, asof Date) {
	for _, n := range plan.Nodes {
		if n.DaysLate == nil || *n.DaysLate <= 0 {
			continue
		}
		l.Slips = append(l.Slips, plan.due(n, asof))
		if n.Open {
			l.OpenSlips++
		}
	}
}

// leadWarnings lists the projects whose lead is not in order.
func (p *portfolio) leadWarnings() []LeadWarning {
	list := []LeadWarning{}
	for _, i := range p.items {
		if !i.LeadWarning.IsZero() {
			list = append(list, LeadWarning{i.Key, i.Project, i.Leaders, i.LeadWarning, i.LeadWarningZh, i.LeadWarningEn})
		}
	}
	return list
}
