package ingest_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/internal/text"
	"taizhang/ledger"
)

func template(t *testing.T, d *ledger.Dataset, lang text.Lang) []byte {
	t.Helper()
	content, err := ingest.Template(d, lang)
	if err != nil {
		t.Fatal(d.Name, err)
	}
	return content
}

// kinds are the kinds of problems in a list.
func kinds(list []ledger.Problem) []string {
	var all []string
	for _, p := range list {
		all = append(all, p.Kind)
	}
	slices.Sort(all)
	return all
}

func TestAnUntouchedTemplateLoadsNothingAndSaysSo(t *testing.T) {
	testkit.Unraced(t)
	for _, d := range ledger.All {
		for _, lang := range []text.Lang{text.Zh, text.En} {
			f := readFile(ingest.TemplateName(d, lang), template(t, d, lang))
			if len(f.Sheets) != 0 || !f.Blocked() || !slices.Equal(kinds(f.Problems), []string{"no_rows"}) || f.Problems[0].Dataset != d.Name {
				t.Errorf("%s %s: %+v %+v", d.Name, lang, f.Sheets, f.Problems)
			}
			if !slices.Equal(kinds(f.Notes), []string{"example_line", "sheet_not_data"}) {
				t.Errorf("%s %s: notes %v", d.Name, lang, f.Notes)
			}
		}
	}
}

// TestTheExampleIsAGoodRow takes the mark off the example and fills nothing else in: every column must be found and read without a problem.
func TestTheExampleIsAGoodRow(t *testing.T) {
	testkit.Unraced(t)
	for _, d := range ledger.All {
		for _, lang := range []text.Lang{text.Zh, text.En} {
			book := openBook(t, template(t, d, lang))
			sheet := d.Label(lang)
			row, err := book.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for i, value := range row[3] {
				if name, found := strings.CutPrefix(value, "【示例】"); found {
					at, _ := excelize.CoordinatesToCellName(i+1, 4)
					if err := book.SetCellStr(sheet, at, name); err != nil {
						t.Fatal(err)
					}
				}
			}
			var out bytes.Buffer
			if err := book.Write(&out); err != nil {
				t.Fatal(err)
			}
			f := readFile("填好的表.xlsx", out.Bytes())
			if d != ledger.Milestones && len(f.Problems) != 0 || d == ledger.Milestones && !slices.Equal(kinds(f.Problems), []string{"unknown_predecessor"}) || len(f.Sheets) != 1 || f.Sheets[0].Dataset != d || f.Sheets[0].Rows.Len() != 1 {
				t.Errorf("%s %s: %+v %v", d.Name, lang, f.Sheets, f.Problems)
				continue
			}
			for i, field := range d.Fields {
				if v := f.Sheets[0].Rows.Row(0).Values[i]; v == nil && field.Stored() {
					t.Errorf("%s %s: %s (%s) was not read from %v", d.Name, lang, field.Name, field.Header(lang), row[2])
				}
			}
		}
	}
}

func TestTemplatesHelpToFillIn(t *testing.T) {
	testkit.Unraced(t)
	for _, d := range ledger.All {
		book := openBook(t, template(t, d, text.Zh))
		comments, _ := book.GetComments(d.Zh)
		rows, _ := book.GetRows(d.Zh)
		if len(comments) != len(rows[2]) {
			t.Errorf("%s: %d hints for %d columns", d.Name, len(comments), len(rows[2]))
		}
		lists, _ := book.GetDataValidations(d.Zh)
		want := 0
		for _, f := range d.Fields {
			if f.Kind == ledger.Flag || len(f.Allowed) > 0 || f.Hidden && f.Kind == ledger.Enum {
				want++
			}
		}
		if len(lists) != want {
			t.Errorf("%s: %d lists of choices, want %d", d.Name, len(lists), want)
		}
		at := slices.IndexFunc(rows[2], func(h string) bool { return h == "*"+subjectHeader(d) })
		if at < 0 {
			t.Errorf("%s: the column %s is not marked as required in %v", d.Name, subjectHeader(d), rows[2])
		}
		notes, _ := book.GetRows("填写说明")
		rules := fmt.Sprint(notes)
		if len(d.Checks)+len(d.SetChecks) > 0 && !strings.Contains(rules, "错误：") && !strings.Contains(rules, "警告：") {
			t.Errorf("%s: the notes tell no rule: %s", d.Name, rules)
		}
		if strings.Contains(rules, "template.") || strings.Contains(rules, "%!") {
			t.Errorf("%s: %s", d.Name, rules)
		}
	}
}

func subjectHeader(d *ledger.Dataset) string {
	f, _ := d.Field(d.Subject)
	return f.Header(text.Zh)
}

// TestAFilledTemplateSaysItsDay fills a day in above the header and 万元 into it.
func TestAFilledTemplateSaysItsDay(t *testing.T) {
	testkit.Unraced(t)
	book := openBook(t, template(t, ledger.Projects, text.Zh))
	sheet := ledger.Projects.Zh
	header, _ := book.GetRows(sheet)
	at := slices.Index(header[2], "总投资(元)")
	name, _ := excelize.CoordinatesToCellName(at+1, 3)
	value, _ := excelize.CoordinatesToCellName(at+1, 5)
	for cell, v := range map[string]any{"D2": "2016-05-20", name: "总投资(万元)", "A5": "某大厦", "B5": "楼宇", value: 350} {
		if err := book.SetCellValue(sheet, cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	l := testkit.Ledger(t)
	importBytes(t, l, "项目.xlsx", out.Bytes(), ingest.Options{})
	got := fmt.Sprint(rowsOf(t, l))
	if !strings.Contains(got, "2016-05-20") || !strings.Contains(got, "3500000") {
		t.Error(got)
	}
}
