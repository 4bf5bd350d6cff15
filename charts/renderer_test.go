package charts

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"taizhang/analytics"
	"taizhang/internal/testkit"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// scriptsOf are ECharts and the script that makes pictures, as the server hands them over.
var scriptsOf = sync.OnceValues(func() (echarts, frame []byte) {
	read := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join(testkit.Root(), "server", "assets", name))
		if err != nil {
			panic(err)
		}
		return b
	}
	return read("vendor/echarts.min.js"), read("picture.js")
})

func testRenderer(size int) *Renderer {
	echarts, frame := scriptsOf()
	return NewRenderer(echarts, frame, size)
}

func picture(t testing.TB, o *Option) Picture {
	t.Helper()
	b, err := o.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return Picture{Option: b, Title: "当月税收", Sub: "税收 · 万元", Stamp: "航海东路街道 · 数据截至 2016-06-27", Theme: "print", Lang: text.Zh, Width: 1200, Height: 600}
}

// texts reads a picture to its end, so that one that is no XML is found, and gives what is written in it.
func texts(t *testing.T, svg []byte) []string {
	t.Helper()
	var list []string
	for decode := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := decode.Token()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatalf("no XML: %v\n%.300s", err, svg)
		}
		if written, ok := token.(xml.CharData); ok && len(bytes.TrimSpace(written)) > 0 {
			list = append(list, string(written))
		}
	}
}

func TestAPictureSaysWhatItStandsOn(t *testing.T) {
	testkit.Unraced(t)
	r := testRenderer(1)
	for _, theme := range ThemeNames() {
		p := picture(t, TaxMonths(zh, taxAnswer()))
		p.Theme = theme
		svg, err := r.SVG(t.Context(), p)
		if err != nil {
			t.Fatal(theme, err)
		}
		all := strings.Join(texts(t, svg), "\n")
		for _, want := range []string{p.Title, p.Sub, p.Stamp, "12月", "2016年当月"} {
			if !strings.Contains(all, want) {
				t.Errorf("%s does not say %q", theme, want)
			}
		}
		if !bytes.Contains(svg, []byte(looks[theme].surface)) {
			t.Errorf("%s is not drawn on its surface", theme)
		}
	}
	if len(r.idle) != 1 {
		t.Errorf("%d interpreters are warm, want 1", len(r.idle))
	}
}

func TestASmallPictureIsALargerOneMadeSmaller(t *testing.T) {
	testkit.Unraced(t)
	p := picture(t, TaxMonths(zh, taxAnswer()))
	p.Width, p.Height = 200, 150
	svg, err := testRenderer(1).SVG(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if head := string(svg[:300]); !strings.Contains(head, ` width="200" height="150" `) || !strings.Contains(head, `viewBox="0 0 520 390"`) {
		t.Error(head)
	}
}

func TestTextInAPictureIsText(t *testing.T) {
	testkit.Unraced(t)
	const evil = `"><script>alert(1)</script><image href="http://example.org/x"/>&amp;'`
	p := picture(t, TaxShares(zh, []analytics.TaxShare{{Name: "楼" + evil, TaxYuan: ledger.Int(10_000)}}, 5))
	p.Title, p.Sub, p.Stamp, p.Width = evil, evil, evil, 2400
	o := strings.Replace(string(p.Option), `"width":110`, `"width":1500`, 1)
	p.Option = []byte(o)
	svg, err := testRenderer(1).SVG(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"<script", "<image", "<foreignObject", "<a ", "<style", "@import", "url(http"} {
		if bytes.Contains(svg, []byte(never)) {
			t.Errorf("the picture holds %s", never)
		}
	}
	found := 0
	for _, one := range texts(t, svg) {
		if strings.Contains(one, evil) {
			found++
		}
	}
	if found < 5 { // title twice, sub, stamp twice, and the name on the axis
		t.Errorf("the text came through as it is %d times:\n%s", found, svg)
	}
}

func TestTheOptionIsDrawnAsItIs(t *testing.T) {
	testkit.Unraced(t)
	p := picture(t, TaxYear(zh, taxAnswer()))
	before := string(p.Option)
	r := testRenderer(1)
	if _, err := r.SVG(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if string(p.Option) != before {
		t.Error("drawing changed the option")
	}
	other := p
	other.Option = []byte(strings.Replace(before, "3140.0001", "9140", 1))
	if bytes.Equal(other.Option, p.Option) {
		t.Fatal("the sample has other figures")
	}
	one, err1 := r.SVG(t.Context(), p)
	two, err2 := r.SVG(t.Context(), other)
	if err1 != nil || err2 != nil || bytes.Equal(one, two) {
		t.Error("another figure gives the same picture", err1, err2)
	}
}

func TestMoreThanThePoolWaitsAndIsDrawn(t *testing.T) {
	r := testRenderer(2)
	p := picture(t, TaxMonths(zh, taxAnswer()))
	var all sync.WaitGroup
	for n := range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			one := p
			one.Title = fmt.Sprintf("第%d张", n)
			svg, err := r.SVG(context.Background(), one)
			if err != nil || !bytes.Contains(svg, []byte(one.Title)) || bytes.Contains(svg, []byte(fmt.Sprintf("第%d张", n+1))) {
				t.Errorf("%d: %v", n, err)
			}
		}()
	}
	all.Wait()
	if n := len(r.idle); n < 1 || n > 2 {
		t.Errorf("%d interpreters were made for 2 places", n)
	}
}

func TestWhoeverWaitsTooLongIsTold(t *testing.T) {
	r := testRenderer(1)
	r.places <- struct{}{}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	_, err := r.SVG(ctx, picture(t, TaxMonths(zh, taxAnswer())))
	if !errors.Is(err, ErrUnavailable) || !strings.Contains(ledger.AsError(err).Message.In(text.Zh), "稍后再试") {
		t.Error(err)
	}
}

// An option is data and ends by itself; one of 300,000 points takes longer than anybody waits.
func TestAChartThatDoesNotEndIsStopped(t *testing.T) {
	r := testRenderer(1)
	p := picture(t, TaxMonths(zh, taxAnswer()))
	if _, err := r.SVG(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	endless := p
	endless.Option = []byte(`{"xAxis":[{"type":"value"}],"yAxis":[{"type":"value"}],"grid":{},"legend":{},"series":[{"type":"line","data":[` +
		strings.Repeat("[1,2],", 80_000) + `[1,2]]}]}`)
	r.limit = 300 * time.Millisecond
	_, err := r.SVG(t.Context(), endless)
	if !errors.Is(err, ErrUnavailable) || !strings.Contains(ledger.AsError(err).Message.In(text.Zh), "没有画完") {
		t.Fatal(err)
	}
	if len(r.idle) != 0 {
		t.Error("the interpreter that was stopped is used again")
	}
	r.limit = renderLimit
	if _, err := r.SVG(t.Context(), p); err != nil {
		t.Error("after a stop nothing is drawn any more:", err)
	}
}

func TestAFailedChartGivesItsInterpreterUp(t *testing.T) {
	r := testRenderer(1)
	p := picture(t, TaxMonths(zh, taxAnswer()))
	bad := p
	bad.Option = []byte(`{"legend":{},"series":7}`)
	if _, err := r.SVG(t.Context(), bad); err == nil || errors.Is(err, ErrUnavailable) || len(r.idle) != 0 {
		t.Error(err, len(r.idle))
	}
	if _, err := r.SVG(t.Context(), p); err != nil {
		t.Error(err)
	}
}

func TestTextIsMeasuredAsItIsDrawn(t *testing.T) {
	for _, one := range []struct {
		text, font string
		want       float64
	}{
		{"航海东路", "12px sans-serif", 48},
		{"2016", "10px 'PingFang SC',sans-serif", 4 * 5.56},
		{"1月", "normal 20px sans-serif", 20*0.556 + 20},
		{"Tax", "bold 100px sans-serif", (61.1 + 55.6 + 50) * boldness},
		{"（月报）", "", 4 * usualSize},
		{"", "12px sans-serif", 0},
	} {
		if got := textWidth(one.text, one.font); got < one.want-0.01 || got > one.want+0.01 {
			t.Errorf("%q in %q is %v wide, want %v", one.text, one.font, got, one.want)
		}
	}
}

// The legend's entries stand one after another: the second begins after the first's words, measured, have ended.
func TestNamesInALegendDoNotOverlap(t *testing.T) {
	testkit.Unraced(t)
	p := picture(t, TaxMonths(zh, taxAnswer()))
	svg, err := testRenderer(1).SVG(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	first, second := legendAt(t, svg, "2015年当月"), legendAt(t, svg, "2016年当月")
	if gap := second - first - textWidth("2015年当月", "12.5px sans-serif"); gap < 14 || gap > 60 {
		t.Errorf("%v pixels between the first name's end and the second's beginning: %v, %v", gap, first, second)
	}
}

// legendAt gives where a name's group stands: ECharts moves each entry by a transform.
func legendAt(t *testing.T, svg []byte, name string) float64 {
	t.Helper()
	for _, line := range strings.Split(string(svg), "\n") {
		if !strings.HasPrefix(line, "<text") || !strings.Contains(line, ">"+name+"<") {
			continue
		}
		var x, y, at float64
		if _, after, ok := strings.Cut(line, `transform="translate(`); ok {
			_, _ = fmt.Sscanf(after, "%f %f)", &x, &y)
		}
		if _, after, ok := strings.Cut(line, ` x="`); ok {
			_, _ = fmt.Sscanf(after, "%f", &at)
		}
		return x + at
	}
	t.Fatalf("no name %s in %.400s", name, svg)
	return 0
}

// alone is a folder with one program of the machine; the test is skipped, aloud, where the machine has none of them.
func alone(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if at, err := exec.LookPath(name); err == nil {
			dir := t.TempDir()
			if err := os.Symlink(at, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
			return dir
		}
	}
	t.Skipf("none of %v on this machine", names)
	return ""
}

func TestPNGHasThePixelsAskedFor(t *testing.T) {
	testkit.Unraced(t)
	for program, names := range map[string][]string{"rsvg-convert": {"rsvg-convert"}, "Chromium": browsers} {
		t.Run(program, func(t *testing.T) {
			r := testRenderer(1)
			r.raster.path = alone(t, names...)
			p := picture(t, TaxMonths(zh, taxAnswer()))
			p.Width, p.Height = 700, 400
			body, err := r.PNG(t.Context(), p, 2)
			if err != nil {
				t.Fatal(err, errors.Unwrap(ledger.AsError(err)))
			}
			drawn, err := png.Decode(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if size := drawn.Bounds().Size(); size != image.Pt(1400, 800) {
				t.Error(size)
			}
			seen := map[[3]uint32]bool{}
			for y := 0; y < 800; y += 3 {
				for x := 0; x < 1400; x += 3 {
					r, g, b, _ := drawn.At(x, y).RGBA()
					seen[[3]uint32{r >> 8, g >> 8, b >> 8}] = true
				}
			}
			if !seen[[3]uint32{0xff, 0xff, 0xff}] || !seen[[3]uint32{0x1d, 0x5b, 0xb8}] || len(seen) < 10 {
				t.Errorf("%d colours are not those of the chart on white", len(seen))
			}
		})
	}
}

func TestWithoutAConverterThePersonIsToldWhatToInstall(t *testing.T) {
	r := testRenderer(1)
	r.raster.path = t.TempDir()
	_, err := r.PNG(t.Context(), picture(t, TaxMonths(zh, taxAnswer())), 2)
	if !errors.Is(err, ErrUnavailable) || !strings.Contains(ledger.AsError(err).Message.In(text.Zh), "librsvg2-bin") {
		t.Error(err)
	}
}

// A program of that name that does something else must not pass for a picture.
func TestWhatIsNoPictureIsRefused(t *testing.T) {
	testkit.Unraced(t)
	for name, script := range map[string]string{"nothing": "exit 0", "failure": "echo broken >&2; exit 3", "words": "echo hello"} {
		r := testRenderer(1)
		r.raster.path = t.TempDir()
		if err := os.WriteFile(filepath.Join(r.raster.path, "rsvg-convert"), []byte("#!/bin/sh\ncat >/dev/null\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
		if _, err := r.PNG(t.Context(), picture(t, TaxMonths(zh, taxAnswer())), 1); !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAPictureOfTooMuchIsRefused(t *testing.T) {
	p := picture(t, TaxMonths(zh, taxAnswer()))
	p.Option = append(p.Option, make([]byte, mostOption)...)
	var e *ledger.Error
	_, err := testRenderer(1).SVG(t.Context(), p)
	if !errors.As(err, &e) || e.Kind != ledger.Invalid || !strings.Contains(e.Message.In(text.Zh), "最多 512 KiB") {
		t.Error(err)
	}
}
