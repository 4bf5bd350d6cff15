package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"taizhang/analytics"
	"taizhang/ingest"
	"taizhang/internal/testkit"
)

const scriptType = "Accept: application/json"

// meetingApp is a server over the ledger, the plans and the first weekly sheets, on the morning of a Monday meeting.
func meetingApp(t *testing.T, more ...string) *app {
	t.Helper()
	return sampleApp(t, append([]string{"项目台账.xlsx", "倒排工期.xlsx"}, more...)...)
}

// sampleApp is the server over an empty record into which some samples were imported.
func sampleApp(t *testing.T, names ...string) *app {
	t.Helper()
	a := testApp(t)
	for _, name := range names {
		importInto(t, a, name)
	}
	return a
}

// answerAt is the answer that an address gives as JSON.
func answerAt[A any](t *testing.T, a *app, address string) (ans A) {
	t.Helper()
	decode(t, call(t, a, http.MethodGet, address, nil).Text, &ans)
	return ans
}

func importInto(t *testing.T, a *app, name string) {
	t.Helper()
	content, err := os.ReadFile(testkit.Sample(name))
	if err != nil {
		t.Fatal(err)
	}
	outcome, err := ingest.Import(t.Context(), a.ledger, name, content, ingest.Options{GoodRows: true, By: "测试", Now: testkit.Now})
	if err != nil || outcome.Status != ingest.Committed {
		t.Fatal(name, outcome.Status, err)
	}
}

// monday is the meeting of the tests' wall clock.
const monday = "2016-07-04"

func form(words ...string) url.Values {
	v := url.Values{"date": {monday}, "by": {"王主任"}}
	for i := 0; i+1 < len(words); i += 2 {
		v.Set(words[i], words[i+1])
	}
	return v
}

// must posts a form that has to be taken.
func must(t *testing.T, a *app, path string, words url.Values) reply {
	t.Helper()
	r := postForm(t, a, path, words)
	if r.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s %v: %d %s", path, words, r.StatusCode, saysOf(r.Text))
	}
	return r
}

// saysOf is the alert or message of a page, for failures of tests.
func saysOf(page string) string {
	for _, mark := range []string{`role="alert">`, `<div class="empty"><b>`} {
		if _, after, found := strings.Cut(page, mark); found {
			said, _, _ := strings.Cut(after, "<")
			return said
		}
	}
	return page[:min(len(page), 300)]
}

// shownMeeting is what the tests look at of a meeting's JSON.
type shownMeeting struct {
	Meeting analytics.Meeting
	Frozen  bool
	Lights  json.RawMessage
	Minutes []analytics.MinuteLine
	Actions struct{ Open []analytics.ActionLine }
}

func meetingOf(t *testing.T, a *app, query string) shownMeeting {
	t.Helper()
	var ans shownMeeting
	decode(t, call(t, a, http.MethodGet, "/meeting.json"+query, nil).Text, &ans)
	return ans
}

func TestMinutesAreSavedAsTheyAreTyped(t *testing.T) {
	a := meetingApp(t)
	minutes := func(version, key, said string) (reply, savedReply) {
		r := postForm(t, a, "/meeting/minutes", form("topic", "路砦城中村改造", "no", "1", "said", said, "version", version, "key", key), scriptType)
		var answer savedReply
		decode(t, r.Text, &answer)
		return r, answer
	}
	r, first := minutes("0", "", "周三前")
	if r.StatusCode != http.StatusCreated {
		t.Fatal(r.StatusCode, r.Text)
	}
	one := first.Saved.Entries[0]
	if r, _ = minutes(one.Version, one.Key, "周三前报方案"); r.StatusCode != http.StatusOK {
		t.Fatal(r.StatusCode, r.Text)
	}
	r, stale := minutes(one.Version, one.Key, "周五前报方案")
	if r.StatusCode != http.StatusConflict || stale.Clash == nil {
		t.Fatal(r.StatusCode, r.Text)
	}
	for _, f := range stale.Clash.Entries[0].Fields {
		if f.Name == "said" && (f.Stands != "周三前报方案" || f.Wanted != "周五前报方案" || !f.Both) {
			t.Errorf("both versions are told: %+v", f)
		}
	}
	// Without script the same form leads to the page that shows both.
	r = postForm(t, a, "/meeting/minutes", form("topic", "路砦城中村改造", "no", "1", "said", "周五前报方案", "version", one.Version, "key", one.Key))
	if r.StatusCode != http.StatusConflict || !strings.Contains(r.Text, "周三前报方案") || !strings.Contains(r.Text, "周五前报方案") {
		t.Error(r.StatusCode, saysOf(r.Text))
	}
	if ans := meetingOf(t, a, ""); ans.Meeting.Status != "进行中" || len(ans.Minutes) != 1 || ans.Minutes[0].Said != "周三前报方案" {
		t.Errorf("%+v %+v", ans.Meeting, ans.Minutes)
	}
}

func TestTwoAtOnceNeverGetTheSameNumber(t *testing.T) {
	a := meetingApp(t)
	var wait sync.WaitGroup
	replies := make([]reply, 6)
	for i := range replies {
		wait.Go(func() {
			replies[i] = postForm(t, a, "/actions", form("item", fmt.Sprint("事项", i), "owner", "李科长", "due", "2016-07-08", "proposer", "王主任"), scriptType)
		})
	}
	wait.Wait()
	numbers := []string{}
	for _, r := range replies {
		var made struct{ Number string }
		decode(t, r.Text, &made)
		numbers = append(numbers, made.Number)
	}
	slices.Sort(numbers)
	for i, n := range numbers {
		if want := analytics.ActionNumber(2016, uint64(i+1)); n != want {
			t.Errorf("%q, want %q", n, want)
		}
	}
}

func TestAnActionIsTakenThroughItsLife(t *testing.T) {
	a := meetingApp(t)
	must(t, a, "/actions", form("item", "报送补偿方案", "project", "路砦城中村改造", "owner", "李科长", "due", "2016-07-08", "proposer", "王主任", "waiting", "1"))
	path := actionPath("项目督办〔2016〕001号")
	move := func(id string, words ...string) reply {
		return postForm(t, a, path+"/move", form(append([]string{"move", id, "day", monday}, words...)...))
	}
	for _, c := range []struct {
		id     string
		words  []string
		status int
		said   string
	}{
		{"begin", nil, 409, "现在是“待下发”"},
		{"issue", nil, 303, ""},
		{"begin", []string{"day", "2016-07-05"}, 400, "数据日期 2016-07-05 晚于今天"},
		{"begin", []string{"day", "2016-07-01"}, 400, "早于交办的会议"},
		{"begin", nil, 303, ""},
		{"report", []string{"by", "赵干事"}, 400, "请先填写“办理结果”"},
		{"report", []string{"by", "赵干事", "result", "已报送", "done_percent", "120"}, 400, ""},
		{"report", []string{"by", "赵干事", "result", "已报送", "evidence", "街道收文〔2016〕88号"}, 303, ""},
		{"confirm", []string{"by", "王主任"}, 403, "同时是提出人"},
		{"confirm", []string{"by", "李科长", "evidence", "已核对原件"}, 403, "同时是责任人"},
		{"return", []string{"by", "张书记"}, 400, "请先填写“退回原因”"},
		{"return", []string{"by", "张书记", "return_reason", "缺附件"}, 303, ""},
		{"resume", []string{"by", "李科长"}, 303, ""},
		{"report", []string{"by", "赵干事", "result", "已补附件"}, 303, ""},
		{"confirm", []string{"by", "张书记", "comment", "核对无误"}, 303, ""},
		{"reopen", []string{"by", "张书记"}, 400, "请先填写“重开原因”"},
		{"reopen", []string{"by", "张书记", "reopen_reason", "村民异议"}, 303, ""},
	} {
		r := move(c.id, c.words...)
		if r.StatusCode != c.status || c.said != "" && !strings.Contains(r.Text, c.said) {
			t.Fatalf("%s %v: %d %s", c.id, c.words, r.StatusCode, saysOf(r.Text))
		}
		for i := 1; c.status != 303 && c.status != 409 && i < len(c.words); i += 2 {
			if !strings.Contains(r.Text, c.words[i]) {
				t.Errorf("%s: what was typed (%s) is lost", c.id, c.words[i])
			}
		}
	}
	var ans analytics.ActionAnswer
	decode(t, call(t, a, http.MethodGet, path+".json", nil).Text, &ans)
	if ans.Status != "处理中" || ans.Reopened != 1 || ans.ClosedOn.Known() || len(ans.History) != 9 || ans.History[1].Comment != "核对无误" || ans.History[1].By != "张书记" {
		t.Errorf("%+v", ans)
	}
	page := call(t, a, http.MethodGet, path, nil)
	if !strings.Contains(page.Text, "核对无误") || !strings.Contains(page.Text, `id="move-report"`) || strings.Contains(page.Text, `id="move-confirm"`) {
		t.Error("the page does not show the history and the next moves")
	}
	if old := call(t, a, http.MethodGet, path+"?asof="+monday, nil); strings.Contains(old.Text, `action="`+path+`/move"`) {
		t.Error("forms are on under a chosen day")
	}
	if r := postForm(t, a, path+"/move?asof="+monday, form("move", "report")); r.StatusCode != http.StatusForbidden {
		t.Errorf("a move under a chosen day: %d", r.StatusCode)
	}
}

func TestRefusalsOfTheMeetingsForms(t *testing.T) {
	testkit.Unraced(t)
	a := meetingApp(t)
	for _, c := range []struct {
		path   string
		words  url.Values
		status int
		said   string
	}{
		{"/actions", form("item", "事", "owner", "李科长"), 400, "须有责任人和完成时限"},
		{"/actions", form("item", "事", "owner", "李科长", "due", "2016-07-08", "project", "没有的项目"), 400, "没有的项目"},
		{"/actions", form("item", "", "owner", "李科长", "due", "2016-07-08"), 400, "督办事项"},
		{"/actions", form("item", "事", "owner", "李科长", "due", "七月的某天"), 400, "完成时限"},
		{"/meeting/minutes", form("date", "2016-7-4", "topic", "路砦城中村改造", "said", "话"), 400, "2016-7-4"},
		{"/meeting/minutes?known=2016-07-04T08:00", form("topic", "路砦城中村改造", "said", "话"), 403, "表单已关闭"},
		{"/meeting/reopen", form("reason", "补记"), 403, "没有结束"},
	} {
		r := postForm(t, a, c.path, c.words)
		if r.StatusCode != c.status || !strings.Contains(r.Text, c.said) {
			t.Errorf("%s %v: %d %s, want %d and %q", c.path, c.words, r.StatusCode, saysOf(r.Text), c.status, c.said)
		}
	}
	if ans := meetingOf(t, a, ""); len(ans.Actions.Open) != 0 || len(ans.Minutes) != 0 {
		t.Errorf("something was stored: %+v", ans.Actions.Open)
	}
}

// TestAClosedMeetingIsShownByteForByte closes a meeting and holds page, JSON and CSV while the record goes on.
func TestAClosedMeetingIsShownByteForByte(t *testing.T) {
	testkit.Unraced(t)
	a := meetingApp(t, "进度周报-第1周.xlsx", "进度周报-第2周.xlsx", "进度周报-第3周.xlsx", "督办事项.xlsx")
	must(t, a, "/meeting", form("chair", "李书记", "place", "三楼会议室", "present", "张主任、王委员", "held_at", "15:00"))
	must(t, a, "/meeting/minutes", form("topic", "路砦城中村改造", "no", "1", "said", "剩余 12 户逐户上门", "decision", "周五前报结果"))
	must(t, a, "/actions", form("item", "完成剩余 12 户签约", "owner", "陈委员", "due", "2016-07-08", "proposer", "王主任"))
	must(t, a, "/meeting/close", form())
	paths := []string{"/meeting?date=" + monday, "/meeting.json?date=" + monday, "/meeting.csv?date=" + monday}
	want := map[string]string{}
	for _, path := range paths {
		want[path] = call(t, a, http.MethodGet, path, nil).Text
	}
	for _, words := range []string{"由王主任于", "剩余 12 户逐户上门", "项目督办〔2016〕016号", "李书记", "周五前报结果"} {
		if !strings.Contains(want[paths[0]]+want[paths[1]], words) {
			t.Errorf("the closed page does not say %q", words)
		}
	}
	if strings.Contains(want[paths[0]], `action="/meeting/minutes"`) {
		t.Error("the closed page still takes minutes")
	}
	hold := func(after string) {
		t.Helper()
		for _, path := range paths {
			if got := call(t, a, http.MethodGet, path, nil).Text; got != want[path] {
				t.Fatalf("%s is another after %s", path, after)
			}
		}
	}
	if r := postForm(t, a, "/meeting/minutes", form("topic", "路砦城中村改造", "said", "事后")); r.StatusCode != http.StatusForbidden {
		t.Errorf("minutes of a closed meeting: %d", r.StatusCode)
	}
	importInto(t, a, "进度周报-第4周.xlsx")
	hold("a late weekly sheet")
	importInto(t, a, "走访记录.csv")
	hold("late visits")
	must(t, a, actionPath("项目督办〔2016〕016号")+"/move", form("move", "begin", "day", monday))
	hold("a move of an item")
	if err := a.ledger.Undo(t.Context(), 3, "李", "错表"); err != nil {
		t.Fatal(err)
	}
	hold("an undo")
	must(t, a, "/meeting/minutes", url.Values{"date": {"2016-07-11"}, "by": {"王"}, "topic": {"其他议题"}, "said": {"下周"}})
	hold("the next meeting")
	reopened(t, a, want[paths[1]])
}

// reopened opens the closed meeting again and finds the earlier freeze in the list of meetings.
func reopened(t *testing.T, a *app, frozen string) {
	t.Helper()
	if r := postForm(t, a, "/meeting/reopen", form()); r.StatusCode != http.StatusBadRequest {
		t.Errorf("without a reason: %d", r.StatusCode)
	}
	must(t, a, "/meeting/reopen", form("reason", "漏记一项"))
	if ans := meetingOf(t, a, "?date="+monday); ans.Frozen || ans.Meeting.Reopened != 1 || ans.Meeting.ReopenReason != "漏记一项" {
		t.Errorf("%+v", ans.Meeting)
	}
	var list analytics.MeetingsAnswer
	decode(t, call(t, a, http.MethodGet, "/meetings.json", nil).Text, &list)
	at := slices.IndexFunc(list.Meetings, func(m analytics.MeetingItem) bool { return m.Date.String() == monday })
	if at < 0 || len(list.Meetings[at].Closings) != 1 {
		t.Fatalf("%+v", list.Meetings)
	}
	one := list.Meetings[at].Closings[0]
	again := meetingOf(t, a, "?"+url.Values{"date": {monday}, "asof": {one.Asof.String()}, "known": {one.Known}}.Encode())
	var was shownMeeting
	decode(t, frozen, &was)
	body := func(m shownMeeting) string {
		b, err := json.Marshal([]any{m.Lights, m.Minutes, m.Actions})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if body(again) != body(was) {
		t.Errorf("the earlier freeze is not what it was:\n%s\nwant\n%s", body(again), body(was))
	}
	if page := call(t, a, http.MethodGet, "/meetings", nil).Text; !strings.Contains(page, url.QueryEscape(one.Known)) {
		t.Error("the list of meetings does not lead to the earlier freeze")
	}
}

// TestActionsAreFiltered holds the list's filters and its CSV.
func TestActionsAreFiltered(t *testing.T) {
	a := meetingApp(t, "督办事项.xlsx")
	count := func(query string) int {
		var ans analytics.ActionsAnswer
		decode(t, call(t, a, http.MethodGet, "/actions.json"+query, nil).Text, &ans)
		return len(ans.Items)
	}
	day := "?asof=2016-06-24"
	if all, open, late, closed := count(day), count(day+"&state=open"), count(day+"&state=overdue"), count(day+"&state=closed"); all != 14 || open != 7 || late != 3 || closed != 7 {
		t.Errorf("%d items, %d open, %d overdue, %d closed", all, open, late, closed)
	}
	if n := count(day + "&year=2015"); n != 0 {
		t.Errorf("%d of another year", n)
	}
	if n := count(day + "&project=" + url.QueryEscape("示例金融广场")); n == 0 || n == 14 {
		t.Errorf("%d of one project", n)
	}
	for _, path := range []string{"/actions" + day, "/actions.csv" + day, "/actions?lang=en&state=overdue&asof=2016-06-24"} {
		if r := call(t, a, http.MethodGet, path, nil); r.StatusCode != http.StatusOK || !strings.Contains(r.Text, "〔2016〕004") {
			t.Error(path, r.StatusCode)
		}
	}
}
