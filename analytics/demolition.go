package analytics

import (
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// Demolition is the clearing of the villages (征迁) by each one's newest report. Households and areas are counted apart and never mixed.
type Demolition struct {
	Households ClearingFunnel      `json:"households"`
	AreaM2     ClearingFunnel      `json:"area_m2"`
	FeeYuan    ledger.Decimal      `json:"transition_fee_yuan"`
	Villages   []DemolitionVillage `json:"villages"`
}

// ClearingFunnel is due -> signed -> vacated -> demolished, with each share of what is due and of the step before; null where a figure is missing.
type ClearingFunnel struct {
	Due               ledger.Decimal `json:"due"`
	Signed            ledger.Decimal `json:"signed"`
	Vacated           ledger.Decimal `json:"vacated"`
	Demolished        ledger.Decimal `json:"demolished"`
	SignedPercent     ledger.Decimal `json:"signed_percent"`
	VacatedPercent    ledger.Decimal `json:"vacated_percent"`
	DemolishedPercent ledger.Decimal `json:"demolished_percent"`
	VacatedOfSigned   ledger.Decimal `json:"vacated_of_signed_percent"`
	DemolishedOf      ledger.Decimal `json:"demolished_of_vacated_percent"`
}

// DemolitionVillage is a village by its newest report, with what moved since the report before.
type DemolitionVillage struct {
	Village    string         `json:"village"`
	Project    string         `json:"project"`
	AsOf       Date           `json:"as_of"`
	Households ClearingFunnel `json:"households"`
	AreaM2     ClearingFunnel `json:"area_m2"`
	FeeYuan    ledger.Decimal `json:"transition_fee_yuan"`
	// Before is the day of the report before; the changes since then are null without one.
	Before          Date           `json:"before"`
	SignedSince     ledger.Decimal `json:"households_signed_since"`
	DemolishedSince ledger.Decimal `json:"households_demolished_since"`
}

// Steps are the four figures in order.
func (f ClearingFunnel) Steps() []ledger.Decimal {
	return []ledger.Decimal{f.Due, f.Signed, f.Vacated, f.Demolished}
}

func (f *ClearingFunnel) finish() {
	f.SignedPercent, f.VacatedPercent, f.DemolishedPercent = Percent(f.Signed, f.Due), Percent(f.Vacated, f.Due), Percent(f.Demolished, f.Due)
	f.VacatedOfSigned, f.DemolishedOf = Percent(f.Vacated, f.Signed), Percent(f.Demolished, f.Vacated)
}

func (f *ClearingFunnel) add(o ClearingFunnel) {
	f.Due, f.Signed, f.Vacated, f.Demolished = plus(f.Due, o.Due), plus(f.Signed, o.Signed), plus(f.Vacated, o.Vacated), plus(f.Demolished, o.Demolished)
}

// demolition reads the reports; of each village and project the newest counts.
func (a *Analytics) demolition(ctx context.Context, q Question) (Demolition, error) {
	d := Demolition{Villages: []DemolitionVillage{}}
	err := a.each(ctx, "Demolition.Rows", q, nil, func(rows driver.Rows) error {
		var v DemolitionVillage
		var day nullDay
		h, m := &v.Households, &v.AreaM2
		if err := rows.Scan(&v.Village, &v.Project, &day, &h.Due, &h.Signed, &h.Vacated, &h.Demolished, &m.Due, &m.Signed, &m.Vacated, &m.Demolished, &v.FeeYuan); err != nil {
			return err
		}
		v.AsOf = dateAt(day)
		d.take(v)
		return nil
	})
	for i := range d.Villages {
		v := &d.Villages[i]
		v.Households.finish()
		v.AreaM2.finish()
		d.Households.add(v.Households)
		d.AreaM2.add(v.AreaM2)
		d.FeeYuan = plus(d.FeeYuan, v.FeeYuan)
	}
	d.Households.finish()
	d.AreaM2.finish()
	slices.SortStableFunc(d.Villages, func(a, b DemolitionVillage) int { return b.Households.Due.Cmp(a.Households.Due) })
	return d, err
}

// take puts a report in the place of the one before it.
func (d *Demolition) take(v DemolitionVillage) {
	last := len(d.Villages) - 1
	if last < 0 || ledger.NameKey(d.Villages[last].Village) != ledger.NameKey(v.Village) || ledger.NameKey(d.Villages[last].Project) != ledger.NameKey(v.Project) {
		d.Villages = append(d.Villages, v)
		return
	}
	before := d.Villages[last]
	v.Before = before.AsOf
	v.SignedSince = v.Households.Signed.Sub(before.Households.Signed)
	v.DemolishedSince = v.Households.Demolished.Sub(before.Households.Demolished)
	d.Villages[last] = v
}
