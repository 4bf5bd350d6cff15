package ingest

import (
	"maps"
	"slices"
	"strings"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// check says what in a mapping cannot be, before anything is read by it.
func (mp *Mapping) check(g *grid) (*ledger.Dataset, []text.Message) {
	d, err := ledger.Find(mp.Dataset)
	if err != nil {
		return nil, []text.Message{text.T("mapping.unknown_dataset", mp.Dataset)}
	}
	first, last := g.rows[0].no, g.rows[len(g.rows)-1].no
	if mp.Height < 0 || mp.Height > headerHeight {
		return d, []text.Message{text.T("mapping.header_height", mp.Height, headerHeight)}
	}
	if mp.Header < max(mp.From, 1) || mp.Header > last {
		return d, []text.Message{text.T("mapping.header_outside", mp.Header, max(first, mp.From), last)}
	}
	var faults []text.Message
	if mp.Year != 0 && (mp.Year < 1980 || mp.Year > 2100) {
		faults = append(faults, text.T("mapping.bad_year", mp.Year))
	}
	columns := map[string]string{}
	for _, c := range mp.Columns {
		if why := mp.checkColumn(d, c, columns); !why.IsZero() {
			faults = append(faults, why)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(mp.Fixed)) {
		f, known := d.Field(name)
		switch {
		case !known:
			faults = append(faults, text.T("mapping.unknown_fixed", name, labelled(d)))
		case columns[name] != "":
			faults = append(faults, text.T("mapping.column_and_fixed", fieldLabel(f), columns[name]))
		}
	}
	return d, faults
}

// checkColumn looks at one column; columns holds the fields that have one already.
func (mp *Mapping) checkColumn(d *ledger.Dataset, c MappedColumn, columns map[string]string) text.Message {
	if _, ok := columnIndex(c.Column); !ok {
		return text.T("mapping.bad_column", c.Column)
	}
	f := ledger.Field{}
	switch c.Field {
	case ColumnIgnored, "", ColumnDay, ColumnMarks:
		return text.Message{}
	case ColumnValue, ColumnSum:
		if d.Pivot.Value == "" {
			return text.T("mapping.no_pivot", c.Column, labelled(d))
		}
		f, _ = d.Field(d.Pivot.Value)
	default:
		known := false
		if f, known = d.Field(c.Field); !known {
			return text.T("mapping.unknown_field", c.Column, c.Field, labelled(d))
		}
		if before := columns[c.Field]; before != "" {
			return text.T("mapping.twice", fieldLabel(f), before, c.Column)
		}
		columns[c.Field] = c.Column
	}
	return checkUnit(f, c)
}

func checkUnit(f ledger.Field, c MappedColumn) text.Message {
	if c.Unit == "" {
		return text.Message{}
	}
	switch {
	case !isUnit(c.Unit):
		return text.T("mapping.unknown_unit", c.Column, c.Unit)
	case !f.Numeric():
		return text.T("mapping.no_unit", fieldLabel(f), c.Column, c.Unit)
	}
	h := heading{parts: []string{f.Zh}, unit: c.Unit}
	bare := valueReader{} // without a banner
	u, _ := bare.findUnit(f, &h)
	if bare.fits(f, &h, u, c.Unit) != nil {
		return text.T("mapping.unit_misfit", c.Column, c.Unit, fieldLabel(f), baseUnit(f))
	}
	return text.Message{}
}

func isUnit(s string) bool { _, known := LookupUnit(s); return known }

// checkRead says what a mapping leaves open once the header was read by it.
func (mp *Mapping) checkRead(m *match) []text.Message {
	var faults []text.Message
	if len(m.missing) == 1 && m.yearless {
		return []text.Message{text.T("mapping.missing_year")}
	}
	if len(m.missing) > 0 {
		faults = append(faults, text.T("mapping.missing", labelled(m.dataset), missingOf(m)))
	}
	for _, p := range m.pivots {
		if p.beside == nil && !p.dated && m.dataset.Pivot.Label == "" {
			faults = append(faults, text.T("mapping.no_label", columnName(p.col), p.caption()))
		}
	}
	return faults
}

// labelled and fieldLabel name things in the reader's language.
func labelled(d *ledger.Dataset) text.Message { return text.T("mapping.name", d.Zh, d.En) }
func fieldLabel(f ledger.Field) text.Message  { return text.T("mapping.name", f.Zh, f.En) }

func missingOf(m *match) text.Message {
	var zh, en []string
	for _, choice := range m.missing {
		var inZh, inEn []string
		for _, name := range strings.Split(choice, "|") {
			if f, ok := m.dataset.Field(name); ok {
				inZh, inEn = append(inZh, f.Zh), append(inEn, f.En)
			}
		}
		zh, en = append(zh, strings.Join(inZh, "/")), append(en, strings.Join(inEn, "/"))
	}
	return text.T("mapping.name", strings.Join(zh, "、"), strings.Join(en, ", "))
}

// OfferedUnits are the units a person may choose for a column, the usual ones first; any other that is known may be written.
var OfferedUnits = []string{"元", "千元", "万元", "百万元", "亿元", "㎡", "万㎡", "亩", "公顷", "套", "户", "人", "家", "个", "栋", "天", "周", "工作日", "分钟", "%", "美元", "万美元"}
