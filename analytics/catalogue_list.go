package analytics

import (
	"strconv"

	"taizhang/ledger"
)

// Indicators are all indicators of the product, in the order they are listed.
var Indicators = []Indicator{
	{ID: "tax_year_to_date", Unit: "元", Page: "/tax", Formula: sumOf, Worked: []string{"31000000.00", "28500000.50", "-120000.25"}, Want: "59380000.25", of: func(p *cockpitParts) measure {
		return p.taxed(p.tax.YearToDateYuan, p.taxMonths()...)
	}},
	{ID: "tax_month", Unit: "元", Page: "/tax", Formula: less, Worked: []string{"157000000", "125300000"}, Want: "31700000", of: func(p *cockpitParts) measure {
		now, before := p.lastMonths()
		return p.taxed(now.TaxYuan, now.CumulativeYuan, before)
	}},
	{ID: "tax_growth", Unit: "%", Page: "/tax", Formula: growth, Worked: []string{"4.90", "4.34"}, Want: "12.9", of: func(p *cockpitParts) measure {
		return p.taxed(p.tax.GrowthPercent, p.tax.YearToDateYuan, p.tax.LastYearToDateYuan)
	}},
	{ID: "tax_delta", Unit: "元", Page: "/tax", Formula: less, Worked: []string{"4.90", "4.34"}, Want: "0.56", of: func(p *cockpitParts) measure {
		return p.taxed(p.tax.DeltaYuan, p.tax.YearToDateYuan, p.tax.LastYearToDateYuan)
	}},
	{ID: "tax_month_growth", Unit: "%", Page: "/tax", Formula: growth, Worked: []string{"157", "125.3"}, Want: "25.3", of: func(p *cockpitParts) measure {
		this, before := p.singleMonths()
		return p.taxed(GrowthPercent(before, this), this, before)
	}},
	{ID: "tax_completion", Unit: "%", Page: "/tax", Formula: part, Worked: []string{"157000000", "500000000"}, Want: "31.4", of: func(p *cockpitParts) measure {
		return p.taxed(p.tax.CompletionPercent, p.tax.YearToDateYuan, p.tax.TargetYuan)
	}},
	{ID: "tax_time", Unit: "%", Page: "/tax", Formula: part, Worked: []string{"10", "12"}, Want: "83.33", of: func(p *cockpitParts) measure {
		return p.taxed(p.tax.TimePercent)
	}},
	{ID: "tax_ahead", Unit: "百分点", Page: "/tax", Formula: less, Worked: []string{"125.64", "83.33"}, Want: "42.31", of: func(p *cockpitParts) measure {
		return p.taxed(p.tax.AheadPoints, p.tax.CompletionPercent, p.tax.TimePercent)
	}},
	{ID: "tax_concentration", Unit: "%", Page: "/tax", Formula: part, Worked: []string{"40420700", "157000000"}, Want: "25.75", of: func(p *cockpitParts) measure {
		return p.taxed(p.tax.ConcentrationPercent, p.tax.Top5Yuan, p.tax.YearToDateYuan)
	}},
	{ID: "tax_new", Unit: "家", Page: "/tax", of: func(p *cockpitParts) measure {
		return p.taxed(p.tax.NewPayers.Count, p.tax.NewPayers.Count, p.tax.NewPayers.Yuan)
	}},
	{ID: "tax_lost", Unit: "家", Page: "/tax", of: func(p *cockpitParts) measure {
		return p.taxed(p.tax.LostPayers.Count, p.tax.LostPayers.Count, p.tax.LostPayers.Yuan)
	}},
	{ID: "tax_rank", Unit: "", Page: "/tax", of: func(p *cockpitParts) measure {
		return measure{value: p.tax.Rank, from: []ledger.Decimal{p.tax.Rank, p.tax.RankOf}, period: rankYear(p.tax), foot: &p.tax.Stamp}
	}},

	{ID: "to_times", Unit: "倍", Page: "/indicators", Formula: func(in ...ledger.Decimal) ledger.Decimal { return ToTimes(in[1], in[0]) }, Worked: []string{"4.34", "1.59"}, Want: "2.73"},
	{ID: "by_times", Unit: "倍", Page: "/indicators", Formula: func(in ...ledger.Decimal) ledger.Decimal { return ByTimes(in[1], in[0]) }, Worked: []string{"4.34", "1.59"}, Want: "1.73"},
	{ID: "increase", Unit: "%", Page: "/indicators", Formula: growth, Worked: []string{"4.34", "1.59"}, Want: "172.96"},
	{ID: "doublings", Unit: "番", Page: "/indicators", Formula: func(in ...ledger.Decimal) ledger.Decimal { return Doublings(in[1], in[0]) }, Worked: []string{"4", "1"}, Want: "2"},
	{ID: "cagr", Unit: "%", Page: "/indicators", Formula: func(in ...ledger.Decimal) ledger.Decimal { return CAGRPercent(in[1], in[0], 5) }, Worked: []string{"4.34", "1.59"}, Want: "22.24"},

	{ID: "paid_in_rate", Unit: "%", Page: "/investment", Formula: part, Worked: []string{"9.88", "24"}, Want: "41.17", of: func(p *cockpitParts) measure {
		return ofRate(p.investment.PaidIn, &p.investment.Stamp)
	}},
	{ID: "landing_rate", Unit: "%", Page: "/investment", Formula: part, Worked: []string{"244", "247"}, Want: "98.79", of: func(p *cockpitParts) measure {
		return ofRate(p.investment.Landed, &p.investment.Stamp)
	}},
	{ID: "start_rate", Unit: "%", Page: "/investment", Formula: part, Worked: []string{"222", "247"}, Want: "89.88", of: func(p *cockpitParts) measure {
		return ofRate(p.investment.Started, &p.investment.Stamp)
	}},

	{ID: "stage_conversion", Unit: "%", Page: "/investment", Formula: part, Worked: []string{"14", "21"}, Want: "66.67"},
	{ID: "paid_in_converted", Unit: "元", Page: "/investment", Formula: product, Worked: []string{"600000", "6.558"}, Want: "3934800"},
	{ID: "service_on_time", Unit: "%", Page: "/investment", Formula: part, Worked: []string{"42", "48"}, Want: "87.5", of: func(p *cockpitParts) measure {
		return ofRate(p.services.OnTime, nil)
	}},

	{ID: "patrol_on_time", Unit: "%", Page: "/patrols", Formula: part, Worked: []string{"72", "96"}, Want: "75", of: func(p *cockpitParts) measure {
		return ofRate(p.patrols.OnTime, nil)
	}},

	{ID: "occupancy", Unit: "%", Page: "/buildings", Formula: part, Worked: []string{"157", "194"}, Want: "80.93", of: func(p *cockpitParts) measure {
		return ofRate(p.buildings.Totals.Occupancy, &p.buildings.Stamp)
	}},
	{ID: "vacancy", Unit: "%", Page: "/buildings", Formula: func(in ...ledger.Decimal) ledger.Decimal { return hundred.Sub(Percent(in[0], in[1])) }, Worked: []string{"157", "194"}, Want: "19.07", of: func(p *cockpitParts) measure {
		o := p.buildings.Totals.Occupancy
		return measure{value: hundred.Sub(o.Percent), from: []ledger.Decimal{o.Numerator, o.Denominator}, foot: &p.buildings.Stamp}
	}},
	{ID: "registration", Unit: "%", Page: "/buildings", Formula: part, Worked: []string{"130", "200"}, Want: "65", of: func(p *cockpitParts) measure {
		return p.housed(p.buildings.Totals.RegistrationPercent, p.buildings.Totals.RegisteredFirms)
	}},
	{ID: "local_tax", Unit: "%", Page: "/buildings", Formula: part, Worked: []string{"120", "200"}, Want: "60", of: func(p *cockpitParts) measure {
		return p.housed(p.buildings.Totals.LocalTaxPercent, p.buildings.Totals.LocalTaxFirms)
	}},
	{ID: "local_tax_amount", Unit: "%", Page: "/buildings", Formula: part, Worked: []string{"1950001", "3000000"}, Want: "65", of: func(p *cockpitParts) measure {
		return p.watched(p.economy.WatchTotals.LocalTaxPercent, p.economy.WatchTotals.LocalTaxYuan, p.economy.WatchTotals.TaxYuan)
	}},
	{ID: "occupancy_change", Unit: "百分点", Page: "/buildings", Formula: less, Worked: []string{"80", "90"}, Want: "-10", of: func(p *cockpitParts) measure {
		t := p.economy.Totals
		return p.watched(t.OccupancyChange, t.LastYearOccupancy.Percent.Add(t.OccupancyChange), t.LastYearOccupancy.Percent)
	}},
	{ID: "net_area", Unit: "㎡", Page: "/buildings", Formula: func(in ...ledger.Decimal) ledger.Decimal { return in[0].Sub(in[1]).Add(in[2]) }, Worked: []string{"150", "200", "-20"}, Want: "-70", of: func(p *cockpitParts) measure {
		m := p.economy.Totals.Moves
		return p.watched(m.NetM2, m.InM2, m.OutM2, m.GrownM2)
	}},
	{ID: "may_leave", Unit: "家", Page: "/buildings", Formula: reasonsToLeave, Worked: []string{"600000", "1000000", "31", "0", "0"}, Want: "4", of: func(p *cockpitParts) measure {
		return p.watched(ledger.Int(p.economy.WatchTotals.Watched))
	}},
	{ID: "leaving_area", Unit: "㎡", Page: "/buildings", Formula: sumOf, Worked: []string{"300", "250", "150", "80"}, Want: "780", of: func(p *cockpitParts) measure {
		return p.watched(p.economy.WatchTotals.WatchedM2)
	}},
	{ID: "leaving_tax", Unit: "元", Page: "/buildings", Formula: sumOf, Worked: []string{"600000", "50000", "400000"}, Want: "1050000", of: func(p *cockpitParts) measure {
		return p.watched(p.economy.WatchTotals.WatchedYuan)
	}},
	{ID: "hq_share", Unit: "%", Page: "/buildings", Formula: part, Worked: []string{"600000", "3000000"}, Want: "20", of: func(p *cockpitParts) measure {
		return p.watched(p.economy.WatchTotals.HQPercent, p.economy.WatchTotals.HQYuan, p.economy.WatchTotals.TaxYuan)
	}},
	{ID: "tax_per_m2", Unit: "元/㎡", Page: "/buildings", Formula: quotient, Worked: []string{"20000000", "40000"}, Want: "500"},
	{ID: "building_tier", Unit: "栋", Page: "/buildings"},
	{ID: "wale", Unit: "天", Page: "/buildings", Formula: quotient, Worked: []string{"2555000", "4000"}, Want: "638.75", of: func(p *cockpitParts) measure {
		t := p.buildings.Totals
		return measure{value: p.buildings.WALEDays, from: []ledger.Decimal{t.leaseM2Days, t.leasedM2}, foot: &p.buildings.Stamp}
	}},

	{ID: "delivered_units", Unit: "%", Page: "/resettlement", Formula: part, Worked: []string{"4079", "7600"}, Want: "53.67", of: func(p *cockpitParts) measure {
		t := p.resettlement.Totals
		return p.delivered(t.DeliveredUnitsPercent, t.DeliveredUnits, t.TotalUnits)
	}},
	{ID: "delivered_area", Unit: "%", Page: "/resettlement", Formula: part, Worked: []string{"489480", "912000"}, Want: "53.67", of: func(p *cockpitParts) measure {
		t := p.resettlement.Totals
		return p.delivered(t.DeliveredAreaPercent, t.DeliveredAreaM2, t.TotalAreaM2)
	}},
	{ID: "owed_units", Unit: "套", Page: "/resettlement", Formula: less, Worked: []string{"7600", "4079"}, Want: "3521", of: func(p *cockpitParts) measure {
		t := p.resettlement.Totals
		return p.delivered(t.OwedUnits, t.TotalUnits, t.DeliveredUnits)
	}},

	{ID: "delivery_pace", Unit: "套", Page: "/resettlement", Formula: quotient, Worked: []string{"398", "237"}, Want: "1.68"},
	{ID: "delivery_days", Unit: "天", Page: "/resettlement", Formula: daysAtPace, Worked: []string{"3684", "398", "237"}, Want: "2194"},
	{ID: "cleared", Unit: "%", Page: "/resettlement", Formula: part, Worked: []string{"6596", "7200"}, Want: "91.61"},

	{ID: "spi", Unit: "", Page: "/projects", Formula: quotient, Worked: []string{"40", "50"}, Want: "0.8"},
	{ID: "ppc", Unit: "%", Page: "/meeting", Formula: part, Worked: []string{"16", "20"}, Want: "80", of: func(p *cockpitParts) measure {
		return ofRate(p.commitments.PPC, nil)
	}},
	{ID: "closure", Unit: "%", Page: "/actions", Formula: part, Worked: []string{"18", "20"}, Want: "90", of: func(p *cockpitParts) measure {
		return ofRate(p.commitments.Closure, nil)
	}},
	{ID: "on_time", Unit: "%", Page: "/", Formula: part, Worked: []string{"5", "14"}, Want: "35.71", of: func(p *cockpitParts) measure {
		return ofRate(p.actions.OnTimeRate, nil)
	}},

	{ID: "grid_coverage", Unit: "%", Page: "/grid", Formula: part, Worked: []string{"31", "83"}, Want: "37.35"},
	{ID: "people_per_grid", Unit: "人", Page: "/grid", Formula: func(in ...ledger.Decimal) ledger.Decimal { return in[0].Div(in[1]) }, Worked: []string{"86000", "83"}, Want: "1036.14"},
	{ID: "counter_sum", Unit: "", Page: "/enforcement", Formula: func(in ...ledger.Decimal) ledger.Decimal { return in[0].Sub(in[1]).Sub(in[2]) }, Worked: []string{"28.77", "26.51", "2.26"}, Want: "0"},
}

// rankYear is the year a published rank is of, often not the one shown.
func rankYear(t *TaxAnswer) string {
	if t.RankYear == 0 {
		return ""
	}
	return strconv.Itoa(t.RankYear)
}

func sumOf(in ...ledger.Decimal) ledger.Decimal {
	sum := ledger.Null
	for _, one := range in {
		sum = plus(sum, one)
	}
	return sum
}

func less(in ...ledger.Decimal) ledger.Decimal    { return in[0].Sub(in[1]) }
func growth(in ...ledger.Decimal) ledger.Decimal  { return GrowthPercent(in[1], in[0]) }
func product(in ...ledger.Decimal) ledger.Decimal { return in[0].Mul(in[1]) }

// daysAtPace is how many days what is owed takes, when so much was delivered in so many days; a day begun counts.
func daysAtPace(in ...ledger.Decimal) ledger.Decimal {
	return ledger.Exact(in[0].Mul(in[2]).Div(in[1]).Big().Ceil())
}
func part(in ...ledger.Decimal) ledger.Decimal     { return Percent(in[0], in[1]) }
func quotient(in ...ledger.Decimal) ledger.Decimal { return ToTimes(in[1], in[0]) }

func (p *cockpitParts) taxed(value ledger.Decimal, from ...ledger.Decimal) measure {
	return measure{value: value, from: from, period: p.tax.Through, foot: &p.tax.Stamp}
}

func (p *cockpitParts) housed(value ledger.Decimal, firms int64) measure {
	return measure{value: value, from: []ledger.Decimal{ledger.Int(firms), ledger.Int(p.buildings.Totals.Firms)}, foot: &p.buildings.Stamp}
}

func (p *cockpitParts) watched(value ledger.Decimal, from ...ledger.Decimal) measure {
	return measure{value: value, from: from, foot: &p.economy.Stamp}
}

func (p *cockpitParts) delivered(value ledger.Decimal, from ...ledger.Decimal) measure {
	return measure{value: value, from: from, foot: &p.resettlement.Stamp}
}

func ofRate(r Rate, foot *Stamp) measure {
	return measure{value: r.Percent, from: []ledger.Decimal{r.Numerator, r.Denominator}, foot: foot}
}

// taxMonths are the months of the year that are loaded.
func (p *cockpitParts) taxMonths() []ledger.Decimal {
	var list []ledger.Decimal
	for _, m := range p.tax.Months {
		if m.TaxYuan.Valid() {
			list = append(list, m.TaxYuan)
		}
	}
	return list
}

// lastMonths are the last month with tax and what had come in before it, nothing in January.
func (p *cockpitParts) lastMonths() (TaxMonth, ledger.Decimal) {
	for i, m := range p.tax.Months {
		if m.Month != p.tax.Through {
			continue
		}
		if i == 0 {
			return m, ledger.Int(0)
		}
		return m, p.tax.Months[i-1].CumulativeYuan
	}
	return TaxMonth{}, ledger.Null
}

// singleMonths are the tax of the last month and of the one before it, December of last year before January.
func (p *cockpitParts) singleMonths() (this, before ledger.Decimal) {
	for i, m := range p.tax.Months {
		switch {
		case m.Month != p.tax.Through:
		case i == 0:
			return m.TaxYuan, p.tax.Months[len(p.tax.Months)-1].LastYearYuan
		default:
			return m.TaxYuan, p.tax.Months[i-1].TaxYuan
		}
	}
	return ledger.Null, ledger.Null
}
