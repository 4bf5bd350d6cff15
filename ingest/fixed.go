package ingest

import (
	"slices"
	"strings"

	"taizhang/ledger"
)

// fixedValue is a value that stands once, above the table, for every row.
type fixedValue struct {
	field int
	cell  string // "" when the sheet's name gave it
	raw   string
	given bool // a person says it
	reading
}

// column is the value's place in a Source.
func (fv fixedValue) column() string {
	switch {
	case fv.given:
		return ledger.FromPerson
	case fv.cell == "":
		return ledger.FromSheetName
	}
	return fv.cell
}

// readFixed reads what the title and the banners say for all rows.
func (t *table) readFixed() {
	d := t.dataset
	for i, f := range d.Fields {
		if t.fieldColumn(f.Name) != nil {
			continue
		}
		fv := fixedValue{field: i}
		switch {
		case t.ctx.given[f.Name] != "":
			fv.raw, fv.given = t.ctx.given[f.Name], true
		case f.Name == d.TitleField:
			fv.raw, fv.cell = t.ctx.subject(d), t.ctx.subjectCell(d)
		case f.Name == d.Effective && f.Kind == ledger.Date && !t.ctx.day.IsZero():
			fv.cell, fv.raw = t.ctx.dayCell, t.ctx.day.To.Format("2006-01-02")
			fv.value = dayOfDate(t.ctx.day)
		case f.Name == d.Pivot.Period && f.Kind == ledger.Period && !t.pivotDated() && t.fieldColumn(d.Pivot.Day) == nil && t.ctx.period.Year != 0:
			if day, ok := dayOfPeriod(t.wholePeriod()); ok {
				fv.value, fv.raw, fv.cell = day, t.ctx.saying.text, t.ctx.saying.cell
			}
		case len(f.Banner) > 0:
			fv.raw, fv.cell = t.ctx.banner(f.Banner)
		}
		if fv.raw == "" {
			continue
		}
		if fv.value == nil {
			fv.reading = t.reader.read(f, &heading{parts: []string{f.Zh}}, &cell{kind: cellText, text: fv.raw})
			if fv.fault != nil {
				t.report(*fv.fault, fv.cell, f.Zh)
			}
		}
		t.fixed = append(t.fixed, fv)
	}
}

// wholePeriod is the period of all rows; a column of sums since January makes a month into the months up to it.
func (t *table) wholePeriod() Period {
	p := t.ctx.period
	if b := t.fieldColumn(t.dataset.Pivot.Value); b != nil && p.Kind == "month" && p.FromMonth > 1 && strings.Contains(b.caption(), "累计") {
		p.FromMonth, p.Kind = 1, "range"
	}
	return p
}

func (t *table) pivotDated() bool {
	return slices.ContainsFunc(t.pivots, func(p pivotColumn) bool { return p.beside == nil && p.dated })
}
