package server

import (
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

const farArea = "河东街道"

// areaRecord opens an empty record of a sub-district that may hold others too.
func areaRecord(t *testing.T, own string, others ...string) *ledger.Ledger {
	t.Helper()
	l, err := ledger.New(t.Context(), testkit.Empty(t), ledger.Options{Area: own, Areas: others, Now: func() time.Time { return testkit.Now }})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// bring imports samples into a sub-district by the command line.
func bring(t *testing.T, l *ledger.Ledger, area string, samples ...string) {
	t.Helper()
	for _, name := range samples {
		if code, out, errs := runCommand(l, "import", testkit.Sample(name), "--good-rows", "--area", area); code != exitDone && code != exitRefused || errs != "" {
			t.Fatal(name, code, out, errs)
		}
	}
}

// Both sub-districts have projects, companies, buildings and villages of the same names; what is said of them differs.
var (
	nearSamples = []string{"项目台账.xlsx", "进度周报-第3周.xlsx", "进度周报-第4周.xlsx", "税收2015.xlsx", "税收2016年1-5月.xlsx", "安置房交付.xlsx", "招商项目.csv",
		"楼宇与入驻企业.xlsx", "经济指标.xlsx", "倒排工期.xlsx", "督办事项.xlsx", "分包安排.xlsx", "走访记录.csv", "问题台账.xlsx", "计划基线.csv", "征迁进度.xlsx"}
	farSamples = []string{"楼宇与入驻企业.xlsx", "进度周报-第1周.xlsx", "项目台账.xlsx", "税收2014.xlsx", "税收2016年1-5月.xlsx", "安置房交付.xlsx", "例会台账.csv",
		"会议纪要.csv", "督办事项.xlsx", "倒排工期.xlsx", "到位资金2016年1-5月.xlsx", "状态灯人工调整.csv", "进度周报-第2周.xlsx", "工作日历2016.xlsx"}
)

// unstamped takes out of an answer what names a place in the record: stamps, numbers of batches, versions and record times.
func unstamped(t *testing.T, text string) string {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v: %.200s", err, text)
	}
	var strip func(v any) any
	strip = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			for _, key := range []string{"stamp", "version", "batch", "at", "committed_at", "undone_at", "declared"} {
				delete(v, key)
			}
			for key, one := range v {
				if list, ok := one.([]any); ok && key == "batches" && len(list) > 0 && reflect.TypeOf(list[0]).Kind() == reflect.Float64 {
					delete(v, key)
					continue
				}
				v[key] = strip(one)
			}
		case []any:
			for i := range v {
				v[i] = strip(v[i])
			}
		}
		return v
	}
	said, err := json.Marshal(strip(v))
	if err != nil {
		t.Fatal(err)
	}
	return string(said)
}

// inArea adds a sub-district to an address.
func inArea(path, area string) string { return carried(path, area) }

// TestAreasStandApart holds a record of two sub-districts against two records of one each, over every page and further addresses.
func TestAreasStandApart(t *testing.T) {
	testkit.Unraced(t)
	own := "本街道"
	both, near, far := areaRecord(t, own, farArea), areaRecord(t, own), areaRecord(t, farArea)
	for i := range max(len(nearSamples), len(farSamples)) {
		if i < len(farSamples) {
			bring(t, both, farArea, farSamples[i])
			bring(t, far, farArea, farSamples[i])
		}
		if i < len(nearSamples) {
			bring(t, both, own, nearSamples[i])
			bring(t, near, own, nearSamples[i])
		}
	}
	two := appOver(t, both)
	for _, c := range []struct {
		area  string
		alone *app
	}{{own, appOver(t, near)}, {farArea, appOver(t, far)}} {
		asked := ""
		if c.area != own {
			asked = c.area
		}
		paths := pagePaths(t, c.alone)
		for i, path := range append(paths, "/source?dataset=projects", "/source?dataset=tax&period=2016-05-01", "/changes?dataset=progress&from=2016-06-10&to=2016-06-24",
			"/changes?from=2016-06-01&to=2016-06-30&dataset=resettlement", "/?asof=2016-06-20", "/tax?year=2015", "/meeting?asof=2016-06-27", "/imports") {
			if testing.Short() && (i%2 == 0) == (asked == "") && path != "/" {
				continue // each page in one of the two areas, in both of them in make soak
			}
			bareWords, words, _ := strings.Cut(path, "?")
			if bareWords == "/" {
				bareWords = "/index"
			}
			data := strings.TrimSuffix(bareWords+".json?"+words, "?")
			got, want := call(t, two, http.MethodGet, inArea(data, asked), nil), call(t, c.alone, http.MethodGet, data, nil)
			if got.StatusCode != want.StatusCode || want.StatusCode != http.StatusOK {
				t.Fatalf("%s %s: %d, alone %d: %.300s", c.area, data, got.StatusCode, want.StatusCode, got.Text)
			}
			if g, w := unstamped(t, got.Text), unstamped(t, want.Text); g != w {
				t.Errorf("%s %s differs from the record of one area:\n%s", c.area, data, firstDifference(g, w))
			}
			if asked == "" && path != "/" {
				continue // what a page of the deployment's own area looks like is held by other tests
			}
			page := call(t, two, http.MethodGet, inArea(path, asked), nil)
			checkPage(t, page, "zh")
			if !strings.Contains(page.Text, `<option value="`+c.area+`" selected>`) && path != "/screen" {
				t.Errorf("%s %s: the header does not offer the areas", c.area, path)
			}
			if asked != "" {
				checkAddresses(t, path, page.Text, asked)
			}
		}
		for _, args := range [][]string{{"report", "tax", "--json"}, {"report", "cockpit", "--json", "--asof", "2016-06-20"}, {"export", "tax"}, {"export", "projects", "--csv"}} {
			_, got, _ := runCommand(both, append(args, "--area", c.area)...)
			_, want, _ := runCommand(c.alone.ledger, args...)
			if slices.Contains(args, "--json") {
				got, want = unstamped(t, got), unstamped(t, want)
			}
			if got != want || want == "" {
				t.Errorf("%v of %s:\n%s", args, c.area, firstDifference(got, want))
			}
		}
	}
}

func firstDifference(got, want string) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	from := max(0, i-200)
	return "got  " + got[from:min(len(got), i+200)] + "\nwant " + want[from:min(len(want), i+200)]
}

var (
	linkIn = regexp.MustCompile(`\s(?:href|action|formaction|data-json|data-jobs|data-events)="(/[^"]*)"`)
	formIn = regexp.MustCompile(`(?s)<form[^>]*method="get".*?</form>`)
)

// checkAddresses holds that whatever a page leads to is of the same sub-district.
func checkAddresses(t *testing.T, path, page, area string) {
	t.Helper()
	for _, found := range linkIn.FindAllStringSubmatch(page, -1) {
		to := strings.ReplaceAll(found[1], "&amp;", "&")
		if strings.HasPrefix(to, "/assets/") {
			continue
		}
		bare, _, _ := strings.Cut(to, "#")
		if u, err := url.Parse(bare); err != nil || u.Query().Get(areaWord) != area {
			t.Errorf("%s leads out of the area: %s", path, to)
			return
		}
	}
	for _, form := range formIn.FindAllString(page, -1) {
		if !strings.Contains(form, `name="area"`) {
			t.Errorf("%s asks out of the area: %.200s", path, form)
		}
	}
}

// TestImportsGoIntoTheChosenArea uploads, previews, commits, types and undoes in one sub-district: every page of the other stays
// as it was, byte for byte.
func TestImportsGoIntoTheChosenArea(t *testing.T) {
	testkit.Unraced(t)
	const own = "本街道"
	a := appOver(t, areaRecord(t, own, farArea))
	bring(t, a.ledger, own, "项目台账.xlsx", "进度周报-第4周.xlsx", "税收2016年1-5月.xlsx", "楼宇与入驻企业.xlsx", "安置房交付.xlsx")
	paths := pagePaths(t, a)
	look := func() map[string]string {
		seen := map[string]string{}
		for _, path := range append(slices.Clone(paths), "/source?dataset=projects", "/imports") {
			bare, words, _ := strings.Cut(path, "?")
			if bare == "/" {
				bare = "/index"
			}
			seen[path] = unstamped(t, call(t, a, http.MethodGet, bare+".json?"+words, nil).Text)
		}
		return seen
	}
	before := look()
	same := func(when string) {
		t.Helper()
		for path, now := range look() {
			if now != before[path] {
				t.Errorf("%s: %s of the other area moved:\n%s", when, path, firstDifference(now, before[path]))
			}
		}
	}
	content := []byte("项目名称,项目类型,分包领导,责任科室,计划开工,计划竣工\n甲项目,商业,张三,城建科,2016-01-01,2017-01-01\n齐礼闫村城中村改造,城中村改造,李四,城建科,2016-01-01,2017-01-01\n")
	uploaded := sendTo(t, a, inArea("/imports", farArea), map[string][]byte{"外.csv": content})
	if uploaded.StatusCode != http.StatusSeeOther || !strings.Contains(uploaded.Header.Get("Location"), areaWord+"="+url.QueryEscape(farArea)) {
		t.Fatal(uploaded.StatusCode, uploaded.Header)
	}
	preview := call(t, a, http.MethodGet, uploaded.Header.Get("Location"), nil)
	if preview.StatusCode != http.StatusOK || !strings.Contains(preview.Text, "写入"+farArea) {
		t.Errorf("the preview does not say where the file goes: %d %.300s", preview.StatusCode, preview.Text)
	}
	checkAddresses(t, "preview", preview.Text, farArea)
	hash := regexp.MustCompile(`/imports/preview/([0-9a-f]{64})`).FindStringSubmatch(uploaded.Header.Get("Location"))[1]
	done := fill(t, a, inArea("/imports/commit", farArea), url.Values{"hash": {hash}})
	batch := done.Header.Get("Location")
	if done.StatusCode != http.StatusSeeOther || !regexp.MustCompile(`^/imports/\d+\?`).MatchString(batch) {
		t.Fatal(done.StatusCode, batch, done.Text)
	}
	if far := call(t, a, http.MethodGet, inArea("/projects.json", farArea), nil).Text; strings.Count(far, `"project":`) < 2 || !strings.Contains(far, "甲项目") {
		t.Errorf("the import is not there: %.300s", far)
	}
	bare, _, _ := strings.Cut(batch, "?")
	if other := call(t, a, http.MethodGet, bare, nil); other.StatusCode != http.StatusNotFound || !strings.Contains(other.Text, farArea) {
		t.Errorf("a batch of another area: %d", other.StatusCode)
	}
	typed := fill(t, a, inArea("/records/projects", farArea), url.Values{"f.project": {"乙项目"}, "f.category": {"商业"}, "by": {"王五"}, "day": {"2016-06-30"}, "version": {"0"}})
	if typed.StatusCode >= 400 {
		t.Errorf("typing into the area: %d %.400s", typed.StatusCode, typed.Text)
	}
	same("after an import and a form")
	if undone := fill(t, a, inArea(bare+"/undo", farArea), url.Values{"reason": {"错"}}); undone.StatusCode != http.StatusSeeOther {
		t.Errorf("undo: %d %.300s", undone.StatusCode, undone.Text)
	}
	same("after an undo")
	if far := call(t, a, http.MethodGet, inArea("/projects.json", farArea), nil).Text; strings.Contains(far, "甲项目") || !strings.Contains(far, "乙项目") {
		t.Errorf("after the undo only what was typed stands: %.300s", far)
	}
	for _, path := range []string{"/?area=没有", "/tax.json?area=没有"} {
		path = strings.Replace(path, "没有", url.QueryEscape("没有"), 1)
		if answer := call(t, a, http.MethodGet, path, nil); answer.StatusCode != http.StatusNotFound || !strings.Contains(answer.Text, farArea) {
			t.Errorf("%s: %d %.200s", path, answer.StatusCode, answer.Text)
		}
	}
	if code, _, errs := runCommand(a.ledger, "import", testkit.Sample("税收2015.xlsx"), "--area", "河冬街道"); code != exitWrong || !strings.Contains(errs, farArea) {
		t.Error(code, errs)
	}
}

// TestTheRollUpPage looks at /areas over two sub-districts, and at what leads to it.
func TestTheRollUpPage(t *testing.T) {
	testkit.Unraced(t)
	const own = "本街道"
	a := appOver(t, areaRecord(t, own, farArea))
	bring(t, a.ledger, own, "税收2016年1-5月.xlsx", "项目台账.xlsx")
	bring(t, a.ledger, farArea, "税收2015.xlsx", "税收2014.xlsx")
	for _, lang := range []string{"zh", "en"} {
		page := call(t, a, http.MethodGet, "/areas?by=growth&lang="+lang, nil)
		checkPage(t, page, lang)
		for _, part := range []string{`href="/?area=` + url.QueryEscape(farArea), `href="/?area=` + url.QueryEscape(own), `aria-sort="other"`, `href="/areas"`} {
			if !strings.Contains(page.Text, part) {
				t.Errorf("%s: %s is missing", lang, part)
			}
		}
	}
	for _, at := range []string{"/areas.json", "/areas.csv?by=alerts"} {
		if answer := call(t, a, http.MethodGet, at, nil); answer.StatusCode != http.StatusOK || !strings.Contains(answer.Text, farArea) {
			t.Errorf("%s: %d %.200s", at, answer.StatusCode, answer.Text)
		}
	}
	if answer := call(t, a, http.MethodGet, "/areas?by=nonsense", nil); answer.StatusCode != http.StatusBadRequest {
		t.Error(answer.StatusCode)
	}
	if code, out, errs := runCommand(a.ledger, "report", "areas"); code != exitDone || !strings.Contains(out, farArea) {
		t.Error(code, out, errs)
	}
	// A new import moves the kept answer.
	before := call(t, a, http.MethodGet, "/areas.json", nil).Text
	bring(t, a.ledger, farArea, "税收2016年1-5月.xlsx")
	if call(t, a, http.MethodGet, "/areas.json", nil).Text == before {
		t.Error("the roll-up stays as it was after an import")
	}
	alone := testApp(t)
	if page := call(t, alone, http.MethodGet, "/", nil); strings.Contains(page.Text, `href="/areas`) || strings.Contains(page.Text, `name="area"`) {
		t.Error("an office of one area is offered others")
	}
}
