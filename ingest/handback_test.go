package ingest_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

const ourList = "问题清单"

func sample(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(testkit.Sample(name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func readFile(name string, content []byte) *ingest.File {
	return ingest.Read(context.Background(), name, content, ingest.Options{Now: testkit.Now})
}

func openBook(t *testing.T, content []byte) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

// faults are the problems that colour a cell, by sheet and cell.
func faults(f *ingest.File) map[[2]string]bool {
	at := map[[2]string]bool{}
	for _, p := range f.Problems {
		if p.Cell != "" {
			at[[2]string{string(p.Sheet), string(p.Cell)}] = true
		}
	}
	return at
}

func fillOf(t *testing.T, book *excelize.File, sheet, cell string) string {
	t.Helper()
	id, err := book.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := book.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(style.Fill.Color, "")
}

var samplesWithProblems = []string{"安置房交付.xlsx", "楼宇与入驻企业.xlsx", "倒排工期.xlsx", "督办事项.xlsx", "代办事项.xlsx", "项目台账.xlsx", "税收2015.xlsx", "税收2016年1-5月.xlsx", "经济指标.xlsx"}

var colors = regexp.MustCompile(`rgb="[^"]*"`)

// part is a part of a workbook as it is stored.
func part(t *testing.T, content []byte, name string) []byte {
	t.Helper()
	pack, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := pack.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	body, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestTheWorkbookComesBackMarkedAndOtherwiseUnchanged(t *testing.T) {
	testkit.Unraced(t)
	for _, name := range samplesWithProblems {
		t.Run(name, func(t *testing.T) {
			content := sample(t, name)
			f := readFile(name, content)
			marked, err := ingest.HandBack(f)
			if err != nil {
				t.Fatal(err)
			}
			was, is := openBook(t, content), openBook(t, marked)
			for _, color := range colors.FindAllString(string(part(t, marked, "xl/styles.xml")), -1) {
				if len(color) != len(`rgb="FF123456"`) {
					t.Errorf("a colour that strict programs refuse: %s", color)
				}
			}
			if got, want := is.GetSheetList(), append([]string{ourList}, was.GetSheetList()...); !slices.Equal(got, want) {
				t.Fatalf("sheets %v, want %v", got, want)
			}
			at := faults(f)
			for _, sheet := range was.GetSheetList() {
				unchanged(t, was, is, sheet, at)
			}
			comments := 0
			for s := range at {
				if fill := fillOf(t, is, s[0], s[1]); fill != "FFC7CE" && fill != "FFEB9C" {
					t.Errorf("%v is filled %q", s, fill)
				}
			}
			for _, sheet := range was.GetSheetList() {
				list, _ := is.GetComments(sheet)
				comments += len(list)
			}
			if comments != len(at) {
				t.Errorf("%d comments on %d cells", comments, len(at))
			}
			listed(t, is, f)
			comesBackTheSame(t, f, name, marked)
		})
	}
}

// unchanged holds every cell, merge and width of a sheet against the original.
func unchanged(t *testing.T, was, is *excelize.File, sheet string, marked map[[2]string]bool) {
	t.Helper()
	rows, err := was.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for r, row := range rows {
		for c := range row {
			at, _ := excelize.CoordinatesToCellName(c+1, r+1)
			got, want := facts(t, is, sheet, at), facts(t, was, sheet, at)
			if marked[[2]string{sheet, at}] {
				got[2], want[2] = "", ""
			}
			if got != want {
				t.Errorf("%s!%s: %v, was %v", sheet, at, got, want)
			}
		}
	}
	mergesWas, _ := was.GetMergeCells(sheet)
	mergesIs, _ := is.GetMergeCells(sheet)
	if fmt.Sprint(mergesWas) != fmt.Sprint(mergesIs) {
		t.Errorf("%s: merges %v, were %v", sheet, mergesIs, mergesWas)
	}
	for c := 1; c < 12; c++ {
		col, _ := excelize.ColumnNumberToName(c)
		w1, _ := was.GetColWidth(sheet, col)
		if w2, _ := is.GetColWidth(sheet, col); w1 != w2 {
			t.Errorf("%s column %s: width %v, was %v", sheet, col, w2, w1)
		}
	}
}

// facts are a cell's value, formula and style.
func facts(t *testing.T, book *excelize.File, sheet, cell string) [3]string {
	t.Helper()
	value, err := book.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	formula, _ := book.GetCellFormula(sheet, cell)
	id, _ := book.GetCellStyle(sheet, cell)
	return [3]string{value, formula, fmt.Sprint(id)}
}

// listed holds the list against the problems: one line each, with a link to a cell that is there.
func listed(t *testing.T, book *excelize.File, f *ingest.File) {
	t.Helper()
	rows, err := book.GetRows(ourList)
	if err != nil {
		t.Fatal(err)
	}
	all := append(slices.Clone(f.Problems), f.Notes...)
	if len(rows) != 4+len(all) {
		t.Fatalf("%d lines for %d problems", len(rows)-4, len(all))
	}
	for i, row := range rows[4:] {
		if row[0] != fmt.Sprint(i+1) || !slices.ContainsFunc(all, func(p ledger.Problem) bool {
			return row[1] == string(p.Sheet) && row[2] == string(p.Cell) && row[7] == p.Message
		}) {
			t.Errorf("line %v is no problem of the file", row)
		}
		has, link, _ := book.GetCellHyperLink(ourList, fmt.Sprintf("C%d", 5+i))
		if want := fmt.Sprintf("'%s'!%s", row[1], row[2]); row[2] != "" && !strings.Contains(row[2], ":") && (!has || link != want) {
			t.Errorf("line %d leads to %q, want %q", i+1, link, want)
		}
	}
}

// comesBackTheSame reads the marked file: the same rows and problems, the list left out; and a second time marks do not pile up.
// sheetRows are the rows of a sheet in a list.
func sheetRows(s *ingest.Sheet) []ledger.Row {
	var list []ledger.Row
	for _, row := range s.Rows.All() {
		list = append(list, row)
	}
	return list
}

func comesBackTheSame(t *testing.T, f *ingest.File, name string, marked []byte) {
	t.Helper()
	again := readFile(name, marked)
	if !slices.Equal(again.Problems, f.Problems) || len(again.Sheets) != len(f.Sheets) || len(again.Notes) != len(f.Notes)+1 {
		t.Fatalf("%v\nwas %v", again.Problems, f.Problems)
	}
	for i, s := range f.Sheets {
		if fmt.Sprint(sheetRows(again.Sheets[i])) != fmt.Sprint(sheetRows(s)) {
			t.Errorf("%s reads otherwise", s.Name)
		}
	}
	again.Problems = nil
	twice, err := ingest.HandBack(again)
	if err != nil {
		t.Fatal(err)
	}
	book := openBook(t, twice)
	for s := range faults(f) {
		if list, _ := book.GetComments(s[0]); len(list) != 0 || fillOf(t, book, s[0], s[1]) != "" {
			t.Errorf("%v is still marked: %v", s, list)
		}
	}
	if n := strings.Count(strings.Join(book.GetSheetList(), " "), ourList); n != 1 {
		t.Errorf("%d lists", n)
	}
}

func TestSeparatedTextComesBackAsAWorkbook(t *testing.T) {
	content := []byte("编号,督办事项,完成时限,会议日期,销号日期\nA1,=1+1,2016-05-01,2016-04-01,2016-03-01\nA2,乙,2016-05-01,2016-04-01,\n")
	f := readFile("督办.csv", content)
	if len(f.Sheets) != 1 || f.Sheets[0].Bad.Len() != 1 {
		t.Fatalf("%+v", f.Problems)
	}
	marked, err := ingest.HandBack(f)
	if err != nil {
		t.Fatal(err)
	}
	book := openBook(t, marked)
	if sheets := book.GetSheetList(); !slices.Equal(sheets, []string{ourList, "督办"}) {
		t.Fatal(sheets)
	}
	if v, _ := book.GetCellValue("督办", "B2"); v != "=1+1" || fillOf(t, book, "督办", "E2") != "FFC7CE" {
		t.Errorf("%q %s", v, fillOf(t, book, "督办", "E2"))
	}
	if formula, _ := book.GetCellFormula("督办", "B2"); formula != "" {
		t.Errorf("a text became the formula %s", formula)
	}
	rejected, err := ingest.Rejected(f)
	if err != nil {
		t.Fatal(err)
	}
	again := readFile(f.RejectedName(), rejected)
	if len(again.Sheets) != 1 || again.Sheets[0].Rows.Len() != 1 || again.Sheets[0].Rows.Row(0).Values[3] != "=1+1" {
		t.Errorf("%+v", again.Sheets)
	}
}

func TestRefusedFilesComeBackAsAListAlone(t *testing.T) {
	entries, err := os.ReadDir(testkit.Sample("hostile"))
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for _, e := range entries {
		name := e.Name()
		content, err := os.ReadFile(testkit.Sample("hostile/" + name))
		if err != nil {
			continue
		}
		f := readFile(name, content)
		marked, err := ingest.HandBack(f)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		book := openBook(t, marked)
		if sheets := book.GetSheetList(); sheets[0] != ourList || len(f.Sheets) == 0 && len(sheets) == 0 {
			t.Errorf("%s: %v", name, sheets)
		} else if len(sheets) == 1 {
			refused++
		}
		if _, err := ingest.Rejected(f); err != nil && ledger.AsError(err).Kind != ledger.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if refused < 3 {
		t.Errorf("only %d refused files", refused)
	}
}
