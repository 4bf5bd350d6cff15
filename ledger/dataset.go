package ledger

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"taizhang/internal/text"
)

// Dataset declares one kind of sheet: its fields, its key, how it is
// recognised, what is checked. Table, views, header matching, parsing, export
// and the API schema all come from this one declaration.
type Dataset struct {
	Name   string
	Zh, En string
	Fields []Field

	// Key names the fields whose values together name a thing; a later row with the same key replaces the earlier one.
	Key []string
	// KeyElse names, for a field of the key, the field that stands in for it where it is blank.
	KeyElse map[string]string
	// Subject names the field every row must fill; a line of figures without it is an error.
	Subject string
	// Effective names the field that says which day a row speaks of; empty when the sheet's date says it.
	Effective string
	// Essential names fields a sheet must have as columns (or in its title) to be this dataset.
	Essential []string
	// Variants are other shapes of the same dataset, such as published figures without details.
	Variants []Variant
	// Titles are words that a sheet's title or name carries.
	Titles []string
	// NeedsTitle is set where the headers alone could be another dataset's: one of Titles must stand on the sheet, unless it is an export of ours.
	NeedsTitle bool
	// TitleField is the field that the sheet's title or name gives when no column does.
	TitleField string
	// Pivot says which columns stand for values of a field, such as the months of a year side by side.
	Pivot Pivot
	// Spread names a date whose cell may hold several days (10月1日至7日、10月9日): a row each.
	Spread string
	// Skip names a field and the values that mark a line as no row (空置).
	Skip Skip
	// Scope names the fields whose values together name a part of the list that a file may replace on its own: a month, a building; empty: only the whole list.
	Scope []string
	// Once names the fields whose values together name a part that is written once and never again, such as an approved baseline.
	Once []string
	// UniqueKey makes two rows of one sheet with the same key a warning.
	UniqueKey bool
	Checks    []Check
	SetChecks []SetCheck
	// Rising are figures that do not fall from one report to the next.
	Rising []Rising
	// Closing says when a row counts as closed; one that is open again afterwards was reopened.
	Closing Closing
	// Flow says which steps a row may take by form; nil: any.
	Flow *Flow
	// Known are names that stand in another dataset.
	Known []Known
	// Numbered are the names and codes by which rows are grouped by the million: the engine keeps a number beside the text of each (NAME_id), with an
	// index of where it stands.
	Numbered []string
	// Asked are fields that a form asks for beyond Required; a sheet may come without them.
	Asked []string
}

// Known is a reference: a value of Field stands in the field Of of another dataset. Forms hold it against the record;
// sheets mostly do not, since a weekly sheet may come before the ledger that names its projects.
type Known struct {
	Kind     string
	Severity Severity // in forms
	Field    string
	Dataset  string
	Of       string
	Sheets   bool // sheets are held against the record too, and against what their own file brings
}

// Happened reports whether a date of the dataset tells of something that has happened, so that it cannot lie ahead.
func (d *Dataset) Happened(f Field) bool {
	return f.Event || f.Name == d.Effective && f.Kind == Date
}

// Required are the fields that a row must fill: its subject, its day and what its key cannot do without.
func (d *Dataset) Required() []string {
	list := []string{d.Subject}
	if d.Effective != "" && d.Effective != d.Subject {
		list = append(list, d.Effective)
	}
	for _, name := range d.Key {
		if (len(d.Key) == 1 || slices.Contains(d.Essential, name)) && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// RequiredInForms are the fields that a row typed by hand cannot do without.
func (d *Dataset) RequiredInForms() []string {
	list := d.Required()
	for _, name := range d.Asked {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// Rising is a rule against the record: Field of a thing named by Group is no less than it was at the last earlier day.
type Rising struct {
	Kind         string
	Severity     Severity
	Group, Field string
}

// Variant is another shape of a dataset: recognised by When, it renames fields
// so that its figures never mix with those of the usual shape.
type Variant struct {
	When      []string          // fields that must be found
	Unless    []string          // fields that must not be found
	Rename    map[string]string // usual field -> field it fills here
	Essential []string
}

// Pivot describes wide sheets: Value is the field that the cells of pivoted columns fill.
type Pivot struct {
	Value  string // field filled from the cells
	Period string // field filled from month or year headers
	Label  string // field filled from headers that name one of its values, such as tax types
	// Day is a date that gives the period where the sheet has no other.
	Day string
	// AnyLabel takes every unmatched figure column as a value of Label when a period column exists.
	AnyLabel bool
	// Beside are columns of the same sheet that belong to another dataset: targets and ranks of an indicator.
	Beside []Beside
}

// Beside sends columns whose header carries one of Words and a year to another dataset.
type Beside struct {
	Dataset string
	Words   []string
	Value   string            // field of that dataset the cell fills
	Period  string            // field of that dataset the header's year fills
	Copy    map[string]string // field here -> field there
}

// Skip marks lines that are no rows of the dataset; they are kept in the dataset Into, with the fields of Copy (field here -> field there).
type Skip struct {
	Field  string
	Values []string
	Into   string
	Copy   map[string]string
}

// Label gives the dataset's name in a language.
func (d *Dataset) Label(lang text.Lang) string {
	if lang == text.En {
		return d.En
	}
	return d.Zh
}

// Field finds a field by name.
func (d *Dataset) Field(name string) (Field, bool) {
	if i := d.Index(name); i >= 0 {
		return d.Fields[i], true
	}
	return Field{}, false
}

// Index gives a field's place in Fields, -1 when there is none.
func (d *Dataset) Index(name string) int {
	for i := range d.Fields {
		if d.Fields[i].Name == name {
			return i
		}
	}
	return -1
}

// KeyOf makes the key of a row from its values, in the order of Fields.
func (d *Dataset) KeyOf(values []any) string { return d.join(d.Key, values) }

func (d *Dataset) join(names []string, values []any) string {
	parts := make([]string, len(names))
	for i, name := range names {
		at := d.Index(name)
		if other, ok := d.KeyElse[name]; ok && values[at] == nil {
			at = d.Index(other)
		}
		parts[i] = keyPart(d.Fields[at], values[at])
	}
	return strings.Join(parts, "|")
}

func keyPart(f Field, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return strings.ReplaceAll(NameKey(v), "|", "¦")
	case Day:
		return v.On(f.Edge).Format(time.DateOnly)
	case []string:
		return strings.ReplaceAll(strings.Join(v, "、"), "|", "¦")
	default:
		return fmt.Sprint(v)
	}
}

// Find gives a dataset by name.
func Find(name string) (*Dataset, error) {
	for _, d := range All {
		if d.Name == name {
			return d, nil
		}
	}
	return nil, Fail(NotFound, text.T("error.unknown_dataset", name, strings.Join(Names(), ", ")))
}

// Names lists the datasets in their order.
func Names() []string {
	names := make([]string, len(All))
	for i, d := range All {
		names[i] = d.Name
	}
	return names
}
