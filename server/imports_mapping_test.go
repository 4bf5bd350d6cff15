package server

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/ingest"
	"taizhang/internal/testkit"
)

// strangeSheet has headers nobody knows; its amounts are in 万元 without saying so, one is no figure.
const strangeSheet = "户头名,楼里,一月份入库,二月份入库\n甲公司,一号楼,1.2,2.5\n乙公司,二号楼,3,四五百\n"

// fill sends a form and gives the answer.
func fill(t *testing.T, a *app, target string, words url.Values, head ...string) reply {
	t.Helper()
	return call(t, a, http.MethodPost, target, strings.NewReader(words.Encode()), append(head, urlencoded)...)
}

// dropped uploads one file and gives the address of its preview.
func dropped(t *testing.T, a *app, name, content string) string {
	t.Helper()
	return send(t, a, map[string][]byte{name: []byte(content)}).Header.Get("Location")
}

func columnsForm() url.Values {
	return url.Values{"from": {"1"}, "as": {"tax"}, "header": {"1"}, "height": {"1"}, "was": {"tax 1 1"}, "year": {"2016"}, "anchor": {"columns-0"},
		"column_A": {"company"}, "column_B": {"building"}, "column_C": {"@value"}, "unit_C": {"万元"}, "column_D": {"@value"}, "unit_D": {"万元"}, "fixed_basis": {"全口径"}}
}

func TestAPersonMapsCorrectsAndCommits(t *testing.T) {
	a := testApp(t)
	at := dropped(t, a, "表.csv", strangeSheet)
	page := call(t, a, http.MethodGet, at, nil)
	for _, part := range []string{`id="columns-0"`, `data-origin="not_read"`, `<details open>`, "户头名", `name="as"`} {
		if !strings.Contains(page.Text, part) {
			t.Errorf("an unread sheet is not offered for mapping: %q is missing", part)
		}
	}
	answer := fill(t, a, at+"/mapping?mode=replace", columnsForm())
	if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != at+"?mode=replace#columns-0" {
		t.Fatal(answer.StatusCode, answer.Header.Get("Location"), answer.Text)
	}
	page = call(t, a, http.MethodGet, at, nil)
	for _, part := range []string{`data-origin="person"`, `<option value="company" selected>`, `<option value="万元" selected>`, `data-cell="D3"`, `value="四五百"`, `action="` + at + `/fix"`, "data-unmap"} {
		if !strings.Contains(page.Text, part) {
			t.Errorf("the mapped table does not show %q", part)
		}
	}
	if answer := fill(t, a, at+"/fix?severity=error", url.Values{"at_sheet": {""}, "cell": {"d3"}, "value": {" 4.5 "}}); answer.Header.Get("Location") != at+"?severity=error#fixes" {
		t.Fatal(answer.StatusCode, answer.Header.Get("Location"))
	}
	// Another choice, another page: what was done by hand stays.
	page = call(t, a, http.MethodGet, at+"?asof=2016-06-20&lang=en", nil)
	for _, part := range []string{`data-fixed="D3"`, "<del>四五百</del> → <ins>4.5</ins>", "data-unfix", `data-problem="corrected"`} {
		if !strings.Contains(page.Text, part) {
			t.Errorf("the correction is not listed: %q is missing", part)
		}
	}
	hash := strings.TrimPrefix(at, "/imports/preview/")
	if answer := fill(t, a, "/imports/commit", url.Values{"hash": {hash}}); answer.Header.Get("Location") != "/imports/1" {
		t.Fatal(answer.StatusCode, answer.Text)
	}
	if left, _ := filepath.Glob(filepath.Join(a.uploads.dir, "*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	for target, parts := range map[string][]string{
		"/imports/1": {`id="card-fixed"`, "四五百", "人工指定"},
		"/source?" + url.Values{"dataset": {"tax"}, "key": {"乙公司|2016-02-01|1||全口径"}}.Encode(): {"人工更正", "四五百", "45000", "人工指定"},
		"/source.csv?dataset=tax": {"人工更正"},
		"/imports":                {`id="mappings"`, "A 企业名称", "data-forget"},
	} {
		if page := call(t, a, http.MethodGet, target, nil); page.StatusCode != 200 {
			t.Errorf("%s: %d", target, page.StatusCode)
		} else {
			for _, part := range parts {
				if !strings.Contains(page.Text, part) {
					t.Errorf("%s does not show %q", target, part)
				}
			}
		}
	}
	if back := call(t, a, http.MethodGet, "/imports/1/marked", nil); back.StatusCode != 200 {
		t.Errorf("the file handed back: %d %s", back.StatusCode, back.Text)
	}
}

func TestTheNextFileSaysWhoseMappingReadsIt(t *testing.T) {
	a := testApp(t)
	at := dropped(t, a, "表.csv", strings.Replace(strangeSheet, "四五百", "4", 1))
	fill(t, a, at+"/mapping", columnsForm())
	fill(t, a, "/imports/commit", url.Values{"hash": {strings.TrimPrefix(at, "/imports/preview/")}})
	next := dropped(t, a, "又一张.csv", "户头名,楼里,一月份入库,二月份入库,三月份入库\n丙公司,一号楼,1,2,3\n")
	page := call(t, a, http.MethodGet, next, nil)
	if !strings.Contains(page.Text, `data-origin="remembered"`) || !strings.Contains(page.Text, "按 2016-07-04 "+person()+" 的对列方式读取。") || !strings.Contains(page.Text, "data-plain") {
		t.Error("the preview does not say that it reads as before")
	}
	fill(t, a, next+"/plain", url.Values{"plain": {"true"}})
	if page = call(t, a, http.MethodGet, next, nil); !strings.Contains(page.Text, `data-origin="not_read"`) || !strings.Contains(page.Text, "data-plain") {
		t.Error("it cannot be read without what is remembered, or not with it again")
	}
	fill(t, a, next+"/plain", url.Values{"plain": {"false"}})
	known, err := a.ledger.Mappings(t.Context())
	if err != nil || len(known) != 1 {
		t.Fatal(known, err)
	}
	if answer := fill(t, a, "/imports/mappings/forget", url.Values{"shape": {known[0].Shape}}); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("%d %s", answer.StatusCode, answer.Text)
	}
	if answer := fill(t, a, "/imports/mappings/forget", url.Values{"shape": {known[0].Shape}}); answer.StatusCode != http.StatusNotFound {
		t.Errorf("forgotten twice: %d", answer.StatusCode)
	}
	if page = call(t, a, http.MethodGet, next, nil); !strings.Contains(page.Text, `data-origin="not_read"`) {
		t.Error("a forgotten mapping is still used")
	}
}

func TestTheCommandUsesRememberedMappings(t *testing.T) {
	l := testkit.Ledger(t)
	a := testApp(t)
	a.ledger = l
	at := dropped(t, a, "表.csv", strings.Replace(strangeSheet, "四五百", "4", 1))
	fill(t, a, at+"/mapping", columnsForm())
	fill(t, a, "/imports/commit", url.Values{"hash": {strings.TrimPrefix(at, "/imports/preview/")}})
	path := filepath.Join(t.TempDir(), "三月.csv")
	if err := os.WriteFile(path, []byte("户头名,楼里,三月份入库,四月份入库\n丙公司,一号楼,1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := runCommand(l, "import", "--plain", path); code != 2 {
		t.Errorf("--plain: %d %s %s", code, out, errs)
	}
	code, out, errs := runCommand(l, "import", path)
	if code != 0 || !strings.Contains(out, "的对列方式读取") {
		t.Errorf("%d %s %s", code, out, errs)
	}
}

func TestAnotherDatasetProposesColumnsAnew(t *testing.T) {
	a := testApp(t)
	at := dropped(t, a, "表.csv", "项目名称,甲\n一,1\n二,2\n三,3\n")
	form := columnsForm()
	form.Set("as", "visits")
	if answer := fill(t, a, at+"/mapping", form, "Accept: application/json"); strings.Contains(answer.Text, "column") {
		t.Errorf("the columns of another dataset were kept: %s", answer.Text)
	}
	page := call(t, a, http.MethodGet, at, nil)
	if !strings.Contains(page.Text, `data-origin="unfit"`) || !strings.Contains(page.Text, "还缺必填的列") {
		t.Error("what is missing is not said")
	}
	fill(t, a, at+"/unmap", url.Values{"from": {"1"}})
	if page := call(t, a, http.MethodGet, at, nil); strings.Contains(page.Text, "data-unmap") {
		t.Error("the mapping was not taken back")
	}
}

func TestAMappingThatMeetsNothingCanBeTakenBack(t *testing.T) {
	a := testApp(t)
	at := dropped(t, a, "表.csv", strangeSheet)
	form := columnsForm()
	form.Set("at_sheet", "别的表")
	fill(t, a, at+"/mapping", form)
	if page := call(t, a, http.MethodGet, at, nil); !strings.Contains(page.Text, "对列没有用上") || !strings.Contains(page.Text, "data-unmap") {
		t.Error("a stray mapping is not shown, or cannot be taken back")
	}
	fill(t, a, at+"/unmap", url.Values{"at_sheet": {"别的表"}, "from": {"1"}})
	if page := call(t, a, http.MethodGet, at, nil); strings.Contains(page.Text, "对列没有用上") {
		t.Error("it is still there")
	}
}

func TestBadFormsAreRefusedCalmly(t *testing.T) {
	a := testApp(t)
	at := dropped(t, a, "表.csv", strangeSheet)
	header := columnsForm()
	header.Set("header", "二")
	for name, c := range map[string]struct {
		target string
		words  url.Values
		want   int
	}{
		"header":       {at + "/mapping", header, 400},
		"no such file": {"/imports/preview/ab/mapping", columnsForm(), 404},
		"traversal":    {"/imports/preview/..%2f..%2fx/fix", url.Values{"cell": {"A1"}}, 404},
		"cell":         {at + "/fix", url.Values{"cell": {"1A"}}, 400},
		"row nought":   {at + "/fix", url.Values{"cell": {"A0"}}, 400},
		"too long":     {at + "/fix", url.Values{"cell": {"A1"}, "value": {strings.Repeat("长", 2001)}}, 400},
	} {
		if answer := fill(t, a, c.target, c.words); answer.StatusCode != c.want {
			t.Errorf("%s: %d, want %d", name, answer.StatusCode, c.want)
		}
	}
	markup := columnsForm()
	markup.Set("column_A", `"><script>alert(1)</script>`)
	markup.Set("at_sheet", `<img src=x>`)
	fill(t, a, at+"/mapping", markup)
	fill(t, a, at+"/fix", url.Values{"cell": {"A2"}, "value": {`=cmd|<img src=x onerror=1>`}})
	if page := call(t, a, http.MethodGet, at, nil); page.StatusCode != 200 || strings.Contains(page.Text, "<script>alert(1)") || strings.Contains(page.Text, "<img src=x") {
		t.Errorf("%d: markup of a form stands in the page", page.StatusCode)
	}
}

func TestCorrectionsAreTakenBackOneByOne(t *testing.T) {
	a := testApp(t)
	at := dropped(t, a, "税收.csv", "企业名称,税种,税款所属期,税额(元)\n甲公司,增值税,2016年5月,许多\n")
	for _, value := range []string{"1", "2"} {
		fill(t, a, at+"/fix", url.Values{"cell": {"D2"}, "value": {value}})
	}
	fill(t, a, at+"/fix", url.Values{"cell": {"A2"}, "value": {"乙公司"}})
	h, err := a.uploads.hand(strings.TrimPrefix(at, "/imports/preview/"))
	if err != nil || len(h.Fixes) != 2 || h.Fixes[0].Value != "2" || h.Fixes[0].By != person() || !h.Fixes[0].At.Equal(testkit.Now) {
		t.Fatalf("%+v %v", h, err)
	}
	var seen preview
	decode(t, call(t, a, http.MethodGet, at+".json", nil).Text, &seen)
	if len(seen.Tables) != 1 || seen.Tables[0].Dataset != "tax" || seen.Tables[0].Origin != ingest.Recognised || len(seen.Tables[0].Columns) != 4 {
		t.Errorf("%+v", seen.Tables)
	}
	if len(seen.Problems) != 0 || seen.Sheets[0].Rows[0][0] != "乙公司" {
		t.Errorf("%+v", seen)
	}
	fill(t, a, at+"/unfix", url.Values{"cell": {"D2"}})
	decode(t, call(t, a, http.MethodGet, at+".json", nil).Text, &seen)
	if len(seen.Problems) != 1 || seen.Problems[0].Kind != "bad_number" {
		t.Errorf("%+v", seen.Problems)
	}
	if page := call(t, a, http.MethodGet, at+"?fix_cell=A2", nil); !strings.Contains(page.Text, `name="cell" value="A2"`) || !strings.Contains(page.Text, `name="value" value="乙公司"`) {
		t.Error("a link to a cell does not fill the form")
	}
}

func TestProblemsAreFiltered(t *testing.T) {
	a := testApp(t)
	at := send(t, a, map[string][]byte{"安置房交付.xlsx": sampleBytes(t, "安置房交付.xlsx")}).Header.Get("Location")
	count := func(query string) int {
		page := call(t, a, http.MethodGet, at+"?"+query, nil)
		if page.StatusCode != 200 {
			t.Errorf("%s: %d", query, page.StatusCode)
		}
		return strings.Count(page.Text, "data-problem=")
	}
	all, errors := count(""), count("severity=error")
	if errors != 1 || all < 4 || count("severity=warning")+errors+count("severity=note") != all {
		t.Errorf("%d errors of %d", errors, all)
	}
	if n := count(url.Values{"kind": {"delivered_exceeds_completed"}, "sheet": {"安置房交付"}}.Encode()); n != 1 {
		t.Errorf("%d of a kind and sheet", n)
	}
	if n := count("kind=nothing"); n != 0 {
		t.Errorf("%d of no kind", n)
	}
	fill(t, a, "/imports/commit", url.Values{"hash": {strings.TrimPrefix(at, "/imports/preview/")}, "good_rows": {"true"}})
	page := call(t, a, http.MethodGet, "/imports/1?severity=error", nil)
	if strings.Count(page.Text, "data-problem=") != 1 || strings.Contains(page.Text, "data-fix>") {
		t.Error("the batch's list is not filtered, or offers to correct what is loaded")
	}
}
