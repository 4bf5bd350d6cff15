package server

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/ingest"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

const (
	tenantsBefore = "楼宇名称,楼层,房号,企业名称,面积(㎡)\n一号楼,1,101,甲公司,100\n一号楼,1,102,乙公司,200\n二号楼,1,101,丙公司,300\n"
	tenantsAfter  = "楼宇名称,楼层,房号,企业名称,面积(㎡)\n一号楼,1,101,<b>甲公司,100\n一号楼,1,102,乙公司,250\n"
)

// commit uploads one CSV and commits it; it gives the answer and the address of the preview.
func commit(t *testing.T, a *app, content string, choices url.Values) reply {
	t.Helper()
	at := send(t, a, map[string][]byte{"入驻企业.csv": []byte(content)}).Header.Get("Location")
	choices.Set("hash", strings.TrimPrefix(at, "/imports/preview/"))
	return call(t, a, http.MethodPost, "/imports/commit", strings.NewReader(choices.Encode()), urlencoded, "Accept: application/json")
}

func TestThePreviewShowsWhatChangesAndWhatGoes(t *testing.T) {
	a := testApp(t)
	if first := commit(t, a, tenantsBefore, url.Values{"asof": {"2016-06-03"}}); first.StatusCode != http.StatusOK {
		t.Fatal(first.StatusCode, first.Text)
	}
	at := send(t, a, map[string][]byte{"入驻企业.csv": []byte(tenantsAfter)}).Header.Get("Location")
	for _, c := range []struct {
		mode    string
		removed int
		shown   []string
		hidden  []string
	}{
		{"", 0, []string{"<del>200</del>", `<ins><data value="">250</data></ins>`, "E3", "&lt;b&gt;甲公司"}, []string{"丙公司", "<b>甲", "并删除"}},
		{"replace_scope", 1, []string{"一号楼|1|101|甲公司|", `value="replace_scope" checked`, `name="mode" value="replace_scope"`}, []string{"丙公司"}},
		{"replace", 2, []string{"丙公司", `value="replace" checked`, "，并删除 2 行"}, nil},
	} {
		choices := "?asof=2016-06-10&mode=" + c.mode
		var seen preview
		decode(t, call(t, a, http.MethodGet, at+".json"+choices, nil).Text, &seen)
		if len(seen.Changes) != 1 || seen.Changes[0].Removed != c.removed || seen.Changes[0].Changed != 1 || seen.Changes[0].New != 1 || len(seen.Comparison.Changed) != 1 {
			t.Errorf("%q: %+v", c.mode, seen.Changes)
		}
		page := call(t, a, http.MethodGet, at+choices, nil)
		for _, part := range c.shown {
			if !strings.Contains(page.Text, part) {
				t.Errorf("%q: the preview does not show %q", c.mode, part)
			}
		}
		for _, part := range c.hidden {
			if strings.Contains(page.Text, part) {
				t.Errorf("%q: the preview shows %q", c.mode, part)
			}
		}
	}
	if wrong := call(t, a, http.MethodGet, at+"?mode=everything", nil); wrong.StatusCode != http.StatusBadRequest {
		t.Errorf("an unknown mode: %d", wrong.StatusCode)
	}
}

func TestReplacingAndUndoingOnThePages(t *testing.T) {
	a := testApp(t)
	commit(t, a, tenantsBefore, url.Values{"asof": {"2016-06-03"}})
	replaced := commit(t, a, tenantsAfter, url.Values{"asof": {"2016-06-10"}, "mode": {"replace"}})
	var out ingest.Outcome
	decode(t, replaced.Text, &out)
	if replaced.StatusCode != http.StatusOK || out.Changes[0].Removed != 2 {
		t.Fatal(replaced.StatusCode, replaced.Text)
	}
	batch := call(t, a, http.MethodGet, "/imports/2", nil)
	if !strings.Contains(batch.Text, "整份替换") || strings.Contains(batch.Text, `id="card-later-tenants"`) {
		t.Error("the batch does not say how it was loaded, or lists edits that were never made")
	}
	// The first batch's rows were written again, or removed, by the second.
	first := call(t, a, http.MethodGet, "/imports/1", nil)
	for _, part := range []string{`id="card-later-tenants"`, "二号楼|1|101|丙公司|", "已删除", "/imports/2"} {
		if !strings.Contains(first.Text, part) {
			t.Errorf("the page that offers the undo does not show %q", part)
		}
	}
	gone := call(t, a, http.MethodPost, "/imports/1/undo", strings.NewReader("reason=x"), urlencoded, "Accept: application/json")
	var answer undone
	decode(t, gone.Text, &answer)
	if answer.UndoneAt == nil || len(answer.Kept) != 1 || answer.Kept[0].Keys != 3 {
		t.Errorf("%+v", answer)
	}
	again := commit(t, a, tenantsAfter, url.Values{"asof": {"2016-06-17"}})
	decode(t, again.Text, &out)
	if out.Status != ingest.Duplicate || !strings.Contains(again.Text, "taizhang undo 2") {
		t.Errorf("the same content on another day: %s", again.Text)
	}
}

func TestImportModesAndUndoOnTheCommandLine(t *testing.T) {
	l := testkit.Ledger(t)
	dir := t.TempDir()
	before, after := filepath.Join(dir, "前.csv"), filepath.Join(dir, "后.csv")
	for name, content := range map[string]string{before: tenantsBefore, after: tenantsAfter} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"import", before, "--replace", "--replace-scope"}, {"undo"}, {"undo", "x"}, {"undo", "1", "2"}, {"undo", "1"}} {
		if code, _, errs := runCommand(l, args...); code != exitWrong || strings.Count(errs, "\n") != 1 {
			t.Errorf("%q: %d %q", args, code, errs)
		}
	}
	runCommand(l, "import", before, "--asof", "2016-06-03")
	_, out, _ := runCommand(l, "import", after, "--asof", "2016-06-10", "--replace", "--dry-run", "--json")
	list := outcomes(t, out)
	want := ingest.Changes{Dataset: "tenants", New: 1, Changed: 1, Removed: 2}
	if got := list[0].Changes[0]; list[0].Status != ingest.Checked || got.New != want.New || got.Changed != want.Changed || got.Unchanged != 0 || got.Removed != want.Removed {
		t.Errorf("%+v", list[0])
	}
	_, out, _ = runCommand(l, "import", after, "--asof", "2016-06-10", "--replace-scope", "--lang", "en")
	if !strings.Contains(out, "1 new, 1 changed, 0 unchanged, 1 removed") {
		t.Errorf("%s", out)
	}
	_, out, _ = runCommand(l, "import", after, "--replace", "--lang", "en")
	if !strings.Contains(out, "undo batch 2 first") {
		t.Errorf("%s", out)
	}
	code, out, errs := runCommand(l, "undo", "1", "--reason", "错", "--lang", "zh")
	if code != exitDone || !strings.Contains(out, "第 1 批次") || !strings.Contains(out, "一号楼|1|102|乙公司|") || !strings.Contains(out, "后.csv") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	code, out, _ = runCommand(l, "undo", "2", "--json")
	var gone undone
	if err := json.Unmarshal([]byte(out), &gone); err != nil || code != exitDone || gone.ID != 2 || gone.UndoneAt == nil || gone.Kept == nil || len(gone.Kept) != 0 || gone.Reason == "" {
		t.Errorf("%d %s %v", code, out, err)
	}
	if code, _, _ := runCommand(l, "undo", "2"); code != exitWrong {
		t.Errorf("undone twice: %d", code)
	}
	if counts, err := l.Standing(t.Context(), mustClock(t, l)); err != nil || counts["tenants"] != 0 {
		t.Errorf("%v %v", counts, err)
	}
}

// TestUndoGoesThroughTheServer asks the process that holds the folder.
func TestUndoGoesThroughTheServer(t *testing.T) {
	l := testkit.Ledger(t)
	if _, err := ingest.Import(t.Context(), l, "表.csv", []byte(tenantsBefore), ingest.Options{Now: testkit.Now}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "s")
	s, err := listenSocket(path, l, Engine{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer s.close(t.Context())
	for want, code := range []int{exitDone, exitWrong} {
		var out, errs bytes.Buffer
		got, err := sendJob(t.Context(), path, job{By: "张三", Undo: &undoJob{Batch: 1, Reason: "错", JSON: true}}, &out, &errs)
		if got != code || (err != nil) != (want == 1) {
			t.Errorf("%d %v %s", got, err, out.String())
		}
	}
	if b, err := l.Batch(t.Context(), 1); err != nil || b.UndoneBy != "张三" || b.Reason != "错" {
		t.Errorf("%+v %v", b, err)
	}
}

// TestACommandReadsWhenNoOtherFileIsRead holds the server's reading: a command of another process waits for it.
func TestACommandReadsWhenNoOtherFileIsRead(t *testing.T) {
	l := testkit.Ledger(t)
	path := filepath.Join(t.TempDir(), "s")
	s, err := listenSocket(path, l, Engine{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer s.close(t.Context())
	if err := s.reading.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	told := make(chan error, 1)
	go func() {
		_, err := sendJob(t.Context(), path, job{By: "张三", Import: &importJob{Files: []string{testkit.Sample("督办事项.xlsx")}, GoodRows: true}}, io.Discard, io.Discard)
		told <- err
	}()
	select {
	case err := <-told:
		t.Fatalf("it did not wait: %v", err)
	case <-time.After(200 * time.Millisecond):
	}
	s.reading.end()
	if err := <-told; err != nil {
		t.Fatal(err)
	}
	if b, err := l.Batch(t.Context(), 1); err != nil || b.By != "张三" {
		t.Errorf("%+v %v", b, err)
	}
}

func mustClock(t *testing.T, l *ledger.Ledger) ledger.Clock {
	t.Helper()
	clock, err := l.Clock(t.Context(), "2016-07-01", "")
	if err != nil {
		t.Fatal(err)
	}
	return clock
}
