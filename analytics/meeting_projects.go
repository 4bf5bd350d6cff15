package analytics

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"taizhang/ledger"
)

// pairOfPortfolios reads the projects as they stand and as they stood at the snapshot. Statements run side by side; what is the
// same under both clocks is read once, and nothing is read of what the record does not hold. Baselines are no part of a light.
type pairOfPortfolios struct {
	now, before           *portfolio
	question, earlier     Question
	moved                 movements
	plans, plansBefore    readPlans
	weeks, weeksBefore    map[string][]Week
	byHand, byHandBefore  map[string]Override
	terms                 map[string][]Assignment
	working               *Calendar
	samePlans, sameLedger bool
}

func (a *Analytics) portfolios(ctx context.Context, q, earlier Question, moved movements) (now, before *portfolio, err error) {
	p := &pairOfPortfolios{question: q, earlier: earlier, moved: moved, working: NewCalendar(nil)}
	p.samePlans = moved.same(ledger.Milestones.Name, earlier.Clock, q.Clock)
	p.sameLedger = moved.same(ledger.Projects.Name, earlier.Clock, q.Clock)
	p.now, p.before = a.emptyPortfolio(q), a.emptyPortfolio(earlier)
	if err := a.readPair(ctx, p); err != nil {
		return nil, nil, err
	}
	if p.sameLedger {
		p.before.items, p.before.keys = slices.Clone(p.now.items), p.now.keys
	}
	if p.samePlans {
		p.plansBefore = p.plans.copied()
	}
	// Two computations over thousands of nodes each, on two processors.
	var wait errgroup.Group
	wait.Go(func() error { p.settle(p.before, p.plansBefore, p.weeksBefore, p.byHandBefore); return nil })
	p.now.appointAll(p.terms)
	p.settle(p.now, p.plans, p.weeks, p.byHand)
	return p.now, p.before, wait.Wait()
}

func (a *Analytics) emptyPortfolio(q Question) *portfolio {
	return &portfolio{asof: DateOf(q.Clock.Asof), items: []ProjectItem{}, plans: []Plan{}, plan: map[string]int{}, rules: a.thresholds()}
}

// settle gives a portfolio its weekly entries, plans and lights.
func (p *pairOfPortfolios) settle(one *portfolio, plans readPlans, weeks map[string][]Week, byHand map[string]Override) {
	one.working = p.working
	one.setWeeks(weeks)
	one.setPlans(plans, nil)
	one.judge(byHand)
}

// copied are plans of their own over the same nodes; computing writes into nodes.
func (r readPlans) copied() readPlans {
	c := readPlans{byKey: make(map[string]*Plan, len(r.byKey)), keys: r.keys}
	for key, plan := range r.byKey {
		one := *plan
		one.Nodes = slices.Clone(plan.Nodes)
		c.byKey[key] = &one
	}
	return c
}

// readPair asks what the two portfolios are made of.
func (a *Analytics) readPair(ctx context.Context, p *pairOfPortfolios) error {
	var wait errgroup.Group
	present := func(d *ledger.Dataset) bool { return p.moved.present(d.Name, p.question.Clock.Known) }
	once := present
	either := func(d *ledger.Dataset) bool { return present(d) || p.moved.present(d.Name, p.earlier.Clock.Known) }
	ask := func(on bool, do func() error) {
		if on {
			wait.Go(do)
		}
	}
	ask(true, func() (err error) {
		p.plans, err = a.readPlans(ctx, p.question)
		for _, plan := range p.plans.byKey {
			plan.namePredecessors()
		}
		return err
	})
	ask(!p.samePlans, func() (err error) { p.plansBefore, err = a.readPlans(ctx, p.earlier); return err })
	ask(true, func() error { return a.readWeeksOfBoth(ctx, p) })
	ask(true, func() error { return a.projectItems(ctx, p.question, "", p.now) })
	ask(!p.sameLedger, func() error { return a.projectItems(ctx, p.earlier, "", p.before) })
	ask(once(ledger.Calendar), func() (err error) { p.working, err = a.workingCalendar(ctx, p.question); return err })
	ask(once(ledger.Assignments), func() (err error) { p.terms, err = a.assignments(ctx, p.question); return err })
	ask(once(ledger.Overrides), func() (err error) { p.byHand, err = a.overrides(ctx, p.question); return err })
	ask(either(ledger.Overrides), func() (err error) { p.byHandBefore, err = a.overrides(ctx, p.earlier); return err })
	return wait.Wait()
}

// readWeeksOfBoth reads the weekly entries for both ends, in one statement when nothing was learned late about the earlier one.
func (a *Analytics) readWeeksOfBoth(ctx context.Context, p *pairOfPortfolios) error {
	p.weeks, p.weeksBefore = map[string][]Week{}, map[string][]Week{}
	late := p.question.Clock.At(p.earlier.Clock.Asof, p.question.Clock.Known)
	if !p.moved.same(ledger.Progress.Name, p.earlier.Clock, late) {
		if err := a.eachLastWeek(ctx, p.question, Date{}, func(key string, w Week) { p.weeks[key] = append(p.weeks[key], w) }); err != nil {
			return err
		}
		return a.eachLastWeek(ctx, p.earlier, Date{}, func(key string, w Week) { p.weeksBefore[key] = append(p.weeksBefore[key], w) })
	}
	return a.eachLastWeek(ctx, p.question, p.before.asof, func(key string, w Week) {
		if len(p.weeks[key]) < 2 {
			p.weeks[key] = append(p.weeks[key], w)
		}
		if !w.ReportDate.After(p.before.asof) {
			p.weeksBefore[key] = append(p.weeksBefore[key], w)
		}
	})
}
