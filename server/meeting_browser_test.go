package server

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"taizhang/internal/testkit"
)

// TestAMeetingIsRunInABrowser opens the meeting, types, adds an item and moves it on, closes, and finds the closed meeting as it was.
func TestAMeetingIsRunInABrowser(t *testing.T) {
	testkit.Unraced(t)
	ctx := browser(t)
	a := meetingApp(t, "进度周报-第1周.xlsx", "进度周报-第2周.xlsx", "进度周报-第3周.xlsx", "督办事项.xlsx", "走访记录.csv")
	at := serving(t, a)
	var found complaints
	found.listen(ctx)
	for _, path := range []string{"/meeting", "/meeting?lang=en", "/actions?lang=zh", "/meetings"} {
		for _, screen := range screens {
			if p := open(t, ctx, at+path, screen); p.Scroll > p.Width || len(p.Clipped) > 0 {
				t.Errorf("%s at %d: %d px wide, cut off %q", path, screen.width, p.Scroll, p.Clipped)
			}
		}
	}

	open(t, ctx, at+"/meeting?lang=zh", desk)
	typeMinutes(t, ctx, "陈委员：剩余 12 户本周内逐户上门")
	submit(t, ctx, `document.querySelector('#new-action form')`, map[string]string{"item": "完成剩余 12 户签约", "owner": "陈委员", "due": "2016-07-08", "proposer": "王主任"})
	if text := evaluate[string](t, ctx, `document.querySelector('#card-meeting_actions').innerText + document.querySelector('#flow').innerText`); !strings.Contains(text, "〔2016〕016") {
		t.Errorf("the new item is not shown: %q", text)
	}
	open(t, ctx, at+actionPath("项目督办〔2016〕016号"), desk)
	submit(t, ctx, `document.querySelector('#move-begin form')`, map[string]string{"by": "陈委员"})
	if state := evaluate[string](t, ctx, `document.querySelector('[aria-current=step]').textContent`); state != "处理中" {
		t.Errorf("the item stands at %q", state)
	}

	open(t, ctx, at+"/meeting", desk)
	submit(t, ctx, `document.querySelector('#close')`, map[string]string{})
	const frozen = `document.querySelector('.banner').textContent.includes('由王主任于') && !document.querySelector('#minutes textarea')`
	if !evaluate[bool](t, ctx, frozen) {
		t.Error("the closed meeting has no banner, or its forms are on")
	}
	was := shownAt(t, ctx, at)
	importInto(t, a, "进度周报-第4周.xlsx")
	if now := shownAt(t, ctx, at); now != was {
		t.Errorf("the closed meeting is another after an import:\n%s\nwas\n%s", now, was)
	}
	printed(t, ctx, at)
	for _, complaint := range found.take() {
		t.Error(complaint)
	}
}

// typeMinutes types into the first open box as a person would and waits until the page says that it was saved.
func typeMinutes(t *testing.T, ctx context.Context, words string) {
	t.Helper()
	const box = `details.topic[open] textarea[name=said]`
	err := chromedp.Do(ctx, chromedp.SendKeys(`[data-by]`, "王主任"), chromedp.SendKeys(box, words))
	if err != nil {
		t.Fatal(err)
	}
	waitFor(t, ctx, `document.querySelector('[data-saved]').dataset.state === 'done'`)
	if version := evaluate[string](t, ctx, `document.querySelector('details.topic[open] [name=version]').value`); version == "0" {
		t.Error("the saved box does not know its version")
	}
}

// submit fills a form in and waits for the page it leads to.
func submit(t *testing.T, ctx context.Context, form string, words map[string]string) {
	t.Helper()
	fill := ""
	for name, value := range words {
		fill += fmt.Sprintf(`f.querySelector("[name=%s]").value = %q;`, name, value)
	}
	evaluate[bool](t, ctx, fmt.Sprintf(`(() => { window.left = false; const f = %s; %s f.requestSubmit(); return true; })()`, form, fill))
	waitFor(t, ctx, `window.left === undefined && document.readyState === 'complete'`)
}

func waitFor(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	for range 100 {
		if done, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && done {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("this never came true: %s; the page says %.300q", expression, evaluate[string](t, ctx, `document.body.innerText`))
}

// shownAt is the whole text of the closed meeting opened by its address.
func shownAt(t *testing.T, ctx context.Context, at string) string {
	t.Helper()
	open(t, ctx, at+"/meeting?date="+monday, desk)
	return evaluate[string](t, ctx, `document.documentElement.outerHTML`)
}

// printed prints the closed meeting and holds the paper: A4 upright, numbered pages with a foot, the minutes, no rail and no forms.
func printed(t *testing.T, ctx context.Context, at string) {
	t.Helper()
	pages, text := paper(t, ctx, at+"/meeting?date="+monday, `/MediaBox\s*\[0 0 59[45][.\d]* 84[12]`)
	if text == "" {
		return
	}
	for _, want := range []string{fmt.Sprintf("第1页/共%d页", pages), fmt.Sprintf("第%d页/共%d页", pages, pages), "数据截至" + monday, "来源：", "口径：", "剩余12户本周内逐户上门", "一、督办事项销号", "七、会议纪要"} {
		if !strings.Contains(text, want) {
			t.Errorf("the paper does not say %q", want)
		}
	}
	if n := strings.Count(text, "数据截至"+monday); n < pages {
		t.Errorf("the foot stands on %d of %d pages", n, pages)
	}
	for _, not := range []string{"驾驶舱", "新增督办", "结束会议并冻结快照"} {
		if strings.Contains(text, not) {
			t.Errorf("the paper says %q", not)
		}
	}
}
