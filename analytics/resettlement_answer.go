package analytics

import "taizhang/ledger"

// ResettlementAnswer is the delivery of resettlement housing by village and block. Published figures stand apart from the office's own.
type ResettlementAnswer struct {
	Stamp `json:"stamp"`

	Totals    ResettlementFigures     `json:"totals"`
	Villages  []ResettlementVillage   `json:"villages"`
	Rows      []ResettlementRow       `json:"rows"`
	Published []ResettlementPublished `json:"published"`
	Nulls     []ResettlementNull      `json:"nulls"` // cells without a figure, counted as nothing
	Curve     []ResettlementMonth     `json:"curve"`
	// UndatedUnits were delivered on no stated day; they are in the totals, not in the curve.
	UndatedUnits ledger.Decimal      `json:"undated_units"`
	Forecast     DeliveryForecast    `json:"forecast"`
	Checks       []ResettlementCheck `json:"checks"` // totals that the sheet states against the sum of their parts

	// What follows is answered by Resettlement alone. The changes are since a month before the day asked for; null when there was nothing then.
	Demolition     Demolition     `json:"demolition"`
	Since          Date           `json:"since"`
	DeliveredSince ledger.Decimal `json:"delivered_units_since"`
	OwedSince      ledger.Decimal `json:"owed_units_since"`
}

// ResettlementFigures are units and areas along the way from planned to delivered.
type ResettlementFigures struct {
	TotalUnits      ledger.Decimal `json:"total_units"`
	TotalAreaM2     ledger.Decimal `json:"total_area_m2"`
	StartedUnits    ledger.Decimal `json:"started_units"`
	StartedAreaM2   ledger.Decimal `json:"started_area_m2"`
	CompletedUnits  ledger.Decimal `json:"completed_units"`
	CompletedAreaM2 ledger.Decimal `json:"completed_area_m2"`
	DeliveredUnits  ledger.Decimal `json:"delivered_units"`
	DeliveredAreaM2 ledger.Decimal `json:"delivered_area_m2"`

	OwedUnits                   ledger.Decimal `json:"owed_units"` // not delivered yet
	OwedAreaM2                  ledger.Decimal `json:"owed_area_m2"`
	CompletedNotDeliveredUnits  ledger.Decimal `json:"completed_not_delivered_units"`
	CompletedNotDeliveredAreaM2 ledger.Decimal `json:"completed_not_delivered_area_m2"`
	DeliveredUnitsPercent       ledger.Decimal `json:"delivered_units_percent"`
	DeliveredAreaPercent        ledger.Decimal `json:"delivered_area_percent"`
	M2PerUnit                   ledger.Decimal `json:"m2_per_unit"`
	Implausible                 bool           `json:"implausible"` // outside 30 to 250 m2 a unit
}

// ResettlementVillage is a village with its blocks.
type ResettlementVillage struct {
	Village string              `json:"village"`
	Blocks  []ResettlementBlock `json:"blocks"`
	ResettlementFigures
	ResettlementDates
}

// ResettlementBlock is a block (地块) of a village.
type ResettlementBlock struct {
	Village string `json:"village"`
	Block   string `json:"block"`
	ResettlementFigures
	ResettlementDates
}

// ResettlementRow is one building of a block, as the sheet has it.
type ResettlementRow struct {
	Village  string `json:"village"`
	Block    string `json:"block"`
	Building string `json:"building"`
	// AreaQualifier is ≈, ≥ or < where the sheet qualifies the total area.
	AreaQualifier string `json:"area_qualifier,omitempty"`
	ResettlementFigures
	ResettlementDates
}

// ResettlementDates are the last planned and the last actual delivery of a group; Overdue says units are owed after the planned day.
type ResettlementDates struct {
	PlanDelivery   Date           `json:"plan_delivery"`
	ActualDelivery Date           `json:"actual_delivery"`
	Overdue        bool           `json:"overdue"`
	OverdueUnits   ledger.Decimal `json:"overdue_units"` // owed by rows whose planned day is past
}

// ResettlementPublished is a figure somebody published, shown as printed and never added or corrected.
type ResettlementPublished struct {
	Village       string         `json:"village"`
	Units         ledger.Decimal `json:"published_units"`
	AreaM2        ledger.Decimal `json:"published_area_m2"`
	AreaQualifier string         `json:"area_qualifier,omitempty"` // ≈, ≥ or <
	Percent       ledger.Decimal `json:"published_percent"`
	PercentBasis  string         `json:"percent_basis"` // empty: it is not said of what
	M2PerUnit     ledger.Decimal `json:"m2_per_unit"`
	Implausible   bool           `json:"implausible"`
	// Totals that follow if the percentage is of units, or of area.
	ImpliedTotalUnits  ledger.Decimal `json:"implied_total_units"`
	ImpliedTotalAreaM2 ledger.Decimal `json:"implied_total_area_m2"`
	PublishedBy        string         `json:"published_by"`
	PublishedOn        Date           `json:"published_on"`
}

// ResettlementNull names a figure a row does not give.
type ResettlementNull struct {
	Village  string `json:"village"`
	Block    string `json:"block"`
	Building string `json:"building"`
	Field    string `json:"field"`
}

// ResettlementMonth is the running number of units due and delivered by the end of a month.
type ResettlementMonth struct {
	Month          string         `json:"month"`
	PlannedUnits   ledger.Decimal `json:"planned_units"`
	DeliveredUnits ledger.Decimal `json:"delivered_units"` // null after the day asked for
	ForecastUnits  ledger.Decimal `json:"forecast_units"`  // from the month of the day asked for on, at the pace so far
}
