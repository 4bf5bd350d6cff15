package ingest_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

var fixedAt = time.Date(2016, 7, 4, 1, 30, 0, 0, time.UTC)

func fixOf(sheet, cell, value string) ingest.Fix {
	return ingest.Fix{Sheet: sheet, Cell: cell, Value: value, By: "张三", At: fixedAt}
}

const flawed = "企业名称,税种,税款所属期,税额(万元)\n甲公司,增值税,2016年5月,1.5\n乙公司,增值税,2016年5月,三点五个\n"

func TestAFixTurnsARefusedFileIntoACommittedOne(t *testing.T) {
	l := testkit.Ledger(t)
	ctx := context.Background()
	if out := importText(t, l, "税收.csv", flawed, ingest.Options{}); out.Status != ingest.Refused || out.Problems[0].Cell != "D3" {
		t.Fatalf("%+v", out)
	}
	out := importText(t, l, "税收.csv", flawed, ingest.Options{By: "张三", Fixes: []ingest.Fix{fixOf("", "d3", "3.5")}})
	if out.Status != ingest.Committed {
		t.Fatalf("%s %+v", out.Status, out.Problems)
	}
	versions, err := l.Versions(ctx, ledger.Tax, "乙公司|2016-05-01|1|增值税|", now(t, l))
	if err != nil || len(versions) != 1 {
		t.Fatal(versions, err)
	}
	for _, traced := range versions[0].Fields {
		if traced.Name != "tax_yuan" {
			if traced.Correction != nil {
				t.Errorf("%s is said to be corrected", traced.Name)
			}
			continue
		}
		c := traced.Correction
		if traced.Value != "35000" || traced.Raw != "三点五个" || c == nil || c.Expected != "3.5" || c.Found != "三点五个" || c.Message != "人工更正：张三 于 2016-07-04 09:30 将“三点五个”改为“3.5”。" {
			t.Errorf("%+v %+v", traced, c)
		}
	}
	batch, err := l.Batch(ctx, *out.Batch)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := l.Content(ctx, batch)
	if err != nil || string(kept) != flawed {
		t.Errorf("the file did not stay as it came: %q %v", kept, err)
	}
	if again := importText(t, l, "另存.csv", flawed, ingest.Options{}); again.Status != ingest.Duplicate {
		t.Errorf("the same file twice: %s", again.Status)
	}
	opt, err := ingest.AsLoaded(ctx, l, *out.Batch, ingest.Options{Now: testkit.Now})
	if err != nil {
		t.Fatal(err)
	}
	if file := ingest.Read(ctx, "税收.csv", kept, opt); len(file.Problems) != 0 || file.Sheets[0].Rows.Len() != 2 {
		t.Errorf("read again: %+v", file.Problems)
	}
}

func TestFixesReadLikeCells(t *testing.T) {
	for name, c := range map[string]struct {
		fixes []ingest.Fix
		want  string // kinds of problems
		rows  int
	}{
		"with a unit of its own": {[]ingest.Fix{fixOf("", "D3", "3.5亿元")}, "unit_conflict", 2},
		"still no figure":        {[]ingest.Fix{fixOf("", "D3", "许多")}, "bad_number", 2},
		"emptied":                {[]ingest.Fix{fixOf("", "D3", "")}, "", 2},
		"the whole line emptied": {[]ingest.Fix{fixOf("", "A3", ""), fixOf("", "B3", ""), fixOf("", "C3", ""), fixOf("", "D3", "")}, "", 1},
		"a line below":           {[]ingest.Fix{fixOf("", "D3", "1"), fixOf("", "A4", "丙公司"), fixOf("", "B4", "增值税"), fixOf("", "C4", "2016年5月"), fixOf("", "D4", "2")}, "", 3},
		"the header":             {[]ingest.Fix{fixOf("", "D3", "1"), fixOf("", "D1", "税额(元)")}, "", 2},
		"no such sheet":          {[]ingest.Fix{fixOf("别的", "D3", "1")}, "fix_lost unit_conflict", 2},
		"no such cell":           {[]ingest.Fix{fixOf("", "3D", "1")}, "fix_lost unit_conflict", 2},
		"the same as the file":   {[]ingest.Fix{fixOf("", "D3", "三点五个")}, "unit_conflict", 2},
		"the last of two counts": {[]ingest.Fix{fixOf("", "D3", "许多"), fixOf("", "D3", "2")}, "", 2},
	} {
		file := ingest.Read(context.Background(), "税收.csv", []byte(flawed), ingest.Options{Now: testkit.Now, Fixes: c.fixes})
		if got := kindLine(file.Problems); got != c.want || len(file.Sheets) != 1 || file.Sheets[0].Rows.Len() != c.rows {
			t.Errorf("%s: %s, want %s; %+v", name, got, c.want, file.Sheets)
		}
		if name == "the last of two counts" {
			if list := file.Corrections(); len(list) != 1 || list[0].Was != "三点五个" || list[0].Value != "2" {
				t.Errorf("%+v", list)
			}
		}
	}
}

// merged is a workbook whose months are merged downwards and whose firm stands over two columns.
func mergedBook(t *testing.T) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for cell, v := range map[string]any{"A1": "税款所属期", "B1": "企业名称", "C1": "税额(元)", "A2": "去年五月", "B2": "甲公司", "C2": 1, "B3": "乙公司", "C3": 2} {
		if err := book.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.MergeCell("Sheet1", "A2", "A3"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAFixInAMergeGoesToItsUpperLeftCell(t *testing.T) {
	content := mergedBook(t)
	file := ingest.Read(context.Background(), "税收.xlsx", content, ingest.Options{Now: testkit.Now, Fixes: []ingest.Fix{fixOf("Sheet1", "A3", "2015年5月")}})
	if len(file.Problems) != 0 || len(file.Sheets) != 1 || file.Sheets[0].Rows.Len() != 2 {
		t.Fatalf("%+v", file.Problems)
	}
	list := file.Corrections()
	if len(list) != 1 || list[0].Cell != "A2" || list[0].Was != "去年五月" {
		t.Errorf("%+v", list)
	}
	for _, row := range file.Sheets[0].Rows.All() {
		if row.Effective.Format(time.DateOnly) != "2015-05-31" {
			t.Errorf("%+v", row)
		}
	}
}

func TestEveryValueOfACorrectedMergeIsSaidToBeCorrected(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	for cell, v := range map[string]any{"A1": "企业名称", "B1": "所在楼宇", "C1": "税款所属期", "D1": "税额(元)", "A2": "甲楼", "C2": "2016年5月", "D2": 1} {
		if err := book.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.MergeCell("Sheet1", "A2", "B2"); err != nil {
		t.Fatal(err)
	}
	var content bytes.Buffer
	if err := book.Write(&content); err != nil {
		t.Fatal(err)
	}
	file := ingest.Read(context.Background(), "税收.xlsx", content.Bytes(), ingest.Options{Now: testkit.Now, Fixes: []ingest.Fix{fixOf("Sheet1", "B2", "甲大厦")}})
	at := ""
	for _, n := range file.Notes {
		if n.Kind == ledger.Corrected {
			at += string(n.Cell) + "=" + n.Found + " "
		}
	}
	if at != "A2=甲楼 B2=甲楼 " || len(file.Sheets) != 1 || file.Sheets[0].Rows.Row(0).Raw[1] != "甲楼" {
		t.Errorf("%q %+v", at, file.Problems)
	}
}

func TestTheFileHandedBackShowsCorrections(t *testing.T) {
	content := mergedBook(t)
	file := ingest.Read(context.Background(), "税收.xlsx", content, ingest.Options{Now: testkit.Now,
		Fixes: []ingest.Fix{fixOf("Sheet1", "A2", "2015年5月"), fixOf("Sheet1", "C3", "不详细")}})
	back, err := ingest.HandBack(file)
	if err != nil {
		t.Fatal(err)
	}
	book := openBook(t, back)
	if v, _ := book.GetCellValue("Sheet1", "A2"); v != "去年五月" {
		t.Errorf("the office's own text became %q", v)
	}
	if fill := fillOf(t, book, "Sheet1", "A2"); !strings.HasSuffix(fill, "DDEBF7") {
		t.Errorf("fill %s", fill)
	}
	comments, err := book.GetComments("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, c := range comments {
		for _, run := range c.Paragraph {
			said[c.Cell] += run.Text
		}
		said[c.Cell] += c.Text
	}
	if !strings.Contains(said["A2"], "张三") || !strings.Contains(said["A2"], "2015年5月") || !strings.Contains(said["C3"], "不详细") {
		t.Errorf("%v", said)
	}
	rest, err := ingest.Rejected(file)
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := openBook(t, rest).GetCellValue("Sheet1", "C2"); v != "不详细" {
		t.Errorf("the rejected row lost its correction: %q", v)
	}
}
