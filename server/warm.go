package server

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

const (
	// warmLook is how often the record is looked at for a change.
	warmLook = 2 * time.Second
	// mostWarm is how many pages may be made anew after each change at most.
	mostWarm = 1000
)

// warmer makes the pages that people ask for anew after the record has changed, one at a time, so that the next person does not wait for
// them. They are made by the very handlers, for the view of whoever asked: what is kept of them is what that person would have been sent.
type warmer struct {
	app  *app
	most int // pages a round; none: 0
	ctx  context.Context
	end  context.CancelFunc
	work sync.WaitGroup

	mu    sync.Mutex
	asked map[string]askedPage
}

// askedPage is a page that somebody looked at.
type askedPage struct {
	address string
	lang    text.Lang
	person  access.Person
	at      time.Time
}

func newWarmer(a *app, most int) *warmer {
	ctx, end := context.WithCancel(context.Background())
	return &warmer{app: a, most: most, ctx: ctx, end: end, asked: map[string]askedPage{}}
}

func (w *warmer) close() {
	w.end()
	w.work.Wait()
}

// warmKey marks a request of the warmer with the person for whose view it asks; nothing that comes over a wire can carry it.
const warmKey = "warm"

// warming is for whom a request of the warmer asks, nil for every other request.
func warming(c *fiber.Ctx) *access.Person {
	p, _ := c.Context().UserValue(warmKey).(*access.Person)
	return p
}

// note remembers that somebody looked at a page.
func (w *warmer) note(c *fiber.Ctx) {
	if w.most == 0 || format(c) != "html" || warming(c) != nil {
		return
	}
	w.add(askedPage{address: c.OriginalURL(), lang: lang(c), person: visitorOf(c).Person, at: time.Now()})
}

func (w *warmer) add(p askedPage) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked[p.key()] = p
	if len(w.asked) > 4*w.most {
		list := w.newest()
		for _, old := range list[2*w.most:] {
			delete(w.asked, old.key())
		}
	}
}

func (p askedPage) key() string {
	return strings.Join([]string{p.address, string(p.lang), p.person.View()}, "\x00")
}

// newest lists the pages, the one that was looked at last first.
func (w *warmer) newest() []askedPage {
	list := make([]askedPage, 0, len(w.asked))
	for _, p := range w.asked {
		list = append(list, p)
	}
	slices.SortFunc(list, func(x, y askedPage) int { return cmp.Or(y.at.Compare(x.at), cmp.Compare(x.address, y.address)) })
	return list
}

// begin makes the pages of the rail for everybody who may sign in, and from then on, after each change of the record and each midnight, those
// that were looked at.
func (w *warmer) begin() {
	if w.most == 0 {
		return
	}
	w.work.Add(1)
	go func() {
		defer w.work.Done()
		w.seed()
		look := time.NewTicker(warmLook)
		defer look.Stop()
		for was := ""; ; {
			if now, err := w.stands(); err == nil && now != was && !w.app.queue.busy() && w.round(now) {
				was = now
			}
			select {
			case <-w.ctx.Done():
				return
			case <-look.C:
			}
		}
	}()
}

// stands names what answers are kept by: the record's version and the office's day.
func (w *warmer) stands() (string, error) {
	version, err := w.app.ledger.Version(w.ctx)
	return strings.Join([]string{strconv.FormatUint(version, 10), ledger.Today(w.app.ledger.Now()).Format(time.DateOnly)}, " "), err
}

// seed takes the pages of the rail as asked for, in the office's language, by each kind of person there is.
func (w *warmer) seed() {
	people := []access.Person{{Anybody: true}}
	accounts, err := w.app.accounts(w.ctx)
	if err != nil {
		return // the first round after somebody asked makes up for it
	}
	if len(accounts) > 0 {
		people = people[:0]
		for _, account := range accounts {
			if !account.Disabled {
				people = append(people, account.Who())
			}
		}
	}
	for _, person := range people {
		for _, group := range rail {
			for _, entry := range group.pages {
				if w.app.table[entry[1]].Formats != answered || !w.app.mayFollow(visitor{Person: person}, entry[1]) {
					continue
				}
				w.add(askedPage{address: entry[1], lang: w.app.cfg.Lang, person: person})
			}
		}
	}
}

// round makes the pages; false when the record moved on meanwhile, so that the rest would be made in vain.
func (w *warmer) round(state string) bool {
	w.mu.Lock()
	list := w.newest()
	w.mu.Unlock()
	for _, p := range list[:min(len(list), w.most)] {
		if now, err := w.stands(); err != nil || now != state || w.ctx.Err() != nil {
			return false
		}
		w.ask(p)
	}
	return true
}

// ask makes one page; what becomes of it is seen by whoever asks for it next.
func (w *warmer) ask(p askedPage) {
	var request fasthttp.Request
	request.SetRequestURI(p.address)
	request.Header.SetHost("localhost")
	request.Header.SetCookie(langKey, string(p.lang))
	var ctx fasthttp.RequestCtx
	ctx.Init(&request, nil, nil)
	ctx.SetUserValue(warmKey, &p.person)
	w.app.web.Handler()(&ctx)
}
