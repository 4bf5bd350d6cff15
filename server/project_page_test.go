package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"taizhang/ledger"
)

// TestAPlanThatCannotBeComputedNamesItsNodes writes a plan that waits for a node it does not have: the page says which, and where it stands.
func TestAPlanThatCannotBeComputedNamesItsNodes(t *testing.T) {
	a := testApp(t)
	write := func(dataset string, words url.Values) {
		t.Helper()
		words.Set("by", "测试")
		words.Set("version", "0")
		if r := postForm(t, a, "/records/"+dataset, words); r.StatusCode >= http.StatusBadRequest {
			t.Fatal(r.StatusCode, r.Text)
		}
	}
	write("projects", url.Values{"f.project": {"甲路"}, "f.category": {"基础设施"}, "f.leaders": {"张主任、李书记"}})
	write("milestones", url.Values{"f.project": {"甲路"}, "f.node_no": {"1"}, "f.node": {"封顶"}, "f.plan_start": {"2016-06-01"}, "f.plan_finish": {"2016-07-20"}, "f.deadline": {"2016-12-31"}})
	loadNode(t, a, map[string]any{"project": "甲路", "node_no": "2", "node": "装饰", "predecessors": "9", "duration_days": int64(30), "plan_finish": ledger.DayOf(time.Date(2016, 8, 20, 0, 0, 0, 0, time.UTC))})
	write("issues", url.Values{"f.project": {"甲路"}, "f.number": {"1"}, "f.issue": {"管线未迁"}, "f.found_on": {"2016-07-01"}, "f.due": {"2016-07-02"}, "f.status": {"解决中"}})
	write("overrides", url.Values{"f.project": {"甲路"}, "f.light": {"黄灯"}, "f.reason": {"等待批复"}, "f.person": {"王主任"}, "f.from": {"2016-07-01"}, "f.until": {"2016-07-20"}})

	page := call(t, a, http.MethodGet, projectPath("甲路"), nil).Text
	for _, want := range []string{
		"的前置节点“9”不存在", "甲路|2|装饰", // the sentence and the row at fault, which was typed and has no cell
		"等待批复（王主任，2016-07-01 至 2016-07-20，还有 16 天）", "按规则：", "/source?dataset=overrides&amp;from=2016-07-01", // who set the light, until when
		"当日有多位分包领导：张主任、李书记", "管线未迁", "逾期 2 天",
		"/records/milestones/edit?back=%2Fprojects%2F", "/records/issues/new?back=%2Fprojects%2F",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if past := call(t, a, http.MethodGet, projectPath("甲路")+"?asof=2016-07-04", nil).Text; strings.Contains(past, "/records/") {
		t.Error("a page that stands at a day offers forms")
	}
	leaders := call(t, a, http.MethodGet, "/leaders", nil).Text
	if !strings.Contains(leaders, "甲路：当日有多位分包领导") {
		t.Error("the leaders' page does not warn of two leads")
	}
}

// loadNode puts a milestone into the record past the checks of sheets and forms, as an older import may have.
func loadNode(t *testing.T, a *app, named map[string]any) {
	t.Helper()
	row := ledger.Row{Values: make([]any, len(ledger.Milestones.Fields)), Effective: time.Date(2016, 7, 1, 0, 0, 0, 0, time.UTC)}
	for name, v := range named {
		row.Values[ledger.Milestones.Index(name)] = v
	}
	_, err := a.ledger.Load(t.Context(), ledger.Load{Kind: "form", By: "测试", Each: func(add func(*ledger.Dataset, ledger.Row) error) error { return add(ledger.Milestones, row) }})
	if err != nil {
		t.Fatal(err)
	}
}
