package server

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v2"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

func importRows(t *testing.T, a *app, content string) {
	t.Helper()
	out, err := ingest.Import(t.Context(), a.ledger, "入驻企业.csv", []byte(content), ingest.Options{Now: testkit.Now})
	if err != nil || out.Status != ingest.Committed {
		t.Fatal(out, err)
	}
}

func TestAnswersAreKeptWhileTheRecordStands(t *testing.T) {
	a := testApp(t)
	importRows(t, a, tenantsBefore)
	first := call(t, a, http.MethodGet, "/buildings?year=2016", nil)
	tag := first.Header.Get("ETag")
	if tag == "" || first.Header.Get("Cache-Control") != "private, no-cache" || !strings.Contains(first.Header.Get("Vary"), "Cookie") {
		t.Fatal(first.Header)
	}
	again := call(t, a, http.MethodGet, "/buildings?year=2016", nil, "If-None-Match: \"x\", W/"+tag)
	if again.StatusCode != http.StatusNotModified || again.Text != "" || again.Header.Get("ETag") != tag {
		t.Errorf("%d %q %v", again.StatusCode, again.Text, again.Header)
	}
	if same := call(t, a, http.MethodGet, "/buildings?year=2016", nil); same.Text != first.Text || same.Header.Get("Content-Type") != first.Header.Get("Content-Type") {
		t.Error("the same address was answered differently")
	}
	// Another question, language or format is another answer.
	tags := map[string]string{tag: "/buildings?year=2016"}
	for _, other := range []string{"/buildings", "/buildings?asof=2016-06-01", "/buildings.json?year=2016", "/buildings.csv?year=2016", "/buildings?year=2016&lang=en", "/"} {
		r := call(t, a, http.MethodGet, other, nil, "If-None-Match: "+tag)
		if was, twice := tags[r.Header.Get("ETag")]; r.StatusCode != http.StatusOK || twice {
			t.Errorf("%s: %d, tag of %q", other, r.StatusCode, was)
		}
		tags[r.Header.Get("ETag")] = other
	}
	if english := call(t, a, http.MethodGet, "/buildings?year=2016", nil, "Cookie: lang=en"); !strings.Contains(english.Text, `lang="en"`) {
		t.Error("the language of the cookie was not kept apart")
	}
	if csv := call(t, a, http.MethodGet, "/buildings.csv?year=2016", nil); !strings.Contains(csv.Header.Get("Content-Disposition"), ".csv") {
		t.Error(csv.Header)
	}
	importRows(t, a, "楼宇名称,楼层,房号,企业名称,面积(㎡)\n三号楼,1,301,丁公司,700\n")
	after := call(t, a, http.MethodGet, "/buildings?year=2016", nil, "If-None-Match: "+tag)
	if after.StatusCode != http.StatusOK || !strings.Contains(after.Text, "三号楼") {
		t.Errorf("after an import: %d", after.StatusCode)
	}
}

func TestFailuresAreNotKept(t *testing.T) {
	a := testApp(t)
	for range 2 {
		r := call(t, a, http.MethodGet, "/tax?year=1", nil)
		if r.StatusCode != http.StatusBadRequest || r.Header.Get("ETag") != "" || r.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%d %v", r.StatusCode, r.Header)
		}
	}
}

// TestOneAskerWorksForAll has many ask for the same at once; a panic and a redirect reach each of them too.
func TestOneAskerWorksForAll(t *testing.T) {
	a := testApp(t)
	var mu sync.Mutex
	asked := map[string]int{}
	count := func(c *fiber.Ctx) {
		mu.Lock()
		defer mu.Unlock()
		asked[c.Path()]++
	}
	a.web.Get("/plain", a.keep(func(c *fiber.Ctx) error { count(c); return c.SendString("once") }))
	a.web.Get("/away", a.keep(func(c *fiber.Ctx) error { count(c); return c.Redirect("/", http.StatusSeeOther) }))
	a.web.Get("/broken", a.keep(func(c *fiber.Ctx) error { count(c); panic("broken") }))
	for path, status := range map[string]int{"/plain": http.StatusOK, "/away": http.StatusSeeOther, "/broken": http.StatusInternalServerError} {
		var all sync.WaitGroup
		for range 20 {
			all.Add(1)
			go func() {
				defer all.Done()
				if r := call(t, a, http.MethodGet, path, nil); r.StatusCode != status {
					t.Errorf("%s: %d", path, r.StatusCode)
				}
			}()
		}
		all.Wait()
	}
	if asked["/plain"] != 1 {
		t.Errorf("asked %d times for one answer", asked["/plain"])
	}
}

func TestKeptAnswersAreBounded(t *testing.T) {
	k := newAnswers()
	large := keptAnswer{body: make([]byte, keptBytes/2+1)}
	for _, key := range []string{"a", "b", "b", "c"} {
		k.put(1, key, large)
	}
	if _, found := k.get(1, "c"); !found || k.bytes > keptBytes || len(k.kept) != 1 {
		t.Errorf("%d answers, %d bytes", len(k.kept), k.bytes)
	}
	k.put(2, "d", large)
	k.put(1, "late", large)
	if _, found := k.get(2, "d"); !found || len(k.kept) != 1 {
		t.Errorf("%d answers at the newer version", len(k.kept))
	}
}

// TestTheOnlyWriterCountsOnce holds the remembered version against the counted one through loads, undos and a second reader.
func TestTheOnlyWriterCountsOnce(t *testing.T) {
	shared := testkit.Ledger(t)
	alone, err := ledger.New(t.Context(), shared.Conn(), ledger.Options{Now: shared.Now, Alone: true})
	if err != nil {
		t.Fatal(err)
	}
	agree := func(want uint64) {
		t.Helper()
		for range 2 {
			a, errA := alone.Version(t.Context())
			b, errB := shared.Version(t.Context())
			if a != want || b != want || errA != nil || errB != nil {
				t.Fatalf("%d, %d, want %d: %v %v", a, b, want, errA, errB)
			}
		}
	}
	agree(0)
	for i, content := range []string{tenantsBefore, tenantsAfter} {
		if _, err := ingest.Import(t.Context(), alone, "入驻企业.csv", []byte(content), ingest.Options{Now: testkit.Now}); err != nil {
			t.Fatal(err)
		}
		agree(uint64(i + 1))
	}
	if err := alone.Undo(t.Context(), 1, "张三", "错"); err != nil {
		t.Fatal(err)
	}
	agree(3)
}
