package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/internal/text"
)

// apiValidator reads a document as a client would and holds answers against it.
func apiValidator(t *testing.T, document []byte) validator.Validator {
	t.Helper()
	read, err := libopenapi.NewDocument(document)
	if err != nil {
		t.Fatal(err)
	}
	v, wrong := validator.NewValidator(read)
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	return v
}

func TestTheAPIIsDescribed(t *testing.T) {
	testkit.Unraced(t)
	a := samplesApp(t)
	for _, lang := range []string{"zh", "en"} {
		answer := call(t, a, http.MethodGet, "/api/openapi.json?lang="+lang, nil)
		if answer.StatusCode != http.StatusOK {
			t.Fatal(answer.StatusCode, answer.Text)
		}
		if ok, wrong := apiValidator(t, []byte(answer.Text)).ValidateDocument(); !ok {
			for _, w := range wrong {
				t.Error(w)
			}
		}
		if key := regexp.MustCompile(`"api\.[a-z._]+"`).FindString(strings.ReplaceAll(answer.Text, `"api.openapi.json"`, "")); key != "" {
			t.Errorf("%s is not in the catalogue", key)
		}
	}
	names := map[string]bool{}
	for _, r := range a.routes() {
		if _, known := api[r.Name]; r.Method == "" && strings.Contains(r.Formats, "json") && !known {
			t.Errorf("%s answers in JSON and is not described: add %s to api", r.Path, r.Name)
		}
		names[r.Name] = true
	}
	for name, about := range api {
		if !names[name] || !text.Known("api.of."+name) {
			t.Errorf("%s is described and no route, or without words", name)
		}
		for _, word := range strings.Fields(about.Takes + " " + about.Sends) {
			if _, known := queryWords[word]; !known {
				t.Errorf("%s takes %s, which is no word", name, word)
			}
		}
	}
	for word := range queryWords {
		if !text.Known("api.word." + word) {
			t.Errorf("nothing says what %s means", word)
		}
	}
}

// pageOnly are the words that only pages for people read.
var pageOnly = []string{"ack", "back", "color", "action", "fix_sheet", "fix_cell", "show", "changed", "saved", "out", "own", "sso", "again"}

var queryRead = regexp.MustCompile(`c\.Query\("([a-z_]+)"`)

// TestEveryWordThatIsReadIsDescribed holds the words the handlers read against those that are described.
func TestEveryWordThatIsReadIsDescribed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 50 {
		t.Fatal(files, err)
	}
	read := map[string]string{}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range queryRead.FindAllStringSubmatch(string(body), -1) {
			read[m[1]] = name
		}
	}
	if len(read) < 25 {
		t.Fatalf("only %d words were found", len(read))
	}
	for word, file := range read {
		if _, known := queryWords[word]; !known && !slices.Contains(pageOnly, word) {
			t.Errorf("%s reads ?%s=, which queryWords does not describe", file, word)
		}
	}
}

// pathUnder is the first of the paths under another.
func pathUnder(t *testing.T, paths []string, under string) string {
	t.Helper()
	at := slices.IndexFunc(paths, func(p string) bool { return strings.HasPrefix(p, under) })
	if at < 0 {
		t.Fatalf("the samples have nothing under %s", under)
	}
	return paths[at]
}

// jsonAddresses are addresses of every described route, with parts and words that the samples answer.
func jsonAddresses(t *testing.T, a *app) map[string][]string {
	t.Helper()
	paths := pagePaths(t, a)
	escape := url.PathEscape
	var actions struct{ Items []struct{ Number string } }
	decode(t, call(t, a, http.MethodGet, "/actions.json", nil).Text, &actions)
	if len(actions.Items) == 0 {
		t.Fatal("the samples have no action items")
	}
	hash, _ := handIn(t, a, "安置房交付.xlsx")
	var history importsAnswer
	decode(t, call(t, a, http.MethodGet, "/imports.json", nil).Text, &history)
	if len(history.Batches) == 0 {
		t.Fatal("no batches")
	}
	a.exportPatience = 0
	job := askedFor(t, a, "/tax.xlsx")
	ended(t, a, job)
	byPath := map[string]string{"/projects/": paths[3], "/leaders/": paths[5]}
	for _, p := range paths {
		if strings.HasPrefix(p, "/buildings/") {
			byPath["/buildings/"] = p
		}
	}
	list := map[string][]string{}
	for _, r := range a.routes() {
		if _, known := api[r.Name]; !known || r.Method != "" {
			continue
		}
		path := r.Path
		switch at := strings.Index(path, ":"); {
		case path == "/":
			path = "/index"
		case r.Name == "action":
			path = "/actions/" + escape(actions.Items[0].Number)
		case r.Name == "patrol":
			path = patrolPath(anyPatrol(t, a))
		case r.Name == "imports.batch":
			path = fmt.Sprintf("/imports/%d", history.Batches[0].ID)
		case r.Name == "imports.preview":
			path = "/imports/preview/" + hash
		case r.Name == "imports.job":
			path = jobPath(a.queue.list()[0])
		case r.Name == "exports.job":
			path = job
		case r.Name == "records.new", r.Name == "records.edit":
			path = strings.Replace(path, ":dataset", "projects", 1)
		case r.Name == "case":
			path = pathUnder(t, paths, "/cases/")
		case r.Name == "draw":
			path = pathUnder(t, paths, "/scores/draws/")
		case at >= 0 && byPath[path[:at]] != "":
			path = byPath[path[:at]]
		case at >= 0:
			t.Errorf("nothing fills %s", path)
		}
		list[r.Name] = []string{path + ".json"}
	}
	add := func(name string, words ...string) {
		for _, w := range words {
			list[name] = append(list[name], list[name][0]+"?"+w)
		}
	}
	project, err := url.PathUnescape(strings.TrimPrefix(paths[3], "/projects/"))
	if err != nil {
		t.Fatal(err)
	}
	list["records.edit"] = []string{"/records/projects/edit.json?key=" + url.QueryEscape(project)}
	add("schedule", "project="+url.QueryEscape(project))
	add("source", "dataset=tax", "dataset=projects&key="+url.QueryEscape(project))
	add("changes", "dataset=projects&from=2016-06-20")
	add("tax", "year=2015", "month=2016-03", "known=2016-01-01")
	add("cockpit", "asof=2016-06-27", "known=2016-01-01")
	add("indicators", "asof=2016-06-27")
	add("meeting", "asof=2016-06-27")
	add("resettlement", "asof=2016-06-30")
	return list
}

// TestAnswersAreAsDescribed asks every address that answers in JSON, and has a validator hold the answers against a description that allows nothing it does not name.
func TestAnswersAreAsDescribed(t *testing.T) {
	testkit.Unraced(t)
	a := samplesApp(t)
	document, err := json.Marshal(openAPI(a.routes(), text.En, true))
	if err != nil {
		t.Fatal(err)
	}
	v := apiValidator(t, document)
	asked := jsonAddresses(t, a)
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		for _, address := range asked[name] {
			answer := call(t, a, http.MethodGet, address, nil)
			if answer.StatusCode != http.StatusOK {
				t.Errorf("%s: %d %.200s", address, answer.StatusCode, answer.Text)
				continue
			}
			for _, wrong := range against(v, address, answer) {
				t.Errorf("%s: %s", address, wrong)
			}
		}
	}
	missing := call(t, a, http.MethodGet, "/projects/no-such.json", nil)
	if wrong := against(v, "/projects/no-such.json", missing); missing.StatusCode != http.StatusNotFound || len(wrong) > 0 {
		t.Error(missing.StatusCode, wrong)
	}
	// The validator can say no: an answer with a figure turned into a text is found out.
	tax := call(t, a, http.MethodGet, "/tax.json", nil)
	broken := regexp.MustCompile(`"year":(\d+)`).ReplaceAllString(tax.Text, `"year":"$1"`)
	if broken == tax.Text || len(against(v, "/tax.json", reply{tax.Response, broken})) == 0 {
		t.Error("a text in the place of a year was not found out")
	}
	if more := strings.Replace(tax.Text, "{", `{"more":1,`, 1); len(against(v, "/tax.json", reply{tax.Response, more})) == 0 {
		t.Error("a property that nobody described was not found out")
	}
}

// TestImportingIsAsDescribed uploads, commits and undoes as a program does, and holds the answers against the description.
func TestImportingIsAsDescribed(t *testing.T) {
	testkit.Unraced(t)
	a := testApp(t)
	document, err := json.Marshal(openAPI(a.routes(), text.En, true))
	if err != nil {
		t.Fatal(err)
	}
	v := apiValidator(t, document)
	check := func(target string, answer reply, status int) {
		t.Helper()
		request := httptest.NewRequest(http.MethodPost, target, nil)
		response := &http.Response{StatusCode: answer.StatusCode, Header: answer.Header.Clone(), Body: readAgain{bytes.NewReader([]byte(answer.Text))}, Request: request}
		if ok, wrong := v.ValidateHttpResponse(request, response); !ok || answer.StatusCode != status {
			t.Errorf("%s: %d %v\n%.300s", target, answer.StatusCode, wrong, answer.Text)
		}
	}
	const program = "Accept: application/json"
	name := "安置房交付.xlsx"
	check("/imports", send(t, a, map[string][]byte{name: sampleBytes(t, name)}, program), http.StatusCreated)
	hash := ingest.Hash(sampleBytes(t, name))
	preview := call(t, a, http.MethodGet, "/imports/preview/"+hash+".json", nil)
	if wrong := against(v, "/imports/preview/"+hash+".json", preview); len(wrong) > 0 {
		t.Error(wrong)
	}
	committed := call(t, a, http.MethodPost, "/imports/commit", strings.NewReader("good_rows=true&hash="+hash), urlencoded, program)
	check("/imports/commit", committed, http.StatusOK)
	check("/imports/1/undo", call(t, a, http.MethodPost, "/imports/1/undo", strings.NewReader("reason=test"), urlencoded, program), http.StatusOK)
	check("/imports/1/undo", call(t, a, http.MethodPost, "/imports/1/undo", strings.NewReader(""), urlencoded, program), http.StatusBadRequest)
}

// against holds an answer against the description.
func against(v validator.Validator, address string, answer reply) (wrong []string) {
	request := httptest.NewRequest(http.MethodGet, address, nil)
	head := answer.Header.Clone()
	response := &http.Response{StatusCode: answer.StatusCode, Header: head, Body: readAgain{bytes.NewReader([]byte(answer.Text))}, Request: request}
	ok, found := v.ValidateHttpResponse(request, response)
	if ok {
		return nil
	}
	for _, one := range found {
		said := one.Message + ": " + one.Reason
		for _, detail := range one.SchemaValidationErrors {
			said += fmt.Sprintf("\n  %s at %s", detail.Reason, detail.KeywordLocation)
		}
		wrong = append(wrong, said)
	}
	return append(wrong, "")
}

type readAgain struct{ *bytes.Reader }

func (readAgain) Close() error { return nil }

// TestTheAPIIsDocumented keeps docs/api.md as it follows from the routes, their words and the types of their answers.
func TestTheAPIIsDocumented(t *testing.T) {
	testkit.Unraced(t)
	a := testApp(t)
	types := &schemas{named: map[string]schema{}, names: map[reflect.Type]string{}}
	var b strings.Builder
	b.WriteString(apiIntroduction)
	tag := ""
	table := slices.DeleteFunc(a.routes(), func(r route) bool { _, known := api[r.Name]; return !known })
	slices.SortStableFunc(table, func(x, y route) int {
		order := func(r route) int {
			return slices.Index([]string{"figures", "changes", "source", "imports", "exports", "records", "health", "api"}, tagOf(r.Name))
		}
		return order(x) - order(y)
	})
	for _, r := range table {
		if now := tagOf(r.Name); now != tag {
			tag = now
			fmt.Fprintf(&b, "\n### %s\n| address | is | formats | words | JSON |\n|---|---|---|---|---|\n", tag)
		}
		about := api[r.Name]
		var answers []string
		for _, one := range about.Answers {
			name := strings.TrimPrefix(fmt.Sprint(types.of(reflect.TypeOf(one))["$ref"]), "#/components/schemas/")
			answers = append(answers, strings.Replace(name, "<nil>", "object", 1))
		}
		formats := r.Formats
		if r.Method != "" {
			formats = r.Method
		}
		takes := strings.TrimSpace(strings.Replace(about.Takes, clockWords, "*clock*", 1))
		if about.Fields {
			takes += " *fields*"
		}
		if about.Sends != "" {
			takes += "; form: " + about.Sends
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", apiPath(r.Path), text.T("api.of."+r.Name).In(text.En), formats, takes, strings.Join(answers, " or "))
	}
	b.WriteString("\n## Words\n*clock* stands for `" + clockWords + "`, *fields* for any field of the dataset, as a condition or a first value.\n\n| word | is |\n|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(queryWords)) {
		word := queryWords[name]
		says := text.T("api.word." + name).In(text.En)
		if len(word.Enum) > 0 {
			says += ": " + strings.Join(word.Enum, ", ")
		}
		if word.Format != "" {
			says += " (" + word.Format + ")"
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", name, says)
	}
	testkit.Golden(t, "../../docs/api.md", []byte(b.String()))
}

const apiIntroduction = `# The API

Written by ` + "`go test ./server -run APIIsDocumented -update`" + ` from the route table, ` + "`server/api.go`" + ` and the types of the answers. A program asks the same addresses as a person, with a suffix:

    curl 'http://127.0.0.1:8080/tax.json?asof=2016-06-27'

` + "`/api/openapi.json`" + ` (` + "`?lang=en`" + `) is the same as an OpenAPI 3.1 document with the schema of every answer. A test has every address answer over the samples and a validator hold the
answers against it, nothing beyond it allowed.

- Money is in yuan, area in m², rates in percent; the suffix of a name says so (` + "`tax_yuan`, `area_m2`, `rate_percent`" + `). Numbers carry every digit that is known.
- **What is unknown or undefined is null, never 0.** A list without anything in it is ` + "`[]` or `null`" + `.
- ` + "`stamp`" + ` says what an answer stands on: area, as-of, known, record version, batches, files, basis. ` + "`ETag`" + ` holds while the record stands as it did: ask with ` + "`If-None-Match`" + `.
- A refusal is ` + "`{\"error\": {\"kind\", \"message\", \"request_id\"}}`" + ` with status 400 (invalid), 403 (refused), 404 (not found), 409 (conflict), 5xx. Other formats say it as a page unless
  ` + "`Accept: application/json`" + ` is sent.
- What takes long answers 202 with a job and its address in ` + "`Location`" + `; ask there until ` + "`over`" + `, then go to ` + "`next`" + `. [exports.md](exports.md) names the limits.
- A POST answers in JSON to whoever sends ` + "`Accept: application/json`" + `; it is refused from another site's page. The forms of records, meetings and alerts are for people and not described here.

      curl -F file=@projects.xlsx -H 'Accept: application/json' http://127.0.0.1:8080/imports
      curl -d hash=SHA256 -d good_rows=true -H 'Accept: application/json' http://127.0.0.1:8080/imports/commit

## Addresses
`
