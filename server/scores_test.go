package server

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/internal/testkit"
)

func scoresApp(t *testing.T) *app {
	t.Helper()
	return sampleApp(t, "网格考核2016.xlsx")
}

func drawNow(t *testing.T, a *app, name string) analytics.DrawAnswer {
	t.Helper()
	return answerAt[analytics.DrawAnswer](t, a, drawPath(name)+".json")
}

// TestADrawIsMadeOnceADayAndRepeated draws by the button, repeats it, and finds every other list refused.
func TestADrawIsMadeOnceADayAndRepeated(t *testing.T) {
	testkit.Unraced(t)
	a := scoresApp(t)
	if page := call(t, a, http.MethodGet, "/scores", nil).Text; strings.Count(page, `action="/scores/draw"`) != 2 {
		t.Error("the buttons are missing")
	}
	r := must(t, a, "/scores/draw", form("kind", "网格", "count", "6"))
	name := monday + "-grid"
	if r.Header.Get("Location") != drawPath(name) {
		t.Fatal(r.Header.Get("Location"))
	}
	d := drawNow(t, a, name)
	again, err := analytics.DrawLots(d.Seed, d.Names, 6)
	if err != nil || !slices.Equal(again, d.Result) || !d.Proven || len(d.Names) != 83 || d.ListDigest != analytics.ListDigest(d.Names) || d.By != "王主任" {
		t.Fatalf("%+v %v", d, err)
	}
	repeat := drawPath(name) + "/repeat"
	if r := postForm(t, a, repeat, url.Values{}); r.StatusCode != http.StatusOK || !strings.Contains(r.Text, "结果完全一致") {
		t.Errorf("%d %s", r.StatusCode, saysOf(r.Text))
	}
	shuffled := slices.Clone(d.Names)
	slices.Reverse(shuffled)
	if r := postForm(t, a, repeat, url.Values{"names": {strings.Join(shuffled, "\r\n")}}); r.StatusCode != http.StatusOK || !strings.Contains(r.Text, "结果完全一致") {
		t.Errorf("the same list in another order: %d %s", r.StatusCode, saysOf(r.Text))
	}
	other := append(slices.Clone(d.Names[1:]), "多出的网格")
	r = postForm(t, a, repeat, url.Values{"names": {strings.Join(other, "\n")}})
	if r.StatusCode != http.StatusConflict || !strings.Contains(r.Text, "少了 "+d.Names[0]) || !strings.Contains(r.Text, "多了 多出的网格") {
		t.Errorf("another list: %d %s", r.StatusCode, saysOf(r.Text))
	}
	for said, words := range map[string]url.Values{"每天每类只抽一次": form("kind", "网格", "count", "6"), "没有“车辆”这类": form("kind", "车辆", "count", "1"), "名单有 49 个": form("kind", "人员", "count", "50"), "至少抽 1 个": form("kind", "人员", "count", "0")} {
		if r := postForm(t, a, "/scores/draw", words); r.StatusCode < 400 || r.StatusCode > 499 || !strings.Contains(r.Text, said) {
			t.Errorf("%v: %d %s", words, r.StatusCode, saysOf(r.Text))
		}
	}
	if d := drawNow(t, a, name); !slices.Equal(d.Result, again) {
		t.Error("the draw was changed")
	}
	if r := postForm(t, a, "/scores/draw?asof="+monday, form("kind", "人员", "count", "1")); r.StatusCode != http.StatusForbidden {
		t.Errorf("a draw under a chosen day: %d", r.StatusCode)
	}
}

// TestAScoreAboveItsMaximumIsRefused asks the form of a mark, and a draw by hand that says more than its list.
func TestAScoreAboveItsMaximumIsRefused(t *testing.T) {
	a := scoresApp(t)
	words := func(score string) url.Values {
		return form("key", "", "f.scored_on", "2016-06-27", "f.kind", "网格", "f.subject", "淮河05网格", "f.item", "市容秩序", "f.weight", "30", "f.max", "100", "f.score", score, "back", "/scores")
	}
	if r := postForm(t, a, "/records/scores", words("101")); r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(r.Text, "得分 101 高于满分") {
		t.Errorf("%d", r.StatusCode)
	}
	must(t, a, "/records/scores", words("100"))
	r := postForm(t, a, "/records/sanctions", form("key", "", "f.decided_on", monday, "f.person", "某", "f.measure", "约谈"))
	if r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(r.Text, "处理原因") {
		t.Errorf("a sanction without a reason: %d", r.StatusCode)
	}
}

func TestScoresAreShown(t *testing.T) {
	a := samplesApp(t)
	for path, said := range map[string][]string{
		"/scores?asof=2016-06-27":                 {"91.50", "参评 59 个，名单 83 个", "复核一致 36 / 36", "淮河05网格", "会议检查 4", "83.92", "全市第一"},
		"/scores?asof=2016-06-27&kind=人员&lang=en": {"Ranking of the month", "ranked: 31 of 49", "Published rank"},
		"/scores?asof=2016-06-27&month=2016-05":   {"2016-05"},
		"/scores?asof=2016-06-27&year=2015":       {"2015 年通报 6 次，进前十 5 次"},
		"/scores/draws/2016-06-27-grid":           {"sha256-lots-1", "sha256sum", "复核一致", "head -n 6"},
		"/scores/draws/2016-06-27-person?lang=en": {"Draw again", "proven"},
	} {
		r := call(t, a, http.MethodGet, path, nil)
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s: %d %s", path, r.StatusCode, saysOf(r.Text))
			continue
		}
		for _, s := range said {
			if !strings.Contains(r.Text, s) {
				t.Errorf("%s does not say %s", path, s)
			}
		}
	}
	for path, status := range map[string]int{"/scores?kind=车辆": 400, "/scores/draws/2016-06-26-grid": 404, "/scores?month=13": 400} {
		if r := call(t, a, http.MethodGet, path, nil); r.StatusCode != status {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
}
