package ledger

import (
	"fmt"

	"taizhang/internal/text"
)

// Kind is what a field holds; it decides the column's type, how a cell is read and how a value is shown.
type Kind string

// The kinds of field. Amounts are kept in base units: yuan, m2, units, days.
const (
	Text    Kind = "text"    // free text, kept as written
	Name    Kind = "name"    // a named thing (project, company, building); a key column stands beside it
	People  Kind = "people"  // one or more persons
	Enum    Kind = "enum"    // one of a short list
	Code    Kind = "code"    // unified social credit code or its forerunners
	Money   Kind = "money"   // in yuan, or in the currency of the dataset's currency field
	Area    Kind = "area"    // in m2
	Number  Kind = "number"  // a figure with its own unit
	Percent Kind = "percent" // in percent: 35 is 35 %
	Count   Kind = "count"   // whole number of things, days or minutes
	Date    Kind = "date"    // a day with its precision
	Period  Kind = "period"  // a month, quarter or year, kept as its first day
	Flag    Kind = "flag"    // yes, no or unknown
	Span    Kind = "span"    // from-to in one cell; not stored, fills two dates
)

// Edge says which day of an imprecise date counts.
type Edge string

// A start counts as its first day, a finish or a due date as its last.
const (
	First Edge = "first"
	Last  Edge = "last"
)

// Field is one column of a dataset, declared once for the table, the header matcher, the parser, the page and the export.
type Field struct {
	Name    string   // column and JSON key, with its unit as suffix where it has one
	Zh, En  string   // header shown to people
	Unit    string   // base unit shown after the header: 元, ㎡, 套 …
	Aliases []string // other headers the office writes
	Kind    Kind
	Edge    Edge     // for dates
	Allowed []string // for Enum: the usual values; others are kept with a note
	// Spellings are, for a value of Allowed, other words for it, in cells and in headers that name a value.
	Spellings map[string][]string
	Listed    bool     // the value joins several things with 、 (predecessors)
	TimeOfDay bool     // for Text: a time of day is kept as 08:30
	Into      []string // for Span: the fields it fills, from and to
	Banner    []string // labels under which the value may stand above the table ("交付期限：…")
	Positive  bool     // a negative value is an error
	Event     bool     // a date of something that has happened, which tells how new an undated sheet is
	Hidden    bool     // filled by the reader, not a column people write (year of a period, currency)
	Private   bool     // a phone, a contact, a legal representative: hidden from those who need not see it
	// OfFirm names the field that says of which firm a figure is; where that is filled, the figure is hidden from those who may
	// see sums only.
	OfFirm string
}

// Label gives the header in a language, without the unit.
func (f Field) Label(lang text.Lang) string {
	if lang == text.En {
		return f.En
	}
	return f.Zh
}

// Header gives the header people read, unit included: 总投资(元).
func (f Field) Header(lang text.Lang) string {
	if f.Unit == "" {
		return f.Label(lang)
	}
	return f.Label(lang) + "(" + f.Unit + ")"
}

// Stored reports whether the field has a column of its own.
func (f Field) Stored() bool { return f.Kind != Span }

// Numeric reports whether the field holds a figure that can be added up.
func (f Field) Numeric() bool {
	switch f.Kind {
	case Money, Area, Number, Count:
		return true
	}
	return false
}

// decimals is how many decimals the record keeps of a figure; further ones are cut off.
func (f Field) decimals() int32 {
	if f.Kind == Money || f.Kind == Area {
		return 4
	}
	return 6
}

// column is the type of the field's column in the record.
func (f Field) column() string {
	switch f.Kind {
	case People:
		return "Array(String)"
	case Enum:
		return "LowCardinality(String)"
	case Money, Area, Percent:
		return fmt.Sprintf("Nullable(Decimal(18, %d))", f.decimals())
	case Number:
		return fmt.Sprintf("Nullable(Decimal(28, %d))", f.decimals())
	case Count:
		return "Nullable(Int64)"
	case Date, Period:
		return "Nullable(Date32)"
	case Flag:
		return "Nullable(Bool)"
	default:
		return "String"
	}
}
