package server

import (
	"bytes"
	"encoding/json"
	"math/big"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"taizhang/internal/testkit"
)

// shownBriefing is what the tests read of a briefing's JSON, numbers as they are written.
type shownBriefing struct {
	Summary    []shownSentence
	Indicators []struct {
		Value, Growth_percent, Target, Completion_percent, Ahead_points *json.Number //nolint:revive // as in the JSON
		Unit                                                            string
		Name                                                            struct{ Zh string }
	}
	Lights  []struct{ Project string }
	Leaders []struct {
		Name string
		Week struct{ Reported int }
	}
	Work []struct {
		Project    string
		Progress   string
		Next_step  string       //nolint:revive // as in the JSON
		Investment *json.Number `json:"week_investment_yuan"`
	}
	Requests, Silent []struct{ Project string }
	Closed, Overdue  []struct{ Number, Item string }
	Frozen           bool
}

type shownSentence struct {
	Clauses []struct {
		ID      string
		Figures []struct {
			Value *json.Number
			Unit  string
		}
	}
}

// inWords is how a person writes a figure: the test's own arithmetic, not the program's.
func inWords(n *json.Number, unit string, places int) string {
	if n == nil {
		return "—"
	}
	v, ok := new(big.Rat).SetString(n.String())
	if !ok {
		return "?"
	}
	size := new(big.Rat).Abs(v)
	if unit == "元" {
		for _, scale := range []struct {
			of   int64
			name string
		}{{100_000_000, "亿元"}, {10_000, "万元"}} {
			if one := big.NewRat(scale.of, 1); size.Cmp(one) >= 0 {
				return new(big.Rat).Quo(v, one).FloatString(2) + scale.name
			}
		}
		return v.FloatString(2) + "元"
	}
	if unit == "%" {
		return v.FloatString(places) + "%"
	}
	return v.FloatString(places)
}

// wanted are the figures and words of a briefing that every one of its files must say.
func (b shownBriefing) wanted() []string {
	var list []string
	for _, s := range b.Summary {
		for _, c := range s.Clauses {
			for _, f := range c.Figures[:1] {
				places := 0
				if f.Unit == "%" || f.Unit == "百分点" {
					places = 1
				}
				if f.Unit == "美元" || f.Unit == "㎡" {
					continue
				}
				list = append(list, strings.TrimPrefix(inWords(f.Value, f.Unit, places), "-"))
			}
		}
	}
	for _, r := range b.Indicators {
		list = append(list, r.Name.Zh, inWords(r.Value, r.Unit, 1), inWords(r.Growth_percent, "%", 1), inWords(r.Target, r.Unit, 1), inWords(r.Completion_percent, "%", 1), inWords(r.Ahead_points, "", 1))
	}
	for _, p := range b.Lights {
		list = append(list, p.Project)
	}
	for _, l := range b.Leaders {
		list = append(list, l.Name)
	}
	for _, w := range b.Work {
		list = append(list, w.Project, w.Progress, w.Next_step)
		if w.Investment != nil {
			v, _ := new(big.Rat).SetString(w.Investment.String())
			list = append(list, v.Quo(v, big.NewRat(10_000, 1)).FloatString(2))
		}
	}
	for _, p := range append(b.Requests, b.Silent...) {
		list = append(list, p.Project)
	}
	for _, l := range append(b.Closed, b.Overdue...) {
		list = append(list, l.Item)
	}
	return list
}

// bare takes out what a file may set as it likes: spaces, breaks, commas between thousands, the sign of a minus.
func bareText(s string) string {
	return strings.NewReplacer(" ", "", "\n", "", "\f", "", "\u3000", "", "\u00a0", "", ",", "", "−", "-", "（", "(", "）", ")").Replace(s)
}

func briefingOf(t *testing.T, a *app, query string) shownBriefing {
	t.Helper()
	var b shownBriefing
	decode := json.NewDecoder(strings.NewReader(call(t, a, http.MethodGet, "/briefing.json"+query, nil).Text))
	decode.UseNumber()
	if err := decode.Decode(&b); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBriefingSaysItsFigures(t *testing.T) {
	testkit.Unraced(t)
	a := samplesApp(t)
	b := briefingOf(t, a, "?asof=2016-06-27")
	page := call(t, a, http.MethodGet, "/briefing?asof=2016-06-27", nil).Text
	for _, want := range []string{"1–5月税收1.57亿元，同比下降19.3%（减少3,749.83万元），完成年度目标5.00亿元的31.4%，慢于序时10.3个百分点，2015年全区排名第2。",
		"安置房待交付—，交付率—。", "另有合同550万美元（不折算）", "在建项目22个，其中红灯7个、黄灯5个、绿灯10个、失联0个",
		"到期督办事项10项，按期销号5项，按期销号率50.0%，逾期未销号3项。", "/briefing.docx?asof=2016-06-27", "/briefing.pdf?asof=2016-06-27"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	text := bareText(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, ""))
	if wants := b.wanted(); len(wants) < 100 {
		t.Errorf("only %d figures were looked at", len(wants))
	} else {
		for _, want := range wants {
			if !strings.Contains(text, bareText(want)) {
				t.Errorf("the page does not say %q", want)
			}
		}
	}
	english := call(t, a, http.MethodGet, "/briefing?asof=2016-06-27&lang=en", nil).Text
	for _, want := range []string{"Tax of Jan–May is 157.00 m yuan, down 19.3% (37,498.30 k yuan)", "Resettlement housing owed —, share delivered —.", "USD 5,500,000"} {
		if !strings.Contains(english, want) {
			t.Errorf("the English page does not say %q", want)
		}
	}
}

// TestBriefingInOtherPrograms has the three files of a briefing opened by programs that did not make them, and holds what they read
// against the page's JSON.
func TestBriefingInOtherPrograms(t *testing.T) {
	testkit.Unraced(t)
	for _, program := range []string{"soffice", "lowriter", "pdftotext", "chromium"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("no %s on this machine: the briefing must be opened in other programs where CI=true", program)
			}
			t.Skipf("SKIPPED ALOUD: no %s on this machine, so the briefing was not opened in another program", program)
		}
	}
	a := samplesApp(t)
	dir := t.TempDir()
	arguments := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir}
	for _, form := range briefingForms {
		got := call(t, a, http.MethodGet, "/briefing."+form+"?asof=2016-06-27", nil)
		if got.StatusCode != http.StatusOK || got.Header.Get("Content-Type") != paperTypes[form] || !strings.Contains(got.Header.Get("Content-Disposition"), "briefing-2016-06-27-asof-2016-06-27."+form) {
			t.Fatalf("%s: %d %v %.200s", form, got.StatusCode, got.Header, got.Text)
		}
		file := filepath.Join(dir, form+"."+form)
		if err := os.WriteFile(file, []byte(got.Text), 0o600); err != nil {
			t.Fatal(err)
		}
		if form != pdfFormat {
			arguments = append(arguments, file)
		}
	}
	if out, err := exec.CommandContext(t.Context(), "soffice", arguments...).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	wants := briefingOf(t, a, "?asof=2016-06-27").wanted()
	for _, form := range briefingForms {
		out, err := exec.CommandContext(t.Context(), "pdftotext", "-raw", filepath.Join(dir, form+".pdf"), "-").Output()
		if err != nil {
			t.Fatal(form, err)
		}
		said := bareText(string(out))
		for _, want := range wants {
			if !strings.Contains(said, bareText(want)) {
				t.Errorf("%s as read by another program does not say %q", form, want)
			}
		}
		checkPaper(t, form, string(out))
	}
}

// checkPaper wants the day and the number on every page of what is read as a letter.
func checkPaper(t *testing.T, form, read string) {
	t.Helper()
	pages := strings.Split(strings.TrimRight(read, "\f\n"), "\f")
	if len(pages) < 4 {
		t.Errorf("%s has %d pages", form, len(pages))
	}
	for i, one := range pages {
		one = bareText(one)
		day, number := "数据截至2016年6月27日", "—"+big.NewInt(int64(i+1)).String()+"—"
		if form == bookFormat {
			day, number = "数据截至2016-06-27", big.NewInt(int64(i+1)).String()+"/"
		}
		if !strings.Contains(one, day) || !strings.Contains(one, number) {
			t.Errorf("%s: page %d lacks its day or its number: %.200q", form, i+1, one)
		}
	}
}

func TestFrozenBriefingIsTheSameFileForGood(t *testing.T) {
	testkit.Unraced(t)
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("SKIPPED ALOUD: no chromium on this machine, so no PDF was printed twice")
	}
	a := meetingApp(t, "进度周报-第4周.xlsx", "督办事项.xlsx")
	must(t, a, "/meeting/close", form())
	if b := briefingOf(t, a, "?meeting="+monday); !b.Frozen || len(b.Overdue) == 0 {
		t.Fatalf("frozen %v, %d overdue", b.Frozen, len(b.Overdue))
	}
	first := map[string]string{}
	for _, form := range briefingForms {
		first[form] = call(t, a, http.MethodGet, "/briefing."+form+"?meeting="+monday, nil).Text
	}
	// What comes later is none of a frozen briefing's business.
	importInto(t, a, "税收2016年1-5月.xlsx")
	dir := t.TempDir()
	code, out, errs := runCommand(a.ledger, "export", "--meeting", monday, "--format", "pdf,xlsx,docx", "--dir", dir)
	if code != exitDone || strings.Count(out, "已写入") != 3 {
		t.Fatalf("%d %s %s", code, out, errs)
	}
	for _, form := range briefingForms {
		body, err := os.ReadFile(filepath.Join(dir, "briefing-"+monday+"."+form))
		if err != nil || !bytes.Equal(body, []byte(first[form])) {
			t.Errorf("%s: %d bytes by the page, %d by the command, %v", form, len(first[form]), len(body), err)
		}
	}
	if code, out, errs = runCommand(a.ledger, "export", "--meeting", monday, "--format", "xlsx", "--dir", dir); code != exitDone || !strings.Contains(out, "内容相同") {
		t.Errorf("again: %d %s %s", code, out, errs)
	}
	mine := filepath.Join(dir, "briefing-"+monday+".xlsx")
	if err := os.WriteFile(mine, []byte("written on by hand"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs = runCommand(a.ledger, "export", "--meeting", monday, "--format", "xlsx", "--dir", dir)
	if kept, _ := os.ReadFile(mine); code != exitWrong || !strings.Contains(errs, "内容不同") || string(kept) != "written on by hand" {
		t.Errorf("over another file: %d %s %s", code, out, errs)
	}
}

func TestBriefingCommandRefusesWhatItDoesNotKnow(t *testing.T) {
	a := testApp(t)
	for said, args := range map[string][]string{
		"没有“ppt”这种格式":     {"--meeting", monday, "--format", "pdf,ppt"},
		"不能与台账名":          {"--meeting", monday, "tax"},
		"日期":              {"--meeting", "上周一"},
		"要同时写明 --meeting": {"tax", "--format", "pdf"},
		"无法写入":            {"--meeting", monday, "--format", "xlsx", "--dir", filepath.Join(t.TempDir(), "none")},
	} {
		if code, out, errs := runCommand(a.ledger, append([]string{"export"}, args...)...); code != exitWrong || !strings.Contains(errs, said) {
			t.Errorf("%v: %d %s %s", args, code, out, errs)
		}
	}
}
