package analytics

import (
	"context"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Indicator is a figure the office is judged by (指标). Its name, formula and edge cases are the phrases
// indicator.ID, indicator.ID.formula and indicator.ID.edges; pages, JSON and docs/indicators.md read them from here.
type Indicator struct {
	ID   string
	Unit string // base unit: 元, %, 百分点, 倍, 套, ㎡ …; empty for a rank or an index
	Page string // path of the page it stands on
	// Worked is its example: Formula over these figures gives Want, rounded to two places.
	Worked  []string
	Want    string
	Formula func(in ...ledger.Decimal) ledger.Decimal
	// of takes the figure from the answers; nil where each project or series has one of its own, which only its page shows.
	of func(p *cockpitParts) measure
}

// measure is an indicator's figure with what it was computed from.
type measure struct {
	value  ledger.Decimal
	from   []ledger.Decimal // what Formula is given
	period string           // 2016-05, or the day it stands at
	foot   *Stamp
}

// CatalogueAnswer is every indicator as it stands under one clock.
type CatalogueAnswer struct {
	Stamp `json:"stamp"`

	Figures []CatalogueFigure `json:"figures"`
}

// CatalogueFigure is one indicator with its definition.
type CatalogueFigure struct {
	ID     string           `json:"id"`
	Name   Wording          `json:"name"`
	Value  ledger.Decimal   `json:"value"` // null when it is undefined, or when each project or series has its own
	Each   bool             `json:"each"`  // one for each project or series: its page shows them
	Unit   string           `json:"unit"`
	From   []ledger.Decimal `json:"from"` // what it was computed from: numerator and denominator, or what is taken away from what
	Period string           `json:"period,omitempty"`
	Basis  string           `json:"basis,omitempty"`

	Formula Wording `json:"formula"`
	Edges   Wording `json:"edges"`
	Example string  `json:"example,omitempty"` // 4079, 7600 → 53.67

	Page    string   `json:"page"`
	Batches []uint64 `json:"batches"` // what its page was read from
}

// Wording is a text in both languages.
type Wording struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// In gives the text in a reader's language.
func (w Wording) In(lang text.Lang) string {
	if lang == text.En {
		return w.En
	}
	return w.Zh
}

func wording(key string) Wording {
	m := text.T(key)
	return Wording{m.In(text.Zh), m.In(text.En)}
}

// Name is what the indicator is called.
func (i Indicator) Name() Wording { return wording("indicator." + i.ID) }

// Says is the formula in words.
func (i Indicator) Says() Wording { return wording("indicator." + i.ID + ".formula") }

// Edges says when it is undefined and what it must not be taken for.
func (i Indicator) Edges() Wording { return wording("indicator." + i.ID + ".edges") }

// Example is the worked example: the figures and what the formula makes of them; empty without a formula.
func (i Indicator) Example() string {
	if i.Formula == nil {
		return ""
	}
	in, shown := i.example()
	return shown + " → " + i.Formula(in...).Round(2).String()
}

func (i Indicator) example() (in []ledger.Decimal, shown string) {
	for n, w := range i.Worked {
		if n > 0 {
			shown += ", "
		}
		shown += w
		in = append(in, ledger.MustDecimal(w))
	}
	return in, shown
}

// Catalogue answers every indicator from the same answers the pages show.
func (a *Analytics) Catalogue(ctx context.Context, q Question) (*CatalogueAnswer, error) {
	ctx = Asking(ctx)
	var p *cockpitParts
	var more cockpitParts
	err := together(
		func() (err error) { p, err = a.cockpitParts(ctx, q, a.Tax, a.Buildings); return err },
		func() error {
			items, err := a.Actions(ctx, ActionsQuestion{Question: q})
			if err == nil {
				more.commitments = items.Week
			}
			return err
		},
		func() (err error) { more.services, err = a.serviceCases(ctx, q); return err },
		func() (err error) { more.patrols, err = a.PatrolStrip(ctx, q); return err },
		func() (err error) { more.cases, err = a.caseYear(ctx, q); return err },
		func() (err error) { more.economy, err = a.BuildingEconomy(ctx, q); return err },
	)
	if err != nil {
		return nil, err
	}
	p.commitments, p.services, p.patrols, p.cases, p.economy = more.commitments, more.services, more.patrols, more.cases, more.economy
	Hide(p.tax, hidesOf(ctx))
	Hide(p.economy, hidesOf(ctx))
	ans := &CatalogueAnswer{Figures: []CatalogueFigure{}}
	if ans.Stamp, err = a.stamp(ctx, q, p.tax.Stamp.Basis, ledger.Names()...); err != nil {
		return nil, err
	}
	for _, i := range Indicators {
		ans.Figures = append(ans.Figures, i.figure(p, &ans.Stamp))
	}
	return ans, nil
}

func (i Indicator) figure(p *cockpitParts, whole *Stamp) CatalogueFigure {
	f := CatalogueFigure{ID: i.ID, Name: i.Name(), Each: i.of == nil, Unit: i.Unit, From: []ledger.Decimal{}, Formula: i.Says(), Edges: i.Edges(),
		Example: i.Example(), Page: i.Page, Batches: []uint64{}}
	if i.of == nil {
		return f
	}
	m := i.of(p)
	if m.foot == nil {
		m.foot = whole
	}
	f.Value, f.Period, f.Basis, f.Batches = m.value, m.period, m.foot.Basis, m.foot.Batches
	if m.from != nil {
		f.From = m.from
	}
	if f.Period == "" {
		f.Period = m.foot.Asof
	}
	return f
}

// Table is one line an indicator.
func (ans *CatalogueAnswer) Table() Table {
	t := Table{Columns: []Column{{"id", "代码", "ID", ""}, {"name_zh", "指标", "Chinese name", ""}, {"name_en", "英文名", "Name", ""}, {"value", "数值", "Value", ""},
		{"unit", "单位", "Unit", ""}, {"period", "时期", "Period", ""}, {"basis", "口径", "Basis", ""}, {"formula_zh", "公式", "Chinese formula", ""}, {"formula_en", "英文公式", "Formula", ""}}}
	for _, f := range ans.Figures {
		t.Rows = append(t.Rows, []any{f.ID, f.Name.Zh, f.Name.En, f.Value, f.Unit, f.Period, f.Basis, f.Formula.Zh, f.Formula.En})
	}
	return t
}
