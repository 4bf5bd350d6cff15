package ingest_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// mend is what a person writes into the one cell that is wrong.
type mend struct{ file, sheet, cell, value string }

var mended = []mend{
	{"安置房交付.xlsx", "安置房交付", "J14", "95"},
	{"楼宇与入驻企业.xlsx", "楼宇台账", "F6", "31000"},
	{"倒排工期.xlsx", "文创园（草稿）", "D5", "1"},
	{"督办事项.xlsx", "督办台账", "I8", "2016年6月2日"},
	{"代办事项.xlsx", "代办台账", "G34", "2016.3.27"},
}

// setCell writes a text into a cell of a workbook.
func setCell(t *testing.T, content []byte, sheet, cell, value string) []byte {
	t.Helper()
	book := openBook(t, content)
	if err := book.SetCellStr(sheet, cell, value); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// commented is the cell of a sheet that carries our comment with some words.
func commented(t *testing.T, content []byte, sheet string) string {
	t.Helper()
	list, err := openBook(t, content).GetComments(sheet)
	if err != nil || len(list) != 1 {
		t.Fatal(err, list)
	}
	return list[0].Cell
}

// rowsOf writes the rows of all datasets as they stand, without where they were read.
func rowsOf(t *testing.T, l *ledger.Ledger) []string {
	t.Helper()
	var lines []string
	for _, d := range testkit.Filled(t, l) {
		err := l.Rows(t.Context(), d, now(t, l), func(r ledger.Record) error {
			lines = append(lines, fmt.Sprint(d.Name, r.Key, r.Effective, r.Values, r.Marks))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(lines)
	return lines
}

func importBytes(t *testing.T, l *ledger.Ledger, name string, content []byte, opt ingest.Options) ingest.Outcome {
	t.Helper()
	opt.Now = testkit.Now
	out, err := ingest.Import(context.Background(), l, name, content, opt)
	if err != nil || out.Status != ingest.Committed {
		t.Fatalf("%v %s %+v", err, out.Status, out.Problems)
	}
	return out
}

// TestRejectedRowsCanBeMendedAndLoaded loads the good rows, mends the rejected
// ones and loads them: the record is that of the file mended at once.
func TestRejectedRowsCanBeMendedAndLoaded(t *testing.T) {
	testkit.Unraced(t)
	for _, m := range mended {
		t.Run(m.file, func(t *testing.T) {
			content := sample(t, m.file)
			f := readFile(m.file, content)
			rejected, err := ingest.Rejected(f)
			if err != nil {
				t.Fatal(err)
			}
			bad := 0
			for _, s := range f.Sheets {
				bad += s.Bad.Len()
			}
			if sheets := openBook(t, rejected).GetSheetList(); !slices.Equal(sheets, []string{m.sheet}) {
				t.Fatal(sheets)
			}
			l := testkit.Ledger(t)
			importBytes(t, l, m.file, content, ingest.Options{GoodRows: true})
			back := importBytes(t, l, f.RejectedName(), setCell(t, rejected, m.sheet, commented(t, rejected, m.sheet), m.value), ingest.Options{})
			if len(back.Datasets) != 1 || back.Datasets[0].Loaded != bad || bad == 0 {
				t.Errorf("%d rows were rejected; %+v", bad, back.Datasets)
			}
			whole := testkit.Ledger(t)
			importBytes(t, whole, m.file, setCell(t, content, m.sheet, m.cell, m.value), ingest.Options{})
			if got, want := rowsOf(t, l), rowsOf(t, whole); !slices.Equal(got, want) {
				t.Errorf("%d rows stand, %d should\n%s", len(got), len(want), strings.Join(differing(got, want), "\n"))
			}
		})
	}
}

func differing(a, b []string) []string {
	var list []string
	for _, s := range a {
		if !slices.Contains(b, s) {
			list = append(list, "got  "+s)
		}
	}
	for _, s := range b {
		if !slices.Contains(a, s) {
			list = append(list, "want "+s)
		}
	}
	return list
}

// grown makes a workbook of one sheet from rows of texts and figures.
func grown(t *testing.T, sheet string, rows [][]any, merges ...string) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if err := book.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range merges {
		from, to, _ := strings.Cut(m, ":")
		if err := book.MergeCell(sheet, from, to); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestRejectedLinesStandAlone mends rows that lean on others: merged names, 同上, months side by side, a day said nowhere, two tables.
func TestRejectedLinesStandAlone(t *testing.T) {
	testkit.Unraced(t)
	for name, c := range map[string]struct {
		file, sheet, cell, value string
		rows                     [][]any
		merges                   []string
		lines                    int // of data in the rejected workbook
	}{
		"merged and ditto": {file: "入驻企业.xlsx", sheet: "甲大厦", cell: "D4", value: "120", lines: 1,
			rows: [][]any{{"甲大厦入驻企业台账"}, {"楼层", "房号", "企业名称", "面积(㎡)", "行业"}, {"3层", "301", "示例甲公司", 100, "金融业"}, {nil, "302", "示例乙公司", "百余", "同上"}, {"4层", "401", "示例丙公司", 90, "物流"}}, merges: []string{"A3:A4"}},
		"months": {file: "税收.xlsx", sheet: "2015年", cell: "C3", value: "7.5", lines: 1,
			rows: [][]any{{"2015年企业税收（单位：万元）"}, {"企业名称", "1月", "2月", "3月", "合计"}, {"示例甲公司", 1, "？错", 3, 11.5}, {"示例乙公司", 4, 5, 6, 15}, {"合计", 5, 12.5, 9, 26.5}}},
		"no day": {file: "督办.xlsx", sheet: "督办", cell: "F3", value: "2016-04-20", lines: 1,
			rows: [][]any{{"督办事项台账"}, {"编号", "督办事项", "会议日期", "完成时限", "状态", "销号日期"}, {"A1", "甲", "2016-04-01", "2016-05-01", "已处理", "2016-03-01"}, {"A2", "乙", "2016-05-20", "2016-06-01", "处理中", nil}}},
		"foot": {file: "督办.xlsx", sheet: "督办", cell: "F3", value: "2016-04-20", lines: 1,
			rows: [][]any{{"督办事项台账"}, {"编号", "督办事项", "会议日期", "完成时限", "状态", "销号日期"}, {"A1", "甲", "2016-04-01", "2016-05-01", "已处理", "2016-03-01"}, {"A2", "乙", "2016-05-20", "2016-06-01", "处理中", nil}, {"填报日期：2016年6月3日"}}},
		"one bad node": {file: "工期.xlsx", sheet: "某某广场", cell: "C4", value: "1", lines: 3,
			rows: [][]any{{"某某广场倒排工期"}, {"序号", "节点名称", "前置节点", "计划完成"}, {1, "基础", nil, "2016-03-01"}, {2, "主体", "9", "2016-06-01"}, {3, "装修", "2", "2016-09-01"}}},
	} {
		t.Run(name, func(t *testing.T) {
			content := grown(t, c.sheet, c.rows, c.merges...)
			f := readFile(c.file, content)
			rejected, err := ingest.Rejected(f)
			if err != nil {
				t.Fatal(err, f.Problems)
			}
			again := readFile(f.RejectedName(), rejected)
			if len(again.Sheets) != 1 || again.Sheets[0].Rows.Len() != c.lines {
				t.Fatalf("%+v %+v", again.Sheets, again.Problems)
			}
			l, whole := testkit.Ledger(t), testkit.Ledger(t)
			importBytes(t, l, c.file, content, ingest.Options{GoodRows: true})
			importBytes(t, l, f.RejectedName(), setCell(t, rejected, c.sheet, commented(t, rejected, c.sheet), c.value), ingest.Options{})
			importBytes(t, whole, c.file, setCell(t, content, c.sheet, c.cell, c.value), ingest.Options{})
			if got, want := rowsOf(t, l), rowsOf(t, whole); !slices.Equal(got, want) {
				t.Errorf("%s", strings.Join(differing(got, want), "\n"))
			}
		})
	}
}

// TestUnreadSheetsGoBackWhole keeps a sheet that lacks a column in what is handed back.
func TestUnreadSheetsGoBackWhole(t *testing.T) {
	content := grown(t, "税收", [][]any{{"2015年税收台账（单位：万元）"}, {"企业名称", "所在楼宇", "行业"}, {"示例甲公司", "甲大厦", "金融业"}})
	f := readFile("税收.xlsx", content)
	if len(f.Sheets) != 0 || !f.Blocked() {
		t.Fatalf("%+v", f.Problems)
	}
	rejected, err := ingest.Rejected(f)
	if err != nil {
		t.Fatal(err)
	}
	if again := readFile("税收-退回.xlsx", rejected); !slices.Equal(again.Problems, f.Problems) {
		t.Errorf("%v\nwas %v", again.Problems, f.Problems)
	}
	if _, err := ingest.Rejected(readFile("项目台账.xlsx", sample(t, "项目台账.xlsx"))); err == nil {
		t.Error("a file without errors has rejected rows")
	}
}

// TestARejectedBuildingIsHeldAgainstTheTenantsOnRecord hands the rejected row in again as it was: the tenants that filled it are loaded by now.
func TestARejectedBuildingIsHeldAgainstTheTenantsOnRecord(t *testing.T) {
	l := testkit.Ledger(t)
	content := sample(t, "楼宇与入驻企业.xlsx")
	importBytes(t, l, "楼宇与入驻企业.xlsx", content, ingest.Options{GoodRows: true})
	rejected, err := ingest.Rejected(readFile("楼宇与入驻企业.xlsx", content))
	if err != nil {
		t.Fatal(err)
	}
	f, err := ingest.Prepare(t.Context(), l, "楼宇-退回.xlsx", rejected, ingest.Options{Now: testkit.Now})
	if err != nil || !f.Blocked() || len(f.Problems) != 1 || f.Problems[0].Kind != "occupancy_over_100" || f.Problems[0].Cell != "F4" || f.Sheets[0].Bad.Len() != 1 {
		t.Errorf("%v %+v", err, f.Problems)
	}
	again := readFile("楼宇-退回.xlsx", rejected)
	again.Recall(f.Problems)
	if back, err := ingest.Rejected(again); err != nil || commented(t, back, "楼宇台账") != "F4" {
		t.Error(err)
	}
}
