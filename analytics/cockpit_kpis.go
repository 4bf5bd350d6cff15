package analytics

import "taizhang/ledger"

func (p *cockpitParts) taxKPI() KPI {
	t := p.tax
	return KPI{ID: "tax", Value: t.YearToDateYuan, Unit: "元", Through: t.Through, BarPercent: t.CompletionPercent, TickPercent: t.TimePercent,
		Subs: []SubFigure{
			{"growth_percent", t.GrowthPercent, "%"}, {"ahead_points", t.AheadPoints, "百分点"}, {"completion_percent", t.CompletionPercent, "%"},
			{"delta_yuan", t.DeltaYuan, "元"}, {"target_yuan", t.TargetYuan, "元"}, {"rank", t.Rank, ""}, {"population", t.RankOf, ""},
		}}
}

// paidInKPI shows what the leads' own rows say was paid in this year; the reported indicator stands beside it and is never mixed in.
func (p *cockpitParts) paidInKPI() KPI {
	i := p.investment
	k := KPI{ID: "paid_in", Value: i.Total.PaidInYearYuan, Unit: "元", BarPercent: i.PaidIn.Percent, Subs: []SubFigure{
		{"paid_in_percent", i.PaidIn.Percent, "%"}, {"signed", ledger.Int(i.Signed.Count), "个"}, {"signed_contract_yuan", i.Signed.ContractYuan, "元"},
		{"signed_contract_usd", i.Signed.ContractUSD, "美元"}, {"intended", ledger.Int(i.Intended.Count), "个"},
	}}
	if s := p.indicators.Find(investmentIndicator); s != nil {
		k.Subs = append(k.Subs, SubFigure{"indicator_year_to_date", s.YearToDate, s.Unit}, SubFigure{"indicator_growth_percent", s.YearToDateGrowth, "%"},
			SubFigure{"indicator_completion_percent", s.CompletionPercent, "%"})
	}
	return k
}

func (ans *CockpitAnswer) projectsKPI() KPI {
	return KPI{ID: "projects", Value: ledger.Int(int64(ans.UnderWay)), Unit: "个", Subs: []SubFigure{
		{"red", ledger.Int(int64(ans.Lights.Red)), "个"}, {"yellow", ledger.Int(int64(ans.Lights.Yellow)), "个"},
		{"green", ledger.Int(int64(ans.Lights.Green)), "个"}, {"grey", ledger.Int(int64(ans.Lights.Grey)), "个"},
	}}
}

func (p *cockpitParts) resettlementKPI() KPI {
	t := p.resettlement.Totals
	overdue := ledger.Null
	for _, v := range p.resettlement.Villages {
		overdue = plus(overdue, v.OverdueUnits)
	}
	return KPI{ID: "resettlement", Value: t.OwedUnits, Unit: "套", BarPercent: t.DeliveredUnitsPercent, Subs: []SubFigure{
		{"delivered_units_percent", t.DeliveredUnitsPercent, "%"}, {"delivered_area_percent", t.DeliveredAreaPercent, "%"},
		{"delivered_units", t.DeliveredUnits, "套"}, {"completed_not_delivered_units", t.CompletedNotDeliveredUnits, "套"}, {"overdue_units", overdue, "套"},
	}}
}

func (p *cockpitParts) occupancyKPI() KPI {
	t := p.buildings.Totals
	return KPI{ID: "occupancy", Value: t.Occupancy.Percent, Unit: "%", BarPercent: t.Occupancy.Percent, Subs: []SubFigure{
		{"registration_percent", t.RegistrationPercent, "%"}, {"vacant_area_m2", t.VacantAreaM2, "㎡"}, {"firms", ledger.Int(t.Firms), "家"},
		{"buildings", ledger.Int(t.Occupancy.Count), "栋"},
	}}
}

// actionsKPI is the items closed by their day of those that fell due.
func (ans *CockpitAnswer) actionsKPI() KPI {
	c := ans.Actions
	return KPI{ID: "actions", Value: c.OnTimeRate.Numerator, Unit: "项", BarPercent: c.OnTimeRate.Percent, Subs: []SubFigure{
		{"due", ledger.Int(c.Due), "项"}, {"on_time_percent", c.OnTimeRate.Percent, "%"}, {"closed", ledger.Int(c.Closed), "项"},
		{"made", ledger.Int(c.Made), "项"}, {"overdue", ledger.Int(c.Overdue), "项"}, {"due_soon", ledger.Int(c.DueSoon), "项"},
	}}
}
