package server

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// columnsCard shows how a table was understood, its columns over its first lines, and lets a person say otherwise.
type columnsCard struct {
	Words    page
	ID       string
	Title    string
	Hint     string
	Tone     string
	Open     bool
	Origin   string
	Map      string // where the form leads
	Unmap    string
	PlainTo  string
	Faults   []string
	Mapping  ingest.Mapping
	From     uint32 // by which the table is known in the forms
	Mapped   bool   // a person mapped it, for this file
	Known    bool   // it is read as remembered
	Plain    bool   // what is remembered was set aside
	Datasets []option
	Heights  []option
	Heads    []columnHead
	Lines    []ingest.LayoutLine
	Year     string
	YearHint string
	Fixed    []fixedField
	Others   []option // fields that can be fixed too
}

// columnHead is a column with what it may fill.
type columnHead struct {
	Letter, Header string
	Said           string // what it fills, in words
	Groups         []optionGroup
	Units          []option
}

type optionGroup struct {
	Label   string
	Options []option
}

// fixedField is a value for all rows; Found is what the sheet itself says.
type fixedField struct{ Name, Label, Value, Found string }

// tableRead is a table of a file as it was understood, for programs.
type tableRead struct {
	ingest.Mapping
	Origin ingest.Origin `json:"origin"`
	Shape  string        `json:"shape,omitempty"`
}

func tablesRead(f *ingest.File) []tableRead {
	list := []tableRead{}
	for _, l := range f.Layouts {
		list = append(list, tableRead{l.Mapping, l.Origin, l.Shape})
	}
	return list
}

// columnCards are the tables of a file, and the sheets nobody read.
func (p page) columnCards(c *fiber.Ctx, v preview) []*columnsCard {
	if v.file == nil {
		return nil
	}
	var list []*columnsCard
	for i, l := range append(slices.Clone(v.file.Layouts), strays(v)...) {
		k := &columnsCard{Words: p, ID: fmt.Sprintf("columns-%d", i), Origin: string(l.Origin), Mapping: l.Mapping, Lines: l.Lines}
		k.Map, k.Unmap, k.PlainTo = handPath(c, v.Hash, "mapping"), handPath(c, v.Hash, "unmap"), handPath(c, v.Hash, "plain")
		k.Plain, k.Known = v.hand.Plain, l.Origin == ingest.Remembered
		k.From = l.Mapping.From
		if at := slices.IndexFunc(v.hand.Mappings, func(m ingest.Mapping) bool { return readBy(m, l) }); at >= 0 {
			k.From, k.Mapped = v.hand.Mappings[at].From, true
		}
		k.Open = l.Origin == ingest.NotRead || l.Origin == ingest.Unfit
		k.head(l)
		k.choices(l)
		list = append(list, k)
	}
	return list
}

// readBy reports that a person's mapping is the one a table was read by, or was not for its faults.
func readBy(m ingest.Mapping, l *ingest.Layout) bool {
	byHand := l.Origin == ingest.ByPerson || l.Origin == ingest.Unfit || l.Mapping.Dataset == ingest.LeftUnread
	return byHand && m.Sheet == l.Mapping.Sheet && m.Header == l.Mapping.Header
}

// strays are the mappings that meet no table any more, so that they can be taken back.
func strays(v preview) []*ingest.Layout {
	var list []*ingest.Layout
	for _, m := range v.hand.Mappings {
		if !slices.ContainsFunc(v.file.Layouts, func(l *ingest.Layout) bool { return readBy(m, l) }) {
			list = append(list, &ingest.Layout{Mapping: m, Origin: ingest.Unfit, Faults: []text.Message{text.T("mapping.unused", m.Header, m.Sheet)}})
		}
	}
	return list
}

// head says which table it is and how it was understood.
func (k *columnsCard) head(l *ingest.Layout) {
	p := k.Words
	k.Title = p.T("mapping.card")
	if l.Mapping.Sheet != "" {
		k.Title += " · " + l.Mapping.Sheet
	}
	if d, err := ledger.Find(l.Mapping.Dataset); err == nil && l.Origin != ingest.NotRead {
		k.Title += " · " + d.Label(p.Lang)
	}
	switch {
	case l.Known != nil:
		k.Hint = p.T("problem.mapped_as_before", l.Known.At, l.Known.By)
	case l.Mapping.Dataset == ingest.LeftUnread:
		k.Hint = p.T("mapping.origin.left_unread")
	default:
		k.Hint = p.T("mapping.origin." + string(l.Origin))
	}
	if k.Open {
		k.Tone = "bad"
	}
	for _, why := range l.Faults {
		k.Faults = append(k.Faults, p.Say(why))
	}
}

// choices fills the lists of the form with what was found already chosen.
func (k *columnsCard) choices(l *ingest.Layout) {
	p := k.Words
	k.Datasets = []option{{Text: p.T("mapping.choose")}, {Value: ingest.LeftUnread, Text: p.T("mapping.leave"), Selected: l.Mapping.Dataset == ingest.LeftUnread}}
	for _, d := range ledger.All {
		k.Datasets = append(k.Datasets, option{Value: d.Name, Text: d.Label(p.Lang), Selected: d.Name == l.Mapping.Dataset})
	}
	for n := range 4 {
		k.Heights = append(k.Heights, option{Value: strconv.Itoa(n), Text: p.T("mapping.height", n), Selected: n == l.Mapping.Height})
	}
	if l.Mapping.Year != 0 {
		k.Year = strconv.Itoa(l.Mapping.Year)
	}
	if l.Year != 0 {
		k.YearHint = strconv.Itoa(l.Year)
	}
	d, err := ledger.Find(l.Mapping.Dataset)
	as := map[string]ingest.MappedColumn{}
	for _, c := range l.Mapping.Columns {
		as[c.Column] = c
	}
	for _, c := range l.Columns {
		h := columnHead{Letter: c.Column, Header: c.Header}
		if err == nil {
			h.Groups, h.Units = p.fieldOptions(d, as[c.Column].Field), p.unitOptions(as[c.Column].Unit, c.Unit)
			h.Said = chosen(h.Groups)
		}
		k.Heads = append(k.Heads, h)
	}
	if err == nil {
		k.fixedFields(d, l)
	}
}

// fieldOptions lists what a column may fill.
func (p page) fieldOptions(d *ledger.Dataset, as string) []optionGroup {
	as = cmp.Or(as, ingest.ColumnIgnored)
	pick := func(value, key string) option {
		return option{Value: value, Text: p.T(key), Selected: value == as}
	}
	special := optionGroup{Options: []option{pick(ingest.ColumnIgnored, "mapping.ignore")}}
	if d.Pivot.Value != "" {
		special.Options = append(special.Options, pick(ingest.ColumnValue, "mapping.value"), pick(ingest.ColumnSum, "mapping.sum"))
	}
	for value, key := range map[string]string{ingest.ColumnDay: "mapping.day", ingest.ColumnMarks: "mapping.marks"} {
		if as == value {
			special.Options = append(special.Options, pick(value, key))
		}
	}
	fields, hidden := optionGroup{Label: p.T("mapping.fields")}, optionGroup{Label: p.T("mapping.fields.more")}
	for _, f := range d.Fields {
		o := option{Value: f.Name, Text: f.Header(p.Lang), Selected: f.Name == as}
		if needed(d, f.Name) {
			o.Text += p.T("mapping.needed")
		}
		if f.Hidden {
			hidden.Options = append(hidden.Options, o)
			continue
		}
		fields.Options = append(fields.Options, o)
	}
	groups := []optionGroup{special, fields}
	if len(hidden.Options) > 0 {
		groups = append(groups, hidden)
	}
	return groups
}

func chosen(groups []optionGroup) string {
	for _, g := range groups {
		for _, o := range g.Options {
			if o.Selected && o.Value != ingest.ColumnIgnored {
				return o.Text
			}
		}
	}
	return ""
}

// needed reports a field that every sheet of the dataset must give.
func needed(d *ledger.Dataset, field string) bool { return slices.Contains(d.Essential, field) }

// unitOptions lists the units; the first leaves it to the sheet, which says found.
func (p page) unitOptions(as, found string) []option {
	first := option{Text: p.T("mapping.unit.sheet")}
	if found != "" {
		first.Text = p.T("mapping.unit.found", found)
	}
	list := []option{first}
	for _, u := range ingest.OfferedUnits {
		list = append(list, option{Value: u, Text: u, Selected: u == as})
	}
	if as != "" && !slices.Contains(ingest.OfferedUnits, as) {
		list = append(list, option{Value: as, Text: as, Selected: true})
	}
	return list
}

// fixedFields offers the fields that say which thing or day a row is of, and the rest in a list.
func (k *columnsCard) fixedFields(d *ledger.Dataset, l *ingest.Layout) {
	taken := map[string]bool{}
	for _, c := range l.Mapping.Columns {
		taken[c.Field] = true
	}
	first := strings.Split(strings.Join(slices.Concat(d.Essential, d.Key, []string{d.TitleField}), "|"), "|")
	for _, f := range d.Fields {
		value := l.Mapping.Fixed[f.Name]
		switch {
		case taken[f.Name] && value == "", f.Name == d.Pivot.Value, f.Name == d.Pivot.Period && taken[ingest.ColumnValue] && value == "", f.Hidden && value == "":
		case value != "" || slices.Contains(first, f.Name) || len(f.Banner) > 0:
			k.Fixed = append(k.Fixed, fixedField{f.Name, f.Label(k.Words.Lang), value, l.Given[f.Name]})
		default:
			k.Others = append(k.Others, option{Value: f.Name, Text: f.Label(k.Words.Lang)})
		}
	}
}

// Was is what the columns on the form belong to.
func (k *columnsCard) Was() string {
	return fmt.Sprintf("%s %d %d", k.Mapping.Dataset, k.Mapping.Header, k.Mapping.Height)
}

// rememberedRow is a mapping the record remembers.
type rememberedRow struct {
	Shape, Dataset, Sheet, Columns, By, At, Batch, Href string
	Used                                                uint64
}
