package server

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

func TestWrongUsageIsOne(t *testing.T) {
	l := testkit.Ledger(t)
	there := testkit.Sample("税收2015.xlsx")
	for _, args := range [][]string{
		{}, {"imports"}, {"import"}, {"import", "--json"}, {"import", "no-such-file.xlsx"}, {"import", there, "no-such-file.xlsx"},
		{"import", t.TempDir()}, {"import", there, "--dataset", "nothing"}, {"import", there, "--asof", "1 June"}, {"import", there, "--what"},
		{"import", there, "--dataset"}, {"export"}, {"export", "nothing"}, {"export", "tax", "buildings"}, {"export", "tax", "--csv", "--xlsx"},
		{"export", "tax", "--asof", "x"}, {"export", "tax", "--out", "/no/such/folder/x.csv"},
		{"report"}, {"report", "nothing"}, {"report", "tax", "extra"}, {"report", "project"}, {"report", "tax", "--json", "--csv"}, {"report", "tax", "--format", "pdf"}, {"report", "tax", "--format", "xlsx", "--csv"}, {"report", "tax", "--year", "12"},
		{"serve", "--listen", "0.0.0.0:8080"}, {"serve", "--listen", "nonsense"}, {"serve", "word"},
	} {
		code, out, errs := runCommand(l, args...)
		if code != exitWrong {
			t.Errorf("%q: exit %d, want 1 (%s%s)", args, code, out, errs)
		}
		if len(args) > 0 && (strings.Count(errs, "\n") != 1 || !strings.HasPrefix(errs, "taizhang: ")) {
			t.Errorf("%q: not one clear sentence: %q", args, errs)
		}
	}
	if history, _ := l.History(t.Context(), testkit.Now.AddDate(9, 0, 0)); len(history) != 0 {
		t.Errorf("wrong usage loaded %d batches", len(history))
	}
}

func TestHelpAndVersionAreDone(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"--help"}, {"help", "import"}, {"import", "--help"}, {"serve", "-h"}, {"version"}} {
		code, out, _ := runCommand(nil, args...)
		if code != exitDone || !strings.Contains(out, "taizhang") {
			t.Errorf("%q: %d %q", args, code, out)
		}
	}
}

// outcomes reads the lines that --json prints.
func outcomes(t *testing.T, out string) []ingest.Outcome {
	t.Helper()
	var list []ingest.Outcome
	for _, line := range strings.Split(strings.TrimSuffix(out, "\n"), "\n") {
		for _, key := range []string{`"file"`, `"status"`, `"batch"`, `"datasets"`, `"problems"`} {
			if !strings.Contains(line, key) {
				t.Errorf("%s is missing in %s", key, line)
			}
		}
		var one ingest.Outcome
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		list = append(list, one)
	}
	return list
}

func TestImportSaysWhatBecameOfEachFile(t *testing.T) {
	l := testkit.Ledger(t)
	good, flawed, broken := testkit.Sample("税收2015.xlsx"), testkit.Sample("安置房交付.xlsx"), testkit.Sample("hostile/truncated.xlsx")
	for _, step := range []struct {
		name   string
		args   []string
		code   int
		status []ingest.Status
	}{
		{"dry run", []string{good, "--dry-run"}, 0, []ingest.Status{ingest.Checked}},
		{"committed", []string{good}, 0, []ingest.Status{ingest.Committed}},
		{"twice", []string{good}, 0, []ingest.Status{ingest.Duplicate}},
		{"errors refuse the file", []string{flawed}, 2, []ingest.Status{ingest.Refused}},
		{"one refused among two", []string{good, broken}, 2, []ingest.Status{ingest.Duplicate, ingest.Refused}},
		{"good rows", []string{"--good-rows", flawed}, 0, []ingest.Status{ingest.Committed}},
		{"nothing good", []string{"--good-rows", broken}, 2, []ingest.Status{ingest.Refused}},
	} {
		code, out, errs := runCommand(l, append([]string{"import", "--json"}, step.args...)...)
		if code != step.code {
			t.Errorf("%s: exit %d, want %d: %s", step.name, code, step.code, errs)
		}
		list := outcomes(t, out)
		if len(list) != len(step.status) {
			t.Fatalf("%s: %d lines", step.name, len(list))
		}
		for i, one := range list {
			if one.Status != step.status[i] {
				t.Errorf("%s: %s is %s, want %s (%v)", step.name, one.File, one.Status, step.status[i], one.Problems)
			}
			if (one.Batch != nil) != (one.Status == ingest.Committed || one.Status == ingest.Duplicate) {
				t.Errorf("%s: %s with batch %v", step.name, one.Status, one.Batch)
			}
		}
	}
}

func TestProblemsAreToldWithTheirCells(t *testing.T) {
	l := testkit.Ledger(t)
	flawed := testkit.Sample("安置房交付.xlsx")
	_, machine, _ := runCommand(l, "import", "--json", flawed)
	problems := outcomes(t, machine)[0].Problems
	if len(problems) == 0 {
		t.Fatal("the sample holds an error by design")
	}
	for lang, word := range map[string]string{"zh": "拒收", "en": "refused"} {
		code, out, _ := runCommand(l, "import", flawed, "--lang", lang)
		if code != exitRefused || !strings.Contains(out, word) {
			t.Errorf("%s: %d %s", lang, code, out)
		}
		for _, p := range problems {
			if !strings.Contains(out, string(p.Sheet)) || !strings.Contains(out, string(p.Cell)) || !strings.Contains(out, p.Found) {
				t.Errorf("%s: %s!%s (%s) is not told in %s", lang, p.Sheet, p.Cell, p.Found, out)
			}
		}
	}
}

func TestExportsNeverHoldFormulas(t *testing.T) {
	l := testkit.Ledger(t)
	if code, out, errs := runCommand(l, "import", testkit.Sample("hostile/injection.xlsx")); code != exitDone {
		t.Fatal(code, out, errs)
	}
	_, out, _ := runCommand(l, "export", "tenants", "--csv")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 13 {
		t.Fatal(len(rows), err)
	}
	if rows[0][0] != "楼宇名称" {
		t.Errorf("header %q", rows[0])
	}
	payloads := 0
	for _, row := range rows[1:] {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+@\t\r-", rune(cell[0])) {
				t.Errorf("a live cell: %q", cell)
			}
			if strings.HasPrefix(cell, "'=cmd|") {
				payloads++
			}
		}
	}
	if payloads == 0 {
		t.Error("=cmd does not stand as text")
	}
	file := filepath.Join(t.TempDir(), "tenants.xlsx")
	if code, _, errs := runCommand(l, "export", "tenants", "--out", file); code != exitDone {
		t.Fatal(errs)
	}
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	found, _ := book.SearchSheet("入驻企业", "=cmd|' /C calc'!A0")
	if len(found) != payloads {
		t.Fatalf("%v", found)
	}
	for _, at := range found {
		if formula, _ := book.GetCellFormula("入驻企业", at); formula != "" {
			t.Errorf("%s: a formula: %s", at, formula)
		}
	}
}

func TestExportKeepsFiguresPlain(t *testing.T) {
	d := &ledger.Dataset{Name: "x", Zh: "x", Fields: []ledger.Field{
		{Name: "name", Zh: "名称", Kind: ledger.Text}, {Name: "tax_yuan", Zh: "税收", Unit: "元", Kind: ledger.Money}, {Name: "n", Zh: "数", Unit: "套", Kind: ledger.Count}}}
	var b bytes.Buffer
	err := exportCSV(&b, d, false, func(each func(ledger.Record) error) error {
		if err := each(ledger.Record{Values: []any{"-100000", ledger.MustDecimal("-100000"), int64(-3)}}); err != nil {
			return err
		}
		return each(ledger.Record{Values: []any{nil, ledger.MustDecimal("0.10"), nil}})
	})
	want := "名称,税收(元),数(套),数据日期,数值标注\n'-100000,-100000,-3,,\n,0.1,,,\n"
	if err != nil || b.String() != want {
		t.Errorf("%v\n%s", err, b.String())
	}
}

func TestFilesAppearWholeOrNotAtAll(t *testing.T) {
	l := testkit.Ledger(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "x.csv")
	if code, _, _ := runCommand(l, "export", "tax", "--known", "not a time", "--out", file); code != exitWrong {
		t.Error(code)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("left behind: %v", entries)
	}
}

// checkReportBook holds a report's workbook against its CSV: the same cells, figures as numbers, blank for what is not known.
func checkReportBook(t *testing.T, file string, want [][]string) {
	t.Helper()
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if sheets := book.GetSheetList(); len(sheets) != 2 || sheets[0] != "目录" {
		t.Fatal(sheets)
	}
	rows, err := book.GetRows(book.GetSheetList()[1], excelize.Options{RawCellValue: true})
	if err != nil || len(rows) < len(want)+3 {
		t.Fatal(len(rows), err)
	}
	numbers := 0
	for i, line := range want[1:] {
		for k, cell := range line {
			got := ""
			if k < len(rows[4+i]) {
				got = rows[4+i][k]
			}
			if figureOrDay.MatchString(cell) {
				numbers++
				x, err := ledger.ParseDecimal(got)
				y, _ := ledger.ParseDecimal(cell)
				if strings.HasSuffix(want[0][k], "(%)") {
					x = x.Mul(ledger.Int(100)) // Excel's own percentages
				}
				if err != nil || x.Round(8).Cmp(y.Round(8)) != 0 {
					t.Errorf("row %d, column %d: the workbook has %q, the CSV %q", i+1, k+1, got, cell)
				}
			} else if got != cell {
				t.Errorf("row %d, column %d: the workbook has %q, the CSV %q", i+1, k+1, got, cell)
			}
		}
	}
	if numbers < 24 {
		t.Errorf("only %d figures were compared", numbers)
	}
}

func TestReportPrintsTheSameFiguresInEveryShape(t *testing.T) {
	testkit.Unraced(t)
	l := testkit.Ledger(t)
	if code, _, errs := runCommand(l, "import", testkit.Sample("税收2015.xlsx"), testkit.Sample("税收2014.xlsx")); code != exitDone {
		t.Fatal(errs)
	}
	code, out, errs := runCommand(l, "report", "tax", "--year", "2015", "--json")
	if code != exitDone || !json.Valid([]byte(out)) || !strings.Contains(out, "434000000") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	code, out, errs = runCommand(l, "report", "tax", "--year", "2015", "--csv")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if code != exitDone || err != nil || len(rows) < 12 {
		t.Errorf("%d %v %s %s", code, err, out, errs)
	}
	file := filepath.Join(t.TempDir(), "税收.xlsx")
	if code, out, errs = runCommand(l, "report", "tax", "--year", "2015", "--out", file); code != exitDone || out != "" {
		t.Fatal(code, out, errs)
	}
	checkReportBook(t, file, rows)
	if code, out, errs = runCommand(l, "report", "tax", "--format", "xlsx"); code != exitDone || !strings.HasPrefix(out, "PK") {
		t.Errorf("%d %.20q %s", code, out, errs)
	}
	code, out, errs = runCommand(l, "report", "tax", "--year", "2015", "--lang", "en")
	if code != exitDone || !strings.Contains(out, "Data as of") || !strings.Contains(out, "税收2015.xlsx") {
		t.Errorf("%d %s %s", code, out, errs)
	}
}
