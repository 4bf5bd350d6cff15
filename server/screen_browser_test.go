package server

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"taizhang/analytics"
	"taizhang/internal/testkit"
)

// cable is a connection to a server that can be pulled out and put back.
type cable struct {
	mu       sync.Mutex
	to, at   string
	listener net.Listener
	open     []net.Conn
}

func (c *cable) plug(t *testing.T) {
	t.Helper()
	address := c.at
	if address == "" {
		address = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	c.listener, c.at = listener, listener.Addr().String()
	go func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", c.to)
			if err != nil {
				in.Close()
				continue
			}
			c.mu.Lock()
			c.open = append(c.open, in, out)
			c.mu.Unlock()
			for _, way := range [][2]net.Conn{{in, out}, {out, in}} {
				go func() { _, _ = io.Copy(way[0], way[1]); way[0].Close() }()
			}
		}
	}()
}

func (c *cable) pull() {
	c.listener.Close()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range c.open {
		conn.Close()
	}
	c.open = nil
}

// wallState is what the wall display says of itself.
type wallState struct {
	KPIs    map[string]string
	Lost    string
	Renewed int
	Drawn   int
	On      string
	High    int
}

const wallLook = `(() => ({
	KPIs: Object.fromEntries([...document.querySelectorAll('[data-part=kpis] [data-kpi]')].map(e => [e.dataset.kpi, e.querySelector('data').getAttribute('value')])),
	Lost: document.querySelector('.lost').hidden ? '' : document.querySelector('.lost').textContent,
	Renewed: Number(document.documentElement.dataset.renewed || 0), Drawn: document.querySelectorAll('.chart canvas').length,
	On: document.querySelector('.view.on').id, High: document.documentElement.scrollHeight,
}))()`

// wallUntil looks at the display until it is as wanted.
func wallUntil(t *testing.T, ctx context.Context, what string, wanted func(wallState) bool) wallState {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		s := evaluate[wallState](t, ctx, wallLook)
		if wanted(s) {
			return s
		}
		if time.Now().After(end) {
			t.Fatalf("%s: %+v", what, s)
		}
	}
}

// asCockpit reports whether the display shows the six figures of the cockpit's JSON.
func asCockpit(t *testing.T, a *app, s wallState) bool {
	t.Helper()
	var cockpit struct{ KPIs []analytics.KPI }
	decode(t, call(t, a, http.MethodGet, "/index.json", nil).Text, &cockpit)
	for _, k := range cockpit.KPIs {
		want := ""
		if k.Value.Valid() {
			want = k.Value.String()
		}
		if shown, there := s.KPIs[k.ID]; !there || shown != want {
			return false
		}
	}
	return len(cockpit.KPIs) == 6 && len(s.KPIs) == 6
}

// TestTheWallDisplay opens /screen on a wall, compares it with the cockpit, brings new figures, pulls the cable and puts it back.
func TestTheWallDisplay(t *testing.T) {
	testkit.Unraced(t)
	ctx := browser(t)
	a := samplesApp(t)
	wire := &cable{to: strings.TrimPrefix(serving(t, a), "http://")}
	wire.plug(t)
	t.Cleanup(wire.pull)
	equal := func(s wallState) bool { return asCockpit(t, a, s) }

	open(t, ctx, "http://"+wire.at+"/screen", window{1920, 1080})
	first := wallUntil(t, ctx, "the figures of the cockpit", equal)
	if first.Drawn != 2 || first.On != "view-1" || first.High > 1080 {
		t.Errorf("%d charts, view %q, %d px high", first.Drawn, first.On, first.High)
	}
	const dead = `[...document.querySelectorAll('.kpi')].filter(k => !k.querySelector('a[href^="/"]')).map(k => k.dataset.kpi)
		.concat([...document.querySelectorAll('.view .card')].filter(c => !c.querySelector('header a[href^="/"]')).map(c => c.id))`
	if list := evaluate[[]string](t, ctx, dead); len(list) > 0 {
		t.Errorf("these lead nowhere: %q", list)
	}
	evaluate[bool](t, ctx, `document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight'})), window.kept = document.querySelector('.chart canvas'), true`)
	wallUntil(t, ctx, "the next view", func(s wallState) bool { return s.On == "view-2" })

	renew := func() { evaluate[bool](t, ctx, `window.dispatchEvent(new Event('online'))`) }
	load(t, a, "new.csv", []byte("村名,地块,楼栋,总套数(套),总面积(㎡),已交付套数(套),截至日期\n新村,甲,1号楼,100,10000,40,2016-07-01\n"))
	renew()
	fresh := wallUntil(t, ctx, "new figures", func(s wallState) bool { return s.KPIs["resettlement"] != first.KPIs["resettlement"] && equal(s) })
	if !evaluate[bool](t, ctx, `window.kept.isConnected`) || fresh.On != "view-2" || fresh.Drawn != 2 {
		t.Errorf("the page was made anew: %+v", fresh)
	}

	wire.pull()
	renew()
	gone := wallUntil(t, ctx, "the loss said", func(s wallState) bool { return s.Lost != "" })
	if !strings.Contains(gone.Lost, "连接已中断") || strings.Contains(gone.Lost, "{") || !equal(gone) || gone.Drawn != 2 {
		t.Errorf("without the server: %+v", gone)
	}
	wire.plug(t)
	back := wallUntil(t, ctx, "the way back by itself", func(s wallState) bool { return s.Lost == "" })
	if back.Renewed <= gone.Renewed || !equal(back) {
		t.Errorf("back again: %+v", back)
	}
}
