package ingest

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// Form is one row of a dataset as a person typed it.
type Form struct {
	Dataset *ledger.Dataset
	Seen    ledger.Standing   // the row the person changes; the zero value for a new one
	Texts   map[string]string // field -> as typed; a field that is not there stays as it stands, an empty text empties it
	Day     time.Time         // the day the person saves for; a date without a year is read in its year
}

// FormProblem is something found in what was typed, at a field.
type FormProblem struct {
	Field string `json:"field"`
	ledger.Problem
}

// FormRead is a form as read and checked: the entry to save, and what was found.
type FormRead struct {
	Entry    ledger.Entry
	Problems []FormProblem
}

// Blocked reports whether an error stands in the way of saving.
func (r FormRead) Blocked() bool {
	return slices.ContainsFunc(r.Problems, func(p FormProblem) bool { return p.Severity == ledger.SeverityError })
}

// Found are the problems as they are kept with a batch.
func (r FormRead) Found() []ledger.Problem {
	list := make([]ledger.Problem, len(r.Problems))
	for i, p := range r.Problems {
		list[i] = p.Problem
	}
	return list
}

// ReadForm reads typed texts by the readers, unit rules and checks that sheets are read by, and holds them against the
// record: names that stand nowhere, days that have not come, figures that fell, plans that run in circles. Fields whose
// text is that of the row the person saw are no changes. It stores nothing; an error means that the record could not be read.
func ReadForm(ctx context.Context, l *ledger.Ledger, f Form) (FormRead, error) {
	r := newFormReader(f)
	for i, field := range f.Dataset.Fields {
		typed, given := f.Texts[field.Name]
		if typed = tidy(typed); !given || !field.Stored() || f.Seen.Exists() && typed == tidy(FormText(f.Dataset, f.Seen, field)) {
			continue
		}
		r.read(i, field, typed)
	}
	r.missing()
	r.checkRow()
	if err := r.holdAgainst(ctx, l); err != nil {
		return FormRead{}, err
	}
	return FormRead{Entry: r.entry(), Problems: r.problems}, nil
}

// FormText is what a form shows for a field of a standing row: a text that ReadForm reads as the same value again.
func FormText(d *ledger.Dataset, s ledger.Standing, f ledger.Field) string {
	traced, found := s.Field(f.Name)
	if !found {
		return ""
	}
	mark := s.Mark(f.Name)
	if raw := s.Of(traced).Raw; mark != "" && raw != "" {
		r := newFormReader(Form{Dataset: d, Day: s.Effective})
		rd := r.value(f, tidy(raw))
		if rd.fault == nil && rd.mark == mark && kept(f, rd.value) == kept(f, s.Value(d, f.Name)) {
			return raw
		}
	}
	if v, ok := s.Value(d, f.Name).(decimal.Decimal); ok && f.Kind == ledger.Money && f.Unit == "元" && mark == "" {
		// As offices write amounts, where that says the same.
		if wan := v.Shift(-4); wan.Abs().GreaterThanOrEqual(decimal.NewFromInt(1)) && wan.Equal(wan.Truncate(4)) {
			return wan.String() + "万元"
		}
	}
	return traced.Value
}

func kept(f ledger.Field, v any) string {
	if day, ok := v.(ledger.Day); ok {
		v = day.On(f.Edge)
	}
	return ledger.Plain(v)
}

// tidy makes texts of browsers and of the record alike.
func tidy(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// formReader reads one form; the table it reads with has no sheet.
type formReader struct {
	form     Form
	table    *table
	row      draft
	typed    map[string]string
	problems []FormProblem
}

func newFormReader(f Form) *formReader {
	t := &table{match: &match{dataset: f.Dataset}}
	t.reader = valueReader{grid: &grid{}, dates: DateContext{Year: f.Day.Year()}}
	r := &formReader{form: f, table: t, typed: map[string]string{}}
	r.row.Values = make([]any, len(f.Dataset.Fields))
	for i, field := range f.Dataset.Fields {
		r.row.Values[i] = f.Seen.Value(f.Dataset, field.Name)
		if m := f.Seen.Mark(field.Name); m != "" {
			mark(&r.row, field.Name, m)
		}
	}
	return r
}

func (r *formReader) value(f ledger.Field, typed string) reading {
	return r.table.reader.read(f, &heading{parts: []string{f.Zh}}, &cell{kind: cellText, text: typed})
}

// read reads a changed field into the row.
func (r *formReader) read(at int, f ledger.Field, typed string) {
	r.typed[f.Name] = typed
	delete(r.row.Marks, f.Name)
	if typed == "" {
		r.row.Values[at] = nil
		return
	}
	rd := r.value(f, typed)
	if rd.fault != nil {
		r.report(f.Name, *rd.fault)
	}
	r.table.place(&r.row, at, rd)
}

func (r *formReader) report(field string, f fault) {
	d := r.form.Dataset
	declared, _ := d.Field(field)
	r.problems = append(r.problems, FormProblem{Field: field,
		Problem: newProblem(f.severity, f.kind, place{dataset: d.Name, column: declared.Zh}, f.found, f.expected, f.message)})
}

// faulty reports that a field was not read.
func (r *formReader) faulty(field string) bool {
	return slices.ContainsFunc(r.problems, func(p FormProblem) bool { return p.Field == field && p.Severity == ledger.SeverityError })
}

// missing names the fields a row cannot do without.
func (r *formReader) missing() {
	d := r.form.Dataset
	for _, name := range d.RequiredInForms() {
		// What only forms ask for may be missing in a row of a sheet, and stays so until somebody types there.
		asked := !slices.Contains(d.Asked, name) || r.concerns(name)
		if f, _ := d.Field(name); asked && r.empty(name) && !r.faulty(name) {
			label := text.T("form.field", f.Zh, f.En)
			r.report(name, fault{ledger.SeverityError, "missing_value", "", f.Zh, text.T("form.missing", label)})
		}
	}
}

// empty reports that a field says nothing.
func (r *formReader) empty(field string) bool {
	_, _, filled := ledger.Filled{Field: field}.Test(func(name string) any { return r.row.Values[r.form.Dataset.Index(name)] })
	return !filled
}

// concerns reports whether one of the fields was typed; what stands already was checked when it came.
func (r *formReader) concerns(fields ...string) bool {
	return !r.form.Seen.Exists() || slices.ContainsFunc(fields, func(name string) bool { _, typed := r.typed[name]; return typed })
}

// checkRow runs the dataset's rules over the row as it will stand.
func (r *formReader) checkRow() {
	d := r.form.Dataset
	for _, c := range d.Checks {
		if !r.concerns(c.Fields()...) || c.Severity == ledger.SeverityError && r.faulty(c.At) {
			continue // one sentence at a field is enough
		}
		found, expected, ok := c.Rule.Test(func(field string) any { return r.row.Values[d.Index(field)] })
		if !ok {
			r.report(c.At, fault{c.Severity, c.Kind, found, expected, text.T("problem."+c.Kind, found, expected)})
		}
	}
}

// entry is what Save is asked for: the typed fields and those that came with them, such as a currency.
func (r *formReader) entry() ledger.Entry {
	d, seen := r.form.Dataset, r.form.Seen
	e := ledger.Entry{Dataset: d, Key: seen.Key, Seen: seen.Version.Version, Changes: map[string]ledger.Change{}}
	for i, f := range d.Fields {
		if !f.Stored() {
			continue
		}
		raw, typed := r.typed[f.Name]
		brought := f.Hidden && kept(f, r.row.Values[i]) != kept(f, seen.Value(d, f.Name))
		if typed || brought {
			e.Changes[f.Name] = ledger.Change{Value: r.row.Values[i], Mark: r.row.Marks[f.Name], Raw: raw}
		}
	}
	return e
}
