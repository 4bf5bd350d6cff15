package analytics

import (
	"cmp"
	"context"
	"slices"

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
	limit    int
}

// firmList are the firms of buildings: those that may leave, the headquarters, what each paid, and the totals.
type firmList struct {
	watch, hq []BuildingFirm
	paid      map[string]ledger.Decimal // by the firm's key, in the year to date
	totals    map[string]*FirmTotals    // by building; empty: all
}

// of gives the totals of a building, empty for all.
func (l *firmList) of(building string) FirmTotals {
	if t := l.totals[building]; t != nil {
		return *t
	}
	return FirmTotals{Reasons: map[string]int64{}}
}

func (a *Analytics) firms(ctx context.Context, q Question, book *taxBook, asked firmsAsked) (*firmList, error) {
	var lines []tenancy
	var tax *taxByFirm
	err := together(
		func() (err error) { lines, err = a.tenancies(ctx, q, asked.building); return err },
		func() (err error) { tax, err = a.taxByFirm(ctx, q, book, asked.building); return err },
	)
	if err != nil {
		return nil, err
	}
	return a.thresholds().firmList(lines, tax, asked, DateOf(q.Clock.Asof)), nil
}

// firmHere is a firm in a building, of all its lines there.
type firmHere struct {
	BuildingFirm
	firm, name uint64
	ending     Date // the first lease that ends soon
	over       Date // the first lease that is over
}

// add takes a line; the newest line, which comes last, says what the firm and the building are called.
func (f *firmHere) add(t *tenancy, today, until Date) {
	f.Building, f.Company, f.Industry, f.name = t.building, t.tenant, t.industry, t.nameID
	f.Lines, f.AreaM2 = f.Lines+1, plus(f.AreaM2, t.area)
	f.RegisteredAt, f.TaxedAt = max(f.RegisteredAt, t.registeredAt), max(f.TaxedAt, t.taxedAt)
	f.Registered, f.LocalTax = eitherSays(f.Registered, t.registered), eitherSays(f.LocalTax, t.localTax)
	if t.isHeadquarters() {
		f.Headquarters = max(f.Headquarters, t.headquarters)
	}
	switch {
	case !t.to.Known() || t.to.After(until):
	case today.After(t.to):
		f.over = earliest(f.over, t.to)
	default:
		f.ending = earliest(f.ending, t.to)
	}
}

// eitherSays is yes when any line says so, no when one denies it, else not known.
func eitherSays(x, y *bool) *bool {
	if x == nil || y != nil && *y {
		return y
	}
	return x
}

// earliest is the earlier of two days, the known one of them.
func earliest(x, y Date) Date {
	if !x.Known() || y.Known() && x.After(y) {
		return y
	}
	return x
}

// firmsHere puts the lines together that are in a building (empty: in any) on the day, by building and firm.
func firmsHere(lines []tenancy, building string, today, until Date) []*firmHere {
	type place struct {
		building string
		firm     uint64
	}
	list, at := []*firmHere{}, map[place]*firmHere{}
	for i := range lines {
		t := &lines[i]
		if !t.in(building) {
			continue
		}
		f := at[place{t.buildingKey, t.firm}]
		if f == nil {
			f = &firmHere{BuildingFirm: BuildingFirm{BuildingKey: t.buildingKey, Key: t.firmKey}, firm: t.firm}
			at[place{t.buildingKey, t.firm}] = f
			list = append(list, f)
		}
		f.add(t, today, until)
	}
	slices.SortFunc(list, func(x, y *firmHere) int {
		return cmp.Or(cmp.Compare(x.BuildingKey, y.BuildingKey), cmp.Compare(x.Key, y.Key))
	})
	return list
}

// firmList finds for each firm what it paid and why it may leave, and adds them up.
func (t Thresholds) firmList(lines []tenancy, tax *taxByFirm, asked firmsAsked, today Date) *firmList {
	l := &firmList{totals: map[string]*FirmTotals{}, paid: map[string]ledger.Decimal{}}
	var watch, hq []*BuildingFirm
	watched := map[uint64]int{} // how many reasons a firm has in one building, the most
	for _, f := range firmsHere(lines, asked.building, today, today.Plus(int(t.LeaseYellow))) {
		paid := tax.of(f.firm, f.name)
		f.TaxYuan, f.LastYearYuan, f.LeaseTo = paid.this.decimal(), paid.last.decimal(), cmp.Or(f.ending, f.over)
		f.Reasons = whyLeave(paid.fell(t.TaxFallLeast, t.TaxFallYellow), f.ending.Known(), f.over.Known(), f.Registered, f.LocalTax)
		most, met := watched[f.firm]
		watched[f.firm] = max(most, len(f.Reasons))
		l.total(f.BuildingKey).add(&f.BuildingFirm, true)
		l.total("").add(&f.BuildingFirm, !met)
		if l.paid[f.Key] = f.TaxYuan; f.Headquarters != "" {
			hq = append(hq, &f.BuildingFirm)
		}
		if asked.means(&f.BuildingFirm) {
			watch = append(watch, &f.BuildingFirm)
		}
	}
	if all := l.totals[""]; all != nil {
		all.Firms, all.Watched, all.Several = int64(len(watched)), 0, 0
		for _, reasons := range watched {
			all.count(reasons)
		}
	}
	for _, total := range l.totals {
		total.LocalTaxPercent, total.HQPercent = Percent(total.LocalTaxYuan, total.TaxYuan), Percent(total.HQYuan, total.TaxYuan)
	}
	l.watch = l.listed(watch, asked.limit, today, func(f *BuildingFirm) int { return len(f.Reasons) })
	l.hq = l.listed(hq, asked.limit, today, func(*BuildingFirm) int { return 0 })
	return l
}

// total is where a building's firms are added up.
func (l *firmList) total(building string) *FirmTotals {
	t := l.totals[building]
	if t == nil {
		t = &FirmTotals{Reasons: map[string]int64{}}
		for _, reason := range WatchReasons {
			t.Reasons[reason] = 0
		}
		l.totals[building] = t
	}
	return t
}

// add counts a firm in a building; its tax counts once however many buildings it is in.
func (t *FirmTotals) add(f *BuildingFirm, once bool) {
	t.Firms++
	t.count(len(f.Reasons))
	for _, reason := range f.Reasons {
		t.Reasons[reason]++
	}
	hq, watched := f.Headquarters != "", len(f.Reasons) > 0
	if hq {
		t.HQM2 = plus(t.HQM2, f.AreaM2)
	}
	if watched {
		t.WatchedM2 = plus(t.WatchedM2, f.AreaM2)
	}
	if !once {
		return
	}
	for _, part := range []struct {
		of  *ledger.Decimal
		has bool
	}{{&t.TaxYuan, true}, {&t.LocalTaxYuan, f.LocalTax != nil && *f.LocalTax}, {&t.HQYuan, hq}, {&t.WatchedYuan, watched}} {
		if part.has {
			*part.of = plus(*part.of, f.TaxYuan)
		}
	}
}

// count counts a firm among those that may leave.
func (t *FirmTotals) count(reasons int) {
	if reasons > 0 {
		t.Watched++
	}
	if reasons > 1 {
		t.Several++
	}
}

// means reports whether a firm is among those that may leave that are asked for.
func (asked firmsAsked) means(f *BuildingFirm) bool {
	return len(f.Reasons) >= max(asked.least, 1) && (asked.reason == "" || slices.Contains(f.Reasons, asked.reason))
}

// listed puts firms in order, the greatest weight and tax first, and works out what a list says of those it has room for.
func (l *firmList) listed(firms []*BuildingFirm, limit int, today Date, weight func(*BuildingFirm) int) []BuildingFirm {
	slices.SortFunc(firms, func(x, y *BuildingFirm) int {
		return cmp.Or(cmp.Compare(weight(y), weight(x)), y.TaxYuan.Cmp(x.TaxYuan), y.AreaM2.Cmp(x.AreaM2),
			cmp.Compare(x.BuildingKey, y.BuildingKey), cmp.Compare(x.Key, y.Key))
	})
	list, all := []BuildingFirm{}, l.of("").TaxYuan
	for _, one := range firms[:min(len(firms), limit)] {
		f := *one
		f.SharePercent = Percent(f.TaxYuan, all)
		// A firm that paid last year and nothing this year fell to nothing.
		f.ChangePercent = GrowthPercent(f.LastYearYuan, f.TaxYuan.OrZero())
		if f.LeaseTo.Known() {
			f.LeaseDays = ledger.Int(f.LeaseTo.Since(today))
		}
		list = append(list, f)
	}
	return list
}

// whyLeave are the reasons of a firm to leave: whether its tax fell, a lease ends soon or is over, and whether it is registered and pays its
// tax here (nil: not known).
func whyLeave(fell, ending, over bool, registered, local *bool) []string {
	why := []string{}
	if fell {
		why = append(why, TaxFalling)
	}
	switch {
	case ending:
		why = append(why, LeaseSoonEnding)
	case over:
		why = append(why, LeaseOver)
	}
	if registered != nil && !*registered {
		why = append(why, RegisteredElsewhere)
	}
	if local != nil && !*local {
		why = append(why, TaxedElsewhere)
	}
	return why
}

// reasonsToLeave counts the reasons of one firm by the default thresholds: its tax of the year to date and of the same months last year, the
// days to the end of its lease (null: open-ended), and whether it is registered and pays its tax here (1 or 0; null: not known).
func reasonsToLeave(in ...ledger.Decimal) ledger.Decimal {
	rules := DefaultThresholds()
	said := func(d ledger.Decimal) *bool {
		yes := d.Sign() > 0
		if !d.Valid() {
			return nil
		}
		return &yes
	}
	ends := in[2].Valid() && in[2].Cmp(ledger.Int(rules.LeaseYellow)) <= 0
	why := whyLeave(fell(in[0], in[1], rules.TaxFallLeast, rules.TaxFallYellow), ends && in[2].Sign() >= 0, ends && in[2].Sign() < 0, said(in[3]), said(in[4]))
	return ledger.Int(int64(len(why)))
}
