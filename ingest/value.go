package ingest

import (
	"slices"
	"strings"
	"taizhang/internal/wording"

	"github.com/shopspring/decimal"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// reading is what a cell says as a field's value.
type reading struct {
	value    any    // as ledger.Row wants it, nil for NULL
	mark     string // precision of a date, qualifier of a number
	unit     string // base unit of a Number field
	currency string // of a Money field
	fault    *fault
}

// fault is what is wrong with a cell.
type fault struct {
	severity ledger.Severity
	kind     string
	found    string
	expected string
	message  text.Message
}

// valueReader reads the cells of one table.
type valueReader struct {
	grid  *grid
	dates DateContext
	units []Unit // from the banner
	known map[unitKey]columnUnit
}

// read reads a cell as a field under a heading.
func (v *valueReader) read(f ledger.Field, h *heading, c *cell) reading {
	if c == nil {
		return reading{}
	}
	if c.kind == cellUnknown {
		return reading{fault: &fault{ledger.SeverityWarning, "formula_without_value", "", "", text.T("problem.formula_without_value", h.caption())}}
	}
	if c.kind == cellDate && f.Kind == ledger.Date {
		if day, ok := v.wholeDay(c); ok {
			return reading{value: day}
		}
	}
	shown := v.grid.display(c)
	if c.kind == cellFault && !wording.IsNull(shown) {
		return reading{fault: &fault{ledger.SeverityWarning, "fault_value", shown, "", text.T("problem.fault_value", shown)}}
	}
	// 无 in a yes-or-no column means no, so it is asked before blanks.
	if f.Kind == ledger.Flag {
		return v.flag(h, shown)
	}
	if wording.IsNull(shown) {
		return reading{}
	}
	switch f.Kind {
	case ledger.Money, ledger.Area, ledger.Number, ledger.Count, ledger.Percent:
		return v.number(f, h, c, shown)
	case ledger.Date:
		return v.date(f, c, shown)
	case ledger.Period:
		return v.period(f, c, shown)
	case ledger.People:
		return reading{value: SplitPeople(shown)}
	case ledger.Code:
		return v.code(c, shown)
	case ledger.Enum:
		return v.enum(f, shown)
	}
	return v.text(f, shown)
}

func (v *valueReader) text(f ledger.Field, shown string) reading {
	r := reading{value: wording.Clean(shown)}
	if f.Listed {
		r.value = strings.Join(ParsePredecessors(shown), "、")
	}
	if f.TimeOfDay {
		if word, ok := ParseTime(shown); ok {
			r.value = word
		}
	}
	if n := len([]rune(shown)); n > maxText {
		r.fault = &fault{ledger.SeverityWarning, "text_cut", clip(shown), "", text.T("problem.text_cut", n, maxText)}
		r.value = string([]rune(wording.Clean(shown))[:maxText])
	}
	return r
}

func (v *valueReader) enum(f ledger.Field, shown string) reading {
	value := wording.Clean(wording.HalfWidth(shown))
	for _, allowed := range f.Allowed {
		same := func(s string) bool { return wording.NameKey(s) == wording.NameKey(value) }
		if same(allowed) || slices.ContainsFunc(f.Spellings[allowed], same) {
			return reading{value: allowed}
		}
	}
	return reading{value: value}
}

func (v *valueReader) flag(h *heading, shown string) reading {
	if b, ok := ParseBool(shown); ok {
		return reading{value: b}
	}
	if wording.IsNull(shown) || wording.IsPending(shown) {
		return reading{}
	}
	return reading{fault: &fault{ledger.SeverityWarning, "bad_flag", shown, "是/否", text.T("problem.bad_flag", h.caption(), shown)}}
}

// code keeps the code as it came; a faulty one is a warning, never corrected.
func (v *valueReader) code(c *cell, shown string) reading {
	result := CheckUSCC(shown)
	if c.kind == cellNumber {
		result = CheckNumericCode(c.text)
	}
	r := reading{value: result.Code}
	switch {
	case result.Warned():
		r.fault = &fault{ledger.SeverityWarning, result.Kind, result.Found, result.Expected, text.T("problem."+result.Kind, result.Found)}
	case result.Kind == USCCLegacy:
		r.fault = &fault{ledger.SeverityNote, result.Kind, result.Code, "", text.T("problem.legacy_code", result.Code)}
	}
	return r
}

// number reads a figure and brings it to the field's base unit.
func (v *valueReader) number(f ledger.Field, h *heading, c *cell, shown string) reading {
	n, bad := v.figure(c, shown)
	if bad != nil {
		return *bad
	}
	if f.Kind == ledger.Percent {
		return reading{value: n.AsPercent(), mark: n.Qualifier}
	}
	column, explicit := v.columnUnit(f, h)
	unit, why := cellUnit(n, column, explicit)
	if why != "" {
		return reading{fault: &fault{ledger.SeverityError, "unit_conflict", shown, column.Text, text.T("problem.unit_conflict", h.caption(), column.Text, shown)}}
	}
	r := reading{mark: n.Qualifier, unit: unit.Base}
	value := n.Value
	if unit.Dimension != "" {
		value = unit.ToBase(n.Value)
	}
	if n.High != nil {
		r.mark = "–" + n.High.String()
	}
	if bad := v.fits(f, h, unit, shown); bad != nil {
		return reading{fault: bad}
	}
	r.currency = currencies[unit.Base]
	if f.Positive && value.IsNegative() {
		return reading{fault: &fault{ledger.SeverityError, "negative_value", shown, "≥ 0", text.T("problem.negative_value", h.caption(), shown)}}
	}
	if r.value = value; f.Kind == ledger.Count {
		if !value.IsInteger() || value.Abs().GreaterThan(decimal.New(1, 17)) {
			return reading{fault: &fault{ledger.SeverityError, "not_whole", shown, "", text.T("problem.not_whole", h.caption(), shown)}}
		}
		r.value = value.IntPart()
	}
	return r
}

// figure reads the digits of a cell.
func (v *valueReader) figure(c *cell, shown string) (Number, *reading) {
	switch c.kind {
	case cellNumber, cellDate:
		if d, ok := FromCellNumber(c.text); ok {
			return Number{Value: d}, nil
		}
	case cellPercent:
		if d, ok := FromCellNumber(c.text); ok {
			return Number{Value: d.Shift(2), Percent: true, Unit: "%"}, nil
		}
	}
	if wording.IsPending(shown) {
		return Number{}, &reading{}
	}
	n, err := ParseNumber(shown)
	if err != nil {
		r := badValue("bad_number", shown, err)
		return n, &r
	}
	return n, nil
}

// dimensions says what a kind of field measures; Count and Number take theirs from the field or the sheet.
var dimensions = map[ledger.Kind]Dimension{ledger.Money: DimMoney, ledger.Area: DimArea}

// currencies are the codes money is kept under.
var currencies = map[string]string{"元": "CNY", "美元": "USD", "港元": "HKD", "欧元": "EUR", "日元": "JPY", "英镑": "GBP", "新台币": "TWD", "韩元": "KRW", "新加坡元": "SGD", "澳元": "AUD", "加元": "CAD"}

// columnUnit is the unit of a column: from its header, else from the banner, else the base unit. The
// second result says that the header itself names it.
func (v *valueReader) columnUnit(f ledger.Field, h *heading) (Unit, bool) {
	key := unitKey{f.Name, h.col, h.unit}
	if known, ok := v.known[key]; ok {
		return known.unit, known.explicit
	}
	unit, explicit := v.findUnit(f, h)
	if v.known == nil {
		v.known = map[unitKey]columnUnit{}
	}
	v.known[key] = columnUnit{unit, explicit}
	return unit, explicit
}

// unitKey is a field under a heading; what its figures are counted in is found once.
type unitKey struct {
	field string
	col   int
	unit  string // a line may name its own
}

type columnUnit struct {
	unit     Unit
	explicit bool
}

func (v *valueReader) findUnit(f ledger.Field, h *heading) (Unit, bool) {
	if h.unit != "" {
		if u, ok := LookupUnit(h.unit); ok {
			if u.Dimension == DimScale {
				if base, ok := LookupUnit(baseUnit(f)); ok {
					u, _ = u.Of(base)
				}
			}
			return u, true
		}
	}
	base, _ := LookupUnit(baseUnit(f))
	for _, u := range v.units {
		switch {
		case f.Kind == ledger.Number && baseUnit(f) == "":
			if u.Dimension == DimPercent && !strings.ContainsAny(h.caption(), "率比") {
				continue
			}
			return u, false
		case u.Dimension == DimScale && base.Dimension == DimMoney:
			scaled, _ := u.Of(base)
			return scaled, false
		case u.Dimension == base.Dimension && u.Base == base.Base, f.Kind == ledger.Money && u.Dimension == DimForeign:
			return u, false
		}
	}
	return base, false
}

func baseUnit(f ledger.Field) string {
	switch f.Kind {
	case ledger.Money:
		return "元"
	case ledger.Area:
		return "㎡"
	}
	return f.Unit
}

// cellUnit settles the unit of one figure; why is set when cell and header contradict each other.
func cellUnit(n Number, column Unit, explicit bool) (unit Unit, why string) {
	if n.Unit == "" {
		return column, ""
	}
	own, ok := LookupUnit(n.Unit)
	if !ok {
		return column, "unknown"
	}
	one := decimal.NewFromInt(1)
	if own.Dimension == DimScale {
		base, _ := LookupUnit(column.Base)
		scaled, _ := own.Of(base)
		if explicit && !column.ToBase(one).Equal(one) && !scaled.ToBase(one).Equal(column.ToBase(one)) {
			return column, "scale"
		}
		return scaled, ""
	}
	if explicit && column.Dimension != "" && (own.Dimension != column.Dimension || own.Base != column.Base || !own.ToBase(one).Equal(column.ToBase(one))) {
		return column, "header"
	}
	return own, ""
}

// fits refuses a unit that measures something else than the field: 户 in a column of 套, 元 in one of ㎡.
func (v *valueReader) fits(f ledger.Field, h *heading, unit Unit, shown string) *fault {
	want, bound := dimensions[f.Kind]
	switch {
	case unit.Dimension == "", f.Kind == ledger.Number && f.Unit == "":
		return nil
	case f.Kind == ledger.Money && unit.Dimension == DimForeign && f.Unit == "":
		return nil
	case bound && unit.Dimension == want:
		return nil
	case !bound && sameMeasure(f.Unit, unit):
		return nil
	}
	return &fault{ledger.SeverityError, "unit_conflict", shown, baseUnit(f), text.T("problem.unit_conflict", h.caption(), baseUnit(f), shown)}
}

// sameMeasure reports that a unit counts what the field counts; 天 and 工作日 are told apart, nouns of counting only when both are known.
func sameMeasure(base string, unit Unit) bool {
	want, ok := LookupUnit(base)
	if !ok || base == "" {
		return true
	}
	loose := []string{"个", "项", "家"}
	return want.Dimension == unit.Dimension && (want.Base == unit.Base || slices.Contains(loose, unit.Base) && slices.Contains(loose, want.Base))
}

func badValue(kind, shown string, err error) reading {
	expected := ""
	if ve, ok := err.(ValueError); ok {
		expected = ve.Expected
	}
	return reading{fault: &fault{ledger.SeverityError, kind, shown, expected, text.T("problem."+kind, clip(shown), expected)}}
}

func dayOfDate(d Date) ledger.Day { return ledger.Day{From: d.From, To: d.To, Precision: d.Precision} }

func dayOfPeriod(p Period) (ledger.Day, bool) {
	first, last, ok := p.Days()
	return ledger.Day{From: first, To: last, Precision: p.Kind}, ok
}
