package server

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"taizhang/internal/testkit"
)

// planState is where the keyboard stands in the stacking plan.
type planState struct {
	Floor, Room, Line, Href string
	Tabs                    int // rooms that the Tab key reaches
}

const atRoom = `(() => { const r = document.activeElement, f = r.closest('.floor'); return { Floor: f ? f.querySelector('[role=rowheader]').textContent : '', Room: r.title,
	Line: document.querySelector('#roomline').firstChild.textContent, Href: (document.querySelector('#roomline a') || {}).href || '', Tabs: document.querySelectorAll('.room[tabindex="0"]').length }; })()`

// TestTheStackingPlanIsWalkedByKeyboard moves from room to room and floor to floor, meets a vacant room, and follows one to its source.
func TestTheStackingPlanIsWalkedByKeyboard(t *testing.T) {
	testkit.Unraced(t)
	ctx := browser(t)
	at := serving(t, samplesApp(t))
	page := at + buildingPath("嵩山国际") + "?lang=zh&asof=2016-06-30"
	var found complaints
	found.listen(ctx)
	for _, address := range []string{page, page + "&color=tax", page + "&color=industry&theme=dark", strings.Replace(page, "=zh", "=en", 1) + "&since=2015-12-31"} {
		for _, screen := range screens {
			if p := open(t, ctx, address, screen); p.Scroll > p.Width || len(p.Clipped) > 0 || p.Started != p.Charts {
				t.Errorf("%s at %d: %d px wide, cut off %q, %d of %d charts", address, screen.width, p.Scroll, p.Clipped, p.Started, p.Charts)
			}
		}
	}
	open(t, ctx, page, desk)
	press := func(key string) planState {
		t.Helper()
		if err := chromedp.Do(ctx, chromedp.KeyEvent(key)); err != nil {
			t.Fatal(err)
		}
		s := evaluate[planState](t, ctx, atRoom)
		if s.Room != s.Line || s.Href == "" || s.Tabs != 1 {
			t.Errorf("after %q: the line says %q and leads to %q for %q; %d rooms are reached by Tab", key, s.Line, s.Href, s.Room, s.Tabs)
		}
		return s
	}
	evaluate[bool](t, ctx, `(() => { document.querySelector('.room').focus(); return true; })()`)
	first := evaluate[planState](t, ctx, atRoom)
	second := press(kb.ArrowRight)
	if second.Floor != first.Floor || second.Room == first.Room {
		t.Errorf("right of %+v is %+v", first, second)
	}
	if back := press(kb.ArrowLeft); back.Room != first.Room || press(kb.ArrowLeft).Room != first.Room {
		t.Errorf("left again: %+v", back)
	}
	if last := press(kb.End); !strings.Contains(last.Room, "空置") || last.Floor != first.Floor {
		t.Errorf("the end of the top floor is %+v", last)
	}
	if below := press(kb.ArrowDown); below.Floor == first.Floor || below.Floor == "" {
		t.Errorf("below %s is %+v", first.Floor, below)
	}
	if top := press(kb.ArrowUp); top.Floor != first.Floor {
		t.Errorf("above is %+v", top)
	}
	press(kb.Home)
	checkFirstTap(t, ctx)
	for _, complaint := range found.take() {
		t.Error(complaint)
	}
}

// checkFirstTap taps a room: the first tap tells, the page stays.
func checkFirstTap(t *testing.T, ctx context.Context) {
	t.Helper()
	told := evaluate[string](t, ctx, `(() => { const r = document.querySelectorAll('.room')[3]; const go = new MouseEvent('click', { bubbles: true, cancelable: true });
		r.dispatchEvent(new PointerEvent('pointerdown', { pointerType: 'touch', bubbles: true })); r.focus(); r.dispatchEvent(go);
		return go.defaultPrevented && document.querySelector('#roomline').firstChild.textContent === r.title ? '' : document.querySelector('#roomline').textContent; })()`)
	if told != "" {
		t.Errorf("a first tap shows %q, or leads away", told)
	}
	again := evaluate[bool](t, ctx, `(() => { const r = document.querySelectorAll('.room')[3]; let kept = true; document.addEventListener('click', e => { kept = e.defaultPrevented; e.preventDefault(); }, { once: true });
		r.dispatchEvent(new PointerEvent('pointerdown', { pointerType: 'touch', bubbles: true })); r.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })); return kept; })()`)
	if again {
		t.Error("a second tap on the same room does not lead to its source")
	}
}
