package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

const urlencoded = "Content-Type: application/x-www-form-urlencoded"

// send uploads files as a browser's form does.
func send(t *testing.T, a *app, files map[string][]byte, head ...string) reply {
	t.Helper()
	return sendTo(t, a, "/imports", files, head...)
}

// sendTo uploads files to an address.
func sendTo(t *testing.T, a *app, target string, files map[string][]byte, head ...string) reply {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, content := range files {
		part, err := form.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write(content)
	}
	_ = form.Close()
	return call(t, a, http.MethodPost, target, &body, append(head, "Content-Type: "+form.FormDataContentType())...)
}

func sampleBytes(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(testkit.Sample(name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func decode(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
}

func TestFromDropToUndo(t *testing.T) {
	a := testApp(t)
	content := sampleBytes(t, "安置房交付.xlsx")
	answer := send(t, a, map[string][]byte{`C:\桌面\安置房交付.xlsx`: content})
	at := answer.Header.Get("Location")
	if answer.StatusCode != http.StatusSeeOther || !strings.HasPrefix(at, "/imports/preview/") {
		t.Fatal(answer.StatusCode, at, answer.Text)
	}

	var seen preview
	decode(t, call(t, a, http.MethodGet, at+".json", nil).Text, &seen)
	if seen.Status != ingest.Refused || seen.File != "安置房交付.xlsx" || len(seen.Problems) == 0 || len(seen.Sheets) == 0 || len(seen.Sheets[0].Rows) == 0 {
		t.Fatalf("%+v", seen)
	}
	page := call(t, a, http.MethodGet, at, nil)
	first := seen.Problems[0]
	for _, part := range []string{string(first.Sheet), string(first.Cell), `name="good_rows" value="true"`, seen.Hash} {
		if page.StatusCode != 200 || !strings.Contains(page.Text, part) {
			t.Errorf("the preview does not show %q (%d)", part, page.StatusCode)
		}
	}
	if list, _ := a.ledger.History(t.Context(), testkit.Now.AddDate(9, 0, 0)); len(list) != 0 {
		t.Fatal("a preview loaded something")
	}

	refused := call(t, a, http.MethodPost, "/imports/commit", strings.NewReader("hash="+seen.Hash), urlencoded, "Accept: application/json")
	if refused.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("errors without good_rows: %d %s", refused.StatusCode, refused.Text)
	}
	committed := call(t, a, http.MethodPost, "/imports/commit", strings.NewReader("good_rows=true&hash="+seen.Hash), urlencoded)
	batch := committed.Header.Get("Location")
	if committed.StatusCode != http.StatusSeeOther || batch != "/imports/1" {
		t.Fatal(committed.StatusCode, batch, committed.Text)
	}

	var b struct {
		ledger.Batch
		Problems []ledger.Problem `json:"problems"`
	}
	decode(t, call(t, a, http.MethodGet, batch+".json", nil).Text, &b)
	if b.Total() == 0 || b.File != "安置房交付.xlsx" || len(b.Problems) < len(seen.Problems) || b.UndoneAt != nil || b.Mode != "good_rows" {
		t.Errorf("%+v", b)
	}
	if shown := call(t, a, http.MethodGet, batch, nil); shown.StatusCode != 200 || !strings.Contains(shown.Text, "安置房交付.xlsx") || !strings.Contains(shown.Text, batch+"/undo") {
		t.Errorf("%d %s", shown.StatusCode, shown.Text)
	}
	file := call(t, a, http.MethodGet, batch+"/file", nil)
	if !bytes.Equal([]byte(file.Text), content) || !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file came back with %d of %d bytes, %v", len(file.Text), len(content), file.Header)
	}

	if none := call(t, a, http.MethodPost, batch+"/undo", strings.NewReader("reason=+"), urlencoded); none.StatusCode != http.StatusBadRequest {
		t.Errorf("undone without a reason: %d", none.StatusCode)
	}
	undone := call(t, a, http.MethodPost, batch+"/undo", strings.NewReader(url.Values{"reason": {"试用<b>"}}.Encode()), urlencoded)
	if undone.StatusCode != http.StatusSeeOther {
		t.Fatal(undone.StatusCode, undone.Text)
	}
	decode(t, call(t, a, http.MethodGet, batch+".json", nil).Text, &b)
	if b.UndoneAt == nil || b.Reason != "试用<b>" {
		t.Errorf("%+v", b.Batch)
	}
	if shown := call(t, a, http.MethodGet, batch, nil); !strings.Contains(shown.Text, "试用&lt;b&gt;") || strings.Contains(shown.Text, batch+"/undo") {
		t.Error("the page of an undone batch does not say so, or offers to undo it again")
	}
	if twice := call(t, a, http.MethodPost, batch+"/undo", strings.NewReader("reason=x"), urlencoded); twice.StatusCode != http.StatusConflict {
		t.Errorf("undone twice: %d", twice.StatusCode)
	}
	var source lineage
	decode(t, call(t, a, http.MethodGet, "/source.json?dataset=resettlement", nil).Text, &source)
	if source.Total != 0 {
		t.Errorf("%d rows still stand", source.Total)
	}
}

func TestTheSameFileIsToldNotLoaded(t *testing.T) {
	a := testApp(t)
	if _, err := ingest.Import(t.Context(), a.ledger, "税收2015.xlsx", sampleBytes(t, "税收2015.xlsx"), ingest.Options{Now: testkit.Now}); err != nil {
		t.Fatal(err)
	}
	at := send(t, a, map[string][]byte{"另存.xlsx": sampleBytes(t, "税收2015.xlsx")}).Header.Get("Location")
	page := call(t, a, http.MethodGet, at, nil)
	if !strings.Contains(page.Text, `href="/imports/1"`) || strings.Contains(page.Text, `action="/imports/commit"`) {
		t.Error("a duplicate must lead to its batch and offer no import")
	}
}

func TestUploadsHaveALimit(t *testing.T) {
	a := testApp(t)
	for _, size := range []int{1 << 20, 1<<20 + 1, 3 << 20} {
		answer := send(t, a, map[string][]byte{"x.csv": bytes.Repeat([]byte("x"), size)}, "Accept: application/json")
		want := http.StatusCreated
		if size > 1<<20 {
			want = http.StatusRequestEntityTooLarge
		}
		if answer.StatusCode != want || want != http.StatusCreated && !strings.Contains(answer.Text, "1 MiB") {
			t.Errorf("%d bytes: %d %s", size, answer.StatusCode, answer.Text)
		}
	}
	left, err := filepath.Glob(filepath.Join(a.uploads.dir, "*"))
	if err != nil || len(left) != 1 {
		t.Errorf("refused files left parts behind: %v", left)
	}
}

func TestBadUploadsAreRefused(t *testing.T) {
	a := testApp(t)
	for name, c := range map[string]struct {
		body io.Reader
		kind string
	}{
		"no form":  {strings.NewReader("x"), "Content-Type: text/plain"},
		"no file":  {strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"dataset\"\r\n\r\ntax\r\n--b--\r\n"), "Content-Type: multipart/form-data; boundary=b"},
		"cut off":  {strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nab"), "Content-Type: multipart/form-data; boundary=b"},
		"no limit": {strings.NewReader(""), "Content-Type: multipart/form-data"},
	} {
		if answer := call(t, a, http.MethodPost, "/imports", c.body, c.kind); answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, answer.StatusCode, answer.Text)
		}
	}
	if waiting := a.uploads.waiting(""); len(waiting) != 0 {
		t.Errorf("%+v", waiting)
	}
}

func TestHostileFilesArePreviewedCalmly(t *testing.T) {
	testkit.Unraced(t)
	a := testApp(t)
	for _, name := range []string{"truncated.xlsx", "text.xlsx", "html.xls", "empty.xlsx", "zero_bytes.xlsx", "injection.xlsx"} {
		at := send(t, a, map[string][]byte{name: sampleBytes(t, "hostile/"+name)}).Header.Get("Location")
		page := call(t, a, http.MethodGet, at, nil)
		if page.StatusCode != 200 {
			t.Errorf("%s: %d %s", name, page.StatusCode, page.Text)
		}
		if strings.Contains(page.Text, "<script>alert(1)") || strings.Contains(page.Text, "<img src=x") {
			t.Errorf("%s: markup of the file stands in the page", name)
		}
	}
}

func TestSeveralFilesWaitTogether(t *testing.T) {
	a := testApp(t)
	files := map[string][]byte{}
	for i := range 3 {
		files[fmt.Sprintf("%d.csv", i)] = []byte{byte('a' + i)}
	}
	if at := send(t, a, files).Header.Get("Location"); at != "/imports#waiting" {
		t.Error(at)
	}
	page := call(t, a, http.MethodGet, "/imports", nil)
	for name := range files {
		if !strings.Contains(page.Text, name) {
			t.Errorf("%s does not wait", name)
		}
	}
	for _, up := range a.uploads.waiting("") {
		call(t, a, http.MethodPost, "/imports/discard", strings.NewReader("hash="+up.Hash), urlencoded)
	}
	if left := a.uploads.waiting(""); len(left) != 0 {
		t.Errorf("%+v", left)
	}
	if answer := call(t, a, http.MethodGet, "/imports/preview/..%2f..%2fetc%2fpasswd", nil); answer.StatusCode != http.StatusNotFound {
		t.Errorf("%d", answer.StatusCode)
	}
}

func TestEveryValueLeadsToItsCell(t *testing.T) {
	testkit.Unraced(t)
	a := testApp(t)
	outcome, err := ingest.Import(t.Context(), a.ledger, "税收2015.xlsx", sampleBytes(t, "税收2015.xlsx"), ingest.Options{Now: testkit.Now, By: "王某"})
	if err != nil || outcome.Status != ingest.Committed {
		t.Fatal(outcome, err)
	}
	var rows lineage
	decode(t, call(t, a, http.MethodGet, "/source.json?dataset=tax&year=2015", nil).Text, &rows)
	if rows.Total == 0 || len(rows.Versions) == 0 {
		t.Fatalf("%+v", rows)
	}
	v := rows.Versions[0]
	var one lineage
	decode(t, call(t, a, http.MethodGet, "/source.json?"+url.Values{"dataset": {"tax"}, "key": {v.Key}}.Encode(), nil).Text, &one)
	if len(one.Versions) != 1 || one.Versions[0].Batch.File != "税收2015.xlsx" || one.Versions[0].Batch.By != "王某" || !one.Versions[0].Counts {
		t.Fatalf("%+v", one)
	}
	cells := 0
	for _, traced := range one.Versions[0].Fields {
		if traced.Cell != "" && traced.Raw != "" {
			cells++
		}
	}
	if cells == 0 {
		t.Errorf("no field names its cell: %+v", one.Versions[0].Fields)
	}
	page := call(t, a, http.MethodGet, "/source?"+url.Values{"dataset": {"tax"}, "key": {v.Key}, "lang": {"en"}}.Encode(), nil)
	if page.StatusCode != 200 || !strings.Contains(page.Text, "王某") || !strings.Contains(page.Text, "税收2015.xlsx") {
		t.Errorf("%d", page.StatusCode)
	}
	for query, want := range map[string]int{"": 200, "?dataset=nothing": 404, "?dataset=tax&nothing=1": 400, "?dataset=tax&key=nothing": 404, "?dataset=tax": 200, "?dataset=tax&tax_type=none&lang=en&theme=dark": 200} {
		if answer := call(t, a, http.MethodGet, "/source"+query, nil); answer.StatusCode != want {
			t.Errorf("%s: %d, want %d", query, answer.StatusCode, want)
		}
	}
}
