package analytics

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// portfolio is all that stands of all projects under one clock: the pages of projects, leaders and schedules are cut from it.
type portfolio struct {
	asof  Date
	items []ProjectItem
	keys  []string // folded names of items, for joins with sheets that name a project
	plans []Plan   // in the order of items, plans of projects outside the ledger last
	plan  map[string]int

	rules    Thresholds
	working  *Calendar
	terms    map[string][]Assignment // by folded name of the project
	approved map[string][]Baseline   // by folded name of the project, in the order of approval
	weeks    map[string][]Week       // by folded name of the project, the newest first: the last two, or all of one that is read alone
}

// portfolioSources are the datasets a portfolio is read from.
var portfolioSources = []string{"projects", "milestones", "progress", "baselines", "overrides", "assignments", "calendar"}

// judge gives every project its light: the one set by hand, else by the rules.
func (p *portfolio) judge(byHand map[string]Override) {
	for i := range p.items {
		item := &p.items[i]
		var plan *Plan
		if at, ok := p.plan[p.keys[i]]; ok {
			plan = &p.plans[at]
			plan.Key, plan.Project, plan.Leaders = item.Key, item.Project, item.Leaders
			item.DaysLate, item.MinFloatOpen = plan.DaysLate, plan.MinFloatOpen
		}
		item.Light = lightOf(p.rules.rulesOf(item, plan, p.asof))
		if o, ok := byHand[p.keys[i]]; ok {
			item.Light = item.Light.setBy(o)
		}
	}
}

// rulesOf computes every rule of a project that has its data.
func (t Thresholds) rulesOf(item *ProjectItem, plan *Plan, asof Date) []Rule {
	rules := []Rule{}
	add := func(r Rule, ok bool) {
		if ok {
			rules = append(rules, r)
		}
	}
	add(t.gapRule(item.Completion, item.Time))
	add(t.startRule(item.PlanStart, item.ActualStart, asof))
	if plan != nil {
		rules = append(rules, plan.Light.Rules...)
	}
	add(t.moneyRule(item.Cumulative, item.TotalInvestment, item.Percent))
	// Nobody reports on a finished project: silence there is no loss of contact.
	if !item.ActualFinish.Known() || item.ActualFinish.After(asof) {
		add(t.staleRule(item.ReportDate, asof))
	}
	return rules
}

// projectItems reads the rows of the ledger: all, or those of the key or folded name asked for.
func (a *Analytics) projectItems(ctx context.Context, q Question, one string, p *portfolio) error {
	return a.each(ctx, "Projects.Items", q, ledger.Params{"project": ledger.NameKey(one), "key": one}, func(rows driver.Rows) error {
		var i ProjectItem
		var key string
		var effective time.Time
		var planStart, actualStart, planFinish, actualFinish *time.Time
		err := rows.Scan(&i.Key, &key, &i.Project, &i.Category, &i.Leaders, &i.Section, &i.Stage, &effective,
			&i.TotalInvestment, &i.YearPlan, &i.MonthDone, &i.YearToDate, &i.SinceStart,
			&planStart, &actualStart, &planFinish, &actualFinish,
			&i.Progress, &i.Percent, &i.Problem, &i.Coordination, &i.NextStep)
		if err != nil {
			return err
		}
		i.LedgerDate = DateOf(effective)
		i.PlanStart, i.ActualStart = dateAt(planStart), dateAt(actualStart)
		i.PlanFinish, i.ActualFinish = dateAt(planFinish), dateAt(actualFinish)
		i.Completion, i.Time = Percent(i.YearToDate, i.YearPlan), yearPassed(i.LedgerDate)
		i.Gap = i.Time.Sub(i.Completion)
		i.Cumulative = i.SinceStart
		p.items, p.keys = append(p.items, i), append(p.keys, key)
		return nil
	})
}

// setWeeks puts weekly entries on their items; they are by folded name of the project, the newest first.
func (p *portfolio) setWeeks(weeks map[string][]Week) {
	p.weeks = weeks
	for i := range p.items {
		list := weeks[p.keys[i]]
		if len(list) == 0 {
			continue
		}
		item, last := &p.items[i], list[0]
		item.ReportDate, item.Progress, item.Percent = last.ReportDate, last.Progress, last.Percent
		item.WeekInvestment, item.Cumulative = last.WeekInvestment, last.Cumulative
		item.Problem, item.Coordination, item.NextStep = last.Problem, last.Coordination, last.NextStep
		days := p.asof.Since(last.ReportDate)
		item.StaleDays = &days
		if len(list) > 1 {
			item.PercentBefore, item.ProblemBefore = list[1].Percent, list[1].Problem
		}
	}
}

// eachLastWeek reads the last two weekly entries of every project, newest first, and before them the last two up to an earlier day;
// the zero Date asks for no earlier ones.
func (a *Analytics) eachLastWeek(ctx context.Context, q Question, before Date, add func(key string, w Week)) error {
	day := "1900-01-01" // before every entry
	if before.Known() {
		day = before.String()
	}
	return a.eachWeek(ctx, "Projects.Weeks", q, ledger.Params{"before": day}, add)
}

// eachWeek reads weekly entries, with the folded name of their project.
func (a *Analytics) eachWeek(ctx context.Context, name string, q Question, more ledger.Params, add func(key string, w Week)) error {
	return a.each(ctx, name, q, more, func(rows driver.Rows) error {
		var w Week
		var key string
		var effective time.Time
		err := rows.Scan(&key, &effective, &w.Progress, &w.Percent, &w.WeekInvestment, &w.Cumulative,
			&w.Problem, &w.Coordination, &w.NextStep, &w.Note)
		if err != nil {
			return err
		}
		w.ReportDate = DateOf(effective)
		add(key, w)
		return nil
	})
}
