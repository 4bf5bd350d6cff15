package server

import (
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

const jsonType = "Content-Type: application/json"

// postForm sends a form as a browser does.
func postForm(t *testing.T, a *app, path string, words url.Values, head ...string) reply {
	t.Helper()
	return call(t, a, http.MethodPost, path, strings.NewReader(words.Encode()), append(head, urlencoded)...)
}

// postJSON sends a form as a script does.
func postJSON(t *testing.T, a *app, path string, body map[string]any, into any) reply {
	t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	r := call(t, a, http.MethodPost, path, strings.NewReader(string(b)), jsonType)
	if into != nil {
		decode(t, r.Text, into)
	}
	return r
}

type savedReply struct {
	Saved    ledger.Saved     `json:"saved"`
	Problems []map[string]any `json:"problems"`
	Clash    *struct {
		Entries []struct {
			Reason string
			Stands struct{ Version string }
			Fields []ledger.ClashField
		}
	} `json:"clash"`
}

// withProject is a server whose record holds one project, saved by a form.
func withProject(t *testing.T) (*app, savedReply) {
	t.Helper()
	a := testApp(t)
	var first savedReply
	r := postJSON(t, a, "/records/projects.json", map[string]any{"by": "王科长", "comment": "立项", "day": "2016-06-20",
		"fields": map[string]any{"project": "甲项目", "stage": "建设中", "total_investment_yuan": "3亿", "percent": 30, "note": nil}}, &first)
	if r.StatusCode != http.StatusCreated || first.Saved.Batch == nil || first.Saved.Entries[0].Version != "1.0" {
		t.Fatal(r.StatusCode, r.Text)
	}
	return a, first
}

func TestAFormIsShownAndSaved(t *testing.T) {
	a, _ := withProject(t)
	fresh := call(t, a, http.MethodGet, "/records/progress/new?project="+url.QueryEscape("甲项目<b>")+"&back=/projects", nil)
	for _, part := range []string{`name="f.project" value="甲项目&lt;b&gt;"`, `name="f.report_date" value="2016-07-04"`, `<option value="甲项目">`, `name="back" value="/projects"`, `action="/records/progress"`} {
		if fresh.StatusCode != 200 || !strings.Contains(fresh.Text, part) {
			t.Errorf("an empty form lacks %q (%d)", part, fresh.StatusCode)
		}
	}
	edit := call(t, a, http.MethodGet, "/records/projects/edit?key="+url.QueryEscape("甲项目"), nil)
	for _, part := range []string{`name="version" value="1.0"`, `value="30000万元"`, "readonly", "网页填报，王科长"} {
		if edit.StatusCode != 200 || !strings.Contains(edit.Text, part) {
			t.Errorf("the form of a row lacks %q (%d)", part, edit.StatusCode)
		}
	}
	words := url.Values{"key": {"甲项目"}, "version": {"1.0"}, "by": {"李\u202e主任\n"}, "comment": {"核实"}, "day": {"2016-07-01"}, "back": {"/projects?x=1"},
		"f.project": {"甲项目"}, "f.total_investment_yuan": {"30000万元"}, "f.stage": {"已完工"}, "f.note": {""}}
	saved := postForm(t, a, "/records/projects", words)
	if saved.StatusCode != http.StatusSeeOther || saved.Header.Get("Location") != "/projects?x=1" {
		t.Fatal(saved.StatusCode, saved.Header.Get("Location"), saved.Text)
	}
	if cookie := saved.Header.Get("Set-Cookie"); !strings.HasPrefix(cookie, "who="+url.QueryEscape("李 主任")+";") || !strings.Contains(cookie, "HttpOnly") {
		t.Errorf("the name is remembered: %s", cookie)
	}
	b, err := a.ledger.Batch(t.Context(), 2)
	if err != nil || b.By != "李 主任" || b.Comment != "核实" || b.Kind != "form" || b.EffectiveFrom.Format("2006-01-02") != "2016-07-01" {
		t.Errorf("%+v %v", b, err)
	}
	var source lineage
	decode(t, call(t, a, http.MethodGet, "/source.json?dataset=projects&key="+url.QueryEscape("甲项目"), nil).Text, &source)
	if v := source.Versions[0]; v.Batch.ID != 2 || !v.Counts {
		t.Errorf("%+v", v)
	} else if stage, _ := v.Field("stage"); stage.Origin != nil || stage.Raw != "已完工" {
		t.Errorf("set by the form: %+v", stage)
	} else if total, _ := v.Field("total_investment_yuan"); total.Origin == nil || total.Origin.Batch != 1 || total.Origin.Raw != "3亿" || total.Origin.By != "王科长" {
		t.Errorf("carried on: %+v", total)
	}
	// Posted once more the same changes nothing.
	words.Set("version", "2.0")
	if again := postForm(t, a, "/records/projects", words); again.StatusCode != 200 || !strings.Contains(again.Text, "没有改动") {
		t.Errorf("%d %s", again.StatusCode, again.Text)
	}
	if shown := call(t, a, http.MethodGet, "/imports/2", nil); !strings.Contains(shown.Text, "核实") || !strings.Contains(shown.Text, "网页填报") {
		t.Error("the batch's page says nothing of the form")
	}
}

// TestAFormStandsInBothLanguages follows the switch of the language from the form of a row and from one that is filled already.
func TestAFormStandsInBothLanguages(t *testing.T) {
	a, _ := withProject(t)
	for _, address := range []string{"/records/projects/edit?key=" + url.QueryEscape("甲项目"), "/records/projects/new?note=abc"} {
		page := call(t, a, http.MethodGet, address, nil).Text
		to := regexp.MustCompile(`href="(/records/projects/[^"]*lang=en[^"]*)"`).FindStringSubmatch(page)
		if to == nil {
			t.Fatalf("%s leads to no English", address)
		}
		english := call(t, a, http.MethodGet, html.UnescapeString(to[1]), nil)
		if want := map[bool]string{true: "甲项目", false: "abc"}[strings.Contains(address, "key=")]; english.StatusCode != 200 || !strings.Contains(english.Text, want) || !strings.Contains(english.Text, `<html lang="en"`) {
			t.Errorf("%s: %d", to[1], english.StatusCode)
		}
	}
}

func TestAStaleFormGetsBothValues(t *testing.T) {
	a, _ := withProject(t)
	by := func(name, version string, fields map[string]any, into any) reply {
		return postJSON(t, a, "/records/projects.json", map[string]any{"key": "甲项目", "version": version, "by": name, "day": "2016-07-01", "fields": fields}, into)
	}
	if r := by("快", "1.0", map[string]any{"stage": "前期手续", "problem": "缺钢材"}, nil); r.StatusCode != 200 {
		t.Fatal(r.StatusCode, r.Text)
	}
	var stale savedReply
	r := by("慢", "1.0", map[string]any{"stage": "已完工", "percent": "40"}, &stale)
	if r.StatusCode != http.StatusConflict || stale.Clash == nil || stale.Clash.Entries[0].Reason != "changed" || stale.Clash.Entries[0].Stands.Version != "2.0" {
		t.Fatal(r.StatusCode, r.Text)
	}
	words := url.Values{"key": {"甲项目"}, "version": {"1.0"}, "by": {"慢"}, "day": {"2016-07-01"}, "f.stage": {"已完工"}, "f.percent": {"40"}, "f.problem": {""}}
	page := postForm(t, a, "/records/projects", words)
	for _, part := range []string{"建设中", "前期手续", "已完工", "快", `name="pick.stage" value="theirs"`, `name="version" value="2.0"`, `name="f.percent" value="40"`} {
		if page.StatusCode != http.StatusConflict || !strings.Contains(page.Text, part) {
			t.Errorf("the clash does not show %q (%d)", part, page.StatusCode)
		}
	}
	if strings.Contains(page.Text, `name="f.problem"`) || strings.Contains(page.Text, "pick.percent") {
		t.Error("what only one side changed is no choice")
	}
	chosen := url.Values{"key": {"甲项目"}, "version": {"2.0"}, "by": {"慢"}, "day": {"2016-07-01"}, "f.stage": {"已完工"}, "pick.stage": {"theirs"}, "f.percent": {"40"}, "back": {"/projects"}}
	if r := postForm(t, a, "/records/projects", chosen); r.StatusCode != http.StatusSeeOther {
		t.Fatal(r.StatusCode, r.Text)
	}
	s, err := a.ledger.RowOf(t.Context(), ledger.Projects, "3.0")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"stage": "前期手续", "percent": "40", "problem": "缺钢材"} {
		if f, _ := s.Field(name); f.Value != want {
			t.Errorf("%s = %q, want %q", name, f.Value, want)
		}
	}
}

func TestBadInputIsToldAtTheField(t *testing.T) {
	a, _ := withProject(t)
	words := url.Values{"by": {"王"}, "f.project": {"乙项目"}, "f.report_date": {"2016-07-09"}, "f.percent": {"120"}, "f.problem": {"雨<i>季"}}
	r := postForm(t, a, "/records/progress", words)
	for _, part := range []string{"甲项目", "120", "2016-07-09", "雨&lt;i&gt;季", `id="f-percent-said"`, `id="f-project-said"`, `id="f-report_date-said"`} {
		if r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(r.Text, part) {
			t.Errorf("the form lacks %q (%d)", part, r.StatusCode)
		}
	}
	var told savedReply
	r = postJSON(t, a, "/records/progress.json", map[string]any{"fields": map[string]any{"project": "乙项目", "report_date": "2016-07-04"}}, &told)
	if r.StatusCode != http.StatusUnprocessableEntity || len(told.Problems) != 1 || told.Problems[0]["field"] != "project" || told.Problems[0]["kind"] != "unknown_project" {
		t.Errorf("%d %s", r.StatusCode, r.Text)
	}
	if v, _ := a.ledger.Version(t.Context()); v != 1 {
		t.Error("something was stored")
	}
}

func TestWhatFormsRefuse(t *testing.T) {
	a, _ := withProject(t)
	key := url.QueryEscape("甲项目")
	for _, c := range []struct {
		method, path, body string
		want               int
	}{
		{"GET", "/records/projects/edit?key=" + key + "&asof=2016-06-20", "", 403},
		{"GET", "/records/projects/new?known=2016-07-01", "", 403},
		{"POST", "/records/projects?asof=2016-06-20", "f.project=x", 403},
		{"POST", "/records/projects/remove?known=2016-07-01", "key=" + key, 403},
		{"GET", "/records/nothing/new", "", 404},
		{"GET", "/records/projects/edit?key=x", "", 404},
		{"POST", "/records/projects", "f.nothing=x&f.project=x", 400},
		{"POST", "/records/projects", "version=abc&f.project=x", 400},
		{"POST", "/records/projects", "key=other&version=1.0&f.project=x", 400},
		{"POST", "/records/projects", "day=gestern&f.project=x", 400},
		{"POST", "/records/projects", "day=2016-07-05&f.project=x", 400},
		{"POST", "/records/projects/remove", "key=" + key + "&version=1.0", 400},
	} {
		r := call(t, a, c.method, c.path, strings.NewReader(c.body), urlencoded)
		if r.StatusCode != c.want {
			t.Errorf("%s %s %s: %d, want %d", c.method, c.path, c.body, r.StatusCode, c.want)
		}
	}
	if r := call(t, a, "POST", "/records/projects", strings.NewReader("f.project=x"), urlencoded, "Origin: http://elsewhere"); r.StatusCode != 403 {
		t.Errorf("another site's form: %d", r.StatusCode)
	}
	if r := call(t, a, "POST", "/records/projects.json", strings.NewReader("{"), jsonType); r.StatusCode != 400 {
		t.Errorf("broken JSON: %d", r.StatusCode)
	}
	for _, bad := range []string{"//evil.example", "https://evil.example", `/\evil`, "javascript:alert(1)", "projects"} {
		if backAddress(bad) != "" {
			t.Errorf("%s is no way back", bad)
		}
	}
}

func TestRemoveAndCorrectThePast(t *testing.T) {
	a, _ := withProject(t)
	r := postForm(t, a, "/records/projects", url.Values{"key": {"甲项目"}, "version": {"1.0"}, "day": {"2016-07-01"}, "f.stage": {"已完工"}, "back": {"/projects"}})
	if r.StatusCode != http.StatusSeeOther {
		t.Fatal(r.StatusCode, r.Text)
	}
	past := postForm(t, a, "/records/projects", url.Values{"key": {"甲项目"}, "version": {"1.0"}, "day": {"2016-06-25"}, "f.percent": {"33"}, "back": {"/projects"}})
	if past.StatusCode != 200 || !strings.Contains(past.Text, "2016-07-01 之前") {
		t.Errorf("a correction of the past says how far it counts: %d %s", past.StatusCode, past.Text)
	}
	gone := postForm(t, a, "/records/projects/remove", url.Values{"key": {"甲项目"}, "version": {"2.0"}, "day": {"2016-07-02"}, "comment": {"重复"}, "by": {"王"}})
	if gone.StatusCode != 200 || !strings.Contains(gone.Text, "已删除") {
		t.Errorf("%d %s", gone.StatusCode, gone.Text)
	}
	late := postForm(t, a, "/records/projects", url.Values{"key": {"甲项目"}, "version": {"2.0"}, "day": {"2016-07-03"}, "f.percent": {"90"}, "f.project": {"甲项目"}})
	if late.StatusCode != http.StatusConflict || !strings.Contains(late.Text, `name="version" value="0"`) || !strings.Contains(late.Text, `name="f.project"`) {
		t.Errorf("an edit of a removed row offers to save it anew: %d", late.StatusCode)
	}
}

// TestEveryDatasetHasAForm opens the form of every dataset and asks that what it shows first is declared.
func TestEveryDatasetHasAForm(t *testing.T) {
	testkit.Unraced(t)
	a := testApp(t)
	for _, d := range ledger.All {
		if r := call(t, a, http.MethodGet, "/records/"+d.Name+"/new", nil); r.StatusCode != 200 || !strings.Contains(r.Text, "f-"+d.Subject) {
			t.Errorf("%s: %d", d.Name, r.StatusCode)
		}
		if r := call(t, a, http.MethodGet, "/records/"+d.Name+"/new.json", nil); r.StatusCode != 200 {
			t.Errorf("%s: %d", d.Name, r.StatusCode)
		}
	}
	for _, s := range formSpecs {
		d, err := ledger.Find(s.dataset)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, name := range strings.Fields(s.fields) {
			if f, ok := d.Field(name); !ok || !f.Stored() || f.Hidden {
				t.Errorf("%s has no field %s", d.Name, name)
			}
		}
		for _, name := range d.RequiredInForms() {
			if !strings.Contains(" "+s.fields+" ", " "+name+" ") {
				t.Errorf("the form of %s hides %s, which it requires", d.Name, name)
			}
		}
	}
	if r := call(t, a, http.MethodGet, "/records", nil); r.StatusCode != 200 || strings.Count(r.Text, "/new\"") != len(ledger.All) {
		t.Errorf("the list of forms: %d", r.StatusCode)
	}
}

func TestChangesInThreeFormats(t *testing.T) {
	a, _ := withProject(t)
	postForm(t, a, "/records/projects", url.Values{"key": {"甲项目"}, "version": {"1.0"}, "day": {"2016-07-01"}, "by": {"李"}, "f.stage": {"已完工"}, "back": {"/"}})
	asked := "?dataset=projects&from=2016-06-24&to=2016-07-01"
	page := call(t, a, http.MethodGet, "/changes"+asked, nil)
	if page.StatusCode != 200 || !strings.Contains(page.Text, "<del>建设中</del> → <ins>") || !strings.Contains(page.Text, "已完工") || !strings.Contains(page.Text, "网页填报") {
		t.Errorf("%d %s", page.StatusCode, page.Text)
	}
	var ans struct {
		Counts  map[string]int
		Changes []ledger.Difference
		Late    []ledger.Difference
	}
	decode(t, call(t, a, http.MethodGet, "/changes.json"+asked, nil).Text, &ans)
	if ans.Counts["changed"] != 1 || len(ans.Changes) != 1 || ans.Changes[0].Fields[0].Was != "建设中" || ans.Changes[0].Fields[0].From.By != "李" || ans.Late != nil {
		t.Errorf("%+v", ans)
	}
	csv := call(t, a, http.MethodGet, "/changes.csv"+asked, nil)
	if !strings.Contains(csv.Text, "建设中,已完工") || !strings.Contains(csv.Header.Get("Content-Type"), "csv") {
		t.Error(csv.Text)
	}
	none := call(t, a, http.MethodGet, "/changes"+asked+"&project=x", nil)
	if none.StatusCode != 200 || !strings.Contains(none.Text, "没有变化") {
		t.Errorf("a filter nothing meets: %d", none.StatusCode)
	}
	// Learned late: the record at noon did not know what was saved for the same day afterwards.
	first, err := a.ledger.Batch(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	postForm(t, a, "/records/projects", url.Values{"key": {"甲项目"}, "version": {"1.0"}, "day": {"2016-06-24"}, "by": {"赵"}, "f.percent": {"33"}, "back": {"/"}})
	decode(t, call(t, a, http.MethodGet, "/changes.json"+asked+"&known_from="+url.QueryEscape(first.CommittedAt.Format("2006-01-02T15:04:05.000Z07:00")), nil).Text, &ans)
	if len(ans.Late) != 1 || ans.Late[0].Fields[0].Now != "33" || ans.Late[0].Source.By != "赵" {
		t.Errorf("learned late: %+v", ans.Late)
	}
	for _, bad := range []string{"?dataset=x", "?from=x", "?to=x", "?known_from=x"} {
		if r := call(t, a, http.MethodGet, "/changes"+bad, nil); r.StatusCode != 400 && r.StatusCode != 404 {
			t.Errorf("%s: %d", bad, r.StatusCode)
		}
	}
}
