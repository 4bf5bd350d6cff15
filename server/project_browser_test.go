package server

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"taizhang/internal/testkit"
)

// TestAProjectIsReportedInABrowser opens a project and the leaders, adds a weekly entry through the form and finds it on the page, and
// meets a colleague's change of the same milestone with both values side by side.
func TestAProjectIsReportedInABrowser(t *testing.T) {
	testkit.Unraced(t)
	ctx := browser(t)
	a := meetingApp(t, "进度周报-第3周.xlsx", "进度周报-第4周.xlsx", "走访记录.csv", "督办事项.xlsx", "问题台账.xlsx", "计划基线.csv", "状态灯人工调整.csv")
	at := serving(t, a)
	var found complaints
	found.listen(ctx)
	page := projectPath("齐礼闫城中村改造")
	for _, path := range []string{page + "?lang=zh", page + "?lang=en&theme=dark", page + "?asof=2016-06-13", leaderPath("赵副主任"), "/leaders"} {
		for _, screen := range screens {
			if p := open(t, ctx, at+path, screen); p.Scroll > p.Width || len(p.Clipped) > 0 || p.Started != p.Charts {
				t.Errorf("%s at %d: %d px wide, cut off %q, %d of %d charts", path, screen.width, p.Scroll, p.Clipped, p.Started, p.Charts)
			}
		}
	}
	open(t, ctx, at+page+"?asof=2016-06-27", desk)
	if evaluate[int](t, ctx, `document.querySelectorAll('.writes a, td.act a').length`) != 0 {
		t.Error("a page of another day offers forms")
	}

	shown := open(t, ctx, at+page+"?lang=zh", desk)
	if shown.KPIs["percent"] != "16" || shown.KPIs["float"] != "-6" || shown.KPIs["days_late"] != "3" {
		t.Errorf("figures %v", shown.KPIs)
	}
	follow(t, ctx, `document.querySelector('.writes a')`)
	submit(t, ctx, `document.querySelector('form.record')`, map[string]string{`'f.percent'`: "18", `'f.progress'`: "主体施工至十层", `'f.cumulative_investment_yuan'`: "74500", "by": "赵科员"})
	text := evaluate[string](t, ctx, `location.pathname + document.querySelector('#timeline li').innerText + document.querySelector('#card-since').innerText`)
	for _, want := range []string{page, "2016-07-04", "16% → 18%", "主体施工至十层", "16 → 18", "赵科员"} {
		if !strings.Contains(text, want) {
			t.Errorf("after the entry the page does not say %q: %q", want, text)
		}
	}
	checkStaleEdit(t, ctx, a)
	printProject(t, ctx, at+page)
	for _, complaint := range found.take() {
		if !strings.Contains(complaint, "409") { // the browser itself tells of the refusal that the test is after
			t.Error(complaint)
		}
	}
}

// follow clicks a link and waits for the page it leads to.
func follow(t *testing.T, ctx context.Context, link string) {
	t.Helper()
	evaluate[bool](t, ctx, `(() => { window.left = false; `+link+`.click(); return true; })()`)
	waitFor(t, ctx, `window.left === undefined && document.readyState === 'complete'`)
}

// checkStaleEdit opens a milestone's form from the project's page; a colleague saves it first.
func checkStaleEdit(t *testing.T, ctx context.Context, a *app) {
	t.Helper()
	follow(t, ctx, `document.querySelector('#card-nodes tbody tr:nth-child(2) td.act a')`)
	form := map[string]string{}
	for _, name := range []string{"key", "version"} {
		form[name] = evaluate[string](t, ctx, `document.querySelector('form.record [name=`+name+`]').value`)
	}
	colleague := postForm(t, a, "/records/milestones", url.Values{"key": {form["key"]}, "version": {form["version"]}, "by": {"王科长"}, "f.forecast_finish": {"2016-08-05"}})
	if colleague.StatusCode >= http.StatusBadRequest {
		t.Fatal(colleague.StatusCode, colleague.Text)
	}
	submit(t, ctx, `document.querySelector('form.record')`, map[string]string{`'f.forecast_finish'`: "2016-07-28", "by": "赵科员"})
	if status := evaluate[int](t, ctx, `performance.getEntriesByType('navigation')[0].responseStatus`); status != http.StatusConflict {
		t.Errorf("the stale form was answered %d", status)
	}
	row := evaluate[string](t, ctx, `[...document.querySelectorAll('table.clash tr')].map(r => r.innerText).find(s => s.includes('2016-07-28'))`)
	if !strings.Contains(row, "2016-08-05") || !strings.Contains(row, "王科长") {
		t.Errorf("the clash does not show both values: %q", row)
	}
	var saved struct {
		Fields []struct {
			Field string `json:"field"`
			Value string `json:"value"`
		} `json:"fields"`
	}
	decode(t, call(t, a, http.MethodGet, "/records/milestones/edit.json?key="+url.QueryEscape(form["key"]), nil).Text, &saved)
	if b, _ := json.Marshal(saved.Fields); !strings.Contains(string(b), "2016-08-05") || strings.Contains(string(b), "2016-07-28") {
		t.Errorf("the record holds %s", b)
	}
}

// printProject prints the page: dated, on numbered A4 sheets, with its parts and no forms.
func printProject(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	_, text := paper(t, ctx, address, `/MediaBox\s*\[0 0 84[12][.\d]* 59[45]`)
	if text == "" {
		return
	}
	for _, want := range []string{"第1页/共", "数据截至2016-07-04", "较上周变化", "需要办什么", "台账记事", "状态规则"} {
		if !strings.Contains(text, want) {
			t.Errorf("the paper does not say %q", want)
		}
	}
	if strings.Contains(text, "填周报") || strings.Contains(text, "驾驶舱") {
		t.Error("forms or the rail are on the paper")
	}
}
