package server

import (
	"net/http"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/internal/access"
	"taizhang/internal/testkit"
	"taizhang/ledger"
)

func casesApp(t *testing.T) *app {
	t.Helper()
	return sampleApp(t, "工作日历2016.xlsx", "网格台账.xlsx", "投诉举报台账2016.xlsx")
}

func caseNow(t *testing.T, a *app, number string) analytics.CaseAnswer {
	t.Helper()
	return answerAt[analytics.CaseAnswer](t, a, casePath(number)+".json")
}

// TestACaseIsTakenThroughItsLife registers a complaint and takes it on step by step; what stands in the way is said and nothing is stored.
func TestACaseIsTakenThroughItsLife(t *testing.T) {
	a := casesApp(t)
	number := "投诉〔2016〕500号"
	must(t, a, "/records/cases", form("key", "", "day", monday, "f.number", number, "f.subject", "路灯不亮", "f.channel", "热线", "f.received_on", monday, "f.status", "待受理", "f.complainant", "张某", "f.phone", "13800000000", "back", "/cases"))
	path := casePath(number)
	for _, c := range []struct {
		id     string
		words  []string
		status int
		said   string
	}{
		{"close", nil, 409, "现在是“待受理”"},
		{"assign", []string{"unit", "城市管理科"}, 409, "现在是“待受理”"},
		{"accept", []string{"day", "2016-07-05"}, 400, "晚于今天"},
		{"accept", []string{"day", "2016-07-01"}, 400, "早于接到日期"},
		{"accept", []string{"grid", "没有的网格"}, 400, "没有的网格"},
		{"accept", []string{"grid", "齐礼闫01网格"}, 303, ""},
		{"close", nil, 409, "现在是“已受理”"},
		{"assign", nil, 400, "请先填写“承办单位”"},
		{"assign", []string{"unit", "城市管理科"}, 303, ""},
		{"handle", nil, 303, ""},
		{"close", nil, 409, "现在是“办理中”"}, // nothing closes without feedback
		{"feed_back", nil, 400, "请先填写“答复内容”"},
		{"feed_back", []string{"reply", "已修好"}, 303, ""},
		{"send_back", nil, 400, "请先填写“退回重办原因”"},
		{"send_back", []string{"send_back_reason", "又灭了"}, 303, ""},
		{"close", nil, 409, "现在是“办理中”"},
		{"feed_back", []string{"reply", "已更换灯头"}, 303, ""},
		{"close", []string{"comment", "回访满意"}, 303, ""},
		{"reopen", nil, 400, "请先填写“重开原因”"},
		{"reopen", []string{"reopen_reason", "居民再次来电"}, 303, ""},
		{"close", nil, 409, "现在是“办理中”"},
	} {
		r := postForm(t, a, path+"/move", form(append([]string{"move", c.id, "day", monday}, c.words...)...))
		if r.StatusCode != c.status || !strings.Contains(r.Text, c.said) {
			t.Fatalf("%s %v: %d %s", c.id, c.words, r.StatusCode, saysOf(r.Text))
		}
		for i := 1; c.status == 400 && i < len(c.words); i += 2 {
			if !strings.Contains(r.Text, c.words[i]) {
				t.Errorf("%s: what was typed (%s) is lost", c.id, c.words[i])
			}
		}
	}
	ans := caseNow(t, a, number)
	if ans.Status != ledger.CaseUnderway || ans.Reopened != 1 || ans.ClosedOn.Known() || ans.FedBackOn.Known() || ans.Reply != "已更换灯头" || ans.Grid != "齐礼闫01网格" || len(ans.History) != 9 || ans.History[1].Comment != "回访满意" {
		t.Errorf("%+v", ans)
	}
	// Five working days after Monday 2016-07-04.
	if ans.Due.String() != "2016-07-11" || ans.DueStated || ans.DueDays != 5 {
		t.Errorf("due %s", ans.Due)
	}
	page := call(t, a, http.MethodGet, path, nil).Text
	if !strings.Contains(page, `id="move-feed_back"`) || strings.Contains(page, `id="move-close"`) || !strings.Contains(page, "13800000000") {
		t.Error("the page does not show the next step alone, or who complained")
	}
	if old := call(t, a, http.MethodGet, path+"?asof="+monday, nil).Text; strings.Contains(old, `/move"`) {
		t.Error("forms are on under a chosen day")
	}
	if r := postForm(t, a, path+"/move?asof="+monday, form("move", "feed_back")); r.StatusCode != http.StatusForbidden {
		t.Errorf("a move under a chosen day: %d", r.StatusCode)
	}
}

func TestACaseIsPostponedWithAReason(t *testing.T) {
	a := casesApp(t)
	number := "投诉〔2016〕348号" // due 2016-06-16, overdue
	for _, c := range []struct {
		words  []string
		status int
		said   string
	}{
		{[]string{"postponed_until", "2016-07-20"}, 400, "写明缓办至何日和缓办原因"},
		{[]string{"postpone_reason", "等配件"}, 400, "写明缓办至何日和缓办原因"},
		{[]string{"postponed_until", "2016-06-16", "postpone_reason", "等配件"}, 400, "应晚于办理期限 2016-06-16"},
		{[]string{"postponed_until", "2016-07-20", "postpone_reason", "等配件"}, 303, ""},
	} {
		r := postForm(t, a, casePath(number)+"/postpone", form(append([]string{"move", "postpone", "day", monday}, c.words...)...))
		if r.StatusCode != c.status || !strings.Contains(r.Text, c.said) {
			t.Fatalf("%v: %d %s", c.words, r.StatusCode, saysOf(r.Text))
		}
	}
	ans := caseNow(t, a, number)
	if ans.State != analytics.CasePostponed || ans.Due.String() != "2016-06-16" || ans.PostponedUntil.String() != "2016-07-20" || ans.Status != ledger.CaseFedBack {
		t.Errorf("%+v", ans.CaseLine)
	}
	closed := "投诉〔2016〕001号"
	if r := postForm(t, a, casePath(closed)+"/postpone", form("postponed_until", "2016-07-20", "postpone_reason", "等")); r.StatusCode != http.StatusForbidden || !strings.Contains(r.Text, "不能缓办") {
		t.Errorf("%d %s", r.StatusCode, saysOf(r.Text))
	}
}

// TestTwoWhoMoveACaseAtOnce keeps the second from overwriting the first.
func TestTwoWhoMoveACaseAtOnce(t *testing.T) {
	a := casesApp(t)
	number := "投诉〔2016〕357号"
	seen := caseNow(t, a, number).CaseLine.Version
	must(t, a, casePath(number)+"/postpone", form("day", monday, "version", seen, "postponed_until", "2016-07-20", "postpone_reason", "甲的理由"))
	if r := postForm(t, a, casePath(number)+"/postpone", form("day", monday, "version", seen, "postponed_until", "2016-07-25", "postpone_reason", "乙的理由")); r.StatusCode != http.StatusConflict {
		t.Errorf("%d %s", r.StatusCode, saysOf(r.Text))
	}
	if ans := caseNow(t, a, number); ans.PostponeReason != "甲的理由" {
		t.Errorf("%+v", ans.CaseLine)
	}
}

// TestAForgedCloseIsRefused closes a case by the form of any row, without acceptance and without feedback.
func TestAForgedCloseIsRefused(t *testing.T) {
	a := casesApp(t)
	for said, words := range map[string][]string{
		"先受理，再结案":    {"f.number", "投诉〔2016〕501号", "f.subject", "事", "f.channel", "热线", "f.received_on", monday, "f.fed_back_on", monday, "f.closed_on", monday},
		"没有反馈不能结案":   {"f.number", "投诉〔2016〕502号", "f.subject", "事", "f.channel", "热线", "f.received_on", monday, "f.accepted_on", monday, "f.closed_on", monday},
		"未受理的投诉不能结案": {"f.number", "投诉〔2016〕503号", "f.subject", "事", "f.channel", "热线", "f.received_on", "2016-06-20", "f.accepted_on", monday, "f.fed_back_on", monday, "f.closed_on", "2016-07-01"},
	} {
		r := postForm(t, a, "/records/cases", form(append([]string{"key", "", "day", monday}, words...)...))
		if r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(r.Text, said) {
			t.Errorf("%s: %d", said, r.StatusCode)
		}
	}
	if r := call(t, a, http.MethodGet, casePath("投诉〔2016〕503号"), nil); r.StatusCode != http.StatusNotFound {
		t.Errorf("something was stored: %d", r.StatusCode)
	}
}

func TestCasesAreShownAndNarrowed(t *testing.T) {
	testkit.Unraced(t)
	a := samplesApp(t)
	for path, said := range map[string][]string{
		"/cases?asof=2016-06-27":                 {"97.19", "380 /（应结案 396 − 缓办 5）", "92.31", "72 /（应结案 80 − 缓办 2）", "报主要领导 3 件", "投诉〔2016〕357号", "−8"},
		"/cases?asof=2016-06-27&lang=en":         {"380 / (due 396 − postponed 5)", "Closed on time", "overdue"},
		"/cases?asof=2016-06-27&state=overdue":   {"投诉〔2016〕348号", `aria-current="true"`},
		"/cases?asof=2016-06-27&channel=转办":      {"<option value=\"转办\" selected>"},
		"/cases?asof=2016-06-27&text=没有这样的投诉":    {"没有符合条件的条目"},
		"/cases?asof=2016-06-01":                 {"还没有投诉台账", "2016-06-24"},
		"/alerts?asof=2016-06-27":                {"投诉超期未结", casePath("投诉〔2016〕348号")},
		"/indicators/catalogue?asof=2016-06-27":  {"投诉按时办结率", "97.19"},
		casePath("投诉〔2016〕348号") + "?lang=en":    {"working days", "History"},
		casePath("投诉〔2016〕001号") + "?theme=dark": {"结案日期", `data-theme="dark"`},
	} {
		r := call(t, a, http.MethodGet, path, nil)
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s: %d %s", path, r.StatusCode, saysOf(r.Text))
			continue
		}
		for _, s := range said {
			if !strings.Contains(r.Text, s) {
				t.Errorf("%s does not say %s", path, s)
			}
		}
	}
	csv := call(t, a, http.MethodGet, "/cases.csv?asof=2016-06-27&state=overdue", nil).Text
	if strings.Count(csv, "\n") != 5 || strings.Contains(csv, "138") && strings.Contains(csv, "****") {
		t.Errorf("%s", csv)
	}
	if r := call(t, a, http.MethodGet, "/cases?state=sometimes", nil); r.StatusCode != http.StatusBadRequest || !strings.Contains(r.Text, "sometimes") {
		t.Errorf("%d", r.StatusCode)
	}
}

// TestComplainantsAreHiddenFromViewers holds the page of a case, its files and the rows behind it.
func TestComplainantsAreHiddenFromViewers(t *testing.T) {
	a := samplesApp(t)
	all := caseNow(t, a, "投诉〔2016〕348号")
	if all.Private == nil || all.Private.Complainant == "" {
		t.Fatalf("%+v", all.Private)
	}
	viewer := access.Person{Account: "v", Roles: []access.Role{access.Viewer}}
	ans := all
	analytics.Hide(&ans, viewer.Hides())
	if ans.Private != nil {
		t.Error("a viewer is told who complained")
	}
	official := access.Person{Account: "o", Roles: []access.Role{access.Official}}
	ans = all
	if analytics.Hide(&ans, official.Hides()); ans.Private == nil {
		t.Error("an official is not told who complained")
	}
}
