package server

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"taizhang/internal/testkit"
)

// TestAPatrolIsEnteredOnATelephone walks the whole way in a browser of 390 pixels: entered with a photo, handed over, mended with another
// one, checked, found in the list and in an export, and its notice printed.
func TestAPatrolIsEnteredOnATelephone(t *testing.T) {
	testkit.Unraced(t)
	ctx := browser(t)
	a := patrolApp(t)
	importInto(t, a, "网格巡查记录2016年6月.xlsx")
	at := serving(t, a)
	var complained complaints
	complained.listen(ctx)
	for _, path := range []string{"/patrols?asof=2016-06-27&lang=zh", "/patrols?asof=2016-06-27&lang=en", "/patrols?asof=2016-06-27&lang=zh&theme=dark", "/patrols/new?lang=en", "/patrols/new?lang=zh"} {
		for _, screen := range screens {
			if p := open(t, ctx, at+path, screen); p.Scroll > p.Width || len(p.Clipped) > 0 || p.Charts != p.Started || len(p.Wide) > 0 {
				t.Errorf("%s at %d: %+v", path, screen.width, p)
			}
		}
	}
	dir := t.TempDir()
	before, after := filepath.Join(dir, "前.jpg"), filepath.Join(dir, "后.jpg")
	for path, shade := range map[string]uint8{before: 60, after: 220} {
		if err := os.WriteFile(path, shot(t, shade), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	open(t, ctx, at+"/patrols/new", phone)
	if evaluate[bool](t, ctx, `document.querySelector('.finding').offsetHeight > 0`) {
		t.Error("what was found is asked although nothing was found")
	}
	if small := evaluate[string](t, ctx, `[...document.querySelectorAll('.phone input:not([type=hidden]):not([type=radio]):not([type=file]), .phone button, .phone select, .either label')].filter(e => e.offsetHeight > 0 && e.offsetHeight < 44).map(e => e.outerHTML).join(' ')`); small != "" {
		t.Errorf("too small for a thumb: %s", small)
	}
	evaluate[bool](t, ctx, `(() => { document.querySelector('[name=found][value=yes]').click(); return true; })()`)
	attach(t, ctx, `.photobox input[multiple]`, before)
	if n := evaluate[int](t, ctx, `document.querySelectorAll('[data-preview] img').length`); n != 1 {
		t.Errorf("%d photos are previewed", n)
	}
	shotOf(t, ctx, "form")
	submit(t, ctx, `document.querySelector('form[data-patrol]')`, map[string]string{"grid": "淮河路烧烤街", "day": "2016-07-01", "time": "08:30", "issue_type": "餐饮油烟", "issue": "露天烧烤占道", "place": "淮河路与汉江路口",
		"addressee": "某烧烤店", "by": "何网格员"})
	if text := evaluate[string](t, ctx, `document.body.innerText`); !strings.Contains(text, "巡查〔2016〕0246号") || !strings.Contains(text, "待交办") {
		t.Fatalf("it was not entered: %.400s", text)
	}
	address := evaluate[string](t, ctx, `location.pathname`)
	submit(t, ctx, `document.querySelector('#move-patrol_hand form')`, map[string]string{"handed_to": "秦队员", "due": "2016-07-04", "by": "王副主任", "day": "2016-07-01"})
	attach(t, ctx, `#move-patrol_mend input[multiple]`, after)
	submit(t, ctx, `document.querySelector('#move-patrol_mend form')`, map[string]string{"measure": "已劝离", "by": "秦队员", "day": "2016-07-02"})
	submit(t, ctx, `document.querySelector('#move-patrol_pass form')`, map[string]string{"by": "王副主任", "day": "2016-07-03"})
	waitFor(t, ctx, `[...document.querySelectorAll('.pairof img')].every(i => i.complete)`)
	if shown := evaluate[string](t, ctx, `[document.querySelector('h2 .tag').innerText, ...[...document.querySelectorAll('.pairof img')].map(i => i.naturalWidth + '×' + i.naturalHeight)].join(' ')`); shown != "已核查 48×64 48×64" {
		t.Errorf("the pair stands as %q", shown)
	}
	if p := evaluate[laidOut](t, ctx, layout); p.Scroll > p.Width {
		t.Errorf("%d wide", p.Scroll)
	}
	shotOf(t, ctx, "one")
	open(t, ctx, at+"/patrols?lang=zh", phone)
	if text := evaluate[string](t, ctx, `document.querySelector('#card-patrol_pairs').innerText + document.querySelector('#card-patrol_list').innerText`); strings.Count(text, "已核查") < 2 {
		t.Errorf("it is not in the list: %.500s", text)
	}
	if csv := call(t, a, http.MethodGet, "/patrols.csv", nil).Text; !strings.Contains(csv, "巡查〔2016〕0246号,2016-07-01,08:30,淮河社区,淮河路烧烤街,餐饮油烟") {
		t.Error("it is not in the export")
	}
	open(t, ctx, at+"/meeting?date=2016-07-04&lang=zh", phone)
	if text := evaluate[string](t, ctx, `document.querySelector('#card-meeting_street').textContent`); !strings.Contains(text, "巡查〔2016〕0246号") || !strings.Contains(text, "秦队员 2016-07-02 整改：已劝离") {
		t.Errorf("it is not on the agenda of the meeting after it: %.800s", text)
	}
	open(t, ctx, at+address+"/notice?lang=zh", desk)
	waitFor(t, ctx, `[...document.querySelectorAll('.notice img')].every(i => i.complete && i.naturalWidth > 0)`)
	for _, want := range []string{"温馨告知书", "某烧烤店：", "2016年7月4日", "第八十一条", "淮河路烧烤街（淮河路与汉江路口）"} {
		if said := evaluate[string](t, ctx, `document.querySelector('.notice').innerText`); !strings.Contains(said, want) {
			t.Errorf("the notice does not say %q:\n%s", want, said)
		}
	}
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	keepPicture(t, "notice.pdf", pdf)
	if n := len(regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(pdf, -1)); n != 1 || !regexp.MustCompile(`/MediaBox\s*\[0 0 59[45][.\d]* 84[12]`).Match(pdf) {
		t.Errorf("the notice takes %d pages, or they are not of A4", n)
	}
	for _, complaint := range complained.take() {
		t.Error(complaint)
	}
}

// attach puts a file into a box of a form, as whoever chose it from the album.
func attach(t *testing.T, ctx context.Context, box, path string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.SetUploadFiles(box, []string{path})); err != nil {
		t.Fatal(err)
	}
}

// shotOf keeps a picture of what the browser shows, for whoever wants to look.
func shotOf(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if os.Getenv("PICTURES") == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	keepPicture(t, name+".png", png)
}

// keepPicture writes a file where PICTURES names a folder.
func keepPicture(t *testing.T, name string, content []byte) {
	t.Helper()
	if dir := os.Getenv("PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Error(err)
		}
	}
}
