package server

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/analytics"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// bookAt asks for a workbook and reads it back.
func bookAt(t *testing.T, a *app, path string) (*excelize.File, []byte) {
	t.Helper()
	got := call(t, a, http.MethodGet, path, nil)
	if got.StatusCode != http.StatusOK || got.Header.Get("Content-Type") != bookType {
		t.Fatalf("%s: %d %s %.300s", path, got.StatusCode, got.Header.Get("Content-Type"), got.Text)
	}
	if name := got.Header.Get("Content-Disposition"); !strings.Contains(name, ".xlsx") {
		t.Errorf("%s: saved as %q", path, name)
	}
	book, err := excelize.OpenReader(strings.NewReader(got.Text))
	if err != nil {
		t.Fatal(path, err)
	}
	t.Cleanup(func() { book.Close() })
	return book, []byte(got.Text)
}

// bookPath is the address of a page as a workbook.
func bookPath(page string) string {
	if page == "/" {
		page = "/index"
	}
	return page + ".xlsx"
}

func TestEveryPageIsAWorkbook(t *testing.T) {
	testkit.Unraced(t)
	a := samplesApp(t)
	for _, path := range pagePaths(t, a) {
		t.Run(path, func(t *testing.T) {
			book, content := bookAt(t, a, bookPath(path)+"?asof=2016-06-30")
			if sheets := book.GetSheetList(); len(sheets) < 2 || sheets[0] != "目录" {
				t.Fatalf("%q", sheets)
			}
			drawn := checkCharts(t, book, content)
			page := call(t, a, http.MethodGet, path+"?asof=2016-06-30", nil).Text
			want := 0
			for _, option := range regexp.MustCompile(`(?s)<script type="application/json" id="option-.*?</script>`).FindAllString(page, -1) {
				if !strings.Contains(option, `"calendar"`) && !strings.Contains(option, `"heatmap"`) {
					want++
				}
			}
			if path == "/screen" {
				return // its workbook is the cockpit's
			}
			if drawn != want {
				t.Errorf("%d native charts for %d on the page", drawn, want)
			}
		})
	}
}

// chartRefs are the references of a chart: names of series, places, values.
type chartRefs struct {
	Series []struct {
		Name   string `xml:"tx>strRef>f"`
		Places string `xml:"cat>strRef>f"`
		Values string `xml:"val>numRef>f"`
		X      string `xml:"xVal>strRef>f"`
		Y      string `xml:"yVal>numRef>f"`
	} `xml:"ser"`
}

// checkCharts holds every chart of a workbook against the cells it refers to, and counts them.
func checkCharts(t *testing.T, book *excelize.File, content []byte) int {
	t.Helper()
	file, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, part := range file.File {
		if !strings.HasPrefix(part.Name, "xl/charts/chart") {
			continue
		}
		count++
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		series := 0
		for decode := xml.NewDecoder(r); ; {
			token, err := decode.Token()
			if err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(part.Name, err)
			}
			if start, ok := token.(xml.StartElement); ok && strings.HasSuffix(start.Name.Local, "Chart") {
				var refs chartRefs
				if err := decode.DecodeElement(&refs, &start); err != nil {
					t.Fatal(part.Name, err)
				}
				for _, s := range refs.Series {
					series++
					checkSeries(t, book, s.Name, s.Places+s.X, s.Values+s.Y)
				}
			}
		}
		if series == 0 {
			t.Errorf("%s draws nothing", part.Name)
		}
	}
	return count
}

func checkSeries(t *testing.T, book *excelize.File, name, places, values string) {
	t.Helper()
	if got := cellsOf(t, book, name); len(got) != 1 || got[0] == "" {
		t.Errorf("the series' name at %s is %q", name, got)
	}
	across, up := cellsOf(t, book, places), cellsOf(t, book, values)
	if len(across) != len(up) || len(up) == 0 {
		t.Errorf("%d places at %s for %d values at %s", len(across), places, len(up), values)
	}
	numbers := 0
	for _, v := range up {
		if v == "" {
			continue
		}
		if _, err := strconv.ParseFloat(v, 64); err != nil {
			t.Errorf("%s holds %q", values, v)
		}
		numbers++
	}
	if numbers == 0 {
		t.Errorf("nothing stands at %s", values)
	}
}

var cellRange = regexp.MustCompile(`^'([^']+)'!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?$`)

// cellsOf gives what stands in a reference of one column.
func cellsOf(t *testing.T, book *excelize.File, ref string) []string {
	t.Helper()
	m := cellRange.FindStringSubmatch(ref)
	if m == nil {
		t.Fatalf("a chart refers to %q", ref)
	}
	if m[4] == "" {
		m[4], m[5] = m[2], m[3]
	}
	from, _ := strconv.Atoi(m[3])
	to, _ := strconv.Atoi(m[5])
	var list []string
	for row := from; row <= to; row++ {
		v, err := book.GetCellValue(m[1], m[2]+strconv.Itoa(row), excelize.Options{RawCellValue: true})
		if err != nil || m[2] != m[4] {
			t.Fatal(ref, err)
		}
		list = append(list, v)
	}
	return list
}

func TestWorkbookFiguresAreThoseOfTheAnswer(t *testing.T) {
	testkit.Unraced(t)
	a := samplesApp(t)
	var ans analytics.TaxAnswer
	decode(t, call(t, a, http.MethodGet, "/tax.json?asof=2016-06-27", nil).Text, &ans)
	book, _ := bookAt(t, a, "/tax.xlsx?asof=2016-06-27")
	rows, err := book.GetRows("累计税收", excelize.Options{RawCellValue: true})
	if err != nil || len(rows) < 16 || !strings.HasPrefix(rows[3][1], "本年累计（万元") {
		t.Fatal(rows, err)
	}
	tenThousand, sum := ledger.Int(10_000), ledger.Null
	for i, m := range ans.Months {
		row := rows[4+i]
		if row[0] != m.Month {
			t.Fatalf("row %d is of %s, not %s", i, row[0], m.Month)
		}
		if !m.CumulativeYuan.Valid() {
			if row[1] != "" {
				t.Errorf("%s is not known, and the sheet says %s", m.Month, row[1])
			}
			continue
		}
		got, err := ledger.ParseDecimal(row[1])
		if err != nil || got.Mul(tenThousand).Cmp(m.CumulativeYuan) != 0 {
			t.Errorf("%s: %s for %s yuan, %v", m.Month, row[1], m.CumulativeYuan, err)
		}
		sum = m.CumulativeYuan
	}
	if sum.Fixed(2) != "157000000.00" || ans.Months[4].Month != "2016-05" {
		t.Errorf("to May it is %s", sum)
	}
	contents, err := book.GetRows("目录")
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, row := range contents {
		all += strings.Join(row, " ") + "\n"
	}
	for _, want := range []string{"2016-06-27", "税收2016年1-5月.xlsx", "/tax?asof=2016-06-27", "r" + strconv.FormatUint(ans.Version, 10), ans.Basis} {
		if !strings.Contains(all, want) {
			t.Errorf("the contents do not say %q:\n%s", want, all)
		}
	}
}

func TestWorkbookHoldsEveryRowOfAList(t *testing.T) {
	a := samplesApp(t)
	var ans analytics.BuildingsAnswer
	decode(t, call(t, a, http.MethodGet, "/buildings.json?asof=2016-06-27", nil).Text, &ans)
	if len(ans.Watch) <= mostWatched {
		t.Fatalf("only %d firms are watched: the page shows them all", len(ans.Watch))
	}
	book, _ := bookAt(t, a, "/buildings.xlsx?asof=2016-06-27&card=watch")
	rows, err := book.GetRows(book.GetSheetList()[1])
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range ans.Watch {
		if rows[4+i][0] != f.Company {
			t.Fatalf("row %d is %q, not %s", i, rows[4+i], f.Company)
		}
	}
}

func TestWorkbookOfOneCard(t *testing.T) {
	a := samplesApp(t)
	book, content := bookAt(t, a, "/tax.xlsx?asof=2016-06-27&card=tax_months")
	if sheets := book.GetSheetList(); len(sheets) != 2 || sheets[1] != "当月税收" || checkCharts(t, book, content) != 1 {
		t.Errorf("%q", sheets)
	}
	if missing := call(t, a, http.MethodGet, "/tax.xlsx?card=nothing", nil); missing.StatusCode != http.StatusNotFound {
		t.Errorf("a card that is not there: %d", missing.StatusCode)
	}
	page := call(t, a, http.MethodGet, "/tax?asof=2016-06-27", nil).Text
	for _, want := range []string{`href="/tax.xlsx?asof=2016-06-27&amp;card=tax_months"`, `href="/tax.xlsx?asof=2016-06-27"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not lead to %s", want)
		}
	}
}

// TestWorkbooksInAnotherProgram has LibreOffice open workbooks and print them, and reads the prints.
func TestWorkbooksInAnotherProgram(t *testing.T) {
	testkit.Unraced(t)
	for _, program := range []string{"soffice", "pdftotext"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("no %s on this machine: workbooks must be opened in another program where CI=true", program)
			}
			t.Skipf("SKIPPED ALOUD: no %s on this machine, so no workbook was opened in another program (apt-get install libreoffice-calc poppler-utils)", program)
		}
	}
	a := samplesApp(t)
	dir := t.TempDir()
	arguments := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir}
	wants := map[string][]string{
		"tax":     {"15,700.00", "-19.28%", "数据截至 2016-06-27", "累计税收", "序时目标"},
		"project": {"倒排工期", "S 曲线", "2017-03-05", "最上一条为数据截至日"},
		"housing": {"3,684 套", "安置房交付", "10.60%"},
	}
	for name, path := range map[string]string{"tax": "/tax.xlsx?asof=2016-06-27", "project": "/projects/" + url.PathEscape("示例购物中心") + ".xlsx?asof=2016-06-27", "housing": "/resettlement.xlsx?asof=2016-06-30"} {
		_, content := bookAt(t, a, path)
		file := filepath.Join(dir, name+".xlsx")
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, file)
	}
	if out, err := exec.CommandContext(t.Context(), "soffice", arguments...).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	for name, figures := range wants {
		out, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", filepath.Join(dir, name+".pdf"), "-").Output()
		if err != nil {
			t.Fatal(name, err)
		}
		for _, want := range figures {
			if !strings.Contains(string(out), want) {
				t.Errorf("%s as printed does not say %q", name, want)
			}
		}
		if broken := regexp.MustCompile(`#(?:REF|NAME|VALUE|N/A|DIV)|###`).FindString(string(out)); broken != "" {
			t.Errorf("%s as printed says %q", name, broken)
		}
	}
}
