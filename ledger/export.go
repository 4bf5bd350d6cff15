package ledger

import (
	"slices"
	"strings"
	"time"
)

// DataDay and MarksField are the two columns an export carries beside the
// fields, so that reading it back gives the same rows: the day a row speaks of
// and what was written about single values (the precision of a date, 约).
var (
	DataDay    = Field{Name: "data_day", Zh: "数据日期", En: "Data as of", Kind: Date, Edge: Last}
	MarksField = Field{Name: "marks", Zh: "数值标注", En: "Marks", Kind: Text}
)

// ExportFields are the columns of an export: every stored field, then the
// day where no field says it, then the marks.
func (d *Dataset) ExportFields() []Field {
	fields := d.StoredFields()
	if d.Effective == "" {
		fields = append(fields, DataDay)
	}
	return append(fields, MarksField)
}

// ExportValues gives a record in the order of ExportFields.
func (d *Dataset) ExportValues(r Record) []any {
	values := slices.Clone(r.Values)
	if d.Effective == "" {
		values = append(values, dayOrNil(r.Effective))
	}
	if marks := d.FormatMarks(r.Marks); marks != "" {
		return append(values, marks)
	}
	return append(values, nil)
}

func dayOrNil(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// markWords are how marks that are no words of the sheet are written for people.
var markWords = map[string]string{
	"ten_days": "旬", "month": "月", "month_end": "月底", "quarter": "季", "quarter_end": "季末",
	"half_year": "半年", "half_year_end": "半年末", "year": "年", "year_end": "年底", "open": "无固定期限",
}

var markSigns = strings.NewReplacer("；", ";", "＝", "=")

// FormatMarks writes marks as one text in the order of the fields: 计划开工=月；总投资(元)=约.
func (d *Dataset) FormatMarks(marks map[string]string) string {
	var parts []string
	for _, f := range d.Fields {
		mark := marks[f.Name]
		if mark == "" {
			continue
		}
		if word := markWords[mark]; word != "" {
			mark = word
		}
		parts = append(parts, f.Zh+"="+markSigns.Replace(mark))
	}
	return strings.Join(parts, "；")
}

// ParseMarks reads what FormatMarks wrote; what names no field is left out.
func (d *Dataset) ParseMarks(s string) map[string]string {
	marks := map[string]string{}
	for part := range strings.SplitSeq(s, "；") {
		label, mark, found := strings.Cut(part, "=")
		label = strings.TrimSpace(label)
		at := slices.IndexFunc(d.Fields, func(f Field) bool { return f.Zh == label })
		if !found || at < 0 || mark == "" {
			continue
		}
		for key, word := range markWords {
			if word == mark {
				mark = key
				break
			}
		}
		marks[d.Fields[at].Name] = mark
	}
	return marks
}

// Widen gives the span that a day with a mark of precision stands for; a precise day stays one.
func (d Day) Widen(precision string) Day {
	first := time.Date(d.To.Year(), d.To.Month(), 1, 0, 0, 0, 0, time.UTC)
	months := map[string]int{"month": 1, "quarter": 3, "half_year": 6, "year": 12}[precision]
	switch {
	case precision == "ten_days":
		third := min((d.To.Day()-1)/10, 2)
		d.From = first.AddDate(0, 0, 10*third)
		if d.To = d.From.AddDate(0, 0, 9); third == 2 {
			d.To = first.AddDate(0, 1, -1)
		}
	case months > 0:
		d.From = first.AddDate(0, -((int(first.Month()) - 1) % months), 0)
		d.To = d.From.AddDate(0, months, -1)
	case markWords[precision] == "":
		return d
	}
	d.Precision = precision
	return d
}
