package ingest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/ingest"
	"taizhang/internal/testkit"
)

// tenantHeaders make a sheet of 14 columns like the office's list of firms.
var tenantHeaders = []any{"序号", "楼宇名称", "楼层", "房号", "企业名称", "统一社会信用代码", "行业", "面积(㎡)", "租期起", "租期止", "是否注册", "是否纳税", "从业人数", "联系人"}

// tenantsFile makes a workbook of so many firms once and keeps it among the temporary files.
func tenantsFile(b testing.TB, rows int) []byte {
	b.Helper()
	path := filepath.Join(os.TempDir(), fmt.Sprintf("taizhang-bench-v3-%d.xlsx", rows))
	if content, err := os.ReadFile(path); err == nil {
		return content
	}
	f := excelize.NewFile()
	defer f.Close()
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		b.Fatal(err)
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	if err := w.SetRow("A1", tenantHeaders); err != nil {
		b.Fatal(err)
	}
	for i := range rows {
		if err := w.SetRow("A"+strconv.Itoa(i+2), tenantRow(i, date)); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func tenantRow(i, date int) []any {
	industries := []string{"批发零售", "信息技术", "商务服务", "金融", "建筑", "房地产", "餐饮"}
	from := 41640 + i%900
	return []any{i + 1, fmt.Sprintf("示例大厦%d座", i%120+1), fmt.Sprintf("%d层", i%30+1), fmt.Sprintf("%d%02d", i%30+1, i%40+1), fmt.Sprintf("河南测试第%d商贸有限公司", i+1),
		soundCode(i), industries[i%len(industries)], float64(5000+i*37%90000) / 100, excelize.Cell{StyleID: date, Value: from}, excelize.Cell{StyleID: date, Value: from + 1095},
		[]string{"是", "否"}[i%2], []string{"是", "否"}[i%3%2], 3 + i%400, "联系人" + strconv.Itoa(i%5000)}
}

// soundCode is a credit code with its check sign.
func soundCode(i int) string {
	code := fmt.Sprintf("91410103MA%07d", i)
	for _, sign := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
		if r := ingest.CheckUSCC(code + string(sign)); !r.Warned() {
			return r.Code
		}
	}
	return ""
}

// excelizeRaw reads every cell as excelize does it fastest and says how many it met.
func excelizeRaw(b testing.TB, content []byte) (cells int) {
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.Rows(sheet)
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			row, err := rows.Columns(excelize.Options{RawCellValue: true})
			if err != nil {
				b.Fatal(err)
			}
			cells += len(row)
		}
		if err := rows.Close(); err != nil {
			b.Fatal(err)
		}
	}
	return cells
}

const importRows = 200_000

func importTenants(b testing.TB, content []byte, rows int) time.Duration {
	l := testkit.Ledger(b)
	begin := time.Now()
	out, err := ingest.Import(context.Background(), l, "入驻企业.xlsx", content, ingest.Options{Now: testkit.Now})
	took := time.Since(begin)
	if err != nil || out.Status != ingest.Committed || len(out.Datasets) != 1 || out.Datasets[0].Loaded != rows {
		b.Fatalf("%v %s %+v %+v", err, out.Status, out.Datasets, out.Problems[:min(len(out.Problems), 3)])
	}
	return took
}

// BenchmarkImport200k holds a whole import (read, recognise, check, load) against excelize only reading the same file.
func BenchmarkImport200k(b *testing.B) {
	content := tenantsFile(b, importRows)
	importTenants(b, tenantsFile(b, 2000), 2000)     // starts the engine, which a server has done long before
	defer debug.SetGCPercent(debug.SetGCPercent(50)) // as the program sets it
	var whole, reader, theirs time.Duration
	var cpu float64
	for b.Loop() {
		begin := time.Now()
		if cells := excelizeRaw(b, content); cells != (importRows+1)*14 {
			b.Fatal(cells)
		}
		theirs += time.Since(begin)
		begin = time.Now()
		if cells, err := ingest.ReadCells(content); err != nil || cells != (importRows+1)*14 {
			b.Fatal(cells, err)
		}
		reader += time.Since(begin)
		before := cpuSeconds(b)
		whole += importTenants(b, content, importRows)
		cpu += cpuSeconds(b) - before
	}
	n := float64(b.N)
	b.ReportMetric(theirs.Seconds()/n, "excelize_s")
	b.ReportMetric(whole.Seconds()/n, "import_s")
	b.ReportMetric(reader.Seconds()/n, "reader_s")
	b.ReportMetric(cpu/n, "import_cpu_s")
	b.ReportMetric(whole.Seconds()/theirs.Seconds(), "x_excelize")
	b.ReportMetric(whole.Seconds()/theirs.Seconds()/0.35, "x_limit") // the limit: 0.35 of what excelize takes to read
	b.ReportMetric(reader.Seconds()/theirs.Seconds(), "reader_x_excelize")
	tenantsFile(b, 5*importRows)
	small, large := childMemory(b, fmt.Sprint("import:", importRows)), childMemory(b, fmt.Sprint("import:", 5*importRows))
	b.ReportMetric(small.PeakMiB-small.IdleMiB, "peak_over_idle_MiB")
	b.ReportMetric(large.PeakMiB-large.IdleMiB, "peak_over_idle_1M_MiB")
	b.ReportMetric(large.Seconds, "import_1M_s")
}

// BenchmarkPreview2000 reads and checks a sheet of ordinary size, as the preview page does.
func BenchmarkPreview2000(b *testing.B) {
	content := tenantsFile(b, 2000)
	l := testkit.Ledger(b)
	for b.Loop() {
		f, err := ingest.Prepare(context.Background(), l, "入驻企业.xlsx", content, ingest.Options{Now: testkit.Now})
		if err != nil || len(f.Sheets) != 1 || f.Sheets[0].Rows.Len() != 2000 {
			b.Fatal(err, f.Problems)
		}
	}
	ms := float64(b.Elapsed().Milliseconds()) / float64(b.N)
	b.ReportMetric(ms, "ms")
	b.ReportMetric(ms/200, "x_limit") // the limit: a preview in 200 ms
}

// memory is what a child process needed.
type memory struct{ IdleMiB, PeakMiB, Seconds float64 }

// childMemory runs one job in a process of its own, where nothing else has left its peak.
func childMemory(t testing.TB, job string) memory {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestChild$", "-test.v")
	cmd.Env = append(os.Environ(), "TAIZHANG_CHILD="+job, "GOGC=50") // as the program sets it
	out, err := cmd.CombinedOutput()
	var m memory
	for _, line := range strings.Split(string(out), "\n") {
		if at := strings.Index(line, `{"IdleMiB"`); at >= 0 {
			if err := json.Unmarshal([]byte(line[at:]), &m); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err != nil || m.PeakMiB == 0 {
		t.Fatalf("%v\n%s", err, out)
	}
	return m
}

// TestChild is the child's side; it does nothing in an ordinary run.
func TestChild(t *testing.T) {
	job := os.Getenv("TAIZHANG_CHILD")
	if job == "" {
		t.Skip("only as a child of another test")
	}
	var m memory
	switch {
	case strings.HasPrefix(job, "import:"):
		rows, err := strconv.Atoi(strings.TrimPrefix(job, "import:"))
		if err != nil {
			t.Fatal(err)
		}
		importTenants(t, tenantsFile(t, 2000), 2000)
		m.IdleMiB = statusMiB(t, "VmRSS")
		resetPeak()
		m.Seconds = importTenants(t, tenantsFile(t, rows), rows).Seconds()
	case strings.HasPrefix(job, "hostile:"):
		m.IdleMiB = statusMiB(t, "VmRSS")
		hostileChild(t, strings.TrimPrefix(job, "hostile:"))
	}
	m.PeakMiB = statusMiB(t, "VmHWM")
	line, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(string(line))
}

// cpuSeconds is what this process has computed so far, on all processors.
func cpuSeconds(t testing.TB) float64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()).Seconds()
}

// resetPeak makes the kernel forget the peak so far; where it may not, the peak is only greater.
func resetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

func statusMiB(t testing.TB, field string) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("no /proc here: ", err)
	}
	for _, line := range strings.Split(string(status), "\n") {
		if rest, ok := strings.CutPrefix(line, field+":"); ok {
			kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			if err != nil {
				t.Fatal(err)
			}
			return kib / 1024
		}
	}
	t.Fatal("no " + field)
	return 0
}
