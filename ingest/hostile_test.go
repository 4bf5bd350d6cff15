package ingest_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// What any file may cost.
const (
	hostileMiB  = 1024
	hostileTime = 30 * time.Second
)

// fate is what becomes of a hostile file: the kind of its refusal, or "" when its rows are read, and their number.
type fate struct {
	Kind string `json:"kind"`
	Rows int    `json:"rows"`
}

func fateOf(t testing.TB, name string, content []byte) fate {
	t.Helper()
	begin := time.Now()
	f := ingest.Read(context.Background(), name, content, ingest.Options{Now: testkit.Now})
	if took := time.Since(begin); took > hostileTime {
		t.Errorf("%s took %v", name, took)
	}
	var got fate
	for _, s := range f.Sheets {
		got.Rows += s.Rows.Len()
	}
	for _, p := range f.Problems {
		if p.Severity == ledger.SeverityError {
			got.Kind = p.Kind
			if p.Message == "" || p.MessageEn == "" || strings.HasPrefix(p.Message, "problem.") {
				t.Errorf("%s: no sentence for %s", name, p.Kind)
			}
			break
		}
	}
	if got.Kind == "" && got.Rows == 0 {
		t.Errorf("%s: neither rows nor a problem", name)
	}
	return got
}

// hostileChild reads every file of a folder under a memory limit and says what became of it.
func hostileChild(t *testing.T, folder string) {
	debug.SetMemoryLimit(hostileMiB << 20)
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	fates := map[string]fate{}
	for _, path := range files {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		fates[name] = fateOf(t, name, content)
		content = nil
		if peak := statusMiB(t, "VmHWM"); peak > hostileMiB {
			t.Fatalf("%s: %.0f MiB", name, peak)
		}
		debug.FreeOSMemory()
	}
	out, err := json.Marshal(fates)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "..", "fates.json"), out, 0o600); err != nil {
		t.Fatal(err)
	}
}

// readInChild reads files in a process of its own and compares what became of them.
func readInChild(t *testing.T, files map[string][]byte, want map[string]fate) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "files")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m := childMemory(t, "hostile:"+folder)
	t.Logf("idle %.0f MiB, peak %.0f MiB", m.IdleMiB, m.PeakMiB)
	if m.PeakMiB > hostileMiB {
		t.Errorf("peak memory %.0f MiB", m.PeakMiB)
	}
	out, err := os.ReadFile(filepath.Join(folder, "..", "fates.json"))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]fate{}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	for name, w := range want {
		if got[name] != w {
			t.Errorf("%s: %+v, want %+v", name, got[name], w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d fates, want %d", len(got), len(want))
	}
}

func TestHostileSamplesInLittleMemory(t *testing.T) {
	body, err := os.ReadFile(testkit.Sample("truth/hostile.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truth struct {
		Files []struct {
			File, Expect, Kind string
			Datasets           []struct{ Rows int }
		}
	}
	if err := json.Unmarshal(body, &truth); err != nil {
		t.Fatal(err)
	}
	files, want := map[string][]byte{}, map[string]fate{}
	for _, f := range truth.Files {
		content, err := os.ReadFile(testkit.Sample(f.File))
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(f.File)
		files[name] = content
		w := fate{Kind: f.Kind}
		for _, d := range f.Datasets {
			w.Rows += d.Rows
		}
		want[name] = w
	}
	if len(files) < 10 {
		t.Fatal(len(files))
	}
	readInChild(t, files, want)
}

// TestTruncatedAnywhere cuts a good workbook at every twentieth of its length.
func TestTruncatedAnywhere(t *testing.T) {
	testkit.Unraced(t)
	content, err := os.ReadFile(testkit.Sample("楼宇与入驻企业.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < 20; i++ {
		cut := content[:len(content)*i/20]
		if got := fateOf(t, "cut.xlsx", cut); got.Kind != "damaged" || got.Rows != 0 {
			t.Errorf("%d/20: %+v", i, got)
		}
		broken := bytes.Clone(content)
		for j := range 64 {
			broken[len(content)*i/20+j-32] ^= 0x55
		}
		if got := fateOf(t, "broken.xlsx", broken); got.Kind == "" && got.Rows == 0 {
			t.Errorf("%d/20 overwritten: %+v", i, got)
		}
	}
}

func TestHostileFilesAreRefusedOrRead(t *testing.T) {
	testkit.Unraced(t)
	files, want := map[string][]byte{}, map[string]fate{}
	for name, h := range hostileFiles(t) {
		files[name], want[name] = h.content, h.fate
	}
	readInChild(t, files, want)
}

type hostileFile struct {
	content []byte
	fate
}

const tenantLine = `<row r="1"><c r="A1" t="inlineStr"><is><t>楼宇名称</t></is></c><c r="B1" t="inlineStr"><is><t>房号</t></is></c><c r="C1" t="inlineStr"><is><t>企业名称</t></is></c><c r="D1" t="inlineStr"><is><t>面积(㎡)</t></is></c></row>` +
	`<row r="2"><c r="A2" t="inlineStr"><is><t>甲座</t></is></c><c r="B2"><v>101</v></c><c r="C2" t="inlineStr"><is><t>测试公司</t></is></c><c r="D2"><v>5</v></c></row>`

func hostileFiles(t *testing.T) map[string]hostileFile {
	const sheet1 = "xl/worksheets/sheet1.xml"
	sheet := func(rows string) []byte {
		return ingest.PackParts(t, 0, map[string]string{sheet1: ingest.SheetXML(rows)})
	}
	damaged := fate{Kind: "damaged"}
	deep := strings.Repeat("<c>", 100_000)
	all := map[string]hostileFile{
		"good.xlsx":            {sheet(tenantLine), fate{Rows: 1}},
		"row_4294967295.xlsx":  {sheet(tenantLine + `<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>`), damaged},
		"row_negative.xlsx":    {sheet(tenantLine + `<row r="-1"><c r="A-1"><v>1</v></c></row>`), damaged},
		"row_zero.xlsx":        {sheet(`<row r="0"><c r="A0"><v>1</v></c></row>`), damaged},
		"column_far.xlsx":      {sheet(tenantLine + `<row r="3"><c r="ZZZZZZ3"><v>1</v></c></row>`), damaged},
		"string_index.xlsx":    {sheet(tenantLine + `<row r="3"><c r="A3" t="s"><v>99</v></c></row>`), damaged},
		"string_negative.xlsx": {sheet(tenantLine + `<row r="3"><c r="A3" t="s"><v>-1</v></c></row>`), damaged},
		"string_huge.xlsx":     {sheet(tenantLine + `<row r="3"><c r="A3" t="s"><v>99999999999999999999</v></c></row>`), damaged},
		"deep.xlsx":            {sheet(deep), damaged},
		"far_cell.xlsx":        {sheet(tenantLine + `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`), fate{Rows: 1}},
		"doctype.xlsx": {ingest.PackParts(t, 0, map[string]string{sheet1: `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>` +
			ingest.SheetXML(strings.Replace(tenantLine, "甲座", "&b;", 1))}), damaged},
		"no_sheets.xlsx":      {ingest.PackParts(t, 0, map[string]string{"xl/workbook.xml": `<workbook><sheets/></workbook>`}), fate{Kind: "empty"}},
		"sheet_missing.xlsx":  {ingest.PackParts(t, 0, map[string]string{sheet1: ""}), damaged},
		"rels_missing.xlsx":   {ingest.PackParts(t, 0, map[string]string{"xl/_rels/workbook.xml.rels": ""}), damaged},
		"rels_loop.xlsx":      {ingest.PackParts(t, 0, map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="workbook.xml"/></Relationships>`}), fate{Kind: "empty"}},
		"rels_broken.xlsx":    {ingest.PackParts(t, 0, map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships><Relationship`}), damaged},
		"traversal.xlsx":      {ingest.PackParts(t, 0, map[string]string{"../../../../tmp/taizhang-evil.xml": "<a/>", "/etc/passwd": "x", "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="../../../../etc/passwd"/></Relationships>`}), damaged},
		"sheets_shared.xlsx":  {ingest.PackParts(t, 0, map[string]string{"xl/workbook.xml": `<workbook xmlns:r="r"><sheets>` + strings.Repeat(`<sheet name="x" r:id="rId1"/>`, 5000) + `</sheets></workbook>`}), damaged},
		"unclosed.xlsx":       {ingest.PackParts(t, 0, map[string]string{sheet1: `<worksheet><sheetData>` + tenantLine}), damaged},
		"merges_many.xlsx":    {ingest.PackParts(t, 0, map[string]string{sheet1: strings.Replace(ingest.SheetXML(tenantLine), "</worksheet>", "<mergeCells>"+strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 50_000)+"</mergeCells></worksheet>", 1)}), fate{Kind: "too_large"}},
		"cells_many.xlsx":     {sheet(strings.Repeat("<row>"+strings.Repeat("<c><v>7</v></c>", 16_000)+"</row>", 300)), fate{Kind: "too_large_inflated"}},
		"docx.xlsx":           {ingest.PackParts(t, 0, map[string]string{"xl/workbook.xml": "", "word/document.xml": "<a/>"}), fate{Kind: "not_xlsx"}},
		"empty_zip.xlsx":      {[]byte("PK\x05\x06" + strings.Repeat("\x00", 18)), fate{Kind: "not_xlsx"}},
		"entries_100000.xlsx": {manyEntries(t, 100_000), fate{Kind: "too_many_parts"}},
		"declares_2gib.xlsx":  {lyingSizes(t, 2<<30+1), fate{Kind: "too_large_inflated"}},
		"declares_less.xlsx":  {lyingSizes(t, 20), damaged},
		"declares_more.xlsx":  {lyingSizes(t, 40<<20), damaged},
		"overlapping.xlsx":    {overlappingEntries(t), damaged},
	}
	for name, h := range otherFiles() {
		all[name] = h
	}
	return all
}

// otherFiles are no workbooks at all, and text that is no table.
func otherFiles() map[string]hostileFile {
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 2000)
	table := "楼宇名称,房号,企业名称,面积(㎡)\n甲座,101,测试公司,5\n"
	notXLSX := fate{Kind: "not_xlsx"}
	return map[string]hostileFile{
		"encrypted.xlsx":     {[]byte(ole + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), fate{Kind: "encrypted"}},
		"old.xls":            {[]byte(ole), fate{Kind: "legacy_xls"}},
		"old_as_csv.csv":     {[]byte(ole), fate{Kind: "legacy_xls"}},
		"html.xlsx":          {[]byte("<html><table></table></html>"), fate{Kind: "legacy_or_html"}},
		"text.xlsx":          {[]byte(table), notXLSX},
		"pdf.xlsx":           {[]byte("%PDF-1.4\n"), notXLSX},
		"png.xlsx":           {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), notXLSX},
		"noise.xlsx":         {bytes.Repeat([]byte{0x13, 0x00, 0xFE, 0x81}, 4000), notXLSX},
		"good.csv":           {[]byte(table), fate{Rows: 1}},
		"begins_with_pk.csv": {[]byte(strings.Replace(table, "甲座", "PK甲座", 1)), fate{Rows: 1}},
		"nul.csv":            {[]byte(table + "a\x00b,1,2,3\n"), fate{Kind: "not_text"}},
		"noise.csv":          {bytes.Repeat([]byte{0x13, 0xFF, 0xFE, 0x81}, 4000), fate{Kind: "not_text"}},
		"quote.csv":          {[]byte(table + `"乙座,102,没有结束,6` + "\n丙座,103,公司,7\n"), fate{Kind: "damaged"}},
		"one_line.csv":       {bytes.Repeat([]byte("长"), 50<<20/3), fate{Kind: "damaged"}},
		"one_line_many.csv":  {bytes.Repeat([]byte("1,"), 25<<20), fate{Kind: "damaged"}},
		"blank.csv":          {[]byte(" \r\n\t\n"), fate{Kind: "empty"}},
	}
}

func manyEntries(t *testing.T, n int) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := range n {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("xl/%d.xml", i), Method: zip.Store}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// lyingSizes is a good workbook whose directory says another inflated size for the sheet.
func lyingSizes(t *testing.T, size uint32) []byte {
	content := ingest.PackParts(t, 0, map[string]string{"xl/worksheets/sheet1.xml": ingest.SheetXML(tenantLine)})
	at := bytes.LastIndex(content, []byte("xl/worksheets/sheet1.xml"))
	binary.LittleEndian.PutUint32(content[at-46+24:], size)
	return content
}

// overlappingEntries points one directory entry at the bytes of another.
func overlappingEntries(t *testing.T) []byte {
	content := ingest.PackParts(t, 0, map[string]string{"xl/worksheets/sheet1.xml": ingest.SheetXML(tenantLine), "xl/worksheets/sheet2.xml": ingest.SheetXML(tenantLine)})
	one := bytes.LastIndex(content, []byte("xl/worksheets/sheet1.xml")) - 46
	two := bytes.LastIndex(content, []byte("xl/worksheets/sheet2.xml")) - 46
	copy(content[two+42:two+46], content[one+42:one+46])
	return content
}

func TestBrokenFilesSayWhatToDo(t *testing.T) {
	for name, want := range map[string]string{"encrypted.xlsx": "去除密码", "old.xls": "另存为 xlsx", "png.xlsx": "图片", "quote.csv": "第 3 条"} {
		f := ingest.Read(context.Background(), name, otherFiles()[name].content, ingest.Options{Now: testkit.Now})
		if len(f.Problems) != 1 || !strings.Contains(f.Problems[0].Message, want) {
			t.Errorf("%s: %+v, want %q", name, f.Problems, want)
		}
	}
}

func TestCancelledReadingLoadsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f := ingest.Read(ctx, "入驻企业.xlsx", tenantsFile(t, 20_000), ingest.Options{Now: testkit.Now})
	if len(f.Sheets) != 0 || len(f.Problems) != 1 || f.Problems[0].Kind != "cancelled" {
		t.Errorf("%+v", f.Problems)
	}
}
