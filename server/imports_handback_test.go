package server

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/internal/testkit"
	"taizhang/ledger"
)

// workbook opens what was answered as a file to save.
func workbook(t *testing.T, answer reply, name string) *excelize.File {
	t.Helper()
	disposition := answer.Header.Get("Content-Disposition")
	if answer.StatusCode != http.StatusOK || !strings.HasPrefix(disposition, "attachment") || answer.Header.Get("Content-Type") != mimeXLSX {
		t.Fatalf("%s: %d %s %s %.200s", name, answer.StatusCode, disposition, answer.Header.Get("Content-Type"), answer.Text)
	}
	book, err := excelize.OpenReader(strings.NewReader(answer.Text))
	if err != nil {
		t.Fatal(name, err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

func TestFilesGoBackFromPreviewAndBatch(t *testing.T) {
	a := testApp(t)
	at := send(t, a, map[string][]byte{"安置房交付.xlsx": sampleBytes(t, "安置房交付.xlsx")}).Header.Get("Location")
	hash := strings.TrimPrefix(at, "/imports/preview/")
	check := func(from string) {
		t.Helper()
		page := call(t, a, http.MethodGet, from, nil)
		for _, which := range []string{"marked", "rejected"} {
			if !strings.Contains(page.Text, `href="`+from+"/"+which+`"`) {
				t.Errorf("%s does not link to %s", from, which)
			}
		}
		book := workbook(t, call(t, a, http.MethodGet, from+"/marked", nil), from)
		if list, _ := book.GetComments("安置房交付"); book.GetSheetList()[0] != "问题清单" || len(list) == 0 {
			t.Errorf("%s: %v %v", from, book.GetSheetList(), list)
		}
		rows, _ := workbook(t, call(t, a, http.MethodGet, from+"/rejected", nil), from).GetRows("安置房交付")
		if len(rows) != 5 || rows[4][2] != "3号楼" {
			t.Errorf("%s: %v", from, rows)
		}
	}
	check(at)
	batch := call(t, a, http.MethodPost, "/imports/commit", strings.NewReader("good_rows=true&hash="+hash), urlencoded).Header.Get("Location")
	check(batch)
	for _, gone := range []string{at + "/marked", "/imports/99/marked", "/imports/x/rejected"} {
		if answer := call(t, a, http.MethodGet, gone, nil); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", gone, answer.StatusCode)
		}
	}
}

func TestAFileWithoutErrorsHasNoRejectedRows(t *testing.T) {
	a := testApp(t)
	at := send(t, a, map[string][]byte{"走访记录.csv": sampleBytes(t, "走访记录.csv")}).Header.Get("Location")
	if answer := call(t, a, http.MethodGet, at+"/rejected", nil); answer.StatusCode != http.StatusNotFound {
		t.Errorf("%d", answer.StatusCode)
	}
	if page := call(t, a, http.MethodGet, at, nil); strings.Contains(page.Text, "/rejected") {
		t.Error("the preview links to rejected rows that are not there")
	}
}

func TestTemplatesAreOfferedAndSent(t *testing.T) {
	testkit.Unraced(t)
	a := testApp(t)
	page := call(t, a, http.MethodGet, "/imports", nil).Text
	for _, d := range ledger.All {
		path := "/imports/template/" + d.Name
		if !strings.Contains(page, `href="`+path+`"`) {
			t.Errorf("no link to %s", path)
		}
		if sheets := workbook(t, call(t, a, http.MethodGet, path, nil), path).GetSheetList(); len(sheets) != 2 || sheets[0] != d.Zh {
			t.Errorf("%s: %v", path, sheets)
		}
	}
	if answer := call(t, a, http.MethodGet, "/imports/template/nothing", nil); answer.StatusCode != http.StatusNotFound {
		t.Error(answer.StatusCode)
	}
}

func TestTheCommandHandsFilesBack(t *testing.T) {
	l := testkit.Ledger(t)
	dir := t.TempDir()
	mark, rest := filepath.Join(dir, "m.xlsx"), filepath.Join(dir, "r.xlsx")
	code, out, errs := runCommand(l, "import", testkit.Sample("督办事项.xlsx"), "--good-rows", "--marked", mark, "--rejected", rest)
	if code != exitDone || !strings.Contains(out, mark) || !strings.Contains(out, rest) {
		t.Fatal(code, out, errs)
	}
	for file, sheet := range map[string]string{mark: "问题清单", rest: "督办台账"} {
		book, err := excelize.OpenFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := book.GetSheetList()[0]; got != sheet {
			t.Errorf("%s begins with %s", file, got)
		}
		_ = book.Close()
	}
	code, out, _ = runCommand(l, "import", testkit.Sample("走访记录.csv"), "--rejected", filepath.Join(dir, "none.xlsx"))
	if _, err := os.Stat(filepath.Join(dir, "none.xlsx")); code != exitDone || err == nil || !strings.Contains(out, "没有被退回的行") {
		t.Error(code, out)
	}
	if code, _, errs := runCommand(l, "import", mark, rest, "--marked", "x.xlsx"); code != exitWrong || !strings.Contains(errs, "--marked") {
		t.Error(code, errs)
	}
}

func TestTheCommandWritesTemplates(t *testing.T) {
	file := filepath.Join(t.TempDir(), "t.xlsx")
	if code, _, errs := runCommand(nil, "template", "tax", "--out", file); code != exitDone {
		t.Fatal(errs)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, out, _ := runCommand(nil, "template", "tax"); !bytes.HasPrefix([]byte(out), []byte("PK")) || !bytes.HasPrefix(content, []byte("PK")) {
		t.Error("no workbook")
	}
	if code, _, errs := runCommand(nil, "template", "nothing"); code != exitWrong || !strings.Contains(errs, "tax") {
		t.Error(code, errs)
	}
}
