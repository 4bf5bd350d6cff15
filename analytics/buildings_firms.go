package analytics

import (
	"context"
	"strconv"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// Reasons why a tenant may leave, in the order they are told.
const (
	TaxFalling          = "tax_falling"          // tax below the same months of last year by TaxFallYellow and TaxFallLeast
	LeaseSoonEnding     = "lease_ending"         // a lease of its ends within LeaseYellow days
	LeaseOver           = "lease_over"           // a lease of its is over, none ends soon
	RegisteredElsewhere = "registered_elsewhere" // known not to be registered here
	TaxedElsewhere      = "taxed_elsewhere"      // known not to pay its tax here
)

// WatchReasons are all reasons, in the order they are told.
var WatchReasons = []string{TaxFalling, LeaseSoonEnding, LeaseOver, RegisteredElsewhere, TaxedElsewhere}

// mostFirms bounds a list of firms that is no page.
const mostFirms = 5000

// BuildingFirm is a firm in a building with its tax in all, in the building or not, and why it may leave.
type BuildingFirm struct {
	Building     string `json:"building"`
	BuildingKey  string `json:"building_key"`
	Company      string `json:"company"`
	Key          string `json:"firm"` // its code, or its name without one
	Industry     string `json:"industry"`
	Headquarters string `json:"headquarters"`
	RegisteredAt string `json:"registered_at"`
	TaxedAt      string `json:"taxed_at"`
	Registered   *bool  `json:"registered"` // null when no line says
	LocalTax     *bool  `json:"local_tax"`

	Lines         int64          `json:"lines"`
	AreaM2        ledger.Decimal `json:"area_m2"`
	LeaseTo       Date           `json:"lease_to"`   // the lease that ends soon, else the one that is over
	LeaseDays     ledger.Decimal `json:"lease_days"` // to that day
	TaxYuan       ledger.Decimal `json:"tax_yuan"`   // year to date
	LastYearYuan  ledger.Decimal `json:"last_year_yuan"`
	ChangePercent ledger.Decimal `json:"change_percent"`
	SharePercent  ledger.Decimal `json:"share_percent"` // of the tax of all firms in the buildings
	Reasons       []string       `json:"reasons"`
}

// FirmTotals add up the firms of one building or of all; a firm in several buildings counts once in the total.
type FirmTotals struct {
	Firms           int64            `json:"firms"`
	Watched         int64            `json:"watched"`       // with a reason to leave
	Several         int64            `json:"several"`       // with two or more
	WatchedM2       ledger.Decimal   `json:"watched_m2"`    // area at stake
	WatchedYuan     ledger.Decimal   `json:"watched_yuan"`  // tax at stake, year to date
	Reasons         map[string]int64 `json:"by_reason"`     // firms and buildings
	TaxYuan         ledger.Decimal   `json:"firm_tax_yuan"` // tax of the firms in all, wherever it was declared
	LocalTaxYuan    ledger.Decimal   `json:"local_firm_tax_yuan"`
	LocalTaxPercent ledger.Decimal   `json:"local_tax_amount_percent"` // of the firms that pay here, by amount
	HQYuan          ledger.Decimal   `json:"hq_tax_yuan"`
	HQM2            ledger.Decimal   `json:"hq_area_m2"`
	HQPercent       ledger.Decimal   `json:"hq_tax_percent"`
}

// WatchLimits are the thresholds that reasons were found by.
type WatchLimits struct {
	TaxFallPercent ledger.Decimal `json:"tax_fall_percent"`
	TaxFallYuan    ledger.Decimal `json:"tax_fall_yuan"`
	LeaseDays      int64          `json:"lease_days"`
}

func (t Thresholds) watchLimits() WatchLimits {
	return WatchLimits{t.TaxFallYellow, t.TaxFallLeast, t.LeaseYellow}
}

// firmsAsked narrows the list of firms.
type firmsAsked struct {
	building string // empty: all
	reason   string // empty: any
	least    int    // reasons
	every    bool   // all firms too
	limit    int
}

// firmList is what Buildings.Firms answers.
type firmList struct {
	watch, hq, every []BuildingFirm
	totals           map[string]FirmTotals // by building; empty: all
}

// of gives the totals of a building, empty for all.
func (l *firmList) of(building string) FirmTotals {
	t := l.totals[building]
	if t.Reasons == nil {
		t.Reasons = map[string]int64{}
	}
	return t
}

func (a *Analytics) firms(ctx context.Context, q Question, book *taxBook, asked firmsAsked) (*firmList, error) {
	rules, params := a.thresholds(), book.params(q.YearOr())
	today := DateOf(q.Clock.Asof)
	params["building"], params["reason"], params["least"] = asked.building, asked.reason, strconv.Itoa(asked.least)
	params["every"], params["limit"] = strconv.FormatBool(asked.every), strconv.Itoa(asked.limit)
	params["until"] = today.Plus(int(rules.LeaseYellow)).String()
	params["tax_fall"], params["tax_least"] = rules.TaxFallYellow.String(), rules.TaxFallLeast.String()
	list := &firmList{watch: []BuildingFirm{}, hq: []BuildingFirm{}, totals: map[string]FirmTotals{}}
	err := a.each(ctx, "Buildings.Firms", q, params, func(rows driver.Rows) error {
		part, f, t, err := scanFirm(rows, today)
		switch {
		case err != nil:
			return err
		case part == "all":
			list.totals[""] = t
		case part == "building":
			list.totals[f.BuildingKey] = t
		case part == "watch":
			list.watch = append(list.watch, f)
		case part == "hq":
			list.hq = append(list.hq, f)
		default:
			list.every = append(list.every, f)
		}
		return nil
	})
	all := list.totals[""].TaxYuan
	for _, part := range [][]BuildingFirm{list.watch, list.hq} {
		for i := range part {
			part[i].SharePercent = Percent(part[i].TaxYuan, all)
		}
	}
	return list, err
}

// scanFirm reads a line of Buildings.Firms: a firm, or the totals of a building or of all.
func scanFirm(rows driver.Rows, today Date) (part string, f BuildingFirm, t FirmTotals, err error) {
	var lines, watched, several, firms uint64
	var end nullDay
	var counts []uint64
	err = rows.Scan(&part, &f.BuildingKey, &f.Building, &f.Key, &f.Company, &f.Industry, &f.Headquarters, &f.RegisteredAt, &f.TaxedAt,
		&lines, &f.AreaM2, &f.Registered, &f.LocalTax, &end, &f.Reasons, &f.TaxYuan, &f.LastYearYuan, &t.LocalTaxYuan, &t.HQYuan, &t.HQM2,
		&watched, &several, &t.WatchedM2, &t.WatchedYuan, &counts, &firms)
	f.Lines, f.LeaseTo = int64(lines), dateAt(end)
	if f.LeaseTo.Known() {
		f.LeaseDays = ledger.Int(f.LeaseTo.Since(today))
	}
	// A firm that paid last year and nothing this year fell to nothing.
	f.ChangePercent = GrowthPercent(f.LastYearYuan, f.TaxYuan.OrZero())
	t.Firms, t.Watched, t.Several, t.TaxYuan = int64(firms), int64(watched), int64(several), f.TaxYuan
	t.LocalTaxPercent, t.HQPercent = Percent(t.LocalTaxYuan, t.TaxYuan), Percent(t.HQYuan, t.TaxYuan)
	t.Reasons = map[string]int64{}
	for i, n := range counts {
		t.Reasons[WatchReasons[i]] = int64(n)
	}
	return part, f, t, err
}

// reasonsToLeave counts the reasons of one firm by the default thresholds, as Buildings.Firms does: its tax of the year to date and of the same
// months last year, the days to the end of its lease (null: open-ended), and whether it is registered and pays its tax here (1 or 0; null: not known).
func reasonsToLeave(in ...ledger.Decimal) ledger.Decimal {
	rules, n := DefaultThresholds(), int64(0)
	lost := in[1].Sub(in[0].OrZero())
	for _, found := range []bool{
		GrowthPercent(in[1], in[0].OrZero()).Neg().Cmp(rules.TaxFallYellow) >= 0 && lost.Cmp(rules.TaxFallLeast) >= 0 && in[1].Sign() > 0,
		in[2].Valid() && in[2].Cmp(ledger.Int(rules.LeaseYellow)) <= 0,
		in[3].Valid() && in[3].Sign() == 0,
		in[4].Valid() && in[4].Sign() == 0,
	} {
		if found {
			n++
		}
	}
	return ledger.Int(n)
}

// expiry groups the leases by the year they end in: over already, each year, open-ended; of one building or of all.
func (a *Analytics) expiry(ctx context.Context, q Question, book *taxBook, building string) ([]LeaseExpiry, error) {
	params := book.params(q.YearOr())
	params["building"] = building
	list := []LeaseExpiry{}
	err := a.each(ctx, "Buildings.Expiry", q, params, func(rows driver.Rows) error {
		var e LeaseExpiry
		var year uint16
		var leases, firms, payers uint64
		err := rows.Scan(&e.Kind, &year, &leases, &firms, &e.AreaM2, &e.TaxYuan, &payers)
		e.Year, e.Leases, e.Firms, e.payers = int(year), int64(leases), int64(firms), int64(payers)
		list = append(list, e)
		return err
	})
	return list, err
}
