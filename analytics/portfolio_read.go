package analytics

import (
	"context"

	"golang.org/x/sync/errgroup"

	"taizhang/ledger"
)

// portfolio reads all projects with their plans.
func (a *Analytics) portfolio(ctx context.Context, q Question) (*portfolio, error) {
	return once(ctx, partOf{"portfolio", q}, func() (*portfolio, error) { return a.portfolioOf(ctx, q, "") })
}

// portfolioOf reads one project alone, named by its key or by its name in any spelling, with its plan and all its weekly entries;
// empty reads all. A project that is not in the ledger gives a portfolio without items.
func (a *Analytics) portfolioOf(ctx context.Context, q Question, one string) (*portfolio, error) {
	p := a.emptyPortfolio(q)
	r := &portfolioRead{question: q}
	if one != "" {
		if err := a.projectItems(ctx, q, one, p); err != nil {
			return nil, err
		}
		at := p.find(one)
		if at < 0 {
			return p, nil
		}
		r.question.project = p.keys[at]
	}
	if err := a.readPortfolio(ctx, r, p); err != nil {
		return nil, err
	}
	p.working = r.working
	p.appointAll(r.terms)
	p.setWeeks(r.weeks)
	p.approved = r.approved
	p.setPlans(r.plans, func(plan *Plan, key string) { plan.holdAgainst(p.approved[key], r.first, q.Baseline) })
	p.judge(r.byHand)
	return p, nil
}

// portfolioRead is what a portfolio is made of, as it was read.
type portfolioRead struct {
	question Question
	working  *Calendar
	terms    map[string][]Assignment
	weeks    map[string][]Week
	first    map[nodeKey]BaselineNode
	approved map[string][]Baseline
	plans    readPlans
	byHand   map[string]Override
}

// readPortfolio asks its statements side by side: none of them needs another.
func (a *Analytics) readPortfolio(ctx context.Context, r *portfolioRead, p *portfolio) error {
	var wait errgroup.Group
	q := r.question
	if q.project == "" {
		wait.Go(func() error { return a.projectItems(ctx, q, "", p) })
	}
	wait.Go(func() (err error) { r.working, err = a.workingCalendar(ctx, q); return err })
	wait.Go(func() (err error) { r.terms, err = a.assignments(ctx, q); return err })
	wait.Go(func() (err error) { r.weeks, err = a.lastWeeks(ctx, q); return err })
	wait.Go(func() (err error) { r.first, err = a.firstPlans(ctx, q); return err })
	wait.Go(func() (err error) { r.approved, err = a.approved(ctx, q); return err })
	wait.Go(func() (err error) { r.plans, err = a.readPlans(ctx, q); return err })
	wait.Go(func() (err error) { r.byHand, err = a.overrides(ctx, q); return err })
	return wait.Wait()
}

// lastWeeks reads the last two weekly entries of every project, or all of the one that is read alone.
func (a *Analytics) lastWeeks(ctx context.Context, q Question) (map[string][]Week, error) {
	weeks := map[string][]Week{}
	if q.project != "" {
		list, err := a.projectWeeks(ctx, q, q.project)
		weeks[q.project] = list
		return weeks, err
	}
	err := a.eachLastWeek(ctx, q, Date{}, func(key string, w Week) { weeks[key] = append(weeks[key], w) })
	return weeks, err
}

// projectWeeks reads a project's weekly entries, newest first, each with what the entry before said.
func (a *Analytics) projectWeeks(ctx context.Context, q Question, project string) ([]Week, error) {
	weeks := []Week{}
	err := a.eachWeek(ctx, "Project.Weeks", q, ledger.Params{"project": project}, func(_ string, w Week) {
		weeks = append(weeks, w)
	})
	for i := 0; i+1 < len(weeks); i++ {
		w, before := &weeks[i], weeks[i+1]
		w.PercentBefore, w.Change, w.ProblemBefore = before.Percent, w.Percent.Sub(before.Percent), before.Problem
		w.ProblemRepeated = w.Problem != "" && w.Problem == before.Problem
	}
	return weeks, err
}
