package ingest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// wholly reads a file with its sheets in memory, as only sheets out of order are read.
func wholly(name string, content []byte) *File {
	f := &File{Name: name, Content: content, store: &rowStore{}}
	if err := f.readWhole(context.Background(), Options{Now: readMoment}); err != nil {
		why, _ := err.(*refusal)
		f.Sheets, f.Notes, f.Problems = nil, nil, []ledger.Problem{why.problem("")}
	}
	return f
}

func sameAsWhole(t *testing.T, name string, content []byte) {
	t.Helper()
	want, got := wholly(name, content), Read(context.Background(), name, content, Options{Now: readMoment})
	if d := difference(want, got); d != "" {
		t.Error(d)
	}
	if !slices.Equal(want.Problems, got.Problems) || !slices.Equal(want.Notes, got.Notes) {
		t.Errorf("problems %v %v\nwant %v %v", got.Problems, got.Notes, want.Problems, want.Notes)
	}
	for i := range min(len(want.Sheets), len(got.Sheets)) {
		if fmt.Sprint(want.Sheets[i].Sources) != fmt.Sprint(got.Sheets[i].Sources) {
			t.Errorf("sources of %s differ", want.Sheets[i].Name)
		}
	}
}

// TestRowByRowReadsAsWhole reads every sample, hostile ones too, and workbooks made by hand in both ways.
func TestRowByRowReadsAsWhole(t *testing.T) {
	for _, dir := range []string{samplesDir(), filepath.Join(samplesDir(), "hostile")} {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			content, err := os.ReadFile(filepath.Join(dir, file.Name()))
			if file.IsDir() || err != nil || len(content) > 8<<20 {
				continue
			}
			t.Run(file.Name(), func(t *testing.T) { sameAsWhole(t, file.Name(), content) })
		}
	}
	for name, changes := range handmade {
		t.Run(fmt.Sprint(name), func(t *testing.T) { sameAsWhole(t, "表.xlsx", packParts(t, 0, changes)) })
	}
}

const firmsHead = `<row r="1"><c t="inlineStr"><is><t>楼宇名称</t></is></c><c t="inlineStr"><is><t>企业名称</t></is></c><c t="inlineStr"><is><t>面积</t></is></c></row>`

// firmsPart is a sheet of firms whose buildings are merged over so many lines each.
func firmsPart(rows, merged int, tail string) string {
	var b, merges strings.Builder
	b.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + firmsHead)
	for i := range rows {
		no := i + 2
		building := ""
		if i%merged == 0 {
			building = fmt.Sprintf(`<c r="A%d" t="inlineStr"><is><t>示例大厦%d座</t></is></c>`, no, i/merged+1)
			fmt.Fprintf(&merges, `<mergeCell ref="A%d:A%d"/>`, no, min(no+merged-1, rows+1))
		}
		fmt.Fprintf(&b, `<row r="%d">%s<c r="B%d" t="inlineStr"><is><t>测试%d公司</t></is></c><c r="C%d"><v>%d.5</v></c></row>`, no, building, no, i+1, no, i%900+1)
	}
	return b.String() + `</sheetData><mergeCells>` + merges.String() + `</mergeCells>` + tail + `</worksheet>`
}

// TestMergesBehindTheRowsAreKnown reads cells that merges far above speak for, long after their rows were let go, and finds
// merges that are written in another way.
func TestMergesBehindTheRowsAreKnown(t *testing.T) {
	testkit.Unraced(t)
	const rows = 30_000
	part := firmsPart(rows, 7_000, "")
	for name, xml := range map[string]string{
		"as usual":        part,
		"single quotes":   strings.ReplaceAll(strings.ReplaceAll(part, `mergeCell ref="`, `mergeCell ref='`), `"/>`, `'/>`),
		"other prefix":    strings.NewReplacer("<worksheet xmlns=", "<x:worksheet xmlns:x=", "</", "</x:", "<", "<x:").Replace(part),
		"said in a text":  strings.Replace(part, "测试1公司", "mergeCell ref=&quot;A1:B2&quot;公司", 1),
		"among a comment": strings.Replace(part, "<mergeCells>", `<!-- <mergeCell ref="A1:C1"/> --><mergeCells>`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			f := Read(context.Background(), "入驻企业.xlsx", packParts(t, 0, map[string]string{"xl/worksheets/sheet1.xml": xml}), Options{Now: readMoment})
			if len(f.Problems) > 0 || len(f.Sheets) != 1 || f.Sheets[0].Rows.Len() != rows {
				t.Fatal(f.Problems, len(f.Sheets))
			}
			at := f.Sheets[0].Dataset.Index("building")
			for i, row := range f.Sheets[0].Rows.All() {
				if want := fmt.Sprintf("示例大厦%d座", i/7_000+1); row.Values[at] != want {
					t.Fatalf("row %d stands in %v, want %s", i, row.Values[at], want)
				}
			}
		})
	}
}

// TestRowsComeBackFromTheFile keeps more rows than stay in memory; the file they wait in has no name at any time.
func TestRowsComeBackFromTheFile(t *testing.T) {
	dir := t.TempDir()
	store := &rowStore{dir: dir}
	d := ledger.Tenants
	rows := newRows(d, store)
	count := (liveChunks+2)*ledger.ChunkRows + 17
	make1 := func(i int) ledger.Row {
		r := ledger.Row{Values: make([]any, len(d.Fields)), SheetRow: uint32(i + 2), Raw: []string{fmt.Sprint("原文", i), ""}, Rows: []uint32{uint32(i + 2), uint32(i + 2)}}
		r.Values[d.Index("tenant")] = fmt.Sprintf("测试%d公司", i)
		r.Values[d.Index("let_area_m2")] = decimal.New(int64(i), -2)
		r.Values[d.Index("employees")] = int64(i % 9)
		r.Values[d.Index("registered")] = i%2 == 0
		if i%1000 == 0 {
			r.Rows[0], r.Marks = uint32(i+1), map[string]string{"let_area_m2": "≈"}
			r.Values[d.Index("let_area_m2")] = decimal.RequireFromString("12345678901234567890.123")
			r.Values[d.Index("lease_from")] = ledger.Day{From: readMoment.Truncate(24 * time.Hour), To: readMoment.Truncate(24*time.Hour).AddDate(0, 0, 30), Precision: "month"}
		}
		return r
	}
	for i := range count {
		r := make1(i)
		if at := rows.add(&r); at != i {
			t.Fatal(at, i)
		}
	}
	rows.settle(readMoment.Truncate(24*time.Hour), -1)
	check := func(i int, got ledger.Row) {
		want := make1(i)
		want.Effective = readMoment.Truncate(24 * time.Hour)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("row %d\n got %v\nwant %v", i, got, want)
		}
	}
	n := 0
	for i, row := range rows.All() {
		check(i, row)
		n++
	}
	for _, i := range []int{count - 1, 0, 5 * ledger.ChunkRows, ledger.ChunkRows - 1} {
		check(i, rows.Row(i))
	}
	if n != count || store.file == nil {
		t.Fatalf("%d rows of %d, in a file: %v", n, count, store.file != nil)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v lies in the folder: %v", left, err)
	}
	if err := store.close(); err != nil {
		t.Error(err)
	}
}

// TestRowsStayWhenTheFileCannotBeWritten loses nothing for want of a folder.
func TestRowsStayWhenTheFileCannotBeWritten(t *testing.T) {
	rows := newRows(ledger.Tenants, &rowStore{dir: filepath.Join(t.TempDir(), "fehlt")})
	r := ledger.Row{Values: make([]any, len(ledger.Tenants.Fields))}
	for i := range (liveChunks + 3) * ledger.ChunkRows {
		r.SheetRow = uint32(i)
		rows.add(&r)
	}
	for i, row := range rows.All() {
		if row.SheetRow != uint32(i) {
			t.Fatal(i, row.SheetRow)
		}
	}
}

// TestCancelledReadingEndsAtOnce stops in the middle of a sheet: nothing of it is kept and nobody goes on working.
func TestCancelledReadingEndsAtOnce(t *testing.T) {
	dir := t.TempDir()
	content := packParts(t, 0, map[string]string{"xl/worksheets/sheet1.xml": firmsPart(120_000, 50, "")})
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithCancel(context.Background())
	var at time.Time
	f := Read(ctx, "入驻企业.xlsx", content, Options{Now: readMoment, Temp: dir, Progress: func(stage string, done, total int) {
		if done > 60_000 && at.IsZero() {
			at = time.Now()
			cancel()
		}
	}})
	took := time.Since(at)
	if len(f.Sheets) > 0 || len(f.Problems) != 1 || f.Problems[0].Kind != "cancelled" {
		t.Fatal(len(f.Sheets), f.Problems)
	}
	// A second allows for a machine that does other work; alone it is a few milliseconds.
	if took > time.Second {
		t.Errorf("it went on for %s", took)
	}
	for range 200 {
		if runtime.NumGoroutine() <= before {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before {
		t.Errorf("%d goroutines, %d before", n, before)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

// TestProgressOfReading counts rows up to the number that was seen beforehand.
func TestProgressOfReading(t *testing.T) {
	const rows = 20_000
	content := packParts(t, 0, map[string]string{"xl/worksheets/sheet1.xml": firmsPart(rows, 50, "")})
	last, lastTotal := 0, 0
	Read(context.Background(), "入驻企业.xlsx", content, Options{Now: readMoment, Progress: func(stage string, done, total int) {
		if stage != "read" || done < last || total != 0 && done > total {
			t.Errorf("%s: %d of %d after %d", stage, done, total, last)
		}
		last, lastTotal = done, total
	}})
	if last != rows+1 || lastTotal != rows+1 {
		t.Errorf("%d of %d rows read, want %d", last, lastTotal, rows+1)
	}
}
