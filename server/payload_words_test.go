package server

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/xuri/excelize/v2"

	"taizhang/ingest"
	"taizhang/internal/testkit"
)

// oddWords are what addresses and forms must bear beside an attack: what is no text, no number and no path.
var oddWords = []string{"\x00", "\xff\xfe", "999999999999999999999999", "-1", "../../../etc/passwd", "1'; DROP TABLE projects --", "{x:String}", "%2e%2e%2f", strings.Repeat("长", 900)}

// calmly holds an answer to a word nobody should send: no failure, no redirect elsewhere, nothing taken for more than text, and a refusal in words.
func calmly(t *testing.T, at string, answer reply) {
	t.Helper()
	checkAnswer(t, at, answer)
	allowed := []int{200, 202, 303, 400, 401, 403, 404, 409, 413, 422, 429}
	if !slices.Contains(allowed, answer.StatusCode) {
		t.Errorf("%.200s: %d", at, answer.StatusCode)
	}
	if answer.StatusCode >= 400 && strings.Contains(answer.Header.Get("Content-Type"), "html") && strings.TrimSpace(saysOf(answer.Text)) == "" {
		t.Errorf("%.200s: %d without a sentence", at, answer.StatusCode)
	}
}

// addressOf gives a route an address with a part in the place of what it names.
func addressOf(r route, part, format string) string {
	parts := strings.Split(r.Path, "/")
	for i, one := range parts {
		if strings.HasPrefix(one, ":") || one == "*" {
			parts[i] = url.PathEscape(part)
		}
	}
	path := strings.Join(parts, "/")
	if format == "html" {
		return path
	}
	if path == "/" {
		path = "/index"
	}
	return path + "." + format
}

// isStream reports whether a route answers for as long as something goes on.
func isStream(r route) bool { return strings.HasSuffix(r.Path, "/events") }

// TestWordsOfAddressesStayText asks every route with an attack, and with what is no text, as each of its words and as what its path names.
func TestWordsOfAddressesStayText(t *testing.T) {
	testkit.Unraced(t)
	a := testApp(t)
	attack := payloadText("word", 2)
	asked := 0
	get := func(address string) {
		calmly(t, address, call(t, a, http.MethodGet, address, nil))
		asked++
	}
	for n, r := range a.routes() {
		if r.Method != "" || isStream(r) {
			continue
		}
		for i, part := range append([]string{attack}, oddWords...) {
			if strings.ContainsAny(r.Path, ":*") && (i == 0 || !testing.Short() || i%3 == n%3) {
				get(addressOf(r, part, "html"))
			}
		}
		words := append(strings.Fields(api[r.Name].Takes), pageWord)
		all := url.Values{}
		for _, word := range append(slices.Clone(pageOnly), words...) {
			all.Set(word, attack)
		}
		for i, word := range words {
			if !testing.Short() || i%4 == n%4 {
				get(addressOf(r, "projects", "html") + "?" + url.Values{word: {attack}}.Encode())
			}
			if !testing.Short() || i%4 == (n+2)%4 {
				get(addressOf(r, "projects", "html") + "?" + url.Values{word: {oddWords[(i+n)%len(oddWords)]}}.Encode())
			}
		}
		for _, word := range strings.Fields(clockWords) { // what is refused at once hides the others
			all.Del(word)
		}
		get(addressOf(r, "projects", "html") + "?" + all.Encode())
		for i, format := range strings.Fields(r.Formats) {
			if testing.Short() && i%3 != n%3 {
				continue
			}
			if format != pdfFormat && format != "png" {
				get(addressOf(r, "projects", format) + "?" + all.Encode())
			}
		}
	}
	t.Log(asked, "addresses")
}

// TestWordsOfFullPagesStayText asks the pages over the payload record, which show what they were asked for, with an attack as each word.
func TestWordsOfFullPagesStayText(t *testing.T) {
	testkit.Unraced(t)
	a := appOver(t, payloadLedger(t))
	for _, path := range []string{"/projects", "/buildings", "/actions", "/services", "/investment", "/tax", "/schedule", "/indicators", "/areas", "/changes", "/source", "/admin/audit", "/records/projects/new"} {
		r, _ := (&payloadWalk{app: a}).routeOf(path)
		words := url.Values{}
		for _, word := range strings.Fields(strings.TrimPrefix(api[r.Name].Takes, clockWords)) {
			words.Set(word, payloadText("word", 2))
			if !testing.Short() {
				calmly(t, path+" "+word, call(t, a, http.MethodGet, path+"?"+url.Values{word: {payloadText("word", 2)}}.Encode(), nil))
			}
		}
		calmly(t, path, call(t, a, http.MethodGet, path+"?"+words.Encode(), nil))
	}
}

// shortAttack is short enough for forms of which every word is one.
const shortAttack = `x"'><pwn-el onclick=__hit()></script></textarea><script>__hit()</script>` + "\r\nPwned: 1"

// formRead finds the words that handlers read of forms.
var formRead = regexp.MustCompile(`(?:c\.FormValue\("|bodyWord\(c, ")([a-z_]+)"`)

// TestWordsOfFormsStayText posts to every route a form whose every word is an attack.
func TestWordsOfFormsStayText(t *testing.T) {
	testkit.Unraced(t)
	a := testApp(t)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"role", "areas", fieldMark + "project", choiceMark + "project", fieldMark + payloadText("field", 2), "item", "said", "topic", "chair"}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range formRead.FindAllStringSubmatch(string(body), -1) {
			if !slices.Contains(words, m[1]) {
				words = append(words, m[1])
			}
		}
	}
	if len(words) < 25 {
		t.Fatalf("only %v", words)
	}
	for n, r := range a.routes() {
		if r.Method != fiber.MethodPost || r.Path == backupsPath { // a backup takes no words and goes on by itself
			continue
		}
		for i, value := range append([]string{shortAttack}, oddWords[:len(oddWords)-1]...) {
			if testing.Short() && i > 0 && i%4 != n%4 {
				continue
			}
			form := url.Values{}
			for _, word := range words {
				form.Set(word, value)
			}
			forms := []url.Values{form}
			if i == 0 { // and with days that are days, so that more of the form is read
				dated := url.Values{}
				for word := range form {
					dated.Set(word, value)
				}
				for _, word := range []string{"date", "day", "due", "until", "asof", "approved_on"} {
					dated.Set(word, monday)
				}
				dated.Set("version", "0")
				dated.Del(fieldMark + payloadText("field", 2))
				forms = append(forms, dated)
			}
			for _, one := range forms {
				for _, part := range []string{"projects", value} {
					address := addressOf(r, part, "html")
					calmly(t, "POST "+address, postForm(t, a, address, one))
				}
			}
		}
	}
	for _, body := range []string{`{"fields":{"` + strings.Repeat(`<pwn-el>`, 3) + `":"x"}}`, `{"fields":[1]}`, `{"day":"<pwn-el>","fields":{"project":{"a":1}}}`, `[`, "\x00", `{"fields":{"project":"\ud800<pwn-el>"}}`} {
		calmly(t, "POST JSON "+body, call(t, a, http.MethodPost, "/records/projects", strings.NewReader(body), jsonType))
	}
}

// hostileBook is a workbook whose sheet, headers and cells are attacks, with a formula and a hyperlink in it.
func hostileBook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	const sheet = `=<pwn-el>"&'__f__(1)__f__`
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		t.Fatal(err)
	}
	for i, head := range []string{"项目名称", "项目类型", "分包领导", "责任科室", "计划开工", payloadText("head", 0), payloadText("head", 1)} {
		at, _ := excelize.CoordinatesToCellName(i+1, 1)
		_ = f.SetCellValue(sheet, at, head)
		for row := 2; row < 5; row++ {
			at, _ := excelize.CoordinatesToCellName(i+1, row)
			_ = f.SetCellValue(sheet, at, payloadText(fmt.Sprint("cell", i), row-2))
		}
	}
	_ = f.SetCellHyperLink(sheet, "A2", "javascript:alert(1)", "External")
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestThePayloadsOfAFileThatWaits looks at a hostile workbook in every way there is before it is loaded.
func TestThePayloadsOfAFileThatWaits(t *testing.T) {
	a := testApp(t)
	content := hostileBook(t)
	name := `=x"'><pwn-el onclick=__hit()>` + "\r\nPwned: 1..\\..\\etc" + `.xlsx`
	answer := send(t, a, map[string][]byte{name: content})
	checkAnswer(t, "upload", answer)
	at := "/imports/preview/" + ingest.Hash(content)
	shown := 0
	for _, address := range []string{"/imports", "/imports.json", at, at + ".json", at + "?lang=en", at + "?dataset=projects", at + "?dataset=tax&asof=2016-06-30", at + "?fix_sheet=1&fix_cell=A2",
		at + "/marked", at + "/rejected", at + "/marked?dataset=projects", at + "/rejected?dataset=projects", "/imports/jobs", "/imports/jobs.json"} {
		answer := call(t, a, http.MethodGet, address, nil)
		// The office's own file comes back with its hyperlinks, and nobody else's.
		for _, wrong := range wrongWith(answer) {
			if !strings.Contains(wrong, `Target="javascript:alert(1)"`) {
				t.Errorf("%s: %s", address, wrong)
			}
		}
		if answer.StatusCode >= 500 {
			t.Errorf("%s: %d", address, answer.StatusCode)
		}
		if strings.Contains(textOf(t, answer).all, "pwn-el") {
			shown++
		}
	}
	if shown < 6 {
		t.Errorf("only %d answers show anything of the file", shown)
	}
	must(t, a, "/imports/commit", url.Values{"hash": {ingest.Hash(content)}, "good_rows": {"true"}})
	for _, address := range []string{"/imports/1", "/imports/1.json", "/imports/1.csv", "/imports/1/marked", "/imports/1/rejected", "/imports/1/file", "/projects", "/source?dataset=projects"} {
		answer := call(t, a, http.MethodGet, address, nil)
		for _, wrong := range wrongWith(answer) {
			if !strings.Contains(wrong, `Target="javascript:alert(1)"`) {
				t.Errorf("%s: %s", address, wrong)
			}
		}
	}
}

// TestThePayloadsOfAJob follows an export and an import whose addresses and names are attacks.
func TestThePayloadsOfAJob(t *testing.T) {
	a := testApp(t)
	importInto(t, a, "税收2016年1-5月.xlsx")
	a.exportPatience, a.patience = 0, 0
	job := askedFor(t, a, "/tax.xlsx?"+url.Values{"building": {payloadText("word", 0)}}.Encode())
	ended(t, a, job)
	send(t, a, map[string][]byte{`=x"'><pwn-el>.csv`: []byte("项目名称,项目类型\n<pwn-el>,x\n")})
	addresses := []string{job, job + ".json", job + "/events", job + "/file"}
	for _, one := range a.queue.list() {
		addresses = append(addresses, jobPath(one), jobPath(one)+".json", jobPath(one)+"/events")
	}
	if len(addresses) < 7 {
		t.Fatal(addresses)
	}
	for _, address := range addresses {
		calmly(t, address, call(t, a, http.MethodGet, address, nil))
	}
}
