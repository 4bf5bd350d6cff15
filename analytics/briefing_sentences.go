package analytics

import (
	"strconv"

	"taizhang/ledger"
)

// sentence begins a sentence; clauses without figures are left out.
func sentence(id string, clauses ...Clause) Sentence {
	s := Sentence{ID: id, Clauses: []Clause{}}
	for _, c := range clauses {
		if len(c.Figures) > 0 {
			s.Clauses = append(s.Clauses, c)
		}
	}
	return s
}

func clause(id string, figures ...BriefingFigure) Clause { return Clause{ID: id, Figures: figures} }

// at is a figure as the briefing's day stands.
func (p *briefingParts) at(id string, v ledger.Decimal, unit string) BriefingFigure {
	return BriefingFigure{ID: id, Value: v, Unit: unit, Period: DateOf(p.clock.Asof).String()}
}

func (p *briefingParts) many(id string, n int, unit string) BriefingFigure {
	return p.at(id, ledger.Int(int64(n)), unit)
}

// lately is a count since the last meeting.
func (p *briefingParts) lately(id string, n int, unit string) BriefingFigure {
	f := p.many(id, n, unit)
	f.Period = p.since.String() + "/" + f.Period
	return f
}

// taxed is a figure of the months that the tax is loaded of.
func (p *briefingParts) taxed(id string, v ledger.Decimal, unit string) BriefingFigure {
	t := p.figures.tax
	return BriefingFigure{ID: id, Value: v, Unit: unit, Period: t.Through, Basis: t.Basis}
}

// summary says the whole: tax, investment, projects, housing, buildings, action items.
func (p *briefingParts) summary() []Sentence {
	return []Sentence{p.taxSaid(), p.investmentSaid(), p.projectsSaid(), p.housingSaid(), p.buildingsSaid(), p.dutiesSaid()}
}

func (p *briefingParts) taxSaid() Sentence {
	t := p.figures.tax
	year := ""
	if t.RankYear != 0 {
		year = strconv.Itoa(t.RankYear)
	}
	rank := clause("rank", BriefingFigure{ID: "tax_rank", Value: t.Rank, Period: year})
	if t.RankOf.Valid() {
		rank = clause("rank_of", append(rank.Figures, BriefingFigure{ID: "tax_rank_of", Value: t.RankOf, Period: year})...)
	}
	return sentence("tax", clause("tax_sum", p.taxed("tax_year_to_date", t.YearToDateYuan, "元")),
		clause("growth", p.taxed("tax_growth", t.GrowthPercent, "%"), p.taxed("tax_delta", t.DeltaYuan, "元")),
		clause("of_target", p.taxed("tax_completion", t.CompletionPercent, "%"), p.taxed("tax_target", t.TargetYuan, "元")),
		clause("ahead", p.taxed("tax_ahead", t.AheadPoints, "百分点")), rank)
}

func (p *briefingParts) investmentSaid() Sentence {
	i := p.figures.investment
	dollars := Clause{}
	if i.Signed.ContractUSD.Sign() > 0 {
		dollars = clause("dollars", p.at("signed_contract_usd", i.Signed.ContractUSD, "美元"))
	}
	return sentence("investment", clause("signed", p.at("signed", ledger.Int(i.Signed.Count), "个"), p.at("signed_contract", i.Signed.ContractYuan, "元")), dollars,
		clause("paid_in", p.at("paid_in_year", i.Total.PaidInYearYuan, "元")), clause("paid_in_rate", p.at("paid_in_rate", i.PaidIn.Percent, "%")))
}

func (p *briefingParts) projectsSaid() Sentence {
	l, t := p.cockpit.Lights, p.projects.Totals
	return sentence("projects", clause("under_way", p.many("under_way", p.cockpit.UnderWay, "个")),
		clause("lights", p.many("red", l.Red, "个"), p.many("yellow", l.Yellow, "个"), p.many("green", l.Green, "个"), p.many("grey", l.Grey, "个")),
		clause("invested", p.at("comparable_done", t.ComparableDone, "元"), p.at("completion", t.Completion, "%"), p.at("comparable_plan", t.ComparablePlan, "元")),
		clause("ahead", p.at("projects_ahead", t.Gap.Neg(), "百分点")))
}

func (p *briefingParts) housingSaid() Sentence {
	t := p.figures.resettlement.Totals
	return sentence("housing", clause("owed", p.at("owed_units", t.OwedUnits, "套")),
		clause("delivered", p.at("delivered_units", t.DeliveredUnits, "套"), p.at("delivered_units_rate", t.DeliveredUnitsPercent, "%"), p.at("delivered_area_rate", t.DeliveredAreaPercent, "%")))
}

func (p *briefingParts) buildingsSaid() Sentence {
	t := p.figures.buildings.Totals
	return sentence("buildings", clause("occupancy", p.at("occupancy", t.Occupancy.Percent, "%"), p.at("buildings", ledger.Int(t.Occupancy.Count), "栋")),
		clause("vacant", p.at("vacant_area", t.VacantAreaM2, "㎡")))
}

func (p *briefingParts) dutiesSaid() Sentence {
	c := p.cockpit.Actions
	return sentence("actions", clause("on_time", p.at("on_time_rate", c.OnTimeRate.Percent, "%"), p.at("due", ledger.Int(c.Due), "项"), p.at("on_time", c.OnTimeRate.Numerator, "项")),
		clause("late", p.at("overdue", ledger.Int(c.Overdue), "项")))
}

func (p *briefingParts) lightsSaid() Sentence {
	c := p.meeting.Counts
	return sentence("lights", clause("all_lights", p.many("projects", c.Projects, "个"), p.many("red", c.Lights.Red, "个"), p.many("yellow", c.Lights.Yellow, "个")),
		clause("turned", p.lately("new_red", c.NewRed, "个"), p.lately("better", c.Better, "个")))
}

func (p *briefingParts) leadersSaid() Sentence {
	leaders, worse, overdue := 0, 0, 0
	for _, l := range p.leaders.Leaders {
		if l.Name != "" {
			leaders++
		}
		if l.Overdue > 0 && l.Name != "" {
			overdue++
		}
		if l.Week.Worse > 0 && l.Name != "" {
			worse++
		}
	}
	return sentence("leaders", clause("leaders", p.many("leaders", leaders, "人")), clause("leaders_worse", p.lately("leaders_worse", worse, "人")),
		clause("leaders_late", p.many("leaders_late", overdue, "人")))
}

func (p *briefingParts) workSaid(reported int) Sentence {
	return sentence("work", clause("reported", p.lately("reported", reported, "个")), clause("requests", p.lately("requests", len(p.meeting.Requests), "项")),
		clause("silent", p.many("silent", len(p.meeting.Stale), "个")))
}

func (p *briefingParts) actionsSaid() Sentence {
	g := p.meeting.Actions
	return sentence("closed", clause("closed", p.lately("closed", len(g.Closed), "项")), clause("open", p.many("open", len(g.Open), "项"), p.many("open_overdue", g.Overdue, "项")),
		Clause{"ppc", p.rated("ppc", g.PPC)}, Clause{"closure", p.rated("closure", g.Closure)})
}

// rated are a rate's percentage, numerator and denominator.
func (p *briefingParts) rated(id string, r Rate) []BriefingFigure {
	return []BriefingFigure{p.at(id, r.Percent, "%"), p.at(id+"_done", r.Numerator, "项"), p.at(id+"_due", r.Denominator, "项")}
}
