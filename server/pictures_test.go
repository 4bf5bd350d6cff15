package server

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"html"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"

	"taizhang/charts"
	"taizhang/internal/testkit"
	"taizhang/internal/text"
)

var (
	chartOn = regexp.MustCompile(`(?s)<div class="chart [^>]*data-chart="([^"]*)" data-file="([^"]*)" data-sub="([^"]*)" data-stamp="([^"]*)">.*?` +
		`<script type="application/json" id="option-([^"]*)">(.*?)</script>`)
	drawnID = regexp.MustCompile(`zr\d+-`) // ECharts numbers what it draws
)

// chartsOn are the charts of a page as its script finds them, with the picture the server is to make of each.
func chartsOn(t *testing.T, page string) (names []string, pictures map[string]charts.Picture) {
	t.Helper()
	pictures = map[string]charts.Picture{}
	for _, found := range chartOn.FindAllStringSubmatch(page, -1) {
		if found[1] != found[5] {
			t.Fatalf("the option of %s stands beside %s", found[5], found[1])
		}
		names = append(names, found[1])
		pictures[found[1]] = charts.Picture{Option: []byte(found[6]), Title: html.UnescapeString(found[2]), Sub: html.UnescapeString(found[3]),
			Stamp: html.UnescapeString(found[4]), Theme: "print", Lang: text.Zh, Width: 1200, Height: 600}
	}
	return names, pictures
}

func TestEveryChartOfEveryPageIsAFile(t *testing.T) {
	testkit.Unraced(t)
	a := samplesApp(t)
	seen := map[string]bool{}
	for _, path := range pagePaths(t, a) {
		page := call(t, a, http.MethodGet, path, nil).Text
		names, pictures := chartsOn(t, page)
		if n := strings.Count(page, ` data-chart="`); n != len(names) {
			t.Errorf("%s has %d charts, %d were read", path, n, len(names))
		}
		file := path
		if path == "/" {
			file = "/index"
		}
		if len(names) == 0 && !strings.HasPrefix(path, "/briefing") { // which has no such format
			if none := call(t, a, http.MethodGet, file+".svg", nil); none.StatusCode != http.StatusNotFound || !strings.Contains(none.Text, "本页没有图表") {
				t.Errorf("%s has no charts: %d", path, none.StatusCode)
			}
		}
		if len(names) == 0 {
			continue
		}
		first := call(t, a, http.MethodGet, file+".svg", nil)
		if !strings.Contains(first.Header.Get("Content-Disposition"), "-"+names[0]+"-2016-07-04.svg") {
			t.Errorf("%s: the first chart is %s, its file %s", path, names[0], first.Header.Get("Content-Disposition"))
		}
		for _, name := range names {
			if seen[name] && testing.Short() {
				continue // what stands on two pages is drawn from one of them, from both in make soak
			}
			seen[name] = true
			checkPicture(t, call(t, a, http.MethodGet, file+".svg?chart="+name, nil), path+" "+name, pictures[name])
		}
	}
	for _, name := range []string{"tax_months", "tax_sums", "tax_industries", "tax_trend", "occupancy", "expiry", "delivery_curve", "resettlement_bars", "funnel",
		"paid_in", "gantt", "s_curve", "course", "diary", "series_years0"} {
		if !seen[name] {
			t.Errorf("no page of the samples has %s; there are %v", name, seen)
		}
	}
}

// checkPicture holds a picture against what the page's own script has: the very option, title and stamp.
func checkPicture(t *testing.T, svg reply, at string, want charts.Picture) {
	t.Helper()
	if svg.StatusCode != http.StatusOK || svg.Header.Get("Content-Type") != "image/svg+xml; charset=utf-8" {
		t.Fatalf("%s: %d %s", at, svg.StatusCode, svg.Header.Get("Content-Type"))
	}
	same, err := testApp(t).renderer().SVG(t.Context(), want)
	if err != nil {
		t.Fatal(at, err)
	}
	if drawnID.ReplaceAllString(svg.Text, "") != drawnID.ReplaceAllString(string(same), "") {
		t.Errorf("%s: the picture is not of the option that stands in the page", at)
	}
	written := writtenIn(t, svg.Text)
	if !strings.Contains(want.Stamp, "数据截至 2016-07-04") {
		t.Errorf("%s: stamp %q", at, want.Stamp)
	}
	for _, said := range []string{want.Title, want.Sub, want.Stamp} {
		if said == "" || !strings.Contains(written, said) {
			t.Errorf("%s does not say %q", at, said)
		}
	}
	if last := lastLabel(t, want.Option); !strings.Contains(written, last) {
		t.Errorf("%s does not say %q, the last on its axis", at, last)
	}
	for _, never := range []string{"<script", "<image", "<style", "<a ", "href", "url(http", "<foreignObject", "onload"} {
		if strings.Contains(svg.Text, never) {
			t.Errorf("%s holds %s", at, never)
		}
	}
}

// writtenIn reads SVG as XML to its end and gives all its text.
func writtenIn(t *testing.T, svg string) string {
	t.Helper()
	var all strings.Builder
	for decode := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := decode.Token()
		if errors.Is(err, io.EOF) {
			return all.String()
		}
		if err != nil {
			t.Fatalf("no XML: %v\n%.300s", err, svg)
		}
		if piece, ok := token.(xml.CharData); ok {
			all.Write(piece)
			all.WriteByte('\n')
		}
	}
}

// lastLabel is the last name on a chart's axis of names, or the beginning of one that may be cut off; empty on a chart without.
func lastLabel(t *testing.T, drawnOption []byte) string {
	t.Helper()
	var o struct{ XAxis, YAxis []struct{ Data []string } }
	if err := json.Unmarshal(drawnOption, &o); err != nil {
		t.Fatal(err)
	}
	for _, axis := range append(o.XAxis, o.YAxis...) {
		if n := len(axis.Data); n > 0 {
			last := []rune(axis.Data[n-1])
			return string(last[:min(len(last), 5)])
		}
	}
	return ""
}

func TestWhatIsAskedOfAPictureIsChecked(t *testing.T) {
	a := samplesApp(t)
	for asked, want := range map[string]struct {
		status int
		says   string
	}{
		"/tax.svg?chart=none":                         {http.StatusNotFound, "tax_months, tax_sums"},
		"/tax.svg?width=199":                          {http.StatusBadRequest, "width 应为 200 到 4000"},
		"/tax.svg?width=wide":                         {http.StatusBadRequest, "“wide”"},
		"/tax.svg?height=3001":                        {http.StatusBadRequest, "height 应为 150 到 3000"},
		"/tax.png?scale=4":                            {http.StatusBadRequest, "scale 应为 1 到 3"},
		"/tax.png?scale=3&width=4000&height=3000":     {http.StatusBadRequest, "最多 5000 万像素"},
		"/tax.svg?theme=pink":                         {http.StatusBadRequest, "dark, light, print, wall"},
		"/tax.svg?asof=tomorrow":                      {http.StatusBadRequest, "tomorrow"},
		"/tax.svg?scale=9&theme=wall&width=300":       {http.StatusOK, "<svg "}, // scale is not a word of SVG
		"/projects/no-such.svg":                       {http.StatusNotFound, ""},
		"/imports.svg":                                {http.StatusNotFound, ""},
		"/source.png?dataset=tax":                     {http.StatusNotFound, ""},
		"/tax.svg?chart=tax_sums&asof=2016-03-31":     {http.StatusOK, "数据截至 2016-03-31"},
		"/tax.svg?chart=tax_sums&lang=en&theme=light": {http.StatusOK, "As of 2016-07-04"},
	} {
		got := call(t, a, http.MethodGet, asked, nil)
		if got.StatusCode != want.status || !strings.Contains(html.UnescapeString(got.Text), want.says) {
			t.Errorf("%s: %d, and does not say %q", asked, got.StatusCode, want.says)
		}
		svg := strings.HasPrefix(got.Header.Get("Content-Type"), "image/svg")
		if got.Header.Get("Content-Security-Policy") != map[bool]string{true: picturePolicy, false: policy}[svg] {
			t.Errorf("%s: policy %s", asked, got.Header.Get("Content-Security-Policy"))
		}
	}
}

func TestPicturesAreKeptLikePages(t *testing.T) {
	a := samplesApp(t)
	first := call(t, a, http.MethodGet, "/tax.svg?width=900", nil)
	tag := first.Header.Get("ETag")
	again := call(t, a, http.MethodGet, "/tax.svg?width=900", nil, "If-None-Match: "+tag)
	if tag == "" || again.StatusCode != http.StatusNotModified || again.Header.Get("Content-Security-Policy") != picturePolicy {
		t.Errorf("%q %d %v", tag, again.StatusCode, again.Header)
	}
	if kept := call(t, a, http.MethodGet, "/tax.svg?width=900", nil); kept.Text != first.Text || kept.Header.Get("Content-Disposition") == "" {
		t.Error("drawn anew, or without its name")
	}
	if other := call(t, a, http.MethodGet, "/tax.svg?width=901", nil); other.Text == first.Text || other.Header.Get("ETag") == tag {
		t.Error("another width is the same picture")
	}
}

func TestManyAskForPicturesAtOnce(t *testing.T) {
	a := samplesApp(t)
	var all sync.WaitGroup
	for _, width := range []string{"601", "602", "603", "604", "605", "606"} {
		all.Add(1)
		go func() {
			defer all.Done()
			got := call(t, a, http.MethodGet, "/tax.svg?width="+width, nil)
			if got.StatusCode != http.StatusOK || !strings.Contains(got.Text, `width="`+width+`"`) {
				t.Errorf("%s: %d %.100s", width, got.StatusCode, got.Text)
			}
		}()
	}
	all.Wait()
}

func TestAPageGivesPNG(t *testing.T) {
	if _, err := exec.LookPath("rsvg-convert"); err != nil {
		t.Skip("SKIPPED ALOUD: no rsvg-convert on this machine (apt-get install librsvg2-bin)")
	}
	got := call(t, samplesApp(t), http.MethodGet, "/tax.png?width=600&height=300", nil)
	drawn, err := png.DecodeConfig(bytes.NewReader([]byte(got.Text)))
	if err != nil || drawn.Width != 1200 || drawn.Height != 600 || got.Header.Get("Content-Type") != "image/png" {
		t.Error(err, drawn, got.StatusCode, got.Header)
	}
}

func TestAServerWithoutAConverterSaysWhatToInstall(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	got := call(t, samplesApp(t), http.MethodGet, "/tax.png?width=640", nil)
	if got.StatusCode != http.StatusServiceUnavailable || !strings.Contains(got.Text, "librsvg2-bin") {
		t.Errorf("%d %.300s", got.StatusCode, got.Text)
	}
}

// Without script the names of the formats in a card's head lead to the server's files, under the page's question.
func TestTheCardsLeadToTheirFiles(t *testing.T) {
	a := samplesApp(t)
	page := call(t, a, http.MethodGet, "/tax?asof=2016-06-27&theme=dark", nil).Text
	links := regexp.MustCompile(`<a href="([^"]*)" download data-save="(svg|png)" data-for="tax_sums">`).FindAllStringSubmatch(page, -1)
	if len(links) != 2 {
		t.Fatal(links)
	}
	for _, link := range links {
		at := html.UnescapeString(link[1])
		if want := "/tax." + link[2] + "?asof=2016-06-27&chart=tax_sums"; at != want {
			t.Errorf("%s, want %s", at, want)
		}
	}
	svg := call(t, a, http.MethodGet, html.UnescapeString(links[1][1]), nil)
	if svg.StatusCode != http.StatusOK || svg.Header.Get("Content-Disposition") != "inline; filename=tax-tax_sums-2016-06-27.svg" {
		t.Error(svg.StatusCode, svg.Header)
	}
}

func TestAHostileNameStaysTextInAPicture(t *testing.T) {
	const evil = `</text><script>alert(1)</script>"><image href=//x>`
	a := testApp(t)
	load(t, a, "a.csv", []byte("村名,地块,楼栋,总套数(套),总面积(㎡),已交付套数(套),截至日期\n\""+strings.ReplaceAll(evil, `"`, `""`)+"\",一,1号楼,100,10000,50,2016-06-30\n"))
	load(t, a, "b.csv", []byte("项目名称,项目类型,分包领导,责任科室,计划开工,计划竣工\n\"甲/乙:丙\",商业,张三,一科,2016-01-01,2017-01-01\n"))
	svg := call(t, a, http.MethodGet, "/resettlement.svg?chart=resettlement_bars&width=3000", nil)
	written := writtenIn(t, svg.Text)
	if svg.StatusCode != http.StatusOK || !strings.Contains(written, "</text><scr") || strings.Contains(svg.Text, "<script") || strings.Contains(svg.Text, "<image") {
		t.Errorf("%d %.600s", svg.StatusCode, svg.Text)
	}
	named := call(t, a, http.MethodGet, "/projects/"+url.PathEscape("甲/乙:丙")+".svg", nil)
	if head := named.Header.Get("Content-Disposition"); named.StatusCode == http.StatusOK && strings.ContainsAny(head, "/:") {
		t.Error(head)
	}
}
