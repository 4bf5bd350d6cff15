package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"taizhang/analytics"
	"taizhang/ledger"
)

// hand is a row as a person types it: pairs of field and text.
type hand []string

func (h hand) words(over ...string) url.Values {
	v := url.Values{"by": {"王科长"}, "back": {"/records"}}
	for i := 0; i+1 < len(h); i += 2 {
		v.Set(fieldMark+h[i], h[i+1])
	}
	for i := 0; i+1 < len(over); i += 2 {
		v.Set(fieldMark+over[i], over[i+1])
	}
	return v
}

// goodHands is one row of each dataset of the meeting's side that can be stored as it is; the tests' day is 2016-07-04.
var goodHands = map[string]hand{
	"issues":      {"project", "甲项目", "number", "问题1", "found_on", "2016-06-01", "issue", "管线未迁", "due", "2016-07-30", "status", "解决中"},
	"assignments": {"project", "甲项目", "leaders", "张主任", "section", "城改办", "item", "一名领导", "from", "2016-06-01", "to", "2016-12-31"},
	"overrides":   {"project", "甲项目", "light", "绿灯", "reason", "已协调", "person", "张主任", "from", "2016-07-01", "until", "2016-07-31"},
	"calendar":    {"date", "2016-10-08", "kind", "上班", "name", "国庆节"},
	"baselines": {"project", "甲项目", "number", "第1次", "approved_on", "2016-06-01", "approved_by", "李书记", "reason", "街办〔2016〕1号",
		"node_no", "1", "node", "封顶", "start", "2016-01-01", "finish", "2016-07-20"},
	"actions":    {"number", "督办1", "meeting_date", "2016-06-27", "project", "甲项目", "item", "协调供电", "owner", "张三", "due", "2016-07-08", "status", "待下发"},
	"progress":   {"project", "甲项目", "report_date", "2016-07-01", "percent", "35"},
	"milestones": {"project", "甲项目", "node_no", "1", "node", "封顶", "plan_start", "2016-01-01", "plan_finish", "2016-07-20"},
}

func TestEveryBadEntryIsToldAtItsField(t *testing.T) {
	a, _ := withProject(t)
	for _, c := range []struct{ dataset, field, typed, said string }{
		{"issues", "project", "没有的项目", "没有“没有的项目”"},
		{"issues", "project", "", "请填写“项目名称”"},
		{"issues", "found_on", "2016-07-09", "还没有到"},
		{"issues", "found_on", "", "请填写“发现日期”"},
		{"issues", "issue", " ", "请填写“问题描述”"},
		{"issues", "resolved_on", "2016-05-01", "早于"},
		{"assignments", "project", "没有的项目", "没有“没有的项目”"},
		{"assignments", "to", "2016-05-31", "早于开始日期"},
		{"assignments", "leaders", "", "请填写“分包领导”"},
		{"assignments", "from", "", "请填写“开始日期”"},
		{"overrides", "project", "没有的项目", "没有“没有的项目”"},
		{"overrides", "reason", "", "请填写“调整理由”"},
		{"overrides", "person", " ", "请填写“调整人”"},
		{"overrides", "until", "", "请填写“失效日期”"},
		{"overrides", "light", "", "请填写“调整为”"},
		{"overrides", "until", "2016-06-30", "应晚于开始日期"},
		{"overrides", "until", "2017-06-30", "规定期限"},
		{"overrides", "from", "2016-07-05", "还没有到"},
		{"calendar", "date", "十月的哪天", "十月的哪天"},
		{"calendar", "date", "", "请填写“日期”"},
		{"calendar", "kind", "", "请填写“安排”"},
		{"baselines", "project", "没有的项目", "没有“没有的项目”"},
		{"baselines", "finish", "2015-12-31", "早于开始日期"},
		{"baselines", "finish", "", "请填写“基线完成”"},
		{"baselines", "approved_by", "", "请填写“批准人”"},
		{"baselines", "reason", "", "请填写“基线说明”"},
		{"baselines", "approved_on", "2016-07-05", "还没有到"},
		{"actions", "project", "没有的项目", "没有“没有的项目”"},
		{"actions", "closed_on", "2016-06-01", "早于"},
		{"actions", "done_percent", "130", "0–100"},
		{"progress", "project", "没有的项目", "没有“没有的项目”"},
		{"progress", "percent", "101", "0–100"},
		{"progress", "report_date", "2016-07-05", "还没有到"},
		{"milestones", "project", "没有的项目", "没有“没有的项目”"},
		{"milestones", "plan_finish", "2015-12-31", "早于开始日期"},
		{"milestones", "predecessors", "9", "9"},
		{"milestones", "actual_finish", "2016-07-05", "还没有到"},
	} {
		good := goodHands[c.dataset]
		r := postForm(t, a, "/records/"+c.dataset, good.words(c.field, c.typed))
		at := strings.Index(r.Text, `id="f-`+c.field+`-said"`)
		if r.StatusCode != http.StatusUnprocessableEntity || at < 0 {
			t.Errorf("%s: %s=%q: %d, nothing is said at the field", c.dataset, c.field, c.typed, r.StatusCode)
			continue
		}
		said, _, _ := strings.Cut(r.Text[at:], "</p>")
		if !strings.Contains(said, c.said) {
			t.Errorf("%s: %s=%q: %s, want %q", c.dataset, c.field, c.typed, said, c.said)
		}
		for i := 0; i < len(good); i += 2 {
			if good[i] != c.field && !strings.Contains(r.Text, good[i+1]) {
				t.Errorf("%s: %s=%q: what was typed as %s is lost", c.dataset, c.field, c.typed, good[i])
			}
		}
	}
	if v, err := a.ledger.Version(t.Context()); v != 1 || err != nil {
		t.Errorf("something was stored: version %d %v", v, err)
	}
}

func TestGoodEntriesAreStored(t *testing.T) {
	a, _ := withProject(t)
	for _, name := range []string{"issues", "assignments", "overrides", "calendar", "baselines", "actions", "progress", "milestones"} {
		if r := postForm(t, a, "/records/"+name, goodHands[name].words()); r.StatusCode != http.StatusSeeOther {
			t.Errorf("%s: %d %s", name, r.StatusCode, saysOf(r.Text))
		}
	}
	var ans struct {
		Leaders []string
		Light   struct{ Color analytics.Color }
	}
	decode(t, call(t, a, http.MethodGet, "/projects/"+url.PathEscape("甲项目")+".json", nil).Text, &ans)
	if len(ans.Leaders) != 1 || ans.Leaders[0] != "张主任" || ans.Light.Color != analytics.Green {
		t.Errorf("the entries count for nothing: %+v", ans)
	}
	// A baseline is written once, by row as by plan.
	again := postForm(t, a, "/records/baselines", goodHands["baselines"].words("node_no", "2", "node", "验收"))
	if again.StatusCode != http.StatusForbidden {
		t.Errorf("a second row of a baseline that stands: %d", again.StatusCode)
	}
	if tip := call(t, a, http.MethodGet, "/records/baselines/new", nil); !strings.Contains(tip.Text, `href="/schedule"`) {
		t.Error("the form does not lead to the plans")
	}
}

// TestARowOfASheetMayGoOnWithoutWhatFormsAskFor changes a field of a row that a sheet left incomplete.
func TestARowOfASheetMayGoOnWithoutWhatFormsAskFor(t *testing.T) {
	a, _ := withProject(t)
	load(t, a, "问题台账.csv", []byte("项目名称,问题编号,问题描述,责任人,状态\n甲项目,7,缺钢材,张三,解决中\n"))
	clock, err := a.ledger.Clock(t.Context(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	var key string
	if err := a.ledger.Matching(t.Context(), ledger.Issues, ledger.Filter{"number": "7"}, clock, func(k string, _ ledger.Row) error { key = k; return nil }); err != nil || key == "" {
		t.Fatal(key, err)
	}
	words := url.Values{"key": {key}, "version": {"2.0"}, "by": {"王"}, "back": {"/records"}, "f.status": {"已解决"}}
	if r := postForm(t, a, "/records/issues", words); r.StatusCode != http.StatusSeeOther {
		t.Errorf("%d %s", r.StatusCode, saysOf(r.Text))
	}
}
