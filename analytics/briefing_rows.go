package analytics

import (
	"taizhang/internal/text"
	"taizhang/ledger"
)

// rows are the table of indicators: tax, the reported series, then what the other ledgers give.
func (p *briefingParts) rows() []BriefingRow {
	t, i := p.figures.tax, p.figures.investment
	list := []BriefingRow{{BriefingFigure: p.taxed("tax_year_to_date", t.YearToDateYuan, "元"), Name: wording("briefing.row.tax"), Growth: t.GrowthPercent,
		Target: t.TargetYuan, Completion: t.CompletionPercent, Time: t.TimePercent, Ahead: t.AheadPoints, Page: "/tax"}}
	for _, s := range p.figures.indicators.Series {
		if s.Indicator == TaxIndicator || !s.YearToDate.Valid() && !s.Target.Valid() {
			continue
		}
		list = append(list, BriefingRow{BriefingFigure: BriefingFigure{ID: "series", Value: s.YearToDate, Unit: s.Unit, Period: s.Through, Basis: s.Basis},
			Name: Wording{s.Indicator, s.Indicator}, Growth: s.YearToDateGrowth, Target: s.Target, Completion: s.CompletionPercent, Time: s.TimePercent,
			Ahead: s.AheadPoints, Page: "/indicators"})
	}
	row := func(key, page string, f BriefingFigure) BriefingRow {
		return BriefingRow{BriefingFigure: f, Name: wording("briefing.row." + key), Page: page}
	}
	invested := row("invested", "/projects", p.at("comparable_done", p.projects.Totals.ComparableDone, "元"))
	invested.Target, invested.Completion = p.projects.Totals.ComparablePlan, p.projects.Totals.Completion
	invested.Time, invested.Ahead = p.projects.Totals.Time, p.projects.Totals.Gap.Neg()
	return append(list, invested, row("paid_in", "/investment", p.at("paid_in_year", i.Total.PaidInYearYuan, "元")),
		row("delivered", "/resettlement", p.at("delivered_units_rate", p.figures.resettlement.Totals.DeliveredUnitsPercent, "%")),
		row("occupancy", "/buildings", p.at("occupancy", p.figures.buildings.Totals.Occupancy.Percent, "%")),
		row("on_time", "/actions", p.at("on_time_rate", p.cockpit.Actions.OnTimeRate.Percent, "%")))
}

// Phrase is the key by which a clause is said: briefing.say.ID, or its variant by what the first figure is.
func (c Clause) Phrase() string {
	key := "briefing.say." + c.ID
	first := ledger.Null
	if len(c.Figures) > 0 {
		first = c.Figures[0].Value
	}
	variant := ""
	switch {
	case !first.Valid():
		variant = ".none"
	case first.Sign() < 0:
		variant = ".down"
	case first.Sign() == 0:
		variant = ".even"
	}
	if variant != "" && text.Known(key+variant) {
		return key + variant
	}
	return key
}
