package analytics

import (
	"context"

	"taizhang/ledger"
)

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
	paid      map[string]ledger.Decimal // by the firm's key, in the year to date; of the firms of one building alone
	all       firmSums
	lines     *tenancyList
	by        []firmSums // by building of the lines
}

// of gives the totals of a building, empty for all.
func (l *firmList) of(building string) FirmTotals {
	if building == "" {
		return l.all.totals()
	}
	if at := l.lines.byKey[building]; at != nil {
		return l.by[at.index].totals()
	}
	return (&firmSums{}).totals()
}

func (a *Analytics) firms(ctx context.Context, q Question, book *taxBook, asked firmsAsked) (*firmList, error) {
	var lines *tenancyList
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

// paidBy gives what the firm of a line paid, found by the name that the line has where its code or only name has no tax.
func (t *taxByFirm) paidBy(line *tenancy) taxPaid { return t.of(line.firm.id, line.nameID) }

// firmHere is a firm in a building, of all its lines there that are in.
type firmHere struct {
	newest     *tenancy // says what the firm and the building are called; nil when no line is in
	lines      int64
	area       amount
	ending     epochDay // the first lease that ends soon
	over       epochDay // the first lease that is over
	registered told
	localTax   told
	why        reasons
	paid       taxPaid
	few        tenancyTexts
}

// add takes a line; the newest line comes last.
func (f *firmHere) add(t *tenancy, today, until epochDay) {
	if f.newest == nil {
		f.ending, f.over = noDay, noDay
	}
	f.newest = t
	f.lines, f.area = f.lines+1, f.area.plus(t.area)
	f.registered, f.localTax = max(f.registered, t.registered), max(f.localTax, t.localTax)
	if t.tenancyTexts != &noTexts {
		f.few.registeredAt, f.few.taxedAt = max(f.few.registeredAt, t.registeredAt), max(f.few.taxedAt, t.taxedAt)
		if t.isHeadquarters() {
			f.few.headquarters = max(f.few.headquarters, t.headquarters)
		}
	}
	switch {
	case t.to == noDay || t.to > until:
	case today > t.to:
		f.over = earliest(f.over, t.to)
	default:
		f.ending = earliest(f.ending, t.to)
	}
}

// earliest is the earlier of two days, the known one of them.
func earliest(x, y epochDay) epochDay {
	if x == noDay || y != noDay && x > y {
		return y
	}
	return x
}

// leaseTo is the lease that ends soon, else the one that is over.
func (f *firmHere) leaseTo() epochDay {
	if f.ending != noDay {
		return f.ending
	}
	return f.over
}

// listed is the firm as a list shows it, with its share of the tax of all.
func (f *firmHere) listed(today epochDay, all ledger.Decimal) BuildingFirm {
	t := f.newest
	b := BuildingFirm{Building: t.building, BuildingKey: t.at.key, Company: t.tenant, Key: t.firm.key, Industry: t.industry, Headquarters: f.few.headquarters,
		RegisteredAt: f.few.registeredAt, TaxedAt: f.few.taxedAt, Registered: f.registered.answer(), LocalTax: f.localTax.answer(), Lines: f.lines, AreaM2: f.area.decimal(),
		LeaseTo: f.leaseTo().date(), TaxYuan: f.paid.this.decimal(), LastYearYuan: f.paid.last.decimal(), Reasons: f.why.names()}
	b.SharePercent = Percent(b.TaxYuan, all)
	// A firm that paid last year and nothing this year fell to nothing.
	b.ChangePercent = GrowthPercent(b.LastYearYuan, b.TaxYuan.OrZero())
	if b.LeaseTo.Known() {
		b.LeaseDays = ledger.Int(int64(f.leaseTo() - today))
	}
	return b
}

// firmsHere puts the lines together that are in a building (empty: in any) on the day, by their place among the stays.
func firmsHere(lines *tenancyList, building string, today, until epochDay) []firmHere {
	list := make([]firmHere, len(lines.stays))
	for t := range lines.in(building, today) {
		list[t.stayIndex].add(t, today, until)
	}
	return list
}

// firmList finds for each firm what it paid and why it may leave, and adds them up.
func (t Thresholds) firmList(lines *tenancyList, tax *taxByFirm, asked firmsAsked, on Date) *firmList {
	l := &firmList{lines: lines, by: make([]firmSums, len(lines.places)), paid: map[string]ledger.Decimal{}}
	today, falls := on.number(), fallBy(t.TaxFallLeast, t.TaxFallYellow)
	here := firmsHere(lines, asked.building, today, today+epochDay(t.LeaseYellow))
	watch, hq := topFirms{limit: asked.limit, weight: (*firmHere).reasons}, topFirms{limit: asked.limit, weight: func(*firmHere) int { return 0 }}
	firms := make([]firmAnywhere, lines.firms)
	for i := range here {
		f := &here[i]
		if f.newest == nil {
			continue
		}
		f.paid = tax.paidBy(f.newest)
		f.why = whyLeave(falls.of(f.paid), f.ending != noDay, f.over != noDay, f.registered, f.localTax)
		firms[f.newest.firmNumber].add(f)
		l.by[f.newest.at.index].add(f, true)
		if asked.building != "" {
			l.paid[f.newest.firm.key] = f.paid.this.decimal()
		}
		if f.few.headquarters != "" {
			hq.add(f)
		}
		if asked.means(f.why) {
			watch.add(f)
		}
	}
	for i := range here {
		if f := &here[i]; f.newest != nil {
			l.all.add(f, firms[f.newest.firmNumber].first == f)
		}
	}
	l.all.onceEach(firms)
	whole := l.all.tax.decimal()
	l.watch, l.hq = watch.listed(today, whole), hq.listed(today, whole)
	return l
}

func (f *firmHere) reasons() int { return f.why.count() }

// means reports whether a firm with these reasons is among those that may leave that are asked for.
func (asked firmsAsked) means(why reasons) bool {
	return why.count() >= max(asked.least, 1) && (asked.reason == "" || why.has(asked.reason))
}
