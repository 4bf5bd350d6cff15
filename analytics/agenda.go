package analytics

import (
	"cmp"
	"slices"
)

// agenda cuts a meeting's sections from what stands and what stood at the snapshot.
type agenda struct {
	now, before *portfolio
	since       Date // the snapshot's day
	was         map[string]int
}

func newAgenda(now, before *portfolio) *agenda {
	g := &agenda{now: now, before: before, since: before.asof, was: map[string]int{}}
	for i, key := range before.keys {
		g.was[key] = i
	}
	return g
}

// project puts one project beside what it was.
func (g *agenda) project(at int) AgendaProject {
	i, key := &g.now.items[at], g.now.keys[at]
	p := AgendaProject{Key: i.Key, Project: i.Project, Leaders: i.Leaders, Section: i.Section, Light: i.Light, Percent: i.Percent,
		Problem: i.Problem, Coordination: i.Coordination, ReportDate: i.ReportDate, StaleDays: i.StaleDays}
	p.Reported = i.ReportDate.After(g.since)
	if p.Reported {
		p.WeekInvestment, p.Repeated = i.WeekInvestment, i.ProblemRepeated()
	}
	if was, ok := g.was[key]; ok {
		b := &g.before.items[was]
		p.ColorBefore, p.PercentBefore, p.ProblemBefore = b.Light.Color, b.Percent, b.Problem
		p.New = p.Light.Color == Red && b.Light.Color != Red
		p.Better = p.Light.Color.standing() > b.Light.Color.standing()
	}
	if plan, ok := g.now.plan[key]; ok {
		p.decidedBy(g.now.plans[plan].Nodes)
	}
	return p
}

// decidedBy names the open node that is latest; when none is late the one that is due next.
func (p *AgendaProject) decidedBy(nodes []PlanNode) {
	var node *PlanNode
	for i := range nodes {
		n := &nodes[i]
		if !n.Open || !n.PlanFinish.Known() {
			continue
		}
		if node == nil || later(n) > later(node) || later(n) == later(node) && node.PlanFinish.After(n.PlanFinish) {
			node = n
		}
	}
	if node == nil {
		return
	}
	p.Node, p.NodePlan, p.NodeLatest, p.NodeExpected = node.Node, node.PlanFinish, node.LatestFinish, node.expected()
}

func later(n *PlanNode) int64 {
	if n.DaysLate == nil {
		return 0
	}
	return max(*n.DaysLate, 0)
}

// fill sorts every project into the sections it belongs to.
func (g *agenda) fill(m *MeetingAnswer) {
	for at := range g.now.items {
		p := g.project(at)
		c := &m.Counts
		c.Projects++
		c.Lights.add(p.Light)
		listed := true
		switch {
		case p.Light.Color == Red || p.Light.Color == Yellow:
			m.Lights = append(m.Lights, p)
		case p.Better:
			m.Better = append(m.Better, p)
		default:
			listed = false
		}
		if p.New {
			c.NewRed++
		}
		if p.Better {
			c.Better++
		}
		if g.stale(at, p) {
			m.Stale = append(m.Stale, p)
		}
		if p.Reported && p.Coordination != "" {
			m.Requests = append(m.Requests, p)
		}
		if !listed && p.moved() {
			m.Moved = append(m.Moved, p)
		}
	}
	slices.SortStableFunc(m.Lights, func(x, y AgendaProject) int {
		return cmp.Or(cmp.Compare(x.Light.Color.standing(), y.Light.Color.standing()), -compareBool(x.New, y.New))
	})
	slices.SortStableFunc(m.Stale, func(x, y AgendaProject) int { return -cmp.Compare(silent(x), silent(y)) })
}

func compareBool(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return 1
	}
	return -1
}

// silent is how long nobody reported; one that never did comes first.
func silent(p AgendaProject) int64 {
	if p.StaleDays == nil {
		return 1 << 30
	}
	return *p.StaleDays
}

// stale reports whether nobody reported on an unfinished project for long, or ever.
func (g *agenda) stale(at int, p AgendaProject) bool {
	finish := g.now.items[at].ActualFinish
	if finish.Known() && !finish.After(g.now.asof) {
		return false
	}
	return p.StaleDays == nil || *p.StaleDays >= g.now.rules.StaleYellow
}

// moved reports whether an entry since the snapshot says something else than the one before.
func (p AgendaProject) moved() bool {
	return p.Reported && p.ColorBefore != "" && (p.Percent.Cmp(p.PercentBefore) != 0 || p.Problem != p.ProblemBefore)
}

// actionAgenda parts action items into those that are open and those closed since the snapshot.
func actionAgenda(list []ActionLine, since, upTo Date) ActionAgenda {
	g := ActionAgenda{Open: []ActionLine{}, Closed: []ActionLine{}, Commitments: commitments(list, since, upTo)}
	for _, l := range list {
		switch {
		case !l.Closed:
			g.Open = append(g.Open, l)
			if l.DaysOverdue > 0 {
				g.Overdue++
			}
		case l.ClosedOn.After(since):
			g.Closed = append(g.Closed, l)
		}
	}
	slices.SortStableFunc(g.Open, dueOrder)
	return g
}

// dueOrder puts what is due first before, what has no day last.
func dueOrder(x, y ActionLine) int {
	if x.Due.Known() != y.Due.Known() {
		return compareBool(y.Due.Known(), x.Due.Known())
	}
	return x.Due.Time().Compare(y.Due.Time())
}

// leaderWeeks sums the visits since the snapshot by leader: those of the ledger in its order, others after.
func leaderWeeks(p *portfolio, visits []SiteVisit, since Date) []LeaderWeek {
	list := []LeaderWeek{}
	days := p.working.Between(since.Plus(1), p.asof)
	for _, g := range withVisitors(byLeader(p.items), visits) {
		if g.Name == "" {
			continue
		}
		var own []SiteVisit
		for _, v := range visits {
			if v.Leader == g.Name && v.Date.After(since) {
				own = append(own, v)
			}
		}
		t := visitTotals(own, p.rules.VisitMinutes)
		list = append(list, LeaderWeek{Leader: g.Name, Minutes: t.Minutes, HourDays: int64(t.HourDays), WorkingDays: days})
	}
	return list
}
