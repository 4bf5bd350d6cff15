package ingest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// The rows of a template, and how far down its lists of choices reach.
const (
	templateTitle   = 1
	templateBanner  = 2
	templateHeader  = 3
	templateExample = 4
	templateEnd     = 2000
	dropListLimit   = 255 // what Excel takes of a list written into the cell rule
)

// Template makes the empty workbook of a dataset from its declaration alone:
// header, units, lists of choices, one example line and a sheet of notes.
func Template(d *ledger.Dataset, lang text.Lang) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close()
	b := templateBuilder{book: book, dataset: d, lang: lang, sheet: d.Label(lang), fields: templateFields(d)}
	if err := book.SetSheetName("Sheet1", b.sheet); err != nil {
		return nil, err
	}
	for _, step := range []func() error{b.makeStyles, b.dress, b.head, b.columns, b.notes} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	err := book.Write(&out)
	return out.Bytes(), err
}

// TemplateName is the name of the file that Template gives.
func TemplateName(d *ledger.Dataset, lang text.Lang) string {
	return text.T("template.file", d.Label(lang)).In(lang)
}

type templateBuilder struct {
	book    *excelize.File
	dataset *ledger.Dataset
	lang    text.Lang
	sheet   string
	fields  []ledger.Field
	styles  map[string]int
}

// templateFields are the columns people fill in; how many months a period has, the reader tells itself.
func templateFields(d *ledger.Dataset) []ledger.Field {
	return slices.DeleteFunc(d.StoredFields(), func(f ledger.Field) bool { return f.Hidden && f.Kind == ledger.Count })
}

func (b *templateBuilder) say(key string, args ...any) string { return text.T(key, args...).In(b.lang) }

func (b *templateBuilder) makeStyles() error {
	edge := []excelize.Border{{Type: "bottom", Color: "1D5BB8", Style: 1}, {Type: "right", Color: "C9D6EA", Style: 1}}
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	b.styles = map[string]int{}
	for name, style := range map[string]*excelize.Style{
		"title":    {Font: bold(16, ink), Alignment: middle},
		"banner":   {Font: &excelize.Font{Size: 11, Color: "5A6B85"}},
		"dayCell":  {CustomNumFmt: pointer("yyyy-mm-dd"), Border: edge[:1]},
		"head":     {Font: bold(11, ink), Fill: fill("E8F0FB"), Alignment: middle, Border: edge},
		"required": {Font: bold(11, "FFFFFF"), Fill: fill("1D5BB8"), Alignment: middle, Border: edge},
		"choice":   {Font: bold(11, ink), Fill: fill("A9C4EC"), Alignment: middle, Border: edge},
		"date":     {CustomNumFmt: pointer("yyyy-mm-dd")},
		"text":     {CustomNumFmt: pointer("@")},
		"figure":   {CustomNumFmt: pointer("#,##0.######")},
		"wrap":     {Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}},
		"topic":    {Font: bold(11, ink), Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}},
	} {
		id, err := b.book.NewStyle(style)
		if err != nil {
			return err
		}
		b.styles[name] = id
	}
	for _, name := range []string{"date", "text", "figure"} {
		style, err := b.book.GetStyle(b.styles[name])
		if err != nil {
			return err
		}
		style.Font = &excelize.Font{Italic: true, Size: 11, Color: "7A869A"}
		if b.styles["example "+name], err = b.book.NewStyle(style); err != nil {
			return err
		}
	}
	return nil
}

// ink is the colour of text.
const ink = "1F2A3D"

func bold(size float64, color string) *excelize.Font {
	return &excelize.Font{Bold: true, Size: size, Color: color}
}

func pointer[T any](v T) *T { return &v }

// look is the style of a field's cells: codes and numbers of rooms must stay as they are typed.
func look(f ledger.Field) string {
	switch {
	case f.Kind == ledger.Date:
		return "date"
	case f.Numeric() || f.Kind == ledger.Percent:
		return "figure"
	}
	return "text"
}

// head writes the title, the banner of units with the place for the day, and freezes all down to the header.
func (b *templateBuilder) head() error {
	last := address(templateTitle, len(b.fields)-1)
	if err := b.book.MergeCell(b.sheet, "A1", last); err != nil {
		return err
	}
	if err := b.put(templateTitle, 0, b.say("template.title", b.dataset.Label(b.lang)), "title"); err != nil {
		return err
	}
	if units := b.units(); units != "" {
		if err := b.put(templateBanner, 0, b.say("template.units", units), "banner"); err != nil {
			return err
		}
	}
	if b.dataset.Effective == "" {
		if err := b.put(templateBanner, 2, b.say("template.day"), "banner"); err != nil {
			return err
		}
		at := address(templateBanner, 3)
		if err := b.book.SetCellStyle(b.sheet, at, at, b.styles["dayCell"]); err != nil {
			return err
		}
	}
	if err := b.book.SetRowHeight(b.sheet, templateTitle, 30); err != nil {
		return err
	}
	if err := b.book.SetRowHeight(b.sheet, templateHeader, 36); err != nil {
		return err
	}
	if err := printWide(b.book, b.sheet); err != nil {
		return err
	}
	return b.book.SetPanes(b.sheet, &excelize.Panes{Freeze: true, YSplit: templateHeader, TopLeftCell: address(templateExample, 0), ActivePane: "bottomLeft"})
}

// units are those of the columns, each once, as a banner names them.
func (b *templateBuilder) units() string {
	var units []string
	for _, f := range b.fields {
		if f.Unit != "" && f.Unit != "%" && !slices.Contains(units, f.Unit) {
			units = append(units, f.Unit)
		}
	}
	return strings.Join(units, "、")
}

// columns writes header, hint, list of choices, example and look of every column.
func (b *templateBuilder) columns() error {
	for i, f := range b.fields {
		name := columnName(i)
		header, style := b.header(f)
		width := min(max(12, float64(2*utf8.RuneCountInString(header)+4)), 40)
		if f.Name == b.dataset.Subject {
			width = max(width, 30)
		}
		if err := b.book.SetColWidth(b.sheet, name, name, width); err != nil {
			return err
		}
		if err := b.put(templateHeader, i, header, style); err != nil {
			return err
		}
		hint := b.hint(f)
		err := b.book.AddComment(b.sheet, excelize.Comment{Author: markAuthor, Cell: address(templateHeader, i), Width: 280,
			Height: uint(40 + 18*(utf8.RuneCountInString(hint)/18+strings.Count(hint, "\n"))), Paragraph: []excelize.RichTextRun{{Text: hint}}})
		if err != nil {
			return err
		}
		if err := b.choices(i, f); err != nil {
			return err
		}
		if err := b.example(i, f); err != nil {
			return err
		}
	}
	return nil
}

// dress gives every column its look, before any cell has one of its own.
func (b *templateBuilder) dress() error {
	for i, f := range b.fields {
		if err := b.book.SetColStyle(b.sheet, columnName(i), b.styles[look(f)]); err != nil {
			return err
		}
	}
	return nil
}

// header is the field's header with its sign, and its style.
func (b *templateBuilder) header(f ledger.Field) (string, string) {
	switch b.need(f) {
	case needed:
		return "*" + f.Header(b.lang), "required"
	case oneOfSome:
		return "☆" + f.Header(b.lang), "choice"
	}
	return f.Header(b.lang), "head"
}

// need says whether a column must be filled.
type need int

const (
	optional need = iota
	oneOfSome
	needed
)

func (b *templateBuilder) need(f ledger.Field) need {
	d := b.dataset
	if f.Name == d.Subject || f.Name == d.Effective {
		return needed
	}
	for _, choice := range d.Essential {
		names := strings.Split(choice, "|")
		switch {
		case len(names) == 1 && names[0] == f.Name:
			return needed
		case slices.Contains(names, f.Name):
			return oneOfSome
		}
	}
	return optional
}

// choices adds the list of usual values; others may be typed after a question.
func (b *templateBuilder) choices(col int, f ledger.Field) error {
	list := usualValues(f)
	if len(list) == 0 || utf8.RuneCountInString(strings.Join(list, ",")) > dropListLimit {
		return nil
	}
	rule := excelize.NewDataValidation(true)
	rule.Sqref = fmt.Sprintf("%s:%s", address(templateExample, col), address(templateEnd, col))
	if err := rule.SetDropList(list); err != nil {
		return err
	}
	rule.SetError(excelize.DataValidationErrorStyleWarning, b.say("template.drop.title"), b.say("template.drop.text"))
	return b.book.AddDataValidation(b.sheet, rule)
}

// usualValues are those of a list, of yes-or-no, of currencies and of units.
func usualValues(f ledger.Field) []string {
	switch {
	case f.Kind == ledger.Flag:
		return []string{"是", "否"}
	case f.Hidden && f.Name == "currency":
		return []string{"CNY", "USD", "HKD", "EUR", "JPY"}
	case f.Hidden && f.Name == "unit":
		return []string{"元", "万元", "亿元", "%", "㎡", "万㎡", "户", "家", "人", "个"}
	}
	return f.Allowed
}

func (b *templateBuilder) put(row, col int, value, style string) error {
	at := address(uint32(row), col)
	if err := b.book.SetCellStr(b.sheet, at, value); err != nil {
		return err
	}
	return b.book.SetCellStyle(b.sheet, at, at, b.styles[style])
}
