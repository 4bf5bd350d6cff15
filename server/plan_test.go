package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"taizhang/analytics"
)

const village = "齐礼闫城中村改造"

// shownPlan is what the tests look at of a plan's JSON.
type shownPlan struct {
	WorkingDays bool `json:"working_days"`
	Baseline    string
	Nodes       []analytics.PlanNode
	Baselines   []analytics.Baseline
	Proposal    *analytics.Proposal
}

// heldAgainst is the baselined finish of the last node.
// schedulePath is the address of one plan.
func schedulePath(project string) string {
	return address("/schedule", url.Values{"project": {project}})
}

func (p shownPlan) heldAgainst() string { return p.Nodes[len(p.Nodes)-1].BaselineFinish.String() }

// planOf asks for the plan of a project as JSON.
func planOf(t *testing.T, a *app, words string) shownPlan {
	t.Helper()
	var ans shownPlan
	r := call(t, a, http.MethodGet, "/schedule.json?project="+url.QueryEscape(village)+words, nil)
	if r.StatusCode != http.StatusOK {
		t.Fatal(r.StatusCode, r.Text)
	}
	decode(t, r.Text, &ans)
	return ans
}

// digestOf is the state of the plan that a page shows.
func digestOf(t *testing.T, a *app) string {
	t.Helper()
	page := call(t, a, http.MethodGet, schedulePath(village), nil)
	_, after, found := strings.Cut(page.Text, `name="digest" value="`)
	if page.StatusCode != http.StatusOK || !found {
		t.Fatal(page.StatusCode, saysOf(page.Text))
	}
	digest, _, _ := strings.Cut(after, `"`)
	return digest
}

func TestTheOverviewListsPlansAndLeadsToEach(t *testing.T) {
	a := meetingApp(t)
	page := call(t, a, http.MethodGet, "/schedule", nil)
	for _, part := range []string{village, `href="` + strings.ReplaceAll(schedulePath(village), "&", "&amp;") + `"`, "show=late"} {
		if page.StatusCode != http.StatusOK || !strings.Contains(page.Text, part) {
			t.Errorf("the overview lacks %q (%d)", part, page.StatusCode)
		}
	}
	then := call(t, a, http.MethodGet, "/schedule?asof=2016-06-13", nil)
	if want := address("/schedule", url.Values{"asof": {"2016-06-13"}, "project": {village}}); !strings.Contains(then.Text, strings.ReplaceAll(want, "&", "&amp;")) {
		t.Error("a plan's link loses the day")
	}
	if strings.Contains(page.Text, "data-chart") {
		t.Error("the overview draws charts of single plans")
	}
	none := call(t, a, http.MethodGet, "/schedule?show=faulty", nil)
	list, _, _ := strings.Cut(none.Text, `id="card-slips"`)
	if !strings.Contains(list, "没有符合条件") || strings.Contains(list, schedulePath(village)) {
		t.Error("a cut that no plan meets still lists plans")
	}
	csv := call(t, a, http.MethodGet, "/schedule.csv?show=faulty&page=7", nil)
	if !strings.Contains(csv.Text, "主体封顶") {
		t.Error("the table of nodes is not whole")
	}
}

func TestOnePlanInThreeFormats(t *testing.T) {
	a := meetingApp(t)
	page := call(t, a, http.MethodGet, schedulePath(village), nil)
	for _, part := range []string{`id="card-gantt"`, `id="card-plan_nodes"`, `id="card-proposal"`, `id="card-variance"`, `id="freeze"`, "2016-07-14", "主体封顶", `name="number" value="第1次"`} {
		if page.StatusCode != http.StatusOK || !strings.Contains(page.Text, part) {
			t.Errorf("the page lacks %q (%d)", part, page.StatusCode)
		}
	}
	checkPage(t, page, "zh")
	ans := planOf(t, a, "&days=work")
	if !ans.WorkingDays || ans.Proposal == nil || len(ans.Proposal.Nodes) != len(ans.Nodes) {
		t.Errorf("working days: %+v", ans.Proposal)
	}
	if csv := call(t, a, http.MethodGet, "/schedule.csv?project="+url.QueryEscape(village), nil); strings.Count(csv.Text, "\n") != len(ans.Nodes)+1 || !strings.Contains(csv.Text, "自由时差") {
		t.Error(csv.Text)
	}
	for path, want := range map[string]int{"project=x": 404, "days=weeks&project=" + url.QueryEscape(village): 400, "baseline=x&project=" + url.QueryEscape(village): 404} {
		if r := call(t, a, http.MethodGet, "/schedule?"+path, nil); r.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, r.StatusCode, want)
		}
	}
}

// approve are the words of a decision that holds; pairs change or add words.
func approve(digest string, pairs ...string) url.Values {
	v := url.Values{"project": {village}, "digest": {digest}, "number": {"第1次"}, "approved_on": {"2016-06-20"}, "approved_by": {"李书记"}, "reason": {"街办〔2016〕12号"}, "by": {"王科长"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func TestWhatAnApprovalLacksIsToldAtTheField(t *testing.T) {
	a := meetingApp(t)
	digest := digestOf(t, a)
	before, _ := a.ledger.Version(t.Context())
	for _, c := range []struct{ field, typed, said string }{
		{"number", " ", "请填写“基线编号”"}, {"approved_by", "", "请填写“批准人”"}, {"reason", "", "请填写“基线说明”"}, {"approved_on", "", "请填写“批准日期”"},
		{"approved_on", "2016-07-05", "还没有到（今天是 2016-07-04）"}, {"approved_on", "昨天", "昨天"},
	} {
		r := postForm(t, a, "/schedule/baseline", approve(digest, c.field, c.typed))
		at := strings.Index(r.Text, `id="freeze-`+c.field+`-said"`)
		if r.StatusCode != http.StatusUnprocessableEntity || at < 0 || !strings.Contains(r.Text[at:at+400], c.said) || !strings.Contains(r.Text, `value="李书记"`) && c.field != "approved_by" {
			t.Errorf("%s=%q: %d, nothing is said at the field or what was typed is lost", c.field, c.typed, r.StatusCode)
		}
	}
	if r := postForm(t, a, "/schedule/baseline", approve("of another plan")); r.StatusCode != http.StatusConflict {
		t.Errorf("a plan that moved on was approved: %d", r.StatusCode)
	}
	if r := postForm(t, a, "/schedule/baseline?asof=2016-06-13", approve(digest)); r.StatusCode != http.StatusForbidden {
		t.Errorf("approved while the page stood at another day: %d", r.StatusCode)
	}
	if r := postForm(t, a, "/schedule/baseline", approve(digest, "project", "x")); r.StatusCode != http.StatusNotFound {
		t.Errorf("a project without a plan: %d", r.StatusCode)
	}
	if after, _ := a.ledger.Version(t.Context()); after != before {
		t.Error("something was stored")
	}
	if past := call(t, a, http.MethodGet, schedulePath(village)+"&asof=2016-06-13", nil); past.StatusCode != 200 || strings.Contains(past.Text, `id="freeze"`) || strings.Contains(past.Text, "/records/milestones/edit") {
		t.Errorf("forms are offered under another day (%d)", past.StatusCode)
	}
}

func TestABaselineIsFrozenAndNeverWrittenOver(t *testing.T) {
	a := meetingApp(t)
	first := must(t, a, "/schedule/baseline", approve(digestOf(t, a)))
	if want := address("/schedule", url.Values{"project": {village}, "baseline": {"第1次"}}) + "#card-baselines"; first.Header.Get("Location") != want {
		t.Error(first.Header.Get("Location"))
	}
	frozen := planOf(t, a, "")
	if frozen.Baseline != "第1次" || len(frozen.Baselines) != 2 || len(frozen.Baselines[0].Nodes) != len(frozen.Nodes) || frozen.Baselines[0].ApprovedBy != "李书记" {
		t.Fatalf("%+v", frozen.Baselines)
	}
	// The plan is put off by ten days; the baseline keeps the day it was approved with.
	node := frozen.Nodes[len(frozen.Nodes)-1]
	late := analytics.DateOf(node.PlanFinish.Time().AddDate(0, 0, 10))
	key := call(t, a, http.MethodGet, "/source.json?dataset=milestones&project="+url.QueryEscape(village)+"&node="+url.QueryEscape(node.Node), nil)
	var source struct {
		Versions []struct{ Key, Version string }
	}
	decode(t, key.Text, &source)
	moved := postForm(t, a, "/records/milestones", url.Values{"key": {source.Versions[0].Key}, "version": {source.Versions[0].Version}, "by": {"王科长"}, "f.plan_finish": {late.String()}, "back": {"/schedule"}})
	if moved.StatusCode != http.StatusSeeOther {
		t.Fatal(moved.StatusCode, saysOf(moved.Text))
	}
	if again := postForm(t, a, "/schedule/baseline", approve(digestOf(t, a))); again.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(again.Text, "不能改写") {
		t.Errorf("a number was taken twice: %d", again.StatusCode)
	}
	if before := postForm(t, a, "/schedule/baseline", approve(digestOf(t, a), "number", "第2次", "approved_on", "2016-06-01")); before.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(before.Text, "早于上一次基线") {
		t.Errorf("a second baseline before the first: %d", before.StatusCode)
	}
	must(t, a, "/schedule/baseline", approve(digestOf(t, a), "number", "第2次", "approved_on", "2016-07-04", "reason", "雨季顺延"))
	for chosen, want := range map[string]string{"第1次": node.PlanFinish.String(), "第2次": late.String(), "": late.String(), analytics.FirstPlan: node.PlanFinish.String()} {
		ans := planOf(t, a, "&baseline="+url.QueryEscape(chosen))
		if got := ans.heldAgainst(); got != want || len(ans.Baselines) != 3 {
			t.Errorf("against %q: %s, want %s of %d baselines", chosen, got, want, len(ans.Baselines))
		}
	}
	page := call(t, a, http.MethodGet, schedulePath(village)+"&baseline="+url.QueryEscape("第1次"), nil)
	for _, part := range []string{"&#43;10", "雨季顺延", "街办〔2016〕12号", `value="第3次"`, `<option value="第1次" selected>`} {
		if !strings.Contains(page.Text, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
}
