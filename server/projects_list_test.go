package server

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/internal/testkit"
)

// shownProjects is what the tests look at of the ledger's JSON.
type shownProjects struct {
	Totals struct{ analytics.Lights }
	Items  []struct {
		Project string
		Leaders []string
		Light   struct{ Color string }
		Stage   string
	}
}

func projectsOf(t *testing.T, a *app, words string) shownProjects {
	t.Helper()
	var ans shownProjects
	r := call(t, a, http.MethodGet, "/projects.json?asof=2016-06-30"+words, nil)
	if err := json.Unmarshal([]byte(r.Text), &ans); err != nil || r.StatusCode != http.StatusOK {
		t.Fatal(r.StatusCode, err)
	}
	return ans
}

func TestALongLedgerIsReadPageByPage(t *testing.T) {
	testkit.Unraced(t)
	a := testApp(t)
	testkit.Portfolio{Projects: 130, Nodes: 3, Weeks: 2, Actions: 1}.Load(t, a.ledger)
	all := projectsOf(t, a, "")
	lines := func(r reply) int {
		body, _, _ := strings.Cut(r.Text, `id="card-by_category"`)
		return strings.Count(body, `<th scope="row">`)
	}
	for _, c := range []struct {
		words       string
		rows        int
		said, links []string
	}{
		{"", 100, []string{"第 1–100 条，共 130 条"}, []string{"page=2"}},
		{"&page=2", 30, []string{"第 101–130 条，共 130 条"}, []string{`rel="prev"`}},
		{"&page=99", 30, []string{"第 101–130 条，共 130 条"}, nil},
		{"&page=x", 100, nil, nil},
		{"&leader=" + url.QueryEscape("领导03"), 11, []string{`<option value="领导03" selected>`, "清除筛选"}, nil},
		{"&text=" + url.QueryEscape("项目007"), 1, []string{"示例项目007号"}, nil},
		{"&text=none", 0, []string{"没有符合条件的条目"}, nil},
	} {
		page := call(t, a, http.MethodGet, "/projects?asof=2016-06-30"+c.words, nil)
		if got := lines(page); page.StatusCode != http.StatusOK || got != c.rows {
			t.Errorf("%q: %d rows, want %d (%d)", c.words, got, c.rows, page.StatusCode)
		}
		for _, part := range append(c.said, c.links...) {
			if !strings.Contains(page.Text, part) {
				t.Errorf("%q lacks %q", c.words, part)
			}
		}
		whole := projectsOf(t, a, c.words)
		csv := call(t, a, http.MethodGet, "/projects.csv?asof=2016-06-30"+c.words, nil)
		if want := len(whole.Items); strings.Count(csv.Text, "\n") != want+1 || strings.Contains(c.words, "page=") && want != 130 {
			t.Errorf("%q: the files hold %d of %d", c.words, strings.Count(csv.Text, "\n")-1, want)
		}
	}
	rank := map[string]int{"red": 0, "yellow": 1, "grey": 2, "green": 3}
	for i := 1; i < len(all.Items); i++ {
		if rank[all.Items[i-1].Light.Color] > rank[all.Items[i].Light.Color] {
			t.Fatalf("%s stands before %s", all.Items[i-1].Light.Color, all.Items[i].Light.Color)
		}
	}
	counts := map[string]int{"red": all.Totals.Red, "yellow": all.Totals.Yellow, "green": all.Totals.Green, "grey": all.Totals.Grey}
	sum := 0
	for color, want := range counts {
		if got := projectsOf(t, a, "&light="+color); len(got.Items) != want {
			t.Errorf("%s: %d, want %d", color, len(got.Items), want)
		}
		sum += want
	}
	if sum != 130 {
		t.Errorf("the lights add up to %d", sum)
	}
	if bad := call(t, a, http.MethodGet, "/projects?light=blue", nil); bad.StatusCode != http.StatusBadRequest {
		t.Errorf("a light that does not exist: %d", bad.StatusCode)
	}
	header := call(t, a, http.MethodGet, "/projects?stage="+url.QueryEscape("建设中")+"&light=red", nil).Text
	for _, part := range []string{`<input type="hidden" name="stage" value="建设中">`, `<input type="hidden" name="light" value="red">`, "/projects.csv?light=red&amp;stage="} {
		if !strings.Contains(header, part) {
			t.Errorf("the header loses %s", part)
		}
	}
}
