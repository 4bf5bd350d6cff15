package ingest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// page is a sheet to be written: cells are parted by |, figures become numbers; 'x stays a text, d:2016-06-01 becomes a
// date, p:0.35 a number under a percent format.
type page struct {
	name   string
	lines  []string
	merges []string
	hidden []int // rows
	top    int   // empty rows above
}

// expected is what a page must be read as; sums are in base units, values are of the first row.
type expected struct {
	dataset string
	rows    int
	day     string
	sums    map[string]string
	values  map[string]string
}

type variant struct {
	name     string
	file     string
	pages    []page
	csv      string
	want     []expected
	problems []string // "kind cell", errors and warnings
}

type sums = map[string]string

func (p page) write(t *testing.T, f *excelize.File) {
	t.Helper()
	if _, err := f.NewSheet(p.name); err != nil {
		t.Fatal(err)
	}
	day, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	percent, _ := f.NewStyle(&excelize.Style{NumFmt: 9})
	for i, line := range p.lines {
		for col, text := range strings.Split(line, "|") {
			at := address(uint32(i+1+p.top), col)
			kind, rest, _ := strings.Cut(text, ":")
			number, err := strconv.ParseFloat(text, 64)
			switch {
			case text == "":
			case strings.HasPrefix(text, "'"):
				f.SetCellValue(p.name, at, text[1:])
			case kind == "d":
				d, err := time.Parse(time.DateOnly, rest)
				if err != nil {
					t.Fatal(err)
				}
				f.SetCellValue(p.name, at, d)
				f.SetCellStyle(p.name, at, at, day)
			case kind == "p":
				v, _ := strconv.ParseFloat(rest, 64)
				f.SetCellValue(p.name, at, v)
				f.SetCellStyle(p.name, at, at, percent)
			case err == nil:
				f.SetCellValue(p.name, at, number)
			default:
				f.SetCellValue(p.name, at, text)
			}
		}
	}
	for _, m := range p.merges {
		from, to, _ := strings.Cut(m, ":")
		if err := f.MergeCell(p.name, from, to); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range p.hidden {
		f.SetRowVisible(p.name, row, false)
	}
}

func writeBook(t *testing.T, pages []page) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for _, p := range pages {
		p.write(t, f)
	}
	if f.GetSheetName(0) == "Sheet1" && !slices.ContainsFunc(pages, func(p page) bool { return p.name == "Sheet1" }) {
		f.DeleteSheet("Sheet1")
	}
	buffer, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

func readVariant(t *testing.T, v variant, opt Options) *File {
	t.Helper()
	content, name := []byte(v.csv), v.file
	if v.csv == "" {
		content = writeBook(t, v.pages)
		if name == "" {
			name = "报表.xlsx"
		}
	} else if name == "" {
		name = "报表.csv"
	}
	opt.Now = readMoment
	return Read(context.Background(), name, content, opt)
}

func (v variant) run(t *testing.T) {
	f := readVariant(t, v, Options{})
	for _, p := range f.Problems {
		if !slices.Contains(v.problems, p.Kind+" "+string(p.Cell)) {
			t.Errorf("problem %s %s!%s %s", p.Kind, p.Sheet, p.Cell, p.Message)
		}
	}
	if len(f.Problems) < len(v.problems) {
		t.Errorf("%d problems, want %v", len(f.Problems), v.problems)
	}
	if len(f.Sheets) != len(v.want) {
		t.Fatalf("%d tables read, want %d (notes %v)", len(f.Sheets), len(v.want), f.Notes)
	}
	for i, w := range v.want {
		w.meet(t, f.Sheets[i])
	}
}

func (w expected) meet(t *testing.T, s *Sheet) {
	if s.Dataset.Name != w.dataset || s.Rows.Len() != w.rows {
		t.Errorf("%s: read as %s with %d rows, want %s with %d", s.Name, s.Dataset.Name, s.Rows.Len(), w.dataset, w.rows)
		for _, row := range s.Rows.All() {
			t.Log(row.SheetRow, shownRow(s, row))
		}
		return
	}
	for field, want := range w.sums {
		if sum, _ := sumOf(&File{Sheets: []*Sheet{s}}, field, ""); sum.String() != want {
			t.Errorf("%s: %s adds up to %s, want %s", s.Name, field, sum, want)
		}
	}
	for field, want := range w.values {
		if got := shownValue(s.Rows.Row(0).Values[s.Dataset.Index(field)]); got != want {
			t.Errorf("%s: %s of the first row is %s, want %s", s.Name, field, got, want)
		}
	}
	for _, row := range s.Rows.All() {
		if got := row.Effective.Format(time.DateOnly); w.day != "" && got != w.day {
			t.Errorf("%s: row %d speaks of %s, want %s", s.Name, row.SheetRow, got, w.day)
			break
		}
	}
}

func shownRow(s *Sheet, row ledger.Row) string {
	var b strings.Builder
	for i, v := range row.Values {
		if v != nil {
			fmt.Fprintf(&b, "%s=%s ", s.Dataset.Fields[i].Name, shownValue(v))
		}
	}
	return b.String()
}

func TestVariants(t *testing.T) {
	testkit.Unraced(t)
	all := slices.Concat(projectVariants, scheduleVariants, housingVariants, buildingVariants, taxVariants, taxWideVariants, economyVariants, followUpVariants, textVariants, moreVariants, lastVariants, officeVariants)
	for _, v := range all {
		t.Run(v.name, v.run)
	}
}

func gbk(s string) string {
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return out
}
