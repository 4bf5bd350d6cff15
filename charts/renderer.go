package charts

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/dop251/goja"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// ErrUnavailable marks failures that have to do with the moment or the machine, not with what was asked for.
var ErrUnavailable = errors.New("no picture can be drawn now")

// renderLimit is how long one chart may take; usual ones take a tenth of a second.
const renderLimit = 10 * time.Second

// mostOption bounds the option of one picture, and so what an interpreter holds while it draws; docs/performance.md says how much that is.
const mostOption = 512 << 10

// Renderer draws charts as SVG without a browser: ECharts itself in
// interpreters, of which there are never more than its size. Each is made when
// it is first needed, stays warm, and is given up after any failure.
type Renderer struct {
	compile func() ([]*goja.Program, error)
	places  chan struct{} // one for each picture being drawn
	limit   time.Duration
	raster  raster

	mu   sync.Mutex
	idle []*interpreter // warm ones, the last used last
}

// NewRenderer makes a renderer of so many interpreters; echarts is the library's own script, frame the one that makes a picture of
// an option (assets/picture.js). Nothing is compiled before the first picture.
func NewRenderer(echarts, frame []byte, size int) *Renderer {
	r := &Renderer{places: make(chan struct{}, size), limit: renderLimit, raster: raster{slots: make(chan struct{}, size)}}
	r.compile = sync.OnceValues(func() ([]*goja.Program, error) {
		return compiled([]script{{"shim.js", shim}, {"echarts.js", string(echarts)}, {"picture.js", string(frame)}, {"draw.js", draw}})
	})
	return r
}

// Picture is a chart to be drawn with what is written around it.
type Picture struct {
	Option []byte // as Option.JSON gives it, the same that the page's script starts
	Title  string
	Sub    string // the page and the reading hint
	Stamp  string // as-of, source and basis, below
	Theme  string // one of ThemeNames
	Lang   text.Lang
	Width  int // in pixels
	Height int
}

// SVG draws a picture as a file that needs nothing beside it but fonts. It waits for a free interpreter as long as ctx lets it.
func (r *Renderer) SVG(ctx context.Context, p Picture) ([]byte, error) {
	if len(p.Option) > mostOption {
		return nil, ledger.Fail(ledger.Invalid, text.T("picture.too_large", len(p.Option)>>10, mostOption>>10))
	}
	asked, err := p.asked()
	if err != nil {
		return nil, err
	}
	select {
	case r.places <- struct{}{}:
		defer func() { <-r.places }()
	case <-ctx.Done():
		return nil, unavailable(text.T("picture.busy"), ctx.Err())
	}
	in, err := r.take()
	if err != nil {
		return nil, err
	}
	drawn, err := in.draw(ctx, r.limit, asked)
	if err != nil {
		return nil, err // what a broken run leaves behind in its interpreter is nobody's to know
	}
	r.mu.Lock()
	r.idle = append(r.idle, in)
	r.mu.Unlock()
	return drawn, nil
}

// take gives a warm interpreter, or a new one when all that there are draw.
func (r *Renderer) take() (*interpreter, error) {
	r.mu.Lock()
	if last := len(r.idle) - 1; last >= 0 {
		in := r.idle[last]
		r.idle = r.idle[:last]
		r.mu.Unlock()
		return in, nil
	}
	r.mu.Unlock()
	programs, err := r.compile()
	if err != nil {
		return nil, err
	}
	return newInterpreter(programs, drawingNames())
}

// drawingNames are what the drawing scripts find in their engine.
func drawingNames() map[string]any {
	return map[string]any{"textWidth": textWidth, "themesJSON": string(Themes())}
}

// asked is a picture as the script reads it.
func (p Picture) asked() ([]byte, error) {
	locale := "ZH"
	if p.Lang == text.En {
		locale = "EN"
	}
	type words map[string]any
	return json.Marshal(words{"option": json.RawMessage(p.Option), "what": words{"title": p.Title, "sub": p.Sub, "stamp": p.Stamp},
		"setup": words{"theme": p.Theme, "width": p.Width, "height": p.Height, "locale": locale}})
}

func unavailable(m text.Message, cause error) error {
	return errors.Join(ErrUnavailable, &ledger.Error{Kind: ledger.Internal, Message: m, Cause: cause})
}
