package server

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"taizhang/internal/testkit"
)

// slideChart is a chart of a slide as it stands in the file: what it draws, and the cells behind it.
type slideChart struct {
	Names  []string
	Series []slideSeries `xml:"ser"`
}

type slideSeries struct {
	Name   string       `xml:"tx>strRef>strCache>pt>v"`
	Places []slidePoint `xml:"cat>strRef>strCache>pt"`
	Values []slidePoint `xml:"val>numRef>numCache>pt"`
	X      []slidePoint `xml:"xVal>numRef>numCache>pt"`
	Y      []slidePoint `xml:"yVal>numRef>numCache>pt"`
	Cells  string       `xml:"val>numRef>f"`
}

type slidePoint struct {
	At    int    `xml:"idx,attr"`
	Value string `xml:"v"`
}

// drawnOption is what the page's own JSON draws.
type drawnOption struct {
	Calendar any
	XAxis    []struct {
		Type string
		Data []string
	}
	YAxis []struct {
		Type string
		Data []string
	}
	Series []struct {
		Name string
		Data []any
	}
}

// TestSlidesInABrowser has a person put the charts of several pages into one file, and holds the file against the pages' JSON and against
// what LibreOffice makes of it.
func TestSlidesInABrowser(t *testing.T) {
	testkit.Unraced(t)
	w := newImportWalk(t, samplesApp(t))
	project := "/projects/" + url.PathEscape("示例购物中心") + "?asof=2016-06-27"
	var want []chartOfPage
	for _, path := range []string{project, "/tax?asof=2016-06-27", "/investment?asof=2016-06-27", "/buildings?asof=2016-06-27", "/resettlement?asof=2016-06-27", "/indicators?asof=2016-06-27"} {
		want = append(want, chartsOfPage(t, w.app, path)...)
	}
	var file []byte
	w.walk(t, []walkStep{
		{"nothing is loaded before it is asked for", func(t *testing.T) {
			open(t, w.ctx, w.at+project, desk)
			if evaluate[bool](t, w.ctx, `typeof JSZip !== "undefined" || document.querySelectorAll("script[src*=pptxgen]").length > 0`) {
				t.Error("the page carries the library")
			}
		}},
		{"open the panel", func(t *testing.T) {
			w.do(t, w.ctx, chromedp.Click(`.menu > summary`), chromedp.Click(`[data-slides]`))
			w.see(t, w.ctx, `document.querySelectorAll("#slides[open] fieldset img").length === 3 && document.querySelector("[data-says]").textContent === "已选 3 张"`)
		}},
		{"add the charts of other pages", func(t *testing.T) {
			for i, key := range []string{"tax", "investment", "buildings", "resettlement", "indicators"} {
				evaluate[bool](t, w.ctx, fmt.Sprintf(`(() => { const more = document.querySelector("[data-more]"); more.value = %q; return more.dispatchEvent(new Event("change")); })()`, "/"+key+"?asof=2016-06-27"))
				w.see(t, w.ctx, fmt.Sprintf(`document.querySelectorAll("#slides fieldset").length === %d`, i+2))
			}
			if got := evaluate[int](t, w.ctx, `document.querySelectorAll("#slides input:enabled:checked").length - 1`); got != len(want) {
				t.Errorf("%d charts are chosen, the pages have %d", got, len(want))
			}
		}},
		{"stop and begin again", func(t *testing.T) {
			evaluate[bool](t, w.ctx, `document.querySelector("[data-make]").click(), document.querySelector("[data-stop]").click(), true`)
			w.see(t, w.ctx, `document.querySelector("[data-says]").textContent.includes("已停止")`)
		}},
		{"take the file", func(t *testing.T) {
			w.do(t, w.ctx, chromedp.Click(`[data-make]`))
			w.see(t, w.ctx, fmt.Sprintf(`document.querySelector("[data-says]").textContent.includes("已生成 %d 页")`, len(want)))
			file = w.saving(t, "示例购物中心*-2016-06-27.pptx")
		}},
	})
	if file == nil {
		t.Fatal("no file was made")
	}
	if keep := os.Getenv("TAIZHANG_KEEP"); keep != "" {
		_ = os.WriteFile(filepath.Join(keep, "deck.pptx"), file, 0o600)
	}
	checkDeck(t, file, want)
	t.Run("names stay text", func(t *testing.T) { checkHostileDeck(t, w) })
	t.Run("in another program", func(t *testing.T) { checkPrintedDeck(t, file, want) })
}

// checkHostileDeck makes slides of a record whose names are markup.
func checkHostileDeck(t *testing.T, w *importWalk) {
	const evil = `</c:v><script>alert(1)</script>"&amp;'<a` + "\x0b"
	a := testApp(t)
	load(t, a, "a.csv", []byte("村名,地块,楼栋,总套数(套),总面积(㎡),已交付套数(套),截至日期\n\""+strings.ReplaceAll(evil, `"`, `""`)+"\",一,1号楼,100,10000,50,2016-06-30\n"))
	open(t, w.ctx, serving(t, a)+"/resettlement?asof=2016-07-04", desk)
	w.do(t, w.ctx, chromedp.Click(`.menu > summary`), chromedp.Click(`[data-slides]`))
	w.see(t, w.ctx, `document.querySelectorAll("#slides[open] fieldset input:checked").length > 0`)
	w.do(t, w.ctx, chromedp.Click(`[data-make]`))
	parts := zipParts(t, w.saving(t, "安置房*-2016-07-04.pptx"))
	drawn, cells := readSlideChart(t, parts, 1)
	if !strings.Contains(fmt.Sprint(drawn), `</c:v><script>alert(1)</script>`) {
		t.Errorf("the name is not drawn as it is: %v", drawn)
	}
	if cell, err := cells.GetCellValue("Sheet1", "A2"); err != nil || !strings.Contains(cell, "<script>") {
		t.Errorf("the cell says %q, %v", cell, err)
	}
	for name, part := range parts {
		if strings.Contains(part, "<script") || strings.HasSuffix(name, ".xml") && xml.Unmarshal([]byte(part), new(struct{ XMLName xml.Name })) != nil {
			t.Errorf("%s holds markup, or is not well-formed", name)
		}
	}
}

// saving waits for a file that the browser saves.
func (w *importWalk) saving(t *testing.T, pattern string) []byte {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if list, _ := filepath.Glob(filepath.Join(w.saved, pattern)); len(list) == 1 {
			content, err := os.ReadFile(list[0])
			if err != nil {
				t.Fatal(err)
			}
			if _, err := zip.NewReader(bytes.NewReader(content), int64(len(content))); err == nil {
				return content
			}
		}
		if time.Now().After(end) {
			list, _ := os.ReadDir(w.saved)
			t.Fatalf("nothing was saved as %s: %v", pattern, list)
		}
	}
}

// chartOfPage is a chart as its page has it.
type chartOfPage struct {
	id, title, stamp, point string
	option                  drawnOption
}

var pointOn = regexp.MustCompile(`data-point="([^"]*)" data-chart="([^"]*)"`)

func chartsOfPage(t *testing.T, a *app, path string) []chartOfPage {
	t.Helper()
	page := call(t, a, http.MethodGet, path, nil).Text
	names, pictures := chartsOn(t, page)
	points := map[string]string{}
	for _, m := range pointOn.FindAllStringSubmatch(page, -1) {
		points[m[2]] = m[1]
	}
	var list []chartOfPage
	for _, id := range names {
		one := chartOfPage{id: id, title: pictures[id].Title, stamp: pictures[id].Stamp, point: points[id]}
		decoder := json.NewDecoder(bytes.NewReader(pictures[id].Option))
		decoder.UseNumber()
		if err := decoder.Decode(&one.option); err != nil {
			t.Fatal(path, id, err)
		}
		if one.option.Calendar == nil {
			list = append(list, one)
		}
	}
	if len(list) == 0 {
		t.Fatalf("%s has no charts", path)
	}
	return list
}

// checkDeck holds every chart of the file against the JSON of its page: a number for a number, nothing for a gap.
func checkDeck(t *testing.T, file []byte, want []chartOfPage) {
	t.Helper()
	parts := zipParts(t, file)
	numbers, gaps := 0, 0
	for i, chart := range want {
		drawn, cells := readSlideChart(t, parts, i+1)
		option := chart.option
		places := option.XAxis[0].Data
		if option.YAxis[0].Type == "category" {
			places = option.YAxis[0].Data
		}
		if option.XAxis[0].Type == "time" {
			checkSlideDays(t, chart, drawn)
			continue
		}
		for _, s := range option.Series {
			at := -1
			for n, one := range drawn.Series {
				if one.Name == s.Name {
					at = n
				}
			}
			if at < 0 {
				t.Errorf("%s: %s is not drawn", chart.id, s.Name)
				continue
			}
			got := map[int]string{}
			for _, p := range drawn.Series[at].Values {
				got[p.At] = p.Value
			}
			for n, place := range places {
				value := ""
				if n < len(s.Data) {
					value = plainNumber(s.Data[n])
				}
				if value == "" {
					gaps++
				} else {
					numbers++
				}
				if got[n] != value {
					t.Errorf("%s, %s at %s: the slide has %q, the page %q", chart.id, s.Name, place, got[n], value)
				}
				if drawn.Series[at].Places[n].Value != place {
					t.Errorf("%s: place %d is %q, not %q", chart.id, n, drawn.Series[at].Places[n].Value, place)
				}
				if cell := cellBehind(t, cells, drawn.Series[at].Cells, n); cell != value {
					t.Errorf("%s, %s at %s: the cell behind holds %q, the page has %q", chart.id, s.Name, place, cell, value)
				}
			}
		}
		slide := parts[fmt.Sprintf("ppt/slides/slide%d.xml", i+1)]
		for _, said := range []string{chart.title, chart.stamp, chart.point} {
			if !strings.Contains(slide, said) {
				t.Errorf("slide %d does not say %q", i+1, said)
			}
		}
	}
	if numbers < 100 || gaps < 5 {
		t.Errorf("only %d numbers and %d gaps were held against the pages", numbers, gaps)
	}
	for name, part := range parts {
		if strings.HasSuffix(name, ".xml") && xml.Unmarshal([]byte(part), new(struct{ XMLName xml.Name })) != nil {
			t.Errorf("%s is not well-formed", name)
		}
		if strings.Contains(part, "<c:v></c:v>") || strings.Contains(part, "<c:v/>") && strings.Contains(name, "/charts/") {
			t.Errorf("%s holds an empty value", name)
		}
	}
}

// checkSlideDays holds the points of an S-curve, and the number of bars of a Gantt chart, against the JSON.
func checkSlideDays(t *testing.T, chart chartOfPage, drawn slideChart) {
	t.Helper()
	if chart.option.YAxis[0].Type == "category" {
		bars := 0
		for _, s := range drawn.Series[1:] {
			bars += len(s.Values)
		}
		if bars < len(chart.option.YAxis[0].Data) || bars != len(drawn.Series[0].Values) {
			t.Errorf("%s: %d bars begin at %d days, %d nodes", chart.id, bars, len(drawn.Series[0].Values), len(chart.option.YAxis[0].Data))
		}
		return
	}
	for n, s := range chart.option.Series {
		one := drawn.Series[n]
		day := map[int]string{}
		for _, p := range one.X {
			day[p.At] = p.Value
		}
		got := map[string]string{}
		for _, p := range one.Y {
			got[day[p.At]] = p.Value
		}
		if one.Name != s.Name || len(one.Y) != len(s.Data) {
			t.Errorf("%s: series %s with %d points, the page has %s with %d", chart.id, one.Name, len(one.Y), s.Name, len(s.Data))
		}
		for _, v := range s.Data {
			pair := v.([]any)
			at, err := time.Parse(time.DateOnly, pair[0].(string))
			if err != nil {
				t.Fatal(err)
			}
			serial := fmt.Sprint(int(at.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24))
			if want := plainNumber(pair[1]); got[serial] != want {
				t.Errorf("%s, %s on %s: the slide has %q, the page %q", chart.id, s.Name, pair[0], got[serial], want)
			}
		}
	}
}

// plainNumber is the number of a point of an option, empty for a gap.
func plainNumber(v any) string {
	switch v := v.(type) {
	case json.Number:
		return v.String()
	case map[string]any:
		return plainNumber(v["value"])
	}
	return ""
}

func zipParts(t *testing.T, content []byte) map[string]string {
	t.Helper()
	file, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range file.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(f.Name, err)
		}
		parts[f.Name] = string(b)
	}
	return parts
}

// readSlideChart reads a slide's chart and the workbook behind it.
func readSlideChart(t *testing.T, parts map[string]string, slide int) (slideChart, *excelize.File) {
	t.Helper()
	links := parts[fmt.Sprintf("ppt/slides/_rels/slide%d.xml.rels", slide)]
	name := regexp.MustCompile(`/charts/(chart\d+\.xml)`).FindStringSubmatch(links)
	if name == nil {
		t.Fatalf("slide %d has no chart", slide)
	}
	book := regexp.MustCompile(`\.\./embeddings/([^"]+\.xlsx)`).FindStringSubmatch(parts["ppt/charts/_rels/"+name[1]+".rels"])
	if book == nil {
		t.Fatalf("%s has no cells behind it", name[1])
	}
	cells, err := excelize.OpenReader(strings.NewReader(parts["ppt/embeddings/"+book[1]]))
	if err != nil {
		t.Fatal(slide, err)
	}
	t.Cleanup(func() { _ = cells.Close() })
	var all slideChart
	for decode := xml.NewDecoder(strings.NewReader(parts["ppt/charts/"+name[1]])); ; {
		token, err := decode.Token()
		if err == io.EOF {
			return all, cells
		} else if err != nil {
			t.Fatal(name[1], err)
		}
		if start, ok := token.(xml.StartElement); ok && strings.HasSuffix(start.Name.Local, "Chart") {
			var one slideChart
			if err := decode.DecodeElement(&one, &start); err != nil {
				t.Fatal(name[1], err)
			}
			all.Series = append(all.Series, one.Series...)
		}
	}
}

var behindRange = regexp.MustCompile(`^Sheet1!\$([A-Z]+)\$(\d+):`)

func cellBehind(t *testing.T, cells *excelize.File, ref string, n int) string {
	t.Helper()
	m := behindRange.FindStringSubmatch(ref)
	if m == nil || m[2] != "2" {
		t.Fatalf("a series refers to %q", ref)
	}
	v, err := cells.GetCellValue("Sheet1", fmt.Sprintf("%s%d", m[1], n+2), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// checkPrintedDeck has LibreOffice print the slides and reads the print.
func checkPrintedDeck(t *testing.T, file []byte, want []chartOfPage) {
	for _, program := range []string{"soffice", "pdftotext"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("no %s on this machine: slides must be opened in another program where CI=true", program)
			}
			t.Skipf("SKIPPED ALOUD: no %s on this machine, so no slides were opened in another program (apt-get install libreoffice-impress poppler-utils)", program)
		}
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "deck.pptx")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir, name).CombinedOutput()
	if err != nil {
		t.Fatalf("%v %s", err, out)
	}
	printed, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", filepath.Join(dir, "deck.pdf"), "-").Output()
	if err != nil {
		t.Fatalf("%v %s", err, out)
	}
	if keep := os.Getenv("TAIZHANG_KEEP"); keep != "" {
		_ = exec.Command("cp", name, filepath.Join(dir, "deck.pdf"), keep).Run()
	}
	sheets := strings.Split(strings.TrimRight(string(printed), "\f"), "\f")
	if len(sheets) != len(want) {
		t.Fatalf("%d pages for %d slides", len(sheets), len(want))
	}
	for i, chart := range want {
		text := strings.Join(strings.Fields(sheets[i]), "")
		said := append([]string{chart.title, "数据截至2016-06-27"}, chart.point)
		for _, s := range chart.option.Series {
			if len(chart.option.Series) > 1 && len(s.Data) > 0 {
				said = append(said, s.Name)
			}
		}
		for _, one := range said {
			if !strings.Contains(text, strings.Join(strings.Fields(one), "")) {
				t.Errorf("slide %d (%s) as printed does not say %q", i+1, chart.id, one)
			}
		}
	}
}
