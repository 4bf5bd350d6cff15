package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"taizhang/internal/text"
	"taizhang/ledger"
)

const (
	// exportPatience is how long a request waits for its file before it leads to the page that says how far it is.
	exportPatience = time.Second
	// exportsAtOnce files are written at the same time, exportsWaiting more may wait for their turn.
	exportsAtOnce, exportsWaiting = 2, 20
	// exportMemory and exportBytes bound what is kept of files that were made and not fetched yet.
	exportMemory = 15 * time.Minute
	exportBytes  = 256 << 20
)

// exports are the files that are being made, and for a while those that were. With the process they end.
type exports struct {
	ctx   context.Context
	end   context.CancelFunc
	turns chan struct{}
	work  sync.WaitGroup

	mu   sync.Mutex
	list []*export // in the order they were asked for
}

// export is one file on its way. It belongs to the process, not to the request that asked for it.
type export struct {
	id, key, address string
	title            string
	at               time.Time
	ctx              context.Context
	cancel           context.CancelFunc
	ended            chan struct{}
	led              atomic.Bool // somebody is on its page

	mu          sync.Mutex
	done, total int
	packing     bool
	finished    time.Time
	status      int
	file        keptAnswer
	tag         string // ETag of the file
	account     string // who asked for it, and may look at it; empty where nobody signs in
	cancelled   bool
	why         text.Message // it was refused or failed
}

// exportKey holds the export whose file a request is made for.
const exportKey = "export"

func newExports() *exports {
	ctx, end := context.WithCancel(context.Background())
	return &exports{ctx: ctx, end: end, turns: make(chan struct{}, exportsAtOnce)}
}

// close ends all exports and waits for them as long as ctx allows.
func (e *exports) close(ctx context.Context) {
	e.end()
	over := make(chan struct{})
	go func() { e.work.Wait(); close(over) }()
	select {
	case <-over:
	case <-ctx.Done():
	}
}

// exporting gives the export that a request makes the file of; nil when a person or a program asks.
func exporting(c *fiber.Ctx) *export {
	x, _ := c.Context().UserValue(exportKey).(*export)
	return x
}

// asExport lets a page's workbook be made by a job: a small one is answered at once, a long one leads to the page of the job. The job asks
// the same address once more, so that it is answered by the very handler and with the rights of whoever asked.
func (a *app) asExport(handle fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if format(c) != bookFormat || exporting(c) != nil || c.Method() != fiber.MethodGet {
			return handle(c)
		}
		x, err := a.exports.begin(a.exportOf(c), c, a.web.Handler())
		if err != nil {
			return err
		}
		timer := time.NewTimer(a.exportPatience)
		defer timer.Stop()
		select {
		case <-x.ended:
			if !x.led.Load() {
				a.exports.drop(x)
			}
			return x.answer(c)
		case <-timer.C:
		}
		x.led.Store(true)
		if wantsJSON(c) {
			c.Set(fiber.HeaderLocation, exportPath(x)+".json")
			return c.Status(fiber.StatusAccepted).JSON(a.lookExport(a.newPage(c, "exports"), x))
		}
		return c.Redirect(carried(exportPath(x), elsewhere(c)), fiber.StatusSeeOther)
	}
}

func exportPath(x *export) string { return "/exports/" + x.id }

// exportOf names what a request asks for: the same for the same address, language and person is made once.
func (a *app) exportOf(c *fiber.Ctx) *export {
	name, _ := c.Locals(routeKey).(string)
	return &export{key: answerKey(c, visitorOf(c).View(), a.ledger.Now()) + "\x00" + c.Get(fiber.HeaderCookie) + "\x00" + c.Get(fiber.HeaderIfNoneMatch), address: c.OriginalURL(), title: name, account: visitorOf(c).Account}
}

// begin starts an export, or gives the one that makes the same and is under way.
func (e *exports) begin(x *export, c *fiber.Ctx, handler fasthttp.RequestHandler) (*export, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.forget()
	under := 0
	for _, other := range e.list {
		if other.over() {
			continue
		}
		if other.key == x.key {
			return other, nil
		}
		under++
	}
	if under >= exportsAtOnce+exportsWaiting {
		return nil, ledger.Fail(ledger.Conflict, text.T("export.queue_full", under))
	}
	var id [16]byte
	_, _ = rand.Read(id[:])
	x.id, x.at, x.ended = hex.EncodeToString(id[:]), time.Now(), make(chan struct{})
	x.ctx, x.cancel = context.WithCancel(e.ctx)
	e.list = append(e.list, x)
	request := fasthttp.AcquireRequest()
	c.Request().CopyTo(request)
	request.SetRequestURI(x.address)
	e.work.Add(1)
	go e.make(x, request, c.Context().RemoteAddr(), handler)
	return x, nil
}

// make asks the address as the export's own request, when it is its turn.
func (e *exports) make(x *export, request *fasthttp.Request, from net.Addr, handler fasthttp.RequestHandler) {
	defer e.work.Done()
	defer fasthttp.ReleaseRequest(request)
	defer close(x.ended)
	defer x.cancel()
	select {
	case e.turns <- struct{}{}:
		defer func() { <-e.turns }()
	case <-x.ctx.Done():
		x.finish(fiber.StatusServiceUnavailable, keptAnswer{}, "")
		return
	}
	defer func() {
		if cause := recover(); cause != nil {
			x.finish(fiber.StatusInternalServerError, keptAnswer{body: fmt.Appendf(nil, "%v\n%s", cause, debug.Stack())}, "")
		}
	}()
	var ctx fasthttp.RequestCtx
	ctx.Init(request, from, nil)
	ctx.SetUserValue(exportKey, x)
	handler(&ctx)
	r := &ctx.Response
	x.finish(r.StatusCode(), keptAnswer{body: slices.Clone(r.Body()), kind: string(r.Header.ContentType()), disposition: string(r.Header.Peek(fiber.HeaderContentDisposition))},
		string(r.Header.Peek(fiber.HeaderETag)))
}

func (x *export) finish(status int, file keptAnswer, tag string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.finished, x.status, x.file, x.tag = time.Now(), status, file, tag
	x.cancelled = x.ctx.Err() != nil && status != fiber.StatusOK
}

// failed notes the sentence that the request was refused with.
func (x *export) failed(why text.Message) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.why = why
}

func (x *export) over() bool {
	select {
	case <-x.ended:
		return true
	default:
		return false
	}
}

// stop is the error of an export that a person ended.
func (x *export) stop() error {
	if x.ctx.Err() != nil {
		return ledger.Fail(ledger.Conflict, text.T("export.cancelled"))
	}
	return nil
}

// told is what the writer of a workbook says of how far it is; an error ends it.
func (x *export) told(done, total int) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.done, x.total, x.packing = done, total, done == total
	return x.stop()
}

// answer sends what was made, as the address itself would.
func (x *export) answer(c *fiber.Ctx) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.tag != "" {
		c.Set(fiber.HeaderETag, x.tag)
		c.Set(fiber.HeaderCacheControl, "private, no-cache")
		c.Set(fiber.HeaderVary, fiber.HeaderCookie)
	}
	c.Set(fiber.HeaderContentType, x.file.kind)
	if x.file.disposition != "" {
		c.Set(fiber.HeaderContentDisposition, x.file.disposition)
	}
	c.Status(x.status)
	if x.status != fiber.StatusNotModified {
		c.Context().Response.SetBodyRaw(x.file.body) // shared, never written to
	}
	return nil
}

// forget drops exports that ended long ago, and the oldest ones where all together are too large; the caller holds mu.
func (e *exports) forget() {
	kept := 0
	for i := len(e.list) - 1; i >= 0; i-- {
		x := e.list[i]
		if !x.over() {
			continue
		}
		if kept += len(x.file.body); kept > exportBytes || time.Since(x.finished) > exportMemory {
			e.list = slices.Delete(e.list, i, i+1)
		}
	}
}

// drop forgets an export whose file was sent.
func (e *exports) drop(x *export) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.list = slices.DeleteFunc(e.list, func(other *export) bool { return other == x })
}

func (e *exports) find(id string) (*export, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, x := range e.list {
		if x.id == id {
			return x, nil
		}
	}
	return nil, ledger.Fail(ledger.NotFound, text.T("export.no_job"))
}
