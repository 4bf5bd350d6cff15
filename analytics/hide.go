package analytics

import (
	"context"
	"reflect"
	"slices"

	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// Hide takes away from an answer, before anybody writes it in any format, what a person must not see. What is taken away of which part of
// an answer is said once, in hiders; an answer that holds such parts, however deep, loses it.
func Hide(answer any, h access.Hides) {
	if !h.Any() {
		return
	}
	hideIn(reflect.ValueOf(answer), h)
	if one, ok := answer.(interface{ Foot() *Stamp }); ok && one.Foot() != nil {
		one.Foot().hid(h)
	}
}

type hidesKey struct{}

// WithHides gives a context under which answers made of other answers' figures, such as the catalogue, are made of what may be shown.
func WithHides(ctx context.Context, h access.Hides) context.Context {
	return context.WithValue(ctx, hidesKey{}, h)
}

func hidesOf(ctx context.Context) access.Hides {
	h, _ := ctx.Value(hidesKey{}).(access.Hides)
	return h
}

// hid says in the stamp what was taken away.
func (s *Stamp) hid(h access.Hides) {
	s.Hidden = []string{}
	if h.Personal {
		s.Hidden = append(s.Hidden, "personal")
	}
	if h.FirmTax {
		s.Hidden = append(s.Hidden, "firm_tax")
	}
}

// hiders say, for each kind of part, what of it must not be shown. Sums go where they are of so few firms that one of them can be told.
var hiders = map[reflect.Type]func(part any, h access.Hides){
	reflect.TypeFor[TaxPayer](): firmTax(func(p *TaxPayer) {
		hideAll(&p.TaxYuan, &p.SharePercent, &p.LastYearYuan, &p.ChangePercent)
	}),
	reflect.TypeFor[BuildingFirm](): firmTax(func(f *BuildingFirm) {
		hideAll(&f.TaxYuan, &f.LastYearYuan, &f.ChangePercent, &f.SharePercent)
	}),
	reflect.TypeFor[BuildingUnit](): firmTax(func(u *BuildingUnit) { hideAll(&u.TaxYuan) }),
	reflect.TypeFor[TaxMovement](): firmTax(func(m *TaxMovement) {
		if few(int64(len(m.Payers))) {
			hideAll(&m.Yuan)
		}
	}),
	reflect.TypeFor[TaxShare](): firmTax(func(s *TaxShare) {
		if few(s.Companies) {
			hideAll(&s.TaxYuan, &s.SharePercent, &s.LastYearYuan, &s.ChangePercent)
		}
	}),
	reflect.TypeFor[LeaseExpiry](): firmTax(func(e *LeaseExpiry) {
		if few(e.payers) {
			hideAll(&e.TaxYuan)
		}
	}),
	reflect.TypeFor[BuildingLine](): firmTax(func(b *BuildingLine) {
		if few(b.payers) {
			hideAll(&b.TaxYuan, &b.TaxGrowthPercent, &b.TaxPerM2)
		}
		if few(b.lastPayers) {
			hideAll(&b.LastYearTaxYuan, &b.TaxGrowthPercent)
		}
		if few(b.LocalTaxFirms) || few(b.Firms-b.LocalTaxFirms) {
			hideAll(&b.LocalTaxAmountPercent)
		}
		if few(b.Watched) {
			hideAll(&b.WatchedYuan)
		}
	}),
	reflect.TypeFor[FirmTotals](): firmTax(func(t *FirmTotals) {
		if few(t.Watched) {
			hideAll(&t.WatchedYuan)
		}
		if few(t.Firms) {
			hideAll(&t.TaxYuan, &t.LocalTaxYuan, &t.LocalTaxPercent, &t.HQYuan, &t.HQPercent)
		}
	}),
	reflect.TypeFor[Alert]():             firmTax(hideAlert),
	reflect.TypeFor[TaxAnswer]():         firmTax((*TaxAnswer).hideFirms),
	reflect.TypeFor[BuildingAnswer]():    firmTax((*BuildingAnswer).hideFirms),
	reflect.TypeFor[BuildingsAnswer]():   firmTax((*BuildingsAnswer).hideFirms),
	reflect.TypeFor[ledger.Version]():    func(part any, h access.Hides) { part.(*ledger.Version).Hide(h) },
	reflect.TypeFor[ledger.Difference](): func(part any, h access.Hides) { part.(*ledger.Difference).Hide(h) },
	reflect.TypeFor[PatrolLine](): func(part any, h access.Hides) {
		if l := part.(*PatrolLine); h.Personal && l.Addressee != "" {
			l.Addressee = access.Hidden
		}
	},
	reflect.TypeFor[ProjectAnswer](): func(part any, h access.Hides) {
		if h.Personal {
			part.(*ProjectAnswer).Private = nil
		}
	},
	reflect.TypeFor[CaseAnswer](): func(part any, h access.Hides) {
		if h.Personal {
			part.(*CaseAnswer).Private = nil
		}
	},
}

// firmTax makes a hider of what is done where the tax of firms is hidden.
func firmTax[T any](hide func(*T)) func(any, access.Hides) {
	return func(part any, h access.Hides) {
		if h.FirmTax {
			hide(part.(*T))
		}
	}
}

func hideAll(figures ...*ledger.Decimal) {
	for _, f := range figures {
		if f.Valid() {
			*f = ledger.Hidden
		}
	}
}

// few reports whether the tax of one of so many firms can be told from their sum.
func few(firms int64) bool { return firms > 0 && firms < access.SmallestGroup }

// hideAlert leaves of an alert about one payer that there is one.
func hideAlert(a *Alert) {
	if a.Kind != TaxPayerDown && a.Kind != TaxPayerGone {
		return
	}
	hideAll(&a.Figure)
	a.Message = text.T("alert.says.hidden")
	a.MessageZh, a.MessageEn = a.Message.In(text.Zh), a.Message.In(text.En)
	if a.Ack != nil {
		ack := *a.Ack
		hideAll(&ack.Figure)
		ack.Reason = access.Hidden // people write figures into it
		a.Ack = &ack
	}
}

// hideFirms takes everything away when the answer is about a part with few payers: its every sum is theirs.
func (ans *TaxAnswer) hideFirms() {
	ans.payers, ans.book = nil, nil
	if ans.Part != nil && few(ans.Companies) {
		everyDecimal(reflect.ValueOf(ans).Elem())
	}
	if ans.Companies <= concentrateOn {
		hideAll(&ans.ConcentrationPercent, &ans.Top5Yuan)
	}
}

func (ans *BuildingAnswer) hideFirms() {
	if few(int64(len(ans.Headquarters))) {
		hideAll(&ans.WatchTotals.HQYuan, &ans.WatchTotals.HQPercent)
	}
}

func (ans *BuildingsAnswer) hideFirms() {
	payers := map[string]int64{}
	for _, b := range ans.Buildings {
		payers[b.District] += min(b.payers, b.lastPayers)
	}
	for i := range ans.Circles {
		if c := &ans.Circles[i]; few(payers[c.Circle]) {
			hideAll(&c.TaxYuan, &c.LastYearTaxYuan, &c.TaxGrowthPercent, &c.TaxPerM2)
		}
	}
	if few(int64(len(ans.Headquarters))) {
		hideAll(&ans.WatchTotals.HQYuan, &ans.WatchTotals.HQPercent)
	}
}

// ours are the packages whose types are walked into.
var ours = []string{reflect.TypeFor[Stamp]().PkgPath(), reflect.TypeFor[ledger.Version]().PkgPath()}

// leaves are types of those packages that hold no part: figures, and declarations, which all answers share.
var leaves = []reflect.Type{reflect.TypeFor[ledger.Decimal](), reflect.TypeFor[ledger.Dataset](), reflect.TypeFor[ledger.Field](), reflect.TypeFor[Date]()}

// hideIn walks into what people are shown of a value and takes away what hiders say.
func hideIn(v reflect.Value, h access.Hides) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			hideIn(v.Elem(), h)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			hideIn(v.Index(i), h)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if v.Type().Elem().Kind() == reflect.Struct {
				one := reflect.New(v.Type().Elem()).Elem()
				one.Set(v.MapIndex(key))
				hideIn(one, h)
				v.SetMapIndex(key, one)
				continue
			}
			hideIn(v.MapIndex(key), h)
		}
	case reflect.Struct:
		if hide := hiders[v.Type()]; hide != nil && v.CanAddr() {
			hide(v.Addr().Interface(), h)
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && walked(f.Type) {
				hideIn(v.Field(i), h)
			}
		}
	}
}

// walked reports whether a type can hold a part: one of ours, or made of them.
func walked(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map || t.Kind() == reflect.Array {
		t = t.Elem()
	}
	return t.Kind() == reflect.Interface || t.Kind() == reflect.Struct && slices.Contains(ours, t.PkgPath()) && !slices.Contains(leaves, t)
}

// everyDecimal hides each figure of a value.
func everyDecimal(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			everyDecimal(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			everyDecimal(v.Index(i))
		}
	case reflect.Struct:
		if d, ok := v.Addr().Interface().(*ledger.Decimal); ok {
			hideAll(d)
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && slices.Contains(ours, v.Type().PkgPath()) {
				everyDecimal(v.Field(i))
			}
		}
	}
}
